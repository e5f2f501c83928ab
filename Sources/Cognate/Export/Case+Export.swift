internal import CaseFile
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

  enum CodingKeys: String, CodingKey {
    case number, format, sha256, bytes, run, who, recipients, at, entry
    case pairsOfProtected = "pairs_of_protected_left_out"
    case personDetails = "person_details_left_out"
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
  ///   - path: the file.
  ///   - recipients: who is to have it; whoever makes it when nobody is named.
  /// - Throws: `CaseError.neverLinked`, `CaseError.invalid` for a run that a later protection contradicts,
  ///   `WriteFailure`, errors of the database.
  public func export(_ format: CaseExportFormat, to path: String, recipients: [String] = []) throws
    -> MadeExport
  {
    let opening = try opening()
    let at = CaseDatabase.timestamp(now())
    let recipients = recipients.isEmpty ? [actor.name] : recipients
    let who = actor.isAuthenticated ? actor.name : "\(actor.name) (not signed in)"
    let file = try ExportFile(path)
    let made = try database.operation { database, entries in
      let run = try RunStore.latest(database)
      let number = try Int.fetchOne(database, sql: "SELECT coalesce(max(number), 0) + 1 FROM export") ?? 1
      guard
        let row = try Row.fetchOne(
          database, sql: "SELECT hash, settings FROM run WHERE id = ?", arguments: [run])
      else { throw CaseError.neverLinked }
      let settings = try JSONDecoder().decode(
        LinkageSettings.self, from: Data((row["settings"] as String).utf8))
      let mark = ExportMark(
        caseReference: opening.reference, number: number, who: who, recipients: recipients, at: at,
        run: row["hash"], threshold: settings.threshold, purpose: opening.purpose,
        justification: justification ?? opening.purpose, producer: "cognate \(CognateVersion.current)")
      let content = try StoredCaseContent(database, run: run, mark: mark)
      try format.write(content, to: file)
      let seal = try file.seal()
      let withheld = try content.withheld()
      let index = try entries.append(
        entry(
          .disclosure, "export", subjects: ["X\(number)"], recipients: recipients,
          details: [
            "export": "\(number)", "format": format.rawValue, "sha256": seal.sha256, "bytes": "\(seal.bytes)",
            "run": mark.run, "file": (path as NSString).lastPathComponent,
          ]))
      try database.execute(
        sql: "INSERT INTO export VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [number, format.rawValue, seal.sha256, seal.bytes, run, Int64(index), at])
      return MadeExport(
        number: number, format: format.rawValue, sha256: seal.sha256, bytes: seal.bytes, run: mark.run,
        who: who, recipients: recipients, at: at, entry: index,
        pairsOfProtected: withheld.pairsOfProtected, personDetails: withheld.personDetails)
    }
    try file.publish()
    return made
  }
}
