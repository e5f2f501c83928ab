internal import Foundation
public import GRDB

/// An entry of the log as the case stores it.
public struct LogEntry: Sendable, Hashable {
  /// Its index, from 0.
  public var index: UInt64
  /// What was done with personal data.
  public var operation: ProcessingOperation
  /// Stable text: `import`, `link`, ….
  public var action: String
  /// Name of who acted.
  public var actor: String
  /// ISO 8601 in UTC.
  public var at: String
  /// Everything that the leaf commits to; nil once it was erased.
  public var payload: LogPayload?
  /// The entry that erased this one's content.
  public var erasedBy: UInt64?

  /// Which entries to read.
  public struct Filter: Sendable {
    /// Only this action, or all that begin with it when it ends in a full stop (`identify.`).
    public var action: String?
    /// Only entries about this subject.
    public var subject: String?
    /// Only entries of this actor.
    public var actor: String?
    /// Only this operation.
    public var operation: ProcessingOperation?
    /// Only from this entry on.
    public var from: UInt64 = 0
    /// At most so many, the first ones.
    public var limit: Int?

    /// Everything, until told otherwise.
    public init(action: String? = nil, subject: String? = nil) {
      self.action = action
      self.subject = subject
    }
  }

  /// The entries that a filter lets through, in order of index. An erased entry has no subjects any more.
  public static func all(_ database: Database, _ filter: Filter = Filter()) throws -> [LogEntry] {
    let prefix = filter.action.flatMap { $0.hasSuffix(".") ? $0 : nil }
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT idx, operation, action, actor, at, payload, erased_by FROM log_entry
        WHERE idx >= :from AND (:action IS NULL OR action = :action)
          AND (:prefix IS NULL OR substr(action, 1, length(:prefix)) = :prefix)
          AND (:actor IS NULL OR actor = :actor) AND (:operation IS NULL OR operation = :operation)
          AND (:subject IS NULL OR EXISTS (
            SELECT 1 FROM json_each(\(PayloadText.valid()), '$.subjects') WHERE value = :subject))
        ORDER BY idx LIMIT :limit
        """,
      arguments: [
        "from": Int64(clamping: filter.from), "action": prefix == nil ? filter.action : nil, "prefix": prefix,
        "actor": filter.actor, "operation": filter.operation?.rawValue, "subject": filter.subject,
        "limit": filter.limit ?? -1,
      ])
    var entries: [LogEntry] = []
    while let row = try rows.next() { entries.append(try LogEntry(row)) }
    return entries
  }

  /// One entry.
  ///
  /// - Throws: `LogFailure.noSuchEntry`.
  public static func one(_ database: Database, _ index: UInt64) throws -> LogEntry {
    var filter = Filter()
    filter.from = index
    filter.limit = 1
    guard let entry = try all(database, filter).first, entry.index == index else {
      throw LogFailure.noSuchEntry(index)
    }
    return entry
  }

  init(_ row: Row) throws {
    index = UInt64(row["idx"] as Int64)
    guard let operation = ProcessingOperation(rawValue: row["operation"]) else {
      throw LogFailure.damaged("entry \(index) has the operation \(row["operation"] as String)")
    }
    self.operation = operation
    action = row["action"]
    actor = row["actor"]
    at = row["at"]
    erasedBy = (row["erased_by"] as Int64?).map { UInt64($0) }
    guard let text = row["payload"] as String? else {
      payload = nil
      return
    }
    do {
      payload = try JSONDecoder().decode(LogPayload.self, from: Data(text.utf8))
    } catch {
      throw LogFailure.damaged("the payload of entry \(index) is not in the form of one")
    }
  }
}
