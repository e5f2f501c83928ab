internal import AccountModel

/// Who the owner is, from where and with what they logged in, and whom they know.
extension MetaRecordPage {
  /// One field of a section without rows.
  func accountField(_ field: MetaRecordField) throws {
    let locator = field.locator(member)
    if field.isCut { return setAside("profile field", .tooLarge, locator) }
    let text = field.value.string
    let lines = text.split(separator: "\n").map { String($0).trimmingSpaces }
    switch section {
    case .names(let label): try name(field, label, locator)
    case .emails(let label): for line in lines { try email(line, label, field, locator) }
    case .phones(let label): for line in lines { try phone(line, label, field, locator) }
    case .handles(let label):
      for line in lines where !isTime(field) {
        if line.contains("://") {
          try page(line, label, locator)
        } else {
          try identifier(owner(locator), .handle, line, label: label, assertion: .platform, at: locator)
        }
      }
    case .registrationDate:
      guard let time = time(text) else { return setAside(.profile, .badTime, locator, detail: text) }
      registered = time
      try record(.profile, account: owner(locator), time: time, text: "registered", at: locator)
      if let registeredFrom { try registration(registeredFrom, locator) }
    case .registrationAddress:
      guard let address = ValueShape.address(text) else { return notUnderstood(field, locator) }
      registeredFrom = address
      try registration(address, locator)
    case .dateOfBirth: try identifier(owner(locator), .dateOfBirth, text, assertion: .user, at: locator)
    case .websites:
      for line in lines {
        if sectionName == "profile_uri" {
          try page(line, "", locator)
        } else {
          try identifier(owner(locator), .url, line, assertion: .user, at: locator)
        }
      }
    case .about: try record(.profile, account: owner(locator), text: text, at: locator)
    case .places:
      try identifier(
        owner(locator), .postalAddress, lines.joined(separator: ", "),
        label: sectionName.replacing("_", with: "-"),
        assertion: .user, at: locator)
    case .business: try business(field, text, locator)
    case .people(let recordClass, let how): try people(field, recordClass, how, locator)
    case .addressBook: try addressBook(field, locator)
    default: break
    }
  }

  /// The address of the registration, with its time as soon as that is known.
  private func registration(_ address: String, _ locator: Locator) throws {
    try identifier(
      owner(locator), .ip, address, label: "registration", assertion: .platform, time: registered ?? .none,
      at: locator)
  }

  func isTime(_ field: MetaRecordField) -> Bool {
    MetaRecordLabel.times.contains(field.name) || time(field.value.string) != nil
  }

  /// Counts a field of which nothing was taken.
  func notUnderstood(_ field: MetaRecordField, _ locator: Locator) {
    writer.setAside(
      "profile field", .init("unknown-label", "has a label or a value that is not known", isFault: false),
      at: locator, detail: "\(field.label): \(field.value.string)")
  }

  // MARK: The owner

  /// A link to the account's page. It says the account's name or number: taken for a link, it would make a linked account
  /// of whoever shows that name.
  private func page(_ link: String, _ label: String, _ locator: Locator) throws {
    guard let platform, link.lowercased().contains("\(platform.rawValue).com/"),
      let own = Self.identifier(link, platform)
    else {
      return try identifier(
        owner(locator), .profileLink, link, label: label, assertion: .platform, at: locator)
    }
    if own.kind == .platformID, target?.kind == .platformID {
      produced += 1
      if target?.value != own.value {
        writer.note("\(path) names another account beside its own: \(own.value.prefix(40)) was not taken")
      }
      return
    }
    try identifier(owner(locator), own.kind, own.value, label: label, assertion: .platform, at: locator)
  }

  private static let partsOfNames: Set<String> = [
    "first", "middle", "last", "first name", "middle name", "last name",
  ]

  private func name(_ field: MetaRecordField, _ label: String, _ locator: Locator) throws {
    if Self.partsOfNames.contains(field.name) {
      names.append(field)
      return
    }
    if isTime(field) { return }
    if sectionName == "profile_picture_info", field.name != "push name" {
      return notUnderstood(field, locator)
    }
    let former = field.name.hasPrefix("old") || field.name.hasPrefix("previous")
    try identifier(
      owner(locator), .displayName, field.value.string.withLineEnds(as: " "),
      label: former ? "previous" : label, assertion: .user, at: locator)
  }

