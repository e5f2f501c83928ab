/// What there are so and so many of in a text.
public enum RateUnit: Int, CaseIterable, Sendable {
  case characters, words, lines, posts, sentences
}

/// What the count of a rate is divided by.
public enum RateDenominator: Hashable, Sendable {
  case unit(RateUnit)
  /// The counts of all rates of a choice, this one among them: "colour" of "colour" and "color".
  case choice([Int])
}

/// What kind of habit a rate is.
public enum RateFamily: String, CaseIterable, Sendable {
  case functionWords, letters, punctuation, casing, emoji, emoticons, elongation, spellings, abbreviations,
    contractions, quoting, lines, lengths, dialect
}

/// A habit that can be counted and said in words.
public struct StyleRate: Hashable, Sendable {
  /// Unique, stable: `word.the`, `mark.2026`, `spelling.colour`.
  public let name: String
  /// What somebody does who does it: `writes “u” for “you”`.
  public let sentence: String
  /// What kind of habit it is.
  public let family: RateFamily
  /// What its count is divided by.
  public let denominator: RateDenominator
}
