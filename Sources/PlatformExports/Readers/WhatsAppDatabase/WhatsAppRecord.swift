internal import AccountModel

/// A message of WhatsApp's, from its tables on either system and of any generation.
struct WhatsAppRecord {
  let kind: WhatsAppMessageKind
  let author: AccountIndex
  let channel: ChannelIndex
  /// When; nil where it cannot be read or is not plausible.
  let time: ObservedTime?
  /// What stands in the place of a time.
  let writtenTime: String
  let text: Bytes

  /// Writes it, or sets it aside.
  ///
  /// - Returns: whether it was written.
  func write(_ database: OpenDatabase, _ locator: Locator) throws -> Bool {
    let writer = database.writer
    if let reason = kind.reason {
      writer.setAside(.message, reason, at: locator)
      return false
    }
    guard let time else {
      writer.setAside(.message, .badTime, at: locator, detail: writtenTime)
      return false
    }
    if database.isTorn(text) {
      writer.setAside(.message, .truncated, at: locator)
      return false
    }
    guard author != .none else {
      writer.setAside(.message, .noAuthor, at: locator)
      return false
    }
    if case .text = kind, text.isEmpty {
      writer.setAside(.message, .empty, at: locator)
      return false
    }
    var words = text
    switch kind {
    case .media: writer.setAside("media", .media, at: locator)
    case .card:
      writer.setAside("card", .media, at: locator, detail: "a contact card or a place")
      words = Bytes(start: nil, count: 0)
    default: break
    }
    try ValidUTF8.with(words) { valid, _ in
      try writer.record(.message, account: author, channel: channel, time: time, text: valid, at: locator)
    }
    return true
  }
}
