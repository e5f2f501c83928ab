internal import AccountModel
internal import CaseFile
internal import Foundation
internal import GRDB
internal import Linkage
internal import Reports

/// The content of a case under one run, read from the database row by row.
///
/// A protected account comes alone: without identifiers, pairs or cluster, whatever the tables say of it. One that was
/// restricted or erased does not come at all.
struct StoredCaseContent: CaseContent {
  let mark: ExportMark
  private let database: Database
  private let run: Int64
  private let protected: Set<Int64>
  /// Accounts that were restricted or erased.
  private let withdrawn: Set<Int64>
  private let progress: (String) -> Void
  private let withheldKinds = ExportedIdentifier.withheldKinds.map { "'\($0)'" }.sorted().joined(
    separator: ",")

  /// What was left out on purpose, for whoever makes the export.
  struct Withheld: Hashable {
    /// Identifiers that describe a person and no account.
    var personDetails = 0
    /// Pairs of a protected account with another.
    var pairsOfProtected = 0
    /// Accounts that were restricted or erased.
    var withdrawnAccounts = 0
  }

  /// - Parameter progress: called with what is read next, where that may be much.
  /// - Throws: `CaseError.invalid` when the run is older than a protection that it contradicts.
  init(
    _ database: Database, run: Int64, mark: ExportMark, progress: @escaping (String) -> Void
  ) throws {
    self.database = database
    self.run = run
    self.mark = mark
    self.progress = progress
    let apart = try AccountsApart(database, run: run, before: "export")
    (protected, withdrawn) = (apart.protected, apart.withdrawn)
  }

  func withheld() throws -> Withheld {
    Withheld(
      personDetails: try Int.fetchOne(
        database, sql: "SELECT count(*) FROM value WHERE kind IN (\(withheldKinds))") ?? 0,
      pairsOfProtected: try Int.fetchOne(
        database,
        sql: """
          SELECT count(*) FROM pair WHERE run = ? AND (left IN (SELECT id FROM account WHERE is_protected)
            OR right IN (SELECT id FROM account WHERE is_protected))
          """, arguments: [run]) ?? 0, withdrawnAccounts: withdrawn.count)
  }

