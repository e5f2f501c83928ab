internal import AccountModel

/// What the owner wrote, and what it did with matches that nothing names.
extension HingeJSONReader {
  private enum List: String, CaseIterable {
    case chats, like, match, block, metUp = "we_met", voiceNotes = "voice_notes"

    /// What its entries are counted as.
    var unit: String {
      switch self {
      case .chats: RecordClass.message.name
      case .like: "like"
      case .match: "match"
      case .block: RecordClass.block.name
      case .metUp: "answer"
      case .voiceNotes: "attachment"
      }
    }
  }

  private static let lists = List.allCases
  private static let patterns = lists.map { "$[*].\($0.rawValue)[*]" }
  /// Parts of the names of fields that say who wrote, or to whom. No download that is known has such a field: in one
  /// that has, and in another program's file, a message need not be the owner's.
  private static let sides = [
    "from", "sender", "sent_by", "sentby", "author", "user", "name", "direction", "incoming", "outgoing",
    "receiv", "recipient", "is_me", "isme",
  ]
  private static let nobody = SetAsideReason(
    "names-nobody", "names no account: Hinge gives a match no name", isFault: false)

  mutating func readMatches(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONListTally(keys: Self.lists.map(\.rawValue), namesAtDepth: 2)
    input.tap { tally.feed($0) }
    let pass = pass
    var comments = 0
    try pass.read(
      Self.patterns, of: input, into: writer, unit: { Self.lists[$0.pattern].unit }
    ) { found, value, locator in
      let list = Self.lists[found.pattern]
      guard isObject(value, list.rawValue, locator, writer) else { return }
      switch list {
      case .chats: try message(value, value["body"]?.string ?? "", in: found, locator, into: writer)
      case .like:
        let comment = Self.comment(of: value)
        guard !comment.isEmpty else {
          return writer.setAside(list.unit, Self.nobody, at: locator)
        }
        comments += 1
        try message(value, comment, in: found, locator, into: writer)
      case .match: writer.setAside(list.unit, Self.nobody, at: locator)
      case .block:
        writer.setAside(list.unit, Self.nobody, at: locator, detail: FieldText.text(value["block_type"]))
      case .metUp:
        writer.setAside(
          list.unit, Self.nobody, at: locator, detail: FieldText.text(value["did_meet_subject"]))
      case .voiceNotes:
        writer.setAside(list.unit, .media, at: locator, detail: FieldText.text(value["url"]))
      }
    }
    for (position, list) in Self.lists.enumerated() where tally[position] > 0 {
      writer.count(list.unit, seen: tally[position])
    }
    if comments > 0 {
      // Only the entries themselves tell which likes have words.
      writer.count(List.like.unit, seen: -comments)
      writer.count(.message, seen: comments)
    }
    let unknown = tally.names.filter { List(rawValue: $0) == nil }
    if !unknown.isEmpty {
      writer.note(
        "\(input.path): lists of matches that are not known and were not looked at: "
          + unknown.prefix(20).joined(separator: ", "))
    }
  }

  /// The words that the owner sent with a like, in either of its forms.
  private static func comment(of like: JSONValue) -> String {
    var words = [like["comment"]?.string ?? ""]
    like["like"]?.forEachElement { words.append($0["comment"]?.string ?? "") }
    var said: Set<String> = []
    return words.filter { !$0.isEmpty && said.insert($0).inserted }.joined(separator: "\n")
  }

  /// A message of the owner's; nobody else's are in a download.
  private mutating func message(
    _ value: JSONValue, _ text: String, in found: JSONMatch, _ locator: Locator, into writer: RecordWriter
  ) throws {
    if let side = Self.side(of: value) {
      return writer.setAside(.message, .unknownSender, at: locator, detail: side)
    }
    let written = FieldText.text(value["timestamp"])
    guard let time = times.iso8601(written) else {
      return writer.setAside(.message, .badTime, at: locator, detail: written)
    }
    guard !text.isEmpty else { return writer.setAside(.message, .empty, at: locator) }
    try writer.record(
      .message, account: ownAccount(locator, writer),
      channel: channel(of: found.index.0, locator.member, writer), time: time, writtenTime: written,
      text: text, at: locator)
  }

  /// What an entry, or one of the likes in it, says of who wrote it or to whom.
  private static func side(of entry: JSONValue) -> String? {
    var found: String?
    entry.forEachField { key, field in
      let key = key.lowercased()
      let isSide = key == "to" || sides.contains { key.contains($0) }
      if found == nil, isSide, !field.isNull { found = "\(key) \(FieldText.text(field))" }
    }
    entry["like"]?.forEachElement { inner in
      if found == nil { found = side(of: inner) }
    }
    return found
  }

  /// The conversation of a match, by its place in its file, as Hinge's own page of the download counts them.
  private mutating func channel(
    of number: UInt32, _ member: UInt32, _ writer: RecordWriter
  ) -> ChannelIndex {
    if let match, match.member == member, match.number == number { return match.channel }
    let channel = writer.unnamedChannel()
    writer.name(channel, "match \(UInt64(number) + 1)")
    match = (member, number, channel)
    return channel
  }

  /// What the owner answered to questions, for all to read.
  mutating func readPrompts(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONListTally()
    input.tap { tally.feed($0) }
    let pass = pass
    try pass.read(["$[*]"], of: input, into: writer, unit: { _ in RecordClass.message.name }) {
      _, value, locator in
      guard isObject(value, "an answer", locator, writer) else { return }
      var words = [value["text"]?.string ?? ""]
      value["options"]?.forEachElement { words.append($0.string ?? "") }
      let written = FieldText.text(value.field("user_updated", "created"))
      guard let time = times.iso8601(written) else {
        return writer.setAside(.message, .badTime, at: locator, detail: written)
      }
      let text = words.filter { !$0.isEmpty }.joined(separator: "\n")
      guard !text.isEmpty else {
        return writer.setAside(.message, .empty, at: locator, detail: FieldText.text(value["type"]))
      }
      try writer.record(
        .message, account: ownAccount(locator, writer), channel: writer.channel("prompts"), time: time,
        writtenTime: written, text: text, at: locator)
    }
    writer.count(.message, seen: tally[0])
  }

  mutating func readMedia(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONListTally()
    input.tap { tally.feed($0) }
    let pass = pass
    try pass.read(["$[*]"], of: input, into: writer, unit: { _ in "attachment" }) { _, value, locator in
      guard isObject(value, "a picture", locator, writer) else { return }
      writer.setAside("attachment", .media, at: locator, detail: FieldText.text(value["url"]))
    }
    writer.count("attachment", seen: tally[0])
  }
}
