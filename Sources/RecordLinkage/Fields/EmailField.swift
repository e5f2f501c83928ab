/// E-mail addresses: the whole address, then its parts.
final class EmailField: ComparisonField, Codable, @unchecked Sendable {
  /// Sorts of agreement.
  enum Code {
    static let exact = 0
    static let local = 1
    static let near = 2
    static let stem = 3
  }

  let name: String
  let pool: ValuePool
  private var columns: [RowColumn]
  /// By address: number of its local part in the handle space, and of its domain.
  let local: Packed<UInt32>
  let domain: Packed<UInt32>
  let space: HandleSpace
  let number: Int
  let codeNames = ["exact", "same before the @", "near", "same stem"]
  let strongerCodes: [Int?] = [nil, Code.exact, Code.exact, Code.local]
  let nature = FieldNature.individual
  var surnameCodes: [Int] { [Code.stem] }
  let knownTotals: [Double]
  let bucketShares: [Double]

  init(
    _ name: String, pool: ValuePool, columns: [Packed<UInt32>], local: Packed<UInt32>, domain: Packed<UInt32>,
    space: HandleSpace, number: Int
  ) {
    self.name = name
    self.pool = pool
    self.columns = columns.map { RowColumn($0) }
    self.local = local
    self.domain = domain
    self.space = space
    self.number = number
    var totals = [Double](repeating: .nan, count: Level.count)
    var inBucket = [Double](repeating: 0, count: Level.buckets)
    for bucket in 0..<Level.buckets { totals[2 + bucket] = columns.count == 1 ? 0 : .nan }
    for value in 1..<max(pool.count, 1) {
      let bucket = Level.bucket(pool.counts[value])
      totals[2 + bucket] += pairs(pool.counts[value])
      inBucket[bucket] += Double(pool.counts[value])
    }
    knownTotals = totals
    bucketShares = Level.shares(inBucket)
  }

  private enum CodingKeys: String, CodingKey { case name, pool, columns, local, domain, space, number }

  /// In a store, what `compare` needs.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(pool.stored, forKey: .pool)
    try container.encode(columns, forKey: .columns)
    try container.encode(array: local, .local)
    try container.encode(array: domain, .domain)
    try container.encode(space, forKey: .space)
    try container.encode(number, forKey: .number)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    pool = try container.decode(ValuePool.Stored.self, forKey: .pool).pool
    columns = try container.decode([RowColumn].self, forKey: .columns)
    local = try container.array(.local)
    domain = try container.array(.domain)
    space = try container.decode(HandleSpace.self, forKey: .space)
    number = try container.decode(Int.self, forKey: .number)
    (knownTotals, bucketShares) = ([], [])
  }

  var equalValues: EqualValues? {
    if columns.count > 1 { return nil }
    return EqualValues(column: columns[0], count: pool.count) { [pool] in
      Int(Level.agreement(Code.exact, pool.counts[$0]))
    }
  }

  var rowColumns: [RowColumn] { columns }

  func move(to matrix: RowMatrix) { columns = columns.map { matrix.view(of: $0) } }

  func compare(_ batch: PairBatch, into levels: UnsafeMutablePointer<UInt8>, _ workspace: Workspace) {
    if columns.count == 1 {
      let column = columns[0].raw
      for index in 0..<batch.count {
        let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
        levels[index] = compare(Int(column[left]), Int(column[right]), workspace)
      }
      return
    }
    for index in 0..<batch.count {
      let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
      var level = Level.missing
      for one in columns {
        for two in columns {
          let found = compare(Int(one[left]), Int(two[right]), workspace)
          if found != Level.missing, level <= Level.different || found < level && found > Level.different {
            level = found
          }
        }
      }
      levels[index] = level
    }
  }

  @inline(__always)
  private func compare(_ one: Int, _ two: Int, _ workspace: Workspace) -> UInt8 {
    if one == 0 || two == 0 { return Level.missing }
    if one == two { return Level.agreement(Code.exact, shared: pool.counts[one]) }
    let (left, right) = (Int(local[one]), Int(local[two]))
    if left == 0 || right == 0 { return Level.different }
    if left == right { return Level.agreement(Code.local, shared: space.handleCounts[left]) }
    let (stem, other) = (space.facts[left].stem, space.facts[right].stem)
    if domain[one] == domain[two] {
      let near = workspace.remembered(field: number, UInt32(left), UInt32(right)) {
        let (a, b) = (space.pool.text(left), space.pool.text(right))
        return max(a.count, b.count) >= 5 && DamerauLevenshtein.isWithinOne(a, b) ? 1 : 255
      }
      if near == 1 {
        return Level.agreement(Code.near, min(space.stemCounts[Int(stem)], space.stemCounts[Int(other)]))
      }
    }
    if stem == other, stem != 0 { return Level.agreement(Code.stem, shared: space.stemCounts[Int(stem)]) }
    return Level.different
  }
}
