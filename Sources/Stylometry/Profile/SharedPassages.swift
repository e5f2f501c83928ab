internal import Columns

/// Passages that more than one of several authors posted word for word: a chain letter, a threat that those it was sent
/// to repeat, one chat that two telephones hold. They say nothing of who writes like whom.
///
/// A passage is a run of words with sixty letters or more, case, marks, numbers and white space aside. It is left to the
/// author who posted it first, where the times tell that, and else to nobody; every other profile is measured without
/// it, whomever it is compared with. So no two of the authors share a passage, and who repeats another's words does not
/// pass for that other's further accounts.
public struct SharedPassages: Sendable {
  /// Letters of a passage at the least: some thirteen words. Of forty, people who write of one thing share some by chance.
  public static let letters = 60

  /// Bytes of text whose passages are held at once; they take some two bytes for each.
  private static let bytesAtOnce = 1 << 28
  private static let buckets = 16
  /// Author that nobody is.
  private static let nobody: Int32 = -1

  /// By hash of a passage, whom it is left to.
  private let owners: [UInt64: Int32]

  /// Finds what is shared. Reads all posts twice; time is linear in their bytes but for a sort.
  ///
  /// - Parameters:
  ///   - authors: how many.
  ///   - bytes: of all their posts, about: only the memory depends on it.
  ///   - order: by author, a rank that no two have and that does not depend on how the authors are numbered. Of those
  ///     who posted a passage at one time (which one source may write without seconds) the first keeps it, by rank where
  ///     the times are the same, as that is one message which two sources show; without ranks nobody does.
  ///   - threads: does not change the result.
  ///   - posts: the posts of an author; called from several threads.
  public init(
    authors: Int, bytes: Int, order: [Int]? = nil, threads: Int, posts: @Sendable (Int) -> ProfileBuilder
  ) {
    let shared = Self.shared(authors: authors, bytes: bytes, threads: threads, posts: posts)
    if shared.isEmpty {
      owners = [:]
      return
    }
    let byAuthor = Workers.map(chunks: authors, threads: threads, start: { PassageScanner() }) {
      (scanner, author) -> [Posting] in
      var first: [UInt64: PostTime] = [:]
      scanner.forEachPassage(of: posts(author)) { hash, time in
        guard shared.contains(hash) else { return }
        first[hash] = min(first[hash] ?? time, time)
      }
      var postings: [Posting] = []
      for (hash, time) in first {
        postings.append(Posting(hash: hash, author: Int32(truncatingIfNeeded: author), time: time))
      }
      return postings
    }
    var postings = Array(byAuthor.joined())
    postings.sort { (one: Posting, other: Posting) -> Bool in
      one.hash != other.hash ? one.hash < other.hash : one.author < other.author
    }
    var owners: [UInt64: Int32] = [:]
    owners.reserveCapacity(shared.count)
    var start = 0
    while start < postings.count {
      var end = start + 1
      while end < postings.count, postings[end].hash == postings[start].hash { end += 1 }
      owners[postings[start].hash] = Self.owner(postings[start..<end], order)
      start = end
    }
    self.owners = owners
  }

  /// Whether nothing is shared.
  public var isEmpty: Bool { owners.isEmpty }

  /// Places of those posts that hold a passage which is left out of an author's profile.
  public func places(in posts: some Sequence<some Sequence<UInt8>>, of author: Int) -> Set<Int> {
    if isEmpty { return [] }
    var places: Set<Int> = []
    let scanner = PassageScanner()
    var builder = ProfileBuilder()
    for (place, post) in posts.enumerated() {
      builder.removeAll()
      builder.add(post: post)
      scanner.forEachPassage(of: builder) { hash, _ in
        if isLeftOut(hash, of: author) { places.insert(place) }
      }
    }
    return places
  }

  func isLeftOut(_ hash: UInt64, of author: Int) -> Bool {
    guard let owner = owners[hash] else { return false }
    return Int(owner) != author
  }

  private struct Posting: Sendable {
    let hash: UInt64
    let author: Int32
    let time: PostTime
  }

  /// Who posted a passage first; nobody where the times do not tell.
  private static func owner(_ postings: ArraySlice<Posting>, _ order: [Int]?) -> Int32 {
    let first = postings.min { (one: Posting, other: Posting) -> Bool in
      if one.time != other.time { return one.time < other.time }
      guard let order else { return one.author < other.author }
      return order[Int(one.author)] < order[Int(other.author)]
    }
    guard let first, first.time.isKnown else { return nobody }
    for other in postings where other.author != first.author {
      let isKept =
        first.time.isOneMoment(with: other.time) ? order != nil : first.time.isSurelyBefore(other.time)
      if !isKept { return nobody }
    }
    return first.author
  }

  /// Passages that more than one author has.
  private static func shared(
    authors: Int, bytes: Int, threads: Int, posts: @Sendable (Int) -> ProfileBuilder
  ) -> Set<UInt64> {
    var shared: Set<UInt64> = []
    let rounds = UInt64(1 + max(bytes, 0) / bytesAtOnce)
    for round in 0..<rounds {
      let passages = Workers.map(chunks: authors, threads: threads, start: { PassageScanner() }) {
        (scanner, author) -> [UInt64] in
        var hashes: [UInt64] = []
        scanner.forEachPassage(of: posts(author)) { hash, _ in
          if rounds == 1 || (hash >> 8) % rounds == round { hashes.append(hash) }
        }
        return Self.unique(hashes)
      }
      let found = Workers.map(chunks: buckets, threads: threads, start: {}) { (_, bucket) -> [UInt64] in
        // By the upper bits, so that of each author a bucket's are side by side.
        let low = UInt64(bucket) << 60
        var all: [UInt64] = []
        for hashes in passages {
          var place = Self.place(of: low, in: hashes)
          while place < hashes.count, hashes[place] >> 60 == UInt64(bucket) {
            all.append(hashes[place])
            place += 1
          }
        }
        all.sort()
        return Self.repeated(all)
      }
      for part in found { shared.formUnion(part) }
    }
    return shared
  }

  private static func unique(_ hashes: [UInt64]) -> [UInt64] {
    var result: [UInt64] = []
    result.reserveCapacity(hashes.count)
    for hash in hashes.sorted() where hash != result.last { result.append(hash) }
    return result
  }

  private static func repeated(_ sorted: [UInt64]) -> [UInt64] {
    var result: [UInt64] = []
    for (one, next) in zip(sorted, sorted.dropFirst()) where one == next && one != result.last {
      result.append(one)
    }
    return result
  }

  /// Where the first that is no less stands.
  private static func place(of hash: UInt64, in sorted: [UInt64]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
