import Glibc

/// Estimates a `MatchModel` from pairs without labels.
///
/// Two classes, fields independent within a class. The universe is all pairs of records, of which the candidates are
/// the ones looked at: what is not a candidate is taken as different. For each field and level
///
///     m = matches at the level / matches where the field is known
///     u = (pairs at the level - matches at the level) / (pairs where the field is known - matches there)
///
/// so that u is not spoilt by the matches themselves, which make up most of the agreements on a rare value. How many
/// pairs are at a level follows from the frequencies of the values where it can (exact agreement); else from pairs
/// drawn at random; and where these are too few, from candidates that were brought together by other columns.
/// m within a sort of agreement is drawn towards the share of records in each bucket of frequency, so that few data
/// give the term frequency adjustment of the books and many data speak for themselves.
struct ExpectationMaximisation {
  /// Rounds of E and M.
  static let rounds = 16
  /// Pseudo-matches that pull m towards its prior.
  static let priorWeight = 20.0
  /// Share of pairs of one origin that differ in a field, at the least.
  static let leastError = 0.01
  /// No field alone may be surer than this that a chance agreement did not happen.
  static let uFloorShare = 0.002

  let fields: [any ComparisonField]
  let families: FieldFamilies
  /// By key: whether agreement in a field is no news for pairs it makes.
  let keyTouchesField: [[Bool]]
  let candidates: PatternTable
  /// Candidates stand for this many each.
  let candidateScale: Double
  let random: PatternTable
  let randomPairs: Double
  let allPairs: Double
  let records: Double

  func run() -> MatchModel {
    let fieldCount = fields.count
    let width = Level.count
    let patternCount = candidates.count
    // Pairs by field and level: at random, among candidates, and among candidates by other columns.
    var sampled = [Double](repeating: 0, count: fieldCount * width)
    var known = [Double](repeating: 0, count: fieldCount)
    for pattern in 0..<random.count {
      for field in 0..<fieldCount {
        let level = random.level(pattern, field)
        sampled[field * width + level] += Double(random.counts[pattern])
        if level != 0 { known[field] += Double(random.counts[pattern]) }
      }
    }
    var own = [Double](repeating: 0, count: fieldCount * width)
    for pattern in 0..<patternCount {
      for field in 0..<fieldCount {
        own[field * width + candidates.level(pattern, field)] +=
          Double(candidates.counts[pattern]) * candidateScale
      }
    }
    let m = Packed<Double>(repeating: 0, count: fieldCount * width)
    let u = Packed<Double>(repeating: 0, count: fieldCount * width)
    let weights = Packed<Float>(repeating: 0, count: fieldCount * width)
    for field in 0..<fieldCount where fields[field].ownWeights == nil { initialise(field, m) }
    var matches = min(max(records * 0.5, 1), allPairs * 0.5)
    var matched = [Double](repeating: 0, count: fieldCount * width)
    var foreign = [Double](repeating: 0, count: fieldCount * width)
    let probabilities = Packed<Double>(repeating: 0, count: patternCount)
    var naming = NamingModel.Training(families: families, candidates: candidates)
    // By pattern, the weight of what is not of names; it stands while the weights do.
    let rests = Packed<Float>(repeating: 0, count: patternCount)
    let steps = naming == nil ? Self.rounds : Self.rounds + NamingModel.trees
    for step in 0..<steps {
      let learnsNaming = step >= Self.rounds
      if !learnsNaming || step % 4 == 0 {
        for field in 0..<fieldCount where fields[field].ownWeights == nil {
          estimateU(
            field, u, sampled: sampled, known: known[field], own: own, matched: matched, foreign: foreign,
            isFirst: step == 0)
        }
        setWeights(m, u, weights)
        for pattern in 0..<patternCount {
          rests[pattern] = families.othersWeight(weights) { candidates.level(pattern, $0) }
        }
      }
      // E
      let priorLog = log(matches / max(allPairs - matches, 1))
      var total = 0.0
      for pattern in 0..<patternCount {
        let rest = rests[pattern]
        let logOdds: Double
        if learnsNaming, let naming, let learnt = naming.score(of: pattern) {
          logOdds = learnt + Double(rest) * 2.302585093
        } else {
          let names = families.namingWeight(weights) { candidates.level(pattern, $0) }
          logOdds = priorLog + Double(rest + names) * 2.302585093
        }
        let probability = 1 / (1 + exp(-logOdds))
        probabilities[pattern] = probability
        total += probability * Double(candidates.counts[pattern]) * candidateScale
      }
      // M
      matches = min(max(total, 1), allPairs * 0.9)
      if learnsNaming || step == Self.rounds - 1 {
        naming?.learn(probabilities, candidates, isFirst: !learnsNaming)
      }
      if !learnsNaming || step % 4 == 3 {
        for index in matched.indices {
          matched[index] = 0
          foreign[index] = 0
        }
        for pattern in 0..<patternCount {
          let count = Double(candidates.counts[pattern]) * candidateScale
          let share = probabilities[pattern] * count
          let key = candidates.key(pattern)
          for field in 0..<fieldCount {
            let place = field * width + candidates.level(pattern, field)
            matched[place] += share
            if !keyTouchesField[key][field] { foreign[place] += count - share }
          }
        }
        for field in 0..<fieldCount {
          if let own = fields[field].ownWeights {
            describe(field, own, m, u, matched)
          } else {
            estimateM(field, m, matched)
          }
        }
      }
    }
    setWeights(m, u, weights)
    var pairsByKey = [Double](repeating: 0, count: keyTouchesField.count)
    var matchesByKey = pairsByKey
    for pattern in 0..<patternCount {
      let count = Double(candidates.counts[pattern]) * candidateScale
      pairsByKey[candidates.key(pattern)] += count
      matchesByKey[candidates.key(pattern)] += probabilities[pattern] * count
    }
    return MatchModel(
      priorLog10Odds: log10(matches / max(allPairs - matches, 1)), matches: matches, weights: weights, m: m,
      u: u,
      fieldCount: fieldCount, naming: naming?.model, families: families, pairsByKey: pairsByKey,
      matchesByKey: matchesByKey)
  }

