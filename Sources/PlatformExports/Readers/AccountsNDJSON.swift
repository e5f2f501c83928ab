internal import AccountModel

/// Accounts as NDJSON, one JSON object a line; every field but `id` may be missing:
///
///     {"id":"a1","platform":"x","handle":"…","name":"…","emails":["…"],"phones":["…"],"urls":["…"],
///      "devices":["…"],"ips":[{"ip":"…","port":443,"at":"2026-01-01T10:00:00Z"}],
///      "posts":[{"at":"2026-01-01T10:00:00+01:00","text":"…","channel":"…"}]}
///
/// A line gives a profile, a login for each address with a time, and a message for each post with text. What
/// is wrong in a line sets aside that part alone; a line that is no JSON sets aside itself. Words for no value are
/// none (`NoValue`): a line whose handle is one is known by its id.
struct AccountsNDJSON: ExportReader {
  static let format = ExportFormat(
    id: "accounts-ndjson", title: "Accounts, one JSON object a line", version: 2)
  static let options: Set<ReadingOption> = [.timeZone]

  private let limits: ImportLimits
  private let clock: ZonedClock?
  private let parser: JSONParser
  private var line = AccountLine()
  private var platforms: [(name: [UInt8], platform: Platform)] = []
  private var unknownKeys: [String] = []
  private var repeatedIDs = 0
  private var scratch: [UInt8] = []

  static let noID = SetAsideReason("no-id", "has no id, or two different ones", isFault: true)
  static let addressWithoutTime = SetAsideReason(
    "address-without-time", "has no time; the address is kept without a login", isFault: false)

  init(context: UnitContext) throws {
    limits = context.options.limits
    clock = try ZonedClock.make(context.options)
    parser = try JSONParser()
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{") else { return .no }
    return head.judgeLines { object, line in
      judge(object, isAlone: head.isWhole && line.count == head.bytes.trimmed.count)
    } cut: { line in
      // An account with many posts: its line goes on behind the head.
      line.starts(with: "{\"id\":".utf8) && (head.contains("\"handle\":") || head.contains("\"posts\":"))
        ? .possible : .no
    }
  }

  /// - Parameter isAlone: whether the file has no other line.
  private static func judge(_ object: JSONValue, isAlone: Bool) -> Recognition {
    var known = 0
    var telling = 0
    var unknown = 0
    object.forEachFieldBytes { key, _ in
      guard let field = AccountLine.Field(key) else {
        unknown += 1
        return
      }
      known += 1
      switch field {
      case .id, .name, .urls: break
      default: telling += 1
      }
    }
    guard object["id"]?.scalarText != nil else { return .no }
    // A number and a name alone may be of anything: Discord's downloads have such a file for each server.
    if unknown == 0 { return telling > 0 ? .certain : isAlone ? .no : .likely }
    // Whoever writes more of an account than is read here still names it so.
    let isNamed = object.hasField("platform") && object.hasField("handle")
    return telling > 1 && (known >= unknown || isNamed) ? .likely : .no
  }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    var counter = AccountLineCount(limit: limits.recordBytes)
    input.tap { counter.add($0) }
    let patterns = Patterns(posts: writer.pattern("$.posts[*]"), ips: writer.pattern("$.ips[*]"))
    try JSONLines(parser: parser, limits: limits).read(input, unit: .profile, into: writer) {
      object, locator in
      try take(object, patterns, locator, writer)
    }
    counter.finish()
    writer.count(.profile, seen: counter.lines)
    writer.count(.message, seen: counter.texts)
    writer.count(.login, seen: counter.addresses)
  }

  mutating func finish(into writer: RecordWriter) throws {
    if !unknownKeys.isEmpty {
      writer.note("Keys that mean nothing here were passed over: \(unknownKeys.joined(separator: ", ")).")
    }
    if repeatedIDs > 0 { writer.note("\(repeatedIDs) lines name the account of an earlier line.") }
    if parser.mended > 0 {
      writer.note(
        "\(parser.mended) lines held lone surrogates, invalid UTF-8 or integers beyond 64 bits and were mended."
      )
    }
    clock?.report(to: writer)
  }

  private struct Patterns {
    let posts: UInt16
    let ips: UInt16
  }

