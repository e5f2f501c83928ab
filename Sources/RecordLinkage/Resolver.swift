import Columns
import Foundation
public import Linkage

/// A scored pair.
public struct ScoredPair: Sendable, Hashable {
  /// The records; the first is the lower.
  public let left: UInt32
  /// The higher record.
  public let right: UInt32
  /// log10 of the likelihood ratio.
  public let log10LR: Float
}

/// Links the records of a table.
public struct Resolver {
  let settings: ResolveSettings

  /// Makes a resolver.
  public init(_ settings: ResolveSettings = ResolveSettings()) { self.settings = settings }

  /// Resolves a table. The table's columns are used up; its ids and sources stay.
  ///
  /// - Parameter judgements: what humans decided; no cluster goes against it.
  /// - Parameter labels: pairs that are known to be of one origin or not, to put the probabilities right by.
  /// - Parameter writing: compares the texts of `table.writing` as well; nil does not.
  /// - Throws: `TableError.nothingToCompare` when no column is of use, `.tooLarge` beyond 4 GiB of text
  ///   and where there is no memory for what an account wrote.
  public func resolve(
    _ table: inout Table, judgements: RecordJudgements = RecordJudgements(),
    labels: LabelledPairs = LabelledPairs(), writing: WritingSettings? = nil,
    progress: (ResolveProgress) -> Void = { _ in }
  ) throws(TableError) -> Resolution {
    var clock = StageClock()
    let total = table.recordCount
    func begin(_ stage: ResolveProgress.Stage) {
      progress(ResolveProgress(stage: stage, done: 0, total: total, unit: .records))
    }
    begin(.normalise)
    let stored = settings.keepsState ? StoredTable(table) : nil
    var columns = table.takeColumns()
    var read = settings.keepsState ? columns : []
    let filled = columns.map(\.filled)
    let files = ColumnsApart.files(of: columns, table.sources)
    let prepared = Preparation(
      &columns, records: table.recordCount, settings,
      isWhole: settings.linkOnly || !judgements.judgements.isEmpty || !labels.pairs.isEmpty,
      apart: judgements.records,
      texts: writing == nil ? nil : RecordTexts(table.writing, records: table.recordCount), id: table.id)
    let (copies, order, columnOrder) = (prepared.copies, prepared.order, prepared.columnOrder)
    if settings.keepsState { read = columnOrder.ordered(read) }
    let base = order.base
    let allPairs = self.allPairs(table, base)
    let sources = try sourceColumn(table, order)
    let written = settings.explains ? columnOrder.inTable(columns) : []
    if var only = try withoutComparing(columnOrder.inTable(columns), table, clock) {
      only.state = stored.map { ResolvedState(table: $0, live: nil, reason: "it had nothing to learn from") }
      return only
    }
    var texts = try writing.map { settings throws(TableError) in try measured(&table, settings) }
    var plan = try FieldPlan(consume columns, prepared.decisions)
    try plan.addKeys(settings.blockingKeys)
    plan.gatherRows()
    LargeBlocks.giveBack()
    clock.lap("normalise")
    begin(.block)
    let blocking = BlockingPlan(&plan, base: base, linkOnly: sources, settings: settings)
    LargeBlocks.giveBack()
    clock.lap("block")
    begin(.train)
    let scoring = PairScoring(plan: plan, blocking: blocking, settings: settings, base: base)
    var model = scoring.train(allPairs: allPairs, sources: sources)
    let labelled = scoring.calibrate(&model, by: labels, placeOf: order.placeOf)
    clock.lap("train")
    let scorers = (0..<settings.threadCount).map { _ in PairScorer(plan, model) }
    texts?.stay(below: log10LR(of: leastProbability(plan), model))
    let reach = texts == nil ? 0 : RecordWriting.limit
    var scored = scoring.score(model, by: scorers, reach: reach) { done, total in
      progress(ResolveProgress(stage: .score, done: done, total: total, unit: .pairs))
    }
    var weighed = texts?.weigh(&scored.pairs, recordAt: order.recordAt, threads: settings.threadCount)
    let cappedHashes = blocking.indexes.map(\.cappedHashes)
    blocking.releaseBlocks()
    LargeBlocks.giveBack()
    clock.lap("score")
    begin(.cluster)
    let (probability, expected) =
      settings.probability.map { ($0, nil) } ?? chosenProbability(scored.pairs, model, plan, base: base)
    let placed = try forest(
      of: scored.pairs,
      RecordClustering(
        scorer: scorers[0], blocking: blocking, model: model, sources: sources, judgements: judgements,
        order: order),
      probability: probability, table)
    let links = CopyLinks(
      copies, order, plan, blocking, model, threshold: Float(log10LR(of: probability, model)), texts: texts,
      threads: settings.threadCount)
    weighed?.weighedPairs += links.weighedByWriting
    let forest = try whole(placed, links.merges, table) { order.recordAt[Int($0)] }
    var findings = plan.findings
    for number in findings.indices {
      findings[number].reason = prepared.reasons[number]
      findings[number].dates = prepared.dates[number]
    }
    findings = columnOrder.inTable(findings)
    for number in findings.indices { findings[number].filled = filled[number] }
    clock.lap("cluster")
    var examples: RunExamples?
    if settings.explains {
      begin(.explain)
      let explainer = PairExplainer(
        plan: plan, blocking: blocking, model: model, columns: written, order: order, writing: texts)
      examples =
        ExampleSelection(
          explainer: explainer, pairs: scored.pairs, forest: placed, clusterOfRecord: forest.clusterOfNode,
          threshold: Float(log10LR(of: probability, model))
        ).run()
      clock.lap("explain")
    }
    let state = stored.map { stored in
      var live: ResolvedState.Live?
      if prepared.hasBase {
        live = ResolvedState.Live(
          plan: plan, blocking: blocking, cappedHashes: cappedHashes,
          cap: settings.blockingLimits(records: base).cap, model: model, probability: probability,
          order: order, pairs: scored.pairs, columnNames: read.map(\.name),
          contents: RecordContent.hashes(read, prepared.decisions.kinds, records: total))
      }
      return ResolvedState(
        table: stored, live: live,
        reason: live == nil ? "all its records together were learnt from" : nil)
    }
    for number in scored.pairs.indices {
      let pair = scored.pairs[number]
      let (one, other) = (order.recordAt[Int(pair.left)], order.recordAt[Int(pair.right)])
      scored.pairs[number] = ScoredPair(left: min(one, other), right: max(one, other), log10LR: pair.log10LR)
    }
    links.append(to: &scored.pairs)
    var resolution = Resolution(
      probabilityToMerge: probability, findings: findings, blocking: scored.findings, model: model,
      levelWeights: model.levelWeights(plan.fields),
      calibration: scored.curve, labelCalibration: labelled, pairs: scored.pairs,
      comparedPairs: scored.compared,
      forest: forest, givenFields: plan.fields.filter { $0.ownWeights != nil }.map(\.name),
      learntFrom: base, examples: examples, stages: clock.stages)
    resolution.state = state
    if let expected, expected < settings.expectedPrecision { resolution.loweredPrecision = expected }
    resolution.columnsApart = ColumnsApart(findings, filledIn: files)
    resolution.homeDoubt = HomeDoubt(plan, model)
    if labels.pairs.isEmpty { resolution.classDoubt = ClassDoubt(plan.fields, model) }
    if settings.probability == nil { resolution.lessSure = LessSurePairs(resolution) }
    resolution.writing = weighed
    return resolution
  }

