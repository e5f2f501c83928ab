internal import AccountModel

/// What Reddit says of the account itself: its name, its addresses, and accounts elsewhere.
extension RedditCSVReader {
  /// A row of `ip_logs.csv`; the first has `registration ip` in the place of a time.
  mutating func address(
    _ row: ExportTable.Row, _ tally: inout RowTally, into writer: RecordWriter
  ) throws {
    let account = ownAccount(row.locator, writer)
    let address = row["ip"]
    if row["date"].lowercased() == "registration ip" {
      tally.otherwise += 1
      guard !address.isEmpty else { return writer.setAside(.profile, .empty, at: row.locator) }
      try writer.identifier(
        account, .ip, address, label: "account-creation", assertion: .platform, at: row.locator)
      return try writer.record(.profile, account: account, text: "created from \(address)", at: row.locator)
    }
    try login(account, row, into: writer)
  }

  /// A row of a file of headers: an entry without its words.
  mutating func headerAddress(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    if !row["from"].isEmpty || !row["to"].isEmpty {
      // Whoever sent it is the one at the address.
      guard let sender = try account(row["from"], role: .participant, row.locator, into: writer) else {
        return writer.setAside(.login, .noAuthor, at: row.locator, detail: row["from"])
      }
      return try login(sender, row, into: writer)
    }
    try login(ownAccount(row.locator, writer), row, into: writer)
  }

  private func login(_ account: AccountIndex, _ row: ExportTable.Row, into writer: RecordWriter) throws {
    let address = row["ip"]
    guard !address.isEmpty else { return writer.setAside(.login, .empty, at: row.locator) }
    guard let time = Self.time(row["date"]) else {
      return writer.setAside(.login, .badTime, at: row.locator, detail: row["date"])
    }
    try login(account, address, row, time, into: writer)
  }

  /// A login from an address at the time of a row.
  func login(
    _ account: AccountIndex, _ address: String, _ row: ExportTable.Row, _ time: ObservedTime,
    into writer: RecordWriter
  ) throws {
    try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: row.locator)
    try writer.record(
      .login, account: account, time: time, writtenTime: row["date"], text: address, at: row.locator)
  }

  /// A row of `statistics.csv`: what is said, and the value.
  mutating func statistic(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let value = row["value"]
    let name = row["statistic"].lowercased().replacing("_", with: " ")
    let account = ownAccount(row.locator, writer)
    switch name {
    case "account name", "username":
      guard let name = Self.username(value) else {
        return writer.setAside(.profile, .noAuthor, at: row.locator, detail: value)
      }
      try writer.name(account, Self.key(name), assertion: .platform, at: row.locator)
      if writer.key(of: account)?.value != name {
        throw ExportRefusal.twoOwners(place: writer.describe(row.locator))
      }
      try writer.record(.profile, account: account, text: "account name", at: row.locator)
    case "email address" where ValueShape.isEmail(value), "email" where ValueShape.isEmail(value):
      try writer.identifier(account, .email, value, assertion: .platform, at: row.locator)
      try writer.record(.profile, account: account, text: "e-mail address", at: row.locator)
    case "registration date", "account created", "created":
      guard let time = Self.time(value) else {
        return writer.setAside(.profile, .badTime, at: row.locator, detail: value)
      }
      try writer.record(
        .profile, account: account, time: time, writtenTime: value, text: "created", at: row.locator)
    default: writer.setAside(.profile, .otherData, at: row.locator, detail: name)
    }
  }

  /// An account of Google or Apple with which the owner logs in.
  ///
  /// Google's number is the account's own; Apple gives each application another one.
  mutating func identity(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let issuer = row["issuer_id"].lowercased()
    let subject = row["subject_id"]
    guard !subject.isEmpty, !NoValue.isNamed(by: subject) else {
      return writer.setAside(.declaredLink, .noAuthor, at: row.locator, detail: issuer)
    }
    let isGoogle = issuer == "google" || issuer.contains("accounts.google.com")
    let name = isGoogle ? "google" : issuer.contains("apple") ? "apple" : issuer.isEmpty ? "unknown" : issuer
    let other = try writer.account(
      AccountKey(
        platform: Platform(name), kind: .platformID, scope: isGoogle ? .platform : .source, value: subject),
      role: .mentioned, assertion: .platform, label: "linked-identity", at: row.locator)
    try writer.record(
      .declaredLink, account: ownAccount(row.locator, writer), other: other, assertion: .platform,
      text: "linked identity of \(name)", at: row.locator)
  }

  mutating func phone(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let number = row["phone_number"]
    guard !number.isEmpty else { return writer.setAside(.profile, .empty, at: row.locator) }
    let account = ownAccount(row.locator, writer)
    try writer.identifier(account, .phone, number, assertion: .platform, at: row.locator)
    try writer.record(.profile, account: account, text: "telephone number", at: row.locator)
  }

  private static let ofAList = SetAsideReason(
    "list-of-accounts",
    "is one of several, and a download has one connected account: the table is a list of people",
    isFault: true)

  /// An account of X that the owner connected. Reddit lets an account have one, and anybody's list of names may be called
  /// `twitter.csv`.
  mutating func xAccount(_ row: ExportTable.Row, into writer: RecordWriter) {
    let name = row["username"]
    guard !name.isEmpty, !NoValue.isNamed(by: name) else {
      return writer.setAside(.declaredLink, .noAuthor, at: row.locator)
    }
    guard let known = connected else {
      connected = (name, row.locator)
      return
    }
    let isSame = known.name.lowercased() == name.lowercased()
    if !isSame { hasSeveralConnected = true }
    writer.setAside(.declaredLink, isSame ? .duplicate : Self.ofAList, at: row.locator, detail: name)
  }

  /// Writes the connected account, if there is one and no other.
  mutating func linkConnected(into writer: RecordWriter) throws {
    guard let (name, locator) = connected else { return }
    connected = nil
    if hasSeveralConnected {
      return writer.setAside(.declaredLink, Self.ofAList, at: locator, detail: name)
    }
    let other = try writer.account(
      AccountKey(platform: .x, kind: .handle, scope: .platform, value: name), role: .mentioned,
      assertion: .platform, label: "connection", at: locator)
    try writer.record(
      .declaredLink, account: ownAccount(locator, writer), other: other, assertion: .platform,
      text: "connected account on X", at: locator)
  }

  mutating func friend(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    guard let other = try account(row["username"], role: .mentioned, row.locator, into: writer) else {
      return writer.setAside(.contact, .noAuthor, at: row.locator, detail: row["username"])
    }
    try writer.record(
      .contact, account: ownAccount(row.locator, writer), other: other,
      text: ["friend", row["note"]].filter { !$0.isEmpty }.joined(separator: ": "), at: row.locator)
  }

  mutating func birthdate(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let born = row["birthdate"]
    guard !born.isEmpty else { return writer.setAside(.profile, .empty, at: row.locator) }
    let account = ownAccount(row.locator, writer)
    try writer.identifier(account, .dateOfBirth, born, assertion: .user, at: row.locator)
    try writer.record(.profile, account: account, text: "date of birth", at: row.locator)
  }
}
