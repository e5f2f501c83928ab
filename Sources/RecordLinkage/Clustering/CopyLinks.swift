import Columns
import Linkage

/// Copies of a record, joined to the one that stands for them where that record is sure to be itself.
///
/// Copies with small differences bring their evidence with them (`NearCopies`). Where writing is compared, what the texts
/// of a copy and of that record say is added.
///
/// Two records that say the same and have but a first name are no more one than two namesakes are; two that have a date
/// of birth and an address as well are. The model says which: it compares the record with itself.
struct CopyLinks {
  /// From this many records that differ on, how common values are tells what their agreement is worth.
  static let enoughRecords = 50
  /// Among fewer, copies are joined when they agree in this many fields.
  static let fewestValues = 2
  /// log10 LR from which a single field is enough: an e-mail address or a telephone number has it, a first name never.
  static let aloneEnough: Float = 4

  private let copies: RecordCopies
  private let order: RecordOrder
  /// By place of a record that has copies: log10 LR of it and itself, and how many of its fields have a value.
  private var links: [UInt32: (weight: Float, said: Int)] = [:]
  /// By copy, what its text says; empty where no texts are compared.
  private let written: [Float?]
  private let areFew: Bool
  private let floor: Float
  private let threshold: Float

  /// - Parameters:
  ///   - texts: what records wrote; nil where it is not compared.
  ///   - threads: does not change the result.
  init(
    _ copies: RecordCopies, _ order: RecordOrder, _ plan: FieldPlan, _ blocking: BlockingPlan,
    _ model: MatchModel, threshold: Float, texts: RecordWriting? = nil, threads: Int = 1
  ) {
    // Where nothing tells the people of a home apart, two of them say the same.
    areFew = order.recordAt.count < Self.enoughRecords && !plan.isOfHomesAlone
    written = texts?.log10LRs(of: copies.copies, threads: threads) ?? []
    self.copies = copies
    self.order = order
    floor = PairScoring.floor(model)
    self.threshold = threshold
    if !copies.areAny { return }
    let places = copies.firsts().map { order.placeOf[Int($0)] }.sorted()
    let scorer = PairScorer(plan, model)
    let workspace = Workspace(fields: plan.fields.count)
    for start in stride(from: 0, to: places.count, by: 2048) {
      let some = Array(places[start..<min(start + 2048, places.count)])
      some.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let batch = PairBatch(left: base, right: base, count: some.count)
        let said = Self.fieldsSaid(batch, plan, workspace)
        scorer.score(batch) {
          blocking.firstKey(of: Int(some[$0]), Int(some[$0]))
        } _: { sums in
          for (index, place) in some.enumerated() { links[place] = (sums[index], said[index]) }
        }
      }
    }
  }

  /// By pair of a record with itself, how many fields have a value.
  private static func fieldsSaid(_ batch: PairBatch, _ plan: FieldPlan, _ workspace: Workspace) -> [Int] {
    var said = [Int](repeating: 0, count: batch.count)
    var levels = [UInt8](repeating: 0, count: batch.count)
    for field in plan.fields {
      levels.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { field.compare(batch, into: base, workspace) }
      }
      for index in said.indices where levels[index] != Level.missing { said[index] += 1 }
    }
    return said
  }

  /// Copies whose texts said something.
  var weighedByWriting: Int { written.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

  /// log10 LR of a copy and the record that stands for it, and whether the two are joined.
  private func link(of number: Int) -> (weight: Float, isJoined: Bool)? {
    let copy = copies.copies[number]
    let texts = written.isEmpty ? 0 : written[number] ?? 0
    if copy.log10LR != 0 { return (copy.log10LR + texts, copy.log10LR + texts >= threshold) }
    guard let link = links[order.placeOf[Int(copy.record)]] else { return nil }
    let weight = link.weight + texts
    if link.said >= Self.fewestValues {
      return (weight, weight >= threshold || areFew && texts >= 0)
    }
    return (weight, weight >= threshold && link.weight >= Self.aloneEnough)
  }

  /// The merges of copies with the record that stands for them.
  var merges: [ClusterMerge] {
    var merges: [ClusterMerge] = []
    for number in 0..<copies.copies.count {
      let copy = copies.copies[number]
      guard let link = link(of: number), link.isJoined else { continue }
      let weight = EvidenceWeight(log10LR: Double(max(link.weight, threshold)))
      merges.append(ClusterMerge(copy: copy.record, of: copy.first, weight: weight))
    }
    return merges
  }

  /// Adds the pair of each copy and the record that stands for it.
  func append(to pairs: inout [ScoredPair]) {
    for number in 0..<copies.copies.count {
      let copy = copies.copies[number]
      guard let link = link(of: number) else { continue }
      if link.weight >= floor || link.isJoined {
        let (left, right) = (min(copy.first, copy.record), max(copy.first, copy.record))
        pairs.append(ScoredPair(left: left, right: right, log10LR: link.weight))
      }
    }
  }
}
