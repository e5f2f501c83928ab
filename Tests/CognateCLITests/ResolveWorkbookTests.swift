import Foundation
import TestSupport
import Testing

/// `resolve` over Excel workbooks.
@Suite struct ResolveWorkbookTests {
  typealias Cell = WorkbookBuilder.Cell

  /// The fields of a table of text.
  private static func rows(_ csv: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var inQuotes = false
    for character in csv {
      switch character {
      case "\"": inQuotes.toggle()
      case ",", "\n", "\r\n":
        if inQuotes {
          field.append(character)
          continue
        }
        row.append(field)
        field = ""
        if character == "," { continue }
        rows.append(row)
        row = []
      default: field.append(character)
      }
    }
    return rows
  }

  /// The same table in a workbook, its texts shared and in the cells.
  private static func sheet(_ csv: String, _ name: String = "People") -> WorkbookBuilder.Sheet {
    .init(
      name,
      rows(csv).enumerated().map { number, row in
        row.map { $0.isEmpty ? .empty : number % 2 == 0 ? .shared($0) : .inline($0) }
      })
  }

  private static let header = "id,given_name,surname,born,phone,note\n"
  private static let one = """
    1,Ada,Ray,1990-04-03,07700900101,a
    2,Ada,Ray,1990-04-03,07700900101,b
    3,Bo,Lin,1985-12-24,07700900102,
    4,Cy,Poe,1971-07-07,,c

    """
  private static let two = """
    5,Cy,Poe,1971-07-07,07700900104,c
    6,Di,"O'Orr, MA",1999-09-01,07700900105,
    7,Ada,Ray,1990-04-03,07700900101,

    """

  private func text(_ name: String, _ scratch: ScratchFolder) throws -> String {
    try String(contentsOf: scratch.url.appendingPathComponent(name), encoding: .utf8)
  }

  private func run(_ arguments: String..., in scratch: ScratchFolder, status: Int32 = 0) throws -> CommandRun
  {
    let run = try CommandRun(["resolve"] + arguments, in: scratch.url)
    #expect(!run.wasKilled && run.status == status, "\(run.all)")
    return run
  }

  /// Resolves a table as text and as a workbook, and compares all that comes of it.
  private func compare(_ csv: String, _ options: [String] = []) throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(csv, to: "t.csv")
    _ = try scratch.write(WorkbookBuilder(Self.sheet(csv)).bytes, to: "t.xlsx")
    var printed: [String] = []
    for name in ["t.csv", "t.xlsx"] {
      let run = try CommandRun(
        ["resolve", name, "-o", "c-\(name)", "--edges", "e-\(name)", "--report", "r-\(name)", "--explain"]
          + options, in: scratch.url)
      #expect(run.status == 0, "\(run.all)")
      printed.append(
        run.output.replacing("t.xlsx sheet “People”", with: "t.csv").replacing("t.xlsx", with: "t.csv")
          .replacing(#/[0-9]+\.[0-9]+ s\n/#, with: "… s\n"))
    }
    #expect(printed[0] == printed[1])
    #expect(try text("c-t.csv", scratch) == text("c-t.xlsx", scratch))
    #expect(try text("e-t.csv", scratch) == text("e-t.xlsx", scratch))
    #expect(
      try text("r-t.csv", scratch)
        == text("r-t.xlsx", scratch).replacing("t.xlsx sheet “People”", with: "t.csv"))
  }

