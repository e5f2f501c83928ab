import GRDB

/// What entries say of things by their hash, held against the things themselves. An entry of an older version that does
/// not say it proves nothing either way.
extension CaseLog {
  /// The log's entries, with `{}` for a payload that was erased or is no JSON: the latter is a fault already.
  private static let entries = """
    (SELECT idx, action, CASE WHEN json_valid(payload) THEN payload ELSE '{}' END AS payload FROM log_entry) entry
    """

  /// Checks rule sets, calendars, passphrases, protections, members of identifications, what sources hold, and what runs
  /// found.
  func contents(_ database: Database, _ report: inout CaseLogReport) throws {
    try rules(database, &report)
    try calendars(database, &report)
    try passphrases(database, &report)
    try protections(database, &report)
    try members(database, &report)
    try parts(database, &report)
    try sources(database, &report)
    try runs(database, &report)
  }

  /// Due dates are computed from the text of a rule set, which is known by its hash.
  private func rules(_ database: Database, _ report: inout CaseLogReport) throws {
    let rows = try Row.fetchAll(database, sql: "SELECT sha256, version, toml FROM rule_set ORDER BY sha256")
    for row in rows where StoredStep.hash(of: row["toml"]) != row["sha256"] as String {
      report.fault("rule set \(row["version"] as String) is not the text that its hash names")
    }
  }

  private func calendars(_ database: Database, _ report: inout CaseLogReport) throws {
    var newest: String?
    for row in try Row.fetchAll(database, sql: "SELECT sha256, json FROM calendar ORDER BY id") {
      let hash: String = row["sha256"]
      newest = hash
      if StoredStep.hash(of: row["json"]) != hash {
        report.fault("calendar \(hash.prefix(12)) is not the text that its hash names")
      }
    }
    let told = try String.fetchOne(
      database,
      sql: """
        SELECT json_extract(payload, '$.details.sha256') FROM \(Self.entries)
        WHERE action = 'disclose.calendar' ORDER BY idx DESC LIMIT 1
        """)
    if let told, told != newest {
      report.fault("the calendar that counts is not \(told.prefix(12)), which was kept last")
    }
  }

  private func passphrases(_ database: Database, _ report: inout CaseLogReport) throws {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT person.id, verifier, last.told FROM person JOIN (
          SELECT json_extract(payload, '$.details.id') AS id, max(idx),
            json_extract(payload, '$.details.verifier_sha256') AS told
          FROM \(Self.entries) WHERE action IN ('who.add', 'who.passphrase') GROUP BY 1) last ON last.id = person.id
        WHERE removed_at IS NULL ORDER BY person.id
        """)
    for row in rows {
      guard let told = row["told"] as String? else { continue }
      if StoredStep.hash(of: row["verifier"]) != told {
        report.fault("the passphrase of \(row["id"] as String) was changed, and no entry tells of it")
      }
    }
  }

  private func protections(_ database: Database, _ report: inout CaseLogReport) throws {
    let told = try String.fetchOne(
      database,
      sql: """
        SELECT json_extract(payload, '$.details.list_sha256') FROM \(Self.entries)
        WHERE action = 'protect' ORDER BY idx DESC LIMIT 1
        """)
    if let told, try ProtectionList.hash(database) != told {
      report.fault("the list of protected accounts is not what its last entry says")
    }
    let said = try String.fetchAll(
      database,
      sql: """
        SELECT subject.value FROM \(Self.entries), json_each(entry.payload, '$.subjects') subject
        WHERE action = 'protect' AND subject.type = 'text'
        UNION ALL SELECT json_extract(payload, '$.details.protected') FROM \(Self.entries)
        WHERE action = 'import' AND json_type(payload, '$.details.protected') = 'text'
        """)
    let accounts = Set(said.flatMap { $0.split(separator: " ") }.compactMap { Int64($0.dropFirst()) })
    let stored = Set(try Int64.fetchAll(database, sql: "SELECT id FROM account WHERE is_protected"))
    let lost = accounts.subtracting(stored).sorted()
    for account in lost { report.fault("A\(account) was protected, and is not any more") }
  }

  private func members(_ database: Database, _ report: inout CaseLogReport) throws {
    let changed = try Int64.fetchAll(
      database,
      sql: """
        SELECT identification.id FROM identification
        JOIN identification_step step ON step.identification = identification.id AND step.action = 'open'
        JOIN \(Self.entries) ON entry.idx = step.log_entry
        WHERE json_extract(payload, '$.details.members') IS NOT NULL AND (
          json_extract(payload, '$.details.members') <> members OR json_extract(payload, '$.details.run') <> run
          OR json_extract(payload, '$.subjects[1]') <> cluster)
        ORDER BY identification.id
        """)
    for id in changed { report.fault("I\(id) is not about the accounts that it began with") }
  }

  /// What was held back is told to the same victim, by the same rules.
  private func parts(_ database: Database, _ report: inout CaseLogReport) throws {
    let changed = try Int64.fetchAll(
      database,
      sql: """
        SELECT part.id FROM disclosure part JOIN disclosure whole ON whole.id = part.parent
        WHERE part.victim <> whole.victim OR part.unit <> whole.unit OR part.rules <> whole.rules
          OR part.is_enhanced <> whole.is_enhanced OR part.identification <> whole.identification
        ORDER BY part.id
        """)
    for id in changed {
      report.fault("D\(id) is not of the victim, unit and rules of what it was held back from")
    }
  }

  /// An erasure changes what sources hold, and its entry says what is left.
  private func sources(_ database: Database, _ report: inout CaseLogReport) throws {
    let said = try String.fetchAll(
      database,
      sql: """
        SELECT json_extract(payload, '$.details.content_sha256') FROM \(Self.entries)
        WHERE action IN ('import', 'erase') AND json_type(payload, '$.details.content_sha256') = 'text' ORDER BY idx
        """)
    let told = StoredSourceDigest.told(said)
    for (source, digest) in told.sorted(by: { $0.key < $1.key })
    where try StoredSourceDigest.digest(ofSource: source, database) != digest {
      report.fault("what is stored of source S\(source) is not what was imported")
    }
    if !told.isEmpty, try StoredSourceDigest.hasStrays(database) {
      report.fault("a record, identifier or account stands outside the source that it claims to be of")
    }
  }

  private func runs(_ database: Database, _ report: inout CaseLogReport) throws {
    let erases = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM withdrawal WHERE kind = 'erase')")
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT DISTINCT run.id, run.hash, json_extract(payload, '$.details.result_sha256') AS result,
          json_extract(payload, '$.details.evidence_sha256') AS evidence
        FROM \(Self.entries) JOIN run ON run.hash = json_extract(payload, '$.details.run')
        WHERE action = 'link' AND json_extract(payload, '$.details.result_sha256') IS NOT NULL
        ORDER BY run.id
        """)
    for row in rows {
      let stored = try StoredRunDigest(run: row["id"], database)
      let name = (row["hash"] as String).prefix(12)
      if stored.result != row["result"] as String {
        report.fault(
          "what run \(name) found, its pairs and clusters, is not what was stored when it was made")
      }
      if erases != true, stored.evidence != row["evidence"] as String? {
        report.fault("the evidence of run \(name) is not what was stored when it was made")
      }
    }
  }
}
