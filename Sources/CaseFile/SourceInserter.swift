public import AccountModel
internal import Columns
public import Foundation
public import GRDB

/// What is stored of a source as such.
public struct NewSource: Sendable {
  /// SHA-256 of its bytes, or of its members' digests and paths; in hexadecimal.
  public var sha256: String
  /// Id of its format.
  public var format: String
  /// Version of the reader.
  public var formatVersion: Int
  /// What people call it: the file's or folder's name, with the root of the unit inside.
  public var name: String
  /// Where it was when it was imported.
  public var path: String
  /// Common root of its members; empty for a lone file.
  public var root: String
  /// Its size.
  public var bytes: Int64
  /// JSON of the options that the import was made with.
  public var settings: String
  /// Reference of the authorisation, for communications data.
  public var authorisation: String?

  /// Makes a source.
  public init(
    sha256: String, format: String, formatVersion: Int, name: String, path: String, root: String,
    bytes: Int64, settings: String, authorisation: String?
  ) {
    self.sha256 = sha256
    self.format = format
    self.formatVersion = formatVersion
    self.name = name
    self.path = path
    self.root = root
    self.bytes = bytes
    self.settings = settings
    self.authorisation = authorisation
  }
}

/// Stores one source: records and sightings as they come, accounts at the end.
///
/// Used inside one transaction, which makes the import all or nothing. An account as the source names it is an
/// appearance; its id is made of the source's id and its index, so that records can be stored before the
/// account behind an appearance is known, and several sources of one archive can be stored side by side:
///
///     id = source << 32 | index        (appearances by index, records by order)
public final class SourceInserter {
  /// The stored source's id.
  public let source: Int64
  private let database: Database
  private let insertRecord: BoundStatement
  private let insertSighting: BoundStatement
  private var recordID: Int64
  private var values: ValueTable
  private var activity: [Activity] = []
  private var authors: ChannelAuthors

  private struct Activity {
    var records: Int64 = 0
    var first: Int64?
    var last: Int64?
  }

