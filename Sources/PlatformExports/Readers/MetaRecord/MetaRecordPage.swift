internal import AccountModel

/// One page of a return as it is read: what sections begin, and where their fields go.
final class MetaRecordPage: MetaRecordFieldHandler {
  let unit: MetaRecordUnit
  let writer: RecordWriter
  let member: UInt32
  let path: String

  private(set) var section = MetaRecordSection.unknown
  private(set) var sectionName = ""
  private var sectionPlace: Locator
  private var sectionFields = 0
  private var isInSection = false
  /// Records, identifiers and what was set aside, to see which sections gave none.
  var produced = 0
  private var fields = 0
  private var saysNothingFound = false
  /// Sections so far: a record that stands in two of them is one.
  private var sections: UInt32 = 0

  private var row = MetaRecordRow()
  private var starts = MetaRecordRowStarts(byFirstLabel: false)
  /// Whether the row at hand is a comment on another.
  private var isComment = false
  private var logins = MetaRecordLogins()
  /// Whether nothing tells which time belongs to which address of the section.
  private var areLoginsUnordered = false
  var thread = MetaRecordThread()
  var call = MetaRecordCall()
  private(set) var platform: Platform?
  private(set) var target: AccountKey?
  private var ownerAccount: AccountIndex?
  private var parameters = MetaRecordRow()
  var registered: ObservedTime?
  var registeredFrom: String?
  /// Parts of the owner's name.
  var names: [MetaRecordField] = []
  /// What the second count does not see: accounts in lists without a number, and logins without the label of an address.
  var unnumbered: [RecordClass: Int] = [:]

  init(_ unit: MetaRecordUnit, member: UInt32, path: String, _ writer: RecordWriter) {
    self.unit = unit
    self.member = member
    self.path = path
    self.writer = writer
    sectionPlace = Locator(member: member, offset: 0)
  }

  /// What stands where there is nothing.
  private static let nothingFound: Set<String> = [
    "No responsive records", "No responsive records located", "No responsive records found",
    "No responsive records.", "No responsive records located.",
  ]

  // MARK: Sections

  func section(_ name: String, at offset: UInt64) throws {
    try endSection()
    sectionName = name
    section = MetaRecordSection(name)
    sectionPlace = Locator(member: member, offset: offset)
    sections += 1
    isInSection = true
    sectionFields = 0
    produced = 0
    row = MetaRecordRow()
    logins = MetaRecordLogins()
    areLoginsUnordered = false
    thread = MetaRecordThread()
    call = MetaRecordCall()
    parameters = MetaRecordRow()
    switch section {
    case .devices, .cookies, .linkedAccounts, .requests: starts = MetaRecordRowStarts(byFirstLabel: true)
    default: starts = MetaRecordRowStarts(byFirstLabel: false)
    }
  }

  func end() throws { try endSection() }

  private func endSection() throws {
    guard isInSection else { return }
    isInSection = false
    try endRow()
    switch section {
    case .parameters: try readParameters()
    case .logins: try endLogins()
    case .callLog: try endCall()
    case .names: try endNames()
    default: break
    }
    guard sectionFields > 0 else { return }
    let detail = "\(sectionName): \(sectionFields) \(sectionFields == 1 ? "field" : "fields")"
    switch section {
    case .unknown: writer.setAside("section", .unknownSection, at: sectionPlace, detail: detail)
    case .passedOver: writer.setAside("section", .otherSection, at: sectionPlace, detail: detail)
    default:
      if produced == 0 { writer.setAside("section", .emptySection, at: sectionPlace, detail: detail) }
    }
  }

  func stray(_ text: String, at offset: UInt64) {
    writer.setAside(
      "text", .init("unlabelled", "stands beside the fields of a section", isFault: false),
      at: Locator(member: member, offset: offset), detail: text)
  }

  func field(_ field: MetaRecordField) throws {
    if Self.nothingFound.contains(field.value.string) {
      saysNothingFound = true
      guard MetaRecordLabel.isTyped(field.name) else { return }
      var field = field
      field.value.removeAll()
      writer.note(
        "\(path): a text that reads \"No responsive records\" was taken for the platform's word for none")
      return try keep(field)
    }
    try keep(field)
  }

  private func keep(_ field: MetaRecordField) throws {
    if !field.value.isEmpty {
      sectionFields += 1
      fields += 1
    }
    switch section {
    case .parameters: parameters.append(field)
    case .threads: try threadField(field)
    case .callLog: try callField(field)
    case .logins where logins.isHolding:
      if !logins.keep(field) {
        areLoginsUnordered = true
        try endLogins()
      }
    case .logins
    where sectionFields <= 1 && MetaRecordLogins.isTitle(row) && logins.holds(field, of: platform):
      row = MetaRecordRow()
    case .logins, .devices, .cookies, .linkedAccounts, .requests, .writing, .uploads, .messageLog,
      .offlineLog:
      if starts.begins(with: field) { try endRow() }
      row.append(field)
      isComment = starts.isComment
    case .unknown, .passedOver: break
    default:
      if !field.value.isEmpty { try accountField(field) }
    }
  }

