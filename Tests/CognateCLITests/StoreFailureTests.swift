import CaseFile
import Foundation
import Glibc
import TestSupport
import Testing

/// What may happen to a case while it is written: kills, full disks, other processes, wrong rights.
@Suite(.serialized) struct StoreFailureTests {
  private static func lines(_ count: Int) -> String {
    (0..<count).map {
      #"{"id":"u\#($0)","platform":"x","handle":"handle_\#($0)","name":"Name \#($0)","emails":["m\#($0)@example.org"]}"#
    }.joined(separator: "\n") + "\n"
  }

  private static func accounts(_ place: String) throws -> Int {
    let run = try CommandRun("accounts", place, "--json")
    #expect(run.status == 0, "\(run.errors)")
    return (try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [Any])?.count ?? -1
  }

  @Test func aKilledImportLeavesTheCaseWhole() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let count = 5_000
    let file = try scratch.write(Self.lines(count), to: "many.ndjson")
    let calm = try CommandRun.newCase(in: scratch.url, named: "calm.cognate")
    let start = Date()
    #expect(try CommandRun("import", calm, file.path).status == 0)
    let duration = Date().timeIntervalSince(start)
    var killed = 0
    for number in 0..<20 {
      // Spread over the whole run: start, reading, commit.
      let after = duration * (Double(number) + 0.5) / 20
      let run = try CommandRun(["import", place, file.path], signal: (SIGKILL, { $0 >= after }))
      if run.wasKilled { killed += 1 }
      let stored = try Self.accounts(place)
      #expect(stored == 0 || stored == count, "\(stored) accounts after kill \(number)")
      // What was acknowledged stays; after that there is nothing left to interrupt.
      if run.status == 0, !run.wasKilled { #expect(stored == count) }
      if stored == count { break }
    }
    #expect(killed > 0)
    let database = try CaseDatabase.open(URL(fileURLWithPath: place))
    #expect(try database.integrityProblems().isEmpty)
    #expect(try CommandRun("import", place, file.path).status == 0)
    #expect(try Self.accounts(place) == count)
  }

