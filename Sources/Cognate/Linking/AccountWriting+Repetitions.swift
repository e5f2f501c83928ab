internal import AccountModel
internal import CaseFile
import GRDB
internal import Linkage
internal import Stylometry

extension AccountWriting {
  /// Passages that two accounts wrote word for word, unless both wrote in one conversation, or one wrote to the other: there
  /// the one read the other, and to repeat somebody in an answer, or to a third person, is no sign of anything.
  ///
  /// - Parameters:
  ///   - texts: of each author of the passages the account node, and texts to point at.
  ///   - linked: whose account nodes these are.
  static func repetitions(
    _ passages: RepeatedPassages, _ texts: [(node: Int, excerpts: [Excerpt])],
    _ linked: CaseLinkageInput, _ database: Database
  ) throws -> [LinkageInput.Repetition] {
    if passages.pairs.isEmpty { return [] }
    let conversations = try conversations(database, linked.conversations)
    let letters = try letters(database)
    var wanted: [Int: Set<UInt64>] = [:]
    for pair in passages.pairs {
      for end in [pair.one, pair.other] { wanted[end, default: []].insert(pair.passage) }
    }
    let scanner = PassageScanner()
    let places = Dictionary(
      uniqueKeysWithValues: wanted.map { end, passages in
        let posts = texts[end].excerpts.map(\.text.utf8)
        return (end, RepeatedPassages.firstPlaces(of: passages, in: posts, by: scanner))
      })
    return try passages.pairs.compactMap { pair in
      let ends = [texts[pair.one], texts[pair.other]]
      let accounts = ends.map { linked.accounts[$0.node] }
      let joined = accounts.map { conversations[$0] ?? [] }
      guard joined[0].isDisjoint(with: joined[1]), !letters.contains(accounts),
        !letters.contains(accounts.reversed())
      else { return nil }
      let found = [pair.one, pair.other].compactMap { end in
        places[end]?[pair.passage].map { (record: texts[end].excerpts[$0.place].record, text: $0.text) }
      }
      guard let first = found.first else { return nil }
      let records = found.map(\.record)
      return LinkageInput.Repetition(
        left: AccountNode(raw: UInt32(ends[0].node)), right: AccountNode(raw: UInt32(ends[1].node)),
        posters: pair.posters, isPublic: try found.count < 2 || isPublic(records, database), text: first.text,
        references: records)
    }
  }

  /// By account, the conversations that it wrote in; copies of one are one.
  private static func conversations(
    _ database: Database, _ known: CaseConversations
  ) throws -> [Int64: Set<Int64>] {
    var conversations: [Int64: Set<Int64>] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT account, channel_author.source << 32 | channel FROM channel_author
          JOIN appearance ON appearance.id = appearance
        """)
    while let row = try rows.next() { conversations[row[0], default: []].insert(known.original(of: row[1])) }
    return conversations
  }

  /// Pairs of accounts of which the first wrote to the second, as far as the source says to whom.
  private static func letters(_ database: Database) throws -> Set<[Int64]> {
    var letters: Set<[Int64]> = []
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT DISTINCT author.account, addressee.account FROM record
          JOIN appearance author ON author.id = record.appearance
          JOIN appearance addressee ON addressee.id = record.other
        WHERE class = ?
        """, arguments: [RecordClass.message.rawValue])
    while let row = try rows.next() { letters.insert([row[0], row[1]]) }
    return letters
  }

  /// Whether one of some records is in no conversation.
  private static func isPublic(_ records: [Int64], _ database: Database) throws -> Bool {
    let marks = records.map { _ in "?" }.joined(separator: ", ")
    return try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM record WHERE id IN (\(marks)) AND channel IS NULL)",
      arguments: StatementArguments(records)) ?? true
  }
}
