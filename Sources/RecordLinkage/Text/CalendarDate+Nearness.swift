extension CalendarDate {
  /// How two different dates are near: a digit mistyped or two swapped, or day and month swapped (near); two of
  /// the three parts equal (loose); 255 otherwise.
  ///
  /// Nobody mistypes a digit of a month that is written by name: where both are, Jan and Feb are as far apart as Jan and
  /// Dec.
  static func nearness(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, areMonthsNamed: Bool
  ) -> UInt8 {
    guard left.count == 8, right.count == 8, let one = left.baseAddress, let two = right.baseAddress else {
      return DamerauLevenshtein.isWithinOne(left, right) ? UInt8(ValueField.Code.near) : 255
    }
    // Safe: both texts have eight bytes. Character i is byte i from the lowest.
    let first = UInt64(littleEndian: UnsafeRawPointer(one).loadUnaligned(as: UInt64.self))
    let second = UInt64(littleEndian: UnsafeRawPointer(two).loadUnaligned(as: UInt64.self))
    let difference = first ^ second
    let (year, month, day) = (difference << 32 == 0, (difference >> 32) & 0xffff == 0, difference >> 48 == 0)
    // A month without its day agrees with all days of it, and is no slip for one of them.
    let unsaid: UInt64 = 0x3030
    if !day, first >> 48 == unsaid || second >> 48 == unsaid {
      return year && month ? UInt8(ValueField.Code.loose) : 255
    }
    let start = UInt64(difference.trailingZeroBitCount & ~7)
    let differing = difference >> start
    // Day and month of one are month and day of the other.
    let areTurned =
      year && (first >> 32) & 0xffff == second >> 48 && first >> 48 == (second >> 32) & 0xffff
    if areTurned { return UInt8(ValueField.Code.near) }
    if areMonthsNamed, !month { return year && day ? UInt8(ValueField.Code.loose) : 255 }
    if differing < 0x100 { return UInt8(ValueField.Code.near) }
    // Two neighbours that differ alike, each being the other's.
    if differing < 0x1_0000, (first >> start) & 0xff == (second >> (start + 8)) & 0xff,
      (first >> (start + 8)) & 0xff == (second >> start) & 0xff
    {
      return UInt8(ValueField.Code.near)
    }
    let equal = (year ? 1 : 0) + (month ? 1 : 0) + (day ? 1 : 0)
    return equal == 2 ? UInt8(ValueField.Code.loose) : 255
  }
}
