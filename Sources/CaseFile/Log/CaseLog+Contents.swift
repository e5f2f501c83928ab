import Disclosure
import GRDB

/// What entries say of things by their hash, held against the things themselves. An entry of an older version that does
/// not say it proves nothing either way.
extension CaseLog {
  /// Checks rule sets, calendars, passphrases, protections, what identifications and disclosures began with, the staff
  /// that their steps name, what sources hold, and what runs found.
  func contents(_ told: ToldEffects, _ database: Database, _ report: inout CaseLogReport) throws {
    try rules(database, &report)
    try calendars(database, &report)
    try passphrases(database, &report)
    try protections(told, database, &report)
    try identifications(database, &report)
    try authorities(database, &report)
    try parts(database, &report)
    try staff(database, &report)
    try sources(database, &report)
    try runs(database, &report)
  }

  /// Due dates are computed from the text of a rule set, which is known by its hash.
  private func rules(_ database: Database, _ report: inout CaseLogReport) throws {
    let rows = try Row.fetchAll(database, sql: "SELECT sha256, version, toml FROM rule_set ORDER BY sha256")
    for row in rows {
      let (version, text): (String, String) = (row["version"], row["toml"])
      if ContentHash.text(text) != row["sha256"] as String {
        report.fault("rule set \(version) is not the text that its hash names")
      } else if (try? RuleSet(toml: text))?.version != version {
        report.fault("rule set \(version) calls itself otherwise")
      }
    }
  }

  private func calendars(_ database: Database, _ report: inout CaseLogReport) throws {
    let told = try Row.fetchAll(
      database,
      sql: """
        SELECT \(PayloadText.at("details.sha256")), \(PayloadText.at("details.source")) FROM log_entry
        WHERE action = 'disclose.calendar' ORDER BY idx
        """)
    // An entry that was erased may have told of any.
    let known = told.contains { $0[0] as String? == nil } ? nil : Set(told.compactMap { $0[0] as String? })
    var newest: String?
    for row in try Row.fetchAll(database, sql: "SELECT sha256, source, json FROM calendar ORDER BY id") {
      let hash: String = row["sha256"]
      newest = hash
      if ContentHash.text(row["json"]) != hash {
        report.fault("calendar \(hash.prefix(12)) is not the text that its hash names")
      }
      if known?.contains(hash) == false {
        report.fault("calendar \(hash.prefix(12)) is stored, and no entry tells of it")
      }
      let source = told.last { $0[0] as String? == hash }?[1] as String?
      if let source, source != row["source"] as String {
        report.fault("calendar \(hash.prefix(12)) is said to be from elsewhere than its entry says")
      }
    }
    if let last = told.last?[0] as String?, last != newest {
      report.fault("the calendar that counts is not \(last.prefix(12)), which was kept last")
    }
  }

