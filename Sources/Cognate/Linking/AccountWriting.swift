internal import CaseFile
internal import Columns
import Foundation
internal import GRDB
internal import Linkage
internal import Stylometry

/// How the accounts of a case write, and what comparing them says.
///
/// Accounts that identifiers alone join already wrote their texts together: between two such groups all that each of
/// them wrote is compared, so that an account without a text of its own is known by those that it is joined with.
/// Inside a group each account stands for itself.
struct AccountWriting: Sendable {
  /// The groups nearest to each, which are looked at although they share no identifier.
  private static let nearest = 8
  /// Habits that a finding names on each side.
  private static let habits = 3
  /// Bytes of an account's texts that are kept to point at.
  private static let excerptLimit = 1 << 16

  private struct Excerpt: Sendable {
    let record: Int64
    let text: String
  }

  /// What an account wrote.
  private struct Texts: Sendable {
    let node: Int
    var posts = ProfileBuilder()
    var excerpts: [Excerpt] = []
  }

  /// Whoever wrote: an account, or several that are one group.
  private struct Writer: Sendable {
    let style: PreparedStyle
    let excerpts: [Excerpt]
    /// Accounts whose texts these are.
    let accounts: Int
  }

  private let model: StyleModel
  private let domain: String?
  /// By account node; nil for one that wrote nothing.
  private let writers: [Writer?]
  /// The group of each account node.
  private let groups: [Int]
  /// By group; nil for one that wrote nothing.
  private let groupWriters: [Writer?]

  /// Reads and measures what accounts wrote.
  ///
  /// - Parameters:
  ///   - accounts: the case's id of each account node, ascending.
  ///   - groups: the group of each account node, from 0.
  ///   - threads: does not change the result.
  init(
    _ database: Database, accounts: [Int64], groups: [Int], _ writing: WritingModel, threads: Int
  ) throws {
    let model = writing.model
    self.model = model
    domain = writing.domain
    self.groups = groups
    let texts = try Self.texts(database, accounts: accounts)
    func measured(_ all: [[Texts]]) throws(StyleProfileError) -> [Writer] {
      try Workers.map(chunks: all.count, threads: threads, start: { StyleProfiler() }) {
        profiler, number throws(StyleProfileError) in
        var posts = ProfileBuilder()
        for one in all[number] { posts.merge(one.posts) }
        return Writer(
          style: model.prepare(try profiler.profile(of: posts)), excerpts: all[number].flatMap(\.excerpts),
          accounts: all[number].count)
      }
    }
    var writers = [Writer?](repeating: nil, count: accounts.count)
    for (text, writer) in zip(texts, try measured(texts.map { [$0] })) { writers[text.node] = writer }
    var groupWriters = [Writer?](repeating: nil, count: (groups.max() ?? -1) + 1)
    var together: [Int: [Texts]] = [:]
    for text in texts { together[groups[text.node], default: []].append(text) }
    let several = together.keys.filter { (together[$0]?.count ?? 0) > 1 }.sorted()
    for (group, writer) in zip(several, try measured(several.map { together[$0] ?? [] })) {
      groupWriters[group] = writer
    }
    for text in texts where groupWriters[groups[text.node]] == nil {
      groupWriters[groups[text.node]] = writers[text.node]
    }
    self.writers = writers
    self.groupWriters = groupWriters
  }

  /// What each account wrote, by node, for those that wrote.
  private static func texts(_ database: Database, accounts: [Int64]) throws -> [Texts] {
    var texts: [Texts] = []
    var node = -1
    var bytes = 0
    try AccountTexts.forEach(database) { account, record, text, time in
      while node < 0 || accounts[node] != account {
        // Ids of both ascend, and every account that wrote is a node.
        guard node + 1 < accounts.count, accounts[node + 1] <= account else { return }
        node += 1
      }
      if texts.last?.node != node {
        texts.append(Texts(node: node))
        bytes = 0
      }
      texts[texts.count - 1].posts.add(post: text, at: time)
      bytes += text.utf8.count
      if bytes <= Self.excerptLimit {
        texts[texts.count - 1].excerpts.append(Excerpt(record: record, text: text))
      }
    }
    return texts
  }

