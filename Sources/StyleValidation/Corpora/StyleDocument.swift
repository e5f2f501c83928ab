internal import PlatformExports
import Stylometry

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
  /// What of it is not compared as it stands.
  public var notes: StyleCorpusNotes
  /// Whether it is one text, in which several posts may stand one behind another, and no list of posts.
  public var isOneText: Bool

  /// Makes a document.
  public init(
    id: String, author: String, split: StyleSplit?, side: String, posts: [StylePost], line: Int = 0,
    notes: StyleCorpusNotes = StyleCorpusNotes(), isOneText: Bool = false
  ) {
    self.id = id
    self.author = author
    self.split = split
    self.side = side
    self.posts = posts
    self.line = line
    self.notes = notes
    self.isOneText = isOneText
  }
}

extension StyleDocument {
  /// The document of a line.
  init(_ object: JSONValue, file: String, line: Int) throws(StyleCorpusError) {
    guard object.kind == .object else {
      throw .malformed(
        file: file, line: line, reason: object.kind == .array ? "a list" : "another kind of value")
    }
    func text(_ value: JSONValue?, _ field: String) throws(StyleCorpusError) -> String? {
      guard let value else { return nil }
      guard let text = value.scalarText else {
        throw .missingField(file: file, line: line, field: "\(field) that is a text or a whole number")
      }
      return text
    }
    guard let id = try text(object["id"], "id") else {
      throw .missingField(file: file, line: line, field: "id")
    }
    var split: StyleSplit?
    if let name = try text(object["split"], "split") {
      guard let known = StyleSplit(rawValue: name) else {
        throw .unknownSplit(file: file, line: line, split: name)
      }
      split = known
    }
    self.init(
      id: id, author: try text(object["author"], "author") ?? id, split: split,
      side: try text(object["side"], "side") ?? "", posts: [], line: line)
    let (own, list) = (object["text"], object["posts"])
    guard own?.kind == .string || list?.kind == .array else {
      throw .missingField(file: file, line: line, field: "text, and no list of posts")
    }
    isOneText = list == nil
    if let own { add(own, at: object["at"]) }
    if let list, list.kind != .array { notes.withoutText += 1 }
    list?.forEachElement { post in
      if post.kind == .object { add(post["text"], at: post["at"]) } else { add(post, at: nil) }
    }
  }

  private mutating func add(_ text: JSONValue?, at: JSONValue?) {
    guard let text, text.kind == .string else {
      notes.withoutText += 1
      return
    }
    let post = StylePost(text: [UInt8](text.stringBytes), at: at?.scalarText)
    if post.at != nil, PostingHours.hour(of: post.time) == nil { notes.unplacedTimes += 1 }
    posts.append(post)
  }
}
