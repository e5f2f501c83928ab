/// Whether texts at hand can be of the kind that a domain was calibrated on.
///
/// Of many accounts few pairs are of one author, so that most must get a ratio below 1. Where most get more, what they have in
/// common are the habits of a kind of text (changelogs, programs, forms, a stock of phrases), in which authors of the domain
/// differ; the ratios would say that of anybody. The resemblance of a single text to the background does not tell.
public struct DomainCheck: Sendable, Equatable {
  /// Fewer pairs with a ratio tell nothing: those of ten accounts.
  static let fewestPairs = 45
  /// The share of pairs over 1 that no accounts can have. Of the texts that calibrate a domain one in ten or twenty has.
  static let mostOverOne = 0.75

  /// The name of the domain.
  public let domain: String
  /// Pairs of accounts that were looked at and got a ratio.
  public let pairs: Int
  /// Of these, pairs with a ratio over 1.
  public let overOne: Int

  /// Whether there are too few pairs to tell.
  public var isOfTooFew: Bool { pairs < Self.fewestPairs }

  /// Whether the texts are of another kind, or nearly all of one author, so that ratios would say nothing.
  public var isContradicted: Bool {
    !isOfTooFew && Double(overOne) > Self.mostOverOne * Double(pairs)
  }

  /// Pairs with a ratio over 1 in a hundred, rounded down; 0 where there are none.
  public var percentage: Int { pairs == 0 ? 0 : overOne * 100 / pairs }
}