  private mutating func take(
    _ object: JSONValue, _ patterns: Patterns, _ locator: Locator, _ writer: RecordWriter
  ) throws {
    guard object.kind == .object else {
      writer.setAside(.profile, .malformed, at: locator, detail: "is no JSON object")
      return
    }
    var found: [String] = []
    line.read(object) { key in
      if unknownKeys.count + found.count < 50 { found.append(String(decoding: key, as: UTF8.self)) }
    }
    for key in found where !unknownKeys.contains(key) { unknownKeys.append(key) }
    let platform = platform(locator, writer)
    let known = writer.accounts.count
    guard !line.contradicts, let account = try account(platform, locator, writer) else {
      let isNobody = !line.contradicts && line.id?.scalarText.map(NoValue.isNamed(by:)) == true
      writer.setAside(
        .profile, isNobody ? NoValue.reason : Self.noID, at: locator, detail: line.id?.scalarText ?? "")
      leaveOut(patterns, locator, writer)
      return
    }
    if writer.accounts.count == known { repeatedIDs += 1 }
    try writer.record(.profile, account: account, at: locator)
    for (field, value) in line.fields {
      switch field {
      case .handle where line.isKey(value): break
      case .handle: try scalar(value, .handle, "handle", .platform, account, locator, writer)
      case .name: try scalar(value, .displayName, "name", .user, account, locator, writer)
      case .emails: try list(value, .email, "email", .platform, account, locator, writer)
      case .phones: try list(value, .phone, "phone", .platform, account, locator, writer)
      case .urls: try list(value, .url, "url", .user, account, locator, writer)
      case .devices: try list(value, .device, "device", .platform, account, locator, writer)
      case .ips: try addresses(value, patterns.ips, account, locator, writer)
      case .id, .platform, .posts: break
      }
    }
    for posts in line.posts { try messages(posts, patterns.posts, account, locator, writer) }
  }

  /// Counts what a line without an account holds.
  private func leaveOut(_ patterns: Patterns, _ line: Locator, _ writer: RecordWriter) {
    func each(_ values: JSONValue, _ key: StaticString, _ unit: RecordClass, _ pattern: UInt16) {
      guard values.kind == .array else { return }
      var locator = line
      locator.pattern = pattern
      var position: UInt32 = 0
      values.forEachElement { value in
        locator.index.0 = position
        position &+= 1
        if value[key] != nil { writer.setAside(unit, .noAuthor, at: locator) }
      }
    }
    for posts in self.line.posts { each(posts, "text", .message, patterns.posts) }
    for (field, value) in self.line.fields where field == .ips { each(value, "ip", .login, patterns.ips) }
  }

  // MARK: The account

  private mutating func platform(_ locator: Locator, _ writer: RecordWriter) -> Platform? {
    guard let value = line.platform else { return nil }
    guard value.kind == .string, !value.stringBytes.trimmed.isEmpty else {
      writer.setAside("platform", .malformed, at: locator)
      return nil
    }
    let name = value.stringBytes.trimmed
    if NoValue.isNamed(by: name) {
      writer.setAside("platform", NoValue.reason, at: locator, detail: value.scalarText ?? "")
      return nil
    }
    if let known = platforms.first(where: { $0.name.elementsEqual(name) }) { return known.platform }
    let platform = Platform(String(decoding: name, as: UTF8.self))
    if platforms.count < 64 { platforms.append((Array(name), platform)) }
    return platform
  }

  /// The account of a line: by its handle, which the platform makes unique, else by the line's own id, which
  /// means something in this file only.
  private func account(
    _ platform: Platform?, _ locator: Locator, _ writer: RecordWriter
  ) throws -> AccountIndex? {
    guard let id = line.id?.scalarText, !id.allSatisfy(\.isWhitespace) else { return nil }
    if let platform, let handle = line.handle {
      return try writer.account(
        platform, .handle, .platform, value: handle, role: .participant, assertion: .platform, at: locator)
    }
    // One word in all lines that know no id would make one account of them.
    if NoValue.isNamed(by: id) { return nil }
    return try writer.account(
      AccountKey(platform: platform ?? Self.unknownPlatform, kind: .platformID, scope: .source, value: id),
      role: .participant, assertion: .platform, at: locator)
  }

  private static let unknownPlatform = Platform("unknown")

  // MARK: Identifiers

  private func scalar(
    _ value: JSONValue, _ kind: IdentifierKind, _ unit: String, _ assertion: Assertion,
    _ account: AccountIndex, _ locator: Locator, _ writer: RecordWriter
  ) throws {
    if value.kind == .string {
      let text = value.stringBytes.trimmed
      if NoValue.isNamed(by: text) {
        return writer.setAside(unit, NoValue.reason, at: locator, detail: value.scalarText ?? "")
      }
      try writer.identifier(account, kind, value: text, assertion: assertion, at: locator)
    } else if let text = value.scalarText {
      try writer.identifier(account, kind, text, assertion: assertion, at: locator)
    } else if !value.isNull {
      writer.setAside(unit, .malformed, at: locator)
    }
  }

  private func list(
    _ values: JSONValue, _ kind: IdentifierKind, _ unit: String, _ assertion: Assertion,
    _ account: AccountIndex, _ locator: Locator, _ writer: RecordWriter
  ) throws {
    guard values.kind == .array else {
      writer.setAside(unit, .malformed, at: locator, detail: "is no array")
      return
    }
    try values.forEachElement { try scalar($0, kind, unit, assertion, account, locator, writer) }
  }

