internal import AccountModel

/// The export of a workspace of Slack.
///
///     users.json                     who is in the workspace
///     channels.json, groups.json     conversations, by name and id; those of two, without names, in dms.json
///     <conversation>/2016-03-25.json the messages of one day
///
/// Ids of users are given anew in each workspace, so that an account is keyed by workspace and id together
/// (`T0BMHLSRH/U0BMYT2FL`); one of which no file says the workspace means something in this source only. Messages of
/// programs are kept in a conversation of their own whose name ends in ` (via bot)`. What Slack wrote itself is set aside.
public struct SlackExportReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "slack-export", title: "Slack workspace export", version: 2)

  private enum File { case users, conversations, day }

  /// Somebody, by the id that the workspace gave.
  struct Person {
    let id: String
    let index: AccountIndex
    let locator: Locator
    var team: String?
  }

  let pass: JSONPass
  var memory = IdentifierMemory()
  var people: [Person] = []
  var positions: [String: Int] = [:]
  var text: [UInt8] = []
  /// Ids of conversations by the names of their folders.
  private var ids: [String: String] = [:]
  private var channels: [(channel: ChannelIndex, folder: String, suffix: String)] = []

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition {
    switch file(head) {
    case .users: .certain
    case .conversations, .day: .likely
    case nil: .no
    }
  }

  private static func file(_ head: MemberHead) -> File? {
    guard head.firstByte == UInt8(ascii: "[") else { return nil }
    if head.contains("\"profile\""), head.contains("\"team_id\""),
      head.contains("\"tz\"") || head.contains("\"real_name\"")
    {
      return .users
    }
    if head.contains("\"ts\""), head.contains("\"type\""), head.contains("\"message\""),
      head.contains("\"text\"")
    {
      return .day
    }
    guard head.contains("\"created\""), head.contains("\"members\"") else { return nil }
    if head.contains("\"creator\""), head.contains("\"is_archived\"") { return .conversations }
    // Conversations of two have neither a name nor somebody who made them.
    return head.path.split(separator: "/").last == "dms.json" ? .conversations : nil
  }

  /// The folder above those of the conversations.
  public static func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isDay = parts.last.map(isDay) ?? false
    return parts.dropLast(isDay ? 2 : 1).joined(separator: "/")
  }

  /// `2016-03-25.json`
  private static func isDay(_ name: Substring) -> Bool {
    guard name.utf8.count == 15, name.hasSuffix(".json") else { return false }
    return TimeText.iso8601(String(name.dropLast(5)))?.precision == .day
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    pass = try JSONPass(limits: context.options.limits)
  }

  private let context: UnitContext

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, options: context.options)
    let pass = pass
    switch Self.file(head) {
    case .users:
      let tally = JSONKeyTally(keys: ["profile"])
      input.tap { tally.feed($0) }
      try pass.read(["$[*]"], of: input, into: writer, unit: { _ in RecordClass.profile.name }) {
        _, value, locator in
        try user(value, locator, into: writer)
      }
      writer.count(.profile, seen: tally[0])
    case .conversations:
      try pass.read(["$[*]"], of: input, into: writer, unit: { _ in JSONPass.fileUnit }) { _, value, _ in
        if let id = value["id"]?.string, let name = value["name"]?.string { ids[name] = id }
      }
    case .day:
      // An entry may hold another message: what it answers, or what was changed.
      let tally = JSONListTally()
      input.tap { tally.feed($0) }
      let folder = input.path.split(separator: "/").dropLast().last.map { String($0) } ?? input.path
      try pass.read(["$[*]"], of: input, into: writer, unit: { _ in RecordClass.message.name }) {
        _, value, locator in
        try message(value, in: folder, locator, into: writer)
      }
      writer.count(.message, seen: tally[0])
    case nil:
      writer.setAside(
        JSONPass.fileUnit, .otherData,
        at: Locator(member: input.member, offset: input.offset), detail: input.path)
    }
  }

  /// The conversation of a folder.
  mutating func channel(_ folder: String, _ suffix: String, _ writer: RecordWriter) -> ChannelIndex {
    if let known = channels.last(where: { $0.folder == folder && $0.suffix == suffix }) {
      return known.channel
    }
    let channel = writer.unnamedChannel()
    channels.append((channel, folder, suffix))
    return channel
  }

  /// Names accounts and conversations, now that all files were seen.
  public mutating func finish(into writer: RecordWriter) throws {
    for (channel, folder, suffix) in channels {
      writer.name(channel, (ids[folder].map { "\(folder) [\($0)]" } ?? folder) + suffix)
      // A direct conversation's id begins with D; that of channels and of groups with C or G.
      if suffix.isEmpty, let id = ids[folder], id.hasPrefix("C") || id.hasPrefix("G") {
        writer.markAsGroup(channel)
      }
    }
    var local = 0
    for person in people where writer.key(of: person.index) == nil {
      if try name(person, writer) { continue }
      local += 1
      writer.key(
        person.index,
        AccountKey(platform: Self.platform, kind: .platformID, scope: .source, value: person.id))
    }
    if local > 0 {
      writer.note(
        "\(context.container): of \(local == 1 ? "1 account" : "\(local) accounts") no file says the workspace "
          + "(users.json does): such an account is one of this source only.")
    }
  }

  /// Gives an account its key, if its workspace is known.
  func name(_ person: Person, _ writer: RecordWriter) throws -> Bool {
    guard let team = person.team, !team.isEmpty else { return false }
    let key = AccountKey(
      platform: Self.platform, kind: .platformID, scope: .platform, value: "\(team)/\(person.id)")
    try writer.name(person.index, key, assertion: .platform, at: person.locator)
    return true
  }

  static let platform = Platform("slack")

  /// The account of an id. Its key waits until its workspace is known.
  mutating func person(
    _ id: String, team: String?, role: AccountRole, _ locator: Locator, _ writer: RecordWriter
  ) -> AccountIndex {
    let position: Int
    if let known = positions[id] {
      position = known
      writer.raise(people[position].index, to: role)
    } else {
      position = people.count
      positions[id] = position
      people.append(
        Person(
          id: id, index: writer.unnamedAccount(Self.platform, role: role, at: locator), locator: locator))
    }
    if people[position].team == nil { people[position].team = team }
    return people[position].index
  }
}
