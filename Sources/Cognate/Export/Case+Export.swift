public import CaseFile
internal import Foundation
internal import GRDB
internal import Linkage
public import Reports

/// An export that was made.
public struct MadeExport: Sendable, Codable {
  /// Its number in the case.
  public var number: Int
  /// The format's name.
  public var format: String
  /// SHA-256 of the file.
  public var sha256: String
  /// Bytes of the file.
  public var bytes: Int
  /// Hash of the run.
  public var run: String
  /// Who made it.
  public var who: String
  /// Who is to have it.
  public var recipients: [String]
  /// When, as ISO 8601 in UTC.
  public var at: String
  /// Index of the log's entry.
  public var entry: UInt64
  /// Pairs with a protected account, which were left out.
  public var pairsOfProtected: Int
  /// Names, dates of birth and addresses of persons, which were left out.
  public var personDetails: Int
  /// Restricted and erased accounts, which were left out.
  public var withdrawnAccounts: Int
  /// Who approved it; nil while nobody is registered in the case.
  public var approvedBy: String?
  /// What was done since the run that it depends on, and the file does not show; nil when that is nothing.
  public var changedSince: [RunChange]?

  enum CodingKeys: String, CodingKey {
    case number, format, sha256, bytes, run, who, recipients, at, entry
    case pairsOfProtected = "pairs_of_protected_left_out"
    case personDetails = "person_details_left_out", withdrawnAccounts = "withdrawn_accounts_left_out"
    case approvedBy = "approved_by", changedSince = "changed_since_run"
  }
}

extension Case {
  /// Writes the last run for other tools.
  ///
  /// The log's entry, a disclosure, is stored before the file gets its name: an export that is found anywhere is in the
  /// log. Should the name then not be given, the log has an export that nobody received, and its number stays used.
  ///
  /// - Parameters:
  ///   - format: the format.
  ///   - path: the file; one that exists is refused, and so is a place in the case's folder.
  ///   - recipients: who is to have it; whoever makes it when nobody is named.
  ///   - second: another person who agrees. An export holds the whole case, so once people are registered it needs two.
  ///   - progress: called with the name of each stage as it begins.
  /// - Throws: `PeopleFailure` when nobody with the role has signed in; `CaseError.neverLinked`, `CaseError.invalid`
  ///   for a path that is refused, without a second person, for a run that a later protection or judgement contradicts, or when the file
  ///   cannot get its name; `WriteFailure`; errors of the database.
  public func export(
    _ format: CaseExportFormat, to path: String, recipients: [String] = [], second: SignedIn? = nil,
    progress: @escaping (String) -> Void = { _ in }
  ) throws -> MadeExport {
    try database.checkOutput(path, mayReplace: false)
    let opening = try opening()
    let at = CaseDatabase.timestamp(now())
    let recipients = recipients.isEmpty ? [actor.name] : recipients
    let who = actor.isAuthenticated ? actor.name : "\(actor.name) (not signed in)"
    let file = try ExportFile(path)
    let made = try database.operation { database, entries in
      let approver = try approver(second, database)
      let run = try RunStore.latest(database)
      try Circumstances.checkJudgements(ofRun: run, database)
      let number = try Int.fetchOne(database, sql: "SELECT coalesce(max(number), 0) + 1 FROM export") ?? 1
      guard
        let row = try Row.fetchOne(
          database, sql: "SELECT hash, settings FROM run WHERE id = ?", arguments: [run])
      else { throw CaseError.neverLinked }
      let settings = try JSONDecoder().decode(
        LinkageSettings.self, from: Data((row["settings"] as String).utf8))
      let changes = try RunChange.all(since: run, database)
      let mark = ExportMark(
        caseReference: opening.reference, number: number, who: who, approvedBy: approver,
        recipients: recipients,
        at: at,
        run: row["hash"], changedSinceRun: changes.map(\.statement), threshold: settings.threshold,
        purpose: opening.purpose,
        justification: justification ?? opening.purpose, producer: "cognate \(CognateVersion.current)")
      let content = try StoredCaseContent(database, run: run, mark: mark, progress: progress)
      try format.write(content, to: file)
      let seal = try file.seal()
      let withheld = try content.withheld()
      var draft = entry(
        .disclosure, "export", subjects: ["X\(number)"], recipients: recipients,
        details: [
          "export": "\(number)", "format": format.rawValue, "sha256": seal.sha256, "bytes": "\(seal.bytes)",
          "run": mark.run, "file": (path as NSString).lastPathComponent,
        ])
      draft.details["second"] = approver
      try database.execute(
        sql: "INSERT INTO export VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          number, format.rawValue, seal.sha256, seal.bytes, run, Int64(try entries.reserve()), at,
        ])
      let index = try entries.append(draft)
      return MadeExport(
        number: number, format: format.rawValue, sha256: seal.sha256, bytes: seal.bytes, run: mark.run,
        who: who, recipients: recipients, at: at, entry: index,
        pairsOfProtected: withheld.pairsOfProtected, personDetails: withheld.personDetails,
        withdrawnAccounts: withheld.withdrawnAccounts, approvedBy: approver,
        changedSince: changes.isEmpty ? nil : changes)
    }
    do {
      try file.publish()
    } catch {
      throw CaseError.invalid(
        "\(error). The log tells of export X\(made.number) all the same, which nobody received; its number stays used. Export again where there is room."
      )
    }
    return made
  }

  /// Who agrees to an export; nil while nobody is registered.
  private func approver(_ second: SignedIn?, _ database: Database) throws -> String? {
    try authorise(.export, database)
    guard try People.isAnybodyRegistered(database) else { return nil }
    guard let second else {
      throw CaseError.invalid("An export of a case is approved by a second person: name them with --second.")
    }
    return try checkSecond(second, database).id
  }
}
