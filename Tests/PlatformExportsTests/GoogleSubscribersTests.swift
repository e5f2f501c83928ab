import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Whose account it is that pages and archives of a return tell of.
@Suite struct GoogleSubscribersTests {
  /// A preserved copy repeats what the page holds, and is the same account.
  @Test func aRecordOfTwoPagesIsOne() throws {
    let outcome = try GoogleReturnTests.read([
      ("r/a.GoogleAccount.SubscriberInfo_001.Preserved/rex.html", GoogleReturnTests.page),
      ("r/b.GoogleAccount.SubscriberInfo_001/rex.html", GoogleReturnTests.page),
    ])
    let unit = try #require(outcome.units.first)
    #expect(outcome.units.count == 1 && unit.notes.count == 2 && unit.root == "r")
    #expect(unit.tally("login") == [12, 3, 9])
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
    #expect(Set(unit.records.map(\.account)) == [GoogleReturnTests.owner])
    // The same login with another device is another record.
    let other = GoogleReturnTests.page.replacing("3a5f0c1d2e4b6a79", with: "5a5f0c1d2e4b6a79")
    let both = try #require(
      try GoogleReturnTests.read([
        ("a.GoogleAccount.X_001/a.html", GoogleReturnTests.page), ("a.GoogleAccount.X_002/a.html", other),
      ])
      .units
      .first)
    #expect(both.tally("login") == [12, 4, 8])
    #expect(both.identifiers.filter { $0.kind == .device }.count == 2)
  }

  /// Pages on two accounts lend each other nothing, and one that names nobody is nobody's.
  @Test func twoSubscribersStayTwo() throws {
    let other =
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID: 999999999999</li>"
      + "<li>e-Mail: una@example.org</li></body></html>"
    let nameless =
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Created on: 2020-01-01 00:00:00 Z</li>"
      + "<li>Recovery e-Mail: kim@example.org</li></body></html>"
    let folder = "x.GoogleAccount.SubscriberInfo_001/"
    let both = try #require(
      try GoogleReturnTests.read([
        (folder + "a.html", GoogleReturnTests.page), (folder + "b.html", other),
        (folder + "c.html", nameless),
        (folder + "d.html", nameless),
      ]).units.first)
    #expect(
      both.identifiers.filter { $0.value == "una@example.org" }.map(\.account) == [
        "google platform-id 999999999999"
      ])
    #expect(both.identifiers.filter { $0.value == "kim@example.org" }.allSatisfy { $0.account == "owner?" })
    #expect(both.accounts.filter { $0.sameAs == nil }.count == 4)
    #expect(both.notes.count == 3, "\(both.notes)")
    let one = try #require(
      try GoogleReturnTests.read([(folder + "a.html", GoogleReturnTests.page), (folder + "c.html", nameless)])
        .units.first)
    #expect(one.identifiers.filter { $0.value == "kim@example.org" }.map(\.account) == ["owner?"])
    // Files that lie in no such folder stand alone.
    #expect(
      try GoogleReturnTests.read([("a.html", GoogleReturnTests.page), ("b.html", other)]).units.map(\.root)
        == ["a.html", "b.html"])
    // Two subscribers in one page.
    let joined = GoogleReturnTests.page.replacing(
      "</body>", with: "<li>Google Account ID: 999999999999</li><li>e-Mail: una@example.org</li></body>")
    let unit = try GoogleReturnTests.unit(joined)
    #expect(
      unit.identifiers.filter { $0.value == "una@example.org" }.map(\.account) == [
        "google platform-id 999999999999"
      ])
    // Without a number the account's own address names it.
    let mail = try GoogleReturnTests.unit(
      other.replacing("Google Account ID: 999999999999", with: "Status: Enabled"))
    #expect(mail.accounts.compactMap(\.key).map(\.value) == ["una@example.org"])
  }

  /// A heading begins another subscriber, whose address may stand above its number, or who has none.
  @Test func aHeadingBeginsASubscriber() throws {
    func subscriber(_ name: String, _ number: String) -> String {
      "<h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>e-Mail: \(name)@example.org</li>"
        + "<li>Recovery e-Mail: \(name).two@example.org</li>"
        + (number.isEmpty ? "" : "<li>Google Account ID: \(number)</li>")
    }
    let people = [("rex", "123456789012"), ("una", "999999999999"), ("kim", "")]
    let unit = try GoogleReturnTests.unit(
      "<html><body>" + people.map { subscriber($0.0, $0.1) }.joined() + "</body></html>")
    for (name, _) in people {
      let own = unit.identifiers.filter { $0.kind == .email && $0.value.hasPrefix(name) }
      let others = unit.identifiers.filter { $0.kind == .email && !$0.value.hasPrefix(name) }
      #expect(own.count == 2 && Set(own.map(\.account)).count == 1)
      #expect(Set(own.map(\.account)).isDisjoint(with: others.map(\.account)))
    }
  }

  /// Mail and chats are files as anybody has them: the name of the archive says where they are from.
  @Test(arguments: [
    ("rex@example.org.123.Mail.MessageContent_001.zip", true),
    ("rex@example.org.123.GoogleChat.Messages_001 (1).zip", true),
    ("takeout-20260401T000000Z-001.zip", false), ("rex@example.org.zip", false),
  ])
  func archivesOfAReturn(name: String, isOfReturn: Bool) throws {
    let folder = try ScratchFolder()
    for (path, text) in [
      ("Mail/rex.mbox", "From a@example.org Tue Jan 03 10:11:12 2023\nFrom: a@example.org\n\nwords\n"),
      ("Google Chat/Groups/DM 1/messages.json", GoogleTakeoutTests.messages),
    ] {
      var zip = ZipBuilder()
      zip.add(path, text)
      let url = folder.url.appendingPathComponent(name)
      try Data(zip.bytes).write(to: url)
      let plan = try ImportPlan(url, options: ReaderOptions())
      #expect(plan.units.map(\.holdsCommunicationsData) == [isOfReturn], "\(path)")
    }
  }
}
