internal import AccountModel
internal import CLibXML2

extension UnsafeBufferPointer<cog_xml_attribute> {
  /// The value of the first attribute of a name; empty when there is none.
  func value(_ name: SMSBackupName) -> Bytes { value(number: name.rawValue) }
}

extension SMSBackupParser {
  /// A decimal number, perhaps negative, between white space.
  static func number(_ bytes: Bytes) -> Int64? {
    let digits = trim(bytes)
    guard !digits.isEmpty, digits.count <= 19 else { return nil }
    var position = 0
    let isNegative = digits[0] == UInt8(ascii: "-")
    if isNegative { position = 1 }
    guard position < digits.count else { return nil }
    var value: Int64 = 0
    while position < digits.count {
      let byte = digits[position]
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowed) = product.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      if overflow || overflowed { return nil }
      value = sum
      position += 1
    }
    return isNegative ? -value : value
  }

  /// Milliseconds since 1970 in UTC.
  ///
  /// A time before the first text message (1992-12-03) is a phone without a clock, or seconds written where
  /// milliseconds belong: it is not taken.
  static func time(_ bytes: Bytes) -> ObservedTime? {
    number(bytes).flatMap { time(milliseconds: $0) }
  }

  /// As `time(_:)`, of a number.
  static func time(milliseconds: Int64) -> ObservedTime? {
    guard milliseconds >= earliest, milliseconds <= ObservedTime.plausible.upperBound / 1000 else {
      return nil
    }
    return ObservedTime(microseconds: milliseconds * 1000, zone: .known, precision: .millisecond)
  }

  /// Milliseconds from 1970 to the first text message.
  static let earliest: Int64 = 723_340_800_000

  static func trim(_ bytes: Bytes) -> Bytes {
    var slice = bytes[...]
    while let first = slice.first, first == 0x20 || (first >= 9 && first <= 13) { slice.removeFirst() }
    while let last = slice.last, last == 0x20 || (last >= 9 && last <= 13) { slice.removeLast() }
    return Bytes(rebasing: slice)
  }

  /// Whether the value is the word that the program writes for nothing.
  static func isNull(_ bytes: Bytes) -> Bool { bytes.count == 4 && bytes.elementsEqual("null".utf8) }

  static func isUnknown(_ bytes: Bytes) -> Bool { bytes.count == 9 && bytes.elementsEqual("(Unknown)".utf8) }

  /// The value, empty when it is the word for nothing.
  static func present(_ bytes: Bytes) -> Bytes { isNull(bytes) ? Bytes(start: nil, count: 0) : bytes }

  /// The first bytes of a value as text for a report.
  static func quote(_ bytes: Bytes) -> String { String(decoding: bytes.prefix(120), as: UTF8.self) }
}
