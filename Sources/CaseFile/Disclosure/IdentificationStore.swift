public import Disclosure
import Foundation
public import GRDB

/// Identifications as the case stores them: lines that are only ever added to.
public enum IdentificationStore {
  /// Begins a record for a cluster.
  ///
  /// - Parameters:
  ///   - run: hash of the run that made the cluster.
  ///   - members: ids of its accounts.
  /// - Returns: the record's number: 2 for I2.
  public static func begin(
    cluster: String, run: String, members: [Int64], at stamp: String, _ database: Database
  ) throws -> Int64 {
    try database.execute(
      sql: "INSERT INTO identification (cluster, run, members, opened_at) VALUES (?, ?, ?, ?)",
      arguments: [cluster, run, try StoredStep.encode(members), stamp])
    return database.lastInsertedRowID
  }

  /// What the log says of a record when it begins: the run, and the accounts as they are stored.
  public static func beginning(_ number: Int64, _ database: Database) throws -> [String: String] {
    let row = try Row.fetchOne(
      database, sql: "SELECT run, members FROM identification WHERE id = ?", arguments: [number])
    guard let row else { throw CaseError.noSuchIdentification("I\(number)") }
    return ["run": row["run"], "members": row["members"]]
  }

  /// Adds a line with its entry in the log.
  ///
  /// - Parameter draft: who, why and about what; action and details are filled in here.
  public static func append(
    _ content: IdentificationEntry.Content, to number: Int64, state: Identification.State, at time: Int64,
    recordedAt: Int64, _ draft: LogEntryDraft, _ database: Database, _ entries: inout LogEntries
  ) throws {
    try StoredStep.append(
      content, .identification, owner: number, action: content.event.action, state: state.rawValue, at: time,
      recordedAt: recordedAt, who: content.who.id, draft, database, &entries)
  }

  /// One record.
  ///
  /// - Parameter text: `I2` or `2`.
  /// - Throws: `CaseError.noSuchIdentification`.
  public static func find(_ text: String, _ database: Database) throws -> IdentificationHistory {
    guard let number: Int64 = RecordLabel.number(text, letter: "I"),
      let found = try read(number, database).first
    else {
      throw CaseError.noSuchIdentification(text)
    }
    return found
  }

  /// What the lines of a record say, in their order: JSON, whose SHA-256 their entries in the log hold; nil once erased.
  public static func contents(of number: Int64, _ database: Database) throws -> [String?] {
    try StoredStep.contents(.identification, of: number, database)
  }

  /// All records, in order of number.
  public static func all(_ database: Database) throws -> [IdentificationHistory] { try read(nil, database) }

  /// Exports in which accounts of a record stand in one cluster, in order of number.
  ///
  /// - Returns: the number, when it was made (ISO 8601 in UTC), and who has it; nil where its entry was erased.
  public static func exports(
    of history: IdentificationHistory, _ database: Database
  ) throws -> [(number: Int64, at: String, recipients: String?)] {
    let list = history.members.map { $0.dropFirst() }.joined(separator: ",")
    return try Row.fetchAll(
      database,
      sql: """
        SELECT number, at, (
            SELECT group_concat(recipient.value, ', ')
            FROM log_entry, json_each(\(PayloadText.valid("log_entry.payload")), '$.recipients') recipient
            WHERE idx = export.entry)
        FROM export WHERE EXISTS (
          SELECT 1 FROM cluster_member
          WHERE cluster_member.run = export.run AND cluster > 0 AND account IN (\(list))
          GROUP BY cluster HAVING count(*) > 1)
        ORDER BY number
        """
    ).map { row in (number: row[0] as Int64, at: row[1] as String, recipients: row[2] as String?) }
  }

  private static func read(_ number: Int64?, _ database: Database) throws -> [IdentificationHistory] {
    let steps = try StoredStep.all(.identification, of: number, database)
    let contents = StoredStep.decode(steps, as: IdentificationEntry.Content.self)
    var entries: [Int64: [IdentificationEntry]] = [:]
    for (step, content) in zip(steps, contents) {
      // A state that no version knows is damage: it reads as the first, which no line after the first has.
      entries[step.owner, default: []].append(
        IdentificationEntry(
          action: step.action, state: Identification.State(rawValue: step.state) ?? .hypothesis,
          time: step.time, who: step.who, isLogged: step.isLogged, content: content))
    }
    return try Row.fetchAll(
      database,
      sql: "SELECT * FROM identification WHERE :id IS NULL OR id = :id ORDER BY id",
      arguments: ["id": number]
    ).map { row in
      let id: Int64 = row["id"]
      let text: String = row["members"]
      guard let members = try? JSONDecoder().decode([Int64].self, from: Data(text.utf8)) else {
        throw LogFailure.damaged("the accounts of I\(id) are not in the form of a list")
      }
      return IdentificationHistory(
        id: "I\(id)", cluster: row["cluster"], run: row["run"], members: members.map { "A\($0)" },
        entries: entries[id] ?? [])
    }
  }
}
