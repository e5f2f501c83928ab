public import Foundation

/// What is done with personal data, in the words of the Data Protection Act 2018, section 62.
public enum ProcessingOperation: String, Sendable, Codable, CaseIterable {
  /// Importing evidence.
  case collection
  /// Making the case, labels, judgements, thresholds, decisions.
  case alteration
  /// Opening, searching, looking.
  case consultation
  /// A notice, an export, a print: somebody else is told.
  case disclosure
  /// Linking, clustering, merging.
  case combination
  /// Deleting content.
  case erasure
}

/// Who acts.
public struct LogActor: Sendable, Codable, Hashable {
  /// Staff id, or the name of the operating system's user.
  public var name: String
  /// Whether a passphrase proved it.
  public var isAuthenticated: Bool

  enum CodingKeys: String, CodingKey { case name, isAuthenticated = "is_authenticated" }

  /// Makes an actor.
  public init(name: String, isAuthenticated: Bool) {
    self.name = name
    self.isAuthenticated = isAuthenticated
  }

  /// The operating system's user, whom nothing has proved to be anybody.
  public static let systemUser = LogActor(name: NSUserName(), isAuthenticated: false)
}

/// An entry of the case's log before it is written.
public struct LogEntryDraft: Sendable, Hashable {
  /// What is done with personal data.
  public var operation: ProcessingOperation
  /// Stable text: `import`, `link`, `judge`, `disclose.deliver`, ….
  public var action: String
  /// Who acts.
  public var who: LogActor
  /// When.
  public var at: Date
  /// Why; nil for the purpose that the case was opened for, which is then said to be the default.
  public var justification: String?
  /// What it is about: A3 (account), C1 (cluster), S2 (source), I2, D4, N1, E17 (entry of the log), ….
  public var subjects: [String]
  /// Who was told.
  public var recipients: [String]
  /// Anything else that an auditor needs.
  public var details: [String: String]

  /// Makes a draft.
  public init(
    _ operation: ProcessingOperation, _ action: String, who: LogActor, at: Date = Date(),
    justification: String? = nil, subjects: [String] = [], recipients: [String] = [],
    details: [String: String] = [:]
  ) {
    self.operation = operation
    self.action = action
    self.who = who
    self.at = at
    self.justification = justification
    self.subjects = subjects
    self.recipients = recipients
    self.details = details
  }
}

/// What an entry says, as its leaf commits to it: JSON with sorted keys.
public struct LogPayload: Sendable, Codable, Hashable {
  /// Version of this shape.
  public var version = 1
  /// What was done with personal data.
  public var operation: ProcessingOperation
  /// Stable text.
  public var action: String
  /// Who acted.
  public var who: LogActor
  /// ISO 8601 in UTC.
  public var at: String
  /// Why.
  public var justification: String
  /// Whether the justification is the case's purpose, as nobody gave another.
  public var isDefaultJustification: Bool
  /// What it is about.
  public var subjects: [String]
  /// Who was told.
  public var recipients: [String]
  /// Anything else.
  public var details: [String: String]

  enum CodingKeys: String, CodingKey {
    case version = "v", operation, action, who, at, justification
    case isDefaultJustification = "is_default_justification", subjects, recipients, details
  }

  init(_ draft: LogEntryDraft, purpose: String) {
    let given = draft.justification.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    operation = draft.operation
    action = draft.action
    who = draft.who
    at = CaseDatabase.timestamp(draft.at)
    justification = given ?? purpose
    isDefaultJustification = given == nil
    subjects = draft.subjects
    recipients = draft.recipients
    details = draft.details
  }

  /// Makes the bytes that the leaf commits to.
  static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
