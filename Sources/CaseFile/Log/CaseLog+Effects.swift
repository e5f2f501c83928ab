import GRDB

extension CaseLog {
  /// Entries by action, as far as they tell of something that is stored.
  struct ToldEffects {
    private(set) var entries: [String: [Int64]]

    init() { entries = Dictionary(uniqueKeysWithValues: StoredEffect.all.map { ($0.action, []) }) }

    mutating func note(_ action: String, _ index: Int64) {
      if entries[action] != nil || action == "log.begin"
        || StoredStep.Family.allCases.contains(where: { $0.isStep(action: action) })
      {
        entries[action, default: []].append(index)
      }
    }

    /// How many rows of a kind are older than the log.
    func earlier(_ name: String?, _ database: Database) throws -> Int {
      guard let name, let begin = entries["log.begin"]?.first, begin == 0 else { return 0 }
      if name == "opening" { return 1 }
      return try Int.fetchOne(
        database,
        sql: """
          SELECT CAST(json_extract(payload, '$.details.' || ?) AS INTEGER) FROM log_entry
          WHERE idx = ? AND json_valid(payload)
          """, arguments: [name, begin]) ?? 0
    }
  }

  /// Checks that what the case holds is what its entries tell of, both ways.
  func effects(_ told: ToldEffects, _ database: Database, _ report: inout CaseLogReport) throws {
    for effect in StoredEffect.all { try check(effect, told, database, &report) }
    for family in StoredStep.Family.allCases { try check(family, told, database, &report) }
  }

  private func check(
    _ effect: StoredEffect, _ told: ToldEffects, _ database: Database, _ report: inout CaseLogReport
  ) throws {
    var open: [String: [Int64]] = [:]
    var erased = 0
    let entry = try database.cachedStatement(
      sql: """
        SELECT payload IS NULL, CASE WHEN json_valid(payload) THEN \(effect.key) END FROM log_entry WHERE idx = ?
        """)
    for index in told.entries[effect.action] ?? [] {
      guard let row = try Row.fetchOne(entry, arguments: [index]) else { continue }
      if row[0] as Bool {
        erased += 1
      } else if let key = row[1] as String? {
        open[key, default: []].append(index)
      }
    }
    var untold: [String] = []
    let rows = try Row.fetchCursor(
      database, sql: effect.rows,
      arguments: effect.rows.contains(":earlier")
        ? ["earlier": try told.earlier(effect.earlier, database)] : StatementArguments())
    while let row = try rows.next() {
      // A key that is NULL belongs to a row that lost what it refers to: no entry tells of that.
      guard let key = row[0] as String?, open[key]?.popLast() != nil else {
        untold.append(row[1] ?? effect.action)
        continue
      }
    }
    // Which row an erased entry told of cannot be known any more; how many there may be can.
    if untold.count > erased {
      let some = erased == 0 ? "" : " (\(erased) of these may have had an entry that was erased)"
      for label in untold { report.fault("\(label) is stored, and no entry tells of it as it is\(some)") }
    }
    for index in open.values.joined().sorted() {
      report.fault("entry \(index) (\(effect.action)) tells of something that is not stored as it says")
    }
  }

  /// Steps of identifications or disclosures: each has an entry of its own, and each entry its step.
  private func check(
    _ family: StoredStep.Family, _ told: ToldEffects, _ database: Database, _ report: inout CaseLogReport
  ) throws {
    for step in try StoredStep.all(family, database) where !step.isLogged {
      report.fault("\(family.letter)\(step.owner): no entry tells of the step \(step.action) as it is stored")
    }
    let referred = try Int64.fetchAll(
      database, sql: "SELECT log_entry FROM \(family.rawValue)_step ORDER BY log_entry")
    for (one, next) in zip(referred, referred.dropFirst()) where one == next {
      report.fault("entry \(one) stands for two steps")
    }
    let known = Set(referred)
    let entries = told.entries.filter { family.isStep(action: $0.key) }.values.joined()
    for index in entries.sorted() where !known.contains(index) {
      report.fault("entry \(index) tells of a step that is not stored")
    }
  }
}
