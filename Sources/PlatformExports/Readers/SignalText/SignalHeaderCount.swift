/// Counts the heads of messages apart from the parser: over the raw bytes, by their outline. A line counts that begins with
/// `[` and has a bracket within 40 bytes, with a time between the two and a name or stars behind it.
struct SignalHeaderCount {
  private(set) var count = 0
  private var line: [UInt8] = []
  /// Whether the file's heads begin with the name of a month.
  private var isMonthly: Bool?
  private static let lookedAt = 600

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if byte == 0x0A { finish() } else if line.count < Self.lookedAt { line.append(byte) }
    }
  }

  /// Judges a line that ends.
  mutating func finish() {
    if let isMonthly = Self.sort(line), self.isMonthly ?? isMonthly == isMonthly {
      self.isMonthly = isMonthly
      count += 1
    }
    line.removeAll(keepingCapacity: true)
  }

  /// Whether a line looks like the head of a message.
  static func isHead(_ line: [UInt8]) -> Bool { sort(line) != nil }

  /// Whether a head begins with the name of a month; nil for a line that is none.
  private static func sort(_ line: [UInt8]) -> Bool? {
    var line = line
    if line.last == 0x0D { line.removeLast() }
    guard line.first == UInt8(ascii: "["), let end = line.prefix(41).firstIndex(of: UInt8(ascii: "]")) else {
      return nil
    }
    let stamp = line[1..<end].split { $0 == 0x20 }
    let rest = line[(end + 1)...].drop { $0 == 0x20 }
    guard rest.startIndex == end + 2, (2...4).contains(stamp.count), let clock = stamp.last else {
      return nil
    }
    let parts = clock.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let isTime =
      (2...3).contains(parts.count) && parts.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isDigit) }
    let isMonthly = !(stamp[0].first ?? 0).isDigit
    guard isTime, stamp.count == (isMonthly ? 4 : 2) else { return nil }
    func ends(_ mark: UInt8, mayEnd: Bool) -> Bool {
      rest.indices.dropFirst().contains {
        rest[$0] == mark && ($0 + 1 < rest.endIndex ? rest[$0 + 1] == 0x20 : mayEnd)
      }
    }
    if !isMonthly { return ends(UInt8(ascii: ":"), mayEnd: line.count < lookedAt) ? false : nil }
    guard stamp[1].count == 3, stamp[2].count == 4 else { return nil }
    let isSaid = rest.first == UInt8(ascii: "<") && ends(UInt8(ascii: ">"), mayEnd: false)
    return isSaid || rest.starts(with: "*** ".utf8) ? true : nil
  }
}
