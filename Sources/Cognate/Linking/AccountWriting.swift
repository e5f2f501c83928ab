internal import CaseFile
internal import Columns
import Foundation
internal import GRDB
internal import Linkage
internal import Stylometry
import Synchronization

/// How the accounts of a case write, and what comparing them says.
///
/// Accounts that identifiers alone join already wrote their texts together: between two such groups all that each of
/// them wrote is compared, so that an account without a text of its own is known by those that it is joined with.
/// Inside a group each account stands for itself.
///
/// Passages that several of them posted are left to whoever posted them first (`SharedPassages`). Nothing depends on the
/// order of import: accounts are ranked by what names them.
struct AccountWriting: Sendable {
  /// The groups nearest to each, which are looked at although they share no identifier.
  private static let nearest = 8
  /// Accounts of a group at most that are looked at for what it shares with another.
  private static let mostSpeakers = 32
  /// Habits that a finding names on each side.
  private static let habits = 3
  /// Bytes of an account's texts that are kept to point at.
  private static let excerptLimit = 1 << 16

  struct Excerpt: Sendable {
    let record: Int64
    let text: String
  }

  private let model: StyleModel
  private let domain: String?
  /// Accounts that wrote.
  private let writers: Writers
  /// By account node, its place in `writers`; nil for one that wrote nothing.
  private let places: [Int?]
  /// The group of each account node.
  private let groups: [Int]
  /// By account node, its place among all by what names it.
  private let ranks: [Int]
  /// By account node, keys that speak for a pair and propose none.
  private let supportingKeys: [Set<KeyNode>]
  /// Groups that wrote; without groups of several accounts the same as `writers`.
  private let groupWriters: Writers
  /// By group, its place in `groupWriters`; nil for one that wrote nothing.
  private let groupPlaces: [Int?]
  /// Whether the texts can be of the domain's kind; nil without a domain.
  let check: DomainCheck?
  /// Passages that two accounts wrote word for word.
  let repetitions: [LinkageInput.Repetition]
  private let known = Known()

  /// What was found of two groups: it is the same for all pairs of their accounts.
  private final class Known: Sendable {
    struct Groups: Hashable {
      let left: Int
      let right: Int
    }
    let findings = Mutex<[Groups: WritingComparison.Finding]>([:])
  }

  /// Reads what accounts wrote. With a domain all groups are measured, as each is compared with those nearest to it; else
  /// an account is when it is first compared.
  ///
  /// - Parameters:
  ///   - linked: whose account nodes these are.
  ///   - groups: the group of each account node, from 0.
  ///   - threads: does not change the result.
  init(
    _ database: Database, of linked: CaseLinkageInput, groups: [Int], _ writing: WritingModel, threads: Int
  ) throws {
    let accounts = linked.accounts
    let model = writing.model
    domain = writing.domain
    self.groups = groups
    let ranks = linked.input.accountOrder.map { Int($0) }
    self.ranks = ranks
    supportingKeys = linked.input.supportingKeys
    let texts = try Self.texts(database, of: linked).sorted { ranks[$0.node] < ranks[$1.node] }
    let passages = PassagePostings(
      authors: texts.count, bytes: texts.reduce(0) { $0 + $1.posts.byteCount }, threads: threads
    ) { texts[$0].posts }
    repetitions = try Self.repetitions(
      RepeatedPassages(passages), texts.map { ($0.node, $0.excerpts) }, linked, database)
    let alone = Writers(
      texts.map { [$0] }, without: SharedPassages(passages, order: Array(texts.indices)), writing)
    var places = [Int?](repeating: nil, count: accounts.count)
    var groupPlaces = [Int?](repeating: nil, count: (groups.max() ?? -1) + 1)
    var together: [[Texts]] = []
    var placeOfText: [Int] = []
    for (number, text) in texts.enumerated() {
      places[text.node] = number
      let place = groupPlaces[groups[text.node]] ?? together.count
      groupPlaces[groups[text.node]] = place
      placeOfText.append(place)
      if place == together.count { together.append([]) }
      together[place].append(text)
    }
    let groupWriters =
      together.count == texts.count
      ? alone
      : Writers(
        together,
        without: SharedPassages(passages, groups: placeOfText, order: Array(together.indices)), writing)
    self.writers = alone
    self.places = places
    self.groupWriters = groupWriters
    self.groupPlaces = groupPlaces
    guard let domain = writing.domain else {
      check = nil
      self.model = model
      return
    }
    groupWriters.measure(Array(together.indices), threads: threads)
    if let failure = groupWriters.failure { throw failure }
    let styles = groupPlaces.compactMap { $0.flatMap { groupWriters.writer($0)?.style } }
    let check = model.check(domain, against: styles, threads: threads)
    self.check = check
    self.model = model.held(by: check)
  }

