import Foundation
import Glibc
import TestSupport
import Testing

/// What becomes of output that cannot be written.
@Suite struct StandardStreamTests {
  /// Runs a line of shell in a folder, in which `$COGNATE` is the command, and gives its status.
  private func shell(_ line: String, in folder: URL) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["COGNATE": CommandRun.command.path, "COLUMNS": "80"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit, "\(line)")
    return process.terminationStatus
  }

  @Test func outputThatCannotBeWrittenIsAFailure() throws {
    let scratch = try ScratchFolder()
    _ = try CommandRun.caseOfOneAccount(in: scratch)
    for command in [
      "accounts a.cognate", "accounts a.cognate --json", "link a.cognate", "clusters a.cognate",
      "audit log a.cognate", "audit report a.cognate", "audit report a.cognate --json", "--help",
      "accounts --help",
    ] {
      for to in ["> /dev/full", ">&-"] {
        let status = try shell("\"$COGNATE\" \(command) \(to) 2> errors", in: scratch.url)
        let errors = try String(contentsOf: scratch.url.appendingPathComponent("errors"), encoding: .utf8)
        #expect(status == 1, "\(command) \(to): \(errors)")
        #expect(errors.contains("Error: standard output: cannot be written: "), "\(command) \(to): \(errors)")
      }
    }
    #expect(try CommandRun("audit", "verify", scratch.url.path + "/a.cognate").status == 0)
  }

  /// It named an option that there is not.
  @Test func withoutATerminalTheOptionForAPassphraseIsNamed() throws {
    let scratch = try ScratchFolder()
    _ = try CommandRun.caseOfOneAccount(in: scratch)
    #expect(
      try shell("setsid -w \"$COGNATE\" accounts a.cognate --who AN1 2> errors", in: scratch.url) == 2)
    let errors = try String(contentsOf: scratch.url.appendingPathComponent("errors"), encoding: .utf8)
    #expect(errors.contains("give --passphrase-file FILE or COGNATE_PASSPHRASE"), "\(errors)")
  }

  @Test func messagesThatNobodyCanReadStopNothing() throws {
    let scratch = try ScratchFolder()
    _ = try CommandRun.caseOfOneAccount(in: scratch)
    for to in ["2> /dev/full", "2>&-", "2>&- >&- <&-"] {
      #expect(try shell("\"$COGNATE\" nonsense \(to)", in: scratch.url) == 2)
      #expect(try shell("\"$COGNATE\" accounts nosuch \(to)", in: scratch.url) == 1)
    }
    for to in ["2> /dev/full", "2>&-"] {
      #expect(
        try shell("\"$COGNATE\" link a.cognate --progress plain > out \(to)", in: scratch.url) == 0)
    }
    #expect(try CommandRun("audit", "verify", scratch.url.path + "/a.cognate").status == 0)
  }

  /// Both streams in one file: what was printed first stands first, and no line within another.
  @Test func theStreamsKeepTheirOrder() throws {
    let scratch = try ScratchFolder()
    let lines = (0..<200).map {
      #"{"id":"a\#($0)","platform":"x","handle":"name_\#($0)"}"# + "\n"
    }
    _ = try scratch.write(lines.joined() + "this is no JSON\n", to: "lines.ndjson")
    _ = try CommandRun.newCase(in: scratch.url)
    _ = try shell("\"$COGNATE\" import a.cognate lines.ndjson > both 2>&1", in: scratch.url)
    let both = try String(contentsOf: scratch.url.appendingPathComponent("both"), encoding: .utf8)
    let warning = try #require(both.range(of: "Warning: "))
    #expect(warning.lowerBound == both.startIndex || both[..<warning.lowerBound].hasSuffix("\n"), "\(both)")
    #expect(both.contains("lines.ndjson"))
    #expect(both.split(separator: "\n").last?.hasPrefix("Warning: ") == true, "\(both)")
  }

  /// `/dev/stdout` was opened anew, and what the file held was written over.
  @Test func whatStandardOutputIsAppendedToStays() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write("id,email\na,p@mail.org\nb,q@mail.org\n", to: "t.csv")
    _ = try scratch.write("a first line that is longer than all that comes\n", to: "all")
    #expect(try shell("\"$COGNATE\" resolve t.csv -o /dev/stdout >> all", in: scratch.url) == 0)
    #expect(
      try shell(
        "{ echo before; \"$COGNATE\" resolve t.csv -o /dev/stdout; echo behind; } >> all", in: scratch.url)
        == 0)
    let all = try String(contentsOf: scratch.url.appendingPathComponent("all"), encoding: .utf8)
    let clusters = "unique_id,cluster_id\na,c0\nb,c1\n"
    #expect(
      all == "a first line that is longer than all that comes\n\(clusters)before\n\(clusters)behind\n")
  }

  /// A pipe that is closed at its other end stops the command quietly.
  @Test(arguments: ["accounts a.cognate", "import a.cognate letter.eml"])
  func aClosedPipeIsQuiet(command: String) throws {
    let scratch = try ScratchFolder()
    _ = try CommandRun.caseOfOneAccount(in: scratch)
    // What reads mail made the program ignore the signal.
    let letter = """
      From: Ann <ann@example.org>
      To: v@example.com
      Date: Mon, 15 Jan 2024 10:00:00 +0000

      hello there

      """
    _ = try scratch.write(letter, to: "letter.eml")
    let line = """
      { until [ -e closed ]; do sleep 0.05; done; "$COGNATE" \(command) 2> errors; echo $? > status; } |
      { exec <&-; : > closed; }
      """
    _ = try shell(line, in: scratch.url)
    let read = { try String(contentsOf: scratch.url.appendingPathComponent($0), encoding: .utf8) }
    #expect(try read("status") == "\(128 + SIGPIPE)\n")
    #expect(try read("errors").isEmpty)
  }

  @Test func aDumbTerminalGetsLines() throws {
    let scratch = try ScratchFolder()
    _ = try CommandRun.caseOfOneAccount(in: scratch)
    func progress(_ terminal: String) throws -> String {
      var (master, slave): (Int32, Int32) = (-1, -1)
      try #require(openpty(&master, &slave, nil, nil, nil) == 0)
      let own = FileHandle(fileDescriptor: master, closeOnDealloc: true)
      let other = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
      let process = Process()
      process.executableURL = CommandRun.command
      process.arguments = ["link", "a.cognate"]
      process.currentDirectoryURL = scratch.url
      process.environment = ProcessInfo.processInfo.environment.merging(["TERM": terminal]) { $1 }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = other
      try process.run()
      process.waitUntilExit()
      return String(decoding: own.availableData, as: UTF8.self)
    }
    #expect(try progress("xterm").contains("\u{1B}[K"))
    let dumb = try progress("dumb")
    #expect(!dumb.contains("\u{1B}") && dumb.contains("\n"), "\(dumb)")
  }

  /// What a file or an argument says cannot move the cursor or reorder the line of an error.
  @Test func errorsShowHiddenCharacters() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("id\u{1B}]0;owned\u{7},na\u{202E}me\n1,2\n", to: "t.csv")
    for run in [
      try CommandRun("evaluate", file.path, file.path), try CommandRun("no\u{1B}such\u{202E}"),
      try CommandRun("accounts", "case", "--\u{1B}x"),
    ] {
      #expect(run.status != 0)
      #expect(
        !run.errors.contains("\u{1B}") && !run.errors.contains("\u{202E}"), "\(run.errors.debugDescription)")
      #expect(run.errors.contains("\\u{1B}"), "\(run.errors)")
    }
  }
}
