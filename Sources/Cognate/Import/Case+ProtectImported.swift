internal import AccountModel
internal import CaseFile
import GRDB
import Identifiers
internal import PlatformExports

extension ImportRequest {
  /// Whether the owner of each source is a victim or witness.
  var protectsOwner: Bool { protected.contains("owner") }
}

/// Protecting the accounts that an import brings, and saying where that could not be done.
extension Case {
  /// Protects accounts of a new source: the owner's if the request says so, and those that are listed.
  ///
  /// - Returns: the accounts that became protected, as A3.
  func protectAccounts(
    of source: Int64, _ request: ImportRequest, _ database: Database, _ report: inout SourceReport
  ) throws -> [String] {
    var protected: [Int64] = []
    if request.protectsOwner {
      protected = try Self.protectOwner(of: source, database)
      if protected.isEmpty { try warnOfNoOwner(of: source, database, &report) }
    }
    protected += try Self.applyProtections(database, source: source)
    report.protected = protected.sorted().map { "A\($0)" }
    return report.protected
  }

  /// Protects the owner of a source that was imported before without that.
  func protectOwner(ofKnown source: Int64, _ report: inout SourceReport) throws {
    let owners = try database.read { database in
      let waiting = try Int.fetchOne(
        database,
        sql: """
          SELECT count(*) FROM account WHERE is_protected = 0
            AND id IN (SELECT account FROM appearance WHERE source = ? AND role = ?)
          """, arguments: [source, AccountRole.owner.rawValue])
      if waiting == 0 { try warnOfNoOwner(of: source, database, &report) }
      return waiting ?? 0
    }
    if owners == 0 { return }
    report.protected = try database.operation { database, entries in
      try authorise(.work, database)
      let protected = try Self.protectOwner(of: source, database).sorted().map { "A\($0)" }
      try entries.append(
        entry(
          .alteration, "protect", subjects: protected,
          details: ["owner_of": "S\(source)", "list_sha256": try ProtectionList.hash(database)]))
      return protected
    }
  }

  /// Warnings of listed accounts that no source has shown: a slip of the pen protects nobody.
  func unmatchedProtections(_ texts: [String], region: String) throws -> [String] {
    if texts.isEmpty { return [] }
    let normaliser = IdentifierNormaliser(defaultRegion: region)
    return try database.read { database in
      try texts.filter { text in
        try !Self.protectionRows(text, normaliser).contains { row in
          try Bool.fetchOne(
            database,
            sql: """
              WITH \(ProtectionList.names)
              SELECT EXISTS (
                  SELECT 1 FROM named JOIN account ON account.platform = held
                  WHERE listed = :platform AND kind = :kind AND canonical = :value)
                OR EXISTS (
                  SELECT 1 FROM value JOIN sighting ON sighting.value = value.id AND assertion = 'platform'
                    JOIN appearance ON appearance.id = sighting.appearance
                    JOIN account ON account.id = appearance.account
                    JOIN named ON listed = :platform AND held = account.platform
                  WHERE value.kind = :kind AND value.canonical = :value)
              """, arguments: ["platform": row.platform, "kind": row.kind, "value": row.value]) ?? false
        }
      }.map {
        "--protect \($0): no source has shown this account. It is protected when one does; check how it is written."
      }
    }
  }

  private static func protectOwner(of source: Int64, _ database: Database) throws -> [Int64] {
    try Int64.fetchAll(
      database,
      sql: """
        UPDATE account SET is_protected = 1 WHERE is_protected = 0
          AND id IN (SELECT account FROM appearance WHERE source = ? AND role = ?) RETURNING id
        """, arguments: [source, AccountRole.owner.rawValue])
  }

  /// Says that a source does not tell whose it is.
  private func warnOfNoOwner(of source: Int64, _ database: Database, _ report: inout SourceReport) throws {
    let hasOwner = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM appearance WHERE source = ? AND role = ?)",
      arguments: [source, AccountRole.owner.rawValue])
    if hasOwner == true { return }
    report.warnings.append(
      "\(report.name) does not say whose it is, so that --protect owner protects nobody in it: name the account, as --protect platform:value (`cognate accounts CASE` lists them)."
    )
  }
}
