import Glibc

/// Estimates a `NullModel`, step by step with the weights.
struct NullEstimation {
  let fields: [any ComparisonField]
  /// By key, field: whether the field is in the key.
  let touches: [[Bool]]
  /// By key, field: whether the null says anything of the field there; it does not where names are weighed as a whole.
  let isModelled: [[Bool]]
  /// By field: share of random pairs where both records have a value.
  let known: [Double]
  /// Pairs of weight that pull the levels of a field in the key to their shares in random pairs.
  static let ownWeight = 5.0
  /// Pairs without relatives that every key is taken to have.
  static let relativesWeight = 20.0
  /// A key of this many pairs of different origin is believed by half.
  static let baseWeight = 200.0

  private let telling: [Int]
  private let mayHaveRelatives: Packed<Bool>
  /// By key: fields in it, and fields outside, that the null tells of.
  private let inside: FieldLists
  private let outside: FieldLists

  /// By key, some of the fields.
  private struct FieldLists {
    private let fields: Packed<Int>
    private let starts: Packed<Int>

    init(_ lists: [[Int]]) {
      fields = Packed(lists.flatMap { $0 })
      starts = Packed(lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    }

    @inline(__always)
    func forEach(_ key: Int, _ body: (Int) -> Void) {
      for place in starts.base[key]..<starts.base[key + 1] { body(fields.base[place]) }
    }
  }
  private let starting: [Double]
  private var relatives: [Double]
  private var sharing: [Double]
  private var households: HouseholdEstimation?
  /// By field: whether only households share it. Neighbours have places in common, not names.
  private var isOfHouseholds: [Bool]

  /// `householdShare`: share of the pairs of different origin that may be of one household, to start with; `differing`: by
  /// field, of pairs at random where it is known, the share of those that differ; `records`: how many the table has;
  /// `isOfHomesAlone`: whether no field can tell people of one home apart.
  init(
    fields: [any ComparisonField], touches: [[Bool]], isModelled: [[Bool]], known: [Double],
    differing: [Double], householdShare: Double, records: Double, isOfHomesAlone: Bool
  ) {
    self.fields = fields
    self.touches = touches
    self.isModelled = isModelled
    self.known = known.map { min(max($0, 1e-6), 1 - 1e-6) }
    telling = TellingFields.find(fields)
    isOfHouseholds = Array(repeating: false, count: fields.count)
    // A given name that all have tells nobody of a household from another.
    let areTold = telling.contains {
      fields[$0].ownWeights != nil || differing[$0] >= HouseholdEstimation.leastDiffering
    }
    let isHomeKnown = fields.contains { $0.nature == .home }
    households =
      isOfHomesAlone || areTold && isHomeKnown
      ? HouseholdEstimation(
        fields: fields, share: householdShare, known: known, records: records, isAssumed: isOfHomesAlone)
      : nil
    // Who shares what is one person's own is no relative.
    let mayHaveRelatives = touches.map { touched in
      !fields.indices.contains { touched[$0] && fields[$0].nature == .individual }
    }
    self.mayHaveRelatives = Packed(mayHaveRelatives)
    inside = FieldLists(
      touches.indices.map { key in fields.indices.filter { touches[key][$0] && isModelled[key][$0] } })
    outside = FieldLists(
      touches.indices.map { key in fields.indices.filter { !touches[key][$0] && isModelled[key][$0] } })
    relatives = mayHaveRelatives.flatMap { may in
      Array(repeating: may ? NullModel.startingRelatives : 0, count: NullModel.sorts)
    }
    let starting = NullModel.startingSharing.flatMap { start in
      fields.map { $0.nature == .individual ? NullModel.sharingPrior : start }
    }
    self.starting = starting
    sharing = touches.flatMap { _ in starting }
    if households != nil {
      for field in fields.indices {
        guard let value = fields[field] as? ValueField, case .name = value.nearness, value.nature != .common
        else { continue }
        isOfHouseholds[field] = true
        for row in 0..<touches.count * NullModel.sorts { sharing[row * fields.count + field] = 0 }
      }
    }
  }