  /// What to say of a table in which there is nothing to compare: a single record, records without any value, and one
  /// record over and over, which is one cluster as far as one value alone does not make it.
  private func withoutComparing(
    _ columns: [Column], _ table: Table, _ clock: StageClock
  ) throws(TableError) -> Resolution? {
    let records = table.recordCount
    let filled = columns.filter { $0.filled > 0 }
    let areCopies =
      !settings.linkOnly && filled.count >= CopyLinks.fewestValues
      && filled.allSatisfy({ $0.filled == $0.values.count && $0.pool.count == 2 })
    guard records == 1 || filled.isEmpty && !columns.isEmpty || areCopies else { return nil }
    let findings = columns.map {
      ColumnFinding(
        name: $0.name, kind: $0.kind, filled: $0.filled > 0 ? records : 0,
        distinct: $0.pool.count - 1, isCompared: false)
    }
    let merges = (1..<UInt32(areCopies ? records : 1)).map {
      ClusterMerge(copy: $0, of: 0, weight: EvidenceWeight(log10LR: 0))
    }
    let forest = try whole(.unjoined, merges, table) { $0 }
    return Resolution(
      probabilityToMerge: settings.probability ?? 0.5, findings: findings, blocking: [], model: .unlearnt,
      levelWeights: [], calibration: .empty, labelCalibration: nil, pairs: [], comparedPairs: 0,
      forest: forest,
      givenFields: [], learntFrom: records, examples: nil, stages: clock.stages)
  }

  /// log10 of the likelihood ratio of a pair of a probability.
  private func log10LR(of probability: Double, _ model: MatchModel) -> Double {
    log10(probability / (1 - probability)) - model.priorLog10Odds
  }

