/// The scores that are computed between two texts, in the order in which models hold their weights.
public enum StyleScore: Int, CaseIterable, Sendable, Codable {
  /// Cosine of character n-grams.
  case characters
  /// The same, as seen from the cohort.
  case charactersNormalised
  /// Cosine of word n-grams.
  case words
  /// The same, as seen from the cohort.
  case wordsNormalised
  /// Log of the likelihood ratio in the projection learned from the background.
  case projection
  /// The same, as seen from the cohort.
  case projectionNormalised
  /// Differences of habits, weighted.
  case habits
  /// Cosine in an embedding learned from other corpora.
  case embedding
  /// The same, as seen from the cohort.
  case embeddingNormalised

  /// Those that are learned from the background alone.
  static let own: [StyleScore] = [
    .characters, .charactersNormalised, .words, .wordsNormalised, .projection, .projectionNormalised, .habits,
  ]
  /// Those of the embedding.
  static let ofEmbedding: [StyleScore] = [.embedding, .embeddingNormalised]
}

/// What scoring needs of a text; of a few thousand numbers, without a word of it.
public struct StyleVectors: Sendable {
  /// Weighted character n-grams, of length 1.
  var characters: SparseRow
  /// Weighted word n-grams, of length 1.
  var words: SparseRow
  /// The place in the projection; empty without one.
  var projected: [Float]
  /// What the place alone adds to the log of the likelihood ratio.
  var projectedOwn: Float
  /// The point in the embedding; empty without one.
  var embedded: [Float]
  /// Habits on the common scale.
  public var habits: [Float]
  /// Unicode scalars of the text.
  public var length: Int
  /// As seen from the cohort: characters, words, projection, embedding.
  var norms: [CohortNorm] = []
}
