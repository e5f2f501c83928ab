import Glibc

/// By pattern, where there are households: their share, and of names that are weighed as a whole what kin is.
///
/// Such names tell strangers from kin, which is one person or one household (`HouseholdClass`); so the trees learn from
/// the chance of kin, and all else is counted by the chance of one origin.
struct KinPatterns {
  /// Of pairs of different origin, the share of households, where names are not weighed as a whole.
  private let households: Packed<Float>
  /// Share of kin that is of one origin; 1 where names are not weighed as a whole.
  private let same: Packed<Float>
  private let isWhole: Packed<Bool>
  /// Chance of kin, and of one origin elsewhere.
  let chances: Packed<Double>

  init(_ patterns: Int) {
    same = Packed(repeating: 1, count: patterns)
    isWhole = Packed(repeating: false, count: patterns)
    households = Packed(repeating: 0, count: patterns)
    chances = Packed(repeating: 0, count: patterns)
  }

  /// Takes the two parts of a pattern's likelihood ratio, and returns log10 of their sum.
  func set(_ pattern: Int, _ kin: (same: Double, household: Double)) -> Float {
    let sum = max(kin.same + kin.household, 1e-300)
    same.base[pattern] = Float(kin.same / sum)
    isWhole.base[pattern] = true
    return Float(log10(sum))
  }

  /// Takes the share of households of a pattern whose names are not weighed as a whole.
  @inline(__always)
  func set(_ pattern: Int, householdShare: Float) { households.base[pattern] = householdShare }

  /// Keeps chances of kin, and leaves those of one origin.
  func part(_ probabilities: UnsafeMutablePointer<Double>) {
    for pattern in 0..<chances.count {
      chances.base[pattern] = probabilities[pattern]
      probabilities[pattern] *= Double(same.base[pattern])
    }
  }

  /// Of pairs of different origin, the share of households.
  @inline(__always)
  func householdShare(_ pattern: Int) -> Double {
    guard isWhole.base[pattern] else { return Double(households.base[pattern]) }
    let (chance, same) = (chances.base[pattern], Double(same.base[pattern]))
    return chance * (1 - same) / max(1 - chance * same, 1e-300)
  }
}
