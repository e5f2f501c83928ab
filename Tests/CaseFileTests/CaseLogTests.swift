import CaseFile
import Foundation
import GRDB
import TestSupport
import Testing
import TransparencyLog

/// A case in a scratch folder, with its log.
struct LoggedCase {
  let scratch: ScratchFolder
  let folder: URL
  let database: CaseDatabase

  init() throws {
    scratch = try ScratchFolder()
    folder = scratch.url.appendingPathComponent("a.cognate")
    database = try CaseDatabase.create(at: folder, opening: try Self.opening(), by: Self.actor)
  }

  static let actor = LogActor(name: "analyst", isAuthenticated: true)

  static func opening() throws -> CaseOpening {
    try CaseOpening(
      mode: .force, basis: "b", purpose: "the purpose", reference: "r", owner: "O", reviewer: "R",
      reviewBy: "2027-01-31", dpia: "d")
  }

  static func draft(_ action: String, _ subjects: [String] = []) -> LogEntryDraft {
    LogEntryDraft(.alteration, action, who: actor, subjects: subjects)
  }

  @discardableResult
  func add(_ action: String, _ subjects: [String] = []) throws -> UInt64 {
    try database.operation { _, entries in try entries.append(Self.draft(action, subjects)) }
  }

  /// Changes the database behind the back of the program.
  func tamper(_ sql: String) throws {
    try DatabaseQueue(path: folder.appendingPathComponent("case.sqlite").path).write {
      try $0.execute(sql: sql)
    }
  }

  func verify() throws -> LogVerifier.Report { try LogVerifier(database.log, key: database.logKey).verify() }
}