  private mutating func addresses(
    _ values: JSONValue, _ pattern: UInt16, _ account: AccountIndex, _ line: Locator, _ writer: RecordWriter
  ) throws {
    guard values.kind == .array else {
      writer.setAside("ips", .malformed, at: line, detail: "is no array")
      return
    }
    var locator = line
    locator.pattern = pattern
    var position: UInt32 = 0
    try values.forEachElement { entry in
      locator.index.0 = position
      position &+= 1
      var ip: JSONValue?
      var port: JSONValue?
      var at: JSONValue?
      entry.forEachFieldBytes { key, value in
        if key == "ip" {
          ip = value
        } else if key == "port" {
          port = value
        } else if key == "at" {
          at = value
        }
      }
      guard let ip else { return writer.setAside("ips", .malformed, at: locator, detail: "has no ip") }
      guard ip.kind == .string, !ip.stringBytes.trimmed.isEmpty else {
        return writer.setAside(.login, .malformed, at: locator, detail: "its ip is no text")
      }
      write(ip.stringBytes.trimmed, port: port, locator, writer)
      try scratch.withUnsafeBufferPointer { text in
        guard let at, !at.isNull else {
          writer.setAside(.login, Self.addressWithoutTime, at: locator)
          try writer.identifier(account, .ip, value: text, assertion: .platform, at: locator)
          return
        }
        guard let time = time(at) else {
          writer.setAside(.login, .badTime, at: locator, detail: at.scalarText ?? "")
          try writer.identifier(account, .ip, value: text, assertion: .platform, at: locator)
          return
        }
        try writer.identifier(account, .ip, value: text, assertion: .platform, time: time, at: locator)
        try writer.record(
          .login, account: account, time: time, written: at.stringBytes, text: text, at: locator)
      }
    }
  }

  /// Puts `1.2.3.4:443` or `[2001:db8::1]:443` into `scratch`.
  private mutating func write(
    _ ip: UnsafeBufferPointer<UInt8>, port: JSONValue?, _ locator: Locator, _ writer: RecordWriter
  ) {
    scratch.removeAll(keepingCapacity: true)
    guard let port, !port.isNull else {
      scratch.append(contentsOf: ip)
      return
    }
    guard let number = port.int64, (1...65_535).contains(number) else {
      writer.setAside("port", .malformed, at: locator, detail: port.scalarText ?? "")
      scratch.append(contentsOf: ip)
      return
    }
    let isBare = ip.contains(UInt8(ascii: ":")) && ip[0] != UInt8(ascii: "[")
    if isBare { scratch.append(UInt8(ascii: "[")) }
    scratch.append(contentsOf: ip)
    if isBare { scratch.append(UInt8(ascii: "]")) }
    scratch.append(UInt8(ascii: ":"))
    scratch.append(contentsOf: String(number).utf8)
  }

  // MARK: Posts

  private func messages(
    _ posts: JSONValue, _ pattern: UInt16, _ account: AccountIndex, _ line: Locator, _ writer: RecordWriter
  ) throws {
    guard posts.kind == .array else {
      writer.setAside("post", .malformed, at: line, detail: "is no array")
      return
    }
    var locator = line
    locator.pattern = pattern
    var position: UInt32 = 0
    try posts.forEachElement { post in
      locator.index.0 = position
      position &+= 1
      var text: JSONValue?
      var at: JSONValue?
      var channel: JSONValue?
      post.forEachFieldBytes { key, value in
        if key == "text" {
          text = value
        } else if key == "at" {
          at = value
        } else if key == "channel" {
          channel = value
        }
      }
      guard let text else { return writer.setAside("post", .empty, at: locator) }
      guard text.kind == .string || text.isNull else {
        return writer.setAside(.message, .malformed, at: locator, detail: "its text is no text")
      }
      let bytes = text.stringBytes
      if bytes.isEmpty { return writer.setAside(.message, .empty, at: locator) }
      var observed = ObservedTime.none
      if let at, !at.isNull {
        guard let time = time(at) else {
          return writer.setAside(.message, .badTime, at: locator, detail: at.scalarText ?? "")
        }
        observed = time
      }
      try writer.record(
        .message, account: account, channel: self.channel(channel, locator, writer), time: observed,
        written: at?.stringBytes ?? UnsafeBufferPointer(start: nil, count: 0), text: bytes, at: locator)
    }
  }

  private func channel(_ value: JSONValue?, _ locator: Locator, _ writer: RecordWriter) -> ChannelIndex {
    guard let value, !value.isNull else { return .none }
    guard value.kind == .string else {
      writer.setAside("channel", .malformed, at: locator)
      return .none
    }
    let name = value.stringBytes.trimmed
    return name.isEmpty ? .none : writer.channel(name)
  }

  private func time(_ value: JSONValue) -> ObservedTime? {
    guard value.kind == .string, let time = TimeText.iso8601(value.stringBytes), time.isPlausible else {
      return nil
    }
    return clock?.assume(time) ?? time
  }
}
