internal import AccountModel

/// Turns the rows of an Android phone's messages into accounts, identifiers and records.
final class AndroidMessages {
  private let database: OpenDatabase
  private let writer: RecordWriter
  private let parties: SMSParties
  private let threads: AndroidThreads
  private let textLimit: Int
  private var unsent = 0
  private var mended = 0

  init(_ database: OpenDatabase, _ options: ReaderOptions) throws {
    self.database = database
    writer = database.writer
    parties = SMSParties(writer, ownerPhone: options.ownerPhone)
    textLimit = options.limits.recordBytes
    threads = try AndroidThreads(database)
  }

  /// Reads all of them.
  func read() throws {
    if let table = try database.table(AndroidSMSColumn.self, isNeeded: true) {
      try database.eachRecord(.message, of: table) { try readSMS($0, $1) }
    }
    if let table = try database.table(AndroidMMSColumn.self) { try readMMS(table) }
    if unsent > 0 { writer.note("\(unsent) messages were written but are not known to have been sent") }
    if mended > 0 { writer.note("\(mended) texts held bytes that are no UTF-8; they became U+FFFD") }
  }

  // MARK: SMS

  private func readSMS(_ row: DatabaseRow<AndroidSMSColumn>, _ locator: Locator) throws {
    _ = try parties.owner(locator)
    guard let type = row.integer(.type) else {
      return writer.setAside(.message, .malformed, at: locator, detail: "no type")
    }
    if type == 3 { return writer.setAside(.message, .draft, at: locator) }
    guard (1...6).contains(type) else {
      return writer.setAside(.message, .malformed, at: locator, detail: "type \(type) is not known")
    }
    guard let time = row.integer(.date).flatMap({ SMSBackupParser.time(milliseconds: $0) }) else {
      return writer.setAside(.message, .badTime, at: locator, detail: row.string(.date))
    }
    guard let written = DatabaseText.address(row.text(.address)), let body = row.text(.body),
      let subject = row.text(.subject)
    else { return writer.setAside(.message, .malformed, at: locator, detail: "a text that is none") }
    if [row.optionalText(.address), subject, body].contains(where: database.isTorn) {
      return writer.setAside(.message, .truncated, at: locator)
    }
    let thread = threads.addresses(of: row.integer(.threadID))
    // A conversation with one other tells whose a message without an address is.
    let lone = thread.flatMap { $0.contains(UInt8(ascii: "~")) ? nil : $0 } ?? []
    let address = written.isEmpty ? lone : written
    let other = try address.withUnsafeBufferPointer {
      try parties.find($0, type == 1 ? .participant : .mentioned, locator)
    }
    let author = type == 1 ? other.account : try parties.owner(locator)
    guard author != .none else {
      return writer.setAside(
        .message, .noAuthor, at: locator, detail: String(decoding: address, as: UTF8.self))
    }
    if type >= 4 { unsent += 1 }
    let channel = thread.map { parties.conversation($0) } ?? other.channel
    var text = Array(subject)
    if !text.isEmpty, !body.isEmpty { text.append(0x0A) }
    text.append(contentsOf: body)
    try text.withUnsafeBufferPointer { bytes in
      try ValidUTF8.with(bytes) { valid, wasMended in
        if wasMended { mended += 1 }
        try writer.record(.message, account: author, channel: channel, time: time, text: valid, at: locator)
      }
    }
  }

  // MARK: MMS

