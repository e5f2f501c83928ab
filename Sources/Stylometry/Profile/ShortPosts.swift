/// An account's posts that are too short for `SharedPassages`: by them it is seen that one account repeats the other
/// nevertheless. Counts alone, no text.
public struct ShortPosts: Hashable, Sendable {
  /// Letters of a post at the least: of shorter ones people who have nothing to do with each other post the same.
  public static let fewestLetters = 20
  /// Of so many letters a post is a passage, whatever words with digits it has.
  static let mostLetters = 80

  /// Each once, ascending: a hash of a post's letters, without case, marks, numbers and white space, and in the lower 16
  /// bits how many they are.
  let keys: [UInt64]

  /// None.
  init() { keys = [] }

  /// Of the posts of a builder as they were written. O(bytes), and a sort.
  init(_ builder: ProfileBuilder) {
    var keys: [UInt64] = []
    builder.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for end in builder.ends {
        if let key = Self.key(bytes[start..<end]) { keys.append(key) }
        start = end
      }
    }
    self.init(unsorted: keys)
  }

  private init(unsorted keys: [UInt64]) {
    var unique: [UInt64] = []
    for key in keys.sorted() where key != unique.last { unique.append(key) }
    self.keys = unique
  }

  /// The posts of both.
  func merging(_ other: ShortPosts) -> ShortPosts { ShortPosts(unsorted: keys + other.keys) }

  /// Letters in the posts that both have.
  func shared(with other: ShortPosts) -> Int {
    var (one, two, sum) = (0, 0, 0)
    while one < keys.count, two < other.keys.count {
      if keys[one] == other.keys[two] {
        sum += Int(keys[one] & 0xFFFF)
        one += 1
        two += 1
      } else if keys[one] < other.keys[two] {
        one += 1
      } else {
        two += 1
      }
    }
    return sum
  }

  /// Nil for a post of too few letters or too many.
  private static func key(_ post: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
    // Scalars are of four bytes at the most; beyond these no post is short.
    guard (fewestLetters...4 * mostLetters * 4).contains(post.count) else { return nil }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var letters = 0
    for byte in post {
      let lower = byte | 0x20
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower) && byte < 0x80
      guard isLetter || byte >= 0x80 else { continue }
      if byte & 0xC0 != 0x80 { letters += 1 }
      hash = (hash ^ UInt64(isLetter ? lower : byte)) &* 0x0000_0100_0000_01B3
    }
    guard letters >= fewestLetters, letters < mostLetters else { return nil }
    return (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15 & ~0xFFFF | UInt64(letters)
  }
}
