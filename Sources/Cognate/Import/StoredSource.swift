internal import CaseFile
import Foundation
import GRDB

/// A source of the case with its reconciliation, as it was imported.
public struct StoredSource: Sendable, Codable {
  /// `S` and a number.
  public var id: String
  /// What people call it.
  public var name: String
  /// Id of its format.
  public var format: String
  /// SHA-256 of its bytes, or of its members' digests and paths; in hexadecimal.
  public var sha256: String
  /// Bytes that it has.
  public var bytes: Int
  /// When it was imported, ISO 8601 in UTC.
  public var importedAt: String
  /// Reference of the authorisation under which it was obtained.
  public var authorisation: String?
  /// Accounts that it mentions.
  public var accounts: Int
  /// Seen by a second count, imported, set aside; by unit.
  public var counts: [SourceReport.Count]
  /// What was set aside, by unit and reason.
  public var setAside: [SourceReport.SetAside]
  /// Remarks.
  public var notes: [String]
  /// Whether remarks and examples are left out, as they may quote an account that was restricted or erased since.
  public var isWithheld: Bool

  enum CodingKeys: String, CodingKey {
    case id, name, format, sha256, bytes, importedAt = "imported_at", authorisation, accounts, counts
    case setAside = "set_aside", notes, isWithheld = "is_withheld"
  }
}

extension Case {
  /// The sources of the case, in the order of import.
  public func sources() throws -> [StoredSource] {
    try consult("sources") { database, draft in
      let sources = try Row.fetchAll(database, sql: "SELECT * FROM source ORDER BY id").map { row in
        try Self.source(row, database)
      }
      draft.subjects = sources.map(\.id)
      return sources
    }
  }

  private static func source(_ row: Row, _ database: Database) throws -> StoredSource {
    let id: Int64 = row["id"]
    let isWithheld =
      try Int.fetchOne(
        database,
        sql:
          "SELECT 1 FROM appearance WHERE source = ? AND account IN (SELECT account FROM withdrawal) LIMIT 1",
        arguments: [id]) != nil
    return StoredSource(
      id: "S\(id)", name: row["name"], format: row["format"], sha256: row["sha256"], bytes: row["bytes"],
      importedAt: row["imported_at"], authorisation: row["authorisation"],
      accounts: try Int.fetchOne(
        database, sql: "SELECT count(DISTINCT account) FROM appearance WHERE source = ?", arguments: [id])
        ?? 0,
      counts: try Row.fetchAll(
        database, sql: "SELECT * FROM reconciliation WHERE source = ? ORDER BY unit", arguments: [id]
      ).map { row in
        let (seen, imported, setAside): (Int?, Int, Int) = (row["seen"], row["imported"], row["set_aside"])
        return SourceReport.Count(
          unit: row["unit"], seen: seen, imported: imported, setAside: setAside,
          agrees: seen.map { $0 == imported + setAside } ?? true)
      },
      setAside: try Row.fetchAll(
        database, sql: "SELECT * FROM set_aside WHERE source = ? ORDER BY unit, reason", arguments: [id]
      ).map { row in
        SourceReport.SetAside(
          unit: row["unit"], reason: row["reason"], explanation: row["explanation"],
          isFault: row["is_fault"], count: row["count"],
          examples: isWithheld
            ? []
            : (try? JSONDecoder().decode([String].self, from: Data((row["examples"] as String).utf8)))
              ?? [])
      },
      notes: isWithheld
        ? []
        : try String.fetchAll(
          database, sql: "SELECT text FROM import_note WHERE source = ? ORDER BY number", arguments: [id]),
      isWithheld: isWithheld)
  }
}
