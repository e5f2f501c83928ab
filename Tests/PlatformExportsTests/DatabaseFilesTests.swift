import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Databases as files: their logs and journals, archives, damage, and what is no database.
@Suite struct DatabaseFilesTests {
  private static func texts(_ outcome: ReadOutcome) -> [String] {
    outcome.units.flatMap(\.records).map(\.text)
  }

  /// A database of which the second message stands in the log alone; and, with `all`, the first as well.
  private static func logged(all: Bool = false) throws -> TestDatabase {
    let made = try AndroidSamples.database(all ? "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;" : "")
    try AndroidSamples.add(made, "+447700900123", "first")
    if !all { try made.run("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0") }
    try AndroidSamples.add(made, "+447700900123", "second")
    return made
  }

  // MARK: Logs

  @Test(arguments: [false, true]) func aLogIsReadWithItsDatabase(all: Bool) throws {
    let made = try Self.logged(all: all)
    let (main, log) = (try made.bytes(), try made.bytes("-wal"))
    let scratch = try ScratchFolder()
    let file = try scratch.write(main, to: "in/mmssms.db")
    let beside = try scratch.write(log, to: "in/mmssms.db-wal")
    let folder = file.deletingLastPathComponent()
    for place in [file, folder] {
      let outcome = try ReadOutcome(reading: place)
      #expect(Self.texts(outcome) == ["first", "second"])
      #expect(outcome.unread.isEmpty && outcome.unrecognised.isEmpty && outcome.refused.isEmpty)
      #expect(outcome.units.map(\.setAside.isEmpty) == [true])
      #expect(outcome.units.first?.tally("message") == [2, 2, 0])
    }
    // Evidence stays as it was, and nothing comes beside it.
    #expect(try [UInt8](Data(contentsOf: file)) == main)
    #expect(try [UInt8](Data(contentsOf: beside)) == log)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test(arguments: [true, false]) func aLogIsReadFromAnArchive(logFirst: Bool) throws {
    let made = try Self.logged(all: true)
    var zip = ZipBuilder()
    if logFirst { zip.add("d/mmssms.db-wal", try made.bytes("-wal")) }
    zip.add("d/mmssms.db", try made.bytes())
    if !logFirst { zip.add("d/mmssms.db-wal", try made.bytes("-wal")) }
    zip.add("d/mmssms.db-shm", [UInt8](repeating: 0, count: 64))
    zip.add("d/other-wal", "a text")
    let outcome = try ReadOutcome.reading(zip.bytes, named: "phone.zip")
    #expect(Self.texts(outcome) == ["first", "second"])
    #expect(outcome.units.map(\.root) == ["d/mmssms.db"])
    #expect(outcome.unrecognised == ["d/mmssms.db-shm", "d/other-wal"])
    #expect(outcome.refused.isEmpty)
  }

  @Test func withoutItsLogADatabaseIsWhatItWas() throws {
    let outcome = try ReadOutcome.reading(try Self.logged().bytes(), named: "mmssms.db")
    #expect(Self.texts(outcome) == ["first"])
  }

  @Test func whatALogHoldsInVainIsCounted() throws {
    let made = try Self.logged()
    var log = try made.bytes("-wal")
    log[log.count - 10] ^= 1
    let scratch = try ScratchFolder()
    let file = try scratch.write(made.bytes(), to: "mmssms.db")
    _ = try scratch.write(log, to: "mmssms.db-wal")
    let damaged = try ReadOutcome(reading: file)
    #expect(Self.texts(damaged) == ["first"])
    let pages = damaged.units.flatMap(\.setAside).filter { $0.unit == "log-page" }
    #expect(pages.map(\.reason.isFault) == [true])
    #expect((pages.first?.count ?? 0) > 0)
    _ = try scratch.write([], to: "mmssms.db-wal")
    #expect(try ReadOutcome(reading: file).units.map(\.setAside.isEmpty) == [true])
    _ = try scratch.write("no log", to: "mmssms.db-wal")
    let other = try ReadOutcome(reading: file)
    #expect(Self.texts(other) == ["first"])
    #expect(other.units.flatMap(\.setAside).map(\.unit) == ["log"])
  }

  @Test func aLogWithoutItsDatabaseIsNothing() throws {
    let outcome = try ReadOutcome.reading(try Self.logged().bytes("-wal"), named: "mmssms.db-wal")
    #expect(outcome.units.isEmpty && outcome.unrecognised == ["mmssms.db-wal"])
    #expect(outcome.unread.map(\.what) == ["the log of a database"])
  }

