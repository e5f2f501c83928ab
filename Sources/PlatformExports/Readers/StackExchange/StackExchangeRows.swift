internal import AccountModel
internal import CLibXML2

/// Turns the rows of one file into accounts, identifiers and records.
final class StackExchangeRows: XMLElementHandler {
  private let file: StackExchangeFile
  private let people: StackExchangePeople
  private let posts: StackExchangePosts
  private let writer: RecordWriter
  private let member: UInt32
  private let text = StackExchangeText()
  private let channels: Channels
  private var scratch: [UInt8] = []
  private var unknownTypes = UnknownSorts()
  /// Rows that became something.
  private(set) var count = 0

  /// Conversations: of the whole site, as nobody's messages there are for one reader.
  private struct Channels {
    let posts, comments, edits, edited: ChannelIndex

    init(_ writer: RecordWriter) {
      posts = writer.channel("posts")
      comments = writer.channel("comments")
      edits = writer.channel("remarks on edits")
      edited = writer.channel("posts" + BorrowedWords.edited.rawValue)
      for channel in [posts, comments, edits] { writer.markAsGroup(channel) }
    }
  }

  private static let wiki = SetAsideReason(
    "wiki", "is a page that many write, and nobody's own words", isFault: false)
  private static let code = SetAsideReason("code", "is code, and no prose", isFault: false)
  private static let laterWording = SetAsideReason(
    "later-wording", "is a later wording of a post, which repeats what others wrote", isFault: false)
  private static let repeatedWording = SetAsideReason(
    "repeated-wording", "is another wording of a post whose words were read", isFault: false)
  private static let postEvent = SetAsideReason(
    "post-event", "is what happened to a post, and no words of its author", isFault: false)
  private static let hash = SetAsideReason(
    "hash", "is a hash of an address, which is no identifier here", isFault: false)

  init(
    _ file: StackExchangeFile, _ people: StackExchangePeople, _ posts: StackExchangePosts,
    _ writer: RecordWriter, member: UInt32
  ) {
    self.file = file
    self.people = people
    self.posts = posts
    self.writer = writer
    self.member = member
    channels = Channels(writer)
  }

  func start(_ name: UInt32, _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place)
    throws
  {
    guard name == StackExchangeName.row.rawValue, let unit = file.unit else { return }
    count += 1
    let locator = place.locator(member)
    let row = StackExchangeRow(attributes: attributes)
    if place.cut != 0 { return writer.setAside(unit, .tooLarge, at: locator) }
    switch file {
    case .users: try user(row, locator)
    case .posts: try post(row, locator)
    case .comments: try comment(row, locator)
    case .posthistory: try revision(row, locator)
    default: break
    }
  }

  func end(_ name: UInt32, _ place: cog_xml_place) {}

  /// Says what of the whole file was left out.
  func finish() {
    unknownTypes.note(writer)
    writer.setAsideRepairs(repaired: 0, replaced: text.replaced)
  }

  // MARK: Users

  private func user(_ row: StackExchangeRow, _ locator: Locator) throws {
    if row[.id] == "-1" { return writer.setAside(.profile, .system, at: locator) }
    guard
      let account = try people.account(row[.id], role: .mentioned, locator, into: writer)
    else {
      return writer.setAside(.profile, .malformed, at: locator, detail: "no number of an account")
    }
    try people.addNetworkAccount(row[.accountID], to: account, locator, into: writer)
    // Each account is there once: what is written here need not be remembered.
    if !StackExchangePeople.isGiven(row[.displayName]) {
      try writer.identifier(
        account, .displayName, value: row[.displayName], assertion: .user, at: locator)
    }
    let website = row[.websiteURL]
    try writer.identifier(account, .url, value: website, label: "website", assertion: .user, at: locator)
    if !row[.emailHash].isEmpty { writer.setAside("e-mail hash", Self.hash, at: locator) }
    if !row[.profileImageURL].isEmpty { writer.setAside("picture", .media, at: locator) }
    try text.read(html: row[.aboutMe])
    for link in text.links {
      try writer.identifier(account, .url, link, label: "bio", assertion: .user, at: locator)
    }
    let written = row[.creationDate]
    guard let time = written.isEmpty ? ObservedTime.none : Self.time(written) else {
      return writer.setAside(.profile, .badTime, at: locator, detail: Self.quote(written))
    }
    scratch.removeAll(keepingCapacity: true)
    text.withWords { scratch.append(contentsOf: $0) }
    let further: [(label: String, name: StackExchangeName)] = [
      ("location ", .location), ("age ", .age), ("last seen ", .lastAccessDate),
    ]
    for (label, name) in further {
      let value = row[name]
      if value.isEmpty { continue }
      if !scratch.isEmpty { scratch.append(0x0A) }
      scratch.append(contentsOf: label.utf8)
      scratch.append(contentsOf: value)
    }
    try scratch.withUnsafeBufferPointer {
      try writer.record(.profile, account: account, time: time, written: written, text: $0, at: locator)
    }
  }

  // MARK: Posts and comments

