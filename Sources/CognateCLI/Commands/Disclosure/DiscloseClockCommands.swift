import ArgumentParser
import Cognate
import Disclosure

struct DisclosePauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Let a clock stand, with the reason: decision or delivery (decider).",
    discussion:
      """
      EXAMPLE:
        cognate disclose pause case.cognate D1 --clock delivery \\
          --reason "in hospital" --who DI3
      """
  )

  @OptionGroup var record: DisclosureArgument
  @Option(help: "decision or delivery; the law gives the others no pause.") var clock: ClockKind
  @Option(help: "The reason.") var reason: String

  func run() throws { try record.take { _, _ in .pause(clock, reason: reason) } }
}

struct DiscloseResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let a clock run again (decider).",
    discussion: "EXAMPLE:\n  cognate disclose resume case.cognate D1 --clock delivery --who DI3")

  @OptionGroup var record: DisclosureArgument
  @Option(help: "The clock that stands.") var clock: ClockKind

  func run() throws { try record.take { _, _ in .resume(clock) } }
}

struct DiscloseEventCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event",
    abstract: "Record what the victim is to be told of: an arrest, interview, release or change of bail, …",
    discussion: """
      Kinds: arrest, interview, release, bail-change (right 6 of the Victims' Code); dvds-application; spo-service.

      EXAMPLE:
        cognate disclose event case.cognate D1 arrest \\
          --happened 2026-12-02T07:10:00Z --who DC1
      """)

  @OptionGroup var record: DisclosureArgument
  @Argument(help: "What happened.") var kind: Occurrence.Kind
  @Option(help: "When, with its zone, as 2026-11-27T14:00:00Z.") var happened: Moment

  func run() throws {
    try record.take { _, _ in .occurrence(kind, at: Int64(happened.date.timeIntervalSince1970)) }
  }
}

struct DiscloseToldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "told", abstract: "Record that the victim was told of such an event (discloser).",
    discussion:
      """
      EXAMPLE:
        cognate disclose told case.cognate D1 arrest --when 2026-12-02T09:00:00Z \\
          --how "by telephone" --who PC5
      """
  )

  @OptionGroup var record: DisclosureArgument
  @Argument(help: "What happened.") var kind: Occurrence.Kind
  @Option(help: "When the victim was told, with its zone.") var when: Moment
  @Option(help: "How.") var how: String

  func run() throws {
    try record.take { _, _ in .told(kind, at: Int64(when.date.timeIntervalSince1970), how: how) }
  }
}
