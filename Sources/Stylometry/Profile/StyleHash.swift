/// The hashes under which n-grams are counted. They are part of the format of a model: never change them.
///
/// All arithmetic is on 64 bits and wraps. In NumPy, with `c` the Unicode scalars of a text as uint64:
///
///     def finish(h): return ((h * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)).astype(np.uint32)
///     h = np.zeros(len(c), np.uint64)                       # character n-grams, n = 1 ... 5
///     for n in range(1, 6):
///       m = len(c) - n + 1
///       if m <= 0: break
///       h = h[:m] * np.uint64(1000003) + c[n-1:n-1+m] + np.uint64(n); keys = finish(h)
///     t = 7                                                 # a token: for each scalar
///     t = (t * 1000003 + scalar + 1) % 2**64
///     key of a token = finish(t); key of a pair = finish(t1 * 0xD6E8FEB86659FD93 + t2 + 2)
public enum StyleHash {
  /// The hash of a character n-gram from that of its first n - 1 scalars; `length` is n.
  @inlinable
  public static func extended(_ hash: UInt64, by scalar: UInt32, length: Int) -> UInt64 {
    hash &* 1_000_003 &+ UInt64(scalar) &+ UInt64(truncatingIfNeeded: length)
  }

  /// The hash of a token before its first scalar.
  public static let emptyToken: UInt64 = 7

  /// The hash of a token with one more scalar.
  @inlinable
  public static func token(_ hash: UInt64, adding scalar: UInt32) -> UInt64 {
    hash &* 1_000_003 &+ UInt64(scalar) &+ 1
  }

  /// The hash of two tokens that follow one another.
  @inlinable
  public static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 {
    first &* 0xD6E8_FEB8_6659_FD93 &+ second &+ 2
  }

  /// The key of 32 bits that is counted.
  @inlinable
  public static func finished(_ hash: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }
}
