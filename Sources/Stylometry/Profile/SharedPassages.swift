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
    self.init(
      PassagePostings(authors: authors, bytes: bytes, threads: threads, posts: posts), order: order)
  }

  /// The same of passages that were found before.
  ///
  /// - Parameter order: as above.
  public init(_ found: PassagePostings, order: [Int]? = nil) {
    var owners: [UInt64: Int32] = [:]
    found.forEachPassage { owners[$0[$0.startIndex].hash] = Self.owner($0, order) }
    self.owners = owners
  }

  /// The same of groups of the authors, each of which is one author who posted what all of them did.
  ///
  /// - Parameters:
  ///   - groups: the group of each author, from 0.
  ///   - order: as above, by group.
  public init(_ found: PassagePostings, groups: [Int], order: [Int]? = nil) {
    var owners: [UInt64: Int32] = [:]
    found.forEachPassage { postings in
      var first: [Int32: PassagePostings.Posting] = [:]
      for posting in postings {
        let group = Int32(truncatingIfNeeded: groups[Int(posting.author)])
        let time = min(first[group]?.time ?? posting.time, posting.time)
        first[group] = PassagePostings.Posting(hash: posting.hash, author: group, time: time)
      }
      // What one group alone has is its own.
      if first.count < 2 { return }
      owners[postings[postings.startIndex].hash] = Self.owner(first.values, order)
    }
    self.owners = owners
  }

  /// Whether nothing is shared.
  public var isEmpty: Bool { owners.isEmpty }

  /// Places of those posts that hold a passage which is left out of an author's profile.
  public func places(
    in posts: some Sequence<some Sequence<UInt8>>, of author: Int, by scanner: PassageScanner
  ) -> Set<Int> {
    if isEmpty { return [] }
    var places: Set<Int> = []
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

  /// Who posted a passage first; nobody where the times do not tell.
  private static func owner(
    _ postings: some Collection<PassagePostings.Posting>, _ order: [Int]?
  ) -> Int32 {
    let first = postings.min { one, other in
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
}
