internal import AccountModel

/// Discord's data package: what the platform hands an account on request.
///
///     Account/user.json                     the account, its relationships and connections
///     Messages/index.json                   names of conversations by id
///     Messages/c<id>/channel.json           a conversation: sort, server, who takes part
///     Messages/c<id>/messages.json (.csv)   what the account wrote there, and nobody else's words
///     Activity/<sort>/events-*.json         an event a line, with address, device and time
///
/// Top folders are written small before December 2025 and in the language of the account; folders of conversations
/// with `c` or without it. Files say by their content what they are, in any order. The owner is keyed by its id from
/// `user.json`, else from the events, when all of these name one account. Times are UTC.
///
/// A package holds events by the hundred thousand, and many a minute: of those that one account caused from one address
/// with one program, one a minute becomes a login.
public struct DiscordPackageReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "discord-package", title: "Discord data package", version: 1)

  /// What a member is.
  enum File { case user, index, channel, messages, table, events, server }

  /// A conversation, of which each file says another part.
  struct Conversation {
    let folder: String
    var channel: ChannelIndex?
    var id = ""
    var name = ""
    var type = ""
    var guild = ""
    var recipients: [(id: String, locator: Locator)] = []
  }

  let limits: ImportLimits
  let pass: JSONPass
  let parser: JSONParser
  var people = DiscordPeople()
  var snowflakes = SnowflakeCheck()
  var owner: AccountIndex?
  var username = Username()
  var mail = Mail()
  var conversations: [Conversation] = []
  private var positions: [String: Int] = [:]
  /// Names of conversations by id.
  var index: [String: String] = [:]
  var events = Events()

  /// The owner's user name, while its number has not been read.
  struct Username {
    var name: (value: String, locator: Locator)?
    var discriminator: String?
  }

  /// The e-mail address of the account, and whether its owner confirmed it, which stand apart in any order.
  struct Mail {
    var address: (value: String, locator: Locator)?
    var isVerified: Bool?
  }

  /// Judges by the keys in the beginning of a member, and by name where two sorts of file look alike.
  public static func recognise(_ head: MemberHead) -> Recognition {
    switch file(head) {
    case .user: head.contains("\"avatar_hash\"") ? .certain : .likely
    case .messages, .events: .certain
    case .table, .index, .channel, .server: .likely
    case nil: .no
    }
  }

  /// The folder in which the package lies.
  public static func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
    let folders = parts.dropLast()
    // Two folders up at most: above them somebody may have laid packages of several people into a `Messages`.
    if let top = folders.suffix(2).lastIndex(where: { topFolders.contains($0.lowercased()) }) {
      return parts[..<top].joined(separator: "/")
    }
    // Of conversations that lie apart from their package those in one folder belong together.
    let isConversation = folders.last.map(isConversationFolder) ?? false
    // Servers lie in a folder of their own beside it.
    let isServer = isConversation && parts.last?.lowercased() == "guild.json"
    return folders.dropLast(isServer ? 2 : isConversation ? 1 : 0).joined(separator: "/")
  }

  /// In English, German, French, Spanish and Portuguese.
  private static let topFolders: Set<String> = [
    "account", "messages", "activity", "konto", "nachrichten", "aktivität", "compte", "activité", "cuenta",
    "mensajes", "actividad", "conta", "mensagens", "atividade",
  ]

  private static func isConversationFolder(_ name: String) -> Bool {
    let digits = name.utf8.drop { $0 == UInt8(ascii: "c") }
    return name.utf8.count - digits.count <= 1 && (15...20).contains(digits.count)
      && digits.allSatisfy(\.isDigit)
  }

  private static func file(_ head: MemberHead) -> File? {
    switch head.firstByte {
    case UInt8(ascii: "["):
      let isMessages =
        head.contains("\"ID\"") && head.contains("\"Timestamp\"") && head.contains("\"Contents\"")
        && (head.contains("\"Attachments\"") || head.path.lowercased().hasSuffix("messages.json"))
      return isMessages ? .messages : nil
    case UInt8(ascii: "{"): return object(head)
    default:
      return head.bytes.starts(with: "ID,Timestamp,Contents".utf8) ? .table : nil
    }
  }

  private static func object(_ head: MemberHead) -> File? {
    // Many programs' logs number their events: an account in one of those is none of Discord's.
    if head.contains("\"event_type\""),
      head.contains("\"client_track_timestamp\"") || head.contains("\"client_send_timestamp\"")
        || head.contains("\"event_source\"") && head.contains("\"event_id\"")
        || head.contains("\"event_id\"") && isEventFile(head.path)
    {
      return .events
    }
    if head.contains("\"username\""), head.contains("\"discriminator\"") || head.contains("\"global_name\""),
      head.contains("\"avatar_hash\"") || head.contains("\"relationships\"")
        || head.contains("\"connections\"") || head.contains("\"premium_until\"")
    {
      return .user
    }
    let parts = head.path.split(separator: "/").suffix(2).map { $0.lowercased() }
    switch parts.last {
    case "guild.json":
      // A server's id and name look as an account's do.
      let isServer = parts.first.map(isConversationFolder) ?? false
      return isServer && head.contains("\"id\"") && head.contains("\"name\"") ? .server : nil
    case "channel.json":
      let isConversation =
        head.contains("\"recipients\"") || head.contains("\"guild\"")
        || parts.first.map(isConversationFolder) ?? false
      return isConversation && head.contains("\"id\"") && head.contains("\"type\"") ? .channel : nil
    case "index.json":
      // Servers have an index of the same form.
      let text = head.bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) || $0 == UInt8(ascii: "{") }
      let digits = text.dropFirst().prefix(while: \.isDigit)
      let isIndex = text.first == UInt8(ascii: "\"") && (15...20).contains(digits.count)
      return isIndex && parts.first.map { topFolders.contains($0) } ?? false ? .index : nil
    default: return nil
    }
  }

  /// `Activity/<sort>/events-*.json`
  private static func isEventFile(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map { $0.lowercased() }
    guard let name = parts.last, name.hasPrefix("events-") else { return false }
    return parts.dropLast().suffix(2).contains { topFolders.contains($0) }
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    limits = context.options.limits
    pass = try JSONPass(limits: limits)
    parser = try JSONParser()
    self.context = context
  }

  private let context: UnitContext

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, options: context.options)
    switch Self.file(head) {
    case .user: try readUser(input, into: writer)
    case .index: try readIndex(input, into: writer)
    case .channel: try readChannel(input, into: writer)
    case .messages: try readMessages(input, into: writer)
    case .table: try readTable(input, into: writer)
    case .events: try readEvents(input, into: writer)
    case .server, nil:
      writer.setAside(
        JSONPass.fileUnit, .otherData,
        at: Locator(member: input.member, offset: input.offset), detail: input.path)
    }
  }

  /// The account whose package this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, .discord, at: locator)
  }

  /// The conversation of the folder in which a member lies.
  mutating func conversation(of path: String) -> Int {
    let folders = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let folder = folders.isEmpty ? path : folders.joined(separator: "/")
    if let known = positions[folder] { return known }
    var conversation = Conversation(folder: folder)
    if let name = folders.last.map(String.init), Self.isConversationFolder(name) {
      conversation.id = name.hasPrefix("c") ? String(name.dropFirst()) : name
    }
    positions[folder] = conversations.count
    conversations.append(conversation)
    return conversations.count - 1
  }

  /// Names the owner where `user.json` did not, and conversations, now that all files were seen.
  public mutating func finish(into writer: RecordWriter) throws {
    try nameOwner(writer)
    for conversation in conversations {
      if let channel = conversation.channel {
        let name = conversation.name.isEmpty ? index[conversation.id] ?? "" : conversation.name
        let title = DiscordPeople.title(name, guild: conversation.guild, id: conversation.id)
        writer.name(channel, title.isEmpty ? conversation.folder : title)
      }
      try recipients(of: conversation, into: writer)
    }
    snowflakes.report(to: writer)
    events.report(to: writer)
  }

  private mutating func nameOwner(_ writer: RecordWriter) throws {
    if let owner, writer.key(of: owner) != nil { return }
    if let (id, locator) = events.onlyUser {
      let account = ownAccount(locator, writer)
      try writer.name(account, DiscordPeople.key(id), assertion: .platform, at: locator)
      writer.note(
        "\(context.container): there is no user.json here; the owner is taken to be the account \(id), "
          + "which all events name.")
    } else if owner != nil {
      writer.note(
        "\(context.container): there is no user.json here, so that nothing says whose words these are: give "
          + "the whole package.")
    }
  }
}
