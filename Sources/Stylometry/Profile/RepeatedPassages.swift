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
    let passage: UInt64
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

  /// The first of an author's posts that holds the passage of a pair, and the passage as it stands there.
  public static func first(
    of pair: Pair, in posts: some Sequence<some Sequence<UInt8>>
  ) -> (place: Int, text: String)? {
    let scanner = PassageScanner()
    var builder = ProfileBuilder()
    for (place, post) in posts.enumerated() {
      builder.removeAll()
      builder.add(post: post)
      if let text = scanner.text(of: pair.passage, in: builder) { return (place, text) }
    }
    return nil
  }
}
