import CKernels

/// Whether the name of one record is in the handle of the other ("bbouwell" from Ben Bouwell).
///
/// Asked only where names cannot be compared with each other, as a handle made from a name says the same again.
final class NameInHandleField: ComparisonField, Codable, @unchecked Sendable {
  /// Sorts of agreement.
  enum Code {
    static let full = 0
    static let initialFamily = 1
    static let givenInitial = 2
    static let given = 3
    static let family = 4
  }

  let name: String
  let given: ValuePool
  let family: ValuePool
  private var givenValues: RowColumn
  private var familyValues: RowColumn
  let space: HandleSpace
  private var handles: [RowColumn]
  let codeNames = [
    "given and family name", "initial and family name", "given name and initial", "given name", "family name",
  ]
  /// The first is counted by both names, the others by one.
  let strongerCodes: [Int?] = [nil, nil, nil, Code.givenInitial, Code.initialFamily]
  let nature = FieldNature.individual
  let knownTotals: [Double]
  let bucketShares: [Double]
  private let records: Double
  let signatures: Packed<UInt32>

  init(
    _ name: String, given: NormalisedColumn, family: NormalisedColumn, space: HandleSpace,
    handles: [Packed<UInt32>]
  ) {
    self.name = name
    self.given = given.pool
    self.family = family.pool
    givenValues = RowColumn(given.values)
    familyValues = RowColumn(family.values)
    self.space = space
    self.handles = handles.map { RowColumn($0) }
    signatures = given.pool.signatures()
    records = Double(max(given.counted, 1))
    var inBucket = [Double](repeating: 0, count: Level.buckets)
    for value in 1..<max(given.pool.count, 1) {
      inBucket[Level.bucket(given.pool.counts[value])] += Double(given.pool.counts[value])
    }
    bucketShares = Level.shares(inBucket)
    knownTotals = [Double](repeating: .nan, count: Level.count)
  }

  private enum CodingKeys: String, CodingKey {
    case name, given, family, givenValues, familyValues, space, handles, records, signatures
  }

  /// In a store, what `compare` needs.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(given.stored, forKey: .given)
    try container.encode(family.stored, forKey: .family)
    try container.encode(givenValues, forKey: .givenValues)
    try container.encode(familyValues, forKey: .familyValues)
    try container.encode(space, forKey: .space)
    try container.encode(handles, forKey: .handles)
    try container.encode(records, forKey: .records)
    try container.encode(array: signatures, .signatures)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    given = try container.decode(ValuePool.Stored.self, forKey: .given).pool
    family = try container.decode(ValuePool.Stored.self, forKey: .family).pool
    givenValues = try container.decode(RowColumn.self, forKey: .givenValues)
    familyValues = try container.decode(RowColumn.self, forKey: .familyValues)
    space = try container.decode(HandleSpace.self, forKey: .space)
    handles = try container.decode([RowColumn].self, forKey: .handles)
    records = try container.decode(Double.self, forKey: .records)
    signatures = try container.array(.signatures)
    (knownTotals, bucketShares) = ([], [])
  }

  var rowColumns: [RowColumn] { [givenValues, familyValues] + handles }

  func move(to matrix: RowMatrix) {
    givenValues = matrix.view(of: givenValues)
    familyValues = matrix.view(of: familyValues)
    handles = handles.map { matrix.view(of: $0) }
  }

  func compare(_ batch: PairBatch, into levels: UnsafeMutablePointer<UInt8>, _ workspace: Workspace) {
    let (given, family) = (givenValues.raw, familyValues.raw)
    let sets = space.handleSets.base
    // Most pairs have a name on both sides or on neither; the rest is listed while memory is asked for.
    let list = workspace.list(batch.count)
    var listed = 0
    for index in 0..<batch.count {
      let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
      levels[index] = Level.missing
      list[listed] = UInt32(truncatingIfNeeded: index)
      listed &+= (given[left] | family[left] != 0) != (given[right] | family[right] != 0) ? 1 : 0
    }
    for position in 0..<handles.count {
      let handle = handles[position].raw
      for position in 0..<listed {
        let index = Int(list[position])
        let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
        cog_prefetch(sets + Int(handle[given[left] | family[left] != 0 ? right : left]))
      }
      for position in 0..<listed {
        let index = Int(list[position])
        let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
        let (named, bare) = given[left] | family[left] != 0 ? (left, right) : (right, left)
        let number = Int(handle[bare])
        if number == 0 { continue }
        let found = level(Int(given[named]), Int(family[named]), number)
        let best = levels[index]
        // The lower of two agreements is the stronger sort.
        levels[index] =
          found > Level.different && best > Level.different ? min(best, found) : max(best, found)
      }
    }
  }

  private func level(_ first: Int, _ last: Int, _ handleNumber: Int) -> UInt8 {
    let set = space.handleSets[handleNumber]
    // A name is in a handle only if its letters are.
    let mayGiven = first != 0 && signatures[first] & ~set == 0
    let mayFamily = last != 0 && signatures[last] & ~set == 0
    if !mayGiven, !mayFamily { return Level.different }
    let handle = space.pool.text(handleNumber)
    let (one, two) = (given.text(first), family.text(last))
    let hasGiven = mayGiven && one.count >= 3 && Self.contains(handle, one)
    let hasFamily = mayFamily && two.count >= 3 && Self.contains(handle, two)
    if hasGiven, hasFamily, one.count + two.count >= 6 {
      let both = Double(given.counts[first]) * Double(family.counts[last]) / records
      return Level.agreement(Code.full, UInt32(min(max(both, 1), 1e9)))
    }
    if hasFamily {
      let count = family.counts[last]
      if !one.isEmpty, Self.begins(handle, one[0], two) { return Level.agreement(Code.initialFamily, count) }
      return Level.agreement(Code.family, count)
    }
    if hasGiven {
      let count = given.counts[first]
      if !two.isEmpty, Self.follows(handle, one, two[0]) { return Level.agreement(Code.givenInitial, count) }
      return Level.agreement(Code.given, count)
    }
    return Level.different
  }

  /// Whether the handle begins with an initial and the name.
  private static func begins(
    _ handle: UnsafeBufferPointer<UInt8>, _ initial: UInt8, _ name: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard handle.count > name.count, handle[0] == initial else { return false }
    let start = handle[1] &- 0x61 < 26 ? 1 : 2
    guard handle.count >= start + name.count else { return false }
    for position in 0..<name.count where handle[start + position] != name[position] { return false }
    return true
  }

  /// Whether the handle begins with the name, then perhaps a separator, then the initial and no other letter.
  private static func follows(
    _ handle: UnsafeBufferPointer<UInt8>, _ name: UnsafeBufferPointer<UInt8>, _ initial: UInt8
  ) -> Bool {
    guard handle.count > name.count else { return false }
    for position in 0..<name.count where handle[position] != name[position] { return false }
    var position = name.count
    if !(handle[position] &- 0x61 < 26) { position += 1 }
    guard position < handle.count, handle[position] == initial else { return false }
    return position + 1 == handle.count || !(handle[position + 1] &- 0x61 < 26)
  }

  static func contains(_ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard part.count <= text.count else { return false }
    let first = part[0]
    for start in 0...(text.count - part.count) where text[start] == first {
      var length = 1
      while length < part.count, text[start + length] == part[length] { length += 1 }
      if length == part.count { return true }
    }
    return false
  }
}
