internal import AccountModel

/// The conversations of Google Chat, whose names stand in files of their own.
struct GoogleChats {
  private var channels: [String: [(channel: ChannelIndex, suffix: String)]] = [:]
  private var names: [String: String] = [:]
  private var members: [String: Int] = [:]

  /// The conversation of a folder; what programs write there is kept apart.
  mutating func channel(of path: String, _ suffix: String, _ writer: RecordWriter) -> ChannelIndex {
    let folder = GoogleReturnReader.folder(of: path)
    if let known = channels[folder]?.first(where: { $0.suffix == suffix }) { return known.channel }
    let channel = writer.unnamedChannel()
    channels[folder, default: []].append((channel, suffix))
    return channel
  }

  mutating func name(_ path: String, _ name: String) { names[GoogleReturnReader.folder(of: path)] = name }

  /// Counts somebody who takes part; their list has the account's owner too.
  mutating func addMember(_ path: String) { members[GoogleReturnReader.folder(of: path), default: 0] += 1 }

  func finish(into writer: RecordWriter) {
    for (folder, found) in channels {
      if let plain = found.first(where: { $0.suffix.isEmpty }), members[folder] ?? 0 > 2 {
        writer.markAsGroup(plain.channel)
      }
      let last = folder.split(separator: "/").last.map(String.init) ?? ""
      let name = names[folder] ?? ""
      let title = BorrowedWords.unmarked(
        name.isEmpty ? last : last.isEmpty ? name : "\(name) [\(last)]")
      for (channel, suffix) in found { writer.name(channel, title + suffix) }
    }
  }
}

/// Google Chat, and the account's own profile.
extension GoogleExport {
  private static let formerText = SetAsideReason(
    "former-text", "is what a message said before it was changed", isFault: false)

  func readMessages(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONListTally(keys: ["messages"])
    input.tap { tally.feed($0) }
    try pass.read(["$.messages[*]"], of: input, into: writer, unit: { _ in RecordClass.message.name }) {
      _, value, locator in
      try message(value, of: input.path, locator, into: writer)
    }
    writer.count(.message, seen: tally[0])
  }

  private func message(
    _ value: JSONValue, of path: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    var files = 0
    value["attached_files"]?.forEachElement { file in
      files += 1
      writer.setAside(
        "attachment", .media, at: locator,
        detail: FieldText.text(file["original_name"] ?? file["export_name"]))
    }
    value["reactions"]?.forEachElement { reaction in
      var number = 0
      reaction["reactor_emails"]?.forEachElement { _ in number += 1 }
      writer.setAside(
        "reaction", .reaction, at: locator, detail: FieldText.text(reaction["emoji"]?["unicode"]),
        count: max(number, 1))
    }
    if value["quoted_message_metadata"] != nil { writer.setAside("quotation", .quoted, at: locator) }
    value["previous_message_versions"]?.forEachElement { _ in
      writer.setAside("former text", Self.formerText, at: locator)
    }
    let text = value["text"]?.string ?? ""
    if text.isEmpty, value.hasField("deleted_date") || FieldText.text(value["message_state"]) == "DELETED" {
      return writer.setAside(.message, .takenBack, at: locator)
    }
    guard let account = try people.person(value["creator"], role: .participant, locator, into: writer) else {
      return writer.setAside(.message, .noAuthor, at: locator)
    }
    guard !text.isEmpty || files > 0 else { return writer.setAside(.message, .empty, at: locator) }
    let written = FieldText.text(value["created_date"])
    guard let time = time(written) else {
      return writer.setAside(.message, .badTime, at: locator, detail: written)
    }
    let isProgram = FieldText.text(value["creator"]?["user_type"]).lowercased() == "bot"
    let borrowed: BorrowedWords? =
      isProgram ? .viaBot : Self.isForwarded(value["quoted_message_metadata"], text) ? .forwarded : nil
    let channel = chats.channel(of: path, borrowed?.rawValue ?? "", writer)
    try writer.record(
      .message, account: account, channel: channel, time: time, writtenTime: written, text: text, at: locator)
  }

  /// Whether a message says no more than the one that it quotes, or forwards that.
  ///
  /// What forwarding looks like in a Takeout is not known: the names are those of Google's interface to Chat, by which a
  /// quotation is a `REPLY`, beneath words of one's own, or a `FORWARD`.
  private static func isForwarded(_ quotation: JSONValue?, _ text: String) -> Bool {
    guard let quotation else { return false }
    let type = FieldText.text(quotation["quote_type"] ?? quotation["quoteType"]).uppercased()
    if type == "FORWARD" || quotation.hasField("forwarded_metadata")
      || quotation.hasField("forwardedMetadata")
    {
      return true
    }
    return !text.isEmpty && text == quotation["text"]?.string
  }

  func readGroup(_ input: MemberInput, into writer: RecordWriter) throws {
    try pass.read(
      ["$.name", "$.members[*]"], of: input, into: writer, unit: { _ in JSONPass.fileUnit }
    ) { match, value, locator in
      if match.pattern == 0 {
        chats.name(input.path, FieldText.value(value))
        return
      }
      chats.addMember(input.path)
      if try people.person(value, role: .mentioned, locator, into: writer) == nil {
        writer.setAside("member", .noAuthor, at: locator)
      }
    }
  }

  func readUser(_ input: MemberInput, into writer: RecordWriter) throws {
    try pass.read(["$.user"], of: input, into: writer, unit: { _ in RecordClass.profile.name }) {
      _, value, locator in
      guard try people.user(value, locator, into: writer) else {
        return writer.setAside(.profile, .noAuthor, at: locator)
      }
    }
  }

  /// What the owner typed of itself.
  func readProfile(_ input: MemberInput, into writer: RecordWriter) throws {
    let patterns = ["$.displayName", "$.name", "$.birthday", "$.emails[*]"]
    try pass.read(patterns, of: input, into: writer, unit: { _ in JSONPass.fileUnit }) {
      match, value, locator in
      let account = people.unnamed(locator, writer)
      let (kind, text): (IdentifierKind, String) =
        switch match.pattern {
        case 0: (.displayName, FieldText.value(value))
        case 1: (.personName, FieldText.value(value["formattedName"]))
        case 2: (.dateOfBirth, FieldText.value(value))
        default: (.email, FieldText.value(value["value"]))
        }
      let isMail = kind == .email
      if isMail, !ValueShape.isEmail(text) {
        return writer.setAside("profile field", .unknownLabel, at: locator, detail: text)
      }
      try writer.identifier(
        account, kind, text, label: isMail ? "profile" : "", assertion: isMail ? .claimed : .user, at: locator
      )
    }
  }
}
