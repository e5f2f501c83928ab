import CaseFile
import Cognate
import Foundation
import GRDB
import Linkage
import PlatformExports
import TestSupport
import Testing

/// Keys of what was written, in a case.
@Suite("Spellings")
struct SpellingTests {
  private static let post = "https://x.com/news/status/1700000000000000001"
  private static let other = "https://x.com/elsewhere/status/17"
  private static let token = "?t=SAMEtoken12345&s=20"

  private func line(_ id: String, url: String) -> String {
    "{\"id\":\"\(id)\",\"platform\":\"x\",\"urls\":[\"\(url)\"]}\n"
  }

  /// Rules and weights of the evidence between two accounts, after importing texts as files in this order.
  private func evidence(_ texts: [String], _ one: String, _ two: String) throws -> [String: Double] {
    let test = try CaseUnderTest()
    for (number, text) in texts.enumerated() { _ = try test.importing(text, "\(number).ndjson") }
    _ = try test.opened.link()
    let found = try test.opened.why(one, two)
    #expect(abs(found.log10LR - found.evidence.reduce(0) { $0 + $1.log10LR }) < 1e-9)
    return Dictionary(uniqueKeysWithValues: found.evidence.map { ($0.rule, $0.log10LRAlone) })
  }

  @Test("A share token belongs to who wrote it, not to who wrote the link without")
  func token() throws {
    let (with, without) = (line("1001", url: Self.post + Self.token), line("1002", url: Self.post))
    for texts in [[with, without], [without, with], [with + without], [without + with]] {
      #expect(try evidence(texts, "x:1001", "x:1002").keys.allSatisfy { !$0.contains("share-token") })
    }
  }

  @Test("A share token that two wrote is found, whoever wrote the link without before or after")
  func tokenOfTwo() throws {
    let lines = [
      line("1000", url: Self.post), line("1001", url: Self.post + Self.token),
      line("1002", url: Self.other + Self.token),
    ]
    var weights: Set<Double> = []
    for texts in [lines, Array(lines.reversed()), [lines.joined()]] {
      weights.insert(try #require(try evidence(texts, "x:1001", "x:1002")["url-share-token"]))
    }
    #expect(weights.count == 1)
  }

  @Test("What a capital I looks like does not depend on the order of imports")
  func lookAlike() throws {
    let lines = [
      #"{"id":"1","platform":"x","handle":"paypai_help"}"# + "\n",
      #"{"id":"2","platform":"instagram","handle":"paypaI_help"}"# + "\n",
      #"{"id":"3","platform":"telegram","handle":"paypal_help"}"# + "\n",
    ]
    var found: Set<[String: Double]> = []
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      let texts = order.map { lines[$0] }
      #expect(try evidence(texts, "instagram:paypaI_help", "telegram:paypal_help")["handle-skeleton"] != nil)
      found.insert(try evidence(texts, "x:paypai_help", "instagram:paypaI_help"))
    }
    #expect(found.count == 1)
  }

  @Test("A case made when loose keys were stored opens, verifies and is linked by what was written")
  func olderCase() throws {
    let test = try CaseUnderTest()
    let path = test.folder.url.appendingPathComponent("t.cognate")
    _ = try test.importing(
      line("1001", url: Self.post + Self.token) + line("1002", url: Self.post), "a.ndjson")
    let queue = try DatabaseQueue(path: path.appendingPathComponent("case.sqlite").path)
    try queue.write { database in
      try database.execute(
        sql: """
          CREATE TABLE loose_key (
            value INTEGER NOT NULL REFERENCES value, rule TEXT NOT NULL, key TEXT NOT NULL,
            PRIMARY KEY (value, rule, key)
          ) STRICT, WITHOUT ROWID;
          INSERT INTO loose_key SELECT id, 'share-token', 't=SAMEtoken12345' FROM value WHERE kind = 'url';
          DELETE FROM grdb_migrations WHERE identifier = '5'
          """)
    }
    try queue.close()
    let opened = try Case.open(path)
    _ = try opened.link()
    #expect(try opened.why("x:1001", "x:1002").evidence.allSatisfy { !$0.rule.contains("share-token") })
  }

