internal import Glibc

/// Whether the pages of a download name months in Croatian.
///
/// Some names of months are those of others in Polish and Czech: what such a name says is told by the other dates, wherever
/// in a page they stand. All pages of a download are in one language.
struct MetaPageLanguage {
  private var croatian = 0
  private var others = 0

  /// Nil while no date decided, or some say the one and some the other: a message may hold a date in any language.
  var isCroatian: Bool? { (croatian > 0) == (others > 0) ? nil : croatian > 0 }

  /// Dates after which no more are looked at.
  private static let enough = 16

  /// Bytes of a page that are looked at for a date that decides.
  static let lookAheadLimit = 1 << 20
  /// Bytes of the longest text that may be a date.
  private static let longest = 96

  /// Reads ahead, without consuming, until enough dates decided; most languages are told from Croatian by any.
  mutating func lookAhead(_ input: MemberInput) throws {
    var position = 0
    while croatian + others < Self.enough, position < Self.lookAheadLimit {
      let window = input.window
      guard let text = Self.text(in: window, from: &position) else {
        if window.count < Self.lookAheadLimit, try input.fillMore() { continue }
        return
      }
      note(String(decoding: text, as: UTF8.self))
    }
  }

  private mutating func note(_ text: String) {
    switch MetaPageTime.isCroatian(text) {
    case true?: croatian += 1
    case false?: others += 1
    case nil: break
    }
  }

  /// The next text between tags that may be a date, as it has a colon; nil where there is none any more, and the position
  /// stands where to go on once there are more bytes.
  private static func text(
    in window: UnsafeBufferPointer<UInt8>, from position: inout Int
  ) -> UnsafeBufferPointer<UInt8>? {
    while position < window.count, let base = window.baseAddress {
      guard let mark = memchr(base + position, Int32(UInt8(ascii: ">")), window.count - position) else {
        position = window.count
        return nil
      }
      let start = base.distance(to: mark.assumingMemoryBound(to: UInt8.self)) + 1
      let rest = UnsafeBufferPointer(rebasing: window[start...])
      guard let length = rest.prefix(longest + 1).firstIndex(of: UInt8(ascii: "<")) else {
        // A text that ends behind the window is looked at again.
        position = rest.count > longest ? start : start - 1
        if rest.count > longest { continue }
        return nil
      }
      position = start + length
      let text = UnsafeBufferPointer(rebasing: rest[..<length])
      if length >= 6, text.contains(UInt8(ascii: ":")) { return text }
    }
    return nil
  }
}
