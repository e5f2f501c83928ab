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
  /// When, as ISO 8601 in UTC.
  public var at: String
  /// Pairs with a protected account, which were left out.
  public var pairsOfProtected: Int
  /// Names, dates of birth and addresses of persons, which were left out.
  public var personDetails: Int

  enum CodingKeys: String, CodingKey {
    case number, format, sha256, bytes, run, who, at, pairsOfProtected = "pairs_of_protected_left_out"
    case personDetails = "person_details_left_out"
  }
}

extension Case {
  /// Writes the last run for other tools.
  ///
  /// The file gets its name after the log has its number and hash: an export that is found anywhere is in the log.
  ///
  /// - Parameters:
  ///   - format: the format.
  ///   - path: the file.
  ///   - because: why; the case's purpose when nil.
  /// - Throws: `CaseError.neverLinked`, `WriteFailure`, errors of the database.
  public func export(_ format: ExportFormat, to path: String, because: String? = nil) throws -> MadeExport {
    let opening = try opening()
    let at = CaseDatabase.timestamp(now())
    let who = NSUserName()
    let file = try ExportFile(path)
    let made = try database.transaction { database in
      let run = try RunStore.latest(database)
      let number =
        try Int.fetchOne(database, sql: "SELECT coalesce(max(number), 0) + 1 FROM export") ?? 1
      guard
        let row = try Row.fetchOne(
          database, sql: "SELECT hash, settings FROM run WHERE id = ?", arguments: [run])
      else { throw CaseError.neverLinked }
      let settings = try JSONDecoder().decode(
        LinkageSettings.self, from: Data((row["settings"] as String).utf8))
      let mark = ExportMark(
        caseReference: opening.reference, number: number, who: who, at: at, run: row["hash"],
        threshold: settings.threshold, purpose: opening.purpose, justification: because ?? opening.purpose,
        producer: "cognate \(CognateVersion.current)")
      let content = try StoredCaseContent(database, run: run, mark: mark)
      try format.write(content, to: file)
      let seal = try file.seal()
      let withheld = try content.withheld()
      try database.execute(
        sql: "INSERT INTO export VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [number, format.rawValue, seal.sha256, seal.bytes, run, who, at])
      return MadeExport(
        number: number, format: format.rawValue, sha256: seal.sha256, bytes: seal.bytes, run: row["hash"],
        who: who, at: at, pairsOfProtected: withheld.pairsOfProtected, personDetails: withheld.personDetails)
    }
    try file.publish()
    return made
  }
}
