internal import Columns

extension StyleModel {
  /// Pairs that are looked at, at most.
  static let mostPairsHeld = 2_000
  /// Fewer pairs with a ratio tell nothing: those of ten accounts.
  static let fewestPairsHeld = 45
  /// The share of pairs over 1 that no accounts can have. Of the texts that calibrate a domain one in ten or twenty has.
  static let mostOverOne = 0.75

  /// The model without ratios in a domain that the texts at hand contradict.
  ///
  /// Of many accounts few pairs are of one author, so that most must get a ratio below 1. Where most get more, what they have in
  /// common are the habits of a kind of text (changelogs, programs, forms, a stock of phrases), in which authors of the domain
  /// differ; the ratios would say that of anybody. The resemblance of a single text to the background does not tell.
  ///
  /// - Parameters:
  ///   - styles: of different accounts, in any order.
  ///   - domain: nil leaves the model as it is.
  ///   - threads: does not change the result.
  public func held(against styles: [PreparedStyle], in domain: String?, threads: Int) -> StyleModel {
    guard let domain, contradicted[domain] == nil else { return self }
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
    let over = ratios.count { $0 > 0 }
    guard ratios.count >= Self.fewestPairsHeld, Double(over) > Self.mostOverOne * Double(ratios.count) else {
      return self
    }
    var held = self
    held.contradicted[domain] = over * 100 / ratios.count
    return held
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