  func sources(_ body: (ExportedSource) throws -> Void) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM source ORDER BY id")
    while let row = try rows.next() {
      try body(
        ExportedSource(
          id: "S\(row["id"] as Int64)", sha256: row["sha256"], format: row["format"], name: row["name"],
          bytes: row["bytes"], importedAt: row["imported_at"], authorisation: row["authorisation"]))
    }
  }

  func accounts(_ body: (ExportedAccount) throws -> Void) throws {
    progress("writing accounts")
    for account in try AccountQueries.summaries(database) where !isWithdrawn(account.id) {
      try body(
        ExportedAccount(
          id: account.id, platform: account.platform, kind: account.kind, name: account.name,
          // What a protected account shows is left to the case.
          shown: account.isProtected ? nil : account.shown, isLocal: account.isLocal,
          isProtected: account.isProtected, records: account.records, cluster: account.cluster))
    }
  }

  private func isWithdrawn(_ id: String) -> Bool { Int64(id.dropFirst()).map(withdrawn.contains) ?? true }

  func mentions(_ body: (ExportedMention) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT account, source, sum(records) AS records FROM appearance
        WHERE account NOT IN (SELECT account FROM withdrawal) GROUP BY account, source ORDER BY account, source
        """)
    while let row = try rows.next() {
      try body(
        ExportedMention(
          account: "A\(row["account"] as Int64)", source: "S\(row["source"] as Int64)",
          records: row["records"]))
    }
  }

  func identifiers(_ body: (ExportedIdentifier) throws -> Void) throws {
    progress("writing identifiers")
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, kind, platform, canonical FROM value WHERE kind NOT IN (\(withheldKinds)) AND EXISTS (
          SELECT 1 FROM sighting JOIN appearance ON appearance.id = appearance
            JOIN account ON account.id = account
          WHERE sighting.value = value.id AND NOT is_protected
            AND account.id NOT IN (SELECT account FROM withdrawal))
        ORDER BY id
        """)
    while let row = try rows.next() {
      try body(
        ExportedIdentifier(
          id: "I\(row["id"] as Int64)", kind: row["kind"], platform: row["platform"], value: row["canonical"])
      )
    }
  }

  func holdings(_ body: (ExportedHolding) throws -> Void) throws {
    progress("writing which account has which identifier")
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT account, value, label, assertion, count(*) AS sightings
        FROM sighting JOIN appearance ON appearance.id = appearance JOIN account ON account.id = account
          JOIN value ON value.id = value
        WHERE NOT is_protected AND value.kind NOT IN (\(withheldKinds))
          AND account.id NOT IN (SELECT account FROM withdrawal)
        GROUP BY account, value, label, assertion ORDER BY account, value, label, assertion
        """)
    while let row = try rows.next() {
      try body(
        ExportedHolding(
          account: "A\(row["account"] as Int64)", identifier: "I\(row["value"] as Int64)",
          label: row["label"],
          assertion: row["assertion"], sightings: row["sightings"]))
    }
  }

  func pairs(_ body: (ExportedPair) throws -> Void) throws {
    progress("writing pairs")
    let pairs = try Row.fetchCursor(
      database,
      sql: """
        SELECT pair.left, pair.right, log10_lr, one.cluster > 0 AND one.cluster = two.cluster AS together
        FROM pair LEFT JOIN cluster_member one ON one.run = pair.run AND one.account = pair.left
          LEFT JOIN cluster_member two ON two.run = pair.run AND two.account = pair.right
        WHERE pair.run = ? ORDER BY pair.left, pair.right
        """, arguments: [run])
    let evidence = try database.makeStatement(
      sql: "SELECT * FROM evidence WHERE run = ? AND left = ? AND right = ? ORDER BY ordinal")
    while let row = try pairs.next() {
      let (left, right): (Int64, Int64) = (row["left"], row["right"])
      if protected.contains(left) || protected.contains(right) { continue }
      if withdrawn.contains(left) || withdrawn.contains(right) { continue }
      let weight: Double = row["log10_lr"]
      let items = try Row.fetchAll(evidence, arguments: [run, left, right]).map(item)
      try body(
        ExportedPair(
          left: "A\(left)", right: "A\(right)", log10LR: weight,
          support: VerbalSupport(log10LR: weight).rawValue,
          isInOneCluster: row["together"] as Bool? ?? false, evidence: items))
    }
  }

  private func item(_ row: Row) throws -> ExportedPair.Item {
    let table = (row["refers_to_records"] as Bool) ? "record" : "sighting"
    let references = try JSONDecoder().decode([Int64].self, from: Data((row["refs"] as String).utf8))
    let (weight, alone): (Double, Double) = (row["log10_lr"], row["log10_lr_alone"])
    let family: String = row["family"]
    // A statement about a person quotes names and dates of birth: the case has it, an export does not.
    let statement: String =
      family == EvidenceFamily.person.rawValue
      ? "Details of a person on record \(alone < 0 ? "differ" : "agree"); the case has them, an export does not."
      : row["statement"]
    return ExportedPair.Item(
      family: family, rule: row["rule"], log10LR: weight,
      support: PairExplanation.Item.support(weight, alone: alone), statement: statement,
      places: try references.compactMap { try AccountQueries.place(of: $0, in: table, database) })
  }

  func clusters(_ body: (ExportedCluster) throws -> Void) throws {
    // A merge joins accounts of one cluster, so its left account says which.
    var weakest: [Int64: Double] = [:]
    let merges = try Row.fetchCursor(
      database,
      sql: """
        SELECT cluster, min(log10_lr) AS weakest FROM merge
          JOIN cluster_member ON cluster_member.run = merge.run AND cluster_member.account = merge.left
        WHERE merge.run = ? GROUP BY cluster
        """, arguments: [run])
    while let row = try merges.next() { weakest[row["cluster"]] = row["weakest"] as Double? }
    let rows = try Row.fetchCursor(
      database,
      sql:
        "SELECT cluster, account FROM cluster_member WHERE run = ? AND cluster > 0 ORDER BY cluster, account",
      arguments: [run])
    var current: (number: Int64, accounts: [String])?
    func finish() throws {
      guard let current else { return }
      try body(
        ExportedCluster(
          id: "C\(current.number)", accounts: current.accounts, weakestLink: weakest[current.number]))
    }
    while let row = try rows.next() {
      let number: Int64 = row["cluster"]
      if current?.number != number {
        try finish()
        current = (number, [])
      }
      current?.accounts.append("A\(row["account"] as Int64)")
    }
    try finish()
  }

  func judgements(_ body: (ExportedJudgement) throws -> Void) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM judgement ORDER BY id")
    while let row = try rows.next() {
      let (left, right): (Int64, Int64) = (row["left"], row["right"])
      if withdrawn.contains(left) || withdrawn.contains(right) { continue }
      let isTouching = protected.contains(left) || protected.contains(right)
      let verdict: String = row["verdict"]
      // It was made before the protection, and no run respects it.
      if isTouching, verdict == Judgement.same.rawValue { continue }
      try body(
        ExportedJudgement(
          id: "J\(row["id"] as Int64)", left: "A\(left)", right: "A\(right)", verdict: verdict,
          reason: row["reason"], madeAt: row["made_at"], undoneAt: row["undone_at"],
          touchesProtected: isTouching))
    }
  }

  func held(_ body: (ExportedHeldMerge) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM held_merge WHERE run = ? ORDER BY ordinal", arguments: [run])
    while let row = try rows.next() {
      if withdrawn.contains(row["left"]) || withdrawn.contains(row["right"]) { continue }
      try body(
        ExportedHeldMerge(
          id: "H\((row["ordinal"] as Int64) + 1)", left: "A\(row["left"] as Int64)",
          right: "A\(row["right"] as Int64)", log10LR: row["log10_lr"], cause: row["cause"]))
    }
  }
}
