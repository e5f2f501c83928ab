import Foundation
public import Stylometry

/// One account's posts and their profile, from a file that a person named.
public struct StyleAccount: Sendable {
  /// As named, or the account's id.
  public let name: String
  /// Its posts, as UTF-8 that need not be valid.
  public let posts: [StylePost]
  /// What was measured of them.
  public private(set) var profile: StyleProfile
  /// Posts that show nothing of it, as they hold passages that were left out, by place.
  private var isPassedOver: Set<Int> = []

  /// What of it is not compared as it stands.
  public let notes: StyleCorpusNotes

  /// Reads `FILE` or `FILE#ID`, packed by gzip or zstd or not: NDJSON where the content begins as a JSON object does, else
  /// one text in UTF-8. The file is read once, and may be a pipe.
  ///
  /// - Parameter profiler: that of the model it is compared by.
  /// - Throws: `StyleCorpusError`, `StyleProfileError`.
  public init(argument: String, by profiler: StyleProfiler = StyleProfiler()) throws {
    let (path, id) = Self.parts(argument)
    switch try StyleFileContent(path: path) {
    case .text(let bytes):
      if let id { throw StyleCorpusError.oneText(file: path, id: id) }
      try self.init(name: argument, posts: [StylePost(text: bytes)], by: profiler)
    case .documents(let corpus):
      let documents = corpus.documents
      guard let document = id == nil ? documents.first : documents.first(where: { $0.id == id }) else {
        throw StyleCorpusError.unknownAccount(file: path, id: id ?? "")
      }
      if id == nil, documents.count > 1 {
        throw StyleCorpusError.severalAccounts(file: path, count: documents.count)
      }
      try self.init(name: document.id, posts: document.posts, notes: document.notes, by: profiler)
    }
  }

  /// Measures posts.
  public init(
    name: String, posts: [StylePost], notes: StyleCorpusNotes = StyleCorpusNotes(),
    by profiler: StyleProfiler = StyleProfiler()
  ) throws(StyleProfileError) {
    self.name = name
    self.posts = posts
    self.notes = notes
    profile = try profiler.profile(of: ProfileBuilder(posts))
  }

  /// The same without the passages that both posted word for word; see `SharedPassages`.
  public func apart(
    from other: StyleAccount, by profiler: StyleProfiler = StyleProfiler()
  ) throws(StyleProfileError) -> (StyleAccount, StyleAccount) {
    var both = [self, other]
    let builders = both.map { ProfileBuilder($0.posts) }
    let passages = SharedPassages(
      authors: 2, bytes: builders[0].byteCount + builders[1].byteCount, threads: 1
    ) { builders[$0] }
    if passages.isEmpty { return (self, other) }
    let scanner = PassageScanner()
    for number in both.indices {
      both[number].profile = try profiler.profile(
        of: builders[number], without: passages, author: number)
      both[number].isPassedOver = passages.places(
        in: both[number].posts.map(\.text), of: number, by: scanner)
    }
    return (both[0], both[1])
  }

  /// Whether the two have the very same texts, and some: an account beside itself, or its copy under another name.
  public func hasSameTexts(as other: StyleAccount) -> Bool {
    posts.contains { !$0.text.isEmpty } && posts.map(\.text) == other.posts.map(\.text)
  }

  /// So many bytes of posts are looked through for an example.
  static let searchLimit = 1 << 20

  /// Where the account shows a habit, in the first mebibyte of its posts.
  public func examples(of rate: Int, limit: Int = 2) -> [String] {
    var result: [String] = []
    var rest = Self.searchLimit
    for (number, post) in posts.enumerated() where !isPassedOver.contains(number) {
      if result.count >= limit || rest <= 0 { break }
      let text = String(decoding: post.text.prefix(rest), as: UTF8.self)
      rest -= post.text.count
      result += RateCatalogue.examples(of: rate, in: text, limit: limit - result.count)
    }
    return result
  }

  /// The file and the id. Either may have a `#` in it: the longest path at which there is a file counts.
  private static func parts(_ argument: String) -> (path: String, id: String?) {
    let exists = FileManager.default.fileExists(atPath:)
    if exists(argument) { return (argument, nil) }
    let scalars = argument.unicodeScalars
    let marks = scalars.indices.filter { scalars[$0] == "#" }
    guard let first = marks.first else { return (argument, nil) }
    let mark = marks.last { exists(String(scalars[..<$0])) } ?? first
    return (String(scalars[..<mark]), String(scalars[scalars.index(after: mark)...]))
  }
}
