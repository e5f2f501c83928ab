import CKernels
import Identifiers

/// One value a record, compared by equality and then by what nearness means for its kind.
final class ValueField: ComparisonField, Codable, @unchecked Sendable {
  /// What near agreement means.
  enum Nearness: String, Equatable, Codable {
    /// Nothing but equality counts.
    case none
    /// Names of persons: initials, nicknames, Damerau-Levenshtein 1, Jaro-Winkler >= .88.
    case name
    /// Words: Damerau-Levenshtein 1, Jaro-Winkler >= .9, shared words; not where numbers in them differ (`TextNumbers`).
    case text
    /// Numbers and codes: Damerau-Levenshtein 1 and 2.
    case code
    /// Dates as yyyymmdd: one digit or a swap; day and month swapped; two parts of three.
    case date
    /// IPv4 addresses of one /24, IPv6 of one /64.
    case network
    /// Streets with house numbers (`AddressWords`).
    case street
    /// Years of age and the like: one more or less; two or three.
    case amount
  }

  /// Sorts of agreement.
  enum Code {
    static let exact = 0
    static let near = 1
    static let loose = 2
    static let initial = 3
    static let nickname = 4
  }

  let name: String
  private var values: RowColumn
  let pool: ValuePool
  let nearness: Nearness
  /// The other part of the name, in the same pool, where parts may be exchanged.
  ///
  /// Whether a record's given and family name are exchanged says nothing of whose record it is, and strangers whose names
  /// agree are as often exchanged as others. So names that agree when exchanged weigh as names that agree, each part
  /// once: a sort of agreement of its own is so rare in pairs at random that it seems to prove one origin.
  private var other: RowColumn?
  let number: Int
  let codeNames = ["exact", "near", "loose", "initial", "nickname"]
  let strongerCodes: [Int?] = [nil, Code.exact, Code.near, Code.exact, Code.exact]
  let nature: FieldNature
  var isLasting: Bool { nature != .common && (nearness == .name || nearness == .date) }
  let knownTotals: [Double]
  let bucketShares: [Double]
  /// By value: the groups of nicknames it belongs to.
  let groups: Packed<UInt64>
  let facts: Packed<ValueFacts>
  /// By value, of texts and addresses.
  let words: Packed<WordFacts>

  /// `nature` says whose the values are; dates and names are one person's unless it says otherwise. `namedMonths` says
  /// by value which dates are written by the name of their month.
  init(
    _ column: NormalisedColumn, _ nearness: Nearness, number: Int, other: Packed<UInt32>? = nil,
    nature: FieldNature? = nil, namedMonths: Packed<Bool>? = nil
  ) {
    self.nature = nature ?? ([.date, .name, .amount].contains(nearness) ? .individual : .common)
    name = column.name
    values = RowColumn(column.values)
    pool = column.pool
    self.nearness = nearness
    self.number = number
    self.other = other.map { RowColumn($0) }
    // Frequencies of this column alone: the pool may be shared with others.
    let counts = Packed<UInt32>(repeating: 0, count: pool.count)
    for record in 0..<column.counted { counts[Int(column.values[record])] &+= 1 }
    var totals = [Double](repeating: .nan, count: Level.count)
    var inBucket = [Double](repeating: 0, count: Level.buckets)
    for bucket in 0..<Level.buckets { totals[2 + bucket] = 0 }
    for value in 1..<max(pool.count, 1) where counts[value] > 0 {
      let bucket = Level.bucket(pool.counts[value])
      totals[2 + bucket] += pairs(counts[value])
      inBucket[bucket] += Double(counts[value])
    }
    if let other {
      let (isCommoner, pool) = (self.nature == .individual, column.pool)
      ExchangedNames.forEach(column, other) { one, two, pairs in
        let (left, right) = (Level.bucket(pool.counts[one]), Level.bucket(pool.counts[two]))
        let bucket = isCommoner ? max(left, right) : min(left, right)
        totals[2 + max(bucket, Int(Level.leastShared))] += pairs
      }
    }
    knownTotals = totals
    bucketShares = Level.shares(inBucket)
    groups = nearness == .name ? Nicknames.groups(of: pool) : Packed(repeating: 0, count: 1)
    facts = ValueFacts.of(pool, nearness) { [groups] value in
      nearness == .name && groups[value] != 0 || namedMonths?[value] ?? false
    }
    words =
      [.text, .street].contains(nearness)
      ? WordFacts.of(pool, isAddress: nearness == .street) : Packed(uninitialised: 0)
  }

