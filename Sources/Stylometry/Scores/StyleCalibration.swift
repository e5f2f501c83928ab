import Foundation

/// Turns log odds into a likelihood ratio, as pairs of known truth say: a logistic model whose slope is drawn towards 1
/// and whose offset towards 0, as the background fitted them, and which may change with length (logistic calibration,
/// Morrison, 2013). The truth of a few dozen authors lies a long way from that of all by chance; that of the background,
/// who are as many again or more, is known as well. An embedding learnt from other corpora is weighed here: only authors
/// that it was not learnt from can tell what it is worth. The scores that the background weighed are columns as well,
/// whose weights are drawn towards 0: from a hundred authors weights are learnt badly, and those who calibrate can mend
/// them (maximum a posteriori adaptation).
public struct StyleCalibration: Sendable, Equatable {
  /// A pair to calibrate by.
  public struct Pair: Sendable {
    /// As `StyleModel.values` gives them.
    public var values: [Double]
    /// Characters of the shorter text.
    public var length: Int
    /// Who wrote the one, as a number.
    public var author: Int
    /// Who wrote the other.
    public var other: Int
    /// Whether the bounds of validation may count it: of pairs that share texts only one.
    public var isIndependent: Bool

    /// Whether one author wrote both.
    public var isSame: Bool
    /// When the two were written, as far as it is known.
    public var hours: (PostingHours, PostingHours)

    /// Makes a pair.
    public init(
      values: [Double], length: Int, authors: (Int, Int), isSame: Bool, isIndependent: Bool = true,
      hours: (PostingHours, PostingHours) = (PostingHours(), PostingHours())
    ) {
      self.values = values
      self.hours = hours
      self.length = length
      self.isSame = isSame
      (author, other) = authors
      self.isIndependent = isIndependent
    }
  }

  /// What validation at lengths from `shortest` on supports.
  public struct Bucket: Sendable, Equatable {
    /// Characters of the shorter text, from here to the next bucket.
    public var shortest: Int
    /// Independent pairs of one author.
    public var same: Int
    /// Independent pairs of two.
    public var different: Int
    /// Ratios are kept within these.
    public var bounds: ValidationBounds
  }

  /// Fewer pairs of either sort calibrate nothing.
  public static let fewestPairs = 10
  /// Where buckets begin, in characters of the shorter text.
  public static let bucketStarts = [250, 500, 1000, 2000, 4000, 8000]

  // Penalties on how far the model goes from what the background says, in pairs of one author. They are inverse squares of
  // how far it is wont to go, and were found on authors drawn from several corpora, 35 to 300 to calibrate by.

  /// On slope and weights that the background has found, where it is of another kind or small.
  private static let knownPenalty = 30.0
  /// Authors of a background of the same kind for each pair that its weights count as: the more there were, the less is
  /// left to mend.
  private static let authorsForPair = 5.0
  private static let offsetPenalty = 20.0
  /// Of what the background says nothing about.
  private static let freePenalty = 3.0

  let row: LengthRow
  let model: RidgeLogistic
  /// Nil where the hours of too few authors are known.
  let hours: HourCalibration?
  /// How often a pair may be the contrary of what all this says.
  public let lapses: LapseRates
  /// Shortest and longest text of the pairs, in characters.
  public let lengths: ClosedRange<Int>
  /// Ascending by length.
  public let buckets: [Bucket]

  /// A calibration that is known.
  init(
    row: LengthRow, model: RidgeLogistic, hours: HourCalibration?, lapses: LapseRates,
    lengths: ClosedRange<Int>, buckets: [Bucket]
  ) {
    self.row = row
    self.model = model
    self.hours = hours
    self.lapses = lapses
    self.lengths = lengths
    self.buckets = buckets
  }

  /// Fits it; nil with fewer than `fewestPairs` independent pairs of either sort.
  ///
  /// - Parameters:
  ///   - weighed: how many values, the last of each pair, are scores that the background has weighed.
  ///   - background: how many authors it has weighed them by, if their texts are of the same kind as those of the pairs;
  ///     nil if not.
  public init?(_ pairs: [Pair], weighed: Int, background: Int? = nil) {
    let independent = pairs.filter(\.isIndependent)
    let same = independent.count(where: \.isSame)
    guard same >= Self.fewestPairs, independent.count - same >= Self.fewestPairs else { return nil }
    let free = 1..<max(pairs[0].values.count - weighed, 1)
    row = LengthRow(pairs.map(\.values), pairs.map(\.length), fitted: free)
    // As many as there are independent pairs, so that the penalties weigh what they weigh.
    let share = Double(same) / Double(pairs.count(where: \.isSame))
    let penalty = max(Self.knownPenalty, Double(background ?? 0) / Self.authorsForPair)
    model = Self.model(pairs, row, free: free, penalty: penalty, share: share)
    lapses = LapseRates(same: same, different: independent.count - same)
    let sorted = pairs.map(\.length).sorted()
    let lengths = sorted[0]...sorted[sorted.count - 1]
    self.lengths = lengths
    var odds = pairs.map { [row, model] in Self.logOdds($0.values, $0.length, row, model, lengths) }
    let learnt = HourCalibration.learnt(pairs, logOdds: odds, share: share)
    hours = learnt?.calibration
    if let learnt { odds = zip(odds, learnt.added).map { $0 + $1 } }
    let independentPlaces = pairs.indices.filter { pairs[$0].isIndependent }
    buckets = Self.buckets(
      independent, log10: independentPlaces.map { [lapses] in lapses.tempered(odds[$0]) / Self.ln10 }, lengths
    )
  }

