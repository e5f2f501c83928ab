public import AccountModel
public import Columns

/// A conversation, group or thread within one source, by order of first mention.
public struct ChannelIndex: Hashable, Sendable {
  public let raw: UInt32
  @inlinable public init(raw: UInt32) { self.raw = raw }
  /// No conversation.
  public static let none = ChannelIndex(raw: .max)
}

/// One record as a reader found it; texts are in the arena of its batch.
public struct SourceRecord: Sendable {
  public var recordClass: RecordClass
  public var account: AccountIndex
  /// The other account of a contact, block, declared link or call; else `.none`.
  public var other: AccountIndex
  public var channel: ChannelIndex
  public var time: ObservedTime
  /// The time as it was written; empty when the source wrote a number.
  public var writtenTime: TextRef
  /// The message's text, or what a record of another class says in words.
  public var text: TextRef
  public var locator: Locator
}

/// An identifier as a reader found it, not yet normalised; texts are in the arena of its batch.
public struct SourceIdentifier: Sendable {
  public var account: AccountIndex
  public var kind: IdentifierKind
  public var assertion: Assertion
  /// What the source called it (`recovery`, `datr`, `imei`); empty when the kind says all.
  public var label: TextRef
  public var value: TextRef
  /// When it was seen in use, if the source says.
  public var time: ObservedTime
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

  public internal(set) var arena = TextArena()
  public internal(set) var records: [SourceRecord] = []
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
