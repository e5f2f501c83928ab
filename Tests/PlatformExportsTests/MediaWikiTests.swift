import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite("MediaWiki export")
struct MediaWikiTests {
  static let site = """
    <siteinfo>
        <sitename>Snailpedia</sitename>
        <dbname>snailwiki</dbname>
        <base>https://snails.example.com/wiki/Main_Page</base>
        <generator>MediaWiki 1.43.0</generator>
        <case>first-letter</case>
        <namespaces>
          <namespace key="-1" case="first-letter">Special</namespace>
          <namespace key="0" case="first-letter" />
          <namespace key="3" case="first-letter">User talk</namespace>
        </namespaces>
      </siteinfo>
    """

  static func export(_ pages: String, site: String = site, version: String = "0.11") -> String {
    """
    <mediawiki xmlns="http://www.mediawiki.org/xml/export-\(version)/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="\(version)" xml:lang="en">
      \(site)
    \(pages)
    </mediawiki>
    """
  }

  static func revision(
    _ contributor: String, _ remark: String = "", at time: String = "2024-03-01T10:00:00Z", text: String = "x"
  ) -> String {
    """
        <revision>
          <id>7</id>
          <parentid>6</parentid>
          <timestamp>\(time)</timestamp>
          \(contributor)
          <minor />
          \(remark)
          <origin>7</origin>
          <model>wikitext</model>
          <format>text/x-wiki</format>
          <text bytes="1" sha1="a" xml:space="preserve">\(text)</text>
          <sha1>a</sha1>
        </revision>

    """
  }

  private static let rex = "<contributor><username>Rex</username><id>12</id></contributor>"
  private static let una = "<contributor><username>Una M.</username><id>13</id></contributor>"

  static let pages = """
      <page>
        <title>Snail</title>
        <ns>0</ns>
        <id>1</id>
        <redirect title="Slug" />
    \(revision(rex, "<comment>/* Shell */ mended &amp; cut</comment>", text: "The snail &lt;ref&gt; I wrote"))
    \(revision("<contributor><ip>192.0.2.7</ip></contributor>", "<comment>no they do not</comment>"))
    \(revision("<contributor><ip>192.0.2.7</ip></contributor>", at: "2024-03-31T23:00:00Z"))
    \(revision("<contributor><ip>192.0.2.7</ip></contributor>", at: "2024-04-01T00:10:00Z"))
    \(revision("<contributor><ip>2001:DB8:0:0:0:0:0:7</ip></contributor>"))
    \(revision(#"<contributor deleted="deleted" />"#, #"<comment deleted="deleted" />"#))
    \(revision("<contributor><username>imported&gt;Sam</username><id>0</id></contributor>", "<comment>from there</comment>"))
    \(revision("<contributor><username>192.0.2.8</username><id>0</id></contributor>"))
    \(revision("", "<comment>who?</comment>"))
    \(revision(una, at: "2024-03-32T10:00:00Z"))
        <upload><timestamp>2024-03-01T10:00:00Z</timestamp>\(rex)<comment>a picture</comment><filename>A.png</filename></upload>
      </page>
      <page>
        <title>User talk:Una M./Archive</title>
        <ns>3</ns>
        <id>2</id>
    \(revision(rex, "<comment>hello Una</comment>", text: "== Hello ==\nhello ~~~~"))
    \(revision(una, "<comment>hello Rex</comment>"))
      </page>
      <page>
        <title>User:Kim</title>
        <ns>2</ns>
        <id>3</id>
    \(revision(rex))
      </page>
      <page>
        <title>User talk:192.0.2.7</title>
        <ns>3</ns>
        <id>4</id>
    \(revision(rex, "<comment>a warning</comment>"))
      </page>
    """

  private static func read(_ text: String) throws -> ReadOutcome.Unit {
    try #require(try ReadOutcome.reading(text, named: "wiki.xml").units.first)
  }

