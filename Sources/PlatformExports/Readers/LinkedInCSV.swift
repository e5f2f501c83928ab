internal import AccountModel

/// LinkedIn's download of a member's data: a zip of tables (`messages.csv`, `Connections.csv`, `Invitations.csv`,
/// `Logins.csv`, `Profile.csv`, …), of which a first part (`Basic_LinkedInDataExport_…`) comes before the whole
/// (`Complete_LinkedInDataExport_…`).
///
/// Columns are found by name; they grew over the years. LinkedIn does not publish what they are: taken is what several
/// others found in downloads.
///
/// Accounts are keyed by the end of their profile's address. The download gives the owner's nowhere as such: it is that of
/// the side that sent what `Invitations.csv` calls outgoing, or received what it calls incoming; else, as an inference, who
/// wrote the drafts, or who stands in all conversations.
public struct LinkedInCSVReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "linkedin-csv", title: "LinkedIn download (CSV)", version: 1)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]

  let context: UnitContext
  var times: ZonelessTimes
  var people = LinkedInPeople()
  var conversations: [String: ChannelIndex] = [:]
  var likelyOwner = LinkedInOwner()
  /// Folders of messages but the inbox, with their numbers of messages.
  var folders: [String: Int] = [:]
  var owner: AccountIndex?
  /// The end of the owner's address, as invitations tell it.
  var ownerSlug: String?
  /// Of those who wrote drafts.
  var drafters: Set<String> = []
  /// What each part of the download says of its owner.
  var marks: [String: Set<String>] = [:]
  private var records = RepeatedRecords()
  private let hasCopies: Bool

  /// Judges by the columns, and by the name where columns are as another program may call them; a mapping that
  /// somebody wrote for the table is surer.
  public static func recognise(_ head: MemberHead) -> Recognition {
    let headers = ExportTable.headers(in: head.bytes, isWhole: head.isWhole) {
      LinkedInFile(head.path, $0) != nil
    }
    return headers.isEmpty ? .no : .likely
  }

  /// The folder in which the parts of the download lie.
  public static func root(of path: String) -> String { LinkedInFile.root(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    times = try ZonelessTimes(context.options)
    var stems: Set<String> = []
    hasCopies = context.memberPaths.contains { path in
      // `messages - Copy.csv`
      let stem = LinkedInFile.stem(of: path)
      return !stems.insert(stem.hasSuffix("copy") ? String(stem.dropLast(4)) : stem).inserted
    }
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let start = Locator(member: input.member, offset: input.offset)
    let path = input.path
    let form = ExportTable.Form(
      escapes: LinkedInFile.escapesQuotes(path), isHeader: { LinkedInFile(path, $0) != nil },
      endsWhole: LinkedInTime.isWhole)
    var table = try ExportTable(input, limit: context.options.limits.recordBytes, form: form)
    guard let file = LinkedInFile(path, table.headers), let unit = file.unit else {
      try input.skipRest()
      let isKnown = LinkedInFile(path, table.headers) != nil
      return writer.setAside(
        JSONPass.fileUnit, isKnown ? .otherDownloadData : .unknownColumns, at: start, detail: path)
    }
    let part = LinkedInFile.part(of: path)
    var tally = RowTally()
    while let row = try table.next(unit, writer) {
      if row.isEmpty {
        writer.setAside(unit, .empty, at: row.locator)
        continue
      }
      tally.rows += 1
      try take(row, file, part, &tally, into: writer)
    }
    writer.count(unit, seen: table.finish())
    // Beside invitations and in profiles only the rows themselves tell how many there are.
    if tally.messages > 0 { writer.count(.message, seen: tally.messages) }
    if tally.links > 0 { writer.count(.declaredLink, seen: tally.links) }
  }

  /// What rows became beside records of their file's class.
  struct RowTally {
    var rows = 0
    /// Words that came with invitations.
    var messages = 0
    /// Accounts elsewhere.
    var links = 0
  }

  private mutating func take(
    _ row: ExportTable.Row, _ file: LinkedInFile, _ part: String, _ tally: inout RowTally,
    into writer: RecordWriter
  ) throws {
    switch file {
    case .messages: try message(row, into: writer)
    case .oldMessages: try oldMessage(row, into: writer)
    case .connections: try connection(row, into: writer)
    case .invitations: try invitation(row, part, &tally, into: writer)
    case .logins: try login(row, into: writer)
    case .challenges: try challenge(row, into: writer)
    case .registration: try registration(row, part, into: writer)
    case .emails: try email(row, part, into: writer)
    case .phones: try phone(row, into: writer)
    case .whatsApp: try phone(row, label: "whatsapp", into: writer)
    case .profile: try profile(row, &tally, into: writer)
    case .verifications: try verification(row, into: writer)
    case .comments: try comment(row, into: writer)
    case .shares: try share(row, into: writer)
    case .other: break
    }
  }

  /// Whether another file of the unit gave the same record: the first part of a download is in the whole once more.
  mutating func isRepeated(
    _ unit: RecordClass, _ values: [String], _ row: ExportTable.Row, _ writer: RecordWriter
  ) -> Bool {
    guard hasCopies else { return false }
    var hasher = Hasher()
    hasher.combine(unit)
    hasher.combine(values)
    guard records.isRepeated(hasher.finalize(), from: UInt64(row.locator.member)) else { return false }
    writer.setAside(unit, .duplicate, at: row.locator)
    return true
  }

  /// The account whose download this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, LinkedInPeople.platform, at: locator)
  }

  /// A time; one that cannot be read costs itself alone.
  mutating func time(_ written: String, _ row: ExportTable.Row, _ writer: RecordWriter) -> ObservedTime {
    guard let time = LinkedInTime.read(written) else {
      writer.setAside("time", .badTime, at: row.locator, detail: written)
      return .none
    }
    return times.take(time)
  }

  /// Names the owner where invitations did not, and says what was seen.
  public mutating func finish(into writer: RecordWriter) throws {
    try checkParts()
    for group in likelyOwner.groups { writer.markAsGroup(group) }
    try nameOwner(into: writer)
    let inFolders = folders.sorted { $0.key < $1.key }.prefix(20).map { "\($0.value) in \($0.key)" }
    if !inFolders.isEmpty {
      writer.note(
        "\(context.container): messages outside the inbox, by folder: \(inFolders.joined(separator: ", "))")
    }
    times.report("LinkedIn", to: writer)
  }

  private mutating func nameOwner(into writer: RecordWriter) throws {
    guard ownerSlug == nil else { return }
    var found: AccountIndex?
    var why = ""
    if drafters.count == 1, let slug = drafters.first {
      found = writer.accounts.firstIndex { $0.key == LinkedInPeople.key(slug) }.map {
        AccountIndex(raw: UInt32($0))
      }
      why = "who wrote the drafts"
    } else if drafters.isEmpty {
      found = likelyOwner.candidate
      why = "who stands in conversations with different others"
    }
    if let found, let key = writer.key(of: found) {
      writer.raise(found, to: .owner)
      if let owner { writer.unite(owner, with: found) }
      return writer.note(
        "\(context.container): there are no invitations with addresses of profiles here, which show whose download this "
          + "is; the owner is taken to be \(key.value), \(why).")
    }
    if owner != nil || !conversations.isEmpty {
      // Those of before 2019 say which are the owner's.
      let messages =
        conversations.isEmpty
        ? "" : ", and what it wrote in messages is another account's, which is not protected with it"
      writer.note(
        "\(context.container): nothing here says which account's download this is (Invitations.csv does): the owner is "
          + "an account of this source only\(messages). Give the whole download.")
    }
  }

  /// Two parts of one download say the same of its owner; two people's, who would become one account, do not.
  private func checkParts() throws {
    var parts = Set(context.memberPaths.map { LinkedInFile.part(of: $0) }).sorted()
    guard parts.count > 1 else { return }
    var known = marks[parts.removeFirst()] ?? []
    while let next = parts.firstIndex(where: { !known.isDisjoint(with: marks[$0] ?? []) }) {
      known.formUnion(marks[parts.remove(at: next)] ?? [])
    }
    guard let left = parts.first else { return }
    throw ExportRefusal(
      "two-downloads",
      what: "lies beside another download, and nothing in the two shows that they are of one account",
      place: left,
      advice:
        "Give each folder alone. Of one account's, the one called Complete_… holds all that Basic_… does.")
  }
}