  private func post(_ row: StackExchangeRow, _ locator: Locator) throws {
    switch Self.number(row[.postTypeID]) {
    // Questions, answers, and what candidates say of themselves.
    case 1, 2, 6: break
    case 3, 4, 5, 7, 8: return writer.setAside(.message, Self.wiki, at: locator)
    case let type:
      unknownTypes.add(type ?? -1)
      return writer.setAside(.message, .unknownSort, at: locator)
    }
    let owner = row[.ownerUserID]
    let ownerName = row[.ownerDisplayName]
    guard let (account, time) = try author(owner, ownerName, row, locator) else { return }
    let number = Self.number(row[.id]) ?? -1
    if posts.first.contains(number) {
      return writer.setAside(.message, Self.repeatedWording, at: locator)
    }
    try text.read(html: row[.body])
    let editor = row[.lastEditorUserID]
    let editorName = row[.lastEditorDisplayName]
    // A change without an editor is that of an account of which nothing is left.
    let isEditorUnknown = editor.isEmpty && editorName.isEmpty && !row[.lastEditDate].isEmpty
    let isEdited =
      !row[.communityOwnedDate].isEmpty || !editor.isEmpty && !editor.elementsEqual(owner)
      || editor.isEmpty && !editorName.isEmpty && !editorName.elementsEqual(ownerName) || isEditorUnknown
    if !isEdited { posts.last.insert(number) }
    try record(
      row[.title], account, time, row, in: isEdited ? channels.edited : channels.posts,
      isOwn: !isEdited, locator)
  }

  private func comment(_ row: StackExchangeRow, _ locator: Locator) throws {
    guard
      let (account, time) = try author(
        row[.userID], row[.userDisplayName], row, locator)
    else { return }
    try text.read(markdown: row.typed(.text))
    try record(Bytes(start: nil, count: 0), account, time, row, in: channels.comments, isOwn: true, locator)
  }

  // MARK: The history of posts

  private func revision(_ row: StackExchangeRow, _ locator: Locator) throws {
    let post = Self.number(row[.postID]) ?? -1
    let type = Self.number(row[.postHistoryTypeID])
    switch type {
    // The first title and the first body.
    case 1, 2:
      guard
        let (account, time) = try author(
          row[.userID], row[.userDisplayName], row, locator)
      else { return }
      if posts.last.contains(post) {
        return writer.setAside(.message, Self.repeatedWording, at: locator)
      }
      if type == 2 { posts.first.insert(post) }
      try text.read(markdown: row.typed(.text))
      try record(Bytes(start: nil, count: 0), account, time, row, in: channels.posts, isOwn: true, locator)
    // Changes of title, body and tags, and returns to what these were.
    case 4, 5, 6, 7, 8, 9, 24:
      let remark = StackExchangeRemark.own(row[.comment])
      guard !remark.isEmpty else { return writer.setAside(.message, Self.laterWording, at: locator) }
      guard
        let (account, time) = try author(
          row[.userID], row[.userDisplayName], row, locator)
      else { return }
      try writer.record(
        .message, account: account, channel: channels.edits, time: time, written: row[.creationDate],
        text: remark, at: locator)
    default: writer.setAside(.message, Self.postEvent, at: locator)
    }
  }

  // MARK: Parts

  /// Who wrote a row, and when; nil when it was set aside.
  private func author(
    _ id: Bytes, _ name: Bytes, _ row: StackExchangeRow, _ locator: Locator
  ) throws -> (AccountIndex, ObservedTime)? {
    let written = row[.creationDate]
    guard let time = Self.time(written) else {
      writer.setAside(.message, .badTime, at: locator, detail: Self.quote(written))
      return nil
    }
    switch try people.author(id, named: name, role: .participant, locator, into: writer) {
    case .account(let account): return (account, time)
    case .program: writer.setAside(.message, .system, at: locator)
    case .nobody: writer.setAside(.message, .noAuthor, at: locator, detail: Self.quote(id))
    }
    return nil
  }

  /// Writes the text at hand below a title.
  ///
  /// - Parameter isOwn: whether nobody else changed it, so that its links are the author's.
  private func record(
    _ title: Bytes, _ account: AccountIndex, _ time: ObservedTime,
    _ row: StackExchangeRow, in channel: ChannelIndex, isOwn: Bool, _ locator: Locator
  ) throws {
    if text.codeBlocks > 0 {
      writer.setAside("block of code", Self.code, at: locator, count: text.codeBlocks)
    }
    if isOwn {
      for link in text.links {
        try writer.identifier(
          account, .url, link, label: "text-link", assertion: .user, time: time, at: locator)
      }
    }
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: title)
    text.withWords { words in
      if !scratch.isEmpty, !words.isEmpty { scratch.append(0x0A) }
      scratch.append(contentsOf: words)
    }
    try scratch.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, channel: channel, time: time, written: row[.creationDate], text: $0,
        at: locator)
    }
  }

  /// A time, which is UTC though no zone stands behind it.
  private static func time(_ written: Bytes) -> ObservedTime? {
    guard let time = TimeText.plausible(TimeText.iso8601(written)), time.precision != .day else { return nil }
    return ObservedTime(microseconds: time.microseconds, zone: .known, precision: time.precision)
  }

  private static func number(_ bytes: Bytes) -> Int64? { SMSBackupParser.number(bytes) }

  private static func quote(_ bytes: Bytes) -> String { SMSBackupParser.quote(bytes) }
}