  /// What each account wrote, by node, for those that wrote. What several sources hold of one chat counts once.
  private static func texts(_ database: Database, of linked: CaseLinkageInput) throws -> [Texts] {
    let accounts = linked.accounts
    let copied = Set(linked.input.copies.flatMap { [Int($0.left.raw), Int($0.right.raw)] })
    var texts: [Texts] = []
    var node = -1
    var bytes = 0
    /// Of the last account, by source.
    var sources: [(number: Int64, posts: ProfileBuilder)] = []
    func finish() {
      if !texts.isEmpty { texts[texts.count - 1].posts = ProfileBuilder(withoutCopies: sources.map(\.posts)) }
      sources = []
    }
    try AccountTexts.forEach(database) { account, record, text, time in
      while node < 0 || accounts[node] != account {
        // Ids of both ascend, and every account that wrote is a node.
        guard node + 1 < accounts.count, accounts[node + 1] <= account else { return }
        node += 1
      }
      if texts.last?.node != node {
        finish()
        texts.append(Texts(node: node, isCopied: copied.contains(node)))
        bytes = 0
      }
      // Records of a source are numbered from its own number on, and come in their order.
      let source = record >> 32
      if sources.last?.number != source { sources.append((source, ProfileBuilder())) }
      sources[sources.count - 1].posts.add(post: text, at: time)
      bytes += text.utf8.count
      if bytes <= Self.excerptLimit {
        texts[texts.count - 1].excerpts.append(Excerpt(record: record, text: text))
      }
    }
    finish()
    return texts
  }

  /// What a linkage run asks of the texts.
  ///
  /// - Parameter threads: does not change the result.
  func comparison(threads: Int) -> WritingComparison {
    WritingComparison(
      candidates: candidates(threads: threads), prepare: { measure($0, threads: threads) }
    ) { finding($0) }
  }

  /// Throws if an account that was compared could not be measured: it then counted as one that wrote nothing.
  func requireMeasured() throws(StyleProfileError) {
    if let failure = writers.failure ?? groupWriters.failure { throw failure }
  }

  /// Measures those who wrote of the accounts of pairs.
  private func measure(_ pairs: [WritingComparison.Pair], threads: Int) {
    var (alone, together): (Set<Int>, Set<Int>) = ([], [])
    for pair in pairs {
      guard let (left, right) = written(pair) else { continue }
      if isInside(pair) { alone.formUnion([left, right]) } else { together.formUnion([left, right]) }
    }
    writers.measure(alone.sorted(), threads: threads)
    groupWriters.measure(together.sorted(), threads: threads)
  }

  /// Whether two accounts are of one group, where each stands for itself.
  private func isInside(_ pair: WritingComparison.Pair) -> Bool {
    groups[Int(pair.left.raw)] == groups[Int(pair.right.raw)]
  }

  /// The places of two accounts in `writers` inside a group, else of their groups in `groupWriters`; nil unless both wrote.
  private func written(_ pair: WritingComparison.Pair) -> (left: Int, right: Int)? {
    let isInside = isInside(pair)
    func place(_ node: Int) -> Int? { isInside ? places[node] : groupPlaces[groups[node]] }
    guard let left = place(Int(pair.left.raw)), let right = place(Int(pair.right.raw)) else { return nil }
    return (left, right)
  }

  /// Of each group the nearest others for which the texts speak; none where no likelihood ratio can be given.
  private func candidates(threads: Int) -> [WritingComparison.Pair] {
    guard let domain else { return [] }
    // The first by rank of each group's accounts that wrote stands for it.
    var first: [Int: Int] = [:]
    var members: [Int: [Int]] = [:]
    for node in places.indices.sorted(by: { ranks[$0] < ranks[$1] }) {
      members[groups[node], default: []].append(node)
      if places[node] != nil, first[groups[node]] == nil { first[groups[node]] = node }
    }
    // Accounts with the same keys say the same of another group: the first of them speaks for all.
    var speakers: [Int: [Int]] = [:]
    var keys: [Int: Set<KeyNode>] = [:]
    for (group, nodes) in members {
      var seen: Set<Set<KeyNode>> = []
      speakers[group] = nodes.filter {
        !supportingKeys[$0].isEmpty && seen.insert(supportingKeys[$0]).inserted
      }
      keys[group] = seen.reduce(into: []) { $0.formUnion($1) }
    }
    func speaking(_ group: Int, to other: Int) -> [Int] {
      let shared = keys[other] ?? []
      return Array(
        (speakers[group] ?? []).lazy.filter { !supportingKeys[$0].isDisjoint(with: shared) }
          .prefix(Self.mostSpeakers))
    }
    let nodes = first.values.sorted { ranks[$0] < ranks[$1] }
    let styles = nodes.compactMap { groupPlaces[groups[$0]].flatMap { groupWriters.writer($0)?.style } }
    guard styles.count == nodes.count else { return [] }
    let rivals = StylePairs.rivals(styles, of: model, threads: threads)
    let ratios = Workers.map(chunks: nodes.count, threads: threads, start: {}) { _, one in
      var found: [Neighbour] = []
      for other in rivals[one] {
        let compared = model.compare(styles[one], styles[other], domain: domain)
        guard let ratio = compared.log10LR, ratio > 0 else { continue }
        found.append(Neighbour(group: other, ratio: ratio, score: compared.score))
      }
      return found
    }
    // Each pair was compared once, and counts for both.
    var nearest = ratios
    for (one, found) in ratios.enumerated() {
      for other in found {
        nearest[other.group].append(Neighbour(group: one, ratio: other.ratio, score: other.score))
      }
    }
    var pairs: Set<WritingComparison.Pair> = []
    for (one, found) in nearest.enumerated() {
      for other in found.sorted(by: Neighbour.isNearer).prefix(Self.nearest) {
        pairs.insert(pair(nodes[one], nodes[other.group]))
        // What else two groups have in common may be of any two of their accounts.
        let (here, there) = (groups[nodes[one]], groups[nodes[other.group]])
        let others = speaking(there, to: here)
        for left in speaking(here, to: there) {
          for right in others where !supportingKeys[left].isDisjoint(with: supportingKeys[right]) {
            pairs.insert(pair(left, right))
          }
        }
      }
    }
    return pairs.sorted()
  }

