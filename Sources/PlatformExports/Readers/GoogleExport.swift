internal import AccountModel

/// What Google gives to a legal request: the page on a subscriber (`….SubscriberInfo.html`, or the same as text) with the
/// addresses of its logins, the tables of the access log, and chats.
///
/// Nobody has published a real return: labels and columns are those that parsers of others look for, what is not known is
/// counted and named, and a table of which nothing was understood is a fault.
public struct GoogleReturnReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "google-return", title: "Google legal return", version: 3)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]
  /// A return is what the platform gave to a request.
  public static let holdsCommunicationsData = true

  private let export: GoogleExport

  /// Judges by the words of pages and the columns of tables; the folders tell a return from a Takeout.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard let file = GoogleFile(head), GoogleFile.isOfReturn(file, head.path) else { return .no }
    return .likely
  }

  /// What lies beside the folder that bears a return's name; a file in none stands alone, as returns on several accounts
  /// may lie in one folder.
  public static func root(of path: String) -> String { GoogleFile.folderOfReturn(path) ?? path }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { export = try GoogleExport(context, isReturn: true) }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try export.read(input, into: writer)
  }

  /// Brings an account's address and its number together.
  public mutating func finish(into writer: RecordWriter) throws { try export.finish(into: writer) }
}

/// Google's Takeout: what an account's owner downloads of it.
///
///     Takeout/Google Account/<name>.SubscriberInfo.html    number, addresses, names, logins with their addresses
///     Takeout/Access Log Activity/Activities - ….csv       what was done from where, with which program
///     Takeout/Google Chat/Groups/<conversation>/messages.json
///     Takeout/Profile/Profile.json
///
/// Folders and files are named in the account's language; files say by their content what they are. Mail is a mailbox,
/// which another reader reads. What holds no account record (activity, places, photos, browsing) is passed over.
public struct GoogleTakeoutReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "google-takeout", title: "Google Takeout", version: 3)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]

  private let export: GoogleExport

  /// Judges as the reader of returns does.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard let file = GoogleFile(ofExport: head), !GoogleFile.isOfReturn(file, head.path) else { return .no }
    return .likely
  }

  /// The folder `Takeout`; without one, the folder in which those of its parts lie, as two people's may lie side by side.
  public static func root(of path: String) -> String {
    GoogleFile.takeout(of: path) ?? GoogleFile.folderOfParts(path)
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { export = try GoogleExport(context, isReturn: false) }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try export.read(input, into: writer)
  }

  /// Brings an account's address and its number together.
  public mutating func finish(into writer: RecordWriter) throws { try export.finish(into: writer) }
}

/// What the files of a return or a Takeout share.
final class GoogleExport {
  let context: UnitContext
  let isReturn: Bool
  let pass: JSONPass
  let clock: ZonedClock?
  var people: GooglePeople
  var records = RepeatedRecords()
  var chats = GoogleChats()
  private var lastActivity = (text: "", isFailure: false)

  init(_ context: UnitContext, isReturn: Bool) throws {
    self.context = context
    self.isReturn = isReturn
    people = GooglePeople(isReturn: isReturn)
    pass = try JSONPass(limits: context.options.limits)
    clock = try ZonedClock.make(context.options)
  }

  func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, options: context.options)
    switch GoogleFile(head) {
    case .page: try readPage(input, into: writer)
    case .text: try readText(input, into: writer)
    case .log: try readLog(input, into: writer)
    case .devices: try readDevices(input, into: writer)
    case .messages: try readMessages(input, into: writer)
    case .group: try readGroup(input, into: writer)
    case .user: try readUser(input, into: writer)
    case .profile: try readProfile(input, into: writer)
    case .other, nil:
      let start = Locator(member: input.member, offset: input.offset)
      try input.skipRest()
      writer.setAside(JSONPass.fileUnit, .otherData, at: start, detail: input.path)
    }
  }

  /// A time; one that says no zone is UTC where its header says so, else under the zone that the person named.
  func time(_ text: String, isUTC: Bool = false) -> ObservedTime? {
    guard let time = GoogleTime.read(text) else { return nil }
    if isUTC, time.zone == .unknown, time.precision != .day {
      return ObservedTime(microseconds: time.microseconds, zone: .known, precision: time.precision)
    }
    return clock?.assume(time) ?? time
  }

  /// Whether a login came to nothing: its address and its device are of whoever tried.
  ///
  /// Nearly all rows say one of a few words.
  func isFailure(_ activity: String) -> Bool {
    if activity != lastActivity.text { lastActivity = (activity, FailedLogin.isSaid(in: activity)) }
    return lastActivity.isFailure
  }

  func finish(into writer: RecordWriter) throws {
    chats.finish(into: writer)
    try people.finish(context.container, into: writer)
    clock?.report(to: writer)
  }
}
