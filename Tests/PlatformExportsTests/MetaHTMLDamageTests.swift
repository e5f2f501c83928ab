import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Pages that are cut off, hostile or of another kind.
extension MetaHTMLTests {
  @Test func otherPagesAreLeftAlone() throws {
    let page = MetaPageSamples.page(MetaPageSamples.part("Shoes", nil, "Mar 04, 2019 10:01 am", .new), .new)
    let outcome = try Self.download(
      [("ads_information/ads_interests.html", page), ("preferences/feed/feed.html", page)]
        + MetaPageSamples.facebook(.new),
      under: "facebook-z/")
    #expect(outcome.units.count == 1 && outcome.unrecognised.count == 2 && outcome.unread.isEmpty)
    let alone = try ReadOutcome.reading(page, named: "chat with rex.html")
    #expect(alone.units.isEmpty && alone.unread.count == 1 && alone.unread.allSatisfy { $0.isOfExport })
    #expect(try ReadOutcome.reading("<html><main>x</main></html>", named: "message_1.html").units.isEmpty)
  }

  @Test(arguments: MetaPageSamples.instagram.indices)
  func truncation(_ index: Int) throws {
    let (path, text) = MetaPageSamples.instagram[index]
    try expectPrefixes(of: Array(text.utf8), named: String(path.split(separator: "/").last ?? ""))
  }

  @Test(arguments: MetaPageSamples.facebook(.new).indices)
  func facebookTruncation(_ index: Int) throws {
    let (path, text) = MetaPageSamples.facebook(.new)[index]
    try expectPrefixes(of: Array(text.utf8), named: String(path.split(separator: "/").last ?? ""))
  }

  /// Pages are read in blocks.
  @Test func aLongPage() throws {
    let parts = (0..<4000).map { number in
      MetaPageSamples.part(
        number % 3 == 0 ? "Rex" : "Una", MetaPageSamples.words("message number \(number)"),
        "Mar 04, 2019 10:\(number % 60 < 10 ? "0" : "")\(number % 60):00 am", .new)
    }
    let page = MetaPageSamples.page(parts.joined(), .new)
    let unit = try #require(ReadOutcome.reading(page, named: "message_1.html").units.first)
    #expect(unit.tally("message") == [4000, 4000, 0] && unit.setAside.isEmpty)
    #expect(unit.records.map(\.text) == (0..<4000).map { "message number \($0)" })
    let bytes = Array(page.utf8)
    let last = try #require(unit.records.last?.locator.split(separator: " ").last.flatMap { Int($0) })
    #expect(bytes[last...].starts(with: "<section".utf8))
  }

  @Test func hostilePages() throws {
    let deep = String(repeating: "<div>", count: 100_000)
    let cases: [(String, String, [Int])] = [
      // Deeper than a tree may be.
      (
        "Rex", "<div><div></div><div>\(deep)low\(deep.replacing("<div>", with: "</div>"))</div></div>",
        [1, 1, 0]
      ),
      ("<script>alert(1)</script>Rex", MetaPageSamples.words("</div>"), [1, 0, 1]),
      (
        "Rex\u{202E}", MetaPageSamples.words("&#0;&#55357;&#56832;&lt;/main&gt;<!-- </section> -->"),
        [1, 1, 0]
      ),
    ]
    for (heading, body, tally) in cases {
      let page = MetaPageSamples.page(
        MetaPageSamples.part(heading, body, "Mar 04, 2019 10:01 am", .new), .new)
      let unit = try #require(ReadOutcome.reading(page, named: "message_1.html").units.first)
      if tally == [1, 1, 0] {
        #expect(unit.tally("message") == tally && unit.records.first?.account.hasSuffix("Rex") ?? false)
      } else {
        // An element that ends too early takes what follows with it; that is said.
        #expect(!unit.setAside.isEmpty)
      }
    }
    var options = ReaderOptions()
    options.limits.recordBytes = 100
    let long = MetaPageSamples.page(
      MetaPageSamples.part(
        "Rex", MetaPageSamples.words(String(repeating: "x", count: 200)), "Mar 04, 2019 10:01 am", .new)
        + MetaPageSamples.part("Rex", MetaPageSamples.words("short"), "Mar 04, 2019 10:01 am", .new), .new)
    let unit = try #require(ReadOutcome.reading(long, named: "message_1.html", options: options).units.first)
    #expect(unit.records.map(\.text) == ["short"] && unit.tally("message") == [2, 1, 1])
    #expect(unit.setAside.map(\.reason.code) == ["too-large"])
  }
}
