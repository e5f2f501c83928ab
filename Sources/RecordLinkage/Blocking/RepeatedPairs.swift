import Columns

/// Tells whether a pair that a key makes was made before: by an earlier key, or in this key by a block of a lower hash.
///
/// Keys of one slot are compared four at a time, as most of them lie side by side in a row of the matrix.
struct RepeatedPairs {
  private typealias Lanes = SIMD4<UInt32>

  /// By four slots of a row, all ones in those of earlier keys of one slot.
  private let alone: Packed<Lanes>
  /// Slots of earlier keys that have several.
  private let several: Packed<Slots>
  /// Slots of the key itself.
  private let own: Slots

  /// A run of slots.
  private struct Slots: BitwiseCopyable {
    let first: Int
    let end: Int

    init(_ range: Range<Int>) { (first, end) = (range.lowerBound, range.upperBound) }

    @inline(__always) var range: Range<Int> { first..<end }
  }

  /// - Parameters:
  ///   - ranges: by key, its slots in a row.
  ///   - width: slots of a row, a multiple of four.
  init(_ ranges: [Range<Int>], key: Int, width: Int) {
    let alone = Packed<Lanes>(repeating: .zero, count: width / 4)
    var chunks = 0
    for range in ranges[..<key] where range.count == 1 {
      alone[range.lowerBound / 4][range.lowerBound % 4] = .max
      chunks = range.lowerBound / 4 + 1
    }
    self.alone = alone.prefix(chunks)
    several = Packed(ranges[..<key].filter { $0.count > 1 }.map(Slots.init))
    own = Slots(ranges[key])
  }

  /// Whether two records, by their rows, were paired before they share a block of a hash.
  @inline(__always)
  func contain(_ one: UnsafeMutablePointer<UInt32>, _ two: UnsafeMutablePointer<UInt32>, hash: UInt32) -> Bool
  {
    var shared = Lanes.zero
    for chunk in 0..<alone.count {
      // Safe: a row has four slots for each of these.
      let left = UnsafeRawPointer(one + chunk &* 4).loadUnaligned(as: Lanes.self)
      let right = UnsafeRawPointer(two + chunk &* 4).loadUnaligned(as: Lanes.self)
      shared |= (left & alone.base[chunk]).replacing(with: 0, where: left .!= right)
    }
    if shared != .zero { return true }
    for number in 0..<several.count {
      let range = several.base[number].range
      for a in range where one[a] != 0 { for b in range where one[a] == two[b] { return true } }
    }
    if own.end - own.first > 1 {
      for a in own.range where one[a] != 0 && one[a] < hash {
        for b in own.range where one[a] == two[b] { return true }
      }
    }
    return false
  }
}
