import Columns

/// A pseudo-random sequence that is the same for the same seed on every machine and with every toolchain.
///
/// xoshiro256** (Blackman and Vigna, 2018), its state filled by SplitMix64 (Steele, Lea and Flood, 2014). The
/// draws below are our own arithmetic, so that a change in the standard library's `random(in:using:)` or
/// `shuffled(using:)` cannot change a corpus. Not for security.
public struct SeededRandom: Sendable {
  private let seed: UInt64
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// Starts the sequence of a seed; every seed is good.
  public init(seed: UInt64) {
    self.seed = seed
    var state = seed
    s0 = splitMix64(&state)
    s1 = splitMix64(&state)
    s2 = splitMix64(&state)
    s3 = splitMix64(&state)
  }

  /// The sequence for one named purpose: a draw more or less in one of them does not move the others.
  public func branch(_ name: String) -> SeededRandom { SeededRandom(seed: stableHash(name, seed: seed)) }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    let result = rotated(s1 &* 5, by: 7) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = rotated(s3, by: 45)
    return result
  }

  /// A whole number from 0 up to but not including `bound`, which is at least 1.
  ///
  /// Lemire's multiplication without the rejection step: the bias is below `bound` / 2^64.
  public mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(max(bound, 1))).high)
  }

  /// A whole number in a closed range.
  public mutating func int(in range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// A number from 0 up to but not including 1, with 53 random bits.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// True with a probability.
  public mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// One element of an array that is not empty.
  public mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  /// The elements in random order (Fisher and Yates).
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    var remaining = result.count
    while remaining > 1 {
      let chosen = below(remaining)
      remaining -= 1
      result.swapAt(chosen, remaining)
    }
    return result
  }

  /// Lower-case hexadecimal digits.
  public mutating func hex(_ count: Int) -> String {
    String(decoding: (0..<count).map { _ in Array("0123456789abcdef".utf8)[below(16)] }, as: UTF8.self)
  }

  /// Decimal digits, the first of them not zero.
  public mutating func digits(_ count: Int) -> String {
    (0..<count).map { String($0 == 0 ? int(in: 1...9) : below(10)) }.joined()
  }
}

private func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
  (value << count) | (value >> (64 - count))
}
