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

  /// Count of features.
  public var count: Int { keys.count }

  /// Keys that ascend, with as many weights.
  init(keys: [UInt32], idf: [Float]) {
    self.keys = keys
    self.idf = idf
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
  public func weighted(_ counts: SparseCounts) -> SparseRow {
    var row = SparseRow()
    var place = 0
    let (features, occurrences) = (counts.keys, counts.counts)
    keys.withUnsafeBufferPointer { keys in
      features.withUnsafeBufferPointer { features in
        for index in features.indices {
          let key = features[index]
          // Both ascend; a vocabulary is far longer than a text, so the search leaps.
          var step = 1
          while place + step < keys.count, keys[place + step] < key {
            place += step
            step <<= 1
          }
          while step > 0 {
            while place + step < keys.count, keys[place + step] <= key { place += step }
            step >>= 1
          }
          if place < keys.count, keys[place] == key {
            row.places.append(UInt32(place))
            row.values.append(Float(1 + log(Double(occurrences[index]))) * idf[place])
          }
        }
      }
    }
    return row
  }
}