  /// Sums over the patterns of one round.
  struct Sums {
    /// By key: pairs of different origin.
    let different: Packed<Double>
    /// By key, sort: of those, relatives.
    let relatives: Packed<Double>
    /// By key, field, level: pairs of different origin, for fields in the key.
    let own: Packed<Double>
    /// By key, sort, field: relatives where the field is known, and those that share it.
    let known: Packed<Double>
    let shared: Packed<Double>
    let household: HouseholdEstimation.Sums

    init(keys: Int, fields: Int) {
      func zeros(_ count: Int) -> Packed<Double> { Packed(repeating: 0, count: count) }
      different = zeros(keys)
      relatives = zeros(keys * NullModel.sorts)
      own = zeros(keys * fields * Level.count)
      known = zeros(keys * NullModel.sorts * fields)
      shared = zeros(keys * NullModel.sorts * fields)
      household = HouseholdEstimation.Sums(fields: fields)
    }
  }

  /// Adds a pattern of `count` pairs of different origin, of which `household` is the share of households, and returns the
  /// share of relatives among them.
  func add(
    _ all: Double, key: Int, household: Double, _ level: (Int) -> Int, to sums: Sums, _ null: NullModel?
  ) -> Double {
    let width = fields.count
    if household > 0 { null?.households?.add(all * household, level, to: sums.household) }
    let count = all * (1 - household)
    sums.different[key] += count
    inside.forEach(key) { field in
      sums.own[(key * width + field) * Level.count + level(field)] += count
    }
    if !mayHaveRelatives[key] { return household }
    let start = NullModel.startingRelatives
    let shares = null?.relativesShares(key: key, level) ?? (start, start)
    add(count * shares.0, key: key, sort: 0, level, to: sums, null)
    add(count * shares.1, key: key, sort: 1, level, to: sums, null)
    return household + (1 - household) * (shares.0 + shares.1)
  }

  private func add(
    _ relatives: Double, key: Int, sort: Int, _ level: (Int) -> Int, to sums: Sums, _ null: NullModel?
  ) {
    let width = fields.count
    sums.relatives[key * NullModel.sorts + sort] += relatives
    if relatives < 1e-6 { return }
    outside.forEach(key) { field in
      let level = level(field)
      if level == 0 { return }
      let place = (key * NullModel.sorts + sort) * width + field
      sums.known[place] += relatives
      guard let null else {
        sums.shared[place] += relatives * sharing[place]
        return
      }
      // common is s m / u + (1 - s).
      let factor = null.commonFactor(key: key, sort: sort, field, level)
      sums.shared[place] += relatives * max(1 - (1 - sharing[place]) / max(factor, 1e-12), 0)
    }
  }

  /// Takes what a round found. `pairScale` is how many pairs one of the sample stands for.
  mutating func update(
    _ sums: Sums, joint: [JointFields], different: Double, matches: Double, pairScale: Double, isFirst: Bool
  ) {
    if isFirst {
      households?.begin(different: different, matches: matches)
    } else {
      households?.update(
        sums.household, joint: joint, different: different, matches: matches, pairScale: pairScale)
    }
    // Where there are no households after all, the relatives of a key may have what they would.
    let hasHouseholds = households?.isThere ?? false
    let width = fields.count
    for key in touches.indices where mayHaveRelatives[key] {
      for sort in 0..<NullModel.sorts {
        let row = key * NullModel.sorts + sort
        relatives[row] =
          max(sums.relatives[row] - NullModel.fewestRelatives * pairScale, 0)
          / max(sums.different[key] + Self.relativesWeight * pairScale, 1)
        for field in 0..<width where !(hasHouseholds && isOfHouseholds[field]) {
          let place = row * width + field
          let weight = NullModel.sharingWeight * pairScale
          let share = (sums.shared[place] + NullModel.sharingPrior * weight) / (sums.known[place] + weight)
          let most =
            fields[field].nature == .individual ? NullModel.mostSharedIndividual : NullModel.mostShared
          sharing[place] = min(share, most)
        }
      }
    }
  }

