internal import AccountModel
internal import GRDB
internal import Linkage

/// Accounts that first wrote to somebody soon after that person had blocked another account.
///
/// Read from the exports of whoever blocked: they alone show who wrote to that account, and since when (`Correspondence`).
/// No newcomer is whoever is on record before the block, under that name in any export, or was written to first. A block
/// after which the blocked account wrote on is none, nor is one of which the day alone is known.
struct BlockSuccessions {
  /// Formats whose time of a block is when it was made. That of Snapchat's lists is of the friendship, as far as is known,
  /// and a table of blocks does not say who wrote to whoever blocked.
  private static let formats = [
    "meta-json", "meta-html", "facebook-json", "facebook-html", "instagram-json", "instagram-html",
    "tiktok-json",
  ]
  /// Newcomers after a block that are looked at. Where thousands were blocked and thousands wrote, every two would be a pair.
  private static let mostNewcomers = 50
  /// By how much two clocks may differ of which not both have a known zone, in microseconds.
  private static let clockDifference: Int64 = 26 * 3_600_000_000

  /// By blocker, then block, then newcomer.
  private(set) var found: [LinkageInput.Succession] = []

  private struct Block {
    let blocked: Int64
    let name: String
    let time: Int64
    let clock: Int64
    let record: Int64
  }

  /// - Parameter nodes: the account nodes of the run, by the case's ids; those of accounts that were withdrawn are missing.
  init(_ database: Database, nodes: [Int64: AccountNode]) throws {
    var blocks: [Int64: [Block]] = [:]
    // Of these two classes there is an index, which SQLite takes only where its condition stands as it is.
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT one.account AS blocker, two.account AS blocked, canonical, at, zone, record.id AS record,
          record.source AS source
        FROM record JOIN appearance one ON one.id = record.appearance
          JOIN appearance two ON two.id = record.other JOIN account ON account.id = two.account
          JOIN source ON source.id = record.source
        WHERE class IN (6, 7) AND class = \(RecordClass.block.rawValue) AND at IS NOT NULL
          AND precision >= \(TimePrecision.second.rawValue)
          AND format IN (\(Self.formats.map { "'\($0)'" }.joined(separator: ", ")))
        ORDER BY record
        """)
    while let row = try rows.next() {
      let (blocker, source): (Int64, Int64) = (row["blocker"], row["source"])
      guard nodes[blocker] != nil else { continue }
      blocks[blocker, default: []].append(
        Block(
          blocked: row["blocked"], name: Correspondence.name(row["canonical"]), time: row["at"],
          clock: Correspondence.clock(zone: row["zone"], source), record: row["record"]))
    }
    for blocker in blocks.keys.sorted() {
      let sources = try Int64.fetchSet(
        database, sql: "SELECT source FROM appearance WHERE account = ? AND role = ?",
        arguments: [blocker, AccountRole.owner.rawValue])
      let seen = try Correspondence.read(database, sources.sorted(), of: blocker, nodes)
      for block in blocks[blocker] ?? [] { add(block, seen, nodes) }
    }
  }

  /// - Parameter seen: what the exports of whoever blocked show, by clock.
  private mutating func add(
    _ block: Block, _ seen: [Int64: Correspondence], _ nodes: [Int64: AccountNode]
  ) {
    // Who was silent from the block on; and nothing is known of who wrote before the first message.
    guard let own = seen[block.clock], let begin = own.writers.first?.first, begin < block.time,
      (own.last[block.name] ?? .min) <= block.time, let blocked = nodes[block.blocked]
    else { return }
    var others: Set<String> = []
    for one in own.writers[own.firstAfter(block.time)...] {
      if others.count >= Self.mostNewcomers { break }
      if let newcomer = nodes[one.account], one.isExact, (own.asked[one.name] ?? .max) > one.first,
        !Self.isKnown(one.name, before: block, seen)
      {
        found.append(
          LinkageInput.Succession(
            blocked: blocked, newcomer: newcomer, delay: one.first - block.time,
            observed: max(own.end, block.time) - begin, othersBetween: others.subtracting([one.name]).count,
            references: [block.record, one.record]))
      }
      others.insert(one.name)
    }
  }

  /// Whether anything shows somebody of a name before a block.
  private static func isKnown(
    _ name: String, before block: Block, _ seen: [Int64: Correspondence]
  ) -> Bool {
    seen.contains { clock, one in
      let latest = clock == block.clock ? block.time : block.time - clockDifference
      return (one.known[name] ?? .max) <= latest
    }
  }
}
