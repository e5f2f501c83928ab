internal import AccountModel

/// What a table of Roblox's return holds, by its columns.
enum RobloxFile: Equatable {
  case addresses, chat, messages, friends, followers, wall, devices, deviceIDs, trackers, other
  /// Advertising identifiers of the account whose number the file is called by.
  case advertising(String)

  /// Tells a table by its columns; nil for one that is not Roblox's.
  init?(_ path: String, _ headers: [String]) {
    func has(_ names: String...) -> Bool { ExportTable.has(names, in: headers) }
    if has("user_id", "ip_address"), has("last_observed_port") || has("first_recorded_utc") {
      self = .addresses
    } else if has("conversation_id", "convo_type", "user_id", "text") {
      self = .chat
    } else if has("author_id", "recipient_id", "subject", "body"),
      // The return says behind each how it is written; a column that does not say so is another program's.
      headers.contains(where: { $0.hasPrefix("created_time (") })
    {
      self = .messages
    } else if has("userid", "frienduserid", "createdutc") {
      self = .friends
    } else if has("userid", "followeruserid", "createdutc") {
      self = .followers
    } else if has("group_wall_post_id", "user_id", "post_text") {
      self = .wall
    } else if has("pii_userid", "btid") {
      self = .devices
    } else if has("pii_userid", "pii_device_id") {
      self = .deviceIDs
    } else if has("accountid", "browsertrackerid") {
      self = .trackers
    } else if headers == ["ad_id"], let number = Self.number(of: path) {
      self = .advertising(number)
    } else if has("asset_id", "asset_hash_id", "creator_user_or_group_id")
      || has("hash", "creatorid", "createdutc", "description")
    {
      self = .other
    } else {
      return nil
    }
  }

  /// What its rows become; nil when there is nothing in it to keep.
  var unit: RecordClass? {
    switch self {
    case .addresses: .login
    case .chat, .messages, .wall: .message
    case .friends, .followers: .contact
    case .devices, .deviceIDs, .trackers, .advertising: .session
    case .other: nil
    }
  }

  /// The number that a file is called by and nothing else.
  private static func number(of path: String) -> String? {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    guard name.hasSuffix(".csv") else { return nil }
    let stem = String(name.dropLast(4))
    return isNumber(stem) ? stem : nil
  }

  /// Whether a text is an account's number; a spreadsheet makes `1.2E+09` of a long one.
  static func isNumber(_ text: String) -> Bool {
    (1...19).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit)
  }
}
