import Foundation
import RecordLinkage
import TestSupport
import Testing

@Suite("Reading tables")
struct TableReadingTests {
  private func read(
    _ text: String, id: String? = nil, ignore: [String] = [], name: String = "t.csv"
  ) throws -> Table {
    let folder = try ScratchFolder()
    let file = try folder.write(text, to: name)
    return try TableLoading.read([file.path], idColumn: id, ignoredColumns: ignore)
  }

  private func value(_ table: Table, _ column: String, _ record: Int) throws -> String {
    let found = try #require(table.columns.first { $0.name == column })
    return found.pool.string(Int(found.values[record]))
  }

  @Test func quotesDelimitersAndLineEnds() throws {
    let table = try read(
      "\u{FEFF}id,name,note\r\n1,\"Ada \"\"A\"\" L\",\"a,b\"\r\n2,\"two\nlines\",x\r3,5\" pipe,y\n\n4,last,")
    #expect(table.recordCount == 4)
    #expect(try value(table, "name", 0) == "Ada \"A\" L")
    #expect(try value(table, "note", 0) == "a,b")
    #expect(try value(table, "name", 1) == "two\nlines")
    #expect(try value(table, "name", 2) == "5\" pipe")
    #expect(try value(table, "note", 3) == "")
    #expect(table.id(3) == "4")
    #expect(try value(try read("id;a;b\n1;x,y;z\n"), "a", 0) == "x,y")
    #expect(try value(try read("id\ta\n1\tx\n"), "a", 0) == "x")
  }

  @Test func raggedRowsAreCounted() throws {
    let table = try read("id,a,b\n1,x\n2,x,y,z\n3,x,y\n")
    #expect(table.sources[0].shortRows == 1)
    #expect(table.sources[0].longRows == 1)
    #expect(table.sources[0].raggedLines == [2, 3])
    #expect(try value(table, "b", 0) == "")
    #expect(try value(table, "b", 1) == "y")
  }

  @Test func valuesWithNULAreCounted() throws {
    let table = try read("id,a,b\n1,x\u{0}y,z\n\u{0}2,x\u{0}y,w\n3,x,y\n")
    #expect(table.sources[0].valuesWithNUL == 3)
    #expect(table.sources[0].remarks.contains { $0.hasPrefix("3 values have a NUL byte") })
    #expect(try value(table, "a", 0) == "x\u{0}y")
    #expect(try read("id,a\n1,x\n").sources[0].valuesWithNUL == 0)
  }

