internal import AccountModel
internal import CaseFile
import Foundation
import GRDB

extension Case {
  /// The evidence between two accounts, for and against, under the last run.
  public func why(_ left: String, _ right: String) throws -> PairExplanation {
    try consult("why") { database, draft in
      // Both are noted, whichever of them cannot be shown.
      let found = [left, right].map { text in
        Result { try AccountQueries.find(text, database, noting: &draft) }
      }
      let run = try RunStore.latest(database)
      let (one, other) = (try found[0].get(), try found[1].get())
      guard one != other else { throw CaseError.invalid("Both are A\(one): name two accounts.") }
      let pair = (min(one, other), max(one, other))
      let summaries = try AccountQueries.summaries(database, ids: [pair.0, pair.1])
      guard summaries.count == 2 else { throw CaseError.noSuchAccount(left) }
      draft.subjects = summaries.map(\.id)
      var explanation = try Self.explanation(summaries[0], summaries[1], pair, run: run, database)
      explanation.changedSince = try RunChange.some(since: run, database)
      return explanation
    }
  }

  /// The evidence between two accounts under a run.
  ///
  /// - Parameter pair: their numbers, the lower first.
  static func explanation(
    _ left: AccountSummary, _ right: AccountSummary, _ pair: (Int64, Int64), run: Int64, _ database: Database
  ) throws -> PairExplanation {
    let key: StatementArguments = [run, pair.0, pair.1]
    let total = try Double.fetchOne(
      database, sql: "SELECT log10_lr FROM pair WHERE run = ? AND left = ? AND right = ?", arguments: key)
    let judgement = try String.fetchOne(
      database,
      sql: """
        SELECT verdict || ': ' || reason FROM judgement
        WHERE left = ? AND right = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1
        """, arguments: [pair.0, pair.1])
    return PairExplanation(
      left: left, right: right, log10LR: total ?? 0,
      support: VerbalSupport(log10LR: total ?? 0).rawValue, propositions: PairExplanation.propositions,
      evidence: try items(database, key), judgement: judgement,
      held: try String.fetchOne(
        database, sql: "SELECT cause FROM held_merge WHERE run = ? AND left = ? AND right = ?",
        arguments: key),
      isInOneCluster: left.cluster != nil && left.cluster == right.cluster,
      run: try RunStore.hash(of: run, database))
  }

  /// The merges that built a cluster of the last run, weakest first.
  ///
  /// - Parameter progress: called with the name of each stage as it begins.
  public func how(
    _ cluster: String, progress: (String) -> Void = { _ in }
  ) throws -> ClusterExplanation {
    try consult("how", query: [cluster]) { database, draft in
      let run = try RunStore.latest(database)
      let (number, members) = try RunStore.members(of: cluster, in: run, database)
      draft.subjects = ["C\(number)"]
      draft.details["run"] = try RunStore.hash(of: run, database)
      progress("reading the merges of \(members.count) accounts")
      let summaries = try AccountQueries.summaries(database, ids: members)
      let byID = Dictionary(uniqueKeysWithValues: zip(members, summaries))
      let inside = Set(members)
      var steps: [ClusterExplanation.Step] = []
      for row in try Row.fetchAll(
        database,
        sql: """
          SELECT left, right, log10_lr FROM merge WHERE run = ?
          ORDER BY log10_lr IS NULL, log10_lr, ordinal DESC
          """, arguments: [run])
      {
        guard let left = byID[row["left"]], let right = byID[row["right"]] else { continue }
        let weight: Double? = row["log10_lr"]
        let (one, other): (Int64, Int64) = (row["left"], row["right"])
        let items = try Self.items(database, [run, min(one, other), max(one, other)])
        steps.append(
          .init(
            left: left, right: right, log10LR: weight,
            support: weight.map { VerbalSupport(log10LR: $0).rawValue } ?? "ordered by a human judgement",
            because: weight == nil ? "A human judged them to be the same." : Self.reason(items)))
      }
      let held = try Row.fetchAll(
        database, sql: "SELECT left, right, log10_lr, cause FROM held_merge WHERE run = ? ORDER BY ordinal",
        arguments: [run]
      ).filter { inside.contains($0["left"]) || inside.contains($0["right"]) }
      let apart = try AccountQueries.summaries(
        database, ids: Array(Set(held.flatMap { [$0["left"] as Int64, $0["right"] as Int64] })))
      let apartByID = Dictionary(uniqueKeysWithValues: apart.map { ($0.id, $0) })
      return ClusterExplanation(
        id: "C\(number)", accounts: summaries, merges: steps,
        held: held.compactMap { row in
          guard let left = apartByID["A\(row["left"] as Int64)"],
            let right = apartByID["A\(row["right"] as Int64)"]
          else { return nil }
          return LinkResult.Held(left, right, log10LR: row["log10_lr"], cause: row["cause"])
        }, run: try RunStore.hash(of: run, database), changedSince: try RunChange.some(since: run, database))
    }
  }

