/// What a level of agreement means.
///
///     0                missing on either side: says nothing
///     1                different
///     2 + 16 c + b     agreement of sort c, of a value whose frequency is in bucket b
///
/// Bucket b holds values seen 2^b to 2^(b+1) - 1 times, the last one all that are more frequent, so that a rare
/// agreement and a common one are weighed apart at every sort of agreement, exact or near.
enum Level {
  static let missing: UInt8 = 0
  static let different: UInt8 = 1
  static let buckets = 16
  static let count = 256

  @inline(__always)
  static func bucket(_ count: UInt32) -> Int {
    count == 0 ? 0 : min(31 - count.leadingZeroBitCount, buckets - 1)
  }

  @inline(__always)
  static func agreement(_ code: Int, _ frequency: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: 2 + code * buckets + bucket(frequency))
  }

  /// Agreement on one value that both records have: however few records were counted, these two have it.
  @inline(__always)
  static func agreement(_ code: Int, shared frequency: UInt32) -> UInt8 {
    agreement(code, max(frequency, 2))
  }

  /// The bucket of a value that two records have.
  static let leastShared: UInt8 = 1

  @inline(__always)
  static func agreement(_ code: Int, bucket: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: 2 + code * buckets) &+ bucket
  }

  /// By level, the share of records whose value is in the level's bucket, from records in each bucket.
  static func shares(_ inBucket: [Double]) -> [Double] {
    let filled = max(inBucket.reduce(0, +), 1)
    return (0..<count).map { $0 < 2 ? 1 : inBucket[($0 - 2) % buckets] / filled }
  }

  /// The sort of agreement of a level from 2 on.
  static func code(_ level: Int) -> Int { (level - 2) / buckets }
}

/// A run of candidate pairs, left record below the right one.
struct PairBatch {
  let left: UnsafePointer<UInt32>
  let right: UnsafePointer<UInt32>
  let count: Int
}

/// Whose a field's value is.
enum FieldNature: String, Codable {
  /// One person's own: names, date of birth, handle, e-mail address. A person's records seldom differ in it.
  case individual
  /// What those who live together have in common: surname and address. Records of one person may differ in it.
  case home
  /// What others have in common: town, place of work, a proxy of the Internet.
  case common
}

/// A property that records are compared on: it gives each pair a level.
///
/// One object serves all tasks; what a task needs to itself is in its `Workspace`.
protocol ComparisonField: AnyObject, Sendable {
  /// What it is called in reports: the columns it looks at.
  var name: String { get }
  /// Names of the sorts of agreement, by code, strongest first.
  var codeNames: [String] { get }
  /// By code, the sort that agrees more beyond doubt, on values counted alike; nil where there is none.
  var strongerCodes: [Int?] { get }
  /// By level, how many pairs of all records are at it, where that follows from the frequencies of the values; NaN
  /// where it must be sampled.
  var knownTotals: [Double] { get }
  /// The values that are counted there as pairs that have the same; nil where none are.
  var equalValues: EqualValues? { get }
  /// By level, the chance that a record's value falls there when it agrees at that level's sort.
  var bucketShares: [Double] { get }

  /// Whose its values are.
  var nature: FieldNature { get }
  /// Whether records of one person seldom differ in it, though others may have the same: names, dates of birth.
  var isLasting: Bool { get }

  /// Sorts of agreement that tell of a name in the value, which those who live together have in common.
  var surnameCodes: [Int] { get }

  /// By level, the weight (log10 of the likelihood ratio) where it is known beforehand; nil where the data teach it.
  var ownWeights: [Float]? { get }

  /// The columns it looks at, and a way to have them elsewhere.
  var rowColumns: [RowColumn] { get }
  func move(to matrix: RowMatrix)

  /// Writes the level of each pair.
  func compare(_ batch: PairBatch, into levels: UnsafeMutablePointer<UInt8>, _ workspace: Workspace)
}

/// A column of values of which two records may have the same.
struct EqualValues {
  /// By record, the number of its value; 0 is none.
  let column: RowColumn
  /// Values, with none among them.
  let count: Int
  /// The level of two records that have a value.
  let level: (_ value: Int) -> Int
}

extension ComparisonField {
  var equalValues: EqualValues? { nil }
  var nature: FieldNature { .common }
  var isLasting: Bool { false }
  var surnameCodes: [Int] { [] }
  var ownWeights: [Float]? { nil }
}

/// What one task needs to compare: distance kernels and a memory of value pairs.
final class Workspace {
  let jaroWinkler = JaroWinkler()
  let damerau = DamerauLevenshtein()
  private let keys: Packed<UInt64>
  private let codes: Packed<UInt8>
  private static let bits: UInt64 = 13
  private var listed = Packed<UInt32>(uninitialised: 2048)

  /// Room for the numbers of `count` pairs, and one more.
  @inline(__always)
  func list(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    if listed.count <= count { listed = Packed(uninitialised: max(count + 1, listed.count * 2)) }
    return listed.base
  }

  init(fields: Int) {
    keys = Packed(repeating: 0, count: fields << Int(Self.bits))
    codes = Packed(repeating: 0, count: fields << Int(Self.bits))
  }

  /// The remembered result for two values of a field, or what `compute` gives.
  @inline(__always)
  func remembered(field: Int, _ one: UInt32, _ other: UInt32, _ compute: () -> UInt8) -> UInt8 {
    let key = one < other ? UInt64(one) << 32 | UInt64(other) : UInt64(other) << 32 | UInt64(one)
    let slot = field << Int(Self.bits) + Int((key &* 0x9E37_79B9_7F4A_7C15) >> (64 - Self.bits))
    if keys[slot] == key { return codes[slot] }
    let code = compute()
    keys[slot] = key
    codes[slot] = code
    return code
  }
}

/// Pairs among `count` things.
@inline(__always)
func pairs(_ count: UInt32) -> Double { Double(count) * (Double(count) - 1) / 2 }
