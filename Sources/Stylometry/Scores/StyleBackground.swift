/// What is learnt of background documents, and scores any two texts: vocabularies, projection, scale of habits, and the
/// cohort that scores are seen from.
public struct StyleBackground: Sendable {
  let characters: FeatureVocabulary
  let words: FeatureVocabulary
  /// Nil with too few authors to learn one.
  let projection: StyleProjection?
  /// Learnt from other corpora; nil without one.
  let embedding: StyleEmbedding?
  /// Of what an encoder gives; nil where none is weighed, or with too few authors to learn it.
  var encoded: EncodedProjection?
  let scale: HabitScale
  let habits: RidgeLogistic
  let cohort: StyleCohort
  /// Whether n-grams outside the vocabularies are counted. With a vocabulary that was cut to what is common most of them
  /// are ordinary words.
  let countsUnknown: Bool

  /// The vectors of a text.
  ///
  /// - Parameters:
  ///   - embedded: its point in the embedding where that is known.
  ///   - author: whose documents of the cohort are passed over.
  public func vectors(
    _ profile: StyleProfile, embedded: [Float]? = nil, without author: Int? = nil
  ) -> StyleVectors {
    var result = unnormalised(profile, embedded: embedded)
    result.norms = cohort.norms(result, without: author)
    return result
  }

  /// The vectors of a text that is not yet seen from the cohort.
  func unnormalised(_ profile: StyleProfile, embedded: [Float]? = nil) -> StyleVectors {
    let projected = projection?.place(profile) ?? []
    var result = StyleVectors(
      characters: .init(profile.characters, characters, withUnknown: countsUnknown),
      words: .init(profile.words, words, withUnknown: countsUnknown), projected: projected,
      projectedOwn: projection?.covariances.ownTerm(projected[...]) ?? 0,
      embedded: embedded ?? embedding?.point(profile) ?? [], habits: scale.values(profile),
      length: profile.length, hours: profile.hours)
    if let encoded {
      result.encoded = encoded.place(profile.encoded ?? EncodedText(width: encoded.mean.count))
      result.encodedOwn = encoded.covariances.ownTerm(result.encoded[...])
    }
    return result
  }

  /// All scores between two texts, in the order of `StyleScore`; 0 where there is no projection, embedding or encoder.
  public func scores(_ one: StyleVectors, _ other: StyleVectors) -> [Double] {
    let shared = [
      SharedFeatures(one.characters, other.characters, bands: characters.bands),
      SharedFeatures(one.words, other.words, bands: words.bands),
    ]
    let alike = [
      shared[0].cosine, shared[1].cosine,
      Self.dot(one.projected, other.projected) + Double(one.projectedOwn + other.projectedOwn),
      Self.dot(one.embedded, other.embedded),
    ]
    var odds = habits.intercept
    for index in one.habits.indices {
      odds += Double(abs(one.habits[index] - other.habits[index])) * habits.weights[index]
    }
    var result: [Double] = []
    result.reserveCapacity(StyleScore.allCases.count)
    for family in 0..<4 {
      if family == 3 { result.append(odds) }
      result.append(alike[family])
      result.append(CohortNorm.normalised(alike[family], one.norms[family], other.norms[family]))
    }
    for family in shared {
      result += [family.bands[0], family.bands[1], family.bands[2], family.unknown]
    }
    result.append(Self.dot(one.encoded, other.encoded) + Double(one.encodedOwn + other.encodedOwn))
    return result
  }

  /// The scores of what was learnt from other corpora, which calibration weighs.
  var learntElsewhere: [StyleScore] {
    (embedding == nil ? [] : StyleScore.ofEmbedding) + (encoded == nil ? [] : StyleScore.ofEncoder)
  }

  static func dot(_ one: [Float], _ other: [Float]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += Double(one[index]) * Double(other[index]) }
    return sum
  }
}
