/// What a person says of the columns of tables, over what the engine would make of them.
///
/// Read from TOML by `init(toml:)`; the format is described in `Docs/Resolve.md`, and `example` is a whole one.
public struct TableSchema: Sendable, Hashable, Codable {
  /// The order of day, month and year in dates that leave it open.
  public enum DateOrder: String, Sendable, Hashable, Codable, CaseIterable {
    case dmy, mdy, ymd
  }

  /// What a column is for.
  public enum Role: Sendable, Hashable, Codable {
    /// The record's id; one column at most.
    case id
    /// Where the record came from: with `linkOnly` no two records of one source are joined. One column at most.
    case source
    /// What the person behind the record wrote: posts, messages. Compared by how it is written, where that is asked for.
    case writing
    /// Left out.
    case ignore
    /// Compared, or not, as a column of this kind.
    case kind(ColumnKind)
  }

  /// By name of a column, what it is for. The engine recognises the others.
  public var columns: [String: Role] = [:]
  /// The order of dates that leave it open; found from the values when nil.
  public var dateOrder: DateOrder?
  /// Whether records of one source are never joined; nil when the schema does not say.
  public var linkOnly: Bool?
  /// Columns whose values together make a blocking key, beside the keys that the engine chooses.
  public var blocking: [[String]] = []

  /// A schema that says nothing.
  public init() {}

  /// The column of the id.
  public var idColumn: String? { name(of: .id) }
  /// The column of the source.
  public var sourceColumn: String? { name(of: .source) }
  /// Columns left out, by name.
  public var ignoredColumns: [String] {
    columns.filter { $0.value == .ignore }.map(\.key).sorted()
  }

  private func name(of role: Role) -> String? { columns.filter { $0.value == role }.map(\.key).min() }

  /// Makes a column the id, whatever was the id before.
  public mutating func setID(_ name: String) {
    columns = columns.filter { $0.value != .id }
    columns[name] = .id
  }
}

/// A schema that cannot be used.
public struct TableSchemaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Dotted path of the key, for example `columns.born`; empty for the whole text.
  public let key: String
  /// Line of the key, or of the table that lacks it, from 1; 0 when unknown.
  public let line: Int
  /// What is wrong, and what would be right.
  public let problem: String
  /// The file, where it was read from one.
  public var file: String?

  /// One line for people.
  public var description: String {
    let place = [file, line > 0 ? "line \(line)" : nil, key.isEmpty ? nil : key].compactMap { $0 }
    return (place.isEmpty ? "the schema" : place.joined(separator: ", ")) + ": " + problem
  }
}
