import Foundation
import Linkage
import RecordLinkage
import Stylometry
import TestSupport
import Testing

/// Records that say the same in all columns and were written by different hands.
@Suite("Copies of records with writing")
struct WritingCopiesTests {
  /// A record: what its columns hold, and what it wrote.
  private typealias Record = (id: String, columns: String, text: String)

  private struct Result {
    /// Sets of ids.
    var clusters: Set<Set<String>>
    /// By ids, the weight in ten-thousandths.
    var pairs: [Set<String>: Int]
    var resolution: Resolution
  }

  /// A text of its own that is long enough to be judged.
  private static func text(_ number: Int) -> String {
    let lines = [
      WrittenTexts.chatty, WrittenTexts.formal, WrittenTexts.chattyToo, WrittenTexts.formalToo,
    ][number % 4].split(separator: "\n")
    let turn = number / 4 % lines.count
    let text = (lines[turn...] + lines[..<turn]).joined(separator: "\n") + "\nnumber \(number / 4)"
    return WrittenTexts.own(text, number)
  }

  /// People of two records each, who wrote.
  private static func people(_ count: Int = 40) -> [Record] {
    var records: [Record] = []
    for (number, row) in ResolverTests.people(count).rows.enumerated() {
      let values = row.split(separator: ",", maxSplits: 1)
      records.append(("p\(number)", String(values[1]), text(number)))
    }
    return records
  }

  private static func same(
    _ name: String, _ count: Int, _ columns: String = "melusine,ravenscroft,1971-02-13,07700900555",
    _ text: (Int) -> String
  ) -> [Record] {
    (0..<count).map { ("\(name)\($0)", columns, text($0)) }
  }

  private static func resolve(
    _ records: [Record], isWritingCompared: Bool = true, threads: Int = 1, probability: Double? = nil
  ) throws -> Result {
    let scratch = try ScratchFolder()
    let lines = records.map { "\($0.id),\($0.columns),\"\($0.text)\"" }
    let file = try scratch.write(
      "id,first_name,surname,dob,phone,body\n" + lines.joined(separator: "\n") + "\n", to: "t.csv")
    var schema = TableSchema()
    schema.columns["body"] = .writing
    var table = try TableLoading.read([file.path], schema: schema)
    var settings = ResolveSettings()
    settings.threads = threads
    settings.probability = probability
    let writing = try isWritingCompared ? WritingSettings(.builtIn(), domain: "chat") : nil
    let resolution = try Resolver(settings).resolve(&table, writing: writing)
    var clusters: [UInt32: Set<String>] = [:]
    for (record, cluster) in resolution.clusterOfRecord.enumerated() {
      clusters[cluster, default: []].insert(records[record].id)
    }
    let pairs = resolution.pairs.map {
      (
        Set([records[Int($0.left)].id, records[Int($0.right)].id]),
        Int((Double($0.log10LR) * 10_000).rounded())
      )
    }
    return Result(
      clusters: Set(clusters.values), pairs: Dictionary(pairs, uniquingKeysWith: { first, _ in first }),
      resolution: resolution)
  }

  private static func shuffled(_ records: [Record], _ seed: UInt64) -> [Record] {
    var random = Numbers(seed: seed)
    var records = records
    for place in stride(from: records.count - 1, to: 0, by: -1) {
      records.swapAt(place, random.next(place + 1))
    }
    return records
  }

  /// That two results are the same but for rounding.
  private static func expectSame(_ one: Result, _ other: Result) {
    #expect(one.clusters == other.clusters)
    #expect(Set(one.pairs.keys) == Set(other.pairs.keys))
    #expect(one.pairs.allSatisfy { abs((other.pairs[$0.key] ?? .max / 2) - $0.value) <= 2 })
    #expect(one.resolution.writing == other.resolution.writing)
    #expect(one.resolution.learntFrom == other.resolution.learntFrom)
  }

  @Test func theOrderOfLinesChangesNothing() throws {
    let records =
      Self.people() + Self.same("a", 7) { Self.text(100 + $0) }
      + Self.same("b", 6, "tamsin,aldercroft,1980-01-11,07700900777") { Self.text(200 + 4 * $0) }
    let first = try Self.resolve(records)
    #expect(first.resolution.learntFrom == records.count)
    // All of seven records are compared with one another, and their texts speak for and against.
    let inside = first.pairs.filter { $0.key.allSatisfy { $0.hasPrefix("a") } }
    #expect(inside.count == 21 && Set(inside.values).count > 10)
    for seed in 1...3 as ClosedRange<UInt64> {
      Self.expectSame(first, try Self.resolve(Self.shuffled(records, seed), threads: Int(seed)))
    }
  }

