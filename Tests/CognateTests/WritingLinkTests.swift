import Cognate
import Foundation
import Linkage
import PlatformExports
import Stylometry
import TestSupport
import Testing

/// How accounts of a case write, where it is no evidence or where the order of import could decide.
@Suite struct WritingLinkTests {
  private static func accounts(_ texts: [[(text: String, at: String)]]) throws -> String {
    try texts.enumerated().map { number, posts in
      // One address for all, so that each pair is looked at.
      let object: [String: Any] = [
        "id": "a\(number)", "platform": "x", "handle": "someone_\(number)_\(number * 7919)",
        "ips": [["ip": "203.0.113.7", "at": "2026-01-0\(number + 1)T10:00:00Z"]],
        "posts": posts.map { ["text": $0.text, "at": $0.at] },
      ]
      return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
    }.joined()
  }

  private static func posts(_ text: String, _ month: Int) -> [(text: String, at: String)] {
    text.split(separator: "\n").enumerated().map { place, line in
      (String(line), "2026-0\(month)-\(10 + place)T1\(month):00:00Z")
    }
  }

  private func written(_ texts: [[(text: String, at: String)]], _ one: String, _ other: String) throws
    -> PairExplanation.Item
  {
    let test = try CaseUnderTest()
    _ = try test.importing(Self.accounts(texts), "accounts.ndjson")
    _ = try test.opened.link(writing: WritingModel(.builtIn(), domain: "chat"))
    return try #require(try test.opened.why(one, other).evidence.first { $0.family == "style" })
  }

