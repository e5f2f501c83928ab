/// Which two of several authors posted a passage word for word that few others did (`SharedPassages` says what a passage
/// is).
public struct RepeatedPassages: Sendable {
  /// Two authors, and of the passages that both posted the one that the fewest did.
  public struct Pair: Sendable, Hashable {
    /// The author of the lower number.
    public let one: Int
    /// The author of the higher number.
    public let other: Int
    /// Authors who posted it, these two among them.
    public let posters: Int
    /// Which passage it is, as `firstPlaces` knows it.
    public let passage: UInt64
  }

  /// What more have posted is nobody's: a chain letter, an advertisement.
  public static let mostPosters = 20

  /// By `one`, then `other`.
  public let pairs: [Pair]

  private struct Ends: Hashable {
    let one: Int32
    let other: Int32
  }

  /// Takes what was found of all authors.
  public init(_ found: PassagePostings) {
    var rarest: [Ends: (posters: Int, passage: UInt64)] = [:]
    found.forEachPassage { postings in
      guard (2...Self.mostPosters).contains(postings.count) else { return }
      // By author, so that the first of two is the lower.
      for (place, one) in postings.enumerated() {
        for other in postings.dropFirst(place + 1) {
          let ends = Ends(one: one.author, other: other.author)
          if let known = rarest[ends], known.posters <= postings.count { continue }
          rarest[ends] = (postings.count, one.hash)
        }
      }
    }
    pairs = rarest.map { ends, known in
      Pair(one: Int(ends.one), other: Int(ends.other), posters: known.posters, passage: known.passage)
    }.sorted { ($0.one, $0.other) < ($1.one, $1.other) }
  }

  /// Of each passage the first of an author's posts that holds it, and the passage as it stands there. Reads each post once.
  public static func firstPlaces(
    of passages: Set<UInt64>, in posts: some Sequence<some Sequence<UInt8>>, by scanner: PassageScanner
  ) -> [UInt64: (place: Int, text: String)] {
    var builder = ProfileBuilder()
    var found: [UInt64: (place: Int, text: String)] = [:]
    for (place, post) in posts.enumerated() where found.count < passages.count {
      builder.removeAll()
      builder.add(post: post)
      scanner.forEachText(of: builder) { passage, text in
        if passages.contains(passage), found[passage] == nil { found[passage] = (place, text()) }
      }
    }
    return found
  }
}
