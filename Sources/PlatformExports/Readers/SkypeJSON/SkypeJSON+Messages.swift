internal import AccountModel

/// Messages, calls and what the platform wrote.
extension SkypeJSONReader {
  private static let encrypted = SetAsideReason(
    "encrypted", "is encrypted and cannot be read", isFault: false)
  private static let callLog = SetAsideReason(
    "call-log", "stands in the owner's list of calls, not in a conversation", isFault: false)

  /// What an entry is, by its `messagetype`.
  private enum Sort {
    case text, page, media, call, notice, encrypted, unknown

    init(_ name: String) {
      switch name {
      case "Text", "RichText", "RichText/Sms", "RichText/Contacts": self = .text
      case "RichText/Html": self = .page
      case "RichText/UriObject", "RichText/Files", "RichText/Location", "RichText/ScheduledCallInvite",
        "RichText/ScheduledCall", "RichText/Mms", "Poll", "CustomEmoticon", "Text/VideoMessage":
        self = .media
      case "Event/Call": self = .call
      case "Notice", "Nudge", "PopCard", "Event/BingBot", "Event/SkypeVideoMessage", "MessageDelete":
        self = .notice
      default:
        if name.hasPrefix("RichText/Media_") {
          self = .media
        } else if name.hasPrefix("EndToEndEncryption/EncryptedText") {
          self = .encrypted
        } else if [
          "ThreadActivity/", "InviteFreeRelationshipChanged", "Control/", "EndToEndEncryption/", "Signal/",
        ]
        .contains(where: { name.hasPrefix($0) }) {
          self = .notice
        } else {
          self = .unknown
        }
      }
    }
  }

  mutating func message(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let written = value["messagetype"]?.string ?? ""
    let sort = Sort(written)
    let unit: RecordClass = sort == .call ? .call : .message
    func setAside(_ reason: SetAsideReason, _ detail: String) {
      writer.setAside(unit, reason, at: locator, detail: detail)
    }
    let place = [value["conversationid"]?.string ?? "", conversation?.id ?? ""].first { !$0.isEmpty } ?? ""
    if place == "48:calllogs" { return setAside(Self.callLog, place) }
    if place == "48:drafts" { return setAside(.draft, "") }
    switch sort {
    case .notice: return setAside(.system, written)
    case .encrypted: return setAside(Self.encrypted, written)
    case .unknown: return setAside(written.isEmpty ? .malformed : .unknownSort, written)
    default: break
    }
    let from = SkypeIdentity(value["from"]?.string ?? "")
    guard
      let account = try people.account(
        from, name: value["displayName"]?.string ?? "", role: .participant, locator, into: writer)
    else { return setAside(.noAuthor, value["from"]?.string ?? "") }
    let clock = value["originalarrivaltime"]?.string ?? ""
    guard let time = TimeText.plausibleISO8601(clock) else { return setAside(.badTime, clock) }
    let with = SkypeIdentity(place)
    people.note(author: from, with: with, owner: ownIdentity)
    let content = SkypeContent(value["content"]?.stringBytes ?? .empty, isPage: sort == .page)
    if content.replaced > 0 {
      writer.setAside("character", .loneSurrogate, at: locator, count: content.replaced)
    }
    if sort == .call {
      return try call(content, by: account, from, with, time, clock, locator, into: writer)
    }
    let isEmpty = value["content"]?.stringBytes.isEmpty ?? true
    if isEmpty, value["properties"]?.hasField("deletetime") == true { return setAside(.takenBack, "") }
    var isProgram = false
    if case .program = from { isProgram = true }
    if !isProgram { try people.write(content, by: account, time, locator, into: writer) }
    SkypePeople.setAsideAttachments(of: content, locator, writer)
    if sort == .media, content.attachments.isEmpty {
      writer.setAside("attachment", .media, at: locator, detail: written)
    }
    setAsideSigns(value["properties"]?["emotions"], locator, into: writer)
    let channel = channel(isProgram ? BorrowedWords.viaBot.rawValue : "", writer)
    try content.text.bytes.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, channel: channel, time: time, writtenTime: clock, text: $0, at: locator)
    }
  }

  /// A call that ended or was missed, by whoever made it. That it began is said in another entry.
  private mutating func call(
    _ content: SkypeContent, by account: AccountIndex, _ from: SkypeIdentity, _ with: SkypeIdentity,
    _ time: ObservedTime, _ clock: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let isBegun = content.state == "started" || content.state.isEmpty && content.participants.isEmpty
    guard !isBegun else { return writer.setAside(.call, .callBegun, at: locator) }
    var longest = ""
    for participant in content.participants {
      _ = try people.account(
        SkypeIdentity(participant.identity), name: participant.name, role: .participant, locator, into: writer
      )
      if let seconds = Double(participant.duration), seconds > Double(longest) ?? -1 {
        longest = participant.duration
      }
    }
    var other = AccountIndex.none
    if from == with {
      other = ownAccount(locator, writer)
    } else if with != .nobody {
      other = try people.account(with, name: "", role: .participant, locator, into: writer) ?? .none
    }
    let words = ["call", longest.isEmpty ? "" : "\(longest) s", content.state].filter { !$0.isEmpty }
    try writer.record(
      .call, account: account, other: other, channel: channel("", writer), time: time, writtenTime: clock,
      text: words.joined(separator: ", "), at: locator)
  }

  /// Signs under a message: a list, or the same as JSON in a string.
  private func setAsideSigns(_ value: JSONValue?, _ locator: Locator, into writer: RecordWriter) {
    guard let value else { return }
    if let text = value.string {
      let count = text.split(separator: "\"").count { $0 == "mri" }
      if count > 0 { writer.setAside("reaction", .reaction, at: locator, count: count) }
      return
    }
    value.forEachElement { sign in
      var count = 0
      sign["users"]?.forEachElement { _ in count += 1 }
      writer.setAside(
        "reaction", .reaction, at: locator, detail: sign["key"]?.string ?? "", count: max(count, 1))
    }
  }
}
