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

  /// The same without copying them.
  init(ascending keys: [UInt32], counts: [UInt32]) {
    self.keys = keys
    self.counts = counts
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
    let room = count + other.count
    var result = SparseCounts()
    var merged = 0
    result.counts = [UInt32](unsafeUninitializedCapacity: room) { counts, countsCount in
      result.keys = [UInt32](unsafeUninitializedCapacity: room) { keys, keysCount in
        merged = merge(other, keys, counts)
        keysCount = merged
      }
      countsCount = merged
    }
    return result
  }

  /// Writes the merged lists; returns how many. Safe: no more than both together are written.
  private func merge(
    _ other: SparseCounts, _ keys: UnsafeMutableBufferPointer<UInt32>,
    _ counts: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    let (ends, otherEnds) = (count, other.count)
    var (i, j, merged) = (0, 0, 0)
    self.keys.withUnsafeBufferPointer { left in
      other.keys.withUnsafeBufferPointer { right in
        // No branch depends on which is the lesser, as none could be foreseen.
        while i < ends, j < otherEnds {
          let (one, two) = (left[i], right[j])
          let (isLeft, isRight) = (one <= two, two <= one)
          keys[merged] = isLeft ? one : two
          counts[merged] = (isLeft ? self.counts[i] : 0).addingClamped(isRight ? other.counts[j] : 0)
          i += isLeft ? 1 : 0
          j += isRight ? 1 : 0
          merged += 1
        }
        while i < ends {
          (keys[merged], counts[merged]) = (left[i], self.counts[i])
          i += 1
          merged += 1
        }
        while j < otherEnds {
          (keys[merged], counts[merged]) = (right[j], other.counts[j])
          j += 1
          merged += 1
        }
      }
    }
    return merged
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
  public internal(set) var rates = noRates
  /// Count of each `RateUnit`: what rates are divided by.
  public internal(set) var units = [UInt64](repeating: 0, count: RateUnit.allCases.count)
  /// What was not counted, by `LeftOut`.
  public internal(set) var leftOut = [LeftOutCount](repeating: LeftOutCount(), count: LeftOut.allCases.count)
  /// Fingerprints of the posts and lines of 40 letters or more, ascending: by them pasted text counts once.
  public internal(set) var fingerprints: [UInt64] = []
  /// When it posted, as far as that is known, what was left out of the texts as well.
  public internal(set) var hours = PostingHours()
  /// Its posts that are too short to be passages.
  public internal(set) var shortPosts = ShortPosts()
  /// What an encoder gives for it; nil where none was asked.
  public internal(set) var encoded: EncodedText?

  /// Shared by all that are empty: whoever measures puts others in their place.
  private static let noRates = [UInt32](repeating: 0, count: RateCatalogue.rates.count)

  /// Empty.
  public init() {}

  /// Unicode scalars counted, white space folded.
  public var length: Int { Int(clamping: units[RateUnit.characters.rawValue]) }
  /// Unicode scalars in passages that were left out, since another account posted them as well.
  public var sharedLength: Int { Int(clamping: leftOut[LeftOut.shared.rawValue].scalars) }
  /// Unicode scalars of the account's own text: those counted, and those beyond what is measured at the most.
  public var ownLength: Int { length + Int(clamping: leftOut[LeftOut.beyond.rawValue].scalars) }
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
    result.hours = hours.merging(other.hours)
    result.shortPosts = shortPosts.merging(other.shortPosts)
    result.encoded = encoded.map { one in other.encoded.map { one.adding($0) } ?? one } ?? other.encoded
    return result
  }
}
