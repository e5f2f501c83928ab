import Cognate
import Foundation
import PlatformExports
import Stylometry
import TestSupport
import Testing

/// One chat that two telephones exported, from the files to clusters.
@Suite struct ConversationCopiesCaseTests {
  private static let lines = [
    "where were you last night, I waited", "I was at home and I want you to stop writing",
    "you were not at home, the lights were off", "please leave me alone, I have told you so often now",
    "I will come by tomorrow whatever you say and you can not keep me from it, you know that as well as I do",
    "then I will call the police again", "nobody believes you any more",
    "this is the last time that I answer",
  ]

  /// The chat as a telephone of Android has it, minutes alone.
  private static func android(_ names: [String], hours: Int = 20) -> String {
    lines.enumerated().map { place, line in
      "14/03/2026, \(hours):\(10 + 3 * place) - \(names[place % 2]): \(line)"
    }.joined(separator: "\n") + "\n"
  }

  /// The chat as an iPhone has it.
  private static func iPhone(_ names: [String]) -> String {
    lines.enumerated().map { place, line in
      "[14/03/2026, 20:\(10 + 3 * place):\(20 + place)] \(names[place % 2]): \(line)"
    }.joined(separator: "\r\n") + "\r\n"
  }

  private func linked(_ files: [(name: String, text: String)]) throws -> (
    test: CaseUnderTest, clusters: [[String]]
  ) {
    let test = try CaseUnderTest()
    for file in files { _ = try test.importing(file.text, file.name) }
    let result = try test.opened.link(writing: WritingModel(.builtIn(), domain: nil))
    return (test, result.clusters.map { $0.accounts.map(\.name).sorted() })
  }

  @Test func theSamePeopleAreJoinedAcrossTwoTelephones() throws {
    let (test, clusters) = try linked([
      ("WhatsApp Chat with Dan.txt", Self.android(["Dan Mobile", "Zoe"])),
      ("_chat.txt", Self.iPhone(["Daniel", "Zo F"])),
    ])
    #expect(Set(clusters) == [["Dan Mobile", "Daniel"], ["Zo F", "Zoe"]])
    let accounts = try test.opened.accounts()
    func id(_ name: String) throws -> String { try #require(accounts.first { $0.name == name }).id }
    let item = try #require(try test.opened.why(id("Dan Mobile"), id("Daniel")).evidence.first)
    #expect(item.rule == "same-conversation" && item.log10LR == 3.95)
    #expect(item.sources.count == 2 && item.sources.allSatisfy { $0.contains("line 1 ") }, "\(item.sources)")
  }

  /// Joined, the two are one author of one text, not of two.
  @Test func theirWordsCountOnceWhereTheyWriteTogether() throws {
    func size(telephones: Int) throws -> Substring {
      let test = try CaseUnderTest()
      _ = try test.importing(Self.android(["Dan Mobile", "Zoe"]), "WhatsApp Chat with Dan.txt")
      if telephones > 1 { _ = try test.importing(Self.iPhone(["Daniel", "Zo F"]), "_chat.txt") }
      let third =
        "{\"id\":\"a0\",\"platform\":\"x\",\"name\":\"Dan Mobile\",\"posts\":[{\"text\":\"\(WrittenTexts.formal.split(separator: "\n")[0])\"}]}\n"
      _ = try test.importing(third, "third.ndjson")
      _ = try test.opened.link(writing: WritingModel(.builtIn(), domain: "chat"))
      let accounts = try test.opened.accounts()
      let dan = try #require(accounts.first { $0.name == "Dan Mobile" && $0.platform == "whatsapp" })
      let other = try #require(accounts.first { $0.platform == "x" })
      let item = try #require(
        try test.opened.why(dan.id, other.id).evidence.first { $0.family == "style" })
      #expect(item.statement.contains("of 2 joined accounts") == (telephones > 1), "\(item.statement)")
      return item.statement.drop { $0 != "(" }.prefix { $0.isNumber || $0 == "(" }
    }
    #expect(try size(telephones: 2) == size(telephones: 1))
  }

  @Test func whoPosesAsTheOtherWroteToThemInWhateverSource() throws {
    let (test, clusters) = try linked([
      ("one.txt", Self.android(["Zo Fitzwarren", "Z"])), ("two.txt", Self.iPhone(["D", "Zo Fitzwarren"])),
    ])
    #expect(Set(clusters) == [["D", "Zo Fitzwarren"], ["Z", "Zo Fitzwarren"]])
    let both = try test.opened.accounts().filter { $0.name == "Zo Fitzwarren" }
    #expect(both.count == 2)
    let across = try test.opened.why(both[0].id, both[1].id).evidence
    #expect(across.map(\.rule).contains("conversation-between"), "\(across.map(\.rule))")
  }

  @Test func whatOneRepeatsOfTheOtherIsOfOneConversation() throws {
    let threat = "I will come by tomorrow whatever you say and you can not keep me from it, believe me"
    let both = { (names: [String]) in
      Self.android(names)
        + "14/03/2026, 21:00 - \(names[0]): \(threat)\n14/03/2026, 21:05 - \(names[1]): \(threat)\n"
    }
    let (test, _) = try linked([("one.txt", both(["Dan", "Zoe"])), ("two.txt", both(["Daniel", "Zo F"]))])
    let accounts = try test.opened.accounts()
    for one in accounts {
      for other in accounts where one.id != other.id {
        let rules = try test.opened.why(one.id, other.id).evidence.map(\.rule)
        #expect(!rules.contains("same-words"), "\(one.name) \(other.name) \(rules)")
      }
    }
  }

  @Test func anotherHourOfTheSameDayIsAnotherZone() throws {
    let chats = [
      ("one.txt", Self.android(["Dan", "Zoe"])), ("two.txt", Self.android(["Daniel", "Zo F"], hours: 15)),
    ]
    #expect(try linked(chats).clusters.count == 2)
  }
}