  @Test("One forged mail joins nobody, and the sentence says what it is")
  func forgedMail() throws {
    let test = try CaseUnderTest()
    let forged = """
      From: Ann <ann@example.org>
      Reply-To: bob@innocent.example
      To: v@example.com
      Date: Mon, 15 Jan 2024 10:00:00 +0000

      I will find you

      """
    let own = """
      From: Bob <bob@innocent.example>
      To: v@example.com
      Date: Mon, 15 Jan 2024 11:00:00 +0000

      hello there

      """
    _ = try test.importing(forged, "1.eml")
    _ = try test.importing(own, "2.eml")
    let others = (0..<400).map { "{\"id\":\"b\($0)\",\"platform\":\"x\"}\n" }.joined()
    _ = try test.importing(others, "b.ndjson")
    let result = try test.opened.link()
    #expect(result.clusters.isEmpty)
    let found = try test.opened.why("email:ann@example.org", "email:bob@innocent.example")
    #expect(found.log10LR == 1.4)
    #expect(found.evidence[0].statement.contains("claims it in reply-to, which anybody can write"))
  }

  @Test("A change of number in a chat of plain text is told with its doubt")
  func typedLink() throws {
    let test = try CaseUnderTest()
    let chat = """
      13/01/2024, 21:05 - +44 7700 900111: hello
      14/01/2024, 21:05 - +44 7700 900111 changed to +44 7700 900222
      15/01/2024, 21:05 - +44 7700 900222: it is me

      """
    _ = try test.importing(chat, "WhatsApp Chat with Ann.txt")
    _ = try test.opened.link()
    let found = try test.opened.why("whatsapp:+447700900111", "whatsapp:+447700900222")
    let said = try #require(found.evidence.first { $0.rule == "declared-in-text" })
    // A claim: below the threshold.
    #expect(said.log10LR == 2.5)
    #expect(said.statement.hasPrefix("A line of the source says that the two accounts belong together"))
    #expect(said.statement.hasSuffix("whoever wrote in the source may have typed it."))
  }

  /// A table of which each line declares that two accounts of a forum belong together.
  private static func linkedAccounts(assertion: String) throws -> TableMapping {
    try TableMapping(
      toml: """
        version = 1
        name = "Linked accounts"
        platform = "forum"
        [account]
        column = "A"
        kind = "platform-id"
        scope = "platform"
        assertion = "\(assertion)"
        [other]
        column = "B"
        kind = "platform-id"
        scope = "platform"
        [record]
        class = "declared-link"
        """)
  }

  @Test("A link that a table declares is told and weighed as whose word it is")
  func whoDeclares() throws {
    for (assertion, rule, weight) in [
      ("platform", "declared-by-platform", 5.0), ("claimed", "declared-in-text", 1),
      ("user", "declared-by-user", 1),
    ] {
      let test = try CaseUnderTest()
      let mapping = try Self.linkedAccounts(assertion: assertion)
      _ = try test.importing("A,B\n1001,1002\n", "links.csv") { $0.options.mappings = [mapping] }
      _ = try test.opened.link()
      let found = try test.opened.why("forum:1001", "forum:1002")
      let said = try #require(found.evidence.first { $0.family == "declared-link" })
      #expect(said.rule == rule && said.log10LR == weight)
      #expect(said.statement.contains("that the two accounts belong together"))
    }
  }