  /// The null as it stands. `different` and `matches` are the numbers of pairs of the table.
  func model(
    _ sums: Sums, m: Packed<Double>, u: Packed<Double>, families: FieldFamilies, different: Double,
    matches: Double, pairScale scale: Double
  ) -> NullModel {
    let width = fields.count
    let keys = touches.count
    let base = Packed<Float>(repeating: 0, count: keys)
    let own = Packed<Float>(repeating: 0, count: keys * width * Level.count)
    let common = Packed<Float>(repeating: 1, count: keys * NullModel.sorts * width * Level.count)
    var kept = [Double](repeating: 0, count: keys * NullModel.sorts * width)
    for key in 0..<keys {
      // A key that names are weighed by keeps to the pairs of the whole table.
      let isWhole = (0..<width).contains { touches[key][$0] && isModelled[key][$0] }
      let trust = sums.different[key] / (sums.different[key] + Self.baseWeight * scale)
      if isWhole { base[key] = Float(trust * log10(max(sums.different[key], 0.5) / max(different, 1))) }
      for field in 0..<width where isModelled[key][field] {
        let place = (key * width + field) * Level.count
        let levels = 2 + Level.buckets * fields[field].codeNames.count
        if touches[key][field] {
          guard isWhole else { continue }
          setOwn(own, at: place, field: field, levels: min(levels, Level.count), sums, u, trust: trust)
        } else {
          for sort in 0..<NullModel.sorts where relatives[key * NullModel.sorts + sort] > 0 {
            let row = (key * NullModel.sorts + sort) * width + field
            let shared = sharing[row]
            kept[row] = shared
            for level in 1..<min(levels, Level.count) {
              let (mine, theirs) = (m[field * Level.count + level], u[field * Level.count + level])
              guard mine > 0, theirs > 0 else { continue }
              common[row * Level.count + level] = Float(min(1 - shared + shared * mine / theirs, 1e12))
            }
          }
        }
      }
    }
    return NullModel(
      fieldCount: width, keyCount: keys, telling: telling, differentByKey: sums.different.array,
      relatives: relatives, sharing: kept,
      household: households.flatMap {
        $0.household(m: m, u: u, families: families, different: different, matches: matches)
      },
      base: base, own: own, common: common)
  }

  /// The levels of a field in the key, a missing value among them, drawn towards their shares in random pairs. Sorts of
  /// agreement that the key never makes are left alone.
  private func setOwn(
    _ own: Packed<Float>, at place: Int, field: Int, levels: Int, _ sums: Sums, _ u: Packed<Double>,
    trust: Double
  ) {
    var isSeen = [Bool](repeating: false, count: fields[field].codeNames.count + 2)
    func sort(_ level: Int) -> Int { level < 2 ? level : Level.code(level) + 2 }
    func background(_ level: Int) -> Double {
      level == 0 ? 1 - known[field] : known[field] * u[field * Level.count + level]
    }
    var total = 0.0
    for level in 0..<levels where sums.own[place + level] > 0 {
      isSeen[sort(level)] = true
      total += sums.own[place + level]
    }
    var expected = 0.0
    for level in 0..<levels where isSeen[sort(level)] { expected += background(level) }
    if expected <= 0 { return }
    for level in 0..<levels where isSeen[sort(level)] && background(level) > 0 {
      let share =
        (sums.own[place + level] + Self.ownWeight * background(level) / expected) / (total + Self.ownWeight)
      own[place + level] = Float(trust * log10(share / background(level)))
    }
  }
}
