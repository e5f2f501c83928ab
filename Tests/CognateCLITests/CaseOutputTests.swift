import Foundation
import TestSupport
import Testing

/// What a command on a case writes takes the place of nothing that belongs to the case.
@Suite struct CaseOutputTests {
  @Test func reportsAndProofsSpareTheCaseAndItsSources() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.caseOfOneAccount(in: scratch)
    let evidence = scratch.url.appendingPathComponent("a.ndjson")
    let bytes = try Data(contentsOf: evidence)
    for command in [["audit", "report", place], ["audit", "prove", place, "1"]] {
      for target in [evidence.path, place + "/case.sqlite", place + "/new.html"] {
        let outcome = try CommandRun(command + ["-o", target])
        #expect(outcome.status == 1, "\(command) \(target): \(outcome.all)")
      }
      // Another file is replaced, and can be read by nobody else.
      let other = try scratch.write("old", to: "other")
      let outcome = try CommandRun(command + ["-o", other.path])
      #expect(outcome.status == 0, "\(outcome.all)")
      #expect(try Data(contentsOf: other) != Data("old".utf8))
      let mode = try FileManager.default.attributesOfItem(atPath: other.path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
    #expect(try Data(contentsOf: evidence) == bytes)
    #expect(try CommandRun("audit", "verify", place).status == 0)
    #expect(try CommandRun("audit", "export", place, place + "/copy").status == 1)
  }

  /// Commands that are about no case know none of its sources, but the folder of a case when they see it.
  @Test(arguments: [
    ["resolve", "people.csv", "-o", "TARGET"],
    ["resolve", "people.csv", "-o", "c.csv", "--edges", "TARGET"],
    ["resolve", "people.csv", "-o", "c.csv", "--report", "TARGET"],
    ["resolve", "people.csv", "-o", "c.csv", "--store", "TARGET"],
    ["style", "search", "docs.ndjson", "-o", "TARGET"],
    ["style", "train", "--from", "built-in", "--calibrate", "x=docs.ndjson", "-o", "TARGET"],
    ["style", "evaluate", "t.docs.ndjson", "t.pairs.tsv", "--scores", "TARGET"],
    ["style", "evaluate", "t.docs.ndjson", "t.pairs.tsv", "--ranks", "TARGET"],
    ["style", "report", "t.docs.ndjson", "-o", "TARGET"],
    ["audit", "report", "--histories", "histories.ndjson", "-o", "TARGET"],
    ["audit", "witness", "log/", "--key", "witness.key", "--note", "TARGET"],
    ["audit", "witness", "--new-key", "witness.example.org", "--key", "TARGET"],
    ["corpus", "generate", "accounts", "--accounts", "10", "-o", "TARGET"],
    ["demo", "TARGET"],
    [
      "new", "TARGET", "--mode", "force", "--basis", "b", "--purpose", "p", "--reference", "r", "--owner",
      "o",
      "--reviewer", "s", "--review-by", "2099-01-31", "--dpia", "d",
    ],
  ])
  func whatIsAboutNoCaseSparesTheFoldersOfCases(_ command: [String]) throws {
    let scratch = try ScratchFolder()
    _ = try CommandRun.caseOfOneAccount(in: scratch)
    let place = scratch.url.appendingPathComponent("a.cognate")
    for name in ["people.csv", "docs.ndjson", "t.docs.ndjson", "t.pairs.tsv", "histories.ndjson"] {
      _ = try scratch.write("id\n1\n", to: name)
    }
    try FileManager.default.createDirectory(
      at: place.appendingPathComponent("sources"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.url.path + "/alias", withDestinationPath: "a.cognate")
    let before = try Self.contents(of: place)
    for target in ["a.cognate/case.sqlite", "a.cognate/sources/new", "alias/key/new"] {
      let outcome = try CommandRun(command.map { $0 == "TARGET" ? target : $0 }, in: scratch.url)
      // A key that is there is refused before anything else.
      let status: Int32 = command.contains("--new-key") && target.hasSuffix("sqlite") ? 4 : 1
      #expect(outcome.status == status, "\(target): \(outcome.all)")
      #expect(
        status == 4 || outcome.errors.contains("\(target) lies in the folder of a case"), "\(outcome.errors)")
    }
    #expect(try Self.contents(of: place) == before)
  }

  /// Bytes of each file in a folder, by path.
  private static func contents(of folder: URL) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      contents[path] = try? Data(contentsOf: folder.appendingPathComponent(path))
    }
    return contents
  }

  @Test func anExportRefusesAFileThatIsThere() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.caseOfOneAccount(in: scratch)
    #expect(try CommandRun("link", place).status == 0)
    let file = try scratch.write("mine", to: "out.csv")
    let outcome = try CommandRun("export", place, "--format", "csv", file.path)
    #expect(outcome.status == 1 && outcome.errors.contains("exists already"), "\(outcome.all)")
    #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
  }

  @Test func theDemonstrationTakesNoFolderThatHoldsOthersFiles() throws {
    let scratch = try ScratchFolder()
    let own = try scratch.write("MINE", to: "truth.csv")
    let outcome = try CommandRun("demo", scratch.url.path)
    #expect(outcome.status == 1 && outcome.errors.contains("exists already"), "\(outcome.all)")
    #expect(try String(contentsOf: own, encoding: .utf8) == "MINE")
  }

  /// Of a large case they take many seconds, and said nothing.
  @Test func progressIsShownWhereItIsAskedFor() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let lines = ["grim.reefer", "quiet_otter_77"].map {
      #"{"id":"\#($0)","platform":"x","handle":"\#($0)","emails":["g@example.org"]}"# + "\n"
    }
    let file = try scratch.write(lines.joined(), to: "a.ndjson")
    #expect(try CommandRun("import", place, file.path).status == 0)
    #expect(try CommandRun("link", place, "--no-style").status == 0)
    let commands = [
      (["how", place, "C1"], "reading the merges of 2 accounts"),
      (["clusters", place, "--report", scratch.url.path + "/page.html"], "writing the page"),
      (["export", place, "--format", "graphml", "/dev/stdout"], "writing pairs"),
    ]
    for (command, words) in commands {
      let plain = try CommandRun(command + ["--progress", "plain"])
      #expect(plain.status == 0 && plain.errors.contains("\(words)\n"), "\(plain.all)")
      #expect(!plain.output.contains(words), "\(plain.output)")
      let json = try CommandRun(command + ["--progress", "json"])
      #expect(json.errors.contains("\(words)\"}\n"), "\(json.all)")
      // No terminal is there.
      for style in ["auto", "none"] {
        let quiet = try CommandRun(command + ["--progress", style])
        #expect(quiet.status == 0 && !quiet.errors.contains(words), "\(quiet.all)")
      }
    }
  }
}