  /// Begins the row of a section whose rows begin with one label.
  func beginRow(_ field: MetaRecordField) throws {
    try endRow()
    row.append(field)
  }

  /// Adds to the row at hand; false when none has begun.
  func continueRow(_ field: MetaRecordField) -> Bool {
    if row.isEmpty { return false }
    row.append(field)
    return true
  }

  func endRow() throws {
    let row = self.row
    self.row = MetaRecordRow()
    guard row.fields.contains(where: { !$0.value.isEmpty || $0.name == "author" }) else { return }
    countWithoutLabel(row)
    if row.isCut {
      setAside(recordClass(of: row), .tooLarge, row.locator(member))
      return
    }
    switch section {
    case .logins where areLoginsUnordered:
      setAside(.login, .unorderedLogin, row.locator(member), detail: row.words(without: []))
    case .logins: try login(row)
    case .devices: try device(row)
    case .cookies: try cookie(row)
    case .linkedAccounts: try linkedAccount(row)
    case .requests: try request(row)
    case .writing(let isOwn):
      // The first comment stands in the row of what it is about, the others in rows of their own.
      let parts = row.parts
      try writing(parts.own, isOwn: isOwn && !isComment)
      try writing(parts.comments, isOwn: isOwn && starts.mayBeOwn(parts.comments.fields.first?.name))
    case .uploads: try upload(row)
    case .messageLog: try loggedMessage(row)
    case .offlineLog: try offlineMessage(row)
    case .threads: try message(row)
    default: break
    }
  }

  /// Reads the logins that were held back.
  private func endLogins() throws {
    guard logins.isHolding else { return }
    let held = logins
    logins = MetaRecordLogins()
    let rows = held.rows()
    areLoginsUnordered = areLoginsUnordered || rows == nil
    for row in rows ?? held.rowsAsWritten {
      self.row = row
      try endRow()
    }
  }

  private func recordClass(of row: MetaRecordRow) -> RecordClass {
    switch section {
    case .logins: .login
    case .devices, .cookies: .session
    case .linkedAccounts: .declaredLink
    case .requests: .contact
    case .threads where row.has("call record"): .call
    default: .message
    }
  }

  // MARK: End

  func finish(_ stream: MetaRecordStream, endsOutside: Bool, size: UInt64) throws {
    let place = Locator(member: member, offset: size)
    if !stream.isWhole {
      if !row.isEmpty {
        countWithoutLabel(row)
        setAside(recordClass(of: row), .truncated, row.locator(member))
      }
      for row in logins.rowsAsWritten {
        countWithoutLabel(row)
        setAside(.login, .truncated, row.locator(member))
      }
      if call.id != nil { setAside(.call, .truncated, call.locator(member)) }
      if isInSection, section == .parameters { try readParameters(isWhole: false) }
      writer.setAside(JSONPass.fileUnit, .truncated, at: place, detail: path)
    } else if !endsOutside {
      writer.setAside(JSONPass.fileUnit, .malformed, at: place, detail: "ends inside a tag or a comment")
    } else if fields == 0, !saysNothingFound {
      writer.setAside(JSONPass.fileUnit, .noField, at: place, detail: path)
    }
    writer.setAside(stream.repairs)
    if !stream.marksLabels, fields > 0 {
      writer.note(
        "\(path): nothing marks its labels: a message that is no more than a word such as Author or Time may have "
          + "been taken for one")
    }
    if target == nil, let ownerAccount { unit.ownerless.append((ownerAccount, path)) }
  }

  /// Hands the second count on.
  func count(_ tally: MetaRecordTally) {
    var seen: [RecordClass: Int] = unnumbered
    for (name, counts) in tally.sections {
      switch MetaRecordSection(name) {
      case .logins: seen[.login, default: 0] += counts.count(["ip address", "ip"])
      case .threads:
        let calls = counts.count(["call record"])
        seen[.call, default: 0] += calls
        seen[.message, default: 0] += counts.count(["author"]) - calls
      case .writing: seen[.message, default: 0] += counts.count(MetaRecordLabel.texts(in: name))
      case .messageLog, .offlineLog: seen[.message, default: 0] += counts.count(["timestamp"])
      case .callLog: seen[.call, default: 0] += counts.count(["call id"])
      case .people(let recordClass, _): seen[recordClass, default: 0] += counts.bracketed
      case .requests: seen[.contact, default: 0] += counts.count(["sender"])
      case .addressBook: seen[.contact, default: 0] += counts.numbers
      case .linkedAccounts: seen[.declaredLink, default: 0] += counts.count(["service"])
      default: break
      }
    }
    for recordClass in RecordClass.allCases where seen[recordClass, default: 0] != 0 {
      writer.count(recordClass, seen: seen[recordClass, default: 0])
    }
  }

  // MARK: Owner

