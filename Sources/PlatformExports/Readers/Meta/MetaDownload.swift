internal import AccountModel

/// One download of Facebook or Instagram, as it is read member by member.
struct MetaDownload {
  static let patterns = [
    "$.messages[*]", "$.participants[*]", "$.profile_v2", "$.label_values", "$.*[*]", "$[*]", "$.cover_photo",
    "$.timestamp", "$.profile",
  ]
  /// Keys by which the second count finds posts, comments and pictures.
  private static let timesOfWriting = ["timestamp", "creation_timestamp"]
  /// Keys of a thread's file that hold nothing to keep.
  private static let threadKeys: Set<String> = ["magic_words", "reactions", "image", "joinable_mode"]

  let context: UnitContext
  let pass: JSONPass
  /// Nil until the first member is read.
  private(set) var settled: Platform?
  var memory = IdentifierMemory()
  var people = MetaPeople()
  var thread = MetaThread()
  var scratch: [UInt8] = []
  private var isForced: Bool
  /// What the pages of a download as HTML leave open until its end.
  var pages = MetaPages()
  /// What the lists of the member at hand hold, for the second count.
  private var classes: [RecordClass] = []
  private var generation = MetaEntry.Generation.flat
  /// What the second count sees of the member at hand beyond its posts and comments, or below: their times stand at
  /// their parts as well, or are missing.
  private var surplus = 0
  private var hasWriting = false
  /// Messages of the member at hand without the key by which the second count finds them.
  private var unsigned = 0
  /// Whether the member at hand is the profile of a download of before 2021, whose key others have as well.
  private var hasOldProfile = false

  var platform: Platform { settled ?? Self.unsettled }
  /// The platform of a download that could be either's.
  static let unsettled = Platform("meta")

  init(_ context: UnitContext, platform: Platform?) throws {
    self.context = context
    pass = try JSONPass(limits: context.options.limits)
    settled = platform
    isForced = platform != nil
  }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, isWhole: false, options: context.options)
    guard Self.recognise(head) != .no else {
      writer.setAside(
        JSONPass.fileUnit, .otherDownloadData,
        at: Locator(member: input.member, offset: input.offset), detail: input.path)
      return
    }
    settle(head, "json", into: writer)
    let tally = JSONKeyTally(keys: [
      "sender_name", "senderName", "call_duration", "string_map_data", "string_list_data", "label_values",
      "timestamp", "created_timestamp", "profile_v2", "creation_timestamp", "verification_time", "profile",
    ])
    input.tap { tally.feed($0) }
    classes = []
    generation = .flat
    surplus = 0
    hasWriting = false
    unsigned = 0
    hasOldProfile = false
    thread = MetaThread(path: input.path)
    let bare = MetaList(path: input.path)
    /// What a member says that is one entry, and when that was so, which may stand in either order.
    var (lone, seconds) = (HeldValues(), Int64?.none)
    let pass = pass
    let isWhole = try pass.read(
      Self.patterns, of: input, into: writer,
      unit: { match in
        switch match.pattern {
        case 0: RecordClass.message.name
        case 1: "participant"
        case 2, 8: RecordClass.profile.name
        case 4: MetaList(key: match.key)?.recordClass.name ?? "other entry"
        default: bare?.recordClass.name ?? "other entry"
        }
      }
    ) { match, value, locator in
      if match.pattern == 0, !value.hasField("sender_name"), !value.hasField("senderName") { unsigned += 1 }
      switch match.pattern {
      case 0 where thread.size == 0: hold(match.bytes, value, locator, writer)
      case 0: try message(value, locator, into: writer)
      case 1: try participant(value, locator, into: writer)
      case 8 where value["name"]?["full_name"] != nil:
        hasOldProfile = true
        fallthrough
      case 2: try facebookProfile(value, locator, into: writer)
      case 4:
        if Self.threadKeys.contains(match.key) { return }
        try entry(value, of: MetaList(key: match.key), locator, into: writer)
      case 6:
        // One of the album's pictures once more.
        surplus += Self.occurrences(of: Self.timesOfWriting, in: value)
      case 7: seconds = value.int64
      case 3 where lone.add(match.bytes, locator): break
      default: try entry(value, of: bare, locator, into: writer)
      }
    }
    try lone.forEach { try entry(pass.parse($0), of: bare, $1, at: seconds, into: writer) }
    try readHeld(isWhole: isWhole, into: writer)
    endThread(writer)
    count(tally, into: writer)
  }

  /// Settles the platform by the first member.
  mutating func settle(_ head: MemberHead, _ form: String, into writer: RecordWriter) {
    guard settled == nil else { return }
    settled = Self.settle(context, head)
    if settled == Self.unsettled {
      writer.note(
        "\(context.container): nothing says whether this is Facebook's or Instagram's; say so with --format "
          + "facebook-\(form) or --format instagram-\(form)")
    }
  }

  private mutating func entry(
    _ value: JSONValue, of list: MetaList?, _ locator: Locator, at seconds: Int64? = nil,
    into writer: RecordWriter
  ) throws {
    if case .writing(let sort)? = list {
      hasWriting = true
      surplus += Self.occurrences(of: Self.timesOfWriting, in: value)
      surplus -= try writing(value, sort, locator, into: writer)
      return
    }
    let entry = MetaEntry(value, at: seconds)
    guard let list = list ?? (entry.first(.ip) == nil ? nil : .login("")) else {
      writer.setAside("other entry", .otherEntry, at: locator)
      return
    }
    if !classes.contains(list.recordClass) { classes.append(list.recordClass) }
    generation = entry.generation
    try take(entry, of: list, locator, into: writer)
  }

  private func count(_ tally: JSONKeyTally, into writer: RecordWriter) {
    let messages = tally[0] + tally[1] + unsigned
    if messages > 0 { writer.count(.message, seen: messages - tally[2]) }
    if messages > 0, tally[2] > 0 { writer.count(.call, seen: tally[2]) }
    let profiles = tally[8] + (hasOldProfile ? tally[11] : 0)
    if profiles > 0 { writer.count(.profile, seen: profiles) }
    if hasWriting { writer.count(.message, seen: tally[6] + tally[9] - surplus) }
    // A member with lists of several classes cannot be counted by keys that all of them have.
    guard classes.count == 1, let recordClass = classes.first else { return }
    let seen =
      switch generation {
      case .map: tally[3]
      case .list: tally[4]
      case .labels: tally[5]
      case .flat: [6, 7, 10].map { tally[$0] }.first { $0 > 0 } ?? 0
      }
    if seen > 0 { writer.count(recordClass, seen: seen) }
  }
}

