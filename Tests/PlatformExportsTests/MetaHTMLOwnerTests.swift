import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Whose a download is.
extension MetaHTMLTests {
  /// A download of Facebook's: a thread of Rex and Una, and what the page of the profile shows.
  private static func unit(profile: String) throws -> ReadOutcome.Unit {
    let thread = MetaPageSamples.page(
      MetaPageSamples.part("Rex", MetaPageSamples.words("x"), "Mar 04, 2019 10:01:00 am", .new)
        + MetaPageSamples.part("Una", MetaPageSamples.words("y"), "Mar 04, 2019 10:00:00 am", .new), .new)
    return try #require(
      download(
        [
          ("messages/inbox/rex_1/message_1.html", thread),
          ("profile_information/profile_information.html", MetaPageSamples.page(profile, .new)),
        ],
        under: "facebook-z/"
      ).units.first)
  }

  @Test func theOwnerIsNamedByThePages() throws {
    let thread = MetaPageSamples.facebook(.old).filter { $0.0.contains("messages") }
    let unit = try #require(Self.download(thread, under: "facebook-z/").units.first)
    let owners = unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }
    #expect(owners.compactMap { $0.key?.value } == ["Zoë Fictional"])
    // In a language that is not known a name of the profile that stands in the line is the owner's.
    let maker = "Erstellt von Zoë Fictional am Donnerstag, 27. Juni 2019 um 12:55 UTC+02:00"
    let foreign = [
      (
        "messages/inbox/rex_1/message_1.html",
        MetaPageSamples.page(
          MetaPageSamples.part("Zoë Fictional", MetaPageSamples.words("ja"), "Mär 04, 2019 10:01", .middle)
            + MetaPageSamples.part("Rex", MetaPageSamples.words("so"), "Mär 04, 2019 10:00", .middle),
          .middle,
          maker: maker)
      ),
      (
        "profile_information/profile_information.html",
        MetaPageSamples.page(
          "<div class=\"pam uiBoxWhite\"><table><tr><th>Anzeige</th><td>Zoë Fictional</td></tr><tr><th>Ort</th><td>Leeds</td></tr></table></div>",
          .middle, maker: maker)
      ),
    ]
    let other = try #require(Self.download(foreign, under: "facebook-z/").units.first)
    #expect(
      other.accounts.filter { $0.role == .owner && $0.sameAs == nil }.compactMap { $0.key?.value } == [
        "Zoë Fictional"
      ])
    #expect(other.notes.contains { $0.contains("the owner is taken to be \"Zoë Fictional\"") })
  }

  /// A table in the value of a row is about whom that row names.
  @Test func whomTheProfileNamesIsNotTheOwner() throws {
    func table(_ rows: [(String, String)]) -> String {
      "<table>\(rows.map { "<tr><th>\($0)</th><td>\($1)</td></tr>" }.joined())</table>"
    }
    let brothers = table([("Name", "Rex"), ("Birthday", "12 Apr 1996")]) + table([("Name", "Sam")])
    let profile = table([
      ("Name", "Una"), ("Family members", brothers), ("Email addresses", "una&#064;example.org"),
    ])
    let unit = try Self.unit(profile: "<div class=\"pam uiBoxWhite\">\(profile)</div>")
    #expect(
      unit.records(.message).map { "\($0.text): \($0.account)" } == [
        "x: facebook display-name Rex", "y: facebook display-name Una",
      ])
    let own = unit.identifiers.filter { $0.account == "facebook display-name Una" }
    #expect(
      Set(own.map { "\($0.kind.rawValue) \($0.value)" }) == ["display-name Una", "email una@example.org"])
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code)" } == ["profile field unknown-label"])
  }

  /// Under a label that is not known an address alone is one that the owner gave, and a sentence is a sentence.
  @Test func addressesThatTheOwnerTyped() throws {
    let rows = [
      ("Name", "Una"), ("Om mig", "rex@example.org is a creep"), ("Citat", "+447700900111 is his number"),
      ("E-post", "una@example.org"), ("Mobil", "+44 7700 900112 (Mobil)"), ("Min adress", "192.0.2.7"),
    ].map { "<tr><th>\($0)</th><td>\($1)</td></tr>" }.joined()
    let unit = try #require(
      Self.download(
        [
          (
            "profile_information/profile_information.html",
            MetaPageSamples.page("<div class=\"pam uiBoxWhite\"><table>\(rows)</table></div>", .new)
          )
        ], under: "facebook-z/"
      ).units.first)
    #expect(
      unit.identifiers.filter { $0.kind != .displayName }.map { "\($0.label)\($0.value) \($0.assertion)" }
        == [
          "una@example.org claimed", "+44 7700 900112 claimed", "192.0.2.7 user",
        ])
    #expect(unit.tally("profile field") == [-1, 0, 2])
  }

  /// Whoever writes in all threads need not be the owner: pages do not list who is silent.
  @Test func nobodyIsTakenForTheOwnerByThreadsAlone() throws {
    func thread(_ other: String) -> String {
      MetaPageSamples.page(
        MetaPageSamples.part("Ann", MetaPageSamples.words("x"), "Mar 04, 2019 10:01 am", .new)
          + MetaPageSamples.part(other, MetaPageSamples.words("y"), "Mar 04, 2019 10:00 am", .new), .new)
    }
    let unit = try #require(
      Self.download(
        [
          ("messages/inbox/a_1/message_1.html", thread("Bob")),
          ("messages/inbox/b_2/message_1.html", thread("Cy")),
        ],
        under: "facebook-z/"
      ).units.first)
    #expect(unit.accounts.allSatisfy { $0.role != .owner } && unit.tally("message") == [4, 4, 0])
    #expect(
      Set(unit.records.map(\.account)) == [
        "facebook display-name Ann", "facebook display-name Bob", "facebook display-name Cy",
      ])
  }

  @Test func aNameOnTheOtherSideOfTwoThreadsIsTwoAccounts() throws {
    func thread(_ text: String) -> String {
      MetaPageSamples.page(
        MetaPageSamples.part("Sam", MetaPageSamples.words(text), "Mar 04, 2019 10:01 am", .new), .new,
        maker: "Generated by Zoë on <time>x</time>")
    }
    let unit = try #require(
      Self.download(
        [
          ("messages/inbox/sam_1/message_1.html", thread("one")),
          ("messages/inbox/sam_2/message_1.html", thread("two")),
        ],
        under: "facebook-z/"
      ).units.first)
    #expect(
      unit.records.map(\.account) == ["facebook platform-id sam_1: Sam", "facebook platform-id sam_2: Sam"])
  }

  /// Whatever a profile is built of, a second name on it is somebody else's.
  @Test(arguments: [true, false]) func aSecondNameOnTheProfileIsNotTheOwners(inPart: Bool) throws {
    let own = [("Name", "Una"), ("Email addresses", "una&#064;example.org")]
    let other = [("Name", "Rex"), ("Email addresses", "rex&#064;example.org")]
    let parts = (inPart ? [own, other] : [own + other]).map { rows in
      let table = rows.map { "<tr><th>\($0)</th><td>\($1)</td></tr>" }.joined()
      return MetaPageSamples.part(nil, "<table>\(table)</table>", nil, .new)
    }
    let unit = try Self.unit(profile: parts.joined())
    #expect(
      unit.records(.message).map { "\($0.text): \($0.account)" } == [
        "x: facebook display-name Rex", "y: facebook display-name Una",
      ])
    #expect(unit.identifiers.filter { $0.kind == .email }.map(\.value) == ["una@example.org"])
    #expect(unit.tally("profile") == (inPart ? [2, 1, 1] : [1, 1, 0]))
    #expect(unit.setAside.map(\.reason.code) == ["another-name"])
  }
}
