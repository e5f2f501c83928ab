public import AccountModel
internal import Columns

/// Collects the posts of one account and measures them. Posts are kept until `profile()`, which takes them in an
/// order of their own, so that neither their order nor merging changes a bit: of text pasted again always the same
/// copy is counted.
public struct ProfileBuilder: Sendable {
  /// A post of more bytes is cut into pieces that are measured as posts, so that one post of any size needs little
  /// memory: after the last newline in the second half of each piece, else between two scalars.
  public static let pieceLimit = 1 << 20

  var bytes: [UInt8] = []
  var ends: [Int] = []
  /// By end, when it was posted.
  var times: [PostTime] = []
  /// Of each post whose hour is known, see `PostingHours`.
  var hours: [Int32] = []
  /// Whether a post may be several pieces of one author set one behind another, as a text of a task is. Then a line below
  /// which the rest of a post would be a signature or another's is left out alone, and code and the like stays.
  public var isJoined = false

  /// A builder without posts.
  public init() {}

  /// Bytes of all posts.
  public var byteCount: Int { bytes.count }

  /// Equal where the posts are, whenever they were posted (FNV-1a of bytes and ends).
  var digest: UInt64 {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    for end in ends { digest = (digest ^ UInt64(end)) &* 0x0000_0100_0000_01B3 }
    return digest
  }

  /// Forgets all posts, and keeps the memory for others.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    times.removeAll(keepingCapacity: true)
    hours.removeAll(keepingCapacity: true)
  }

  /// Adds one post, as UTF-8.
  ///
  /// - Parameter time: when it was posted, where that is known.
  public mutating func add(post: some Sequence<UInt8>, at time: ObservedTime = .none) {
    add(post: post, hour: PostingHours.hour(of: time), PostTime(time))
  }

  /// Adds one post, as UTF-8.
  ///
  /// - Parameter hour: hours since 1970, in UTC, of when it was posted, where that is known.
  public mutating func add(post: some Sequence<UInt8>, hour: Int32?) {
    add(post: post, hour: hour, PostTime(hour: hour))
  }

  private mutating func add(post: some Sequence<UInt8>, hour: Int32?, _ time: PostTime) {
    let start = bytes.count
    // One by one only what lies nowhere side by side.
    if post.withContiguousStorageIfAvailable({ bytes.append(contentsOf: $0) }) == nil {
      bytes.append(contentsOf: post)
    }
    cut(from: start)
    while times.count < ends.count { times.append(time) }
    if let hour, hours.last != hour { hours.append(hour) }
  }

  /// Adds one post, as UTF-8.
  ///
  /// - Parameter time: when it was posted, where that is known.
  public mutating func add(post: String, at time: ObservedTime = .none) {
    add(post: post.utf8, at: time)
  }

  /// Adds the posts of another builder.
  public mutating func merge(_ other: ProfileBuilder) {
    let base = bytes.count
    bytes.append(contentsOf: other.bytes)
    ends.append(contentsOf: other.ends.lazy.map { $0 + base })
    times += other.times
    hours += other.hours
  }

  /// The posts of several sources that may hold copies of each other's: each counts as often as it stands in the source in
  /// which it stands most, and was posted when its first copy was. The same in whatever order they come.
  public init(withoutCopies sources: [ProfileBuilder]) {
    guard sources.count > 1 else {
      self = sources.first ?? ProfileBuilder()
      return
    }
    var known: [ArraySlice<UInt8>: (most: Int, first: PostTime)] = [:]
    for source in sources {
      var counts: [ArraySlice<UInt8>: Int] = [:]
      for number in source.ends.indices {
        let post = source.bytes[source.range(of: number)]
        let count = counts[post, default: 0] + 1
        counts[post] = count
        let time = source.times[number]
        let before = known[post] ?? (0, time)
        known[post] = (max(before.most, count), min(before.first, time))
      }
    }
    var taken: [ArraySlice<UInt8>: Int] = [:]
    for source in sources {
      for number in source.ends.indices {
        let post = source.bytes[source.range(of: number)]
        let count = taken[post, default: 0]
        guard let (most, first) = known[post], count < most else { continue }
        taken[post] = count + 1
        bytes.append(contentsOf: post)
        ends.append(bytes.count)
        times.append(first)
      }
      hours += source.hours
    }
  }

  private func range(of post: Int) -> Range<Int> { (post == 0 ? 0 : ends[post - 1])..<ends[post] }

  /// Measures all posts. Time and memory are linear in their bytes. For many profiles use one `StyleProfiler`.
  public func profile() throws(StyleProfileError) -> StyleProfile {
    try StyleProfiler().profile(of: self)
  }

  private mutating func cut(from first: Int) {
    var start = first
    while bytes.count - start > Self.pieceLimit {
      var end = start + Self.pieceLimit
      if let newline = bytes[(start + Self.pieceLimit / 2)..<end].lastIndex(of: 0x0A) {
        end = newline + 1
      } else {
        // A scalar has at most three bytes of the form 10xxxxxx.
        var back = 0
        while back < 3, bytes[end - back] & 0xC0 == 0x80 { back += 1 }
        if bytes[end - back] & 0xC0 != 0x80 { end -= back }
      }
      ends.append(end)
      start = end
    }
    if bytes.count > start { ends.append(bytes.count) }
  }

  /// Ranges of the posts, in order of a hash of their bytes: the first of them are a sample of all, whatever order they
  /// were added in.
  func mixedPosts() -> [Range<Int>] {
    bytes.withUnsafeBufferPointer { buffer in
      // Posts with one hash come in order of their bytes.
      sortedPosts().enumerated().map { place, post in
        (hash: stableHash(UnsafeBufferPointer(rebasing: buffer[post])), place: place, post: post)
      }.sorted { ($0.hash, $0.place) < ($1.hash, $1.place) }.map(\.post)
    }
  }

  /// Ranges of the posts, in order of their bytes.
  func sortedPosts() -> [Range<Int>] {
    let ranges = ends.indices.map(range(of:))
    return bytes.withUnsafeBufferPointer { buffer in
      ranges.sorted { buffer[$0].lexicographicallyPrecedes(buffer[$1]) }
    }
  }
}