  /// The parts of a name in their order, as one.
  func endNames() throws {
    defer { names = [] }
    guard let first = names.first, case .names(let label) = section else { return }
    let text = names.map { $0.value.string }.filter { !$0.isEmpty }.joined(separator: " ")
    try identifier(
      owner(first.locator(member)), .displayName, text, label: label, assertion: .user,
      at: first.locator(member))
  }

  /// `rex@example.org (Verified)`.
  private func email(
    _ line: String, _ label: String, _ field: MetaRecordField, _ locator: Locator
  ) throws {
    let words = WrittenContact.words(line)
    let found = words.filter { ValueShape.isEmail($0) }
    if found.isEmpty, !isTime(field) { notUnderstood(field, locator) }
    let said = said(words, label)
    for value in found {
      try identifier(owner(locator), .email, value, label: said.label, assertion: said.by, at: locator)
    }
  }

  /// `+447700900123 Cell Verified on 2019-05-05 00:00:00 UTC`.
  private func phone(
    _ line: String, _ label: String, _ field: MetaRecordField, _ locator: Locator
  ) throws {
    guard let number = WrittenContact.number(in: line) else {
      if !isTime(field) { notUnderstood(field, locator) }
      return
    }
    if time(line) != nil || MetaRecordLabel.times.contains(field.name) { return }
    let said = said(number.remarks, label)
    try identifier(
      owner(locator), .phone, number.value, label: said.label, assertion: said.by, at: locator)
  }

  /// Who says so: whoever typed it, where the return says that nobody checked. It may be anybody's.
  private func said(_ words: [String], _ label: String) -> (label: String, by: Assertion) {
    let isOpen = WrittenContact.isDoubted(words)
    return (isOpen && label.isEmpty ? "unverified" : label, isOpen ? .claimed : .platform)
  }

  private func business(_ field: MetaRecordField, _ text: String, _ locator: Locator) throws {
    let kind: IdentifierKind? =
      switch field.name {
      case "name", "business name", "verified name": .displayName
      case "email": .email
      case "address": .postalAddress
      case "website", "websites": .url
      default: nil
      }
    guard let kind else { return notUnderstood(field, locator) }
    let value = text.withLineEnds(as: ", ")
    try identifier(owner(locator), kind, value, label: "business", assertion: .user, at: locator)
  }

  // MARK: Logins and devices

  func login(_ row: MetaRecordRow) throws {
    let locator = row.locator(member)
    let written = row.text(["ip address", "ip"])
    guard let address = ValueShape.address(written, port: row.text(["port", "source port"])) else {
      return setAside(
        .login, .noAddress, locator,
        detail: written.isEmpty ? row.words(without: []) : written)
    }
    let when = row.text(["time", "timestamp", "date"])
    guard let time = time(when) else {
      return setAside(.login, .badTime, locator, detail: "\(address) \(when)")
    }
    let owner = try owner(locator)
    let action = row.text("action")
    // The address and the program of a login that failed are of whoever tried.
    let isOwn = !FailedLogin.isSaid(in: action)
    let agents: Set<String> = ["agent string", "user agent"]
    let told: Set<String> = [
      "ip address", "ip", "port", "source port", "time", "timestamp", "date", "action",
    ]
    let words = [
      action, isOwn ? "" : "from \(address)", row.words(without: isOwn ? told.union(agents) : told),
    ]
    let text = words.filter { !$0.isEmpty }.joined(separator: "; ")
    let isNew = try record(.login, account: owner, time: time, text: text, detail: address, at: locator)
    guard isNew, isOwn else { return }
    try identifier(owner, .ip, address, assertion: .platform, time: time, at: locator)
    let agent = row.text(agents)
    if !agent.isEmpty {
      try identifier(owner, .userAgent, agent, assertion: .platform, time: time, at: locator)
    }
  }

