public import AccountModel
internal import Columns

/// An account as one source names it.
public struct SourceAccount: Sendable {
  /// The key, once known; an export's owner may be named late or never.
  public internal(set) var key: AccountKey?
  /// The service.
  public internal(set) var platform: Platform
  /// The most that it was seen to do.
  public internal(set) var role: AccountRole
  /// Where it was first mentioned.
  public internal(set) var firstSeen: Locator
  /// An earlier index that turned out to be the same account; the earlier one has the key.
  public internal(set) var sameAs: AccountIndex?
}

/// A file or archive member of a source.
public struct SourceMember: Sendable {
  /// Path within the source, with `/`.
  public let path: String
}

/// What a reader writes into: accounts, identifiers, records, counts and whatever was set aside.
///
/// Records leave in batches through `flush`, so that memory does not grow with the source; accounts, channels
/// and members stay in tables until the source ends.
public final class RecordWriter {
  /// Members, in the order in which they were read.
  public private(set) var members: [SourceMember] = []
  /// JSON path patterns used by locators; the first is empty.
  public private(set) var patterns: [String] = [""]
  /// Accounts, by order of first mention.
  public private(set) var accounts: [SourceAccount] = []
  /// Records that were written, by class.
  public private(set) var imported: [RecordClass: Int] = [:]
  /// What was set aside, by unit and reason.
  public private(set) var setAside: [SetAsideGroup] = []
  /// Remarks for the import log that set nothing aside.
  public private(set) var notes: [String] = []

  /// Called after each full batch, to show how far the reading is.
  var onFlush: (() -> Void)?

  private var batch = RecordBatch()
  private let flush: (borrowing RecordBatch) throws -> Void
  private var accountTokens = Interner()
  private var accountOfToken: [AccountIndex] = []
  private var channelTokens = Interner()
  /// Names that were given late.
  private var channelNames: [ChannelIndex: String] = [:]
  /// Conversations that the export shows to be of more than two.
  var groups: Set<ChannelIndex> = []
  private var seen: [String: Int] = [:]
  private var uncounted: Set<String> = []
  private var setAsideIndex: [String: Int] = [:]
  private var scratch: [UInt8] = []

  /// Makes a writer that hands full batches to `flush`.
  public init(flush: @escaping (borrowing RecordBatch) throws -> Void) { self.flush = flush }

  // MARK: Places

  /// Adds a file or archive member and returns its number for locators.
  public func addMember(path: String) -> UInt32 {
    members.append(SourceMember(path: path))
    return UInt32(members.count - 1)
  }

  /// The number of a JSON path pattern for locators.
  public func pattern(_ text: String) -> UInt16 {
    if let known = patterns.firstIndex(of: text) { return UInt16(known) }
    guard patterns.count < Int(UInt16.max) else { return 0 }
    patterns.append(text)
    return UInt16(patterns.count - 1)
  }

  /// A locator in words: member, JSON path with its positions, line and byte offset, whatever is known.
  public func describe(_ locator: Locator) -> String {
    LocatorText.describe(locator, members: members.map(\.path), patterns: patterns)
  }

  // MARK: Accounts

  /// The account of a key, made at its first mention together with the identifier that its key is.
  ///
  /// A key that means something in this source only becomes no identifier, as another source may use the same
  /// number or sender name for somebody else; a display name does, as what it is.
  ///
  /// - Parameters:
  ///   - assertion: who says that the value names the account.
  ///   - role: the account keeps the highest role that it was ever given.
  ///   - label: what the source calls the identifier.
  public func account(
    _ key: AccountKey, role: AccountRole, assertion: Assertion, label: String = "", at locator: Locator
  ) throws -> AccountIndex {
    var value = key.value
    return try value.withUTF8 {
      try account(
        key.platform, key.kind, key.scope, value: $0, role: role, assertion: assertion, label: label,
        at: locator)
    }
  }

