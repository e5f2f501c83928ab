import AccountModel
import CaseFile
import GRDB

/// An account of the case, as lists show it.
public struct AccountSummary: Sendable, Codable, Hashable {
  /// `A` and the number that the case gave it.
  public var id: String
  /// The platform's name.
  public var platform: String
  /// The kind of value that names it.
  public var kind: String
  /// The canonical form of what names it.
  public var name: String
  /// A handle or name that the account shows, when its own name is a number; nil otherwise.
  public var shown: String?
  /// Whether the name means something in one source only.
  public var isLocal: Bool
  /// Whether it belongs to a victim or witness.
  public var isProtected: Bool
  /// Records that it wrote or that are about it.
  public var records: Int
  /// Sources that mention it.
  public var sources: Int
  /// `C` and a number, when the last run put it with others.
  public var cluster: String?
  /// Whether it was restricted or erased, so that nothing else of it is shown; not part of the JSON.
  package var isWithdrawn = false

  enum CodingKeys: String, CodingKey {
    case id, platform, kind, name, shown, isLocal = "is_local", isProtected = "is_protected", records,
      sources,
      cluster
  }

  /// The account in a few words: `A12 telegram:5643288315 (grim_reefer)`.
  public var label: String { "\(id) \(platform):\(name)" + (shown.map { " (\($0))" } ?? "") }
}

/// An identifier of an account with where it was seen.
public struct IdentifierSummary: Sendable, Codable, Hashable {
  /// The kind of identifier.
  public var kind: String
  /// Its canonical form.
  public var canonical: String
  /// As the source has it, where it was first seen.
  public var written: String
  /// What the source calls it; may be empty.
  public var label: String
  /// Who says that it is the account's.
  public var assertion: String
  /// Times it was seen at this account.
  public var sightings: Int
  /// One place to look.
  public var source: String
}

/// Everything about one account.
public struct AccountDetail: Sendable, Codable {
  /// The account.
  public var account: AccountSummary
  /// Its identifiers, by kind and value.
  public var identifiers: [IdentifierSummary]
}

extension Case {
  /// The accounts of the case, in order of id.
  public func accounts() throws -> [AccountSummary] {
    try consult("accounts") { database, _ in try AccountQueries.summaries(database) }
  }

  /// One account with its identifiers.
  ///
  /// - Parameter text: `A12`, `platform:name`, or a name that only one account has.
  public func account(_ text: String) throws -> AccountDetail {
    try consult("account") { database, draft in
      let id = try AccountQueries.find(text, database, noting: &draft)
      guard let summary = try AccountQueries.summaries(database, ids: [id]).first else {
        throw CaseError.noSuchAccount(text)
      }
      return AccountDetail(account: summary, identifiers: try AccountQueries.identifiers(id, database))
    }
  }

  /// Marks accounts of victims and witnesses as protected, also those that a later import brings.
  ///
  /// - Parameters:
  ///   - texts: `platform:value`; the value is an id, handle, number or address, or the very name by which a source
  ///     on that platform calls the person.
  ///   - region: country of a telephone number without a country code (ISO 3166).
  /// - Returns: the accounts that became protected, as A3.
  @discardableResult
  public func protect(_ texts: [String], region: String = "GB") throws -> [String] {
    let normaliser = IdentifierNormaliser(defaultRegion: region)
    return try database.operation { database, entries in
      try authorise(.work, database)
      for text in texts {
        for row in try Self.protectionRows(text, normaliser) {
          try database.execute(
            sql: "INSERT OR IGNORE INTO protection VALUES (?, ?, ?)",
            arguments: [row.platform, row.kind, row.value])
        }
      }
      let protected = try Self.applyProtections(database).map { "A\($0)" }
      try entries.append(
        entry(
          .alteration, "protect", subjects: protected,
          // The list itself is content: the log has its hash.
          details: ["asked_for": "\(texts.count)", "list_sha256": try ProtectionList.hash(database)]))
      return protected
    }
  }

  /// What an account that is named by `platform:value` may be known by: its name, handle, number, address or id.
  ///
  /// - Throws: `CaseError` for a text that is not written so.
  static func protectionRows(
    _ text: String, _ normaliser: IdentifierNormaliser
  ) throws -> [(platform: String, kind: String, value: String)] {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw CaseError.invalid("--protect \(text) is not written platform:value (or owner).")
    }
    let platform = Platform(parts[0])
    var rows = [(platform.rawValue, IdentifierKind.displayName.rawValue, parts[1])]
    for kind in [IdentifierKind.handle, .phone, .email, .platformID] {
      let normalised = normaliser.normalise(parts[1], kind: kind, platform: platform)
      if !normalised.canonical.isEmpty {
        rows.append((platform.rawValue, normalised.kind.rawValue, normalised.canonical))
      }
    }
    return rows
  }

  /// Applies the list of protected identifiers to the accounts of the case, or of one source.
  ///
  /// An account is protected when its own key is listed, or a value that the platform itself gives it: a name
  /// that someone merely shows does not make an impostor protected.
  ///
  /// - Returns: ids of the accounts that became protected.
  static func applyProtections(_ database: Database, source: Int64? = nil) throws -> [Int64] {
    let accounts = try Int64.fetchAll(
      database,
      sql: """
        WITH \(ProtectionList.names)
        SELECT id FROM account WHERE is_protected = 0
          AND (:source IS NULL OR id IN (SELECT account FROM appearance WHERE source = :source)) AND (
            EXISTS (SELECT 1 FROM named JOIN protection p ON p.platform = listed
              WHERE held = account.platform AND p.kind = account.kind AND p.canonical = account.canonical)
            OR id IN (
              SELECT appearance.account FROM protection p JOIN named ON listed = p.platform
                JOIN value ON value.kind = p.kind AND value.canonical = p.canonical
                JOIN sighting ON sighting.value = value.id AND sighting.assertion = 'platform'
                JOIN appearance ON appearance.id = sighting.appearance
                JOIN account other ON other.id = appearance.account AND other.platform = held))
        ORDER BY id
        """, arguments: ["source": source])
    let mark = try database.makeStatement(sql: "UPDATE account SET is_protected = 1 WHERE id = ?")
    for account in accounts { try mark.execute(arguments: [account]) }
    return accounts
  }
}

import Identifiers
