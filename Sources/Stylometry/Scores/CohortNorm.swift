/// How much a text resembles the background authors that resemble it most: by this a score is judged, as some texts
/// resemble everybody (adaptive symmetric score normalisation; Cumani and others, 2011).
public struct CohortNorm: Sendable, Equatable {
  /// Nearest background documents that are looked at, of a whole background.
  public static let nearest = 100

  /// Mean score of the nearest.
  public var mean: Float
  /// Their standard deviation.
  public var deviation: Float

  /// - Parameters:
  ///   - scores: of the text against every document of the cohort that is not its author's.
  ///   - nearest: how many of the largest are looked at.
  init(_ scores: [Float], nearest: Int = Self.nearest) {
    var kept = scores
    if kept.count > nearest { kept = Self.largest(kept, nearest) }
    kept.sort()
    let count = Double(max(kept.count, 1))
    let mean = kept.reduce(0.0) { $0 + Double($1) } / count
    let square = kept.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    self.mean = Float(mean)
    deviation = Float(square.squareRoot() + 1e-6)
  }

  /// A score as seen from both texts.
  public static func normalised(_ score: Double, _ one: CohortNorm, _ other: CohortNorm) -> Double {
    ((score - Double(one.mean)) / Double(one.deviation) + (score - Double(other.mean))
      / Double(other.deviation))
      / 2
  }

  /// The largest values, in no order.
  private static func largest(_ values: [Float], _ count: Int) -> [Float] {
    // A heap whose root is the smallest that is kept.
    var heap = Array(values.prefix(count))
    func sink(_ from: Int) {
      var place = from
      while true {
        var least = place
        for child in [2 * place + 1, 2 * place + 2] where child < count && heap[child] < heap[least] {
          least = child
        }
        if least == place { return }
        heap.swapAt(place, least)
        place = least
      }
    }
    for place in stride(from: count / 2, through: 0, by: -1) { sink(place) }
    for value in values.dropFirst(count) where value > heap[0] {
      heap[0] = value
      sink(0)
    }
    return heap
  }
}
