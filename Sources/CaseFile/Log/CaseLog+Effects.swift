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
    func earlier(_ name: String?, _ database: Database) throws -> Int64 {
      guard let name, let begin = entries["log.begin"]?.first, begin == 0 else { return 0 }
      if name == "opening" { return 1 }
      return try Int64.fetchOne(
        database, sql: "SELECT \(PayloadText.number(name)) FROM log_entry WHERE idx = ?", arguments: [begin])
        ?? 0
    }
  }

  /// An entry that has not found its row yet.
  private struct OpenEntry {
    let index: Int64
    /// The number of its row; nil where it does not say.
    let row: Int64?
    let pin: String?
  }

  /// Checks that what the case holds is what its entries tell of, both ways.
  func effects(_ told: ToldEffects, _ database: Database, _ report: inout CaseLogReport) throws {
    let remains = try StoredRemains(database)
    for effect in StoredEffect.all { try check(effect, told, remains, database, &report) }
    for family in StoredStep.Family.allCases { try check(family, told, remains, database, &report) }
    for name in remains.hashes.keys.sorted(by: { $0.text < $1.text })
    where try remains.holds(name, database) == false {
      report.fault(
        name.kind == StoredRemains.entryKind
          ? "entry \(name.id) is listed with other words than it had when it was erased"
          : "\(name.text) is not what was left of it when its entry was erased")
    }
  }

  private func check(
    _ effect: StoredEffect, _ told: ToldEffects, _ remains: StoredRemains, _ database: Database,
    _ report: inout CaseLogReport
  ) throws {
    var open: [String: [OpenEntry]] = [:]
    var erased = 0
    let entry = try database.cachedStatement(
      sql: """
        SELECT payload IS NULL, CAST(\(effect.told) AS TEXT), \(PayloadText.at("details.row_sha256")), erased_by,
          \(effect.row)
        FROM log_entry WHERE idx = ?
        """)
    for index in told.entries[effect.action] ?? [] {
      guard let row = try Row.fetchOne(entry, arguments: [index]) else { continue }
      if row[0] as Bool {
        if !remains.erasures.contains(row[3] as Int64? ?? -1) { erased += 1 }
      } else if let key = row[1] as String? {
        open[key, default: []].append(OpenEntry(index: index, row: row[4], pin: row[2]))
      }
    }
    var untold: [String] = []
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT \(effect.id), \(effect.label), CAST(\(effect.key) AS TEXT), \(effect.entry ?? "NULL")
        FROM \(effect.table) WHERE \(effect.filter) ORDER BY \(effect.id)
        """,
      arguments: effect.filter.contains(":earlier")
        ? ["earlier": try told.earlier(effect.earlier, database)] : StatementArguments())
    while let row = try rows.next() {
      let label = row[1] as String? ?? effect.action
      // A key that is NULL belongs to a row that lost what it refers to: no entry tells of that.
      guard let key = row[2] as String?, var candidates = open[key], !candidates.isEmpty else {
        if remains.hashes[StoredRemains.Name(kind: effect.action, id: row[0])] == nil { untold.append(label) }
        continue
      }
      let (id, pin): (Int64, String?) = (row[0], try effect.pin(ofRow: row[0], database))
      // Two makings of one run differ in nothing but their number, which says what was found last.
      let place =
        candidates.lastIndex { $0.pin != nil && $0.pin == pin && $0.row ?? id == id }
        ?? candidates.lastIndex { $0.pin == nil && $0.row ?? id == id }
      guard let place else {
        // Its own entry was erased, and one of another making of the same run was not.
        if remains.hashes[StoredRemains.Name(kind: effect.action, id: id)] == nil {
          report.fault("\(label) is stored, and its entry tells of it otherwise")
        }
        continue
      }
      let found = candidates.remove(at: place)
      open[key] = candidates
      if found.pin == nil { report.unpinned += 1 }
      if let named = row[3] as Int64?, named != found.index {
        report.fault("\(label) names entry \(named), and it is entry \(found.index) that tells of it")
      }
    }
    // Which row an entry told of that an older version erased cannot be known any more; how many there may be can.
    if untold.count <= erased {
      report.unpinned += untold.count
    } else {
      let some = erased == 0 ? "" : " (\(erased) of these may have had an entry that was erased)"
      for label in untold { report.fault("\(label) is stored, and no entry tells of it as it is\(some)") }
    }
    for index in open.values.joined().map(\.index).sorted() {
      report.fault("entry \(index) (\(effect.action)) tells of something that is not stored as it says")
    }
  }

  /// Steps of identifications or disclosures: each has an entry of its own, and each entry its step.
  private func check(
    _ family: StoredStep.Family, _ told: ToldEffects, _ remains: StoredRemains, _ database: Database,
    _ report: inout CaseLogReport
  ) throws {
    let steps = try StoredStep.all(family, database, remains: remains)
    var before: StoredStep?
    for step in steps {
      let name = "\(family.letter)\(step.owner)"
      if !step.isLogged {
        report.fault("\(name): no entry tells of the step \(step.action) as it is stored")
      } else if !step.isPinned {
        report.unpinned += 1
      }
      let isFirst = before?.owner != step.owner
      if step.ordinal != (isFirst ? 0 : (before?.ordinal ?? 0) + 1) {
        report.fault("\(name): a step is missing before \(step.action)")
      }
      if !isFirst, let before, before.entry >= step.entry {
        report.fault("\(name): the step \(step.action) stands in another order than it was entered")
      }
      before = step
    }
    let referred = steps.map(\.entry).sorted()
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
