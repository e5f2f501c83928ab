/// The tables of an SQLite database that readers know one another's by, found by the bytes of its schema.
///
/// A table's row in the schema begins with its kind, its name, and the name again, without anything between: `table`,
/// `sms`, `sms`. These rows may lie on any page, as apps alter their tables for years, and in the log beside the
/// database alone. It is a search and no reading: a reader that is chosen by it opens the database and sees for itself.
struct DatabaseTables {
  /// What was found, by name.
  private(set) var found: Set<String> = []

  /// The first bytes of every database.
  static let magic = Array("SQLite format 3\0".utf8)

  /// The tables that are looked for.
  private static let wanted = [
    "sms", "pdu", "canonical_addresses", "message", "handle", "chat", "chat_message_join", "jid", "messages",
    "chat_list", "wa_contacts", "ZKIKMESSAGE", "ZKIKUSER",
  ]
  private static let needles = wanted.map { (name: $0, bytes: Array(($0 + $0).utf8)) }
  private static let kind = Array("table".utf8)
  /// Bytes of the longest row's beginning.
  static let reach = kind.count + (needles.map(\.bytes.count).max() ?? 0)

  /// Whether bytes are the beginning of a database.
  static func isDatabase(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.starts(with: magic) }

  /// Looks through bytes.
  mutating func look(through bytes: UnsafeBufferPointer<UInt8>) {
    var rest = bytes
    while let place = Self.kind.withUnsafeBufferPointer({ ByteSearch.offset(of: $0, in: rest) }) {
      rest = UnsafeBufferPointer(rebasing: rest[(place + Self.kind.count)...])
      for needle in Self.needles where rest.starts(with: needle.bytes) { found.insert(needle.name) }
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
