/// The databases among the members of a container, with what their apps wrote beside them.
///
///     chat.db          the database
///     chat.db-wal      what was changed last, and may be in it alone
///     chat.db-journal  what a change that was never finished has overwritten
///     chat.db-shm      an index of the log: never needed
///
/// In an archive they come in any order, and the database's own schema may lie in its log: which reader reads it is
/// known when all members are.
struct DatabaseMembers {
  /// A database or what lies beside one, in the order of the container.
  struct Found {
    let member: ExportContainer.Member
    /// First bytes: of a database enough to tell it by.
    let beginning: [UInt8]
    let isWhole: Bool
    var tables: DatabaseTables
  }

  /// Endings of the names of what is read with a database.
  static let endings = ["-wal", "-journal"]

  private(set) var found: [Found] = []
  /// Positions in `found`, by path.
  private var places: [String: Int] = [:]
  /// Bytes of beginnings that are kept.
  private var kept = 0

  /// Bytes of beginnings after which less is kept of each: an archive may hold any number of members that are called so.
  private static let keptLimit = 32 << 20

  /// First bytes of a log, for either order of bytes, and of a journal.
  static let logMagics: [[UInt8]] = [[0x37, 0x7F, 0x06, 0x82], [0x37, 0x7F, 0x06, 0x83]]
  static let journalMagic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

  /// The path of the database that a member lies beside, by its name; nil for any other.
  static func database(of path: String) -> String? {
    endings.first { path.hasSuffix($0) }.map { String(path.dropLast($0.count)) }
  }

  /// Keeps a member that is a database or may lie beside one, after a look through all of it.
  ///
  /// - Returns: whether it may be one.
  mutating func take(_ member: ExportContainer.Member, _ input: MemberInput) throws -> Bool {
    let window = input.window
    let isDatabase = DatabaseTables.isDatabase(window)
    // Whatever lies beside no database is looked at as any other member.
    guard isDatabase || Self.database(of: member.path) != nil else { return false }
    let limit = kept < Self.keptLimit ? MemberHead.limit : 512
    let beginning = Array(window.prefix(isDatabase ? 100 : limit))
    kept += beginning.count
    let isWhole = input.isExhausted && window.count <= beginning.count
    var tables = DatabaseTables()
    let isLog = Self.logMagics.contains { window.starts(with: $0) }
    if isDatabase || isLog { try tables.look(through: input) }
    places[member.path] = found.count
    found.append(Found(member: member, beginning: beginning, isWhole: isWhole, tables: tables))
    return true
  }

  /// The names of tables of a database, its log's included.
  private func tables(of one: Found) -> Set<String> {
    let log = places[one.member.path + "-wal"].map { found[$0].tables.found } ?? []
    return one.tables.found.union(log)
  }

  /// What is known of a database by its beginning and by all that was found.
  func withHead<Result>(of one: Found, _ options: ReaderOptions, _ body: (MemberHead) -> Result) -> Result {
    one.beginning.withUnsafeBufferPointer { bytes in
      body(
        MemberHead(
          path: one.member.path, bytes: bytes, isWhole: one.isWhole, options: options, tables: tables(of: one)
        ))
    }
  }

  /// The reader of the database that a log or journal lies beside, if one reads it; nil for anything else.
  func reader(beside one: Found, _ options: ReaderOptions) -> (any ExportReader.Type)? {
    guard let path = Self.database(of: one.member.path), let place = places[path] else { return nil }
    let reader = withHead(of: found[place], options) { ExportRegistry.reader(for: $0) }
    return reader?.readsDatabases == true ? reader : nil
  }
}
