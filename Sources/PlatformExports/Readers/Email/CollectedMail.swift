/// The bytes of one message as they come, line by line, made harmless for a MIME parser that recurses.
///
/// - Lines that look like base64 are passed over once `attachmentLimit` bytes of them have come without a
///   break, and everything beyond `messageLimit` but the structure lost with it: a message with a film
///   attached takes little memory, and its later parts are still read.
/// - Messages within messages are not its author's words and are not taken apart: their type is disguised.
///   So are multiparts beyond `multipartLimit`, which would make the search for boundaries quadratic.
/// - Colons beyond `colonLimit` in one header become semicolons: groups in groups would exhaust the stack.
/// - Zero bytes become spaces.
struct CollectedMail: ~Copyable {
  private(set) var bytes: [UInt8] = []
  /// Bytes of base64 left out.
  private(set) var passedOver = 0
  /// Bytes left out for the message's or a line's size.
  private(set) var cutBytes = 0
  private(set) var zeroBytes = 0
  /// Multiparts and colons that were disguised.
  private(set) var disguised = 0
  /// Whether an empty line ended the headers.
  private(set) var hasWholeHeaders = false
  private var run = 0
  private var colons = 0
  private var multiparts = 0
  private var isInType = false

  /// Bytes of consecutive base64 lines that are kept; a quarter of it once the message is large.
  static let attachmentLimit = 512 << 10
  /// Bytes kept of a message.
  static let messageLimit = 4 << 20
  /// Multiparts taken apart in a message.
  static let multipartLimit = 64
  /// Colons of one header that may mean something.
  static let colonLimit = 200

  mutating func removeAll() {
    let room = bytes
    self = CollectedMail()
    if room.capacity <= 1 << 20 { bytes = room }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Adds a line without its terminator.
  mutating func append(_ line: some BidirectionalCollection<UInt8>, limit: Int) {
    if line.isEmpty { hasWholeHeaders = true }
    if hasWholeHeaders, line.count >= 60, line.count <= 1000, line.allSatisfy(Self.isBase64) {
      run += line.count
      if run > (bytes.count > Self.messageLimit / 2 ? Self.attachmentLimit / 4 : Self.attachmentLimit) {
        passedOver += line.count
        return
      }
    } else {
      run = 0
    }
    if bytes.count + line.count > min(limit, Self.messageLimit) {
      cutBytes += line.count
      return
    }
    let start = bytes.count
    bytes.append(contentsOf: line)
    disarm(from: start)
    bytes.append(0x0A)
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

  /// Notes a line that was too long to be looked at.
  mutating func passOverLine() { cutBytes += MailLimits.line }

  // MARK: Making harmless

  private mutating func disarm(from start: Int) {
    guard start < bytes.count else { return }
    let isContinued = bytes[start] == 0x20 || bytes[start] == 0x09
    if !isContinued {
      colons = 0
      isInType = begins("content-type", at: start)
    }
    for position in start..<bytes.count where bytes[position] == 0 {
      bytes[position] = 0x20
      zeroBytes += 1
    }
    if !hasWholeHeaders {
      for position in start..<bytes.count where bytes[position] == UInt8(ascii: ":") {
        colons += 1
        if colons > Self.colonLimit {
          bytes[position] = UInt8(ascii: ";")
          disguised += 1
        }
      }
    }
    guard isInType else { return }
    for position in start..<bytes.count {
      // Parameters follow; a boundary may be called anything.
      if bytes[position] == UInt8(ascii: ";") {
        isInType = false
        return
      }
      if begins("message", at: position) || begins("digest", at: position) {
        bytes[position] = UInt8(ascii: "X")
      } else if begins("multipart", at: position) {
        multiparts += 1
        if multiparts > Self.multipartLimit {
          bytes[position] = UInt8(ascii: "X")
          disguised += 1
        }
      }
    }
  }

  /// The type of an attachment as it was before it was disguised.
  static func undisguised(_ type: String) -> String {
    for (found, meant) in [("xessage", "message"), ("xultipart", "multipart")]
    where type.lowercased().hasPrefix(found) {
      return meant + type.dropFirst(found.count)
    }
    return type
  }

  /// Whether lower-case ASCII stands at a position in either case.
  private func begins(_ word: StaticString, at position: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[position + offset] | 0x20 != word.utf8Start[offset] | 0x20 {
      return false
    }
    return true
  }

  // MARK: Shapes of lines

  private var mentionsQuotedPrintable: Bool {
    bytes.indices.contains { bytes[$0] | 0x20 == UInt8(ascii: "q") && begins("quoted-printable", at: $0) }
  }

  private static func endsBoundary(_ line: some BidirectionalCollection<UInt8>) -> Bool {
    line.count > 4 && line.suffix(2).elementsEqual([UInt8(ascii: "-"), UInt8(ascii: "-")])
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
