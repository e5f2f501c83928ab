/// How it was found what a column holds.
public enum ColumnReason: String, Sendable, Codable {
  /// The values show it, whatever the column is called.
  case values
  /// Its name says so, and the values do not speak against it.
  case name
  /// A person said so.
  case stated
}
