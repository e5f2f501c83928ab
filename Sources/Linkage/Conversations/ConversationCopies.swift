public import AccountModel

/// Which conversations of different sources are one and the same: a chat that was exported from two telephones, or from one
/// as text and with its database.
///
/// Each source names those who wrote in its own way, so that each is an account in every source. Two conversations are one
/// where two people at least of either wrote the same, in the same words at the same times, and nobody else did. One would
/// not do: whoever copies somebody's messages to a friend as they come writes the same at nearly the same times. That both
/// sides of a conversation are repeated elsewhere, each by one account, is no chance.
public struct ConversationCopies: Sendable {
  /// Somebody who writes in a conversation, as its source has them.
  public struct Writer: Sendable {
    /// Who it is.
    public var account: AccountNode
    /// The number of the conversation, from 0.
    public var conversation: Int
    /// The caller's number of the source.
    public var source: Int64
    /// Whether the conversation is a group's, where two who write need not write to each other.
    public var isOfGroup: Bool

    /// Makes a writer.
    public init(account: AccountNode, conversation: Int, source: Int64, isOfGroup: Bool = false) {
      self.account = account
      self.conversation = conversation
      self.source = source
      self.isOfGroup = isOfGroup
    }
  }

  /// A message of a conversation.
  public struct Message: Sendable {
    /// A hash of its words.
    public var words: UInt64
    /// When it was sent; to the minute at least.
    public var time: ObservedTime
    /// Who wrote it, by position among the writers.
    public var writer: Int
    /// The caller's number of its record.
    public var reference: Int64

    /// Makes a message.
    public init(words: UInt64, time: ObservedTime, writer: Int, reference: Int64) {
      self.words = words
      self.time = time
      self.writer = writer
      self.reference = reference
    }
  }

  /// Messages that others sent as often are no sign of anything (“good morning”).
  static let mostWriters = 16
  /// Nor is what one account wrote more often than this: whoever answers each announcement by one of few phrases says the same
  /// as others do in other groups that get it.
  static let mostOfOne = 3
  /// Messages that two accounts must have in common.
  static let leastMessages = 3
  /// By how much the clocks of two telephones may differ, in microseconds. Some sources say the minute alone.
  private static let clockDifference: Int64 = 60_000_000
  private static let quarter: Int64 = 900_000_000
  /// By how much a clock without a zone may differ from another, in quarters of an hour.
  private static let mostQuarters: Int64 = 26 * 4
  /// Summer time, in quarters of an hour: within one chat clocks differ by so much.
  private static let summerTime: Int64 = 4

  /// By number of a conversation, the number that stands for all copies of it.
  public let originals: [Int]
  /// Accounts that are one author, by the lower and then the higher position.
  public let authors: [LinkageInput.Copy]
  /// Two who wrote to each other, of whom one source knows the one and another the other.
  public let correspondences: [LinkageInput.Conversation]

  private struct Conversations: Hashable, Comparable {
    let one: Int
    let other: Int
    static func < (left: Self, right: Self) -> Bool { (left.one, left.other) < (right.one, right.other) }
  }

  private struct Agreement {
    let one: Message
    let other: Message
    /// What must be added to the time of `one`, in quarters of an hour.
    let quarters: Int64
  }

  /// Compares conversations.
  ///
  /// - Parameter messages: in any order.
  public init(writers: [Writer], messages: [Message]) {
    let sorted = messages.sorted { ($0.words, $0.writer, $0.reference) < ($1.words, $1.writer, $1.reference) }
    var agreements: [Conversations: [Agreement]] = [:]
    /// By writer, what few others wrote.
    var rare = [[Message]](repeating: [], count: writers.count)
    var start = 0
    while start < sorted.count {
      let end = sorted[start...].firstIndex { $0.words != sorted[start].words } ?? sorted.count
      let same = sorted[start..<end]
      start = end
      var often: [Int: Int] = [:]
      for message in same { often[message.writer, default: 0] += 1 }
      if often.count > Self.mostWriters || often.values.contains(where: { $0 > Self.mostOfOne }) { continue }
      for (place, one) in same.enumerated() {
        rare[one.writer].append(one)
        for other in same.dropFirst(place + 1)
        where writers[one.writer].source != writers[other.writer].source {
          let isOrdered = writers[one.writer].conversation < writers[other.writer].conversation
          let (first, second) = isOrdered ? (one, other) : (other, one)
          guard let quarters = Self.quarters(from: first.time, to: second.time) else { continue }
          let both = Conversations(
            one: writers[first.writer].conversation, other: writers[second.writer].conversation)
          agreements[both, default: []].append(Agreement(one: first, other: second, quarters: quarters))
        }
      }
    }
    let conversations = (writers.map(\.conversation).max() ?? -1) + 1
    var originals = UnionFind(count: conversations)
    var writersOf: [Int: [Int]] = [:]
    for (number, writer) in writers.enumerated() {
      writersOf[writer.conversation, default: []].append(number)
    }
    var authors: [WritingComparison.Pair: LinkageInput.Copy] = [:]
    var correspondences: [LinkageInput.Conversation] = []
    for both in agreements.keys.sorted() {
      let found = Self.pairs(agreements[both] ?? [], rare)
      guard found.count > 1 else { continue }
      originals.union(both.one, both.other)
      for pair in found {
        let accounts = WritingComparison.Pair(writers[pair.one].account, writers[pair.other].account)
        guard accounts.left != accounts.right else { continue }
        authors[accounts, default: LinkageInput.Copy(accounts)].add(
          pair.messages, pair.references, isBrief: pair.isBrief)
      }
      let isOfTwo = [both.one, both.other].allSatisfy { conversation in
        writersOf[conversation]?.count == 2
          && writersOf[conversation]?.contains { writers[$0].isOfGroup } == false
      }
      guard found.count == 2, isOfTwo else { continue }
      for (pair, partner) in [(found[0], found[1]), (found[1], found[0])] {
        let ends = (writers[pair.one].account, writers[partner.other].account)
        guard ends.0 != ends.1 else { continue }
        correspondences.append(
          LinkageInput.Conversation(
            left: min(ends.0, ends.1), right: max(ends.0, ends.1),
            messages: pair.messages + partner.messages, reference: pair.references[0]))
      }
    }
    self.originals = (0..<conversations).map { originals.find($0) }
    self.authors = authors.keys.sorted().compactMap { authors[$0] }
    self.correspondences = correspondences
  }

