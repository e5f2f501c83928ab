/// Documents of known authors that a model learns from.
public struct BackgroundDocuments: Sendable {
  /// One document.
  public struct Document: Sendable, Equatable {
    /// Who wrote it, as a number below the count of authors.
    public var author: Int
    /// Documents of an author on different sides are compared in training; -1 when there are no sides.
    public var side: Int

    /// Makes a document.
    public init(author: Int, side: Int) {
      self.author = author
      self.side = side
    }
  }

  /// All documents.
  public let documents: [Document]
  /// Documents of each author, ascending.
  public let byAuthor: [[Int]]

  /// Groups documents by author.
  public init(_ documents: [Document]) {
    self.documents = documents
    var groups = [[Int]](repeating: [], count: (documents.map(\.author).max() ?? -1) + 1)
    for (index, document) in documents.enumerated() { groups[document.author].append(index) }
    byAuthor = groups
  }

  /// Count of authors with a document.
  public var authors: Int { byAuthor.count { !$0.isEmpty } }

  /// A pair of documents that training looks at.
  public struct Pair: Sendable, Equatable {
    /// Documents, of one side and of another.
    public var left: Int
    /// See `left`.
    public var right: Int
    /// Whether one author wrote both.
    public var isSame: Bool
    /// The part of the authors that both are of.
    public var fold: Int
  }

  /// Which part an author belongs to.
  static func fold(of author: Int, of folds: Int) -> Int { author % folds }

  /// All pairs of an author's documents across sides, and as many with a document of somebody else's in place of the
  /// second; both authors are of one part.
  public func pairs(folds: Int, seed: UInt64 = 1) -> [Pair] {
    let own = byAuthor.map { ownPairs($0) }
    var generator = SplitMix(seed: seed)
    var result: [Pair] = []
    for fold in 0..<folds {
      let authors = own.indices.filter { Self.fold(of: $0, of: folds) == fold && !own[$0].isEmpty }
      guard authors.count > 1 else { continue }
      for (place, author) in authors.enumerated() {
        for (left, right) in own[author] {
          result.append(Pair(left: left, right: right, isSame: true, fold: fold))
          let other = authors[(place + 1 + generator.below(authors.count - 1)) % authors.count]
          let sided = byAuthor[other].filter { documents[$0].side == documents[right].side }
          let pool = sided.isEmpty ? byAuthor[other] : sided
          result.append(
            Pair(left: left, right: pool[generator.below(pool.count)], isSame: false, fold: fold))
        }
      }
    }
    return result
  }

  /// Pairs across sides, or all pairs of an author without sides; the lower side first.
  private func ownPairs(_ group: [Int]) -> [(Int, Int)] {
    let hasSides = Set(group.map { documents[$0].side }).count > 1
    var result: [(Int, Int)] = []
    for (place, one) in group.enumerated() {
      for other in group[(place + 1)...] where !hasSides || documents[one].side != documents[other].side {
        result.append(documents[one].side <= documents[other].side ? (one, other) : (other, one))
      }
    }
    return result
  }
}
