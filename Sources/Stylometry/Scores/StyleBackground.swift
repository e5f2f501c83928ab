/// What is learnt of background documents, and scores any two texts: vocabularies, projection, scale of habits, and the
/// cohort that scores are seen from.
public struct StyleBackground: Sendable {

  let characters: FeatureVocabulary
  let words: FeatureVocabulary
  /// Places in `characters` of those that the projection reads; all of `words` follow them.
  let projectionPlaces: [Int]
  /// Nil with too few authors to learn one.
  let projection: StyleProjection?
  let scale: HabitScale
  let habits: RidgeLogistic
  let cohort: StyleCohort

  /// Weight of words beside characters in the projection.
  static let wordWeight: Float = 0.7

  /// What the projection reads: chosen characters, then words, of length 1 each and then together.
  func projectionRow(_ characters: SparseRow, _ words: SparseRow) -> SparseRow {
    Self.projectionRow(characters, words, places: projectionPlaces)
  }

  static func projectionRow(_ characters: SparseRow, _ words: SparseRow, places: [Int]) -> SparseRow {
    var row = SparseRow()
    var place = 0
    for (feature, value) in zip(characters.places, characters.values) {
      while place < places.count, places[place] < Int(feature) { place += 1 }
      guard place < places.count else { break }
      if places[place] == Int(feature) {
        row.places.append(UInt32(place))
        row.values.append(value)
      }
    }
    row = row.normalised()
    let words = words.normalised()
    row.places += words.places.map { $0 + UInt32(places.count) }
    row.values += words.values.map { $0 * wordWeight }
    return row
  }

  /// The vectors of a text.
  public func vectors(_ profile: StyleProfile, without author: Int? = nil) -> StyleVectors {
    var result = StyleVectors(
      characters: characters.weighted(profile.characters).normalised(),
      words: words.weighted(profile.words).normalised(), coordinates: [], projected: [],
      habits: scale.values(profile), length: profile.length, norms: [])
    if let projection {
      result.coordinates = projection.coordinates(of: projectionRow(result.characters, result.words))
      result.projected = projection.projected(result.coordinates)
    }
    result.norms = cohort.norms(result, without: author)
    return result
  }

  /// All scores between two texts, in the order of `StyleScore`.
  public func scores(_ one: StyleVectors, _ other: StyleVectors) -> [Double] {
    Self.scores(one, other, habits: habits)
  }

  static func scores(_ one: StyleVectors, _ other: StyleVectors, habits: RidgeLogistic) -> [Double] {
    let cosines = [
      dot(one.characters, other.characters), dot(one.words, other.words), dot(one.projected, other.projected),
    ]
    var result: [Double] = []
    for family in 0..<3 {
      result.append(cosines[family])
      result.append(CohortNorm.normalised(cosines[family], one.norms[family], other.norms[family]))
    }
    var odds = habits.intercept
    for index in one.habits.indices {
      odds += Double(abs(one.habits[index] - other.habits[index])) * habits.weights[index]
    }
    result.append(odds)
    return result
  }

  private static func dot(_ one: [Float], _ other: [Float]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += Double(one[index]) * Double(other[index]) }
    return sum
  }

  static func dot(_ one: SparseRow, _ other: SparseRow) -> Double {
    var (i, j) = (0, 0)
    var sum = 0.0
    one.places.withUnsafeBufferPointer { left in
      other.places.withUnsafeBufferPointer { right in
        while i < left.count, j < right.count {
          if left[i] == right[j] {
            sum += Double(one.values[i]) * Double(other.values[j])
            i += 1
            j += 1
          } else if left[i] < right[j] {
            i += 1
          } else {
            j += 1
          }
        }
      }
    }
    return sum
  }
}