  @Test func aLetterThatBothPassedOnMakesNobodyOneAuthor() throws {
    let own = [Self.posts(WrittenTexts.chatty, 1), Self.posts(WrittenTexts.formal, 2)]
    let alone = try written(own, "A1", "A2")
    #expect(alone.log10LR < 0 && !alone.statement.contains("left out"))
    // Nobody knows who wrote it: both posted it in the same minute.
    for before in [["", ""], ["look: ", "is this true? "]] {
      let both = own.enumerated().map { number, posts in
        posts + [(before[number] + WrittenTexts.chainLetter, "2026-04-01T10:00:1\(number)Z")]
      }
      let found = try written(both, "A1", "A2")
      #expect(abs(found.log10LR - alone.log10LR) < 0.3, "\(found.log10LR), \(alone.log10LR)")
      #expect(
        found.statement.contains(
          "\(2 * WrittenTexts.chainLetter.count) characters are left out that another account posted"),
        "\(found.statement)")
    }
  }

  /// A chat that was exported in March and again in May: lines too short to be known as pasted again.
  @Test func whatTwoExportsHoldOfAnAccountCountsOnce() throws {
    let short = (0..<12).map { (text: "short line \($0) of a chat", at: "2026-01-\(10 + $0)T10:00:00Z") }
    let accounts = [short, Self.posts(WrittenTexts.formal, 2)]
    func sizes(again: Bool) throws -> Substring {
      let test = try CaseUnderTest()
      _ = try test.importing(Self.accounts(accounts), "march.ndjson")
      if again {
        let more = accounts + [Self.posts(WrittenTexts.chatty, 3)]
        _ = try test.importing(Self.accounts(more), "may.ndjson")
      }
      _ = try test.opened.link(writing: WritingModel(.builtIn(), domain: "chat"))
      let item = try #require(try test.opened.why("A1", "A2").evidence.first { $0.family == "style" })
      return item.statement.drop { $0 != "(" }.prefix { $0 != ";" && $0 != ")" }
    }
    let once = try sizes(again: false)
    #expect(once.contains("characters against"))
    #expect(try sizes(again: true) == once)
  }

  @Test func whoRepeatsAnothersWordsIsNotThatOther() throws {
    // A1 and A2 are one hand; A3 repeats all that A1 wrote, later.
    let lines = WrittenTexts.chatty.split(separator: "\n")
    let author = [lines[..<5], lines[5...]].enumerated().map { place, lines in
      (text: lines.joined(separator: " "), at: "2026-01-1\(place)T11:00:00Z")
    }
    let texts = [
      author, Self.posts(WrittenTexts.chattyToo, 2),
      Self.posts(WrittenTexts.formal, 3) + author.map { ("he wrote: " + $0.text, "2026-05-01T10:00:00Z") },
    ]
    let authors = try written(texts, "A1", "A2")
    #expect(authors.log10LR > 0.3 && !authors.statement.contains("left out"), "\(authors.statement)")
    let repeated = try written(texts, "A2", "A3")
    #expect(repeated.log10LR < authors.log10LR - 0.5, "\(repeated.statement)")
    #expect(repeated.statement.contains("left out"), "\(repeated.statement)")
  }

  @Test func aRunSaysWhetherTheTextsCanBeOfTheDomain() throws {
    func writing(_ texts: [String], domain: String?) throws -> LinkResult.Writing? {
      let test = try CaseUnderTest()
      _ = try test.importing(
        Self.accounts(texts.map { [($0, "2026-04-01T10:00:00Z")] }), "accounts.ndjson")
      return try test.opened.link(writing: WritingModel(.builtIn(), domain: domain)).writing
    }
    let entries = (0..<12).map { PatternedTexts.entries($0) }
    let contradicted = try #require(try writing(entries, domain: "blogs"))
    #expect(!contradicted.isWeighed && contradicted.pairs == 66 && contradicted.percentOverOne > 75)
    #expect(
      try #require(contradicted.remark).hasPrefix(
        "How accounts write adds nothing: \(contradicted.percentOverOne) % of the pairs"))
    let few = try #require(try writing(Array(entries[..<4]), domain: "blogs"))
    #expect(few.isWeighed && few.pairs == 6)
    #expect(try #require(few.remark).contains("6 pairs of accounts that wrote enough are too few to tell"))
    let short = try #require(try writing(["hello", "good morning"], domain: "blogs"))
    #expect(short.isWeighed && short.pairs == 0)
    #expect(try #require(short.remark).contains("of no pair that was looked at can it be told"))
    #expect(try writing(Array(entries[..<2]), domain: nil) == nil)
  }

  @Test func theOrderOfImportDoesNotDecide() throws {
    let mapping = """
      version = 1
      name = "Messages"
      platform_column = "Service"
      [account]
      column = "Account"
      kind = "platform-id"
      scope = "platform"
      [record]
      class = "message"
      text_column = "Message"
      [time]
      column = "Sent"
      format = "yyyy-MM-dd HH:mm:ss"
      zone = "UTC"
      [[identifier]]
      column = "Phone"
      kind = "phone"
      [[identifier]]
      column = "Born"
      kind = "date-of-birth"
      """
    // Two groups of one number each. Of either one account has the date of birth, the other none.
    let texts = [WrittenTexts.chatty, WrittenTexts.chattyToo]
    let files = (0..<4).map { number -> String in
      let group = number / 2
      let lines = texts[group].split(separator: "\n").enumerated().filter { $0.offset % 2 == number % 2 }
      return "Service,Account,Phone,Born,Sent,Message\n"
        + lines.map { place, line in
          "x,\(7700 + number),+4479460095\(group)1,\(number % 2 == 0 ? "" : "1988-07-19"),2026-0\(number + 1)-1\(place) 10:00:00,\"\(line)\"\n"
        }.joined()
    }
    var found: [[[String]]] = []
    for order in [[0, 1, 2, 3], [1, 0, 3, 2], [3, 2, 0, 1], [2, 1, 3, 0]] {
      let test = try CaseUnderTest()
      for number in order {
        let mappings = [try TableMapping(toml: mapping)]
        _ = try test.importing(files[number], "\(number).csv") { $0.options.mappings = mappings }
      }
      let result = try test.opened.link(writing: WritingModel(.builtIn(), domain: "chat"))
      found.append(result.clusters.map { $0.accounts.map(\.name).sorted() }.sorted { $0[0] < $1[0] })
    }
    #expect(Set(found).count == 1, "\(found)")
    #expect(found[0].map(\.count) == [4], "\(found[0])")
  }
}
