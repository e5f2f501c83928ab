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
/// (`JointFields`) are shared together.
///
/// Where names are weighed as a whole (`NamingModel`), what strangers have in common of them is known together and not
/// field by field. Then names tell strangers from kin, which is either, and kin is parted by what is known of the two:
/// households are to pairs of one origin as
///
///     households / matches * product over names of (s m + (1 - s) u) / m
struct HouseholdClass: Sendable {
  /// Share of the class in all pairs of different origin.
  let share: Double
  /// Pairs of the class, by pairs of one origin.
  let perMatch: Double
  /// By field: chance of sharing it.
  let sharing: [Double]
  /// Fields that are shared together, and the chance of that.
  let joint: [(fields: [Int], sharing: Double)]
  /// The other fields: names and handles, and all else.
  let names: [Int]
  let single: [Int]
  /// By field and level: m over u.
  let ratios: Packed<Float>

  /// How much more likely a pattern is in the class, and to be in it, than in pairs in which all fields agree by chance.
  @inline(__always)
  func likelihood(_ level: (Int) -> Int) -> Double {
    share * product(names, level) * others(level)
  }

  /// How much more likely the levels of all but names are in the class than by chance.
  @inline(__always)
  func others(_ level: (Int) -> Int) -> Double {
    var product = product(single, level)
    for group in 0..<joint.count {
      product *= 1 + joint[group].sharing * (ratio(joint[group].fields, level) - 1)
    }
    return product
  }

  /// Households by pairs of one origin, among pairs with such names.
  @inline(__always)
  func perMatch(_ level: (Int) -> Int) -> Double {
    var product = perMatch
    for position in 0..<names.count {
      let field = names[position]
      let ratio = Double(ratios[field * Level.count + level(field)])
      product *= sharing[field] + (1 - sharing[field]) / max(ratio, 1e-9)
    }
    return product
  }

  /// What all but names says of kin against strangers, in two parts that add up: of one origin, and of one household.
  /// `rest` is log10 LR between one origin and strangers.
  @inline(__always)
  func kin(rest: Float, _ level: (Int) -> Int) -> (same: Double, household: Double) {
    let perMatch = perMatch(level)
    return (pow(10, Double(rest)) / (1 + perMatch), others(level) * perMatch / (1 + perMatch))
  }

  @inline(__always)
  private func product(_ fields: [Int], _ level: (Int) -> Int) -> Double {
    var product = 1.0
    for position in 0..<fields.count {
      let field = fields[position]
      product *= 1 + sharing[field] * (Double(ratios[field * Level.count + level(field)]) - 1)
    }
    return product
  }

  @inline(__always)
  func ratio(_ fields: [Int], _ level: (Int) -> Int) -> Double {
    var ratio = 1.0
    for position in 0..<fields.count {
      let field = fields[position]
      ratio *= Double(ratios[field * Level.count + level(field)])
    }
    return ratio
  }
}

/// Estimates a `HouseholdClass`, step by step with the weights.
struct HouseholdEstimation {
  /// Chance of sharing what people have in common, and what is one person's own, before anything was seen.
  static let startingSharing = (common: 0.9, individual: 0.05)
  /// The most that it shares of what is one person's own: a name of father and son, a birthday of twins.
  static let mostSharedIndividual = 0.1
  /// It must explain this many pairs more than none would, to be there at all.
  static let fewestPairs = 20.0
  /// Two people at random differ at least this often in a given name or date of birth, or nothing tells those of a household
  /// apart.
  static let leastDiffering = 0.5
  /// A surname or a part of an address that a household shares at least by this chance.
  static let leastShared = 0.5
  /// Share of the class before anything was seen, in pairs of one origin.
  static let startingShare = 0.3

  private let fields: [any ComparisonField]
  private var share: Double
  private var sharing: [Double]
  /// By first field of a group that is shared together.
  private var jointSharing: [Double]

  /// Whether there are such pairs.
  var isThere: Bool { share > 0 }

  init(fields: [any ComparisonField], share: Double) {
    self.fields = fields
    self.share = share
    sharing = fields.map {
      $0.nature == .individual ? Self.startingSharing.individual : Self.startingSharing.common
    }
    jointSharing = fields.map { _ in Self.startingSharing.common }
  }

  /// Sums over the patterns of one round.
  struct Sums {
    /// Pairs of the class.
    var pairs = 0.0
    /// By field, and by group: pairs of the class where it is known, and those that share it.
    var known: [Double]
    var shared: [Double]
    var jointKnown: [Double]
    var jointShared: [Double]

    init(fields: Int) {
      known = Array(repeating: 0, count: fields)
      (shared, jointKnown, jointShared) = (known, known, known)
    }
  }

  /// Adds `count` pairs of the class of one pattern.
  func add(_ count: Double, _ household: HouseholdClass, _ level: (Int) -> Int, to sums: inout Sums) {
    sums.pairs += count
    if count < 1e-9 { return }
    for field in household.names + household.single where level(field) != 0 {
      let shared = household.sharing[field] * Double(household.ratios[field * Level.count + level(field)])
      sums.known[field] += count
      sums.shared[field] += count * shared / max(shared + 1 - household.sharing[field], 1e-12)
    }
    for group in household.joint where group.fields.contains(where: { level($0) != 0 }) {
      let shared = group.sharing * household.ratio(group.fields, level)
      sums.jointKnown[group.fields[0]] += count
      sums.jointShared[group.fields[0]] += count * shared / max(shared + 1 - group.sharing, 1e-12)
    }
  }

  /// Takes what a round found. `pairScale` is how many pairs one of the sample stands for, `different` how many pairs
  /// of different origin the table has.
  mutating func update(_ sums: Sums, joint: [JointFields], different: Double, pairScale: Double) {
    let weight = NullModel.sharingWeight * pairScale
    share = max(sums.pairs - Self.fewestPairs * pairScale, 0) / max(different, 1)
    for field in fields.indices {
      let isOwn = fields[field].nature == .individual
      let start = isOwn ? Self.startingSharing.individual : Self.startingSharing.common
      sharing[field] = min(
        (sums.shared[field] + start * weight) / (sums.known[field] + weight),
        isOwn ? Self.mostSharedIndividual : NullModel.mostShared)
      jointSharing[field] = min(
        (sums.jointShared[field] + start * weight) / (sums.jointKnown[field] + weight), NullModel.mostShared)
    }
    if !isHousehold(joint) { share = 0 }
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

  /// The class as it stands; nil once there are no such pairs.
  func household(
    m: Packed<Double>, u: Packed<Double>, families: FieldFamilies, different: Double, matches: Double
  ) -> HouseholdClass? {
    if !isThere { return nil }
    let ratios = Packed<Float>(repeating: 1, count: fields.count * Level.count)
    for place in 0..<ratios.count where place % Level.count != 0 && m[place] > 0 && u[place] > 0 {
      ratios[place] = Float(min(m[place] / u[place], 1e9))
    }
    return HouseholdClass(
      share: share, perMatch: share * different / max(matches, 1), sharing: sharing,
      joint: families.joint.map { ($0.fields, jointSharing[$0.fields[0]]) },
      names: families.names + families.handles, single: families.single, ratios: ratios)
  }
}
