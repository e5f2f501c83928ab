/// The non-decreasing sequence nearest to a sequence of weighted values, by pooling adjacent violators (Ayer and others,
/// 1955).
enum IsotonicRegression {
  /// Fits values in their order; weights are positive. O(n).
  static func fit(_ values: [Double], weights: [Double]) -> [Double] {
    var means: [Double] = []
    var masses: [Double] = []
    var lengths: [Int] = []
    for (value, weight) in zip(values, weights) {
      means.append(value)
      masses.append(weight)
      lengths.append(1)
      while means.count > 1, means[means.count - 2] > means[means.count - 1] {
        let (mean, mass, length) = (means.removeLast(), masses.removeLast(), lengths.removeLast())
        let last = means.count - 1
        let whole = masses[last] + mass
        means[last] = whole > 0 ? (means[last] * masses[last] + mean * mass) / whole : means[last]
        masses[last] = whole
        lengths[last] += length
      }
    }
    return zip(means, lengths).flatMap { Array(repeating: $0, count: $1) }
  }
}