  /// What lies beside a database of which nothing is known is listed with it, and a file that is only called so is
  /// looked at as any other.
  @Test func whatLiesBesideOthersStaysUnread() throws {
    let other = try TestDatabase("app.db", "PRAGMA journal_mode=WAL; CREATE TABLE note (text TEXT)")
    var zip = ZipBuilder()
    zip.add("app.db", try other.bytes())
    zip.add("app.db-wal", try other.bytes("-wal"))
    zip.add("chat-journal", "25/12/2024, 10:00 - Sam: hello\n26/12/2024, 10:01 - Una: hi\n")
    let outcome = try ReadOutcome.reading(zip.bytes, named: "phone.zip")
    #expect(outcome.unrecognised == ["app.db", "app.db-wal"])
    #expect(outcome.units.map(\.format) == ["whatsapp-txt"])
    #expect(Self.texts(outcome) == ["hello", "hi"])
  }

  // MARK: Journals

  /// A database in the middle of a change, and its journal.
  private static func changing() throws -> (main: [UInt8], journal: [UInt8]) {
    let made = try AndroidSamples.long()
    try made.run("PRAGMA cache_size=3; BEGIN; UPDATE sms SET body = 'changed ' || body")
    return (try made.bytes(), try made.bytes("-journal"))
  }

  @Test func whatWasNotFinishedIsRolledBack() throws {
    let (main, journal) = try Self.changing()
    let scratch = try ScratchFolder()
    let file = try scratch.write(main, to: "mmssms.db")
    _ = try scratch.write(journal, to: "mmssms.db-journal")
    let outcome = try ReadOutcome(reading: file)
    let texts = Self.texts(outcome)
    #expect(texts.count == 300 && texts.allSatisfy { $0.hasPrefix("message ") })
    #expect(outcome.units.first?.notes.count == 1)
    #expect(try [UInt8](Data(contentsOf: file)) == main)
    // Without the journal the change is seen.
    let alone = try ReadOutcome.reading(main, named: "mmssms.db")
    #expect(Self.texts(alone).contains { $0.hasPrefix("changed ") })
  }

