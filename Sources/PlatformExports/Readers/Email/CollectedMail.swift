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
