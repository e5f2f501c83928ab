/// How many different handles of a table have one stem, the handle without the digits at its end.
///
/// Where a table has no column of names nothing says that "jones" in jones1968 and jones2007 is one. But names that many
/// have come with many different digits, and what one person made up does not.
struct StemCounts {
  /// Different digits that one person's handles come with.
  static let ownVariants: UInt32 = 2
  /// Stems with more handles than one person's are those of several people.
  private static let longest = 16
  /// Handles that an estimate by length is drawn to even chances by.
  private static let priorHandles = 10.0
  /// Strangers with a stem of which nothing was seen, where all stems of its length are those of several people.
  private static let unseenMost = 0.5

  /// By handle without separators, its stem.
  let stemOfHandle: [UInt32]
  /// By stem: different handles.
  private let handles: [UInt32]
  private let all: Double
  /// By length of the stem: share of handles whose stem several people have.
  private let shared: [Double]

  init(_ index: IdentityIndex, persons: Double) {
    var stemOf = [UInt32](repeating: 0, count: index.squeezedTexts.count)
    var counts = [UInt32](repeating: 0, count: index.stems.count)
    var all = 1.0
    for handle in 1..<max(index.handles.count, 1) {
      let (shape, stem) = (Int(index.squeezed[handle]), index.stem[handle])
      if shape == 0 || stem == 0 || stemOf[shape] != 0 { continue }
      stemOf[shape] = stem
      counts[Int(stem)] += 1
      all += 1
    }
    var seen = [Double](repeating: Self.priorHandles, count: Self.longest + 1)
    var several = seen.map { $0 / 2 }
    for stem in counts.indices where counts[stem] > 0 {
      let length = min(index.stems.length(stem), Self.longest)
      seen[length] += Double(counts[stem])
      if counts[stem] > Self.ownVariants { several[length] += Double(counts[stem]) }
    }
    stemOfHandle = stemOf
    handles = counts
    self.all = max(all, persons)
    shared = zip(several, seen).map { $0 / $1 }
  }

  /// The chance that another person has a stem, as far as it was seen with more digits than one person would use.
  func others(_ stem: UInt32) -> Double {
    let count = handles[Int(stem)]
    return count > Self.ownVariants ? Double(count - Self.ownVariants) / all : 0
  }

  /// The same of a stem of some length that was not seen so.
  func unseen(_ length: Int) -> Double { Self.unseenMost * shared[min(length, Self.longest)] / all }
}
