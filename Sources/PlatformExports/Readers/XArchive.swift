internal import AccountModel

/// X's (Twitter's) own archive: the files `data/*.js`, each an assignment of JSON to a name of JavaScript.
///
/// Every entry says what it is by its own key (`tweet`, `ipAudit`, `blocking`, …), so that names of files and
/// part numbers do not matter. The owner is keyed by its numeric account id, from whichever file has it.
///
/// Retweets (`RT @`) are not the account's own words and are set aside; the accounts they mention are kept. A
/// long post stands twice, cut off among the tweets and whole in `note-tweet`: both are kept, in channels of
/// their own. Text is given with X's HTML entities undone. People of the uploaded address book are no accounts
/// of X: they mean something within this source only.
public struct XArchiveReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "x-archive", title: "X (Twitter) archive", version: 7)

  /// Names after `window.YTD.` that hold what an account is, does or says.
  static let files: Set<String> = [
    "account", "account_creation_ip", "ageinfo", "block", "community_tweet", "connected_application",
    "contact",
    "deleted_tweets",
    "deleted_tweet", "device_token", "direct_message", "direct_messages", "direct_message_group",
    "direct_messages_group", "email_address_change", "follower", "following", "grok_chat_item", "ip_audit",
    "mute",
    "ni_devices", "note_tweet", "phone_number", "profile", "screen_name_change", "sso", "tweet", "tweets",
  ]
  private static let conversationPatterns = [
    "$[*].dmConversation.conversationId", "$[*].dmConversation.messages[*]",
  ]

  let pass: JSONPass
  var owner: AccountIndex?
  var username: (value: String, locator: Locator)?
  var memory = IdentifierMemory()
  var scratch: [UInt8] = []
  /// The file at hand, by its name in the assignment.
  private(set) var file = ""
  var conversation: (position: UInt32, channel: ChannelIndex)?

  /// Judges by the assignment at the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard let name = name(in: head.bytes) else { return .no }
    return files.contains(name) || name == "manifest" ? .certain : .no
  }

  /// The folder above `data` and `assets`; that of the file where it is called as one of the archive, as those of before
  /// 2019 have no such folder, and `data` may be given alone.
  public static func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if let first = parts.dropLast().firstIndex(where: { ["data", "assets"].contains($0.lowercased()) }) {
      return parts[..<first].joined(separator: "/")
    }
    return parts.last.map(isOfArchive) == true ? folder(of: path) : path
  }

  /// Whether a file is called as the archive calls its own: `tweets.js`, `tweets-part1.js`.
  private static func isOfArchive(_ name: Substring) -> Bool {
    var words = name.lowercased().split { $0 == "-" || $0 == "." }
    guard words.popLast() == "js" else { return false }
    let stem = words.prefix { !$0.hasPrefix("part") }.joined(separator: "_")
    return files.contains(stem) || stem == "manifest"
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { pass = try JSONPass(limits: context.options.limits) }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try input.fill(atLeast: 4096)
    let name = Self.name(in: input.window)
    begin(name ?? "")
    let start = Self.body(of: input.window)
    guard let name, let start, Self.files.contains(name) || name == "manifest" else {
      let place = Locator(member: input.member, offset: input.offset)
      if name != nil, start == nil {
        writer.setAside(JSONPass.fileUnit, .truncated, at: place, detail: input.path)
      } else {
        writer.setAside(JSONPass.fileUnit, .otherData, at: place, detail: input.path)
      }
      return
    }
    input.consume(start)
    let tally = Self.tally()
    input.tap { tally.feed($0) }
    let isConversations = name.hasPrefix("direct_message")
    let patterns =
      name == "manifest" ? ["$.userInfo"] : isConversations ? Self.conversationPatterns : ["$[*]"]
    let pass = pass
    try pass.read(patterns, of: input, into: writer, unit: { _ in Self.unit(of: name) }) {
      match, value, place in
      if name == "manifest" {
        try userInfo(value, place, into: writer)
      } else if !isConversations {
        try entry(value, place, into: writer)
      } else if match.pattern == 0 {
        begin(conversation: value.scalarText ?? "", match.index.0, writer)
      } else {
        try conversationEvent(value, match.index.0, place, into: writer)
      }
    }
    Self.count(tally, in: name, into: writer)
  }

  /// Turns to another file.
  mutating func begin(_ name: String) {
    file = name
    conversation = nil
  }

  /// Turns to a conversation; those of groups stand in files of their own.
  mutating func begin(conversation id: String, _ position: UInt32, _ writer: RecordWriter) {
    let channel = writer.channel("DM \(id)")
    if file.hasSuffix("_group") { writer.markAsGroup(channel) }
    conversation = (position, channel)
  }

  /// The second count: keys that stand once in each entry.
  static func tally() -> JSONKeyTally {
    JSONKeyTally(keys: [
      "full_text", "noteTweet", "messageCreate", "loginIp", "blocking", "follower", "following", "contact",
      "deviceToken", "niDeviceResponse", "connectedApplication", "participantsJoin", "participantsLeave",
      "joinConversation", "conversationNameUpdate", "muting", "reactionCreate", "grokChatItem",
    ])
  }

  /// Gives the second count of a file to the writer; only the keys of the file's own entries count.
  static func count(_ tally: JSONKeyTally, in file: String, into writer: RecordWriter) {
    func count(_ recordClass: RecordClass, _ needles: [Int]) {
      let seen = needles.reduce(0) { $0 + tally[$1] }
      if seen > 0 { writer.count(recordClass, seen: seen) }
    }
    switch file {
    case "tweet", "tweets", "community_tweet", "deleted_tweet", "deleted_tweets", "note_tweet":
      count(.message, [0, 1])
    case "grok_chat_item": count(.message, [17])
    case "ip_audit": count(.login, [3])
    case "block": count(.block, [4])
    case "follower", "following": count(.contact, [5, 6])
    case "contact": count(.contact, [7])
    case "mute": count(.contact, [15])
    case "device_token", "ni_devices", "connected_application": count(.session, [8, 9, 10])
    default:
      guard file.hasPrefix("direct_message") else { return }
      count(.message, [2])
      let events = tally[11] + tally[12] + tally[13] + tally[14] + tally[16]
      if events > 0 { writer.count("conversation event", seen: events) }
    }
  }

  /// Names the owner by its user name where no file has its id.
  public mutating func finish(into writer: RecordWriter) throws {
    guard let owner, let username else { return }
    if writer.key(of: owner) == nil {
      try writer.name(
        owner, AccountKey(platform: .x, kind: .handle, scope: .platform, value: username.value),
        assertion: .platform, at: username.locator)
    } else {
      try writer.identifier(owner, .handle, username.value, assertion: .platform, at: username.locator)
    }
  }

  private static func unit(of file: String) -> String {
    switch file {
    case "tweet", "tweets", "community_tweet", "deleted_tweets", "deleted_tweet", "note_tweet",
      "grok_chat_item":
      RecordClass.message.name
    case "block": RecordClass.block.name
    case "contact", "follower", "following", "mute": RecordClass.contact.name
    case "ip_audit": RecordClass.login.name
    case "device_token", "ni_devices", "connected_application": RecordClass.session.name
    default: file.hasPrefix("direct_message") ? RecordClass.message.name : RecordClass.profile.name
    }
  }

  /// `ip_audit` of `window.YTD.ip_audit.part12 = [`; `manifest` for the archive's own configuration.
  private static func name(in bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let start = bytes.prefix(256)
    if start.starts(with: "window.__THAR_CONFIG".utf8) { return "manifest" }
    guard start.starts(with: "window.YTD.".utf8) else { return nil }
    let name = start.dropFirst("window.YTD.".utf8.count).prefix {
      $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "=")
    }
    return String(decoding: name, as: UTF8.self).lowercased().replacing("-", with: "_")
  }

  /// Where the JSON begins: the first bracket after the first equals sign.
  private static func body(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let start = bytes.prefix(4096)
    guard let equals = start.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    return start[equals...].firstIndex { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
  }
}
