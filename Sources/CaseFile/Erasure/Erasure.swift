public import GRDB

/// Taking content out of a case: what was done, and when, stays.
public enum Erasure {
  /// Whether content is kept out of use, or gone.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Kept as evidence, but neither shown nor linked.
    case restrict
    /// Deleted.
    case erase
  }

  /// Whether an account was restricted or erased, and how.
  public static func kind(ofAccount account: Int64, _ database: Database) throws -> Kind? {
    try String.fetchOne(database, sql: "SELECT kind FROM withdrawal WHERE account = ?", arguments: [account])
      .flatMap(Kind.init)
  }

  /// Marks an account: no run links it and nothing shows it any more. The mark enters the identity of the next run.
  public static func mark(
    account: Int64, _ kind: Kind, at stamp: String, entry: UInt64, _ database: Database
  ) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO withdrawal VALUES (?, ?, ?, ?)",
      arguments: [account, kind.rawValue, stamp, Int64(entry)])
  }

  /// Deletes what the case holds of an account: its records, identifiers and names, what runs said of it, why people
  /// judged it, and what the case quotes of its sources that became no record. Its number stays, and so do likelihood ratios without their evidence.
  public static func erase(account: Int64, _ database: Database) throws {
    let own = "SELECT id FROM appearance WHERE account = :account"
    let named = "SELECT source FROM appearance WHERE account = :account"
    for sql in [
      // What an import set aside quotes the source, and nothing tells whom: all that is quoted of these sources goes.
      "UPDATE set_aside SET examples = '[]' WHERE source IN (\(named))",
      "UPDATE unusable_identifier SET example = '' WHERE source IN (\(named))",
      "DELETE FROM sighting WHERE appearance IN (\(own))", "DELETE FROM record WHERE appearance IN (\(own))",
      "UPDATE record SET other = NULL WHERE other IN (\(own))",
      "DELETE FROM channel_author WHERE appearance IN (\(own))",
      "UPDATE appearance SET first_active = NULL, last_active = NULL, records = 0 WHERE account = :account",
      "DELETE FROM evidence WHERE left = :account OR right = :account",
      "UPDATE judgement SET reason = 'erased' WHERE left = :account OR right = :account",
      "UPDATE account SET canonical = 'erased-' || id, written = '' WHERE id = :account",
    ] { try database.execute(sql: sql, arguments: ["account": account]) }
    // Identifiers that nobody has any more.
    try database.execute(sql: "DELETE FROM value WHERE id NOT IN (SELECT value FROM sighting)")
  }

  /// Deletes the content of a disclosure: states, times and staff stay.
  public static func erase(disclosure: Int64, _ database: Database) throws {
    try database.execute(
      sql: "UPDATE disclosure_step SET content = NULL WHERE disclosure = ?", arguments: [disclosure])
    try database.execute(sql: "UPDATE disclosure SET victim = NULL WHERE id = ?", arguments: [disclosure])
  }

  /// Deletes the content of an identification: states, times and staff stay.
  public static func erase(identification: Int64, _ database: Database) throws {
    try database.execute(
      sql: "UPDATE identification_step SET content = NULL WHERE identification = ?",
      arguments: [identification])
  }
}
