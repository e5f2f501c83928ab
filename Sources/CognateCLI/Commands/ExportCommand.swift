public import ArgumentParser
import Cognate
import FileOutput
import Foundation
public import Reports

extension CaseExportFormat: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the last run of a case for other tools.",
    discussion: """
      Accounts, identifiers, pairs with their weight and evidence, clusters, sources and judgements, as CASE/UCO \
      (case), PROV-O (prov), FollowTheMoney (ftm), GraphML, GEXF, CSV or STIX 2.1.

      Each export has a number, stands in the case's log with its SHA-256, and carries a mark: case, number, who, \
      when, "investigative lead". Accounts of victims and witnesses are joined with nothing in it; names, dates of \
      birth and addresses of persons stay in the case.

      EXAMPLES:
        cognate export case.cognate --format graphml case.graphml \\
          --to "Intelligence desk" \\
          --because "charts for the briefing"
        cognate export case.cognate --format csv case.csv
      """)

  @OptionGroup var target: CaseArgument
  @Option(help: "\(CaseExportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: CaseExportFormat
  @Argument(help: "The file to write.", completion: .file()) var file: String
  @Option(
    name: .customLong("to"), parsing: .singleValue,
    help: "Who is to have it, for the log; may be given again. You, when nobody is named.")
  var recipients: [String] = []
  @Option(help: "The second person, who agrees; needed once people are registered.") var second: String?
  @Option(
    help:
      "A file whose first line is their passphrase. Without it: COGNATE_SECOND_PASSPHRASE, or the terminal asks.",
    completion: .file())
  var secondPassphraseFile: String?
  @OptionGroup var output: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws {
    if output.json, OutputFile.isStandardOutput(file) {
      throw ValidationError("--json is printed on standard output, which the export goes to")
    }
  }

  func run() throws {
    try OutputFile.check(file)
    let opened = try target.open()
    let other = try second.map { id in
      try opened.signIn(
        id,
        passphrase: Passphrases.get(
          file: secondPassphraseFile, variable: "COGNATE_SECOND_PASSPHRASE", of: id))
    }
    let printer = ProgressPrinter(progressOptions.progress)
    let made = try opened.run {
      try $0.export(format, to: file, recipients: recipients, second: other) { printer.stage($0) }
    }
    printer.finish()
    if OutputFile.isStandardOutput(file) {
      Terminal.write(text(made))
    } else {
      try output.show(made) { text(made) }
    }
    Terminal.warn(of: made.changedSince, what: "this is an export of the last run")
  }

  private func text(_ made: MadeExport) -> String {
    var lines = [
      "Export \(made.number): \(Terminal.safe(file)), \(made.format), \(made.bytes) bytes",
      "SHA-256 \(made.sha256)",
    ]
    if made.pairsOfProtected > 0 {
      lines.append(
        "Left out: \(Terminal.count(made.pairsOfProtected, "pair")) with a protected account.")
    }
    if made.personDetails > 0 {
      lines.append(
        "Left out: \(Terminal.count(made.personDetails, "detail")) of persons (names, dates of birth, addresses)."
      )
    }
    if made.withdrawnAccounts > 0 {
      lines.append(
        "Left out: \(Terminal.count(made.withdrawnAccounts, "account")) that \(made.withdrawnAccounts == 1 ? "was" : "were") restricted or erased."
      )
    }
    lines.append(
      "Entry \(made.entry) of the log: a disclosure to \(Terminal.safe(made.recipients.joined(separator: ", ")))."
    )
    return lines.joined(separator: "\n")
  }
}