  @Test func controlCEndsWithStatus130() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let file = try scratch.write(Self.lines(60_000), to: "many.ndjson")
    // Not before the command has set up its answer to the signal: it opens the case after that.
    let log = place + "/case.sqlite-wal"
    let run = try CommandRun(
      ["import", place, file.path],
      signal: (SIGINT, { _ in FileManager.default.fileExists(atPath: log) }))
    #expect(run.status == 130 && !run.wasKilled, "\(run.all)")
    #expect(try Self.accounts(place) == 0)
  }

  @Test func aSecondWriterIsToldToWait() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let file = try scratch.write(Self.lines(1), to: "one.ndjson")
    let database = try CaseDatabase.open(URL(fileURLWithPath: place))
    let (second, reader) = try database.operation { _, entries in
      try entries.append(LogEntryDraft(.alteration, "test", who: .systemUser))
      return (try CommandRun("import", place, file.path), try CommandRun("accounts", place))
    }
    #expect(second.status == 1 && second.errors.contains("Another process is writing"), "\(second.all)")
    // Who looks is entered in the log, so that looking has to wait as well.
    #expect(reader.status == 1 && reader.errors.contains("Another process is writing"), "\(reader.all)")
    #expect(try CommandRun("import", place, file.path).status == 0)
    #expect(try Self.accounts(place) == 1)
  }

  @Test func aCaseThatOthersCanReadWarns() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    #expect(try CommandRun("accounts", place).errors.isEmpty)
    #expect(chmod(place + "/case.sqlite", 0o644) == 0)
    let run = try CommandRun("accounts", place)
    #expect(run.status == 0 && run.errors.contains("others can read"))
  }

  @Test(.enabled(if: geteuid() != 0 || CommandRun.canRunAsNobody))
  func aReadOnlyFolderFailsWithAReason() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let file = try scratch.write(Self.lines(1), to: "one.ndjson")
    let isRoot = geteuid() == 0
    defer { chmod(place, 0o700) }
    #expect(chmod(place + "/case.sqlite", isRoot ? 0o444 : 0o400) == 0)
    #expect(chmod(place, isRoot ? 0o555 : 0o500) == 0)
    #expect(chmod(scratch.url.path, 0o755) == 0)
    let run = try CommandRun(["import", place, file.path], asNobody: isRoot)
    #expect(run.status == 1 && run.errors.contains("The case cannot be written"), "\(run.all)")
    let closed = scratch.url.appendingPathComponent("closed")
    try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: false)
    #expect(chmod(closed.path, 0o555) == 0)
    let other = closed.appendingPathComponent("inner.cognate").path
    let new = try CommandRun(CommandRun.newArguments(other), asNobody: isRoot)
    #expect(new.status == 1 && new.errors.contains("inner.cognate: "), "\(new.all)")
  }

  /// It was said to hold no case, and that one should be made.
  @Test(.enabled(if: geteuid() != 0 || CommandRun.canRunAsNobody))
  func aCaseThatIsClosedToOneIsNotSaidToBeNone() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let isRoot = geteuid() == 0
    defer { chmod(place, 0o700) }
    #expect(chmod(scratch.url.path, 0o755) == 0 && chmod(place, isRoot ? 0o700 : 0) == 0)
    for command in [["accounts", place], ["audit", "log", place]] {
      let run = try CommandRun(command, asNobody: isRoot)
      #expect(run.status == 1 && run.errors.contains("it is closed to you"), "\(run.all)")
    }
  }

  /// As on a medium for evidence. The database could not be opened without files beside it.
  @Test(.enabled(if: geteuid() != 0 || CommandRun.canRunAsNobody))
  func theLogOfAReadOnlyCopyIsReadAndChecked() throws {
    let scratch = try ScratchFolder()
    let isRoot = geteuid() == 0
    #expect(chmod(scratch.url.path, 0o777) == 0)
    let place = scratch.url.path + "/a ?#%41.cognate"
    #expect(try CommandRun(CommandRun.newArguments(place), asNobody: isRoot).status == 0)
    defer { chmod(place, 0o700) }
    #expect(chmod(place + "/case.sqlite", 0o400) == 0 && chmod(place, 0o500) == 0)
    for command in [["verify", place], ["log", place], ["prove", place, "0"]] {
      let run = try CommandRun(["audit"] + command, asNobody: isRoot)
      #expect(run.status == 0, "\(command): \(run.all)")
    }
    let copy = scratch.url.appendingPathComponent("export").path
    let export = try CommandRun(["audit", "export", place, copy], asNobody: isRoot)
    #expect(export.status == 0, "\(export.all)")
    let names = try FileManager.default.contentsOfDirectory(atPath: place)
    #expect(Set(names) == ["case.sqlite", "key", "log"])
    // A copy that was made while somebody worked on the case.
    #expect(chmod(place, 0o700) == 0)
    try Data(repeating: 0, count: 64).write(to: URL(fileURLWithPath: place + "/case.sqlite-wal"))
    #expect(chmod(place, 0o500) == 0)
    let unfinished = try CommandRun(["audit", "verify", place], asNobody: isRoot)
    #expect(
      unfinished.status == 1 && unfinished.errors.contains("copy the whole folder"), "\(unfinished.all)")
  }

  @Test func aFileThatCannotBeOpenedDoesNotTakeTheOthersWithIt() throws {
    let scratch = try ScratchFolder()
    let isRoot = geteuid() == 0
    #expect(chmod(scratch.url.path, 0o777) == 0)
    let place = scratch.url.appendingPathComponent("a.cognate").path
    #expect(try CommandRun(CommandRun.newArguments(place), asNobody: isRoot).status == 0)
    let secret = try scratch.write("secret", to: "secret.txt")
    #expect(chmod(secret.path, 0) == 0)
    let file = try scratch.write(Self.lines(1), to: "one.ndjson")
    #expect(chmod(file.path, 0o644) == 0)
    let run = try CommandRun(["import", place, secret.path, file.path], asNobody: isRoot)
    #expect(run.status == 5 && run.output.contains("secret.txt: cannot be opened"), "\(run.all)")
    #expect(run.output.contains("one.ndjson (accounts-ndjson)"), "\(run.all)")
  }

  @Test func aFullDiskChangesNothing() throws {
    let scratch = try ScratchFolder()
    let disk = scratch.url.appendingPathComponent("disk").path
    #expect(mkdir(disk, 0o700) == 0)
    // Only root may mount; elsewhere there is no small disk to fill.
    guard mount("none", disk, "tmpfs", 0, "size=1200k") == 0 else { return }
    defer { umount2(disk, Int32(MNT_DETACH)) }
    let place = try CommandRun.newCase(in: URL(fileURLWithPath: disk))
    let large = try scratch.write(Self.lines(6_000), to: "many.ndjson")
    let run = try CommandRun("import", place, large.path)
    #expect(run.status == 1 && run.errors.contains("disk is full"), "\(run.all)")
    #expect(try Self.accounts(place) == 0)
    let small = try scratch.write(Self.lines(3), to: "few.ndjson")
    // What is in before the disk is full stays in, and is told.
    let part = try CommandRun("import", place, small.path, large.path)
    #expect(part.status == 5 && part.output.contains("few.ndjson"), "\(part.all)")
    #expect(
      part.errors.contains("stopped before its end") && part.errors.contains("disk is full"), "\(part.all)")
    #expect(try Self.accounts(place) == 3)
  }
}
