internal import AccountModel

/// Whom the owner is connected with, and who wished to be.
extension LinkedInCSVReader {
  /// A row of `Connections.csv`. Of members who hid or closed their profile only the day is left.
  mutating func connection(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let name = [row["first name"], row["last name"]].filter { !$0.isEmpty }.joined(separator: " ")
    let email = row["email address"]
    let written = row["connected on"]
    if row.isCut("connected on") {
      return writer.setAside(.contact, .truncated, at: row.locator, detail: name)
    }
    let slug = people.slug(of: row["url"])
    // Places of work change between two parts of a download.
    guard !isRepeated(.contact, ["connection", slug ?? name, slug == nil ? email : "", written], row, writer)
    else {
      return
    }
    let other: AccountIndex
    if let slug {
      other = try people.account(slug, name: name, role: .mentioned, row.locator, into: writer)
    } else if ValueShape.isEmail(email) {
      // An address of mail is one member's.
      other = try writer.account(
        AccountKey(platform: LinkedInPeople.platform, kind: .email, scope: .platform, value: email),
        role: .mentioned, assertion: .user, at: row.locator)
      try people.name(other, name, row.locator, into: writer)
    } else if let found = try people.account(
      named: name, in: "connected \(written)", role: .mentioned, row.locator, into: writer)
    {
      other = found
    } else {
      return writer.setAside(.contact, .noAuthor, at: row.locator, detail: written)
    }
    if slug != nil, ValueShape.isEmail(email) {
      try people.add(.email, email, label: "connection", .user, to: other, row.locator, into: writer)
    }
    let words = ["connection", row["position"], row["company"]].filter { !$0.isEmpty }
    try writer.record(
      .contact, account: ownAccount(row.locator, writer), other: other, time: time(written, row, writer),
      writtenTime: written, text: words.joined(separator: "; "), at: row.locator)
  }

  /// A row of `Invitations.csv`, and the words that came with it.
  mutating func invitation(
    _ row: ExportTable.Row, _ part: String, _ tally: inout RowTally, into writer: RecordWriter
  ) throws {
    let cut = ["direction", "inviterprofileurl", "inviteeprofileurl"].first { row.isCut($0) }
    if let cut { return writer.setAside(.contact, .truncated, at: row.locator, detail: cut) }
    let isOut: Bool
    switch row["direction"].lowercased() {
    case "outgoing": isOut = true
    case "incoming": isOut = false
    default:
      return writer.setAside(.contact, Self.noDirection, at: row.locator, detail: row["direction"])
    }
    let inviter = people.slug(of: row["inviterprofileurl"])
    let invitee = people.slug(of: row["inviteeprofileurl"])
    let written = row["sent at"]
    let (name, slug) = isOut ? (row["to"], invitee) : (row["from"], inviter)
    let own = isOut ? inviter : invitee
    if let own { try owns(own, part, row.locator, into: writer) }
    if let own, own == slug { return writer.setAside(.contact, .otherEntry, at: row.locator, detail: own) }
    let words = row.text("message")
    let values = [isOut ? "sent" : "received", slug ?? name, written, words]
    guard !isRepeated(.contact, values, row, writer) else { return }
    let account = ownAccount(row.locator, writer)
    let other: AccountIndex
    if let slug {
      other = try people.account(
        slug, name: name, role: isOut ? .mentioned : .participant, row.locator, into: writer)
    } else if let found = try people.account(
      named: name, in: "invitation of \(written)", role: .mentioned, row.locator, into: writer)
    {
      other = found
    } else {
      return writer.setAside(.contact, .noAuthor, at: row.locator, detail: name)
    }
    let time = time(written, row, writer)
    try writer.record(
      .contact, account: account, other: other, time: time, writtenTime: written,
      text: isOut ? "invitation sent" : "invitation received", at: row.locator)
    guard !words.isEmpty else { return }
    tally.messages += 1
    let channel = writer.channel("invitation of \(name)" + (slug.map { " [\($0)]" } ?? ""))
    try writer.record(
      .message, account: isOut ? account : other, other: isOut ? other : account, channel: channel,
      time: time,
      writtenTime: written, text: words, at: row.locator)
  }

  /// Takes note of whose download it is.
  private mutating func owns(
    _ slug: String, _ part: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    marks[part, default: []].insert("slug \(slug)")
    guard ownerSlug != slug else { return }
    if ownerSlug != nil { throw ExportRefusal.twoOwners(place: writer.describe(locator)) }
    ownerSlug = slug
    if let owner {
      try writer.name(owner, LinkedInPeople.key(slug), assertion: .platform, at: locator)
    } else {
      owner = try people.account(slug, role: .owner, locator, into: writer)
    }
  }
}