  @Test func aWorkbookGivesWhatItsTextGives() throws {
    try compare(Self.header + Self.one + Self.two)
    let scratch = try ScratchFolder()
    let made = try CommandRun(
      ["corpus", "generate", "accounts", "--accounts", "400", "-o", "."], in: scratch.url)
    #expect(made.status == 0, "\(made.all)")
    try compare(try text("accounts.csv", scratch), ["--ignore", "cluster"])
  }

  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.comment)"))
  func sharedTablesGiveTheSame() throws {
    let root = try #require(SharedMaterial.root).appendingPathComponent("corpora/records")
    for name in ["febrl1.csv", "fake_1000.csv"] {
      let csv = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
      try compare(csv, name == "fake_1000.csv" ? ["--ignore", "cluster"] : [])
    }
  }

  /// Numbers, dates and what a formula gave are what they show, under a title.
  @Test func cellsAreWhatTheyShow() throws {
    let scratch = try ScratchFolder()
    let csv = Self.header + Self.one + Self.two
    _ = try scratch.write(csv, to: "t.csv")
    let days = ["1990-04-03": "32966", "1985-12-24": "31405", "1971-07-07": "26121", "1999-09-01": "36404"]
    var rows = Self.rows(csv).map { row in
      row.enumerated().map { column, text -> Cell in
        if text.isEmpty { return .empty }
        if let day = days[text] { return .number(day, style: 1) }
        if text.hasPrefix("0") { return .number(String(text.dropFirst()), style: 2) }
        return column == 0 && Int(text) != nil ? .number(text) : column == 1 ? .result(text) : .shared(text)
      }
    }
    rows.insert([.shared("List of May")], at: 0)
    rows.insert([], at: 1)
    var builder = WorkbookBuilder(.init("Cover", [[.shared("For the unit alone")]]), .init("People", rows))
    builder.formats = ["14", "00000\\ 000000"]
    // The name says nothing.
    _ = try scratch.write(builder.bytes, to: "list")
    _ = try run("t.csv", "-o", "c1", "--edges", "e1", in: scratch)
    let book = try run("list", "-o", "c2", "--edges", "e2", in: scratch)
    #expect(try text("c1", scratch) == text("c2", scratch))
    #expect(try text("e1", scratch) == text("e2", scratch))
    #expect(book.output.contains("list sheet “People”: 7 records"), "\(book.all)")
    #expect(book.output.contains("1 row stands above the header in row 3"))
    #expect(book.output.contains("passed over, as no row of theirs names an id: “Cover”"))
  }

  @Test func sheetsAreChosenByName() throws {
    let scratch = try ScratchFolder()
    var builder = WorkbookBuilder(
      .init("Cover", [[.shared("Two lists")]]), Self.sheet(Self.header + Self.one, "Old"),
      Self.sheet(Self.header + Self.two, "New & more"))
    builder.sheets[2].state = "hidden"
    _ = try scratch.write(builder.bytes, to: "t.xlsx")
    _ = try scratch.write(Self.header + Self.one, to: "1.csv")
    _ = try scratch.write(Self.header + Self.two, to: "2.csv")
    let open = try run("t.xlsx", "-o", "c", in: scratch, status: 4)
    #expect(
      open.errors.hasPrefix(
        "Error: t.xlsx: 2 sheets hold tables; name one, or several, with --sheet. There are “Old”, “New & more” (hidden)"
      ), "\(open.all)")
    let wrong = try run("t.xlsx", "--sheet", "Older", "-o", "c", in: scratch, status: 4)
    #expect(wrong.errors.contains("has none of the sheets") && wrong.errors.contains("“Cover”, “Old”"))
    let half = try run("t.xlsx", "--sheet", "Old", "--sheet", "x", "-o", "c", in: scratch, status: 4)
    #expect(half.errors.contains("no sheet is called “x”"), "\(half.all)")
    let text1 = try run("1.csv", "--sheet", "Old", "-o", "c", in: scratch, status: 4)
    #expect(text1.errors.contains("none of the files is a workbook"), "\(text1.all)")
    let cover = try run("t.xlsx", "--sheet", "Cover", "-o", "c", in: scratch, status: 4)
    #expect(
      cover.errors.contains("t.xlsx sheet “Cover”: no column is called unique_id or id"), "\(cover.all)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).count == 3)
    _ = try run("t.xlsx", "--sheet", "old", "-o", "c1", in: scratch)
    _ = try run("1.csv", "-o", "c2", in: scratch)
    #expect(try text("c1", scratch) == text("c2", scratch))
    // Both, and as two sources.
    for options in [[], ["--link-only"]] {
      let both = try CommandRun(
        ["resolve", "t.xlsx", "--sheet", "Old", "--sheet", "new & more", "-o", "c1", "--edges", "e1"]
          + options,
        in: scratch.url)
      #expect(both.status == 0 && both.output.contains("hidden, and read all the same: the sheet"))
      let csv = try CommandRun(
        ["resolve", "1.csv", "2.csv", "-o", "c2", "--edges", "e2"] + options, in: scratch.url)
      #expect(csv.status == 0, "\(csv.all)")
      #expect(try text("c1", scratch) == text("c2", scratch))
      #expect(try text("e1", scratch) == text("e2", scratch))
    }
  }

  @Test func aWorkbookGoesWithATableOfTextAndWithAStore() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(WorkbookBuilder(Self.sheet(Self.header + Self.two)).bytes, to: "2.xlsx")
    _ = try scratch.write(Self.header + Self.one, to: "1.csv")
    _ = try scratch.write(Self.header + Self.two, to: "2.csv")
    _ = try scratch.write("id_l,id_r,judgement\n1,7,different\n", to: "j.csv")
    _ = try scratch.write("id_l,id_r,label\n1,2,same\n3,6,different\n", to: "l.csv")
    for options in [["--link-only"], ["--judgements", "j.csv"], ["--labels", "l.csv"]] {
      for (name, place) in [("2.csv", "c1"), ("2.xlsx", "c2")] {
        let run = try CommandRun(["resolve", "1.csv", name, "-o", place] + options, in: scratch.url)
        #expect(run.status == 0, "\(run.all)")
      }
      #expect(try text("c1", scratch) == text("c2", scratch), "\(options)")
    }
    _ = try run("2.xlsx", "-o", "c", "--store", "s", in: scratch)
    _ = try run("1.csv", "--update", "s", "-o", "c1", in: scratch)
    _ = try run("2.csv", "1.csv", "-o", "c2", in: scratch)
    #expect(try text("c1", scratch) == text("c2", scratch))
    _ = try run("1.csv", "-o", "c", "--store", "s", in: scratch)
    _ = try run("2.xlsx", "--update", "s", "-o", "c1", "--store", "s2", in: scratch)
    _ = try run("1.csv", "2.csv", "-o", "c2", in: scratch)
    #expect(try text("c1", scratch) == text("c2", scratch))
    // An id that is there: where it was is a row.
    let again = try run("2.csv", "--update", "s2", "-o", "c1", in: scratch, status: 4)
    #expect(
      again.errors.contains("2.csv, line 2: the id “5” is taken by 2.xlsx sheet “People”, row 2"),
      "\(again.all)")
  }

  @Test func aPipeIsReadFromItsFirstByte() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(WorkbookBuilder(Self.sheet(Self.header + Self.one)).bytes, to: "t.xlsx")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "cat t.xlsx | \"$0\" resolve /dev/stdin -o c.csv", CommandRun.command.path]
    process.currentDirectoryURL = scratch.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try text("c.csv", scratch).split(separator: "\n").count == 5)
  }

  @Test func whatCannotBeUsedIsSaid() throws {
    let scratch = try ScratchFolder()
    var sheet = Self.sheet(Self.header + Self.one)
    sheet.rows[1].cells[4] = .number("447701000000")
    sheet.rows[2].cells[4] = .number("447701000000")
    sheet.rows[3].cells[4] = .error("#REF!")
    sheet.rows.append(.init(cells: [.empty, .shared("Total: 4")]))
    _ = try scratch.write(WorkbookBuilder(sheet).bytes, to: "t.xlsx")
    let run = try run("t.xlsx", "-o", "c", in: scratch, status: 5)
    #expect(run.output.contains("2 values of “phone” are numbers that lost digits"), "\(run.all)")
    #expect(run.output.contains("1 value of “phone” is an error of the spreadsheet"), "\(run.all)")
    #expect(run.output.contains("the first at row 6"), "\(run.all)")
    // Ids name their rows.
    sheet.rows.append(sheet.rows[2])
    _ = try scratch.write(WorkbookBuilder(sheet).bytes, to: "t.xlsx")
    let twice = try self.run("t.xlsx", "-o", "c2", in: scratch, status: 4)
    #expect(
      twice.errors.contains(
        "t.xlsx sheet “People”, row 7: the id “2” is taken by t.xlsx sheet “People”, row 3"),
      "\(twice.all)")
    _ = try scratch.write(WorkbookBuilder(sheet).bytes.dropLast(200), to: "t.xlsx")
    let cut = try self.run("t.xlsx", "-o", "c2", in: scratch, status: 4)
    #expect(cut.errors.hasPrefix("Error: t.xlsx: ") && cut.errors.contains("CSV"), "\(cut.all)")
  }
}
