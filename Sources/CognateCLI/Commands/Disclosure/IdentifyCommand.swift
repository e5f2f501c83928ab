import ArgumentParser
import Cognate
import Disclosure

struct IdentifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identify",
    abstract: "Record who is believed to control a cluster, step by step, with a second person.",
    discussion: """
      hypothesis -> candidate -> corroborated -> confirmed; any of them -> rejected; confirmed -> withdrawn. A likelihood \
      ratio moves none of them. A person is named by the force's own reference, never by name.

      EXAMPLES:
        cognate identify propose case.cognate C1 --person N/17 \\
          --source "subscriber return EX/3" --who DC1
        cognate identify corroborate case.cognate I1 \\
          --statement "device found in search" \\
          --reference EX/9 --contrary "looked for other users; none found" \\
          --second DS2 --who DC1
        cognate identify age case.cognate I1 --adult \\
          --basis "date of birth in EX/3" --who DC1
        cognate identify confirm case.cognate I1 --rationale "three sources agree" \\
          --who DI3
        cognate identify list case.cognate --who DC1
      """,
    subcommands: [
      IdentifyOpenCommand.self, IdentifyProposeCommand.self, IdentifyCorroborateCommand.self,
      IdentifyAgeCommand.self, IdentifyAlertCommand.self, IdentifyConfirmCommand.self,
      IdentifyRejectCommand.self, IdentifyWithdrawCommand.self, IdentifyListCommand.self,
    ])
}

/// The identification that a command works on.
struct IdentificationArgument: ParsableArguments {
  @OptionGroup var target: CaseArgument
  @Argument(help: "The identification: I1.") var identification: String
  @OptionGroup var output: OutputOptions

  func take(second: SecondPersonOptions? = nil, _ make: (StaffMember?) -> IdentificationEvent) throws {
    let opened = try target.open()
    let other = try second?.signIn(to: opened)
    let view = try opened.run { try $0.identify(identification, second: other, make) }
    try output.show(view) { DisclosureText.text(view) }
  }
}

struct IdentifyOpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Take up a cluster as a hypothesis, which names nobody.",
    discussion: "EXAMPLE:\n  cognate identify open case.cognate C1 --who DC1")

  @OptionGroup var target: CaseArgument
  @Argument(help: "A cluster of the last run: C1.") var cluster: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let view = try target.open().run { try $0.openIdentification(cluster) }
    try output.show(view) { DisclosureText.text(view) }
  }
}

struct IdentifyProposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose", abstract: "Propose a person, by a reference to your own records (analyst).",
    discussion:
      """
      EXAMPLE:
        cognate identify propose case.cognate C1 --person N/17 \\
          --source "subscriber return EX/3" --who DC1
      """
  )

  @OptionGroup var target: CaseArgument
  @Argument(help: "A cluster of the last run (C1), or a hypothesis (I1).") var cluster: String
  @Option(help: "Reference of the person in your own records; never the name.") var person: String
  @Option(help: "Where the proposal comes from.") var source: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let view = try target.open().run { try $0.propose(cluster, person: person, source: source) }
    try output.show(view) { DisclosureText.text(view) }
  }
}

struct IdentifyCorroborateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corroborate",
    abstract:
      "Add independent evidence, what speaks against, and a second person's review (analyst and reviewer).",
    discussion: """
      EXAMPLE:
        cognate identify corroborate case.cognate I1 \\
          --statement "device found in search" \\
          --reference EX/9 --contrary "looked for other users; none found" \\
          --second DS2 --who DC1
      """)

  @OptionGroup var record: IdentificationArgument
  @Option(
    parsing: .singleValue,
    help: "Evidence that does not come from the accounts or the proposal; may be given again.")
  var statement: [String]
  @Option(parsing: .singleValue, help: "Where that evidence is kept; one for each statement, in order.")
  var reference: [String]
  @Option(help: "What was searched for that speaks against, and what was found; it may be that nothing was.")
  var contrary: String
  @OptionGroup var secondPerson: SecondPersonOptions

  func validate() throws {
    guard statement.count == reference.count else {
      throw ValidationError("Give one --reference for each --statement.")
    }
  }

  func run() throws {
    let found = zip(statement, reference).map {
      Identification.Corroboration(statement: $0, reference: $1, isIndependent: true)
    }
    try record.take(second: secondPerson) { reviewer in
      .step(
        .corroborate(found, contrary: contrary, reviewer: reviewer ?? StaffMember(id: "", roles: [])))
    }
  }
}

