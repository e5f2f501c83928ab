import Foundation

/// The levels of one sort of agreement of a field, over all frequencies of the value.
public struct LevelSummary: Sendable, Codable, Hashable {
  /// The field.
  public let field: String
  /// How values agree.
  public let agreement: String
  /// P(this agreement | same).
  public let m: Double
  /// P(this agreement | different).
  public let u: Double
  /// log10 of m over u, whatever the frequency of the value.
  public let weight: Double
  /// Weights from the most common to the rarest values: lowest and highest, of levels that occur.
  public let range: ClosedRange<Double>

  /// Folds levels, in the order of fields; of each, what speaks against one origin comes last.
  public static func fold(_ levels: [MatchModel.LevelWeight]) -> [LevelSummary] {
    var result: [LevelSummary] = []
    var against: LevelSummary?
    var start = 0
    while start < levels.count {
      var end = start
      var (m, u) = (0.0, 0.0)
      var (lowest, highest) = (Double.infinity, -Double.infinity)
      var total = 0.0
      while end < levels.count, levels[end].field == levels[start].field,
        levels[end].agreement == levels[start].agreement
      {
        total += levels[end].m
        end += 1
      }
      for level in levels[start..<end] {
        m += level.m
        u += level.u
        // A bucket that hardly occurs has a weight of its prior, not of the data.
        if level.m >= 0.01 * total {
          lowest = min(lowest, level.weight)
          highest = max(highest, level.weight)
        }
      }
      let weight = m > 0 && u > 0 ? log10(m / u) : 0
      let summary = LevelSummary(
        field: levels[start].field, agreement: levels[start].agreement, m: m, u: u, weight: weight,
        range: min(lowest, weight)...max(highest, weight))
      if summary.agreement == "different" { against = summary } else { result.append(summary) }
      if end == levels.count || levels[end].field != levels[start].field {
        if let different = against { result.append(different) }
        against = nil
      }
      start = end
    }
    return result
  }
}
