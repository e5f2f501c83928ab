import Glibc

/// Fields in which records of one origin agree or differ together, as the parts of an address do.
///
/// Somebody who moved has another street, another postcode and another city: one piece of news, not three. Such fields
/// are weighed as a mixture,
///
///     LR = stay * product of m / u + (1 - stay)
///
/// in which m is the distribution for records that have the thing in common, and without it the fields agree as in
/// random pairs.
struct JointFields: Sendable, Equatable, Codable {
  /// Fields whose differences are correlated this much, among matches, belong together.
  static let leastCorrelation = 0.4
  /// Fewer matches than this tell nothing of correlation.
  static let fewestMatches = 100.0

  /// The fields.
  let fields: [Int]
  /// Share of pairs of one origin that have the thing in common.
  var stay: Double

  /// log10 LR.
  @inline(__always)
  func weight(_ weights: Packed<Float>, _ level: (Int) -> Int) -> Float {
    var sum: Float = 0
    var isKnown = false
    for position in 0..<fields.count {
      let field = fields[position]
      let level = level(field)
      if level != 0 { isKnown = true }
      sum += weights[field * Level.count + level]
    }
    return isKnown ? Float(log10(stay * exp(Double(sum) * 2.302585093) + 1 - stay)) : 0
  }

  /// Chance that a pair of one origin has the thing in common.
  @inline(__always)
  func stayShare(_ weights: Packed<Float>, _ level: (Int) -> Int) -> Double {
    var sum: Float = 0
    for position in 0..<fields.count {
      let field = fields[position]
      sum += weights[field * Level.count + level(field)]
    }
    let ratio = stay * exp(Double(sum) * 2.302585093)
    return ratio / (ratio + 1 - stay)
  }

  /// Finds the fields that belong together, by how their differences go together among pairs of one origin.
  ///
  /// - Parameters:
  ///   - eligible: fields that may belong together.
  ///   - patterns: calls back with the levels and the expected matches of each pattern.
  static func find(
    among eligible: [Int], _ patterns: ((_ level: (Int) -> Int, _ matches: Double) -> Void) -> Void
  ) -> [JointFields] {
    let count = eligible.count
    guard count > 1 else { return [] }
    // By pair of fields, pairs where both are known: none, one, the other, both differ.
    var table = [Double](repeating: 0, count: count * count * 4)
    patterns { level, matches in
      for one in 0..<count {
        let first = level(eligible[one])
        if first == 0 { continue }
        for other in one + 1..<max(count, one + 1) {
          let second = level(eligible[other])
          if second == 0 { continue }
          table[(one * count + other) * 4 + (first == 1 ? 1 : 0) + (second == 1 ? 2 : 0)] += matches
        }
      }
    }
    var root = Array(0..<count)
    func find(_ one: Int) -> Int { root[one] == one ? one : find(root[one]) }
    for one in 0..<count {
      for other in one + 1..<max(count, one + 1) {
        let cell = (one * count + other) * 4
        let (none, first, second, both) = (table[cell], table[cell + 1], table[cell + 2], table[cell + 3])
        let total = none + first + second + both
        if total < fewestMatches { continue }
        let scale = ((none + first) * (second + both) * (none + second) * (first + both)).squareRoot()
        guard scale > 0, (none * both - first * second) / scale >= leastCorrelation else { continue }
        root[max(find(one), find(other))] = min(find(one), find(other))
      }
    }
    return (0..<count).compactMap { start in
      let members = (0..<count).filter { find($0) == start }.map { eligible[$0] }
      return members.count > 1 ? JointFields(fields: members, stay: 0.7) : nil
    }
  }
}
