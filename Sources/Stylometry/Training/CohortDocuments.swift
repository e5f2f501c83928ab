/// The documents of the background that make the cohort: the first of each side of every author.
struct CohortDocuments: Sendable {
  private let places: [Int]
  private let cohort: StyleCohort

  init(_ background: BackgroundDocuments, _ vectors: [StyleVectors], characters: Int, words: Int) {
    var places: [Int] = []
    for group in background.byAuthor {
      var seen: Set<Int> = []
      for document in group where seen.insert(background.documents[document].side).inserted {
        places.append(document)
      }
    }
    self.places = places
    var (byCharacter, byWord) = (SparseMatrix(columns: characters), SparseMatrix(columns: words))
    for document in places {
      byCharacter.append(vectors[document].characters)
      byWord.append(vectors[document].words)
    }
    cohort = StyleCohort(
      authors: places.map { background.documents[$0].author }, characters: byCharacter.transposed,
      words: byWord.transposed, projected: [])
  }

  /// Norms of a document before there is a projection.
  func norms(_ vector: StyleVectors, without author: Int) -> [CohortNorm] {
    cohort.norms(vector, without: author)
  }

  /// The cohort with the documents' places in a projection.
  func projected(_ vectors: [StyleVectors]) -> StyleCohort {
    StyleCohort(
      authors: cohort.authors, characters: cohort.characters, words: cohort.words,
      projected: places.flatMap { vectors[$0].projected })
  }
}
