import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Damaged databases: what can be read is read, the rest is counted, and nothing is invented.
@Suite struct DatabaseDamageTests {
  /// What is the same in a record however much else is lost.
  private struct Essence: Hashable {
    let account: String
    let time: ObservedTime
    let text: String

    init(_ record: ReadOutcome.Record) {
      account = record.account
      time = record.time
      text = record.text
    }
  }

  private static func messages() throws -> TestDatabase {
    let made = try MessagesSamples.database()
    try made.run("BEGIN")
    for number in 1...60 {
      let date = (MessagesSamples.time + Int64(number)) * 1_000_000_000
      let text = "message \(number) " + String(repeating: "y", count: number * 23 % 700)
      try MessagesSamples.add(
        made, chat: Int64(number % 3 + 1), handle: Int64(number % 3 + 1), fromMe: number % 5 == 0, date: date,
        number % 2 == 0 ? .text(text) : nil,
        number % 2 == 0 ? [] : [("attributedBody", MessagesSamples.archived(text))])
    }
    try made.run("COMMIT")
    return made
  }

  private static func whole(_ bytes: [UInt8], _ name: String) throws -> Set<Essence> {
    let outcome = try ReadOutcome.reading(bytes, named: name)
    return Set(outcome.units.flatMap(\.records).map { Essence($0) })
  }

