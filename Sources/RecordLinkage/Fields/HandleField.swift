import CKernels

/// Handles compared by shape: user name with user name, and user name with the local part of an e-mail address.
final class HandleField: ComparisonField, Codable, @unchecked Sendable {
  /// Sorts of agreement; those from `crossExact` on are between a user name and an e-mail address.
  enum Code {
    static let exact = 0
    static let skeleton = 1
    static let stem = 2
    static let stemOnly = 3
    static let near = 4
    static let crossExact = 5
    static let crossSkeleton = 6
    static let crossStem = 7
    static let crossNear = 8
  }

  let name: String
  let space: HandleSpace
  /// User names.
  private var handles: [RowColumn]
  /// Local parts of e-mail addresses.
  private var locals: [RowColumn]
  let number: Int
  let codeNames = [
    "exact", "but for separators or leetspeak", "same stem, digits added", "same stem, other digits", "near",
    "as e-mail", "as e-mail but for separators", "stem as e-mail", "near e-mail",
  ]
  let strongerCodes: [Int?] = [
    nil, Code.exact, Code.skeleton, Code.stem, Code.skeleton, Code.exact, Code.crossExact, Code.crossSkeleton,
    Code.crossSkeleton,
  ]
  let nature = FieldNature.individual
  var surnameCodes: [Int] { [Code.stem, Code.stemOnly, Code.crossStem] }
  let knownTotals: [Double]
  let bucketShares: [Double]

  init(_ name: String, _ space: HandleSpace, handles: [Packed<UInt32>], locals: [Packed<UInt32>], number: Int)
  {
    self.name = name
    self.space = space
    self.handles = handles.map { RowColumn($0) }
    self.locals = locals.map { RowColumn($0) }
    self.number = number
    var totals = [Double](repeating: .nan, count: Level.count)
    var inBucket = [Double](repeating: 0, count: Level.buckets)
    if handles.count == 1 {
      let counts = Packed<UInt32>(repeating: 0, count: space.pool.count)
      for record in 0..<space.counted { counts[Int(handles[0][record])] &+= 1 }
      for bucket in 0..<Level.buckets { totals[2 + bucket] = 0 }
      for value in 1..<max(counts.count, 1) {
        let bucket = Level.bucket(space.handleCounts[value])
        totals[2 + bucket] += pairs(counts[value])
      }
    }
    for column in handles {
      for record in 0..<space.counted where column[record] != 0 {
        let stem = Int(space.facts[Int(column[record])].stem)
        inBucket[Level.bucket(space.stemCounts[stem])] += 1
      }
    }
    knownTotals = totals
    bucketShares = Level.shares(inBucket)
  }

  private enum CodingKeys: String, CodingKey { case name, space, handles, locals, number }

