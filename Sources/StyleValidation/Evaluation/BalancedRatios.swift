import Foundation

/// Ratios of all queries with all candidates, balanced: scaled by rows and columns until those of each query and of each
/// candidate sum to one (matrix scaling; Sinkhorn and Knopp, 1967). Where each query belongs to one candidate and each
/// candidate to one query, that nears the probability that they belong to each other, and a text that resembles everybody
/// is no longer the nearest of many.
public struct BalancedRatios: Sendable, Equatable {
  /// log10 of the balanced ratios, a row a query; 0 is certainty. The queries of a candidate sum to one exactly, the
  /// candidates of a query as nearly as the rounds have come.
  public let log10Values: [[Double]]

  /// Rounds of scaling; more changed no rank that was looked at.
  static let rounds = 20
  /// Ratios further below the best of their candidate are taken as this, in log10.
  static let least = -200.0

  /// Balances log10 ratios, a row a query and all rows equally long.
  public init(_ log10Ratios: [[Double]]) {
    let width = log10Ratios.first?.count ?? 0
    precondition(log10Ratios.allSatisfy { $0.count == width }, "a ratio with each candidate for each query")
    let best = (0..<width).map { column in log10Ratios.reduce(-Double.infinity) { max($0, $1[column]) } }
    let ratios = log10Ratios.map { row in row.indices.map { pow(10, max(row[$0] - best[$0], Self.least)) } }
    var queryScales = [Double](repeating: 1, count: ratios.count)
    var candidateScales = [Double](repeating: 1, count: width)
    for _ in 0..<Self.rounds {
      for (query, row) in ratios.enumerated() {
        var sum = 0.0
        for candidate in 0..<width { sum += row[candidate] * candidateScales[candidate] }
        queryScales[query] = 1 / max(sum, .leastNormalMagnitude)
      }
      var sums = [Double](repeating: 0, count: width)
      for (query, row) in ratios.enumerated() {
        for candidate in 0..<width { sums[candidate] += row[candidate] * queryScales[query] }
      }
      candidateScales = sums.map { 1 / max($0, .leastNormalMagnitude) }
    }
    let (queries, candidates) = (queryScales.map { log10($0) }, candidateScales.map { log10($0) })
    log10Values = log10Ratios.indices.map { query in
      (0..<width).map { candidate in
        max(log10Ratios[query][candidate] - best[candidate], Self.least) + queries[query]
          + candidates[candidate]
      }
    }
  }
}
