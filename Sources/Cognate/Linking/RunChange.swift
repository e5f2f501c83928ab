import AccountModel
internal import CaseFile
import Foundation
import GRDB
package import Linkage

/// Something that a run depends on and that was done since: what the run found may no longer be what it would find.
public struct RunChange: Sendable, Hashable, Codable {
  /// The action of the log's entry: `import`, `judge`, `undo`, `protect`, `restrict` or `erase`.
  public var action: String
  /// The sources or accounts, as S4 or A3; empty where the log does not tell any more.
  public var subjects: [String]
  /// What was done, as a clause: `A3 and A9 were judged different`.
  public var statement: String

  /// Subjects of one clause that are named.
  static let shown = 5
}

extension Case {
  /// What was done since the last run that the run depends on, in the order of the log; empty when it stands as it was made.
  ///
  /// Looking at it is no consultation: it says what was done, and nothing of what the case holds.
  ///
  /// - Throws: `CaseError.neverLinked`, `PeopleFailure`, errors of the database.
  public func changesSinceRun() throws -> [RunChange] {
    try database.read { database in
      try authorise(.readContent, database)
      return try RunChange.all(since: RunStore.latest(database), database)
    }
  }
}

extension Case {
  /// What the last run was made with; nil before there is one. Looking at it is no consultation.
  package func runSettings() throws -> LinkageSettings? {
    try database.read { database in
      try authorise(.readContent, database)
      do {
        return try Self.settings(of: RunStore.latest(database), database)
      } catch CaseError.neverLinked {
        return nil
      }
    }
  }
}

extension RunChange {
  /// What was done since a run was made last. One query of the log where that is nothing; else what the run depends on is
  /// hashed as well, as a judgement may have been taken back.
  static func all(since run: Int64, _ database: Database) throws -> [RunChange] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT action, payload FROM log_entry
        WHERE action IN ('import', 'judge', 'undo', 'protect', 'restrict', 'erase')
          AND idx > (SELECT coalesce(max(idx), -1) FROM log_entry WHERE action = 'link')
        ORDER BY idx
        """)
    guard !rows.isEmpty else { return [] }
    let inputs = try String.fetchOne(database, sql: "SELECT inputs FROM run WHERE id = ?", arguments: [run])
    guard try inputs != Case.inputs(database) else { return [] }
    var changes: [RunChange] = []
    for row in rows {
      let payload = (row["payload"] as String?).flatMap {
        try? JSONDecoder().decode(LogPayload.self, from: Data($0.utf8))
      }
      guard let change = RunChange(row["action"], payload) else { continue }
      // Files of one import, and accounts that were withdrawn one after the other, are one clause.
      if let last = changes.last, last.action == change.action, !["judge", "undo"].contains(change.action) {
        changes[changes.count - 1] = RunChange(change.action, last.subjects + change.subjects, verdict: nil)
      } else {
        changes.append(change)
      }
    }
    return changes
  }

  /// The same; nil where nothing was done.
  static func some(since run: Int64, _ database: Database) throws -> [RunChange]? {
    let changes = try all(since: run, database)
    return changes.isEmpty ? nil : changes
  }

  /// The change that an entry tells of; nil for one that touches no account.
  private init?(_ action: String, _ payload: LogPayload?) {
    // An entry of an erasure names the entries that went with it as well.
    let subjects = (payload?.subjects ?? []).filter { $0.hasPrefix("A") || $0.hasPrefix("S") }
    if payload != nil, subjects.isEmpty { return nil }
    self.init(action, subjects, verdict: payload?.details["verdict"])
  }

  private init(_ action: String, _ subjects: [String], verdict: String?) {
    let named = Self.list(subjects)
    let were = subjects.count == 1 ? "was" : "were"
    self.action = action
    self.subjects = subjects
    statement =
      switch (action, subjects.isEmpty) {
      case ("judge", false): "\(named) were judged \(verdict ?? "anew")"
      case ("judge", true): "two accounts were judged"
      case ("undo", false): "the judgement of \(named) was taken back"
      case ("undo", true): "a judgement was taken back"
      case ("import", true): "a source was imported"
      case (_, true): "an account was \(Self.done(action))"
      case (_, false): "\(named) \(were) \(Self.done(action))"
      }
  }

  private static func done(_ action: String) -> String {
    switch action {
    case "import": "imported"
    case "protect": "protected"
    case "restrict": "restricted"
    default: "erased"
    }
  }

  private static func list(_ subjects: [String]) -> String {
    guard subjects.count > shown else {
      return subjects.count < 2
        ? subjects.joined()
        : subjects.dropLast().joined(separator: ", ") + " and \(subjects[subjects.count - 1])"
    }
    return subjects.prefix(shown).joined(separator: ", ") + " and \(subjects.count - shown) more"
  }
}
