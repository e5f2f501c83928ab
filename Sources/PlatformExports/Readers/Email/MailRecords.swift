internal import AccountModel
internal import CMime
internal import Columns
internal import Identifiers

/// Writes messages as accounts, identifiers and records; one for each unit.
///
/// The author is the `From` address, which anybody can forge: everything that hangs on it is `claimed`. Where
/// that is a mailing list's own address it is who the list says wrote. The
/// text is the body's plain text, else the words of its HTML, else the subject. The conversation is named by
/// the first id of `References`, `In-Reply-To` or `Message-ID`.
final class MailRecords {
  private let limits: ImportLimits
  private var known = Interner()
  /// Messages whose date and the time at which a server received them are more than a day apart, and of the first both.
  private var misdated = (count: 0, first: "")

  init(limits: ImportLimits) { self.limits = limits }

  /// Longest text kept of one message; longer ones are no prose.
  static let textLimit = 8 << 20
  /// Recipients taken of one message.
  static let recipientLimit = 1000

  /// Writes one message.
  ///
  /// - Parameters:
  ///   - envelope: the sender by the mbox separator; names the author when there is no `From`.
  ///   - mayBeCut: whether the folder ends in the message without the empty line behind one. Then a `From` may have been
  ///     cut off, and nothing is given to the envelope's sender but words that stand under the separator alone.
  func write(
    _ collected: borrowing CollectedMail, envelope: String = "", mayBeCut: Bool = false, at locator: Locator,
    into writer: RecordWriter
  ) throws {
    if collected.bytes.isEmpty {
      return writer.setAside(
        .message, mayBeCut ? .truncated : .empty, at: locator,
        detail: mayBeCut ? "ends behind its separator" : "")
    }
    if collected.passedOver > 0 {
      writer.setAside(
        "attachment", .tooLarge, at: locator, detail: "passed over \(collected.passedOver) bytes of base64")
    }
    if collected.cutBytes > 0 {
      writer.setAside("part", .tooLarge, at: locator, detail: "passed over \(collected.cutBytes) bytes")
    }
    if collected.disguised > 0 {
      writer.setAside(
        "part", .malformed, at: locator, detail: "nested too deep or more groups than any mail has")
    }
    if collected.zeroBytes > 0 { writer.note("zero bytes in messages were read as spaces") }
    let message = collected.bytes.withUnsafeBufferPointer {
      MailMessage($0, depth: min(limits.depth, 256), textLimit: Self.textLimit)
    }
    guard let message else {
      // No headers at all: an mbox may hold bare text under its separator.
      guard envelope.contains("@") else { return writer.setAside(.message, .noAuthor, at: locator) }
      if mayBeCut, Self.mayBeginHeader(collected.bytes) {
        return writer.setAside(.message, .truncated, at: locator, detail: "ends inside its headers")
      }
      let author = try account(
        MailAddress(name: "", address: envelope, group: ""), .participant, locator, writer)
      return try writer.record(
        .message, account: author, text: String(decoding: collected.bytes, as: UTF8.self).trimmedEnd,
        at: locator)
    }
    guard collected.hasWholeHeaders || !mayBeCut && !envelope.isEmpty && message.bytes("from") == nil else {
      return writer.setAside(.message, .truncated, at: locator, detail: "ends inside its headers")
    }
    let from = message.bytes("from").map { MailAddress.parse($0) } ?? []
    let behindList = Self.authorBehindList(message, from)
    let named = behindList ?? from.first ?? Self.archivedAuthor(message)
    guard let first = named ?? Self.envelopeAddress(envelope) else {
      return writer.setAside(
        .message, .noAuthor, at: locator,
        detail: message.bytes("from").map { String(decoding: $0.prefix(120), as: UTF8.self) } ?? "no From")
    }
    let date = message.bytes("date").map { String(decoding: $0, as: UTF8.self).trimmingSpaces } ?? ""
    var time = ObservedTime.none
    if let parsed = MailDate(date)?.time ?? Self.day(date) {
      time = parsed
      guard ObservedTime.plausible.contains(time.microseconds) else {
        return writer.setAside(.message, .badTime, at: locator, detail: date)
      }
    } else if !date.isEmpty {
      writer.setAside("date", .badTime, at: locator, detail: date)
    }
    compare(time, date, with: message)
    let author = try account(first, .participant, locator, writer)
    if named == nil { try add(author, .email, first.address, "envelope-from", locator, writer) }
    if behindList == nil {
      for other in from.dropFirst() { _ = try account(other, .mentioned, locator, writer) }
    }
    try identifiers(of: author, message, time: time, locator, writer)
    let recipient = try recipients(message, from: author, locator, writer)
    report(message, locator, writer)
    let thread =
      Self.ids(message, "references").first ?? Self.ids(message, "in-reply-to").first
      ?? Self.ids(message, "message-id").first
    try writer.record(
      .message, account: author, other: recipient, channel: thread.map { writer.channel($0) } ?? .none,
      time: time, writtenTime: String(date.prefix(200)),
      text: message.text.isEmpty ? message.decoded("subject") ?? "" : message.text, at: locator)
  }

