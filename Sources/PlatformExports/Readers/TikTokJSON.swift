internal import AccountModel

/// TikTok's "Download your data" as JSON: one file, `user_data_tiktok.json` (`user_data.json` before).
///
/// Sections were renamed and moved more than once (`Activity`, `Your Activity`, `Profile And Settings`), so that each list
/// is found by its own name wherever it lies, and fields by either of their spellings (`Date`, `date`). A list that is
/// empty may be null.
///
/// Accounts are keyed by their handle. The profile stands behind the messages, and who asks for a part of the data may have
/// none: then the owner is the only author common to several chats who is not whom these are with, as an inference.
///
/// Nothing in the file says of which zone its times are: they have none unless one is given (`--time-zone`).
public struct TikTokJSONReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "tiktok-json", title: "TikTok download (JSON)", version: 2)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]

  enum List: Int, CaseIterable {
    case login, status, follower, following, block, comment, post, deletedPost, review, chat, groupChat, live
    case profile, autofill

    /// Where its entries lie in a section; the last key but `Messages` and the like is that of the second count.
    var paths: [String] {
      switch self {
      case .login: ["LoginHistoryList[*]"]
      case .status: ["Status List[*]"]
      case .follower: ["FansList[*]", "FollowerList[*]"]
      case .following: ["Following[*]", "FollowingList[*]"]
      case .block: ["BlockList[*]"]
      case .comment: ["CommentsList[*]"]
      case .post: ["Posts.VideoList[*]", "Videos.VideoList[*]"]
      case .deletedPost: ["PostList[*]"]
      case .review: ["ReviewsList[*]"]
      case .chat: ["ChatHistory.*[*]", "ChatHistory.*.Messages[*]"]
      case .groupChat: ["GroupChat.*[*]", "GroupChat.*.Messages[*]"]
      case .live: ["WatchLiveMap.*.Comments[*]", "WatchLiveMap.*.Questions[*]"]
      case .profile: ["ProfileMap"]
      case .autofill: ["Autofill", "Auto Fill"]
      }
    }

    /// Keys under which the second count finds its entries.
    var keys: [String] {
      switch self {
      case .profile, .autofill, .deletedPost: []
      default: Set(paths.map { String($0.prefix { $0 != "[" && $0 != "." }) }).sorted()
      }
    }

    /// What its entries become.
    var recordClass: RecordClass {
      switch self {
      case .login: .login
      case .status: .session
      case .follower, .following: .contact
      case .block: .block
      case .profile, .autofill: .profile
      default: .message
      }
    }
  }

  private static let places: [(list: List, pattern: String)] = List.allCases.flatMap { list in
    list.paths.flatMap { path in ["$.*.*.", "$.*."].map { (list, $0 + path) } }
  }
  private static let patterns = places.map(\.pattern)
  private static let keys = List.allCases.flatMap { list in list.keys.map { (list: list, key: $0) } }

  /// Turns times into instants, when the person said which zone they are of.
  let clock: ZonedClock?
  let pass: JSONPass
  var owner: AccountIndex?
  var memory = IdentifierMemory()
  var chats = TikTokChats()
  /// Whom the owner follows or blocked, and who follows it, in small letters: nobody does so to itself.
  var related: Set<String> = []
  /// Times that carry no zone.
  var zoneless = 0
  private var isWhole = true
  /// The user name in the profile.
  var ownName = ""
  /// Accounts under names that are no user names by the rules.
  private var unruly: [String: AccountIndex] = [:]

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{") else { return .no }
    let marks: [StaticString] = [
      "\"Profile And Settings\"", "\"Ads and data\"", "\"LoginHistoryList\"", "\"Chat History with ",
      "\"FavoriteEffectsList\"", "\"FavoriteVideoList\"", "\"ItemFavoriteList\"", "\"FansList\"",
      "\"Video Browsing History\"", "\"OffTikTokActivityDataList\"",
    ]
    if marks.contains(where: { head.contains($0) }) { return .certain }
    if head.contains("tiktok"), head.contains("\"VideoList\"") || head.contains("\"CommentsList\"") {
      return .certain
    }
    let isProfile = head.contains("\"ProfileMap\"") && head.contains("\"userName\"")
    let isChat =
      head.contains("\"ChatHistory\"") && head.contains("\"From\"") && head.contains("\"Content\"")
    let isComments = head.contains("\"CommentsList\"") && head.contains("\"comment\"")
    return isProfile || isChat || isComments ? .likely : .no
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    clock = try ZonedClock.make(context.options)
    pass = try JSONPass(limits: context.options.limits)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONListTally(keys: Self.keys.map(\.key), namesAtDepth: 2)
    input.tap { tally.feed($0) }
    var hasAnything = false
    let pass = pass
    isWhole = try pass.read(
      Self.patterns, of: input, into: writer, unit: { Self.places[$0.pattern].list.recordClass.name }
    ) { match, value, locator in
      hasAnything = true
      try entry(value, of: Self.places[match.pattern].list, match.key, locator, into: writer)
    }
    for (position, place) in Self.keys.enumerated() where tally[position] > 0 {
      writer.count(place.list.recordClass, seen: tally[position])
    }
    let unknown = tally.names.filter { !TikTokSections.known.contains($0) }
    if !unknown.isEmpty {
      writer.note(
        "\(input.path): sections that are not known and were not looked at: "
          + unknown.prefix(20).joined(separator: ", "))
    }
    guard isWhole, !hasAnything else { return }
    let place = Locator(member: input.member, offset: 0)
    // Where all sections are known they are empty, or of videos that were watched.
    let reason: SetAsideReason =
      unknown.isEmpty && !tally.names.isEmpty
      ? .otherDownloadData : .unknownLists
    writer.setAside(JSONPass.fileUnit, reason, at: place, detail: input.path)
  }

  private mutating func entry(
    _ value: JSONValue, of list: List, _ key: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard value.kind == .object else {
      if list != .profile, list != .autofill {
        writer.setAside("other entry", .malformed, at: locator, detail: "no object in a list")
      }
      return
    }
    switch list {
    case .login: try login(value, locator, into: writer)
    case .status: try status(value, locator, into: writer)
    case .follower: try relation(.contact, "follower", value, locator, into: writer)
    case .following: try relation(.contact, "following", value, locator, into: writer)
    case .block: try relation(.block, "", value, locator, into: writer)
    case .comment: try comment(value, locator, into: writer)
    case .post: try post(value, locator, into: writer)
    case .deletedPost:
      writer.setAside(
        "deleted post", .init("other-data", "is of a form that is not known", isFault: false), at: locator,
        detail: FieldText.text(value.field("Date", "date")))
    case .review: try writing(value, text: value["ReviewText"], in: "reviews", locator, into: writer)
    case .chat: try message(value, in: key, isGroup: false, locator, into: writer)
    case .groupChat: try message(value, in: key, isGroup: true, locator, into: writer)
    case .live:
      try writing(
        value, text: value.field("CommentContent", "QuestionContent"), in: "live comments", locator,
        into: writer)
    case .profile: try profile(value, locator, into: writer)
    case .autofill: try autofill(value, locator, into: writer)
    }
  }

  /// Names the owner where the profile did not, and notes what the zone left open.
  public mutating func finish(into writer: RecordWriter) throws {
    chats.end()
    if let owner, !ownName.isEmpty {
      // Whatever its user name is made of, the owner writes under it.
      if let same = unruly[ownName] { writer.unite(same, with: owner) }
      if let author = commonAuthor(writer), writer.resolve(author.account) != writer.resolve(owner) {
        let other = writer.key(of: author.account)?.value ?? ""
        writer.note(
          "the profile calls the owner \(ownName.debugDescription), and the only one who writes in several chats and is "
            + "not whom these are with is \(other.debugDescription): perhaps a former name of the owner's. It is another "
            + "account here, and is not protected with the owner.")
      }
    }
    try inferOwner(into: writer)
    clock?.report(to: writer)
    guard clock == nil, zoneless > 0 else { return }
    let times = zoneless == 1 ? "1 time has" : "\(zoneless) times have"
    writer.note(
      "TikTok writes no zone beside the times of its JSON, so \(times) none; where the same download as text "
        + "says UTC behind them, import with --time-zone UTC")
  }

  /// The only author common to several chats, unless the owner follows or blocked it or it follows the owner.
  private func commonAuthor(_ writer: RecordWriter) -> TikTokChats.Author? {
    guard let author = chats.commonAuthor else { return nil }
    let name = writer.key(of: author.account)?.value ?? ""
    return related.contains(name.lowercased()) ? nil : author
  }

  /// Takes the only author common to several chats for the owner.
  ///
  /// Not where the file is cut off: behind the cut may lie the profile, or a chat in which somebody else writes.
  private mutating func inferOwner(into writer: RecordWriter) throws {
    let isNamed = owner.map { writer.key(of: $0) != nil } ?? false
    guard !isNamed, isWhole else { return }
    guard let author = commonAuthor(writer) else {
      if !chats.isEmpty {
        writer.note(
          "nothing says who in the chats is the owner: what the owner wrote there is another account's than the logins, "
            + "and is not protected with it")
      }
      return
    }
    let account = ownAccount(author.locator, writer)
    writer.unite(account, with: author.account)
    let name = writer.key(of: account)?.value ?? ""
    try writer.identifier(
      account, .handle, name, label: "owner", assertion: .inferred, at: author.locator)
    writer.note(
      "the owner is taken to be the only one who writes in several chats and is not whom these are with, "
        + name.debugDescription)
  }

  // MARK: Values

  /// The account whose download this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, .tiktok, at: locator)
  }

  /// The account of a user name; nil where a word stands for no name, as for accounts that are gone.
  mutating func person(
    _ name: String, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard !name.isEmpty, !NoValue.isNamed(by: name) else { return nil }
    let handle = Self.handle(name)
    let isHandle = ValueShape.isHandle(handle, signs: "._")
    let account = try writer.account(
      AccountKey(
        platform: .tiktok, kind: isHandle ? .handle : .displayName, scope: isHandle ? .platform : .source,
        value: isHandle ? handle : name),
      role: role, assertion: isHandle ? .platform : .user, at: locator)
    if !isHandle { unruly[handle] = account }
    return account
  }

  /// A user name without the sign before it.
  static func handle(_ name: String) -> String { name.hasPrefix("@") ? String(name.dropFirst()) : name }

  /// When an entry is dated: none where it has no date, nil where the date cannot be read.
  mutating func time(_ written: String) -> ObservedTime? {
    if written.isEmpty || NoValue.isNamed(by: written) { return ObservedTime.none }
    guard let time = TimeText.plausibleISO8601(written) else { return nil }
    let assumed = clock?.assume(time) ?? time
    if assumed.zone == .unknown { zoneless += 1 }
    return assumed
  }
}