  /// Whose account the page is about.
  func owner(_ locator: Locator) throws -> AccountIndex {
    if let ownerAccount { return ownerAccount }
    let account: AccountIndex
    if let target {
      account = try writer.account(target, role: .owner, assertion: .platform, at: locator)
    } else {
      account = writer.unnamedAccount(platform ?? Platform("meta"), role: .owner, at: locator)
    }
    ownerAccount = account
    return account
  }

  /// Whether a number is the owner's.
  func isOwner(_ id: String) -> Bool { target?.kind == .platformID && target?.value == id }

  private func readParameters(isWhole: Bool = true) throws {
    let row = parameters
    parameters = MetaRecordRow()
    guard isWhole, !row.isEmpty else { return }
    let written = [row.text("target"), row.text("account identifier")]
    platform = Self.platform(
      [row.text("service"), row.text("account type")] + written.map { $0.withLineEnds(as: "") })
    if platform == nil {
      writer.note("\(path) does not say whether it is about Facebook, Instagram or WhatsApp")
    }
    let platform = platform ?? Platform("meta")
    let locator = row.locator(member)
    let values = written.flatMap { identifiers($0, platform) }
    let named = values.compactMap { Self.identifier($0.trimmingSpaces, platform) }
    let order: [IdentifierKind] = [.platformID, .phone, .handle, .email]
    let best = order.lazy.compactMap { kind in named.first { $0.kind == kind } }.first
    if target == nil, let best {
      let key = AccountKey(platform: platform, kind: best.kind, scope: .platform, value: best.value)
      target = key
      if !unit.targets.contains(where: { $0.key == key }) { unit.targets.append((key, locator)) }
      if let ownerAccount {
        try writer.name(ownerAccount, key, assertion: .platform, at: locator)
      }
    }
    let owner = try owner(locator)
    for one in named where one.kind != best?.kind || one.value != best?.value {
      // A second number of the same sort is a second account.
      if one.kind == best?.kind, one.kind == .platformID || one.kind == .phone {
        writer.note("\(path) names another account beside its own: \(one.value.prefix(40)) was not taken")
        continue
      }
      try identifier(owner, one.kind, one.value, assertion: .platform, at: locator)
    }
    let isOfAnother = Set(named.filter { $0.kind == .platformID }.map(\.value)).count > 1
    // A link that says the account's own name or number says no more than these: taken for a link to whoever else shows
    // the name, it would weigh the name twice.
    for value in values
    where value.contains("://") && !isOfAnother && Self.identifier(value.trimmingSpaces, platform) == nil {
      try identifier(owner, .profileLink, value.trimmingSpaces, assertion: .platform, at: locator)
    }
    let text = ["service", "account type", "date range"].map { row.text($0) }.filter { !$0.isEmpty }
      .joined(separator: "; ").withLineEnds(as: " ")
    try record(.profile, account: owner, text: text, at: locator)
  }

  // MARK: Writing

  func identifier(
    _ account: AccountIndex, _ kind: IdentifierKind, _ value: String, label: String = "",
    assertion: Assertion, time: ObservedTime = .none, at locator: Locator
  ) throws {
    produced += 1
    let value = value.trimmingSpaces
    if time.isNone, !unit.memory.isNew(account, kind, "\(label)\u{0}\(value)") { return }
    try writer.identifier(
      account, kind, value, label: label, assertion: assertion, time: time, at: locator)
  }

  /// Writes a record, unless another section or page of the return gave the same.
  ///
  /// - Returns: whether it was new.
  @discardableResult
  func record(
    _ recordClass: RecordClass, account: AccountIndex, other: AccountIndex = .none,
    assertion: Assertion? = nil, channel: ChannelIndex = .none, time: ObservedTime = .none, text: String = "",
    detail: String = "", at locator: Locator
  ) throws -> Bool {
    produced += 1
    if [.message, .call, .login].contains(recordClass) {
      var hasher = Hasher()
      hasher.combine(recordClass)
      // A login is the owner's, whom another page of the return may name.
      if recordClass != .login {
        hasher.combine(writer.resolve(account).raw)
      } else if unit.targets.count > 1 {
        hasher.combine(target)
      }
      hasher.combine(channel.raw)
      hasher.combine(time.microseconds)
      hasher.combine(text)
      hasher.combine(detail)
      if unit.records.isRepeated(hasher.finalize(), from: UInt64(member) << 32 | UInt64(sections)) {
        writer.setAside(recordClass, .duplicate, at: locator)
        return false
      }
    }
    try writer.record(
      recordClass, account: account, other: other, assertion: assertion, channel: channel, time: time,
      text: text, at: locator)
    return true
  }

  func setAside(
    _ recordClass: RecordClass, _ reason: SetAsideReason, _ locator: Locator, detail: String = ""
  ) {
    produced += 1
    writer.setAside(recordClass, reason, at: locator, detail: detail)
  }

  func setAside(_ unit: String, _ reason: SetAsideReason, _ locator: Locator, detail: String = "") {
    produced += 1
    writer.setAside(unit, reason, at: locator, detail: detail)
  }
}
