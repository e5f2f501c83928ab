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
}