// MARK: Recognition

extension MetaDownload {
  static let folders: Set<String> = [
    "your_facebook_activity", "your_instagram_activity", "messages", "connections",
    "security_and_login_information", "personal_information", "profile_information",
    "login_and_account_creation", "account_information", "followers_and_following", "device_information",
    "friends_and_followers", "friends", "following_and_followers", "logged_information", "ads_information",
    "preferences", "apps_and_websites_off_of_facebook", "apps_and_websites_off_of_instagram", "media",
    "information_about_you", "other_activity", "posts", "comments_and_reactions", "about_you",
    "your_messenger_activity", "comments", "groups", "content",
  ]

  /// Everything before the first folder that all downloads have; a file outside stands alone, but for threads of the
  /// secure storage download, which lie side by side.
  static func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.dropLast().firstIndex(where: { folders.contains($0.lowercased()) }) else {
      return isSecureThread(parts.last ?? "") ? parts.dropLast().joined(separator: "/") : path
    }
    return parts[..<first].joined(separator: "/")
  }

  /// Whether a file is called as threads of the secure storage download are: `NAME_NUMBER.json`.
  private static func isSecureThread(_ name: Substring) -> Bool {
    guard name.hasSuffix(".json"), let dash = name.lastIndex(of: "_"), dash > name.startIndex else {
      return false
    }
    let number = name[name.index(after: dash)...].dropLast(".json".count)
    return !number.isEmpty && number.utf8.allSatisfy(\.isDigit)
      && name[..<dash].lowercased() != "message"
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{") || head.firstByte == UInt8(ascii: "[") else { return .no }
    if head.contains("\"sender_name\"") && head.contains("\"timestamp_ms\"") { return .certain }
    if KnownUnread.isOfOldInstagram(head) { return .no }
    if head.contains("\"senderName\"") && head.contains("\"messages\"") {
      return head.contains("\"threadName\"") ? .certain : .likely
    }
    let marks: [StaticString] = [
      "\"account_accesses", "\"account_activity", "\"active_sessions", "\"account_history_", "\"profile_v2\"",
      "\"profile_user\"", "\"profile_profile_change\"", "\"friends_v2\"", "\"devices_devices\"",
      "\"relationships_", "\"blocked_users", "\"admin_records", "\"administrative_records",
      "\"used_ip_address", "\"recognized_devices", "\"login_protection_data", "\"contact_verifications",
      "_friends_v2\"",
      "_friend_requests_v2\"", "\"sent_requests", "\"received_requests", "\"rejected_requests",
      "\"following_v", "\"followers_v", "\"comments_v2\"", "\"group_comments", "\"group_posts",
      "\"comments_media_comments\"", "\"comments_reels_comments\"", "\"wall_posts_sent_to_you",
      "\"ig_stories\"", "\"ig_reels_media\"", "\"ig_archived_post_media\"", "\"ig_igtv_media\"",
      "\"text_post_app_text_post", "\"other_photos", "\"videos_v2\"", "\"cover_photo\"",
    ]
    if marks.contains(where: { head.contains($0) }) { return .certain }
    if head.contains("\"profile\""), head.contains("\"full_name\""), head.contains("\"pending_emails\"") {
      return .certain
    }
    let hasShape =
      head.contains("\"string_map_data\"") || head.contains("\"string_list_data\"")
      || head.contains("\"label_values\"")
    if hasShape { return MetaList(path: head.path) == nil ? .no : .likely }
    // Posts of both, and comments of older downloads of Facebook.
    let hasTime = head.contains("\"timestamp\"") || head.contains("\"creation_timestamp\"")
    let hasWords =
      head.contains("\"post\"") || head.contains("\"comment\"") || head.contains("\"attachments\"")
      || head.contains("\"media\"")
    if hasTime, hasWords, case .writing? = MetaList(path: head.path) { return .likely }
    // Friends of older downloads of Facebook.
    let people: [StaticString] = [
      "\"friends\"", "\"deleted_friends\"", "\"following\"", "\"followers\"",
    ]
    if hasTime, head.contains("\"name\""), people.contains(where: { head.contains($0) }),
      case .contact? = MetaList(path: head.path)
    {
      return .likely
    }
    // A thread without messages, or with messages that begin beyond the head.
    if head.contains("\"participants\"") && head.contains("\"thread_path\"") { return .likely }
    return .no
  }

  /// The platform that the names of the members say, else the first member's content, else the container.
  private static func settle(_ context: UnitContext, _ head: MemberHead) -> Platform {
    func platform(of text: String) -> Platform? {
      let text = text.lowercased()
      switch (text.contains("facebook") || text.contains("messenger"), text.contains("instagram")) {
      case (true, false): return .facebook
      case (false, true): return .instagram
      default: return nil
      }
    }
    let components = context.memberPaths.lazy.flatMap { $0.lowercased().split(separator: "/") }
    if components.contains("your_facebook_activity") { return .facebook }
    if components.contains("your_instagram_activity") { return .instagram }
    for name in components.map({ $0.hasSuffix(".html") ? $0.dropLast(4) + "json" : String($0) }) {
      switch name {
      case "comments.json", "logins_and_logouts.json", "where_you're_logged_in.json", "your_friends.json",
        "friends.json",
        "account_activity.json", "profile_information.json", "apps_and_websites_off_of_facebook":
        return .facebook
      case "login_activity.json", "logout_activity.json", "signup_details.json", "signup_information.json",
        "profile_changes.json", "followers_and_following", "login_and_account_creation":
        return .instagram
      default: continue
      }
    }
    if head.firstByte == UInt8(ascii: "<"), let found = MetaPage.platform(of: head) { return found }
    let facebook: [StaticString] = [
      "\"account_accesses", "\"active_sessions", "\"account_activity", "\"profile_v2\"", "\"friends_v2\"",
      "\"senderName\"", "\"admin_records", "\"blocked_users_v2\"", "\"comments_v2\"", "\"group_comments",
      "\"group_posts", "\"wall_posts_sent_to_you", "\"other_photos", "\"videos_v2\"", "\"cover_photo\"",
      "\"post\"", "\"external_context\"", "\"pending_emails\"",
    ]
    if facebook.contains(where: { head.contains($0) }) { return .facebook }
    let instagram: [StaticString] = [
      "\"account_history_", "\"profile_user\"", "\"relationships_", "\"devices_devices\"",
      "\"string_list_data\"", "\"profile_profile_change\"", "\"comments_media_comments\"",
      "\"comments_reels_comments\"", "\"ig_stories\"", "\"ig_reels_media\"", "\"ig_archived_post_media\"",
      "\"ig_igtv_media\"", "\"text_post_app_text_post",
    ]
    if instagram.contains(where: { head.contains($0) }) { return .instagram }
    if let found = platform(of: context.root) { return found }
    for component in context.container.split(separator: "/").reversed() {
      if let found = platform(of: String(component)) { return found }
    }
    return unsettled
  }
}
