import Foundation
import TestSupport
import Testing

/// `cognate style compare` and `train` from the command line.
@Suite struct StyleCompareCommandTests {
  private static let prose =
    "well i think so, what about u? cant be there b4 8, sorry m8. dunno what u think, i cant say lol.\n"

  @Test func whatIsLeftOutOrMendedIsSaid() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.prose, to: "one.txt")
    _ = try scratch.write(
      #"{"id":"a","posts":["\ud800 hi",{"body":"x"},null,{"at":"2026-01-01","text":"ho"}]}"# + "\n"
        + #"{"id":"b","posts":["hum"]}"# + "\n", to: "all.ndjson")
    let noted = try CommandRun(["style", "compare", "all.ndjson#a", "one.txt"], in: scratch.url)
    #expect(noted.status == 0 && noted.output.contains("a: "))
    #expect(noted.errors.contains("all.ndjson#a: 2 posts without a text were left out"), "\(noted.errors)")
    #expect(noted.errors.contains("all.ndjson#a: 1 line held lone surrogates"))
    #expect(noted.errors.contains("1 time of posts says nothing of the hour"))
    let clean = try CommandRun(["style", "compare", "all.ndjson#b", "one.txt"], in: scratch.url)
    #expect(clean.status == 0 && clean.errors.isEmpty, "\(clean.errors)")
  }

  @Test func anAccountBesideItselfIsWarnedOf() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.prose, to: "one.txt")
    let outcome = try CommandRun(["style", "compare", "one.txt", "one.txt"], in: scratch.url)
    #expect(outcome.status == 0 && outcome.errors.contains("the very same texts"), "\(outcome.all)")
  }

  /// What two have in common by doing it less than others is called seldom, and rates say what they are of.
  @Test func habitsAreSaidWithWhatTheyAreOf() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(
      String(repeating: "hey u there.. i kno wot u did.. dont lie to me ok.. ", count: 12), to: "one.txt")
    _ = try scratch.write(
      String(
        repeating: "I have not been able to reach you. Please call me back when you can. Regards, ", count: 8),
      to: "two.txt")
    let text = try CommandRun(["style", "compare", "one.txt", "two.txt"], in: scratch.url)
    #expect(text.output.contains("writes two dots: 0.0578 and 0.0000 per character, others "), "\(text.all)")
    let json = try CommandRun(["style", "compare", "one.txt", "two.txt", "--json"], in: scratch.url)
    let found = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let agreeing = try #require(found?["agreeing"] as? [[String: Any]])
    var seldom = 0
    for habit in agreeing {
      let words = try #require(habit["habit"] as? String)
      let rates = ["left", "right", "typical"].compactMap { habit[$0] as? Double }
      try #require(rates.count == 3)
      #expect(words.hasPrefix("seldom ") == (max(rates[0], rates[1]) < rates[2]), "\(words)")
      seldom += words.hasPrefix("seldom ") ? 1 : 0
    }
    #expect(seldom > 0, "\(json.output)")
  }

  /// Short posts are no passages that are left out.
  @Test func aCopyOfAnAccountGetsNoRatio() throws {
    let scratch = try ScratchFolder()
    let posts = [
      "i think the build is broken again, looks like the linker", "no idea why it would do that tbh",
      "maybe try it without the flag and see what happens", "yeah that is what i did yesterday, same thing",
      "it works on my machine but not in the container",
      "can you paste the log somewhere so we can look", "sure, give me a minute, i have to run it again",
      "ok so it fails when it reads the second file", "could be that the path has a space in it",
      "i will open a ticket for that later today",
    ]
    func line(_ id: String, _ posts: [String]) -> String {
      #"{"id":"\#(id)","posts":["\#(posts.joined(separator: #"",""#))"]}"# + "\n"
    }
    _ = try scratch.write(line("a", posts) + line("b", posts) + line("c", posts.dropLast()), to: "all.ndjson")
    let copy = try CommandRun(
      ["style", "compare", "all.ndjson#a", "all.ndjson#b", "--domain", "chat"], in: scratch.url)
    #expect(copy.status == 0 && copy.output.contains("no likelihood ratio: both accounts"), "\(copy.all)")
    let other = try CommandRun(
      ["style", "compare", "all.ndjson#a", "all.ndjson#c", "--domain", "chat"], in: scratch.url)
    // Nor does a copy that lacks a post.
    #expect(
      other.status == 0 && other.output.contains("no likelihood ratio: both accounts posted the same"),
      "\(other.all)")
    let found = try CommandRun(["style", "search", "all.ndjson", "--domain", "chat"], in: scratch.url)
    let rows = found.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows.count { $0.contains("same_texts") } == 2, "\(found.all)")
  }

  @Test func whatIsNoTextIsRefusedWithWhatToDo() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.prose, to: "one.txt")
    let wide = Self.prose.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for (content, advice) in [
      (wide, "save a copy as UTF-8"), (Array("a\0b".utf8), "give text in UTF-8"),
      (Array(#"[{"id":"a","text":"t"}]"#.utf8), "one object a line"),
    ] {
      _ = try scratch.write(content, to: "other")
      let outcome = try CommandRun(["style", "compare", "other", "one.txt"], in: scratch.url)
      #expect(outcome.status == 4 && outcome.output.isEmpty)
      #expect(
        outcome.errors.hasPrefix("Error: other: ") && outcome.errors.contains(advice), "\(outcome.errors)")
    }
    let named = try CommandRun(["style", "compare", "one.txt#a", "one.txt"], in: scratch.url)
    #expect(named.status == 4 && named.errors.contains("name the file alone"), "\(named.errors)")
  }

  @Test func trainingSaysWhatItDoesNotUse() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(
      #"{"id":"a","split":"fit","posts":["one",{}]}"# + "\n" + #"{"id":"b","text":"two"}"# + "\n",
      to: "docs.ndjson")
    let outcome = try CommandRun(
      [
        "style", "train", "--background", "docs.ndjson", "--calibrate", "d=docs.ndjson", "--embedding",
        "none",
        "-o", "x.model",
      ], in: scratch.url)
    #expect(outcome.status == 4 && outcome.errors.contains("docs.ndjson: the background has 1 author"))
    #expect(outcome.errors.contains("1 of 2 documents has no split, where others have one, and is not used"))
    #expect(outcome.errors.contains("docs.ndjson: 1 post without a text was left out"), "\(outcome.errors)")
  }

  private struct Printed: Decodable {
    struct Side: Decodable { var left_out: [String: Int] }
    var left: Side
    var score: Double
    var log10_lr: Double?
    var hours_log10_lr: Double?
  }

  private static func printed(_ text: String) throws -> Printed {
    try JSONDecoder().decode(Printed.self, from: Data(text.utf8))
  }

  @Test func whatOfAnAccountIsLeftOutIsPrinted() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.prose, to: "one.txt")
    _ = try scratch.write(
      Array("> so?\n> no\nsee http://example.org/\n".utf8) + [0xFF] + Array("\n-- \nann\n".utf8),
      to: "signed.txt")
    let text = try CommandRun(["style", "compare", "signed.txt", "one.txt"], in: scratch.url)
    #expect(
      text.output.contains(
        """
        own text, 1 word
          left out: quoted replies (2, 9 characters), links and addresses (1, 19 characters), signatures (1, 6 \
        characters), bytes that are no UTF-8 (1, 1 character)
        one.txt: 
        """), "\(text.output)")
    #expect(text.output.components(separatedBy: "left out").count == 2)
    let json = try CommandRun(["style", "compare", "signed.txt", "one.txt", "--json"], in: scratch.url)
    #expect(
      try Self.printed(json.output).left.left_out == [
        "quoted": 2, "links": 1, "signatures": 1, "invalid_bytes": 1,
      ])
  }

  @Test func whatBothPostedIsLeftOutAndCounted() throws {
    let scratch = try ScratchFolder()
    let letter = WrittenTexts.chainLetter
    _ = try scratch.write(WrittenTexts.chatty + "\nlook: " + letter + "\n", to: "one.txt")
    _ = try scratch.write(letter + "\n" + WrittenTexts.formal, to: "other.txt")
    let compare = ["style", "compare", "one.txt", "other.txt", "--domain", "chat"]
    let text = try CommandRun(compare, in: scratch.url).output
    let part = "passages that another account posted word for word (1, \(letter.count) characters)"
    #expect(text.components(separatedBy: part).count == 3, "\(text)")
    let json = try Self.printed(try CommandRun(compare + ["--json"], in: scratch.url).output)
    #expect(json.left.left_out == ["shared": 1])
    #expect(try #require(json.log10_lr) < 0)
  }

  @Test func aFileThatIsNoModelIsNamed() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.prose, to: "one.txt")
    let outcome = try CommandRun(
      ["style", "compare", "one.txt", "one.txt", "--model", "one.txt"], in: scratch.url)
    #expect(outcome.status == 4 && outcome.errors.hasPrefix("Error: one.txt: "), "\(outcome.errors)")
  }

  /// Accounts, each with two sides of posts around an hour of its own, in words of its own choice.
  private static func timedAccounts(_ count: Int) -> String {
    // Function words, so that no author has few of them.
    let words = [
      "the", "others", "were", "in", "and", "we", "went", "down", "to", "there", "after", "all", "but", "it",
      "was", "back", "so", "they", "did", "not", "get", "what", "she", "said", "about", "that", "again",
      "you", "want", "how", "far",
    ]
    var random = SplitMix(seed: 11)
    func draw(_ bound: Int) -> Int { Int(random.next() >> 33) % bound }
    return (0..<count).map { author in
      let favourites = (0..<8).map { _ in words[draw(words.count)] }
      let stop = [".", "!", "...", "?"][draw(4)]
      let posts = (0..<16).map { post in
        let text = (0..<12).map { _ in draw(2) == 0 ? favourites[draw(8)] : words[draw(words.count)] }
        let hour = String(format: "%02d", (author * 7 + draw(3)) % 24)
        let day = String(format: "2026-%02d-%02d", 1 + post / 8, 1 + post % 8 + author % 9)
        return #"{"at":"\#(day)T\#(hour):10:00Z","text":"\#(text.joined(separator: " "))\#(stop)"}"#
      }
      return #"{"id":"a\#(author)","platform":"x","posts":[\#(posts.joined(separator: ","))]}"# + "\n"
    }.joined()
  }

  private struct Trained: Decodable {
    struct Domain: Decodable {
      var name: String
      var hour_weight: Double?
      var buckets: [Bucket]
    }
    struct Bucket: Decodable {
      var shortest: Int
      var same: Int
      var different: Int
      var lowest_log10_lr: Double
      var highest_log10_lr: Double
    }
    var domains: [Domain]
  }

  /// That the JSON of a training has the figures of its text.
  private static func expectSame(_ run: CommandRun, as lines: [Substring]) throws {
    #expect(run.status == 0, "\(run.errors)")
    let domains = try JSONDecoder().decode(Trained.self, from: Data(run.output.utf8)).domains
    let domain = try #require(domains.first)
    let weight = try #require(domain.hour_weight)
    #expect(domains.count == 1 && domain.name == "t" && !domain.buckets.isEmpty)
    #expect(lines.count == domain.buckets.count + 2)
    #expect(lines[0].contains(" by \(String(format: "%.2f", weight)) of the log"), "\(lines)")
    for (line, bucket) in zip(lines.dropFirst(), domain.buckets) {
      let bounds = String(format: "%.2f to %.2f", bucket.lowest_log10_lr, bucket.highest_log10_lr)
      #expect(
        line
          == "t, from \(bucket.shortest) characters: \(bucket.same) pairs of one author and \(bucket.different) of two support log10 LR \(bounds)"
      )
    }
  }

  @Test func whatHoursAddIsToldAsAPartOfTheScoreBeforeBounds() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.timedAccounts(30), to: "all.ndjson")
    let trained = try CommandRun(
      ["style", "train", "--from", "built-in", "--calibrate", "t=all.ndjson", "-o", "t.model"],
      in: scratch.url)
    #expect(trained.status == 0, "\(trained.errors)")
    let lines = trained.output.split(separator: "\n")
    #expect(lines.last == "written to t.model")
    try Self.expectSame(
      CommandRun(
        [
          "style", "train", "--from", "built-in", "--calibrate", "t=all.ndjson", "-o", "again.model",
          "--json",
        ],
        in: scratch.url), as: lines)
    let compare = [
      "style", "compare", "all.ndjson#a1", "all.ndjson#a2", "--model", "t.model", "--domain", "t",
    ]
    let json = try Self.printed(try CommandRun(compare + ["--json"], in: scratch.url).output)
    let hours = try #require(json.hours_log10_lr)
    func signed(_ value: Double) -> String { String(format: "%+.2f", value) }
    let text = try CommandRun(compare, in: scratch.url).output
    #expect(
      text.contains(
        "how they write \(signed(json.score - hours)), when they posted \(signed(hours))\n"), "\(text)")

    let place = try CommandRun.newCase(in: scratch.url)
    // One name brings the two together, whatever their texts say.
    let two = Self.timedAccounts(3).split(separator: "\n").dropFirst().joined(separator: "\n")
      .replacing(#""platform":"x""#, with: #""platform":"x","name":"Kay Roe""#)
    _ = try scratch.write(two, to: "two.ndjson")
    #expect(try CommandRun(["import", place, "two.ndjson"], in: scratch.url).status == 0)
    let linked = try CommandRun(
      ["link", place, "--style-model", "t.model", "--style-domain", "t"], in: scratch.url)
    #expect(linked.status == 0, "\(linked.all)")
    let why = try CommandRun("why", place, "A1", "A2")
    #expect(
      why.output.replacing("\n", with: " ").replacing(#/ +/#, with: " ").contains(
        "added \(signed(hours)) to \(signed(json.score - hours)) by how they write"), "\(why.output)")
  }
}