  /// As `account(_:role:assertion:at:)`, without a `String` for an account that was mentioned before.
  public func account(
    _ platform: Platform, _ kind: IdentifierKind, _ scope: AccountScope,
    value: UnsafeBufferPointer<UInt8>, role: AccountRole, assertion: Assertion, label: String = "",
    at locator: Locator
  ) throws -> AccountIndex {
    let token = intern(platform, kind, scope, value)
    if Int(token.raw) < accountOfToken.count {
      let index = resolve(accountOfToken[Int(token.raw)])
      if accounts[Int(index.raw)].role < role { accounts[Int(index.raw)].role = role }
      return index
    }
    let text = String(decoding: value, as: UTF8.self)
    let index = AccountIndex(raw: UInt32(accounts.count))
    accounts.append(
      SourceAccount(
        key: AccountKey(platform: platform, kind: kind, scope: scope, value: text), platform: platform,
        role: role, firstSeen: locator))
    accountOfToken.append(index)
    if scope == .platform || kind == .displayName {
      try identifier(index, kind, text, label: label, assertion: assertion, at: locator)
    }
    return index
  }

  /// An account that has no key yet: the owner of an export whose name is written elsewhere in it.
  public func unnamedAccount(
    _ platform: Platform, role: AccountRole, at locator: Locator
  ) -> AccountIndex {
    accounts.append(SourceAccount(key: nil, platform: platform, role: role, firstSeen: locator))
    return AccountIndex(raw: UInt32(accounts.count - 1))
  }

  /// Gives an unnamed account its key together with the identifier that the key is, or finds that it is an
  /// account already known by that key.
  public func name(
    _ account: AccountIndex, _ key: AccountKey, assertion: Assertion, at locator: Locator
  ) throws {
    guard self.key(account, key) else { return }
    try identifier(resolve(account), key.kind, key.value, assertion: assertion, at: locator)
  }

  /// Gives an unnamed account its key and no identifier, or finds that it is an account already known by that
  /// key.
  ///
  /// - Returns: whether the key is new and now the account's.
  @discardableResult
  public func key(_ account: AccountIndex, _ key: AccountKey) -> Bool {
    let index = resolve(account)
    guard accounts[Int(index.raw)].key == nil else { return false }
    var value = key.value
    let token = value.withUTF8 { intern(key.platform, key.kind, key.scope, $0) }
    if Int(token.raw) < accountOfToken.count {
      unite(index, with: accountOfToken[Int(token.raw)])
      return false
    }
    accountOfToken.append(index)
    accounts[Int(index.raw)].key = key
    accounts[Int(index.raw)].platform = key.platform
    return true
  }

  /// Gives an account a role, if that is higher than the one it has.
  public func raise(_ account: AccountIndex, to role: AccountRole) {
    let index = Int(resolve(account).raw)
    accounts[index].role = max(accounts[index].role, role)
  }

  /// Declares that two accounts of the source are one, known by the key of `other`: an owner named by its
  /// handle, and the display name under which it writes. The role is the higher of the two.
  ///
  /// The later index refers to the earlier one, whichever has the key: accounts are stored in their order.
  public func unite(_ account: AccountIndex, with other: AccountIndex) {
    let index = resolve(account)
    let known = resolve(other)
    guard index != known, index != .none, known != .none else { return }
    let (earlier, later) = index.raw < known.raw ? (index, known) : (known, index)
    accounts[Int(earlier.raw)].role = max(accounts[Int(index.raw)].role, accounts[Int(known.raw)].role)
    accounts[Int(earlier.raw)].key = accounts[Int(known.raw)].key
    accounts[Int(earlier.raw)].platform = accounts[Int(known.raw)].platform
    accounts[Int(later.raw)].sameAs = earlier
  }

  /// The index that stands for an account after namings.
  public func resolve(_ account: AccountIndex) -> AccountIndex {
    var index = account
    while index != .none, let same = accounts[Int(index.raw)].sameAs { index = same }
    return index
  }

  /// The key of an account, after namings; nil while nothing has named it.
  public func key(of account: AccountIndex) -> AccountKey? { accounts[Int(resolve(account).raw)].key }

