/// That the pairs taken for one origin may well be of several people, as very many of them differ in a name or a date of
/// birth.
///
/// Of two classes of pairs the one that agrees more is taken for one origin. Where people share all but their names, as
/// triplets or the clients of one caseworker do, that is the class of those who share it, and its share of pairs that differ
/// in a name stands at the most that is let pass (`LevelEstimates.mostError`). It stands there too where a column is as
/// often wrong as right; the table does not tell which.
public struct ClassDoubt: Sendable, Hashable {
  /// Fewer pairs of one origin than this tell nothing of their class. It is low, as very small tables err most: m starts as
  /// twenty pairs of which few differ, so that many must differ before it stands at its most.
  static let fewestMatches = 3.0

  /// What they differ in.
  public let columns: [String]
  /// Whether pairs of one origin were held to agree in it, as it is a name and a date.
  let isHeld: Bool

  /// Nil where names and dates of birth agree as those of one person do.
  init?(_ fields: [any ComparisonField], _ model: MatchModel) {
    isHeld = !model.doubted.isEmpty
    let doubted =
      isHeld ? model.doubted : Self.doubted(fields, model, mostError: LevelEstimates.mostError)
    let differing = doubted.isEmpty ? Self.unlike(fields, model) : doubted
    columns = differing.map { fields[$0].name }
    if columns.isEmpty || model.matches < Self.fewestMatches { return nil }
  }

  /// Fields that last in which the pairs taken for one origin differ as often as is let pass.
  static func doubted(
    _ fields: [any ComparisonField], _ model: MatchModel, mostError: Double
  ) -> [Int] {
    fields.indices.filter { field in
      fields[field].isLasting && fields[field].ownWeights == nil
        && model.m[field * Level.count + 1] >= mostError - 1e-6
    }
  }

  /// Handles and e-mail addresses, where these alone are one person's own and nearly all pairs taken for one origin differ in
  /// each of them.
  private static func unlike(_ fields: [any ComparisonField], _ model: MatchModel) -> [Int] {
    let own = fields.indices.filter { fields[$0].nature == .individual && !(fields[$0] is ValueField) }
    let areNamed = fields.contains { $0.isLasting && $0.nature == .individual }
    let areUnlike = own.allSatisfy { agreeing($0, model, from: leastWeight) <= mostAgreeing }
    return areNamed || !areUnlike ? [] : own
  }

  /// Pairs of one origin that agree in a handle, an address or a date, at the most; and what agrees in handles and addresses
  /// says at the least so much.
  private static let mostAgreeing = 0.2
  private static let leastWeight: Float = 0.7

  /// Whether they are a name and a date, or a date in which next to no pair agrees: names alone differ together where one
  /// person has two, as in two scripts.
  static func areSeveral(
    _ doubted: [Int], _ fields: [any ComparisonField], _ model: MatchModel
  ) -> Bool {
    let dates = doubted.filter { (fields[$0] as? ValueField)?.nearness == .date }
    return !dates.isEmpty && dates.count < doubted.count
      || dates.contains { agreeing($0, model) <= mostAgreeing }
  }

  /// Share of the pairs taken for one origin that agree in a field, in a way that says so much.
  private static func agreeing(_ field: Int, _ model: MatchModel, from least: Float = 0) -> Double {
    (2..<Level.count).reduce(0) { sum, level in
      let place = field * Level.count + level
      return model.weights[place] > least ? sum + model.m[place] : sum
    }
  }

  /// What a reader of the result must know, and what to do.
  public var remark: String {
    let names = columns.joined(separator: ", ")
    let advice =
      "look at some of them (--report), leave out columns that many people share (--ignore), or give pairs that are known with --labels"
    if isHeld {
      return
        "the pairs that are most alike differ in two of five cases or more in each of \(names), as several people do: pairs taken for one origin were held to differ seldom in these, and the probabilities may still be too high; \(advice)"
    }
    return
      "of the pairs taken for one origin two in five or more differ in \(names): either that is often wrong, or they are of several people who share all else, and then the probabilities are far too high; \(advice)"
  }
}
