internal import PlatformExports

/// Pairs of documents of which it is known whether one author wrote both.
public struct StylePairs: Sendable {
  /// A pair, by place of its documents in the corpus.
  public struct Pair: Sendable, Hashable {
    /// The one document.
    public var left: Int
    /// The other document.
    public var right: Int
    /// Whether one author wrote both.
    public var isSame: Bool
    /// What the pair is for.
    public var split: StyleSplit

    /// Makes a pair.
    public init(left: Int, right: Int, isSame: Bool, split: StyleSplit) {
      self.left = left
      self.right = right
      self.isSame = isSame
      self.split = split
    }
  }

  /// Path of the file.
  public let file: String
  /// In the order of the file.
  public let pairs: [Pair]

  /// Reads lines of split, id, id and 1 (same author) or 0, between tabs.
  public init(path: String, of corpus: StyleCorpus) throws(StyleCorpusError) {
    file = path
    var places: [String: Int] = [:]
    for (place, document) in corpus.documents.enumerated() { places[document.id] = place }
    let source = try PackedInput(path: path)
    do {
      var pairs: [Pair] = []
      var reader = LineReader(source.input, limit: 1 << 20)
      while let line = try reader.next() {
        let number = Int(line.number)
        let text = String(decoding: line.bytes, as: UTF8.self)
        if text.isEmpty, !line.isCut { continue }
        let fields = text.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields.count >= 4 else {
          throw StyleCorpusError.badPair(file: path, line: number, reason: "\(fields.count) fields")
        }
        guard let split = StyleSplit(rawValue: String(fields[0])) else {
          throw StyleCorpusError.unknownSplit(file: path, line: number, split: String(fields[0]))
        }
        guard fields[3] == "1" || fields[3] == "0" else {
          throw StyleCorpusError.badPair(file: path, line: number, reason: "the label is \(fields[3])")
        }
        func place(_ field: Substring) throws -> Int {
          guard let place = places[String(field)] else {
            throw StyleCorpusError.unknownID(file: path, line: number, id: String(field))
          }
          return place
        }
        pairs.append(
          Pair(
            left: try place(fields[1]), right: try place(fields[2]), isSame: fields[3] == "1", split: split))
      }
      self.pairs = pairs
    } catch let error as StyleCorpusError {
      throw error
    } catch {
      throw .unreadable(file: path, reason: "\(error)")
    }
  }
}
