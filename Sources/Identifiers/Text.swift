import AccountModel
import CUnicode

/// Unicode transformations by ICU, each with a short way for ASCII.
///
/// Pure functions of the text and of ICU's tables (`version`). Where ICU refuses (it does so only when memory
/// runs out) the text comes back as it was.
public enum UnicodeText {
  /// The Unicode version of the tables that skeletons and domain names are computed with.
  public static var version: String { String(cString: cognate_unicode_version()) }

  /// UTS #39 skeleton, as the standard defines it (case-sensitive, `m` becomes `rn`).
  public static func skeleton(_ text: String) -> String {
    transform(text, cognate_unicode_skeleton) ?? text
  }

  /// Normalisation form C.
  public static func composed(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : transform(text, cognate_unicode_nfc) ?? text
  }

  /// NFKC with case folding; default-ignorable characters fall away.
  public static func compatibilityFolded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    return transform(text, cognate_unicode_nfkc_casefold) ?? text
  }

  /// The text without accents: non-spacing marks are dropped, and letters with a stroke or a ligature,
  /// which have no decomposition, are written plainly (`ø` as `o`, `æ` as `ae`).
  public static func unaccented(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var plain = String.UnicodeScalarView()
    for scalar in (transform(text, cognate_unicode_unaccented) ?? text).unicodeScalars {
      if let letters = unmarkedLetters[scalar] {
        plain.append(contentsOf: letters.unicodeScalars)
      } else {
        plain.append(scalar)
      }
    }
    return String(plain)
  }

  /// Whether a word mixes scripts beyond what UTS #39 calls moderately restrictive (Latin with Cyrillic or
  /// Greek, for example). Words are looked at one by one: a name written twice, in two scripts, is no
  /// mixture.
  public static func hasMixedScript(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return false }
    return text.split(whereSeparator: \.isWhitespace).contains { restrictionLevel(String($0)) >= 5 }
  }

  private static let unmarkedLetters: [Unicode.Scalar: String] = [
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i", "ŧ": "t",
    "Ŧ": "T",
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "þ": "th", "Þ": "TH", "ð": "d", "Ð": "D",
  ]

  private static func restrictionLevel(_ text: String) -> Int32 {
    var copy = text
    return copy.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { chars in
        guard let base = chars.baseAddress, let length = Int32(exactly: chars.count) else { return 0 }
        return cognate_unicode_restriction_level(base, length)
      }
    }
  }

  typealias Transformation = (
    UnsafePointer<CChar>?, Int32, UnsafeMutablePointer<CChar>?, Int32
  ) -> Int32

  /// Runs one of the shim's transformations, with a second call when the first guess at the room was short.
  static func transform(_ text: String, _ function: Transformation) -> String? {
    var copy = text
    return copy.withUTF8 { bytes -> String? in
      if bytes.isEmpty { return "" }
      return bytes.withMemoryRebound(to: CChar.self) { chars -> String? in
        guard let length = Int32(exactly: chars.count), length < Int32.max / 24 else { return nil }
        var capacity = chars.count * 2 + 32
        for _ in 0..<2 {
          var needed: Int32 = -1
          let result = String(unsafeUninitializedCapacity: capacity) { room -> Int in
            room.withMemoryRebound(to: CChar.self) { out in
              needed = function(chars.baseAddress, length, out.baseAddress, Int32(capacity))
            }
            return needed >= 0 && needed <= capacity ? Int(needed) : 0
          }
          if needed < 0 { return nil }
          if needed <= capacity { return result }
          capacity = Int(needed)
        }
        return nil
      }
    }
  }
}

/// ASCII character classes on bytes.
extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isLower: Bool { self &- 0x61 < 26 }
  @inline(__always) var isUpper: Bool { self &- 0x41 < 26 }
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  @inline(__always) var isAlphanumeric: Bool { isLetter || isDigit }
  @inline(__always) var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
  @inline(__always) var lowered: UInt8 { isUpper ? self | 0x20 : self }
  /// Space and the control characters that count as white space.
  @inline(__always) var isBlank: Bool { self == 0x20 || self &- 9 < 5 }
}

/// The byte of an ASCII character literal.
@inline(__always)
func ascii(_ character: Unicode.Scalar) -> UInt8 { UInt8(truncatingIfNeeded: character.value) }

extension String {
  init(bytes: some Collection<UInt8>) { self.init(decoding: bytes, as: UTF8.self) }

  /// Whether every byte is ASCII.
  var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }

  /// Without white space at either end.
  var trimmed: String {
    if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first),
      (0x21...0x7E).contains(last)
    {
      return self
    }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Whether the text begins with an ASCII prefix given in lower case, whatever its own case.
  func hasPrefixIgnoringCase(_ lowerCasePrefix: String) -> Bool {
    var own = utf8.makeIterator()
    for byte in lowerCasePrefix.utf8 {
      guard let mine = own.next(), mine.lowered == byte else { return false }
    }
    return true
  }

  /// Without the first `count` bytes, which the caller has seen to be ASCII.
  func droppingASCII(_ count: Int) -> String { String(bytes: utf8.dropFirst(count)) }
}

/// What values that stand for "no value" look like, in lower case.
let placeholders: Set<String> = [
  "", "-", "--", "n/a", "na", "none", "null", "nil", "(null)", "<null>", "unknown", "undefined",
  "not available",
  "not set", "not provided", "redacted", "[redacted]", "insert-address-token", "no data", "empty",
  // In reports on phones, whoever wrote what the app itself did.
  "system message", "system message system message",
]

/// Collects loose keys in order of strength, leaving out what is too short or already there.
struct KeyCollector {
  /// A key below this many characters is shared by too many to be of use.
  static let minimumLength = 4

  let canonical: String
  private(set) var keys: [LooseKey] = []

  init(canonical: String) { self.canonical = canonical }

  mutating func add(_ rule: String, _ value: String) {
    guard value != canonical, value.unicodeScalars.count >= Self.minimumLength else { return }
    for key in keys where key.value == value { return }
    if keys.isEmpty { keys.reserveCapacity(4) }
    keys.append(LooseKey(rule: rule, value: value))
  }
}

extension NormalisedIdentifier {
  /// A value that identifies nothing, and why.
  static func nothing(_ kind: IdentifierKind, _ flags: String..., keys: [LooseKey] = [])
    -> NormalisedIdentifier
  {
    NormalisedIdentifier(kind: kind, canonical: "", looseKeys: keys, flags: flags)
  }
}
