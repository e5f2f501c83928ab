import Columns
import Foundation

/// A scored pair.
public struct ScoredPair: Sendable {
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

  /// Resolves a table.
  ///
  /// - Throws: `TableError.nothingToCompare` when no column is of use, `.tooLarge` beyond 4 GiB of text.
  public func resolve(_ table: Table) throws(TableError) -> Resolution {
    var clock = StageClock()
    let plan = try FieldPlan(table)
    clock.lap("normalise")
    let records = table.recordCount
    let sources = sourceColumn(table)
    let blocking = BlockingPlan(plan, records: records, linkOnly: sources, settings: settings)
    clock.lap("block")
    let scoring = PairScoring(plan: plan, blocking: blocking, settings: settings, records: records)
    let allPairs = self.allPairs(table)
    let model = scoring.train(allPairs: allPairs, sources: sources)
    clock.lap("train")
    let scored = scoring.score(model)
    clock.lap("score")
    let clusters = EdgeContraction.run(
      records: records, pairs: scored.pairs, prior: model.priorLog10Odds, plan: plan, blocking: blocking,
      model: model,
      sources: sources, probability: settings.probability)
    clock.lap("cluster")
    return Resolution(
      findings: plan.findings, blocking: scored.findings, model: model,
      levelWeights: model.levelWeights(plan.fields), pairs: scored.pairs, comparedPairs: scored.compared,
      clusterOfRecord: clusters.clusterOfRecord, clusterCount: clusters.count, stages: clock.stages)
  }

  private func sourceColumn(_ table: Table) -> Packed<UInt16>? {
    guard settings.linkOnly, table.sources.count > 1 else { return nil }
    let column = Packed<UInt16>(repeating: 0, count: table.recordCount)
    for (number, source) in table.sources.enumerated() {
      for record in source.records { column[record] = UInt16(truncatingIfNeeded: number) }
    }
    return column
  }

  private func allPairs(_ table: Table) -> Double {
    let records = Double(table.recordCount)
    var total = records * (records - 1) / 2
    if settings.linkOnly, table.sources.count > 1 {
      for source in table.sources { total -= pairs(UInt32(source.records.count)) }
    }
    return max(total, 1)
  }
}

/// What a run found.
public struct Resolution: Sendable {
  /// The columns.
  public let findings: [ColumnFinding]
  /// The keys.
  public let blocking: [BlockingFinding]
  /// The weights.
  public let model: MatchModel
  /// The weights, level by level.
  public let levelWeights: [MatchModel.LevelWeight]
  /// Pairs worth keeping, by left record and then right.
  public let pairs: [ScoredPair]
  /// Pairs compared.
  public let comparedPairs: Int
  /// By record, the number of its cluster, by first record.
  public let clusterOfRecord: [UInt32]
  /// Clusters, those of one record included.
  public let clusterCount: Int
  /// Seconds of processor time by stage.
  public let stages: [(name: String, seconds: Double)]

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
