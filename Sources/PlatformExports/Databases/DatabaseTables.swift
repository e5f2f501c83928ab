/// The tables of an SQLite database that readers know one another's by, found by the bytes of its schema.
///
/// A table's row in the schema begins with its kind, its name, and the name again, without anything between: `table`,
/// `sms`, `sms`, behind a head that says how long these are. Words that somebody sent may hold the three, and no head.
/// These rows may lie on any page, as apps alter their tables for years, and in the log beside the
/// database alone. It is a search and no reading: a reader that is chosen by it opens the database and sees for itself.
struct DatabaseTables {
  /// What was found, by name.
  private(set) var found: Set<String> = []

  /// The first bytes of every database.
  static let magic = Array("SQLite format 3\0".utf8)

  /// The tables that are looked for.
  private static let wanted = [
    "sms", "pdu", "canonical_addresses", "message", "handle", "chat", "chat_message_join", "jid", "messages",
    "chat_list", "wa_contacts", "ZKIKMESSAGE", "ZKIKUSER", "ZWAMESSAGE", "ZWACHATSESSION",
    "ZWAADDRESSBOOKCONTACT", "ZWAZACCOUNT", "ZWAPHONENUMBERLIDPAIR", "Accounts", "Contacts", "Messages",
    "SMSes",
  ]
  private static let needles = wanted.map { (name: $0, bytes: Array(($0 + $0).utf8)) }
  private static let kind = Array("table".utf8)
  /// Bytes of the number that says how long a statement is. With one it would be shorter than any app's, and a text could
  /// hold the head.
  private static let statement = 2...5
  /// Bytes of a head without that number.
  private static let head = 5
  /// Bytes of the longest row's beginning, with its head.
  static let reach = head + statement.upperBound + kind.count + (needles.map(\.bytes.count).max() ?? 0)

  /// Whether bytes are the beginning of a database.
  static func isDatabase(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.starts(with: magic) }

  /// Looks through bytes.
  mutating func look(through bytes: UnsafeBufferPointer<UInt8>) {
    var rest = bytes
    while let place = Self.kind.withUnsafeBufferPointer({ ByteSearch.offset(of: $0, in: rest) }) {
      let start = bytes.count - rest.count + place
      rest = UnsafeBufferPointer(rebasing: rest[(place + Self.kind.count)...])
      for needle in Self.needles where rest.starts(with: needle.bytes) {
        if Self.isHead(bytes, before: start, of: needle.name.utf8.count) { found.insert(needle.name) }
      }
    }
  }

  /// Whether before a row's first text stands the head of a row for a table, by the bytes of its name.
  ///
  ///     07 17 13 13 01 82 1D   its own size; `table`, name and name again as texts; an integer for the page; a statement
  ///
  /// The bytes of the last are no UTF-8 where they stand, so that no text holds them.
  private static func isHead(_ bytes: UnsafeBufferPointer<UInt8>, before end: Int, of count: Int) -> Bool {
    func text(_ count: Int) -> UInt8 { UInt8(truncatingIfNeeded: 13 + 2 * count) }
    return statement.contains { length in
      let start = end - length - head
      guard start >= 0 else { return false }
      return bytes[start] == UInt8(truncatingIfNeeded: head + length) && bytes[start + 1] == text(kind.count)
        && bytes[start + 2] == text(count) && bytes[start + 3] == text(count)
        && (1...6).contains(bytes[start + 4]) && bytes[end - 1] < 0x80
        && bytes[(start + head)..<(end - 1)].allSatisfy { $0 >= 0x80 }
    }
  }

  /// Looks through all that is left of a member.
  mutating func look(through input: MemberInput) throws {
    while true {
      look(through: input.window)
      input.consume(max(input.window.count - Self.reach, 0))
      guard try input.fillMore() else { return }
    }
  }
}
