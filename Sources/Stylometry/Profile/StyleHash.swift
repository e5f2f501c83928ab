/// The hashes under which n-grams are counted. They are part of the format of a model: never change them.
///
/// Character n-grams are hashed in 32 bits, so that several are computed at once in a vector register; all arithmetic
/// wraps. In NumPy, with `c` the Unicode scalars of a text as uint32 and `u` for `np.uint32`:
///
///     def mix(x):
///       x = x ^ (x >> u(16)); x = x * u(0x7FEB352D); x = x ^ (x >> u(15)); x = x * u(0x846CA68B)
///       return x ^ (x >> u(16))
///     h = np.zeros(len(c), u)                               # character n-grams, n = 1 ... 5
///     for n in range(1, 6):
///       m = len(c) - n + 1
///       if m <= 0: break
///       h = h[:m] * u(0x9E3779B1) + c[n-1:n-1+m]; keys = mix(h + u(n * 0x85EBCA6B % 2**32))
///
/// Tokens are hashed in 64 bits, two scalars at a time, in Python:
///
///     t = 7                                                 # a token: for each two scalars a, b; b = 0 after the last
///     t = (t ^ (a | b << 32)) * 0xD6E8FEB86659FD93 % 2**64; t ^= t >> 32
///     def finish(t): return (t * 0x9E3779B97F4A7C15 % 2**64) >> 32
///     key of a token = finish(t); key of a pair = finish((t1 * 0xA0761D6478BD642F + t2 + 2) % 2**64)
///
/// `mix` is lowbias32 of Chris Wellons's hash prospector (public domain). Keys of distinct n-grams meet as often as
/// random numbers of 32 bits do: of 2,640,851 distinct 1-5-grams 1,025 were lost, 812 expected.
public enum StyleHash {
  /// What the hash of an n-gram is multiplied by before the next scalar is added.
  public static let multiplier: UInt32 = 0x9E37_79B1

  /// Added once for each scalar of an n-gram, so that those of different lengths differ.
  public static let lengthStep: UInt32 = 0x85EB_CA6B

  /// The hash of a character n-gram from that of its first n - 1 scalars; that of no scalars is 0.
  @inlinable
  public static func extended(_ hash: UInt32, by scalar: UInt32) -> UInt32 { hash &* multiplier &+ scalar }

  /// The key of a character n-gram from its hash; `length` is n.
  @inlinable
  public static func key(ofCharacters hash: UInt32, length: Int) -> UInt32 {
    var x = hash &+ UInt32(truncatingIfNeeded: length) &* lengthStep
    x ^= x >> 16
    x = x &* 0x7FEB_352D
    x ^= x >> 15
    x = x &* 0x846C_A68B
    return x ^ (x >> 16)
  }

  /// The hash of a token before its first scalar.
  public static let emptyToken: UInt64 = 7

  /// The hash of a token with two more scalars; 0 stands for none after the last.
  @inlinable
  public static func token(_ hash: UInt64, adding first: UInt32, _ second: UInt32) -> UInt64 {
    let product = (hash ^ (UInt64(first) | UInt64(second) << 32)) &* 0xD6E8_FEB8_6659_FD93
    return product ^ (product >> 32)
  }

  /// The hash of a token of these scalars.
  public static func token(_ scalars: some Collection<UInt32>) -> UInt64 {
    var hash = emptyToken
    var iterator = scalars.makeIterator()
    while let first = iterator.next() { hash = token(hash, adding: first, iterator.next() ?? 0) }
    return hash
  }

  /// The hash of two tokens that follow one another.
  @inlinable
  public static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 {
    first &* 0xA076_1D64_78BD_642F &+ second &+ 2
  }

  /// The key of a token, or of a pair of them, from its hash.
  @inlinable
  public static func finished(_ hash: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }
}
