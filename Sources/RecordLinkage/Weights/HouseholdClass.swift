import Glibc

/// Pairs of different people who have in common what a household has: surname, street, postcode, phone.
///
/// A third class beside pairs of one origin and all others, as latent class models of census records have it (Winkler,
/// Improved decision rules in the Fellegi-Sunter model of record linkage, 1993; Larsen and Rubin, Iterative automated
/// record linkage using mixture models, JASA 96, 2001). Without it, the pairs that agree on an address and a surname
/// and on nothing else are a class of their own all the same, and the nearest class is that of one origin. A pattern is
/// as likely in a household as the product over fields of
///
///     s m + (1 - s) u
///
/// with s the chance that a household shares the field, whatever key found the pair. Fields that differ together
/// (`JointFields`) are shared together. Where e-mail addresses and handles alone tell people apart (`TellingFields`), those
/// of a household may be made of one surname (roe1968, roe2004): with chance t they agree in that, as t m over the share of
/// such agreement in m.
///
/// Where names are weighed as a whole (`NamingModel`), what strangers have in common of them is known together and not
/// field by field. Then names tell strangers from kin, which is either, and kin is parted by what is known of the two:
/// households are to pairs of one origin as
///
///     households / matches * product over names of (s m + (1 - s) u) / m
final class HouseholdClass: Sendable {
  /// Share of the class in all pairs of different origin.
  let share: Double
  /// Pairs of the class, by pairs of one origin.
  let perMatch: Double
  /// By field: chance of sharing it.
  let sharing: [Double]
  /// By field and level: chance of sharing a surname in it, over how often pairs of one origin agree so; at the first level
  /// the chance itself.
  let surnames: Packed<Double>
  /// Fields that are shared together, and the chance of that.
  let joint: [(fields: [Int], sharing: Double)]
  /// The other fields: names and handles, and all else.
  let names: [Int]
  let single: [Int]
  /// By field and level: m over u.
  let ratios: Packed<Float>
  /// What `lookup` points at.
  private let tables: Tables
  /// The class without the objects.
  let lookup: Lookup

  init(
    share: Double, perMatch: Double, sharing: [Double], surnames: Packed<Double>,
    joint: [(fields: [Int], sharing: Double)], names: [Int], single: [Int], ratios: Packed<Float>
  ) {
    self.share = share
    self.perMatch = perMatch
    self.sharing = sharing
    self.surnames = surnames
    self.joint = joint
    self.names = names
    self.single = single
    self.ratios = ratios
    tables = Tables(
      sharing: sharing, surnames: surnames, joint: joint, names: names, single: single, ratios: ratios)
    lookup = Lookup(share: share, perMatch: perMatch, ratios: UnsafePointer(ratios.base), tables)
  }

