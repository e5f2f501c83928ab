internal import AccountModel

/// Reddit's download of an account: a flat zip of tables (`comments.csv`, `posts.csv`, `messages.csv`,
/// `chat_history.csv`, `ip_logs.csv`, `statistics.csv`, …).
///
/// Columns are found by name. The owner is keyed by its user name, which Reddit never lets anybody change: from
/// `statistics.csv`, else, as an inference, it is the one name that stands in all messages as sender or receiver. Where
/// neither tells, the owner is an account of this source only.
///
/// Comments and posts are the owner's; an address beside one is a login at its time. `[deleted]` is nobody. Files with
/// nothing to keep (votes, lists of communities, preferences) are passed over.
public struct RedditCSVReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "reddit-csv", title: "Reddit download (CSV)", version: 1)

  let context: UnitContext
  var owner: AccountIndex?
  /// Names that stand in every message between two accounts so far, as sender or receiver; nil before the first.
  var common: Set<String>?
  /// Where the first of these messages stands.
  var firstMessage: Locator?
  /// The account of X that is connected. It waits for the end, as a second one shows the table to be a list of people.
  var connected: (name: String, locator: Locator)?
  var hasSeveralConnected = false

  /// Judges by the columns, and by the name where columns are as another program may call them; a mapping that
  /// somebody wrote for the table is surer.
  public static func recognise(_ head: MemberHead) -> Recognition {
    let headers = ExportTable.headers(in: head.bytes, isWhole: head.isWhole)
    return RedditFile(head.path, headers) == nil ? .no : .likely
  }

  /// The folder in which the files lie.
  public static func root(of path: String) -> String { folder(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { self.context = context }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let start = Locator(member: input.member, offset: input.offset)
    var table = try ExportTable(input, limit: context.options.limits.recordBytes)
    guard let file = RedditFile(input.path, table.headers), file.unit != nil, !repeats(file, input.path)
    else {
      try input.skipRest()
      return writer.setAside(JSONPass.fileUnit, .otherData, at: start, detail: input.path)
    }
    let unit = file.unit ?? .profile
    var tally = RowTally()
    while let row = try table.next(unit, writer) {
      try take(row, file, &tally, into: writer)
    }
    writer.count(unit, seen: table.finish() - tally.otherwise)
    // Beside comments and posts only the rows themselves tell how many logins there are.
    if tally.logins > 0 { writer.count(.login, seen: tally.logins) }
    if tally.otherwise > 0 { writer.count(.profile, seen: tally.otherwise) }
  }

  /// Whether a file of headers (`comment_headers.csv`) repeats entries of a whole one beside it.
  private func repeats(_ file: RedditFile, _ path: String) -> Bool {
    guard file == .headers else { return false }
    let whole: Set<String> = ["comments", "posts", "messages", "messages_archive"]
    let stem = RedditFile.stem(of: path)
    return context.memberPaths.contains { other in
      let name = RedditFile.stem(of: other)
      return whole.contains(name) && name.prefix(4) == stem.prefix(4)
    }
  }

  /// What rows became beside records of their file's class.
  struct RowTally {
    /// Logins by an address beside a comment, post or message.
    var logins = 0
    /// Rows that are statements about the account instead.
    var otherwise = 0
  }

  /// The account whose download this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, .reddit, at: locator)
  }

  /// Names the owner where `statistics.csv` did not.
  public mutating func finish(into writer: RecordWriter) throws {
    try linkConnected(into: writer)
    let known = owner.flatMap { writer.key(of: $0) }
    guard known == nil else { return }
    if let common, common.count == 1, let name = common.first, let place = firstMessage {
      try writer.name(
        ownAccount(place, writer), Self.key(name), assertion: .inferred, at: place)
      writer.note(
        "\(context.container): there is no statistics.csv with the account's name here; the owner is taken to "
          + "be \(name), who sent or received every message between two accounts.")
    } else if owner != nil || common != nil {
      writer.note(
        "\(context.container): nothing here says whose download this is (statistics.csv does): the owner is an "
          + "account of this source only, and what it wrote in messages and chats is another account's, which is "
          + "not protected with it. Give the whole download.")
    }
  }

  /// The account of a user name; nil for what names nobody.
  func account(
    _ name: String, role: AccountRole, assertion: Assertion = .platform, _ locator: Locator,
    into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard let name = Self.username(name) else { return nil }
    return try writer.account(Self.key(name), role: role, assertion: assertion, at: locator)
  }

  /// The key of a user name.
  static func key(_ name: String) -> AccountKey {
    AccountKey(platform: .reddit, kind: .handle, scope: .platform, value: name)
  }

  /// A user name without the mark that it is one; nil for a community (`r/name`, `#name`) and for nobody.
  static func username(_ text: String) -> String? {
    var name = text[...]
    for prefix in ["/u/", "u/", "/user/"] where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
      break
    }
    guard ValueShape.isHandle(name, signs: "_-", limit: 64), !NoValue.isNamed(by: String(name)) else {
      return nil
    }
    return String(name)
  }
}
