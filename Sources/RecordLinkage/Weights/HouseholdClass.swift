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
/// (`JointFields`) are shared together. Learnt where the names are weighed field by field, from tables large enough.
struct HouseholdClass: Sendable {
  /// Share of the class in all pairs of different origin.
  let share: Double
  /// By field: chance of sharing it.
  let sharing: [Double]
  /// Fields that are shared together, and the chance of that.
  let joint: [(fields: [Int], sharing: Double)]
  /// The other fields.
  let single: [Int]
  /// By field and level: m over u.
  let ratios: Packed<Float>

  /// How much more likely a pattern is in the class, and to be in it, than in pairs in which all fields agree by chance.
  @inline(__always)
  func likelihood(_ level: (Int) -> Int) -> Double {
    var product = share
    for position in 0..<single.count {
      let field = single[position]
      product *= 1 + sharing[field] * (Double(ratios[field * Level.count + level(field)]) - 1)
    }
    for group in 0..<joint.count {
      product *= 1 + joint[group].sharing * (ratio(joint[group].fields, level) - 1)
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
  /// A table of fewer records teaches nothing of a third class.
  static let fewestRecords = 1_000.0
  /// It must explain this many pairs more than none would, to be there at all.
  static let fewestPairs = 20.0
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
    for field in household.single where level(field) != 0 {
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
  mutating func update(_ sums: Sums, different: Double, pairScale: Double) {
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
  }

  /// The class as it stands; nil once there are no such pairs.
  func household(m: Packed<Double>, u: Packed<Double>, joint: [JointFields]) -> HouseholdClass? {
    if !isThere { return nil }
    let ratios = Packed<Float>(repeating: 1, count: fields.count * Level.count)
    for place in 0..<ratios.count where place % Level.count != 0 && m[place] > 0 && u[place] > 0 {
      ratios[place] = Float(min(m[place] / u[place], 1e9))
    }
    let together = Set(joint.flatMap(\.fields))
    return HouseholdClass(
      share: share, sharing: sharing, joint: joint.map { ($0.fields, jointSharing[$0.fields[0]]) },
      single: fields.indices.filter { !together.contains($0) }, ratios: ratios)
  }
}
