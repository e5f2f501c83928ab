import Foundation

/// All that comparing two accounts needs: what is learnt from background authors, how scores are weighed, and for each
/// domain that was validated how they become likelihood ratios. Aggregates over hashed n-grams; no text.
public struct StyleModel: Sendable {
  /// Texts of fewer characters are not judged.
  public static let shortest = 250
  /// Texts of fewer words are not judged, however long: 250 characters of prose are some 45.
  public static let fewestWords = 25
  /// Of two accounts of which the shorter has more letters than this share of its own text in short posts that the
  /// other posted too, word for word, one repeats the other. By chance it is a tenth at the most.
  static let mostRepeated = 0.2

  let background: StyleBackground
  /// What it reads texts by beside their n-grams; where `readsByEncoder` is false it only holds it for others.
  public internal(set) var encoder: TextEncoder?
  let fusion: StyleFusion
  /// By name, ascending.
  public internal(set) var calibrations: [DomainCalibration]
  /// What it was learnt from, by what command, and what it is not good for.
  public let provenance: String
  /// Of the background's texts, by ISO 639-1.
  public let language: String
  /// By domain that the texts at hand contradict (`held(against:in:threads:)`), the percentage of their pairs that got more
  /// than 1.
  var contradicted: [String: Int] = [:]
  /// Texts of whose word n-grams a smaller share is known are taken for another language.
  public let languageFloor: Double
  /// What part of their words its background's texts have in function words, in the mean.
  let functionWords: Double

  /// A domain that ratios were calibrated in.
  public struct DomainCalibration: Sendable, Equatable {
    /// What the authors wrote: `blogs`, `chat`, the name of a forum.
    public var name: String
    /// From scores to ratios.
    public var calibration: StyleCalibration
    /// Texts that resemble the background less are outside.
    public var floors: ResemblanceFloors
    /// What part of their words its texts have in function words, in the mean; nil where that is not known, as of a domain
    /// that was calibrated before it was measured.
    public var functionWords: Double?

    /// A text has so much of that at the least. What has less is lists, code or in part of another language, and is like
    /// whatever else is.
    static let leastFunctionWords = 0.75
    /// Texts with a smaller share are no prose, or of a language whose function words are not known.
    static let functionWordsOfProse = 0.25

    /// Whether a text resembles the background as those of the domain do that are as long, and is prose where these are.
    ///
    /// - Parameter background: the share of function words that takes the place of one that is not known.
    func holds(_ style: PreparedStyle, background: Double) -> Bool {
      let share = functionWords ?? background
      return style.resemblance >= floors.floor(at: style.length)
        && (share < Self.functionWordsOfProse || style.functionWords >= Self.leastFunctionWords * share)
    }
  }

  /// The names of the domains it gives likelihood ratios in.
  public var domains: [String] { calibrations.map(\.name) }

  /// Checks a domain before anything is compared in it.
  ///
  /// - Throws: `StyleModelError.unknownDomain`.
  public func require(domain: String) throws(StyleModelError) {
    guard domains.contains(domain) else { throw .unknownDomain(domain, known: domains) }
  }

  /// What it knows of other corpora than its background; nil without.
  public var embedding: StyleEmbedding? { background.embedding }

  init(
    background: StyleBackground, encoder: TextEncoder?, fusion: StyleFusion,
    calibrations: [DomainCalibration] = [],
    provenance: String, language: String, languageFloor: Double
  ) {
    self.background = background
    self.encoder = encoder
    self.fusion = fusion
    self.calibrations = calibrations
    self.provenance = provenance
    self.language = language
    self.languageFloor = languageFloor
    functionWords = background.scale.functionWords
  }

