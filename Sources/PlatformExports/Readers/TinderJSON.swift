internal import AccountModel

/// Tinder's download of an account's data: one file, `data.json`.
///
/// Its messages are the owner's own (`"from": "You"`), under matches that have a number and no name: no other account
/// comes of one. Only where an id of Tinder's own stands in the place of a sender or receiver is there one.
///
/// The owner is keyed by Tinder's id where the file has it, else by the user name of its address on the web, else by a
/// telephone number; with none of these it is an account of this source only.
///
/// Messages are dated as mail is (`Tue, 30 Nov 2021 05:08:21 GMT`), all else in ISO 8601; what has no zone keeps none.
public struct TinderJSONReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "tinder-json", title: "Tinder download (JSON)", version: 1)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]

  private enum Part: Int, CaseIterable {
    case user, matchID, message, advertising, idfa, photo, spotify

    var pattern: String {
      switch self {
      case .user: "$.User"
      case .matchID: "$.Messages[*].match_id"
      case .message: "$.Messages[*].messages[*]"
      case .advertising: "$.Usage.advertising_id"
      case .idfa: "$.Usage.idfa"
      case .photo: "$.Photos[*]"
      case .spotify: "$.Spotify"
      }
    }

    var unit: String {
      switch self {
      case .user: RecordClass.profile.name
      case .matchID: "match"
      case .message: RecordClass.message.name
      case .advertising, .idfa: RecordClass.session.name
      case .photo: "attachment"
      case .spotify: RecordClass.declaredLink.name
      }
    }
  }

  private static let parts = Part.allCases
  private static let patterns = parts.map(\.pattern)
  /// Parts of the file of which something is taken, beside what it counts.
  private static let partsRead: Set<String> = ["User", "Messages", "Photos", "Spotify"]

  let context: UnitContext
  let pass: JSONPass
  var times: ZonelessTimes
  var owner: AccountIndex?
  /// Whether the account has been described.
  var hasUser = false
  /// The match at hand, by its file and its place there, and what calls it.
  var match: (member: UInt32, number: UInt32, channel: ChannelIndex)?

  /// Judges by the keys in the beginning of a member: the counts of days fill it in most downloads.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{") else { return .no }
    if head.contains("\"Usage - Swipes likes\"") || head.contains("\"Usage - Swipes passes\"") {
      return .certain
    }
    let counts: [StaticString] = ["\"app_opens\"", "\"swipes_likes\"", "\"swipes_passes\""]
    if head.contains("\"Usage\""), counts.contains(where: { head.contains($0) }) { return .certain }
    let isUser =
      head.contains("\"User\"") && head.contains("\"age_filter_min\"") && head.contains("\"gender_filter\"")
    let hasMessages =
      head.contains("\"Messages\"") && head.contains("\"match_id\"") && head.contains("\"sent_date\"")
    return isUser || hasMessages ? .likely : .no
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    pass = try JSONPass(limits: context.options.limits)
    times = try ZonelessTimes(context.options)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONListTally(keys: ["messages"], namesAtDepth: 1)
    input.tap { tally.feed($0) }
    var hasAnything = false
    let pass = pass
    let isWhole = try pass.read(
      Self.patterns, of: input, into: writer, unit: { Self.parts[$0.pattern].unit }
    ) { found, value, locator in
      hasAnything = true
      switch Self.parts[found.pattern] {
      case .user: try user(value, locator, into: writer)
      case .matchID:
        let name = FieldText.value(value)
        if !name.isEmpty { writer.name(channel(of: found.index.0, locator.member, writer), name) }
      case .message: try message(value, in: found.index.0, locator, into: writer)
      case .advertising: try devices(value, "advertising-id", locator, into: writer)
      case .idfa: try devices(value, "idfa", locator, into: writer)
      case .photo: writer.setAside("attachment", .media, at: locator, detail: Self.picture(value))
      case .spotify: try spotify(value, locator, into: writer)
      }
    }
    if tally[0] > 0 { writer.count(.message, seen: tally[0]) }
    if tally.names.contains("User") { writer.count(.profile, seen: 1) }
    let unread = tally.names.filter { !$0.hasPrefix("Usage") && !Self.partsRead.contains($0) }
    if !unread.isEmpty {
      writer.note(
        "\(input.path): parts that were not looked at: " + unread.prefix(20).joined(separator: ", "))
    }
    guard isWhole, !hasAnything else { return }
    let isKnown = tally.names.contains { $0.hasPrefix("Usage") }
    writer.setAside(
      JSONPass.fileUnit,
      isKnown ? .otherDownloadData : .unknownLists,
      at: Locator(member: input.member, offset: 0), detail: input.path)
  }

  /// Says where nothing names the owner, and how many times have no zone.
  public mutating func finish(into writer: RecordWriter) throws {
    times.report("Tinder", to: writer)
    guard let owner, writer.key(of: owner) == nil else { return }
    writer.note(
      "\(context.container): nothing here says whose download this is: the owner is an account of this source only."
    )
  }

  /// The account whose download this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, Platform("tinder"), at: locator)
  }

  /// The conversation of a match, which its own name may follow.
  mutating func channel(of number: UInt32, _ member: UInt32, _ writer: RecordWriter) -> ChannelIndex {
    if let match, match.member == member, match.number == number { return match.channel }
    let channel = writer.unnamedChannel()
    writer.name(channel, "match \(UInt64(number) + 1)")
    match = (member, number, channel)
    return channel
  }

  private static func picture(_ value: JSONValue) -> String {
    value.kind == .object ? FieldText.text(value.field("filename", "url", "id")) : FieldText.text(value)
  }

  /// Whether a text is an id as Tinder gives them: 24 hexadecimal digits.
  static func isID(_ text: String) -> Bool {
    text.utf8.count == 24
      && text.utf8.allSatisfy { $0.isDigit || (0x61...0x66).contains($0 | 0x20) }
  }

  /// A time in either way of writing: none where there is none to read, nil where it cannot be read.
  mutating func time(_ written: String) -> ObservedTime? {
    if let time = times.iso8601(written) { return time }
    return TimeText.plausible(MailDate(written)?.time).map { times.take($0) }
  }
}
