import CaseFile
import Cognate
import Disclosure
import Foundation
import PlatformExports
import Stylometry
import TestSupport
import Testing

/// The page of a case's last run.
@Suite struct ClusterReportTests {
  private static let lines = """
    {"id":"a1","platform":"x","handle":"grim.reefer","name":"G","emails":["g@example.org"]}
    {"id":"a2","platform":"telegram","handle":"somebody_else_77","name":"S","emails":["g@example.org"]}
    {"id":"a3","platform":"instagram","handle":"stranger_danger","name":"T","emails":["v@example.org"]}
    {"id":"a4","platform":"facebook","handle":"sian.whitlock","name":"Siân","emails":["v@example.org"]}

    """

  private func linked(
    _ lines: String = lines, protecting: [String] = ["facebook:sian.whitlock"]
  ) throws -> CaseUnderTest {
    let made = try CaseUnderTest()
    _ = try made.importing(lines, "accounts.ndjson") { $0.protected = protecting }
    _ = try made.opened.link()
    return made
  }

  private func page(
    _ test: CaseUnderTest, _ clusters: [String] = [], by opened: Case? = nil
  ) throws -> (made: MadeClusterReport, text: String) {
    let place = test.folder.url.appendingPathComponent(UUID().uuidString)
    let made = try (opened ?? test.opened).reportClusters(clusters, to: place.path)
    return (made, String(decoding: try Data(contentsOf: place), as: UTF8.self))
  }

  private func last(_ test: CaseUnderTest) throws -> LogEntry {
    try #require(try test.opened.database.read { try LogEntry.all($0).last })
  }

  /// The page leaves the case, so the log has its hash; looking at it is a look, by whoever may look.
  @Test func logged() throws {
    let test = try linked()
    let (made, text) = try page(test)
    let entry = try last(test)
    #expect(entry.action == "clusters.report" && entry.operation == .consultation)
    #expect(entry.payload?.subjects == ["C1"])
    #expect(entry.payload?.details["sha256"] == made.sha256)
    #expect(entry.payload?.details["bytes"] == "\(text.utf8.count)")
    #expect(entry.payload?.details["run"] == made.run)
    #expect(made.shown == 1 && made.clusters == 1 && made.alerts == 1 && made.changedSince == nil)
    #expect(text.contains("log10 LR") && text.contains("strong support for the proposition"))
    // The sentences are those of `why`.
    for item in try test.opened.why("A1", "A2").evidence {
      #expect(text.contains(item.statement), "\(item.statement)")
    }
  }

  /// The page gave a hash of 64 digits for an answer.
  @Test func thePageSaysHowWritingWasCompared() throws {
    let test = try linked()
    #expect(try page(test).text.contains("<td>not compared</td>"))
    let ways: [(String?, String)] = [
      (nil, "shown, without adding anything"), ("chat", "weighed as texts of the domain <bdi>chat</bdi>"),
    ]
    for (domain, said) in ways {
      _ = try test.opened.link(writing: WritingModel(.builtIn(), domain: domain))
      #expect(try page(test).text.contains("<td>\(said); model <span class=\"code\">"))
    }
  }

  /// A mail that tells one address in two of its headers looked like two mails.
  @Test func onePlaceIsNamedOnce() throws {
    let test = try CaseUnderTest()
    func mail(_ name: String) -> String {
      """
      From x Fri Feb 13 10:00:00 2026
      From: \(name)@mail.example
      To: mara@mail.example
      Subject: you
      Date: Fri, 13 Feb 2026 10:00:00 +0000
      Message-ID: <\(name)@mail.example>
      Received: from [198.51.100.77] by mx.mail.example; Fri, 13 Feb 2026 10:00:00 +0000
      X-Originating-IP: [198.51.100.77]

      Words.


      """
    }
    _ = try test.importing(mail("quiet.pelican") + mail("jonas.vell"), "box.mbox")
    _ = try test.opened.link()
    let accounts = ["email:quiet.pelican@mail.example", "email:jonas.vell@mail.example"]
    let network = try test.opened.why(accounts[0], accounts[1]).evidence.first { $0.family == "network" }
    #expect(network?.sources.count == 2)
  }

