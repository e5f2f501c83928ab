import Columns

/// Dates as eight digits, yyyymmdd.
enum CalendarDate {
  /// The order of the parts in a column of dates.
  enum Order: String, Sendable, Codable { case yearFirst, dayFirst, monthFirst }

  /// The numbers in a date text: at most three parts, or one of eight digits.
  private struct Parts {
    struct Part {
      var value = 0
      var digits = 0
    }

    private(set) var count = 0
    private var parts = (Part(), Part(), Part())

    subscript(place: Int) -> Part { place == 0 ? parts.0 : place == 1 ? parts.1 : parts.2 }

    private mutating func append(_ part: Part) {
      switch count {
      case 0: parts.0 = part
      case 1: parts.1 = part
      default: parts.2 = part
      }
      count += 1
    }

    init(_ text: UnsafeBufferPointer<UInt8>) {
      var part = Part()
      for byte in text {
        if byte &- 0x30 < 10 {
          if part.digits < 9 { part.value = part.value * 10 + Int(byte &- 0x30) }
          part.digits += 1
        } else {
          if part.digits > 0 { append(part) }
          part = Part()
          // A time of day may follow.
          if count == 3 { return }
          if !(byte == 0x2D || byte == 0x2F || byte == 0x2E || byte == 0x20) { return }
        }
      }
      if part.digits > 0, count < 3 { append(part) }
    }
  }

  /// Whether the text has the shape of a date, and where its year stands.
  static func looksLikeDate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let parts = Parts(text)
    if parts.count == 1, parts[0].digits == 8 {
      return (1850...2100).contains(parts[0].value / 10_000)
        && isDay(parts[0].value / 100 % 100, parts[0].value % 100)
        || (1850...2100).contains(parts[0].value % 10_000)
    }
    guard parts.count == 3 else { return false }
    if parts[0].digits == 4 {
      return isDay(parts[1].value, parts[2].value) || isDay(parts[2].value, parts[1].value)
    }
    return (parts[2].digits == 4 || parts[2].digits == 2)
      && (isDay(parts[0].value, parts[1].value) || isDay(parts[1].value, parts[0].value))
  }

  private static func isDay(_ month: Int, _ day: Int) -> Bool {
    (1...12).contains(month) && (1...31).contains(day)
  }

  /// The order of a column: day first unless some date says that it cannot be.
  static func order(of pool: ValuePool) -> Order {
    var monthFirst = 0
    var dayFirst = 0
    for value in 1..<max(min(pool.count, 20_000), 1) {
      let parts = Parts(pool.text(value))
      guard parts.count == 3, parts[0].digits <= 2 else { continue }
      if parts[0].value > 12 { dayFirst += 1 }
      if parts[1].value > 12 { monthFirst += 1 }
    }
    return monthFirst > dayFirst ? .monthFirst : .dayFirst
  }

  /// Writes the date as yyyymmdd; what is no date comes as its digits, and as nothing when it has fewer than four.
  static func canonical(_ text: UnsafeBufferPointer<UInt8>, _ order: Order, into out: inout [UInt8]) {
    let parts = Parts(text)
    if parts.count == 3 {
      let yearFirst = parts[0].digits >= 3 || order == .yearFirst && parts[2].digits <= 2
      var year = yearFirst ? parts[0].value : parts[2].value
      let yearDigits = yearFirst ? parts[0].digits : parts[2].digits
      // Two digits: the hundred years up to 2030.
      if yearDigits <= 2 { year += year > 30 ? 1900 : 2000 }
      var (month, day) = (parts[1].value, yearFirst ? parts[2].value : parts[0].value)
      if !yearFirst, order == .monthFirst { swap(&month, &day) }
      if year < 10_000, month < 100, day < 100 {
        let number = year * 10_000 + month * 100 + day
        for power in [10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1] {
          out.append(UInt8(0x30 + number / power % 10))
        }
        return
      }
    }
    for byte in text where byte &- 0x30 < 10 { out.append(byte) }
    if out.count < 4 { out.removeAll(keepingCapacity: true) }
  }

  /// How two different dates are near: a digit mistyped or two swapped, or day and month swapped (near); two of
  /// the three parts equal (loose); 255 otherwise.
  static func nearness(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> UInt8 {
    guard left.count == 8, right.count == 8, let one = left.baseAddress, let two = right.baseAddress else {
      return DamerauLevenshtein.isWithinOne(left, right) ? UInt8(ValueField.Code.near) : 255
    }
    // Safe: both texts have eight bytes. Character i is byte i from the lowest.
    let first = UInt64(littleEndian: UnsafeRawPointer(one).loadUnaligned(as: UInt64.self))
    let second = UInt64(littleEndian: UnsafeRawPointer(two).loadUnaligned(as: UInt64.self))
    let difference = first ^ second
    let start = UInt64(difference.trailingZeroBitCount & ~7)
    let differing = difference >> start
    if differing < 0x100 { return UInt8(ValueField.Code.near) }
    // Two neighbours that differ alike, each being the other's.
    if differing < 0x1_0000, (first >> start) & 0xff == (second >> (start + 8)) & 0xff,
      (first >> (start + 8)) & 0xff == (second >> start) & 0xff
    {
      return UInt8(ValueField.Code.near)
    }
    let (year, month, day) = (difference << 32 == 0, (difference >> 32) & 0xffff == 0, difference >> 48 == 0)
    // Day and month of one are month and day of the other.
    if year, (first >> 32) & 0xffff == second >> 48, first >> 48 == (second >> 32) & 0xffff {
      return UInt8(ValueField.Code.near)
    }
    let equal = (year ? 1 : 0) + (month ? 1 : 0) + (day ? 1 : 0)
    return equal == 2 ? UInt8(ValueField.Code.loose) : 255
  }
}

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
