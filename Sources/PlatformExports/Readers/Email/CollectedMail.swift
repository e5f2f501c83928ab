/// The bytes of one message as they come, line by line, without long attachments.
///
/// Lines that look like base64 are passed over once `attachmentLimit` bytes of them have come without a
/// break, so that a message with a film attached takes little memory and its later parts are still read.
struct CollectedMail: ~Copyable {
  private(set) var bytes: [UInt8] = []
  private(set) var passedOver = 0
  private(set) var zeroBytes = 0
  private(set) var isTooLarge = false
  /// Whether an empty line ended the headers.
  private(set) var hasWholeHeaders = false
  private var run = 0

  /// Bytes of consecutive base64 lines that are kept.
  static let attachmentLimit = 1 << 20

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= 4 << 20)
    passedOver = 0
    zeroBytes = 0
    isTooLarge = false
    hasWholeHeaders = false
    run = 0
  }

  /// Adds a line without its terminator.
  mutating func append(_ line: some Collection<UInt8>, limit: Int) {
    if line.isEmpty { hasWholeHeaders = true }
    if isTooLarge { return }
    if hasWholeHeaders, line.count >= 60, line.count <= 1000, line.allSatisfy(Self.isBase64) {
      run += line.count
      if run > Self.attachmentLimit {
        passedOver += line.count
        return
      }
    } else {
      run = 0
    }
    if bytes.count + line.count > limit {
      isTooLarge = true
      bytes = []
      return
    }
    let start = bytes.count
    bytes.append(contentsOf: line)
    bytes.append(0x0A)
    if line.contains(0) {
      for position in start..<bytes.count where bytes[position] == 0 {
        bytes[position] = 0x20
        zeroBytes += 1
      }
    }
  }

  /// Adds the last line of a source that ends without a newline, without what may be half of something: a
  /// boundary, a quoted-printable triplet, a UTF-8 sequence.
  mutating func appendCutOff(_ line: some BidirectionalCollection<UInt8>, limit: Int) {
    let dash = UInt8(ascii: "-")
    if line.starts(with: [dash, dash]) || line.elementsEqual([dash]), !Self.endsBoundary(line) { return }
    var whole = line[...]
    let tail = whole.suffix(2)
    if let sign = tail.firstIndex(of: UInt8(ascii: "=")), mentionsQuotedPrintable { whole = whole[..<sign] }
    var back = 0
    for byte in whole.suffix(3).reversed() {
      back += 1
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1
      if needed > back { whole = whole.dropLast(back) }
      break
    }
    append(Array(whole), limit: limit)
  }

  private var mentionsQuotedPrintable: Bool {
    let name = Array("quoted-printable".utf8)
    guard bytes.count > name.count else { return false }
    return (0...bytes.count - name.count).contains { start in
      bytes[start] | 0x20 == name[0]
        && (1..<name.count).allSatisfy { bytes[start + $0] | 0x20 == name[$0] | 0x20 }
    }
  }

  private static func endsBoundary(_ line: some BidirectionalCollection<UInt8>) -> Bool {
    line.count > 4 && line.suffix(2).elementsEqual([UInt8(ascii: "-"), UInt8(ascii: "-")])
  }

  /// Notes a line that was too long to be looked at.
  mutating func markTooLarge() {
    isTooLarge = true
    bytes = []
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2B, 0x2F...0x39, 0x3D, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}

extension SetAsideReason {
  /// Nothing says that the text goes no further.
  static let unterminated = Self(
    "unterminated", "ends without the mark that would show that it is whole", isFault: false)
}
