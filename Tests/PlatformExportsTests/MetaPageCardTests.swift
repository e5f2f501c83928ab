import AccountModel
import PlatformExports
import TestSupport
import Testing

/// What a post or comment of Facebook's says, and what is attached to it.
@Suite struct MetaPageCardTests {
  private static let page = "your_posts__check_ins__photos_and_videos_1.html"

  private func unit(
    _ cells: [String], _ generation: MetaPageSamples.Generation, named name: String = page
  ) throws -> ReadOutcome.Unit {
    let body = "<div>" + cells.map { "<div class=\"_2pin\">\($0)</div>" }.joined() + "</div>"
    let part = MetaPageSamples.part("Zoe Fic shared a link.", body, "Mar 04, 2019 10:01:00 am", generation)
    let page = MetaPageSamples.page(part, generation, title: "Posts", maker: "")
    return try #require(ReadOutcome.reading(page, named: name, options: ReaderOptions()).units.first)
  }

  private static let generations: [MetaPageSamples.Generation] = [.old, .middle, .new]

  private static func picture(_ name: String, _ words: String = "") -> String {
    "<div class=\"_a7ng\"><div><a target=\"_blank\" href=\"posts/media/\(name)\"><img src=\"posts/media/\(name)\" /></a>"
      + "<div>Days out</div>\(words.isEmpty ? "" : "<div class=\"_3-95\">\(words)</div>")</div></div>"
  }

  @Test(arguments: generations)
  func theNameOfAnAlbumIsNotTheOwnersWords(_ generation: MetaPageSamples.Generation) throws {
    let pictures =
      "<div><div><div><div class=\"_a7nf\">\(Self.picture("1.jpg"))\(Self.picture("2.jpg", "by the sea"))</div></div></div></div>"
    let found = try unit([pictures, "<div>what a <b>day</b><br />it was</div><div></div>"], generation)
    #expect(found.records.map(\.text) == ["by the sea\nwhat a day\nit was"])
    #expect(found.setAside.filter { $0.reason.code == "attached" }.map(\.count) == [1])
    #expect(found.setAside.allSatisfy { !$0.reason.isFault })
  }

  @Test(arguments: generations)
  func theCardOfALinkIsNotTheOwnersWords(_ generation: MetaPageSamples.Generation) throws {
    let card =
      "<div><div><div><div><a href=\"https://example.org/n\">https://example.org/n</a></div>"
      + "<div>Ten snails that you will not believe</div><div>example.org</div></div></div></div>"
    let found = try unit([card, "<div>look</div><div></div>"], generation)
    #expect(found.records.map(\.text) == ["look"])
    #expect(found.identifiers.filter { $0.kind == .url }.map(\.value) == ["https://example.org/n"])
    let aside = found.setAside.filter { $0.reason.code == "attached" }
    #expect(aside.map(\.count) == [2])
    #expect(aside.first?.examples.map(\.detail) == ["Ten snails that you will not believe", "example.org"])
    // A card alone is a post without words.
    #expect(try unit([card], generation).records.map(\.text) == [""])
  }

  @Test(arguments: generations)
  func wordsOfACommentStandRightInTheirCell(_ generation: MetaPageSamples.Generation) throws {
    let found = try unit(
      ["<div>no <i>way</i></div>", "<div><div><div>Snail Club</div></div></div>"], generation,
      named: "comments.html")
    #expect(found.records.map(\.text) == ["no way"])
    #expect(found.setAside.map(\.reason.code) == ["attached"])
  }
}
