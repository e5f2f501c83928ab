public import AccountModel
public import GRDB

/// What the accounts of a case wrote.
public enum AccountTexts {
  /// Reads the text of every message and post, by account and then in the order of import, without accounts that were
  /// restricted or erased, without what they passed on or had a bot say, and without what WhatsApp, Facebook and
  /// Instagram write in the place of media, of messages that were deleted and of signs.
  ///
  /// - Parameter body: called with the case's ids of account and record, the text, and when it was sent.
  public static func forEach(
    _ database: Database,
    _ body: (_ account: Int64, _ record: Int64, _ text: String, _ time: ObservedTime) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT appearance.account, record.id, record.text, account.platform, record.at, record.zone,
          record.precision
        FROM record JOIN appearance ON appearance.id = record.appearance
          JOIN account ON account.id = appearance.account
          LEFT JOIN channel ON channel.source = record.source AND channel.number = record.channel
        WHERE coalesce(NOT \(BorrowedChannels.areThese), TRUE) AND record.class = ? AND record.text <> '' AND appearance.account NOT IN (SELECT account FROM withdrawal)
        ORDER BY appearance.account, record.id
        """, arguments: [RecordClass.message.rawValue])
    while let row = try rows.next() {
      let text: String = row[2]
      let time = ObservedTime(stored: row[4], zone: row[5], precision: row[6])
      let own = own(text, platform: row[3])
      if !own.isEmpty { try body(row[0], row[1], own, time) }
    }
  }

  /// A message without what the platform itself wrote into it; empty where it wrote all.
  static func own(_ text: String, platform: String) -> String {
    switch platform {
    case "whatsapp": WhatsAppWords.own(text)
    case "facebook", "instagram", "meta": MetaWords.own(text)
    default: text
    }
  }
}
