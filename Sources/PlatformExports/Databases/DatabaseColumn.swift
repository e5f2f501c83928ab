/// The columns of one table that a reader knows, by their position in what it asks for.
protocol DatabaseColumn: RawRepresentable<Int>, CaseIterable, Sendable {
  /// The table's name.
  static var table: String { get }
  /// The column's name.
  var name: String { get }
}

extension DatabaseColumn {
  var name: String { "\(self)" }
}
