import Columns

/// Addresses of the Internet Protocol as text.
enum NetworkAddress {
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
