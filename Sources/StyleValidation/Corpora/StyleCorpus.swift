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

/// Documents read from NDJSON, an object a line, packed by gzip or zstd or not:
///
///     {"id":"fit0:A0","author":"4fd7…","split":"fit","side":"A0","text":"…"}          a document
///     {"id":"a1","platform":"x","posts":[{"at":"2026-01-01T10:00:00Z","text":"…"}]}   an account
///
/// Posts may be texts alone as well, `"posts":["text","text"]`; a line may have both text and posts. An account stands for
/// its own author unless the line names one.
public struct StyleCorpus: Sendable {
  /// A line may be this long.
  public static let lineLimit = 256 << 20

  /// Path of the file.
  public let file: String
  /// In the order of the file.
  public let documents: [StyleDocument]
  /// What is not compared as it stands, of all documents together.
  public let notes: StyleCorpusNotes

  /// See `StyleCorpusNotes.unplacedTimes`.
  public var unplacedTimes: Int { notes.unplacedTimes }

  /// Whether any document names a split.
  public var hasSplits: Bool { documents.contains { $0.split != nil } }

  /// Documents without a split where others have one: they are used for nothing that goes by splits.
  public var withoutSplit: Int { hasSplits ? documents.count { $0.split == nil } : 0 }

  /// Reads a file to its end, packed or not, once.
  public init(path: String) throws(StyleCorpusError) {
    try self.init(file: path, PackedInput(path: path))
  }

  /// Reads what is left of an input; `path` is for messages.
  init(file path: String, _ source: PackedInput) throws(StyleCorpusError) {
    file = path
    do {
      let parser = try JSONParser()
      var documents: [StyleDocument] = []
      var lines: [String: Int] = [:]
      var notes = StyleCorpusNotes()
      var reader = LineReader(source.input, limit: Self.lineLimit)
      while let line = try reader.next() {
        let number = Int(line.number)
        if line.isCut {
          throw StyleCorpusError.lineTooLong(file: path, line: number, limit: Self.lineLimit)
        }
        if line.bytes.allSatisfy({ $0 <= 0x20 }) { continue }
        let object: JSONValue
        let mended = parser.mended
        do { object = try parser.parse(line.bytes) } catch let error as JSONError {
          throw StyleCorpusError.malformed(file: path, line: number, reason: error.description)
        }
        var document = try StyleDocument(object, file: path, line: number)
        document.notes.mended = parser.mended - mended
        notes += document.notes
        if let first = lines.updateValue(number, forKey: document.id) {
          throw StyleCorpusError.repeatedID(file: path, line: number, id: document.id, first: first)
        }
        documents.append(document)
      }
      self.documents = documents
      self.notes = notes
    } catch let error as StyleCorpusError {
      throw error
    } catch {
      throw .unreadable(file: path, reason: "\(error)")
    }
    if documents.isEmpty { throw .empty(file: path) }
  }
}
