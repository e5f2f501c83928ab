public import AccountModel
internal import PlatformExports
public import Stylometry

/// What the documents of an author are used for; no author is in two of them.
public enum StyleSplit: String, Sendable, CaseIterable {
  /// Background: everything that is learnt is learnt from these.
  case fit
  /// Turns scores into likelihood ratios.
  case calib
  /// Judged.
  case test
}

/// A post: its text as it stands, and when it was written where that is known.
public struct StylePost: Sendable, Equatable {
  /// UTF-8, which need not be valid.
  public var text: [UInt8]
  /// As written, in the notation of ISO 8601.
  public let at: String?
  /// When it was written; none where that is not known or cannot be read.
  public let time: ObservedTime

  /// Makes a post.
  public init(text: [UInt8], at: String? = nil) {
    self.text = text
    self.at = at
    time = at.flatMap { TimeText.iso8601($0) } ?? .none
  }
}

extension ProfileBuilder {
  /// A builder of posts and their times.
  public init(_ posts: some Sequence<StylePost>) {
    self.init()
    for post in posts { add(post: post.text, at: post.time) }
  }
}

/// What one author wrote on one side of a comparison.
public struct StyleDocument: Sendable, Equatable {
  /// Unique in the corpus.
  public var id: String
  /// Who wrote it.
  public var author: String
  /// Nil where the corpus names none.
  public var split: StyleSplit?
  /// Documents of an author whose sides begin with different letters are compared; empty where none is named.
  public var side: String
  /// In the order of the file.
  public var posts: [StylePost]
  /// The line it was read from.
  public var line: Int

  /// Makes a document.
  public init(id: String, author: String, split: StyleSplit?, side: String, posts: [StylePost], line: Int = 0)
  {
    self.id = id
    self.author = author
    self.split = split
    self.side = side
    self.posts = posts
    self.line = line
  }
}

/// Documents read from NDJSON, an object a line, packed by gzip or zstd or not:
///
///     {"id":"fit0:A0","author":"4fd7…","split":"fit","side":"A0","text":"…"}          a document
///     {"id":"a1","platform":"x","posts":[{"at":"2026-01-01T10:00:00Z","text":"…"}]}   an account
///
/// An account stands for its own author unless the line names one.
public struct StyleCorpus: Sendable {
  /// A line may be this long.
  public static let lineLimit = 256 << 20

  /// Path of the file.
  public let file: String
  /// In the order of the file.
  public let documents: [StyleDocument]
  /// Values that had to be mended before they could be read (lone surrogates, invalid UTF-8).
  public let mended: Int
  /// Times of posts that say nothing of the hour: without a zone, days alone, or not of ISO 8601.
  public let unplacedTimes: Int

  /// Reads a file to its end.
  public init(path: String) throws(StyleCorpusError) {
    file = path
    let source = try PackedInput(path: path)
    do {
      let parser = try JSONParser()
      var documents: [StyleDocument] = []
      var lines: [String: Int] = [:]
      try source.input.skipByteOrderMark()
      var reader = LineReader(source.input, limit: Self.lineLimit)
      while let line = try reader.next() {
        let number = Int(line.number)
        if line.isCut {
          throw StyleCorpusError.lineTooLong(file: path, line: number, limit: Self.lineLimit)
        }
        if line.bytes.allSatisfy({ $0 <= 0x20 }) { continue }
        let object: JSONValue
        do { object = try parser.parse(line.bytes) } catch let error as JSONError {
          throw StyleCorpusError.malformed(file: path, line: number, reason: error.description)
        }
        let document = try Self.document(object, file: path, line: number)
        if let first = lines.updateValue(number, forKey: document.id) {
          throw StyleCorpusError.repeatedID(file: path, line: number, id: document.id, first: first)
        }
        documents.append(document)
      }
      self.documents = documents
      mended = parser.mended
      unplacedTimes = documents.reduce(0) { count, document in
        count + document.posts.count { $0.at != nil && PostingHours.hour(of: $0.time) == nil }
      }
    } catch let error as StyleCorpusError {
      throw error
    } catch {
      throw .unreadable(file: path, reason: "\(error)")
    }
    if documents.isEmpty { throw .empty(file: path) }
  }

  private static func document(
    _ object: JSONValue, file: String, line: Int
  ) throws(StyleCorpusError) -> StyleDocument {
    guard object.kind == .object else {
      throw .malformed(file: file, line: line, reason: "another kind of value")
    }
    guard let id = object["id"]?.scalarText else { throw .missingField(file: file, line: line, field: "id") }
    var split: StyleSplit?
    if let name = object["split"]?.string {
      guard let known = StyleSplit(rawValue: name) else {
        throw .unknownSplit(file: file, line: line, split: name)
      }
      split = known
    }
    var posts: [StylePost] = []
    if let text = object["text"], text.kind == .string {
      posts.append(StylePost(text: [UInt8](text.stringBytes), at: object["at"]?.scalarText))
    } else if let list = object["posts"], list.kind == .array {
      list.forEachElement { post in
        guard let text = post["text"], text.kind == .string else { return }
        posts.append(StylePost(text: [UInt8](text.stringBytes), at: post["at"]?.scalarText))
      }
    } else {
      throw .missingField(file: file, line: line, field: "text, and no posts")
    }
    return StyleDocument(
      id: id, author: object["author"]?.scalarText ?? id, split: split, side: object["side"]?.string ?? "",
      posts: posts, line: line)
  }
}
