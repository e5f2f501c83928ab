internal import AccountModel

/// What the owner wrote for many.
extension LinkedInCSVReader {
  /// A comment, and the address of what it stands under.
  mutating func comment(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let text = row.text("message")
    let link = row["link"]
    guard !isRepeated(.message, ["comment", row["date"], link, text], row, writer) else { return }
    _ = try entry(row, text, link.isEmpty ? "comments" : "comments on \(link)", into: writer)
  }

  /// A post, and where its link leads to. What was passed on without a word has none.
  mutating func share(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let text = row.text("sharecommentary")
    guard !isRepeated(.message, ["post", row["date"], row["sharelink"], text], row, writer) else { return }
    let time = try entry(row, text, "posts", into: writer)
    try writer.identifier(
      ownAccount(row.locator, writer), .url, row["sharedurl"], label: "share", assertion: .user, time: time,
      at: row.locator)
  }

  private mutating func entry(
    _ row: ExportTable.Row, _ text: String, _ channel: String, into writer: RecordWriter
  ) throws -> ObservedTime {
    if !row["mediaurl"].isEmpty {
      writer.setAside("attachment", .media, at: row.locator, detail: row["mediaurl"])
    }
    let account = ownAccount(row.locator, writer)
    let time = time(row["date"], row, writer)
    if text.isEmpty {
      writer.setAside(.message, .empty, at: row.locator)
    } else {
      try writer.record(
        .message, account: account, channel: writer.channel(channel), time: time, writtenTime: row["date"],
        text: text, at: row.locator)
    }
    return time
  }
}
