internal import AccountModel
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
    return ContentHash.text(lines.joined())
  }

  /// SQL of a table `named (listed, held)`: under which names a case holds accounts of a platform that is listed under some
  /// name. What an earlier version stored keeps the name that it had then.
  public static let names: String = {
    let others = Platform.otherNames.sorted { $0.key < $1.key }.map { "WHEN '\($0.key)' THEN '\($0.value)'" }
    func name(_ column: String) -> String {
      "CASE \(column) \(others.joined(separator: " ")) ELSE \(column) END"
    }
    return """
      named (listed, held) AS (
        SELECT list.platform, holder.platform
        FROM (SELECT DISTINCT platform FROM protection) AS list
          JOIN (SELECT DISTINCT platform FROM account) AS holder
            ON \(name("list.platform")) = \(name("holder.platform")))
      """
  }()
}
