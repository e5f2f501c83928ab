internal import Columns

/// Which of several authors posted a passage that more than one of them posted, and when each did first.
///
/// It is found once, and tells whom a passage is left to of the authors, and of groups of them (`SharedPassages`).
public struct PassagePostings: Sendable {
  /// Bytes of text whose passages are held at once; they take some two bytes for each.
  private static let bytesAtOnce = 1 << 28
  private static let buckets = 16

  struct Posting: Sendable {
    let hash: UInt64
    let author: Int32
    let time: PostTime
  }

  /// By hash, then by author.
  let postings: [Posting]

  /// Reads all posts twice; time is linear in their bytes but for a sort.
  ///
  /// - Parameters:
  ///   - authors: how many.
  ///   - bytes: of all their posts, about: only the memory depends on it.
  ///   - threads: does not change the result.
  ///   - posts: the posts of an author; called from several threads.
  public init(authors: Int, bytes: Int, threads: Int, posts: @Sendable (Int) -> ProfileBuilder) {
    let shared = Self.shared(authors: authors, bytes: bytes, threads: threads, posts: posts)
    if shared.isEmpty {
      postings = []
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
    self.postings = postings
  }

  /// Calls `body` with the postings of each passage.
  func forEachPassage(_ body: (ArraySlice<Posting>) -> Void) {
    var start = 0
    while start < postings.count {
      var end = start + 1
      while end < postings.count, postings[end].hash == postings[start].hash { end += 1 }
      body(postings[start..<end])
      start = end
    }
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