  /// Says what the messages of a unit have in common.
  func finish(into writer: RecordWriter) {
    guard misdated.count > 0 else { return }
    let messages = misdated.count == 1 ? "1 message is" : "\(misdated.count) messages are"
    writer.note(
      "\(messages) dated more than a day from when a server received it, the first \(misdated.first): the date is the "
        + "sender's word, and it is what was taken")
  }

  /// Compares a date with what the last server wrote, which is the recipient's.
  private func compare(_ time: ObservedTime, _ date: String, with message: MailMessage) {
    guard time.zone == .known, let header = message.bytes("received") else { return }
    let text = String(decoding: header.prefix(ReceivedHop.limit), as: UTF8.self)
    guard let received = ReceivedHop(text).date?.time, received.zone == .known, received.isPlausible,
      abs(received.microseconds - time.microseconds) > 86_400_000_000
    else { return }
    if misdated.count == 0 {
      let written = text.split(separator: ";").last?.trimmingSpaces
      misdated.first = "\(date.prefix(80)) against \(written?.prefix(80) ?? "")"
    }
    misdated.count += 1
  }

  /// A day without a time, as archives of news groups have (`1996/02/29`).
  private static func day(_ text: String) -> ObservedTime? {
    TimeText.iso8601(String(text.map { $0 == "/" ? "-" : $0 }))
  }

  private static func ids(_ message: MailMessage, _ name: String) -> [String] {
    message.bytes(name).map { MessageID.parse(String(decoding: $0.prefix(16 << 10), as: UTF8.self)) } ?? []
  }

  /// Whether bytes are one word on one line, as the beginning of a header is.
  private static func mayBeginHeader(_ bytes: [UInt8]) -> Bool {
    let line = bytes.last == 0x0A ? bytes.dropLast() : bytes[...]
    return line.withUnsafeBufferPointer { MboxReader.mayBecomeHeader($0) }
  }

  private static func envelopeAddress(_ text: String) -> MailAddress? {
    text.contains("@") ? MailAddress(name: "", address: text, group: "") : nil
  }

  /// The author as archives of mailing lists write one, so that no program collects the address:
  /// `ann at example.org (Ann Example)` (Mailman), `Ann Example <ann at example.org>` (HyperKitty).
  private static func archivedAuthor(_ message: MailMessage) -> MailAddress? {
    guard let from = message.bytes("from"), !from.contains(UInt8(ascii: "@")) else { return nil }
    let words = from.split(separator: 0x20)
    let place = words.indices.first { at in
      guard at > 0, at + 1 < words.count, words[at].elementsEqual("at".utf8) else { return false }
      let isBracketed =
        words[at - 1].first == UInt8(ascii: "<") && words[at + 1].last == UInt8(ascii: ">")
      return words[at + 1].contains(UInt8(ascii: ".")) && (at == 1 || isBracketed)
        && (at + 2 == words.count || words[at + 2].first == UInt8(ascii: "("))
    }
    guard let place else { return nil }
    let address = Array(words[place - 1]) + [UInt8(ascii: "@")] + words[place + 1]
    let all = words[..<(place - 1)].map { Array($0) } + [address] + words[(place + 2)...].map { Array($0) }
    return MailAddress.parse(Array(all.joined(separator: [UInt8(ascii: " ")]))).first
  }

  private static let authorHeaders = ["x-original-from", "x-original-sender", "reply-to"]

