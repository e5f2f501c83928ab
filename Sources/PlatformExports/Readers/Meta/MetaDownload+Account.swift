internal import AccountModel

/// Logins, devices, the profile, and whom the owner knows.
extension MetaDownload {
  mutating func take(
    _ entry: MetaEntry, of list: MetaList, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let owner = ownAccount(locator, writer)
    let lastSeen = ["updated_timestamp", "Last Login", "Time", "timestamp", "created_timestamp"]
    // A login has a moment of its own beside the one of the last.
    let preferred = list.recordClass == .login ? ["Time", "timestamp"] + lastSeen : lastSeen
    guard let time = entry.time(preferring: preferred) else {
      let written = entry.times.first.map { String($0.seconds) } ?? entry.title
      writer.setAside(list.recordClass, .badTime, at: locator, detail: written)
      return
    }
    switch list {
    case .contact(let how):
      try relation(.contact, how, entry, owner, time, locator, into: writer)
    case .block:
      try relation(.block, "", entry, owner, time, locator, into: writer)
    case .change: try change(entry, owner, time, locator, into: writer)
    case .writing: break
    case .profile: try instagramProfile(entry, owner, locator, into: writer)
    case .login(let action):
      if time.isNone {
        let written = entry.written.isEmpty ? entry.title : entry.written
        writer.setAside(.login, .badTime, at: locator, detail: written)
        return
      }
      // The address and the device of a login that failed are of whoever tried.
      let isOwn = !FailedLogin.isSaid(in: entry.action)
      if isOwn { try identifiers(of: entry, owner, "", time, locator, into: writer) }
      try record(.login, action, entry, owner, time, locator, isOwn: isOwn, into: writer)
    case .signUp:
      try identifiers(of: entry, owner, "signup", time, locator, into: writer)
      try record(.login, "Sign-up", entry, owner, time, locator, into: writer)
    case .session:
      try identifiers(of: entry, owner, "", time, locator, into: writer)
      try record(.session, "", entry, owner, time, locator, into: writer)
    case .verification:
      try identifiers(of: entry, owner, "verified", time, locator, into: writer)
      if entry.first(.email) == nil, entry.first(.phone) == nil {
        let written = entry.fields.first.map { "\($0.label): \($0.value)" } ?? ""
        writer.setAside("profile field", .unknownLabel, at: locator, detail: written)
      }
      try record(.profile, "verified", entry, owner, time, locator, into: writer)
    }
  }

  /// What a login, a session or a confirmation says in words; of one that is not the owner's, where it came from as well.
  private func record(
    _ recordClass: RecordClass, _ action: String, _ entry: MetaEntry, _ owner: AccountIndex,
    _ time: ObservedTime, _ locator: Locator, isOwn: Bool = true, into writer: RecordWriter
  ) throws {
    let words = entry.fields.compactMap { field -> String? in
      switch field.meaning {
      case .word: field.value
      // `Cookie: AbCd********************`
      case .name where recordClass == .session: field.value
      case .ip where !isOwn: "from \(field.value)"
      case .port where !isOwn: "port \(field.value)"
      case .cookie where !isOwn, .userAgent where !isOwn, .device where !isOwn: field.value
      default: nil
      }
    }
    let text = ([action] + words).filter { !$0.isEmpty }.joined(separator: "; ")
    let title = TimeText.plausibleISO8601(entry.title) == nil ? "" : entry.title
    let written = entry.written.isEmpty ? title : entry.written
    try writer.record(recordClass, account: owner, time: time, writtenTime: written, text: text, at: locator)
  }

  /// Writes the identifiers of a record of the owner's.
  private func identifiers(
    of entry: MetaEntry, _ owner: AccountIndex, _ label: String, _ time: ObservedTime, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    let port = entry.fields.first { $0.meaning == .port && ValueShape.isPort($0.value) }?.value
    for field in entry.fields {
      func add(_ kind: IdentifierKind, _ value: String, _ label: String = label) throws {
        try writer.identifier(
          owner, kind, value, label: label, assertion: .platform, time: time, at: locator)
      }
      switch field.meaning {
      case .ip:
        let hasPort = field.value.hasPrefix("[") || (field.value.contains(".") && field.value.contains(":"))
        guard let port, !hasPort else {
          try add(.ip, field.value)
          break
        }
        try add(.ip, field.value.contains(":") ? "[\(field.value)]:\(port)" : "\(field.value):\(port)")
      case .cookie:
        // Instagram shows the end of a cookie only, which many cookies share.
        let isMasked = field.value.contains("**")
        try add(
          .cookie, field.value, isMasked ? "session-masked" : platform == .instagram ? "session" : "datr")
      case .userAgent: try add(.userAgent, field.value)
      case .device: try add(.device, field.value, "device-id")
      case .email: try add(.email, field.value)
      case .phone: try add(.phone, field.value)
      case .handle: try add(.handle, field.value)
      default: break
      }
    }
  }

