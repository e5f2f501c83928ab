/// String comparisons on their own, for other modules and for benchmarks; the engine calls what is below them.
public enum StringSimilarity {
  /// Jaro-Winkler similarity, 0...1; see `JaroWinkler`.
  public static func jaroWinkler(_ left: String, _ right: String) -> Double {
    var (one, other) = (left, right)
    return one.withUTF8 { a in other.withUTF8 { b in JaroWinkler().similarity(a, b) } }
  }

  /// Optimal string alignment distance in bytes; see `DamerauLevenshtein`.
  public static func damerauLevenshtein(_ left: String, _ right: String) -> Int {
    var (one, other) = (left, right)
    return one.withUTF8 { a in other.withUTF8 { b in DamerauLevenshtein().distance(a, b) } }
  }

  /// Whether that distance is at most 1, found without a table.
  public static func areWithinOneEdit(_ left: String, _ right: String) -> Bool {
    var (one, other) = (left, right)
    return one.withUTF8 { a in other.withUTF8 { b in DamerauLevenshtein.isWithinOne(a, b) } }
  }

  /// Whether that distance is at most `limit`.
  public static func areWithin(_ limit: Int, _ left: String, _ right: String) -> Bool {
    var (one, other) = (left, right)
    return one.withUTF8 { a in other.withUTF8 { b in DamerauLevenshtein().isWithin(limit, a, b) } }
  }

  /// Soundex code (Russell and Odell, 1918; the American rule, by which h and w do not part equal codes), four
  /// characters, or the empty text when there is no ASCII letter.
  public static func soundex(_ text: String) -> String {
    var copy = text
    let code = copy.withUTF8 { Phonetic.soundex($0) }
    return code == 0
      ? "" : String(decoding: (0..<4).map { UInt8(truncatingIfNeeded: code >> (24 - 8 * $0)) }, as: UTF8.self)
  }
}

/// Phonetic codes.
enum Phonetic {
  //                            a  b  c  d  e  f  g  h  i  j  k  l  m  n  o  p  q  r  s  t  u  v  w  x  y  z
  private static let digits: [UInt8] = [
    0, 1, 2, 3, 0, 1, 2, 9, 0, 2, 2, 4, 5, 5, 0, 1, 2, 6, 2, 3, 0, 1, 9, 2, 0, 2,
  ]

  /// Soundex as four ASCII bytes in one word, the first letter highest; 0 without a letter.
  static func soundex(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var code: UInt32 = 0
    var length = 0
    var last: UInt8 = 0
    for byte in text {
      let letter = byte | 0x20
      guard letter &- 0x61 < 26 else { continue }
      let digit = digits[Int(letter &- 0x61)]
      if length == 0 {
        code = UInt32(letter & 0xDF)
        length = 1
        last = digit
      } else if digit == 9 {
        continue
      } else {
        if digit != 0, digit != last {
          code = code << 8 | UInt32(0x30 + digit)
          length += 1
        }
        last = digit
      }
      if length == 4 { return code }
    }
    if length == 0 { return 0 }
    while length < 4 {
      code = code << 8 | 0x30
      length += 1
    }
    return code
  }
}
