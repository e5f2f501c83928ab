import StyleValidation
import Stylometry
import TestSupport
import Testing

@Suite("Corpora of documents")
struct StyleCorpusTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func error(_ text: String) throws -> StyleCorpusError? {
    let file = try folder.write(text, to: "docs.ndjson")
    do {
      _ = try StyleCorpus(path: file.path)
      return nil
    } catch { return error }
  }

  @Test("Documents and accounts are read, and pairs refer to them")
  func read() throws {
    let file = try folder.write(
      #"{"id":"a:A0","author":"a","split":"fit","side":"A0","text":"One.\nTwo."}"# + "\n\n"
        + #"{"id":7,"platform":"x","posts":[{"at":"2026-01-01T10:00:00Z","text":"x"},{"text":null},{"text":"y"}]}"#,
      to: "docs.ndjson")
    let corpus = try StyleCorpus(path: file.path)
    #expect(
      corpus.documents == [
        StyleDocument(
          id: "a:A0", author: "a", split: .fit, side: "A0",
          posts: [StylePost(text: Array("One.\nTwo.".utf8))],
          line: 1, isOneText: true),
        StyleDocument(
          id: "7", author: "7", split: nil, side: "",
          posts: [
            StylePost(text: Array("x".utf8), at: "2026-01-01T10:00:00Z"), StylePost(text: Array("y".utf8)),
          ], line: 3, notes: StyleCorpusNotes(withoutText: 1)),
      ])
    #expect(corpus.unplacedTimes == 0)
    let pairs = try folder.write("fit\ta:A0\t7\t0\n", to: "pairs.tsv")
    let read = try StylePairs(path: pairs.path, of: corpus).pairs
    #expect(read == [StylePairs.Pair(left: 0, right: 1, isSame: false, split: .fit)])
  }

  @Test("Times of which the hour is not known are counted")
  func unplacedTimes() throws {
    let times = [
      "\"2026-01-01T10:00:00+02:00\"", "\"2026-01-01T10:00:00\"", "\"2026-01-01\"", "\"at noon\"",
      "1767261600",
      "null",
    ]
    let posts = times.map { #"{"at":\#($0),"text":"x"}"# }.joined(separator: ",")
    let file = try folder.write(#"{"id":"a","posts":[\#(posts)]}"#, to: "times.ndjson")
    let corpus = try StyleCorpus(path: file.path)
    #expect(corpus.unplacedTimes == 4)
    // 2026-01-01T08:00Z.
    #expect(try ProfileBuilder(corpus.documents[0].posts).profile().hours.hours == [20_454 * 24 + 8])
  }

  @Test("Faults are told with file and line")
  func faults() throws {
    let good = #"{"id":"a","text":"t"}"# + "\n"
    #expect(try error("") == .empty(file: folder.url.appendingPathComponent("docs.ndjson").path))
    func expect(_ text: String, _ message: String) throws {
      let found = try #require(try error(text))
      #expect("\(found)".hasSuffix("docs.ndjson:\(message)"))
    }
    try expect(good + good, "2: the id a stands on line 1 already; ids must be unique")
    try expect(#"{"id":"a"}"#, "1: has no text, and no list of posts")
    try expect(#"{"id":"a","text":null,"posts":"t"}"#, "1: has no text, and no list of posts")
    try expect(#"{"text":"a"}"#, "1: has no id")
    // What is of another kind must not pass for absent: without a side an account's posts would be halved.
    try expect(
      #"{"id":"a","text":"t","side":["A"]}"#, "1: has no side that is a text or a whole number")
    try expect(
      #"{"id":"a","text":"t","split":1}"#, "1: the split is 1; it must be fit, calib or test")
    try expect(
      #"[{"id":"a","text":"t"}]"#,
      "1: no JSON object: a list; a document or an account is one object on one line")
    try expect(
      #"{"id":"a","text":"t","split":"dev"}"#, "1: the split is dev; it must be fit, calib or test")
    #expect(throws: StyleCorpusError.self) { try StyleCorpus(path: folder.url.path + "/none") }
  }

  /// Two documents, packed by gzip.
  private static let packed: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0xca, 0x4c,
    0x51, 0xb2, 0x52, 0x4a, 0x54, 0xd2, 0x51, 0x2a, 0x49, 0xad, 0x28, 0x01, 0x32, 0x4b,
    0x94, 0x6a, 0xb9, 0xaa, 0x21, 0xa2, 0x49, 0x08, 0xd1, 0x52, 0xa0, 0x28, 0x00, 0x25,
    0x1b, 0xd2, 0x10, 0x2c, 0x00, 0x00, 0x00,
  ]

  @Test("A packed file is unpacked, and one that is cut short is refused")
  func packed() throws {
    let whole = try folder.write(Self.packed, to: "docs.ndjson.gz")
    #expect(try StyleCorpus(path: whole.path).documents.map(\.id) == ["a", "b"])
    for length in stride(from: 1, to: Self.packed.count - 8, by: 5) {
      let cut = try folder.write(Self.packed.prefix(length), to: "cut.ndjson.gz")
      #expect(throws: StyleCorpusError.self) { try StyleCorpus(path: cut.path) }
    }
  }

  @Test(
    "The shared tasks are read whole",
    .enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.comment)"))
  func shared() throws {
    let root = try #require(SharedMaterial.root).appendingPathComponent("corpora/style")
    let corpus = try StyleCorpus(path: root.appendingPathComponent("irc-xchan-1000.docs.ndjson.gz").path)
    #expect(corpus.documents.count == 1_651 && corpus.notes == StyleCorpusNotes())
    #expect(corpus.documents.allSatisfy { $0.posts.count == 1 && $0.split != nil && !$0.side.isEmpty })
    let pairs = try StylePairs(path: root.appendingPathComponent("irc-xchan-1000.pairs.tsv").path, of: corpus)
    #expect(pairs.pairs.count == 2 * (76 + 313))
    for pair in pairs.pairs {
      let (left, right) = (corpus.documents[pair.left], corpus.documents[pair.right])
      #expect((left.author == right.author) == pair.isSame)
      #expect(left.split == pair.split && right.split == pair.split)
    }
  }

  @Test("Posts are texts or objects, beside a text or without; what has no text is counted")
  func posts() throws {
    let lines = [
      #"{"id":"a","posts":["one",{"text":"two"},"",null,7,{"body":"x"},{"text":["y"]}]}"#,
      #"{"id":"b","text":"one","at":"2026-01-01","posts":["two",{"text":"three","at":"noon"}]}"#,
      #"{"id":"c","text":"one","posts":{"text":"two"}}"#,
      #"{"id":"d","text":7,"posts":["\ud800"],"side":0}"#,
    ]
    let file = try folder.write(lines.joined(separator: "\n"), to: "docs.ndjson")
    let corpus = try StyleCorpus(path: file.path)
    let texts = corpus.documents.map { $0.posts.map { String(decoding: $0.text, as: UTF8.self) } }
    #expect(texts == [["one", "two", ""], ["one", "two", "three"], ["one"], ["\u{FFFD}"]])
    let notes = [
      StyleCorpusNotes(withoutText: 4), StyleCorpusNotes(withoutText: 0, unplacedTimes: 2),
      StyleCorpusNotes(withoutText: 1), StyleCorpusNotes(withoutText: 1, mended: 1),
    ]
    #expect(corpus.documents.map(\.notes) == notes)
    #expect(corpus.notes == StyleCorpusNotes(withoutText: 6, mended: 1, unplacedTimes: 2))
    #expect(corpus.documents[3].side == "0")
  }

  @Test("Documents without a split count where others have one")
  func withoutSplit() throws {
    let lines = [
      #"{"id":"a","text":"t"}"#, #"{"id":"b","text":"t"}"#, #"{"id":"c","split":"fit","text":"t"}"#,
    ]
    for (count, expected) in [(2, 0), (3, 2)] {
      let file = try folder.write(lines.prefix(count).joined(separator: "\n"), to: "docs.ndjson")
      #expect(try StyleCorpus(path: file.path).withoutSplit == expected)
    }
  }
}
