internal import Columns

extension StyleModel {
  /// Pairs that are looked at, at most.
  static let mostPairsHeld = 2_000

  /// The model without ratios in a domain that the texts at hand contradict (`DomainCheck`).
  ///
  /// - Parameters:
  ///   - styles: of different accounts, in any order.
  ///   - domain: nil leaves the model as it is.
  ///   - threads: does not change the result.
  public func held(against styles: [PreparedStyle], in domain: String?, threads: Int) -> StyleModel {
    guard let domain, contradicted[domain] == nil else { return self }
    return held(by: check(domain, against: styles, threads: threads))
  }

  /// Why no pair at all has a ratio in a domain; nil where texts at hand were not held against it, or may be of its kind.
  public func contradiction(in domain: String) -> StyleAbstention? {
    contradicted[domain].map { .contradicted(domain, percentage: $0) }
  }

  /// The model without ratios in a domain that the check found contradicted.
  public func held(by check: DomainCheck) -> StyleModel {
    guard check.isContradicted else { return self }
    var held = self
    held.contradicted[check.domain] = check.percentage
    return held
  }

  /// Whether the texts at hand can be of a domain's kind.
  ///
  /// - Parameters:
  ///   - styles: of different accounts, in any order.
  ///   - threads: does not change the result.
  public func check(_ domain: String, against styles: [PreparedStyle], threads: Int) -> DomainCheck {
    let sorted = styles.filter { $0.length >= Self.shortest }.sorted {
      ($0.length, $0.resemblance, $0.coverage) < ($1.length, $1.resemblance, $1.coverage)
    }
    let pairs = Self.pairs(of: sorted.count)
    let size = 64
    let ratios = Workers.map(chunks: (pairs.count + size - 1) / size, threads: threads, start: {}) {
      _, chunk in
      pairs[chunk * size..<min((chunk + 1) * size, pairs.count)].compactMap {
        compare(sorted[$0.one], sorted[$0.other], domain: domain).log10LR
      }
    }.flatMap { $0 }
    return DomainCheck(domain: domain, pairs: ratios.count, overOne: ratios.count { $0 > 0 })
  }

  /// All pairs of so many, or as many as are looked at, spread evenly.
  private static func pairs(of count: Int) -> [(one: Int, other: Int)] {
    guard count > 1 else { return [] }
    if count * (count - 1) / 2 <= mostPairsHeld {
      return (0..<count).flatMap { one in (one + 1..<count).map { (one, $0) } }
    }
    return (0..<mostPairsHeld).map { number in
      let one = number * count / mostPairsHeld
      // A prime, so that texts of all lengths meet.
      return (one, (one + 1 + number * 7919 % (count - 1)) % count)
    }
  }
}
