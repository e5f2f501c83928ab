import Glibc

/// Estimates a `MatchModel` from pairs without labels.
///
/// Two classes: pairs of one origin and pairs of different origin. The universe is all pairs of records, of which the
/// candidates are the ones looked at: what is not a candidate is taken as different. Pairs of one origin are alike
/// whatever key found them; pairs of different origin are not (`NullModel`). `LevelEstimates` says how m and u are
/// estimated, `JointFields` and `NamingModel` how fields that depend on each other are weighed.
struct ExpectationMaximisation {
  /// Rounds of E and M; of them, those at first in which matches are held to agree in what lasts.
  static let rounds = 16
  static let strictRounds = 8
  /// Trees between two estimates of all else.
  static let stride = 8

  let fields: [any ComparisonField]
  var families: FieldFamilies
  /// By key: whether agreement in a field is no news for pairs it makes.
  let keyTouchesField: [[Bool]]
  /// By key: whether the levels of its fields tell of it.
  let keyIsOfWholeValues: [Bool]
  let candidates: PatternTable
  /// Candidates stand for this many each.
  let candidateScale: Double
  let random: PatternTable
  let randomPairs: Double
  let allPairs: Double
  /// By field and level: how many of all pairs are there, where that is known (`ComparisonField.knownTotals`).
  let knownTotals: [[Double]]
  let records: Double
  /// Whether every field is of what all at home have in common (`FieldPlan.isOfHomesAlone`).
  let isOfHomesAlone: Bool

  /// Estimates the model.
  ///
  /// A class of pairs of which two in five differ in a name and in a date of birth is one of several people: where a table
  /// holds next to none of one origin, two who share a given name and an address made of it fit together best. Then pairs of
  /// one origin are held to differ less often in what lasts, step by step.
  mutating func run() -> MatchModel {
    var mostError = LevelEstimates.mostError
    var model = run(mostError: mostError)
    var doubted: [Int] = []
    for less in LevelEstimates.mostErrorOfDoubted {
      let found = ClassDoubt.doubted(fields, model, mostError: mostError)
      guard
        doubted.isEmpty ? ClassDoubt.areSeveral(found, fields, model) : found.count >= min(doubted.count, 2)
      else { break }
      if doubted.isEmpty { doubted = found }
      families.joint = []
      mostError = less
      model = run(mostError: mostError)
      model.doubted = doubted
    }
    return model
  }

