public import CaseFile
import GRDB

extension Case {
  /// A draft of an entry that says who acts, when and why.
  public func entry(
    _ operation: ProcessingOperation, _ action: String, subjects: [String] = [], recipients: [String] = [],
    details: [String: String] = [:]
  ) -> LogEntryDraft {
    LogEntryDraft(
      operation, action, who: actor, at: now(), justification: justification, subjects: subjects,
      recipients: recipients, details: details)
  }

  /// Looks at the case, and enters that in its log; what cannot be entered is not shown.
  ///
  /// Somebody who asked for what is not there has looked as well: that is entered as refused, and then thrown.
  ///
  /// - Parameters:
  ///   - action: the entry's action.
  ///   - query: what was asked for, as typed; accounts are noted by `AccountQueries.find` instead.
  ///   - body: reads, and adds to the draft what it found.
  func consult<Result>(
    _ action: String, query: [String] = [], _ body: (Database, inout LogEntryDraft) throws -> Result
  ) throws -> Result {
    let outcome: Swift.Result<Result, CaseError> = try database.operation { database, entries in
      try authorise(.readContent, database)
      var draft = entry(.consultation, action)
      if !query.isEmpty { draft.details["query"] = query.joined(separator: " ") }
      let outcome: Swift.Result<Result, CaseError>
      do {
        outcome = .success(try body(database, &draft))
      } catch let refusal as CaseError {
        draft.details["outcome"] = Self.outcome(refusal)
        outcome = .failure(refusal)
      }
      try entries.append(draft)
      return outcome
    }
    return try outcome.get()
  }

  /// A refusal as the log has it: a name that several accounts bear is content, and is left out.
  private static func outcome(_ refusal: CaseError) -> String {
    guard case .ambiguousAccount(_, let matches) = refusal else { return "\(refusal)" }
    return "several accounts are called so: \(matches.joined(separator: ", "))"
  }

  /// Enters that somebody outside is shown what an entry of the log says.
  ///
  /// - Throws: `PeopleFailure` when who acts may not read the log.
  public func noteReveal(of index: UInt64, to recipients: [String]) throws {
    try database.operation { database, entries in
      try authorise(.readLog, database)
      try entries.append(
        entry(.disclosure, "audit.prove", subjects: ["E\(index)"], recipients: recipients))
    }
  }

  /// The entries of the log, the newest first. Reading the log is no look at the case, and is not entered.
  ///
  /// - Parameters:
  ///   - end: only entries before this index; the newest when nil.
  ///   - count: as many at most.
  /// - Throws: `PeopleFailure` when who acts may not read the log; `LogFailure`; errors of the database.
  public func latestEntries(before end: UInt64? = nil, count: Int) throws -> [LogEntry] {
    try database.read { database in
      try authorise(.readLog, database)
      let size = try Int64.fetchOne(database, sql: "SELECT coalesce(max(idx) + 1, 0) FROM log_entry") ?? 0
      let end = min(UInt64(size), end ?? .max)
      var filter = LogEntry.Filter()
      filter.from = end - min(end, UInt64(count))
      filter.limit = Int(end - filter.from)
      return try LogEntry.all(database, filter).reversed()
    }
  }
}
