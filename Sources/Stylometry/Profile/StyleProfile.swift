/// Counts of hashed features, packed: keys ascend and are unique.
public struct SparseCounts: Hashable, Sendable {
  /// Hashes, ascending.
  public private(set) var keys: [UInt32]
  /// The count of each key; one that does not fit stays at the largest.
  public private(set) var counts: [UInt32]

  /// Empty.
  public init() {
    keys = []
    counts = []
  }

  /// Counts keys in any order, with repeats.
  public init(counting unsorted: [UInt32]) {
    self.init()
    for key in unsorted.sorted() {
      if keys.last == key {
        counts[counts.count - 1] = counts[counts.count - 1].addingClamped(1)
      } else {
        keys.append(key)
        counts.append(1)
      }
    }
  }

  /// Keys that are known to ascend strictly, with as many counts.
  init(sorted keys: UnsafeBufferPointer<UInt32>, _ counts: UnsafeBufferPointer<UInt32>) {
    self.keys = Array(keys)
    self.counts = Array(counts)
  }

  /// Keys that ascend strictly, with as many counts; nil for others.
  public init?(keys: [UInt32], counts: [UInt32]) {
    guard keys.count == counts.count, zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    self.keys = keys
    self.counts = counts
  }

  /// Number of different keys.
  public var count: Int { keys.count }

  /// Sum of all counts.
  public var total: UInt64 { counts.reduce(0) { $0 + UInt64($1) } }

  /// The sum of two, in one merge of sorted lists.
  public func merging(_ other: SparseCounts) -> SparseCounts {
    var result = SparseCounts()
    result.keys.reserveCapacity(count + other.count)
    result.counts.reserveCapacity(count + other.count)
    var i = 0
    var j = 0
    while i < count || j < other.count {
      if j == other.count || (i < count && keys[i] < other.keys[j]) {
        result.keys.append(keys[i])
        result.counts.append(counts[i])
        i += 1
      } else if i == count || other.keys[j] < keys[i] {
        result.keys.append(other.keys[j])
        result.counts.append(other.counts[j])
        j += 1
      } else {
        result.keys.append(keys[i])
        result.counts.append(counts[i].addingClamped(other.counts[j]))
        i += 1
        j += 1
      }
    }
    return result
  }
}

extension UInt32 {
  func addingClamped(_ other: UInt32) -> UInt32 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

/// How one account writes: what comparisons of style start from. Holds counts alone, no text.
public struct StyleProfile: Hashable, Sendable {
  /// Case-kept character 1-5-grams, white space folded to one space, each post within spaces.
  public internal(set) var characters = SparseCounts()
  /// Word, punctuation and newline 1-2-grams.
  public internal(set) var words = SparseCounts()
  /// Count of each rate of `RateCatalogue.rates`, in its order.
  public internal(set) var rates = [UInt32](repeating: 0, count: RateCatalogue.rates.count)
  /// Count of each `RateUnit`: what rates are divided by.
  public internal(set) var units = [UInt64](repeating: 0, count: RateUnit.allCases.count)
  /// What was not counted, by `LeftOut`.
  public internal(set) var leftOut = [LeftOutCount](repeating: LeftOutCount(), count: LeftOut.allCases.count)
  /// Fingerprints of the posts and lines of 40 letters or more, ascending: by them pasted text counts once.
  public internal(set) var fingerprints: [UInt64] = []

  /// Empty.
  public init() {}

  /// Unicode scalars counted, white space folded.
  public var length: Int { Int(clamping: units[RateUnit.characters.rawValue]) }
  /// Posts of which something was counted.
  public var posts: Int { Int(clamping: units[RateUnit.posts.rawValue]) }

  /// The value of a rate, 0 to 1 for most; nil when there was nothing it could be measured on.
  public func value(of rate: Int) -> Double? {
    let total: UInt64
    switch RateCatalogue.rates[rate].denominator {
    case .unit(let unit): total = units[unit.rawValue]
    case .choice(let members): total = members.reduce(0) { $0 + UInt64(rates[$1]) }
    }
    return total == 0 ? nil : Double(rates[rate]) / Double(total)
  }

  /// The profile of the posts of both; nil when they share a long line, as then one copy must be left out: merge
  /// their builders.
  public func merging(_ other: StyleProfile) -> StyleProfile? {
    guard Set(fingerprints).isDisjoint(with: other.fingerprints) else { return nil }
    return adding(other)
  }

  /// The sums of all counts, and the fingerprints of both.
  func adding(_ other: StyleProfile) -> StyleProfile {
    var result = StyleProfile()
    result.characters = characters.merging(other.characters)
    result.words = words.merging(other.words)
    result.rates = zip(rates, other.rates).map { $0.addingClamped($1) }
    result.units = zip(units, other.units).map { $0 + $1 }
    for index in leftOut.indices {
      result.leftOut[index].items = leftOut[index].items + other.leftOut[index].items
      result.leftOut[index].scalars = leftOut[index].scalars + other.leftOut[index].scalars
    }
    result.fingerprints = (fingerprints + other.fingerprints).sorted()
    return result
  }
}
