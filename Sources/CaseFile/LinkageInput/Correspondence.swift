internal import AccountModel
internal import GRDB
internal import Linkage

/// What the exports of an account show of others, by one clock: who wrote to it in conversations of two, and since when each
/// is on record.
///
/// Times without a zone are those of one clock within a source, and are compared there alone. People go by what names them,
/// in small letters: in several downloads of Facebook, which knows names alone, one friend is an account in each, and a chat
/// of Instagram shows an account without a name by its handle.
struct Correspondence {
  /// The first that an account wrote.
  struct Letter {
    let account: Int64
    let name: String
    let first: Int64
    /// The record of `first`.
    let record: Int64
    /// Whether `first` is known to the second.
    let isExact: Bool
  }

  private struct Person {
    let account: Int64
    let name: String
  }

  /// Those who wrote, by when they first did.
  private(set) var writers: [Letter] = []
  /// When the last of what others wrote was written.
  private(set) var end: Int64 = .min
  /// By name: when it is first on record in a message, in a group as well, a call, or a dated list (friends, followers).
  private(set) var known: [String: Int64] = [:]
  /// By name: when it last wrote or called.
  private(set) var last: [String: Int64] = [:]
  /// By name: when it was first written to.
  private(set) var asked: [String: Int64] = [:]
  private var letters: [Int64: Letter] = [:]

  /// The clock by which a time was written: of a source without zones its own, else the one that all share.
  static func clock(zone: Int, _ source: Int64) -> Int64 {
    zone == ZoneKnowledge.unknown.rawValue ? source : 0
  }

  /// What an account goes by.
  static func name(_ canonical: String) -> String { canonical.lowercased() }

  /// The place of the first writer who began after a time.
  func firstAfter(_ time: Int64) -> Int {
    var (low, high) = (0, writers.count)
    while low < high {
      let middle = (low + high) / 2
      if writers[middle].first > time { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Reads exports of one account.
  ///
  /// - Parameter nodes: the accounts that are linked; what others wrote is passed over.
  /// - Returns: what they show, by clock.
  static func read(
    _ database: Database, _ sources: [Int64], of owner: Int64, _ nodes: [Int64: AccountNode]
  ) throws -> [Int64: Self] {
    var seen: [Int64: Self] = [:]
    for source in sources { try read(database, source, of: owner, nodes, into: &seen) }
    return seen.mapValues { one in
      var sorted = one
      sorted.writers = one.letters.values.sorted { ($0.first, $0.account) < ($1.first, $1.account) }
      return sorted
    }
  }

  private static func read(
    _ database: Database, _ source: Int64, of owner: Int64, _ nodes: [Int64: AccountNode],
    into seen: inout [Int64: Self]
  ) throws {
    // Records and appearances of a source are numbered from its own number on (`SourceInserter`).
    let range: StatementArguments = [source << 32, (source + 1) << 32]
    let people = try people(database, range)
    let partners = try partners(database, source, of: owner, people)
    let classes = [RecordClass.message, .call, .contact].map { String($0.rawValue) }.joined(separator: ", ")
    let records = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, class, appearance, other, channel, at, zone, precision FROM record
        WHERE id >= ? AND id < ? AND at IS NOT NULL AND class IN (\(classes))
        """, arguments: range)
    while let row = try records.next() {
      let (record, recordClass, time): (Int64, Int, Int64) = (row[0], row[1], row[5])
      let (appearance, precision): (Int64, Int) = (row[2], row[7])
      guard let person = people[appearance] else { continue }
      let clock = clock(zone: row[6], source)
      if recordClass == Int(RecordClass.contact.rawValue) {
        let other = (row[3] as Int64?).flatMap { people[$0] }
        guard person.account == owner, let other, nodes[other.account] != nil else { continue }
        seen[clock, default: Self()].note(other.name, since: time)
        continue
      }
      let partner = (row[4] as Int64?).flatMap { partners[$0] }
      if person.account == owner {
        if let partner { seen[clock, default: Self()].ask(partner, at: time) }
        continue
      }
      guard nodes[person.account] != nil else { continue }
      seen[clock, default: Self()].note(person.name, since: time)
      guard partner != nil else { continue }
      seen[clock, default: Self()].write(
        Letter(
          account: person.account, name: person.name, first: time, record: record,
          isExact: precision >= Int(TimePrecision.second.rawValue)),
        isLetter: recordClass == Int(RecordClass.message.rawValue))
    }
  }

  /// By appearance, who it is.
  private static func people(_ database: Database, _ range: StatementArguments) throws -> [Int64: Person] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT appearance.id, account, canonical FROM appearance JOIN account ON account.id = account
        WHERE appearance.id >= ? AND appearance.id < ?
        """, arguments: range)
    var people: [Int64: Person] = [:]
    while let row = try rows.next() {
      let (appearance, account): (Int64, Int64) = (row[0], row[1])
      people[appearance] = Person(account: account, name: name(row[2]))
    }
    return people
  }

  /// By conversation of two, the name of the other.
  private static func partners(
    _ database: Database, _ source: Int64, of owner: Int64, _ people: [Int64: Person]
  ) throws -> [Int64: String] {
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT channel, appearance FROM channel_author WHERE source = ? AND \(SharedPlaces.areLeftOut)",
      arguments: [source])
    var partners: [Int64: Person] = [:]
    var isOfMore: Set<Int64> = []
    while let row = try rows.next() {
      let (channel, appearance): (Int64, Int64) = (row[0], row[1])
      guard let person = people[appearance], person.account != owner else { continue }
      if let known = partners[channel], known.account != person.account { isOfMore.insert(channel) }
      partners[channel] = person
    }
    return partners.filter { !isOfMore.contains($0.key) }.mapValues(\.name)
  }

  private mutating func note(_ name: String, since time: Int64) {
    known[name] = min(known[name] ?? time, time)
  }

  private mutating func ask(_ name: String, at time: Int64) {
    asked[name] = min(asked[name] ?? time, time)
  }

  private mutating func write(_ letter: Letter, isLetter: Bool) {
    last[letter.name] = max(last[letter.name] ?? letter.first, letter.first)
    guard isLetter else { return }
    end = max(end, letter.first)
    if let known = letters[letter.account], known.first <= letter.first { return }
    letters[letter.account] = letter
  }
}