  /// In a store, what `compare` needs.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(space, forKey: .space)
    try container.encode(handles, forKey: .handles)
    try container.encode(locals, forKey: .locals)
    try container.encode(number, forKey: .number)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    space = try container.decode(HandleSpace.self, forKey: .space)
    handles = try container.decode([RowColumn].self, forKey: .handles)
    locals = try container.decode([RowColumn].self, forKey: .locals)
    number = try container.decode(Int.self, forKey: .number)
    (knownTotals, bucketShares) = ([], [])
  }

  var equalValues: EqualValues? {
    if handles.count != 1 { return nil }
    return EqualValues(column: handles[0], count: space.pool.count) { [space] in
      Int(Level.agreement(Code.exact, space.handleCounts[$0]))
    }
  }

  var rowColumns: [RowColumn] { handles + locals }

  func move(to matrix: RowMatrix) {
    handles = handles.map { matrix.view(of: $0) }
    locals = locals.map { matrix.view(of: $0) }
  }

  func compare(_ batch: PairBatch, into levels: UnsafeMutablePointer<UInt8>, _ workspace: Workspace) {
    if handles.count == 1, locals.count <= 1 {
      // Most tables: one column of each.
      let space = Lookup(self.space)
      let handle = handles[0].raw
      let local = locals.first?.raw
      let facts = space.facts
      for index in 0..<batch.count {
        let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
        cog_prefetch(facts + Int(handle[left]))
        cog_prefetch(facts + Int(handle[right]))
        if let local {
          cog_prefetch(facts + Int(local[left]))
          cog_prefetch(facts + Int(local[right]))
        }
      }
      for index in 0..<batch.count {
        let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
        var best = Best()
        Self.take(handle[left], handle[right], cross: false, space, &best)
        if let local, best.code != Code.exact {
          Self.take(handle[left], local[right], cross: true, space, &best)
          Self.take(local[left], handle[right], cross: true, space, &best)
        }
        levels[index] = best.level
      }
      return
    }
    let space = Lookup(self.space)
    for index in 0..<batch.count {
      let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
      var best = Best()
      for one in handles {
        for two in handles { Self.take(one[left], two[right], cross: false, space, &best) }
      }
      if best.code != Code.exact {
        for one in handles {
          for two in locals {
            Self.take(one[left], two[right], cross: true, space, &best)
            Self.take(two[left], one[right], cross: true, space, &best)
          }
        }
      }
      levels[index] = best.level
    }
  }

  /// What is looked up of handles, without the objects that hold it: valid while the space lives.
  private struct Lookup: BitwiseCopyable {
    let facts: UnsafeMutablePointer<HandleFacts>
    let handleCounts: UnsafeMutablePointer<UInt32>
    let skeletonCounts: UnsafeMutablePointer<UInt32>
    let stemCounts: UnsafeMutablePointer<UInt32>
    let skeletons: UnsafeMutablePointer<UInt8>
    let skeletonOffsets: UnsafeMutablePointer<UInt32>

    init(_ space: HandleSpace) {
      facts = space.facts.base
      handleCounts = space.handleCounts.base
      skeletonCounts = space.skeletonCounts.base
      stemCounts = space.stemCounts.base
      skeletons = space.skeletons.bytes.base
      skeletonOffsets = space.skeletons.offsets.base
    }

    @inline(__always)
    func skeleton(_ number: UInt32) -> UnsafeBufferPointer<UInt8> {
      let start = skeletonOffsets[Int(number)]
      return UnsafeBufferPointer(
        start: skeletons + Int(start), count: Int(skeletonOffsets[Int(number) &+ 1] &- start))
    }
  }

  /// The best agreement so far.
  private struct Best {
    var seen = false
    var code = 255
    var rank = 255
    var frequency: UInt32 = 0
    var level: UInt8 {
      !seen ? Level.missing : code == 255 ? Level.different : Level.agreement(code, frequency)
    }
  }

  @inline(__always)
  private static func take(
    _ one: UInt32, _ two: UInt32, cross: Bool, _ space: Lookup, _ best: inout Best
  ) {
    if one == 0 || two == 0 { return }
    best.seen = true
    var found: UInt32 = 0
    var code = agreement(Int(one), Int(two), space, &found)
    if code == 255 { return }
    if cross {
      switch code {
      case Code.exact: code = Code.crossExact
      case Code.skeleton: code = Code.crossSkeleton
      case Code.stem: code = Code.crossStem
      case Code.near: code = Code.crossNear
      default: return
      }
    }
    let rank = rank(code)
    if rank < best.rank {
      best.code = code
      best.rank = rank
      best.frequency = found
    }
  }

  /// Preference among sorts of agreement, best first.
  @inline(__always)
  private static func rank(_ code: Int) -> Int {
    switch code {
    case Code.exact: 0
    case Code.crossExact: 1
    case Code.skeleton: 2
    case Code.crossSkeleton: 3
    case Code.stem: 4
    case Code.crossStem: 5
    case Code.near: 6
    case Code.stemOnly: 7
    default: 8
    }
  }

  @inline(__always)
  private static func agreement(_ one: Int, _ two: Int, _ space: Lookup, _ frequency: inout UInt32) -> Int {
    // What both records have is seen twice at least, however few records were counted.
    if one == two {
      frequency = max(space.handleCounts[one], 2)
      return Code.exact
    }
    let (left, right) = (space.facts[one], space.facts[two])
    if left.skeleton == right.skeleton, left.skeleton != 0 {
      frequency = max(space.skeletonCounts[Int(left.skeleton)], 2)
      return Code.skeleton
    }
    if left.stem == right.stem, left.stem != 0 {
      frequency = max(space.stemCounts[Int(left.stem)], 2)
      return HandleSpace.digitsAgree(left.digits, right.digits) ? Code.stem : Code.stemOnly
    }
    if (left.set ^ right.set).nonzeroBitCount > 2 { return 255 }
    let (first, second) = (space.skeleton(left.skeleton), space.skeleton(right.skeleton))
    if min(first.count, second.count) < 6 || abs(first.count - second.count) > 1 { return 255 }
    if !DamerauLevenshtein.isWithinOne(first, second) { return 255 }
    frequency = min(space.stemCounts[Int(left.stem)], space.stemCounts[Int(right.stem)])
    return Code.near
  }
}
