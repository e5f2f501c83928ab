/// WhatsApp's "Export chat" (`WhatsApp Chat with X.txt`, `_chat.txt`).
///
/// A local time without zone, the sender as the exporting phone shows it (a saved name, a number, or
/// `~ name` for what strangers call themselves), and the text, which may go over several lines. The layout is
/// that of the first header line; the order of day, month and year is proved by the dates or given.
struct WhatsAppText: ExportReader {
  static let format = ExportFormat(id: "whatsapp-txt", title: "WhatsApp exported chat", version: 9)
  static let options: Set<ReadingOption> = [.dateOrder, .timeZone]

  private let context: UnitContext
  private let clock: ZonedClock?

  init(context: UnitContext) throws {
    self.context = context
    clock = try ZonedClock.make(context.options)
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    var layout: WhatsAppLayout?
    var headers = 0
    var named = 0
    var names: Set<String> = []
    // Of languages whose words are not known the file's name breaks the tie.
    var isKnown = isChatName(head.path)
    for line in head.bytes.split(separator: 0x0A, maxSplits: 200) {
      let bytes = UnsafeBufferPointer(rebasing: line)
      guard case .header(let header) = WhatsAppHeader.scan(bytes) else { continue }
      if layout == nil { layout = header.layout }
      guard header.layout == layout else { continue }
      headers += 1
      let body = String(decoding: bytes[header.body...].prefix(400), as: UTF8.self)
      let colon = body.firstRange(ofBytes: ": ")
      let front = body[..<(colon?.lowerBound ?? body.endIndex)]
      // `[time] <nick> text` is a log of IRC; somebody may be saved as `<3 Mum`.
      if front.first == "<", front.contains("> ") { return .no }
      if body.contains("end-to-end encrypt") { return .certain }
      if colon != nil {
        let name = DirectionMarks.stripped(String(front))
        named += 1
        names.insert(name)
        isKnown = isKnown || WhatsAppSystemText.isPhone(name)
      } else if !isKnown {
        // Telephones that write from left to right put U+200E before WhatsApp's own words.
        isKnown =
          bytes[..<header.body].suffix(3).elementsEqual([0xE2, 0x80, 0x8E])
          || isOwn(DirectionMarks.stripped(body))
      }
    }
    // What programs log has the same lines.
    if layout?.endsInColon == true, !isKnown { return .no }
    if named == 0 { return headers > 0 && head.isWhole ? .possible : .no }
    // A diary of what somebody did has dated lines as well, and a colon in some of them.
    if headers >= 4, named * 2 <= headers, names.count == named, !isKnown { return .no }
    return .likely
  }

  /// Whether a file is called as WhatsApp calls what it exports: `_chat.txt`, `WhatsApp Chat with X.txt`, and in every
  /// language with that word.
  static func isChatName(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return name == "_chat.txt" || name.contains("WhatsApp")
  }

  /// Whether a line under no name is one of WhatsApp's, whoever it names.
  private static func isOwn(_ text: String) -> Bool {
    WhatsAppNumberChange(text) != nil || WhatsAppSystemText.holdsQuotingPhrase(text)
      || WhatsAppMarkedText.isSystem(text, sender: "") { _ in true }
  }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let order = try decideOrder(input)
    var counter = WhatsAppHeaderCount(order.layout)
    input.tap { counter.add($0) }
    let chat = Self.chatName(input.path, context)
    let name = chat ?? (context.root.isEmpty ? input.path : context.root)
    let conversation = WhatsAppConversation(
      layout: order.layout, order: order.order, isOrderGiven: order.isGiven, latest: context.options.latest,
      clock: clock, channel: writer.channel(name), chat: chat.map(WhatsAppChatName.init), place: input.path,
      member: input.member, limit: context.options.limits.recordBytes)
    var lines = LineReader(input, limit: context.options.limits.recordBytes)
    while let line = try lines.next() { try conversation.take(line, writer) }
    try conversation.finish(writer)
    counter.finish()
    writer.count(.message, seen: counter.count - conversation.otherHeaders)
  }

  /// The conversation's name, from the name that WhatsApp gives the file or the archive; nil where it has another.
  private static func chatName(_ path: String, _ context: UnitContext) -> String? {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let container = context.container.split(separator: "/").last.map(String.init) ?? ""
    for (name, prefix, suffix) in [
      (file, "WhatsApp Chat with ", ".txt"), (file, "WhatsApp Chat - ", ".txt"),
      (container, "WhatsApp Chat with ", ".zip"), (container, "WhatsApp Chat - ", ".zip"),
    ] where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
      let chat = DirectionMarks.stripped(String(name.dropFirst(prefix.count).dropLast(suffix.count)))
      if !chat.isEmpty { return chat }
    }
    return nil
  }

  private struct Order {
    var layout: WhatsAppLayout
    var order: ReaderOptions.DateOrder
    var isGiven: Bool
  }

  /// Reads ahead, without consuming, until a date decides the order.
  private func decideOrder(_ input: MemberInput) throws -> Order {
    var layout: WhatsAppLayout?
    var evidence = WhatsAppDateEvidence()
    let given = context.options.dateOrder
    var position = 0
    var searched = 0
    var number: UInt32 = 0
    while position <= WhatsAppDateEvidence.lookAheadLimit {
      let window = input.window
      let from = min(max(position, searched), window.count)
      let newline = window[from...].firstIndex(of: 0x0A)
      if newline == nil {
        searched = window.count
        if window.count <= WhatsAppDateEvidence.lookAheadLimit, try input.fillMore() { continue }
        if position >= window.count { break }
      }
      let end = newline ?? window.count
      number &+= 1
      let line = UnsafeBufferPointer(rebasing: window[position..<end])
      position = end + 1
      guard case .header(let header) = WhatsAppHeader.scan(line) else { continue }
      if layout == nil { layout = header.layout }
      guard let layout, header.layout == layout else { continue }
      if layout.isYearFirst { return Order(layout: layout, order: .yearMonthDay, isGiven: false) }
      if let given {
        if given == .yearMonthDay, layout.yearDigits == 4 {
          throw WhatsAppDateEvidence.inconsistent(
            given, given: true, line: number, written: Self.written(header, line), place: input.path)
        }
        return Order(layout: layout, order: given, isGiven: true)
      }
      evidence.add(header)
      if let order = evidence.decision { return Order(layout: layout, order: order, isGiven: false) }
    }
    guard let layout else {
      throw ExportRefusal(
        "unknown-layout", what: "no line begins with a date and time as WhatsApp writes them",
        place: input.path, advice: "Check that this is an exported chat.")
    }
    if let order = evidence.conclusion { return Order(layout: layout, order: order, isGiven: false) }
    throw evidence.ambiguous(place: input.path, isWhole: input.isExhausted)
  }

  static func written(_ header: WhatsAppHeader, _ line: UnsafeBufferPointer<UInt8>) -> String {
    DirectionMarks.stripped(UnsafeBufferPointer(rebasing: line[header.written]))
  }
}