  /// A model of what was learnt from a background.
  ///
  /// - Parameters:
  ///   - profiles: texts of the background, by which its language is known again.
  ///   - provenance: what it was learnt from and how, in words.
  public init(
    _ learnt: StyleTrainer.Result, profiles: [StyleProfile], provenance: String, language: String
  ) {
    let shares = profiles.filter { $0.length >= 200 }.map { learnt.background.words.coverage($0.words) }
    self.init(
      background: learnt.background, encoder: learnt.encoder, fusion: learnt.fusion, provenance: provenance,
      language: language,
      languageFloor: 0.9 * Self.quantile(shares, 0.002))
  }

  /// A value that this share of all is below; 0 of none.
  static func quantile(_ values: [Double], _ share: Double) -> Double {
    if values.isEmpty { return 0 }
    return values.sorted()[Int(Double(values.count - 1) * share)]
  }

  /// Whether what the encoder gives is weighed.
  public var readsByEncoder: Bool { background.encoded != nil }

  /// A profiler of all that the model compares.
  public func profiler() -> StyleProfiler { profiler(longest: .max) }

  /// A profiler of as much as ratios in a domain were validated on; of all without one.
  public func profiler(in domain: String?) -> StyleProfiler {
    profiler(longest: calibrations.first { $0.name == domain }?.calibration.longest ?? .max)
  }

  /// A profiler of so many characters of a text at the most.
  public func profiler(longest: Int) -> StyleProfiler {
    StyleProfiler(encoder: readsByEncoder ? encoder : nil, longest: longest)
  }

  /// The same model, which holds an encoder for others unless it reads by one itself.
  public func holding(_ encoder: TextEncoder) -> StyleModel {
    var result = self
    if !readsByEncoder { result.encoder = encoder }
    return result
  }

  /// An account made ready to be compared; once an account, by `profiler()`. About 0.2 ms and some tens of kilobytes.
  public func prepare(_ profile: StyleProfile) -> PreparedStyle {
    PreparedStyle(
      vectors: background.vectors(profile),
      words: min(Int(clamping: profile.units[RateUnit.words.rawValue]), profile.words.count),
      sharedLength: profile.sharedLength, ownLength: profile.ownLength,
      posts: profile.posts, shortPosts: profile.shortPosts, rates: profile.measuredRates,
      coverage: background.words.coverage(profile.words), functionWords: profile.functionWords)
  }

  /// How alike two accounts write. Symmetric, free of I/O, some tens of microseconds.
  ///
  /// - Parameter domain: what kind of texts these are, by name; without one there is a score and no ratio.
  public func compare(_ one: PreparedStyle, _ other: PreparedStyle, domain: String?) -> StyleComparison {
    let values = values(one, other)
    let length = min(one.length, other.length)
    let known = domain.flatMap { name in calibrations.first { $0.name == name } }
    let ranking = known ?? calibrations.first
    // Hours are learnt in a domain, and say nothing elsewhere.
    let hours = known.flatMap { $0.calibration.log10LR(of: one.hours, and: other.hours) }
    let score =
      ranking.map { $0.calibration.score(values, length: length, hours: hours) } ?? values[0]
      / 2.302_585_092_994_046
    func abstained(_ reason: StyleAbstention) -> StyleComparison {
      StyleComparison(score: score, verdict: .abstained(reason))
    }
    if length < Self.shortest { return abstained(.tooShort(characters: length, needed: Self.shortest)) }
    let words = min(one.words, other.words)
    if words < Self.fewestWords { return abstained(.tooFewWords(words, needed: Self.fewestWords)) }
    if min(one.coverage, other.coverage) < languageFloor { return abstained(.otherLanguage(than: language)) }
    guard let domain else { return abstained(.noDomain) }
    guard let known else { return abstained(.unknownDomain(domain)) }
    if let contradiction = contradiction(in: domain) { return abstained(contradiction) }
    let repeated = one.shortPosts.shared(with: other.shortPosts)
    if Double(repeated) > Self.mostRepeated * Double(min(one.ownLength, other.ownLength)) {
      return abstained(.samePosts(letters: repeated))
    }
    // What is beyond numbers is as unlike the domain as can be.
    if !score.isFinite || ![one, other].allSatisfy({ known.holds($0, background: functionWords) }) {
      return abstained(.outsideDomain(domain))
    }
    guard let log10LR = known.calibration.log10LR(values, length: length, hours: hours) else {
      return abstained(.notCalibratedAtLength(length, domain: domain))
    }
    return StyleComparison(score: score, verdict: .likelihoodRatio(log10: log10LR), hours: hours)
  }

