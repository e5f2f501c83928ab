import Foundation
public import Stylometry

/// One account's posts and their profile, from a file that a person named.
public struct StyleAccount: Sendable {
  /// As named, or the account's id.
  public let name: String
  /// Its posts, as UTF-8 that need not be valid.
  public let posts: [StylePost]
  /// What was measured of them.
  public let profile: StyleProfile

  /// Reads `FILE` or `FILE#ID`: NDJSON where the file begins with a brace or is packed, else one text.
  ///
  /// - Throws: `StyleCorpusError`, `StyleProfileError`.
  public init(argument: String) throws {
    let (path, id) = Self.parts(argument)
    if Self.isText(path) {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw StyleCorpusError.unreadable(file: path, reason: "it cannot be read")
      }
      try self.init(name: argument, posts: [StylePost(text: [UInt8](data))])
      return
    }
    let documents = try StyleCorpus(path: path).documents
    if let id {
      guard let document = documents.first(where: { $0.id == id }) else {
        throw StyleCorpusError.unknownAccount(file: path, id: id)
      }
      try self.init(name: id, posts: document.posts)
      return
    }
    guard documents.count == 1 else {
      throw StyleCorpusError.severalAccounts(file: path, count: documents.count)
    }
    try self.init(name: documents[0].id, posts: documents[0].posts)
  }

  /// Measures posts.
  public init(name: String, posts: [StylePost]) throws(StyleProfileError) {
    self.name = name
    self.posts = posts
    profile = try ProfileBuilder(posts).profile()
  }

  /// So many bytes of posts are looked through for an example.
  static let searchLimit = 1 << 20

  /// Where the account shows a habit, in the first mebibyte of its posts.
  public func examples(of rate: Int, limit: Int = 2) -> [String] {
    var result: [String] = []
    var rest = Self.searchLimit
    for post in posts {
      if result.count >= limit || rest <= 0 { break }
      let text = String(decoding: post.text.prefix(rest), as: UTF8.self)
      rest -= post.text.count
      result += RateCatalogue.examples(of: rate, in: text, limit: limit - result.count)
    }
    return result
  }

  private static func parts(_ argument: String) -> (path: String, id: String?) {
    if FileManager.default.fileExists(atPath: argument) { return (argument, nil) }
    guard let mark = argument.lastIndex(of: "#") else { return (argument, nil) }
    return (String(argument[..<mark]), String(argument[argument.index(after: mark)...]))
  }

  /// Whether a file is neither packed nor NDJSON.
  private static func isText(_ path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return true }
    defer { try? handle.close() }
    guard let start = try? handle.read(upToCount: 64) else { return true }
    if start.starts(with: [0x1F, 0x8B]) || start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return false }
    return start.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }.first != UInt8(ascii: "{")
  }
}
