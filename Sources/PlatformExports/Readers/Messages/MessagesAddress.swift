/// Addresses as Messages writes them.
enum MessagesAddress {
  /// Marks before an address: what it is.
  private static let marks = ["tel:", "mailto:", "p:", "e:"].map { Array($0.utf8) }
  /// Behind a number or sender, the folder into which a filter of text messages sorted them: `60123(smsft)`.
  private static let folder = Array("(sms".utf8)

  /// Digits at the end of a number that tell it from others, as country and zero before them come and go.
  private static let tellingDigits = 9

  /// These digits of a number, however it is written; nil of one that has fewer.
  static func tellingDigits(of number: some Sequence<UInt8>) -> ArraySlice<UInt8>? {
    let digits = number.filter(\.isDigit)
    return digits.count >= tellingDigits ? digits.suffix(tellingDigits) : nil
  }

  /// Whether two addresses are one, however they are written: of numbers the last nine digits tell.
  static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    if one == other { return true }
    if one.contains(UInt8(ascii: "@")) { return one.elementsEqual(other) { small($0) == small($1) } }
    let left = one.filter(\.isDigit)
    let right = other.filter(\.isDigit)
    let count = min(left.count, right.count, tellingDigits)
    return count >= 7 && left.suffix(count) == right.suffix(count)
  }

  private static func small(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  /// A number or address without marks; nil for what is none, empty for nothing.
  static func plain(_ bytes: Bytes?) -> [UInt8]? {
    guard var address = DatabaseText.address(bytes) else { return nil }
    for mark in marks
    where address.prefix(mark.count).map({ $0 | 0x20 }).elementsEqual(mark.map { $0 | 0x20 }) {
      address.removeFirst(mark.count)
      break
    }
    if address.last == UInt8(ascii: ")"), let open = address.lastIndex(of: UInt8(ascii: "(")), open > 0,
      address[open...].starts(with: folder)
    {
      address.removeSubrange(open...)
    }
    return address
  }
}
