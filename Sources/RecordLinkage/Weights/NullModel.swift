import Glibc

/// What pairs of different origin look like, given the key that made them candidates.
///
/// A key selects: its pairs agree on the key's columns, whether they are one person or not, and what else they agree
/// on follows from why they agree there. Two strangers who share a date of birth share nothing else but by chance; two
/// who share a street and a house number are a household, and share the surname and the city as well. The pairs of a
/// key that are of different origin are therefore taken as a mixture of two,
///
///     strangers    fields outside the key agree as in random pairs: u
///     relatives    a field f outside the key is the same for both with chance s(f), and then agrees as it does
///                  between records of one origin; else as in random pairs: s(f) m + (1 - s(f)) u
///
/// with the share of relatives and each s(f) estimated by key. Fields in the key have a distribution of their own, as
/// what value was agreed on (a common name, a rare one) still tells. A field that belongs to one person alone (given
/// name, date of birth, handle) may be shared by relatives only now and then: otherwise relatives would be another
/// word for matches.
final class NullModel: Sendable {
  /// A field that belongs to one person is shared by relatives in at most this part of their pairs.
  static let mostSharedIndividual = 0.2
  /// The most for any field.
  static let mostShared = 0.98
  /// Sorts of relatives.
  static let sorts = 2
  /// Share of each sort before anything was seen.
  static let startingRelatives = 0.2
  /// By sort, the chance of sharing what people have in common before anything was seen.
  static let startingSharing = [0.8, 0.3]
  /// Relatives must explain this many pairs more than none would, to be there at all.
  static let fewestRelatives = 5.0
  /// Pairs of weight that pull a chance of sharing to its prior.
  static let sharingWeight = 4.0
  static let sharingPrior = 0.1

  let fieldCount: Int
  let keyCount: Int
  /// Fields by which relatives are known not to be one person (`TellingFields`). Where none of them is known, nothing tells
  /// relatives from matches, and they are not looked for.
  let telling: [Int]
  /// By key: pairs of different origin that it is the first to make.
  let differentByKey: [Double]
  /// By key, sort: share of relatives among those.
  let relatives: [Double]
  /// By key, sort, field: chance that relatives share it; 0 for fields in the key.
  let sharing: [Double]
  /// Pairs of one household, whatever their key; and the same without the objects.
  let household: HouseholdClass?
  let households: HouseholdClass.Lookup?
  /// By key: whether it has relatives.
  private let hasRelatives: Packed<Bool>
  /// By key, the fields of which `own` says anything, end to end, and where each key's begin.
  private let ownFields: Packed<Int>
  private let ownStarts: Packed<Int>
  /// By key: log10 of the pairs of different origin in the key over all of the table.
  let base: Packed<Float>
  /// By key, field and level: log10 of the level's share in the key over its share in random pairs; 0 outside the key.
  let own: Packed<Float>
  /// By key, sort, field and level: how much more frequent the level is among relatives than among strangers.
  let common: Packed<Float>

  init(
    fieldCount: Int, keyCount: Int, telling: [Int], differentByKey: [Double], relatives: [Double],
    sharing: [Double], household: HouseholdClass?,
    base: Packed<Float>, own: Packed<Float>, common: Packed<Float>
  ) {
    self.fieldCount = fieldCount
    self.keyCount = keyCount
    self.telling = telling
    self.differentByKey = differentByKey
    self.relatives = relatives
    hasRelatives = Packed(
      (0..<keyCount).map { key in
        (0..<Self.sorts).contains { relatives[key * Self.sorts + $0] > 1e-7 }
      })
    self.sharing = sharing
    self.household = household
    households = household?.lookup
    self.base = base
    self.own = own
    self.common = common
    var (fields, starts): ([Int], [Int]) = ([], [0])
    for key in 0..<keyCount {
      fields += (0..<fieldCount).filter { field in
        let place = (key * fieldCount + field) * Level.count
        return (place..<place + Level.count).contains { own[$0] != 0 }
      }
      starts.append(fields.count)
    }
    (ownFields, ownStarts) = (Packed(fields), Packed(starts))
  }

