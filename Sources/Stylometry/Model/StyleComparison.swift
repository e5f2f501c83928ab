/// How alike two accounts write.
public struct StyleComparison: Sendable, Equatable {
  /// To rank by: higher is more alike. Of different models not comparable, and no likelihood ratio.
  public var score: Double
  /// What may be said.
  public var verdict: Verdict
  /// log10 of what posting hours multiply the ratio by, a part of `score`: before lapses and bounds; nil where they do not count.
  public var hours: Double?

  /// A likelihood ratio, or why there is none.
  public enum Verdict: Sendable, Equatable {
    /// log10 of how much more probable the writing is if one person wrote both than if two did, within what the
    /// validation supports.
    case likelihoodRatio(log10: Double)
    /// The score is uncalibrated and adds nothing to other evidence.
    case abstained(StyleAbstention)
  }

  /// log10 of the likelihood ratio; nil when the model abstains.
  public var log10LR: Double? {
    if case .likelihoodRatio(let value) = verdict { value } else { nil }
  }

  /// The same of two accounts that hold the very same texts: without a ratio, as any model finds a text like itself.
  public var ofSameTexts: StyleComparison {
    switch verdict {
    case .likelihoodRatio, .abstained(.samePosts):
      StyleComparison(score: score, verdict: .abstained(.sameTexts))
    case .abstained: self
    }
  }
}

/// Why there is no likelihood ratio.
public enum StyleAbstention: Sendable, Equatable, CustomStringConvertible {
  /// One account has too little text of its own.
  case tooShort(characters: Int, needed: Int)
  /// One account's text has hardly a word.
  case tooFewWords(Int, needed: Int)
  /// One account's text is hardly of the model's language.
  case otherLanguage(than: String)
  /// No domain was named.
  case noDomain
  /// The model has no calibration of this name.
  case unknownDomain(String)
  /// One text is unlike what the domain was validated on.
  case outsideDomain(String)
  /// Of the accounts at hand most pairs got a ratio over 1 in the domain, as pairs of different authors seldom do.
  case contradicted(String, percentage: Int)
  /// The domain was validated on longer texts only.
  case notCalibratedAtLength(Int, domain: String)
  /// Both accounts hold the very same texts.
  case sameTexts
  /// One account repeats the other in posts too short to be left out as passages.
  case samePosts(letters: Int)

  /// Whether it is for what the two texts are that there is no ratio, and not for want of a domain that was calibrated.
  /// Their score is then one of texts that the model was not made for: a line of chat may seem like everybody's.
  public var isOfTexts: Bool {
    switch self {
    case .tooShort, .tooFewWords, .otherLanguage, .outsideDomain, .notCalibratedAtLength: true
    case .noDomain, .unknownDomain, .contradicted, .sameTexts, .samePosts: false
    }
  }

  /// A short name, for files.
  public var code: String {
    switch self {
    case .tooShort: "too_short"
    case .tooFewWords: "too_few_words"
    case .otherLanguage: "other_language"
    case .noDomain: "no_domain"
    case .unknownDomain: "unknown_domain"
    case .outsideDomain: "outside_domain"
    case .contradicted: "contradicted"
    case .notCalibratedAtLength: "not_calibrated_at_length"
    case .sameTexts: "same_texts"
    case .samePosts: "same_posts"
    }
  }

  /// The reason in words.
  public var description: String {
    switch self {
    case .tooShort(let characters, let needed):
      "one account has \(characters) character\(characters == 1 ? "" : "s") of its own text; at least \(needed) are needed"
    case .tooFewWords(let words, let needed):
      "one account's text has \(words) word\(words == 1 ? "" : "s"), repetitions aside; at least \(needed) are needed"
    case .otherLanguage(let language):
      "one account's text does not seem to be in the model's language (\(language))"
    case .noDomain:
      "no domain was named, and without calibration in the domain of the texts there is no likelihood ratio"
    case .unknownDomain(let name): "the model has no calibration of a domain “\(name)”"
    case .outsideDomain(let name):
      "one account's text is unlike those that “\(name)” was validated on, as lists, code and what is in part of another language are"
    case .contradicted(let name, let percentage):
      "\(percentage) % of the pairs of accounts here would get a ratio over 1 in “\(name)”: these texts are of another kind than it was validated on, or nearly all of the accounts are one author's, which the texts alone do not tell"
    case .notCalibratedAtLength(let length, let name):
      "“\(name)” was not validated on texts as short as \(length) characters"
    case .sameTexts:
      "both accounts hold the very same texts, which says that one is a copy and nothing of who wrote them"
    case .samePosts(let letters):
      "both accounts posted the same short posts word for word (\(letters) letters), which says that one repeats the other and nothing of who wrote them"
    }
  }
}
