public import Disclosure
import Foundation
public import GRDB

/// A disclosure with what its history does not tell, as that bears no names.
public struct StoredDisclosure: Sendable, Hashable {
  /// Its life.
  public let history: DisclosureHistory
  /// The force's reference of the victim; nil once erased.
  public let victim: String?
  /// SHA-256 of the rule set's text.
  public let rulesHash: String
  /// When the record began, ISO 8601 in UTC.
  public let openedAt: String

  /// Its number: 4 for D4.
  public var number: Int64 { Int64(history.id.dropFirst()) ?? 0 }
}

/// Disclosures as the case stores them: lines that are only ever added to.
public enum DisclosureStore {
  /// Begins a record.
  ///
  /// - Parameters:
  ///   - identification: number of the identification that it rests on.
  ///   - rules: SHA-256 of a stored rule set.
  ///   - entry: the entry of the log that tells of it.
  /// - Returns: the record's number: 4 for D4.
  public static func begin(
    identification: Int64, parent: Int64?, victim: String, unit: String, authority: Authority, rules: String,
    isEnhanced: Bool, at stamp: String, entry: UInt64, _ database: Database
  ) throws -> Int64 {
    try database.execute(
      sql: """
        INSERT INTO disclosure (identification, parent, victim, unit, authority, rules, is_enhanced, opened_at,
          log_entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        identification, parent, victim, unit, authority.rawValue, rules, isEnhanced, stamp, Int64(entry),
      ])
    return database.lastInsertedRowID
  }

  /// The number that the next record gets, to name it in the log.
  public static func nextNumber(_ database: Database) throws -> Int64 {
    (try Int64.fetchOne(database, sql: "SELECT max(id) FROM disclosure") ?? 0) + 1
  }

  /// Adds a line with its entry in the log.
  ///
  /// - Parameter draft: who, why, about what and to whom; action and details are filled in here.
  public static func append(
    _ content: DisclosureEntry.Content, to number: Int64, state: DisclosureState, at time: Int64,
    recordedAt: Int64, _ draft: LogEntryDraft, _ database: Database, _ entries: inout LogEntries
  ) throws {
    try StoredStep.append(
      content, .disclosure, owner: number, action: content.event.action, state: state.rawValue, at: time,
      recordedAt: recordedAt, who: content.who.id, draft, database, &entries)
  }

  /// One record.
  ///
  /// - Parameter text: `D4` or `4`.
  /// - Throws: `CaseError.noSuchDisclosure`.
  public static func find(_ text: String, _ database: Database) throws -> StoredDisclosure {
    guard let number: Int64 = RecordLabel.number(text, letter: "D"),
      let found = try read("disclosure.id = \(number)", number, database).first
    else { throw CaseError.noSuchDisclosure(text) }
    return found
  }

  /// What the lines of a record say, in their order: JSON, whose SHA-256 their entries in the log hold; nil once erased.
  public static func contents(of number: Int64, _ database: Database) throws -> [String?] {
    try StoredStep.contents(.disclosure, of: number, database)
  }

  /// All records, in order of number.
  public static func all(_ database: Database) throws -> [StoredDisclosure] { try read("1", nil, database) }

  /// The records that rest on an identification, in order of number.
  public static func all(of identification: Int64, _ database: Database) throws -> [StoredDisclosure] {
    try Int64.fetchAll(
      database, sql: "SELECT id FROM disclosure WHERE identification = ? ORDER BY id",
      arguments: [identification]
    ).map { try find("\($0)", database) }
  }

  private static func read(
    _ filter: String, _ number: Int64?, _ database: Database
  ) throws -> [StoredDisclosure] {
    let steps = try StoredStep.all(.disclosure, of: number, database)
    let contents = StoredStep.decode(steps, as: DisclosureEntry.Content.self)
    var entries: [Int64: [DisclosureEntry]] = [:]
    for (step, content) in zip(steps, contents) {
      entries[step.owner, default: []].append(
        DisclosureEntry(
          action: step.action, state: DisclosureState(rawValue: step.state) ?? .notDue, time: step.time,
          recordedAt: step.recordedAt, who: step.who, isLogged: step.isLogged, content: content))
    }
    var rules: [String: RuleSet] = [:]
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT disclosure.*, rule_set.toml,
          (SELECT min(at) FROM identification_step step
            WHERE step.identification = disclosure.identification AND action = 'confirm') AS confirmed_at,
          (SELECT min(at) FROM identification_step step
            WHERE step.identification = disclosure.identification AND state IN ('rejected', 'withdrawn'))
            AS ended_at
        FROM disclosure JOIN rule_set ON rule_set.sha256 = rules WHERE \(filter) ORDER BY disclosure.id
        """)
    return try rows.map { row in
      let (id, hash): (Int64, String) = (row["id"], row["rules"])
      if rules[hash] == nil { rules[hash] = try RuleSet(toml: row["toml"]) }
      guard let authority = Authority(rawValue: row["authority"]), let set = rules[hash] else {
        throw CaseError.invalid(
          "D\(id) has the authority \(row["authority"] as String): the case is damaged.")
      }
      let history = DisclosureHistory(
        id: "D\(id)",
        basis: .init(
          id: "I\(row["identification"] as Int64)", confirmedAt: row["confirmed_at"], endedAt: row["ended_at"]
        ),
        parent: (row["parent"] as Int64?).map { "D\($0)" }, unit: row["unit"], authority: authority,
        rules: set, isEnhanced: row["is_enhanced"], entries: entries[id] ?? [])
      return StoredDisclosure(
        history: history, victim: row["victim"], rulesHash: hash, openedAt: row["opened_at"])
    }
  }
}
