import CorpusKit
import Foundation
import Glibc
import TestSupport
import Testing

/// Hostile files through the command line, each in a process of its own so that crashes and memory show.
@Suite struct HostileFileTests {
  private static let line = #"{"id":"a1","platform":"x","handle":"one_handle"}"# + "\n"

  private static func message(_ text: String) -> String {
    #"{"type":"message","date":"2022-01-01T10:00:00","from":"Ann","text":\#(text)}"#
  }

  private static func chat(_ messages: String...) -> String {
    #"{"name":"c","type":"personal_chat","id":1,"messages":[\#(messages.joined(separator: ","))]}"#
  }

  /// Writes a file of a beginning, `count` MiB of one byte, and an end.
  private static func write(
    _ head: String, _ filling: UInt8, mebibytes: Int, _ tail: String, to file: URL
  ) throws {
    try Data(head.utf8).write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    let block = Data(repeating: filling, count: 1 << 20)
    for _ in 0..<mebibytes { try handle.write(contentsOf: block) }
    try handle.write(contentsOf: Data(tail.utf8))
    try handle.close()
  }

  /// Imports a file into a new case; the case must be readable afterwards.
  private static func importing(
    _ file: URL, _ arguments: [String] = [], in scratch: ScratchFolder
  ) throws -> (run: CommandRun, accounts: String) {
    let place = try CommandRun.newCase(in: scratch.url)
    let run = try CommandRun(["import", place, file.path] + arguments)
    #expect(!run.wasKilled, "\(run.all)")
    #expect(run.peakMemory < 512, "\(file.lastPathComponent) took \(run.peakMemory) MiB")
    let accounts = try CommandRun("accounts", place)
    #expect(accounts.status == 0, "\(accounts.errors)")
    return (run, accounts.output)
  }

  // MARK: Archives

  @Test func aBombIsRefused() throws {
    let scratch = try ScratchFolder()
    let bytes = Array(Self.line.utf8) + [UInt8](repeating: 0x20, count: 96 << 20)
    let zip = try zipFile([("a.ndjson", bytes)])
    #expect(zip.count < bytes.count / 900)
    let (run, accounts) = try Self.importing(try scratch.write(zip, to: "bomb.zip"), in: scratch)
    #expect(run.status == 4 && run.all.contains("more than 100 times its size"), "\(run.all)")
    #expect(!accounts.contains("one_handle"))
  }

  @Test func anArchiveInAnArchiveIsNamed() throws {
    let scratch = try ScratchFolder()
    let inner = try zipFile([("a.ndjson", Array(Self.line.utf8))])
    let alone = try scratch.write(try zipFile([("inner.zip", inner)]), to: "outer.zip")
    let (run, _) = try Self.importing(alone, in: scratch)
    #expect(run.status == 4 && run.all.contains("inner.zip"), "\(run.all)")
    #expect(run.all.contains("is an archive inside an archive"))
    #expect(run.all.contains("Unpack it") && !run.all.contains("no reader recognises"), "\(run.all)")
  }

  /// WhatsApp calls the chat in each of its archives `_chat.txt`.
  @Test func whatIsNotReadIsNamedWithItsArchive() throws {
    let scratch = try ScratchFolder()
    let chat = Array("[03/04/2026, 10:00:00] Ann: one\n[04/04/2026, 10:00:00] Bea: two\n".utf8)
    for name in ["Ann", "Bea"] {
      _ = try scratch.write(
        try zipFile([("_chat.txt", chat), ("photo.jpg", [0xFF, 0xD8, 0xFF])]), to: "in/\(name).zip")
    }
    let (run, _) = try Self.importing(scratch.url.appendingPathComponent("in"), in: scratch)
    #expect(run.status == 4, "\(run.all)")
    for name in ["Ann", "Bea"] {
      #expect(run.all.contains("refused \(name).zip: _chat.txt: no date of its"), "\(run.all)")
      #expect(run.all.contains("  \(name).zip: photo.jpg"), "\(run.all)")
    }
  }

