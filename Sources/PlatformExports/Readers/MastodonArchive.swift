internal import AccountModel

/// The archive that a server of Mastodon makes of an account, and the lists that it gives beside it.
///
///     outbox.json               what the account posted, messages to single people among it, and what it boosted
///     likes.json bookmarks.json addresses of others' posts
///     actor.json                the account itself
///     following_accounts.csv followers.csv muted_accounts.csv blocked_accounts.csv
///
/// Pleroma and Akkoma write the same files. Content tells which is which, in any order. The owner is keyed by the
/// address of its actor, which `actor.json` and each entry of the outbox give; names are `name@server`. Lists name no
/// owner: they belong to the archive in whose folder they lie. Times are UTC.
public struct MastodonArchiveReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "mastodon-archive", title: "Mastodon archive", version: 1)

  /// What a member is.
  enum File: Equatable { case actor, collection, list(MastodonList) }

  /// A post's id is given by the database when it is stored, its time by the program before: microseconds.
  private static let idTolerance: Int64 = 60_000_000

  private let context: UnitContext
  let limits: ImportLimits
  let pass: JSONPass
  var people = MastodonPeople()
  var snowflakes = SnowflakeCheck(.mastodonID, tolerance: idTolerance)
  var owner: AccountIndex?
  /// The address of the owner's actor, once it is known.
  var actor: String?

  /// Judges by the keys and marks in the beginning of a member, and by the name where a list has no row that names its
  /// columns.
  public static func recognise(_ head: MemberHead) -> Recognition { file(head) == nil ? .no : .likely }

  /// The folder in which the archive lies.
  public static func root(of path: String) -> String { folder(of: path) }

  private static func file(_ head: MemberHead) -> File? {
    guard head.firstByte == UInt8(ascii: "{") else { return MastodonList(head).map { .list($0) } }
    // What anybody fetches of an account from its server has the same shape, and is nobody's own archive.
    guard head.contains("www.w3.org/ns/activitystreams"), isOfArchive(head.text) else { return nil }
    if head.contains("\"preferredUsername\""), head.contains("\"inbox\"") { return .actor }
    return head.contains("\"OrderedCollection\"") && head.contains("\"orderedItems\"") ? .collection : nil
  }

  /// Names of files by which the parts of an archive call each other and themselves, and the keys under which they do.
  private static let names = ["outbox.json", "likes.json", "bookmarks.json"]
  private static let keys = ["id", "outbox", "likes", "bookmarks"]

  /// Whether a document names files where a server gives addresses.
  ///
  /// Under other keys, as the name of a field of a profile or the description of a picture, whoever has the account may
  /// have typed such a name.
  private static func isOfArchive(_ text: String) -> Bool {
    names.contains { name in
      var rest = text[...]
      while let found = rest.firstRange(ofBytes: "\"\(name)\"") {
        if isKeyed(text[..<found.lowerBound]) { return true }
        rest = rest[found.upperBound...]
      }
      return false
    }
  }

  /// Whether a text ends in one of the keys and a colon.
  private static func isKeyed(_ text: Substring) -> Bool {
    func trimmed(_ text: Substring) -> Substring {
      var text = text
      while text.last?.isWhitespace == true { text.removeLast() }
      return text
    }
    let head = trimmed(text)
    guard head.last == ":" else { return false }
    let before = trimmed(head.dropLast())
    return keys.contains { before.hasSuffix("\"\($0)\"") }
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    limits = context.options.limits
    pass = try JSONPass(limits: limits)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, options: context.options)
    switch Self.file(head) {
    case .actor: try readActor(input, into: writer)
    case .collection: try readCollection(input, into: writer)
    case .list(let list): try readList(list, input, into: writer)
    case nil:
      writer.setAside(
        JSONPass.fileUnit, .otherData, at: Locator(member: input.member, offset: input.offset),
        detail: input.path)
    }
  }

  /// The account whose archive this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, .mastodon, at: locator)
  }

  /// The owner, by the address of its actor.
  mutating func ownAccount(
    actor address: String, _ locator: Locator, _ writer: RecordWriter
  ) throws -> AccountIndex {
    let account = ownAccount(locator, writer)
    if let actor {
      if actor != address { throw ExportRefusal.twoOwners(place: writer.describe(locator)) }
      return account
    }
    actor = address
    try writer.name(account, MastodonPeople.key(address), assertion: .platform, at: locator)
    return account
  }

  /// Says what is wrong with times, and where nothing says whose lists these are.
  public mutating func finish(into writer: RecordWriter) throws {
    snowflakes.report(to: writer)
    if owner != nil, actor == nil {
      writer.note(
        "\(context.container): nothing here says whose this is (actor.json and outbox.json do): the owner is an "
          + "account of this source only. Unpack the archive, and lay the lists beside its actor.json.")
    }
  }
}
