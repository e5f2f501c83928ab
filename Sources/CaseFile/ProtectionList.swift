public import GRDB

/// The accounts of victims and witnesses that a case lists, also those that no source has shown yet.
public enum ProtectionList {
  /// SHA-256 over the whole list, in hexadecimal, for the log.
  public static func hash(_ database: Database) throws -> String {
    let lines = try String.fetchAll(
      database,
      sql: """
        SELECT platform || char(10) || kind || char(10) || canonical || char(10) FROM protection
        ORDER BY platform, kind, canonical
        """)
    return StoredStep.hash(of: lines.joined())
  }
}
