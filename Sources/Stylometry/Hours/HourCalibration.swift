import Foundation

/// What posting hours add to the likelihood ratio of how two accounts write, learnt from authors of the domain: a ratio of
/// their own, and how much of it holds beside what the texts say.
struct HourCalibration: Sendable, Equatable {
  /// Fewer authors with enough hours in both of two texts teach nothing.
  static let fewestAuthors = 20
  /// Penalty on the distance of the weight from 1.
  private static let penalty = 3.0
  /// Parts of the authors: a pair is judged by what those of the other parts teach.
  private static let folds = 5

  /// Learnt from all authors.
  let model: HourModel
  /// What the log of its ratio is multiplied by: 1 were it right, and independent of how people write.
  let weight: Double

  init(model: HourModel, weight: Double) {
    self.model = model
    self.weight = weight
  }

  /// Natural log of what the hours of a pair multiply its ratio by.
  func logOdds(_ pair: HourPair) -> Double { weight * model.logRatio(pair) }

  /// Learns from pairs, and judges each by what was learnt without its authors; nil with too few authors whose hours are
  /// known.
  ///
  /// - Parameters:
  ///   - logOdds: natural log of the ratio of each pair by its texts.
  ///   - share: how much a pair of one author counts; those of two count as much together.
  /// - Returns: what was learnt, and natural log of what the hours of each pair add.
  static func learnt(
    _ pairs: [StyleCalibration.Pair], logOdds: [Double], share: Double
  ) -> (calibration: HourCalibration, added: [Double])? {
    // Of each author the pair that says most.
    var authors: [Int: (PostingHours, PostingHours)] = [:]
    for pair in pairs where pair.isSame {
      let count = min(pair.hours.0.count, pair.hours.1.count)
      let known = authors[pair.author].map { min($0.0.count, $0.1.count) } ?? 0
      if count >= HourModel.fewestHours, count > known { authors[pair.author] = pair.hours }
    }
    guard authors.count >= fewestAuthors else { return nil }
    let parts = Dictionary(uniqueKeysWithValues: authors.keys.sorted().enumerated().map { ($1, $0 % folds) })
    func model(without left: Set<Int>) -> HourModel? {
      HourModel(
        parts.keys.sorted().filter { !left.contains(parts[$0] ?? 0) }.compactMap { authors[$0] })
    }
    guard let whole = model(without: []) else { return nil }
    var models: [Set<Int>: HourModel] = [:]
    let ratios = pairs.map { pair in
      let left = Set([parts[pair.author], parts[pair.other]].compactMap { $0 })
      if models[left] == nil { models[left] = model(without: left) }
      return models[left]?.logRatio(HourPair(pair.hours.0, pair.hours.1)) ?? 0
    }
    let counts = RidgeLogistic.balanced(pairs.map(\.isSame))
    /// How the cost of all pairs rises with the weight, which only ever rises more.
    func slope(_ weight: Double) -> Double {
      var sum = penalty * (weight - 1)
      for (index, pair) in pairs.enumerated() where ratios[index] != 0 {
        let probability = 1 / (1 + exp(-(logOdds[index] + weight * ratios[index])))
        sum += share * counts[index] * ratios[index] * (probability - (pair.isSame ? 1 : 0))
      }
      return sum
    }
    var (least, most) = (0.0, 2.0)
    for _ in 0..<40 {
      let middle = (least + most) / 2
      if slope(middle) > 0 { most = middle } else { least = middle }
    }
    return (HourCalibration(model: whole, weight: least), ratios.map { least * $0 })
  }
}