  private mutating func run(mostError: Double) -> MatchModel {
    let patternCount = candidates.count
    let others = PatternParts(candidates, fields: families.others)
    var levels = LevelEstimates(
      fields: fields, candidates: candidates, candidateScale: candidateScale, random: random,
      randomPairs: randomPairs, allPairs: allPairs, knownTotals: knownTotals, isOfHomesAlone: isOfHomesAlone)
    var matches = min(max(records * 0.5, 1), allPairs * 0.5)
    var naming = NamingModel.Training(families: families, candidates: candidates)
    var nulls = NullEstimation(
      fields: fields, touches: keyTouchesField, isModelled: modelledFields(isNamingLearnt: naming != nil),
      known: levels.knownShare, differing: levels.differingShare,
      householdShare: HouseholdEstimation.startingShare * matches / allPairs, records: records,
      isOfHomesAlone: isOfHomesAlone)
    var null: NullModel?
    let probabilities = Packed<Double>(repeating: 0, count: patternCount)
    // By pattern: log10 LR of all but names that are learnt.
    let rest = Packed<Float>(repeating: 0, count: patternCount)
    // Where there are households.
    var kin: KinPatterns?
    levels.estimateU(isFirst: true)
    findNamesakes(levels)
    let steps = naming == nil ? Self.rounds : Self.rounds + NamingModel.trees
    for step in 0..<steps {
      let learnsNaming = step >= Self.rounds
      if !learnsNaming || step % Self.stride == 0 {
        weigh(levels.weights, others, null, learnsNaming ? naming : nil, into: rest, &kin)
      }
      expect(
        rest, prior: log10(matches / max(allPairs - matches, 1)), learnsNaming ? naming : nil, kin,
        into: probabilities)
      var total = 0.0
      for pattern in 0..<patternCount {
        total += probabilities[pattern] * Double(candidates.counts[pattern])
      }
      matches = min(max(total * candidateScale, 1), allPairs * 0.9)
      if learnsNaming || step == Self.rounds - 1 {
        let chances = learnsNaming ? kin?.chances ?? probabilities : probabilities
        naming?.learn(chances, candidates, isFirst: !learnsNaming)
      }
      // Those that moved are lost to the matches soon if their address counts part by part.
      if step == 1 || step == 4 || step == Self.strictRounds { findJointFields(probabilities) }
      if !learnsNaming || step % Self.stride == Self.stride - 1 {
        let sums = count(probabilities, null, nulls, kin, &levels)
        let different = max(allPairs - matches, 1)
        nulls.update(
          sums, joint: families.joint, different: different, matches: matches, pairScale: candidateScale,
          isFirst: null == nil)
        let most = step < Self.strictRounds ? min(mostError, LevelEstimates.mostErrorAtFirst) : mostError
        levels.estimateM(mostError: most)
        // Before the null is made, which weighs by m over u: with u of the round before, the matches still in it, what a
        // household has in common weighs next to nothing in it, and no pair is one of a household.
        levels.estimateU(isFirst: false)
        findNamesakes(levels)
        null = nulls.model(
          sums, m: levels.m, u: levels.u, families: families, different: different, matches: matches,
          pairScale: candidateScale)
      }
    }
    levels.estimateU(isFirst: false, isLast: true)
    weigh(levels.weights, others, null, naming, into: rest, &kin)
    let names = naming?.model(rest, candidates)
    expect(rest, prior: log10(matches / max(allPairs - matches, 1)), naming, kin, into: probabilities)
    var pairsByKey = [Double](repeating: 0, count: keyTouchesField.count)
    var matchesByKey = pairsByKey
    for pattern in 0..<patternCount {
      let count = Double(candidates.counts[pattern]) * candidateScale
      pairsByKey[candidates.key(pattern)] += count
      matchesByKey[candidates.key(pattern)] += probabilities[pattern] * count
    }
    var model = MatchModel(
      priorLog10Odds: log10(matches / max(allPairs - matches, 1)), matches: matches, weights: levels.weights,
      m: levels.m, u: levels.u, fieldCount: fields.count, naming: names, null: null,
      families: families,
      pairsByKey: pairsByKey, matchesByKey: matchesByKey)
    model.decoys = DecoyScores(
      model, candidates: candidates, scale: candidateScale, probabilities: probabilities, random: random,
      isKept: keptFields())
    return model
  }

  /// Finds out how many records are of other people with the name of one.
  private mutating func findNamesakes(_ levels: LevelEstimates) {
    let namesakes = levels.chanceOfOneValue(families.names) * allPairs
    families.expect(namesakes: namesakes / max(records, 1))
  }

  /// By key and field, whether the field goes with the key: it is in the key, or of one family with a field that is.
  private func keptFields() -> [[Bool]] {
    let families = [self.families.names + self.families.handles] + self.families.joint.map(\.fields)
    return keyTouchesField.map { touched in
      var kept = touched
      for family in families
      where family.contains(where: { touched[$0] && !(fields[$0] is NameInHandleField) }) {
        for field in family { kept[field] = true }
      }
      return kept
    }
  }

  /// By key and field, whether the null tells of the field: not of names where they are learnt as a whole.
  private func modelledFields(isNamingLearnt: Bool) -> [[Bool]] {
    let names = Set(families.names + families.handles)
    let handles = Set(families.handles)
    return keyTouchesField.indices.map { key in
      fields.indices.map { field in
        if fields[field].ownWeights != nil { return false }
        if isNamingLearnt, key < families.namingKeys, names.contains(field) { return false }
        if !keyTouchesField[key][field] { return true }
        return keyIsOfWholeValues[key] && !handles.contains(field)
      }
    }
  }

  private func weigh(
    _ weights: Packed<Float>, _ others: PatternParts, _ null: NullModel?, _ naming: NamingModel.Training?,
    into rest: Packed<Float>, _ kin: inout KinPatterns?
  ) {
    let (families, groups) = (families, naming?.groupOfPattern.base)
    let households = null?.households
    kin = households == nil ? nil : kin ?? KinPatterns(candidates.count)
    let kin = kin
    let ofOthers = others.map { level in families.othersWeight(weights, level) }
    let plain = null?.sums
    var row = candidates.rows
    for pattern in 0..<candidates.count {
      let levels = row + 1
      let level = { (field: Int) in Int(levels[field]) }
      var sum = ofOthers[others.number(of: pattern)]
      let isWhole = groups.map { $0[pattern] >= 0 } ?? false
      if !isWhole { sum += families.namingWeight(weights, level) }
      if let null, let plain {
        let key = Int(row[0])
        if isWhole, let households {
          sum -= null.log10ExcessWithoutHouseholds(key: key, level)
          sum = kin?.set(pattern, households.kin(rest: sum, level)) ?? sum
        } else if null.isSum(key: key) {
          sum -= plain.log10Excess(key: key, level)
        } else {
          let parted = null.parted(key: key, level)
          sum -= parted.log10Excess
          kin?.set(pattern, householdShare: parted.householdShare)
        }
      }
      rest[pattern] = sum
      row += candidates.width
    }
  }

