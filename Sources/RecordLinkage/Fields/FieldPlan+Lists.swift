/// Columns of several values of one kind: `phones`, `phones (2)`, or `home_phone` and `mobile`.
extension FieldPlan {
  /// Kinds of which a person may have several, any of which may agree.
  static let listKinds: Set<ColumnKind> = [.phone, .network, .device, .url]

  /// One field for several columns of one kind, each value of a record compared with each of the other's.
  mutating func listField(_ columns: [Column], _ kind: ColumnKind) throws(TableError) {
    let values = try normalise(columns) { text, _, out in
      switch kind {
      case .phone: TextFolding.foldDigits(text, into: &out)
      case .device: TextFolding.foldCode(text, into: &out)
      default: TextFolding.fold(text, into: &out)
      }
    }
    let nearness: ValueField.Nearness =
      switch kind {
      case .phone: .code
      case .network: .network
      case .device: .none
      default: .text
      }
    let isHome = columns.contains { homeNames.contains($0.name) }
    fields.append(AnyOfField(values, nearness, number: fields.count, nature: isHome ? .home : nil))
    keys.append(.anyOf(values))
  }
}
