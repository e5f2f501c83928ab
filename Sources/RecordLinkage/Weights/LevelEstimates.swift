import Glibc

/// Estimates of m and u, field by field.
///
/// For each field and level
///
///     m = matches at the level / matches where the field is known
///     u = (pairs at the level - matches at the level) / (pairs where the field is known - matches there)
///
/// so that u is not spoilt by the matches themselves, which make up most of the agreements on a rare value. How many
/// pairs are at a level follows from the frequencies of the values where it can (exact agreement); else from pairs
/// drawn at random; and where these are too few, from candidates that were brought together by other columns.
/// m within a sort of agreement is drawn towards the share of records in each bucket of frequency, so that few data
/// give the term frequency adjustment of the books and many data speak for themselves.
struct LevelEstimates {
  /// Pseudo-matches that pull m towards its prior.
  static let priorWeight = 20.0
  /// Of the prior itself, the pairs of weight that are as pairs of one origin are before anything was seen. Where a table
  /// has next to no pairs of one origin, they are all there is: were all sorts of agreement as likely then, two records
  /// with the same names and the same date of birth would be strangers.
  static let startingWeight = 3.0
  /// Share of pairs of one origin that differ in a field: before anything was seen, and at the least.
  static let startingError = 0.15
  static let leastError = 0.01
  /// Share of pairs of one origin that agree in other ways than exactly, before anything was seen.
  static let startingNear = 0.2
  /// Matches found by a key of the field, or after one, count for this many in all.
  static let selectedWeight = 100.0
  /// The most for a field that lasts, or tells people apart (`TellingFields`), at first and later. A class of pairs of
  /// which half differ in name or date of birth is not one of matches, however well it fits; to begin with, such a class
  /// must not be found.
  static let mostErrorAtFirst = 0.1
  static let mostError = 0.4
  /// The same, one after the other, while that is too much: a name and a date stand at it (`ClassDoubt`).
  static let mostErrorOfDoubted = [mostErrorAtFirst, 0.03]
  /// Where what tells people apart is nothing that lasts, the share of pairs of one person that differ in it is drawn to this,
  /// by that share of the matches. Whether two records of a home that differ in their addresses are one person of two
  /// addresses or two people is no more to be seen in the table than how many there are of each: what is said of it would
  /// be what rounding and the number of rounds make of it.
  static let tellingError = 0.05
  static let tellingPrior = 0.1
  /// No field alone may be surer than this that a chance agreement did not happen.
  static let uFloorShare = 0.002
  /// A level that chance has not shown is given half a pair; and in a table of few pairs no more than this share of
  /// them, as the floors of all levels together would else be more than all pairs.
  static let unseenPairs = 0.5
  static let unseenShare = 0.001

  let fields: [any ComparisonField]
  let m: Packed<Double>
  let u: Packed<Double>
  /// log10 of m over u.
  let weights: Packed<Float>
  private let randomPairs: Double
  private let allPairs: Double
  /// By field and level: how many of all pairs, where that is known.
  private let knownTotals: [[Double]]
  /// By field and level: random pairs; and by field, those where it is known.
  private var sampled: [Double]
  private var known: [Double]
  /// By field and level: candidates.
  private var own: [Double]
  /// By field.
  private let orders: [AgreementOrder]
  /// By field: whether pairs of one origin are held to agree in it.
  private let isHeld: [Bool]
  private let isOfHomesAlone: Bool
  /// By field: weights that are given.
  private let given: [[Float]?]
  /// By field: whether it tells people apart and does not last.
  private let isDrawn: [Bool]
  /// What a round sees, by field and level.
  struct Sums {
    /// Pairs of one origin.
    let matched: Packed<Double>
    /// Of those, the ones that the field had no part in finding.
    let unselected: Packed<Double>
    /// Of both, the ones that do not have in common what belongs together.
    let moved: Packed<Double>
    let unselectedMoved: Packed<Double>
    /// Pairs of different origin, brought together by other columns.
    let foreign: Packed<Double>

    init(fields: Int) {
      func zeros() -> Packed<Double> { Packed(repeating: 0, count: fields * Level.count) }
      (matched, unselected, moved, unselectedMoved, foreign) = (zeros(), zeros(), zeros(), zeros(), zeros())
    }
  }

  /// What the last round saw.
  var sums: Sums

