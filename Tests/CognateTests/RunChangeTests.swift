import CaseFile
import Cognate
import Foundation
import Testing

/// What was done since a run is said wherever the run is shown.
@Suite struct RunChangeTests {
  private func linked() throws -> CaseUnderTest {
    let test = try CaseUnderTest()
    _ = try test.importing(accountLines, "a.ndjson")
    _ = try test.opened.link()
    return test
  }

  @Test func aRunThatStandsIsNotSaidToBeStale() throws {
    let test = try linked()
    #expect(try test.opened.changesSinceRun().isEmpty)
    #expect(try test.opened.clusters().map(\.changedSince) == [nil])
    #expect(try test.opened.how("C1").changedSince == nil)
    #expect(try test.opened.why("A1", "A2").changedSince == nil)
    // What was imported already changes nothing, nor does what was taken back.
    _ = try test.importing(accountLines, "a.ndjson")
    try test.opened.judge("A1", "A3", .same, reason: "admitted")
    try test.opened.undo()
    #expect(try test.opened.changesSinceRun().isEmpty)
  }

  @Test func whatWasDoneSinceIsNamed() throws {
    let test = try linked()
    try test.opened.judge("A1", "A3", .same, reason: "admitted")
    for number in 1...2 {
      _ = try test.importing(
        #"{"id":"n\#(number)","platform":"x","handle":"newcomer.\#(number)"}"# + "\n", "\(number).ndjson")
    }
    try test.opened.protect(["instagram:stranger_danger"])
    let expected = ["A1 and A3 were judged same", "S2 and S3 were imported", "A3 was protected"]
    let changes = try test.opened.changesSinceRun()
    #expect(changes.map(\.statement) == expected)
    #expect(changes.map(\.subjects) == [["A1", "A3"], ["S2", "S3"], ["A3"]])
    #expect(try test.opened.clusters().first?.changedSince == changes)
    #expect(try test.opened.how("C1").changedSince == changes)
    #expect(try test.opened.why("A1", "A2").changedSince == changes)
    let place = test.folder.url.appendingPathComponent("out.csv").path
    #expect(try test.opened.export(.csv, to: place).changedSince == changes)
    _ = try test.opened.link()
    #expect(try test.opened.changesSinceRun().isEmpty)
    try test.opened.undo()
    #expect(
      try test.opened.changesSinceRun().map(\.statement) == ["the judgement of A1 and A3 was taken back"])
  }

  @Test func withdrawnAccountsAreNamed() throws {
    let test = try StaffedCase()
    _ = try test.by("DI3").erase("A3", .restrict, reason: "asked for", second: test.person("RV2"))
    #expect(try test.by("AN1").changesSinceRun().map(\.statement) == ["A3 was restricted"])
    _ = try test.by("DI3").erase("A3", .erase, reason: "asked for", second: test.person("RV2"))
    // The entry of the restriction went with the account.
    #expect(
      try test.by("AN1").changesSinceRun().map(\.statement) == ["an account was restricted", "A3 was erased"])
  }

  /// Two accounts left the house as one person's, of which somebody had said that they are not.
  @Test func accountsThatWereJudgedDifferentDoNotLeaveInOneCluster() throws {
    let test = try linked()
    func export(_ name: String) throws -> MadeExport {
      try test.opened.export(.csv, to: test.folder.url.appendingPathComponent(name).path)
    }
    try test.opened.judge("A1", "A2", .different, reason: "seen at once")
    let refused = #expect(throws: CaseError.self) { try export("1") }
    #expect(
      refused?.description.contains("A1 and A2 of C1 were judged different") == true
        && refused?.description.contains("Run `cognate link` again") == true)
    #expect(!FileManager.default.fileExists(atPath: test.folder.url.appendingPathComponent("1").path))
    // The latest that stands counts.
    try test.opened.judge("A1", "A2", .unsure, reason: "the picture was old")
    #expect(try export("2").number == 1)
    try test.opened.undo()
    #expect(throws: CaseError.self) { try export("3") }
    _ = try test.opened.link()
    #expect(try export("4").changedSince == nil)
  }
}
