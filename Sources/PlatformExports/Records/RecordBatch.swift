public import AccountModel
public import Columns

/// A conversation, group or thread within one source, by order of first mention.
public struct ChannelIndex: Hashable, Sendable {
  /// Position in the source's list of conversations.
  public let raw: UInt32
  /// Makes an index.
  @inlinable public init(raw: UInt32) { self.raw = raw }
  /// No conversation.
  public static let none = ChannelIndex(raw: .max)
}

/// One record as a reader found it; texts are in the arena of its batch.
public struct SourceRecord: Sendable {
  /// What it is.
  public var recordClass: RecordClass
  /// Who wrote it, or whom it is about.
  public var account: AccountIndex
  /// The other account of a contact, block, declared link or call; else `.none`.
  public var other: AccountIndex
  /// Who says that the two accounts of a declared link belong together; nil for records of other classes.
  public var assertion: Assertion?
  /// Of a declared link, whether what declares it reads as the platform's own words do, whoever may have written it.
  public var readsAsPlatform = false
  /// The conversation.
  public var channel: ChannelIndex
  /// When.
  public var time: ObservedTime
  /// The time as it was written; empty when the source wrote a number.
  public var writtenTime: TextRef
  /// The message's text, or what a record of another class says in words.
  public var text: TextRef
  /// Where it stands.
  public var locator: Locator
}

/// An identifier as a reader found it, not yet normalised; texts are in the arena of its batch.
public struct SourceIdentifier: Sendable {
  /// Whose it is.
  public var account: AccountIndex
  /// What sort of identifier it is.
  public var kind: IdentifierKind
  /// Who says so.
  public var assertion: Assertion
  /// What the source called it (`recovery`, `datr`, `imei`); empty when the kind says all.
  public var label: TextRef
  /// The value as written.
  public var value: TextRef
  /// When it was seen in use, if the source says.
  public var time: ObservedTime
  /// Where it stands.
  public var locator: Locator
}

/// A block of records and identifiers with their texts, handed on when it is full.
///
/// Memory: at most about `RecordBatch.arenaLimit` bytes of text and `RecordBatch.recordLimit` records, plus
/// the one record that filled it.
public struct RecordBatch: Sendable {
  /// Bytes of text after which a batch is handed on.
  public static let arenaLimit = 1 << 20
  /// Records or identifiers after which a batch is handed on.
  public static let recordLimit = 8192

  /// The text that the records refer to.
  public internal(set) var arena = TextArena()
  /// The records, in the order of the source.
  public internal(set) var records: [SourceRecord] = []
  /// The identifiers, in the order of the source.
  public internal(set) var identifiers: [SourceIdentifier] = []

  /// Makes an empty batch.
  public init() {}

  /// Whether there is nothing in it.
  public var isEmpty: Bool { records.isEmpty && identifiers.isEmpty }

  var isFull: Bool {
    arena.count >= Self.arenaLimit || records.count >= Self.recordLimit
      || identifiers.count >= Self.recordLimit
  }

  mutating func removeAll() {
    arena.removeAll()
    records.removeAll(keepingCapacity: true)
    identifiers.removeAll(keepingCapacity: true)
  }
}
