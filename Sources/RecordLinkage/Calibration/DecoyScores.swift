/// Scores of decoy pairs.
struct DecoyScores: Sendable {
  /// Decoys drawn.
  static let wanted = 60_000

  /// By decoy: log10 of its odds.
  private(set) var log10Odds: [Float] = []
  /// Pairs of different origin that each stands for.
  private(set) var weight = 0.0

  init() {}

  /// Draws decoys, the same in every run.
  ///
  /// - Parameters:
  ///   - probabilities: by pattern of the candidates, the probability that it is of one origin.
  ///   - isKept: by key and field, whether a decoy has the field from the pair that the key made.
  init(
    _ model: MatchModel, candidates: PatternTable, scale: Double, probabilities: Packed<Double>,
    random: PatternTable, isKept: [[Bool]]
  ) {
    self.init()
    var cumulative: [Int] = []
    for pattern in 0..<random.count {
      cumulative.append((cumulative.last ?? 0) + Int(random.counts[pattern]))
    }
    guard let drawn = cumulative.last, drawn > 0 else { return }
    var total = 0.0
    for pattern in 0..<candidates.count {
      total += (1 - probabilities[pattern]) * Double(candidates.counts[pattern])
    }
    if total <= 0 { return }
    let step = total / Double(Self.wanted)
    weight = step * scale
    let kept = Packed(isKept.flatMap { $0 })
    let fieldCount = model.fieldCount
    let levels = Packed<Int>(repeating: 0, count: max(fieldCount, 1))
    var due = step / 2
    var turn: UInt64 = 0
    for pattern in 0..<candidates.count {
      due -= (1 - probabilities[pattern]) * Double(candidates.counts[pattern])
      let key = candidates.key(pattern)
      while due <= 0 {
        due += step
        // Multiples of the golden ratio spread evenly over the random pairs.
        turn &+= 0x9E37_79B9_7F4A_7C15
        let other = Self.place(Int(turn.multipliedFullWidth(by: UInt64(drawn)).high), cumulative)
        for field in 0..<fieldCount {
          levels[field] =
            kept[key * fieldCount + field] ? candidates.level(pattern, field) : random.level(other, field)
        }
        let odds = Double(model.log10LR(key: key) { levels[$0] }) + model.priorLog10Odds
        log10Odds.append(Float(odds))
      }
    }
  }

  /// The first place whose cumulative count is above a number.
  private static func place(_ number: Int, _ cumulative: [Int]) -> Int {
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > number { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
