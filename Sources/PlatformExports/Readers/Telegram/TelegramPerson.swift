internal import AccountModel

extension RecordWriter {
  /// Somebody whom a contact or a contact card names: by user id where Telegram matched one, else by telephone number.
  ///
  /// - Parameter time: when the contact was saved, or the card sent.
  /// - Returns: nil when there is neither.
  func telegramPerson(
    id: String, phone: String, name: String, _ time: ObservedTime, _ memory: inout IdentifierMemory,
    at locator: Locator
  ) throws -> AccountIndex? {
    let isKnown = !id.isEmpty && id != "0"
    guard isKnown || !phone.isEmpty else { return nil }
    // A short code or a number without its country means something on the owner's telephone only.
    let isInternational = phone.utf8.count(where: \.isDigit) >= 8
    let other = try account(
      AccountKey(
        platform: .telegram, kind: isKnown ? .platformID : .phone,
        scope: isKnown || isInternational ? .platform : .source, value: isKnown ? id : phone),
      role: .mentioned, assertion: isKnown ? .platform : .user, at: locator)
    if isKnown, memory.isNew(other, .phone, phone) {
      try identifier(other, .phone, phone, assertion: .user, time: time, at: locator)
    }
    if memory.isNew(other, .displayName, name) {
      try identifier(
        other, .displayName, name, label: "saved-name", assertion: .user, time: time, at: locator)
    }
    return other
  }
}

extension SetAsideReason {
  /// Telegram Desktop did not know how to write it.
  static let unsupported = Self(
    "unsupported", "is of a kind that the exporting program did not write out", isFault: false)
}