struct IdentifyAgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "age", abstract: "Record whether the person is under 18: nobody is told of one who is.",
    discussion: """
      Under 18 is a hard stop, for a specialist outside this software. To lift it takes an officer and a second \
      person.

      EXAMPLES:
        cognate identify age case.cognate I1 --adult \\
          --basis "date of birth in EX/3" --who DC1
        cognate identify age case.cognate I1 --under-18 --basis "school photograph" \\
          --who DC1
      """)

  enum Age: String, EnumerableFlag {
    case adult, under18, unknown
    static func name(for value: Age) -> NameSpecification {
      value == .under18 ? .customLong("under-18") : .long
    }
    static func help(for value: Age) -> ArgumentHelp? {
      switch value {
      case .adult: "The person is 18 or over."
      case .under18: "The person is under 18."
      case .unknown: "It has become doubtful."
      }
    }
  }

  @OptionGroup var record: IdentificationArgument
  @Flag var age: Age
  @Option(help: "What it rests on.") var basis: String
  @Option(help: "The second person, when the stop is lifted.") var second: String?
  @Option(
    help:
      "A file whose first line is their passphrase. Without it: COGNATE_SECOND_PASSPHRASE, or the terminal asks.",
    completion: .file())
  var secondPassphraseFile: String?

  func run() throws {
    let opened = try record.target.open()
    let other = try second.map {
      try opened.signIn(
        $0,
        passphrase: Passphrases.get(file: secondPassphraseFile, variable: "COGNATE_SECOND_PASSPHRASE", of: $0)
      )
    }
    let isUnder18: Bool? = age == .unknown ? nil : age == .under18
    let view = try opened.run {
      try $0.identify(record.identification, second: other) { approver in
        .age(isUnder18: isUnder18, basis: basis, approver: approver)
      }
    }
    try record.output.show(view) { DisclosureText.text(view) }
  }
}

struct IdentifyAlertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alert",
    abstract: "Record what was found about alerts of a protected account (reviewer or decider).",
    discussion: """
      A cluster that reaches an account of a victim or witness halts: an abuser may pose as the victim. Nobody is \
      confirmed or told before somebody has looked.

      EXAMPLE:
        cognate identify alert case.cognate I1 \\
          --finding "A9 is an impostor of the victim's account" --who DS2
      """)

  @OptionGroup var record: IdentificationArgument
  @Option(help: "What was found.") var finding: String

  func run() throws {
    let view = try record.target.open().run { try $0.examineAlerts(record.identification, finding: finding) }
    try record.output.show(view) { DisclosureText.text(view) }
  }
}

struct IdentifyConfirmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Confirm, as an authorised officer with a rank: the clocks start (decider).",
    discussion:
      """
      EXAMPLE:
        cognate identify confirm case.cognate I1 --rationale "three sources agree" \\
          --who DI3
      """)

  @OptionGroup var record: IdentificationArgument
  @Option(help: "The reasons.") var rationale: String

  func run() throws { try record.take { _ in .step(.confirm(rationale: rationale)) } }
}

struct IdentifyRejectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "It did not hold. What was confirmed falls by an officer alone.",
    discussion:
      """
      EXAMPLE:
        cognate identify reject case.cognate I1 \\
          --reason "another user of the device" --who DC1
      """)

  @OptionGroup var record: IdentificationArgument
  @Option(help: "The reason.") var reason: String

  func run() throws { try record.take { _ in .step(.reject(reason: reason)) } }
}

struct IdentifyWithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Withdraw what was confirmed: whoever was told of it must hear that it was wrong (decider).",
    discussion:
      """
      EXAMPLE:
        cognate identify withdraw case.cognate I1 \\
          --reason "the device had been sold" --who DI3
      """)

  @OptionGroup var record: IdentificationArgument
  @Option(help: "The reason.") var reason: String

  func run() throws { try record.take { _ in .step(.withdraw(reason: reason)) } }
}

struct IdentifyListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the identifications of a case.",
    discussion: "EXAMPLE:\n  cognate identify list case.cognate --who DC1")

  @OptionGroup var target: CaseArgument
  @OptionGroup var output: OutputOptions

  func run() throws {
    let all = try target.open().run { try $0.identifications() }
    try output.show(all) {
      all.isEmpty
        ? "No identifications."
        : all.map { DisclosureText.text($0, isFull: true) }.joined(separator: "\n\n")
    }
  }
}
