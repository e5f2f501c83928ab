import AccountModel
import CaseFile
import GRDB
import PlatformExports

/// Reading accounts and the places of records from a case.
enum AccountQueries {
  /// Summaries of all accounts, or of those with the given ids.
  static func summaries(_ database: Database, ids: [Int64]? = nil) throws -> [AccountSummary] {
    let run: Int64?
    do { run = try RunStore.latest(database) } catch CaseError.neverLinked { run = nil }
    return try summaries(
      database, run: run,
      ids.map { "WHERE account.id IN (\($0.map(String.init).joined(separator: ",")))" } ?? "")
  }

  /// Summaries of the accounts that a run has in clusters.
  static func summaries(_ database: Database, inClustersOf run: Int64) throws -> [AccountSummary] {
    try summaries(database, run: run, "WHERE cluster > 0")
  }

  private static func summaries(
    _ database: Database, run: Int64?, _ filter: String
  ) throws -> [AccountSummary] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT account.id, platform, account.kind, CASE WHEN withdrawal.kind = 'restrict' THEN 'restricted' ELSE canonical
            END AS canonical, scope_source, is_protected,
          withdrawal.account IS NOT NULL AS is_withdrawn,
          coalesce(sum(appearance.records), 0) AS records, count(DISTINCT appearance.source) AS sources, cluster,
          CASE WHEN account.kind IN ('platform-id', 'phone') AND withdrawal.account IS NULL THEN (
            SELECT written FROM sighting WHERE id = (
              SELECT coalesce(min(CASE WHEN label <> 'previous' THEN sighting.id END), min(sighting.id))
              FROM sighting JOIN value ON value.id = value
                JOIN appearance own ON own.id = appearance AND own.account = account.id
              WHERE value.kind IN ('handle', 'display-name') GROUP BY value.id
              -- A former name may be somebody else's by now. A name without a time is that of the export's day.
              ORDER BY value.kind DESC, min(label = 'previous'),
                value.kind = 'handle' AND max(label = 'previous'),
                min(CASE WHEN label <> 'previous' THEN at IS NOT NULL END),
                max(CASE WHEN label <> 'previous' THEN at END) DESC, min(sighting.id) LIMIT 1)) END AS shown
        FROM account LEFT JOIN appearance ON appearance.account = account.id
          LEFT JOIN cluster_member ON cluster_member.run = ? AND cluster_member.account = account.id
          LEFT JOIN withdrawal ON withdrawal.account = account.id
        \(filter) GROUP BY account.id ORDER BY account.id
        """, arguments: [run ?? 0])
    var result: [AccountSummary] = []
    while let row = try rows.next() {
      let cluster: Int? = row["cluster"]
      result.append(
        AccountSummary(
          id: "A\(row["id"] as Int64)", platform: row["platform"], kind: row["kind"], name: row["canonical"],
          shown: row["shown"],
          isLocal: row["scope_source"] as Int64? != nil, isProtected: row["is_protected"],
          records: row["records"], sources: row["sources"],
          cluster: cluster.flatMap { $0 > 0 ? "C\($0)" : nil }, isWithdrawn: row["is_withdrawn"]))
    }
    return result
  }

  /// The id of the account that a person means.
  ///
  /// - Throws: `CaseError`, also for an account that was restricted or erased.
  static func find(_ text: String, _ database: Database) throws -> Int64 {
    try visible(try match(text, database), database)
  }

  private static func visible(_ id: Int64, _ database: Database) throws -> Int64 {
    if let kind = try Erasure.kind(ofAccount: id, database) {
      throw CaseError.invalid(
        "A\(id) is \(kind == .erase ? "erased" : "restricted"): it is not shown any more.")
    }
    return id
  }

  /// The id of the account that a person asks to see, noted in the entry of the log that tells of the look: by its number,
  /// as the log shows no content, and an entry that names it goes with it; what the case does not know as it was typed.
  ///
  /// - Throws: `CaseError`, also for an account that was restricted or erased.
  static func find(
    _ text: String, _ database: Database, noting draft: inout LogEntryDraft
  ) throws -> Int64 {
    var known: [String] = []
    let found = Result { try match(text, database) }
    switch found {
    case .success(let id): known = ["A\(id)"]
    case .failure(CaseError.ambiguousAccount(_, let matches)): known = matches
    case .failure: break
    }
    let asked = known.isEmpty ? text : known.joined(separator: "|")
    draft.details["query"] = (draft.details["query"].map { $0 + " " } ?? "") + asked
    draft.subjects += known.filter { !draft.subjects.contains($0) }
    return try visible(try found.get(), database)
  }

  private static func match(_ text: String, _ database: Database) throws -> Int64 {
    if text.first == "A" || text.first == "a", let id: Int64 = RecordLabel.number(text, letter: "A"),
      try Int.fetchOne(database, sql: "SELECT 1 FROM account WHERE id = ?", arguments: [id]) != nil
    {
      // A7 is an account's number; a7 may also be what somebody calls themselves.
      let named = text.first == "a" ? try byName(text, platform: nil, database).filter { $0 != id } : []
      if named.isEmpty { return id }
      throw CaseError.ambiguousAccount(text, matches: ([id] + named).map { "A\($0)" })
    }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    var matches: [Int64] = []
    if parts.count == 2 {
      matches = try byName(parts[1], platform: parts[0].lowercased(), database)
      if matches.isEmpty {
        matches = try byName(parts[1], platform: Platform(parts[0]).rawValue, database)
      }
    }
    if matches.isEmpty { matches = try byName(text, platform: nil, database) }
    if matches.count > 1 {
      throw CaseError.ambiguousAccount(text, matches: matches.map { "A\($0)" })
    }
    guard let match = matches.first else { throw CaseError.noSuchAccount(text) }
    return match
  }

  private static func byName(_ name: String, platform: String?, _ database: Database) throws -> [Int64] {
    try Int64.fetchAll(
      database,
      sql: """
        SELECT id FROM account
        WHERE (canonical = :name OR canonical = lower(:name) OR written = :name)
          AND (:platform IS NULL OR platform = :platform) ORDER BY id LIMIT 20
        """, arguments: ["name": name, "platform": platform])
  }

  /// The identifiers of an account, by kind and canonical form.
  static func identifiers(_ account: Int64, _ database: Database) throws -> [IdentifierSummary] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT kind, canonical, label, assertion, count(*) AS sightings, min(sighting.id) AS first, written
        FROM sighting JOIN value ON value.id = value JOIN appearance ON appearance.id = appearance
        WHERE account = ? GROUP BY kind, canonical, label, assertion ORDER BY kind, canonical, label, assertion
        """, arguments: [account])
    var result: [IdentifierSummary] = []
    while let row = try rows.next() {
      result.append(
        IdentifierSummary(
          kind: row["kind"], canonical: row["canonical"], written: row["written"], label: row["label"],
          assertion: row["assertion"],
          sightings: row["sightings"],
          source: try place(of: row["first"], in: "sighting", database) ?? ""))
    }
    return result
  }

  /// Where a sighting or record stands, in words: source, member, JSON path, line, byte.
  static func place(of id: Int64, in table: String, _ database: Database) throws -> String? {
    guard
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT source.name, source.sha256, member.path, pattern.text, item.offset, item.line, item.index0,
            item.index1
          FROM \(table) item JOIN source ON source.id = item.source
            LEFT JOIN member ON member.source = item.source AND member.number = item.member
            LEFT JOIN pattern ON pattern.source = item.source AND pattern.number = item.pattern
          WHERE item.id = ?
          """, arguments: [id])
    else { return nil }
    let name: String = row["name"]
    let path: String = row["path"] ?? ""
    let pattern: String = row["text"] ?? ""
    let locator = Locator(
      member: 0, offset: UInt64(bitPattern: row["offset"] as Int64), line: UInt32(row["line"] as Int64),
      pattern: pattern.isEmpty ? 0 : 1,
      index: (UInt32(row["index0"] as Int64), UInt32(row["index1"] as Int64)))
    // A lone file is its own member: naming it twice helps nobody.
    let member = name == path || name.hasSuffix("/\(path)") ? "" : path
    return "\(name): \(LocatorText.describe(locator, members: [member], patterns: ["", pattern]))"
  }
}