  private enum CodingKeys: String, CodingKey {
    case name, values, pool, nearness, other, number, nature, groups, facts, words
  }

  /// In a store, what `compare` needs.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    if values.own == nil { try container.encode(values, forKey: .values) }
    try container.encode(pool.stored, forKey: .pool)
    try container.encode(nearness, forKey: .nearness)
    try container.encodeIfPresent(other, forKey: .other)
    try container.encode(number, forKey: .number)
    try container.encode(nature, forKey: .nature)
    try container.encode(array: groups, .groups)
    try container.encode(array: facts, .facts)
    try container.encode(array: words, .words)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    values = try container.decodeIfPresent(RowColumn.self, forKey: .values) ?? RowColumn(Packed([]))
    pool = try container.decode(ValuePool.Stored.self, forKey: .pool).pool
    nearness = try container.decode(Nearness.self, forKey: .nearness)
    other = try container.decodeIfPresent(RowColumn.self, forKey: .other)
    number = try container.decode(Int.self, forKey: .number)
    nature = try container.decode(FieldNature.self, forKey: .nature)
    groups = try container.array(.groups)
    facts = try container.array(.facts)
    words = try container.array(.words)
    (knownTotals, bucketShares) = ([], [])
  }

  var equalValues: EqualValues? {
    EqualValues(column: values, count: pool.count) { [pool] in
      Int(Level.agreement(Code.exact, pool.counts[$0]))
    }
  }

  var rowColumns: [RowColumn] { [values] + (other.map { [$0] } ?? []) }

  func move(to matrix: RowMatrix) {
    values = matrix.view(of: values)
    other = other.map { matrix.view(of: $0) }
  }

  func compare(_ batch: PairBatch, into levels: UnsafeMutablePointer<UInt8>, _ workspace: Workspace) {
    let values = self.values.raw
    let facts = self.facts.base
    // Those that have both values are listed while memory is asked for what is known of the values.
    let list = workspace.list(batch.count)
    var listed = 0
    for index in 0..<batch.count {
      let (one, two) = (values[Int(batch.left[index])], values[Int(batch.right[index])])
      levels[index] = Level.missing
      list[listed] = UInt32(truncatingIfNeeded: index)
      // Which records lack a value is anybody's guess, so that this is no branch.
      let both = UInt32(min(one, 1) & min(two, 1))
      listed &+= Int(both)
      cog_prefetch(facts + Int(one &* both))
      cog_prefetch(facts + Int(two &* both))
    }
    let other = self.other?.raw
    for position in 0..<listed {
      let index = Int(list[position])
      let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
      let (one, two) = (values[left], values[right])
      let (first, second) = (facts[Int(one)], facts[Int(two)])
      if one == two {
        levels[index] = Level.agreement(Code.exact, bucket: max(first.bucket, Level.leastShared))
      } else if let other, one == other[right], two == other[left] {
        // Given names are the commoner ones.
        let bucket =
          nature == .individual ? max(first.bucket, second.bucket) : min(first.bucket, second.bucket)
        levels[index] = Level.agreement(Code.exact, bucket: max(bucket, Level.leastShared))
      } else {
        let code: UInt8
        if nearness == .date {
          code = CalendarDate.nearness(
            pool.text(Int(one)), pool.text(Int(two)), areMonthsNamed: first.flags & second.flags != 0)
        } else if nearness == .street {
          code = near(Int(one), Int(two), workspace)
        } else if mayBeNear(first, second) || nearness == .text && mayShareWords(one, two) {
          code = workspace.remembered(field: number, one, two) { near(Int(one), Int(two), workspace) }
        } else {
          code = 255
        }
        levels[index] =
          code == 255
          ? Level.different : Level.agreement(Int(code), bucket: min(first.bucket, second.bucket))
      }
    }
  }

  /// Whether the names of two records agree when given and family name of one are exchanged.
  func isExchanged(_ left: Int, _ right: Int) -> Bool {
    guard let other = other?.raw else { return false }
    let values = self.values.raw
    let (one, two) = (values[left], values[right])
    return one != 0 && two != 0 && one != two && one == other[right] && two == other[left]
  }

  /// Whether the sets of letters allow two values to be near: a filter that never drops what `near` would take.
  @inline(__always)
  private func mayBeNear(_ one: ValueFacts, _ two: ValueFacts) -> Bool {
    let (left, right) = (one.signature, two.signature)
    switch nearness {
    case .none: return false
    case .network: return left != 0 && left == right
    case .date, .street, .amount: return true
    case .code: return (left ^ right).nonzeroBitCount <= 4 && abs(Int(one.length) - Int(two.length)) <= 2
    case .name, .text:
      let (lengthOne, lengthTwo) = (Int(one.length), Int(two.length))
      if lengthOne <= 4 || lengthTwo <= 4 || lengthOne == 255 || lengthTwo == 255 { return true }
      if nearness == .name, one.flags & two.flags != 0 { return true }
      // Letters that the other text lacks are not matched; Jaro-Winkler .88 needs Jaro .8 at the least, that is
      // most / lengthOne + most / lengthTwo >= 1.4.
      let most = min(
        lengthOne - (left & ~right).nonzeroBitCount, lengthTwo - (right & ~left).nonzeroBitCount)
      return most * (lengthOne + lengthTwo) * 100 >= 139 * lengthOne * lengthTwo
    }
  }

  /// Whether two texts may have enough words in common.
  @inline(__always)
  private func mayShareWords(_ one: UInt32, _ two: UInt32) -> Bool {
    words.base[Int(one)].mayShare(Self.leastShare, with: words.base[Int(two)])
  }

  /// Texts that share half of their words agree loosely.
  private static let leastShare = 0.5

  /// The sort of near agreement of two different values; 255 for none.
  private func near(_ one: Int, _ two: Int, _ workspace: Workspace) -> UInt8 {
    let (left, right) = (pool.text(one), pool.text(two))
    switch nearness {
    case .none: return 255
    case .name:
      if left.count == 1 || right.count == 1 { return left[0] == right[0] ? UInt8(Code.initial) : 255 }
      if Nicknames.share(groups[one], groups[two]) { return UInt8(Code.nickname) }
      if min(left.count, right.count) >= 3, DamerauLevenshtein.isWithinOne(left, right) {
        return UInt8(Code.near)
      }
      return workspace.jaroWinkler.similarity(left, right) >= 0.88 ? UInt8(Code.loose) : 255
    case .text:
      if TextNumbers.differ(left, right) { return 255 }
      let longer = max(left.count, right.count)
      // The values differ, so that short ones are at a distance of 1 or more.
      if longer >= 4, DamerauLevenshtein.isWithinOne(left, right) { return UInt8(Code.near) }
      if longer >= 16, workspace.damerau.isWithin(longer / 8, left, right) { return UInt8(Code.near) }
      if workspace.jaroWinkler.similarity(left, right) >= 0.9 { return UInt8(Code.loose) }
      guard words[one].mayShare(Self.leastShare, with: words[two]) else { return 255 }
      return WordOverlap.share(left, right) >= Self.leastShare ? UInt8(Code.loose) : 255
    case .code:
      if max(left.count, right.count) < 3 { return 255 }
      // Different values are never at a distance of 0.
      if DamerauLevenshtein.isWithinOne(left, right) { return UInt8(Code.near) }
      if min(left.count, right.count) < 6 || abs(left.count - right.count) > 2 { return 255 }
      return workspace.damerau.distance(left, right) == 2 ? UInt8(Code.loose) : 255
    case .date:
      return CalendarDate.nearness(
        left, right, areMonthsNamed: facts[one].flags & facts[two].flags != 0)
    case .network: return NetworkAddress.sharePrefix(left, right) ? UInt8(Code.near) : 255
    case .street: return AddressWords.nearness(left, right, words[one], words[two], workspace)
    case .amount:
      let difference = abs(Self.amount(left) - Self.amount(right))
      return difference <= 1 ? UInt8(Code.near) : difference <= 3 ? UInt8(Code.loose) : 255
    }
  }

  private static func amount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    text.prefix(15).reduce(0) { $1 &- 0x30 < 10 ? $0 * 10 + Int($1 &- 0x30) : $0 }
  }

  /// The level of two values, whatever records they are of.
  func level(_ one: UInt32, _ two: UInt32, _ workspace: Workspace) -> UInt8 {
    if one == 0 || two == 0 { return Level.missing }
    if one == two { return Level.agreement(Code.exact, shared: pool.counts[Int(one)]) }
    if nearness == .none { return Level.different }
    let code = workspace.remembered(field: number, one, two) { near(Int(one), Int(two), workspace) }
    return code == 255
      ? Level.different : Level.agreement(Int(code), min(pool.counts[Int(one)], pool.counts[Int(two)]))
  }
}