  /// The vectors of a text.
  ///
  /// - Parameter author: whose documents of the cohort are passed over.
  public func vectors(_ profile: StyleProfile, without author: Int? = nil) -> StyleVectors {
    background.vectors(profile, without: author)
  }

  /// What the scores weigh in the background's fusion, in the order of `StyleScore`.
  public var weights: [Double] { fusion.weights }

  /// What calibration starts from: log odds of the background's fusion, the scores of the embedding and of the encoder
  /// where there is one, and the scores that the background has weighed.
  func values(_ one: PreparedStyle, _ other: PreparedStyle) -> [Double] {
    values(one.vectors, other.vectors)
  }

  /// See above.
  public func values(_ one: StyleVectors, _ other: StyleVectors) -> [Double] {
    let scores = background.scores(one, other)
    let weighed = fusion.weighed(scores)
    let own = fusion.logOdds(weighed: weighed, length: min(one.length, other.length))
    return [own] + background.learntElsewhere.map { scores[$0.rawValue] } + weighed
  }

  /// How many values a model of these parts gives.
  static func valueCount(background: StyleBackground, fusion: StyleFusion) -> Int {
    1 + background.learntElsewhere.count + fusion.scores.count
  }

  /// A calibration by pairs with the values of this model; nil with too few.
  ///
  /// - Parameter background: how many authors the model was learnt from, if their texts are of the same kind as those of
  ///   the pairs; nil if not.
  public func calibration(_ pairs: [StyleCalibration.Pair], background: Int? = nil) -> StyleCalibration? {
    StyleCalibration(pairs, weighed: fusion.scores.count, background: background)
  }
}

/// An account as a model compares it. Without a word of its text.
public struct PreparedStyle: Sendable {
  let vectors: StyleVectors
  /// Words of the account's own text, or its different n-grams of words and marks where those are fewer: one word over and
  /// over is little to judge by.
  public let words: Int
  /// Characters in passages that were left out, since another account posted them as well.
  public let sharedLength: Int
  /// Characters of the account's own text, of which `length` are compared.
  public let ownLength: Int
  let posts: Int
  let shortPosts: ShortPosts
  /// Value of each rate of `RateCatalogue`; NaN where there was nothing it could be measured on.
  let rates: [Float]
  /// Share of the text's word n-grams that the model knows.
  public let coverage: Double
  /// Share of the text's words that are function words of English.
  let functionWords: Double

  /// Characters that are compared.
  public var length: Int { vectors.length }

  /// How much is compared, of how much where that is not all: `3997 of 21062 characters`.
  public var size: String { "\(length)\(length < ownLength ? " of \(ownLength)" : "") characters" }

  /// When it posted, as far as that is known.
  public var hours: PostingHours { vectors.hours }

  /// How much the text resembles the background authors that resemble it most, by its words.
  public var resemblance: Double { vectors.norms.count > 1 ? Double(vectors.norms[1].mean) : 0 }
}

extension StyleProfile {
  /// Value of each rate of `RateCatalogue`; NaN where there was nothing it could be measured on.
  var measuredRates: [Float] { RateCatalogue.rates.indices.map { value(of: $0).map { Float($0) } ?? .nan } }

  /// Share of the words that are function words of English; 0 without words.
  var functionWords: Double { RateCatalogue.functionWords.reduce(0) { $0 + (value(of: $1) ?? 0) } }
}
