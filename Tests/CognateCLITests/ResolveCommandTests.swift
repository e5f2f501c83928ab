import Foundation
import Glibc
import TestSupport
import Testing

/// What `resolve` prints and writes.
@Suite struct ResolveCommandTests {
  private static let table = """
    id,given_name,surname,born,email,cluster
    1,Ada,Ray,03/04/1990,ada.ray@example.org,a
    2,Ada,Ray,03/04/1990,ada.ray@example.org,a
    3,Bo,Lin,24/12/1985,bo@example.org,b
    4,Cy,Poe,07/07/1971,cy.poe@example.net,c
    5,Cy,Po,07/07/1971,cy.poe@example.net,c
    6,Di,"O\u{202E}rr",01/09/1999,di@example.com,d

    """

  private func scratch() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.table, to: "people.csv")
    return scratch
  }

  private func files(_ scratch: ScratchFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
  }

  /// A table of one's own is its truth, whatever its ids are called; where no id is common there is no score.
  @Test func evaluateReadsTheTableItself() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write("id,name,cluster\n1,Ann,a\n2,Anne,a\n3,Bea,b\n", to: "people.csv")
    _ = try scratch.write("unique_id,cluster_id\n1,C1\n2,C1\n3,C2\n", to: "found.csv")
    _ = try scratch.write("unique_id,cluster_id\n01,C1\n02,C1\n03,C2\n", to: "other.csv")
    let run = try CommandRun(["evaluate", "people.csv", "found.csv"], in: scratch.url)
    #expect(run.status == 0 && run.output.contains("F1 1.0000"), "\(run.all)")
    let other = try CommandRun(["evaluate", "people.csv", "other.csv"], in: scratch.url)
    #expect(other.status == 4 && other.errors.contains("has none of the ids"), "\(other.all)")
    #expect(!other.output.contains("precision"), "\(other.all)")
  }

  /// Both were written, the one in place of the other.
  @Test func oneFileByTwoNamesIsNoPlaceForTwoOutputs() throws {
    let scratch = try scratch()
    let base = ["resolve", "people.csv", "--ignore", "cluster", "-o", "new.csv"]
    for name in ["./new.csv", scratch.url.path + "/new.csv"] {
      let run = try CommandRun(base + ["--edges", name], in: scratch.url)
      #expect(run.status == 2 && run.errors.contains("is named for two outputs"), "\(run.all)")
    }
    #expect(try files(scratch) == ["people.csv"])
    #expect(try CommandRun(base + ["--edges", "edges.csv"], in: scratch.url).status == 0)
  }

  @Test func printedOutput() throws {
    let scratch = try scratch()
    _ = try scratch.write(
      "version = 1\n\n[columns]\nborn = \"date-of-birth\"\ncluster = \"ignore\"\n\n[[blocking]]\ncolumns = [\"surname\", \"born\"]\n",
      to: "people.toml")
    var text = ""
    for arguments in [
      ["resolve", "people.csv", "--ignore", "cluster", "-o", "clusters.csv"],
      [
        "resolve", "people.csv", "--schema", "people.toml", "-o", "clusters.csv", "--edges", "edges.csv",
        "--explain",
      ],
      ["resolve", "people.csv", "--ignore", "cluster", "-o", "clusters.csv", "--json"],
    ] {
      let run = try CommandRun(arguments, in: scratch.url)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      text += "$ cognate \(arguments.joined(separator: " "))\n\(run.output)\n"
    }
    text = text.replacing(#/"cpu_seconds":[0-9.e-]+/#, with: "\"cpu_seconds\":0")
      .replacing(#/[0-9]+\.[0-9]+ s\n/#, with: "… s\n")
    let expected = try GoldenFile.expected("resolve.txt", for: text, beside: #filePath)
    #expect(text == expected, "resolve.txt differs:\n\(text)")
    #expect(!text.contains("\u{1B}"))
  }

  /// Labels change who is joined: what they did is said without `--explain`.
  @Test func whatLabelsDidIsSaid() throws {
    let scratch = try scratch()
    _ = try scratch.write("id_l,id_r,label\n1,2,same\n3,6,different\n4,5,1\n1,3,unsure\n", to: "known.csv")
    let run = try CommandRun(
      ["resolve", "people.csv", "--ignore", "cluster", "--labels", "known.csv", "-o", "clusters.csv"],
      in: scratch.url)
    #expect(run.status == 0 && run.output.contains("3 labels: probabilities "), "\(run.all)")
    #expect(run.output.contains(" bits before, "), "\(run.all)")
    let explained = try CommandRun(
      [
        "resolve", "people.csv", "--ignore", "cluster", "--labels", "known.csv", "-o", "clusters.csv",
        "--explain",
      ], in: scratch.url)
    #expect(explained.output.split(separator: " bits before, ").count == 2, "\(explained.all)")
  }

  /// Accounts of one person share a city, a device and an address, as the people of a household do.
  @Test(arguments: [(500, 2), (1_000, 1), (1_000, 2), (1_300, 1), (2_000, 3)])
  func generatedAccountsAreNoHouseholds(accounts: Int, seed: Int) throws {
    let scratch = try ScratchFolder()
    for arguments in [
      ["corpus", "generate", "accounts", "--accounts", "\(accounts)", "--seed", "\(seed)", "-o", "c"],
      ["resolve", "c/accounts.csv", "--ignore", "cluster", "-o", "clusters.csv"],
    ] { #expect(try CommandRun(arguments, in: scratch.url).status == 0) }
    let run = try CommandRun(["evaluate", "c/truth.csv", "clusters.csv"], in: scratch.url)
    let figures = try #require(
      run.output.firstMatch(of: #/pairs +precision ([0-9.]+) +recall ([0-9.]+) +F1 ([0-9.]+)/#))
    #expect(try #require(Double(figures.1)) > 0.95, "\(run.output)")
    #expect(try #require(Double(figures.2)) > 0.75, "\(run.output)")
  }

  /// Homes of which nobody has a telephone of their own are not joined, and what their probabilities rest on is said.
  @Test func householdsThatNothingTellsApartAreDoubted() throws {
    let consonants = Array("bcdfghklmnprstvw")
    var state: UInt64 = 7
    func next(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    func word(_ syllables: Int) -> String {
      String((0..<syllables).flatMap { _ in [consonants[next(16)], Array("aeiou")[next(5)]] })
    }
    func table(_ ownPhones: Int, dated: Bool = false) -> String {
      var rows = ["id,username,phone,postcode,city\(dated ? ",birth date" : "")"]
      for home in 0..<300 {
        let (family, place) = (word(3), "N\(home % 90) \(home / 90)AB,\(word(2))ton")
        for person in 0..<1 + next(4) {
          let name = next(10) < 6 ? "\(word(1))\(family)\(next(99))" : "\(word(4))\(next(99))"
          let phone =
            next(100) < ownPhones ? "0161\(4_960_000 + home * 4 + person)" : "020\(79_460_000 + home)"
          let day = dated ? ",19\(10 + next(90))-0\(1 + next(9))-\(10 + next(18))" : ""
          for _ in 0..<1 + next(3) { rows.append("r\(rows.count),\(name),\(phone),\(place)\(day)") }
        }
      }
      return rows.joined(separator: "\n") + "\n"
    }
    let scratch = try ScratchFolder()
    _ = try scratch.write(table(0), to: "homes.csv")
    _ = try scratch.write(table(100, dated: true), to: "people.csv")
    let page = scratch.url.appendingPathComponent("page.html")
    func run(_ table: String, _ options: String...) throws -> String {
      let run = try CommandRun(
        ["resolve", table, "-o", "c.csv", "--report", page.path] + options, in: scratch.url)
      #expect(run.status == 0, "\(run.all)")
      return run.output
    }
    let printed = try run("homes.csv")
    let report = try String(contentsOf: page, encoding: .utf8)
    let summary = try #require(
      try JSONSerialization.jsonObject(with: Data(run("homes.csv", "--json").utf8)) as? [String: Any])
    let doubt = try #require(summary["home_doubt"] as? [String: Any])
    let note = try #require(doubt["note"] as? String)
    #expect(doubt["columns"] as? [String] == ["username"])
    #expect(note.hasPrefix("only username tells the people of one home apart"))
    #expect(printed.contains("\nnote: \(note)\n"), "\(printed)")
    #expect(report.contains("<p class=\"warn\">\(note).</p>"))
    let largest = try #require(printed.firstMatch(of: #/the largest of ([0-9]+)/#))
    #expect(try #require(Int(largest.1)) < 7, "\(printed)")
    #expect(try !run("people.csv").contains("one home"))
    #expect(try !String(contentsOf: page, encoding: .utf8).contains("one home"))
    #expect(try !run("people.csv", "--json").contains("home_doubt"))
  }

  @Test func valuesWithNULAreWarnedOf() throws {
    let scratch = try scratch()
    _ = try scratch.write(Self.table.replacing("Lin", with: "L\u{0}in", maxReplacements: 1), to: "torn.csv")
    let run = try CommandRun(["resolve", "torn.csv", "-o", "c.csv"], in: scratch.url)
    #expect(run.status == 0)
    #expect(run.errors.hasPrefix("Warning: torn.csv: 1 value has a NUL byte inside"), "\(run.errors)")
  }

  @Test func schemaErrorsNameFileAndLine() throws {
    let scratch = try scratch()
    _ = try scratch.write("version = 1\n[columns]\nborn = \"birthday\"\n", to: "wrong.toml")
    _ = try scratch.write("version = 1\n[columns]\nbornn = \"date-of-birth\"\n", to: "misspelt.toml")
    let wrong = try CommandRun(
      ["resolve", "people.csv", "--schema", "wrong.toml", "-o", "c.csv"], in: scratch.url)
    #expect(
      wrong.status == 4 && wrong.errors.contains("wrong.toml, line 3, columns.born: must be"), "\(wrong.all)")
    let misspelt = try CommandRun(
      ["resolve", "people.csv", "--schema", "misspelt.toml", "-o", "c.csv"], in: scratch.url)
    #expect(misspelt.status == 4 && misspelt.errors.contains("“bornn”"), "\(misspelt.all)")
    #expect(try !files(scratch).contains("c.csv"))
  }

  @Test func wrongUseIsTwo() throws {
    let scratch = try scratch()
    try FileManager.default.createSymbolicLink(
      atPath: scratch.url.path + "/link.csv", withDestinationPath: "people.csv")
    for arguments in [
      ["people.csv"], ["people.csv", "-o", "c.csv", "--probability", "1"],
      ["people.csv", "-o", "c.csv", "--link-only"], ["people.csv", "-o", "people.csv"],
      ["people.csv", "-o", "link.csv"], ["people.csv", "-o", "c.csv", "--edges", "./people.csv"],
      ["people.csv", "-o", "c.csv", "--report", "c.csv"],
      ["people.csv", "-o", "c.csv", "--progress", "loud"],
    ] {
      let run = try CommandRun(["resolve"] + arguments, in: scratch.url)
      #expect(run.status == 2, "\(arguments): \(run.all)")
    }
    #expect(try files(scratch) == ["link.csv", "people.csv"])
    #expect(
      try String(contentsOf: scratch.url.appendingPathComponent("people.csv"), encoding: .utf8) == Self.table)
  }

  @Test func whereOutputCannotBeWritten() throws {
    let scratch = try scratch()
    for place in ["none/c.csv", "."] {
      let run = try CommandRun(["resolve", "people.csv", "-o", place], in: scratch.url)
      #expect(run.status == 1 && run.errors.contains("cannot be written"), "\(run.all)")
    }
    #expect(try files(scratch) == ["people.csv"])
  }

  @Test func outputToAPipeAndOverALink() throws {
    let scratch = try scratch()
    let run = try CommandRun(
      ["resolve", "people.csv", "--ignore", "cluster", "-o", "/dev/stdout", "--progress", "none"],
      in: scratch.url)
    // The data alone: what there is to say goes to standard error.
    #expect(run.status == 0 && run.output.hasPrefix("unique_id,cluster_id\n1,c0\n"), "\(run.all)")
    #expect(run.output.split(separator: "\n").count == 7 && run.errors.contains("6 records"))
    let both = try CommandRun(["resolve", "people.csv", "-o", "/dev/stdout", "--json"], in: scratch.url)
    #expect(both.status == 2, "\(both.all)")
    // A link stays one, and what it leads to is replaced.
    _ = try scratch.write("old", to: "real.csv")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.url.path + "/out.csv", withDestinationPath: "real.csv")
    #expect(
      try CommandRun(["resolve", "people.csv", "--ignore", "cluster", "-o", "out.csv"], in: scratch.url)
        .status == 0)
    #expect(
      try String(contentsOf: scratch.url.appendingPathComponent("real.csv"), encoding: .utf8).hasPrefix(
        "unique"))
    #expect(try files(scratch) == ["out.csv", "people.csv", "real.csv"])
  }

  /// A table that takes a while, made once.
  private static let large = Result {
    let scratch = try ScratchFolder()
    let made = try CommandRun(
      ["corpus", "generate", "accounts", "--accounts", "60000", "--seed", "3", "-o", "."], in: scratch.url)
    #expect(made.status == 0, "\(made.errors)")
    return scratch
  }

  /// Whenever it is stopped: no half of a file, and what was there stays.
  @Test(arguments: [SIGINT, SIGTERM, SIGKILL], [0.02, 0.4])
  func stoppingLeavesNothing(signal: Int32, after delay: Double) throws {
    let table = try Self.large.get().url.appendingPathComponent("accounts.csv").path
    let scratch = try ScratchFolder()
    let outputs = [("c.csv", "unique_id"), ("e.csv", "id_l"), ("r.html", "<!doctype")]
    for (name, _) in outputs { _ = try scratch.write("old", to: name) }
    let run = try CommandRun(
      ["resolve", table, "--ignore", "cluster", "-o", "c.csv", "--edges", "e.csv", "--report", "r.html"],
      in: scratch.url, signal: (signal, { $0 >= delay }))
    #expect(try files(scratch) == outputs.map(\.0))
    if signal == SIGINT { #expect(run.status == 130 || run.status == 0) }
    for (name, start) in outputs {
      let text = try String(contentsOf: scratch.url.appendingPathComponent(name), encoding: .utf8)
      #expect(text == "old" || text.hasPrefix(start) && text.hasSuffix("\n"))
    }
  }
}
