internal import AccountModel

/// What the account's programs reported, an event a line, with the address and device that it came from.
extension DiscordPackageReader {
  /// What is known of the events so far.
  struct Events {
    var memory = IdentifierMemory()
    /// The accounts that events name, as far as to tell whether they are one.
    private var users: [(id: String, locator: Locator)] = []
    /// Events that carry no time of the platform's, only the device's own.
    var onDeviceClock = 0

    mutating func add(user id: String, _ locator: Locator) {
      if users.count < 2, !users.contains(where: { $0.id == id }) { users.append((id, locator)) }
    }

    /// The account that all events name.
    var onlyUser: (id: String, locator: Locator)? { users.count == 1 ? users.first : nil }

    func report(to writer: RecordWriter) {
      guard onDeviceClock > 0 else { return }
      writer.note(
        "\(onDeviceClock == 1 ? "1 event carries" : "\(onDeviceClock) events carry") no time of Discord's: "
          + "the clock of the device counts, which may be wrong.")
    }
  }

  private static let withoutAddress = SetAsideReason(
    "no-address", "names no address", isFault: false)
  private static let repeated = SetAsideReason(
    "same-minute", "comes from the address and program of another event of the same minute", isFault: false)

  mutating func readEvents(_ input: MemberInput, into writer: RecordWriter) throws {
    var counter = AccountLineCount(limit: limits.recordBytes)
    input.tap { counter.add($0) }
    let mendedBefore = parser.mended
    try JSONLines(parser: parser, limits: limits).read(input, unit: .login, into: writer) {
      value, locator in
      try event(value, locator, into: writer)
    }
    counter.finish()
    writer.count(.login, seen: counter.lines)
    if parser.mended > mendedBefore {
      writer.note("\(input.path): \(parser.mended - mendedBefore) lines were mended before they parsed.")
    }
  }

  private mutating func event(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    guard value.kind == .object else {
      return writer.setAside(.login, .malformed, at: locator, detail: "is no JSON object")
    }
    let user = value["user_id"]?.scalarText ?? ""
    if DiscordPeople.isID(user) { events.add(user: user, locator) }
    guard let address = value["ip"]?.string, !address.isEmpty else {
      return writer.setAside(
        .login, Self.withoutAddress, at: locator, detail: value["event_type"]?.string ?? "")
    }
    // Times stand in quotation marks of their own.
    let ofDiscord = value["timestamp"]?.string.map(Self.unquoted) ?? ""
    let ofDevice = (value["client_send_timestamp"] ?? value["client_track_timestamp"])?.string ?? ""
    let written = ofDiscord.isEmpty ? Self.unquoted(ofDevice) : ofDiscord
    guard let time = Self.time(written) else {
      return writer.setAside(.login, .badTime, at: locator, detail: written)
    }
    if ofDiscord.isEmpty { events.onDeviceClock += 1 }
    let account =
      DiscordPeople.isID(user)
      ? try writer.account(DiscordPeople.key(user), role: .participant, assertion: .platform, at: locator)
      : ownAccount(locator, writer)
    let agent = value["browser_user_agent"]?.string ?? ""
    let program = ["os", "device", "browser"].compactMap { (key: StaticString) in value[key]?.string }
      .joined(separator: " ")
    let minute = time.microseconds / 60_000_000
    // A login that failed is somebody's who tried, and may be anybody's: its address is kept in words only.
    let isOwn = !Self.isFailedLogin(value)
    // One that succeeded in the same minute is another event.
    let place = "\(address)\n\(agent)\n\(program)\n\(minute)" + (isOwn ? "" : "\nfailed")
    guard events.memory.isNew(account, .ip, place) else {
      return writer.setAside(.login, Self.repeated, at: locator, detail: address)
    }
    if isOwn {
      try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: locator)
      try device(value, agent, of: account, time, locator, into: writer)
    }
    try writer.record(
      .login, account: account, time: time, writtenTime: written,
      text: Self.words(value) + (isOwn ? "" : "; from \(address)"), at: locator)
  }

  /// Whether an event is a login that failed, or of which nothing says that it did not.
  private static func isFailedLogin(_ value: JSONValue) -> Bool {
    let type = value["event_type"]?.string?.lowercased() ?? ""
    guard type.contains("login") else { return false }
    return value["success"]?.bool == false
      || ["fail", "attempt", "denied", "reject", "error"].contains { type.contains($0) }
  }

  private mutating func device(
    _ value: JSONValue, _ agent: String, of account: AccountIndex, _ time: ObservedTime, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    func add(_ kind: IdentifierKind, _ text: String, _ label: String) throws {
      guard !text.isEmpty, events.memory.isNew(account, kind, "\(label):\(text)") else { return }
      try writer.identifier(
        account, kind, text, label: label, assertion: .platform, time: time, at: locator)
    }
    try add(.userAgent, agent, "")
    let isApple = value["os"]?.string?.lowercased() == "ios"
    try add(.device, value["device_advertiser_id"]?.scalarText ?? "", isApple ? "idfa" : "gaid")
    if isApple { try add(.device, value["device_vendor_id"]?.scalarText ?? "", "idfv") }
  }

  /// What an event was, and what it came from: `app_opened; Windows 10; Discord Client; Leeds, GB`.
  private static func words(_ value: JSONValue) -> String {
    func joined(_ keys: [StaticString], _ separator: String) -> String {
      keys.compactMap { value[$0]?.scalarText }.filter { !$0.isEmpty }.joined(separator: separator)
    }
    return [
      joined(["event_type"], ""), joined(["os", "os_version"], " "), joined(["device"], ""),
      joined(["browser"], ""), joined(["city", "country_code"], ", "), joined(["isp"], ""),
    ].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static func unquoted(_ text: String) -> String {
    guard text.utf8.first == UInt8(ascii: "\"") else { return text }
    return text.replacing("\"", with: "")
  }
}
