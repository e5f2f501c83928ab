internal import AccountModel

/// Writes the models of one report as accounts, identifiers and records.
final class CellebriteRecords {
  let writer: RecordWriter
  let options: ReaderOptions
  private let clock: ZonedClock?
  private let member: UInt32
  /// Records that were written or set aside, for what is lost behind a fault.
  private(set) var done: [RecordClass: Int] = [:]
  var memory = IdentifierMemory()
  var owners = CellebriteOwners()
  var conversations = AddressedConversations()
  private var seen = CellebriteSeen()
  private var states: [String: Int] = [:]
  private var duplicates = (all: 0, related: 0)
  private var timeless = 0
  private var hasOpenDates = false
  /// What the report gives of cards that were in the phone last, in order, and how much more.
  private var ofLastCards: [String] = []
  private var furtherOfLastCards = 0
  private var hasNamedNobody = false
  private var chats = 0
  /// What notes call the source.
  private let source: String

  init(
    _ writer: RecordWriter, member: UInt32, options: ReaderOptions, clock: ZonedClock?,
    of source: String = "report"
  ) {
    self.writer = writer
    self.source = source
    self.member = member
    self.options = options
    self.clock = clock
  }

  /// What a party is, with its account; nil for nobody.
  enum Person {
    case account(AccountIndex)
    case system, nobody

    var account: AccountIndex { if case .account(let index) = self { index } else { .none } }
  }

  // MARK: Accounting

  func setAside(
    _ model: CellebriteModel, _ recordClass: RecordClass, _ reason: SetAsideReason, detail: String = ""
  ) {
    done[recordClass, default: 0] += 1
    writer.setAside(recordClass, reason, at: model.locator, detail: detail)
    for card in model.cards { setAside(card, .contact, reason) }
  }

  /// Counts a record that is written, by what became of it on the phone.
  func take(_ model: CellebriteModel, _ recordClass: RecordClass) {
    done[recordClass, default: 0] += 1
    if !model.state.isEmpty, model.state.lowercased() != "intact" {
      states[states.count < 20 || states[model.state] != nil ? model.state : "other", default: 0] += 1
    }
  }

  /// Whether the same record was read already; it is set aside then.
  func isDuplicate(
    _ model: CellebriteModel, _ recordClass: RecordClass, platform: Platform, _ accounts: [AccountIndex],
    _ place: ChannelIndex, _ time: ObservedTime, _ text: String
  ) -> Bool {
    let isKnown = !model.id.isEmpty && !seen.insert(recordClass, id: model.id)
    // Two pictures sent in one second have no text to tell them apart.
    let isSame =
      !text.isEmpty && !(time.isNone && (recordClass == .message || recordClass == .call))
      && !seen.insert(recordClass, platform, accounts.map { writer.resolve($0) }, place, time, text)
    guard isKnown || isSame else { return false }
    duplicates.all += 1
    if model.isRelated { duplicates.related += 1 }
    setAside(model, recordClass, .duplicate)
    return true
  }

  /// The time of a record; nil for one that cannot be read, and the record is set aside.
  func time(_ model: CellebriteModel, _ recordClass: RecordClass) -> ObservedTime? {
    let reading = CellebriteTime.read(model[.timeStamp], order: options.dateOrder)
    switch reading {
    case .none:
      if recordClass != .contact { timeless += 1 }
      return ObservedTime.none
    case .time(let time): return clock?.assume(time) ?? time
    case .open, .unreadable:
      if case .open = reading, !hasOpenDates {
        hasOpenDates = true
        writer.note(
          "dates such as \(model[.timeStamp].prefix(10)) do not tell the day from the month: --date-order does"
        )
      }
      setAside(model, recordClass, .badTime, detail: String(model[.timeStamp].prefix(80)))
      return nil
    }
  }

  // MARK: Accounts

  /// The phone's own account of a platform, where nothing names it.
  func owner(_ platform: Platform, _ model: CellebriteModel) throws -> AccountIndex {
    let place = CellebriteOwners.Place(phone: owners.phone(of: model.extraction), platform: platform)
    if let known = owners.unnamed[place] {
      owners.add(known, model)
      return known
    }
    let account = writer.unnamedAccount(platform, role: .owner, at: model.locator)
    owners.unnamed[place] = account
    owners.add(account, model)
    if platform == .sms, let phone = options.ownerPhone, !phone.isEmpty {
      if owners.firstOfPhones().isEmpty {
        try writer.name(
          account, AccountKey(platform: .sms, kind: .phone, scope: .platform, value: phone), assertion: .user,
          at: model.locator)
      } else if !hasNamedNobody {
        hasNamedNobody = true
        writer.note("the \(source) is on several phones: nothing says of which --owner is the number")
      }
    }
    return account
  }

