internal import AccountModel

/// Snapchat's "My Data" as JSON: the files of the folder `json` (`account.json`, `chat_history.json`, `friends.json`, …).
///
/// Files are told apart by their keys. Chats and snaps are listed by direction in older downloads
/// (`Received Saved Chat History`), by conversation since, where `IsSender` says which messages are the owner's.
///
/// Accounts are keyed by their user name; the owner's stands in `account.json`, else it is the one under which the owner
/// writes. Of chats only those that somebody saved are in the download, and of snaps no content.
///
/// Times end in `UTC`; one that does not has no zone unless one is given. `Created(microseconds)` holds milliseconds.
public struct SnapchatJSONReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "snapchat-json", title: "Snapchat My Data (JSON)", version: 1)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]

  /// Objects that are read whole, by their keys.
  private static let objects = ["Basic Information", "Device Information", "App Profile"]
  private static let patterns = objects.map { "$.\($0)" } + ["$.*[*]"]
  /// Lists by their keys, and what the second count counts in each.
  private static let lists: [(key: String, recordClass: RecordClass)] =
    [("Login History", .login), ("Device History", .session), ("Blocked Users", .block)]
    + contacts.keys.sorted().map { ($0, .contact) } + calls.map { ($0, .call) }
  static let contacts = [
    "Friends": "friend", "Friend Requests Sent": "sent friend request",
    "Pending Requests": "received friend request", "Ignored Snapchatters": "ignored friend request",
    "Deleted Friends": "deleted friend",
  ]
  static let calls = ["Outgoing Calls", "Incoming Calls", "Completed Calls"]
  /// Names that the files have in each download, by which files side by side are known to be of one.
  private static let names: Set<String> = [
    "account.json", "account_history.json", "bitmoji.json", "chat_history.json", "friends.json",
    "snap_history.json", "talk_history.json", "user_profile.json",
  ]

  /// Turns times without a zone into instants, when the person said which zone they are of.
  let clock: ZonedClock?
  let pass: JSONPass
  var owner: AccountIndex?
  /// Under which names the owner writes, with the time of the last message and the place of the first.
  var ownNames: [(name: String, last: Int64, locator: Locator)] = []
  var memory = IdentifierMemory()
  var statuses = SnapchatStatuses()
  var scratch: [UInt8] = []
  /// Whether the member at hand holds chats or snaps.
  var hasMessages = false

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{") else { return .no }
    let marks: [StaticString] = [
      "Saved Chat History\"", "\"Received Snap History\"", "\"Sent Snap History\"", "\"Deleted Friends\"",
      "\"Friend Requests Sent\"", "\"Hidden Friend Suggestions\"", "\"Ignored Snapchatters\"",
      "\"Created(microseconds)\"", "\"Mobile Number Change\"", "\"Display Name Change\"",
      "\"Snapchat Linked to Bitmoji\"", "\"Download My Data Reports\"",
    ]
    if marks.contains(where: { head.contains($0) }) { return .certain }
    let hasBasics = head.contains("\"Basic Information\"")
    if hasBasics,
      head.contains("\"Device History\"") || head.contains("\"Registration IP\"")
        || head.contains("\"Creation Date\"") || head.contains("\"Avatar Gender\"")
    {
      return .certain
    }
    if head.contains("\"Media Type\""), head.contains("\"Created\""),
      head.contains("\"IsSender\"") || head.contains("\"From\"") || head.contains("\"To\"")
    {
      return .certain
    }
    // Lists of friends by their entries: a long first list leaves no other list's name in the head.
    if head.contains("\"Username\""), head.contains("\"Display Name\""),
      head.contains("\"Creation Timestamp\"")
    {
      return .certain
    }
    let hasCalls = head.contains("\"Outgoing Calls\"") || head.contains("\"Incoming Calls\"")
    let isCalls =
      hasCalls
      && (head.contains("\"Date & Time\"")
        || head.contains("\"Outgoing Calls\"") && head.contains("\"Incoming Calls\""))
    let isProfile = head.contains("\"App Profile\"") && head.contains("\"Engagement\"")
    let isHistory =
      head.contains("\"Date\"") && (head.contains("\"Email Change\"") || head.contains("\"Password Change\""))
    return isCalls || isProfile || isHistory ? .likely : .no
  }

  /// The folder above `json`; that of the file where it is called as one of the download.
  public static func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if parts.dropLast().last?.lowercased() == "json" { return parts.dropLast(2).joined(separator: "/") }
    return names.contains(parts.last?.lowercased() ?? "") ? parts.dropLast().joined(separator: "/") : path
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    clock = try ZonedClock.make(context.options)
    pass = try JSONPass(limits: context.options.limits)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let messages = JSONKeyTally(keys: ["Media Type"])
    let entries = JSONListTally(keys: Self.lists.map(\.key))
    input.tap {
      messages.feed($0)
      entries.feed($0)
    }
    hasMessages = false
    var hasAnything = false
    let pass = pass
    let isWhole = try pass.read(
      Self.patterns, of: input, into: writer,
      unit: { match in
        if match.pattern < Self.objects.count { return RecordClass.profile.name }
        return Self.lists.first { $0.key == match.key }?.recordClass.name ?? "other entry"
      }
    ) { match, value, locator in
      hasAnything = true
      switch match.pattern {
      case 0: try basics(value, locator, into: writer)
      case 1: try device(value, locator, into: writer)
      case 2: try appProfile(value, locator, into: writer)
      default: try entry(value, of: match.key, locator, into: writer)
      }
    }
    if hasMessages {
      writer.count(.message, seen: messages[0])
    } else {
      for (position, list) in Self.lists.enumerated() where entries[position] > 0 {
        writer.count(list.recordClass, seen: entries[position])
      }
    }
    if isWhole, !hasAnything {
      writer.setAside(
        JSONPass.fileUnit, .otherDownloadData,
        at: Locator(member: input.member, offset: 0), detail: input.path)
    }
  }

  private mutating func entry(
    _ value: JSONValue, of key: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    // By what it is and not by its key: a conversation may be with somebody who is called as a list.
    if value.hasField("Media Type"),
      value.hasField("From") || value.hasField("To") || value.hasField("IsSender")
    {
      hasMessages = true
      try message(value, in: key, locator, into: writer)
      return
    }
    if let how = Self.contacts[key] {
      try relation(.contact, how, value, locator, into: writer)
      return
    }
    switch key {
    case "Blocked Users": try relation(.block, "", value, locator, into: writer)
    case "Hidden Friend Suggestions":
      writer.setAside(
        "friend suggestion", .init("suggested", "was suggested by the platform", isFault: false), at: locator,
        detail: FieldText.text(value["Username"]))
    case "Login History": try login(value, locator, into: writer)
    case "Device History": try formerDevice(value, locator, into: writer)
    case "Outgoing Calls", "Incoming Calls", "Completed Calls":
      try call(value, isOutgoing: key == "Outgoing Calls", locator, into: writer)
    case "Two-Factor Authentication", "Account deactivated / reactivated", "Snapchat Linked to Bitmoji",
      "Download My Data Reports":
      try event(value, key, locator, into: writer)
    default:
      if key.hasSuffix(" Change") {
        try change(value, key, locator, into: writer)
      } else {
        writer.setAside("other entry", .otherEntry, at: locator, detail: key)
      }
    }
  }

  /// Names the owner by the name under which it writes where no file has it, the last where there are several.
  public mutating func finish(into writer: RecordWriter) throws {
    clock?.report(to: writer)
    statuses.report(to: writer)
    guard let owner, let last = ownNames.max(by: { ($0.last, $1.name) < ($1.last, $0.name) }) else { return }
    let isNamed = writer.key(of: owner) != nil
    if !isNamed {
      try writer.name(
        owner, AccountKey(platform: .snapchat, kind: .handle, scope: .platform, value: last.name),
        assertion: .platform, at: last.locator)
    }
    let key = writer.key(of: owner)?.value ?? ""
    for other in ownNames.sorted(by: { $0.name < $1.name })
    where other.name.lowercased() != key.lowercased() {
      // Chats of another person's download may lie there as well.
      try writer.identifier(
        owner, .handle, other.name, label: "sender", assertion: .inferred, at: other.locator)
      writer.note(
        "the owner is called \(key.debugDescription) and wrote under \(other.name.debugDescription) as well: a former "
          + "name, unless files of two downloads lie together")
    }
  }

  // MARK: Values

  /// The account whose download this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, .snapchat, at: locator)
  }

  /// The account of a user name; nil where a word stands for no name.
  func person(
    _ name: String, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard !name.isEmpty, !NoValue.isNamed(by: name) else { return nil }
    let isHandle = Self.isHandle(name)
    return try writer.account(
      AccountKey(
        platform: .snapchat, kind: isHandle ? .handle : .displayName, scope: isHandle ? .platform : .source,
        value: name),
      role: role, assertion: isHandle ? .platform : .user, at: locator)
  }

  static func isHandle(_ text: String) -> Bool { ValueShape.isHandle(text, signs: "._-") }

  /// When an entry is dated: none where it has no date, nil where the date cannot be read.
  func time(_ written: String) -> ObservedTime? {
    if written.isEmpty || NoValue.isNamed(by: written) { return ObservedTime.none }
    return TimeText.plausibleISO8601(written).map { clock?.assume($0) ?? $0 }
  }
}