  /// What `log10Excess` adds up for a key that has neither relatives nor households, without the objects: for loops over
  /// pairs. Valid while the model lives.
  struct Sums: BitwiseCopyable {
    fileprivate let fieldCount: Int
    fileprivate let base: UnsafePointer<Float>
    fileprivate let own: UnsafePointer<Float>
    fileprivate let fields: UnsafePointer<Int>
    fileprivate let starts: UnsafePointer<Int>

    @inline(__always)
    func log10Excess(key: Int, _ level: (Int) -> Int) -> Float {
      var sum = base[key]
      let row = own + key &* fieldCount &* Level.count
      for place in starts[key]..<starts[key &+ 1] {
        let field = fields[place]
        sum += row[field &* Level.count &+ level(field)]
      }
      return sum
    }
  }

  var sums: Sums {
    Sums(
      fieldCount: fieldCount, base: base.base, own: own.base, fields: ownFields.base, starts: ownStarts.base)
  }

  /// Whether `sums` say all there is of a key.
  @inline(__always)
  func isSum(key: Int) -> Bool { key < keyCount && households == nil && !hasRelatives[key] }

  /// log10 of how much more frequent a pattern is among the key's pairs of different origin than it would be if all
  /// fields were independent in all pairs of the table.
  @inline(__always)
  func log10Excess(key: Int, _ level: (Int) -> Int) -> Float { parted(key: key, level).log10Excess }

  /// `log10Excess`, and the chance that a pair of different origin is of one household, where names are not weighed as a
  /// whole.
  @inline(__always)
  func parted(key: Int, _ level: (Int) -> Int) -> (log10Excess: Float, householdShare: Float) {
    let excess = log10ExcessWithoutHouseholds(key: key, level)
    guard let households else { return (excess, 0) }
    let likelihood = households.likelihood(level)
    let sum = exp(Double(excess) * 2.302585092994046) + likelihood
    return (Float(log(sum) / 2.302585092994046), Float(likelihood / sum))
  }

  @inline(__always)
  func log10ExcessWithoutHouseholds(key: Int, _ level: (Int) -> Int) -> Float {
    guard key < keyCount else { return 0 }
    let sum = sums.log10Excess(key: key, level)
    if !hasRelatives[key] || !isTelling(level) { return sum }
    var ratio = 1.0
    for sort in 0..<Self.sorts {
      let share = relatives[key * Self.sorts + sort]
      if share > 1e-7 { ratio += share * (self.ratio(key, sort, level) - 1) }
    }
    return sum + Float(log10(ratio))
  }

  /// How much more frequent a pattern is among relatives than among strangers.
  @inline(__always)
  private func ratio(_ key: Int, _ sort: Int, _ level: (Int) -> Int) -> Double {
    let row = (key * Self.sorts + sort) * fieldCount * Level.count
    var ratio = 1.0
    for field in 0..<fieldCount { ratio *= Double(common[row + field * Level.count + level(field)]) }
    return ratio
  }

  @inline(__always)
  private func isTelling(_ level: (Int) -> Int) -> Bool {
    for position in 0..<telling.count where level(telling[position]) != 0 { return true }
    return false
  }

  /// Chances that a pair of different origin is of either sort of relatives, of its key and pattern.
  @inline(__always)
  func relativesShares(key: Int, _ level: (Int) -> Int) -> (Double, Double) {
    if !hasRelatives[key] || !isTelling(level) { return (0, 0) }
    let place = key * Self.sorts
    let one = relatives[place] * ratio(key, 0, level)
    let other = relatives[place + 1] * ratio(key, 1, level)
    let sum = one + other + 1 - relatives[place] - relatives[place + 1]
    return (one / sum, other / sum)
  }

  /// How much more frequent a level is among relatives than among strangers.
  @inline(__always)
  func commonFactor(key: Int, sort: Int, _ field: Int, _ level: Int) -> Double {
    Double(common[((key * Self.sorts + sort) * fieldCount + field) * Level.count + level])
  }
}
