/// What spreadsheets take for a number, a date or a truth value where no text is meant, and do not give back as it was: of
/// a number they keep 15 digits, and no zeros before it.
///
/// Dates as ISO 8601 writes them, and numbers of fewer digits, stay what they are.
enum SpreadsheetNumber {
  /// Whether a text would come back as another.
  static func changes(_ text: String) -> Bool {
    // Spaces around it are not minded.
    let bytes = text.utf8.drop { $0 == 0x20 }
    guard bytes.count <= longest || bytes.allSatisfy(isDigitOrExponent), let first = bytes.first else {
      return false
    }
    if isDigit(first) || first == 0x2E { return changesNumber(Array(bytes)) || isDate(Array(bytes)) }
    // Else a truth value, or a month with a number.
    if bytes.count == 4 || bytes.count == 5,
      ["true", "false"].contains(String(decoding: bytes, as: UTF8.self).lowercased())
    {
      return true
    }
    return bytes.contains(where: isDigit) && isDate(Array(bytes))
  }

  /// No date is longer.
  private static let longest = 24

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  private static func isDigitOrExponent(_ byte: UInt8) -> Bool { isDigit(byte) || byte | 0x20 == 0x65 }

  /// Digits with at most one point and one exponent: whether digits are lost or others shown.
  private static func changesNumber(_ bytes: [UInt8]) -> Bool {
    var digits = 0
    var points = 0
    for (place, byte) in bytes.enumerated() {
      if isDigit(byte) {
        digits += 1
      } else if byte == 0x2E, points == 0 {
        points = 1
      } else if byte | 0x20 == 0x65, digits > 0 {
        // The exponent, whose sign may stand before it, ends the number.
        var rest = bytes[(place + 1)...]
        if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
      } else {
        return false
      }
    }
    return digits > 15 || (points == 0 && digits > 1 && bytes[0] == 0x30)
  }

  /// Two or three groups between `-`, `/`, `.`, `:` or spaces, each a number but one that may be a month's name; or a month's
  /// name that a number stands right before or after.
  private static func isDate(_ bytes: [UInt8]) -> Bool {
    var groups: [ArraySlice<UInt8>] = []
    var separators: Set<UInt8> = []
    var start = 0
    func end(_ place: Int) { if place > start { groups.append(bytes[start..<place]) } }
    for (place, byte) in bytes.enumerated() {
      if [0x2D, 0x2F, 0x2E, 0x3A, 0x20].contains(byte) {
        separators.insert(byte)
        end(place)
        start = place + 1
      } else if place > start, isDigit(byte) != isDigit(bytes[place - 1]) {
        end(place)
        start = place
      }
    }
    end(bytes.count)
    guard (2...3).contains(groups.count) else { return false }
    let isNumber = groups.map { $0.count <= 4 && $0.allSatisfy(isDigit) }
    let names = zip(groups, isNumber).filter { !$1 }.map(\.0)
    if names.count == 1 { return isMonth(names[0]) }
    // A decimal number, and a date that is written as ISO 8601 writes it, are shown as what they are.
    let lengths = groups.map(\.count)
    return names.isEmpty && separators.count == 1 && separators != [0x20]
      && !(separators == [0x2E] && groups.count == 2) && !(separators == [0x2D] && lengths == [4, 2, 2])
  }

  private static func isMonth(_ name: ArraySlice<UInt8>) -> Bool {
    let small = String(decoding: name, as: UTF8.self).lowercased()
    return small.utf8.count >= 3 && months.contains { $0.hasPrefix(small) }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]
}