  private static func aside(_ unit: ReadOutcome.Unit) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: unit.setAside.map { ("\($0.unit) \($0.reason.code)", $0.count) })
  }

  @Test func readsRemarksAndNoPages() throws {
    let unit = try Self.read(Self.export(Self.pages))
    #expect(unit.format == "mediawiki")
    let wiki = "mediawiki/snails.example.com"
    let (rex, una) = ("\(wiki) platform-id 12", "\(wiki) platform-id 13")
    #expect(
      unit.records.map { "\($0.account) | \($0.other) | \($0.channel) | \($0.text)" } == [
        "\(rex) |  | edits (group) | mended & cut",
        "\(wiki) platform-id 192.0.2.7 in 2024-03 |  | edits (group) | no they do not",
        "\(wiki) platform-id 192.0.2.7 in 2024-03 |  | edits (group) | ",
        "\(wiki) platform-id 192.0.2.7 in 2024-04 |  | edits (group) | ",
        "\(wiki) platform-id 2001:DB8:0:0:0:0:0:7 in 2024-03 |  | edits (group) | ",
        "\(wiki) handle imported>Sam |  | edits (group) | from there",
        "\(wiki) platform-id 192.0.2.8 in 2024-03 |  | edits (group) | ",
        "\(rex) | \(una) | edits in User talk (group) | hello Una",
        "\(una) |  | edits in User talk (group) | hello Rex",
        "\(rex) | \(wiki) handle Kim | edits in other namespaces (group) | ",
        "\(rex) |  | edits in User talk (group) | a warning",
      ])
    #expect(unit.records.allSatisfy { $0.recordClass == .message && $0.time.zone == .known })
    #expect(
      unit.identifiers.map { "\($0.account) \($0.kind.rawValue) \($0.value) \($0.assertion)" } == [
        "\(rex) platform-id 12 platform", "\(rex) handle Rex platform",
        "\(wiki) platform-id 192.0.2.7 in 2024-03 ip 192.0.2.7 platform",
        "\(wiki) platform-id 192.0.2.7 in 2024-03 ip 192.0.2.7 platform",
        "\(wiki) platform-id 192.0.2.7 in 2024-04 ip 192.0.2.7 platform",
        "\(wiki) platform-id 2001:DB8:0:0:0:0:0:7 in 2024-03 ip 2001:DB8:0:0:0:0:0:7 platform",
        "\(wiki) platform-id 192.0.2.8 in 2024-03 ip 192.0.2.8 platform",
        "\(una) handle Una M. claimed", "\(una) platform-id 13 platform", "\(una) handle Una M. platform",
        "\(wiki) handle Kim handle Kim claimed",
      ])
    #expect(unit.identifiers.filter { $0.kind == .ip }.allSatisfy { !$0.time.isNone })
    #expect(unit.tally("message") == [14, 11, 3])
    #expect(
      Self.aside(unit) == [
        "message hidden": 1, "message no-author": 1, "message bad-time": 1, "text of a page whole-page": 14,
        "upload or log entry other-entry": 1,
      ])
    #expect(unit.setAside.filter(\.reason.isFault).map(\.reason) == [.badTime])
    let scopes = unit.accounts.filter { $0.sameAs == nil }.map {
      "\($0.key?.value ?? "") \($0.key?.scope.rawValue ?? "")"
    }
    #expect(scopes.contains("12 platform") && scopes.contains("imported>Sam source"))
    #expect(scopes.contains("192.0.2.7 in 2024-03 source") && scopes.contains("Kim platform"))
  }

  @Test(arguments: ["0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.10", "0.11"])
  func readsEveryVersion(_ version: String) throws {
    let unit = try Self.read(Self.export(Self.pages, version: version))
    #expect(unit.records.count == 11)
    // The first ones give a page's namespace in its title alone.
    let old = Self.pages.replacingOccurrences(of: "<ns>3</ns>", with: "")
      .replacingOccurrences(of: "<dbname>snailwiki</dbname>", with: "")
    let first = try Self.read(Self.export(old, version: version))
    #expect(first.records.map(\.channel) == unit.records.map(\.channel))
  }

  @Test(arguments: [
    ("https://en.wikipedia.example.org/wiki/Main_Page", "mediawiki/en.wikipedia.example.org"),
    ("http://EXAMPLE.org/w/index.php?title=Main/Page", "mediawiki/example.org"),
    ("https://example.org/index.php/Main", "mediawiki/example.org"),
    ("//example.org:8080/de/wiki/Haupt", "mediawiki/example.org-8080/de"),
    ("https://example.org/a:b/wiki/Main", "mediawiki/example.org/a%3ab"),
    ("https://example.org/", "mediawiki/example.org"), ("http://localhost/wiki/Main_Page", "mediawiki"),
    ("http://wiki/Main_Page", "mediawiki"), ("http://wiki.lan/wiki/Main_Page", "mediawiki"),
    ("http://192.0.2.1/wiki/Main_Page", "mediawiki"), ("example.org", "mediawiki"), ("", "mediawiki"),
  ])
  func tellsTheWikiByItsAddress(_ base: String, _ platform: String) throws {
    let unit = try Self.read(
      Self.export(Self.pages, site: "<siteinfo><dbname>w</dbname><base>\(base)</base></siteinfo>"))
    let key = try #require(unit.accounts.first?.key)
    #expect(key.platform.rawValue == platform && key.value == "12")
    #expect(key.scope == (platform == "mediawiki" ? .source : .platform))
    // On a wiki that is not known a name is no more than what is shown.
    #expect(unit.identifiers.contains { $0.kind == .handle } == (platform != "mediawiki"))
    #expect(unit.notes.contains { $0.contains("calls itself w") } == (platform == "mediawiki"))
  }

  @Test(arguments: [
    ("/* History */", ""), ("/* A *//* B */ why", "why"), ("a /* b", "a /* b"),
    ("/* Hello */ new section", ""), ("/* Hello */ Reply", ""), ("Reply", "Reply"),
    ("/* Hello */ a new section", "a new section"),
    ("/* wbsetclaim-create:2||1 */ [[Property:P31]]: [[Q5]]", ""), ("/* wb */ why", "why"),
    ("←Created page with 'I am'", ""), ("[[WP:AES|←]]Replaced content with 'x'", ""),
    ("[[WP:AES]] is a page", "[[WP:AES]] is a page"), ("Created page with 'I am'", ""),
    (
      "Undid revision 5 by [[Special:Contributions/Una|Una]] ([[User talk:Una|talk]]) not so",
      "not so"
    ), ("Undid revision 5 by [[Special:Contributions/Una|Una]] ([[User talk:Una|talk]])", ""),
    ("Undid revision 5 by [[Special:Contributions/192.0.2.1]] see ([[C]]) there", "see ([[C]]) there"),
    (
      "Undo revision [[Special:Diff/5|5]] by [[Special:Contributions/Una|Una]] ([[User talk:Una|talk]]) not so",
      "not so"
    ),
    ("Reverted edits by [[Special:Contributions/Una|Una]] to last version by Rex", ""),
    ("Rex moved page [[A]] to [[B]]: the usual name", "the usual name"),
    ("moved [[A]] to [[B]] over redirect: why, see [[C]] there", "why, see [[C]] there"),
    ("moved [[A]] to [[B]]", ""),
    ("I moved [[A]] down", "I moved [[A]] down"), ("", ""),
  ])
  func keepsWhatWasTyped(_ written: String, _ own: String) throws {
    let unit = try Self.read(
      Self.export(
        "<page><title>A</title><ns>0</ns>\(Self.revision(Self.rex, "<comment>\(written)</comment>"))</page>"))
    #expect(unit.records.map(\.text) == [own])
  }

  @Test(arguments: ["https://snails.example.com/wiki/Main_Page", "http://localhost/wiki/Main_Page"])
  func namesThatTheWikiGivesAreNobodysNames(_ base: String) throws {
    func temporary(_ name: String, _ number: Int) -> String {
      "<contributor><username>\(name)</username><id>\(number)</id></contributor>"
    }
    let unit = try Self.read(
      Self.export(
        "<page><title>User talk:~2026-1</title><ns>3</ns>\(Self.revision(Self.rex))</page>"
          + "<page><title>User talk:~2026-3</title><ns>3</ns>\(Self.revision(Self.rex))</page>"
          + "<page><title>A</title><ns>0</ns>\(Self.revision(temporary("~2026-1", 501)))"
          + "\(Self.revision(temporary("~2026-12345-67", 502)))\(Self.revision(temporary("~Tilda", 503)))</page>",
        site: "<siteinfo><base>\(base)</base></siteinfo>"))
    let names = unit.identifiers.filter { $0.kind != .platformID }.map(\.value)
    #expect(names == ["Rex", "~Tilda"])
    let isKnown = base.hasPrefix("https")
    #expect(
      unit.identifiers.filter { $0.label == "temporary-name" }.map(\.value)
        == (isKnown ? ["~2026-1", "~2026-12345-67"] : []))
    // Its page is the account's, where that is known.
    let wiki = isKnown ? "mediawiki/snails.example.com" : "mediawiki"
    #expect(
      unit.records.prefix(2).map(\.other) == ["\(wiki) platform-id 501", "\(wiki) handle User:~2026-3"])
  }

  @Test(arguments: ["<ip>192.0.2.xxx</ip>", "<username>192.0.2.xxx</username><id>0</id>"])
  func anAddressWithoutItsLastPartIsNoName(_ contributor: String) throws {
    let unit = try Self.read(
      Self.export(
        ["2001-11", "2001-12"].map {
          "<page><title>User talk:192.0.2.xxx</title><ns>3</ns>\(Self.revision("<contributor>\(contributor)</contributor>", at: "\($0)-01T10:00:00Z"))</page>"
        }.joined()))
    #expect(unit.accounts.map { $0.key?.value } == ["192.0.2.xxx in 2001-11", "192.0.2.xxx in 2001-12"])
    #expect(unit.identifiers.isEmpty && unit.records.count == 2)
  }

  @Test(arguments: [
    "<username>Maintenance script</username><id>7</id>",
    "<username>imported&gt;MediaWiki default</username><id>0</id>",
    "<ip>Conversion script</ip>",
  ])
  func whatTheWikiItselfWritesIsNobodys(_ contributor: String) throws {
    let unit = try Self.read(
      Self.export(
        "<page><title>A</title><ns>0</ns>\(Self.revision("<contributor>\(contributor)</contributor>"))</page>"
      ))
    #expect(unit.accounts.isEmpty && Self.aside(unit)["message system"] == 1)
  }

  @Test func aLongPageIsNotHeld() throws {
    let long = String(repeating: "snail &amp; ", count: 2 << 20)
    var options = ReaderOptions()
    options.limits.recordBytes = 1 << 16
    let text = Self.export(
      "<page><title>A</title><ns>0</ns>\(Self.revision(Self.rex, "<comment>a</comment>", text: long))"
        + "\(Self.revision(Self.rex, "<comment>\(String(repeating: "b", count: 1 << 17))</comment>"))"
        + "\(Self.revision(Self.rex, "<comment>c</comment>"))</page>")
    let unit = try #require(try ReadOutcome.reading(text, named: "w.xml", options: options).units.first)
    #expect(unit.records.map(\.text) == ["a", "c"])
    #expect(unit.tally("message") == [3, 2, 1] && Self.aside(unit)["message too-large"] == 1)
  }

  @Test func recognisesNothingElse() throws {
    for text in [
      "<mediawiki></mediawiki>", "<html xmlns=\"http://www.mediawiki.org/xml/export-0.10/\"></html>",
      "{\"a\":\"http://www.mediawiki.org/xml/export-0.10/\"}",
    ] {
      #expect(try ReadOutcome.reading(text, named: "wiki.xml").units.isEmpty, "\(text)")
    }
    let empty = try Self.read(Self.export(""))
    #expect(Self.aside(empty) == ["document empty": 1])
  }

  @Test func damageIsSaid() throws {
    let revision = Self.revision(Self.rex)
    let unit = try Self.read(
      Self.export("<page><title>A</title>\(revision)\(revision)<text></page>\n<page>\(revision)</page>"))
    #expect(unit.tally("message") == [3, 2, 1])
    #expect(Self.aside(unit)["message behind-fault"] == 1)
    #expect(throws: ExportRefusal.self) {
      try Self.read("<!DOCTYPE mediawiki [<!ENTITY a \"b\">]>\n" + Self.export("<page>\(revision)</page>"))
    }
    // One revision within another, entries of a log, a contributor outside of all.
    let odd = try Self.read(
      Self.export(
        "\(Self.rex)<logitem>\(Self.rex)<comment>x</comment></logitem><revision><revision></revision></revision>"
          + "<page><title>User:</title><ns>2</ns>\(revision)</page>"))
    #expect(odd.records.count == 1)
  }

  @Test func cutAnywhereItGivesABeginning() throws {
    try expectPrefixes(
      of: Array(Self.export(Self.pages).utf8), named: "wiki.xml",
      alsoNamed: [
        "mediawiki/snails.example.com handle Una M.": "mediawiki/snails.example.com platform-id 13"
      ])
  }
}