  /// Begins a source.
  public init(_ database: Database, _ new: NewSource, now: Date) throws {
    self.database = database
    try database.execute(
      sql: """
        INSERT INTO source (sha256, format, format_version, name, path, root, bytes, settings,
          authorisation, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        new.sha256, new.format, new.formatVersion, new.name, new.path, new.root, new.bytes, new.settings,
        new.authorisation, CaseDatabase.timestamp(now),
      ])
    source = database.lastInsertedRowID
    recordID = source << 32
    values = try ValueTable(database)
    authors = try ChannelAuthors(database, source: source)
    insertRecord = try BoundStatement(
      database, "INSERT INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
    insertSighting = try BoundStatement(
      database,
      """
      INSERT INTO sighting (source, appearance, value, written, label, assertion, port, at, zone, member,
        offset, length, line, pattern, index0, index1) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
  }

  /// Stores a record.
  ///
  /// - Parameters:
  ///   - assertion: who says that the two accounts of a declared link belong together; nil for other records.
  ///   - readsAsPlatform: whether what declares the link reads as the platform's own words do.
  public func record(
    _ recordClass: RecordClass, account: AccountIndex, other: AccountIndex, assertion: Assertion? = nil,
    readsAsPlatform: Bool = false, channel: UInt32?, time: ObservedTime,
    writtenTime: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>, at locator: Locator
  ) throws {
    recordID += 1
    let statement = insertRecord
    statement.bind(1, recordID)
    statement.bind(2, source)
    statement.bind(3, Int64(recordClass.rawValue))
    statement.bind(4, appearance(account))
    statement.bind(5, other == .none ? nil : appearance(other))
    statement.bind(6, channel.map(Int64.init))
    statement.bind(7, time.isNone ? nil : time.microseconds)
    statement.bind(8, Int64(time.zone.rawValue))
    statement.bind(9, Int64(time.precision.rawValue))
    if writtenTime.isEmpty { statement.bindNull(10) } else { statement.bind(10, text: writtenTime) }
    if text.isEmpty { statement.bindNull(11) } else { statement.bind(11, text: text) }
    bind(locator, to: statement, from: 12)
    if let assertion { statement.bind(19, assertion.rawValue) } else { statement.bindNull(19) }
    let reading: Int64 = readsAsPlatform ? 1 : 0
    statement.bind(20, assertion == nil ? nil : reading)
    try statement.execute()
    try note(recordClass, account, channel, time)
  }

  /// Stores where an identifier was seen.
  public func sighting(
    account: AccountIndex, value: Int64, written: UnsafeBufferPointer<UInt8>,
    label: UnsafeBufferPointer<UInt8>, assertion: Assertion, port: UInt16?, time: ObservedTime,
    at locator: Locator
  ) throws {
    let statement = insertSighting
    statement.bind(1, source)
    statement.bind(2, appearance(account))
    statement.bind(3, value)
    statement.bind(4, text: written)
    statement.bind(5, text: label)
    statement.bind(6, assertion.rawValue)
    statement.bind(7, port.map(Int64.init))
    statement.bind(8, time.isNone ? nil : time.microseconds)
    statement.bind(9, Int64(time.zone.rawValue))
    bind(locator, to: statement, from: 10)
    try statement.execute()
  }

  /// The id of a canonical value, stored when it is new.
  public func value(_ identifier: NormalisedIdentifier, platform: Platform?) throws -> Int64 {
    try values.id(of: identifier, platform: platform)
  }

  /// The id of an account's appearance in this source.
  public func appearance(_ account: AccountIndex) -> Int64 { source << 32 | Int64(account.raw) }

  private func bind(_ locator: Locator, to statement: BoundStatement, from position: Int32) {
    statement.bind(position, Int64(locator.member))
    statement.bind(position + 1, Int64(bitPattern: locator.offset))
    statement.bind(position + 2, Int64(locator.length))
    statement.bind(position + 3, Int64(locator.line))
    statement.bind(position + 4, Int64(locator.pattern))
    statement.bind(position + 5, Int64(locator.index.0))
    statement.bind(position + 6, Int64(locator.index.1))
  }

  private func note(
    _ recordClass: RecordClass, _ account: AccountIndex, _ channel: UInt32?, _ time: ObservedTime
  ) throws {
    let index = Int(account.raw)
    while activity.count <= index { activity.append(Activity()) }
    activity[index].records += 1
    guard recordClass == .message || recordClass == .call || recordClass == .login else { return }
    if !time.isNone {
      activity[index].first = min(activity[index].first ?? time.microseconds, time.microseconds)
      activity[index].last = max(activity[index].last ?? time.microseconds, time.microseconds)
    }
    if recordClass == .message, let channel {
      try authors.note(channel: channel, account: account, record: recordID)
    }
  }

  // MARK: The end of a source

  /// An account as the source names it, with the key it has in the case.
  public struct Appearance: Sendable {
    /// What names it.
    public var key: AccountKey
    /// The canonical form of the key.
    public var canonical: String
    /// The part it plays in the source.
    public var role: AccountRole
    /// Another index of the same source that is the same account.
    public var sameAs: AccountIndex?

    /// Makes an appearance.
    public init(key: AccountKey, canonical: String, role: AccountRole, sameAs: AccountIndex?) {
      self.key = key
      self.canonical = canonical
      self.role = role
      self.sameAs = sameAs
    }
  }

  /// Stores the accounts behind the appearances, in order of index; makes those that the case does not know.
  ///
  /// - Returns: how many accounts these are: what a source spells in several ways is one.
  @discardableResult
  public func finish(appearances: [Appearance], channels: [String], members: [String], patterns: [String])
    throws -> Int
  {
    let find = try BoundStatement(
      database,
      "SELECT id FROM account WHERE platform = ? AND kind = ? AND canonical = ? AND coalesce(scope_source, 0) = ?"
    )
    let insert = try BoundStatement(
      database,
      "INSERT INTO account (platform, kind, canonical, scope_source, written) VALUES (?, ?, ?, ?, ?)")
    let insertAppearance = try BoundStatement(database, "INSERT INTO appearance VALUES (?, ?, ?, ?, ?, ?, ?)")
    var accountOf: [Int64] = []
    accountOf.reserveCapacity(appearances.count)
    for (index, appearance) in appearances.enumerated() {
      let account: Int64
      if let same = appearance.sameAs, Int(same.raw) < accountOf.count {
        account = accountOf[Int(same.raw)]
      } else {
        account = try self.account(of: appearance, find: find, insert: insert)
      }
      accountOf.append(account)
      let activity = index < activity.count ? activity[index] : Activity()
      insertAppearance.bind(1, self.appearance(AccountIndex(raw: UInt32(index))))
      insertAppearance.bind(2, source)
      insertAppearance.bind(3, account)
      insertAppearance.bind(4, Int64(appearance.role.rawValue))
      insertAppearance.bind(5, activity.records)
      insertAppearance.bind(6, activity.first)
      insertAppearance.bind(7, activity.last)
      try insertAppearance.execute()
    }
    try list(channels, into: "channel")
    try list(members, into: "member")
    try list(patterns, into: "pattern")
    try authors.store()
    return Set(accountOf).count
  }

  private func account(
    of appearance: Appearance, find: BoundStatement, insert: BoundStatement
  ) throws -> Int64 {
    let key = appearance.key
    let scope = key.scope == .source ? source : nil
    for statement in [find, insert] {
      statement.bind(1, key.platform.rawValue)
      statement.bind(2, key.kind.rawValue)
      statement.bind(3, appearance.canonical)
    }
    find.bind(4, scope ?? 0)
    if let known = try find.fetchInteger() { return known }
    insert.bind(4, scope)
    insert.bind(5, key.value)
    try insert.execute()
    return database.lastInsertedRowID
  }

  private func list(_ texts: [String], into table: String) throws {
    let statement = try database.makeStatement(sql: "INSERT INTO \(table) VALUES (?, ?, ?)")
    for (number, text) in texts.enumerated() { try statement.execute(arguments: [source, number, text]) }
  }

  /// Stores a line of the reconciliation.
  public func reconciliation(unit: String, seen: Int?, imported: Int, setAside: Int) throws {
    try database.execute(
      sql: "INSERT INTO reconciliation VALUES (?, ?, ?, ?, ?)",
      arguments: [source, unit, seen, imported, setAside])
  }

  /// Stores what was set aside for one reason.
  public func setAside(
    unit: String, reason: String, explanation: String, isFault: Bool, count: Int, examples: String
  ) throws {
    try database.execute(
      sql: "INSERT INTO set_aside VALUES (?, ?, ?, ?, ?, ?, ?)",
      arguments: [source, unit, reason, explanation, isFault, count, examples])
  }

  /// Stores the remarks of the import log.
  public func notes(_ texts: [String]) throws { try list(texts, into: "import_note") }

  /// Stores how many identifiers of a kind named nothing.
  public func unusable(kind: IdentifierKind, flags: String, count: Int, example: String) throws {
    try database.execute(
      sql: "INSERT INTO unusable_identifier VALUES (?, ?, ?, ?, ?)",
      arguments: [source, kind.rawValue, flags, count, example])
  }
}
