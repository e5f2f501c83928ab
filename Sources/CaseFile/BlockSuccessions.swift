internal import AccountModel
internal import GRDB
internal import Linkage

/// Accounts that first wrote to somebody soon after that person had blocked another account.
///
/// Read from the exports of whoever blocked: they alone show who wrote to that account, and since when. Only
/// conversations of two count, and only those who were in no dated list (friends, requests, followers) before the block. A
/// block after which the blocked account wrote on is none. Times without a zone are those of one clock within a source, and
/// are compared there alone.
struct BlockSuccessions {
  /// Formats whose time of a block is when it was made. That of Snapchat's lists is of the friendship, as far as is known.
  private static let formats = ["meta-json", "facebook-json", "instagram-json", "tiktok-json", "table"]

  /// By blocker, then block, then newcomer.
  private(set) var found: [LinkageInput.Succession] = []

  private struct Block {
    let blocked: Int64
    let time: Int64
    let clock: Int64
    let record: Int64
  }

  /// What an account wrote to the blocker.
  private struct Letters {
    let account: Int64
    var first: Int64
    /// The record of `first`.
    var record: Int64
    var last: Int64
  }

  /// What the exports of an account show of others, by one clock.
  private struct Correspondence {
    var letters: [Int64: Letters] = [:]
    /// By account, the first time at which a list has it.
    var listed: [Int64: Int64] = [:]
  }

  /// - Parameter nodes: the account nodes of the run, by the case's ids.
  init(_ database: Database, nodes: [Int64: AccountNode]) throws {
    var blocks: [Int64: [Block]] = [:]
    var sources: [Int64: Set<Int64>] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT one.account AS blocker, two.account AS blocked, at, zone, record.id AS record, record.source AS source
        FROM record JOIN appearance one ON one.id = record.appearance
          JOIN appearance two ON two.id = record.other JOIN source ON source.id = record.source
        WHERE class = \(RecordClass.block.rawValue) AND at IS NOT NULL
          AND format IN (\(Self.formats.map { "'\($0)'" }.joined(separator: ", ")))
        ORDER BY record
        """)
    while let row = try rows.next() {
      let (blocker, source): (Int64, Int64) = (row["blocker"], row["source"])
      blocks[blocker, default: []].append(
        Block(
          blocked: row["blocked"], time: row["at"], clock: Self.clock(zone: row["zone"], source),
          record: row["record"]))
      sources[blocker, default: []].insert(source)
    }
    for blocker in blocks.keys.sorted() {
      let own = try Int64.fetchSet(
        database, sql: "SELECT source FROM appearance WHERE account = ? AND role = ?",
        arguments: [blocker, AccountRole.owner.rawValue])
      var seen: [Int64: Correspondence] = [:]
      for source in own.union(sources[blocker] ?? []).sorted() {
        try Self.read(database, source, of: blocker, into: &seen)
      }
      for block in blocks[blocker] ?? [] {
        if let seen = seen[block.clock] { add(block, seen, nodes) }
      }
    }
  }

  /// The clock by which a time was written: of a source without zones its own, else the one that all share.
  private static func clock(zone: Int, _ source: Int64) -> Int64 {
    zone == ZoneKnowledge.unknown.rawValue ? source : 0
  }

  private static func read(
    _ database: Database, _ source: Int64, of blocker: Int64, into seen: inout [Int64: Correspondence]
  ) throws {
    // Records of a source are numbered from its own number on (`SourceInserter`).
    let range: StatementArguments = ["first": source << 32, "next": (source + 1) << 32, "blocker": blocker]
    let dated = "record.id >= :first AND record.id < :next AND at IS NOT NULL"
    let letters = try Row.fetchCursor(
      database,
      sql: """
        SELECT account, at, record.id, zone FROM record JOIN appearance ON appearance.id = record.appearance
        WHERE \(dated) AND class = \(RecordClass.message.rawValue) AND account <> :blocker
          AND channel IN (
            SELECT channel FROM channel_author JOIN appearance ON appearance.id = appearance
            WHERE channel_author.source = :first >> 32 GROUP BY channel
            HAVING count(DISTINCT CASE WHEN account <> :blocker THEN account END) = 1)
        """, arguments: range)
    while let row = try letters.next() {
      let (account, time, record): (Int64, Int64, Int64) = (row[0], row[1], row[2])
      let clock = Self.clock(zone: row[3], source)
      var known =
        seen[clock]?.letters[account] ?? Letters(account: account, first: time, record: record, last: time)
      if time < known.first { (known.first, known.record) = (time, record) }
      known.last = max(known.last, time)
      seen[clock, default: Correspondence()].letters[account] = known
    }
    let listed = try Row.fetchCursor(
      database,
      sql: """
        SELECT two.account, min(at), zone FROM record JOIN appearance one ON one.id = record.appearance
          JOIN appearance two ON two.id = record.other
        WHERE \(dated) AND class = \(RecordClass.contact.rawValue) AND one.account = :blocker
        GROUP BY two.account, zone
        """, arguments: range)
    while let row = try listed.next() {
      let (account, time): (Int64, Int64) = (row[0], row[1])
      let clock = Self.clock(zone: row[2], source)
      seen[clock, default: Correspondence()].listed[account] = min(seen[clock]?.listed[account] ?? time, time)
    }
  }

  private mutating func add(_ block: Block, _ seen: Correspondence, _ nodes: [Int64: AccountNode]) {
    let writers = seen.letters.values.sorted { ($0.first, $0.account) < ($1.first, $1.account) }
    // Who was silent from the block on; and nothing is known of who wrote before the first message.
    guard let begin = writers.first?.first, let end = writers.map(\.last).max(), begin < block.time,
      (seen.letters[block.blocked]?.last ?? .min) <= block.time, let blocked = nodes[block.blocked]
    else { return }
    for (others, one) in writers.filter({ $0.first > block.time }).enumerated() {
      guard let newcomer = nodes[one.account], (seen.listed[one.account] ?? .max) > block.time else {
        continue
      }
      found.append(
        LinkageInput.Succession(
          blocked: blocked, newcomer: newcomer, delay: one.first - block.time,
          observed: max(end, block.time) - begin, othersBetween: others,
          references: [block.record, one.record]))
    }
  }
}
