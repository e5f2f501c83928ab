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

  /// Learns the scale from background documents.
  init(_ profiles: [Int], characterKeys: [UInt32], wordKeys: [UInt32], profile: (Int) -> StyleProfile) {
    var scale = HabitScale(
      characterKeys: characterKeys, wordKeys: wordKeys, rates: Array(RateCatalogue.rates.indices), means: [],
      scales: [])
    var sums = [Double](repeating: 0, count: scale.count)
    var squares = sums
    var counts = sums
    for document in profiles {
      for (index, value) in scale.raw(profile(document)).enumerated() where !value.isNaN {
        sums[index] += Double(value)
        squares[index] += Double(value) * Double(value)
        counts[index] += 1
      }
    }
    var means: [Float] = []
    var scales: [Float] = []
    var kept: [Int] = []
    for index in sums.indices {
      let count = max(counts[index], 1)
      let mean = sums[index] / count
      let deviation = max(squares[index] / count - mean * mean, 0).squareRoot()
      let isRate = index < RateCatalogue.rates.count
      // A rate that hardly anybody shows says nothing of the next text.
      if isRate, counts[index] < 20 || deviation < 1e-9 { continue }
      if isRate { kept.append(index) }
      means.append(Float(mean))
      scales.append(Float(1 / (deviation + 1e-9)))
    }
    scale = HabitScale(
      characterKeys: characterKeys, wordKeys: wordKeys, rates: kept, means: means, scales: scales)
    self = scale
  }

  init(characterKeys: [UInt32], wordKeys: [UInt32], rates: [Int], means: [Float], scales: [Float]) {
    self.characterKeys = characterKeys
    self.wordKeys = wordKeys
    self.rates = rates
    self.means = means
    self.scales = scales
  }

  /// The habits of a text, each within -8 and 8; 0 where it could not be measured.
  public func values(_ profile: StyleProfile) -> [Float] {
    var result = raw(profile)
    for index in result.indices {
      let value = (result[index] - means[index]) * scales[index]
      result[index] = value.isNaN ? 0 : min(max(value, -Self.limit), Self.limit)
    }
    return result
  }

  private func raw(_ profile: StyleProfile) -> [Float] {
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
