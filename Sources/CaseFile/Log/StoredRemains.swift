import GRDB

/// What is left of rows once the entries that told of them were erased: states, times, numbers and staff, but no content.
///
/// The entry of the erasure names each such row with a hash of what is left (`left` among its details), so that this is
/// held as well. Erasures of older versions name none.
struct StoredRemains {
  /// The kind of the name of an erased entry itself.
  static let entryKind = "entry"

  /// A row: `judge:5` for what an entry `judge` told of, `disclosure:4:2` for the third step of D4, `entry:17` for what
  /// stays of an erased entry.
  struct Name: Hashable {
    /// An action of `StoredEffect`, a family of steps, or `entryKind`.
    let kind: String
    let id: Int64
    var ordinal: Int64?

    var text: String { "\(kind):\(id)" + (ordinal.map { ":\($0)" } ?? "") }

    init(kind: String, id: Int64, ordinal: Int64? = nil) {
      self.kind = kind
      self.id = id
      self.ordinal = ordinal
    }

    init?(_ text: some StringProtocol) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard (2...3).contains(parts.count), let id = Int64(parts[1]) else { return nil }
      var ordinal: Int64?
      if parts.count == 3 {
        guard let number = Int64(parts[2]) else { return nil }
        ordinal = number
      }
      self.init(kind: String(parts[0]), id: id, ordinal: ordinal)
    }
  }

  /// The hash of each row by the erasure that named it last.
  private(set) var hashes: [Name: String] = [:]
  /// Erasures that name what they left.
  private(set) var erasures: Set<Int64> = []

  /// Reads what erasures say.
  init(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT idx, \(PayloadText.at("details.left")) AS remains FROM log_entry
        WHERE action = 'erase' AND operation = 'erasure' AND remains IS NOT NULL ORDER BY idx
        """)
    while let row = try rows.next() {
      erasures.insert(row[0])
      for one in (row[1] as String).split(separator: " ") {
        let parts = one.split(separator: "=")
        if parts.count == 2, let name = Name(parts[0]) { hashes[name] = String(parts[1]) }
      }
    }
  }

  /// Whether a row is what was left of it; nil when no erasure names it.
  func holds(_ name: Name, _ database: Database) throws -> Bool? {
    guard let hash = hashes[name] else { return nil }
    return try Self.hash(of: name, database) == hash
  }

  /// What an erasure says that it leaves: of the entries that it erases, of the rows that they told of, and of all from
  /// which it took content.
  ///
  /// - Parameters:
  ///   - indexes: the entries, which still have their content.
  ///   - subjects: what is erased: A3, I2, D4.
  static func statement(
    ofEntries indexes: [UInt64], _ subjects: [String], _ database: Database
  ) throws -> String {
    var names = try Set(indexes.flatMap { try Self.names(toldBy: Int64($0), database) })
    names.formUnion(indexes.map { Name(kind: Self.entryKind, id: Int64($0)) })
    for subject in subjects { names.formUnion(try Self.names(about: subject, database)) }
    return try names.map { "\($0.text)=\(try hash(of: $0, database))" }.sorted().joined(separator: " ")
  }

  private static func names(toldBy index: Int64, _ database: Database) throws -> [Name] {
    guard
      let entry = try Row.fetchOne(
        database, sql: "SELECT action, payload FROM log_entry WHERE idx = ?", arguments: [index])
    else { return [] }
    let (action, payload): (String, String?) = (entry[0], entry[1])
    if let effect = StoredEffect.of(action), let payload {
      let id = try Int64.fetchOne(
        database, sql: "SELECT \(effect.row) FROM (SELECT ? AS payload)", arguments: [payload])
      if let id { return [Name(kind: action, id: id)] }
      // An entry of an older version does not say which making of a run it tells of.
      return try Int64.fetchAll(
        database,
        sql: """
          SELECT \(effect.id) FROM \(effect.table)
          WHERE CAST(\(effect.key) AS TEXT) = (SELECT CAST(\(effect.told) AS TEXT) FROM (SELECT ? AS payload))
          """, arguments: [payload]
      ).map { Name(kind: action, id: $0) }
    }
    guard let family = StoredStep.Family.allCases.first(where: { $0.isStep(action: action) }) else {
      return []
    }
    return try steps(of: family, "log_entry = \(index)", database)
  }

  private static func names(about subject: String, _ database: Database) throws -> [Name] {
    guard let number = Int64(subject.dropFirst()) else { return [] }
    switch subject.first {
    case "A":
      let judged = try Int64.fetchAll(
        database, sql: "SELECT id FROM judgement WHERE left = :account OR right = :account",
        arguments: ["account": number])
      return judged.map { Name(kind: "judge", id: $0) } + [Name(kind: "restrict", id: number)]
    case "D":
      return try steps(of: .disclosure, "disclosure = \(number)", database)
        + [Name(kind: "disclose.start", id: number)]
    case "I": return try steps(of: .identification, "identification = \(number)", database)
    default: return []
    }
  }

  private static func steps(
    of family: StoredStep.Family, _ filter: String, _ database: Database
  ) throws -> [Name] {
    try Row.fetchAll(
      database, sql: "SELECT \(family.rawValue), ordinal FROM \(family.rawValue)_step WHERE \(filter)"
    ).map { Name(kind: family.rawValue, id: $0[0], ordinal: $0[1]) }
  }

  /// SHA-256 over what the case holds of a row but for content, in hexadecimal; of nothing when there is no such row.
  private static func hash(of name: Name, _ database: Database) throws -> String {
    var hash = RowHash()
    let row: Row?
    if name.kind == entryKind {
      row = try Row.fetchOne(
        database, sql: "SELECT operation, action, actor, at FROM log_entry WHERE idx = ?",
        arguments: [name.id])
    } else if let family = StoredStep.Family(rawValue: name.kind) {
      // An identification has no entry of its own: it goes with its steps.
      let owner = family == .identification ? "cluster, run, members, opened_at" : "parent"
      row = try Row.fetchOne(
        database,
        sql: """
          SELECT action, state, step.at, recorded_at, who, step.log_entry, content IS NULL, \(owner)
          FROM \(name.kind)_step step JOIN \(name.kind) owner ON owner.id = step.\(name.kind)
          WHERE owner.id = ? AND ordinal = ?
          """, arguments: [name.id, name.ordinal])
    } else if let effect = StoredEffect.of(name.kind) {
      row = try Row.fetchOne(
        database,
        sql: "SELECT \(effect.remains.joined(separator: ", ")) FROM \(effect.table) WHERE \(effect.id) = ?",
        arguments: [name.id])
    } else {
      row = nil
    }
    if let row { hash.add(row) }
    return hash.finish()
  }
}
