import Glibc

/// Weights of evidence: by field and level, log10 of m over u (Fellegi and Sunter, 1969).
public struct MatchModel: Sendable {
  /// One level of a field, for reports.
  public struct LevelWeight: Sendable, Codable {
    /// The field.
    public let field: String
    /// What the level means.
    public let level: String
    /// How the values agree, their frequency left aside.
    public let agreement: String
    /// How many records hold a value of this level; nil where values differ.
    public let frequency: ClosedRange<Int>?
    /// P(level | same), among pairs where both records have a value.
    public let m: Double
    /// P(level | different).
    public let u: Double
    /// log10 of m over u.
    public let weight: Double
  }

  /// log10 of the odds that two records of the table, taken at random, are the same.
  public let priorLog10Odds: Double
  /// Pairs estimated to be the same among all.
  public let matches: Double
  /// log10 LR by field, then level: `weights[field * 256 + level]`.
  let weights: Packed<Float>
  let m: Packed<Double>
  let u: Packed<Double>
  let fieldCount: Int
  /// What names, handles and e-mail addresses say together, where there was enough to learn it from.
  let naming: NamingModel?
  /// What pairs of different origin look like among the candidates.
  let null: NullModel?
  let families: FieldFamilies
  /// By key: pairs that it is the first to make.
  public let pairsByKey: [Double]
  /// Of those, how many are expected to be the same.
  public let matchesByKey: [Double]

  /// Of a table that there was nothing to learn from.
  static var unlearnt: MatchModel {
    MatchModel(
      priorLog10Odds: 0, matches: 0, weights: Packed([]), m: Packed([]), u: Packed([]), fieldCount: 0,
      naming: nil, null: nil,
      families: FieldFamilies([], namingKeys: 0), pairsByKey: [], matchesByKey: [])
  }

  /// What log10 odds stand for, where labels told; nil for themselves.
  var calibration: MonotoneMap?

  /// log10 LR after `calibration`, which is part of what the pair weighs.
  @inline(__always)
  func calibrated(_ log10LR: Float) -> Float {
    guard let calibration else { return log10LR }
    return Float(calibration(Double(log10LR) + priorLog10Odds) - priorLog10Odds)
  }

  /// Fields in which the pairs that fit together best differ as those of several people do, where pairs of one origin were
  /// held to agree in them for it.
  var doubted: [Int] = []

  /// Scores of decoy pairs.
  var decoys = DecoyScores()

  /// log10 LR of a pair by its levels, before `calibration`; `key` is the first key that it shares.
  func log10LR(key: Int, _ level: (Int) -> Int) -> Float {
    var sum = families.othersWeight(weights, level)
    if let naming, key < families.namingKeys {
      if let null { sum -= null.log10ExcessWithoutHouseholds(key: key, level) }
      return whole(rest: sum, names: Float(naming.logOdds(level) / 2.302585093), level)
    }
    if let null { sum -= null.log10Excess(key: key, level) }
    return sum + families.namingWeight(weights, level)
  }

  /// log10 LR of a pair by its log10 odds of kin by names and the weight of all else, where names are weighed as a whole.
  @inline(__always)
  func whole(rest: Float, names: Float, _ level: (Int) -> Int) -> Float {
    guard let households = null?.households else { return rest + names - Float(priorLog10Odds) }
    let kin = households.kin(rest: rest, level)
    let others = 1 + pow(10, Double(names)) * kin.household
    return Float(Double(names) + log10(kin.same / others) - priorLog10Odds)
  }

  /// The levels that occur, strongest first within a field.
  func levelWeights(_ fields: [any ComparisonField]) -> [LevelWeight] {
    var result: [LevelWeight] = []
    for (number, field) in fields.enumerated() {
      for level in 1..<Level.count {
        let place = number * Level.count + level
        if m[place] < 1e-5, u[place] < 1e-9 { continue }
        let name: String
        if level == 1 {
          name = "different"
        } else {
          let code = Level.code(level)
          guard code < field.codeNames.count else { continue }
          let bucket = (level - 2) % Level.buckets
          let range = bucket == Level.buckets - 1 ? "\(1 << bucket)+" : "\(1 << bucket)-\((2 << bucket) - 1)"
          name =
            field.ownWeights == nil
            ? "\(field.codeNames[code]), frequency \(range)"
            : "\(field.codeNames[code]), strength \(bucket + 1) of \(Level.buckets)"
        }
        result.append(
          LevelWeight(
            field: field.name, level: name, agreement: Self.agreement(field, level),
            frequency: Self.frequency(field, level), m: m[place], u: u[place], weight: Double(weights[place]))
        )
      }
    }
    return result
  }
}