  /// - Parameters:
  ///   - free: values that the background says nothing about.
  ///   - penalty: on the weights of scores that it has weighed.
  ///   - share: how much a pair of one author counts; those of two count as much together.
  private static func model(
    _ pairs: [Pair], _ row: LengthRow, free: Range<Int>, penalty: Double, share: Double
  ) -> RidgeLogistic {
    var rows: [Float] = []
    for pair in pairs { row.append(pair.values, pair.length, to: &rows) }
    // Values, and where lengths differ their products with the length, and the length.
    let values = row.means.count
    let penalties = (0..<row.columns).map {
      if $0 == 2 * values || free.contains($0 % values) { return freePenalty }
      return $0 == 0 ? knownPenalty : penalty
    }
    var towards = [Double](repeating: 0, count: row.columns)
    towards[0] = 1
    let labels = pairs.map(\.isSame)
    return RidgeLogistic(
      rows: rows, columns: row.columns, labels: labels, penalties: penalties, interceptPenalty: offsetPenalty,
      towards: towards, counts: RidgeLogistic.balanced(labels).map { $0 * share })
  }

  private static func buckets(
    _ pairs: [Pair], log10 ratios: [Double], _ lengths: ClosedRange<Int>
  ) -> [Bucket] {
    func bucket(_ shortest: Int, _ places: [Int]) -> Bucket? {
      let same = places.filter { pairs[$0].isSame }.map { ratios[$0] }
      let different = places.filter { !pairs[$0].isSame }.map { ratios[$0] }
      guard same.count >= fewestPairs, different.count >= fewestPairs else { return nil }
      return Bucket(
        shortest: shortest, same: same.count, different: different.count,
        bounds: ValidationBounds(same: same, different: different))
    }
    // Texts are cut at words: the shortest that is judged may be a little shorter than the shortest that calibrates.
    let shortest = lengths.lowerBound * 4 / 5
    let starts = [0] + bucketStarts
    let found = starts.indices.compactMap { place in
      let end = place + 1 < starts.count ? starts[place + 1] : .max
      return bucket(
        max(starts[place], shortest),
        pairs.indices.filter { pairs[$0].length >= starts[place] && pairs[$0].length < end })
    }
    if !found.isEmpty { return found }
    return bucket(shortest, Array(pairs.indices)).map { [$0] } ?? []
  }

  /// Characters of the longest texts that enough pairs are as long as. Two longer ones share more than any pair that
  /// calibrates, whoever wrote them.
  public var longest: Int {
    let last = max(buckets.last?.shortest ?? 0, lengths.lowerBound)
    return min(lengths.upperBound, Self.bucketStarts.first { $0 > last } ?? .max)
  }

  private static func logOdds(
    _ values: [Double], _ length: Int, _ row: LengthRow, _ model: RidgeLogistic, _ lengths: ClosedRange<Int>
  ) -> Double {
    var columns: [Float] = []
    row.append(values, min(max(length, lengths.lowerBound), lengths.upperBound), to: &columns)
    return model.logOdds(columns)
  }

  private static let ln10 = 2.302_585_092_994_045_684

  /// log10 of what the ratio of a pair were without lapses, far beyond what validation supports: to rank by.
  ///
  /// - Parameters:
  ///   - values: as in `Pair`.
  ///   - length: characters of the shorter text; taken as the nearest length that was seen.
  ///   - hours: what `log10LR(of:and:)` says of when the two were written; nil where that is not to count.
  public func score(_ values: [Double], length: Int, hours: Double? = nil) -> Double {
    Self.logOdds(values, length, row, model, lengths) / Self.ln10 + (hours ?? 0)
  }

  /// log10 of the ratio of a pair before it is kept within the bounds of validation. Arguments are those of `score`.
  public func unbounded(_ values: [Double], length: Int, hours: Double? = nil) -> Double {
    lapses.tempered(score(values, length: length, hours: hours) * Self.ln10) / Self.ln10
  }

  /// What the log of the ratio by posting hours alone is multiplied by; nil where nothing was learnt of hours.
  public var hourWeight: Double? { hours?.weight }

  /// log10 of what the hours of two accounts multiply their ratio by, but for lapses; nil where nothing was learnt of
  /// hours, or the two have too few.
  public func log10LR(of one: PostingHours, and other: PostingHours) -> Double? {
    guard let hours else { return nil }
    let pair = HourPair(one, other)
    return pair.isEnough ? hours.logOdds(pair) / Self.ln10 : nil
  }

  /// log10 of the likelihood ratio of a pair, within the bounds unless they are not to count; nil where the text is
  /// shorter than any of enough pairs. The first arguments are those of `score`.
  public func log10LR(
    _ values: [Double], length: Int, hours: Double? = nil, isBounded: Bool = true
  ) -> Double? {
    guard let bucket = buckets.last(where: { $0.shortest <= length }) else { return nil }
    let ratio = unbounded(values, length: length, hours: hours)
    return isBounded ? bucket.bounds.bounded(ratio) : ratio
  }
}