  init(
    fields: [any ComparisonField], candidates: PatternTable, candidateScale: Double, random: PatternTable,
    randomPairs: Double, allPairs: Double, knownTotals: [[Double]], isOfHomesAlone: Bool
  ) {
    self.fields = fields
    self.randomPairs = randomPairs
    self.allPairs = allPairs
    self.knownTotals = knownTotals
    let size = fields.count * Level.count
    m = Packed(repeating: 0, count: size)
    u = Packed(repeating: 0, count: size)
    weights = Packed(repeating: 0, count: size)
    sampled = Array(repeating: 0, count: size)
    known = Array(repeating: 0, count: fields.count)
    own = sampled
    orders = fields.map { AgreementOrder($0) }
    let telling = TellingFields.find(fields)
    self.isOfHomesAlone = isOfHomesAlone
    isHeld = fields.indices.map {
      // A number that most pairs of one home do not share is a person's own, and then it tells them apart.
      fields[$0].isLasting || telling.contains($0) || isOfHomesAlone && fields[$0].nature != .home
    }
    given = fields.indices.map { field in
      guard let own = fields[field].ownWeights, telling.contains(field) else {
        return fields[field].ownWeights
      }
      // Beside a place they must tell one person from a home, which has nothing in common more often.
      let differing = Float(log10(Self.mostErrorAtFirst))
      return own.indices.map { $0 < 2 || own[$0] > 0 ? own[$0] : min(own[$0], differing) }
    }
    isDrawn = fields.indices.map { telling.contains($0) && !fields[$0].isLasting }
    sums = Sums(fields: fields.count)
    for pattern in 0..<random.count {
      for field in fields.indices {
        let level = random.level(pattern, field)
        sampled[field * Level.count + level] += Double(random.counts[pattern])
        if level != 0 { known[field] += Double(random.counts[pattern]) }
      }
    }
    for pattern in 0..<candidates.count {
      for field in fields.indices {
        own[field * Level.count + candidates.level(pattern, field)] +=
          Double(candidates.counts[pattern]) * candidateScale
      }
    }
    for field in fields.indices {
      if let own = given[field] { setWeights(field, own) } else { initialise(field) }
    }
  }

  private func initialise(_ field: Int) {
    let base = field * Level.count
    let shares = fields[field].bucketShares
    let codes = fields[field].codeNames.count
    m[base + 1] = startingError(field)
    for level in 2..<Level.count where Level.code(level) < codes {
      let mass = Level.code(level) == 0 ? 0.5 : Self.startingNear / Double(codes)
      m[base + level] = mass * max(shares[level], 1e-6)
    }
  }

  private func startingError(_ field: Int) -> Double {
    isHeld[field] ? Self.mostErrorAtFirst : Self.startingError
  }

  /// By field, the share of random pairs where both records have a value.
  var knownShare: [Double] { known.map { $0 / max(randomPairs, 1) } }

  /// By field, of random pairs where both records have a value, the share of those that differ.
  var differingShare: [Double] {
    fields.indices.map { sampled[$0 * Level.count + 1] / max(known[$0], 1) }
  }

  /// `mostError`: the share of pairs of one origin that may differ in a field in which they are held to agree.
  func estimateM(mostError: Double) {
    for field in fields.indices {
      if let own = given[field] {
        describe(field, own)
      } else {
        estimateM(field, isOfHomesAlone ? min(mostError, Self.mostErrorAtFirst) : mostError)
      }
    }
  }

  /// What matches were seen of a field. Those that a key of the field found agree on it more often than all matches
  /// do, and those that a later key found less often; so those that were found before any key of the field tell most.
  private func seen(_ field: Int) -> [Double] {
    let base = field * Level.count
    var (free, all) = (0.0, 0.0)
    for level in 1..<Level.count {
      free += sums.unselected[base + level]
      all += sums.matched[base + level]
    }
    let share = min(Self.selectedWeight / max(all, 1e-9), 1)
    let part = free > 0 ? share : 1
    return (base..<base + Level.count).map { place in
      let free = max(sums.unselected[place] - sums.unselectedMoved[place], 0)
      return free + part * max(sums.matched[place] - sums.moved[place] - free, 0)
    }
  }

