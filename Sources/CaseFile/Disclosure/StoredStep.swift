internal import Crypto
import Foundation
import GRDB

/// One line of a record as the case stores it, before its content is read.
struct StoredStep {
  let owner: Int64
  let action: String
  let state: String
  let time: Int64
  let recordedAt: Int64
  let who: String
  let content: String?
  let isLogged: Bool

  /// Which record a line belongs to: its tables and the first half of its actions in the log.
  enum Family: String, CaseIterable {
    case identification, disclosure

    /// What the ids of its records begin with.
    var letter: Character {
      switch self {
      case .identification: "I"
      case .disclosure: "D"
      }
    }

    /// Whether entries of an action tell of a step, and not of a look at the records, of a record's beginning, or of a
    /// calendar.
    func isStep(action: some StringProtocol) -> Bool {
      action.hasPrefix(actionPrefix)
        && !["list", "start", "calendar"].contains(action.dropFirst(actionPrefix.count))
    }

    var actionPrefix: String {
      switch self {
      case .identification: "identify."
      case .disclosure: "disclose."
      }
    }
  }

  /// The lines of one record, or of all, in order. A line is in the log when its entry is of that action and time, and names the
  /// hash of the very content that is stored (or was erased together with it).
  static func all(
    _ family: Family, of owner: Int64? = nil, _ database: Database
  ) throws -> [StoredStep] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT step.\(family.rawValue) AS owner, step.action, step.state, step.at, step.recorded_at, step.who,
          step.content, log_entry.action AS logged, log_entry.actor, log_entry.payload IS NULL AS is_erased,
          json_extract(log_entry.payload, '$.details.content_sha256') AS hash,
          json_extract(log_entry.payload, '$.details.state') AS logged_state,
          json_extract(log_entry.payload, '$.details.effective') AS logged_time
        FROM \(family.rawValue)_step step LEFT JOIN log_entry ON log_entry.idx = step.log_entry
        WHERE :owner IS NULL OR step.\(family.rawValue) = :owner ORDER BY step.\(family.rawValue), step.ordinal
        """, arguments: ["owner": owner])
    var steps: [StoredStep] = []
    while let row = try rows.next() {
      let action: String = row["action"]
      let state: String = row["state"]
      let time: Int64 = row["at"]
      let content: String? = row["content"]
      let isErased: Bool = row["is_erased"]
      var isLogged = row["logged"] == family.actionPrefix + action && row["actor"] == row["who"] as String
      if isLogged {
        isLogged =
          isErased
          ? content == nil
          : row["logged_state"] == state && row["logged_time"] == String(time)
            && content.map { row["hash"] == hash(of: $0) } ?? false
      }
      steps.append(
        StoredStep(
          owner: row["owner"], action: action, state: state, time: time, recordedAt: row["recorded_at"],
          who: row["who"], content: content, isLogged: isLogged))
    }
    return steps
  }

  /// Writes a line's entry to the log, which pins content, state and time, and stores the line.
  ///
  /// - Parameter draft: who, why, about what and to whom; action and details are filled in here.
  static func append(
    _ content: some Encodable, _ family: Family, owner: Int64, action: String, state: String, at time: Int64,
    recordedAt: Int64, who: String, _ draft: LogEntryDraft, _ database: Database, _ entries: inout LogEntries
  ) throws {
    let text = try encode(content)
    var draft = draft
    draft.action = family.actionPrefix + action
    draft.details["content_sha256"] = hash(of: text)
    draft.details["state"] = state
    draft.details["effective"] = String(time)
    let entry = try entries.append(draft)
    let ordinal =
      try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM \(family.rawValue)_step WHERE \(family.rawValue) = ?", arguments: [owner])
      ?? 0
    try database.execute(
      sql: "INSERT INTO \(family.rawValue)_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [owner, ordinal, action, state, time, recordedAt, who, text, Int64(entry)])
  }

  /// SHA-256 of a content, as its entry in the log names it.
  static func hash(of content: String) -> String {
    HexText.encode(SHA256.hash(data: Data(content.utf8)))
  }

  /// A content as it is stored: JSON with sorted keys.
  static func encode(_ content: some Encodable) throws -> String {
    String(decoding: try LogPayload.encoder().encode(content), as: UTF8.self)
  }

  /// Reads contents; nil for those that were erased or cannot be read. One array is read many times faster than its
  /// elements one by one.
  static func decode<Content: Decodable>(_ steps: [StoredStep], as type: Content.Type) -> [Content?] {
    let decoder = JSONDecoder()
    let array = "[" + steps.map { $0.content ?? "null" }.joined(separator: ",") + "]"
    if let all = try? decoder.decode([Content?].self, from: Data(array.utf8)), all.count == steps.count {
      return all
    }
    return steps.map { step in
      step.content.flatMap { try? decoder.decode(Content.self, from: Data($0.utf8)) }
    }
  }
}