  /// Labels under which a device's own id stands, and what the id is called.
  private static let deviceLabels: [(name: String, label: String)] = [
    ("id", "device-id"), ("device id", "device-id"), ("family device id", "family-device-id"),
    ("machine id", "machine-id"), ("advertiser id", "advertiser-id"), ("android id", "android-id"),
    ("idfa", "idfa"), ("idfv", "idfv"),
  ]
  private static let lastSeen: Set<String> = [
    "last seen", "family device last seen", "online since", "date created", "time", "first seen",
    "family device first seen",
  ]
  private static let users: Set<String> = ["user", "users", "associated users"]

  func device(_ row: MetaRecordRow) throws {
    let locator = row.locator(member)
    let owner = try owner(locator)
    let time = Self.time(of: row, self)
    var read: Set<String> = Self.users.union([
      "user agent", "agent string", "connected from", "last ip", "push name",
    ])
    let others = try users(row, at: locator)
    for (name, label) in Self.deviceLabels {
      // WhatsApp counts the devices of an account from 0.
      for value in row.all([name]) where value.utf8.count >= 8 && !value.contains(where: \.isWhitespace) {
        read.insert(name)
        for account in [owner] + others {
          try identifier(account, .device, value, label: label, assertion: .platform, time: time, at: locator)
        }
      }
    }
    for agent in row.all(["user agent", "agent string"]) {
      try identifier(owner, .userAgent, agent, assertion: .platform, time: time, at: locator)
    }
    for written in row.all(["connected from", "last ip"]) {
      guard let address = ValueShape.address(written) else {
        read.remove("connected from")
        read.remove("last ip")
        continue
      }
      try identifier(owner, .ip, address, assertion: .platform, time: time, at: locator)
    }
    for name in row.all(["push name"]) {
      try identifier(owner, .displayName, name, assertion: .user, at: locator)
    }
    try record(.session, account: owner, time: time, text: row.words(without: read), at: locator)
  }

  /// A browser by Meta's cookie, and the accounts that were used with it.
  func cookie(_ row: MetaRecordRow) throws {
    let locator = row.locator(member)
    let value = row.text(["cookie", "datr"])
    guard !value.isEmpty, !value.contains(where: \.isWhitespace) else {
      return setAside(.session, .malformed, locator, detail: row.words(without: []))
    }
    let owner = try owner(locator)
    let time = Self.time(of: row, self)
    for account in [owner] + (try users(row, at: locator)) {
      try identifier(account, .cookie, value, label: "datr", assertion: .platform, time: time, at: locator)
    }
    let text = row.words(without: Self.users.union(["cookie", "datr"]))
    try record(.session, account: owner, time: time, text: text, at: locator)
  }

  private static func time(of row: MetaRecordRow, _ page: MetaRecordPage) -> ObservedTime {
    for field in row.fields where lastSeen.contains(field.name) {
      if let time = page.time(field.value.string) { return time }
    }
    return .none
  }

  /// Other accounts that the platform saw on a device.
  private func users(_ row: MetaRecordRow, at locator: Locator) throws -> [AccountIndex] {
    var accounts: [AccountIndex] = []
    for text in row.all(Self.users) {
      var people = MetaRecordPerson.list(text)
      if people.isEmpty {
        let numbers = text.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map { "(\($0))" }
        people = numbers.compactMap { MetaRecordPerson($0) }.filter { $0.id.utf8.count >= 5 }
      }
      for person in people where !isOwner(person.id) {
        let account = try account(person, role: .mentioned, at: locator)
        if !accounts.contains(account) { accounts.append(account) }
      }
    }
    return accounts
  }

  // MARK: Others

