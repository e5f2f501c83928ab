/// Counts the heads of messages of a plain text apart from the parser: over the raw bytes, by lines behind an empty one that
/// begin with a bracket, hold two digits on both sides of a colon before it closes, and go on.
struct DiscordTextCount {
  private(set) var count = 0
  private var line: [UInt8] = []
  private var isBehindEmpty = false
  private static let lookedAt = 200

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if byte == 0x0A { finish() } else if line.count < Self.lookedAt { line.append(byte) }
    }
  }

  /// Judges a line that ends.
  mutating func finish() {
    if line.last == 0x0D { line.removeLast() }
    if isBehindEmpty, Self.isHead(line) { count += 1 }
    isBehindEmpty = line.isEmpty
    line.removeAll(keepingCapacity: true)
  }

  /// Whether a line is one of those around the head and the foot of a file.
  static func isRule(_ line: some Collection<UInt8>) -> Bool {
    line.count == 62 && line.allSatisfy { $0 == UInt8(ascii: "=") }
  }

  /// Whether a line looks like the head of a message.
  static func isHead(_ line: [UInt8]) -> Bool {
    guard line.first == UInt8(ascii: "["), let end = line.prefix(60).firstIndex(of: UInt8(ascii: "]")),
      line[(end + 1)...].starts(with: " ".utf8), line.count > end + 2
    else { return false }
    return DiscordDates.isDate(String(decoding: line[1..<end], as: UTF8.self))
  }
}
