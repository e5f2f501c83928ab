import Stylometry

/// Posts of one account, each ended by a byte 0.
///
/// Held against them: no crash; the fast pass gives bit for bit what the plain one does, whatever was measured with the
/// same memory before, and without the passages that two halves share; the order of posts changes nothing; profiles of
/// two halves add up to that of the whole.
struct StyleHarness: FuzzHarness {
  private static let separator: UInt8 = 0
  /// Used for one input after the other, as by who measures many accounts.
  private let profiler = StyleProfiler()

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    let posts = input.split(separator: Self.separator, omittingEmptySubsequences: false).map { Array($0) }
    let builder = Self.builder(posts)
    let profile = measured(builder)
    demand(profile == PlainProfiler.profile(of: builder), "the fast pass is not the plain one")
    demand(profile == measured(Self.builder(posts.reversed())), "the order of posts matters")
    let middle = posts.count / 2
    let halves = (Self.builder(posts[..<middle]), Self.builder(posts[middle...]))
    var merged = halves.1
    merged.merge(halves.0)
    demand(profile == measured(merged), "posts of two builders are not those of one")
    if let sum = measured(halves.0).merging(measured(halves.1)) {
      demand(profile == sum, "the profiles of two halves are not that of the whole")
    }
    let authors = [halves.0, halves.1]
    let passages = SharedPassages(authors: 2, bytes: builder.byteCount, threads: 1) { authors[$0] }
    for author in authors.indices {
      let plain = PlainProfiler.profile(of: authors[author], without: passages, author: author)
      demand(
        plain == measured(authors[author], without: passages, author),
        "the fast pass leaves out other passages than the plain one")
    }
  }

  private func measured(
    _ builder: ProfileBuilder, without passages: SharedPassages? = nil, _ author: Int = 0
  ) -> StyleProfile {
    do {
      return try profiler.profile(of: builder, without: passages, author: author)
    } catch {
      stop("\(error)")
    }
  }

  private static func builder(_ posts: some Sequence<[UInt8]>) -> ProfileBuilder {
    var builder = ProfileBuilder()
    for post in posts { builder.add(post: post) }
    return builder
  }

  func seeds() throws -> [[UInt8]] {
    let posts = Samples.posts.map { Array($0.utf8) }
    return posts + [Array(posts.joined(separator: [Self.separator]))]
  }
}
