import Foundation

/// What two texts share of a family of n-grams: the cosine, and how much of it n-grams of each rarity give.
///
/// One weight by document frequency cannot say what sharing is worth: an n-gram that hardly anybody writes says more than
/// its idf tells, and most of all one that nobody in the background does, which no vocabulary has. The parts are scores of
/// their own, so that the fusion finds what each is worth.
struct SharedFeatures: Sendable, Equatable {
  /// The cosine of what both have of the vocabulary.
  private(set) var cosine = 0.0
  /// What n-grams of each band add to the cosine, the rarest first.
  private(set) var bands = SIMD4<Double>()
  /// The same sum over n-grams outside the vocabulary.
  private(set) var unknown = 0.0

  /// Bands end below these shares of the background's documents; the last takes the rest.
  private static let bandEnds = [0.01, 0.05, 0.2]

  /// The band of each n-gram by its inverse document frequency.
  static func bands(idf: [Float]) -> [UInt8] {
    let least = bandEnds.map { Float(1 - log($0)) }
    return idf.map { idf in UInt8(least.count { idf <= $0 }) }
  }

  /// What two texts share.
  ///
  /// - Parameter bands: of each feature of the vocabulary.
  init(_ one: StyleVectors.Family, _ other: StyleVectors.Family, bands: [UInt8]) {
    Self.forEachShared(one.known, other.known) { place, product in
      cosine += product
      self.bands[Int(bands[Int(place)])] += product
    }
    if one.unknown.places.isEmpty || other.unknown.places.isEmpty { return }
    Self.forEachShared(one.unknown, other.unknown) { unknown += $1 }
  }

  private static func forEachShared(
    _ one: SparseRow, _ other: SparseRow, _ body: (_ place: UInt32, _ product: Double) -> Void
  ) {
    one.places.withUnsafeBufferPointer { left in
      other.places.withUnsafeBufferPointer { right in
        var (i, j) = (0, 0)
        // No branch depends on which place is the lesser, as none could be foreseen; one on their being the same is taken
        // less often.
        while i < left.count, j < right.count {
          let (own, others) = (left[i], right[j])
          if own == others { body(own, Double(one.values[i]) * Double(other.values[j])) }
          i += own <= others ? 1 : 0
          j += others <= own ? 1 : 0
        }
      }
    }
  }
}