  @Test func tooManyEntriesAreRefused() throws {
    let scratch = try ScratchFolder()
    let members = (0...100_000).map { (name: "f\($0)", bytes: [UInt8]()) }
    let (run, _) = try Self.importing(try scratch.write(try zipFile(members), to: "many.zip"), in: scratch)
    #expect(run.status == 4 && run.all.contains("more than 100000 entries"), "\(run.all)")
  }

  // MARK: JSON

  @Test func deepNestingSetsOneMessageAside() throws {
    let scratch = try ScratchFolder()
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let file = try scratch.write(Self.chat(Self.message(deep), Self.message("\"kept\"")), to: "deep.json")
    let (run, accounts) = try Self.importing(file, in: scratch)
    #expect(run.status == 5 && run.output.contains("2 seen, 1 imported, 1 set aside"), "\(run.all)")
    #expect(accounts.contains("Ann"))
    let open = try scratch.write(
      Self.chat(Self.message("\"kept\"")).dropLast(2) + ","
        + String(repeating: "{\"messages\":[", count: 50_000),
      to: "open.json")
    let place = scratch.url.appendingPathComponent("a.cognate").path
    #expect(try CommandRun("import", place, open.path).status == 5)
  }

  @Test func numbersBeyondAllBoundsAreKeptOrSetAside() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write(
      """
      {"id":9007199254740993,"platform":"x","name":"exact"}
      {"id":18446744073709551616,"platform":"x","name":"wide"}
      {"id":"t1","platform":"x","handle":"odd_times","posts":[{"text":"a","at":1e999},{"text":"b","at":-0},\
      {"text":"c","at":"9999-12-31T23:59:59Z"},{"text":"d","at":"2038-01-19T03:14:08Z"},\
      {"text":"e","at":"2016-12-31T23:59:60Z"},{"text":"f","at":"1969-12-31T23:59:59Z"}]}

      """, to: "numbers.ndjson")
    let (run, accounts) = try Self.importing(file, in: scratch)
    #expect(run.status == 5 && run.output.contains("message: 6 seen, 2 imported, 4 set aside"), "\(run.all)")
    #expect(accounts.contains("x:9007199254740993 (exact)"))
    #expect(accounts.contains("x:18446744073709551616 (wide)"))
  }

  @Test func twoHundredMegabytesInOneStringAreTooLarge() throws {
    let scratch = try ScratchFolder()
    let json = scratch.url.appendingPathComponent("big.json")
    let parts = Self.chat(Self.message("\"@\""), Self.message("\"kept\"")).split(separator: "@")
    try Self.write(String(parts[0]), 0x79, mebibytes: 200, String(parts[1]), to: json)
    let (run, accounts) = try Self.importing(json, in: scratch)
    #expect(run.status == 5 && run.output.contains("larger than the limit"), "\(run.all)")
    #expect(accounts.contains("Ann"))
    try FileManager.default.removeItem(at: json)

    let lines = scratch.url.appendingPathComponent("big.ndjson")
    try Self.write(
      Self.line + #"{"id":"a2","platform":"x","name":""#, 0x79, mebibytes: 200,
      "\"}\n" + Self.line.replacing("a1", with: "a3").replacing("one_", with: "three_"), to: lines)
    let place = scratch.url.appendingPathComponent("a.cognate").path
    let second = try CommandRun("import", place, lines.path)
    #expect(second.status == 5 && second.peakMemory < 512, "\(second.all), \(second.peakMemory) MiB")
    #expect(second.output.contains("line 2 byte"))
    let listed = try CommandRun("accounts", place).output
    #expect(listed.contains("one_handle") && listed.contains("three_handle"))
  }

  // MARK: CSV

  private static let mapping = """
    version = 1
    name = "t"
    platform = "forum"
    [match]
    headers = ["Member", "Note"]
    [account]
    column = "Member"
    kind = "handle"
    scope = "platform"
    [record]
    class = "message"
    text_column = "Note"
    """

  @Test func anUnclosedQuoteIsBounded() throws {
    let scratch = try ScratchFolder()
    let mapping = try scratch.write(Self.mapping, to: "t.toml").path
    let file = scratch.url.appendingPathComponent("open.csv")
    try Self.write("Member,Note\nfirst_one,kept\nsecond_one,\"", 0x0A, mebibytes: 200, "", to: file)
    let (run, accounts) = try Self.importing(file, ["--mapping", mapping], in: scratch)
    #expect(run.status == 5, "\(run.all)")
    #expect(accounts.contains("first_one") && !accounts.contains("second_one"))
  }

  // MARK: XML

  /// A socket that listens on the loopback and must see nobody.
  private final class Listener {
    let descriptor: Int32
    let port: UInt16

    init() throws {
      let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let bound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
          bind(socket, pointer, length) == 0 && listen(socket, 8) == 0
            && getsockname(socket, pointer, &length) == 0
        }
      }
      try #require(bound)
      descriptor = socket
      port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    var sawSomebody: Bool { accept(descriptor, nil, nil) >= 0 }
  }

  @Test func declarationsAreRefusedBeforeAnythingIsFetched() throws {
    let scratch = try ScratchFolder()
    let listener = try Listener()
    let secret = try scratch.write("the-secret", to: "secret.txt")
    let web = "http://127.0.0.1:\(listener.port)/x"
    let laughs = (1...9).map { level in
      "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
    }.joined()
    let declarations = [
      "<!DOCTYPE smses [<!ENTITY l0 \"lol\">\(laughs)]>",
      "<!DOCTYPE smses [<!ENTITY l9 \"\(String(repeating: "a", count: 50_000))\">]>",
      "<!DOCTYPE smses [<!ENTITY l9 SYSTEM \"file://\(secret.path)\">]>",
      "<!DOCTYPE smses [<!ENTITY l9 SYSTEM \"\(web)\">]>",
      "<!DOCTYPE smses [<!ENTITY % p SYSTEM \"\(web)\"> %p;]>",
      "<!DOCTYPE smses SYSTEM \"\(web)\">",
    ]
    let place = try CommandRun.newCase(in: scratch.url)
    for (number, declaration) in declarations.enumerated() {
      let text =
        "<?xml version='1.0'?>\(declaration)<smses count=\"1\"><sms address=\"+447700900123\" "
        + "date=\"1700000000000\" type=\"1\" body=\"&l9;\"/></smses>"
      let file = try scratch.write(text, to: "x\(number).xml")
      let run = try CommandRun("import", place, file.path)
      #expect(run.status == 4, "\(number): \(run.all)")
      #expect(run.peakMemory < 128)
    }
    // XInclude and a stylesheet ask for something too; both are passed over.
    let include = try scratch.write(
      "<?xml version='1.0'?><?xml-stylesheet href=\"\(web)\"?><smses count=\"1\" "
        + "xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"\(web)\"/><sms "
        + "address=\"+447700900123\" date=\"1700000000000\" type=\"1\" body=\"kept\"/></smses>", to: "i.xml")
    let run = try CommandRun("import", place, include.path)
    #expect([0, 5].contains(run.status), "\(run.all)")
    #expect(!listener.sawSomebody)
    let database = try Data(contentsOf: URL(fileURLWithPath: place + "/case.sqlite"))
    #expect(database.range(of: Data("the-secret".utf8)) == nil)
  }

  @Test func anAttributeOfTwelveMegabytesIsRead() throws {
    let scratch = try ScratchFolder()
    let file = scratch.url.appendingPathComponent("s.xml")
    try Self.write(
      "<?xml version='1.0'?><smses count=\"1\"><sms address=\"+447700900123\" date=\"1700000000000\" type=\"1\" body=\"",
      0x61, mebibytes: 12, "\"/></smses>", to: file)
    let (run, _) = try Self.importing(file, in: scratch)
    #expect(run.status == 0 && run.output.contains("message: 1 seen, 1 imported"), "\(run.all)")
  }

  // MARK: Text for terminals

  @Test func whatMovesTheCursorIsShownAsMarks() throws {
    let scratch = try ScratchFolder()
    let hostile = "\u{1B}]0;owned\u{7}\u{1B}]8;;x\u{7}c\rgone\u{202E}\u{200B}\u{9B}31m"
    let name = "\u{1B}]0;n\u{7}\u{202E}.txt"
    let escaped = String(decoding: try JSONEncoder().encode(hostile), as: UTF8.self)
    _ = try scratch.write("nothing that any reader knows", to: "in/\(name)")
    _ = try scratch.write(
      "{\"id\":\"\(escaped.dropFirst().dropLast())\",\"platform\":\"x\",\"handle\":\"an_handle\",\"name\":\(escaped)}\n"
        + "{\"id\":\"b\u{1B}[2J", to: "in/a.ndjson")
    _ = try scratch.write(
      Self.chat(#"{"type":"message","date":"2022-01-01T10:00:00","from":\#(escaped),"text":"x"}"#),
      to: "in/r.json")
    let place = try CommandRun.newCase(in: scratch.url)
    var runs = [
      try CommandRun("import", place, scratch.url.appendingPathComponent("in").path, "--progress", "plain"),
      try CommandRun("accounts", place), try CommandRun("link", place),
      try CommandRun("import", place, scratch.url.appendingPathComponent("in/\(name)").path),
      try CommandRun("accounts", place, "x:an_handle"), try CommandRun("accounts", place, "x:\(hostile)"),
      try CommandRun("why", place, hostile, "A1"), try CommandRun("accounts", place + hostile),
      try CommandRun("accounts", place, "--json"),
    ]
    runs.append(try CommandRun("import", place, place + hostile))
    #expect(runs[0].output.contains("\\u{1B}]0;n\\u{7}\\u{202E}.txt"), "\(runs[0].all)")
    #expect(runs[1].output.contains("\\u{1B}"), "\(runs[1].all)")
    for (number, run) in runs.enumerated() {
      #expect(!run.wasKilled)
      let marks = run.all.unicodeScalars.filter {
        ($0.properties.generalCategory == .control && $0 != "\n") || $0 == "\u{202E}" || $0 == "\u{200B}"
      }
      #expect(marks.isEmpty, "run \(number) prints \(marks.map(\.value))")
    }
  }

  /// The run of `link` over accounts, one a line.
  private static func linking(_ lines: [String]) throws -> CommandRun {
    let scratch = try ScratchFolder()
    let file = try scratch.write(lines.joined(separator: "\n") + "\n", to: "accounts.ndjson")
    let place = try CommandRun.newCase(in: scratch.url)
    let imported = try CommandRun("import", place, file.path)
    #expect(imported.status == 0, "\(imported.all)")
    return try CommandRun("link", place)
  }

  /// Each of those who repeated it took a mebibyte until the end.
  @Test func thousandsWhoRepeatOneMessageTakeLittleMemory() throws {
    let letter = WrittenTexts.chainLetter
    let lines = (0..<2000).map { number in
      #"{"id":"a\#(number)","platform":"x","handle":"someone_\#(number)","posts":[{"at":"2026-01-05T10:00:00Z","text":"\#(letter)"}]}"#
    }
    let run = try Self.linking(lines)
    #expect(run.status == 0 && run.peakMemory < 512, "\(run.all), \(run.peakMemory) MiB")
  }

  /// Of accounts that are compared with nobody each took twenty kilobytes, which were 160 MiB of these.
  @Test func thousandsWhoAreComparedWithNobodyTakeLittleMemory() throws {
    let lines = (0..<8000).map { number in
      #"{"id":"a\#(number)","platform":"x","handle":"someone_\#(number)","posts":[{"at":"2026-01-05T10:00:00Z","text":"Number \#(number) said so."}]}"#
    }
    let run = try Self.linking(lines)
    #expect(run.status == 0 && run.peakMemory < 160, "\(run.all), \(run.peakMemory) MiB")
  }
}
