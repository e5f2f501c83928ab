import Glibc

extension Table {
  /// Counts the values that a spreadsheet wrote in place of long numbers (`4.47701E+11`), and notes how many there were.
  /// The values stay as they are.
  mutating func countRounded() {
    for column in columns where column.pool.mayHaveExponents {
      let pool = column.pool
      let isRounded = (0..<pool.count).map { Self.isRounded(pool.text($0)) }
      guard isRounded.contains(true) else { continue }
      for (source, file) in sources.enumerated() {
        let count = file.records.count { isRounded[Int(column.values[$0])] }
        if count == 0 { continue }
        sources[source].notes.append(
          "\(count) \(count == 1 ? "value" : "values") of \(VisibleName.quote(column.name)) \(count == 1 ? "is" : "are") written as 4.47701E+11 is: a telephone or account number in that form lost digits to a spreadsheet, and those that share the others look the same"
        )
      }
    }
  }

  /// A number of twelve digits or more, of which six or fewer are left.
  private static func isRounded(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let mark = text.firstIndex(of: UInt8(ascii: "E")), (1...7).contains(mark), text.count == mark + 4,
      text[mark + 1] == UInt8(ascii: "+"), text[mark + 2] == UInt8(ascii: "1"),
      (0x31...0x39).contains(text[mark + 3])
    else { return false }
    return text[..<mark].enumerated().allSatisfy { place, byte in
      place == 1 ? byte == UInt8(ascii: ".") : (0x30...0x39).contains(byte)
    }
  }
}

extension ValuePool {
  /// Whether `E+1` stands in any value, or where two values meet.
  fileprivate var mayHaveExponents: Bool {
    var position = 0
    while position < bytes.count, let found = memchr(bytes.base + position, 0x2B, bytes.count - position) {
      position = UnsafeRawPointer(bytes.base).distance(to: found) + 1
      if position >= 2, bytes.base[position - 2] == UInt8(ascii: "E"), position < bytes.count,
        bytes.base[position] == UInt8(ascii: "1")
      {
        return true
      }
    }
    return false
  }
}
