/// Numbers of a section, read one after another.
struct Numbers {
  private let values: [Double]
  private let section: String
  private var place = 0

  init(_ values: [Double], section: String) {
    self.values = values
    self.section = section
  }

  mutating func next() throws(StyleModelError) -> Double {
    guard place < values.count else { throw .lacks(section: section) }
    place += 1
    return values[place - 1]
  }

  /// A whole number from 0 on.
  mutating func count() throws(StyleModelError) -> Int {
    guard let count = Int(exactly: try next()), (0...1 << 40).contains(count) else {
      throw .lacks(section: section)
    }
    return count
  }

  /// A count and so many numbers.
  mutating func list() throws(StyleModelError) -> [Double] {
    let count = try count()
    guard count <= values.count - place else { throw .lacks(section: section) }
    var result: [Double] = []
    for _ in 0..<count { result.append(try next()) }
    return result
  }

  func failure() -> StyleModelError { .lacks(section: section) }

  static func list(_ values: [Double]) -> [Double] { [Double(values.count)] + values }
}

extension RidgeLogistic {
  init(_ numbers: inout Numbers) throws(StyleModelError) {
    let weights = try numbers.list()
    self.init(weights: weights, intercept: try numbers.next())
  }

  var numbers: [Double] { Numbers.list(weights) + [intercept] }
}

extension LengthRow {
  init(_ numbers: inout Numbers) throws(StyleModelError) {
    let means = try numbers.list()
    let scales = try numbers.list()
    self.init(
      means: means, scales: scales, logLength: try numbers.next(), hasLengths: try numbers.next() != 0)
    guard means.count == scales.count else { throw numbers.failure() }
  }

  var numbers: [Double] { Numbers.list(means) + Numbers.list(scales) + [logLength, hasLengths ? 1 : 0] }
}

extension StyleFusion {
  init(_ numbers: inout Numbers) throws(StyleModelError) {
    var scores: [StyleScore] = []
    for number in try numbers.list() {
      guard let raw = Int(exactly: number), let score = StyleScore(rawValue: raw) else {
        throw numbers.failure()
      }
      scores.append(score)
    }
    let row = try LengthRow(&numbers)
    let model = try RidgeLogistic(&numbers)
    guard row.means.count == scores.count, model.weights.count == row.columns else {
      throw numbers.failure()
    }
    self.init(scores: scores, row: row, model: model)
  }

  var numbers: [Double] { Numbers.list(scores.map { Double($0.rawValue) }) + row.numbers + model.numbers }
}

extension StyleCalibration {
  init(_ numbers: inout Numbers, hours: HourCalibration?) throws(StyleModelError) {
    let row = try LengthRow(&numbers)
    let model = try RidgeLogistic(&numbers)
    let lapses = LapseRates(same: try numbers.next(), different: try numbers.next())
    let rates = 0.0..<0.5
    guard lapses.same > 0, lapses.different > 0, rates.contains(lapses.same), rates.contains(lapses.different)
    else { throw numbers.failure() }
    let (shortest, longest) = (try numbers.count(), try numbers.count())
    guard shortest <= longest, model.weights.count == row.columns else { throw numbers.failure() }
    var buckets: [Bucket] = []
    for _ in 0..<(try numbers.count()) {
      buckets.append(
        Bucket(
          shortest: try numbers.count(), same: try numbers.count(), different: try numbers.count(),
          bounds: ValidationBounds(lower: try numbers.next(), upper: try numbers.next())))
    }
    self.init(
      row: row, model: model, hours: hours, lapses: lapses, lengths: shortest...longest, buckets: buckets)
  }

  var numbers: [Double] {
    row.numbers + model.numbers + [lapses.same, lapses.different]
      + [Double(lengths.lowerBound), Double(lengths.upperBound)]
      + [Double(buckets.count)]
      + buckets.flatMap {
        [Double($0.shortest), Double($0.same), Double($0.different), $0.bounds.lower, $0.bounds.upper]
      }
  }
}

extension HourCalibration {
  init(_ numbers: inout Numbers) throws(StyleModelError) {
    let weight = try numbers.next()
    let mean = try numbers.list()
    var covariances: [Matrix] = []
    for _ in 0..<3 {
      let values = try numbers.list()
      guard let matrix = Matrix(rows: HourMoments.dimensions, columns: HourMoments.dimensions, values: values)
      else {
        throw numbers.failure()
      }
      covariances.append(matrix)
    }
    guard
      let model = HourModel(
        mean: mean, between: covariances[0], within: covariances[1], sampling: covariances[2])
    else { throw numbers.failure() }
    self.init(model: model, weight: weight)
  }

  var numbers: [Double] {
    [weight] + Numbers.list(model.mean)
      + [model.between, model.within, model.sampling].flatMap { Numbers.list($0.values) }
  }
}