  private func intern(
    _ platform: Platform, _ kind: IdentifierKind, _ scope: AccountScope,
    _ value: UnsafeBufferPointer<UInt8>
  ) -> TokenID {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: platform.rawValue.utf8)
    scratch.append(0)
    scratch.append(contentsOf: kind.rawValue.utf8)
    scratch.append(scope == .platform ? 1 : 2)
    scratch.append(contentsOf: value)
    return scratch.withUnsafeBufferPointer { accountTokens.intern($0) }
  }

  // MARK: Identifiers and records

  /// Adds an identifier of an account. An empty value is nothing and is passed over.
  public func identifier(
    _ account: AccountIndex, _ kind: IdentifierKind, _ value: String, label: String = "",
    assertion: Assertion, time: ObservedTime = .none, at locator: Locator
  ) throws {
    guard !value.isEmpty else { return }
    batch.identifiers.append(
      SourceIdentifier(
        account: account, kind: kind, assertion: assertion, label: batch.arena.append(label),
        value: batch.arena.append(value), time: time, locator: locator))
    try flushIfFull()
  }

  /// Adds an identifier whose value is valid UTF-8.
  public func identifier(
    _ account: AccountIndex, _ kind: IdentifierKind, value: UnsafeBufferPointer<UInt8>,
    label: StaticString = "", assertion: Assertion, time: ObservedTime = .none, at locator: Locator
  ) throws {
    guard !value.isEmpty else { return }
    let label = label.withUTF8Buffer { batch.arena.append($0) }
    batch.identifiers.append(
      SourceIdentifier(
        account: account, kind: kind, assertion: assertion, label: label, value: batch.arena.append(value),
        time: time, locator: locator))
    try flushIfFull()
  }

  /// The number of a conversation.
  public func channel(_ name: String) -> ChannelIndex {
    ChannelIndex(raw: channelTokens.intern(name).raw)
  }

  /// As `channel(_:)`, from UTF-8.
  public func channel(_ name: UnsafeBufferPointer<UInt8>) -> ChannelIndex {
    ChannelIndex(raw: channelTokens.intern(name).raw)
  }

  /// A conversation of its own whose name stands behind its messages.
  public func unnamedChannel() -> ChannelIndex {
    // No source's own name has a NUL in front.
    let channel = channel("\u{0}\(channelTokens.count)")
    channelNames[channel] = ""
    return channel
  }

  /// Names a conversation that was begun without a name.
  public func name(_ channel: ChannelIndex, _ name: String) { channelNames[channel] = name }

  /// The name of a conversation, with its mark behind it where it is a group's.
  public func channelName(_ channel: ChannelIndex) -> String {
    let name = channelNames[channel] ?? channelTokens.string(TokenID(raw: channel.raw))
    return GroupConversation.name(name, isGroup: groups.contains(channel))
  }

  /// Conversations so far.
  public var channelCount: Int { channelTokens.count }

  /// Adds a record whose text is valid UTF-8.
  public func record(
    _ recordClass: RecordClass, account: AccountIndex, other: AccountIndex = .none,
    assertion: Assertion? = nil, readsAsPlatform: Bool = false, channel: ChannelIndex = .none,
    time: ObservedTime = .none, writtenTime: String = "", text: UnsafeBufferPointer<UInt8>,
    at locator: Locator
  ) throws {
    batch.records.append(
      SourceRecord(
        recordClass: recordClass, account: account, other: other, assertion: assertion,
        readsAsPlatform: readsAsPlatform, channel: channel, time: time,
        writtenTime: batch.arena.append(writtenTime), text: batch.arena.append(text), locator: locator))
    imported[recordClass, default: 0] += 1
    try flushIfFull()
  }

  /// Adds a record whose written time and text are valid UTF-8.
  public func record(
    _ recordClass: RecordClass, account: AccountIndex, channel: ChannelIndex = .none, time: ObservedTime,
    written: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>, at locator: Locator
  ) throws {
    batch.records.append(
      SourceRecord(
        recordClass: recordClass, account: account, other: .none, channel: channel, time: time,
        writtenTime: batch.arena.append(written), text: batch.arena.append(text), locator: locator))
    imported[recordClass, default: 0] += 1
    try flushIfFull()
  }

  /// Adds a record.
  ///
  /// - Parameters:
  ///   - assertion: who says that the two accounts of a declared link belong together: the platform, or
  ///     whoever may have written the line that says so.
  ///   - readsAsPlatform: whether such a line reads as the platform writes them.
  public func record(
    _ recordClass: RecordClass, account: AccountIndex, other: AccountIndex = .none,
    assertion: Assertion? = nil, readsAsPlatform: Bool = false, channel: ChannelIndex = .none,
    time: ObservedTime = .none, writtenTime: String = "", text: String = "", at locator: Locator
  ) throws {
    var text = text
    try text.withUTF8 {
      try record(
        recordClass, account: account, other: other, assertion: assertion, readsAsPlatform: readsAsPlatform,
        channel: channel, time: time, writtenTime: writtenTime, text: $0, at: locator)
    }
  }

  // MARK: Accounting

  /// Adds to the independent count of a unit; for record classes use `RecordClass.name`.
  public func count(_ unit: String, seen number: Int) { seen[unit, default: 0] += number }

  /// Adds to the independent count of a record class.
  public func count(_ recordClass: RecordClass, seen number: Int) {
    count(recordClass.name, seen: number)
  }

  /// Leaves a record class without its independent count: of a part alone it would look like all there is.
  func leaveUncounted(_ recordClass: RecordClass) { uncounted.insert(recordClass.name) }

  /// No platform counts more reactions under a message; two thousand million of these are still an `Int`.
  private static let largestCount = 1 << 32

  /// Notes that something did not become a record.
  public func setAside(
    _ unit: String, _ reason: SetAsideReason, at locator: Locator?, detail: String = "", count: Int = 1
  ) {
    let name = "\(unit)\u{0}\(reason.code)"
    let index: Int
    if let known = setAsideIndex[name] {
      index = known
    } else {
      index = setAside.count
      setAsideIndex[name] = index
      setAside.append(SetAsideGroup(reason: reason, unit: unit, count: 0, examples: []))
    }
    // A number that a file gives may be anything, and many of them must not overflow.
    setAside[index].count += min(max(count, 0), Self.largestCount)
    if setAside[index].examples.count < SetAsideGroup.exampleLimit {
      setAside[index].examples.append(.init(locator: locator, detail: String(detail.prefix(200))))
    }
  }

  /// Notes that a record of a class was set aside.
  public func setAside(
    _ recordClass: RecordClass, _ reason: SetAsideReason, at locator: Locator?, detail: String = "",
    count: Int = 1
  ) {
    setAside(recordClass.name, reason, at: locator, detail: detail, count: count)
  }

  /// Adds a remark to the import log, once.
  public func note(_ text: String) {
    guard notes.count < 100, !notes.contains(text) else { return }
    notes.append(text)
  }

  /// Hands on what is left; the driver calls it after the reader's `finish`.
  public func finish() throws {
    guard !batch.isEmpty else { return }
    try flush(batch)
    batch.removeAll()
  }

  /// One line a unit, sorted by name.
  public var reconciliation: [ReconciliationLine] {
    var units = Set(seen.keys)
    units.formUnion(imported.keys.map(\.name) + setAside.map(\.unit))
    var importedByName: [String: Int] = [:]
    for (recordClass, count) in imported { importedByName[recordClass.name] = count }
    return units.sorted().map { unit in
      ReconciliationLine(
        unit: unit, seen: uncounted.contains(unit) ? nil : seen[unit],
        imported: importedByName[unit, default: 0],
        setAside: setAside.lazy.filter { $0.unit == unit }.reduce(0) { $0 + $1.count })
    }
  }

  private func flushIfFull() throws {
    guard batch.isFull else { return }
    try flush(batch)
    batch.removeAll()
    onFlush?()
  }
}
