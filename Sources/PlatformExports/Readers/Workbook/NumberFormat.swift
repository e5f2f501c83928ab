/// What a number format shows of a number, as far as it matters: a date, a time of day, zeros in front.
///
/// Source: ECMA-376 part 1, 18.8.30 and 18.8.31. Codes are stored in the letters of English whatever the program's
/// language.
struct NumberFormat: Equatable {
  var hasDate = false
  var hasClock = false
  var hasSeconds = false
  var hasFraction = false
  /// Hours, minutes or seconds that have run (`[h]`), which may be more than a day.
  var isElapsed = false
  /// Digits that are shown at least, with zeros in front.
  var digits = 0

  /// Whether it shows a number as a date or time.
  var isTime: Bool { hasDate || hasClock }

  /// A plain number.
  init() {}

  /// A format that has a number and no code. Some are those of East Asian and Thai editions alone.
  init(builtIn id: Int) {
    switch id {
    case 14...17, 27...31, 36, 50...54, 55...58, 71...74, 81: hasDate = true
    case 18...21, 32...35, 45...47, 75, 76, 78...80: hasClock = true
    case 22, 77: (hasDate, hasClock) = (true, true)
    default: break
    }
    hasSeconds = [19, 21, 33, 35, 45, 46, 47, 76, 78, 79, 80].contains(id)
    hasFraction = [47, 80].contains(id)
    isElapsed = [46, 79].contains(id)
  }

  /// A format by its code, of which the first section counts: the others are those of negative numbers and of text.
  init(code: UnsafeBufferPointer<UInt8>) {
    var position = 0
    var hasMonthOrMinute = false
    var plain: [UInt8] = []
    func isFollowed(by next: UInt8) -> Bool { position + 1 < code.count && code[position + 1] == next }
    func lower(_ offset: Int) -> UInt8 { position + offset < code.count ? code[position + offset] | 0x20 : 0 }
    scan: while position < code.count {
      let byte = code[position]
      switch byte {
      case UInt8(ascii: ";"): break scan
      case UInt8(ascii: "\""):
        position += 1
        while position < code.count, code[position] != byte { position += 1 }
      // One character behind it stands for itself, is as wide as, or is repeated.
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): position += 1
      case UInt8(ascii: "["):
        let start = position + 1
        while position < code.count, code[position] != UInt8(ascii: "]") { position += 1 }
        let letters = Set(code[min(start, position)..<position].map { $0 | 0x20 })
        if letters.count == 1, let letter = letters.first, "hms".utf8.contains(letter) {
          (isElapsed, hasClock) = (true, true)
          hasSeconds = hasSeconds || letter == UInt8(ascii: "s")
        }
      default:
        plain.append(byte)
        switch byte | 0x20 {
        case UInt8(ascii: "y"), UInt8(ascii: "d"): hasDate = true
        case UInt8(ascii: "h"): hasClock = true
        case UInt8(ascii: "s"):
          (hasClock, hasSeconds) = (true, true)
        case UInt8(ascii: "m"): hasMonthOrMinute = true
        case UInt8(ascii: "a") where lower(1) == UInt8(ascii: "m") && lower(3) == UInt8(ascii: "p"):
          hasClock = true
          position += 4
        case UInt8(ascii: "a") where lower(2) == UInt8(ascii: "p"):
          hasClock = true
          position += 2
        case UInt8(ascii: "g") where lower(1) == UInt8(ascii: "e") && lower(2) == UInt8(ascii: "n"):
          position += 6  // General
        default:
          if byte == UInt8(ascii: "."), isFollowed(by: UInt8(ascii: "0")), hasSeconds { hasFraction = true }
        }
      }
      position += 1
    }
    if hasMonthOrMinute, !hasClock { hasDate = true }
    let zeros = plain.drop { $0 == UInt8(ascii: "#") }
    if zeros.first == UInt8(ascii: "0"), zeros.count > 1,
      zeros.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "#") })
    {
      digits = min(zeros.count, 32)
    }
  }
}
