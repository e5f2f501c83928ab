import Foundation
import TestSupport
import Testing

/// The contract of the command line: exit statuses, data on standard output, messages on standard error.
@Suite struct ExitStatusTests {
  @Test func helpIsDone() throws {
    let help = try CommandRun("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("EXIT STATUS"))
    #expect(help.errors.isEmpty)
  }

  @Test func unknownCommandIsUsage() throws {
    let outcome = try CommandRun("no-such-command")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(!outcome.errors.isEmpty)
  }

  @Test(arguments: [
    (["imprt", "a.cognate", "x"], "No command 'imprt'. Did you mean 'import'?"),
    (["audit", "verfiy", "a.cognate"], "No command 'verfiy'. Did you mean 'verify'?"),
    (["frobnicate"], "No command 'frobnicate'.\nUsage: cognate <subcommand>"),
    (["help", "lnik"], "No command 'lnik'. Did you mean 'link'?"),
    (["help", "audit", "verfiy"], "No command 'verfiy'. Did you mean 'verify'?"),
  ])
  func theCommandThatWasMeantIsProposed(typed: [String], said: String) throws {
    let outcome = try CommandRun(typed)
    #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errors.contains(said), "\(outcome.all)")
  }

  /// What only the case shows to be wrong was told with the usage of the program.
  @Test func theHelpThatIsNamedIsTheCommands() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let outcome = try CommandRun("audit", "report", place, place)
    #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome.all)")
    let end = "Name it once.\n  See 'cognate audit report --help' for more information.\n"
    #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.hasSuffix(end), "\(outcome.all)")
  }