  /// An account of another service, or a second one, that the platform lists as the owner's.
  func linkedAccount(_ row: MetaRecordRow) throws {
    let locator = row.locator(member)
    let service = row.text("service").trimmingSpaces
    let written = row.text("identifier").withLineEnds(as: " ").trimmingSpaces
    guard !service.isEmpty, !written.isEmpty, !NoValue.isNamed(by: written) else {
      return setAside(.declaredLink, .noAuthor, locator, detail: row.words(without: []))
    }
    let platform = Platform(service)
    let other: AccountIndex
    if let person = MetaRecordPerson(written) {
      var person = person
      person.platform = person.platform ?? platform
      other = try account(person, role: .mentioned, at: locator)
    } else {
      let kind: IdentifierKind =
        ValueShape.isEmail(written)
        ? .email
        : ValueShape.isPhone(written)
          ? .phone
          : MetaRecordPerson.isNumber(written) && written.utf8.count >= 5
            ? .platformID : Self.isShownName(written, platform) ? .displayName : .handle
      other = try writer.account(
        AccountKey(
          platform: platform, kind: kind, scope: kind == .displayName ? .source : .platform, value: written),
        role: .mentioned, assertion: .platform, at: locator)
    }
    try record(
      .declaredLink, account: owner(locator), other: other, assertion: .platform,
      time: time(row.text("time")) ?? .none, text: "linked account", at: locator)
  }

  /// Whether a linked account stands there under the name that it shows, and not under one that it alone has: no platform
  /// lets that have white space, and of Facebook's, of five letters or more, a capital letter alone makes a person's name.
  private static func isShownName(_ text: String, _ platform: Platform) -> Bool {
    if text.contains(where: \.isWhitespace) { return true }
    guard platform == .facebook, !text.contains(where: { $0 == "." || $0.isNumber }) else { return false }
    return text.count < 5 || text.first?.isUppercase ?? false
  }

  private static let listLabels: Set<String> = [
    "", "followers", "following", "friends", "user", "username", "users", "name", "account", "accounts",
  ]

  private func people(
    _ field: MetaRecordField, _ recordClass: RecordClass, _ how: String, _ locator: Locator
  ) throws {
    let people = MetaRecordPerson.list(field.value.string)
    for person in people {
      let other = try account(person, role: .mentioned, at: locator)
      try record(recordClass, account: owner(locator), other: other, text: how, at: locator)
    }
    guard people.isEmpty, !isTime(field) else { return }
    for line in field.value.string.split(separator: "\n").map({ String($0).trimmingSpaces }) {
      guard platform == .instagram, Self.listLabels.contains(field.name), ValueShape.isInstagramHandle(line),
        !MetaRecordPerson.isNumber(line)
      else {
        notUnderstood(field, locator)
        continue
      }
      let other = try writer.account(
        AccountKey(platform: .instagram, kind: .handle, scope: .platform, value: line), role: .mentioned,
        assertion: .platform, at: locator)
      unnumbered[recordClass, default: 0] += 1
      try record(recordClass, account: owner(locator), other: other, text: how, at: locator)
    }
  }

  func request(_ row: MetaRecordRow) throws {
    let locator = row.locator(member)
    let sender = MetaRecordPerson(row.text("sender"))
    let recipient = MetaRecordPerson(row.text("recipient"))
    let isSent = sender.map { isOwner($0.id) } ?? false
    guard let person = isSent ? recipient : sender else {
      return setAside(.contact, .noAuthor, locator, detail: row.words(without: []))
    }
    let other = try account(person, role: .mentioned, at: locator)
    try record(
      .contact, account: owner(locator), other: other, time: time(row.text("time")) ?? .none,
      text: isSent ? "friend request sent" : "friend request received", at: locator)
  }

  /// `3 Total` and the numbers of a phone's address book: people whom the owner knows.
  private func addressBook(_ field: MetaRecordField, _ locator: Locator) throws {
    var declared: Int?
    var found = 0
    for line in field.value.string.split(separator: "\n").map({ String($0).trimmingSpaces }) {
      if line.hasSuffix("Total"), let number = Int(line.dropLast(5).filter { $0.isASCII && $0.isNumber }) {
        declared = number
      } else if let number = MetaRecordNumber(line), number.kind == .phone {
        found += 1
        let other = try account(number, role: .mentioned, at: locator)
        try record(
          .contact, account: owner(locator), other: other,
          text: field.name.replacing("contacts", with: "contact"),
          at: locator)
      } else {
        notUnderstood(field, locator)
      }
    }
    if let declared, declared != found {
      setAside(
        "contact list", .init("other-total", "lists another number of people than it says", isFault: true),
        locator, detail: "\(field.label): \(declared) said, \(found) read")
    }
  }
}
