/// How it was found what a column holds.
public enum ColumnReason: String, Sendable, Codable {
  /// The values show it, whatever the column is called.
  case values
  /// Its name says so, and the values do not speak against it.
  case name
  /// A person said so.
  case stated
}

extension ColumnRecognition {
  /// How the kind of a column was found.
  static func reason(of column: Column) -> ColumnReason {
    if column.statedKind != nil { return .stated }
    let nameless = Column(name: "", values: column.values, pool: column.pool)
    return kind(of: nameless) == kind(of: column) ? .values : .name
  }
}