  /// What a field adds to a product at each of its levels, worked out once, and lists of fields in plain memory.
  fileprivate struct Tables: Sendable {
    /// By field and level: how much more likely the level is in the class than by chance, and than in pairs of one origin.
    let factors: Packed<Double>
    let partings: Packed<Double>
    /// By field and level, of pairs of the class the shares that have the field, or a surname in it, in common.
    let shared: Packed<Double>
    let surnames: Packed<Double>
    let names: Packed<Int>
    let single: Packed<Int>
    /// Groups end to end, where each begins, and the chance of sharing it.
    let jointFields: Packed<Int>
    let jointStarts: Packed<Int>
    let jointSharing: Packed<Double>

    init(
      sharing: [Double], surnames chances: Packed<Double>, joint: [(fields: [Int], sharing: Double)],
      names: [Int], single: [Int], ratios: Packed<Float>
    ) {
      factors = Packed(repeating: 1, count: ratios.count)
      partings = Packed(repeating: 1, count: ratios.count)
      shared = Packed(repeating: 0, count: ratios.count)
      surnames = Packed(repeating: 0, count: ratios.count)
      for place in 0..<ratios.count where place % Level.count != 0 {
        let (chance, ratio) = (sharing[place / Level.count], Double(ratios[place]))
        let rest = 1 - chance - chances[place / Level.count * Level.count]
        factors[place] = max((chance + chances[place]) * ratio + rest, 1e-12)
        partings[place] = chance + chances[place] + rest / max(ratio, 1e-9)
        shared[place] = chance * ratio / factors[place]
        surnames[place] = chances[place] * ratio / factors[place]
      }
      self.names = Packed(names)
      self.single = Packed(single)
      jointFields = Packed(joint.flatMap(\.fields))
      jointStarts = Packed(joint.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.fields.count) })
      jointSharing = Packed(joint.map(\.sharing))
    }
  }

  /// What a pattern says of the class, for loops over pairs: an object in them costs more than what it is asked. Valid
  /// while the class lives.
  struct Lookup: BitwiseCopyable, @unchecked Sendable {
    private let share: Double
    private let perMatch: Double
    private let ratios: UnsafePointer<Float>
    private let factors: UnsafePointer<Double>
    private let partings: UnsafePointer<Double>
    private let shared: UnsafePointer<Double>
    private let surnames: UnsafePointer<Double>
    private let names: UnsafePointer<Int>
    private let nameCount: Int
    private let single: UnsafePointer<Int>
    private let singleCount: Int
    private let jointFields: UnsafePointer<Int>
    private let jointStarts: UnsafePointer<Int>
    private let jointSharing: UnsafePointer<Double>
    private let jointCount: Int

    fileprivate init(share: Double, perMatch: Double, ratios: UnsafePointer<Float>, _ tables: Tables) {
      self.share = share
      self.perMatch = perMatch
      self.ratios = ratios
      factors = UnsafePointer(tables.factors.base)
      partings = UnsafePointer(tables.partings.base)
      shared = UnsafePointer(tables.shared.base)
      surnames = UnsafePointer(tables.surnames.base)
      (names, nameCount) = (UnsafePointer(tables.names.base), tables.names.count)
      (single, singleCount) = (UnsafePointer(tables.single.base), tables.single.count)
      jointFields = UnsafePointer(tables.jointFields.base)
      jointStarts = UnsafePointer(tables.jointStarts.base)
      (jointSharing, jointCount) = (UnsafePointer(tables.jointSharing.base), tables.jointSharing.count)
    }

    /// How much more likely a pattern is in the class, and to be in it, than in pairs in which all fields agree by chance.
    @inline(__always)
    func likelihood(_ level: (Int) -> Int) -> Double {
      share * Self.product(factors, names, nameCount, level) * others(level)
    }

    /// How much more likely the levels of all but names are in the class than by chance.
    @inline(__always)
    private func others(_ level: (Int) -> Int) -> Double {
      var product = Self.product(factors, single, singleCount, level)
      for group in 0..<jointCount { product *= 1 + jointSharing[group] * (ratio(ofGroup: group, level) - 1) }
      return product
    }

    @inline(__always)
    private static func product(
      _ table: UnsafePointer<Double>, _ fields: UnsafePointer<Int>, _ count: Int, _ level: (Int) -> Int
    ) -> Double {
      var product = 1.0
      for position in 0..<count {
        let field = fields[position]
        product *= table[field &* Level.count &+ level(field)]
      }
      return product
    }

    @inline(__always)
    private func ratio(ofGroup group: Int, _ level: (Int) -> Int) -> Double {
      var ratio = 1.0
      for place in jointStarts[group]..<jointStarts[group &+ 1] {
        let field = jointFields[place]
        ratio *= Double(ratios[field &* Level.count &+ level(field)])
      }
      return ratio
    }

    /// What all but names says of kin against strangers, in two parts that add up: of one origin, and of one household.
    /// `rest` is log10 LR between one origin and strangers.
    @inline(__always)
    func kin(rest: Float, _ level: (Int) -> Int) -> (same: Double, household: Double) {
      // Households by pairs of one origin, among pairs with such names.
      let perMatch = perMatch * Self.product(partings, names, nameCount, level)
      return (
        exp(Double(rest) * 2.302585092994046) / (1 + perMatch), others(level) * perMatch / (1 + perMatch)
      )
    }

    /// Adds `count` pairs of the class of one pattern.
    @inline(__always)
    func add(_ count: Double, _ level: (Int) -> Int, to sums: HouseholdEstimation.Sums) {
      sums.pairs[0] += count
      // As many as there can be patterns would come to less than one pair.
      if count < 1e-6 { return }
      for (fields, length) in [(names, nameCount), (single, singleCount)] {
        for position in 0..<length {
          let field = fields[position]
          let level = level(field)
          if level == 0 { continue }
          sums.known[field] += count
          sums.shared[field] += count * shared[field &* Level.count &+ level]
          sums.surnames[field] += count * surnames[field &* Level.count &+ level]
        }
      }
      for group in 0..<jointCount {
        let (start, end) = (jointStarts[group], jointStarts[group &+ 1])
        guard (start..<end).contains(where: { level(jointFields[$0]) != 0 }) else { continue }
        let first = jointFields[start]
        let shared = jointSharing[group] * ratio(ofGroup: group, level)
        sums.jointKnown[first] += count
        sums.jointShared[first] += count * shared / max(shared + 1 - jointSharing[group], 1e-12)
      }
    }
  }
}