  /// The lowest probability that may be chosen for merges.
  private func leastProbability(_ plan: FieldPlan) -> Double {
    if let probability = settings.probability { return probability }
    return plan.fields.contains { $0.ownWeights != nil } ? IdentityWeights.probabilityToMerge : 0.5
  }

  /// Expected of the surest pairs of a table, at the least, to be joined where too few are as sure as is asked.
  private static let leastPrecision = 0.9
  /// Too few are less than this share of the pairs of one origin that are expected at even odds or better. In
  /// many tables most pairs come out at a few odds, and all of these may lie just below what is asked.
  private static let fewestFound = 0.25
  /// Then as many are joined as find this share of the expected pairs.
  private static let leastFound = 0.5

  /// The lowest probability, from even odds up, at which the pairs above it are expected to be right often enough; and how
  /// often they are, nil where nothing tells.
  private func chosenProbability(
    _ pairs: [ScoredPair], _ model: MatchModel, _ plan: FieldPlan, base: Int
  ) -> (probability: Double, expected: Double?) {
    // Weights known beforehand are too rough to promise a precision.
    if plan.fields.contains(where: { $0.ownWeights != nil }) {
      return (IdentityWeights.probabilityToMerge, nil)
    }
    let steps = 100
    var counts = [Double](repeating: 0, count: steps)
    var sums = counts
    let least = Float(-model.priorLog10Odds)
    for pair in pairs where pair.log10LR >= least && pair.right < base {
      let probability = 1 / (1 + exp(-(Double(pair.log10LR) + model.priorLog10Odds) * 2.302585092994046))
      let step = min(max(Int((probability - 0.5) * 2 * Double(steps)), 0), steps - 1)
      counts[step] += 1
      sums[step] += probability
    }
    let expected = sums.reduce(0, +)
    var (count, sum) = (0.0, 0.0)
    var chosen = 1.0 - 0.5 / Double(steps)
    var (foundAsAsked, right): (Double?, Double?)
    for step in stride(from: steps - 1, through: 0, by: -1) {
      let found = sum
      count += counts[step]
      sum += sums[step]
      if count > 0, sum / count < settings.expectedPrecision {
        // Some tables tell too little for so much: of those the surest pairs are joined, or next to nothing would be.
        let asAsked = foundAsAsked ?? found
        foundAsAsked = asAsked
        let isEnough = asAsked >= Self.fewestFound * expected || found >= Self.leastFound * expected
        if isEnough || sum / count < Self.leastPrecision { break }
      }
      chosen = 0.5 + Double(step) / Double(steps) / 2
      right = count > 0 ? sum / count : nil
    }
    return (chosen, right)
  }

  /// The forest by place in the engine.
  private func forest(
    of pairs: [ScoredPair], _ clustering: RecordClustering, probability: Double, _ table: Table
  ) throws(TableError) -> ClusterForest {
    do {
      return try clustering.forest(pairs: pairs, probability: probability)
    } catch {
      throw .tooLarge(file: table.sources.map(\.name).joined(separator: ", "), what: "\(error)")
    }
  }

  /// The forest by record of the table, with the copies of records joined to them.
  private func whole(
    _ placed: ClusterForest, _ links: [ClusterMerge], _ table: Table, _ recordAt: (UInt32) -> UInt32
  ) throws(TableError) -> ClusterForest {
    do {
      return try placed.renumbered(nodes: table.recordCount, adding: links, recordAt)
    } catch {
      throw .tooLarge(file: table.sources.map(\.name).joined(separator: ", "), what: "\(error)")
    }
  }

  /// By place, the number of the record's source; nil when it does not matter. Records without one are of one source.
  private func sourceColumn(_ table: Table, _ order: RecordOrder) throws(TableError) -> Packed<UInt16>? {
    guard settings.linkOnly, table.origin != nil || table.sources.count > 1 else { return nil }
    if max(table.sources.count, table.origin?.pool.count ?? 0) > Int(UInt16.max) {
      throw .tooLarge(
        file: table.sources.map(\.name).joined(separator: ", "), what: "more than 65,535 sources")
    }
    let column = Packed<UInt16>(repeating: 0, count: table.recordCount)
    if let origin = table.origin {
      for record in 0..<column.count { column[record] = UInt16(origin.values[record]) }
    } else {
      for (number, source) in table.sources.enumerated() {
        for record in source.records { column[record] = UInt16(number) }
      }
    }
    let ordered = Packed<UInt16>(uninitialised: table.recordCount)
    for place in 0..<ordered.count { ordered[place] = column[Int(order.recordAt[place])] }
    return ordered
  }