  private func expect(
    _ rest: Packed<Float>, prior: Double, _ naming: NamingModel.Training?, _ kin: KinPatterns?,
    into probabilities: Packed<Double>
  ) {
    let (rest, probabilities, count) = (rest.base, probabilities.base, candidates.count)
    let others = prior * 2.302585093
    func expect(_ groups: UnsafePointer<Int32>?, _ scores: UnsafePointer<Double>?) {
      for pattern in 0..<count {
        var logOdds = others
        if let groups, let scores, groups[pattern] >= 0 { logOdds = scores[Int(groups[pattern])] }
        probabilities[pattern] = 1 / (1 + exp(-(logOdds + Double(rest[pattern]) * 2.302585093)))
      }
    }
    guard let naming else { return expect(nil, nil) }
    naming.withScores { expect($0, $1) }
    kin?.part(probabilities)
  }

  private mutating func findJointFields(_ probabilities: Packed<Double>) {
    let eligible = families.others.filter { fields[$0].nature != .individual }
    let candidates = candidates
    families.joint = JointFields.find(among: eligible) { add in
      for pattern in 0..<candidates.count where probabilities[pattern] > 1e-3 {
        let levels = candidates.rows + pattern * candidates.width + 1
        add({ Int(levels[$0]) }, probabilities[pattern] * Double(candidates.counts[pattern]))
      }
    }
  }

  /// Adds up what the patterns say of m, u and the null.
  private mutating func count(
    _ probabilities: Packed<Double>, _ null: NullModel?, _ nulls: NullEstimation, _ kin: KinPatterns?,
    _ estimates: inout LevelEstimates
  ) -> NullEstimation.Sums {
    let weights = estimates.weights
    let (candidates, joints) = (candidates, families.joint)
    let fieldCount = fields.count
    let seen = LevelEstimates.Sums(fields: fieldCount)
    let sums = NullEstimation.Sums(keys: keyTouchesField.count, fields: fieldCount)
    var stay = [Double](repeating: 0, count: families.joint.count)
    var stayKnown = stay
    // By key and field: whether the field is in the key; whether it was in none up to it.
    let touches = Packed(keyTouchesField.flatMap { $0 })
    let isFree = Packed(
      keyTouchesField.indices.flatMap { key in
        fields.indices.map { field in !keyTouchesField[...key].contains { $0[field] } }
      })
    var row = candidates.rows
    for pattern in 0..<candidates.count {
      let count = Double(candidates.counts[pattern]) * candidateScale
      let matched = probabilities[pattern] * count
      let key = Int(row[0])
      let levels = row + 1
      row += candidates.width
      let level = { (field: Int) in Int(levels[field]) }
      let relatives = nulls.add(
        count - matched, key: key, household: kin?.householdShare(pattern) ?? 0, level, to: sums, null)
      let strangers = (count - matched) * (1 - relatives)
      let isMatched = matched > 1e-9
      for field in 0..<fieldCount {
        let place = field * Level.count + level(field)
        if !touches[key * fieldCount + field] { seen.foreign[place] += strangers }
        if isMatched {
          seen.matched[place] += matched
          if isFree[key * fieldCount + field] { seen.unselected[place] += matched }
        }
      }
      guard isMatched else { continue }
      for number in 0..<joints.count {
        let joint = joints[number]
        let share = joint.stayShare(weights, level)
        var isKnown = false
        for field in joint.fields where level(field) != 0 {
          isKnown = true
          let place = field * Level.count + level(field)
          seen.moved[place] += matched * (1 - share)
          if isFree[key * fieldCount + field] { seen.unselectedMoved[place] += matched * (1 - share) }
        }
        if isKnown {
          stay[number] += matched * share
          stayKnown[number] += matched
        }
      }
    }
    estimates.sums = seen
    for number in families.joint.indices {
      families.joint[number].stay = min((stay[number] + 8) / (stayKnown[number] + 10), 1 - 1e-6)
    }
    return sums
  }
}
