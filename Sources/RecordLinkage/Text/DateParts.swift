import Columns

/// The parts of a text that says a day, as written: numbers, and the name of a month.
///
///     03 Jan 1965      (3, 2 digits) (1, a name) (1965, 4 digits)
///     19650103         (19650103, 8 digits)
///     xx.03.1965       (0, 2 digits) (3, 2 digits) (1965, 4 digits)
///
/// Everything else in the text must be known to say nothing of the day, such as a weekday or a time of day; where it is
/// not, the text was not read whole and the parts mean nothing.
struct DateParts {
  struct Part: BitwiseCopyable {
    /// The number, or that of the named month; 0 for what is not known.
    var value = 0
    /// Digits it is written in, or signs that stand for them; 0 for a name.
    var digits = 0
    /// Whether it is written that it is not known.
    var isUnknown = false
  }

  /// Longer texts say more than a day.
  static let longest = 64

  private(set) var count = 0
  /// Which part is the name of a month.
  private(set) var namedMonth: Int?
  /// Whether all of the text was understood.
  private(set) var isWhole = true
  private var parts = (Part(), Part(), Part())

  subscript(place: Int) -> Part { place == 0 ? parts.0 : place == 1 ? parts.1 : parts.2 }

  /// Digits of all parts.
  var digits: Int { parts.0.digits + parts.1.digits + parts.2.digits }

  init(_ text: UnsafeBufferPointer<UInt8>) {
    if text.count > Self.longest {
      isWhole = false
    } else if text.allSatisfy({ $0 < 0x80 }) {
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longest) { room in
        for (position, byte) in text.enumerated() {
          room[position] = byte &- 0x41 < 26 ? byte | 0x20 : byte
        }
        parse(UnsafeBufferPointer(rebasing: room[..<text.count]))
      }
    } else {
      var folded: [UInt8] = []
      TextFolding.fold(text, into: &folded)
      folded.withUnsafeBufferPointer { parse($0) }
    }
    if count == 0 { isWhole = false }
  }

  private mutating func append(_ part: Part) {
    switch count {
    case 0: parts.0 = part
    case 1: parts.1 = part
    default: parts.2 = part
    }
    count += 1
  }

  private mutating func parse(_ text: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position < text.count, isWhole {
      let byte = text[position]
      if count == 3 || count == 1 && parts.0.digits >= 8 {
        isWhole = Self.saysNothing(text, from: position)
        return
      }
      if byte.isDigit {
        position = number(text, position)
      } else if byte.isSmallLetter {
        position = word(text, position)
      } else if byte == 0x3F || byte == 0x2A {
        // ?? and ** stand for what is not known; one * is "born" to a genealogist.
        let end = Self.end(of: text, position) { $0 == byte }
        if end - position >= 2 { append(Part(digits: end - position, isUnknown: true)) }
        if end - position == 1 && (byte == 0x3F || position > 0) { isWhole = false }
        position = end
      } else if let width = Self.separator(text, position) {
        position += width
      } else {
        isWhole = false
      }
    }
  }

  /// Takes up a number, with the ending of an ordinal behind it.
  private mutating func number(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var end = Self.end(of: text, start) { $0.isDigit }
    if end - start > 18 {
      isWhole = false
      return end
    }
    append(Part(value: text[start..<end].reduce(0) { $0 * 10 + Int($1 &- 0x30) }, digits: end - start))
    if end - start <= 2 {
      let behind = Self.end(of: text, end) { $0.isSmallLetter }
      let isOrdinal = Self.ordinals.contains(UnsafeBufferPointer(rebasing: text[end..<behind]))
      // 1º is 1o without its accent, and so may be 10.
      let isParted = behind == text.count || text[behind] == 0x20 || behind - end > 1 && !text[behind].isDigit
      if isOrdinal, isParted { end = behind }
    }
    return end
  }

  /// Takes up a word: the name of a month, or one that says nothing.
  private mutating func word(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    let end = Self.end(of: text, start) { $0.isSmallLetter }
    let word = UnsafeBufferPointer(rebasing: text[start..<end])
    if let month = MonthNames.month(word) ?? (count == 1 ? MonthNames.romanMonth(word) : nil) {
      if namedMonth != nil {
        isWhole = false
      } else {
        namedMonth = count
        append(Part(value: month))
      }
    } else if word.count >= 2, word.allSatisfy({ $0 == 0x78 }) {
      append(Part(digits: word.count, isUnknown: true))
    } else if !Self.fillers.contains(word), count > 0 || !Self.weekdays.contains(word) {
      isWhole = false
    }
    return end
  }

  /// Whether what follows a day says nothing more of it: a time of day, or a word for "year".
  private static func saysNothing(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var position = start
    while position < text.count, let width = separator(text, position) { position += width }
    if position == text.count { return true }
    let byte = text[position]
    if byte.isDigit {
      let end = end(of: text, position) { $0.isDigit }
      // 20.0: a number that went through a program that knows fractions alone.
      if end == text.count, position > start, text[position - 1] == 0x2E {
        return text[position..<end].allSatisfy { $0 == 0x30 }
      }
      return end - position <= 2 && end < text.count && (text[end] == 0x3A || text[end] == 0x68)
    }
    if byte == 0x3A { return position + 1 < text.count && text[position + 1].isDigit }
    if byte == 0x74, position + 1 < text.count, text[position + 1].isDigit { return true }
    let end = end(of: text, position) { $0.isSmallLetter }
    let isYear = years.contains(UnsafeBufferPointer(rebasing: text[position..<end]))
    return isYear && text[end...].allSatisfy { $0 == 0x2E || $0 == 0x20 }
  }

  private static func end(
    of text: UnsafeBufferPointer<UInt8>, _ start: Int, _ belongs: (UInt8) -> Bool
  ) -> Int {
    var end = start
    while end < text.count, belongs(text[end]) { end += 1 }
    return end
  }

  /// Bytes of what parts the parts of a date, at a position; nil for anything else.
  private static func separator(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int? {
    switch text[position] {
    case 0x20, 0x09, 0x27, 0x2C, 0x2D, 0x2E, 0x2F, 0x5C, 0x5F: return 1
    case 0xE2...0xE6 where position + 2 < text.count:
      let character =
        UInt32(text[position]) << 16 | UInt32(text[position + 1]) << 8 | UInt32(text[position + 2])
      switch character {
      // Hyphens, dashes and the minus sign; year, month and day in Chinese and Japanese.
      case 0xE28090...0xE28095, 0xE28892, 0xE5B9B4, 0xE69C88, 0xE697A5: return 3
      default: return nil
      }
    default: return nil
    }
  }

  private static let ordinals = TextSet(["st", "nd", "rd", "th", "er", "re", "eme", "e", "o", "a"])
  private static let fillers = TextSet([
    "of", "the", "de", "del", "den", "der", "le", "el", "il", "di", "d", "do", "dne", "dnia", "am",
  ])
  private static let weekdays = TextSet([
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday",
    "wednesday",
    "thursday", "friday", "saturday", "sunday",
  ])
  private static let years = TextSet(["r", "rok", "roku", "ad", "ce"])
}

extension UInt8 {
  /// Whether it is an ASCII digit.
  @inline(__always)
  fileprivate var isDigit: Bool { self &- 0x30 < 10 }
  /// Whether it is a small ASCII letter.
  @inline(__always)
  fileprivate var isSmallLetter: Bool { self &- 0x61 < 26 }
}
