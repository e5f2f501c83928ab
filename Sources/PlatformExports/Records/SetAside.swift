public import AccountModel

/// Why something in a source did not become a record.
public struct SetAsideReason: Hashable, Sendable, Comparable {
  /// Stable name, for example `bad-time`.
  public let code: String
  /// One sentence for people.
  public let explanation: String
  /// A fault is damage or something that no reader understands, and makes the import partial (exit status 5);
  /// the rest is expected in such a source (system lines, drafts, media).
  public let isFault: Bool

  /// Makes a reason.
  public init(_ code: String, _ explanation: String, isFault: Bool) {
    self.code = code
    self.explanation = explanation
    self.isFault = isFault
  }

  /// Orders by code.
  public static func < (left: Self, right: Self) -> Bool { left.code < right.code }

  /// The record does not follow its format.
  public static let malformed = Self("malformed", "does not follow its format", isFault: true)
  /// The source ends in the middle of it.
  public static let truncated = Self("truncated", "is cut off: the source ends in its middle", isFault: true)
  /// It carries no time where its format needs one, or one that cannot be read.
  public static let badTime = Self("bad-time", "has no time that can be read and is plausible", isFault: true)
  /// It is a login whose address cannot be read.
  static let noAddress = Self("no-address", "gives no address that can be read", isFault: true)
  /// It is larger than a limit.
  public static let tooLarge = Self("too-large", "is larger than the limit for one record", isFault: true)
  /// Its author cannot be told.
  public static let noAuthor = Self("no-author", "names no author", isFault: false)
  /// It stands in a list of the owner's own messages, and is from somebody else, whom nothing names.
  static let unknownSender = Self(
    "unknown-sender", "is from somebody whom the source does not name", isFault: true)
  /// It was written by the platform, not by an account.
  public static let system = Self("system", "was written by the platform, not by an account", isFault: false)
  /// It is a draft that was never sent.
  public static let draft = Self("draft", "is a draft that was never sent", isFault: false)
  /// The same record was already read from this source.
  public static let duplicate = Self("duplicate", "is in the source more than once", isFault: false)
  /// It is a sign that somebody put under a message.
  public static let reaction = Self("reaction", "is a sign under a message, not a text", isFault: false)
  /// Its sender took it back.
  static let takenBack = Self("unsent", "was taken back by its sender", isFault: false)
  /// A message of a sort that no reader knows.
  static let unknownSort = Self("unknown-sort", "is of a sort that is not known", isFault: true)
  /// The first of two entries on one call.
  static let callBegun = Self(
    "call-begun", "says that a call began, of which another entry says how it ended", isFault: false)
  /// A field under a label that no reader knows.
  static let unknownLabel = Self("unknown-label", "has a label that is not known", isFault: false)
  /// An address or number of which some characters are hidden.
  static let masked = Self("masked", "is shown in part only and is no identifier", isFault: false)
  /// A member without anything that a reader keeps.
  static let otherData = Self("other-data", "holds no account records", isFault: false)
  /// A member of a download without anything that a reader keeps.
  static let otherDownloadData = Self(
    "other-data", "holds no messages and no account records", isFault: false)
  /// An entry that says nothing of an account.
  static let otherEntry = Self("other-data", "is no account record", isFault: false)
  /// A table of which no reader knows a column.
  static let unknownColumns = Self("unknown-layout", "has none of the columns that are known", isFault: true)
  /// A member of which no reader knows a list.
  static let unknownLists = Self("unknown-layout", "holds none of the lists that are known", isFault: true)
  /// A row of a table on a page that no reader knows.
  static let unknownTable = Self("unknown-table", "is of a table whose columns are not known", isFault: true)
  /// An address on a page of which the end was cut.
  static let longAddress = Self(
    "long-address", "is an address of more than \(HTMLTokenizer.linkLimit) bytes", isFault: false)
  /// A page of a return without a field.
  static let noField = Self("no-field", "is a return in which no field was found", isFault: true)
  /// Somebody else's words in a message of Meta's.
  static let shared = Self("shared", "is what somebody else wrote, passed on", isFault: false)
  /// A line of a chat as text before its first message.
  static let beforeFirstHeader = Self(
    "before-first-header", "stands before the first dated line", isFault: true)
  /// The last line of a text that may have been cut.
  static let unterminatedLine = Self(
    "unterminated", "is the last line and has no line end, so that it may have been cut", isFault: false)
  /// It has neither text nor anything else to keep.
  public static let empty = Self("empty", "holds nothing to keep", isFault: false)
}

/// What was set aside for one reason: how many, and the first of them.
public struct SetAsideGroup: Sendable {
  /// Why.
  public let reason: SetAsideReason
  /// What was set aside: the name of a record class, or of anything else that the reader counts.
  public let unit: String
  /// How many.
  public internal(set) var count: Int
  /// The first few, with their places and what was seen there.
  public internal(set) var examples: [Example]

  /// One thing that was set aside.
  public struct Example: Sendable {
    /// Where; nil when there is no one place.
    public let locator: Locator?
    /// What stands there.
    public let detail: String
  }

  /// Examples kept for each group; the count goes on.
  static let exampleLimit = 10
}

/// What became of the records of one unit: seen by an independent count, imported, set aside.
public struct ReconciliationLine: Sendable, Equatable {
  /// Name of what is counted (`message`, `login`, …).
  public let unit: String
  /// The independent count, when the format allows one.
  public let seen: Int?
  /// How many became records.
  public let imported: Int
  /// How many did not.
  public let setAside: Int

  /// Whether the two counts agree; true when there is no second count.
  public var agrees: Bool { seen.map { $0 == imported + setAside } ?? true }
}