  /// What a linkage run asks of the texts.
  ///
  /// - Parameter threads: does not change the result.
  func comparison(threads: Int) -> WritingComparison {
    WritingComparison(candidates: candidates(threads: threads)) { finding($0) }
  }

  /// Of each group the nearest others for which the texts speak; none where no likelihood ratio can be given.
  private func candidates(threads: Int) -> [WritingComparison.Pair] {
    guard let domain else { return [] }
    // The first account of each group that wrote stands for it.
    var first: [Int: Int] = [:]
    for node in writers.indices where writers[node] != nil && first[groups[node]] == nil {
      first[groups[node]] = node
    }
    let nodes = first.values.sorted()
    let styles = nodes.compactMap { groupWriters[groups[$0]]?.style }
    guard styles.count == nodes.count else { return [] }
    let rivals = StylePairs.rivals(styles, of: model, threads: threads)
    let ratios = Workers.map(chunks: nodes.count, threads: threads, start: {}) { _, one in
      var found: [(ratio: Double, other: Int)] = []
      for other in rivals[one] {
        guard let ratio = model.compare(styles[one], styles[other], domain: domain).log10LR, ratio > 0
        else { continue }
        found.append((ratio, other))
      }
      return found
    }
    // Each pair was compared once, and counts for both.
    var nearest = ratios
    for (one, found) in ratios.enumerated() {
      for (ratio, other) in found { nearest[other].append((ratio, one)) }
    }
    let pairs = nearest.enumerated().flatMap { one, found in
      found.sorted { $0.ratio != $1.ratio ? $0.ratio > $1.ratio : $0.other < $1.other }
        .prefix(Self.nearest).map { pair(nodes[one], nodes[$0.other]) }
    }
    return Set(pairs).sorted()
  }

  private func pair(_ one: Int, _ other: Int) -> WritingComparison.Pair {
    .init(AccountNode(raw: UInt32(one)), AccountNode(raw: UInt32(other)))
  }

  private func finding(_ pair: WritingComparison.Pair) -> WritingComparison.Finding? {
    let (one, other) = (Int(pair.left.raw), Int(pair.right.raw))
    let isInside = groups[one] == groups[other]
    guard let left = isInside ? writers[one] : groupWriters[groups[one]],
      let right = isInside ? writers[other] : groupWriters[groups[other]]
    else { return nil }
    let sizes = "\(Self.size(left)) against \(Self.size(right))"
    let compared = model.compare(left.style, right.style, domain: domain)
    switch compared.verdict {
    case .abstained(let why):
      let score = String(format: "%+.2f", compared.score)
      return .init(
        log10LR: 0, isCalibrated: false,
        statement:
          "How they write was compared (\(sizes); uncalibrated score \(score)) and adds nothing: \(why).")
    case .likelihoodRatio(let ratio):
      let habits = model.habits(left.style, right.style, limit: Self.habits)
      let said = [("alike", habits.agreeing), ("unlike", habits.differing)].filter { !$0.1.isEmpty }
        .map { word, habits in "\(word): " + habits.map(\.sentence).joined(separator: ", ") }
      let shown = ratio >= 0 ? habits.agreeing : habits.differing
      let examples = shown.flatMap { habit in [left, right].compactMap { example(of: habit, in: $0) } }
      let hours = compared.hours.map {
        " Before the ratio was drawn in to what the validation supports, when they posted (\(left.style.hours.count) and \(right.style.hours.count) hours) added \(String(format: "%+.2f", $0)) to \(String(format: "%+.2f", compared.score - $0)) by how they write."
      }
      return .init(
        log10LR: (ratio * 100).rounded() / 100, isCalibrated: true,
        statement: "How they write (\(sizes)) speaks \(ratio >= 0 ? "for" : "against") one author"
          + (said.isEmpty ? "." : "; \(said.joined(separator: "; ")).") + (hours ?? ""),
        references: Set(examples).sorted())
    }
  }

  private static func size(_ writer: Writer) -> String {
    "\(writer.style.length) characters"
      + (writer.accounts > 1 ? " of \(writer.accounts) joined accounts" : "")
  }

  /// A record that shows a habit.
  private func example(of habit: HabitContrast, in writer: Writer) -> Int64? {
    writer.excerpts.first { !RateCatalogue.examples(of: habit.rate, in: $0.text, limit: 1).isEmpty }?.record
  }
}
