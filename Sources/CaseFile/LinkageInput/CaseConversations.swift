internal import AccountModel
internal import Columns
internal import GRDB
public import Linkage

/// The conversations of a case, and which of them are one and the same.
///
/// Names of conversations say nothing: two telephones have a chat under two names.
public struct CaseConversations: Sendable {
  /// Of fewer bytes a message is like many others.
  private static let leastBytes = 8

  /// What comparing them says.
  public let copies: ConversationCopies
  /// By source and channel the number of a conversation.
  private let numbers: [Int64: Int]
  private let places: [Int64]

  /// What stands for a conversation and all its copies.
  ///
  /// - Parameter place: `source << 32 | channel`.
  public func original(of place: Int64) -> Int64 {
    numbers[place].map { places[copies.originals[$0]] } ?? place
  }

  private struct Ends: Hashable {
    let conversation: Int
    let appearance: Int64
  }

  private struct Author {
    let place: Int64
    let appearance: Int64
    let node: AccountNode
    let platform: String
    let isOfGroup: Bool
  }

  /// - Parameter nodes: the account nodes of the run, by the case's ids; those of accounts that were withdrawn are missing.
  init(_ database: Database, nodes: [Int64: AccountNode]) throws {
    let authors = try Self.authors(database, nodes)
    var numbers: [Int64: Int] = [:]
    var places: [Int64] = []
    var writers: [ConversationCopies.Writer] = []
    var numberOfWriter: [Ends: Int] = [:]
    // One source alone has no copies of its conversations.
    if let first = authors.first, authors.contains(where: { $0.place >> 32 != first.place >> 32 }) {
      for author in authors {
        let number = numbers[author.place, default: places.count]
        if number == places.count { places.append(author.place) }
        numbers[author.place] = number
        numberOfWriter[Ends(conversation: number, appearance: author.appearance)] = writers.count
        writers.append(
          ConversationCopies.Writer(
            account: author.node, conversation: number, source: author.place >> 32,
            isOfGroup: author.isOfGroup))
      }
    }
    var messages: [ConversationCopies.Message] = []
    if !writers.isEmpty {
      let platforms = authors.map(\.platform)
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT id, source << 32 | channel, appearance, at, zone, precision, text FROM record
          WHERE class = ? AND channel IS NOT NULL AND at IS NOT NULL AND precision >= ? AND text <> ''
          """, arguments: [RecordClass.message.rawValue, TimePrecision.minute.rawValue])
      while let row = try rows.next() {
        guard let number = numbers[row[1]],
          let writer = numberOfWriter[Ends(conversation: number, appearance: row[2])],
          let words = Self.words(AccountTexts.own(row[6], platform: platforms[writer]))
        else { continue }
        let time = ObservedTime(stored: row[3], zone: row[4], precision: row[5])
        messages.append(
          ConversationCopies.Message(words: words, time: time, writer: writer, reference: row[0]))
      }
    }
    copies = ConversationCopies(writers: writers, messages: messages)
    self.numbers = numbers
    self.places = places
  }

  /// Who wrote in conversations in which at least two did.
  private static func authors(_ database: Database, _ nodes: [Int64: AccountNode]) throws -> [Author] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT channel_author.source << 32 | channel AS place, appearance, account, platform,
          \(SharedPlaces.areGroups) AS is_group
        FROM channel_author
          JOIN appearance ON appearance.id = appearance JOIN account ON account.id = account
        WHERE \(SharedPlaces.areConversations)
        ORDER BY channel_author.source, channel, appearance
        """)
    var authors: [Author] = []
    var start = 0
    func isAlone() -> Bool { authors.count == start + 1 }
    while let row = try rows.next() {
      guard let node = nodes[row["account"]] else { continue }
      let author = Author(
        place: row["place"], appearance: row["appearance"], node: node, platform: row["platform"],
        isOfGroup: row["is_group"])
      if authors.last?.place != author.place {
        if isAlone() { authors.removeLast() }
        start = authors.count
      }
      authors.append(author)
    }
    if isAlone() { authors.removeLast() }
    return authors
  }

  /// A hash of what a message says, whatever its white space; nil where it says little.
  private static func words(_ text: String) -> UInt64? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if byte > 0x20 {
        bytes.append(byte)
      } else if let last = bytes.last, last != 0x20 {
        bytes.append(0x20)
      }
    }
    if bytes.last == 0x20 { bytes.removeLast() }
    return bytes.count < leastBytes ? nil : bytes.withUnsafeBufferPointer { stableHash($0) }
  }
}
