internal import AccountModel

/// Pages of a download as HTML: their parts become what the entries of the same lists are in JSON.
extension MetaDownload {
  init(pages context: UnitContext, platform: Platform?) throws {
    try self.init(context, platform: platform)
    pages.clock = try ZonedClock.make(context.options)
    pages.order = context.options.dateOrder
  }

  mutating func readPage(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, isWhole: false, options: context.options)
    let start = Locator(member: input.member, offset: input.offset)
    guard MetaPage.hasMarks(head), let page = MetaPage(path: input.path) else {
      try input.skipRest()
      writer.setAside(JSONPass.fileUnit, .otherDownloadData, at: start, detail: input.path)
      return
    }
    settle(head, "html", into: writer)
    thread = MetaThread(path: input.path)
    pages.logins = 0
    pages.sessions = 0
    let tally = MetaPageTally()
    input.tap { tally.feed($0) }
    try pages.language.lookAhead(input)
    let limit = context.options.limits.recordBytes
    let stream = MetaPageStream(limit: limit)
    /// Parts that became records of the page's class, or were set aside as such; those that no class marks; and others.
    var (taken, plain, outside, texts) = (0, 0, 0, 0)
    func place(_ part: MetaPagePart) -> Locator {
      Locator(member: input.member, from: part.offset, to: part.end)
    }
    let endsOutside = try HTMLTokenizer(textLimit: limit, handler: stream).read(input) {
      for part in stream.take() {
        switch (try take(part, of: page, place(part), into: writer), part.isPlain) {
        case (true, false): taken += 1
        case (true, true): plain += 1
        case (false, false): outside += 1
        case (false, true): texts += 1
        }
      }
    }
    var broken = 0
    if let part = stream.takeOpen(), !part.isPlain || !part.isBare {
      if !part.isPlain { broken = 1 }
      let reason = stream.isClosed ? SetAsideReason.malformed : .truncated
      writer.setAside(page.recordClass?.name ?? Self.otherPart, reason, at: place(part))
    }
    endThread(writer)
    let end = Locator(member: input.member, offset: input.offset)
    if !(endsOutside && stream.isClosed) {
      writer.setAside(JSONPass.fileUnit, .truncated, at: end, detail: input.path)
    } else if !stream.hasMain || taken + plain + outside == 0 && stream.stray + texts > 1 {
      writer.setAside(JSONPass.fileUnit, .unknownStructure, at: end, detail: input.path)
    }
    if stream.stray > 0 {
      writer.setAside(
        "text", .unlabelled, at: Locator(member: input.member, offset: stream.strayOffset),
        detail: stream.straySample, count: stream.stray)
    }
    writer.setAside(stream.repairs)
    pages.take(
      maker: stream.makerLine, beforeTime: stream.makerBeforeTime,
      at: Locator(member: input.member, offset: stream.makerOffset))
    // A page whose parts no class marks has no second count.
    if let recordClass = page.recordClass, stream.marked > 0 {
      writer.count(recordClass, seen: tally.parts - outside + plain)
    }
    if page == .security, stream.marked > 0 {
      // What the two counts differ by may be a login.
      if pages.sessions > 0 { writer.count(.session, seen: pages.sessions) }
      let missing = tally.parts - outside - taken - broken
      if pages.logins > 0 || missing != 0 { writer.count(.login, seen: pages.logins + missing) }
    }
  }

  /// The unit of parts that are no records.
  static let otherPart = "other entry"

  /// Takes one part of a page.
  ///
  /// - Returns: whether it was counted as a record of the page's class, taken or set aside.
  private mutating func take(
    _ part: MetaPagePart, of page: MetaPage, _ locator: Locator, into writer: RecordWriter
  ) throws -> Bool {
    let unit = page.recordClass?.name ?? Self.otherPart
    if part.isCut {
      writer.setAside(unit, .tooLarge, at: locator)
      return true
    }
    if part.headings > 1 {
      writer.setAside(unit, .unknownStructure, at: locator, detail: part.heading)
      return true
    }
    if part.isPlain, !part.hasFoot, part.fields.isEmpty, part.heading.isEmpty {
      writer.setAside(
        "text", .unlabelled, at: locator, detail: part.blocks.first?.text ?? "",
        count: max(1, part.blocks.count))
      return false
    }
    if part.wideRows > 0 {
      writer.setAside("row", .unknownTable, at: locator, count: part.wideRows)
    }
    switch page {
    case .thread: return try message(part, locator, into: writer)
    case .list(.writing(let sort)):
      try writing(part, sort, locator, into: writer)
      return true
    case .facebookProfile:
      try facebookProfile(part, locator, into: writer)
      return true
    case .list(let list): return try entry(part, of: list, locator, into: writer)
    case .security:
      let entry = entry(of: part, .login(""), isKnown: false, into: writer)
      if entry.first(.ip) != nil {
        pages.logins += 1
        try take(entry, of: .login(""), locator, into: writer)
      } else if [MetaMeaning.cookie, .userAgent, .device].contains(where: { entry.first($0) != nil }) {
        pages.sessions += 1
        try take(entry, of: .session, locator, into: writer)
      } else {
        writer.setAside(Self.otherPart, .otherEntry, at: locator)
      }
      return true
    }
  }

  /// An entry of a list of logins, devices, people or changes.
  private mutating func entry(
    _ part: MetaPagePart, of list: MetaList, _ locator: Locator, into writer: RecordWriter
  ) throws -> Bool {
    // What stands above a list.
    if part.fields.isEmpty, part.links.isEmpty, !part.hasFoot, part.blocks.count <= 1, list.isOfTables {
      writer.setAside("text", .unlabelled, at: locator, detail: part.blocks.first?.text ?? part.heading)
      return false
    }
    let entry = entry(of: part, list, into: writer)
    if entry.time()?.isNone ?? true, !entry.written.isEmpty, list.recordClass != .login {
      writer.setAside("time", .badTime, at: locator, detail: entry.written)
    }
    try take(entry, of: list, locator, into: writer)
    return true
  }

  /// What a part says, in the shape that entries of JSON have.
  ///
  /// - Parameter isKnown: whether the page is; of others nothing says whose addresses of mail and numbers it has.
  private mutating func entry(
    of part: MetaPagePart, _ list: MetaList, isKnown: Bool = true, into writer: RecordWriter
  ) -> MetaEntry {
    let isRelation = list.recordClass == .contact || list.recordClass == .block
    let isAccess = list.recordClass == .login || list.recordClass == .session
    var fields: [MetaField] = []
    var times: [(time: ObservedTime, written: String)] = []
    /// What may be a time and cannot be read.
    var unread = part.feet.first { !$0.isEmpty } ?? ""
    func isTime(_ text: String) -> Bool {
      guard let time = pages.time(text) else { return false }
      times.append((time, text))
      return true
    }
    for foot in part.feet where !foot.isEmpty { _ = isTime(foot) }
    for field in part.fields {
      if isTime(field.value) { continue }
      if MetaPageLabel.isTime(field.label), unread.isEmpty {
        unread = field.value
        continue
      }
      let href = MetaPageLabel.isOfPage(field.href) ? "" : field.href
      var entry = MetaField(label: field.label, value: field.value, href: href, timestamp: nil)
      entry.told = MetaPageLabel.meaning(of: entry, isAccess: isAccess)
      if !isKnown, [MetaMeaning.email, .phone, .handle].contains(entry.meaning) { entry.told = .word }
      fields.append(entry)
    }
    var title = part.heading
    if isRelation, part.fields.isEmpty {
      for block in part.blocks where !block.isLink {
        if isTime(block.text) { continue }
        // Beside a link stands nothing but a time.
        if unread.isEmpty, !part.links.isEmpty { unread = block.text }
        if title.isEmpty, part.links.isEmpty { title = block.text }
      }
      if let link = part.links.first, let name = link.href.split(separator: "/").last {
        let isInstagram = link.href.contains("instagram.com/")
        fields.append(
          MetaField(
            label: "", value: isInstagram ? String(name) : "", href: link.href, timestamp: nil))
      } else if title.isEmpty, let block = part.blocks.first(where: \.isLink) {
        title = block.text
      }
    } else if isAccess {
      for block in part.blocks where !isTime(block.text) {
        fields.append(MetaField(label: "text", value: block.text, href: "", timestamp: nil, told: .word))
      }
    }
    if let instant = TimeText.plausibleISO8601(title), instant.zone == .known {
      for time in times { pages.compare(instant, time.written) }
      return MetaEntry(title: title, fields, .map, time: instant, written: title)
    }
    if isAccess, !title.isEmpty {
      fields.insert(MetaField(label: "action", value: title, href: "", timestamp: nil, told: .word), at: 0)
    }
    // Sessions say when they began and when they were last seen.
    let latest = times.max { $0.time.microseconds < $1.time.microseconds }
    let isInstagram = platform == .instagram || part.links.contains { $0.href.contains("instagram.com/") }
    return MetaEntry(
      title: title, fields, isRelation && isInstagram ? .list : .map, time: pages.used(latest?.time),
      written: latest?.written ?? unread)
  }

  /// Names the owner once all pages are read.
  mutating func finishPages(into writer: RecordWriter) throws {
    if let maker = pages.onlyMaker {
      if platform == .instagram {
        // The profile says the same further down; where it says another name it counts, as it is of one day.
        if people.handle.map({ $0.value == maker.name }) ?? ValueShape.isInstagramHandle(maker.name) {
          people.handle = (maker.name, maker.locator)
          _ = ownAccount(maker.locator, writer)
        }
      } else if people.ownNames.isEmpty, !Self.isDeleted(maker.name) {
        people.ownNames = [maker.name]
      }
    }
    if people.ownNames.isEmpty {
      let named = people.unlabelled.filter { pages.makerLineHolds($0) }.sorted()
      if named.count == 1, let name = named.first, people.participants.first(name) != nil {
        people.ownNames = [name]
        writer.note("the owner is taken to be \(name.debugDescription), whom the profile and the pages name")
      }
    }
    try finish(into: writer)
    pages.report(platform, into: writer)
  }
}

extension MetaList {
  /// Whether its entries are tables: a sentence alone is none of them.
  fileprivate var isOfTables: Bool {
    switch self {
    case .contact, .block, .writing: false
    default: true
    }
  }
}

extension SetAsideReason {
  static let unknownStructure = Self(
    "unknown-structure", "is built in a way that is not known, and was not read", isFault: true)
  static let unlabelled = Self(
    "unlabelled", "stands on a page beside its entries", isFault: false)
}
