public import AccountModel
public import ArgumentParser
import Cognate
import Foundation
import Linkage

struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Compare the accounts of a case and join them into clusters.",
    discussion: """
      The run is stored with a hash of its inputs, settings and version; the same case gives the same bytes, on \
      one core or more.

      How accounts write is compared as well. It weighs only in a domain that the model of styles was validated in \
      (--style-domain: what kind of texts these are, chat or blogs for the model of this version), never enough to link \
      two accounts by itself. Without a domain it is shown and adds nothing. Docs/Style.md says what it must not be \
      used for.

      EXAMPLES:
        cognate link case.cognate
        cognate link case.cognate --threshold 4 --json
        cognate link case.cognate --style-domain chat
        cognate link case.cognate --style-model forum.model --style-domain forum
      """)

  @OptionGroup var target: CaseArgument
  @Option(help: "log10 of the likelihood ratio from which accounts are linked.")
  var threshold: Double = LinkageSettings().threshold
  @OptionGroup var style: StyleOptions
  @OptionGroup var workers: ThreadOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws {
    guard threshold.isFinite, threshold > 0 else { throw ValidationError("--threshold must be above 0.") }
  }

  func run() throws {
    var settings = LinkageSettings()
    settings.threshold = threshold
    let writing = try style.writing()
    let printer = ProgressPrinter(progressOptions.progress)
    let result = try target.open().run {
      try $0.link(settings: settings, writing: writing, threads: workers.count) { printer.stage($0) }
    }
    printer.finish()
    try output.show(result) { ReportText.text(result) }
  }
}

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Show the evidence between two accounts, for and against.",
    discussion: "EXAMPLE:\n  cognate why case.cognate A3 telegram:some_name")

  @OptionGroup var target: CaseArgument
  @Argument(help: "An account.") var left: String
  @Argument(help: "Another account.") var right: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let pair = try target.open().run { try $0.why(left, right) }
    try output.show(pair) { ReportText.text(pair) }
    Terminal.warn(
      of: pair.changedSince, what: "the evidence, and which cluster an account is in, are of the last run")
  }
}

struct HowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "how", abstract: "Show the merges that built a cluster, weakest first.",
    discussion: "EXAMPLE:\n  cognate how case.cognate C1")

  @OptionGroup var target: CaseArgument
  @Argument(help: "A cluster: C1.") var cluster: String
  @OptionGroup var output: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func run() throws {
    let printer = ProgressPrinter(progressOptions.progress)
    let explanation = try target.open().run { try $0.how(cluster) { printer.stage($0) } }
    printer.finish()
    try output.show(explanation) { ReportText.text(explanation) }
    Terminal.warn(of: explanation.changedSince, what: "this is what the last run found")
  }
}

extension Judgement: ExpressibleByArgument {}

struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge", abstract: "Record what you decided about two accounts; the next link respects it.",
    discussion:
      """
      EXAMPLE:
        cognate judge case.cognate A3 A9 different \\
          --reason "both seen on CCTV at once"
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "An account.") var left: String
  @Argument(help: "Another account.") var right: String
  @Argument(help: "same, different or unsure.") var verdict: Judgement
  @Option(help: "Why.") var reason: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let judgement = try target.open().run { try $0.judge(left, right, verdict, reason: reason) }
    try output.show(judgement) { ReportText.text(judgement) + " Run `cognate link` to apply it." }
  }
}

struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back the latest judgement; it stays on record as undone.",
    discussion: "EXAMPLE:\n  cognate undo case.cognate")

  @OptionGroup var target: CaseArgument
  @OptionGroup var output: OutputOptions

  func run() throws {
    let judgement = try target.open().run { try $0.undo() }
    try output.show(judgement) { "Undone: " + ReportText.text(judgement) }
  }
}

extension Terminal {
  /// Says that what was shown is older than what the case holds.
  ///
  /// - Parameter what: what of it is, as a clause.
  static func warn(of changes: [RunChange]?, what: String) {
    guard let changes, !changes.isEmpty else { return }
    let shown = changes.prefix(5).map(\.statement).joined(separator: "; ")
    let more = changes.count > 5 ? "; and \(changes.count - 5) changes more" : ""
    warning("\(what), and since then \(shown)\(more). Run `cognate link` again.")
  }
}

extension ReportText {
  static func text(_ judgement: StoredJudgement) -> String {
    "\(Terminal.safe(judgement.left.label)) and \(Terminal.safe(judgement.right.label)) judged \(judgement.verdict.rawValue): \(Terminal.safe(judgement.reason))."
  }
}
