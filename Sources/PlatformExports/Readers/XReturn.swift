internal import AccountModel
internal import CKernels

/// X's return to a law-enforcement request: text files (`…-ip-audit.txt`, `…-direct-messages.txt`, …) with the
/// entries of an archive as JSON, wrapped in a PGP clear-text signature, conversations separated by lines such
/// as `**** conversationId: 1-2 ****`.
///
/// The signature is passed over, not verified: it covers the file's bytes, which the case knows by their hash.
/// Lines that PGP escaped with `- ` are restored. JSON values that are not wrapped in objects are set aside.
public struct XReturnReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "x-return", title: "X (Twitter) legal return", version: 3)
  /// A return is what the platform gave to a request.
  public static let holdsCommunicationsData = true

  private enum Part { case before, headers, body, signature }

  private var archive: XArchiveReader
  private let limits: ImportLimits
  private let parser: JSONParser
  private var pending: [UInt8] = []
  private var scan = cog_json_scan()
  private var isOpen = false
  private var isOver = false
  private var start = (offset: UInt64(0), line: UInt32(0))
  private var conversations: UInt32 = 0

  /// Judges by the signature's first line and the keys of an archive.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.contains("-----BEGIN PGP SIGNED MESSAGE-----") else { return .no }
    let marks: [StaticString] = [
      "\"ipAudit\"", "\"messageCreate\"", "\"dmConversation\"", "\"tweet\"", "\"accountCreationIp\"",
      "\"deviceToken\"", "\"niDeviceResponse\"", "\"emailAddressChange\"", "\"screenNameChange\"",
      "\"phoneNumber\"", "\"blocking\"", "\"follower\"", "\"following\"", "\"muting\"", "\"noteTweet\"",
      "\"accountDisplayName\"", "\"connectedApplication\"",
    ]
    return marks.contains { head.contains($0) } ? .certain : .no
  }

  /// The folder and what stands before the sort of file in its name (`42` of `42-ip-audit.txt`): returns on
  /// several accounts may lie in one folder.
  public static func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let stem = parts.last?.split(separator: ".").first.map { String($0) } ?? ""
    let kind = file(of: path)
    guard !kind.isEmpty else { return path }
    let target = stem.dropLast(kind.utf8.count).reversed().drop { $0 == "-" || $0 == "_" }.reversed()
    return (parts.dropLast().map { String($0) } + [String(target)]).joined(separator: "/")
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    archive = try XArchiveReader(context: context)
    limits = context.options.limits
    parser = try JSONParser()
  }

  /// Names the owner.
  public mutating func finish(into writer: RecordWriter) throws { try archive.finish(into: writer) }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let file = Self.file(of: input.path)
    archive.begin(file)
    let tally = XArchiveReader.tally()
    input.tap { tally.feed($0) }
    var lines = LineReader(input, limit: limits.recordBytes)
    var part = Part.before
    isOpen = false
    while let line = try lines.next() {
      if line.isCut {
        writer.setAside(
          JSONPass.fileUnit, .tooLarge,
          at: Locator(member: input.member, offset: line.offset, line: line.number))
        continue
      }
      switch part {
      case .before: if line.bytes.elementsEqual("-----BEGIN PGP SIGNED MESSAGE-----".utf8) { part = .headers }
      case .headers: if line.bytes.isEmpty { part = .body }
      case .body:
        if line.bytes.elementsEqual("-----BEGIN PGP SIGNATURE-----".utf8) {
          part = .signature
        } else {
          try body(line, input.member, into: writer)
        }
      case .signature: if line.bytes.elementsEqual("-----END PGP SIGNATURE-----".utf8) { part = .before }
      }
    }
    if isOpen || part != .before {
      writer.setAside(
        JSONPass.fileUnit, .truncated,
        at: Locator(member: input.member, offset: isOpen ? start.offset : input.offset, line: start.line),
        detail: input.path)
      isOpen = false
    }
    writer.note("\(input.path): the PGP signature was not verified")
    XArchiveReader.count(tally, in: file, into: writer)
  }

  /// One line inside the signed text.
  private mutating func body(_ line: TextLine, _ member: UInt32, into writer: RecordWriter) throws {
    var bytes = line.bytes
    var offset = line.offset
    if bytes.count >= 2, bytes[0] == UInt8(ascii: "-"), bytes[1] == 0x20 {
      bytes = UnsafeBufferPointer(rebasing: bytes[2...])
      offset += 2
    }
    if !isOpen, bytes.starts(with: "****".utf8) {
      let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
      if let mark = words.firstIndex(of: "conversationId:"), mark + 1 < words.count {
        conversations += 1
        archive.begin(conversation: String(words[mark + 1]), conversations, writer)
      }
      return
    }
    var position = 0
    while position < bytes.count {
      if !isOpen {
        switch bytes[position] {
        case 0x20, 0x09, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","): position += 1
        case UInt8(ascii: "{"):
          isOpen = true
          isOver = false
          scan = cog_json_scan()
          pending.removeAll(keepingCapacity: true)
          start = (offset + UInt64(position), line.number)
        default:
          writer.setAside(
            "line", .malformed, at: Locator(member: member, offset: offset, line: line.number),
            detail: String(decoding: bytes.prefix(80), as: UTF8.self))
          return
        }
        continue
      }
      let end = cog_json_scan_value(bytes.baseAddress, position, bytes.count, &scan)
      if pending.count + end - position > limits.recordBytes { isOver = true }
      if !isOver { pending.append(contentsOf: bytes[position..<end]) }
      position = end
      if scan.done != 0 {
        isOpen = false
        let place = Locator(
          member: member, offset: start.offset,
          length: UInt32(clamping: offset + UInt64(position) - start.offset), line: start.line)
        try value(at: place, into: writer)
      }
    }
    if isOpen, !isOver { pending.append(0x0A) }
  }

  private mutating func value(at place: Locator, into writer: RecordWriter) throws {
    if isOver {
      writer.setAside(JSONPass.fileUnit, .tooLarge, at: place)
      return
    }
    let bytes = pending
    let parser = parser
    try withExtendedLifetime(parser) {
      try bytes.withUnsafeBufferPointer {
        do {
          try archive.returned(try parser.parse($0), &conversations, place, into: writer)
        } catch let error as JSONError {
          writer.setAside(JSONPass.fileUnit, .malformed, at: place, detail: error.description)
        }
      }
    }
  }

  /// `ip_audit` of `12345-ip-audit.txt`.
  private static func file(of path: String) -> String {
    let stem = path.split(separator: "/").last?.split(separator: ".").first?.lowercased() ?? ""
    let name = stem.replacing("-", with: "_")
    return XArchiveReader.files.filter { name.hasSuffix($0) }.max { ($0.count, $0) < ($1.count, $1) } ?? ""
  }
}

extension XArchiveReader {
  /// An entry of a legal return.
  fileprivate mutating func returned(
    _ value: JSONValue, _ conversations: inout UInt32, _ locator: Locator, into writer: RecordWriter
  ) throws {
    if value["messageCreate"] != nil {
      try conversationEvent(value, conversation?.position ?? 0, locator, into: writer)
    } else if let found = value["dmConversation"] {
      conversations += 1
      let position = conversations
      begin(conversation: found["conversationId"]?.scalarText ?? "", position, writer)
      try found["messages"]?.forEachElement {
        try conversationEvent($0, position, locator, into: writer)
      }
    } else {
      try entry(value, locator, into: writer)
    }
  }
}