/// Estimates a `HouseholdClass`, step by step with the weights.
struct HouseholdEstimation {
  /// Chance of sharing what people have in common, and what is one person's own, before anything was seen.
  static let startingSharing = (common: 0.9, individual: 0.05)
  /// Chance that e-mail addresses or handles of two people of a household are made of one surname, before anything was seen,
  /// and the most.
  static let startingSurnames = 0.2
  static let mostSurnames = 0.8
  /// The most that it shares of what is one person's own: a name of father and son, a birthday of twins.
  static let mostSharedIndividual = 0.1
  /// The same of an e-mail address or handle where nothing better tells people apart (`TellingFields`): seldom a couple's.
  static let startingSharedAddress = 0.002
  static let mostSharedAddress = 0.004
  /// It must explain this many pairs more than none would, to be there at all; fewer in a table of few records, in
  /// proportion, which has no twenty such pairs though all its people live in families.
  static let fewestPairs = 20.0
  static let recordsOfFewestPairs = 400.0
  /// The same, by records, up to `fewestPairs`, where one field alone tells people apart, as a given name does without dates
  /// of birth, or the others are known of both in less than `mostlyKnown` of pairs. Those of one home differ in that field
  /// alone, and are taken for one origin, which may differ in it in two of five cases, before there are so many more of them.
  /// Where two tell, so few find a class where there is none (FEBRL's third set: precision .998 in place of 1.000).
  static let fewestPairsOfOneField = 0.005
  static let mostlyKnown = 0.5
  /// Two people at random differ at least this often in a given name or date of birth, or nothing tells those of a household
  /// apart.
  static let leastDiffering = 0.5
  /// A surname or a part of an address that a household shares at least by this chance.
  static let leastShared = 0.5
  /// Two people of one household differ at least this often in what tells people apart; a class that seldom does is of
  /// pairs of one origin, which share a city, a device and an address as well.
  static let leastTelling = 0.5
  /// Share of the class before anything was seen, in pairs of one origin.
  static let startingShare = 0.3

  private let fields: [any ComparisonField]
  /// The fields that tell people apart and that last: of e-mail addresses a person may have several, so that agreement in
  /// them tells too little.
  private let lasting: [Int]
  /// Whether names or dates of birth tell people apart, so that data alone teach what there is of the class.
  private let isLearnt: Bool
  /// Whether nothing tells people apart, so that data teach nothing of how many pairs there are.
  private let isAssumed: Bool
  /// Pairs that the class must explain.
  private let fewest: Double
  private var share: Double
  private var sharing: [Double]
  /// By field: what `sharing` is before anything was seen.
  private let starting: [Double]
  /// By field: whether it is an e-mail address or handle that tells people apart.
  private let isAddress: [Bool]
  /// By field: the chance of sharing a surname in it; 0 where given names or dates of birth tell people apart.
  private var surnameSharing: [Double]
  /// By first field of a group that is shared together.
  private var jointSharing: [Double]

  /// Whether there are such pairs.
  var isThere: Bool { share > 0 }

  /// `share`: of all pairs of different origin, to start with; `known`: by field, share of random pairs where both records
  /// have a value; `records`: how many the table has; `isAssumed`: whether no field can tell people of one home apart.
  init(
    fields: [any ComparisonField], share: Double, known: [Double], records: Double, isAssumed: Bool
  ) {
    self.fields = fields
    self.share = share
    self.isAssumed = isAssumed
    jointSharing = fields.map { _ in Self.startingSharing.common }
    let telling = TellingFields.find(fields)
    lasting = telling.filter { fields[$0].isLasting }
    isLearnt = !lasting.isEmpty
    let often = lasting.count { known[$0] >= Self.mostlyKnown }
    let part = often > 1 ? Self.fewestPairs / Self.recordsOfFewestPairs : Self.fewestPairsOfOneField
    fewest = lasting.isEmpty ? 0 : min(part * records, Self.fewestPairs)
    let isAddress = fields.indices.map { field in
      telling.contains(field) && !fields[field].isLasting && !fields[field].surnameCodes.isEmpty
    }
    self.isAddress = isAddress
    surnameSharing = isAddress.map { $0 ? Self.startingSurnames : 0 }
    starting = fields.indices.map { field in
      if isAddress[field] { return Self.startingSharedAddress }
      return fields[field].nature == .individual
        ? Self.startingSharing.individual : Self.startingSharing.common
    }
    sharing = starting
  }

