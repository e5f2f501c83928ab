/// Habits of a text on a common scale: how far each lies from the mean of background authors, in standard deviations.
/// They are the interpretable rates and the shares of the commonest words and character n-grams.
public struct HabitScale: Sendable {
  /// Keys of character n-grams whose share counts, ascending.
  let characterKeys: [UInt32]
  /// Keys of words whose share counts, ascending.
  let wordKeys: [UInt32]
  /// Rates of `RateCatalogue` that vary in the background, ascending.
  public let rates: [Int]
  let means: [Float]
  let scales: [Float]

  /// No habit lies further out than this many standard deviations.
  static let limit: Float = 8

  /// Count of habits: rates, then words, then character n-grams.
  public var count: Int { rates.count + wordKeys.count + characterKeys.count }

  /// A scale of all habits that was not fitted yet: it gives them as they are.
  init(characterKeys: [UInt32], wordKeys: [UInt32]) {
    self.characterKeys = characterKeys
    self.wordKeys = wordKeys
    rates = Array(RateCatalogue.rates.indices)
    means = []
    scales = []
  }

  /// Fits the scale to the habits of background documents, and puts these on it.
  ///
  /// - Parameters:
  ///   - unfitted: what measured the habits.
  ///   - habits: as measured, a document each; on the scale afterwards.
  init(_ unfitted: HabitScale, fittedTo habits: inout [[Float]]) {
    var sums = [Double](repeating: 0, count: unfitted.count)
    var squares = sums
    var counts = sums
    for document in habits {
      for (index, value) in document.enumerated() where !value.isNaN {
        sums[index] += Double(value)
        squares[index] += Double(value) * Double(value)
        counts[index] += 1
      }
    }
    var (means, scales): ([Float], [Float]) = ([], [])
    var kept: [Int] = []
    for index in sums.indices {
      let count = max(counts[index], 1)
      let mean = sums[index] / count
      let deviation = max(squares[index] / count - mean * mean, 0).squareRoot()
      // A rate that hardly anybody shows says nothing of the next text.
      if index < unfitted.rates.count, counts[index] < 20 || deviation < 1e-9 { continue }
      kept.append(index)
      means.append(Float(mean))
      scales.append(Float(1 / (deviation + 1e-9)))
    }
    characterKeys = unfitted.characterKeys
    wordKeys = unfitted.wordKeys
    rates = kept.filter { $0 < unfitted.rates.count }
    self.means = means
    self.scales = scales
    for document in habits.indices { habits[document] = scaled(kept.map { habits[document][$0] }) }
  }

  /// What part of their words the background's texts have in function words, in the mean.
  var functionWords: Double {
    zip(rates, means).reduce(0) { RateCatalogue.functionWords.contains($1.0) ? $0 + Double($1.1) : $0 }
  }

  /// The habits of a text, each within -8 and 8; 0 where it could not be measured.
  public func values(_ profile: StyleProfile) -> [Float] { scaled(measured(profile)) }

  private func scaled(_ habits: [Float]) -> [Float] {
    habits.indices.map { index in
      let value = (habits[index] - means[index]) * scales[index]
      return value.isNaN ? 0 : min(max(value, -Self.limit), Self.limit)
    }
  }

  /// The habits of a text as they are, NaN where they could not be measured: rates, then words, then characters.
  func measured(_ profile: StyleProfile) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(count)
    for rate in rates { result.append(profile.value(of: rate).map { Float($0) } ?? .nan) }
    Self.shares(wordKeys, profile.words, into: &result)
    Self.shares(characterKeys, profile.characters, into: &result)
    return result
  }

  private static func shares(_ keys: [UInt32], _ counts: SparseCounts, into result: inout [Float]) {
    let total = Float(max(counts.total, 1))
    var place = 0
    for key in keys {
      while place < counts.count, counts.keys[place] < key { place += 1 }
      let found = place < counts.count && counts.keys[place] == key
      result.append(found ? Float(counts.counts[place]) / total : 0)
    }
  }
}