  /// The author of a message that a mailing list sent on under its own address, as lists do where the author's
  /// provider forbids to send in its name (DMARC): who wrote stands beside it. Nil for any other message.
  private static func authorBehindList(_ message: MailMessage, _ from: [MailAddress]) -> MailAddress? {
    guard let first = from.first else { return nil }
    let sender = first.address.lowercased()
    var lists: Set<String> = []
    for id in message.bytes("list-post").map({ MessageID.parse(String(decoding: $0, as: UTF8.self)) }) ?? []
    where id.lowercased().hasPrefix("mailto:") {
      lists.insert(String(id.lowercased().dropFirst("mailto:".count).prefix { $0 != "?" }))
    }
    // Its id is `name.domain` for name@domain.
    for id in ids(message, "list-id") {
      let parts = id.lowercased().split(separator: ".", maxSplits: 1)
      if parts.count == 2 { lists.insert("\(parts[0])@\(parts[1])") }
    }
    guard lists.contains(sender) else { return nil }
    for name in authorHeaders {
      let named = message.bytes(name).map { MailAddress.parse($0) } ?? []
      if let author = named.first(where: {
        $0.address.contains("@") && !lists.contains($0.address.lowercased())
          && (name != "reply-to" || isNamed($0, by: first))
      }) {
        return author
      }
    }
    return nil
  }

  /// Whether a list's address bears the name of an author, as `Bob via Street` does: who answers a newsletter is not who
  /// wrote it.
  private static func isNamed(_ author: MailAddress, by list: MailAddress) -> Bool {
    let shown = list.name.lowercased()
    return shown.contains(" via ") || shown.contains("(via ")
      || !author.name.isEmpty && shown.contains(author.name.lowercased())
  }

  // MARK: Accounts

  private func account(
    _ address: MailAddress, _ role: AccountRole, _ locator: Locator, _ writer: RecordWriter
  ) throws -> AccountIndex {
    // Without a domain an address means something on one server only.
    let isWhole = address.address.contains("@")
    var key = AccountKey(
      platform: .email, kind: isWhole ? .email : .handle, scope: isWhole ? .platform : .source,
      value: address.address)
    // Of an address of which an archive shows the beginning alone, the name says whose it is.
    if !address.name.isEmpty, EmailAddress.normalise(address.address).flags.contains("masked") {
      key = AccountKey(
        platform: .email, kind: .platformID, scope: .source, value: "\(address.name) <\(address.address)>")
    }
    let index = try writer.account(key, role: role, assertion: .claimed, at: locator)
    if address.name != address.address { try add(index, .displayName, address.name, "", locator, writer) }
    return index
  }

  /// Adds an identifier once for each account, label and value.
  private func add(
    _ account: AccountIndex, _ kind: IdentifierKind, _ value: String, _ label: String, _ locator: Locator,
    _ writer: RecordWriter
  ) throws {
    let value = value.trimmingSpaces
    guard !value.isEmpty else { return }
    let count = known.count
    guard known.intern("\(account.raw) \(kind.rawValue) \(label) \(value)").raw == count else { return }
    try writer.identifier(
      account, kind, String(value.prefix(1000)), label: label, assertion: .claimed, at: locator)
  }

  /// - Returns: the recipient where there is one alone, beside the author who keeps a copy.
  private func recipients(
    _ message: MailMessage, from author: AccountIndex, _ locator: Locator, _ writer: RecordWriter
  ) throws -> AccountIndex {
    var count = 0
    var found: Set<AccountIndex> = []
    for header in message.headers
    where Self.recipientHeaders.contains(header.name) {
      for address in MailAddress.parse(header.bytes) {
        count += 1
        if count > Self.recipientLimit {
          writer.setAside("recipient", .tooLarge, at: locator, detail: "more than \(Self.recipientLimit)")
          return .none
        }
        found.insert(try account(address, .mentioned, locator, writer))
      }
    }
    found.remove(author)
    return found.count == 1 ? found.first ?? .none : .none
  }

  // MARK: Headers

  private static let addressHeaders = ["reply-to", "sender", "return-path", "x-google-original-from"]
  private static let recipientHeaders: Set = ["to", "cc", "bcc", "delivered-to", "x-original-to"]
  /// Headers that mailing lists add (RFC 2369, RFC 2919).
  private static let listHeaders: Set = ["list-id", "list-post", "list-unsubscribe", "list-help"]
  /// Hops looked at, those nearest to the author; servers stop at a hundred (RFC 5321, 6.3).
  private static let hopLimit = 100
  private static let ipHeaders = ["x-originating-ip", "x-sender-ip", "x-client-ip"]

