import AccountModel
public import Foundation
public import GRDB
public import Linkage

/// What identifies a run: equal identities must give equal results.
public struct RunIdentity: Sendable, Hashable, Codable {
  /// Hash over the sources, judgements and protections.
  public var inputs: String
  /// Settings as JSON.
  public var settings: String
  /// Version of the engine.
  public var engine: String
  /// Hash of the three, in hexadecimal.
  public var hash: String { Self.hash(inputs: inputs, settings: settings, engine: engine) }

  /// Makes an identity.
  public init(inputs: String, settings: String, engine: String) {
    self.inputs = inputs
    self.settings = settings
    self.engine = engine
  }

  static func hash(inputs: String, settings: String, engine: String) -> String {
    ContentHash.text("\(inputs)\n\(settings)\n\(engine)\n")
  }
}

/// Runs as the case stores them.
public enum RunStore {
  /// Stores a run with everything that it found, for and against.
  ///
  /// A run that is stored already is compared with what was stored, and becomes the latest again.
  ///
  /// - Returns: which making of a run this is, counted from 1.
  public static func save(
    _ run: LinkageRun, _ identity: RunIdentity, result: String, of linked: CaseLinkageInput,
    in database: Database, now: Date
  ) throws -> Int64 {
    let stamp = CaseDatabase.timestamp(now)
    if let known = try Row.fetchOne(
      database, sql: "SELECT id, result FROM run WHERE hash = ?", arguments: [identity.hash])
    {
      guard known["result"] as String == result else { throw CaseError.resultDiffers(run: identity.hash) }
      try database.execute(
        sql: "INSERT INTO run_order (run, made_at) VALUES (?, ?)", arguments: [known["id"] as Int64, stamp])
      return database.lastInsertedRowID
    }
    try database.execute(
      sql: "INSERT INTO run (hash, inputs, settings, engine, result, made_at) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [identity.hash, identity.inputs, identity.settings, identity.engine, result, stamp])
    let id = database.lastInsertedRowID
    try database.execute(sql: "INSERT INTO run_order (run, made_at) VALUES (?, ?)", arguments: [id, stamp])
    let order = database.lastInsertedRowID
    try savePairs(run, id, linked, database)
    try saveClusters(run, id, linked, database)
    return order
  }

  private static func savePairs(
    _ run: LinkageRun, _ id: Int64, _ linked: CaseLinkageInput, _ database: Database
  ) throws {
    let pair = try database.makeStatement(sql: "INSERT INTO pair VALUES (?, ?, ?, ?)")
    let evidence = try database.makeStatement(
      sql: "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for found in run.pairs {
      let (left, right) = (linked.accounts[Int(found.left.raw)], linked.accounts[Int(found.right.raw)])
      try pair.execute(arguments: [id, left, right, found.log10LR])
      for (ordinal, item) in found.items.enumerated() {
        try evidence.execute(arguments: [
          id, left, right, ordinal, item.family.rawValue, item.rule, item.log10LR, item.log10LRAlone,
          item.statement, item.refersToRecords,
          "[" + item.references.map(String.init).joined(separator: ",") + "]",
        ])
      }
    }
  }

  private static func saveClusters(
    _ run: LinkageRun, _ id: Int64, _ linked: CaseLinkageInput, _ database: Database
  ) throws {
    let member = try database.makeStatement(sql: "INSERT INTO cluster_member VALUES (?, ?, ?)")
    for (node, cluster) in clusterNumbers(run).enumerated() {
      try member.execute(arguments: [id, linked.accounts[node], cluster])
    }
    let merge = try database.makeStatement(sql: "INSERT INTO merge VALUES (?, ?, ?, ?, ?)")
    for (ordinal, made) in run.clustering.merges.enumerated() {
      try merge.execute(arguments: [
        id, ordinal, linked.accounts[Int(made.left.raw)], linked.accounts[Int(made.right.raw)],
        made.log10LR.isFinite ? made.log10LR : nil,
      ])
    }
    let held = try database.makeStatement(sql: "INSERT INTO held_merge VALUES (?, ?, ?, ?, ?, ?)")
    for (ordinal, one) in run.clustering.held.enumerated() {
      try held.execute(arguments: [
        id, ordinal, linked.accounts[Int(one.left.raw)], linked.accounts[Int(one.right.raw)],
        one.log10LR.isFinite ? one.log10LR : nil, one.cause.rawValue,
      ])
    }
    let common = try database.makeStatement(sql: "INSERT INTO common_key VALUES (?, ?, ?, ?, ?)")
    for (ordinal, one) in run.commonKeys.enumerated() {
      let key = linked.input.keys[Int(one.key.raw)]
      try common.execute(arguments: [id, ordinal, key.kind.rawValue, key.text, one.holders])
    }
  }

  /// Numbers of clusters of more than one account from 1, in order of their first account; 0 for an account
  /// that is alone.
  public static func clusterNumbers(_ run: LinkageRun) -> [Int] {
    var sizes: [Int: Int] = [:]
    for cluster in run.clustering.clusterOfAccount { sizes[cluster, default: 0] += 1 }
    var numbers: [Int: Int] = [:]
    return run.clustering.clusterOfAccount.map { cluster in
      guard sizes[cluster, default: 0] > 1 else { return 0 }
      if let known = numbers[cluster] { return known }
      numbers[cluster] = numbers.count + 1
      return numbers.count
    }
  }

  /// The run that was made or confirmed last.
  public static func latest(_ database: Database) throws -> Int64 {
    guard let run = try Int64.fetchOne(database, sql: "SELECT run FROM run_order ORDER BY id DESC LIMIT 1")
    else {
      throw CaseError.neverLinked
    }
    return run
  }

  /// The accounts of a cluster of a run, in order of id.
  ///
  /// - Parameter cluster: `C1` or `1`.
  /// - Throws: `CaseError.noSuchCluster`.
  public static func members(
    of cluster: String, in run: Int64, _ database: Database
  ) throws -> (number: Int, accounts: [Int64]) {
    guard let number: Int = RecordLabel.number(cluster, letter: "C"), number > 0 else {
      throw CaseError.noSuchCluster(cluster)
    }
    let accounts = try Int64.fetchAll(
      database, sql: "SELECT account FROM cluster_member WHERE run = ? AND cluster = ? ORDER BY account",
      arguments: [run, number])
    guard !accounts.isEmpty else { throw CaseError.noSuchCluster(cluster) }
    return (number, accounts)
  }

  /// The hash of a run's inputs, settings and version.
  public static func hash(of run: Int64, _ database: Database) throws -> String {
    try String.fetchOne(database, sql: "SELECT hash FROM run WHERE id = ?", arguments: [run]) ?? ""
  }
}