  @Test func onlyWhoMayLookMay() throws {
    let test = try linked()
    let word = Array("correct horse battery".utf8)
    try test.opened.addPerson("boss", roles: [.admin], passphrase: word)
    let boss = test.opened.acting(as: try test.opened.signIn("boss", passphrase: word))
    try boss.addPerson("an.one", roles: [.analyst], passphrase: word)
    #expect(throws: PeopleFailure.self) { try page(test) }
    #expect(throws: PeopleFailure.self) { try page(test, by: boss) }
    let analyst = test.opened.acting(as: try test.opened.signIn("an.one", passphrase: word))
    #expect(try page(test, by: analyst).made.shown == 1)
    #expect(try last(test).actor == "an.one")
  }

  /// Neither who makes it nor when is in it.
  @Test func sameCaseSameBytes() throws {
    let test = try linked()
    let first = try page(test).text
    let second = try page(
      test, by: test.opened.acting(as: LogActor(name: "other", isAuthenticated: false), because: "asked")
    ).text
    #expect(first == second)
    #expect(try page(linked()).text == first)
  }

  /// Of a victim the page says what an alert says: that there is one.
  @Test func protectedAccountsAreAlone() throws {
    let (_, text) = try page(linked())
    #expect(text.contains("id=\"alerts\"") && text.contains("sianwhitlock"))
    #expect(!text.contains("Siân") && !text.contains("v@example.org"))
    let stale = try linked(protecting: [])
    try stale.opened.protect(["facebook:sian.whitlock"])
    #expect(throws: CaseError.self) { try page(stale) }
    #expect(try last(stale).payload?.details["outcome"]?.contains("A3") == false)
    #expect(try last(stale).payload?.details["outcome"]?.contains("A4, which is protected since") == true)
  }

  /// Nothing of an account that was restricted is shown; a run that joined it is refused.
  @Test(arguments: [Erasure.Kind.restrict, .erase])
  func restrictedAccountsStay(_ kind: Erasure.Kind) throws {
    func withdrawing(_ account: Int64) throws -> CaseUnderTest {
      let test = try linked()
      try test.opened.database.operation { database, entries in
        let index = try entries.append(test.opened.entry(.alteration, "restrict", subjects: ["A\(account)"]))
        try Erasure.mark(account: account, kind, at: "2026-01-01T00:00:00Z", entry: index, database)
      }
      return test
    }
    let (made, text) = try page(withdrawing(3))
    #expect(made.withdrawnAccounts == 1 && made.changedSince != nil && made.alerts == 0)
    #expect(!text.contains("stranger") && !text.contains("A3"))
    #expect(text.contains("1 account was restricted or erased") && text.contains("The case has changed"))
    let joined = try withdrawing(1)
    #expect(throws: CaseError.self) { try page(joined) }
    #expect(try last(joined).payload?.details["outcome"]?.contains("A1, which was restricted") == true)
  }

  @Test func namedClustersAlone() throws {
    let more =
      Self.lines + """
        {"id":"b1","platform":"x","handle":"pale.kettle","name":"K","emails":["k@example.org"]}
        {"id":"b2","platform":"telegram","handle":"odd_meadow_3","name":"M","emails":["k@example.org"]}

        """
    let test = try linked(more)
    let (both, whole) = try page(test)
    #expect(both.shown == 2 && whole.contains("id=\"c1\"") && whole.contains("id=\"c2\""))
    let (one, part) = try page(test, ["c2"])
    #expect(one.shown == 1 && one.clusters == 2)
    #expect(part.contains("id=\"c2\"") && !part.contains("id=\"c1\"") && !part.contains("grimreefer"))
    #expect(try last(test).payload?.subjects == ["C2"])
    #expect(throws: CaseError.noSuchCluster("C9")) { try page(test, ["C9"]) }
    #expect(throws: CaseError.neverLinked) { try page(CaseUnderTest()) }
  }

