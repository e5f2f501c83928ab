import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct ExportContainerTests {
  static let chat = "13/02/2024, 09:05 - Ann Example: one\n13/02/2024, 09:06 - Bo Example: two\n"
  static let accounts = #"{"id":"a","platform":"x","handle":"h"}"# + "\n"

  static func read(_ zip: ZipBuilder, limits: ImportLimits = ImportLimits()) throws -> ReadOutcome {
    var options = ReaderOptions()
    options.limits = limits
    return try ReadOutcome.reading(zip.bytes, named: "export.zip", options: options)
  }

  @Test func aSoundArchiveIsRead() throws {
    var zip = ZipBuilder()
    zip.add("WhatsApp Chat with Ann/", "", mode: 0o040755)
    zip.add("WhatsApp Chat with Ann/WhatsApp Chat with Ann.txt", Self.chat)
    zip.add("deep/er/and/deeper/accounts.ndjson", Self.accounts)
    zip.add("WhatsApp Chat with Ann/IMG-1.jpg", [0xFF, 0xD8, 0xFF, 0xE0])
    zip.add("empty.txt", "")
    let outcome = try Self.read(zip)
    #expect(outcome.units.map(\.format) == ["whatsapp-txt", "accounts-ndjson"])
    #expect(outcome.units[0].records.map(\.channel) == ["Ann", "Ann"])
    #expect(outcome.unrecognised == ["WhatsApp Chat with Ann/IMG-1.jpg", "empty.txt"])
    #expect(outcome.refused.isEmpty)
  }

  @Test func aFolderIsReadAsItsArchiveIs() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.chat, to: "in/b/_chat.txt")
    let target = try scratch.write(Self.accounts, to: "in/a/accounts.ndjson")
    _ = try scratch.write([0x89, 0x50], to: "in/c.png")
    try FileManager.default.createSymbolicLink(
      at: scratch.url.appendingPathComponent("in/link.ndjson"), withDestinationURL: target)
    let outcome = try ReadOutcome(reading: scratch.url.appendingPathComponent("in"))
    #expect(outcome.units.map(\.root) == ["a/accounts.ndjson", "b/_chat.txt"])
    #expect(outcome.unrecognised == ["c.png"])
    #expect(outcome.refused.map(\.path) == ["link.ndjson"] && outcome.refused[0].isFault)
  }

  @Test func oneBadNameInAFolderDoesNotTakeTheRestWithIt() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.chat, to: "in/sub/_chat.txt")
    let folder = scratch.url.appendingPathComponent("in/sub").path
    // Names that the file system takes and that are no UTF-8.
    let file = open(
      Array(folder.utf8CString.dropLast()) + [0x2F, -1, -2, 0x2E, 0x74, 0], O_CREAT | O_WRONLY, 0o600)
    try #require(file >= 0)
    close(file)
    try #require(mkfifo(folder + "/pipe", 0o600) == 0)
    let outcome = try ReadOutcome(reading: scratch.url.appendingPathComponent("in"))
    #expect(outcome.units.flatMap(\.records).map(\.text) == ["one", "two"])
    #expect(outcome.refused.map(\.path) == ["sub/pipe", "sub/\u{FFFD}\u{FFFD}.t"], "\(outcome.refused)")
    #expect(outcome.refused.allSatisfy { $0.isFault })
  }

  @Test(arguments: [
    "../../x", "a/../../x", "/etc/x", "C:\\x", "C:/x", "..\\x", "..", "a/..",
    String(repeating: "n", count: 5000),
  ])
  func pathsThatLeadOutRefuseTheArchive(_ path: String) throws {
    var zip = ZipBuilder()
    zip.add("_chat.txt", Self.chat)
    zip.add(path, Self.chat)
    let refusal = #expect(throws: ExportRefusal.self) { try Self.read(zip) }
    #expect(["path-traversal", "path-too-long"].contains(refusal?.code), "\(refusal?.description ?? "")")
  }

  @Test(arguments: ["Zo\u{EB}", "Zoe\u{308}", "\u{1F600} \u{5C71}\u{7530}", "\u{418}\u{432}\u{430}\u{43D}"])
  func namesBeyondASCIIAreRead(_ name: String) throws {
    var zip = ZipBuilder()
    zip.add("WhatsApp Chat with \(name).txt", Self.chat)
    zip.add("\(name)/caf\u{E9}.jpg", [0xFF, 0xD8, 0xFF, 0xE0])
    let outcome = try Self.read(zip)
    #expect(outcome.units.flatMap(\.records).map(\.text) == ["one", "two"])
    #expect(outcome.units.first?.records.first?.channel == name)
    #expect(outcome.unrecognised == ["\(name)/caf\u{E9}.jpg"])
    #expect(outcome.refused.isEmpty)
  }

  @Test func aNameThatCannotBeReadCostsItsEntryOnly() throws {
    for name in [[0x61, 0xFF, 0xFE, 0x2E], []] as [[UInt8]] {
      var zip = ZipBuilder()
      zip.entries.append(ZipBuilder.Entry(name: name, content: Array(Self.accounts.utf8)))
      zip.add("_chat.txt", Self.chat)
      let outcome = try Self.read(zip)
      #expect(outcome.units.flatMap(\.records).map(\.text) == ["one", "two"])
      #expect(outcome.refused.map(\.path) == ["entry 1"] && outcome.refused[0].isFault)
    }
  }

  @Test func namesThatHoldNULDoNotCrash() throws {
    for name in [[0x61, 0x00, 0x62]] as [[UInt8]] {
      var zip = ZipBuilder()
      zip.add("_chat.txt", Self.chat)
      zip.entries.append(ZipBuilder.Entry(name: name, content: Array(Self.accounts.utf8)))
      do {
        let outcome = try Self.read(zip)
        #expect(outcome.units.first?.records.count == 2)
      } catch let refusal as ExportRefusal {
        #expect(["path-traversal", "bad-archive"].contains(refusal.code))
      }
    }
  }

  @Test func duplicatesLinksAndEncryptedEntriesAreNotRead() throws {
    var zip = ZipBuilder()
    zip.add("_chat.txt", Self.chat)
    zip.add("_chat.txt", Self.chat.replacing("one", with: "forged"))
    zip.add("link.txt", "/etc/passwd", mode: 0o120777)
    zip.entries.append(
      ZipBuilder.Entry(
        name: Array("secret.txt".utf8), content: [UInt8](repeating: 7, count: 40), isEncrypted: true))
    let outcome = try Self.read(zip)
    #expect(outcome.units.flatMap(\.records).map(\.text) == ["one", "two"])
    let refused = outcome.refused.map(\.path).sorted()
    #expect(refused == ["_chat.txt", "link.txt", "secret.txt"], "\(outcome.refused)")
    #expect(outcome.refused.allSatisfy { $0.isFault })
  }

  /// Of two entries that the directory puts at one place the second is never seen.
  @Test func entriesAtOnePlaceAreCounted() throws {
    var zip = ZipBuilder()
    zip.add("a.txt", Self.chat)
    zip.add("b.txt", Self.chat.replacing("one", with: "three"))
    var bytes = zip.bytes
    // Where the second entry of the directory says that it begins.
    let second = bytes.count - 22 - "b.txt".utf8.count - 4
    bytes.replaceSubrange(second..<second + 4, with: [0, 0, 0, 0])
    let outcome = try ReadOutcome.reading(bytes, named: "export.zip")
    #expect(outcome.units.count == 1)
    #expect(outcome.refused.map(\.path) == ["export.zip"] && outcome.refused[0].isFault)
    #expect(outcome.refused.map(\.why) == ["lists 2 entries and holds 1: several begin at one place"])
  }

  /// A remark that holds the mark of the list's end is no list.
  @Test func aRemarkListsNoEntries() throws {
    var zip = ZipBuilder()
    zip.add("a.txt", Self.chat)
    let remark = Array("PK\u{5}\u{6}".utf8) + [UInt8](repeating: 0x7A, count: 30)
    let outcome = try ReadOutcome.reading(
      zip.bytes.dropLast(2) + [UInt8(remark.count), 0] + remark, named: "export.zip")
    #expect(outcome.units.count == 1 && outcome.refused.isEmpty)
  }

  @Test func wrongChecksumsAndSizesAreNotBelieved() throws {
    for (checksum, size) in [(0x1234_5678, nil), (nil, 7), (nil, 4_000_000)] as [(UInt32?, UInt32?)] {
      var zip = ZipBuilder()
      zip.add("accounts.ndjson", Self.accounts)
      zip.entries.append(
        ZipBuilder.Entry(
          name: Array("_chat.txt".utf8), content: Array(Self.chat.utf8), checksum: checksum, size: size))
      do {
        let outcome = try Self.read(zip)
        #expect(outcome.units.map(\.format) == ["accounts-ndjson"])
        #expect(outcome.refused.map(\.path) == ["_chat.txt"] && outcome.refused[0].isFault)
      } catch let refusal as ExportRefusal {
        // A size that leads beyond the file is damage to the whole archive.
        #expect(refusal.code == "bad-archive" && size == 4_000_000)
      }
    }
  }

  @Test func truncatedArchivesGiveNoWrongRecords() throws {
    var zip = ZipBuilder()
    zip.add("_chat.txt", Self.chat)
    zip.add("accounts.ndjson", String(repeating: Self.accounts, count: 50))
    let bytes = zip.bytes
    for part in 0..<16 {
      do {
        let outcome = try ReadOutcome.reading(Array(bytes[..<(bytes.count * part / 16)]), named: "e.zip")
        for record in outcome.units.flatMap(\.records) { #expect(["one", "two", ""].contains(record.text)) }
        // All that can be read of a cut archive is read, and that it was cut is said.
        #expect(
          outcome.units.isEmpty || outcome.refused.contains { $0.why.contains("cut off") && $0.isFault })
        #expect(outcome.units.isEmpty || part > 0)
      } catch let refusal as ExportRefusal {
        #expect(refusal.code == "bad-archive")
      }
    }
  }

  /// Cut where a header, its content or the list at the end begins, and inside each of them.
  @Test func membersThatAreWholeInACutArchiveAreRead() throws {
    var zip = ZipBuilder()
    zip.add("a/_chat.txt", Self.chat)
    let first = zip.bytes.count - 46 - 22 - 11
    zip.add("b/_chat.txt", Self.chat.replacing("one", with: "three").replacing("two", with: "four"))
    let second = zip.bytes.count - 2 * (46 + 11) - 22
    let content = first + 30 + 11
    for (length, texts, cut) in [
      (first, ["one", "two"], nil), (first + 2, ["one", "two"], nil), (first + 20, ["one", "two"], nil),
      // An entry is delivered once a byte of its content is there.
      (content, ["one", "two"], nil), (content + 9, ["one", "two"], "b/_chat.txt"),
      (second - 1, ["one", "two"], "b/_chat.txt"), (second, ["one", "two", "three", "four"], nil),
      (second + 3, ["one", "two", "three", "four"], nil),
      (second + 50, ["one", "two", "three", "four"], nil),
    ] as [(Int, [String], String?)] {
      let outcome = try ReadOutcome.reading(Array(zip.bytes[..<length]), named: "e.zip")
      #expect(outcome.units.flatMap(\.records).map(\.text) == texts, "\(length)")
      #expect(outcome.refused.contains { $0.why.contains("it was cut off") && $0.isFault }, "\(length)")
      #expect(outcome.refused.first { $0.path != "e.zip" }?.path == cut, "\(length)")
    }
    let alone = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(Array(zip.bytes[..<(first - 5)]), named: "e.zip")
    }
    #expect(alone?.code == "bad-archive")
  }

  /// The members of one download form a unit: a cut one takes none of the others with it.
  @Test func aCutMemberDoesNotTakeItsUnitWithIt() throws {
    var zip = ZipBuilder()
    for number in 1...3 {
      zip.add(
        "x/data/tweets-part\(number).js",
        "window.YTD.tweets.part\(number) = [{\"tweet\": {\"id_str\": \"\(number)\", \"created_at\": "
          + "\"Tue Jan 02 10:00:00 +0000 2024\", \"full_text\": \"post \(number)\"}}]")
    }
    zip.add(
      "x/data/account.js",
      "window.YTD.account.part0 = [{\"account\": {\"accountId\": \"9\", \"username\": \"ann\"}}]")
    let whole = try ReadOutcome.reading(zip.bytes, named: "x.zip")
    let posts = ["post 1", "post 2", "post 3"]
    #expect(whole.units.flatMap(\.records).map(\.text).filter { $0.hasPrefix("post") }.sorted() == posts)
    let directory = zip.entries.reduce(22) { $0 + 46 + $1.name.count }
    let outcome = try ReadOutcome.reading(Array(zip.bytes.dropLast(directory + 9)), named: "x.zip")
    #expect(outcome.units.flatMap(\.records).map(\.text).sorted() == posts)
    #expect(outcome.refused.map(\.path).contains("x/data/account.js"))
  }

  @Test func limitsHold() throws {
    var bomb = ZipBuilder()
    bomb.addZeros("zeros.txt", count: 4 << 20)
    var limits = ImportLimits()
    limits.archiveRatioGrace = 1 << 10
    #expect(#expect(throws: ExportRefusal.self) { try Self.drain(bomb, limits) }?.code == "archive-bomb")
    limits = ImportLimits()
    limits.archiveTotal = 1 << 10
    #expect(#expect(throws: ExportRefusal.self) { try Self.drain(bomb, limits) }?.code == "archive-too-large")
    try Self.drain(bomb, ImportLimits())

    var many = ZipBuilder()
    for number in 0...100 { many.add("f\(number)", "") }
    limits = ImportLimits()
    limits.archiveEntries = 100
    #expect(
      #expect(throws: ExportRefusal.self) { try Self.read(many, limits: limits) }?.code == "too-many-entries")
    limits.archiveEntries = 101
    #expect(try Self.read(many, limits: limits).unrecognised.count == 101)
  }

  /// Reads every member of an archive to its end.
  static func drain(_ zip: ZipBuilder, _ limits: ImportLimits) throws {
    let scratch = try ScratchFolder()
    let container = try ExportContainer(scratch.write(zip.bytes, to: "e.zip"), limits: limits)
    try container.walkArchive(refused: { _ in }) { _, open in
      let input = open(0)
      while try input.fillMore() { input.consume(input.window.count) }
    }
  }

  @Test func whatIsNoArchiveOrNothing() throws {
    let missing = URL(fileURLWithPath: "/nonexistent/\(UUID().uuidString)")
    #expect(#expect(throws: ExportRefusal.self) { try ReadOutcome(reading: missing) }?.code == "no-such-file")
    #expect(try ReadOutcome.reading([], named: "empty").unrecognised == ["empty"])
    let magic = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(
        [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0xAA, count: 600), named: "z.zip")
    }
    #expect(magic?.code == "bad-archive")
  }
}