  /// A friend, follower or blocked account: on Instagram by handle, on Facebook by display name.
  private func relation(
    _ recordClass: RecordClass, _ how: String, _ entry: MetaEntry, _ owner: AccountIndex,
    _ time: ObservedTime, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard let (kind, value) = other(entry), !value.isEmpty, kind == .handle || !Self.isDeleted(value) else {
      writer.setAside(recordClass, .noAuthor, at: locator, detail: entry.title)
      return
    }
    let isHandle = kind == .handle
    let account = try writer.account(
      AccountKey(platform: platform, kind: kind, scope: isHandle ? .platform : .source, value: value),
      role: .mentioned, assertion: isHandle ? .platform : .user, at: locator)
    try writer.record(recordClass, account: owner, other: account, time: time, text: how, at: locator)
  }

  /// The other account of a relation. Lists of Instagram give the handle as value, at the end of a link to Instagram or
  /// Threads, or as title (2026), which in those of Threads may be a display name; lists of Facebook give a name. A title
  /// elsewhere is never taken for a handle.
  private func other(_ entry: MetaEntry) -> (IdentifierKind, String)? {
    if platform == .instagram || entry.generation == .list {
      let handles = entry.fields.filter { $0.meaning == .handle || $0.label.isEmpty }.map(\.value)
      let titles = entry.generation == .list ? [entry.title] : []
      let links = entry.fields.filter { field in
        ["instagram.com/", "threads.net/", "threads.com/"].contains { field.href.contains($0) }
      }.compactMap { $0.href.split(whereSeparator: { $0 == "/" || $0 == "@" }).last.map { String($0) } }
      let found = (handles + links + titles).first { ValueShape.isInstagramHandle($0) }
      return found.map { (.handle, $0) }
    }
    let name = entry.first(.name) ?? entry.title
    return name.isEmpty ? nil : (.displayName, name)
  }

  /// A changed user name, name, address of mail or telephone number.
  private func change(
    _ entry: MetaEntry, _ owner: AccountIndex, _ time: ObservedTime, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    let changed = entry.first(.changed) ?? ""
    let named = MetaField.labels[MetaField.canonical(changed)]
    for (meaning, label) in [(MetaMeaning.previous, "previous"), (.new, "")] {
      guard let value = entry.first(meaning) else { continue }
      let kind: IdentifierKind? =
        switch named {
        case .handle: .handle
        case .name: .displayName
        case .email: .email
        case .phone: .phone
        case nil: ValueShape.isEmail(value) ? .email : ValueShape.isPhone(value) ? .phone : nil
        default: nil
        }
      guard let kind else { continue }
      // A changed biography (`Profile Bio Text`) may be nothing but an address, be it somebody else's.
      let assertion: Assertion = named == nil ? .claimed : kind == .displayName ? .user : .platform
      try writer.identifier(
        owner, kind, value, label: label, assertion: assertion, time: time, at: locator)
    }
    // Under labels that are not known nothing says which of two values was before.
    if entry.first(.previous) == nil, entry.first(.new) == nil {
      for field in entry.fields {
        switch field.meaning {
        case .email:
          try writer.identifier(
            owner, .email, field.value, label: "changed", assertion: field.assertion, time: time,
            at: locator)
        case .phone:
          try writer.identifier(
            owner, .phone, field.value, label: "changed", assertion: field.assertion, time: time,
            at: locator)
        case .unknown where !field.value.isEmpty:
          writer.setAside(
            "profile field", .unknownLabel,
            at: locator, detail: "\(field.label): \(field.value)")
        default: break
        }
      }
    }
    try writer.record(
      .profile, account: owner, time: time, text: changed.isEmpty ? "changed" : "changed: \(changed)",
      at: locator)
  }

