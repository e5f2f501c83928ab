internal import AccountModel

/// What the download says about the account itself, its devices and whom it knows.
extension SnapchatJSONReader {
  /// `Basic Information` of `account.json`, and of `bitmoji.json`, which has an address and a number of its own.
  mutating func basics(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    let label = value.hasField("Username") ? "" : "bitmoji"
    let handle = FieldText.value(value["Username"])
    if !handle.isEmpty {
      try writer.name(
        account, AccountKey(platform: .snapchat, kind: .handle, scope: .platform, value: handle),
        assertion: .platform, at: locator)
      let known = writer.key(of: account)?.value ?? ""
      if known.lowercased() != handle.lowercased() {
        throw ExportRefusal.twoOwners(place: writer.describe(locator))
      }
    }
    let written = FieldText.text(value.field("Creation Date", "Account Creation Date"))
    guard let time = time(written) else {
      writer.setAside(.profile, .badTime, at: locator, detail: written)
      return
    }
    var words = label.isEmpty ? [] : [label]
    try value.forEachField { key, field in
      let text = FieldText.value(field)
      guard !text.isEmpty else { return }
      switch key {
      case "Username", "Creation Date", "Account Creation Date": break
      case "Name", "Display Name", "First Name", "Last Name":
        if memory.isNew(account, .displayName, text) {
          try writer.identifier(account, .displayName, text, label: label, assertion: .user, at: locator)
        }
      case "Email", "Email Address":
        try add(.email, text, label: label, locator, into: writer)
      case "PhoneNumber", "Phone Number", "Mobile Number":
        try add(.phone, text, label: label, locator, into: writer)
      case "Registration IP":
        try writer.identifier(
          account, .ip, text, label: "account-creation", assertion: .platform, time: time, at: locator)
      case "Birthday", "Date of Birth", "Birthdate":
        try writer.identifier(account, .dateOfBirth, text, assertion: .user, at: locator)
      case "Country", "Carrier", "Last Active": words.append("\(key.lowercased()): \(text)")
      default: writer.setAside("profile field", .unknownLabel, at: locator, detail: "\(key): \(text)")
      }
    }
    if !time.isNone { words.insert("created", at: 0) }
    try writer.record(
      .profile, account: account, time: time, writtenTime: written, text: words.joined(separator: "; "),
      at: locator)
  }

  private mutating func add(
    _ kind: IdentifierKind, _ text: String, label: String, time: ObservedTime = .none, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    guard !ValueShape.isMasked(text) else {
      writer.setAside("identifier", .masked, at: locator, detail: "\(kind.rawValue) \(text)")
      return
    }
    try writer.identifier(
      ownAccount(locator, writer), kind, text, label: label, assertion: .platform, time: time, at: locator)
  }

  /// What the user profile says of the account; its demographics are what Snapchat concluded, and none of the owner's.
  mutating func appProfile(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let written = FieldText.text(value["Creation Time"])
    guard let time = time(written) else {
      writer.setAside(.profile, .badTime, at: locator, detail: written)
      return
    }
    let words = FieldText.values(
      of: value, ["Country", "Account Creation Country", "Platform Version", "In-app Language"])
    try writer.record(
      .profile, account: ownAccount(locator, writer), time: time, writtenTime: written,
      text: ((time.isNone ? [] : ["created"]) + words).joined(separator: "; "), at: locator)
  }

  /// The device that is in use.
  mutating func device(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    guard value.kind == .object else { return }
    let account = ownAccount(locator, writer)
    try writer.identifier(
      account, .userAgent, FieldText.value(value["User Agent"]), assertion: .platform, at: locator)
    let words = FieldText.values(
      of: value,
      ["Make", "Model Name", "Model ID", "OS Type", "OS Version", "Language", "Connection Type", "Carrier"])
    // Not a session of the second count's list.
    try writer.record(
      .profile, account: account, text: (["device"] + words).joined(separator: "; "), at: locator)
  }

  mutating func formerDevice(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let written = FieldText.text(value["Start Time"])
    guard let time = time(written) else {
      writer.setAside(.session, .badTime, at: locator, detail: written)
      return
    }
    try writer.record(
      .session, account: ownAccount(locator, writer), time: time, writtenTime: written,
      text: FieldText.values(of: value, ["Make", "Model", "Device Type"]).joined(separator: "; "), at: locator
    )
  }