  /// An entry that was erased may have told of anybody's change.
  private func passphrases(_ database: Database, _ report: inout CaseLogReport) throws {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT person.id, verifier, last.told FROM person JOIN (
          SELECT \(PayloadText.at("details.id")) AS id, max(idx) AS idx,
            \(PayloadText.at("details.verifier_sha256")) AS told
          FROM log_entry WHERE action IN ('who.add', 'who.passphrase') GROUP BY 1) last ON last.id = person.id
        WHERE removed_at IS NULL AND last.idx > (
          SELECT coalesce(max(idx), -1) FROM log_entry
          WHERE action IN ('who.add', 'who.passphrase') AND payload IS NULL)
        ORDER BY person.id
        """)
    for row in rows {
      guard let told = row["told"] as String? else { continue }
      if ContentHash.text(row["verifier"]) != told {
        report.fault("the passphrase of \(row["id"] as String) was changed, and no entry tells of it")
      }
    }
  }

  private func protections(
    _ effects: ToldEffects, _ database: Database, _ report: inout CaseLogReport
  ) throws {
    let last = try Row.fetchOne(
      database,
      sql: """
        SELECT \(PayloadText.at("details.list_sha256")) FROM log_entry
        WHERE action = 'protect' ORDER BY idx DESC LIMIT 1
        """)
    if let told = last?[0] as String?, try ProtectionList.hash(database) != told {
      report.fault("the list of protected accounts is not what its last entry says")
    }
    let said = try String.fetchAll(
      database,
      sql: """
        SELECT subject.value FROM log_entry, json_each(\(PayloadText.valid()), '$.subjects') subject
        WHERE action = 'protect' AND subject.type = 'text'
        UNION ALL SELECT \(PayloadText.at("details.protected")) FROM log_entry
        WHERE action = 'import' AND json_type(\(PayloadText.valid()), '$.details.protected') = 'text'
        """)
    let accounts = Set(said.flatMap { $0.split(separator: " ") }.compactMap { Int64($0.dropFirst()) })
    let stored = Set(try Int64.fetchAll(database, sql: "SELECT id FROM account WHERE is_protected"))
    let lost = accounts.subtracting(stored).sorted()
    for account in lost { report.fault("A\(account) was protected, and is not any more") }
    // Entries that were erased, or are of a version that did not say whom an import protects, may have told of any.
    let isSilent = try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM log_entry WHERE action = 'protect' AND payload IS NULL OR action = 'import'
          AND \(PayloadText.at("details.content_sha256")) IS NULL)
        """)
    if isSilent == true { return }
    if last == nil, effects.entries["log.begin"] == nil,
      try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM protection)") == true
    {
      report.fault("protected accounts are listed, and no entry tells of it")
    }
    let earlier = try effects.earlier("accounts", database)
    for account in stored.subtracting(accounts).sorted() where account > earlier {
      report.fault("A\(account) is protected, and no entry tells of it")
    }
  }

  private func identifications(_ database: Database, _ report: inout CaseLogReport) throws {
    let changed = try Int64.fetchAll(
      database,
      sql: """
        SELECT identification.id FROM identification
        JOIN identification_step step ON step.identification = identification.id AND step.action = 'open'
        JOIN log_entry ON log_entry.idx = step.log_entry
        WHERE \(PayloadText.at("details.members")) <> members OR \(PayloadText.at("details.run")) <> run
          OR \(PayloadText.at("details.members")) IS NOT NULL AND \(PayloadText.at("subjects[1]")) <> cluster
        ORDER BY identification.id
        """)
    for id in changed { report.fault("I\(id) is not about the accounts that it began with") }
    let unbegun = try Int64.fetchAll(
      database,
      sql: """
        SELECT id FROM identification WHERE NOT EXISTS (
          SELECT 1 FROM identification_step step WHERE step.identification = id AND ordinal = 0
            AND step.action = 'open' AND strftime('%Y-%m-%dT%H:%M:%SZ', step.at, 'unixepoch') = opened_at)
        UNION SELECT identification FROM identification_step
        WHERE identification NOT IN (SELECT id FROM identification) ORDER BY 1
        """)
    for id in unbegun { report.fault("I\(id) did not begin as it is stored") }
  }

  /// Who holds a case is who decides in it.
  private func authorities(_ database: Database, _ report: inout CaseLogReport) throws {
    let changed = try Int64.fetchAll(
      database,
      sql: """
        SELECT id FROM disclosure WHERE authority <> (
          SELECT CASE mode WHEN ? THEN ? ELSE ? END FROM opening) ORDER BY id
        """,
      arguments: [CaseMode.force.rawValue, Authority.force.rawValue, Authority.charity.rawValue])
    for id in changed { report.fault("D\(id) is not of whom the case is") }
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
        SELECT \(PayloadText.at("details.content_sha256")) FROM log_entry
        WHERE action IN ('import', 'erase')
          AND json_type(\(PayloadText.valid()), '$.details.content_sha256') = 'text' ORDER BY idx
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
    for row in try Row.fetchAll(database, sql: "SELECT hash, inputs, settings, engine FROM run ORDER BY id") {
      let hash: String = row["hash"]
      if RunIdentity.hash(inputs: row["inputs"], settings: row["settings"], engine: row["engine"]) != hash {
        report.fault("run \(hash.prefix(12)) is not of the inputs, settings and engine that it says")
      }
    }
    let told = try ToldRuns(database).runs
    for row in try Row.fetchAll(database, sql: "SELECT id, hash FROM run ORDER BY id") {
      guard let known = told[row["hash"]] else { continue }
      let stored = try StoredRunDigest(run: row["id"], database)
      let name = (row["hash"] as String).prefix(12)
      if !known.results.subtracting([stored.result]).isEmpty {
        report.fault(
          "what run \(name) found, its pairs and clusters, is not what was stored when it was made")
      }
      if !known.evidence.subtracting([stored.evidence]).isEmpty {
        report.fault("the evidence of run \(name) is not what was stored when it was made")
      }
    }
  }
}
