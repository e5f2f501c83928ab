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
  /// Cosine in the learned projection.
  case projection
  /// The same, as seen from the cohort.
  case projectionNormalised
  /// Differences of habits, weighted.
  case habits
}

/// What scoring needs of a text; of a few thousand numbers, without a word of it.
public struct StyleVectors: Sendable {
  /// Weighted character n-grams, of length 1.
  var characters: SparseRow
  /// Weighted word n-grams, of length 1.
  var words: SparseRow
  /// Coordinates in the leading directions, of length 1; empty without a projection.
  var coordinates: [Float]
  /// Coordinates in the projection, of length 1; empty without a projection.
  var projected: [Float]
  /// Habits on the common scale.
  public var habits: [Float]
  /// Unicode scalars of the text.
  public var length: Int
  /// As seen from the cohort: characters, words, projection.
  var norms: [CohortNorm]
}