  @Test func aPageThatIsGoneTakesItsOwnRowsAlone() throws {
    let made = try AndroidSamples.long()
    var bytes = try made.bytes()
    let needle = Array("message 150 ".utf8)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: needle) })
    let page = place / 512 * 512
    bytes.replaceSubrange(page..<page + 512, with: [UInt8](repeating: 0, count: 512))
    let unit = try #require(try ReadOutcome.reading(bytes, named: "mmssms.db").units.first)
    let line = try #require(unit.count("message"))
    #expect(line.seen == 300 && line.agrees && (1...12).contains(line.setAside))
    let texts = unit.records.map(\.text)
    #expect(texts.first?.hasPrefix("message 1 ") == true && texts.last?.hasPrefix("message 300 ") == true)
    #expect(!texts.contains { $0.hasPrefix("message 150 ") })
    let lost = unit.setAside.filter { $0.reason.code == "damaged" }
    #expect(Set(lost.map(\.unit)) == ["message", "page"] && lost.allSatisfy(\.reason.isFault))
  }

  @Test func manyPagesThatAreGone() throws {
    let made = try AndroidSamples.long(messages: 900)
    let bytes = try made.bytes()
    let whole = try Self.whole(bytes, "mmssms.db")
    let pages = bytes.count / 512
    var random = SplitMix(seed: 7)
    var read = 0
    for _ in 0..<20 {
      var damaged = bytes
      for _ in 0..<8 {
        let page = Int(random.next() % UInt64(pages - 30)) + 30
        damaged.replaceSubrange(page * 512..<page * 512 + 512, with: [UInt8](repeating: 0xA5, count: 512))
      }
      let unit: ReadOutcome.Unit
      do {
        unit = try #require(try ReadOutcome.reading(damaged, named: "mmssms.db").units.first)
      } catch let refusal as ExportRefusal {
        // Some pages are the schema's.
        #expect(refusal.code == "bad-database")
        continue
      }
      read += 1
      #expect(unit.records.allSatisfy { whole.contains(Essence($0)) })
      #expect(unit.records.count == whole.count || unit.setAside.contains { $0.reason.isFault })
      // The other table of messages, which is empty, can be counted; that alone is no count of them.
      #expect(try #require(unit.count("message")).agrees)
    }
    #expect(read > 10)
  }

  /// Rows between damaged pages are leapt over only where these hide far more than there are between them.
  @Test func everySeventhPageIsGone() throws {
    let made = try AndroidSamples.long(messages: 2000)
    let bytes = try made.bytes()
    let whole = try Self.whole(bytes, "mmssms.db")
    let root = Int(try made.integer("SELECT rootpage FROM sqlite_master WHERE name = 'sms'"))
    let pages = bytes.count / 512
    var lost = 0
    for start in 0..<7 {
      var damaged = bytes
      for page in stride(from: start, to: pages, by: 7) where page >= 30 && page != root - 1 {
        damaged.replaceSubrange(page * 512..<page * 512 + 512, with: [UInt8](repeating: 0xA5, count: 512))
      }
      let unit = try #require(try ReadOutcome.reading(damaged, named: "mmssms.db").units.first)
      #expect(unit.records.allSatisfy { whole.contains(Essence($0)) })
      #expect(unit.setAside.contains { $0.reason.isFault })
      lost += try Self.reachable(damaged) - unit.records.count
    }
    #expect(lost == 0)
  }

  /// How many messages can be read one by one.
  private static func reachable(_ bytes: [UInt8]) throws -> Int {
    let damaged = try TestDatabase("mmssms.db", bytes: bytes)
    return (1...2000).count { number in
      (try? damaged.integer("SELECT length(body) FROM sms WHERE _id = \(number)")) != nil
    }
  }

  /// A page that is its own child.
  @Test func aRingOfPagesEnds() throws {
    let made = try AndroidSamples.long()
    let root = Int(try made.integer("SELECT rootpage FROM sqlite_master WHERE name = 'sms'"))
    var bytes = try made.bytes()
    let page = (root - 1) * 512
    #expect(bytes[page] == 5)
    let cells = Int(bytes[page + 3]) << 8 | Int(bytes[page + 4])
    for cell in 0..<cells {
      let place = page + Int(bytes[page + 12 + cell * 2]) << 8 + Int(bytes[page + 13 + cell * 2])
      bytes.replaceSubrange(place..<place + 4, with: [0, 0, UInt8(root >> 8), UInt8(root & 0xFF)])
    }
    let unit = try #require(try ReadOutcome.reading(bytes, named: "mmssms.db").units.first)
    #expect(unit.setAside.contains { $0.unit == "page" && $0.reason.isFault })
    #expect(try #require(unit.count("message")).agrees)
  }

  /// Many cells of a page lead to one child.
  @Test func aPageOfManyParentsGivesItsRowsOnce() throws {
    let made = try AndroidSamples.long()
    let root = Int(try made.integer("SELECT rootpage FROM sqlite_master WHERE name = 'sms'"))
    var bytes = try made.bytes()
    let whole = try Self.whole(bytes, "mmssms.db")
    let page = (root - 1) * 512
    let cells = Int(bytes[page + 3]) << 8 | Int(bytes[page + 4])
    func place(_ cell: Int) -> Int {
      page + Int(bytes[page + 12 + cell * 2]) << 8 + Int(bytes[page + 13 + cell * 2])
    }
    let child = Array(bytes[place(0)..<place(0) + 4])
    for cell in 1..<cells { bytes.replaceSubrange(place(cell)..<place(cell) + 4, with: child) }
    let unit = try #require(try ReadOutcome.reading(bytes, named: "mmssms.db").units.first)
    #expect(Set(unit.records.map(\.locator)).count == unit.records.count)
    #expect(unit.records.allSatisfy { whole.contains(Essence($0)) })
    #expect(unit.setAside.contains { $0.reason.isFault })
  }

  /// Sixteen pages that lead from each of their cells to the next would give more rows than there is time for.
  @Test func aLadderOfPagesEnds() throws {
    let made = try AndroidSamples.long()
    let root = Int(try made.integer("SELECT rootpage FROM sqlite_master WHERE name = 'sms'"))
    var bytes = try made.bytes()
    let start = (root - 1) * 512
    let count = bytes.count / 512
    let page = Array(bytes[start..<start + 512])
    func number(_ place: Int) -> Int { Int(page[place]) << 8 | Int(page[place + 1]) }
    let cells = (0..<number(3)).map { number(12 + $0 * 2) } + [8]
    let leaf = Array(page[cells[0]..<cells[0] + 4])
    for step in 0...16 {
      var rung = page
      let next = [0, 0, UInt8((count + step + 1) >> 8), UInt8((count + step + 1) & 0xFF)]
      for cell in cells { rung.replaceSubrange(cell..<cell + 4, with: step == 16 ? leaf : next) }
      if step == 0 { bytes.replaceSubrange(start..<start + 512, with: rung) } else { bytes += rung }
    }
    bytes.replaceSubrange(28..<32, with: [0, 0, UInt8((count + 16) >> 8), UInt8((count + 16) & 0xFF)])
    let unit = try #require(try ReadOutcome.reading(bytes, named: "mmssms.db").units.first)
    #expect(unit.setAside.contains { $0.reason.isFault })
    #expect(Set(unit.records.map(\.locator)).count == unit.records.count)
  }

  /// Forty texts that are nearly as long as their database: each ends in a page that leads to itself.
  @Test func aPageThatIsManyTextsGivesNoMoreThanTheFileHas() throws {
    let made = try AndroidSamples.database()
    for _ in 1...40 {
      try AndroidSamples.add(made, "+447700900123", .text(String(repeating: "x", count: 20_000)))
    }
    var bytes = try made.bytes()
    func varint(_ value: Int) -> [UInt8] {
      [UInt8(value >> 14 & 0x7F) | 0x80, UInt8(value >> 7 & 0x7F) | 0x80, UInt8(value & 0x7F)]
    }
    // A page of an overflow holds 508 bytes: multiples leave the part of a row that is in its cell as it was.
    let longer = 508 * 1300
    let (old, new) = (varint(13 + 2 * 20_000), varint(13 + 2 * (20_000 + longer)))
    var rows = 0
    for place in 100..<bytes.count - 3 where bytes[place..<place + 3].elementsEqual(old) {
      // Before it: the size of the row, its number, the size of its head, and eight columns.
      let cell = place - 13
      let size = bytes[cell..<cell + 3].reduce(0) { $0 << 7 | Int($1 & 0x7F) }
      guard (20_000..<20_100).contains(size) else { continue }
      bytes.replaceSubrange(cell..<cell + 3, with: varint(size + longer))
      bytes.replaceSubrange(place..<place + 3, with: new)
      let inCell = 39 + (size - 39) % 508
      let pointer = cell + 4 + (inCell <= 477 ? inCell : 39)
      let page = bytes[pointer..<pointer + 4].reduce(0) { $0 << 8 | Int($1) }
      bytes.replaceSubrange((page - 1) * 512..<(page - 1) * 512 + 4, with: bytes[pointer..<pointer + 4])
      rows += 1
    }
    #expect(rows == 40 && bytes.count < 1_000_000)
    let unit = try #require(try ReadOutcome.reading(bytes, named: "mmssms.db").units.first)
    #expect((1...6).contains(unit.records.count))
    #expect(unit.count("message")?.seen == 40 && unit.count("message")?.agrees == true)
    #expect(unit.setAside.contains { $0.unit == "table" && $0.reason.isFault })
  }

  @Test func aValueOverTheLimitIsSetAside() throws {
    let made = try AndroidSamples.database()
    try AndroidSamples.add(made, "+447700900123", "before")
    try AndroidSamples.add(made, "+447700900123", .text(String(repeating: "x", count: 1_500_000)))
    try AndroidSamples.add(made, "+447700900123", "after")
    var options = ReaderOptions()
    options.limits.recordBytes = 1_000_000
    let unit = try #require(try ReadOutcome(reading: made.url, options: options).units.first)
    #expect(unit.records.map(\.text) == ["before", "after"])
    #expect(unit.tally("message") == [3, 2, 1])
    #expect(unit.setAside.map(\.reason.code) == ["too-large"])
  }

  @Test(arguments: ["mmssms.db", "chat.db"]) func aBeginningGivesNothingThatTheWholeDoesNot(name: String)
    throws
  {
    let made = name == "chat.db" ? try Self.messages() : try AndroidSamples.long(messages: 120)
    let bytes = try made.bytes()
    let whole = try Self.whole(bytes, name)
    #expect(whole.count > 50)
    let folder = try ScratchFolder()
    let file = try folder.write(bytes, to: name)
    let handle = try FileHandle(forWritingTo: file)
    var most = 0
    for count in stride(from: bytes.count - 1, through: 0, by: -211) {
      try handle.truncate(atOffset: UInt64(count))
      let outcome: ReadOutcome
      do { outcome = try ReadOutcome(reading: file) } catch is ExportRefusal { continue }
      guard let unit = outcome.units.first else { continue }
      #expect(unit.records.allSatisfy { whole.contains(Essence($0)) }, "cut to \(count) of \(bytes.count)")
      #expect(unit.setAside.contains { $0.reason == .truncated && $0.unit == "database" })
      most = max(most, unit.records.count)
    }
    #expect(most > whole.count / 2)
  }

  @Test(arguments: ["mmssms.db", "chat.db"]) func bitsThatFlipDoNoHarm(name: String) throws {
    let made = name == "chat.db" ? try Self.messages() : try AndroidSamples.long(messages: 60)
    let bytes = try made.bytes()
    var random = SplitMix(seed: 11)
    var options = ReaderOptions()
    options.format = name == "chat.db" ? "apple-messages" : "android-mmssms"
    for round in 0..<400 {
      var damaged = bytes
      for _ in 0...(round % 4) {
        let place = Int(random.next() % UInt64(round % 2 == 0 ? bytes.count : min(bytes.count, 1024)))
        damaged[place] ^= UInt8(1 << (random.next() % 8))
      }
      do {
        let unit = try #require(try ReadOutcome.reading(damaged, named: name, options: options).units.first)
        for record in unit.records { #expect(ObservedTime.plausible.contains(record.time.microseconds)) }
      } catch is ExportRefusal {}
    }
  }

  @Test func flippedLogsDoNoHarm() throws {
    let made = try AndroidSamples.database("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;")
    for number in 1...20 { try AndroidSamples.add(made, "+447700900123", .text("message \(number)")) }
    let (main, log) = (try made.bytes(), try made.bytes("-wal"))
    let scratch = try ScratchFolder()
    let file = try scratch.write(main, to: "mmssms.db")
    var random = SplitMix(seed: 3)
    for _ in 0..<150 {
      var damaged = log
      damaged[Int(random.next() % UInt64(log.count))] ^= UInt8(1 << (random.next() % 8))
      _ = try scratch.write(damaged, to: "mmssms.db-wal")
      do {
        guard let unit = try ReadOutcome(reading: file).units.first else { continue }
        #expect(unit.records.count == 20 || unit.setAside.contains { $0.reason.isFault })
      } catch is ExportRefusal {}
    }
  }
}