@Suite struct LineReaderTests {
  struct Line: Equatable {
    var text: String
    var offset: UInt64
    var number: UInt32
    var isTerminated: Bool
    var isCut: Bool
  }

  /// Reads lines of an input that gives at most `step` bytes at a time.
  static func lines(_ text: [UInt8], limit: Int = 1 << 20, step: Int = .max) throws -> [Line] {
    var position = 0
    let input = MemberInput(path: "t", member: 0) { buffer in
      let count = min(step, buffer.count, text.count - position)
      buffer.copyBytes(from: text[position..<position + count])
      position += count
      return count
    }
    var tapped: [UInt8] = []
    input.tap { tapped += $0 }
    var reader = LineReader(input, limit: limit)
    var result: [Line] = []
    while let line = try reader.next() {
      result.append(
        Line(
          text: String(decoding: line.bytes, as: UTF8.self), offset: line.offset, number: line.number,
          isTerminated: line.isTerminated, isCut: line.isCut))
    }
    #expect(tapped == text, "every byte is passed over once")
    return result
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func linesAreTheSameHoweverTheBytesCome(_ step: Int) throws {
    let text = Array("one\r\n\r\n\ntwo\rthree\nlast".utf8)
    #expect(
      try Self.lines(text, step: step) == [
        Line(text: "one", offset: 0, number: 1, isTerminated: true, isCut: false),
        Line(text: "", offset: 5, number: 2, isTerminated: true, isCut: false),
        Line(text: "", offset: 7, number: 3, isTerminated: true, isCut: false),
        Line(text: "two\rthree", offset: 8, number: 4, isTerminated: true, isCut: false),
        Line(text: "last", offset: 18, number: 5, isTerminated: false, isCut: false),
      ])
    #expect(try Self.lines([], step: step).isEmpty)
  }

  @Test func longLinesAreCutAndNumbered() throws {
    let long = [UInt8](repeating: 0x78, count: 1 << 20)
    let lines = try Self.lines(Array("a\n".utf8) + long + Array("\nb\n".utf8) + long, limit: 1000)
    #expect(lines.map(\.isCut) == [false, true, false, true])
    #expect(lines.map(\.number) == [1, 2, 3, 4])
    #expect(lines.map(\.offset) == [0, 2, 1_048_579, 1_048_581])
    #expect(lines.map(\.isTerminated) == [true, true, true, false])
  }
}