  /// m and u, for reports, of a field whose weights are given.
  private func describe(
    _ field: Int, _ own: [Float], _ m: Packed<Double>, _ u: Packed<Double>, _ matched: [Double]
  ) {
    let base = field * Level.count
    let total = max((1..<Level.count).reduce(0) { $0 + matched[base + $1] }, 1)
    for level in 1..<Level.count {
      m[base + level] = matched[base + level] / total
      u[base + level] = m[base + level] / pow(10, Double(own[level]))
    }
  }

  private func initialise(_ field: Int, _ m: Packed<Double>) {
    let base = field * Level.count
    let shares = fields[field].bucketShares
    m[base + 1] = 0.3
    for level in 2..<Level.count {
      let code = Level.code(level)
      guard code < fields[field].codeNames.count else { continue }
      let mass = code == 0 ? 0.5 : 0.2 / Double(max(fields[field].codeNames.count - 1, 1))
      m[base + level] = mass * max(shares[level], 1e-6)
    }
  }

  private func estimateM(_ field: Int, _ m: Packed<Double>, _ matched: [Double]) {
    let base = field * Level.count
    let shares = fields[field].bucketShares
    let codes = fields[field].codeNames.count
    var byCode = [Double](repeating: 0, count: codes)
    var total = matched[base + 1]
    for level in 2..<Level.count where Level.code(level) < codes {
      byCode[Level.code(level)] += matched[base + level]
      total += matched[base + level]
    }
    let prior = Self.priorWeight
    let denominator = total + prior
    // No field is without error: a class in which one never differs is the class of that field's value, not of one origin.
    m[base + 1] = max(
      (matched[base + 1] + prior * (matched[base + 1] + 1) / (total + 3)) / denominator, Self.leastError)
    for level in 2..<Level.count where Level.code(level) < codes {
      let expected = shares[level] * (byCode[Level.code(level)] + 2 / Double(codes)) / (total + 3)
      m[base + level] = max((matched[base + level] + prior * expected) / denominator, 1e-9)
    }
  }

  private func estimateU(
    _ field: Int, _ u: Packed<Double>, sampled: [Double], known: Double, own: [Double], matched: [Double],
    foreign: [Double], isFirst: Bool
  ) {
    let base = field * Level.count
    let totals = fields[field].knownTotals
    let knownPairs = max(known / max(randomPairs, 1) * allPairs, 1)
    var foreignKnown = 0.0
    for level in 1..<Level.count { foreignKnown += foreign[base + level] }
    var agreed = 0.0
    for level in 2..<Level.count where Level.code(level) < fields[field].codeNames.count {
      var estimate: Double
      if totals[level].isFinite {
        let different = max(totals[level] - matched[base + level], totals[level] * Self.uFloorShare, 0.5)
        estimate = different / knownPairs
      } else if sampled[base + level] >= 10 {
        let share = sampled[base + level] / max(known, 1)
        estimate = max(share - matched[base + level] / knownPairs, share * Self.uFloorShare)
      } else {
        let fromOwn =
          max(own[base + level] - matched[base + level], own[base + level] * Self.uFloorShare, 0.5)
          / knownPairs
        let fromForeign =
          isFirst || foreignKnown < 1 ? 0 : (foreign[base + level] + 0.02) / (foreignKnown + 1)
        let ceiling = (sampled[base + level] + 1) / max(known, 1)
        estimate = max(fromOwn, min(fromForeign, ceiling))
      }
      u[base + level] = estimate
      agreed += estimate
    }
    u[base + 1] = max(1 - agreed, 1e-3)
  }

  private func setWeights(_ m: Packed<Double>, _ u: Packed<Double>, _ weights: Packed<Float>) {
    for field in fields.indices {
      let base = field * Level.count
      if let own = fields[field].ownWeights {
        for level in 0..<Level.count { weights[base + level] = own[level] }
        continue
      }
      for place in base..<base + Level.count {
        weights[place] = m[place] > 0 && u[place] > 0 ? Float(log10(m[place] / u[place])) : 0
      }
    }
  }
}
