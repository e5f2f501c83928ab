internal import Foundation

/// A number as a cell holds it: decimal digits, perhaps with an exponent.
///
/// Spreadsheets keep about fifteen digits of a number. Longer ones, as card numbers and many ids are, were rounded when they
/// were typed or opened, and nothing brings them back; whatever other programs wrote with all digits is kept so.
struct SheetNumber {
  /// All digits where it is whole, else as it is written.
  let text: String
  /// As `text`, a fraction to the fifteen digits that spreadsheets show: they write more, as `1.1000000000000001` for 1.1.
  let shown: String
  /// Whether it looks like one of which digits were lost, should it be more than a quantity.
  let isRounded: Bool
  /// Its value, for dates.
  let value: Double

  /// Digits that are written out; the largest number that a cell can hold has 309.
  private static let digitLimit = 320
  /// From here on neighbouring whole numbers are one to a spreadsheet.
  private static let exactLimit: UInt64 = 1 << 53

  /// Reads a number; nil for anything else.
  ///
  /// - Parameter minimum: digits that its format shows at least, with zeros in front.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, minimum: Int) {
    let bytes = bytes.trimmed
    var position = 0
    func at(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }
    let isNegative = at(0) == UInt8(ascii: "-")
    if isNegative || at(0) == UInt8(ascii: "+") { position += 1 }
    var digits: [UInt8] = []
    var point: Int?
    var count = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte.isDigit {
        count += 1
        if byte != 0x30 || !digits.isEmpty {
          digits.append(byte)
        } else if let found = point {
          point = found - 1
        }
      } else if byte == UInt8(ascii: "."), point == nil {
        point = digits.count
      } else {
        break
      }
      position += 1
    }
    guard count > 0 else { return nil }
    var exponent = 0
    let isScientific = at(position) | 0x20 == UInt8(ascii: "e")
    if isScientific {
      guard let found = Int(String(decoding: bytes[(position + 1)...], as: UTF8.self)), abs(found) < 400
      else { return nil }
      exponent = found
    } else if position < bytes.count {
      return nil
    }
    let written = String(decoding: bytes, as: UTF8.self)
    guard let value = Double(written), value.isFinite else { return nil }
    self.value = value
    // Where the point stands in the digits, zeros before the first left out.
    let whole = (point ?? digits.count) + exponent
    let significant = digits.count - digits.reversed().prefix { $0 == 0x30 }.count
    guard significant <= whole, whole <= Self.digitLimit else {
      text = digits.isEmpty ? Self.padded([0x30], minimum) : written
      shown = significant > 15 ? String(format: "%.15g", value) : text
      isRounded = false
      return
    }
    var all = Array(digits.prefix(significant))
    if whole > significant { all += [UInt8](repeating: 0x30, count: whole - significant) }
    if all.isEmpty { all = [0x30] }
    isRounded = Self.isRounded(all, significant: significant, isScientific: isScientific)
    text = (isNegative && significant > 0 ? "-" : "") + Self.padded(all, minimum)
    shown = text
  }

  private static func padded(_ digits: [UInt8], _ minimum: Int) -> String {
    String(repeating: "0", count: max(minimum - digits.count, 0)) + String(decoding: digits, as: UTF8.self)
  }

  private static func isRounded(_ digits: [UInt8], significant: Int, isScientific: Bool) -> Bool {
    // Twelve digits and more are shown with six (4.47701E+11), and are no more than that once a table was saved so.
    if digits.count >= 12, significant <= 6 { return true }
    guard digits.count >= 16 else { return false }
    if digits.last == 0x30 { return true }
    guard let number = UInt64(String(decoding: digits, as: UTF8.self)) else { return isScientific }
    guard number > exactLimit else { return false }
    return isScientific || UInt64(exactly: Double(number)) == number
  }
}
