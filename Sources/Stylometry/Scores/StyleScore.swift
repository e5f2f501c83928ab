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
  /// The part of the cosine of characters that n-grams of less than a hundredth of the documents give.
  case charactersRare
  /// The part of those of a hundredth to a twentieth.
  case charactersUncommon
  /// The part of those of a twentieth to a fifth.
  case charactersCommon
  /// What n-grams outside the vocabulary would add to the cosine.
  case charactersUnknown
  /// As of characters.
  case wordsRare
  /// As of characters.
  case wordsUncommon
  /// As of characters.
  case wordsCommon
  /// As of characters.
  case wordsUnknown
  /// Log of the likelihood ratio of what an encoder gives for both.
  case encoded

  /// Whether it adds up what two texts share, each n-gram by its rarity.
  var isSumOfShared: Bool {
    switch self {
    case .characters, .charactersRare, .charactersUncommon, .charactersCommon, .charactersUnknown, .words,
      .wordsRare, .wordsUncommon, .wordsCommon, .wordsUnknown:
      true
    case .charactersNormalised, .wordsNormalised, .projection, .projectionNormalised, .habits, .embedding,
      .embeddingNormalised, .encoded:
      false
    }
  }

  /// Those that are learned from the background alone.
  static let own: [StyleScore] = [
    .characters, .charactersNormalised, .words, .wordsNormalised, .projection, .projectionNormalised, .habits,
  ]
  /// How rare the n-grams of the vocabularies are that two texts share.
  static let ofRarity: [StyleScore] = [
    .charactersRare, .charactersUncommon, .charactersCommon, .wordsRare, .wordsUncommon, .wordsCommon,
  ]
  /// What two texts share outside the vocabularies.
  static let ofUnknown: [StyleScore] = [.charactersUnknown, .wordsUnknown]
  /// Those of the embedding.
  static let ofEmbedding: [StyleScore] = [.embedding, .embeddingNormalised]
  /// Those of the encoder.
  static let ofEncoder: [StyleScore] = [.encoded]
}

/// What scoring needs of a text; of a few thousand numbers, without a word of it.
public struct StyleVectors: Sendable {
  /// Character n-grams.
  var characters: Family
  /// Word n-grams.
  var words: Family
  /// The place in the projection; empty without one.
  var projected: [Float]
  /// What the place alone adds to the log of the likelihood ratio.
  var projectedOwn: Float
  /// The point in the embedding; empty without one.
  var embedded: [Float]
  /// The place of what an encoder gives; empty without one.
  var encoded: [Float] = []
  /// What that place alone adds to the log of the likelihood ratio.
  var encodedOwn: Float = 0
  /// Habits on the common scale.
  public var habits: [Float]
  /// Unicode scalars of the text.
  public var length: Int
  /// When it was written, as far as that is known.
  public var hours = PostingHours()
  /// As seen from the cohort: characters, words, projection, embedding.
  var norms: [CohortNorm] = []

  /// Weighted n-grams of a text.
  struct Family: Sendable {
    /// Those of the vocabulary, of length 1.
    var known: SparseRow
    /// Those outside it, on the same scale; empty where the model does not count them.
    var unknown: SparseRow

    /// The n-grams of counts.
    init(_ counts: SparseCounts, _ vocabulary: FeatureVocabulary, withUnknown: Bool) {
      let rows = vocabulary.rows(counts, withUnknown: withUnknown)
      known = rows.known.normalised()
      unknown = rows.unknown
      // 1 more, so that nothing is divided by 0 where the vocabulary has none of a text.
      let scale = 1 / (rows.known.values.reduce(1.0) { $0 + Double($1) * Double($1) }).squareRoot()
      for index in unknown.values.indices { unknown.values[index] *= Float(scale) }
    }
  }
}
