public import ArgumentParser
import Cognate
public import Disclosure
import Foundation

struct DiscloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disclose",
    abstract: "Record how one victim is told of one identification, with its clocks.",
    discussion: """
      not-due -> due -> under-review -> decided-disclose | decided-partial | deferred | refused | victim-declined; \
      decided -> scheduled -> disclosed -> acknowledged -> closed. Every other step is refused, with the two states \
      and what is missing. A charity refers to the police and records what they decided.

      Docs/Disclosure.md goes through a case from its opening to a closed disclosure.

      EXAMPLES:
        cognate disclose start case.cognate I1 --victim V/1 --unit "North" --who DI3
        cognate disclose requester case.cognate D1 --clear \\
          --how "called back on the known number" --who DC1
        cognate disclose review case.cognate D1 --who DI3
        cognate disclose list case.cognate --who DI3
      """,
    subcommands: [
      DiscloseStartCommand.self, DiscloseRequesterCommand.self, DiscloseReviewCommand.self,
      DiscloseDecideCommand.self, DiscloseDeferCommand.self, DiscloseRefuseCommand.self,
      DiscloseDeclineCommand.self, DiscloseWishCommand.self, DiscloseNoticeCommand.self,
      DiscloseScheduleCommand.self, DiscloseNoContactCommand.self, DiscloseDeliverCommand.self,
      DiscloseAcknowledgeCommand.self, DiscloseCloseCommand.self, DiscloseErrorCommand.self,
      DiscloseCorrectCommand.self, DiscloseReferCommand.self, DiscloseReportCommand.self,
      DisclosePauseCommand.self, DiscloseResumeCommand.self, DiscloseEventCommand.self,
      DiscloseToldCommand.self, DiscloseCalendarCommand.self, DiscloseListCommand.self,
    ])
}

/// The disclosure that a command works on.
struct DisclosureArgument: ParsableArguments {
  @OptionGroup var target: CaseArgument
  @Argument(help: "The disclosure: D1.") var disclosure: String
  @OptionGroup var output: OutputOptions

  func take(
    at: Moment? = nil, second: SecondPersonOptions? = nil,
    _ make: (_ second: StaffMember?, _ staff: (String) throws -> StaffMember) throws -> DisclosureEvent
  ) throws {
    let opened = try target.open()
    let other = try second?.signIn(to: opened)
    let view = try opened.run { try $0.disclose(disclosure, at: at?.date, second: other, make) }
    try output.show(view) { DisclosureText.text(view) }
  }
}

/// When something was done, if not now.
struct MomentOption: ParsableArguments {
  @Option(help: "When it was done, with its zone, as 2026-11-27T14:00:00Z; now when not given.")
  var at: Moment?
}

/// A time with its zone.
struct Moment: ExpressibleByArgument {
  let date: Date

  init?(argument: String) {
    guard let date = ISO8601DateFormatter().date(from: argument) else { return nil }
    self.date = date
  }
}

extension CivilDate: ExpressibleByArgument {
  /// Reads `yyyy-mm-dd`.
  public init?(argument: String) { self.init(argument) }
}
extension ReasonCode: ExpressibleByArgument {}
extension NoticeItem: ExpressibleByArgument {}
extension ClockKind: ExpressibleByArgument {}
extension Occurrence.Kind: ExpressibleByArgument {}

struct DiscloseStartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Begin the record: one for each victim and identification.",
    discussion: """
      It is due at once when the identification is confirmed, and else as soon as that happens. Limits are those of the \
      rule set, which is kept with its hash; without --rules they are a proposal, no law.

      EXAMPLES:
        cognate disclose start case.cognate I1 --victim V/1 --unit "North" --who DI3
        cognate disclose start case.cognate I1 --victim V/2 --unit "North" \\
          --enhanced --rules county.toml --who DI3
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "The identification: I1.") var identification: String
  @Option(help: "Reference of the victim in your own records; never the name.") var victim: String
  @Option(help: "The unit that answers for it.") var unit: String
  @Flag(help: "The victim has enhanced rights under the Victims' Code.") var enhanced = false
  @Option(help: "A rule set in TOML.", completion: .file(extensions: ["toml"])) var rules: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    var request = DisclosureRequest(identification: identification, victim: victim, unit: unit)
    request.isEnhanced = enhanced
    request.rules = try rules.map(TextFile.read)
    let view = try target.open().run { try $0.startDisclosure(request) }
    try output.show(view) { DisclosureText.text(view) }
  }
}

struct DiscloseRequesterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "requester",
    abstract: "Record whether who asks is the victim, and not the suspect or somebody close to them.",
    discussion:
      """
      EXAMPLE:
        cognate disclose requester case.cognate D1 --clear \\
          --how "called back on the known number" --who DC1
      """
  )

  enum Finding: String, EnumerableFlag { case clear, doubtful }

  @OptionGroup var record: DisclosureArgument
  @Flag(help: "What was found.") var finding: Finding
  @Option(help: "How it was checked.") var how: String

  func run() throws {
    try record.take { _, _ in .requesterCheck(isClear: finding == .clear, how: how) }
  }
}

struct DiscloseCalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: "Keep a calendar of bank holidays, in the form of gov.uk/bank-holidays.json.",
    discussion: """
      The calendar that comes with Cognate covers 2024 to 2030 and is no official copy. What you give is kept with its \
      hash, and counts for all due dates from then on; nothing is computed beyond the years that it covers.

      EXAMPLE:
        cognate disclose calendar case.cognate bank-holidays.json --who DI3
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "The file.", completion: .file(extensions: ["json"])) var file: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let bytes = Array(try TextFile.read(file).utf8)
    do throws(BankHolidays.Failure) { _ = try BankHolidays(json: bytes) } catch {
      throw InputError(place: file, reason: "\(error)")
    }
    let (span, hash) = try target.open().run { try $0.keepCalendar(bytes) }
    try output.show(["from": "\(span.lowerBound)", "to": "\(span.upperBound)", "sha256": hash]) {
      "Bank holidays from \(span.lowerBound) to \(span.upperBound), SHA-256 \(hash)."
    }
  }
}

struct DiscloseListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the disclosures of a case, or one, with due dates and every step.",
    discussion:
      "EXAMPLES:\n  cognate disclose list case.cognate --who DI3\n  cognate disclose list case.cognate D1 --json --who DI3"
  )

  @OptionGroup var target: CaseArgument
  @Argument(help: "A disclosure: D1.") var disclosure: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    let all = try target.open().run { try $0.disclosures(disclosure) }
    try output.show(all) {
      all.isEmpty
        ? "No disclosures." : all.map { DisclosureText.text($0, isFull: true) }.joined(separator: "\n\n")
    }
  }
}

/// Small text files that a command reads.
enum TextFile {
  static func read(_ path: String) throws -> String {
    guard let handle = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)) else {
      throw InputError.unreadable(path)
    }
    guard
      let bytes = try? handle.read(upToCount: 1 << 20), bytes.count < 1 << 20,
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw InputError(place: path, reason: "it cannot be read; give a file of UTF-8 text below 1 MiB")
    }
    return text
  }
}
