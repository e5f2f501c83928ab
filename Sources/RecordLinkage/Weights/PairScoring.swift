import Columns
import Foundation

/// Compares candidate pairs: a sample of them to learn the weights, then all to score them.
struct PairScoring {
  let plan: FieldPlan
  let blocking: BlockingPlan
  let settings: ResolveSettings
  /// Records of the base, the first ones: weights are learnt from them alone.
  let base: Int
  /// Records of blocks that are one piece of work.
  private static let runSize = 1 << 15

  /// Learns the weights.
  func train(allPairs: Double, sources: Packed<UInt16>?) -> MatchModel {
    let fieldCount = plan.fields.count
    let upper = blocking.indexes.reduce(0) { $0 + $1.basePairCount }
    let stride = max(1, upper / settings.trainingPairs)
    let candidates = PatternTable(fieldCount: fieldCount)
    for key in blocking.keys.indices {
      let runs = blocking.indexes[key].runs(of: Self.runSize)
      // Tables of single runs, joined in their order, number the patterns as one table would.
      let tables = Workers.map(
        chunks: runs.count, threads: settings.threadCount, start: { Workspace(fields: fieldCount) }
      ) { workspace, run in
        let table = PatternTable(fieldCount: fieldCount)
        blocking.forEachBatch(key: key, blocks: runs[run], stride: stride, below: base, rows: plan.rows) {
          batch in
          count(batch, key: key, into: table, workspace)
        }
        return table
      }
      for table in tables { candidates.add(table) }
    }
    let workspace = Workspace(fields: fieldCount)
    let random = PatternTable(fieldCount: fieldCount)
    let between = sources.map { SourcePairs($0) }
    let drawn = drawRandom(into: random, workspace, between)
    let families = FieldFamilies(plan.fields, namingKeys: blocking.namingKeyCount)
    let touches = blocking.keys.map { key in
      plan.fields.map { field in
        !Set(field.name.components(separatedBy: ", ")).isDisjoint(with: key.columns)
          || field is NameInHandleField
      }
    }
    var estimation = ExpectationMaximisation(
      fields: plan.fields, families: families, keyTouchesField: touches,
      keyIsOfWholeValues: blocking.keys.map(\.isOfWholeValues), candidates: candidates,
      candidateScale: Double(stride),
      random: random, randomPairs: Double(drawn), allPairs: allPairs,
      knownTotals: plan.fields.map { between?.totals(of: $0) ?? $0.knownTotals }, records: Double(base),
      isOfHomesAlone: plan.isOfHomesAlone)
    return estimation.run()
  }

  private func count(_ batch: PairBatch, key: Int, into table: PatternTable, _ workspace: Workspace) {
    let fieldCount = plan.fields.count
    let levels = UnsafeMutablePointer<UInt8>.allocate(capacity: batch.count * fieldCount)
    defer { levels.deallocate() }
    for (number, field) in plan.fields.enumerated() {
      field.compare(batch, into: levels + number * batch.count, workspace)
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: fieldCount + 1) { pattern in
      pattern[0] = UInt8(truncatingIfNeeded: key)
      for index in 0..<batch.count {
        for field in 0..<fieldCount { pattern[field + 1] = levels[field * batch.count + index] }
        table.add(UnsafeBufferPointer(pattern))
      }
    }
  }

  /// Draws pairs of records at random, the same in every run, or takes all pairs when there are few; only pairs of two
  /// sources where there are some.
  private func drawRandom(into table: PatternTable, _ workspace: Workspace, _ between: SourcePairs?) -> Int {
    let size = 512
    let left = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    let right = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    defer {
      left.deallocate()
      right.deallocate()
    }
    var held = 0
    var drawn = 0
    func flush() {
      if held == 0 { return }
      count(PairBatch(left: left, right: right, count: held), key: 0, into: table, workspace)
      held = 0
    }
    func take(_ one: Int, _ two: Int) {
      left[held] = UInt32(min(one, two))
      right[held] = UInt32(max(one, two))
      plan.rows?.fetch(one)
      plan.rows?.fetch(two)
      held += 1
      drawn += 1
      if held == size { flush() }
    }
    let wanted = min(settings.randomPairs, max(base * settings.randomPairsPerRecord, 20_000))
    var state: UInt64 = 0x1234_5678_9ABC_DEF1
    func next(_ bound: Int) -> Int {
      Int(splitMix64(&state).multipliedFullWidth(by: UInt64(bound)).high)
    }
    if let between {
      if between.count / 2 <= wanted {
        for pair in (0..<between.count).lazy.map(between.pair) where pair.one < pair.other {
          take(pair.one, pair.other)
        }
      } else {
        for _ in 0..<wanted {
          let pair = between.pair(next(between.count))
          take(pair.one, pair.other)
        }
      }
    } else if base * (base - 1) / 2 <= wanted {
      for one in 0..<max(base - 1, 0) { for two in one + 1..<base { take(one, two) } }
    } else {
      while drawn < wanted {
        let (one, two) = (next(base), next(base))
        if one != two { take(one, two) }
      }
    }
    flush()
    return drawn
  }

