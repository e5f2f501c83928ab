/// A habit in which two accounts agree or differ, and what that is worth.
public struct HabitContrast: Sendable, Equatable {
  /// Place in `RateCatalogue.rates`, which says it in words.
  public var rate: Int
  /// How often the one account does it.
  public var left: Double
  /// How often the other does.
  public var right: Double
  /// Mean of the background authors.
  public var typical: Double
  /// Natural log odds that the difference adds beside what a pair of two authors shows at the mean; above 0 it speaks for
  /// one author. A share of the score, in which all habits are weighed together: not to be multiplied.
  public var weight: Double

  /// The habit in words.
  public var sentence: String { RateCatalogue.rates[rate].sentence }

  /// Whether both do it less than background authors at the mean: what they have in common is then how seldom they do.
  public var isSeldom: Bool { max(left, right) < typical }

  /// What both have in common, in words, where they agree.
  public var agreement: String { isSeldom ? "seldom \(sentence)" : sentence }
}

extension StyleModel {
  /// The habits that speak most for and against one author.
  ///
  /// - Parameter limit: most of either.
  /// - Returns: strongest first. Examples from texts: `RateCatalogue.examples(of:in:)`.
  public func habits(
    _ one: PreparedStyle, _ other: PreparedStyle, limit: Int = 5
  ) -> (agreeing: [HabitContrast], differing: [HabitContrast]) {
    var contrasts: [HabitContrast] = []
    let scale = background.scale
    for (column, rate) in scale.rates.enumerated() {
      let (left, right) = (one.vectors.habits[column], other.vectors.habits[column])
      let (leftRate, rightRate) = (one.rates[rate], other.rates[rate])
      if leftRate.isNaN || rightRate.isNaN { continue }
      // A single post, as a file of text is taken for, shows no habit of how long posts are.
      if case .unit(.posts) = RateCatalogue.rates[rate].denominator, min(one.posts, other.posts) < 2 {
        continue
      }
      // Where a difference speaks for one author the weight only mends those of other habits; alone it says nothing.
      let coefficient = background.habits.weights[column]
      if coefficient >= 0 || (leftRate == 0 && rightRate == 0) { continue }
      // Two texts drawn at random differ by 1.13 standard deviations in the mean.
      let weight = coefficient * (Double(abs(left - right)) - 1.128)
      // Agreement is worth a word where both differ from the mean in the same direction.
      if weight > 0, left * right <= 0 || min(abs(left), abs(right)) < 0.5 { continue }
      contrasts.append(
        HabitContrast(
          rate: rate, left: Double(leftRate), right: Double(rightRate), typical: Double(scale.means[column]),
          weight: weight))
    }
    contrasts.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.rate < $1.rate }
    return (
      contrasts.prefix { $0.weight > 0 }.prefix(limit).map { $0 },
      contrasts.reversed().prefix { $0.weight < 0 }.prefix(limit).map { $0 }
    )
  }
}
