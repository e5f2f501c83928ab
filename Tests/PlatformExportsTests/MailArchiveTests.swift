import AccountModel
import PlatformExports
import TestSupport
import Testing

/// Public archives, which hide addresses from programs that collect them.
@Suite struct MailArchiveTests {
  /// Archives of mailing lists write addresses in words, Mailman's and HyperKitty's each in its own way.
  @Test func authorsInArchivesOfLists() throws {
    let unit = try EmailReaderTests.read(
      """
      From ann.b at example.org  Mon Jan  5 10:11:12 2004
      From: ann.b at example.org (=?utf-8?q?Ann_B=C3=B6hm?=)
      Date: Mon, 5 Jan 2004 10:11:12 -0500
      Subject: [List] Hello
      Message-ID: <1@example.org>

      From here on all is fine.

      From bob at example.net  Mon Jan  5 11:11:12 2004
      From: bob at example.net
      Subject: [List] Hello
      In-Reply-To: <1@example.org>

      Yes.

      From cy at example.net Mon Jan  5 12:11:12 2004
      From: Cy at Home <cy at example.net>
      Subject: [List] Hello
      In-Reply-To: <1@example.org>

      No.

      From x  Mon Jan  5 11:11:12 2004
      From: somebody at the office
      Subject: none

      z


      """, name: "2004-January.txt")
    #expect(
      unit.records.map(\.account)
        == ["ann.b@example.org", "bob@example.net", "cy@example.net"].map { "email email \($0)" })
    #expect(unit.records.allSatisfy { $0.channel == "1@example.org" })
    #expect(
      unit.identifiers.map(\.value)
        == ["ann.b@example.org", "Ann Böhm", "bob@example.net", "cy@example.net", "Cy at Home"])
    #expect(unit.setAside.map(\.reason.code) == ["no-author"])
  }

  /// GMime leaves out addresses whose dots stand where none may.
  @Test(arguments: [
    ("Ann <jan...@example.net>", [["Ann", "jan...@example.net"]]),
    ("jan...@example.net (Ann)", [["Ann", "jan...@example.net"]]),
    (
      "Bob <bob@example.org>, a..b@example.com, \"x..@y\" <c.@example.com>",
      [["Bob", "bob@example.org"], ["", "a..b@example.com"], ["x..@y", "c.@example.com"]]
    ),
    ("\"jan...@example.net via x\" <x@example.org>", [["jan...@example.net via x", "x@example.org"]]),
    ("\"a..b\"@example.com", [["", "\"a..b\"@example.com"]]),
  ])
  func dotsOutOfPlace(_ header: String, _ found: [[String]]) {
    #expect(MailAddress.parse(header).map { [$0.name, $0.address] } == found)
  }

  /// What an archive shows of an address may be the beginning of many: of two names they are two people.
  @Test func addressesThatWereCutOffAreToldApartByName() throws {
    let messages = [("Ann", "one"), ("Bob", "two"), ("Ann", "three")].map { name, words in
      "From x Mon Jan  1 10:00:00 2024\nFrom: \(name) <jan...@example.net>\nSubject: s\n\n\(words)\n\n"
    }
    let unit = try EmailReaderTests.read(messages.joined(), name: "news.mbox")
    let ann = "email platform-id Ann <jan...@example.net>"
    let bob = "email platform-id Bob <jan...@example.net>"
    #expect(unit.records.map(\.account) == [ann, bob, ann])
    #expect(unit.accounts.allSatisfy { $0.key?.scope == .source })
    #expect(unit.identifiers.map(\.value) == ["Ann", "Bob"])
  }
}