  /// log10 LR below which a pair does not matter.
  static func floor(_ model: MatchModel) -> Float { Float(-model.priorLog10Odds - 2) }

  /// Puts the odds right by labelled pairs. `placeOf` gives a record's place.
  func calibrate(
    _ model: inout MatchModel, by labels: LabelledPairs, placeOf: Packed<UInt32>
  ) -> LabelCalibration? {
    if labels.pairs.isEmpty { return nil }
    let places = labels.pairs.map { (placeOf[Int($0.left)], placeOf[Int($0.right)]) }
    let (left, right) = (places.map { min($0.0, $0.1) }, places.map { max($0.0, $0.1) })
    var examples: [LabelFit.Example] = []
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        guard let lefts = left.baseAddress, let rights = right.baseAddress else { return }
        let batch = PairBatch(left: lefts, right: rights, count: left.count)
        PairScorer(plan, model).score(batch) {
          blocking.firstKey(of: Int(lefts[$0]), Int(rights[$0]))
        } _: { sums in
          for (number, pair) in labels.pairs.enumerated() {
            let mixed = (UInt64(pair.left) << 32 | UInt64(pair.right)) &* 0x9E37_79B9_7F4A_7C15
            examples.append(
              LabelFit.Example(
                log10Odds: Double(sums[number]) + model.priorLog10Odds,
                fold: Int((mixed >> 32) % UInt64(LabelCalibration.folds)), isSame: pair.isSame))
          }
        }
      }
    }
    let (map, report) = LabelFit.fit(examples)
    model.calibration = map
    return report
  }

  /// Scores all candidates and keeps those that could matter to a cluster.
  ///
  /// `scorers` are one for each thread. `progress` is told, key by key, how many pairs are scored and how many there are
  /// at the most.
  func score(
    _ model: MatchModel, by scorers: [PairScorer], reach: Float = 0, progress: (Int, Int) -> Void
  ) -> (pairs: [ScoredPair], findings: [BlockingFinding], compared: Int, curve: CalibrationCurve) {
    let most = blocking.indexes.reduce(0) { $0 + $1.pairCount }
    progress(0, most)
    let floor = Self.floor(model) - reach
    // Room for all of them costs nothing until it is used, where growing by copies would double what is in use.
    var kept: [ScoredPair] = []
    kept.reserveCapacity(most)
    var findings: [BlockingFinding] = []
    var compared = 0
    let observed = Packed<Int>(repeating: 0, count: CalibrationCurve.count)
    let oddsSums = Packed<Double>(repeating: 0, count: CalibrationCurve.count)
    for key in blocking.keys.indices {
      let index = blocking.indexes[key]
      let runs = index.runs(of: Self.runSize)
      var given = 0
      func scorer() -> PairScorer {
        given += 1
        return scorers[given - 1]
      }
      let found = Workers.map(chunks: runs.count, threads: scorers.count, start: scorer) { scorer, run in
        var made = 0
        var kept: [ScoredPair] = []
        let counts = Packed<Int>(repeating: 0, count: CalibrationCurve.count)
        let sumsOfOdds = Packed<Double>(repeating: 0, count: CalibrationCurve.count)
        blocking.forEachBatch(key: key, blocks: runs[run], rows: plan.rows) { batch in
          made += batch.count
          scorer.score(batch, sharedKey: key) { sums in
            for position in 0..<batch.count where batch.right[position] < base {
              let odds = Double(sums[position]) + model.priorLog10Odds
              let bin = CalibrationCurve.bin(odds)
              counts[bin] += 1
              sumsOfOdds[bin] += odds
            }
            for position in 0..<batch.count where sums[position] >= floor {
              kept.append(
                ScoredPair(left: batch.left[position], right: batch.right[position], log10LR: sums[position]))
            }
          }
        }
        return (made: made, kept: kept, counts: counts, sumsOfOdds: sumsOfOdds)
      }
      let made = found.reduce(0) { $0 + $1.made }
      for run in found {
        kept += run.kept
        for bin in 0..<observed.count {
          observed[bin] += run.counts[bin]
          oddsSums[bin] += run.sumsOfOdds[bin]
        }
      }
      compared += made
      progress(compared, most)
      findings.append(
        BlockingFinding(
          key: blocking.keys[key].name, pairs: index.pairCount, newPairs: made,
          cappedBlocks: index.cappedBlocks,
          cappedRecords: index.cappedRecords))
    }
    let curve = CalibrationCurve(
      observed: observed.array, sums: oddsSums.array, decoys: model.decoys,
      map: model.calibration)
    return (kept, findings, compared, curve)
  }
}
