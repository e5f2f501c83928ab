import Foundation
import TestSupport
import Testing

/// Tables that are damaged, odd or hostile, from the command line: refused, or read with what was left out said.
@Suite struct ResolveInputTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    /// Exit status.
    var status: Int32
    /// What is said, on either stream.
    var said: [String] = []
    var records: Int?
    var file = "t.csv"

    init(
      _ name: String, _ text: String, _ status: Int32, _ said: [String] = [], records: Int? = nil,
      file: String = "t.csv"
    ) {
      self.init(name, Array(text.utf8), status, said, records: records, file: file)
    }

    init(
      _ name: String, _ bytes: [UInt8], _ status: Int32, _ said: [String] = [], records: Int? = nil,
      file: String = "t.csv"
    ) {
      (self.name, self.bytes, self.status, self.said, self.records, self.file) =
        (name, bytes, status, said, records, file)
    }

    var testDescription: String { name }
  }

  /// Four records, two of them of one person.
  private static let rows = [
    "1,Ada Ray,ada.ray@example.org,1990-02-03", "2,Ada Ray,ada.ray@example.org,1990-02-03",
    "3,Bo Lin,bo@example.org,1985-12-24", "4,Cy Poe,cy.poe@example.net,1971-07-07",
  ]
  private static let header = "id,name,email,dob"
  private static func table(_ rows: [String] = rows, end: String = "\n") -> String {
    ([header] + rows).joined(separator: end) + end
  }

  private static func utf16(_ text: String, mark: [UInt8]) -> [UInt8] {
    mark + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  static let cases: [Case] = [
    Case("a plain table", table(), 0, ["4 records"], records: 4),
    Case(
      "a column that stands alone", "id,phone\n1,07700900101\n2,07700900101\n3,07700900102\n", 0,
      ["one column alone does not teach"], records: 3),
    Case(
      "a row too short", table(rows + ["5,Di Orr"]), 0, ["1 row has fewer fields", "lines 6"], records: 5),
    Case(
      "a row too long", table(rows + ["5,Di Orr,di@example.org,1990-01-01,surplus"]), 5,
      ["1 row has more fields", "lines 6"], records: 5),
    Case(
      "empty fields at the end are no surplus", table(rows.map { $0 + ",," }), 0, ["4 records"], records: 4),
    Case(
      "an id twice", table(rows + ["2,Di Orr,di@example.org,1990-01-01"]), 4, ["“2”", "line 6", "line 3"]),
    Case("an empty id", table(rows + [",Di Orr,di@example.org,1990-01-01"]), 4, ["line 6", "id is empty"]),
    Case("no id column", "key,name\n1,Ada\n", 4, ["--id"]),
    Case("a column twice", "id,name,name\n1,Ada,Ada\n", 4, ["line 1", "“name”"]),
    Case(
      "an empty column and one of a single value",
      "id,name,email,dob,none,same\n" + rows.map { $0 + ",,x" }.joined(separator: "\n"), 0,
      ["none (empty)", "same (constant)"], records: 4),
    Case("the same record again and again", "id,a,b\n1,x,y\n2,x,y\n3,x,y\n", 0, records: 3),
    Case("nothing but a single value", "id,a,b\n1,x,\n2,x,\n", 4, ["no column to compare"]),
    Case("nothing but ids", "id\n1\n2\n", 4, ["no column but the id"]),
    Case("a value with NUL", table(rows + ["5,D\u{0}i,di@example.org,1990-01-01"]), 0, records: 5),
    Case("nothing but NUL", [UInt8](repeating: 0, count: 5_000), 4, ["binary"]),
    Case("a byte-order mark", "\u{FEFF}" + table(), 0, records: 4),
    Case("CRLF", table(end: "\r\n"), 0, records: 4),
    Case("CR", table(end: "\r"), 0, records: 4),
    Case("mixed line ends", header + "\r\n" + rows.joined(separator: "\n"), 0, records: 4),
    Case("a quote that is never closed", table(rows + ["5,\"Di,di@example.org"]), 4, ["line 6", "quote"]),
    Case("a quote inside a field", table(rows + ["5,Di \"D\" Orr,di@example.org,1990-01-01"]), 0, records: 5),
    Case("UTF-16", utf16(table(), mark: [0xFF, 0xFE]), 4, ["UTF-16"]),
    Case("UTF-16 without a mark", utf16(table(), mark: []), 4, ["UTF-16"]),
    Case("gzip", [0x1F, 0x8B, 8, 0, 0, 0], 4, ["gzip"]),
    Case("a ZIP or XLSX file", [0x50, 0x4B, 3, 4, 0, 0], 4, ["ZIP"]),
    Case(
      "Latin-1", Array(table().utf8) + [0x35, 0x2C, 0x5A, 0x6F, 0xEB, 0x0A], 0,
      ["1 value is no UTF-8", "Windows-1252"], records: 5),
    Case("an empty file", "", 4, ["no records"]),
    Case("white space", " \n\n \n", 4),
    Case("a header alone", header + "\n", 4, ["no records"]),
    Case("semicolons", table().replacing(",", with: ";"), 0, records: 4),
    Case(
      "a byte of every kind",
      [UInt8](repeating: 0, count: 0) + Array("id,a,b\n".utf8)
        + (0...255).flatMap { (byte: Int) -> [UInt8] in
          [0x0A, 0x0D, 0x22, 0x2C].contains(byte)
            ? [] : Array("\(byte),x".utf8) + [UInt8(byte)] + Array("y,\(byte % 7)z\n".utf8)
        }, 0, ["no UTF-8"], records: 252),
    Case(
      "NDJSON with lines that are none",
      """
      {"id":"a","name":"Ada Ray","emails":["ada@example.org"]}
      not json
      {"id":"b","name":"Ada Ray","emails":["ada@example.org"]}
      [1,2]
      {"name":"no id"}
      {"id":"c","name":"Bo Lin","emails":["bo@example.org"]}
      {"id":"d","name":"Cy Poe","ema
      """, 5, ["3 lines are no JSON object, the first is line 2", "1 object has no id"], records: 3,
      file: "t.ndjson"),
    Case("NDJSON without one good line", "{\"a\n{\"b\n", 4, ["no records", "2 lines"], file: "t.ndjson"),
    Case(
      "NDJSON that is one text over lines", "{\n\"id\":1\n}\n", 4, ["no records"], file: "t.ndjson"),
    Case(
      "NDJSON with an id twice", "{\"id\":1,\"name\":\"a\"}\n{\"id\":\"1\",\"name\":\"b\"}\n", 4, ["line 2"],
      file: "t.ndjson"),
    Case(
      "NDJSON with objects and repeated keys",
      """
      {"id":"a","name":{"first":"Ada","last":"Ray"},"emails":["ada@example.org"]}
      {"id":"b","name":"Ada Ray","name":"Bo Lin","emails":["ada@example.org"]}
      {"id":"c","name":"Cy Poe","emails":["cy@example.org"]}

      """, 5, ["1 value of “name” is an object", "1 value of “name” repeats a key"], records: 3,
      file: "t.ndjson"),
    Case("a JSON array", "[{\"id\":\"a\",\"name\":\"Ada Ray\"}]", 4, ["one object a line"], file: "t.json"),
    Case(
      "a file that is cut off", String(table(rows + ["5,Di Orr,di@exam"]).dropLast()), 0,
      ["no line end"], records: 5),
    Case(
      "NDJSON of odd values",
      """
      {"id":"a","name":"Ada Ray","n":1e999,"deep":{"a":{"b":[1]}},"emails":[null,"",{"x":1},["y"],"a@example.org"]}
      {"id":"b","name":"Ada Ray","n":-0,"id":"c","emails":"a@example.org"}
      {"id":"d","name":"\\ud800 \\u202e","n":18446744073709551615,"emails":{}}
      {"id":"e","name":"Bo Lin","n":9007199254740993}
      """, 5, ["2 lines are no JSON object"], records: 2, file: "t.ndjson"),
  ]

  @Test(arguments: cases)
  func tables(_ item: Case) throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(item.bytes, to: item.file)
    let run = try CommandRun(
      ["resolve", item.file, "-o", "clusters.csv", "--edges", "edges.csv", "--report", "report.html"],
      in: scratch.url)
    #expect(!run.wasKilled && run.status == item.status, "\(run.status): \(run.all)")
    for text in item.said { #expect(run.all.contains(text), "\(run.all)") }
    #expect(!run.all.contains("\u{0}") && !run.all.contains("\u{202E}"))
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
    if item.status == 4 {
      #expect(files == [item.file])
      #expect(run.output.isEmpty && run.errors.hasPrefix("Error: "))
    } else {
      #expect(files == ["clusters.csv", "edges.csv", "report.html", item.file])
      let clusters = try String(
        contentsOf: scratch.url.appendingPathComponent("clusters.csv"), encoding: .isoLatin1)
      if let records = item.records { #expect(clusters.split(separator: "\n").count == records + 1) }
    }
  }

  /// An empty file beside a good one is an error, not a table of nothing.
  @Test func everyFileHasRecords() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.table(), to: "good.csv")
    _ = try scratch.write("id,name\n", to: "bare.csv")
    let run = try CommandRun(["resolve", "good.csv", "bare.csv", "-o", "c.csv"], in: scratch.url)
    #expect(run.status == 4 && run.errors.contains("bare.csv"), "\(run.all)")
    let missing = try CommandRun(["resolve", "good.csv", "none.csv", "-o", "c.csv"], in: scratch.url)
    #expect(missing.status == 4 && missing.errors.contains("none.csv"), "\(missing.all)")
    let folder = try CommandRun(["resolve", ".", "-o", "c.csv"], in: scratch.url)
    #expect(folder.status == 4, "\(folder.all)")
  }

  /// As many columns as a spreadsheet has; most hold the same two values.
  @Test func tenThousandColumns() throws {
    let scratch = try ScratchFolder()
    let columns = 10_000
    var text = "id," + (0..<columns).map { "c\($0)" }.joined(separator: ",") + "\n"
    for record in 0..<40 {
      text +=
        "\(record)," + (0..<columns).map { "\((record / 2 &* ($0 + 3)) % 17)v" }.joined(separator: ",") + "\n"
    }
    _ = try scratch.write(text, to: "t.csv")
    let run = try CommandRun(
      ["resolve", "t.csv", "-o", "c.csv", "--report", "r.html", "--explain"], in: scratch.url)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.peakMemory < 512)
    let page = try Data(contentsOf: scratch.url.appendingPathComponent("r.html"))
    #expect(page.count < 2_000_000)
  }

  /// What tells the format was read from the pipe and lost: of NDJSON whole records, and nothing was said.
  @Test func aPipeIsReadFromItsFirstByte() throws {
    let scratch = try ScratchFolder()
    let numbers = Array(0..<40)
    _ = try scratch.write(
      numbers.map { "{\"id\":\"r\($0)\",\"email\":\"p\($0 / 2)@mail.org\"}\n" }.joined(), to: "t.ndjson")
    _ = try scratch.write(
      "id,email\n" + numbers.map { "r\($0),p\($0 / 2)@mail.org\n" }.joined(), to: "t.csv")
    for name in ["t.ndjson", "t.csv"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = [
        "-c", "cat \(name) | \"$0\" resolve /dev/stdin -o \(name).out", CommandRun.command.path,
      ]
      process.currentDirectoryURL = scratch.url
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(name)")
      let clusters = try? String(
        contentsOf: scratch.url.appendingPathComponent(name + ".out"), encoding: .utf8)
      #expect(clusters?.split(separator: "\n").count == 41, "\(name): \(clusters ?? "nothing")")
    }
  }
}
