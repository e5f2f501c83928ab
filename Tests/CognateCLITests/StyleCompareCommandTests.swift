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
}
