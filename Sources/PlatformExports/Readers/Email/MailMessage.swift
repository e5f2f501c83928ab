internal import CLibXML2
internal import CMime

/// A mailbox of an address header.
public struct MailAddress: Hashable, Sendable {
  /// Display name, decoded; empty when there is none.
  public var name: String
  /// The address as written, without angle brackets.
  public var address: String
  /// Name of the group that it was written in; empty when in none.
  public var group: String

  /// The mailboxes of a header's value, groups opened, in order; damaged ones are left out.
  public static func parse(_ header: String) -> [MailAddress] { parse(Array(header.utf8)) }

  /// As above, from the bytes of a header, which need not be UTF-8.
  static func parse(_ header: [UInt8]) -> [MailAddress] {
    let quoted = quotingDots(header)
    let list = quoted.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cog_mime_parse_addresses($0.baseAddress, $0.count) }
    }
    guard let list else { return [] }
    defer { cog_mime_free_addresses(list) }
    return (0..<cog_mime_address_count(list)).compactMap { position in
      let one = cog_mime_address_at(list, position)
      var address = one.address.string.trimmingSpaces
      if quoted.count > header.count, address.hasPrefix("\""), let end = address.firstRange(of: "\"@") {
        address = String(address[..<end.lowerBound].dropFirst() + address[end.lowerBound...].dropFirst())
      }
      // A name behind the address is no mailbox.
      if address.isEmpty || !address.contains("@") && address.contains("=?") { return nil }
      return MailAddress(name: one.name.string.trimmingSpaces, address: address, group: one.group.string)
    }
  }

  /// A header with quotes about local parts whose dots stand where RFC 5322 has none: GMime leaves such addresses out,
  /// which archives show (`jan...@example.com`) and some Japanese carriers gave.
  private static func quotingDots(_ header: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    /// Where the run of letters, signs and dots began that the address may end.
    var start: Int?
    var (isQuoted, comments) = (false, 0)
    let dot = UInt8(ascii: ".")
    for byte in header {
      let isOutside = !isQuoted && comments == 0
      if byte == UInt8(ascii: "@"), isOutside, let begin = start {
        let local = result[begin...]
        let isDoubled = zip(local, local.dropFirst()).contains { $0 == dot && $1 == dot }
        if isDoubled || local.first == dot || local.last == dot {
          result.insert(UInt8(ascii: "\""), at: begin)
          result.append(UInt8(ascii: "\""))
        }
      }
      switch byte {
      case UInt8(ascii: "\"") where comments == 0 && result.last != UInt8(ascii: "\\"): isQuoted.toggle()
      case UInt8(ascii: "(") where !isQuoted: comments += 1
      case UInt8(ascii: ")") where comments > 0: comments -= 1
      default: break
      }
      result.append(byte)
      if !isOutside || " \t\r\n<>(),;:@\"[]\\".utf8.contains(byte) {
        start = nil
      } else if start == nil {
        start = result.count - 1
      }
    }
    return result
  }
}

/// Message-IDs (RFC 5322, 3.6.4).
public enum MessageID {
  /// The ids of a `Message-ID`, `In-Reply-To` or `References` header, without angle brackets.
  ///
  /// An id without brackets is taken when it is all there is: some programs leave them out.
  public static func parse(_ header: String) -> [String] {
    var ids: [String] = []
    var rest = Substring(header)
    while let open = rest.firstIndex(of: "<") {
      guard let close = rest[open...].firstIndex(of: ">") else { break }
      let id = rest[rest.index(after: open)..<close].trimmingSpaces
      if !id.isEmpty { ids.append(id) }
      rest = rest[rest.index(after: close)...]
    }
    if ids.isEmpty, !header.contains("<") {
      let id = header.trimmingSpaces
      if !id.isEmpty, !id.contains(where: \.isWhitespace) { ids.append(id) }
    }
    return ids
  }
}

/// One message, taken apart.
struct MailMessage {
  struct Header {
    /// Lower case.
    var name: String
    /// As written, unfolded; not always UTF-8.
    var bytes: [UInt8]
    /// With encoded words decoded.
    var decoded: String
  }

  var headers: [Header]
  var text: String
  var textIsHTML = false
  var attachments: [(type: String, name: String)]
  var flags: Int32
  var htmlIsCut = false

  /// Headers kept of one message; a message with more is made to waste time.
  static let headerLimit = 2000
  /// Bytes kept of one header's value.
  static let headerBytes = 1 << 20

  /// Takes a message apart; nil when there are no headers.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int, textLimit: Int) {
    let parsed = bytes.withMemoryRebound(to: CChar.self) {
      cog_mime_parse($0.baseAddress, $0.count, depth, textLimit)
    }
    guard let parsed else { return nil }
    defer { cog_mime_free(parsed) }
    headers = (0..<min(cog_mime_header_count(parsed), Self.headerLimit)).map { position in
      let header = cog_mime_header_at(parsed, position)
      return Header(
        name: header.name.string.lowercased(), bytes: header.raw.unfolded(limit: Self.headerBytes),
        decoded: header.decoded.string)
    }
    text = cog_mime_plain(parsed).string
    flags = cog_mime_flags(parsed)
    attachments = (0..<cog_mime_attachment_count(parsed)).map { position in
      let attachment = cog_mime_attachment_at(parsed, position)
      return (attachment.type.string, attachment.name.string)
    }
    let html = cog_mime_html(parsed)
    if text.allSatisfy(\.isWhitespace), html.length > 0 {
      textIsHTML = true
      // Repaired first, as libxml2 would drop what is not UTF-8.
      var repaired = html.string
      (text, htmlIsCut) = repaired.withUTF8 { Self.words($0) }
    }
    if text.utf8.contains(0x0D) { text.replace("\r\n", with: "\n") }
    while text.hasSuffix("\n") { text.removeLast() }
    if headers.isEmpty { return nil }
  }

  private static func words(_ html: UnsafeBufferPointer<UInt8>) -> (String, Bool) {
    var length = 0
    var isCut: Int32 = 0
    guard let words = cog_html_text(html.baseAddress, html.count, &length, &isCut) else { return ("", true) }
    defer { cog_html_free(words) }
    return (String(decoding: UnsafeBufferPointer(start: words, count: length), as: UTF8.self), isCut != 0)
  }

  /// The words of a page of HTML.
  static func words(ofHTML html: String) -> String {
    var html = html
    return html.withUTF8 { words($0).0 }.trimmingSpaces
  }

  /// The bytes of the first header of a name.
  func bytes(_ name: String) -> [UInt8]? { headers.first { $0.name == name }?.bytes }
  /// The decoded value of the first header of a name.
  func decoded(_ name: String) -> String? { headers.first { $0.name == name }?.decoded }
}

extension cog_mime_text {
  var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(start: bytes, count: length).bindMemory(to: UInt8.self)
  }

  /// As text; what is not UTF-8 becomes U+FFFD.
  var string: String { String(decoding: buffer, as: UTF8.self) }

  /// In one line, cut at a limit.
  func unfolded(limit: Int) -> [UInt8] {
    buffer.prefix(limit).filter { $0 != 0x0D }.map { $0 == 0x0A || $0 == 0x09 ? 0x20 : $0 }
  }
}
