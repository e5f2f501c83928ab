/// Counts the lines of a log that somebody said, apart from the parser: over the raw bytes, by the sign behind the first
/// words of a line. Actions and notices are told from a program's own lines by what was read before, and not counted.
struct IRCLogCount {
  private(set) var count = 0
  private let layout: IRCLayout
  private let limit: Int
  private var line: [UInt8] = []
  private var length = 0
  private static let lookedAt = 400

  /// - Parameter limit: bytes of a line beyond which it is no record.
  init(_ layout: IRCLayout, limit: Int) {
    self.layout = layout
    self.limit = limit
  }

  /// Takes the next bytes of the log.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if byte == 0x0A {
        finish()
      } else {
        length += 1
        if line.count < Self.lookedAt { line.append(byte) }
      }
    }
  }

  /// Judges a line that ends.
  mutating func finish() {
    if length <= limit, Self.isSaid(line, layout) { count += 1 }
    line.removeAll(keepingCapacity: true)
    length = 0
  }

  /// Whether a line has the signs of a message behind its stamp.
  static func isSaid(_ line: [UInt8], _ layout: IRCLayout) -> Bool {
    var rest = line[...]
    if layout == .weechat {
      let fields = line.split(separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return false }
      let sign = IRCLogCount.uncoloured(fields[1]).filter { $0 != 0x20 }
      return !["", "-->", "<--", "--", "=!=", "*"].contains { $0.utf8.elementsEqual(sign) }
    }
    let words =
      switch layout {
      case .xchat: 3
      case .scrollback: 2
      default: 1
      }
    for number in 0..<words {
      if number > 0 { rest = rest.drop { $0 == 0x20 } }
      if rest.first == 0x20 { return false }
      rest = rest.drop { $0 != 0x20 }
    }
    let body = uncoloured(rest).drop { $0 == 0x20 }
    return body.first == UInt8(ascii: "<") && body.dropFirst().first != UInt8(ascii: "-")
  }

  private static func uncoloured(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.prefix(200).withUnsafeBufferPointer { IRCText.plain($0) }
  }
}