  /// A login. The address of one that failed is somebody's who tried, and may be anybody's: it is kept in words only.
  mutating func login(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let written = FieldText.text(value.field("Created", "Date"))
    guard let time = time(written), !time.isNone else {
      writer.setAside(.login, .badTime, at: locator, detail: written)
      return
    }
    let account = ownAccount(locator, writer)
    let status = FieldText.value(value["Status"])
    let address = FieldText.value(value["IP"])
    let device = FieldText.value(value["Device"])
    let isOwn = statuses.isSuccess(status)
    if isOwn {
      try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: locator)
      if ValueShape.isUserAgent(device) || device.hasPrefix("Snapchat/") {
        try writer.identifier(account, .userAgent, device, assertion: .platform, time: time, at: locator)
      }
    }
    let words = [status, isOwn ? "" : "from \(address)", FieldText.value(value["Country"]), device]
    try writer.record(
      .login, account: account, time: time, writtenTime: written,
      text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: locator)
  }

  mutating func relation(
    _ recordClass: RecordClass, _ how: String, _ value: JSONValue, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    let written = FieldText.text(value["Creation Timestamp"])
    guard let time = time(written) else {
      writer.setAside(recordClass, .badTime, at: locator, detail: written)
      return
    }
    let name = FieldText.text(value["Username"])
    guard let other = try person(name, role: .mentioned, locator, into: writer) else {
      writer.setAside(recordClass, name.isEmpty ? .noAuthor : NoValue.reason, at: locator, detail: name)
      return
    }
    // The owner may have changed the name that a friend shows.
    let shown = FieldText.value(value["Display Name"])
    if memory.isNew(other, .displayName, shown) {
      try writer.identifier(
        other, .displayName, shown, label: "saved-name", assertion: .user, time: time, at: locator)
    }
    let changed = FieldText.value(value["Last Modified Timestamp"])
    let words = [
      how, FieldText.value(value["Source"]),
      changed.isEmpty || changed == written ? "" : "changed \(changed)",
    ]
    try writer.record(
      recordClass, account: ownAccount(locator, writer), other: other, time: time, writtenTime: written,
      text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: locator)
  }

  /// A changed name, address, number or password, under a key such as `Email Change`.
  ///
  /// Where a field does not say whether its value was before the change or after, nothing does.
  mutating func change(
    _ value: JSONValue, _ key: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let kinds: [(word: String, kind: IdentifierKind)] = [
      ("Username", .handle), ("Name", .displayName), ("Email", .email), ("Number", .phone),
    ]
    let found = kinds.first { key.contains($0.word) }
    try dated(value, "changed: \(key.dropLast(" Change".count).lowercased())", locator, into: writer) {
      field, text, time, reader in
      let name = field.lowercased()
      // What stands beside the value (who changed it, a country, whether it was verified) is none.
      guard let found, name.contains(found.word.lowercased()) || name.contains("value"),
        !name.contains("verified")
      else { return false }
      let kind = found.kind
      let label =
        name.contains("old") || name.contains("previous") || name.contains("former")
        ? "previous" : name.contains("new") ? "" : "changed"
      if kind == .displayName {
        try writer.identifier(
          reader.ownAccount(locator, writer), kind, text, label: label, assertion: .user, time: time,
          at: locator)
      } else {
        try reader.add(kind, text, label: label, time: time, locator, into: writer)
      }
      return true
    }
  }

  /// Something that happened to the account. The address to which a download was announced is kept in words only: whoever
  /// asks for one types it, and may be a helper who does so for many.
  mutating func event(
    _ value: JSONValue, _ key: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    try dated(value, key.lowercased(), locator, into: writer) { _, _, _, _ in false }
  }

  /// A dated entry: what `take` does not take of it becomes words.
  private mutating func dated(
    _ value: JSONValue, _ what: String, _ locator: Locator, into writer: RecordWriter,
    _ take: (_ field: String, _ text: String, ObservedTime, inout Self) throws -> Bool
  ) throws {
    let written = FieldText.text(value.field("Date", "Created", "Timestamp"))
    guard let time = time(written) else {
      writer.setAside(.profile, .badTime, at: locator, detail: written)
      return
    }
    var words = [what]
    try value.forEachField { key, field in
      let text = FieldText.value(field)
      guard !text.isEmpty, !["Date", "Created", "Timestamp"].contains(key) else { return }
      if try !take(key, text, time, &self) { words.append(text) }
    }
    try writer.record(
      .profile, account: ownAccount(locator, writer), time: time, writtenTime: written,
      text: words.joined(separator: "; "), at: locator)
  }
}
