internal import AccountModel

/// What an archive says of the account itself: `actor.json`.
extension MastodonArchiveReader {
  /// Bytes of the name of a field that are kept as a label.
  private static let labelLimit = 64
  private static let elsewhere = SetAsideReason(
    "not-an-account", "is not the address of an account on the web", isFault: false)

  mutating func readActor(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONKeyTally(keys: ["preferredUsername"])
    input.tap { tally.feed($0) }
    let pass = pass
    try pass.read(["$"], of: input, into: writer, unit: { _ in RecordClass.profile.name }) {
      _, value, locator in
      try actor(value, locator, into: writer)
    }
    writer.count(.profile, seen: tally[0])
  }

  private mutating func actor(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let address = value["id"]?.string ?? ""
    guard MastodonPeople.isActor(address) else {
      return writer.setAside(.profile, .malformed, at: locator, detail: "an actor without an address")
    }
    let account = try ownAccount(actor: address, locator, writer)
    let server = MastodonPeople.server(of: address)
    // A server may call its people after another host than its own (`webfinger`); both names lead to the account.
    let names = [value["preferredUsername"]?.string ?? "", value["webfinger"]?.string ?? ""]
    for written in names where !written.isEmpty {
      if let name = MastodonPeople.name(written, at: server) {
        try people.add(name: name, to: account, locator, into: writer)
      }
    }
    try people.memory.add(
      .displayName, value["name"]?.string ?? "", assertion: .user, to: account, locator, into: writer)

    var words: [String] = value["type"]?.string == "Service" ? ["automated account"] : []
    words += try otherAccounts(value, of: account, locator, into: writer)
    let summary = value["summary"]?.string ?? ""
    words.append(MailMessage.words(ofHTML: summary))
    try links(in: summary, "bio", of: account, locator, into: writer)
    for field in Self.elements(value["attachment"]) where field["type"]?.string == "PropertyValue" {
      words.append(try self.field(field, of: account, locator, into: writer))
    }
    let written = value["published"]?.string ?? ""
    guard let time = written.isEmpty ? ObservedTime.none : Self.day(written) else {
      return writer.setAside(.profile, .badTime, at: locator, detail: written)
    }
    try writer.record(
      .profile, account: account, time: time, writtenTime: written,
      text: words.filter { !$0.isEmpty }.joined(separator: "\n"), at: locator)
  }

  /// When the account was made: Mastodon gives the day alone, as its first moment.
  private static func day(_ text: String) -> ObservedTime? {
    guard let time = TimeText.plausibleISO8601(text) else { return nil }
    let isDay = text.contains("T00:00:00") && time.zone == .known
    return isDay ? ObservedTime(microseconds: time.microseconds, zone: .known, precision: .day) : time
  }

  /// Accounts that the owner calls its own; gives them as words.
  ///
  /// Whoever moves an account names the new one in the old (`movedTo`) and the old in the new (`alsoKnownAs`). One of
  /// the two says no more than that its owner typed it: both together, in two archives, do. So each is a link on the
  /// profile and no declared link beside it: a profile that links to whoever it poses as is weighed as what it is.
  private mutating func otherAccounts(
    _ value: JSONValue, of account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws -> [String] {
    let moved = Self.strings(value["movedTo"]).map { ($0, "moved to") }
    let known = Self.strings(value["alsoKnownAs"]).map { ($0, "also known as") }
    var words: [String] = []
    for (address, label) in moved + known where address != actor {
      words.append("\(label) \(address)")
      let isAccount = try people.account(actor: address, locator, into: writer) != nil
      if !isAccount { writer.setAside("other account", Self.elsewhere, at: locator, detail: address) }
      try people.memory.add(
        isAccount ? .profileLink : .url, address, label: label, assertion: .user, to: account, locator,
        into: writer)
    }
    return words
  }

  /// A field of the profile, name and value as the owner typed them; gives them as words.
  private mutating func field(
    _ field: JSONValue, of account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws -> String {
    let name = MailMessage.words(ofHTML: field["name"]?.string ?? "")
    let html = field["value"]?.string ?? ""
    let value = MailMessage.words(ofHTML: html)
    let label = String(decoding: name.utf8.prefix(Self.labelLimit), as: UTF8.self)
    try links(in: html, label, of: account, locator, into: writer)
    // Nobody confirmed that these are the owner's.
    if ValueShape.isEmail(value), !value.hasPrefix("@") {
      try people.memory.add(
        .email, value, label: label, assertion: .claimed, to: account, locator, into: writer)
    } else if ValueShape.isPhone(value) {
      try people.memory.add(
        .phone, value, label: label, assertion: .claimed, to: account, locator, into: writer)
    }
    return [name, value].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// Addresses that a profile shows; a mention there is a link to an account.
  private mutating func links(
    in html: String, _ label: String, of account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    for link in HTMLLinks.links(in: html) where !link.isTopic {
      try people.memory.add(
        link.isMention ? .profileLink : .url, link.address, label: label, assertion: .user, to: account,
        locator, into: writer)
    }
  }

  /// The elements of an array, or the one value that stands in the place of an array of one.
  static func elements(_ value: JSONValue?) -> [JSONValue] {
    guard let value else { return [] }
    guard value.kind == .array else { return [value] }
    var elements: [JSONValue] = []
    value.forEachElement { elements.append($0) }
    return elements
  }

  /// The texts among these elements.
  static func strings(_ value: JSONValue?) -> [String] { elements(value).compactMap(\.string) }
}
