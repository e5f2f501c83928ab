internal import AccountModel

/// Hinge's download of an account's data as JSON: `user.json`, `matches.json`, `prompts.json`, `media.json`.
///
/// Files say by their keys what they are. All of it is the owner's own side: a match is a list of what the owner did, with
/// times and without a name, and nobody else's words are in it. So no other account comes of one.
///
/// The owner is keyed by the telephone number by which it signs in, else it is an account of this source only.
///
/// Times have no zone, as Hinge writes none; a few end in `Z`.
public struct HingeJSONReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "hinge-json", title: "Hinge download (JSON)", version: 1)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]

  let context: UnitContext
  let pass: JSONPass
  var times: ZonelessTimes
  var owner: AccountIndex?
  /// The match at hand, by its file and its place there.
  var match: (member: UInt32, number: UInt32, channel: ChannelIndex)?

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition { HingeFile(head) == nil ? .no : .likely }

  /// The folder of a file that is called as one of the download; any other stands alone, as a second list of matches in
  /// a folder may be another person's.
  public static func root(of path: String) -> String {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return names.contains(name) ? folder(of: path) : path
  }

  private static let names: Set<String> = ["user.json", "matches.json", "prompts.json", "media.json"]

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    pass = try JSONPass(limits: context.options.limits)
    times = try ZonelessTimes(context.options)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, options: context.options)
    switch HingeFile(head) {
    case .user: try readUser(input, into: writer)
    case .matches: try readMatches(input, into: writer)
    case .prompts: try readPrompts(input, into: writer)
    case .media: try readMedia(input, into: writer)
    case nil:
      let start = Locator(member: input.member, offset: input.offset)
      try input.skipRest()
      writer.setAside(JSONPass.fileUnit, .unknownLists, at: start, detail: input.path)
    }
  }

  /// Says where nothing names the owner, and how many times have no zone.
  public mutating func finish(into writer: RecordWriter) throws {
    times.report("Hinge", to: writer)
    guard let owner, writer.key(of: owner) == nil else { return }
    writer.note(
      "\(context.container): nothing here says whose download this is (the telephone number in user.json does): the "
        + "owner is an account of this source only.")
  }

  /// The account whose download this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, Platform("hinge"), at: locator)
  }

  /// Sets aside a part of a file that is no object.
  func isObject(_ value: JSONValue, _ what: String, _ locator: Locator, _ writer: RecordWriter) -> Bool {
    if value.kind == .object { return true }
    if !value.isNull {
      writer.setAside("other entry", .malformed, at: locator, detail: "\(what) is no object")
    }
    return false
  }
}
