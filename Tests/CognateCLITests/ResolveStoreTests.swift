import Foundation
import TestSupport
import Testing

/// `resolve --store` and `resolve --update`.
@Suite struct ResolveStoreTests {
  private static let header = "id,given_name,surname,born,email,note\n"
  private static let old = """
    1,Ada,Ray,03/04/1990,ada.ray@example.org,a
    2,Bo,Lin,24/12/1985,bo@example.org,b
    3,Cy,Poe,07/07/1971,cy.poe@example.net,c

    """
  private static let new = """
    4,Ada,Ray,03/04/1990,ada.ray@example.org,d
    5,Cy,Po,07/07/1971,cy.poe@example.net,e

    """

  private func scratch() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.header + Self.old, to: "old.csv")
    _ = try scratch.write(Self.header + Self.new, to: "new.csv")
    return scratch
  }

  private func text(_ name: String, _ scratch: ScratchFolder) throws -> String {
    try String(contentsOf: scratch.url.appendingPathComponent(name), encoding: .utf8)
  }

  /// All records of a small table are learnt from: the run is made again, and says so.
  @Test func smallTablesAreResolvedAgain() throws {
    let scratch = try scratch()
    let stored = try CommandRun(
      ["resolve", "old.csv", "--ignore", "note", "-o", "o.csv", "--store", "s"], in: scratch.url)
    #expect(stored.status == 0 && stored.errors.isEmpty, "\(stored.errors)")
    for arguments in [["--store", "s2"], ["--edges", "e.csv"], []] {
      let run = try CommandRun(
        ["resolve", "new.csv", "--update", "s", "-o", "u.csv"] + arguments, in: scratch.url)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      #expect(run.output.contains("all records were resolved again: "))
    }
    let whole = try CommandRun(
      ["resolve", "old.csv", "new.csv", "--ignore", "note", "-o", "w.csv", "--edges", "we.csv"],
      in: scratch.url)
    #expect(whole.status == 0)
    #expect(try text("u.csv", scratch) == text("w.csv", scratch))
    #expect(try text("e.csv", scratch) == text("we.csv", scratch))
    #expect(try text("u.csv", scratch).hasPrefix("unique_id,cluster_id\n1,c0\n2,c1\n3,c2\n4,c0\n"))
    let json = try CommandRun(
      ["resolve", "new.csv", "--update", "s", "-o", "u.csv", "--json"], in: scratch.url)
    #expect(json.output.contains("\"whole_run\":\"all its records together were learnt from\""))
  }

  @Test func whatCannotBeUsedIsRefused() throws {
    let scratch = try scratch()
    _ = try CommandRun(
      ["resolve", "old.csv", "--ignore", "note", "-o", "o.csv", "--store", "s"], in: scratch.url)
    let bytes = try Data(contentsOf: scratch.url.appendingPathComponent("s"))
    try bytes.dropLast().write(to: scratch.url.appendingPathComponent("short"))
    for store in ["short", "absent", "old.csv"] {
      let run = try CommandRun(["resolve", "new.csv", "--update", store, "-o", "u.csv"], in: scratch.url)
      #expect(run.status == 4 && run.errors.contains(store), "\(run.errors)")
    }
    let twice = try CommandRun(["resolve", "old.csv", "--update", "s", "-o", "u.csv"], in: scratch.url)
    #expect(twice.status == 4 && twice.errors.contains("id"), "\(twice.errors)")
    for arguments in [
      ["--update", "s", "--ignore", "note"], ["--update", "s", "--probability", "0.9"],
      ["--store", "t", "--judgements", "j.csv"], ["--store", "/dev/null"], ["--update", "u.csv"],
    ] {
      let run = try CommandRun(["resolve", "new.csv", "-o", "u.csv"] + arguments, in: scratch.url)
      #expect(run.status != 0 && run.status != 5, "\(arguments)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.url.appendingPathComponent("u.csv").path))
  }
}
