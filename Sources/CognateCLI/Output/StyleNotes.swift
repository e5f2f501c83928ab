import StyleValidation

extension Terminal {
  /// Says what of a file, or of an account of it, is not compared as it stands. Times are told of by
  /// `warn(ofUnplacedTimes:)`.
  static func warn(of notes: StyleCorpusNotes, in file: String) {
    let (lacking, mended) = (notes.withoutText, notes.mended)
    if lacking > 0 {
      warning(
        "\(file): \(count(lacking, "post")) without a text \(lacking == 1 ? "was" : "were") left out: a post is a text, or an object with text and at."
      )
    }
    if mended > 0 {
      warning(
        "\(file): \(count(mended, "line")) held lone surrogates, invalid UTF-8 or integers beyond 64 bits and \(mended == 1 ? "was" : "were") mended."
      )
    }
  }

  /// Says how many documents are not used since they have no split and others have.
  static func warn(ofDocumentsWithoutSplit corpus: StyleCorpus) {
    let (lacking, all) = (corpus.withoutSplit, corpus.documents.count)
    if lacking == 0 { return }
    warning(
      "\(corpus.file): \(lacking) of \(all) documents \(lacking == 1 ? "has" : "have") no split, where others have one, and \(lacking == 1 ? "is" : "are") not used."
    )
  }
}
