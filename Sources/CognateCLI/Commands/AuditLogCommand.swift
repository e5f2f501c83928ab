public import ArgumentParser
public import CaseFile
import Foundation

extension ProcessingOperation: ExpressibleByArgument {}

struct AuditLogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List the entries of a case's log: when, who, what and why.",
    discussion: """
      Subjects are A3 (account), C1 (cluster), S2 (source), E4 (entry of the log), …. A user of the operating \
      system whom no passphrase proved is marked; so is a justification that nobody gave, for which the case's \
      purpose stands. --json has the details of each entry too. Once people are registered, whoever reads the log \
      signs in, as an auditor or as one who reads the case; that changes nothing in it.

      EXAMPLES:
        cognate audit log case.cognate
        cognate audit log case.cognate --operation consultation --subject A3
        cognate audit log case.cognate --action import --json
      """)

  @Argument(help: "The case's folder (NAME.cognate).", completion: .directory) var `case`: String
  @Option(help: "Only this operation.")
  var operation: ProcessingOperation?
  @Option(help: "Only this action, such as import; all that begin so when it ends in a full stop.")
  var action: String?
  @Option(help: "Only entries about this subject, such as A3.") var subject: String?
  @Option(help: "Only what this person did.") var actor: String?
  @Option(help: "Only from this entry on.") var from: UInt64 = 0
  @OptionGroup var signIn: SignInOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let subject, RecordLabel.canonical(subject) == nil {
      throw ValidationError("\(subject) is no subject of an entry: write A3, C1, I2, D4, H1 or E17.")
    }
  }

  func run() throws {
    var filter = LogEntry.Filter(action: action, subject: subject.flatMap(RecordLabel.canonical))
    filter.operation = operation
    filter.actor = actor
    filter.from = from
    let log = try CaseLog(of: URL(fileURLWithPath: `case`))
    try signIn.signIn(toRead: log)
    let entries = try log.entries(filter)
    try output.show(entries.map(ListedEntry.init)) { Self.text(entries) }
  }

  private static func text(_ entries: [LogEntry]) -> String {
    if entries.isEmpty { return "No entries." }
    let rows = entries.map { entry in
      guard let payload = entry.payload else {
        return [
          "\(entry.index)", entry.at, Terminal.safe(entry.actor), entry.operation.rawValue,
          Terminal.safe(entry.action), "-", "(erased by entry \(entry.erasedBy.map(String.init) ?? "?"))",
        ]
      }
      let who = Terminal.safe(entry.actor) + (payload.who.isAuthenticated ? "" : " (unproven)")
      let subjects = payload.subjects.isEmpty ? "-" : Terminal.safe(payload.subjects.joined(separator: " "))
      let told = payload.recipients.isEmpty ? "" : "; told \(payload.recipients.joined(separator: ", "))"
      let why = payload.justification + (payload.isDefaultJustification ? " (default)" : "") + told
      return [
        "\(entry.index)", entry.at, who, entry.operation.rawValue, Terminal.safe(entry.action), subjects,
        Terminal.safe(why),
      ]
    }
    return Terminal.table(rows)
  }
}

/// An entry of the log as JSON.
private struct ListedEntry: Encodable {
  var index: UInt64
  var at: String
  var who: String
  var isAuthenticated: Bool?
  var operation: String
  var action: String
  var subjects: [String]?
  var recipients: [String]?
  var justification: String?
  var isDefaultJustification: Bool?
  var details: [String: String]?
  var erasedBy: UInt64?

  enum CodingKeys: String, CodingKey {
    case index, at, who, isAuthenticated = "is_authenticated", operation, action, subjects, recipients
    case justification, isDefaultJustification = "is_default_justification", details, erasedBy = "erased_by"
  }

  init(_ entry: LogEntry) {
    index = entry.index
    at = entry.at
    who = entry.actor
    operation = entry.operation.rawValue
    action = entry.action
    erasedBy = entry.erasedBy
    isAuthenticated = entry.payload?.who.isAuthenticated
    subjects = entry.payload?.subjects
    recipients = entry.payload?.recipients
    justification = entry.payload?.justification
    isDefaultJustification = entry.payload?.isDefaultJustification
    details = entry.payload?.details
  }
}
