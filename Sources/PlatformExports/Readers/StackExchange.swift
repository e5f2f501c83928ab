internal import AccountModel
internal import CLibXML2

/// The dump of a site of Stack Exchange: `Users.xml`, `Posts.xml`, `Comments.xml` and `PostHistory.xml`, a row a line.
///
/// Which is which the root element tells. The name of the site is in none of them: it is that of the folder or archive
/// (`english.stackexchange.com`), where that is one, and else accounts mean something in this source only. The number of
/// an account in the whole network (`AccountId`) is in `Users.xml` and is the same on all sites. Times are UTC, as the
/// dump's own description says, and are written without a zone.
public struct StackExchangeReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "stack-exchange", title: "Stack Exchange data dump", version: 1)

  private static let otherData = SetAsideReason("other-data", "holds no account records", isFault: false)

  private let context: UnitContext
  private let people: StackExchangePeople
  private let posts = StackExchangePosts()

  /// Judges by the root element and the names of the attributes of the first row.
  public static func recognise(_ head: MemberHead) -> Recognition {
    StackExchangeFile(head) == nil ? .no : .certain
  }

  /// The folder in which the files lie; the whole path of a file with a name that dumps do not give, as it may be of another
  /// site than what lies beside it, and the numbers of two sites name two persons.
  public static func root(of path: String) -> String {
    StackExchangeSite.isOfDump(path) ? folder(of: path) : path
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    people = StackExchangePeople(
      site: StackExchangeSite.name(root: context.root, container: context.container))
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let file = StackExchangeFile(try MemberHead(beginningOf: input, options: context.options))
    guard let file, let unit = file.unit else {
      let start = Locator(member: input.member, offset: input.offset)
      try input.skipRest()
      return writer.setAside(JSONPass.fileUnit, Self.otherData, at: start, detail: input.path)
    }
    let rows = StackExchangeRows(file, people, posts, writer, member: input.member)
    let stream = try XMLStream(
      input, names: StackExchangeName.allCases.map(\.text), counted: ["row"], limits: context.options.limits,
      handler: rows)
    let report = try stream.read(input)
    rows.finish()
    let seen = Int(report.counted.0)
    writer.count(unit, seen: seen)
    if let fault = writer.setAsideEnd(of: report, member: input.member), seen > rows.count {
      writer.setAside(unit, fault.reason, at: fault.place, count: seen - rows.count)
    }
    writer.countCharacters(of: report)
  }

  /// Says which site it was taken for.
  public mutating func finish(into writer: RecordWriter) throws {
    if let site = people.site {
      writer.note(
        "\(context.container): no file says which site this is; its accounts are taken for those of \(site), after which "
          + "the folder or archive is called.")
    } else {
      writer.note(
        "\(context.container): no file says which site this is, and neither the folder nor the archive is called after "
          + "one (english.stackexchange.com): accounts mean something in this source only, but for their numbers in the "
          + "whole network.")
    }
  }
}

/// The files of a dump, by root element.
enum StackExchangeFile: String, CaseIterable {
  case users, posts, comments, posthistory
  case badges, votes, postlinks, tags

  /// What its rows become; nil when there is nothing in it to keep.
  var unit: RecordClass? {
    switch self {
    case .users: .profile
    case .posts, .comments, .posthistory: .message
    case .badges, .votes, .postlinks, .tags: nil
    }
  }

  /// An attribute that its rows have and those of others do not.
  private var mark: StaticString {
    switch self {
    case .users: " Reputation=\""
    case .posts: " PostTypeId=\""
    case .comments: " PostId=\""
    case .posthistory: " PostHistoryTypeId=\""
    case .badges: " UserId=\""
    case .votes: " VoteTypeId=\""
    case .postlinks: " RelatedPostId=\""
    case .tags: " TagName=\""
    }
  }

  /// Tells a file by its root element and its first row; nil for one that is none.
  init?(_ head: MemberHead) {
    guard head.firstByte == UInt8(ascii: "<"), head.contains("<row "),
      let root = XMLRoot.name(in: head.bytes),
      let file = Self(rawValue: root.lowercased()), head.contains(file.mark)
    else { return nil }
    self = file
  }
}

/// Attributes that the reader tells apart; the raw value is the position in the stream's list plus 1.
enum StackExchangeName: UInt32, CaseIterable {
  case row = 1
  case id, creationDate, displayName, lastAccessDate, websiteURL, location, aboutMe, age, emailHash
  case accountID, profileImageURL
  case postTypeID, ownerUserID, ownerDisplayName, lastEditorUserID, lastEditorDisplayName, lastEditDate
  case communityOwnedDate
  case title, body, text, userID, userDisplayName, postID, comment, postHistoryTypeID

  /// The name as written.
  var text: String {
    switch self {
    case .row: "row"
    case .websiteURL: "WebsiteUrl"
    case .accountID: "AccountId"
    case .profileImageURL: "ProfileImageUrl"
    case .postTypeID: "PostTypeId"
    case .ownerUserID: "OwnerUserId"
    case .lastEditorUserID: "LastEditorUserId"
    case .userID: "UserId"
    case .postID: "PostId"
    case .postHistoryTypeID: "PostHistoryTypeId"
    default: "\(self)".prefix(1).uppercased() + "\(self)".dropFirst()
    }
  }
}

/// The attributes of a row.
struct StackExchangeRow {
  let attributes: UnsafeBufferPointer<cog_xml_attribute>

  /// A value without white space at either end; empty where the row has none.
  subscript(_ name: StackExchangeName) -> Bytes { typed(name).trimmed }

  /// A value as somebody typed it.
  func typed(_ name: StackExchangeName) -> Bytes { attributes.value(number: name.rawValue) }
}
