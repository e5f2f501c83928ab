internal import AccountModel
internal import GRDB

/// Who wrote how much in each conversation of a source.
///
/// Counted in memory up to `limit` pairs of conversation and author, then added to what the table holds: a file
/// of posts can have as many pairs as records.
struct ChannelAuthors {
  /// Pairs after which they go into the table; about 12 MB.
  private static let limit = 1 << 18
  private let source: Int64
  private let add: BoundStatement
  private var counts: [UInt64: (messages: Int64, record: Int64)] = [:]

  init(_ database: Database, source: Int64) throws {
    self.source = source
    add = try BoundStatement(
      database,
      """
      INSERT INTO channel_author VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (source, channel, appearance) DO UPDATE SET messages = messages + excluded.messages
      """)
  }

  /// Counts a message; the first of a pair is the record that stands for it.
  mutating func note(channel: UInt32, account: AccountIndex, record: Int64) throws {
    counts[UInt64(channel) << 32 | UInt64(account.raw), default: (0, record)].messages += 1
    if counts.count >= Self.limit { try store() }
  }

  /// Adds what was counted to the table.
  mutating func store() throws {
    for (key, author) in counts.sorted(by: { $0.key < $1.key }) {
      add.bind(1, source)
      add.bind(2, Int64(key >> 32))
      add.bind(3, source << 32 | Int64(UInt32(truncatingIfNeeded: key)))
      add.bind(4, author.messages)
      add.bind(5, author.record)
      try add.execute()
    }
    counts.removeAll(keepingCapacity: true)
  }
}