  @Test(arguments: [
    ("2027-02-31", "v", "2027-02-31 is not a date"), ("2099-01-31", "o", "--reviewer"),
    ("2099-01-31", " O ", "--reviewer"),
  ])
  func whatACaseCannotBeOpenedWithIsUsage(date: String, reviewer: String, said: String) throws {
    let scratch = try ScratchFolder()
    let place = scratch.url.appendingPathComponent("c").path
    let outcome = try CommandRun(
      "new", place, "--mode", "force", "--basis", "b", "--purpose", "p", "--reference", "r", "--owner", "o",
      "--reviewer", reviewer, "--review-by", date, "--dpia", "d")
    #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome.all)")
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: place))
  }

  /// An empty line was all that was said of a new case.
  @Test func aCaseWithoutAccountsSaysSo() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    #expect(try CommandRun("accounts", place).output == "No accounts.\n")
    #expect(try CommandRun("accounts", place, "--json").output == "[]\n")
  }

  /// There was said to be no command 'generate', whatever was wrong.
  @Test func whatIsWrongWithACorpusIsSaid() throws {
    let outcome = try CommandRun("corpus", "generate", "accounts", "--accounts", "0", "-o", "out")
    #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome.all)")
    #expect(outcome.errors.contains("--accounts must be at least 1."), "\(outcome.errors)")
  }

  @Test func aDomainThatTheModelDoesNotKnowIsUsage() throws {
    let scratch = try ScratchFolder()
    let text = try scratch.write("Well, I never said that, did I?\n", to: "text.txt")
    let outcome = try CommandRun("style", "compare", text.path, text.path, "--domain", "novels")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("only in: blogs, chat"))
  }

  @Test func aCountryThatThereIsNotIsUsage() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let lines = try scratch.write(#"{"id":"a","phones":["07700 900123"]}"# + "\n", to: "a.ndjson")
    let outcome = try CommandRun("import", place, lines.path, "--region", "England")
    #expect(outcome.status == 2 && outcome.errors.contains("No country England"))
    #expect(try CommandRun("import", place, lines.path, "--region", "UK").status == 0)
    let accounts = try CommandRun("accounts", place, "A1")
    #expect(accounts.output.contains("+447700900123"))
  }

  @Test func missingCaseIsFailure() throws {
    let scratch = try ScratchFolder()
    let outcome = try CommandRun("accounts", scratch.url.path)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("holds no case"))
  }

  /// What to do next could not be copied where the path has a space.
  @Test func theNextCommandCanBeCopied() throws {
    let scratch = try ScratchFolder()
    let made = try CommandRun(CommandRun.newArguments("Ann's case.cognate"), in: scratch.url)
    let wanted = #"import 'Ann'\''s case.cognate' EXPORT"#
    #expect(made.status == 0 && made.output.contains(wanted), "\(made.all)")
    let plain = try CommandRun(CommandRun.newArguments("Müller-1.cognate"), in: scratch.url)
    #expect(plain.output.contains("import Müller-1.cognate EXPORT"), "\(plain.all)")
  }

  @Test func anOverwrittenDatabaseIsAFailedCheck() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    try Data("overwritten, and long enough to have a header".utf8).write(
      to: URL(fileURLWithPath: place).appendingPathComponent("case.sqlite"))
    for command in [["accounts"], ["audit", "verify"]] {
      let outcome = try CommandRun(command + [place])
      #expect(outcome.status == 3 && outcome.errors.contains("is no database"), "\(outcome.errors)")
    }
  }

  @Test func anEmptiedOrDamagedDatabaseIsAFailedCheck() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let file = URL(fileURLWithPath: place).appendingPathComponent("case.sqlite")
    let whole = try Data(contentsOf: file)
    for command in [["accounts"], ["audit", "verify"]] {
      try Data().write(to: file)
      let outcome = try CommandRun(command + [place])
      #expect(outcome.status == 3 && outcome.errors.contains("is no database of a case"), "\(outcome.errors)")
      // The root of the list of tables.
      var damaged = whole
      damaged[100] ^= 0xFF
      try damaged.write(to: file)
      let other = try CommandRun(command + [place])
      #expect(other.status == 3 && other.errors.contains("is damaged"), "\(other.errors)")
    }
  }

  /// It began a log that said that the case was older than its log.
  @Test func aCaseThatWasNotMadeToItsEndIsNone() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    try Tampering.change(
      place + "/case.sqlite",
      "DELETE FROM opening; DELETE FROM log_entry; DELETE FROM log_node; DELETE FROM log_state")
    try FileManager.default.removeItem(atPath: place + "/log")
    let outcome = try CommandRun("accounts", place)
    #expect(outcome.status == 1 && outcome.errors.contains("was not made to its end"), "\(outcome.errors)")
  }

  @Test func aReviewInThePastIsWarnedOf() throws {
    let scratch = try ScratchFolder()
    let outcome = try CommandRun(
      "new", scratch.url.appendingPathComponent("c").path, "--mode", "force", "--basis", "b", "--purpose",
      "p",
      "--reference", "r", "--owner", "o", "--reviewer", "v", "--review-by", "2020-01-31", "--dpia", "d")
    #expect(outcome.status == 0 && outcome.errors.contains("2020-01-31, has passed"), "\(outcome.errors)")
  }

  /// It was 1, 2 or 4, by the command; some did not name the file, or said nothing of what to do.
  @Test(arguments: [
    ["import", "CASE", "nowhere"], ["import", "CASE", "a.ndjson", "--mapping", "nowhere"],
    ["link", "CASE", "--style-model", "nowhere"],
    ["accounts", "CASE", "--who", "X", "--passphrase-file", "nowhere"],
    ["who", "add", "CASE", "X", "--role", "admin", "--new-passphrase-file", "nowhere"],
    [
      "export", "CASE", "--format", "csv", "out", "--second", "X", "--second-passphrase-file", "nowhere",
    ],
    ["disclose", "start", "CASE", "I1", "--victim", "V/1", "--unit", "U", "--rules", "nowhere"],
    ["disclose", "calendar", "CASE", "nowhere"],
    ["disclose", "notice", "CASE", "D1", "--content", "nowhere"],
    ["disclose", "notice", "CASE", "D1", "--content", "a.ndjson", "--support", "nowhere"],
    [
      "disclose", "deliver", "CASE", "D1", "--notice", "nowhere", "--method", "in person", "--recipient",
      "V/1",
    ],
    ["disclose", "correct", "CASE", "D1", "--notice", "nowhere", "--told", "V/1"],
    ["resolve", "nowhere", "-o", "out"], ["resolve", "nowhere.ndjson", "-o", "out"],
    ["resolve", "t.csv", "-o", "out", "--schema", "nowhere"],
    ["resolve", "t.csv", "-o", "out", "--labels", "nowhere"],
    ["resolve", "t.csv", "-o", "out", "--judgements", "nowhere"],
    ["resolve", "t.csv", "-o", "out", "--update", "nowhere"], ["evaluate", "nowhere", "t.csv"],
    ["style", "compare", "nowhere", "t.csv"], ["style", "compare", "t.csv", "t.csv", "--model", "nowhere"],
    ["style", "search", "nowhere"], ["style", "evaluate", "nowhere", "t.csv"],
    ["style", "train", "--background", "nowhere", "-o", "out"],
    ["style", "train", "--background", "a.ndjson", "--embedding", "nowhere", "-o", "out"],
    ["style", "train", "--from", "nowhere", "--calibrate", "x=a.ndjson", "-o", "out"],
    ["style", "report", "nowhere.docs.ndjson", "-o", "out"],
    ["audit", "verify", "CASE", "--key", "nowhere"], ["audit", "verify", "CASE", "--against", "nowhere"],
    ["audit", "verify", "CASE", "--proof", "nowhere"], ["audit", "report", "--histories", "nowhere"],
    ["audit", "report", "CASE", "--calendar", "nowhere"],
    ["audit", "timestamp", "CASE", "--authority", "nowhere"],
    ["audit", "timestamp", "CASE", "--response", "nowhere", "--authority", "a.ndjson"],
  ])
  func aMissingInputFileIsFour(arguments: [String]) throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.caseOfOneAccount(in: scratch)
    _ = try scratch.write("unique_id,name\n1,ann\n2,ben\n", to: "t.csv")
    let outcome = try CommandRun(arguments.map { $0 == "CASE" ? place : $0 }, in: scratch.url)
    #expect(outcome.status == 4 && outcome.errors.hasPrefix("Error: "), "\(outcome.all)")
    #expect(outcome.errors.contains("nowhere"), "\(outcome.errors)")
    #expect(
      [
        "give the path of ", "name a file", "Give the path of ", "Check the path",
        "there is no file nowhere, and", "lie beside",
      ]
      .contains { outcome.errors.contains($0) }, "\(outcome.errors)")
    #expect(!outcome.errors.contains("Usage:"))
    #expect(!FileManager.default.fileExists(atPath: scratch.url.appendingPathComponent("out").path))
  }

  @Test(arguments: ["disclose calendar CASE", "audit report CASE --calendar"])
  func aCalendarThatIsNoneIsFour(command: String) throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let file = try scratch.write(#"{"scotland":{"events":[]}}"#, to: "holidays.json").path
    let arguments = command.split(separator: " ").map { $0 == "CASE" ? place : String($0) }
    let outcome = try CommandRun(arguments + [file])
    #expect(outcome.status == 4 && outcome.output.isEmpty, "\(outcome.all)")
    #expect(outcome.errors.contains("holidays.json: the calendar of bank holidays cannot be read"))
  }

  /// A case, or the folder of a log, is what a command is about and no input that it refuses.
  @Test(arguments: [["clusters", "nowhere"], ["audit", "verify", "nowhere"], ["audit", "log", "nowhere"]])
  func aCaseThatIsNotThereIsAFailure(arguments: [String]) throws {
    let scratch = try ScratchFolder()
    let outcome = try CommandRun(arguments, in: scratch.url)
    #expect(outcome.status == 1 && outcome.errors.contains("nowhere"), "\(outcome.all)")
    #expect(
      ["Make one with `cognate new`", "name a case"].contains { outcome.errors.contains($0) },
      "\(outcome.errors)")
  }

  @Test func refusedInputIsFour() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let chat = try scratch.write(
      "01/02/2026, 10:00 - Ann: one\n03/02/2026, 10:00 - Ben: two\n", to: "WhatsApp Chat with Ann.txt")
    let outcome = try CommandRun("import", place, chat.path)
    #expect(outcome.status == 4)
    // The report is data; that nothing was imported is a message, and stands there too.
    #expect(outcome.output.contains("--date-order") && outcome.errors.contains("--date-order"))
  }

  /// What a pipe holds can be read once, and a source is read several times.
  @Test func aDeviceOrPipeIsRefused() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let outcome = try CommandRun("import", place, "/dev/null")
    #expect(outcome.status == 4 && outcome.errors.contains("a device, a pipe or a socket"), "\(outcome.all)")
  }

  @Test func aFileThatNoReaderReadsIsNamedWithWhatHelps() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    for (content, what) in [
      ("<html><div class=\"pam _a6-g uiBoxWhite\">hi</div></html>", "the format JSON"),
      ("SQLite format 3\0", "SQLite"), ("a,b,c\n1,2,3\n", "--mapping"),
      (
        "Date: 2026-03-01 08:00:00 UTC\nIP: 192.0.2.7\nDevice System: Android 15\nNetwork Type: Wi-Fi\n",
        "TikTok"
      ),
      ("1234\nReceived: from a by b\nFrom: a@example.org\n\nhi\n<plist/>", "mbox"),
      ("Session Start: Mon Dec 31 21:11:55 2011\n", "IRC"), ("[{\"time_usec\": 1}]", "Takeout"),
    ] {
      let file = try scratch.write(content, to: "in/file")
      let outcome = try CommandRun("import", place, file.path)
      #expect(outcome.status == 4 && outcome.output.contains(what), "\(outcome.output)")
    }
  }

  @Test func aProtectionThatReachesNobodyIsWarnedOf() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let chat = try scratch.write(
      "13/02/2026, 10:00 - Ann: one\n13/02/2026, 10:00 - Ben: two\n", to: "WhatsApp Chat with Ann.txt")
    for _ in 1...2 {
      let outcome = try CommandRun(
        "import", place, chat.path, "--protect", "owner", "--protect", "whatsapp:Nobody")
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains("does not say whose it is") && outcome.errors.contains("whatsapp:Nobody"))
    }
    let named = try CommandRun("import", place, chat.path, "--protect", "whatsapp:Ann")
    #expect(named.status == 0 && !named.errors.contains("Warning"), "\(named.errors)")
    #expect(named.output.contains("protected, of earlier imports: A1"))
    // Texts of a phone whose number is given are its owner's, also when that is said later.
    let texts = try scratch.write(
      "<smses count=\"1\"><sms address=\"07700900123\" date=\"1705136400000\" type=\"2\" body=\"hello\"/></smses>",
      to: "sms.xml")
    #expect(try CommandRun("import", place, texts.path, "--owner", "07700900001").status == 0)
    let later = try CommandRun("import", place, texts.path, "--owner", "07700900001", "--protect", "owner")
    #expect(
      later.output.contains("protected: A") && !later.errors.contains("Warning"),
      "\(later.output + later.errors)")
  }

  @Test func aMappingThatCannotBeUsedIsNamed() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let table = try scratch.write("a,b\n1,2\n", to: "t.csv")
    let wrong = try scratch.write("version = 1\nplatfrom = \"x\"\n", to: "wrong.toml")
    let misread = try CommandRun("import", place, table.path, "--mapping", wrong.path)
    #expect(
      misread.status == 4 && misread.errors.contains("wrong.toml: ") && misread.errors.contains("platfrom"),
      "\(misread.all)")
    let missing = try CommandRun("import", place, table.path, "--mapping", "nowhere.toml")
    #expect(missing.status == 4 && missing.errors.contains("nowhere.toml: the mapping"), "\(missing.all)")
  }

  @Test func aTableThatCannotBeScoredIsFour() throws {
    let scratch = try ScratchFolder()
    let empty = try scratch.write("unique_id,cluster_id\n", to: "e.csv").path
    let other = try scratch.write("id,x\n1,2\n", to: "o.csv").path
    for (files, why) in [
      ([empty, empty], "no line below the header"), ([other, empty], "no column cluster_id"),
    ] {
      let outcome = try CommandRun(["evaluate"] + files)
      #expect(outcome.status == 4 && outcome.errors.contains(why), "\(outcome.all)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func aClusterThatIsNotThereIsAFailure() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.caseOfOneAccount(in: scratch)
    #expect(try CommandRun("link", place).status == 0)
    for command in ["clusters", "how"] {
      let outcome = try CommandRun(command, place, "C99")
      #expect(outcome.status == 1 && !outcome.errors.contains("Usage"), "\(outcome.all)")
    }
  }

  @Test func importedInPartIsFive() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let lines = try scratch.write(
      "{\"id\":\"a1\",\"platform\":\"x\",\"handle\":\"one_handle\"}\nthis is no JSON\n", to: "lines.ndjson")
    let outcome = try CommandRun("import", place, lines.path, "--json")
    #expect(outcome.status == 5)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect((report["sources"] as? [[String: Any]])?.count == 1)
    #expect(outcome.errors.contains("not all of it was imported"))
  }
}
