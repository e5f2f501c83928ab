import ArgumentParser
import CaseFile
import Cognate
import Disclosure
import FileOutput
import Foundation
import Linkage
import Reports
import TransparencyLog

/// What an auditor's report is written as.
enum AuditReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, html, csv, json
}

struct AuditReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Report on identifications and disclosures, without a name.",
    discussion: """
      Counts by state; median, 90th percentile and what is late or overdue by unit; deferrals by reason and without \
      an end; right 6 of the Victims' Code; what must be zero; the state of each log. Over one case, several, or \
      histories that were written out. What each figure means: Docs/AuditReport.md.

      EXIT STATUS: 0 all logs hold, 3 one does not: the report is written all the same, and says so. A case that does \
      not even open is named, no report is written, and it has to be left out.

      EXAMPLES:
        cognate audit report case.cognate
        cognate audit report north/*.cognate --format html -o report.html
        cognate audit report --histories force/histories.ndjson --format json
      """)

  @Argument(help: "Cases.", completion: .directory) var cases: [String] = []
  @Option(
    parsing: .singleValue, help: "A file of histories, NDJSON; may be given again.", completion: .file())
  var histories: [String] = []
  @Option(help: "text, html, csv or json.") var format: AuditReportFormat?
  @Option(name: [.short, .customLong("output")], help: "The file to write.", completion: .file())
  var output: String?
  @Option(help: "The instant for which the figures hold, as 2026-11-28T09:00:00Z; now when not given.")
  var at: String?
  @Option(
    help:
      "Bank holidays for all, in the form of gov.uk/bank-holidays.json; else those that each case keeps.",
    completion: .file())
  var calendar: String?
  @Option(help: "Why, for the log; the case's purpose when not given. COGNATE_JUSTIFICATION sets it too.")
  var because: String?
  @OptionGroup var signIn: SignInOptions
  @Flag(help: "Print JSON on standard output.") var json = false

  func validate() throws {
    if cases.isEmpty, histories.isEmpty { throw ValidationError("Name a case, or --histories.") }
    if json, output != nil { throw ValidationError("--json prints; with -o write --format json.") }
    if json, let format, format != .json {
      throw ValidationError("--json and --format \(format.rawValue) are not the same.")
    }
    if let at, AuditInstant.seconds(at) == nil {
      throw ValidationError("--at \(at) is no instant written 2026-11-28T09:00:00Z.")
    }
  }

  func run() throws {
    try OutputPaths.check(places: [output])
    try OutputPaths.check([output], against: histories + [calendar])
    let given = try givenCalendar()
    var material = AuditMaterial()
    var last: Int64 = 0
    var written: Int64?
    // Every record counts once, however often it is named.
    var known: Set<[String]> = []
    for path in histories {
      let file = try Self.histories(path)
      for one in file.disclosures where !known.insert(one.identity).inserted {
        throw InputError(
          place: path, reason: "\(one.name) of \(one.history.unit) was read already; give each record once")
      }
      material.disclosures += file.disclosures
      last = max(last, file.lastTime)
      written = file.asAt.map { max(written ?? $0, $0) } ?? written
    }
    var pathOfKey: [String: String] = [:]
    for path in cases {
      let opened = try opened(path)
      // A copy has the key of the case that it is of.
      if let other = pathOfKey.updateValue(path, forKey: opened.database.logKey.text) {
        throw ValidationError("\(other) and \(path) are one case, or copies of one. Name it once.")
      }
      if let output { try opened.database.checkOutput(output, mayReplace: true) }
      let own = try opened.run { try $0.auditMaterial() }
      if let twice = own.disclosures.first(where: { known.contains($0.identity) }) {
        throw InputError(
          place: path, reason: "\(twice.name) is in the histories as well; name one of the two")
      }
      material.disclosures += own.disclosures
      material.identifications += own.identifications
      material.logs += own.logs
    }
    last = max(last, material.disclosures.flatMap { $0.history.entries.map(\.recordedAt) }.max() ?? 0)
    let now =
      at.flatMap(AuditInstant.seconds) ?? (cases.isEmpty ? written : nil)
      ?? Int64(Date().timeIntervalSince1970)
    if now < last { try checkInstant(now, isWritten: cases.isEmpty && written != nil, material) }
    if given != nil {
      for place in material.disclosures.indices { material.disclosures[place].holidays = nil }
    }
    try write(AuditFigures(material, now: now, given ?? BankHolidays.builtIn()))
    let unsound = material.logs.filter { !$0.isSound }
    for log in unsound {
      Terminal.error(
        "the log of \(Terminal.safe(log.caseReference)) does not hold: `cognate audit verify` says more.")
    }
    if !unsound.isEmpty { throw ExitCode(ExitStatus.verificationFailed) }
  }

  /// An instant before the last line of a record was named amiss. Without one a clock was ahead when that line was written, or
  /// is behind now: that keeps nobody from reporting on all the others.
  private func checkInstant(_ now: Int64, isWritten: Bool, _ material: AuditMaterial) throws {
    if at != nil {
      throw ValidationError(
        "--at lies before the last line of a record; what was written down later cannot be taken away again.")
    }
    if isWritten {
      throw CaseError.invalid(
        "as_at of the histories lies before the last line of a record: name the instant with --at.")
    }
    let names = material.disclosures.filter { told in
      told.history.entries.contains { max($0.time, $0.recordedAt) > now }
    }.map(\.name)
    Terminal.warning(
      "lines of \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? " and \(names.count - 12) more" : "") are dated after now: a clock was ahead when they were written, or this machine's is behind. They count by these dates."
    )
  }

  /// Opens one of the cases. Of several the one that does not open is named: what is wrong with its log or with the
  /// sign-in says nothing of which.
  private func opened(_ path: String) throws -> Case {
    do {
      return try CaseArgument.opened(path, because: because, signIn)
    } catch PeopleFailure.nobodyRegistered where cases.count > 1 {
      // Of several cases those with people need a sign-in, and one without knows nobody who could.
      Terminal.warning(
        "nobody is registered for \(Terminal.safe(path)): its log names the user of this machine, whom nothing has proved."
      )
      return try CaseArgument.opened(path, because: because, nil)
    } catch {
      if cases.count > 1, error is LogFailure || error is PeopleFailure {
        Terminal.error("\(Terminal.safe(path)) does not open, and no report is written.")
      }
      throw error
    }
  }

  private func write(_ figures: AuditFigures) throws {
    let format = json ? .json : format ?? (output == nil ? .text : .html)
    let text =
      switch format {
      case .text: AuditReportText.text(figures)
      case .html: AuditPage.html(figures)
      case .csv: AuditTable.csv(figures)
      case .json:
        VisibleText.escapeJSON(String(decoding: try JSONText.encode(figures), as: UTF8.self)) + "\n"
      }
    guard let output else {
      return try StandardStream.output(text)
    }
    try ByteFile.write(text, to: output)
    Terminal.write("Wrote \(Terminal.safe(output)).")
  }

  private func givenCalendar() throws -> BankHolidays? {
    guard let calendar else { return nil }
    let bytes = try Self.bytes(calendar)
    do throws(BankHolidays.Failure) { return try BankHolidays(json: [UInt8](bytes)) } catch {
      throw InputError(place: calendar, reason: "\(error)")
    }
  }

  private static func histories(_ path: String) throws -> HistoryFile {
    do {
      return try HistoryFile(
        try bytes(path), name: path, threads: ProcessInfo.processInfo.activeProcessorCount)
    } catch let failure as HistoryFile.Failure {
      throw InputError(place: path, reason: String(failure.description.dropFirst("\(path), ".count)))
    }
  }

  private static func bytes(_ path: String) throws -> Data {
    do { return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) } catch {
      throw InputError.unreadable(path)
    }
  }
}

/// Instants on the command line.
enum AuditInstant {
  /// Seconds since 1970 UTC of `yyyy-mm-ddThh:mm:ssZ`; nil for anything else.
  static func seconds(_ text: String) -> Int64? {
    guard text.utf8.count == 20, text.hasSuffix("Z"), let date = CivilDate(text.prefix(10)),
      text.dropFirst(10).first == "T"
    else { return nil }
    let parts = text.dropFirst(11).dropLast().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int64(parts[0]),
      let minute = Int64(parts[1]), let second = Int64(parts[2]), (0..<24).contains(hour),
      (0..<60).contains(minute), (0..<60).contains(second)
    else { return nil }
    return Int64(date.day) * 86_400 + hour * 3_600 + minute * 60 + second
  }
}
