internal import AccountModel

/// What a file that Google hands out holds, by its content.
enum GoogleFile {
  /// What Google knows of a subscriber: a page of HTML, or the same as text.
  case page, text
  /// Tables of the access log: what was done from where, and with which devices.
  case log, devices
  /// Google Chat: messages, who is in a conversation, whose export it is.
  case messages, group, user
  /// The account's own profile.
  case profile
  /// Parts of a Takeout that hold no account record.
  case other

  /// Nil for what is not of Google's.
  init?(_ head: MemberHead) {
    switch head.firstByte {
    case UInt8(ascii: "<"):
      self = .page
      guard Self.isPage(head) else { return nil }
    case UInt8(ascii: "{"):
      guard let file = Self.object(head) else { return nil }
      self = file
    default:
      if Self.isText(head) {
        self = .text
        return
      }
      let headers = ExportTable.headers(in: head.bytes, isWhole: head.isWhole)
      guard let file = Self.table(headers) else { return nil }
      self = file
    }
  }

  /// As the other, and what else a Takeout holds.
  init?(ofExport head: MemberHead) {
    if let file = GoogleFile(head) {
      self = file
    } else if Self.isTakeout(head.path), KnownUnread.isOfTakeout(head) {
      self = .other
    } else {
      return nil
    }
  }

  private static func isPage(_ head: MemberHead) -> Bool {
    // A page of activity quotes what somebody searched for.
    if head.contains("mdl-typography") { return false }
    if head.contains("GOOGLE SUBSCRIBER INFORMATION") { return true }
    let isTitled = head.contains("Google Subscriber Information")
    let hasAccount = head.contains("Google Account ID") || head.contains("Gaia ID")
    let marks: [StaticString] = [
      "Created on", "Account Created", "IP ACTIVITY", "Terms of Service IP", "Recovery e-Mail",
      "Recovery SMS",
      "Alternate e-Mails", "Alternate Emails", "e-Mail:",
    ]
    let known = marks.count { head.contains($0) }
    return isTitled ? hasAccount || known > 0 : hasAccount && known > 1
  }

  /// Chats quote everything: as text a page is one that begins as one.
  private static func isText(_ head: MemberHead) -> Bool {
    let start = String(
      decoding: head.bytes.drop(while: \.isSpace).prefix(64), as: UTF8.self
    ).lowercased()
    return ["google subscriber information", "google account id:"].contains { start.hasPrefix($0) }
  }

  private static func object(_ head: MemberHead) -> GoogleFile? {
    let name = head.path.split(separator: "/").last?.lowercased() ?? ""
    // Many programs call who made something so.
    let isOfChat = head.contains("\"user_type\"") || head.contains("\"topic_id\"")
    if isOfChat, head.contains("\"created_date\""), head.contains("\"creator\""),
      head.contains("\"messages\"")
    {
      return .messages
    }
    if head.contains("\"membership_info\""), head.contains("\"user\"") { return .user }
    if name == "group_info.json", head.contains("\"user_type\"") || isTakeout(head.path) { return .group }
    if name == "profile.json", head.contains("\"formattedName\"") { return .profile }
    return nil
  }

  private static func table(_ headers: [String]) -> GoogleFile? {
    let columns = Set(headers)
    if columns.isSuperset(of: ["activity timestamp", "ip address"]),
      !columns.isDisjoint(with: ["gaia id", "user agent string", "product name"])
    {
      // A table that names people otherwise is another program's, and its rows are not one account's.
      return columns.contains("gaia id") || columns.isDisjoint(with: somebody) ? .log : nil
    }
    return columns.contains("gaia id") && !columns.isDisjoint(with: ["device type", "device model"])
      ? .devices : nil
  }

  private static let somebody = [
    "user", "user name", "username", "user id", "userid", "email", "e-mail", "email address", "account",
    "account id", "account name", "actor", "name",
  ]

  /// Whether a member is of a legal return.
  ///
  /// Google writes a subscriber's page and the access log alike for a return and for a Takeout, which puts them into a
  /// folder `Takeout` in every language. What lies in none is taken for a return's, as that needs the authorisation.
  static func isOfReturn(_ file: GoogleFile, _ path: String) -> Bool {
    if isMarkedReturn(path) { return true }
    switch file {
    case .page, .text, .log, .devices: return !isTakeout(path)
    case .messages, .group, .user, .profile, .other: return false
    }
  }

  /// Whether a folder bears a name that only returns give: `rex.123.GoogleAccount.SubscriberInfo_001`.
  static func isMarkedReturn(_ path: String) -> Bool { folderOfReturn(path) != nil }

  /// Whether a name is that of a part of a return, whatever the part holds: the account, a number, the service, what of
  /// it, and which piece, as in `rex@example.org.123.Mail.MessageContent_001.zip`.
  static func isNameOfReturn(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    return parts.indices.dropLast(2).contains { index in
      let piece = parts[index + 2].split(separator: "_", omittingEmptySubsequences: false)
      return parts[index].allSatisfy(\.isNumber) && parts[index + 1].allSatisfy(\.isLetter)
        && piece.count == 2
        && !piece[0].isEmpty && piece[0].allSatisfy(\.isLetter) && piece[1].first?.isNumber ?? false
    }
  }

  /// The folder in which that folder lies.
  static func folderOfReturn(_ path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let index = parts.dropLast().firstIndex { folder in
      let name = folder.lowercased()
      return services.contains { name.contains($0) } || isNameOfReturn(name)
    }
    return index.map { parts[..<$0].joined(separator: "/") }
  }

  private static let services = [
    "googleaccount.", "googleaccounttargetassociation.", "accesslogactivity.", "googlechat.", "hangouts.",
    "androiddeviceconfigurationservice.",
  ]

  /// The folder above `Profile/Profile.json` and `Google Chat/Groups/DM 1/messages.json`; the whole container for what does
  /// not lie so deep.
  static func folderOfParts(_ path: String) -> String {
    let parts = path.split(separator: "/")
    let name = parts.last?.lowercased() ?? ""
    let isOfChat = ["messages.json", "group_info.json", "user_info.json"].contains(name)
    return parts.dropLast(isOfChat ? 4 : 2).joined(separator: "/")
  }

  /// Whether a member lies in a folder `Takeout`.
  static func isTakeout(_ path: String) -> Bool { takeout(of: path) != nil }

  /// The folder `Takeout` in which a member lies; the innermost, as a folder of that name may hold Takeouts of several people,
  /// and the files in a Takeout one of somebody else's.
  static func takeout(of path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let index = parts.dropLast().lastIndex(where: { $0.lowercased() == "takeout" }) else { return nil }
    return parts[...index].joined(separator: "/")
  }
}
