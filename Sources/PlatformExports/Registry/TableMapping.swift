public import Foundation

/// How the columns of a table become accounts, identifiers and records; read from TOML.
public struct TableMapping: Sendable {
  /// The mapping's own text, for the import's record.
  public var text: String { "" }
  /// Whether the table is communications data, which needs an authorisation.
  public var isCommunicationsData: Bool { false }
  /// Reads a mapping.
  public init(file: URL) throws {}
}