@Suite struct CaseLogTests {
  @Test func beginsWithTheCaseAndIsSignedAtEverySize() throws {
    let test = try LoggedCase()
    for number in 1...5 { #expect(try test.add("act", ["A\(number)"]) == UInt64(number)) }
    let entries = try test.database.read { try LogEntry.all($0) }
    #expect(entries.map(\.index) == Array(0..<6))
    #expect(entries[0].action == "new" && entries[0].payload?.details["basis"] == "b")
    #expect(entries.allSatisfy { $0.actor == "analyst" && $0.payload?.who == LoggedCase.actor })
    #expect(entries.allSatisfy { $0.payload?.isDefaultJustification == true })
    #expect(entries.allSatisfy { $0.payload?.justification == "the purpose" })
    let report = try test.verify()
    #expect(report.isSound, "\(report.faults)")
    #expect(report.checkpoint?.size == 6)
    #expect(report.checkpoints == 7)
    #expect(try Checkpoint(text: test.database.checkpoint().text).size == 6)
  }

  @Test func anOperationWithoutAnEntryStoresNothing() throws {
    let test = try LoggedCase()
    #expect(throws: LogFailure.noEntry) {
      try test.database.operation { database, _ in
        try database.execute(sql: "INSERT INTO protection VALUES ('x', 'handle', 'someone')")
      }
    }
    struct Refused: Error {}
    #expect(throws: Refused.self) {
      try test.database.operation { database, entries in
        try database.execute(sql: "INSERT INTO protection VALUES ('x', 'handle', 'someone')")
        try entries.append(LoggedCase.draft("act"))
        throw Refused()
      }
    }
    let (protections, entries) = try test.database.read { database in
      (
        try Int.fetchOne(database, sql: "SELECT count(*) FROM protection"),
        try LogEntry.all(database).count
      )
    }
    #expect(protections == 0 && entries == 1)
  }

  @Test func keysAreTheOwnersOnlyAndDiffer() throws {
    let (one, other) = (try LoggedCase(), try LoggedCase())
    #expect(one.database.logKey.name != other.database.logKey.name)
    for (name, mode) in [("key", 0o700), ("key/log-key", 0o600)] {
      let path = one.folder.appendingPathComponent(name).path
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == mode)
    }
  }

  @Test func entriesAreFoundByActionAndSubject() throws {
    let test = try LoggedCase()
    try test.add("identify.propose", ["I1", "C1"])
    try test.add("identify.confirm", ["I1"])
    try test.add("identifying", ["I2"])
    func find(_ action: String?, _ subject: String? = nil) throws -> [UInt64] {
      try test.database.read { try LogEntry.all($0, .init(action: action, subject: subject)).map(\.index) }
    }
    #expect(try find("identify.") == [1, 2])
    #expect(try find("identify.confirm") == [2])
    #expect(try find(nil, "I1") == [1, 2])
    #expect(try find("identify.propose", "C1") == [1])
    #expect(try find(nil, "C2").isEmpty)
    #expect(throws: LogFailure.noSuchEntry(4)) { try test.database.read { try LogEntry.one($0, 4) } }
  }

  @Test func columnsThatRepeatAPayloadAreCheckedHoweverItIsWritten() throws {
    let test = try LoggedCase()
    let texts = [
      "plain", #"a "quoted" \ name"#, "two\nlines", "Zoë 🙃", "a/b",
      #"","operation":"export","recipients":["#, #""}}"#,
    ]
    for text in texts {
      _ = try test.database.operation { _, entries in
        try entries.append(
          LogEntryDraft(
            .alteration, "act", who: LogActor(name: text, isAuthenticated: false), justification: text,
            subjects: [text], recipients: [text], details: ["operation": text, "recipients": text]))
      }
    }
    #expect(try CaseLog(of: test.folder).verify().faults.isEmpty)
    for column in ["operation", "action", "actor", "at"] {
      for index in 1...texts.count {
        let old = try test.database.read {
          try String.fetchOne($0, sql: "SELECT \(column) FROM log_entry WHERE idx = \(index)")
        }
        try test.tamper("UPDATE log_entry SET \(column) = 'export' WHERE idx = \(index)")
        let faults = try CaseLog(of: test.folder).verify().faults
        #expect(
          faults.contains { $0.what == "entry \(index) is listed with other words than its payload has" },
          "\(column), \(index)")
        try test.tamper(
          "UPDATE log_entry SET \(column) = '\(old?.replacing("'", with: "''") ?? "")' WHERE idx = \(index)")
      }
    }
    #expect(try CaseLog(of: test.folder).verify().faults.isEmpty)
  }

  @Test func erasingKeepsTheTree() throws {
    let test = try LoggedCase()
    let index = try test.add("secret", ["A1"])
    try test.add("other", ["A1"])
    let erasing = try test.database.operation { _, entries in
      try entries.erase([index], LoggedCase.draft("erase"))
    }
    let entry = try test.database.read { try LogEntry.one($0, index) }
    #expect(entry.payload == nil && entry.erasedBy == erasing && entry.action == "secret")
    #expect(try test.database.read { try LogEntry.all($0, .init(subject: "A1")).count } == 1)
    let own = try test.database.read { try LogEntry.one($0, erasing) }
    #expect(own.operation == .erasure && own.payload?.subjects == ["E1"])
    #expect(try test.verify().isSound)
    #expect(throws: LogFailure.erasedAlready(index)) {
      try test.database.operation { _, entries in try entries.erase([index], LoggedCase.draft("erase")) }
    }
    #expect(throws: LogFailure.noSuchEntry(99)) {
      try test.database.operation { _, entries in try entries.erase([99], LoggedCase.draft("erase")) }
    }
    // Nothing of what it said is left in any file.
    let bytes = ["case.sqlite", "case.sqlite-wal"].map {
      (try? Data(contentsOf: test.folder.appendingPathComponent($0))) ?? Data()
    }
    #expect(bytes.allSatisfy { $0.range(of: Data("\"action\":\"secret\"".utf8)) == nil })
    #expect(bytes.contains { $0.range(of: Data("\"action\":\"other\"".utf8)) != nil })
  }

  /// That the database could not be written anew was said to nobody: what is between its rows then stays.
  @Test func aDatabaseThatIsNotWrittenAnewIsTold() throws {
    let test = try LoggedCase()
    let first = try test.add("secret", ["A1"])
    let second = try test.add("other", ["A1"])
    // Away, the folder has no room for the second database, which lies nowhere else.
    let away = test.folder.appendingPathExtension("away")
    try test.database.operation { _, entries in
      try entries.erase([first], LoggedCase.draft("erase"))
      try FileManager.default.moveItem(at: test.folder, to: away)
    }
    try FileManager.default.moveItem(at: away, to: test.folder)
    #expect(test.database.rebuildFailure?.contains("not a writable directory") == true)
    func isDemanded() throws -> Bool {
      try test.database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1
    }
    // Whoever opens the case next makes up for it, as after a crash.
    #expect(try isDemanded())
    #expect(try CaseDatabase.open(test.folder).rebuildFailure == nil)
    #expect(try !isDemanded())
    try test.database.operation { _, entries in
      _ = try entries.erase([second], LoggedCase.draft("erase"))
    }
    #expect(test.database.rebuildFailure == nil)
    #expect(try !isDemanded())
  }

  /// Trying would fill the disk at each opening.
  @Test func whatHasNoRoomIsNotTriedWhenTheCaseIsOpened() throws {
    let test = try LoggedCase()
    let lack = DatabaseRebuild.lackOfRoom(for: .max, in: test.folder)
    #expect(lack?.hasPrefix("it takes 18446744073642442750 bytes, and ") == true)
    #expect(DatabaseRebuild.lackOfRoom(for: 0, in: test.folder) == nil)
    #expect(DatabaseRebuild.lackOfRoom(for: .max, in: test.folder.appendingPathComponent("none")) == nil)
  }

  @Test func whatWasNotSignedIsSignedWhenTheCaseIsOpened() throws {
    let test = try LoggedCase()
    try test.add("act")
    let log = test.folder.appendingPathComponent("log")
    let aside = test.scratch.url.appendingPathComponent("aside")
    try FileManager.default.copyItem(at: log, to: aside)
    try test.add("act")
    try test.tamper("UPDATE log_state SET signed = 1")
    try FileManager.default.removeItem(at: log)
    try FileManager.default.moveItem(at: aside, to: log)
    #expect(try test.verify().checkpoint?.size == 2)
    _ = try CaseDatabase.open(test.folder)
    #expect(try test.verify().checkpoint?.size == 3)
    #expect(try test.verify().isSound)
  }

  /// Whoever is stopped while it signs leaves tiles, and then a checkpoint by its size, of entries that are stored.
  @Test func whatIsHalfSignedIsNoFault() throws {
    let test = try LoggedCase()
    try test.add("act")
    let log = test.folder.appendingPathComponent("log")
    let older = try Data(contentsOf: log.appendingPathComponent("checkpoint"))
    try test.add("act")
    try test.tamper("UPDATE log_state SET signed = 1")
    let newest = log.appendingPathComponent("checkpoint")
    try FileManager.default.removeItem(at: newest)
    try older.write(to: newest)
    func faults() throws -> [String] {
      let report = try CaseLog(of: test.folder).verify()
      #expect(report.unsigned == 1)
      return (report.folder.faults + report.faults).map(\.description)
    }
    #expect(try faults() == [])
    try FileManager.default.removeItem(at: log.appendingPathComponent("checkpoint.3"))
    #expect(try faults() == [])
    // Handed out, it is no log that ends there; and a tile of other entries is none of this log.
    #expect(try !test.verify().isSound)
    let tile = log.appendingPathComponent("tile/entries/000.p/3")
    var bytes = try Data(contentsOf: tile)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: tile)
    #expect(try faults() == ["tile/entries/000.p/3: holds other entries than were signed"])
    _ = try CaseDatabase.open(test.folder)
    #expect(try CaseLog(of: test.folder).verify().isSound)
  }

  /// The key was said to come from the folder, which had none any more.
  @Test func theKeyAndTheNewestCheckpointByItsSizeAreMissed() throws {
    let test = try LoggedCase()
    try test.add("act")
    for name in ["vkey", "checkpoint.2"] {
      let place = test.folder.appendingPathComponent("log/\(name)")
      let bytes = try Data(contentsOf: place)
      try FileManager.default.removeItem(at: place)
      #expect(try CaseLog(of: test.folder).verify().faults.map(\.description) == ["\(name): is missing"])
      try bytes.write(to: place)
    }
    #expect(try CaseLog(of: test.folder).verify().isSound)
  }

  @Test(arguments: [
    ("CREATE TABLE notes (text TEXT)", "the database has the table notes, which the program did not make"),
    (
      "ALTER TABLE person ADD COLUMN note TEXT",
      "the table person of the database is not as the program made it"
    ),
    (
      "DROP INDEX disclosure_victim",
      "the database has not the index disclosure_victim that the program made"
    ),
    (
      "DROP INDEX account_key; CREATE UNIQUE INDEX account_key ON account (id)",
      "the index account_key of the database is not as the program made it"
    ),
    (
      "CREATE INDEX own ON account (written)",
      "the database has the index own, which the program did not make"
    ),
  ])
  func aDatabaseOfAnotherFormIsAFault(change: String, fault: String) throws {
    let test = try LoggedCase()
    #expect(try CaseLog(of: test.folder).verify().faults.isEmpty)
    try test.tamper(change)
    #expect(try CaseLog(of: test.folder).verify().faults.map(\.what) == [fault])
  }

  @Test func entriesThatWereSignedAndAreGoneStopTheCase() throws {
    let test = try LoggedCase()
    for _ in 0..<4 { try test.add("act") }
    try test.tamper("DELETE FROM log_entry WHERE idx = 4; DELETE FROM log_node")
    #expect(throws: LogFailure.signedBeyondStored(signed: 5, stored: 4)) {
      try CaseDatabase.open(test.folder)
    }
  }

  @Test func anOldCopyOfTheDatabaseStopsTheCase() throws {
    let test = try LoggedCase()
    try test.add("act")
    let place = test.folder.appendingPathComponent("case.sqlite")
    let copy = test.scratch.url.appendingPathComponent("copy.sqlite")
    try DatabaseQueue(path: place.path).backup(to: DatabaseQueue(path: copy.path))
    try test.add("act")
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: place.path + suffix)
    }
    try FileManager.default.copyItem(at: copy, to: place)
    #expect(throws: LogFailure.signedBeyondStored(signed: 3, stored: 2)) {
      try CaseDatabase.open(test.folder)
    }
  }

  @Test func otherEntriesThanWereSignedStopTheCase() throws {
    let test = try LoggedCase()
    for _ in 0..<2 { try test.add("act") }
    try test.tamper("UPDATE log_entry SET commitment = zeroblob(32) WHERE idx = 2")
    #expect(throws: LogFailure.otherEntries(size: 3)) { try CaseDatabase.open(test.folder) }
  }

  @Test func aMissingCheckpointOrKeyStopsTheCase() throws {
    let test = try LoggedCase()
    for _ in 0..<2 { try test.add("act") }
    let checkpoint = test.folder.appendingPathComponent("log/checkpoint")
    let bytes = try Data(contentsOf: checkpoint)
    try FileManager.default.removeItem(at: checkpoint)
    #expect(throws: LogFailure.checkpointBehind(found: nil, signed: 2)) { try CaseDatabase.open(test.folder) }
    try FileManager.default.copyItem(
      at: test.folder.appendingPathComponent("log/checkpoint.1"), to: checkpoint)
    #expect(throws: LogFailure.checkpointBehind(found: 1, signed: 2)) { try CaseDatabase.open(test.folder) }
    try Data(bytes.dropLast(5)).write(to: checkpoint)
    #expect(throws: LogFailure.self) { try CaseDatabase.open(test.folder) }
    try bytes.write(to: checkpoint)
    _ = try CaseDatabase.open(test.folder)
    let key = test.folder.appendingPathComponent("key/log-key")
    try (try SigningKey(name: test.database.logKey.name).text + "\n").write(
      to: key, atomically: true, encoding: .utf8)
    #expect(throws: LogFailure.key("it is not the key of this case")) { try CaseDatabase.open(test.folder) }
    try FileManager.default.removeItem(at: key)
    #expect(throws: LogFailure.key("it is missing")) { try CaseDatabase.open(test.folder) }
  }

  @Test func aCaseOlderThanItsLogBeginsOne() throws {
    let test = try LoggedCase()
    try test.tamper(
      """
      DROP TABLE export; DROP TABLE person; DROP TABLE legal_hold; DROP TABLE withdrawal; DROP TABLE notice; DROP TABLE calendar;
      DROP TABLE disclosure_step; DROP TABLE disclosure; DROP TABLE rule_set;
      DROP TABLE identification_step; DROP TABLE identification;
      DROP TABLE log_entry; DROP TABLE log_node; DROP TABLE log_state;
      DROP INDEX record_reading; ALTER TABLE record DROP COLUMN reads_as_platform;
      DROP INDEX record_asserted; ALTER TABLE record DROP COLUMN assertion;
      DELETE FROM grdb_migrations WHERE identifier <> '1';
      """)
    for name in ["log", "key"] {
      try FileManager.default.removeItem(at: test.folder.appendingPathComponent(name))
    }
    let opened = try CaseDatabase.open(test.folder, by: LoggedCase.actor)
    let entry = try opened.read { try LogEntry.one($0, 0) }
    #expect(entry.action == "log.begin")
    #expect(entry.payload?.details["note"]?.contains("older than its log") == true)
    #expect(try LogVerifier(opened.log, key: opened.logKey).verify().isSound)
    #expect(try CaseDatabase.open(test.folder).read { try LogEntry.all($0).count } == 1)
  }
}
