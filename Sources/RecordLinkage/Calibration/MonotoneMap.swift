import Glibc

/// A non-decreasing map of log odds to log odds: straight between knots, of slope 1 outside them.
struct MonotoneMap: Sendable, Equatable, Codable {
  /// Ascending.
  private let from: [Double]
  /// Never descending.
  private let to: [Double]

  /// Makes a map through knots that ascend in `from` and do not descend in `to`; without knots it changes nothing.
  init(from: [Double] = [], to: [Double] = []) {
    self.from = from
    self.to = to
  }

  /// The straight line `slope * x + offset`.
  init(slope: Double, offset: Double) {
    from = [-40, 40]
    to = [-40 * slope + offset, 40 * slope + offset]
  }

  /// The mean of maps, at the knots of all of them.
  init(mean maps: [MonotoneMap]) {
    let knots = Set(maps.flatMap(\.from)).sorted()
    from = knots
    to = knots.map { knot in maps.reduce(0) { $0 + $1(knot) } / Double(max(maps.count, 1)) }
  }

  func callAsFunction(_ value: Double) -> Double {
    guard let first = from.first, let last = from.last else { return value }
    if value <= first { return to[0] + value - first }
    if value >= last { return to[to.count - 1] + value - last }
    var (low, high) = (0, from.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if from[middle] <= value { low = middle } else { high = middle }
    }
    let share = (value - from[low]) / (from[high] - from[low])
    return to[low] + share * (to[high] - to[low])
  }
}
