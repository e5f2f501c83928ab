internal import AccountModel
internal import Identifiers

/// What LinkedIn says of the account itself.
extension LinkedInCSVReader {
  mutating func login(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let written = row["login date"]
    let agent = row["user agent"]
    guard !isRepeated(.login, [written, row["ip address"], agent], row, writer) else { return }
    guard let read = LinkedInTime.read(written), !read.isNone else {
      return writer.setAside(.login, .badTime, at: row.locator, detail: written)
    }
    guard let address = ValueShape.address(row["ip address"]) else {
      return writer.setAside(.login, .noAddress, at: row.locator, detail: row["ip address"])
    }
    let time = times.take(read)
    let account = ownAccount(row.locator, writer)
    try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: row.locator)
    if !agent.isEmpty, !NoValue.isNamed(by: agent) {
      try writer.identifier(account, .userAgent, agent, assertion: .platform, time: time, at: row.locator)
    }
    let words = [address, row["login type"]].filter { !$0.isEmpty }
    try writer.record(
      .login, account: account, time: time, writtenTime: written, text: words.joined(separator: "; "),
      at: row.locator)
  }

  /// A test that somebody was put to who wished to sign in: it may have been anybody.
  mutating func challenge(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let written = row["challenge date"]
    let values = [row["ip address"], row["user agent"], row["country"], row["challenge type"]]
    guard !isRepeated(.login, [written] + values.dropLast(), row, writer) else { return }
    guard let read = LinkedInTime.read(written), !read.isNone else {
      return writer.setAside(.login, .badTime, at: row.locator, detail: written)
    }
    try writer.record(
      .login, account: ownAccount(row.locator, writer), time: times.take(read), writtenTime: written,
      text: "security challenge: " + values.filter { !$0.isEmpty }.joined(separator: "; "), at: row.locator)
  }

  mutating func registration(
    _ row: ExportTable.Row, _ part: String, into writer: RecordWriter
  ) throws {
    let written = [row["registered at"], row["registration date"]].first { !$0.isEmpty } ?? ""
    let address = [row["registration ip"], row["registration ip address"]].first { !$0.isEmpty } ?? ""
    if !written.isEmpty { marks[part, default: []].insert("registered \(written) \(address)") }
    guard !isRepeated(.profile, ["registration", written, address], row, writer) else { return }
    let account = ownAccount(row.locator, writer)
    if let address = ValueShape.address(address) {
      try writer.identifier(
        account, .ip, address, label: "account-creation", assertion: .platform, at: row.locator)
    }
    try writer.record(
      .profile, account: account, time: time(written, row, writer), writtenTime: written,
      text: address.isEmpty ? "created" : "created from \(address)", at: row.locator)
  }

  /// An address of mail; whoever makes an account may give another's until it is confirmed.
  mutating func email(_ row: ExportTable.Row, _ part: String, into writer: RecordWriter) throws {
    let address = row["email address"]
    guard ValueShape.isEmail(address) else {
      return writer.setAside(.profile, .empty, at: row.locator, detail: address)
    }
    if row.isCut("confirmed") {
      return writer.setAside(.profile, .truncated, at: row.locator, detail: address)
    }
    let isConfirmed = row["confirmed"].lowercased() == "yes"
    if isConfirmed { marks[part, default: []].insert("email \(address.lowercased())") }
    guard !isRepeated(.profile, ["email", address.lowercased(), isConfirmed ? "yes" : "no"], row, writer)
    else { return }
    let account = ownAccount(row.locator, writer)
    try writer.identifier(
      account, .email, address, assertion: isConfirmed ? .platform : .claimed, at: row.locator)
    let words = [
      "e-mail address", isConfirmed ? "confirmed" : "not confirmed",
      row["primary"].lowercased() == "yes" ? "primary" : "",
      row["updated on"].isEmpty ? "" : "updated \(row["updated on"])",
    ]
    try writer.record(
      .profile, account: account, text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: row.locator)
  }

  /// A number that the member typed; LinkedIn does not say whether it was confirmed.
  mutating func phone(
    _ row: ExportTable.Row, label: String = "", into writer: RecordWriter
  ) throws {
    let number = row["number"]
    let before = row["extension"]
    guard !number.isEmpty, !NoValue.isNamed(by: number) else {
      return writer.setAside(.profile, .empty, at: row.locator)
    }
    guard !ValueShape.isMasked(number) else {
      return writer.setAside(.profile, .masked, at: row.locator, detail: number)
    }
    // People write there when they wish to be called.
    guard (5...20).contains(number.utf8.count(where: \.isDigit)), !number.contains(where: \.isLetter) else {
      return writer.setAside(.profile, .otherEntry, at: row.locator, detail: number)
    }
    let full = before.hasPrefix("+") ? "\(before) \(number)" : number
    guard !isRepeated(.profile, ["phone", label, full], row, writer) else { return }
    let account = ownAccount(row.locator, writer)
    try people.add(.phone, full, label: label, .user, to: account, row.locator, into: writer)
    let words = [
      label.isEmpty ? "telephone number" : "telephone number of WhatsApp",
      before.isEmpty || before.hasPrefix("+") ? "" : "extension \(before)", row["type"].lowercased(),
    ]
    try writer.record(
      .profile, account: account, text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: row.locator)
  }

  private static let furtherProfile = SetAsideReason(
    "list-of-accounts", "is one of several, and a download has one profile", isFault: true)

  mutating func profile(
    _ row: ExportTable.Row, _ tally: inout RowTally, into writer: RecordWriter
  ) throws {
    let name = [row["first name"], row["last name"]].filter { !$0.isEmpty }.joined(separator: " ")
    if tally.rows > 1 { return writer.setAside(.profile, Self.furtherProfile, at: row.locator, detail: name) }
    if let known = likelyOwner.name, known != name {
      throw ExportRefusal.twoOwners(place: writer.describe(row.locator))
    }
    likelyOwner.name = name
    let words = [
      row.text("headline"), row.text("summary"), row["industry"], row["geo location"],
      Self.labelled("birthday", row["birth date"]), Self.labelled("twitter", row["twitter handles"]),
      Self.labelled("websites", row["websites"]), Self.labelled("messengers", row["instant messengers"]),
    ]
    guard !isRepeated(.profile, ["profile", name] + words, row, writer) else { return }
    let account = ownAccount(row.locator, writer)
    func add(_ kind: IdentifierKind, _ value: String, _ label: String = "") throws {
      guard !value.isEmpty, !NoValue.isNamed(by: value) else { return }
      try writer.identifier(account, kind, value, label: label, assertion: .user, at: row.locator)
    }
    try people.name(account, name, row.locator, into: writer)
    try add(.personName, row["maiden name"], "maiden-name")
    // Most show no year.
    let born = row["birth date"]
    if born.utf8.count(where: \.isDigit) > 4 { try add(.dateOfBirth, born) }
    try add(
      .postalAddress, [row["address"], row["zip code"]].filter { !$0.isEmpty }.joined(separator: ", "))
    for handle in Self.list(row["twitter handles"]) {
      try link(toX: handle, account, &tally, row, into: writer)
    }
    for site in Self.sites(row["websites"]) {
      let isAccount = ProfileLink.account(in: site.address) != nil
      try add(isAccount ? .profileLink : .url, site.address, site.label)
    }
    try writer.record(
      .profile, account: account, text: words.filter { !$0.isEmpty }.joined(separator: "\n"), at: row.locator)
  }

  private static func labelled(_ label: String, _ value: String) -> String {
    value.isEmpty ? "" : "\(label): \(value)"
  }

  /// An account of X by the owner's word.
  private func link(
    toX handle: String, _ account: AccountIndex, _ tally: inout RowTally, _ row: ExportTable.Row,
    into writer: RecordWriter
  ) throws {
    let name = handle.hasPrefix("@") ? String(handle.dropFirst()) : handle
    tally.links += 1
    guard ValueShape.isHandle(name, signs: "_") else {
      return writer.setAside(.declaredLink, .noAuthor, at: row.locator, detail: handle)
    }
    let other = try writer.account(
      AccountKey(platform: .x, kind: .handle, scope: .platform, value: name), role: .mentioned,
      assertion: .user, label: "connection", at: row.locator)
    try writer.record(
      .declaredLink, account: account, other: other, assertion: .user, text: "handle on X", at: row.locator)
  }

  /// The values of `[a,b]`.
  static func list(_ text: String) -> [String] {
    text.trimming { $0.isWhitespace || $0 == "[" || $0 == "]" }.split(separator: ",").map {
      String($0).trimmingSpaces
    }
    .filter { !$0.isEmpty }
  }

  /// The addresses of `[PERSONAL:https://a.example,BLOG:https://b.example]`. An address may hold a comma.
  static func sites(_ text: String) -> [(label: String, address: String)] {
    var sites: [(label: String, address: String)] = []
    for piece in list(text) {
      let label = piece.prefix { $0.isUppercase || $0 == "_" }
      if !label.isEmpty, piece.dropFirst(label.count).first == ":" {
        sites.append((label.lowercased(), String(piece.dropFirst(label.count + 1))))
      } else if let last = sites.indices.last, !piece.hasPrefix("http") {
        sites[last].address += ",\(piece)"
      } else {
        sites.append(("website", piece))
      }
    }
    return sites.filter { !$0.address.isEmpty }
  }

  /// Who a document or an employer says that the member is.
  mutating func verification(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    func value(_ name: String) -> String { NoValue.isNamed(by: row[name]) ? "" : row[name] }
    let names = ["first name", "middle name", "last name"].map(value).filter { !$0.isEmpty }
    let email = value("email address")
    let words = [
      "verification type", "document type", "issuing authority", "organization name", "country",
      "verification service provider",
    ].map(value).filter { !$0.isEmpty }
    guard !isRepeated(.profile, ["verification"] + names + words + [email], row, writer) else { return }
    let account = ownAccount(row.locator, writer)
    if names.count > 1 {
      try writer.identifier(
        account, .personName, names.joined(separator: " "), label: "verified", assertion: .platform,
        at: row.locator)
    }
    if ValueShape.isEmail(email) {
      try writer.identifier(
        account, .email, email, label: "verified", assertion: .platform, at: row.locator)
    }
    let born = value("year of birth")
    let written = value("verified date")
    try writer.record(
      .profile, account: account, time: time(written, row, writer), writtenTime: written,
      text: (["verified"] + words + [born.isEmpty || born == "0" ? "" : "born \(born)"]).filter {
        !$0.isEmpty
      }
      .joined(separator: "; "),
      at: row.locator)
  }
}