  /// How those behind records write; the table's texts are used up.
  private func measured(
    _ table: inout Table, _ writing: WritingSettings
  ) throws(TableError) -> RecordWriting {
    let records = table.recordCount
    do {
      return try RecordWriting(table.takeWriting(), records: records, writing, threads: settings.threadCount)
    } catch {
      throw .tooLarge(file: table.sources.map(\.name).joined(separator: ", "), what: "\(error)")
    }
  }

  private func allPairs(_ table: Table, _ count: Int) -> Double {
    let records = Double(count)
    var total = records * (records - 1) / 2
    if settings.linkOnly, let origin = table.origin {
      for value in 0..<origin.pool.count { total -= pairs(origin.pool.counts[value]) }
    } else if settings.linkOnly, table.sources.count > 1 {
      for source in table.sources { total -= pairs(UInt32(source.records.count)) }
    }
    return max(total, 1)
  }
}

/// What a run found.
public struct Resolution: Sendable {
  /// The probability that a merge needed.
  public let probabilityToMerge: Double
  /// Of the pairs of that probability or more the share that is expected to be of one origin, where it is less than was
  /// asked, as too few pairs would have been found; nil where it is not.
  public internal(set) var loweredPrecision: Double?
  /// Pairs that were left as others are surer; nil where they are few, or a probability was given.
  public internal(set) var lessSure: LessSurePairs?
  /// The share in words.
  public var loweredPrecisionRemark: String? {
    loweredPrecision.map {
      "of such pairs \(Int(($0 * 100).rounded(.down))) in 100 are expected to be right, as too few are surer"
    }
  }
  /// The columns.
  public let findings: [ColumnFinding]
  /// The keys.
  public let blocking: [BlockingFinding]
  /// The weights.
  public let model: MatchModel
  /// The weights, level by level.
  public let levelWeights: [MatchModel.LevelWeight]
  /// Pairs and decoys by score, and the probability that was stated.
  public let calibration: CalibrationCurve
  /// What labels did to the probabilities; nil without labels.
  public let labelCalibration: LabelCalibration?
  /// Pairs worth keeping, in no order that means anything; `ResultWriter` sorts them.
  public let pairs: [ScoredPair]
  /// Pairs compared.
  public let comparedPairs: Int
  /// The clusters, the merges that built them and what was held, by record.
  public let forest: ClusterForest
  /// Fields whose weights are given by sorts of agreement and rarity, not learnt; `levelWeights` lacks them.
  public let givenFields: [String]
  /// Records, from the first on, that columns, keys, weights and threshold were learnt from (`LearningBase`).
  public let learntFrom: Int
  /// What texts added to the weights, where they were compared.
  public internal(set) var writing: WritingFinding?
  /// What can be stored to add records later, where the settings asked for it.
  var state: ResolvedState?
  /// Columns that files may have in common by different names; nil where there are none.
  public internal(set) var columnsApart: ColumnsApart?
  /// Why probabilities of records of one home are those of homes in general; nil where the table tells people apart.
  public internal(set) var homeDoubt: HomeDoubt?
  /// Why the pairs taken for one origin may be of several people; nil where nothing says so, or labels were given.
  public internal(set) var classDoubt: ClassDoubt?
  /// Single pairs and clusters, where the settings asked for them.
  public let examples: RunExamples?
  /// Seconds of processor time by stage.
  public let stages: [(name: String, seconds: Double)]

  /// By record, the number of its cluster, by first record.
  public var clusterOfRecord: [UInt32] { forest.clusterOfNode }
  /// Clusters, those of one record included.
  public var clusterCount: Int { forest.clusterCount }

  /// By cluster, its records.
  public var clusterSizes: [Int] {
    var sizes = [Int](repeating: 0, count: clusterCount)
    for cluster in clusterOfRecord { sizes[Int(cluster)] += 1 }
    return sizes
  }

  /// log10 of the likelihood ratio from which pairs are joined.
  public var log10LRToMerge: Double {
    log10(probabilityToMerge / (1 - probabilityToMerge)) - model.priorLog10Odds
  }

  /// The probability of a pair.
  public func probability(_ pair: ScoredPair) -> Double {
    1 / (1 + pow(10, -(Double(pair.log10LR) + model.priorLog10Odds)))
  }
}

/// Processor time by stage.
struct StageClock {
  private(set) var stages: [(name: String, seconds: Double)] = []
  private var last = Self.now()

  mutating func lap(_ name: String) {
    let now = Self.now()
    stages.append((name, now - last))
    last = now
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
