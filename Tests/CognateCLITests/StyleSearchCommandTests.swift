import Foundation
import TestSupport
import Testing

/// `cognate style search` from the command line.
@Suite struct StyleSearchCommandTests {
  private static let accounts = """
    {"id":"a","posts":[{"text":"well i think so… what about u?? lol"},{"text":"cant be there b4 8, sorry m8"}]}
    {"id":"b","posts":[{"text":"I believe that is correct; however, I should like to see the letter first."}]}
    {"id":"c","text":"dunno what u think… i cant say lol, see u b4 8?"}
    {"id":"\\u001b]0;x\\u0007\\t","text":"I should like to reply; however, that is hardly possible before Monday."}
    {"id":"e","text":""}

    """

  private struct Found: Decodable {
    struct Account: Decodable {
      var id: String
      var characters: Int
      var compared_characters: Int?
      var shared_characters: Int?
      var candidates: [Candidate]
    }
    struct Candidate: Decodable {
      var id: String
      var similarity: Double
      var score: Double?
      var log10_lr: Double?
      var no_ratio_because: String?
    }
    var accounts: [Account]
    var share_of_pairs: Double
    var recall: Double
    var calibrated: Bool
  }

  @Test func candidatesAreRankedAndCalledUncalibrated() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.accounts, to: "accounts.ndjson")
    let json = try CommandRun(
      ["style", "search", "accounts.ndjson", "--json", "--progress", "none"], in: scratch.url)
    #expect(json.status == 0 && json.errors == "")
    let found = try JSONDecoder().decode(Found.self, from: Data(json.output.utf8))
    #expect(!found.calibrated && found.recall == 1 && found.share_of_pairs == 1)
    #expect(found.accounts.map(\.candidates.count) == [3, 3, 3, 3, 0])
    for account in found.accounts {
      let scores = account.candidates.compactMap(\.score)
      #expect(scores == scores.sorted(by: >))
      #expect(account.candidates.allSatisfy { $0.log10_lr == nil && $0.no_ratio_because == "too_short" })
    }
    let again = try CommandRun(
      ["style", "search", "accounts.ndjson", "--json", "--threads", "1"], in: scratch.url)
    #expect(again.output == json.output)
    let text = try CommandRun(["style", "search", "accounts.ndjson", "--compare", "0"], in: scratch.url)
    #expect(text.status == 0 && text.output.contains("Scores are uncalibrated"))
    #expect(!text.output.contains("\u{1B}") && !text.output.contains("\u{7}"))
    let table = try CommandRun(
      ["style", "search", "accounts.ndjson", "--top", "1", "-o", "found.tsv"], in: scratch.url)
    #expect(
      table.status == 0
        && table.output.hasPrefix("4 accounts with text, each compared with all others; the 3 nearest"))
    #expect(table.output.contains("1 account without text of their own left out"))
    let lines = try String(contentsOf: scratch.url.appendingPathComponent("found.tsv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(
      lines.count == 5
        && lines.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 7 })
  }

  @Test func whatSeveralPostedIsLeftOutAndCounted() throws {
    let scratch = try ScratchFolder()
    let letter = WrittenTexts.chainLetter
    func line(_ id: String, _ posts: [String]) throws -> String {
      let object: [String: Any] = ["id": id, "posts": posts]
      return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
    }
    let lines = try [
      line("a", [WrittenTexts.chatty, letter]), line("b", [WrittenTexts.formal, "fwd: " + letter]),
      line("c", [WrittenTexts.chattyToo]),
    ]
    for order in [[0, 1, 2], [2, 1, 0]] {
      _ = try scratch.write(order.map { lines[$0] }.joined(), to: "all.ndjson")
      let search = ["style", "search", "all.ndjson", "--domain", "chat", "--progress", "none"]
      let text = try CommandRun(search, in: scratch.url).output
      #expect(
        text.contains(
          "\(2 * letter.count) characters of 2 accounts left out: passages that another account posted word for word."
        ), "\(text)")
      let found = try JSONDecoder().decode(
        Found.self, from: Data(try CommandRun(search + ["--json"], in: scratch.url).output.utf8))
      let a = try #require(found.accounts.first { $0.id == "a" })
      #expect(a.candidates.map(\.id) == ["c", "b"] && a.shared_characters == letter.count)
      #expect(found.accounts.first { $0.id == "c" }?.shared_characters == nil)
    }
  }

  @Test func howMuchIsComparedIsSaid() throws {
    let scratch = try ScratchFolder()
    let texts = [WrittenTexts.chatty, WrittenTexts.formal].map { $0.replacing("\n", with: " ") }
    let long = String(repeating: texts[0] + " ", count: 1 + 5000 / texts[0].count)
    let lines = [("a", long), ("b", texts[1])].map { #"{"id":"\#($0.0)","text":"\#($0.1)"}"# }
    _ = try scratch.write(lines.joined(separator: "\n"), to: "all.ndjson")
    let search = ["style", "search", "all.ndjson", "--progress", "none"]
    let text = try CommandRun(search + ["--domain", "chat"], in: scratch.url).output
    #expect(text.contains("1 account compared by a part of their text, "), "\(text)")
    func compared(_ more: [String]) throws -> [Int?] {
      let json = try CommandRun(search + more + ["--json"], in: scratch.url).output
      let found = try JSONDecoder().decode(Found.self, from: Data(json.utf8))
      #expect(found.accounts[0].characters >= 5000)
      return found.accounts.map(\.compared_characters)
    }
    let counts = try compared(["--domain", "chat"])
    #expect((3900...4000).contains(counts[0] ?? 0) && counts[1] == nil)
    #expect(try compared([]) == [nil, nil])
  }

  /// Texts of words drawn at random are of no domain's kind: of nearly all pairs the ratio would be over 1.
  @Test func textsThatContradictTheDomainAreSaidToDoSo() throws {
    let scratch = try ScratchFolder()
    let made = try CommandRun(
      ["corpus", "generate", "posts", "--accounts", "12", "--seed", "1", "-o", "drawn"], in: scratch.url)
    #expect(made.status == 0)
    for command in [["style", "search", "--domain"], ["resolve", "-o", "clusters.csv", "--style-domain"]] {
      let arguments = command + ["chat", "drawn/posts.ndjson", "--progress", "none"]
      let reason = "% of the pairs of accounts here would get a ratio over 1 in “chat”: these texts are of"
      let text = try CommandRun(arguments, in: scratch.url)
      #expect(text.status == 0 && text.output.contains(reason), "\(text.all)")
      #expect(!text.output.contains("Scores are uncalibrated"))
      let json = try CommandRun(arguments + ["--json"], in: scratch.url).output
      #expect(json.contains("\"remark\":") && json.contains(reason), "\(json)")
    }
  }

  @Test(
    arguments: [
      (["--top", "0"], 2), (["--recall", "1"], 2), (["--compare", "-1"], 2), (["--model", "none.model"], 4),
      (["-o", "accounts.ndjson"], 2), (["--domain", "nowhere"], 2),
    ] as [([String], Int32)])
  func whatCannotBeIsRefused(arguments: [String], status: Int32) throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.accounts, to: "accounts.ndjson")
    let outcome = try CommandRun(["style", "search", "accounts.ndjson"] + arguments, in: scratch.url)
    #expect(outcome.status == status, "\(arguments): \(outcome.all)")
    #expect(try CommandRun(["style", "search", "absent.ndjson"], in: scratch.url).status == 4)
  }
}
