internal import CStyleKernels
import Foundation

/// Which hashed features count, and how much: what is learnt of one family of n-grams from background documents.
///
/// Weights are those of information retrieval: (1 + ln tf) · idf with idf = 1 + ln((1 + N) / (1 + df)), then the vector
/// is divided by its length (Salton and Buckley, 1988; smoothed as in common libraries).
public struct FeatureVocabulary: Sendable, Equatable {
  /// Keys of the features, ascending.
  public let keys: [UInt32]
  /// Inverse document frequency of each.
  public let idf: [Float]
  /// How rare each is, see `SharedFeatures`.
  let bands: [UInt8]

  /// Count of features.
  public var count: Int { keys.count }

  /// Keys that ascend, with as many weights.
  init(keys: [UInt32], idf: [Float]) {
    self.keys = keys
    self.idf = idf
    bands = SharedFeatures.bands(idf: idf)
  }

  /// Whether the keys ascend strictly, with a weight for each.
  var ascends: Bool { keys.count == idf.count && zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 } }

  /// Share of a text's n-grams whose keys are known here; 0 for a text without any.
  func coverage(_ counts: SparseCounts) -> Double {
    var (known, place) = (UInt64(0), 0)
    for (key, count) in zip(counts.keys, counts.counts) {
      while place < keys.count, keys[place] < key { place += 1 }
      if place < keys.count, keys[place] == key { known += UInt64(count) }
    }
    let total = counts.total
    return total == 0 ? 0 : Double(known) / Double(total)
  }

  /// The features of this vocabulary that are in most documents.
  ///
  /// - Returns: their places in this vocabulary, ascending. Features of lowest idf are in most documents; of equal ones
  ///   the lower keys are taken.
  func mostFrequent(_ limit: Int) -> [Int] {
    if keys.count <= limit { return Array(keys.indices) }
    return keys.indices.sorted { (idf[$0], keys[$0]) < (idf[$1], keys[$1]) }.prefix(limit).sorted()
  }

  /// The same features with the square roots of their weights.
  var flattened: FeatureVocabulary {
    FeatureVocabulary(keys: keys, idf: idf.map { $0.squareRoot() })
  }

  /// Those at some places.
  func selecting(_ places: [Int]) -> FeatureVocabulary {
    FeatureVocabulary(keys: places.map { keys[$0] }, idf: places.map { idf[$0] })
  }

  /// The weighted features of counts, not divided by the length yet: places in the vocabulary, ascending.
  public func weighted(_ counts: SparseCounts) -> SparseRow { rows(counts, withUnknown: false).known }

  /// The weighted features of counts, not divided by the length yet: those of this vocabulary by their places in it, and
  /// where they are wanted all others by their keys, as if each were as rare as its rarest.
  func rows(_ counts: SparseCounts, withUnknown: Bool) -> (known: SparseRow, unknown: SparseRow) {
    let count = counts.count
    var (row, unknown) = (SparseRow(), SparseRow())
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * (count + 1)) { memory in
      guard let numbers = memory.baseAddress else { return }
      let places = numbers + count + 1
      let found = cog_keys_find(keys, keys.count, counts.keys, count, numbers, places)
      row.places = Array(UnsafeBufferPointer(start: places, count: found))
      row.values = [Float](unsafeUninitializedCapacity: found) { values, initialized in
        for index in 0..<found {
          values[index] =
            Self.damped(counts.counts[Int(numbers[index])]) * idf[Int(places[index])]
        }
        initialized = found
      }
      guard withUnknown, found < count else { return }
      let rarest = idf.max() ?? 1
      unknown.places.reserveCapacity(count - found)
      unknown.values.reserveCapacity(count - found)
      var next = 0
      for index in 0..<count {
        if next < found, numbers[next] == index {
          next += 1
          continue
        }
        unknown.places.append(counts.keys[index])
        unknown.values.append(Self.damped(counts.counts[index]) * rarest)
      }
    }
    return (row, unknown)
  }

  /// 1 + ln count, of which most are asked for again and again.
  static func damped(_ count: UInt32) -> Float {
    count < dampedCounts.count ? dampedCounts[Int(count)] : Float(1 + log(Double(count)))
  }

  private static let dampedCounts: [Float] = (0..<256).map { Float(1 + log(Double($0))) }
}
