internal import AccountModel

/// The tables of the access log.
extension GoogleExport {
  /// What was done, from where and with which program: a row each.
  func readLog(_ input: MemberInput, into writer: RecordWriter) throws {
    var table = try ExportTable(input, limit: context.options.limits.recordBytes)
    while let row = try table.next(.login, writer) { try activity(row, into: writer) }
    writer.count(.login, seen: table.finish())
  }

  private func activity(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let written = row["activity timestamp"]
    guard let time = time(written) else {
      return writer.setAside(.login, .badTime, at: row.locator, detail: written)
    }
    guard let address = ValueShape.address(row["ip address"]) else {
      return writer.setAside(.login, .noAddress, at: row.locator, detail: row["ip address"])
    }
    guard let account = try account(row, into: writer) else {
      return writer.setAside(.login, Self.badNumber, at: row.locator, detail: row["gaia id"])
    }
    // An address of Google's own network, or of a network at home, is nobody's.
    let isInner = ["yes", "true", "1"].contains(row["is non-routable ip address"].lowercased())
    // The address and the program of a login that failed are of whoever tried.
    let agent = row["user agent string"]
    let isOwn = !isFailure(row["activity type"])
    if isOwn, !isInner {
      try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: row.locator)
    }
    if isOwn {
      try writer.identifier(
        account, .userAgent, agent, assertion: .platform, time: time, at: row.locator)
    }
    let proxied = [row["proxied host ip address"], row["proxiedhost ip address"]].first { !$0.isEmpty } ?? ""
    let places = ["activity city", "activity region", "activity country"].map { row[$0] }
    let words = [
      row["product name"], row["sub-product name"], row["activity type"],
      isInner ? "from \(address), which is not routed" : isOwn ? "" : "from \(address)",
      isOwn ? "" : agent,
      proxied.isEmpty ? "" : "proxied host \(proxied)",
      places.filter { !$0.isEmpty }.joined(separator: ", "), row["gmail access channel"],
    ]
    try writer.record(
      .login, account: account, time: time, writtenTime: written,
      text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: row.locator)
  }

  private static let badNumber = SetAsideReason(
    "bad-number", "is of an account whose number cannot be read", isFault: true)

  /// The account of a row, by its number; nil where that is damaged, as by a spreadsheet (`1.23457E+11`).
  private func account(_ row: ExportTable.Row, into writer: RecordWriter) throws -> AccountIndex? {
    let number = row["gaia id"]
    if number.isEmpty { return people.unnamed(row.locator, writer) }
    guard GooglePeople.isNumber(number) else { return nil }
    if let known = people.numbered(number) { return known }
    let account = try writer.account(
      GooglePeople.key(number), role: .owner, assertion: .platform, at: row.locator)
    people.isTarget(account, number: number)
    return account
  }

  /// Devices that were signed in.
  func readDevices(_ input: MemberInput, into writer: RecordWriter) throws {
    var table = try ExportTable(input, limit: context.options.limits.recordBytes)
    let columns = table.headers
    // Names of these columns changed.
    let last = columns.first {
      $0.contains("last") && ["timestamp", "time", "date"].contains(where: $0.contains)
    }
    let first = columns.first {
      $0.contains("first") && ["timestamp", "time", "date"].contains(where: $0.contains)
    }
    let known = Set(["gaia id"] + [last].compactMap { $0 })
    while let row = try table.next(.session, writer) {
      let written = [last, first].compactMap { $0.map { row[$0] } }.first { !$0.isEmpty } ?? ""
      guard let time = written.isEmpty ? ObservedTime.none : time(written) else {
        writer.setAside(.session, .badTime, at: row.locator, detail: written)
        continue
      }
      let words = columns.filter { !known.contains($0) && !$0.isEmpty && !row[$0].isEmpty }
        .map { "\($0): \(row[$0])" }
      guard !words.isEmpty || !time.isNone else {
        writer.setAside(.session, .empty, at: row.locator)
        continue
      }
      guard let account = try account(row, into: writer) else {
        writer.setAside(.session, Self.badNumber, at: row.locator, detail: row["gaia id"])
        continue
      }
      try writer.record(
        .session, account: account, time: time, writtenTime: written,
        text: words.joined(separator: "; "), at: row.locator)
    }
    writer.count(.session, seen: table.finish())
  }
}