  private func readMMS(_ table: DatabaseTable<AndroidMMSColumn>) throws {
    let addresses = try database.table(AndroidAddressColumn.self)
    let parts = try database.table(AndroidPartColumn.self)
    let addressesOf = try database.links(addresses) { ($0.integer(.messageID), $0.id) }
    let partsOf = try database.links(parts) { ($0.integer(.messageID), $0.id) }
    let address = try addresses.map { try DatabaseLookup($0) }
    let part = try parts.map { try DatabaseLookup($0) }
    try database.eachRecord(.message, of: table) { row, locator in
      guard isMessage(row, locator) else { return }
      var message = begin(row)
      var isTorn = database.isTorn(row.optionalText(.subject))
      let (addressIDs, partIDs) = (
        try addressesOf?.others(of: row.id) ?? [], try partsOf?.others(of: row.id) ?? []
      )
      message.isCut = max(addressIDs.count, partIDs.count) > RowLinks.limit
      for id in addressIDs {
        try look(address, id) { found in
          if let bytes = DatabaseText.address(found.text(.address)) {
            bytes.withUnsafeBufferPointer { message.append($0, role: found.integer(.type)) }
          }
        }
      }
      for id in partIDs {
        try look(part, id) { found in
          isTorn = isTorn || database.isTorn(found.optionalText(.text))
          add(found, to: &message)
        }
      }
      if isTorn { return writer.setAside(.message, .truncated, at: locator) }
      if try message.write(parties, at: locator) { unsent += 1 }
    }
  }

  private func look<Column: DatabaseColumn>(
    _ lookup: DatabaseLookup<Column>?, _ id: Int64, _ body: (DatabaseRow<Column>) -> Void
  ) throws {
    do throws(DatabaseError) {
      if let row = try lookup?.row(id) { body(row) }
    } catch { try database.lose(error, Column.table, id) }
  }

  /// Whether a row is a message: 128 one that was sent, 132 one that was received, and any where the table does not say;
  /// else it is set aside.
  private func isMessage(_ row: DatabaseRow<AndroidMMSColumn>, _ locator: Locator) -> Bool {
    switch row.integer(.messageType) {
    case nil, 128, 132: return true
    case 130: writer.setAside(.message, .notFetched, at: locator)
    case let other?: writer.setAside(.message, .system, at: locator, detail: "report of type \(other)")
    }
    return false
  }

  private func begin(_ row: DatabaseRow<AndroidMMSColumn>) -> MultimediaMessage {
    var message = MultimediaMessage()
    message.box = row.integer(.box).flatMap { Int(exactly: $0) } ?? -1
    message.addresses = threads.addresses(of: row.integer(.threadID)) ?? []
    message.timeText = row.string(.date)
    if let date = row.integer(.date) {
      // Some phones write milliseconds; in seconds these would be thousands of years from now.
      let isSeconds = date.magnitude < SMSBackupParser.earliest.magnitude
      let (milliseconds, overflow) = date.multipliedReportingOverflow(by: isSeconds ? 1000 : 1)
      let time = overflow ? nil : SMSBackupParser.time(milliseconds: milliseconds)
      message.time = time.map {
        ObservedTime(
          microseconds: $0.microseconds, zone: $0.zone, precision: isSeconds ? .second : .millisecond)
      }
    }
    let subject = valid(row.optionalText(.subject))
    // Subjects are stored byte by byte, as if they were Latin-1; 106 says that they are UTF-8.
    let repaired =
      row.integer(.subjectCharset) == 106 ? subject.withUnsafeBufferPointer { Mojibake.repair($0) } : nil
    message.subject = repaired ?? subject
    return message
  }

  private func valid(_ bytes: Bytes) -> [UInt8] {
    ValidUTF8.with(bytes) { valid, wasMended in
      if wasMended { mended += 1 }
      return Array(valid)
    }
  }

  private func add(_ part: DatabaseRow<AndroidPartColumn>, to message: inout MultimediaMessage) {
    let locator = database.locator(AndroidPartColumn.table, part.id)
    let type = part.string(.contentType)
    if part.integer(.sequence) == -1 || MultimediaMessage.isLayout(type) {
      return writer.setAside("smil", .system, at: locator)
    }
    let text = part.optionalText(.text)
    guard !text.isEmpty, MultimediaMessage.holdsWords(type) else {
      // A contact's card is nobody's words, and longer texts may lie in a file beside the database, as pictures do.
      return writer.setAside("media", .media, at: locator, detail: type)
    }
    valid(text).withUnsafeBufferPointer { message.append($0, limit: textLimit) }
  }
}

extension SetAsideReason {
  /// A multimedia message that the phone was told of and did not fetch.
  static let notFetched = Self("not-fetched", "was announced to the phone and never fetched", isFault: false)
}
