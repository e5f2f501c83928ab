internal import AccountModel

/// Dumps of what was written on Reddit, as Pushshift and Arctic Shift give them: comments (`RC_2023-01.zst`) and
/// submissions (`RS_2023-01.zst`) of a month, a community or an account, an object a line, and the answers of their
/// interfaces (`{"data":[…]}`, or the list alone).
///
/// An account is keyed by its id (`t2_…`) where one of its entries gives it, and else by its name, which Reddit compares
/// without case; a name ties it to the same account in a download (`RedditCSVReader`). Texts are given with Reddit's HTML
/// entities undone. Times are UTC.
///
/// Memory grows with accounts and communities, not with entries.
public struct RedditDumpReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(
    id: "reddit-dump", title: "Reddit dump (Pushshift, Arctic Shift)", version: 1)

  static let removed = SetAsideReason(
    "removed", "says only that its words were removed", isFault: false)
  static let ofProgram = SetAsideReason(
    "automoderator", "was written by AutoModerator, a program of Reddit's", isFault: false)
  private static let otherEntry = SetAsideReason(
    "other-entry", "is neither a comment nor a submission", isFault: true)

  private let context: UnitContext
  private let parser: JSONParser
  private let pass: JSONPass
  private var people = RedditDumpPeople()
  private var repeated = RepeatedEntries()
  private var tally = Tally()
  private var text: [UInt8] = []
  private var name: [UInt8] = []

  /// What is noted at the end.
  private struct Tally {
    var edited = 0
    var titlesAlone = 0
    var goneLater = 0
  }

  /// Judges by the fields of the first entries.
  public static func recognise(_ head: MemberHead) -> Recognition { RedditDumpLayout.recognise(head) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    parser = try JSONParser()
    pass = try JSONPass(limits: context.options.limits)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, options: context.options)
    switch RedditDumpLayout(head.bytes) {
    case .lines:
      let counter = LineCount()
      input.tap { counter.add($0) }
      try JSONLines(parser: parser, limits: context.options.limits)
        .read(input, unit: .message, into: writer) { try take($0, $1, into: writer) }
      writer.count(.message, seen: counter.lines)
    case .answer:
      try read(["$.data[*]"], JSONListTally(keys: ["data"]), input, into: writer)
    case .list:
      try read(["$[*]"], JSONListTally(), input, into: writer)
    }
  }

  private mutating func read(
    _ patterns: [String], _ counter: JSONListTally, _ input: MemberInput, into writer: RecordWriter
  ) throws {
    input.tap { counter.feed($0) }
    let pass = pass
    try pass.read(patterns, of: input, into: writer, unit: { _ in RecordClass.message.name }) {
      _, entry, locator in
      try take(entry, locator, into: writer)
    }
    writer.count(.message, seen: counter[0])
  }

  /// Says what was changed behind the authors' first words.
  public mutating func finish(into writer: RecordWriter) throws {
    func note(_ count: Int, _ words: String) {
      if count > 0 { writer.note("\(context.container): \(count) \(words)") }
    }
    note(
      tally.edited,
      "comments and submissions were edited: their words are those of the last wording before the dump was made."
    )
    note(tally.titlesAlone, "submissions are their title alone, as the words below it were removed.")
    note(
      tally.goneLater,
      "comments and submissions were deleted or removed after the dump had them, and are here in their first words."
    )
    note(
      people.sharedNames,
      "names are given to accounts with different ids: what carries such a name and no id is taken for the first one's."
    )
    note(
      parser.mended,
      "entries held lone surrogates, invalid UTF-8 or integers beyond 64 bits and were mended.")
  }

  private mutating func take(
    _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard value.kind == .object else {
      return writer.setAside(.message, .malformed, at: locator, detail: "is no JSON object")
    }
    let entry = RedditDumpEntry(value)
    guard let sort = entry.sort else {
      return writer.setAside(.message, Self.otherEntry, at: locator, detail: entry.id?.scalarText ?? "")
    }
    guard let time = entry.time else {
      return writer.setAside(.message, .badTime, at: locator, detail: entry.created?.scalarText ?? "")
    }
    guard !repeated.isRepeated(entry.id?.stringBytes ?? .empty, sort, at: time) else {
      return writer.setAside(.message, .duplicate, at: locator, detail: entry.id?.string ?? "")
    }
    let author = try people.author(entry, locator, into: writer)
    guard case .account(let account) = author else {
      return writer.setAside(
        .message, author == .program ? Self.ofProgram : .noAuthor, at: locator,
        detail: entry.author?.string ?? "")
    }
    if sort == .submission { try share(entry, account, time, locator, into: writer) }
    guard write(entry, sort) else {
      let words = String(decoding: text, as: UTF8.self)
      return writer.setAside(
        .message, words.isEmpty ? .empty : Self.removed, at: locator, detail: words)
    }
    if entry.isEdited { tally.edited += 1 }
    if entry.isGoneLater { tally.goneLater += 1 }
    let channel = channel(entry.subreddit, writer)
    try text.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, channel: channel, time: time, writtenTime: entry.writtenTime, text: $0,
        at: locator)
    }
  }

  /// Puts an entry's words into `text`; false where there are none, with what stands in their place.
  private mutating func write(_ entry: RedditDumpEntry, _ sort: RedditDumpEntry.Sort) -> Bool {
    text.removeAll(keepingCapacity: true)
    guard sort == .submission else {
      let body = entry.body?.stringBytes ?? .empty
      RedditDumpText.decode(body, into: &text)
      return !body.trimmed.isEmpty && !RedditDumpText.isRemoved(body)
    }
    let title = entry.title?.stringBytes ?? .empty
    let below = entry.selftext?.stringBytes ?? .empty
    let hasTitle = !title.trimmed.isEmpty && !RedditDumpText.isRemoved(title)
    let hasBelow = !below.trimmed.isEmpty && !RedditDumpText.isRemoved(below)
    if hasTitle { RedditDumpText.decode(title, into: &text) }
    if hasTitle, hasBelow { text.append(UInt8(ascii: "\n")) }
    if hasBelow { RedditDumpText.decode(below, into: &text) }
    if hasTitle, !hasBelow, RedditDumpText.isRemoved(below) { tally.titlesAlone += 1 }
    if hasTitle || hasBelow { return true }
    RedditDumpText.decode(below.trimmed.isEmpty ? title : below, into: &text)
    return false
  }

  /// Keeps the link of a submission that is one; the address of one of words is its own, and a picture's the platform's.
  private mutating func share(
    _ entry: RedditDumpEntry, _ account: AccountIndex, _ time: ObservedTime, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    guard let link = entry.url?.stringBytes, RedditDumpText.isShared(link) else { return }
    text.removeAll(keepingCapacity: true)
    RedditDumpText.decode(link, into: &text)
    try text.withUnsafeBufferPointer {
      try writer.identifier(
        account, .url, value: $0, label: "share", assertion: .user, time: time, at: locator)
    }
  }

  /// The community, in which everybody can read what the others write. Of one of a million threads two accounts would
  /// pass for people who could not read each other.
  private mutating func channel(_ subreddit: JSONValue?, _ writer: RecordWriter) -> ChannelIndex {
    guard let subreddit = subreddit?.stringBytes.trimmed, !subreddit.isEmpty else { return .none }
    name.removeAll(keepingCapacity: true)
    name.append(contentsOf: "r/".utf8)
    name.append(contentsOf: subreddit)
    let channel = name.withUnsafeBufferPointer { writer.channel($0) }
    writer.markAsGroup(channel)
    return channel
  }
}