  /// Sums over the patterns of one round.
  struct Sums {
    /// Pairs of the class, a single number.
    let pairs = Packed<Double>(repeating: 0, count: 1)
    /// By field, and by first field of a group: pairs of the class where it is known, and those that share it.
    let known: Packed<Double>
    let shared: Packed<Double>
    /// By field: those that share a surname in it.
    let surnames: Packed<Double>
    let jointKnown: Packed<Double>
    let jointShared: Packed<Double>

    init(fields: Int) {
      func zeros() -> Packed<Double> { Packed(repeating: 0, count: fields) }
      (known, shared, surnames) = (zeros(), zeros(), zeros())
      (jointKnown, jointShared) = (zeros(), zeros())
    }
  }

  /// Takes the numbers of pairs of a first round, in which households were not told from one person.
  mutating func begin(different: Double, matches: Double) {
    if !isLearnt { share = HomeSizes.pairsOfTwoPerOne * matches / max(different, 1) }
  }

  /// Takes what a round found. `pairScale` is how many pairs one of the sample stands for, `different` and `matches` how
  /// many pairs of different and of one origin the table has.
  mutating func update(
    _ sums: Sums, joint: [JointFields], different: Double, matches: Double, pairScale: Double
  ) {
    let weight = NullModel.sharingWeight * pairScale
    share = max(sums.pairs[0] - fewest * pairScale, 0) / max(different, 1)
    if isAssumed { share = HomeSizes.pairsOfTwoPerOne * matches / max(different, 1) }
    // Where what is shared must not tell the two apart, a home has it as surely as one person has.
    let mostShared = isLearnt ? NullModel.mostShared : 1 - LevelEstimates.leastError
    for field in fields.indices {
      let isOwn = fields[field].nature == .individual
      let start = starting[field]
      sharing[field] = min(
        (sums.shared[field] + start * weight) / (sums.known[field] + weight),
        isOwn
          ? (isAddress[field] ? Self.mostSharedAddress : isLearnt ? Self.mostSharedIndividual : start)
          : mostShared)
      if surnameSharing[field] > 0 {
        surnameSharing[field] = min(
          (sums.surnames[field] + Self.startingSurnames * weight) / (sums.known[field] + weight),
          Self.mostSurnames)
      }
      jointSharing[field] = min(
        (sums.jointShared[field] + start * weight) / (sums.jointKnown[field] + weight), mostShared)
    }
    if !isAssumed, !isHousehold(joint) || !isOfSeveralPeople(sums) { share = 0 }
  }

  /// Whether the class has in common what a household has: its name or its place. People behind one proxy, or accounts
  /// of one device, are a class of their own but no household.
  private func isHousehold(_ joint: [JointFields]) -> Bool {
    fields.indices.contains { field in
      guard fields[field].nature == .home else { return false }
      let group = joint.first { $0.fields.contains(field) }
      return (group.map { jointSharing[$0.fields[0]] } ?? sharing[field]) >= Self.leastShared
    }
  }

  /// Whether the pairs of the class, where what tells people apart is known of both, differ in it as people do.
  private func isOfSeveralPeople(_ sums: Sums) -> Bool {
    let known = lasting.reduce(0) { $0 + sums.known[$1] }
    return lasting.reduce(0) { $0 + sums.shared[$1] } <= known * (1 - Self.leastTelling)
  }

  /// The class as it stands; nil once there are no such pairs.
  func household(
    m: Packed<Double>, u: Packed<Double>, families: FieldFamilies, different: Double, matches: Double
  ) -> HouseholdClass? {
    if !isThere { return nil }
    let ratios = Packed<Float>(repeating: 1, count: fields.count * Level.count)
    for place in 0..<ratios.count where place % Level.count != 0 && m[place] > 0 && u[place] > 0 {
      ratios[place] = Float(min(m[place] / u[place], 1e9))
    }
    let surnames = Packed<Double>(repeating: 0, count: ratios.count)
    for field in fields.indices where surnameSharing[field] > 0 {
      let base = field * Level.count
      let places = (base + 2..<base + Level.count).filter {
        fields[field].surnameCodes.contains(Level.code($0 - base))
      }
      // Where weights are given, m is what was seen and no more.
      let agreeing =
        fields[field].ownWeights == nil
        ? places.reduce(0) { $0 + m[$1] } : LevelEstimates.mostErrorAtFirst
      if agreeing <= 0 { continue }
      surnames[base] = surnameSharing[field]
      for place in places { surnames[place] = surnameSharing[field] / agreeing }
    }
    return HouseholdClass(
      share: share, perMatch: share * different / max(matches, 1), sharing: sharing, surnames: surnames,
      joint: families.joint.map { ($0.fields, jointSharing[$0.fields[0]]) },
      names: families.names + families.handles, single: families.single, ratios: ratios)
  }
}
