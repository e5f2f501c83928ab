/// Handles compared by shape: user name with user name, and user name with the local part of an e-mail address.
final class HandleField: ComparisonField, @unchecked Sendable {
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
  let handles: [Packed<UInt32>]
  /// Local parts of e-mail addresses.
  let locals: [Packed<UInt32>]
  let number: Int
  let codeNames = [
    "exact", "but for separators or leetspeak", "same stem, digits added", "same stem, other digits", "near",
    "as e-mail", "as e-mail but for separators", "stem as e-mail", "near e-mail",
  ]
  let knownTotals: [Double]
  let bucketShares: [Double]

  init(_ name: String, _ space: HandleSpace, handles: [Packed<UInt32>], locals: [Packed<UInt32>], number: Int)
  {
    self.name = name
    self.space = space
    self.handles = handles
    self.locals = locals
    self.number = number
    var totals = [Double](repeating: .nan, count: Level.count)
    var inBucket = [Double](repeating: 0, count: Level.buckets)
    if handles.count == 1 {
      let counts = Packed<UInt32>(repeating: 0, count: space.pool.count)
      for record in 0..<handles[0].count { counts[Int(handles[0][record])] &+= 1 }
      for bucket in 0..<Level.buckets { totals[2 + bucket] = 0 }
      for value in 1..<max(counts.count, 1) {
        let bucket = Level.bucket(space.handleCounts[value])
        totals[2 + bucket] += pairs(counts[value])
      }
    }
    for column in handles {
      for record in 0..<column.count where column[record] != 0 {
        let stem = Int(space.stem[Int(column[record])])
        inBucket[Level.bucket(space.stemCounts[stem])] += 1
      }
    }
    knownTotals = totals
    bucketShares = Level.shares(inBucket)
  }

  /// Preference among sorts of agreement, best first.
  private static let rank: [Int] = [0, 2, 4, 7, 6, 1, 3, 5, 8]

  func compare(_ batch: PairBatch, into levels: UnsafeMutablePointer<UInt8>, _ workspace: Workspace) {
    for index in 0..<batch.count {
      let (left, right) = (Int(batch.left[index]), Int(batch.right[index]))
      var seen = false
      var best = 255
      var frequency: UInt32 = 0
      func take(_ one: UInt32, _ two: UInt32, cross: Bool) {
        if one == 0 || two == 0 { return }
        seen = true
        var found: UInt32 = 0
        let code = agreement(Int(one), Int(two), workspace, &found)
        if code == 255 { return }
        var full = code
        if cross {
          switch code {
          case Code.exact: full = Code.crossExact
          case Code.skeleton: full = Code.crossSkeleton
          case Code.stem: full = Code.crossStem
          case Code.near: full = Code.crossNear
          default: return
          }
        }
        if best == 255 || Self.rank[full] < Self.rank[best] {
          best = full
          frequency = found
        }
      }
      for one in handles { for two in handles { take(one[left], two[right], cross: false) } }
      if best != Code.exact {
        for one in handles {
          for two in locals {
            take(one[left], two[right], cross: true)
            take(two[left], one[right], cross: true)
          }
        }
      }
      levels[index] =
        !seen ? Level.missing : best == 255 ? Level.different : Level.agreement(best, frequency)
    }
  }

  @inline(__always)
  private func agreement(_ one: Int, _ two: Int, _ workspace: Workspace, _ frequency: inout UInt32) -> Int {
    if one == two {
      frequency = space.handleCounts[one]
      return Code.exact
    }
    let (shape, other) = (space.skeleton[one], space.skeleton[two])
    if shape == other, shape != 0 {
      frequency = space.skeletonCounts[Int(shape)]
      return Code.skeleton
    }
    let (stem, otherStem) = (space.stem[one], space.stem[two])
    if stem == otherStem, stem != 0 {
      frequency = space.stemCounts[Int(stem)]
      return space.digitsAgree(one, two) ? Code.stem : Code.stemOnly
    }
    let near = workspace.remembered(field: number, shape, other) {
      let (left, right) = (space.skeletons.text(Int(shape)), space.skeletons.text(Int(other)))
      if min(left.count, right.count) < 6 || abs(left.count - right.count) > 2 { return 255 }
      return workspace.damerau.distance(left, right) <= 1 ? 1 : 255
    }
    if near == 255 { return 255 }
    frequency = min(space.stemCounts[Int(stem)], space.stemCounts[Int(otherStem)])
    return Code.near
  }
}