  /// What people decided stands beside the cluster, with what the run knew of it.
  @Test func judgementsAreShown() throws {
    let test = try linked()
    try test.opened.judge("A1", "A3", .different, reason: "seen <b>apart</b>")
    let (made, text) = try page(test)
    #expect(made.changedSince != nil && text.contains("seen &lt;b&gt;apart&lt;/b&gt;"))
    _ = try test.opened.link()
    #expect(try page(test).made.changedSince == nil)
    try test.opened.undo()
    #expect(try !page(test).text.contains("apart"))
  }

  /// Evidence and the case itself stay, whatever name is given; another file is replaced.
  @Test func nothingOfTheCaseIsReplaced() throws {
    let test = try linked()
    let root = test.folder.url
    let before = try test.opened.database.read { try LogEntry.all($0).count }
    for name in ["accounts.ndjson", "t.cognate/case.sqlite", "t.cognate/page.html", "none/such/page.html"] {
      #expect(throws: (any Error).self, "\(name)") {
        try test.opened.reportClusters(to: root.appendingPathComponent(name).path)
      }
    }
    #expect(try test.opened.database.read { try LogEntry.all($0).count } == before)
    let other = try test.write("old", "page.html")
    _ = try test.opened.reportClusters(to: other.path)
    #expect(try String(contentsOf: other, encoding: .utf8).hasPrefix("<!doctype html>"))
    #expect(try test.opened.reportClusters(to: "/dev/null").shown == 1)
  }

  // MARK: - Names that would do harm

  @Test func hostileNamesStayText() throws {
    let names = [
      "<script>alert(1)</script>", "\"><svg onload=alert(1)>", "' onclick='x", "</title></style><plaintext>",
      "a\u{202E}b\u{2066}c", "zero\u{200B}width\u{FEFF}", "]]>", String(repeating: "<", count: 3_000),
      "z" + String(repeating: "\u{301}", count: 5_000), "👩‍👧‍👦🏴‍☠️ שלום مرحبا",
      "山田太郎" + String(repeating: "山", count: 90),
    ]
    let lines = try names.enumerated().map { number, name in
      let line: [String: Any] = [
        "id": "\(4_000_000 + number)", "platform": number % 2 == 0 ? "x" : "telegram", "name": name,
        // A value that many hold would join nobody.
        "emails": ["g\(number / 3)@example.org"],
      ]
      return String(
        decoding: try JSONSerialization.data(withJSONObject: line, options: .sortedKeys), as: UTF8.self)
    }.joined(separator: "\n")
    let test = try linked(lines + "\n", protecting: [])
    let (made, text) = try page(test)
    #expect(made.shown == 4)
    check(text)
    // No name makes a page of its own.
    #expect(text.utf8.count < 2_000_000)
  }

  /// Nothing but tags that the page itself writes, which lead nowhere else, and no character that would not be seen.
  private func check(_ html: String) {
    let tags: Set<Substring> = [
      "!doctype", "html", "head", "meta", "title", "style", "body", "header", "nav", "a", "section", "main",
      "footer", "h1",
      "h2", "h3", "p", "b", "i", "bdi", "mark", "span", "div", "code", "ul", "ol", "li", "dl", "dt", "dd",
      "table",
      "thead", "tbody", "tfoot", "tr", "th", "td", "svg", "desc", "rect", "line", "circle", "text",
    ]
    for part in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      let name = part.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == "!" }
      #expect(tags.contains(name), "\(part.prefix(60))")
      let inside = part.prefix { $0 != ">" }
      for link in inside.matches(of: /(?:href|src)="([^"]*)"/) { #expect(link.1.hasPrefix("#"), "\(inside)") }
      #expect(!inside.replacing(/"[^"]*"/, with: "").contains(" on"), "\(inside)")
    }
    let hidden = html.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar != "\n"
      case .format: scalar != "\u{200D}"
      case .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
    #expect(hidden.isEmpty)
  }
}