  /// The strongest item of all. Writing links nobody by itself, so what it adds to is said before it.
  private static func reason(_ items: [PairExplanation.Item]) -> String {
    guard let strongest = items.first else { return "" }
    let style = EvidenceFamily.style.rawValue
    guard strongest.family == style,
      let other = items.first(where: { $0.family != style && $0.log10LR > 0 })
    else { return strongest.statement }
    let added = String(format: "%+.2f", strongest.log10LR)
    return "\(other.statement) How they write adds \(added)."
  }

  /// The clusters of the last run.
  public func clusters() throws -> [LinkResult.Cluster] {
    try consult("clusters") { database, draft in
      let run = try RunStore.latest(database)
      draft.details["run"] = try RunStore.hash(of: run, database)
      return try Self.clusters(of: run, database)
    }
  }

  /// How many merges the last run held because a protected account would be reached: a human must look at each.
  ///
  /// Looking at it is no consultation: it says how many, and nothing of what the case holds.
  ///
  /// - Throws: `CaseError.neverLinked`, `PeopleFailure`, errors of the database.
  package func alertsOfLastRun() throws -> Int {
    try database.read { database in
      try authorise(.readContent, database)
      return try Int.fetchOne(
        database, sql: "SELECT count(*) FROM held_merge WHERE run = ? AND cause = ?",
        arguments: [RunStore.latest(database), HeldMerge.Cause.protectedAccount.rawValue]) ?? 0
    }
  }

  /// The clusters of a run, by number.
  static func clusters(of run: Int64, _ database: Database) throws -> [LinkResult.Cluster] {
    let threshold = try settings(of: run, database).threshold
    let changed = try RunChange.some(since: run, database)
    // Of all clusters at once: a question for each costs more than all that is answered.
    var members: [Int: [AccountSummary]] = [:]
    for account in try AccountQueries.summaries(database, inClustersOf: run) {
      if let number = account.cluster.flatMap({ Int($0.dropFirst()) }) {
        members[number, default: []].append(account)
      }
    }
    var weakest: [Int: Double] = [:]
    let merges = try Row.fetchCursor(
      database,
      sql: """
        SELECT cluster, min(log10_lr) AS least FROM merge
          JOIN cluster_member ON cluster_member.run = merge.run AND account = merge.left
        WHERE merge.run = ? GROUP BY cluster
        """, arguments: [run])
    while let row = try merges.next() { weakest[row["cluster"]] = row["least"] }
    var edges: [Int: [(UInt32, UInt32)]] = [:]
    let pairs = try Row.fetchCursor(
      database,
      sql: """
        SELECT one.cluster, pair.left, pair.right FROM pair
          JOIN cluster_member one ON one.run = pair.run AND one.account = pair.left
          JOIN cluster_member other ON other.run = pair.run AND other.account = pair.right
        WHERE pair.run = ? AND log10_lr >= ? AND one.cluster > 0 AND one.cluster = other.cluster
        """, arguments: [run, threshold])
    while let row = try pairs.next() {
      let ends = (UInt32(truncatingIfNeeded: row[1] as Int64), UInt32(truncatingIfNeeded: row[2] as Int64))
      edges[row[0], default: []].append(ends)
    }
    return members.keys.sorted().map { number in
      let accounts = members[number] ?? []
      let shape = LinkResult.Cluster.Shape(
        accounts: accounts.count, edges: edges[number] ?? [], weakestLink: weakest[number])
      return LinkResult.Cluster(
        id: "C\(number)", accounts: accounts, weakestLink: shape.weakestLink, density: shape.density,
        bridges: shape.bridges, changedSince: changed)
    }
  }

  /// What a run was made with.
  static func settings(of run: Int64, _ database: Database) throws -> LinkageSettings {
    let settings = try String.fetchOne(
      database, sql: "SELECT settings FROM run WHERE id = ?", arguments: [run])
    return try JSONDecoder().decode(LinkageSettings.self, from: Data((settings ?? "{}").utf8))
  }

  private static func items(
    _ database: Database, _ key: StatementArguments
  ) throws -> [PairExplanation.Item] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT * FROM evidence WHERE run = ? AND left = ? AND right = ? ORDER BY ordinal", arguments: key)
    return try rows.map { row in
      let table = (row["refers_to_records"] as Bool) ? "record" : "sighting"
      let references = try JSONDecoder().decode([Int64].self, from: Data((row["refs"] as String).utf8))
      // Several identifiers of one record have one place.
      var places: [String] = []
      for reference in references {
        guard let place = try AccountQueries.place(of: reference, in: table, database) else { continue }
        if !places.contains(place) { places.append(place) }
      }
      let (weight, alone): (Double, Double) = (row["log10_lr"], row["log10_lr_alone"])
      return PairExplanation.Item(
        family: row["family"], rule: row["rule"], log10LR: weight, log10LRAlone: alone,
        support: PairExplanation.Item.support(weight, alone: alone), statement: row["statement"],
        sources: places)
    }
  }
}

import Linkage
