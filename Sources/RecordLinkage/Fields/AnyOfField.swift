/// Several values a record, any of one compared with any of the other: phone numbers, addresses, devices.
final class AnyOfField: ComparisonField, Codable, @unchecked Sendable {
  let name: String
  let values: ValueField
  private var columns: [RowColumn]
  let codeNames: [String]
  var nature: FieldNature { values.nature }
  var strongerCodes: [Int?] { values.strongerCodes }
  let knownTotals: [Double]
  let bucketShares: [Double]

  /// Makes a field of columns that share a pool.
  init(
    _ columns: [NormalisedColumn], _ nearness: ValueField.Nearness, number: Int, nature: FieldNature? = nil
  ) {
    name = columns.map(\.name).joined(separator: ", ")
    values = ValueField(columns[0], nearness, number: number, nature: nature)
    codeNames = values.codeNames
    self.columns = columns.map { RowColumn($0.values) }
    let pool = columns[0].pool
    var inBucket = [Double](repeating: 0, count: Level.buckets)
    for value in 1..<max(pool.count, 1) {
      inBucket[Level.bucket(pool.counts[value])] += Double(pool.counts[value])
    }
    bucketShares = Level.shares(inBucket)
    knownTotals = [Double](repeating: .nan, count: Level.count)
  }

  private enum CodingKeys: String, CodingKey { case name, values, columns }

  /// In a store, what `compare` needs.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(values, forKey: .values)
    try container.encode(columns, forKey: .columns)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    values = try container.decode(ValueField.self, forKey: .values)
    columns = try container.decode([RowColumn].self, forKey: .columns)
    codeNames = values.codeNames
    (knownTotals, bucketShares) = ([], [])
  }

  var rowColumns: [RowColumn] { columns }

  func move(to matrix: RowMatrix) { columns = columns.map { matrix.view(of: $0) } }

  func compare(_ batch: PairBatch, into levels: UnsafeMutablePointer<UInt8>, _ workspace: Workspace) {
    for index in 0..<batch.count {
      let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
      var best = Level.missing
      for one in columns where one[left] != 0 {
        for other in columns where other[right] != 0 {
          let level = values.level(one[left], other[right], workspace)
          // Any agreement is above a difference; the lower of two agreements is the stronger sort.
          if best <= Level.different {
            best = max(best, level)
          } else if level > Level.different {
            best = min(best, level)
          }
        }
      }
      levels[index] = best
    }
  }
}