  private func identifiers(
    of author: AccountIndex, _ message: MailMessage, time: ObservedTime, _ locator: Locator,
    _ writer: RecordWriter
  ) throws {
    let recipients = Set(
      message.headers.filter { Self.recipientHeaders.contains($0.name) }
        .flatMap { MailAddress.parse($0.bytes).map { $0.address.lowercased() } })
    let isListMail = message.headers.contains { Self.listHeaders.contains($0.name) }
    let hops = message.headers.filter { $0.name == "received" }.suffix(Self.hopLimit).map {
      ReceivedHop(String(decoding: $0.bytes.prefix(ReceivedHop.limit), as: UTF8.self))
    }
    // Whoever proved who it was is no server on the way, whatever it is called.
    let servers = Set(hops.lazy.filter { $0.isFromServer && !$0.isSubmission }.compactMap(\.address))
    for header in message.headers {
      if Self.addressHeaders.contains(header.name) {
        // A list writes these headers itself, and whoever asks for answers to a recipient is not the recipient.
        guard !isListMail else { continue }
        for address in MailAddress.parse(header.bytes).prefix(20)
        where address.address.contains("@") && !recipients.contains(address.address.lowercased()) {
          try add(author, .email, address.address, header.name, locator, writer)
        }
      } else if Self.ipHeaders.contains(header.name) {
        let words = String(decoding: header.bytes.prefix(200), as: UTF8.self).split { " ,;".contains($0) }
        if let ip = words.lazy.compactMap({ IPText.strip($0) }).first {
          // Outlook.com writes the server that connected to it into X-Sender-IP.
          guard !servers.contains(ip) else {
            writer.setAside("address", .ofServer, at: locator, detail: "\(header.name): \(ip)")
            continue
          }
          try writer.identifier(
            author, .ip, ip, label: Self.label(header.name, ip), assertion: .claimed, time: time, at: locator)
        }
      } else if header.name == "user-agent" || header.name == "x-mailer" {
        try add(author, .userAgent, header.decoded, header.name, locator, writer)
      }
    }
    try addReceived(author, hops, locator, writer)
  }

  /// The address from which the author's own machine handed the message over.
  ///
  /// Hops are read from the author's end. Addresses of private networks are kept and lead on to the next hop.
  /// The first public address is the author's when that hop was an authenticated submission or a web mailer's,
  /// or when it is the very first hop and lies between two parties, of which the sender is no mail server: some
  /// providers leave out where their customers are. The address of a provider's server is nobody's: all of its
  /// customers would share it.
  private func addReceived(
    _ author: AccountIndex, _ hops: [ReceivedHop], _ locator: Locator, _ writer: RecordWriter
  ) throws {
    var isFirst = true
    for hop in hops.reversed() {
      defer { isFirst = false }
      guard let ip = hop.address else { continue }
      let isPrivate = IPText.isPrivate(ip)
      guard
        isPrivate || hop.isSubmission && !hop.isFromOwnServer
          || isFirst && !hop.isSubmission && !hop.isInternal && !hop.isFromServer
      else { return }
      var time = hop.date?.time ?? .none
      if !time.isNone, !ObservedTime.plausible.contains(time.microseconds) { time = .none }
      let label = isFirst ? "received-first-hop" : "received-next-hop"
      try writer.identifier(
        author, .ip, ip, label: Self.label(label, ip), assertion: .claimed, time: time, at: locator)
      if !isPrivate { return }
    }
  }

  private static func label(_ name: String, _ ip: String) -> String {
    IPText.isPrivate(ip) ? "\(name) private-range" : name
  }

  // MARK: What was left out

  private func report(_ message: MailMessage, _ locator: Locator, _ writer: RecordWriter) {
    for attachment in message.attachments.prefix(1000) {
      writer.setAside(
        "attachment", .media, at: locator,
        detail: "\(CollectedMail.undisguised(attachment.type)) \(attachment.name)")
    }
    if message.textIsHTML { writer.note("text of messages in HTML alone was taken without its tags") }
    let flags = message.flags
    if message.htmlIsCut || flags & Int32(COG_MIME_TOO_DEEP) != 0 {
      writer.setAside("part", .tooLarge, at: locator, detail: "nested too deep or too many parts")
    }
    if flags & Int32(COG_MIME_TEXT_CUT) != 0 {
      writer.setAside("part", .tooLarge, at: locator, detail: "text cut")
    }
    if flags & Int32(COG_MIME_UNKNOWN_CHARSET) != 0 {
      writer.note("text in unknown charsets was read as Windows-1252")
    }
    if flags & Int32(COG_MIME_BAD_BYTES) != 0 {
      writer.note(
        "bytes that do not fit the charset of their text were read as Windows-1252 or became U+FFFD")
    }
  }
}

extension SetAsideReason {
  fileprivate static let ofServer = Self(
    "server-address", "is the address of a mail server on the way, not of whoever wrote", isFault: false)
}

extension String {
  /// Without newlines at the end.
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while let last = text.last, last.isNewline { text = text.dropLast() }
    return String(text)
  }
}
