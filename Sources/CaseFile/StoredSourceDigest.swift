public import GRDB

/// SHA-256 over what the case stores of a source, so that the log can say what was imported and not only from where.
///
/// It covers the source itself; its records, with text, times and places; where identifiers were seen, and their
/// canonical forms; the accounts that it names; and what the import set aside and remarked. It leaves out whether an account
/// is protected, which has entries of its own. Loose keys are not stored: they follow from what was written.
///
/// Who asserts declared links stands behind all of this, and whether they read as the platform's behind that, each only
/// where it is on record: what was imported before it was keeps its digest, and a source to which an assertion is added, or
/// of which it is taken away, gets another.
public enum StoredSourceDigest {
  private static let queries: [String] = {
    // Ids of records and appearances begin with their source (`SourceInserter`).
    let own = "BETWEEN ?1 << 32 AND (?1 << 32) + 4294967295"
    let lists = [
      ("channel", "number"), ("channel_author", "channel, appearance"), ("import_note", "number"),
      ("member", "number"), ("pattern", "number"), ("reconciliation", "unit"), ("set_aside", "unit, reason"),
      ("unusable_identifier", "kind, flags"),
    ]
    return [
      "SELECT * FROM source WHERE id = ?1",
      """
      SELECT id, source, class, appearance, other, channel, at, zone, precision, written_time, text, member, offset,
        length, line, pattern, index0, index1
      FROM record WHERE id \(own) ORDER BY id
      """,
      """
      SELECT sighting.*, value.kind, value.platform, value.canonical, value.flags
      FROM sighting LEFT JOIN value ON value.id = sighting.value
      WHERE appearance \(own) ORDER BY appearance, sighting.id
      """,
      """
      SELECT appearance.*, platform, kind, canonical, scope_source, written
      FROM appearance LEFT JOIN account ON account.id = appearance.account
      WHERE appearance.id \(own) ORDER BY appearance.id
      """,
    ]
      + lists.map { "SELECT * FROM \($0) WHERE source = ?1 ORDER BY \($1)" }
  }()

  /// What records have on record since some version, the oldest first.
  private static let addedColumns = ["assertion", "reads_as_platform"]

  /// Reads a source as it is stored; in hexadecimal.
  static func digest(ofSource source: Int64, _ database: Database) throws -> String {
    var hash = RowHash()
    for sql in queries { try hash.add(sql, [source], database) }
    // A case of an older version is verified as it is.
    let columns = Set(try database.columns(in: "record").map(\.name))
    for column in addedColumns where columns.contains(column) {
      let rows = "record WHERE source = ?1 AND \(column) IS NOT NULL"
      let isThere = try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM \(rows))", arguments: [source])
      if isThere == true {
        try hash.add("SELECT id, \(column) FROM \(rows) ORDER BY id", [source], database)
      }
    }
    return hash.finish()
  }

  /// Reads sources, as an entry tells of them: `S1:…`, between spaces.
  public static func statement(ofSources sources: [Int64], _ database: Database) throws -> String {
    try sources.map { "S\($0):\(try digest(ofSource: $0, database))" }.joined(separator: " ")
  }

  /// The sources whose import entries tell of, by number.
  static func sources(toldBy entries: [UInt64], _ database: Database) throws -> [Int64] {
    try entries.compactMap { index in
      try Int64.fetchOne(
        database,
        sql: """
          SELECT source.id FROM log_entry JOIN source ON source.id = \(PayloadText.subjectNumber)
          WHERE idx = ? AND action = 'import'
          """, arguments: [Int64(index)])
    }
  }

  /// Reads the sources that name an account, as an entry tells of them.
  public static func statement(ofAccount account: Int64, _ database: Database) throws -> String {
    let sources = try Int64.fetchAll(
      database, sql: "SELECT DISTINCT source FROM appearance WHERE account = ? ORDER BY source",
      arguments: [account])
    return try statement(ofSources: sources, database)
  }

  /// The digest of each source by what entries told of it last, the oldest statement first.
  static func told(_ statements: [String]) -> [Int64: Substring] {
    var told: [Int64: Substring] = [:]
    for one in statements.flatMap({ $0.split(separator: " ") }) {
      let parts = one.dropFirst().split(separator: ":")
      if parts.count == 2, let source = Int64(parts[0]) { told[source] = parts[1] }
    }
    return told
  }

  /// Whether a record, a sighting, an appearance or an author of a conversation stands outside the source that it claims,
  /// or an account appears in none: no digest would have it.
  static func hasStrays(_ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM record WHERE id >> 32 <> source OR appearance >> 32 <> source)
          OR EXISTS (SELECT 1 FROM sighting WHERE appearance >> 32 <> source)
          OR EXISTS (SELECT 1 FROM appearance WHERE id >> 32 <> source)
          OR EXISTS (SELECT 1 FROM channel_author WHERE appearance >> 32 <> source)
          OR EXISTS (SELECT 1 FROM account WHERE NOT EXISTS (
            SELECT 1 FROM appearance WHERE appearance.account = account.id))
        """) ?? false
  }
}
