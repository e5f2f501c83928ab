/// The conversations of an Android phone, by their numbers: with whom each is, as the phone found their numbers to be one
/// however they were written.
struct AndroidThreads {
  /// Addresses with `~` between them.
  private var addresses: [Int64: [UInt8]] = [:]

  /// Members of one conversation, at most.
  private static let memberLimit = 1000

  init(_ database: OpenDatabase) throws {
    guard let threads = try database.table(AndroidThreadColumn.self),
      let recipients = try database.table(AndroidRecipientColumn.self)
    else { return }
    var known: [Int64: [UInt8]] = [:]
    try database.each(of: recipients) { row in
      if let address = DatabaseText.address(row.text(.address)), !address.isEmpty { known[row.id] = address }
    }
    var found: [Int64: [UInt8]] = [:]
    try database.each(of: threads) { row in
      let ids = row.optionalText(.recipients).split(separator: 0x20, maxSplits: Self.memberLimit)
      let members = ids.prefix(Self.memberLimit).map {
        SMSBackupParser.number(Bytes(rebasing: $0)).flatMap { known[$0] }
      }
      // With a member missing, a group would pass for a conversation of two.
      let all = members.compactMap { $0 }
      guard all.count == ids.count, !all.isEmpty else { return }
      found[row.id] = Array(all.joined(separator: [UInt8(ascii: "~")]))
    }
    addresses = found
  }

  /// The addresses of a conversation, with `~` between them; nil when they are not known.
  func addresses(of thread: Int64?) -> [UInt8]? { thread.flatMap { addresses[$0] } }
}
