/// Columns of several values of one kind: `phones`, `phones (2)`, or `home_phone` and `mobile`.
extension FieldPlan {
  /// Kinds of which a person may have several, any of which may agree.
  static let listKinds: Set<ColumnKind> = [.phone, .network, .device, .url]

  /// Fields for several columns of one kind: one for those of one person and one for those of a home (`HomeColumns`). A
  /// mobile number is one person's own, whoever shares the telephone at home. What was one list stays together.
  mutating func listFields(_ columns: [Column], _ kind: ColumnKind) throws(TableError) {
    let homes = Set(homeNames.map(Self.list))
    let (ofHomes, own) = (
      columns.filter { homes.contains(Self.list($0.name)) },
      columns.filter { !homes.contains(Self.list($0.name)) }
    )
    for some in [own, ofHomes] where !some.isEmpty {
      if some.count == 1 {
        try valueField(some[0], kind, isOwn: true)
      } else {
        try listField(some, kind)
      }
    }
  }

  /// The list that a column is of: `phones` of `phones (2)`.
  private static func list(_ name: String) -> String {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "("), open > name.startIndex,
      name[open...].dropFirst().dropLast().allSatisfy(\.isNumber)
    else { return name }
    return String(name[..<open].dropLast())
  }

  /// One field for several columns of one kind, each value of a record compared with each of the other's.
  private mutating func listField(_ columns: [Column], _ kind: ColumnKind) throws(TableError) {
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
