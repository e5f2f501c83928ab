import ArgumentParser
import Cognate
import Disclosure

struct DiscloseReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Take it up, or take up again what was deferred or refused (decider).",
    discussion: "EXAMPLE:\n  cognate disclose review case.cognate D1 --who DI3")

  @OptionGroup var record: DisclosureArgument

  func run() throws { try record.take { _, _ in .step(.review) } }
}

/// Why something waits, and until when.
struct DeferralOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Why it waits: R01 to R12, or R99; may be given again.",
      discussion: """
        R01 risk to the victim, R02 risk to others, R03 investigation, R04 not certain enough, R05 court order, \
        R06 under 18, R07 source or method, R08 other proceedings, R09 the victim's wish, R10 another agency leads, \
        R11 no safe contact, R12 capacity or communication, R99 other
        """))
  var reason: [ReasonCode] = []
  @Option(help: "What shows the reason.") var evidence: String?
  @Option(help: "The day by which it is weighed again, yyyy-mm-dd.") var reviewBy: CivilDate?
  @Option(help: "What would end the wait.") var endsWhen: String?

  /// The deferral; nil when nothing of it was given.
  func deferral() throws -> DisclosureStep.Deferral? {
    if reason.isEmpty, evidence == nil, reviewBy == nil, endsWhen == nil { return nil }
    guard let reviewBy else { throw ValidationError("Give --review-by yyyy-mm-dd: a deferral has an end.") }
    return DisclosureStep.Deferral(
      reasons: Set(reason), evidence: evidence ?? "", reviewBy: reviewBy, endsWhen: endsWhen ?? "")
  }
}

struct DiscloseDecideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide", abstract: "Decide to tell: all, or in part with --withhold (decider).",
    discussion: """
      Items: identity, relationship, status, accounts, period, conditions, contacts, address. The status always goes \
      with them. The address needs a reason of its own. What is withheld stays deferred, in a record of its own, once \
      the rest was told.

      EXAMPLES:
        cognate disclose decide case.cognate D1 --item identity --item status \\
          --rationale "earliest opportunity" --risk RA/5 --safety-plan SP/5 --who DI3
        cognate disclose decide case.cognate D1 --item status --item accounts \\
          --withhold identity --reason R03 --evidence "arrest planned" \\
          --review-by 2026-12-10 --ends-when "the arrest" \\
          --rationale "accounts can be blocked now" --risk RA/5 --safety-plan SP/5 \\
          --who DI3
      """)

  @OptionGroup var record: DisclosureArgument
  @Option(parsing: .singleValue, help: "What is told; may be given again.") var item: [NoticeItem] = []
  @Option(parsing: .singleValue, help: "What is held back for now; may be given again.")
  var withhold: [NoticeItem] = []
  @Option(help: "The reasons.") var rationale: String
  @Option(help: "The risk assessment, or where it is kept.") var risk: String
  @Option(help: "The safety plan, or why there is none.") var safetyPlan: String
  @Option(help: "Why the address is told, where it is.") var addressReason: String?
  @OptionGroup var deferral: DeferralOptions

  func run() throws {
    let decision = DisclosureStep.Decision(
      rationale: rationale, items: Set(item), withheld: Set(withhold), deferral: try deferral.deferral(),
      riskAssessment: risk, safetyPlan: safetyPlan, addressReason: addressReason)
    try record.take { _, _ in .step(withhold.isEmpty ? .decideToDisclose(decision) : .decidePartly(decision))
    }
  }
}

struct DiscloseDeferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "defer", abstract: "Decide not to tell yet, with a day of review (decider).",
    discussion: """
      EXAMPLE:
        cognate disclose defer case.cognate D1 --reason R03 \\
          --evidence "arrest planned" \\
          --review-by 2026-12-04 --ends-when "the arrest" --who DI3
      """)

  @OptionGroup var record: DisclosureArgument
  @OptionGroup var deferral: DeferralOptions

  func run() throws {
    guard let deferral = try deferral.deferral() else {
      throw ValidationError("Give --reason, --evidence, --review-by and --ends-when.")
    }
    try record.take { _, _ in .step(.postpone(deferral)) }
  }
}

struct DiscloseRefuseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse", abstract: "Decide not to tell, with a second decider and a route of challenge.",
    discussion: """
      EXAMPLE:
        cognate disclose refuse case.cognate D1 --reason R05 \\
          --rationale "order of the court" --challenge "the force's review" \\
          --second DCI4 --who DI3
      """)

  @OptionGroup var record: DisclosureArgument
  @Option(help: "Why: R01 to R12, or R99.") var reason: ReasonCode
  @Option(help: "The reasons in words.") var rationale: String
  @Option(help: "How the victim can challenge it.") var challenge: String
  @OptionGroup var secondPerson: SecondPersonOptions

  func run() throws {
    try record.take(second: secondPerson) { approver, _ in
      .step(
        .refuse(
          DisclosureStep.Denial(
            reason: reason, rationale: rationale, approver: approver ?? StaffMember(id: "", roles: []),
            routeOfChallenge: challenge)))
    }
  }
}

struct DiscloseDeclineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Record that the victim does not wish to know (discloser).",
    discussion: "EXAMPLE:\n  cognate disclose decline case.cognate D1 --statement \"not now\" --who PC5")

  @OptionGroup var record: DisclosureArgument
  @Option(help: "What the victim said.") var statement: String
  @OptionGroup var moment: MomentOption

  func run() throws {
    try record.take(at: moment.at) { _, _ in .step(.victimDeclines(statement: statement)) }
  }
}

struct DiscloseWishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wish",
    abstract: "Record that the victim wishes to know after all: it is due again (discloser).",
    discussion:
      """
      EXAMPLE:
        cognate disclose wish case.cognate D1 --statement "asked on the telephone" \\
          --who PC5
      """)

  @OptionGroup var record: DisclosureArgument
  @Option(help: "What the victim said.") var statement: String
  @OptionGroup var moment: MomentOption

  func run() throws { try record.take(at: moment.at) { _, _ in .step(.victimWishes(statement: statement)) } }
}