  private mutating func instagramProfile(
    _ entry: MetaEntry, _ owner: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    // An entry under another user name is another account's, whose the download is not.
    if let known = people.handle?.value, let handle = entry.first(.handle), handle != known {
      return writer.setAside(.profile, Self.anotherName, at: locator, detail: handle)
    }
    for field in entry.fields {
      switch field.meaning {
      case .handle:
        if people.handle == nil { people.handle = (field.value, locator) }
        if !people.ownNames.contains(field.value) { people.ownNames.append(field.value) }
      case .name:
        try writer.identifier(owner, .displayName, field.value, assertion: .user, at: locator)
        if !people.ownNames.contains(field.value) { people.ownNames.append(field.value) }
      case .email: try writer.identifier(owner, .email, field.value, assertion: field.assertion, at: locator)
      case .phone: try writer.identifier(owner, .phone, field.value, assertion: field.assertion, at: locator)
      case .dateOfBirth:
        try writer.identifier(owner, .dateOfBirth, field.value, assertion: .user, at: locator)
      case .unknown:
        if !field.value.isEmpty { people.unlabelled.insert(field.value) }
        writer.setAside(
          "profile field", .unknownLabel,
          at: locator,
          detail: "\(field.label): \(field.value)")
      default: break
      }
    }
    let bio = entry.fields.first { MetaField.canonical($0.label) == "bio" }?.value ?? ""
    if let site = entry.fields.first(where: { MetaField.canonical($0.label) == "website" }) {
      try writer.identifier(owner, .url, site.value, assertion: .user, at: locator)
    }
    try writer.record(.profile, account: owner, text: bio, at: locator)
  }

  /// Facebook's `profile_v2`, and `profile` of downloads of before 2021.
  mutating func facebookProfile(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let owner = ownAccount(locator, writer)
    func add(
      _ kind: IdentifierKind, _ field: JSONValue?, _ label: String = "", _ assertion: Assertion = .platform
    ) throws {
      guard let field else { return }
      try writer.identifier(
        owner, kind, MetaEntry.text(field), label: label, assertion: assertion, at: locator)
    }
    if let name = value["name"]?["full_name"].map({ MetaEntry.text($0) }), !name.isEmpty {
      people.ownNames.append(name)
      try writer.identifier(owner, .displayName, name, assertion: .user, at: locator)
    }
    try value["previous_names"]?.forEachElement { try add(.displayName, $0["name"], "previous", .user) }
    try value["other_names"]?.forEachElement { try add(.displayName, $0["name"], "other-name", .user) }
    try value["emails"]?["emails"]?.forEachElement { try add(.email, $0) }
    try value["emails"]?["previous_emails"]?.forEachElement { try add(.email, $0, "previous") }
    try value["emails"]?["pending_emails"]?.forEachElement { try add(.email, $0, "pending", .user) }
    try value["emails"]?["ad_account_emails"]?.forEachElement { try add(.email, $0, "ad-account") }
    try value["phone_numbers"]?.forEachElement { phone in
      try add(.phone, phone["phone_number"], "", phone["verified"]?.bool == false ? .user : .platform)
    }
    try value["websites"]?.forEachElement { try add(.url, $0["address"], "", .user) }
    if let birthday = value["birthday"], let year = birthday["year"]?.int64,
      let month = birthday["month"]?.int64, let day = birthday["day"]?.int64, year > 0,
      (1...12).contains(month), (1...31).contains(day)
    {
      func digits(_ number: Int64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
      }
      try writer.identifier(
        owner, .dateOfBirth, "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))", assertion: .user,
        at: locator)
    }
    if let handle = value["username"].map({ MetaEntry.text($0) }), !handle.isEmpty {
      people.handle = (handle, locator)
    }
    if let link = value["profile_uri"].map({ MetaEntry.text($0) }) {
      try writer.identifier(owner, .profileLink, link, assertion: .platform, at: locator)
      let tail = link.split(whereSeparator: { $0 == "/" || $0 == "=" }).last ?? ""
      if tail.utf8.count >= 5, tail.utf8.allSatisfy(\.isDigit) {
        people.platformID = (String(tail), locator)
      }
    }
    let registered = value["registration_timestamp"]?.int64.flatMap { TimeText.epoch(seconds: $0) }
    try writer.record(
      .profile, account: owner, time: registered ?? .none, text: registered == nil ? "" : "registered",
      at: locator)
  }
}
