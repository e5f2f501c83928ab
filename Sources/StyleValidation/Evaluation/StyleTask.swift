public import Stylometry

/// An authorship task: documents of which some are background, some calibrate, and some are judged.
public struct StyleTask: Sendable {
  /// The documents.
  public let corpus: StyleCorpus
  /// Pairs of them whose truth is known.
  public let pairs: StylePairs

  /// Reads a task.
  ///
  /// - Throws: also where there is nothing to judge.
  public init(documents: String, pairs: String) throws(StyleCorpusError) {
    corpus = try StyleCorpus(path: documents)
    self.pairs = try StylePairs(path: pairs, of: corpus)
    let judged = self.pairs(of: .test)
    let same = judged.count(where: \.isSame)
    guard same > 0, same < judged.count else {
      throw .oneSort(file: pairs, same: same, different: judged.count - same)
    }
  }

  /// What does not fit together in it, each as a sentence: figures mean little where that is much. Empty for most tasks.
  public var doubts: [String] {
    var (authors, splits, own, learnt, repeated) = (0, 0, 0, 0, 0)
    var known: Set<[Int]> = []
    for pair in pairs.pairs {
      let (one, other) = (corpus.documents[pair.left], corpus.documents[pair.right])
      if pair.left == pair.right { own += 1 }
      if pair.isSame != (one.author == other.author) { authors += 1 }
      if [one, other].contains(where: { $0.split.map { $0 != pair.split } ?? false }) {
        splits += 1
        if pair.split == .test { learnt += 1 }
      }
      let places = [min(pair.left, pair.right), max(pair.left, pair.right)]
      if pair.split == .test, !known.insert(places).inserted { repeated += 1 }
    }
    var places: [String: Set<StyleSplit>] = [:]
    for document in corpus.documents {
      if let split = document.split { places[document.author, default: []].insert(split) }
    }
    let shared = places.values.count { $0.count > 1 }
    let paired = Set(pairs.pairs.flatMap { [$0.left, $0.right] })
    let unused =
      corpus.hasSplits
      ? corpus.documents.indices.count { corpus.documents[$0].split == nil && !paired.contains($0) } : 0
    func sentence(_ count: Int, _ one: String, _ several: String) -> String? {
      count == 0 ? nil : count == 1 ? "one \(one)" : "\(count) \(several)"
    }
    return [
      sentence(
        authors, "pair says otherwise than its documents whether one author wrote them",
        "pairs say otherwise than their documents whether one author wrote them"),
      sentence(own, "pair is of a document and itself", "pairs are of a document and itself"),
      sentence(
        splits, "pair is of another split than its documents",
        "pairs are of another split than their documents"),
      sentence(
        learnt, "pair to judge is of a document that was learnt from, so that its figures are too good",
        "pairs to judge are of documents that were learnt from, so that the figures are too good"),
      sentence(
        repeated, "pair to judge stands twice, and counts twice",
        "pairs to judge stand twice, and count twice"),
      sentence(
        shared, "author is in several splits, so that what is judged was learnt from as well",
        "authors are in several splits, so that what is judged was learnt from as well"),
      sentence(
        unused, "document has no split, where others have one, and is in no pair: it is not used",
        "documents have no split, where others have one, and are in no pair: they are not used"),
    ].compactMap { $0 }
  }

  /// The pairs of a split, in the order of the file.
  public func pairs(of split: StyleSplit) -> [StylePairs.Pair] { pairs.pairs.filter { $0.split == split } }

  /// The profile of a document.
  ///
  /// - Parameter profiler: one for each thread.
  public func profile(_ document: Int, by profiler: StyleProfiler) throws(StyleProfileError) -> StyleProfile {
    var builder = ProfileBuilder(corpus.documents[document].posts)
    builder.isJoined = corpus.documents[document].isOneText
    return try profiler.profile(of: builder)
  }

  /// Characters of a document as written, before anything is left out.
  public func length(_ document: Int) -> Int {
    corpus.documents[document].posts.reduce(0) {
      $0 + String(decoding: $1.text, as: UTF8.self).unicodeScalars.count
    }
  }

  /// A number for the author of each of some documents, by place; in the order of the authors' names.
  func authorNumbers(_ documents: [Int]) -> [Int: Int] {
    let authors = Set(documents.map { corpus.documents[$0].author }).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(authors, authors.indices))
    return Dictionary(
      documents.map { ($0, numbers[corpus.documents[$0].author] ?? 0) }, uniquingKeysWith: { one, _ in one })
  }

  /// The documents that all learning is from, by place in the corpus, and who wrote them.
  ///
  /// - Parameter left: authors who are left out.
  func background(without left: Set<String>) -> (documents: BackgroundDocuments, places: [Int]) {
    let places = places(of: .fit).filter { !left.contains(corpus.documents[$0].author) }
    return (BackgroundDocuments(places: places, of: corpus), places)
  }

  /// The documents of a split, in the order of their ids, so that nothing depends on the order of the file.
  func places(of split: StyleSplit) -> [Int] {
    corpus.documents.indices.filter { corpus.documents[$0].split == split }
      .sorted { corpus.documents[$0].id < corpus.documents[$1].id }
  }
}

extension BackgroundDocuments {
  /// Chosen documents of a corpus; A0 and A1 are one side.
  init(places: [Int], of corpus: StyleCorpus) {
    var authors: [String: Int] = [:]
    var sides: [Substring: Int] = [:]
    let letters = Set(places.map { corpus.documents[$0].side.prefix(1) }).subtracting([""]).sorted()
    for (number, letter) in letters.enumerated() { sides[letter] = number }
    self.init(
      places.map { place in
        let document = corpus.documents[place]
        let author = authors[document.author] ?? authors.count
        authors[document.author] = author
        return Document(author: author, side: sides[document.side.prefix(1)] ?? -1)
      })
  }
}
