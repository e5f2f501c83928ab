import Disclosure
import Foundation
import GRDB

/// One line of a record as the case stores it, before its content is read.
struct StoredStep {
  let owner: Int64
  let ordinal: Int64
  let action: String
  let state: String
  let time: Int64
  let recordedAt: Int64
  let who: String
  let content: String?
  let entry: Int64
  let isLogged: Bool
  /// Whether its entry says where the line stands and when it was written down; entries of older versions do not.
  let isPinned: Bool

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

  /// The lines of one record, or of all, in order.
  ///
  /// A line is in the log when its entry is of that record, action, person, state and time, of that place and the time
  /// of writing it down, and names the hash of the very content that is stored (or was erased together with it, by an entry
  /// that says so, and left the rest as it is).
  ///
  /// - Parameter remains: what erasures left, where the caller has read that already; read when a line needs it otherwise.
  static func all(
    _ family: Family, of owner: Int64? = nil, _ database: Database, remains: StoredRemains? = nil
  ) throws -> [StoredStep] {
    func told(_ path: String) -> String { PayloadText.at(path, of: "log_entry.payload") }
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT step.\(family.rawValue) AS owner, step.ordinal, step.action, step.state, step.at, step.recorded_at,
          step.who, step.content, step.log_entry, log_entry.action AS logged, log_entry.actor,
          log_entry.payload IS NULL AS is_erased, log_entry.erased_by,
          EXISTS (
            SELECT 1 FROM log_entry own WHERE own.idx = log_entry.erased_by AND own.operation = 'erasure'
          ) AS is_by_erasure, \(told("details.content_sha256")) AS hash,
          \(told("subjects[0]")) AS subject, \(told("details.state")) AS logged_state,
          \(told("details.effective")) AS logged_time, \(told("details.ordinal")) AS logged_ordinal,
          \(told("details.recorded_at")) AS logged_at, CAST(strftime('%s', log_entry.at) AS INTEGER) AS entered
        FROM \(family.rawValue)_step step LEFT JOIN log_entry ON log_entry.idx = step.log_entry
        WHERE :owner IS NULL OR step.\(family.rawValue) = :owner ORDER BY step.\(family.rawValue), step.ordinal
        """, arguments: ["owner": owner])
    var steps: [StoredStep] = []
    var remains = remains
    while let row = try rows.next() {
      var isLeft: Bool?
      if row["is_erased"] {
        let known = try remains ?? StoredRemains(database)
        remains = known
        isLeft = try known.holds(
          .init(kind: family.rawValue, id: row["owner"], ordinal: row["ordinal"]), database)
        // What is gone by no erasure, or by one that does not name it among all that it left, somebody took.
        if isLeft == nil, !row["is_by_erasure"] || known.erasures.contains(row["erased_by"]) {
          isLeft = false
        }
      }
      steps.append(StoredStep(row, family, isLeft: isLeft))
    }
    return steps
  }

  /// - Parameter isLeft: whether it is what the erasure of its entry left; nil when that does not say.
  private init(_ row: Row, _ family: Family, isLeft: Bool?) {
    owner = row["owner"]
    ordinal = row["ordinal"]
    action = row["action"]
    state = row["state"]
    who = row["who"]
    content = row["content"]
    entry = row["log_entry"]
    let (time, recordedAt): (Int64, Int64) = (row["at"], row["recorded_at"])
    // What lies outside the calendar was written by nobody, and no clock can count with it.
    self.time = LondonTime.clamped(time)
    self.recordedAt = LondonTime.clamped(recordedAt)
    isPinned = row["logged_ordinal"] as String? != nil || isLeft != nil
    // Of an entry that is missing, everything reads as NULL.
    guard row["logged"] as String? == family.actionPrefix + action, row["actor"] as String? == who else {
      isLogged = false
      return
    }
    if row["is_erased"] {
      isLogged = content == nil && isLeft != false
      return
    }
    isLogged =
      row["subject"] as String? == "\(family.letter)\(owner)" && row["logged_state"] as String? == state
      && row["logged_time"] as String? == String(time)
      && Self.isPlace(ordinal, recordedAt, of: row) && content.map(ContentHash.text) == row["hash"] as String?
      && content != nil
  }

  /// Entries of older versions do not say when a line was written down; they were written in the same breath.
  private static let breath: Int64 = 600

  private static func isPlace(_ ordinal: Int64, _ recordedAt: Int64, of row: Row) -> Bool {
    if let told = row["logged_ordinal"] as String? {
      return told == String(ordinal) && row["logged_at"] as String? == String(recordedAt)
    }
    guard let entered = row["entered"] as Int64? else { return false }
    let (gap, overflows) = entered.subtractingReportingOverflow(recordedAt)
    return !overflows && (-breath...breath).contains(gap)
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
    draft.details["content_sha256"] = ContentHash.text(text)
    draft.details["state"] = state
    draft.details["effective"] = String(time)
    draft.details["recorded_at"] = String(recordedAt)
    let ordinal =
      try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM \(family.rawValue)_step WHERE \(family.rawValue) = ?", arguments: [owner])
      ?? 0
    draft.details["ordinal"] = String(ordinal)
    let entry = try entries.append(draft)
    try database.execute(
      sql: "INSERT INTO \(family.rawValue)_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [owner, ordinal, action, state, time, recordedAt, who, text, Int64(entry)])
  }

  /// What the lines of a record say, as it is stored; nil for those that were erased.
  static func contents(_ family: Family, of owner: Int64, _ database: Database) throws -> [String?] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT content FROM \(family.rawValue)_step WHERE \(family.rawValue) = ? ORDER BY ordinal
        """, arguments: [owner]
    ).map { $0[0] as String? }
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
