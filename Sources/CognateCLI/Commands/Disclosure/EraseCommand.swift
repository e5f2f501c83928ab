import ArgumentParser
import CaseFile
import Cognate

struct EraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Restrict or erase content, by two persons; what was done stays in the log.",
    discussion: """
      Restrict evidence rather than erase it: a restricted account is kept, but neither shown nor linked. What is \
      erased is deleted from the case together with what the log says about it; the log keeps an entry without \
      content, and still verifies. A legal hold forbids erasure (`cognate hold`). Link again afterwards. Exports on \
      disk, copies of the case, notices that were handed over and copies of sources (`import --copy`; it names those \
      that may hold it) are not touched, and neither are names of conversations and of files in a source, nor what \
      others wrote: they may name somebody.

      EXAMPLES:
        cognate erase case.cognate A9 --restrict --reason "not a party" \\
          --second DS2 --who DI3
        cognate erase case.cognate D4 --erase --reason "retention period over" \\
          --second DS2 --who DI3
      """)

  enum Kind: String, EnumerableFlag {
    case restrict, erase

    static func help(for value: Kind) -> ArgumentHelp? {
      switch value {
      case .restrict: "Keep it, but show and link it no more (an account)."
      case .erase: "Delete it."
      }
    }
  }

  @OptionGroup var target: CaseArgument
  @Argument(help: "A3 (account), I2 (identification), D4 (disclosure) or E17 (entry of the log, from 0).")
  var subject: String
  @Flag var kind: Kind
  @Option(help: "Why, without names: these words stay.") var reason: String
  @OptionGroup var secondPerson: SecondPersonOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let opened = try target.open()
    let other = try secondPerson.signIn(to: opened)
    let report = try opened.run {
      try $0.erase(subject, kind == .erase ? .erase : .restrict, reason: reason, second: other)
    }
    try output.show(report) {
      report.kind == .restrict
        ? "\(report.subject) is restricted: neither shown nor linked any more (entry \(report.entry))."
        : "\(report.subject) is erased (entry \(report.entry)); content of \(Terminal.count(report.erasedEntries.count, "entry of the log", plural: "entries of the log")) went with it."
    }
    if let reason = report.leftBehind { CaseArgument.warnOfRemains(reason) }
    if !report.keptCopies.isEmpty {
      Terminal.warning(
        "copies of sources in the case may still hold it, beside what others wrote: "
          + report.keptCopies.joined(separator: ", ")
          + ". Delete by hand what is to go; `cognate audit verify` tells of a copy of which a part is missing."
      )
    }
  }
}

struct HoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Place a legal hold, which forbids erasure, or lift it.",
    discussion: """
      EXAMPLES:
        cognate hold place case.cognate --reason "trial listed" \\
          --reference T/2027/3 --who DI3
        cognate hold place case.cognate I1 --reason "appeal" --reference CA/9 \\
          --who DI3
        cognate hold lift case.cognate H1 --reason "appeal over" --second DS2 \\
          --who DI3
      """,
    subcommands: [HoldPlaceCommand.self, HoldLiftCommand.self, HoldListCommand.self])
}

struct HoldPlaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "place", abstract: "Place a legal hold on the case, or on something in it (decider).",
    discussion:
      """
      EXAMPLE:
        cognate hold place case.cognate I1 --reason "appeal" --reference CA/9 \\
          --who DI3
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "A3, I2, D4 or E17; the whole case when not given.") var subject: String?
  @Option(help: "Why.") var reason: String
  @Option(help: "Whose order or request it is.") var reference: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let id = try target.open().run { try $0.placeHold(on: subject, reason: reason, reference: reference) }
    try output.show(["id": id]) {
      "\(id) holds \(subject.map { RecordLabel.canonical($0) ?? Terminal.safe($0) } ?? "the whole case")."
    }
  }
}

struct HoldLiftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lift", abstract: "Lift a legal hold, by two persons (decider, and a reviewer or decider).",
    discussion:
      """
      EXAMPLE:
        cognate hold lift case.cognate H1 --reason "appeal over" --second DS2 \\
          --who DI3
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "The hold: H1.") var hold: String
  @Option(help: "Why.") var reason: String
  @OptionGroup var secondPerson: SecondPersonOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let opened = try target.open()
    let other = try secondPerson.signIn(to: opened)
    let lifted = try opened.run { try $0.liftHold(hold, reason: reason, second: other) }
    try output.show(["id": lifted]) { "Lifted \(lifted)." }
  }
}

struct HoldListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the legal holds of a case.",
    discussion: "EXAMPLE:\n  cognate hold list case.cognate --who DI3")

  @OptionGroup var target: CaseArgument
  @OptionGroup var output: OutputOptions

  func run() throws {
    let holds = try target.open().run { try $0.holds() }
    try output.show(holds) {
      holds.isEmpty
        ? "No holds."
        : Terminal.table(
          holds.map { hold in
            [
              hold.id, hold.subject.isEmpty ? "whole case" : hold.subject, Terminal.safe(hold.reference),
              Terminal.safe(hold.reason),
              hold.liftedAt.map { "lifted \($0) by \(hold.liftedBy ?? "")" }
                ?? "since \(hold.placedAt) by \(hold.placedBy)",
            ]
          })
    }
  }
}
