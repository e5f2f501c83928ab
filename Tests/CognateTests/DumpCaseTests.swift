import AccountModel
import Cognate
import Foundation
import TestSupport
import Testing

@Suite("Dumps of sites in a case")
struct DumpCaseTests {
  private static func users(_ accounts: [(id: Int, name: String, network: Int)]) -> String {
    let rows = accounts.map {
      "<row Id=\"\($0.id)\" Reputation=\"1\" CreationDate=\"2020-01-01T00:00:00.000\" DisplayName=\"\($0.name)\" AccountId=\"\($0.network)\" />\n"
    }
    return "<users>\n\(rows.joined())</users>"
  }

  @Test("Accounts of two sites are one person's where the network says so, and not where they share a number")
  func accountsOfTwoSites() throws {
    let test = try CaseUnderTest(mode: .charity)
    _ = try test.write(
      Self.users([(12, "Rex", 555), (13, "Una", 556), (14, "Kim", 557)]),
      "in/english.stackexchange.com/Users.xml")
    _ = try test.write(
      Self.users([(12, "Somebody else", 600), (900, "Burner 7", 555), (555, "Sam", 601)]),
      "in/cooking.stackexchange.com/Users.xml")
    let report = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("in")]))
    #expect(report.outcome == .complete && report.sources.count == 2)
    _ = try test.opened.link()
    let clusters = try test.opened.clusters().filter { $0.accounts.count > 1 }
    #expect(clusters.count == 1)
    let found = try test.opened.why(
      "stackexchange:english.stackexchange.com/users/12", "stackexchange:cooking.stackexchange.com/users/900")
    #expect(found.log10LR > 3 && found.evidence.map(\.rule).contains("platform-id-equal"))
    let others = try test.opened.why(
      "stackexchange:english.stackexchange.com/users/12", "stackexchange:cooking.stackexchange.com/users/12")
    #expect(others.evidence.isEmpty)
  }

  @Test("Names on two wikis, and two spellings on one, are two accounts")
  func namesOnWikis() throws {
    func export(_ host: String, _ names: [String]) -> String {
      let revisions = names.enumerated().map {
        "<revision><timestamp>2024-03-0\($0 + 1)T10:00:00Z</timestamp><contributor><username>\($1)</username><id>\($0 + 5)</id></contributor><comment>a</comment></revision>"
      }
      return
        "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\"><siteinfo><base>https://\(host)/wiki/A</base></siteinfo><page><title>A</title><ns>0</ns>\(revisions.joined())</page></mediawiki>"
    }
    let test = try CaseUnderTest(mode: .charity)
    _ = try test.write(export("one.example.com", ["Maria", "MariA"]), "in/one.xml")
    _ = try test.write(export("two.example.com", ["Maria"]), "in/two.xml")
    let report = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("in")]))
    #expect(report.outcome == .complete && report.sources.map(\.format) == ["mediawiki", "mediawiki"])
    _ = try test.opened.link()
    #expect(try test.opened.accounts().count == 3)
    #expect(try test.opened.clusters().allSatisfy { $0.accounts.count == 1 })
  }

  @Test("An account of a wiki with a port is found and protected by its name")
  func namesAWikiWithAPort() throws {
    let test = try CaseUnderTest(mode: .charity)
    let file = try test.write(
      "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\"><siteinfo><base>http://one.example.com:8080/wiki/A</base></siteinfo><page><title>A</title><ns>0</ns><revision><timestamp>2026-03-01T10:00:00Z</timestamp><contributor><username>Rex</username><id>5</id></contributor><comment>a</comment></revision></page></mediawiki>",
      "one.xml")
    let name = "mediawiki/one.example.com-8080:5"
    _ = try test.opened.importSources(ImportRequest(paths: [file]))
    #expect(try test.opened.protect([name]).count == 1)
    #expect(try test.opened.account(name).account.isProtected)
  }

  @Test("Two wikis give the same temporary name to two persons")
  func temporaryNames() throws {
    let test = try CaseUnderTest(mode: .charity)
    for (host, id) in [("one.example.com", 501), ("two.example.net", 21)] {
      _ = try test.write(
        "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\"><siteinfo><base>https://\(host)/wiki/A</base></siteinfo><page><title>A</title><ns>0</ns><revision><timestamp>2026-03-01T10:00:00Z</timestamp><contributor><username>~2026-1234</username><id>\(id)</id></contributor><comment>a</comment></revision></page></mediawiki>",
        "in/\(host).xml")
    }
    _ = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("in")]))
    _ = try test.opened.link()
    let why = try test.opened.why("mediawiki/one.example.com:501", "mediawiki/two.example.net:21")
    #expect(why.evidence.allSatisfy { $0.family != "handle" })
    #expect(try test.opened.clusters().allSatisfy { $0.accounts.count == 1 })
  }
}