  @Test func recordsWithTheSameTextOrNoneStayCopies() throws {
    let people = Self.people()
    let records =
      people + Self.same("none", 9) { _ in "" } + Self.same("short", 9) { "ok \($0)" }
      + Self.same("same", 9) { _ in Self.text(300) } + Self.same("own", 3) { Self.text(400 + $0) }
    let found = try Self.resolve(records)
    // Four each are held of those that say nothing and of those that say the same.
    #expect(found.resolution.learntFrom == people.count + 4 + 4 + 3)
    let without = try Self.resolve(records, isWritingCompared: false)
    #expect(without.resolution.learntFrom == people.count + 4)
    let measured = records.filter { $0.text.count >= StyleModel.shortest }.count
    #expect(found.resolution.writing?.measuredRecords == measured)
    // What texts say is added to the pair of a copy as to any other.
    #expect(found.pairs[["same0", "same8"]] == found.pairs[["same0", "same1"]])
  }

  @Test func whatSeveralRecordsHaveWordForWordSpeaksForNobody() throws {
    func records(_ letter: String) -> [Record] {
      // A word of their own before it, as those that several have before it are shared as well.
      Self.people().enumerated().map { number, one in
        (one.id, one.columns, "\(one.text)\n\(WrittenTexts.word(of: number))\(letter)")
      }
    }
    let (own, passedOn) = try (
      Self.resolve(records("")), Self.resolve(records("\n" + WrittenTexts.chainLetter))
    )
    Self.expectSame(own, passedOn)
    // Records with the very same texts were one writer's all along, and say nothing of two.
    let plain = try Self.resolve(Self.people(), isWritingCompared: false)
    let same = Self.people().map { ($0.id, $0.columns, Self.text(7)) }
    let found = try Self.resolve(same)
    #expect(found.pairs.allSatisfy { plain.pairs[$0.key] == nil || plain.pairs[$0.key] == $0.value })
  }

  @Test func manyRecordsThatDifferInTheirTextsAreStillFound() throws {
    let people = Self.people()
    // More than any block holds.
    let records = people + Self.same("m", 120) { Self.text(1000 + $0) }
    let first = try Self.resolve(records)
    #expect(first.resolution.learntFrom == people.count + 4)
    let largest = try #require(first.clusters.max { $0.count < $1.count })
    #expect(largest.filter { $0.hasPrefix("m") }.count == 120)
    // Each copy's text was compared with that of the record which stands for it.
    let inside = first.pairs.filter { $0.key.allSatisfy { $0.hasPrefix("m") } }
    #expect(inside.count >= 119 && Set(inside.values).count > 10)
    for seed in 1...2 as ClosedRange<UInt64> {
      Self.expectSame(first, try Self.resolve(Self.shuffled(records, seed)))
    }
  }

  @Test func crowdsWithSmallDifferencesDoNotDependOnTheOrder() throws {
    // A slip in the name of every third, so that no two columns agree in all of the crowd.
    let crowd = (0..<240).map { number -> Record in
      let name = number % 3 == 0 ? "melusin\(["a", "i", "o"][number / 3 % 3])" : "melusine"
      return ("c\(number)", "\(name),ravenscroft,1971-02-13,07700900555", Self.text(number))
    }
    let records = Self.people() + crowd
    let first = try Self.resolve(records)
    let inside = first.pairs.filter { $0.key.allSatisfy { $0.hasPrefix("c") } }
    #expect(inside.count > 200 && Set(inside.values).count > 10)
    #expect(first.resolution.learntFrom < records.count - 200)
    Self.expectSame(first, try Self.resolve(Self.shuffled(records, 4)))
  }

  @Test func textsJoinNobodyForWhomColumnsDoNotSpeak() throws {
    let people = Self.people(60)
    // So low that texts could reach it.
    for probability in [0.005, 0.05, 0.5] {
      let plain = try Self.resolve(people, isWritingCompared: false, probability: probability)
      let weighed = try Self.resolve(people, probability: probability)
      let threshold = weighed.resolution.log10LRToMerge
      let most = min(WeightTable.writingLimit, max(threshold, 0))
      var raised = 0
      for (pair, weight) in weighed.pairs {
        guard let before = plain.pairs[pair] else { continue }
        #expect(Double(weight - before) / 10_000 <= most + 2e-4)
        if weight > before { raised += 1 }
        if Double(weight) / 10_000 >= threshold { #expect(before > 0) }
      }
      #expect(raised > 3 || threshold < 0.1)
    }
  }
}
