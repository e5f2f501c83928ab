import ArgumentParser
import CaseFile
import Cognate
import Disclosure
import Foundation

struct DiscloseScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Set a safe channel and who tells (discloser).",
    discussion:
      """
      EXAMPLE:
        cognate disclose schedule case.cognate D1 \\
          --channel "in person, at the advocate's office" --by PC5 --who PC5
      """
  )

  @OptionGroup var record: DisclosureArgument
  @Option(help: "A safe channel.") var channel: String
  @Option(help: "Who tells: the id of a discloser.") var by: String

  func run() throws {
    try record.take { _, staff in .step(.schedule(channel: channel, discloser: try staff(by))) }
  }
}

struct DiscloseNoContactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "no-contact", abstract: "Record that the victim could not be reached safely (discloser).",
    discussion:
      """
      EXAMPLE:
        cognate disclose no-contact case.cognate D1 \\
          --attempts "three calls, no answer" --who PC5
      """
  )

  @OptionGroup var record: DisclosureArgument
  @Option(help: "What was tried.") var attempts: String
  @OptionGroup var moment: MomentOption

  func run() throws { try record.take(at: moment.at) { _, _ in .step(.reportNoContact(attempts: attempts)) } }
}

/// The exact file that is handed over.
struct HandedOver: ParsableArguments {
  @Option(help: "The very file that is handed over; its SHA-256 is taken here.", completion: .file())
  var notice: String?
  @Option(help: "Its SHA-256, where the file is elsewhere.") var sha256: String?

  func validate() throws {
    if (notice == nil) == (sha256 == nil) {
      throw ValidationError("Give either --notice FILE or --sha256 HASH of the exact file handed over.")
    }
  }

  func hash() throws -> String {
    if let sha256 { return sha256.lowercased() }
    let path = notice ?? ""
    do {
      return try FileHash.sha256(of: URL(fileURLWithPath: path))
    } catch {
      throw InputError(
        place: path, reason: "it cannot be read; give the path of the file that is handed over")
    }
  }
}

struct DiscloseDeliverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver",
    abstract: "Record that the victim was told: when, how, whom, by the exact notice (discloser).",
    discussion: """
      Only the file that `disclose notice` made after the last decision is accepted, byte for byte, and only from who \
      was named to tell.

      EXAMPLE:
        cognate disclose deliver case.cognate D1 --notice notice-1.html \\
          --method "in person" --recipient V/1 --who PC5
      """)

  @OptionGroup var record: DisclosureArgument
  @OptionGroup var file: HandedOver
  @Option(help: "How it was told.") var method: String
  @Option(parsing: .singleValue, help: "Who was told, by reference; may be given again.") var recipient:
    [String]
  @OptionGroup var moment: MomentOption

  func run() throws {
    let hash = try file.hash()
    try record.take(at: moment.at) { _, _ in
      .step(.deliver(DisclosureStep.Delivery(method: method, recipients: recipient, noticeHash: hash)))
    }
  }
}

struct DiscloseAcknowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Record that the victim has it and understood it (discloser).",
    discussion: "EXAMPLE:\n  cognate disclose acknowledge case.cognate D1 --how \"signed for\" --who PC5")

  @OptionGroup var record: DisclosureArgument
  @Option(help: "How the victim acknowledged it.") var how: String
  @OptionGroup var moment: MomentOption

  func run() throws { try record.take(at: moment.at) { _, _ in .step(.acknowledge(how: how)) } }
}

struct DiscloseCloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Close what was acknowledged or corrected (decider; for a charity the analyst).",
    discussion: "EXAMPLE:\n  cognate disclose close case.cognate D1 --who DI3")

  @OptionGroup var record: DisclosureArgument

  func run() throws { try record.take { _, _ in .step(.close) } }
}

struct DiscloseErrorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "error",
    abstract: "Record that what was told is wrong: a correction is due at once (decider).",
    discussion: """
      Everybody who was told is to be told again; --recipient adds others who heard of it. A withdrawn identification does \
      the same by itself.

      EXAMPLE:
        cognate disclose error case.cognate D1 \\
          --reason "one account was another person's" --who DI3
      """)

  @OptionGroup var record: DisclosureArgument
  @Option(help: "What is wrong.") var reason: String
  @Option(parsing: .singleValue, help: "Who else is to be told; may be given again.") var recipient:
    [String] = []

  func run() throws {
    let opened = try record.target.open()
    let told = try opened.disclosures(record.disclosure).flatMap(\.recipients)
    let view = try opened.run {
      try $0.disclose(record.disclosure) { _, _ in
        .step(.requireCorrection(reason: reason, recipients: Set(told + recipient).sorted()))
      }
    }
    try record.output.show(view) { DisclosureText.text(view) }
  }
}

struct DiscloseCorrectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: "Record that everybody who was told now knows that it was wrong (discloser).",
    discussion: """
      EXAMPLE:
        cognate disclose correct case.cognate D1 --notice correction-1.html \\
          --told V/1 --told ISAC/2 --who PC5
      """)

  @OptionGroup var record: DisclosureArgument
  @OptionGroup var file: HandedOver
  @Option(parsing: .singleValue, help: "Who was told of the error; may be given again.") var told: [String]
  @OptionGroup var moment: MomentOption

  func run() throws {
    let hash = try file.hash()
    try record.take(at: moment.at) { _, _ in .step(.correct(told: told, noticeHash: hash)) }
  }
}

struct DiscloseReferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refer", abstract: "A charity refers to the police (analyst).",
    discussion:
      """
      EXAMPLE:
        cognate disclose refer case.cognate D1 --force "the county's police" \\
          --reference K/1 --who AN1
      """
  )

  @OptionGroup var record: DisclosureArgument
  @Option(help: "The force.") var force: String
  @Option(help: "Its reference.") var reference: String
  @OptionGroup var moment: MomentOption

  func run() throws {
    try record.take(at: moment.at) { _, _ in .step(.referToPolice(force: force, reference: reference)) }
  }
}

struct DiscloseReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "A charity records what the police decided (analyst).",
    discussion:
      """
      EXAMPLE:
        cognate disclose report case.cognate D1 --decision "they told the victim" \\
          --reference K/2 --who AN1
      """
  )

  @OptionGroup var record: DisclosureArgument
  @Option(help: "What the police decided.") var decision: String
  @Option(help: "Their reference.") var reference: String
  @OptionGroup var moment: MomentOption

  func run() throws {
    try record.take(at: moment.at) { _, _ in
      .step(.reportPoliceDecision(decision: decision, reference: reference))
    }
  }
}