  private func estimateM(_ field: Int, _ mostError: Double) {
    let base = field * Level.count
    let seen = seen(field)
    let shares = fields[field].bucketShares
    let codes = fields[field].codeNames.count
    var byCode = [Double](repeating: 0, count: codes)
    var total = seen[1]
    for level in 2..<Level.count where Level.code(level) < codes {
      byCode[Level.code(level)] += seen[level]
      total += seen[level]
    }
    let prior = Self.priorWeight
    let denominator = total + prior
    // No field is without error: a class in which one never differs is the class of that field's value, not of one origin.
    let (start, error) = (Self.startingWeight, startingError(field))
    m[base + 1] = max(
      (seen[1] + prior * (seen[1] + start * error) / (total + start)) / denominator, Self.leastError)
    if isDrawn[field] {
      m[base + 1] = (m[base + 1] + Self.tellingPrior * Self.tellingError) / (1 + Self.tellingPrior)
    }
    if isHeld[field] {
      m[base + 1] = min(m[base + 1], mostError)
    }
    let near = Self.startingNear / Double(codes)
    for level in 2..<Level.count where Level.code(level) < codes {
      let code = Level.code(level)
      let starting = code == 0 ? 1 - error - near * Double(codes - 1) : near
      let expected = shares[level] * (byCode[code] + start * starting) / (total + start)
      m[base + level] = max((seen[level] + prior * expected) / denominator, 1e-9)
    }
  }

  func estimateU(isFirst: Bool, isLast: Bool = false) {
    for field in fields.indices where given[field] == nil {
      estimateU(field, isFirst: isFirst)
      let base = field * Level.count
      if isLast {
        orders[field].apply(u.base + base, m: m.base + base) { own[base + $0] > 0 || sampled[base + $0] > 0 }
      } else {
        orders[field].restrain(u.base + base, m: m.base + base)
      }
      for place in field * Level.count..<(field + 1) * Level.count {
        weights[place] = m[place] > 0 && u[place] > 0 ? Float(log10(m[place] / u[place])) : 0
      }
    }
  }

  /// Share of the pairs of different origin that have the very same value in each of some fields, by chance.
  func chanceOfOneValue(_ fields: [Int]) -> Double {
    fields.reduce(1) { chance, field in
      let base = field * Level.count + 2
      return chance * (base..<base + Level.buckets).reduce(0) { $0 + u[$1] }
    }
  }

  private func setWeights(_ field: Int, _ own: [Float]) {
    for level in 0..<Level.count { weights[field * Level.count + level] = own[level] }
  }

  /// m and u of a field whose weights are given: what was seen of m, and u to go with it.
  private func describe(_ field: Int, _ own: [Float]) {
    let base = field * Level.count
    let total = max((1..<Level.count).reduce(0) { $0 + sums.matched[base + $1] }, 1)
    for level in 1..<Level.count {
      m[base + level] = sums.matched[base + level] / total
      u[base + level] = m[base + level] / pow(10, Double(own[level]))
    }
  }

  private func estimateU(_ field: Int, isFirst: Bool) {
    let base = field * Level.count
    let totals = knownTotals[field]
    let known = self.known[field]
    let knownPairs = max(known / max(randomPairs, 1) * allPairs, 1)
    let unseen = min(Self.unseenPairs, Self.unseenShare * knownPairs)
    var foreignKnown = 0.0
    for level in 1..<Level.count { foreignKnown += sums.foreign[base + level] }
    var agreed = 0.0
    for level in 2..<Level.count where Level.code(level) < fields[field].codeNames.count {
      var estimate: Double
      if totals[level].isFinite {
        let different = max(
          totals[level] - sums.matched[base + level], totals[level] * Self.uFloorShare, unseen)
        estimate = different / knownPairs
      } else if sampled[base + level] >= 10 {
        let share = sampled[base + level] / max(known, 1)
        estimate = max(share - sums.matched[base + level] / knownPairs, share * Self.uFloorShare)
      } else {
        let fromOwn =
          max(own[base + level] - sums.matched[base + level], own[base + level] * Self.uFloorShare, unseen)
          / knownPairs
        let fromForeign =
          isFirst || foreignKnown < 1 ? 0 : (sums.foreign[base + level] + 0.02) / (foreignKnown + 1)
        let ceiling = (sampled[base + level] + 1) / max(known, 1)
        estimate = max(fromOwn, min(fromForeign, ceiling))
      }
      u[base + level] = estimate
      agreed += estimate
    }
    u[base + 1] = max(1 - agreed, 1e-3)
  }
}
