internal import AccountModel

/// What a whole-account export says beside its chats.
extension TelegramHTMLRecords {
  /// What a page's list holds, by what the page calls itself; the program writes it in English everywhere.
  enum List {
    case contacts, frequent, sessions, webSessions, chats, pictures, unknown

    init(title: String) {
      switch title {
      case "Contacts": self = .contacts
      case "Frequent contacts": self = .frequent
      case "Sessions": self = .sessions
      case "Web sessions": self = .webSessions
      case "Chats": self = .chats
      case "Profile pictures", "Stories archive", "Profile music", "Saved music": self = .pictures
      default: self = .unknown
      }
    }

    /// What an entry is counted as; nil for those that are not counted a second time.
    var recordClass: RecordClass? {
      switch self {
      case .contacts: .contact
      case .sessions, .webSessions: .session
      default: nil
      }
    }
  }

  /// The list of the page at hand.
  var list: List { List(title: title) }

  /// The account whose export this is.
  private func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&people.owner, .telegram, at: locator)
  }

  /// The owner's details.
  func owner(
    _ rows: [(label: String, value: String)], at locator: Locator, into writer: RecordWriter
  ) throws {
    let account = ownAccount(locator, writer)
    func text(_ label: String) -> String { rows.first { $0.label == label }?.value.trimmingSpaces ?? "" }
    let handle = text("Username")
    let phone = text("Phone number")
    let keys: [(IdentifierKind, String)] = [(.handle, handle), (.phone, phone)]
    if let (kind, value) = keys.first(where: { !$0.1.isEmpty }) {
      try writer.name(
        account, AccountKey(platform: .telegram, kind: kind, scope: .platform, value: value),
        assertion: .platform, at: locator)
      if kind == .handle {
        try writer.identifier(account, .phone, phone, assertion: .platform, at: locator)
      }
    }
    let name = [text("First name"), text("Last name")].filter { !$0.isEmpty }.joined(separator: " ")
    people.ownName = name
    try writer.identifier(account, .displayName, name, assertion: .user, at: locator)
    try writer.record(.profile, account: account, text: text("Bio"), at: locator)
    let known: Set<String> = ["First name", "Last name", "Username", "Phone number", "Bio"]
    for row in rows where !known.contains(row.label) {
      writer.setAside("profile field", .unknownLabel, at: locator, detail: row.label)
    }
  }

  func entry(_ entry: TelegramPageEntry, at locator: Locator, into writer: RecordWriter) throws {
    switch list {
    case .contacts: try contact(entry, at: locator, into: writer)
    case .sessions: try session(entry, isWeb: false, at: locator, into: writer)
    case .webSessions: try session(entry, isWeb: true, at: locator, into: writer)
    case .chats:
      let folder = TelegramPagePath.chat(ofAddress: entry.address)
      guard !folder.isEmpty else { return }
      people.listed[folder] = TelegramPeople.ListedChat(
        sort: entry.info, name: entry.name.trimmingSpaces,
        isOwnOnly: entry.details.contains {
          $0.hasSuffix(" outgoing message") || $0.hasSuffix(" outgoing messages")
        })
    case .frequent:
      writer.setAside(
        "frequent contact",
        .init("name-only", "is listed by a name alone, which many may have", isFault: false),
        at: locator, detail: entry.name)
    case .pictures: writer.setAside("attachment", .media, at: locator, detail: entry.name)
    case .unknown:
      writer.setAside(
        "list entry", .init("unknown-list", "stands in a list that is not known", isFault: true), at: locator,
        detail: title)
    }
  }

  /// Sets aside an entry that is not whole.
  func broken(_ reason: SetAsideReason, at locator: Locator, into writer: RecordWriter) {
    writer.setAside(list.recordClass?.name ?? "list entry", reason, at: locator)
  }

  /// The time of a list, which has no zone; none for what is dated before there was Telegram, as what has no date is; nil
  /// when it cannot be read.
  private func dated(_ written: String) -> ObservedTime? {
    guard let read = TelegramTime.written(written) else { return nil }
    if read.microseconds < TelegramTime.launch { return ObservedTime.none }
    return TimeText.plausible(clock?.assume(read) ?? read)
  }

  private func contact(_ entry: TelegramPageEntry, at locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    guard let time = entry.info.isEmpty ? ObservedTime.none : dated(entry.info) else {
      return writer.setAside(.contact, .badTime, at: locator, detail: entry.info)
    }
    let written = entry.name.trimmingSpaces
    let name = NoValue.isNamed(by: written) ? "" : written
    let phone = entry.details.first?.trimmingSpaces ?? ""
    guard
      let other = try writer.telegramPerson(
        id: entry.id, phone: phone, name: name, time, &memory, at: locator)
    else {
      return writer.setAside(
        .contact, .noAuthor, at: locator, detail: "neither a user id nor a telephone number")
    }
    try writer.record(
      .contact, account: account, other: other, time: time, writtenTime: entry.info, text: name, at: locator)
  }

  /// A device or browser at which the owner is logged in.
  private func session(
    _ entry: TelegramPageEntry, isWeb: Bool, at locator: Locator, into writer: RecordWriter
  ) throws {
    let account = ownAccount(locator, writer)
    func detail(_ label: String) -> String? {
      entry.details.first { $0.hasPrefix(label) }.map { String($0.dropFirst(label.count)).trimmingSpaces }
    }
    let active = detail("Last active:")
    let created = detail("Created:").flatMap { dated($0) }
    guard let time = active.map({ dated($0) }) ?? created ?? ObservedTime.none else {
      return writer.setAside(.session, .badTime, at: locator, detail: active ?? "")
    }
    let place = entry.details.first { !$0.hasPrefix("Last active:") && !$0.hasPrefix("Created:") } ?? ""
    let dash = place.firstRange(ofBytes: " \u{2013} ")
    let address = String(place[..<(dash?.lowerBound ?? place.endIndex)]).trimmingSpaces
    let region = dash.map { String(place[$0.upperBound...]).trimmingSpaces } ?? ""
    try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: locator)
    // The device's name may hold a comma, the platform's does not.
    var client = [entry.subname.trimmingSpaces]
    if let comma = entry.subname.lastComma {
      client = [
        String(entry.subname[..<comma.lowerBound]).trimmingSpaces,
        String(entry.subname[comma.upperBound...]).trimmingSpaces,
      ]
    }
    let name = entry.name.trimmingSpaces
    client = isWeb ? client.reversed() : [name] + client
    let agent = client.filter { !$0.isEmpty }.joined(separator: "; ")
    if !isWeb {
      let seen = created ?? time
      try writer.identifier(
        account, .userAgent, agent, label: "session", assertion: .platform, time: seen, at: locator)
    }
    let site = isWeb ? [name, entry.info.trimmingSpaces].filter { !$0.isEmpty }.joined(separator: " ") : ""
    try writer.record(
      .session, account: account, time: time, writtenTime: active ?? "",
      text: [agent, region, site].filter { !$0.isEmpty }.joined(separator: "; "), at: locator)
  }
}

extension String {
  /// The last comma with a space behind it.
  fileprivate var lastComma: Range<Index>? {
    var end = endIndex
    while let comma = self[..<end].lastIndex(of: ",") {
      let next = index(after: comma)
      if next < endIndex, self[next] == " " { return comma..<index(after: next) }
      end = comma
    }
    return nil
  }
}