  /// What must be added to a time so that it is another, in quarters of an hour; nil where none does.
  private static func quarters(from one: ObservedTime, to other: ObservedTime) -> Int64? {
    let difference = other.microseconds - one.microseconds
    let isInstant = one.zone != .unknown && other.zone != .unknown
    // Zones differ by whole quarters of an hour.
    let rounded = difference >= 0 ? difference + quarter / 2 : difference - quarter / 2
    let quarters = isInstant ? 0 : rounded / quarter
    guard abs(difference - quarters * quarter) <= clockDifference, abs(quarters) <= mostQuarters else {
      return nil
    }
    return quarters
  }

  private struct Authors {
    /// The writer in either conversation.
    let one: Int
    let other: Int
    let messages: Int
    /// Of a record of each.
    let references: [Int64]
    /// See `LinkageInput.Copy`.
    let isBrief: Bool
  }

  /// Who of one conversation is who of another; empty where fewer than two are told.
  private static func pairs(_ agreements: [Agreement], _ rare: [[Message]]) -> [Authors] {
    var counts: [Int64: Int] = [:]
    for agreement in agreements { counts[agreement.quarters, default: 0] += 1 }
    guard
      let usual = counts.max(by: { ($0.value, -abs($0.key), $0.key) < ($1.value, -abs($1.key), $1.key) })?.key
    else { return [] }
    struct Ends: Hashable, Comparable {
      let one: Int
      let other: Int
      static func < (left: Self, right: Self) -> Bool { (left.one, left.other) < (right.one, right.other) }
    }
    var said: [Ends: [Agreement]] = [:]
    var words: [Ends: Set<UInt64>] = [:]
    var wordsOfOne: [Int: Set<UInt64>] = [:]
    var wordsOfOther: [Int: Set<UInt64>] = [:]
    var (begin, end) = (Int64.max, Int64.min)
    for agreement in agreements where abs(agreement.quarters - usual) <= summerTime {
      let ends = Ends(one: agreement.one.writer, other: agreement.other.writer)
      said[ends, default: []].append(agreement)
      words[ends, default: []].insert(agreement.one.words)
      wordsOfOne[ends.one, default: []].insert(agreement.one.words)
      wordsOfOther[ends.other, default: []].insert(agreement.one.words)
      begin = min(begin, agreement.one.time.microseconds)
      end = max(end, agreement.one.time.microseconds)
    }
    // Of clocks that differ by some quarter of an hour, any would do for what takes less.
    let isBrief = usual != 0 && end - begin < quarter
    let found = said.keys.sorted().compactMap { ends -> Authors? in
      let (count, all) = (words[ends]?.count ?? 0, said[ends] ?? [])
      let most = max(wordsOfOne[ends.one]?.count ?? 0, wordsOfOther[ends.other]?.count ?? 0)
      // Hardly anybody else wrote the same at the same times.
      guard count >= leastMessages, 10 * count >= 9 * most else { return nil }
      guard isMost(all.map(\.one), of: rare[ends.one]), isMost(all.map(\.other), of: rare[ends.other]),
        let first = all.min(by: { $0.one.reference < $1.one.reference })
      else {
        return nil
      }
      return Authors(
        one: ends.one, other: ends.other, messages: count,
        references: [first.one.reference, first.other.reference], isBrief: isBrief)
    }
    // Who is two of the other conversation is neither: they repeat each other, and one of them alone is told.
    let ones = Dictionary(grouping: found, by: \.one)
    let others = Dictionary(grouping: found, by: \.other)
    let told = found.filter { ones[$0.one]?.count == 1 && others[$0.other]?.count == 1 }
    return told.count > 1 ? told : []
  }

  /// Whether some of somebody's messages, which may be named repeatedly, are half of those from the first to the last of them.
  private static func isMost(_ messages: [Message], of all: [Message]) -> Bool {
    let times = messages.map(\.time.microseconds)
    guard let first = times.min(), let last = times.max() else { return false }
    let between = all.count { (first...last).contains($0.time.microseconds) }
    return 2 * Set(messages.map(\.reference)).count >= between
  }
}
