import Columns

/// Addresses of the Internet Protocol as text.
enum NetworkAddress {
  /// Whether a text is an address of version 4: four numbers up to 255, all with zeros in front or none, which dates
  /// (28.05.1990.) and telephone numbers (07.700.900.123) are not.
  static func isVersion4(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let isPadded = text.count == 15
    let numbers = text.split(separator: 0x2E, omittingEmptySubsequences: false)
    return numbers.count == 4
      && numbers.allSatisfy { number in
        guard (1...3).contains(number.count), number.allSatisfy({ $0 &- 0x30 < 10 }) else { return false }
        if number.count > 1, number.first == 0x30, !isPadded { return false }
        return number.reduce(0) { $0 * 10 + Int($1 & 0xF) } <= 255
      }
  }

  /// Whether two addresses are of one /24 (IPv4) or begin with the same four groups (IPv6, as written).
  static func sharePrefix(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let one = prefixLength(left), let two = prefixLength(right), one == two else { return false }
    return left[0..<one].elementsEqual(right[0..<two])
  }

  /// By value: a hash of its prefix; 0 for what is no address.
  static func prefixes(of pool: ValuePool) -> Packed<UInt32> {
    let result = Packed<UInt32>(repeating: 0, count: pool.count)
    for value in 1..<max(pool.count, 1) {
      let text = pool.text(value)
      guard let length = prefixLength(text) else { continue }
      result[value] = UInt32(
        truncatingIfNeeded: stableHash(UnsafeBufferPointer(rebasing: text[..<length])) | 1)
    }
    return result
  }

  /// Bytes of the text that make up the prefix.
  static func prefixLength(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var dots = 0
    var colons = 0
    for (position, byte) in text.enumerated() {
      if byte == 0x2E {
        dots += 1
        if dots == 3 { return position }
      } else if byte == 0x3A {
        colons += 1
        if colons == 4 { return position }
      }
    }
    return nil
  }
}