  /// SQLite follows the name of another file in a journal, and removes what is there.
  @Test func aJournalThatNamesAnotherFileIsLeftOut() throws {
    var (main, journal) = try Self.changing()
    let scratch = try ScratchFolder()
    let victim = try scratch.write("precious", to: "precious")
    let name = Array(victim.path.utf8)
    func number(_ value: Int) -> [UInt8] { (0..<4).reversed().map { UInt8(value >> ($0 * 8) & 0xFF) } }
    journal += number(2_097_153) + name + number(name.count)
    journal += number(name.reduce(0) { $0 + Int(Int8(bitPattern: $1)) })
    journal += [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    let file = try scratch.write(main, to: "mmssms.db")
    _ = try scratch.write(journal, to: "mmssms.db-journal")
    let outcome = try ReadOutcome(reading: file)
    #expect(outcome.units.flatMap(\.setAside).contains { $0.unit == "journal" && $0.reason.isFault })
    #expect(try Data(contentsOf: victim) == Data("precious".utf8))
    main.removeAll()
  }

  @Test func aJournalThatWasUsedUpIsPassedOver() throws {
    let made = try AndroidSamples.database()
    try AndroidSamples.add(made, "+447700900123", "first")
    let scratch = try ScratchFolder()
    let file = try scratch.write(made.bytes(), to: "mmssms.db")
    for journal in [[], [UInt8](repeating: 0, count: 512)] as [[UInt8]] {
      _ = try scratch.write(journal, to: "mmssms.db-journal")
      let outcome = try ReadOutcome(reading: file)
      #expect(Self.texts(outcome) == ["first"])
      #expect(outcome.units.map(\.notes) == [[]] && outcome.units.map(\.setAside.isEmpty) == [true])
    }
  }

  // MARK: Copies

  /// A program that is stopped while a database is copied leaves no messages in the folder for temporary files.
  @Test func aCopyHasNoNameBeforeItIsOpened() throws {
    let mark = UUID().uuidString
    let made = try AndroidSamples.database()
    try AndroidSamples.add(made, "+447700900123", .text(mark))
    let plan = try ImportPlan(made.url, options: ReaderOptions())
    let unit = try #require(plan.units.first)
    let temporary = FileManager.default.temporaryDirectory
    var found: [String] = []
    var looks = 0
    try plan.read(unit, into: RecordWriter { _ in }) { _ in
      looks += 1
      let names = (try? FileManager.default.contentsOfDirectory(atPath: temporary.path)) ?? []
      for name in names where name.hasPrefix("cognate-") {
        let copy = temporary.appendingPathComponent("\(name)/database")
        guard let bytes = try? Data(contentsOf: copy) else { continue }
        if bytes.range(of: Data(mark.utf8)) != nil { found.append(name) }
      }
    }
    #expect(looks > 0 && found.isEmpty)
  }

  // MARK: What is refused

  @Test func otherDatabasesAreNamedAndNotRead() throws {
    let made = try TestDatabase("app.db", "CREATE TABLE note (text TEXT); CREATE TABLE smss (sms TEXT)")
    let outcome = try ReadOutcome(reading: made.url)
    #expect(outcome.units.isEmpty)
    #expect(outcome.unread.map(\.what) == ["an SQLite database of an app or a phone"])
  }

  @Test(arguments: [
    "msgstore.db.crypt15", "msgstore-2024-02-13.1.db.crypt14", "signal-2024-02-13-09-05.backup",
  ])
  func encryptedBackupsAreNamed(_ name: String) throws {
    let bytes = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 >> 3) }
    let outcome = try ReadOutcome.reading(bytes, named: name)
    #expect(outcome.units.isEmpty && outcome.unread.first?.isOfExport == true)
    #expect(outcome.unread.first?.what.hasPrefix("an encrypted backup of ") == true)
  }

  /// Whoever sends words that look like a table's row of the schema does not decide how a database is read.
  @Test func wordsAreNoTables() throws {
    let words = ["table", "sms", "sms", "table", "pdu", "pdu"].joined()
    let made = try MessagesSamples.database()
    try MessagesSamples.add(made, .text("\u{6}\u{17}\u{13}\u{13}\u{1}\u{41}" + words + " " + words))
    let outcome = try ReadOutcome(reading: made.url)
    #expect(outcome.units.map(\.format) == ["apple-messages"] && Self.texts(outcome).count == 1)
    let other = try TestDatabase("app.db", "CREATE TABLE note (text TEXT)")
    try other.insert("note", "text", .text(words))
    let unread = try ReadOutcome(reading: other.url).unread
    #expect(unread.map(\.what) == ["an SQLite database of an app or a phone"])
  }

  @Test(arguments: [
    (
      "CREATE VIEW sms AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS _id, "
        + "'+447700900123' AS address, 1700000000123 AS date, 1 AS type, 'x' AS body FROM n", "no-such-table"
    ),
    (
      "CREATE TABLE sms (_id TEXT PRIMARY KEY, address TEXT, date, type, body) WITHOUT ROWID", "no-such-table"
    ),
    ("CREATE TABLE sms (_rowid_ TEXT, address TEXT, date, type, body)", "no-such-table"),
    ("CREATE VIRTUAL TABLE sms USING fts4(address, date, type, body)", "no-such-table"),
    ("CREATE TABLE message (text TEXT)", "no-such-table"),
  ])
  func onlyTablesOfStoredRowsAreRead(sql: String, code: String) throws {
    var options = ReaderOptions()
    options.format = "android-mmssms"
    let made = try TestDatabase("mmssms.db", sql)
    let refusal = #expect(throws: ExportRefusal.self) { try ReadOutcome(reading: made.url, options: options) }
    #expect(refusal?.code == code)
  }

  /// `CREATE TABLE … AS SELECT` numbers rows anew, and the message of one would be another's.
  @Test(arguments: ["message", "handle", "chat"]) func aCopyWithNewNumbersIsRefused(table: String) throws {
    let made = try MessagesSamples.database()
    try MessagesSamples.add(made, "gone")
    try MessagesSamples.add(made, chat: 2, handle: 3, "hello")
    try made.run(
      """
      DROP TRIGGER after_delete; DELETE FROM message WHERE ROWID = 1;
      DELETE FROM chat_message_join WHERE message_id = 1;
      """)
    #expect(Self.texts(try ReadOutcome(reading: made.url)) == ["hello"])
    try made.run(
      """
      CREATE TABLE anew AS SELECT * FROM \(table); DROP TABLE \(table);
      ALTER TABLE anew RENAME TO \(table);
      """)
    let refusal = #expect(throws: ExportRefusal.self) { try ReadOutcome(reading: made.url) }
    #expect(refusal?.code == "renumbered-rows")
  }

  @Test func whatIsNoDatabaseIsRefused() throws {
    var options = ReaderOptions()
    options.format = "apple-messages"
    let magic = Array("SQLite format 3\0".utf8)
    for bytes in [[], Array("hello".utf8), magic, magic + [UInt8](repeating: 0xFF, count: 4096)] {
      #expect(throws: ExportRefusal.self) {
        try ReadOutcome.reading(bytes, named: "chat.db", options: options)
      }
    }
    #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(try Self.logged().bytes("-wal"), named: "chat.db-wal", options: options)
    }
  }

  /// The expressions that a schema holds are not run, whatever they would do.
  @Test func aSchemaRunsNothing() throws {
    let made = try AndroidSamples.database()
    try made.run(
      """
      CREATE INDEX evil ON sms (body) WHERE body > printf('%.*c', 1000000, 'x');
      ALTER TABLE sms ADD COLUMN twice TEXT AS (body || body);
      CREATE VIEW addresses AS SELECT load_extension('/nowhere/evil.so');
      """)
    try AndroidSamples.add(made, "+447700900123", "hello")
    #expect(Self.texts(try ReadOutcome(reading: made.url)) == ["hello"])
  }
}
