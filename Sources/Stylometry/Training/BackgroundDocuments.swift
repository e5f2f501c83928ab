/// Documents of known authors that a model learns from.
public struct BackgroundDocuments: Sendable {
  /// One document.
  public struct Document: Sendable, Equatable {
    /// Who wrote it, as a number below the count of authors.
    public var author: Int
    /// Documents of an author on different sides are compared in training; -1 when there are no sides.
    public var side: Int
    /// Only documents of one corpus are compared: those of two are told apart by their kind, and may share text.
    public var corpus: Int

    /// Makes a document.
    public init(author: Int, side: Int, corpus: Int = 0) {
      self.author = author
      self.side = side
      self.corpus = corpus
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
  }

  /// Documents of an author that are paired, of one side in one corpus: their pairs grow with the square of their number,
  /// and one who wrote hundreds would count for more than all others together.
  static let mostPaired = 12

  /// All pairs of an author's documents across sides, and for each so many with a document of somebody else in place of
  /// the second. Of more than twelve documents on one side those count that lie evenly.
  ///
  /// - Parameter isWanted: whose documents are looked at.
  public func pairs(others: Int, of isWanted: (Int) -> Bool = { _ in true }, seed: UInt64 = 1) -> [Pair] {
    let wanted = byAuthor.indices.filter { isWanted($0) && !byAuthor[$0].isEmpty }
    let groups = wanted.map { paired(byAuthor[$0]) }
    var pools: [[Int]: [Int]] = [:]
    for document in groups.joined() { pools[place(document), default: []].append(document) }
    var generator = SplitMix(seed: seed)
    var result: [Pair] = []
    for (author, group) in zip(wanted, groups) {
      for (left, right) in ownPairs(group) {
        result.append(Pair(left: left, right: right, isSame: true))
        guard let pool = pools[place(right)], pool.contains(where: { documents[$0].author != author }) else {
          continue
        }
        var found = 0
        while found < others {
          let other = pool[generator.below(pool.count)]
          if documents[other].author == author { continue }
          result.append(Pair(left: left, right: other, isSame: false))
          found += 1
        }
      }
    }
    return result
  }

  private func place(_ document: Int) -> [Int] { [documents[document].corpus, documents[document].side] }

  /// The documents of an author that are paired, ascending.
  private func paired(_ group: [Int]) -> [Int] {
    let most = Self.mostPaired
    if group.count <= most { return group }
    var counts: [[Int]: Int] = [:]
    for document in group { counts[place(document), default: 0] += 1 }
    var seen: [[Int]: Int] = [:]
    return group.filter { document in
      let key = place(document)
      let (count, number) = (counts[key] ?? 0, seen[key] ?? 0)
      seen[key] = number + 1
      return count <= most || number * most / count < (number + 1) * most / count
    }
  }

  /// Pairs across sides, or all pairs of an author without sides; the lower side first.
  private func ownPairs(_ group: [Int]) -> [(Int, Int)] {
    var result: [(Int, Int)] = []
    for (place, one) in group.enumerated() {
      for other in group[(place + 1)...] where documents[one].corpus == documents[other].corpus {
        let (first, second) = (documents[one].side, documents[other].side)
        if first == second, first >= 0 { continue }
        result.append(first <= second ? (one, other) : (other, one))
      }
    }
    return result
  }
}