  /// A group that writes like another.
  private struct Neighbour: Sendable {
    /// By rank, of those that wrote.
    let group: Int
    let ratio: Double
    let score: Double

    /// Many have the largest ratio that the validation supports: then by score.
    static func isNearer(_ one: Neighbour, _ other: Neighbour) -> Bool {
      if one.ratio != other.ratio { return one.ratio > other.ratio }
      return one.score != other.score ? one.score > other.score : one.group < other.group
    }
  }

  private func pair(_ one: Int, _ other: Int) -> WritingComparison.Pair {
    .init(AccountNode(raw: UInt32(one)), AccountNode(raw: UInt32(other)))
  }

  private func finding(_ pair: WritingComparison.Pair) -> WritingComparison.Finding? {
    if isInside(pair) { return compared(pair) }
    let both = Known.Groups(left: groups[Int(pair.left.raw)], right: groups[Int(pair.right.raw)])
    if let finding = known.findings.withLock({ $0[both] }) { return finding }
    guard let finding = compared(pair) else { return nil }
    known.findings.withLock { $0[both] = finding }
    return finding
  }

  private func compared(_ pair: WritingComparison.Pair) -> WritingComparison.Finding? {
    let measured = isInside(pair) ? writers : groupWriters
    guard let places = written(pair), let left = measured.writer(places.left),
      let right = measured.writer(places.right)
    else { return nil }
    let sizes = "\(Self.size(left)) against \(Self.size(right))"
    let shared = left.style.sharedLength + right.style.sharedLength
    let leftOut =
      shared == 0
      ? ""
      : " Of what the two posted, \(shared) characters are left out that another account posted word for word"
        + " (a passage counts for the account that posted it first, if the times tell which)."
    let compared = model.compare(left.style, right.style, domain: domain)
    switch compared.verdict {
    case .abstained(let why):
      let score = String(format: "%+.2f", compared.score)
      return .init(
        log10LR: 0, isCalibrated: false,
        statement:
          "How they write was compared (\(sizes); uncalibrated score \(score)) and adds nothing: \(why).\(leftOut)"
      )
    case .likelihoodRatio(let ratio):
      let habits = model.habits(left.style, right.style, limit: Self.habits)
      let said = [
        ("alike", habits.agreeing.map(\.agreement)), ("unlike", habits.differing.map(\.sentence)),
      ].filter { !$0.1.isEmpty }.map { word, habits in "\(word): " + habits.joined(separator: ", ") }
      // A record with what both seldom do would show the contrary.
      let shown = ratio >= 0 ? habits.agreeing.filter { !$0.isSeldom } : habits.differing
      let examples = shown.flatMap { habit in [left, right].compactMap { example(of: habit, in: $0) } }
      let hours = compared.hours.map {
        " Before the ratio was drawn in to what the validation supports, when they posted (\(left.style.hours.count) and \(right.style.hours.count) hours) added \(String(format: "%+.2f", $0)) to \(String(format: "%+.2f", compared.score - $0)) by how they write."
      }
      return .init(
        log10LR: (ratio * 100).rounded() / 100, isCalibrated: true,
        statement: "How they write (\(sizes)) speaks \(ratio >= 0 ? "for" : "against") one author"
          + (said.isEmpty ? "." : "; \(said.joined(separator: "; ")).") + leftOut + (hours ?? ""),
        references: Set(examples).sorted())
    }
  }

  private static func size(_ writer: Writer) -> String {
    writer.style.size + (writer.accounts > 1 ? " of \(writer.accounts) joined accounts" : "")
  }

  /// A record that shows a habit.
  private func example(of habit: HabitContrast, in writer: Writer) -> Int64? {
    writer.excerpts.first { !RateCatalogue.examples(of: habit.rate, in: $0.text, limit: 1).isEmpty }?.record
  }
}