  @Test("A case made before it was kept who asserts a link opens and is linked with the doubt")
  func caseWithoutAssertions() throws {
    let test = try CaseUnderTest()
    let path = test.folder.url.appendingPathComponent("t.cognate")
    _ = try test.importing(line("1001", url: Self.post), "a.ndjson")
    _ = try test.importing(
      "13/01/2024, 21:05 - +44 7700 900111: hello\n14/01/2024, 21:05 - +44 7700 900111 changed to +44 7700 900222\n",
      "WhatsApp Chat with Ann.txt")
    let mapping = try Self.linkedAccounts(assertion: "platform")
    _ = try test.importing("A,B\n1001,1002\n", "links.csv") { $0.options.mappings = [mapping] }
    let queue = try DatabaseQueue(path: path.appendingPathComponent("case.sqlite").path)
    try queue.write { database in
      try database.execute(
        sql:
          """
          DROP INDEX record_reading; ALTER TABLE record DROP COLUMN reads_as_platform;
          DROP INDEX record_asserted; ALTER TABLE record DROP COLUMN assertion;
          DELETE FROM grdb_migrations WHERE identifier IN ('6', '7')
          """)
    }
    try queue.close()
    let opened = try Case.open(path)
    _ = try opened.link()
    let found = try opened.why("whatsapp:+447700900111", "whatsapp:+447700900222")
    #expect(found.evidence.contains { $0.rule == "declared-in-text" && $0.log10LR == 2.5 })
    // What a platform's table declares was always its word.
    let table = try opened.why("forum:1001", "forum:1002")
    #expect(table.evidence.contains { $0.rule == "declared-by-platform" && $0.log10LR == 5 })
  }

  @Test(
    "A case made before it was kept how a link reads tells a chat's line from a mapping's claim as before")
  func caseWithoutReadings() throws {
    let test = try CaseUnderTest()
    let path = test.folder.url.appendingPathComponent("t.cognate")
    _ = try test.importing(
      "13/01/2024, 21:05 - +44 7700 900111: hello\n14/01/2024, 21:05 - +44 7700 900111 changed to +44 7700 900222\n",
      "WhatsApp Chat with Ann.txt")
    let mapping = try Self.linkedAccounts(assertion: "claimed")
    _ = try test.importing("A,B\n1001,1002\n", "links.csv") { $0.options.mappings = [mapping] }
    /// What the two links say, and what they weigh.
    func said(_ opened: Case) throws -> [String] {
      _ = try opened.link()
      return try [
        ("whatsapp:+447700900111", "whatsapp:+447700900222"), ("forum:1001", "forum:1002"),
      ].map { left, right in
        let found = try opened.why(left, right).evidence.first { $0.rule == "declared-in-text" }
        return try #require(found.map { "\($0.log10LR) \($0.statement)" })
      }
    }
    let now = try said(test.opened)
    let queue = try DatabaseQueue(path: path.appendingPathComponent("case.sqlite").path)
    #expect(
      try queue.read { try Bool.fetchAll($0, sql: "SELECT reads_as_platform FROM record WHERE class = 6") }
        == [true, false])
    try queue.write { database in
      try database.execute(
        sql:
          """
          DROP INDEX record_reading; ALTER TABLE record DROP COLUMN reads_as_platform;
          DELETE FROM grdb_migrations WHERE identifier = '7'
          """)
    }
    try queue.close()
    let before = try said(Case.open(path))
    #expect(now[0].hasPrefix("2.5 A line of the source says"))
    #expect(now[1].hasPrefix("1.0 The source says") && now[1].contains("Its mapping names that as claimed"))
    #expect(before == now)
  }

  @Test("Who was protected under another name of a platform stays protected")
  func protectedUnderAnotherName() throws {
    let test = try CaseUnderTest()
    let path = test.folder.url.appendingPathComponent("t.cognate")
    _ = try test.importing(#"{"id":"1","platform":"x","handle":"jane_doe_art"}"# + "\n", "old.ndjson") {
      $0.protected = ["x:jane_doe_art"]
    }
    _ = try test.importing(#"{"id":"2","platform":"x","handle":"bo_the_first"}"# + "\n", "older.ndjson")
    // As a case was before names of one service were one.
    let queue = try DatabaseQueue(path: path.appendingPathComponent("case.sqlite").path)
    try queue.write { database in
      try database.execute(
        sql: "UPDATE account SET platform = 'twitter'; UPDATE protection SET platform = 'twitter'")
    }
    try queue.close()
    let report = try test.importing(
      #"{"id":"3","platform":"x","handle":"jane_doe_art"}"# + "\n", "new.ndjson"
    ) {
      $0.protected = ["twitter:bo_the_first"]
    }
    #expect(report.warnings.isEmpty)
    let accounts = try test.opened.accounts()
    #expect(
      accounts.map { "\($0.platform) \($0.isProtected)" } == ["twitter true", "twitter true", "x true"])
  }
}
