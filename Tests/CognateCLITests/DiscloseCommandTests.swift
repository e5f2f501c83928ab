import Foundation
import TestSupport
import Testing

/// `who`, `identify`, `disclose`, `hold` and `erase` from the command line.
@Suite struct DiscloseCommandTests {
  private let scratch: ScratchFolder
  private let place: String
  private let words: String

  init() throws {
    scratch = try ScratchFolder()
    place = scratch.url.appendingPathComponent("a.cognate").path
    var opening = CommandRun.newArguments(place)
    opening[3] = "force"
    #expect(try CommandRun(opening).status == 0)
    words = try scratch.write("correct horse battery staple\nnot this line\n", to: "words").path
    let file = try scratch.write(
      """
      {"id":"a1","platform":"x","handle":"grim.reefer","emails":["g@example.org"]}
      {"id":"a2","platform":"telegram","handle":"quiet_otter_77","emails":["g@example.org"]}

      """, to: "a.ndjson")
    #expect(try CommandRun("import", place, file.path).status == 0)
    #expect(try CommandRun("link", place).status == 0)
    #expect(
      try CommandRun("who", "add", place, "keeper", "--role", "admin", "--new-passphrase-file", words).status
        == 0)
    for (id, role, rank) in [
      ("AN1", "analyst", nil), ("RV2", "reviewer", nil), ("DI3", "decider", "inspector"),
      ("PC5", "discloser", nil as String?),
    ] {
      let outcome = try CommandRun(
        ["who", "add", place, id, "--role", role, "--new-passphrase-file", words]
          + (rank.map { ["--rank", $0] } ?? []) + by("keeper"))
      #expect(outcome.status == 0, "\(outcome.all)")
    }
  }

  private func by(_ id: String) -> [String] { ["--who", id, "--passphrase-file", words] }
  private var second: [String] { ["--second", "RV2", "--second-passphrase-file", words] }

  /// Runs `cognate COMMAND SUB CASE …` as somebody.
  private func run(
    _ who: String, _ command: String, _ sub: String, _ arguments: String..., more: [String] = []
  ) throws -> CommandRun {
    try CommandRun([command, sub, place] + arguments + more + by(who))
  }

  private func done(
    _ who: String, _ command: String, _ sub: String, _ arguments: String..., more: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let outcome = try CommandRun([command, sub, place] + arguments + more + by(who))
    #expect(outcome.status == 0, "\(command) \(sub): \(outcome.all)", sourceLocation: sourceLocation)
    return outcome.output
  }

  private func confirmed() throws {
    _ = try done("AN1", "identify", "propose", "C1", "--person", "N/17", "--source", "EX/3")
    _ = try done(
      "AN1", "identify", "corroborate", "I1", "--statement", "device", "--reference", "EX/9", "--contrary",
      "none found", more: second)
    _ = try done("AN1", "identify", "age", "I1", "--adult", "--basis", "EX/3")
    _ = try done("DI3", "identify", "confirm", "I1", "--rationale", "all agree")
  }

  @Test func whoReadsTheLogSignsIn() throws {
    #expect(try CommandRun("audit", "log", place).errors.contains("say who you are with --who"))
    let admin = try run("keeper", "audit", "log")
    #expect(admin.status == 1 && admin.errors.contains("keeper has no role that may read the log"))
    let wrong = try scratch.write("another passphrase than theirs\n", to: "wrong")
    #expect(
      try CommandRun("audit", "log", place, "--who", "AN1", "--passphrase-file", wrong.path).status == 1)
    let before = try done("AN1", "audit", "log")
    #expect(before.contains("link") && before.contains("who.add"))
    #expect(try done("AN1", "audit", "log") == before, "reading changes nothing")
    let reveal = ["audit", "prove", place, "1", "--reveal", "--recipient", "court"]
    #expect(try CommandRun(reveal).status == 1)
    #expect(try CommandRun(reveal + by("AN1")).status == 0)
    // What shows no content is open to whoever holds the folder.
    #expect(try CommandRun("audit", "verify", place).status == 0)
    #expect(try CommandRun("audit", "prove", place, "1").status == 0)
  }

  @Test func aCaseFromItsLinksToAClosedDisclosure() throws {
    try confirmed()
    let started = try done("DI3", "disclose", "start", "I1", "--victim", "V/1", "--unit", "North")
    #expect(started.contains("D1: due;") && started.contains("decision due 2"))
    #expect(started.contains("rule set proposal-2026-11"))
    _ = try done("AN1", "disclose", "requester", "D1", "--clear", "--how", "called back")
    let tooSoon = try run("DI3", "disclose", "close", "D1")
    #expect(tooSoon.status == 1 && tooSoon.errors.contains("there is no step from due to closed"))
    _ = try done("DI3", "disclose", "review", "D1")
    let incomplete = try run(
      "DI3", "disclose", "decide", "D1", "--rationale", "", "--risk", "", "--safety-plan", "x")
    #expect(incomplete.status == 1)
    #expect(
      incomplete.errors.contains("before decided-disclose: the reasons; what is told; a risk assessment"))
    _ = try done(
      "DI3", "disclose", "decide", "D1", "--item", "status", "--item", "accounts", "--rationale", "earliest",
      "--risk", "RA/1", "--safety-plan", "SP/1")
    let scheduled = try done("PC5", "disclose", "schedule", "D1", "--channel", "in person", "--by", "PC5")
    #expect(!scheduled.contains("rationale"))
    let listed = try done("PC5", "disclose", "list", "D1")
    for said in ["rationale: earliest", "channel: in person"] {
      #expect(listed.contains("\n      \(said)\n"), "\(said)")
    }
    let content = try scratch.write("status = \"suspected\"\nofficer = \"PC Five\"\n", to: "n.toml").path
    let notice = scratch.url.appendingPathComponent("n.html").path
    let preview = try done("PC5", "disclose", "notice", "D1", "--content", content)
    #expect(preview.contains("PREVIEW") && preview.contains("SUSPECTED"))
    let hash = try #require(preview.firstMatch(of: #/--confirm ([0-9a-f]{64})/#)).output.1
    // The file is called what was typed.
    let made = try CommandRun(
      [
        "disclose", "notice", place, "D1", "--content", content, "--confirm", String(hash), "--output",
        "n.html",
      ] + by("PC5"), in: scratch.url)
    #expect(made.status == 0 && made.output.hasPrefix("N1 for D1: n.html\n"), "\(made.all)")
    // One byte more, and it is another file.
    let altered = scratch.url.appendingPathComponent("altered.html")
    try (try Data(contentsOf: URL(fileURLWithPath: notice)) + Data([0x20])).write(to: altered)
    let delivery = ["--method", "in person", "--recipient", "V/1"]
    let other = try run("PC5", "disclose", "deliver", "D1", "--notice", altered.path, more: delivery)
    #expect(other.status == 1 && other.errors.contains("not the file that was made as N1"))
    _ = try done("PC5", "disclose", "deliver", "D1", "--notice", notice, more: delivery)
    _ = try done("PC5", "disclose", "acknowledge", "D1", "--how", "signed")
    let closed = try done("DI3", "disclose", "close", "D1", more: ["--json"])
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(closed.utf8)) as? [String: Any])
    #expect(json["state"] as? String == "closed" && (json["violations"] as? [Any])?.isEmpty == true)
    #expect((json["due_dates"] as? [Any])?.count == 3)
    let log = try CommandRun("audit", "verify", place)
    #expect(log.status == 0, "\(log.all)")
  }

  /// Nobody decided anything: the clock ended, and nothing was done.
  @Test func aClockThatAWithdrawalEndsIsNotDone() throws {
    try confirmed()
    _ = try done("DI3", "disclose", "start", "I1", "--victim", "V/1", "--unit", "North")
    let withdrawn = try done("DI3", "identify", "withdraw", "I1", "--reason", "sold before")
    #expect(withdrawn.contains("D1 is closed"))
    let listed = try done("DI3", "disclose", "list", "D1")
    #expect(listed.contains("5 working days") && listed.contains(": ended 2") && !listed.contains(": done 2"))
  }

  /// By which day a deferral was to be reviewed is erased, and not that it was.
  @Test func whatWasReviewedIsDoneOnceItsDayWasErased() throws {
    try confirmed()
    _ = try done("DI3", "disclose", "start", "I1", "--victim", "V/1", "--unit", "North")
    _ = try done("DI3", "disclose", "review", "D1")
    let day = Date(timeIntervalSinceNow: 3 * 86_400).formatted(.iso8601.year().month().day())
    _ = try done(
      "DI3", "disclose", "defer", "D1", "--reason", "R03", "--evidence", "e", "--review-by", day,
      "--ends-when", "the arrest")
    _ = try done("DI3", "disclose", "review", "D1")
    _ = try done("PC5", "disclose", "decline", "D1", "--statement", "no")
    let erased = try CommandRun(
      ["erase", place, "D1", "--erase", "--reason", "period over"] + second + by("DI3"))
    #expect(erased.status == 0, "\(erased.all)")
    let listed = try done("DI3", "disclose", "list", "D1")
    let review = try #require(listed.split(separator: "\n").first { $0.contains("deferral-review") })
    #expect(review.contains(": done 2") && review.contains(", no due date: the day that was set"))
  }

  @Test func peopleAndTheirMistakes() throws {
    #expect(try CommandRun("accounts", place).status == 1)
    #expect(try CommandRun("accounts", place).errors.contains("--who"))
    let wrong = try scratch.write("wrong horse battery staple", to: "wrong").path
    let refused = try CommandRun("accounts", place, "--who", "AN1", "--passphrase-file", wrong)
    #expect(refused.status == 1 && refused.errors.contains("not their passphrase"))
    #expect(try CommandRun(["accounts", place] + by("keeper")).errors.contains("no role that may read"))
    #expect(try CommandRun(["accounts", place] + by("AN1")).status == 0)
    let missing = try CommandRun("accounts", place, "--who", "AN1", "--passphrase-file", "/nowhere")
    #expect(missing.status == 4 && missing.errors.contains("/nowhere: the passphrase"))
    // Without a file, a variable or a terminal there is nothing to ask.
    let unasked = try CommandRun("accounts", place, "--who", "AN1")
    #expect(unasked.status == 2 || unasked.status == 1)
    let list = try CommandRun("who", "list", place)
    #expect(list.status == 0 && list.output.contains("inspector"))
    #expect(try CommandRun("who", "list", place, "--json").output.contains("\"roles\":[\"decider\"]"))
    #expect(try done("keeper", "who", "remove", "PC5", more: ["--json"]).contains(#""id":"PC5""#))
    #expect(try run("keeper", "who", "remove", "keeper").errors.contains("last admin"))
  }

  @Test func holdsAndErasures() throws {
    let placed = try done("DI3", "hold", "place", "--reason", "trial", "--reference", "T/3")
    #expect(placed.contains("H1 holds the whole case"))
    func erase(_ subject: String, _ kind: String) throws -> CommandRun {
      try CommandRun(["erase", place, subject, kind, "--reason", "over"] + second + by("DI3"))
    }
    let held = try erase("A2", "--erase")
    #expect(held.status == 1 && held.errors.contains("holds the whole case"))
    #expect(try erase("A2", "--restrict").output.contains("A2 is restricted"))
    #expect(
      try CommandRun(["hold", "lift", place, "H1", "--reason", "over"] + second + by("DI3")).status == 0)
    #expect(try erase("A2", "--erase").output.contains("A2 is erased"))
    #expect(try CommandRun(["hold", "list", place] + by("DI3")).output.contains("lifted"))
    #expect(
      try done("DI3", "hold", "place", "a2", "--reason", "trial", "--reference", "T/4").contains(
        "H2 holds A2."))
    let zeros = try CommandRun(["hold", "lift", place, "H02", "--reason", "over"] + second + by("DI3"))
    #expect(zeros.status == 1 && zeros.errors.contains("No hold H02 stands"))
    #expect(
      try CommandRun(["hold", "lift", place, "h2", "--reason", "over"] + second + by("DI3")).output
        .contains("Lifted H2."))
    #expect(try done("DI3", "audit", "log", "--subject", "h2").contains("hold.lift"))
    #expect(try run("DI3", "audit", "log", "--subject", "H02").status == 2)
    #expect(try CommandRun("audit", "verify", place).status == 0)
  }

  /// Where people are registered for one case and not for another, each wanted what the other refused.
  @Test func aReportIsOfCasesWithPeopleAndWithout() throws {
    let other = try CommandRun.newCase(in: scratch.url, named: "b.cognate")
    let both = try CommandRun(["audit", "report", place, other] + by("DI3"))
    #expect(both.status == 0 && both.output.contains("in 2 cases"), "\(both.all)")
    #expect(both.errors.contains("nobody is registered for \(other)"), "\(both.errors)")
    #expect(try CommandRun(["audit", "report", place, other]).status == 1)
    #expect(try CommandRun(["audit", "report", other] + by("DI3")).status == 1)
  }
}