  @Test func duplicateIDsAreRefusedWithBothLines() throws {
    #expect {
      try read("id,a\n1,x\n\"2\",y\n\n1,z\n")
    } throws: { error in
      guard case TableError.duplicateID(let id, _, let line, _, let first) = error else { return false }
      return id == "1" && line == 5 && first == 2
    }
  }

  @Test func duplicateIDsOverFilesAreRefused() throws {
    let folder = try ScratchFolder()
    let one = try folder.write("id,a\n1,x\n2,y\n", to: "one.csv")
    let two = try folder.write("id,a\n3,x\n2,y\n", to: "two.csv")
    #expect {
      try TableLoading.read([one.path, two.path], idColumn: nil, ignoredColumns: [])
    } throws: { error in
      guard case TableError.duplicateID(_, let file, let line, let firstFile, let first) = error else {
        return false
      }
      return file.hasSuffix("two.csv") && line == 3 && firstFile.hasSuffix("one.csv") && first == 3
    }
  }

  @Test func whatCannotBeRead() throws {
    #expect(throws: TableError.self) { try read("") }
    #expect(throws: TableError.self) { try read("id,a\n") }
    #expect(throws: TableError.self) { try read("a,b\n1,2\n") }
    #expect(throws: TableError.self) { try read("id,a,a\n1,2,3\n") }
    #expect(throws: TableError.self) { try read("id,a\n,2\n") }
    #expect(throws: TableError.self) { try read("id,a\n1,2\n", ignore: ["b"]) }
    #expect(throws: TableError.self) { try read("key,a\n1,2\n", id: "id") }
    #expect {
      try read("id,a\n1,x\n2,\"never closed\n3,y\n")
    } throws: { error in
      guard case TableError.unclosedQuote(_, let line) = error else { return false }
      return line == 3
    }
    let folder = try ScratchFolder()
    let file = try folder.write(
      "id,a\n".data(using: .utf16LittleEndian).map { [0xFF, 0xFE] + $0 } ?? [], to: "t.csv")
    #expect(throws: TableError.self) { try TableLoading.read([file.path], idColumn: nil, ignoredColumns: []) }
    #expect(throws: TableError.self) {
      try TableLoading.read([folder.url.path + "/none.csv"], idColumn: nil, ignoredColumns: [])
    }
  }

  @Test func aRecordBeyondTheLimitIsRefused() throws {
    let text = "id,a\n1,\"" + String(repeating: "x", count: CSVTableReader.recordLimit + 10)
    #expect {
      try read(text)
    } throws: { error in
      guard case TableError.recordTooLong(_, let line, _) = error else { return false }
      return line == 2
    }
  }

  /// A million of them took 1.4 GB for two records.
  @Test func columnsBeyondTheLimitAreRefused() throws {
    let limit = TableBuilder.columnLimit
    func text(_ columns: Range<Int>, id: String) -> String {
      "id,\(columns.map { "c\($0)" }.joined(separator: ","))\n\(id),x\n"
    }
    #expect(try read(text(0..<limit, id: "1")).columns.count == limit)
    #expect(try read(text(0..<limit + 1, id: "1"), ignore: ["c5"]).columns.count == limit)
    #expect {
      try read(text(0..<limit + 7, id: "1"))
    } throws: { error in
      guard case TableError.tooManyColumns(let file, limit + 7, limit) = error else { return false }
      return file.hasSuffix("t.csv") && "\(error)".contains("\(limit + 7) columns")
    }
    // Of several files each may have few enough, and objects name their columns one by one.
    let folder = try ScratchFolder()
    let files = [
      try folder.write(text(0..<limit, id: "1"), to: "a.csv"),
      try folder.write(#"{"id":"2","c0":"x","other":"y"}"# + "\n", to: "b.ndjson"),
    ]
    #expect {
      try TableLoading.read(files.map(\.path), idColumn: nil, ignoredColumns: [])
    } throws: { error in
      guard case TableError.tooManyColumns(let file, nil, limit) = error else { return false }
      return file.hasSuffix("b.ndjson")
    }
  }

  @Test func recordsAcrossBlocksArriveWhole() throws {
    var text = "id,a,b\n"
    for number in 0..<60_000 { text += "\(number),\"value \(number % 100), quoted\",line\(number % 7)\n" }
    let table = try read(text)
    #expect(table.recordCount == 60_000)
    #expect(try value(table, "a", 59_999) == "value 99, quoted")
    #expect(try #require(table.columns.first { $0.name == "a" }).pool.count == 101)
    #expect(table.sources[0].shortRows + table.sources[0].longRows == 0)
  }

  @Test func emptyFieldsAtTheEndAreNoSurplus() throws {
    let table = try read("id,a,b\n1,x,y,,\n2,x,y, ,\"\"\n3,x,y,,z\n")
    #expect(table.sources[0].longRows == 1 && table.sources[0].shortRows == 0)
    #expect(table.sources[0].raggedLines == [4] && table.sources[0].leftOut == 1)
  }

  @Test func textsOfOlderPrograms() throws {
    let folder = try ScratchFolder()
    var bytes = Array("id,name\n1,M".utf8) + [0xFC] + Array("ller\n2,Müller\n3,".utf8) + [0x80, 0x8D, 0xE9]
    bytes += Array("\n4,plain\n".utf8)
    let file = try folder.write(bytes, to: "t.csv")
    let table = try TableLoading.read([file.path], idColumn: nil, ignoredColumns: [])
    #expect(try value(table, "name", 0) == "Müller")
    #expect(table.columns[0].values[0] == table.columns[0].values[1])
    #expect(table.columns[0].pool.counts[Int(table.columns[0].values[0])] == 2)
    #expect(try value(table, "name", 2) == "€\u{8D}é")
    #expect(try value(table, "name", 3) == "plain")
    #expect(table.sources[0].notes == ["2 values are no UTF-8 and read as Windows-1252"])
    #expect(try read("id,name\n1,Müller\n").sources[0].notes.isEmpty)
  }

  @Test func valuesOfObjectsAreCountedWhereTheyAreLost() throws {
    let lines = [
      #"{"id":"a1","name":"Anna Bell","emails":["x@example.com"],"extra":{},"born":null,"ip":{"ip":"192.0.2.1"}}"#,
      #"{"id":"a2","name":{"first":"Anna","last":"Bell"},"emails":["x@example.com",["y@example.com"]]}"#,
      #"{"id":"a3","name":"Cy Fo","name":"Anna Bell","id":"a9"}"#,
      #"{"id":"a4","name":"Cy Po","left":{"k":"v"},"name":{"first":"Cy"}}"#,
    ]
    let table = try read(lines.joined(separator: "\n") + "\n", ignore: ["left"], name: "t.ndjson")
    #expect(try value(table, "name", 2) == "Cy Fo")
    #expect(try value(table, "ip", 0) == "192.0.2.1")
    #expect(table.sources[0].partialLines == 3 && table.sources[0].leftOut == 3)
    #expect(
      table.sources[0].notes == [
        "2 values of \u{201C}name\u{201D}, \u{201C}emails\u{201D} are objects or lists in themselves and were left out, the first at line 2",
        "3 values of \u{201C}name\u{201D}, \u{201C}id\u{201D} repeat a key of their object and were left out, the first at line 3",
      ])
  }

  @Test func aFileThatEndsWithinALineSaysSo() throws {
    for text in ["id,a\n1,x\n2,y", "id,a\n1,x\n2,\"y\""] {
      #expect(try read(text).sources[0].notes.contains { $0.hasPrefix("the last line has no line end") })
    }
    for text in ["id,a\n1,x\n", "id,a\r\n1,x\r\n", "id,a\r1,x\r"] {
      #expect(try read(text).sources[0].notes.isEmpty)
    }
  }

  @Test(arguments: ["[{\"id\":\"1\"}]", "\u{FEFF}[\n  {\"id\":\"1\"}\n]"])
  func aJSONArrayIsNamed(_ text: String) throws {
    let error = #expect(throws: TableError.self) { try read(text, name: "t.json") }
    #expect("\(try #require(error))".contains("one object a line"))
    #expect(try read("[id],a\n1,x\n", id: "[id]").recordCount == 1)
  }

  @Test func aFileWithoutARecordIsRefused() throws {
    let folder = try ScratchFolder()
    let good = try folder.write("id,a\n1,x\n", to: "good.csv").path
    let bare = try folder.write("id,a\n", to: "bare.csv").path
    #expect(throws: TableError.empty(file: bare)) {
      try TableLoading.read([good, bare], idColumn: nil, ignoredColumns: [])
    }
    let bad = try folder.write("{\"a\":1}\n{\n", to: "bad.ndjson").path
    #expect {
      try TableLoading.read([good, bad], idColumn: nil, ignoredColumns: [])
    } throws: { error in
      guard case TableError.nothingUsable(let file, let reasons) = error else { return false }
      return file == bad && reasons.count == 2
    }
  }

  @Test func accountLines() throws {
    let table = try read(
      """
      {"id":"a1","platform":"x","handle":"night_fox","emails":["a@example.org","b@example.org"],"ips":[{"ip":"192.0.2.1","port":443}],"posts":[{"text":"x"}]}
      not json
      {"handle":"no id"}
      {"id":7,"handle":"fox"}
      """, name: "a.ndjson")
    #expect(table.recordCount == 2)
    #expect(try value(table, "emails", 0) == "a@example.org")
    #expect(try value(table, "emails (2)", 0) == "b@example.org")
    #expect(try value(table, "ips", 0) == "192.0.2.1")
    #expect(table.id(1) == "7")
    #expect(table.sources[0].notes.count == 3)
  }
}
