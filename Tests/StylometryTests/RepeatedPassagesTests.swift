import Stylometry
import Testing

/// Who wrote the same as another, word for word.
@Suite struct RepeatedPassagesTests {
  private static let threat =
    "you can block me as often as you like and I will be back before the week is over"
  private static let advert =
    "everything must go this weekend in all our shops so come early and bring a friend along"

  private func found(_ authors: [[String]], threads: Int = 1) -> RepeatedPassages {
    RepeatedPassages(
      PassagePostings(authors: authors.count, bytes: 1 << 12, threads: threads) { author in
        var posts = ProfileBuilder()
        for post in authors[author] { posts.add(post: post) }
        return posts
      })
  }

  @Test func ofTheirPassagesTheRarestSpeaksForTwo() throws {
    let authors = [
      ["hello there", Self.advert, "And again: " + Self.threat.uppercased() + "!"], ["nothing of the sort"],
      [Self.advert], ["listen, " + Self.threat + ". " + Self.advert],
    ]
    let passages = found(authors)
    #expect(passages.pairs.map { [$0.one, $0.other, $0.posters] } == [[0, 2, 3], [0, 3, 2], [2, 3, 3]])
    #expect(found(authors, threads: 2).pairs == passages.pairs)
    let pair = try #require(passages.pairs.dropFirst().first)
    let scanner = PassageScanner()
    func first(_ author: Int) -> (place: Int, text: String)? {
      let posts = authors[author].map(\.utf8)
      return RepeatedPassages.firstPlaces(of: [pair.passage], in: posts, by: scanner)[pair.passage]
    }
    let own = try #require(first(0))
    #expect(own.place == 2 && Self.threat.uppercased().contains(own.text) && own.text.count > 60)
    let other = try #require(first(3))
    #expect(other.place == 0 && other.text.lowercased() == own.text.lowercased())
    #expect(first(2) == nil)
  }

  @Test func whatManyPostedIsNobodys() {
    let limit = RepeatedPassages.mostPosters
    #expect(found((0..<limit).map { _ in [Self.advert] }).pairs.count == limit * (limit - 1) / 2)
    #expect(found((0...limit).map { _ in [Self.advert] }).pairs.isEmpty)
    #expect(found([["short words alike"], ["short words alike"]]).pairs.isEmpty)
    #expect(found([]).pairs.isEmpty)
  }
}