  /// The account of an identity.
  func account(
    _ identity: CellebriteIdentity, _ platform: Platform, _ role: AccountRole, _ assertion: Assertion,
    _ locator: Locator
  ) throws -> AccountIndex {
    guard case .account(let kind, let scope, let value, let label, let name) = identity else { return .none }
    let account = try writer.account(
      AccountKey(platform: platform, kind: kind, scope: scope, value: value), role: role,
      assertion: assertion,
      label: label, at: locator)
    try add(name, to: account, label: "shown-name", locator)
    return account
  }

  /// A name that the phone shows, or under which somebody was saved, once for each account and name.
  func add(_ name: String, to account: AccountIndex, label: String, _ locator: Locator) throws {
    let name = DirectionMarks.stripped(name)
    guard account != .none, !name.isEmpty, !NoValue.isNamed(by: name),
      !CellebriteIdentity.isSystem(name.lowercased())
    else { return }
    let key = writer.key(of: account)
    guard key?.value != name, memory.isNew(account, .displayName, name) else { return }
    try writer.identifier(
      account, .displayName, String(name.prefix(500)), label: label, assertion: .user, at: locator)
  }

  /// Who a party is.
  func person(
    _ party: CellebriteParty, _ platform: Platform, _ role: AccountRole, _ model: CellebriteModel,
    assertion: Assertion = .platform
  ) throws -> Person {
    if let known = party.account {
      writer.raise(known, to: role)
      return .account(known)
    }
    let identity = CellebriteIdentity(party.identifier, platform)
    if party.isOwner {
      guard case .account = identity else { return .account(try owner(platform, model)) }
      let account = try account(identity, platform, .owner, assertion, model.locator)
      owners.add(account, model)
      try add(party.name, to: account, label: "shown-name", model.locator)
      return .account(account)
    }
    switch identity {
    case .system: return .system
    case .group: return .nobody
    case .nothing:
      // A name alone means something in this source only.
      let name = DirectionMarks.stripped(party.name)
      if CellebriteIdentity.isSystem(name.lowercased()) { return .system }
      if name.isEmpty || NoValue.isNamed(by: name) { return .nobody }
      return .account(
        try writer.account(
          AccountKey(
            platform: platform, kind: .displayName, scope: .source, value: String(name.prefix(500))),
          role: role, assertion: .user, at: model.locator))
    case .account:
      let account = try account(identity, platform, role, assertion, model.locator)
      try add(party.name, to: account, label: "shown-name", model.locator)
      return .account(account)
    }
  }

  // MARK: Devices

  func device(_ name: String, _ value: String, extraction: String, _ locator: Locator) {
    owners.add(CellebriteDevice.items(name, value, extraction: extraction, locator))
    guard let what = CellebriteDevice.ofLastCard(name), !value.isEmpty, !NoValue.isNamed(by: value) else {
      return
    }
    let words = "\(what) \(value.prefix(40))"
    if ofLastCards.contains(words) { return }
    if ofLastCards.count < 10 { ofLastCards.append(words) } else { furtherOfLastCards += 1 }
  }

  // MARK: Conversations

  /// A number for a chat that has neither id nor name.
  func nextChat() -> Int {
    chats += 1
    return chats
  }

  private static func records(_ count: Int) -> String {
    count == 1 ? "1 record stands" : "\(count) records stand"
  }

  // MARK: The end

  /// Writes what is known once all was read.
  ///
  /// - Parameter isWhole: whether the report was read to its end; else it may have more accounts of the phone's.
  func finish(isWhole: Bool) throws {
    let phones = owners.firstOfPhones()
    for first in phones { _ = try owner(.sms, CellebriteModel(of: first, extraction: first.extraction)) }
    if phones.isEmpty, let first = owners.devices.first { _ = try owner(.sms, CellebriteModel(of: first)) }
    try owners.writeDevices(to: writer)
    if isWhole { owners.nameUnnamed(in: writer) }
    owners.noteDeleted(in: writer)
    if !ofLastCards.isEmpty {
      let more = furtherOfLastCards > 0 ? " and \(furtherOfLastCards) more" : ""
      writer.note(
        "of the card that was in the phone last, which may be a former owner's, nothing is taken: "
          + ofLastCards.joined(separator: ", ") + more)
    }
    if !states.isEmpty {
      let list = states.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
      writer.note("of the records that were taken the \(source) does not call intact: \(list)")
    }
    if duplicates.all > 0 {
      writer.note(
        "\(Self.records(duplicates.all)) in the \(source) more than once"
          + (duplicates.related > 0 || source == "report"
            ? ", \(duplicates.related) of these marked as related" : "")
      )
    }
    if timeless > 0 { writer.note("messages and calls without a time: \(timeless)") }
  }
}
