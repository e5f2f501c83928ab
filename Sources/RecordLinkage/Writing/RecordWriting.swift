import Columns
import Linkage
import Stylometry

/// How those behind records write, and what comparing two of them says.
///
/// Texts propose no pairs, and what they say is capped (`WeightTable.writingLimit`): among many records some two always
/// look alike. They add to the weight of a pair that has something else in common, or take from it, and never come to
/// what a merge needs by themselves (`stay`).
struct RecordWriting: Sendable {
  /// The most that texts say for or against, in log10.
  static let limit = Float(WeightTable.writingLimit)
  /// What else must speak for two records at the least, before texts can make a merge of it.
  static let least = 0.01
  private static let pairsAtOnce = 1 << 10

  private let settings: WritingSettings
  private let model: StyleModel
  private let columns: [String]
  /// By record, its number among those who wrote; nil for one whose text is too short to be judged. Records with the very
  /// same texts are one writer: of two authors they say nothing.
  private let writers: [Int?]
  /// By writer; nil for one whose text is too short.
  private let styles: [PreparedStyle?]
  /// The most that texts say for one author.
  private var most = limit

  /// Measures what records hold of writing.
  ///
  /// - Parameters:
  ///   - columns: the columns of texts; all of a record's are one person's. A value may hold several posts.
  ///   - threads: does not change the result.
  init(
    _ columns: [Column], records: Int, _ settings: WritingSettings, threads: Int
  ) throws(StyleProfileError) {
    self.settings = settings
    self.columns = columns.map(\.name)
    let model = settings.model
    var writers = [Int?](repeating: nil, count: records)
    var firsts: [Int] = []
    var numbers: [[UInt32]: Int] = [:]
    var bytes = 0
    for record in 0..<records {
      let size = columns.reduce(0) { $0 + $1.pool.text(Int($1.values[record])).count }
      // A character is a byte or more.
      guard size >= StyleModel.shortest else { continue }
      let texts = columns.map { $0.values[record] }
      if numbers[texts] == nil {
        numbers[texts] = firsts.count
        firsts.append(record)
        bytes += size
      }
      writers[record] = numbers[texts]
    }
    self.writers = writers
    let authors = firsts
    @Sendable func posts(_ writer: Int) -> ProfileBuilder {
      var posts = ProfileBuilder()
      for column in columns {
        RecordPosts.add(column.pool.text(Int(column.values[authors[writer]])), to: &posts)
      }
      return posts
    }
    let passages = SharedPassages(
      authors: authors.count, bytes: bytes, order: Self.order(of: authors, columns), threads: threads,
      posts: posts)
    styles = try Workers.map(
      chunks: authors.count, threads: threads, start: { model.profiler(in: settings.domain) }
    ) {
      profiler, writer throws(StyleProfileError) in
      let profile = try profiler.profile(of: posts(writer), without: passages, author: writer)
      return profile.length < StyleModel.shortest ? nil : model.prepare(profile)
    }
    self.model = model.held(against: styles.compactMap { $0 }, in: settings.domain, threads: threads)
  }

  /// By writer, a rank by what was written, the most first, so that the order of records does not matter.
  private static func order(of records: [Int], _ columns: [Column]) -> [Int] {
    let sizes = records.map { record in
      columns.reduce(0) { $0 + $1.pool.text(Int($1.values[record])).count }
    }
    let sorted = records.indices.sorted {
      if sizes[$0] != sizes[$1] { return sizes[$0] > sizes[$1] }
      for column in columns {
        let one = column.pool.text(Int(column.values[records[$0]]))
        let other = column.pool.text(Int(column.values[records[$1]]))
        if one.elementsEqual(other) { continue }
        return one.lexicographicallyPrecedes(other)
      }
      return false
    }
    var order = [Int](repeating: 0, count: records.count)
    for (rank, writer) in sorted.enumerated() { order[writer] = rank }
    return order
  }

  private func style(_ record: Int) -> PreparedStyle? { writers[record].flatMap { styles[$0] } }

  /// log10 of the likelihood ratio of two records, within the limit; nil where none can be given.
  func log10LR(_ one: Int, _ other: Int) -> Float? { comparison(one, other)?.log10LR }

  /// Keeps what texts say for one author below what a merge needs.
  ///
  /// - Parameter threshold: the lowest log10 of a likelihood ratio that may come to join two records.
  mutating func stay(below threshold: Double) {
    most = Float(max(min(Double(Self.limit), threshold - Self.least), 0))
  }

  /// By copy, what its texts and those of the record that stands for it say.
  ///
  /// - Parameter threads: does not change the result.
  func log10LRs(of copies: Packed<RecordCopies.Copy>, threads: Int) -> [Float?] {
    let size = Self.pairsAtOnce
    return Workers.map(chunks: (copies.count + size - 1) / size, threads: threads, start: {}) { _, chunk in
      (chunk * size..<min((chunk + 1) * size, copies.count)).map {
        log10LR(Int(copies[$0].record), Int(copies[$0].first))
      }
    }.flatMap { $0 }
  }

  private func comparison(_ one: Int, _ other: Int) -> (log10LR: Float, countsHours: Bool)? {
    guard writers[one] != writers[other], let left = style(one), let right = style(other) else { return nil }
    let comparison = model.compare(left, right, domain: settings.domain)
    guard let ratio = comparison.log10LR else { return nil }
    return (min(max(Float(ratio), -Self.limit), most), comparison.hours != nil)
  }

  /// Adds what texts say to the weights of pairs of places.
  ///
  /// - Parameter threads: does not change the result.
  func weigh(
    _ pairs: inout [ScoredPair], recordAt: Packed<UInt32>, threads: Int
  ) -> WritingFinding {
    let all = pairs
    let size = Self.pairsAtOnce
    let chunks = Workers.map(chunks: (all.count + size - 1) / size, threads: threads, start: {}) { _, chunk in
      all[chunk * size..<min((chunk + 1) * size, all.count)].map {
        log10LR(Int(recordAt[Int($0.left)]), Int(recordAt[Int($0.right)]))
      }
    }
    var weighed = 0
    for (number, ratio) in chunks.joined().enumerated() {
      guard let ratio else { continue }
      weighed += 1
      let pair = pairs[number]
      pairs[number] = ScoredPair(left: pair.left, right: pair.right, log10LR: pair.log10LR + ratio)
    }
    return WritingFinding(
      columns: columns, domain: settings.domain,
      measuredRecords: writers.indices.count { style($0) != nil },
      weighedPairs: weighed,
      remark: model.contradiction(in: settings.domain)?.description)
  }

  /// What texts added to the weight of two records, for an explanation; nil where they added nothing.
  func step(_ one: Int, _ other: Int) -> PairExplanation.Step? {
    guard let (ratio, countsHours) = comparison(one, other) else { return nil }
    func size(_ record: Int) -> [String] {
      guard let style = style(record) else { return [] }
      let shared = style.sharedLength
      return [style.size]
        + (shared > 0 ? ["\(shared) more that another record has word for word are left out"] : [])
    }
    return PairExplanation.Step(
      comparisons: [
        PairExplanation.Comparison(
          field: "writing\(countsHours ? " and posting hours" : "") in \(columns.joined(separator: ", "))",
          agreement: ratio >= 0 ? "speaks for one author" : "speaks against one author", frequency: nil,
          left: size(one), right: size(other))
      ], log10LR: Double(ratio))
  }
}
