import Foundation
import GRDB
public import TransparencyLog

/// What the check of a case's log came to.
public struct CaseLogReport: Sendable {
  /// The check of the log's folder.
  public internal(set) var folder: LogVerifier.Report
  /// Entries in the database.
  public internal(set) var stored: UInt64 = 0
  /// Entries whose payload is what their leaf commits to.
  public internal(set) var payloads = 0
  /// Entries whose content was erased, each by an entry that says so.
  public internal(set) var erased = 0
  /// What is no fault and yet for somebody to look at, in words.
  public internal(set) var remarks: [String] = []
  /// Rows whose entries are of an older version, and do not say all of them: times above all.
  public internal(set) var unpinned = 0
  /// What does not hold in the database.
  public internal(set) var faults: [LogVerifier.Fault] = []

  /// Entries that are stored and not signed yet.
  public var unsigned: UInt64 { folder.checkpoint.map { stored - min(stored, $0.size) } ?? stored }
  /// Whether everything holds.
  public var isSound: Bool { folder.isSound && faults.isEmpty }
}

extension CaseLog {
  /// Checks the log's folder as `LogVerifier` does, and the database against it: that every payload is what its leaf
  /// commits to, that the rows are the tree that was signed, and that whatever was erased was erased by an entry; and
  /// the copies of sources that the case keeps against the hashes of these.
  ///
  /// - Parameters:
  ///   - key: the log's key, from elsewhere; that of the database when nil.
  ///   - known: checkpoints kept elsewhere, which the log must begin with.
  public func verify(key: VerifierKey? = nil, known: [SignedNote] = []) throws -> CaseLogReport {
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw LogFailure.checkpoint("the folder log is missing")
    }
    let caseFolder = URL(fileURLWithPath: folder.path).deletingLastPathComponent()
    let (checked, copies) = try whileNothingIsWritten {
      try queue.read { database in
        // Some of what is checked came with later versions.
        let migrations = try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations")
        if !migrations.contains("4"), try !database.tableExists("export") {
          throw CaseError.invalid(
            "The case was last used by an older version. Open it once with a command that works on it, such as `cognate accounts`."
          )
        }
        var report = CaseLogReport(folder: LogVerifier.Report())
        var told = ToldEffects()
        let tree = try rows(database, &told, &report)
        // Whoever is stopped while it signs leaves tiles, or a checkpoint, of entries that are stored already.
        do throws(LogFolder.Failure) {
          report.folder = try LogVerifier(
            folder, key: key ?? self.key, known: known, allowsDrafts: true, unfinished: tree
          ).verify()
        } catch {
          throw LogFailure.file(error)
        }
        if let key, key.text != self.key.text {
          report.fault("the database's key is not the one that was given")
        }
        try form(database, &report)
        try nodes(database, tree, &report)
        try erasures(database, &report)
        try effects(told, database, &report)
        try contents(told, database, &report)
        try signed(database, tree, &report)
        try companions(&report)
        if report.unpinned > 0 {
          report.remarks.append(
            "Entries of an older version do not say all of \(report.unpinned) rows: when these were stored, for one, is not proved."
          )
        }
        return (report, try KeptCopy.all(in: caseFolder, database))
      }
    }
    // Copies may be large, and nobody has to wait for them: each gets its name when it is whole.
    var report = checked
    if !KeptCopy.canBeListed(in: caseFolder) {
      report.faults.append(
        LogVerifier.Fault(
          file: KeptCopy.top, what: "cannot be read, so that no copy of a source was compared"))
    }
    var hashes = KeptCopy.KnownHashes()
    for copy in copies where !copy.isWhole(in: caseFolder, &hashes) {
      let what = "is not what was imported as \(copy.source), not all of it, or more"
      report.faults.append(LogVerifier.Fault(file: copy.place, what: what))
    }
    return report
  }

  /// The tree of the commitments, each checked against its payload.
  private func rows(
    _ database: Database, _ told: inout ToldEffects, _ report: inout CaseLogReport
  ) throws -> MerkleTree {
    var tree = MerkleTree()
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT idx, commitment, salt, payload, operation, action, actor, at FROM log_entry ORDER BY idx")
    var unusual: [Int64] = []
    var dates = EntryDates()
    while let row = try rows.next() {
      let index = UInt64(bitPattern: row[0] as Int64)
      guard index == tree.size else {
        report.fault("entry \(tree.size) is missing")
        break
      }
      let commitment = try row.withUnsafeData(atIndex: 1) {
        $0.flatMap { TransparencyLog.Digest(bytes: $0) }
      }
      guard let commitment else {
        report.fault("the commitment of entry \(index) has not 32 bytes")
        break
      }
      tree.append(TreeHash.leaf(commitment.bytes))
      dates.note(row[7] as String? ?? "", index)
      if row[4] as String != ProcessingOperation.consultation.rawValue { told.note(row[5], Int64(index)) }
      let found = try row.withUnsafeData(atIndex: 2) { salt in
        try row.withUnsafeData(atIndex: 3) { payload in
          if let payload, try !PayloadColumns.areRepeated(in: payload, row, from: 4) {
            unusual.append(Int64(index))
          }
          return salt.flatMap { salt in payload.map { LogCommitment.commitment(salt: salt, payload: $0) } }
        }
      }
      guard let found else { continue }
      if found == commitment {
        report.payloads += 1
      } else {
        report.fault("the payload of entry \(index) is not what its leaf commits to")
      }
    }
    report.stored = tree.size
    if let remark = dates.remark { report.remarks.append(remark) }
    try columns(of: unusual, database, &report)
    return tree
  }

  private func nodes(_ database: Database, _ tree: MerkleTree, _ report: inout CaseLogReport) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT level, idx, hash FROM log_node ORDER BY level, idx")
    var (level, index) = (1, UInt64(0))
    while let row = try rows.next() {
      while tree.size >> UInt64(level) == index, level < 63 { (level, index) = (level + 1, 0) }
      guard row[0] as Int64 == Int64(level), UInt64(bitPattern: row[1] as Int64) == index,
        tree.size >> UInt64(level) > index
      else {
        report.fault("node \(index) of level \(level) is missing, or there are others than entries need")
        return
      }
      let hash = try row.withUnsafeData(atIndex: 2) { $0.flatMap { TransparencyLog.Digest(bytes: $0) } }
      if hash != tree.node(level: level, index: index) {
        report.fault("node \(index) of level \(level) is not the hash of its entries")
      }
      index += 1
    }
    while tree.size >> UInt64(level) == index, level < 63 { (level, index) = (level + 1, 0) }
    if level < 63 { report.fault("node \(index) of level \(level) is missing") }
  }

  /// The columns that repeat the payload, of entries whose payload is not plainly in the program's own form.
  private func columns(of entries: [Int64], _ database: Database, _ report: inout CaseLogReport) throws {
    let differs = try database.makeStatement(
      sql: """
        SELECT \(PayloadText.at("operation")) IS NOT operation OR \(PayloadText.at("action")) IS NOT action
          OR \(PayloadText.at("who.name")) IS NOT actor OR \(PayloadText.at("at")) IS NOT at
        FROM log_entry WHERE idx = ?
        """)
    for index in entries where try Bool.fetchOne(differs, arguments: [index]) != false {
      report.fault("entry \(index) is listed with other words than its payload has")
    }
  }

  private func erasures(_ database: Database, _ report: inout CaseLogReport) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT idx, EXISTS (
            SELECT 1 FROM log_entry own WHERE own.idx = log_entry.erased_by AND own.idx > log_entry.idx
              AND own.operation = 'erasure' AND json_valid(own.payload) AND EXISTS (
                SELECT 1 FROM json_each(own.payload, '$.subjects') WHERE value = 'E' || log_entry.idx))
        FROM log_entry WHERE payload IS NULL OR salt IS NULL ORDER BY idx
        """)
    while let row = try rows.next() {
      if row[1] as Bool {
        report.erased += 1
      } else {
        report.fault("the content of entry \(row[0] as Int64) is gone, and no entry says that it was erased")
      }
    }
    let halves = try Int64.fetchAll(
      database,
      sql: """
        SELECT idx FROM log_entry
        WHERE (salt IS NULL) <> (payload IS NULL) OR (payload IS NULL) <> (erased_by IS NOT NULL) ORDER BY idx
        """)
    for index in halves { report.fault("entry \(index) is neither whole nor erased") }
  }

  /// What was signed against what is stored.
  private func signed(_ database: Database, _ tree: MerkleTree, _ report: inout CaseLogReport) throws {
    guard let checkpoint = report.folder.checkpoint else { return }
    if checkpoint.size > tree.size {
      report.fault("\(checkpoint.size) entries were signed, but \(tree.size) are stored")
    } else if tree.root(size: checkpoint.size) != checkpoint.root {
      report.fault("the first \(checkpoint.size) entries are not those that were signed")
    }
    let states = try Int64.fetchAll(database, sql: "SELECT id FROM log_state")
    if states != [1] {
      report.fault("the database names \(states.count) keys of its log, or one of them amiss")
    }
    let recorded = try LogState(database).signed
    if recorded > checkpoint.size {
      report.fault("\(recorded) entries were signed, but the newest checkpoint is of \(checkpoint.size)")
    }
  }

  /// What the program writes beside the newest checkpoint: the public key, and the same checkpoint by its size. A log of
  /// another maker need not have them.
  private func companions(_ report: inout CaseLogReport) throws {
    var names = ["vkey"]
    if let checkpoint = report.folder.checkpoint { names.append("checkpoint.\(checkpoint.size)") }
    do throws(LogFolder.Failure) {
      for name in names {
        if try folder.read(name) == nil {
          report.faults.append(LogVerifier.Fault(file: name, what: "is missing"))
        }
      }
    } catch {
      throw LogFailure.file(error)
    }
  }
}

extension CaseLogReport {
  mutating func fault(_ what: String) {
    faults.append(LogVerifier.Fault(file: "case.sqlite", what: what))
  }
}
