import Foundation
import Linkage
import RecordLinkage
import Stylometry
import TestSupport
import Testing

@Suite("Records compared by what was written")
struct WritingTests {
  private static let chatty = WrittenTexts.chatty
  private static let chattyToo = WrittenTexts.chattyToo
  private static let formal = WrittenTexts.formal
  private static let formalToo = WrittenTexts.formalToo

  /// By record, what it wrote, and nobody else word for word; a line is a post. One of five wrote too little to be
  /// judged, one nothing.
  private static func text(_ record: Int) -> String? {
    [chatty, formal, chattyToo, formalToo, "ok lol", nil][record * 5 % 7 % 6].map {
      WrittenTexts.own($0, record)
    }
  }

  /// What everybody wrote whose posts have times, each in words of their own.
  private static func posts(_ record: Int) -> [String] {
    WrittenTexts.own(chatty, record).split(separator: "\n").map(String.init)
  }

  private static func table(_ rows: [String], posts: Bool = true) throws -> Data {
    var lines = Data()
    for (number, row) in rows.enumerated() {
      let values = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      var object: [String: Any] = [
        "id": values[0], "first_name": values[1], "surname": values[2], "dob": values[3], "phone": values[4],
      ]
      if posts, let text = text(number) {
        // Posts are texts, or objects with one.
        object["posts"] = text.split(separator: "\n").enumerated().map { place, post -> Any in
          place % 2 == 0 ? String(post) : ["time": "2026-01-0\(place + 1)T10:00:00Z", "text": String(post)]
        }
      }
      lines += try JSONSerialization.data(withJSONObject: object, options: .sortedKeys) + Data([0x0A])
    }
    return lines
  }

  private static func resolve(
    _ lines: Data, writing: WritingSettings?, threads: Int = 1, explains: Bool = false
  ) throws -> (table: Table, resolution: Resolution) {
    let scratch = try ScratchFolder()
    let file = scratch.url.appendingPathComponent("accounts.ndjson")
    try lines.write(to: file)
    var table = try TableLoading.read([file.path], keepsPosts: writing != nil)
    var settings = ResolveSettings()
    settings.threads = threads
    settings.explains = explains
    return (table, try Resolver(settings).resolve(&table, writing: writing))
  }

  /// What the model says of two texts, within the limit.
  private static func expected(_ model: StyleModel, _ one: String?, _ other: String?) throws -> Double {
    guard let one, let other else { return 0 }
    func style(_ text: String) throws -> PreparedStyle {
      var builder = ProfileBuilder()
      for post in text.split(separator: "\n") { builder.add(post: String(post)) }
      return try model.prepare(builder.profile())
    }
    let ratio = try model.compare(style(one), style(other), domain: "chat").log10LR ?? 0
    return min(max(ratio, -WeightTable.writingLimit), WeightTable.writingLimit)
  }

  @Test func addsTheLikelihoodRatioOfTextsToAPair() throws {
    let model = try StyleModel.builtIn()
    let writing = try WritingSettings(model, domain: "chat")
    #expect(try Self.expected(model, Self.chatty, Self.chattyToo) > 0.5)
    #expect(try Self.expected(model, Self.chatty, Self.formal) < -0.5)
    let rows = ResolverTests.people(60).rows
    let lines = try Self.table(rows)
    let plain = try Self.resolve(lines, writing: nil)
    let weighed = try Self.resolve(lines, writing: writing)
    let before = Dictionary(
      uniqueKeysWithValues: plain.resolution.pairs.map { ([$0.left, $0.right], $0.log10LR) })
    var sums: [Bool: Int] = [:]
    for pair in weighed.resolution.pairs {
      guard let weight = before[[pair.left, pair.right]] else { continue }
      let ratio = try Self.expected(model, Self.text(Int(pair.left)), Self.text(Int(pair.right)))
      #expect(abs(Double(pair.log10LR - weight) - ratio) < 1e-4)
      if ratio != 0 { sums[ratio > 0, default: 0] += 1 }
    }
    #expect(sums[true, default: 0] > 3 && sums[false, default: 0] > 3)
    // No pair is lost that texts may bring up again.
    #expect(Set(before.keys).isSubset(of: weighed.resolution.pairs.map { [$0.left, $0.right] }))
    let finding = try #require(weighed.resolution.writing)
    #expect(finding.columns == ["posts"] && finding.domain == "chat")
    #expect(finding.measuredRecords == rows.indices.filter { (Self.text($0)?.count ?? 0) > 250 }.count)
    #expect(plain.resolution.writing == nil)
    #expect(plain.table.sources[0].notes.contains { $0.hasSuffix("posts were not compared") })
    #expect(weighed.table.sources[0].notes.isEmpty)
  }

  @Test func doesNotDependOnThreads() throws {
    let writing = try WritingSettings(.builtIn(), domain: "chat")
    let lines = try Self.table(ResolverTests.people(60).rows)
    let one = try Self.resolve(lines, writing: writing).resolution
    let two = try Self.resolve(lines, writing: writing, threads: 2).resolution
    #expect(one.clusterOfRecord == two.clusterOfRecord)
    #expect(one.pairs == two.pairs && one.writing == two.writing)
  }

  @Test func isShownAsAStepOfItsOwn() throws {
    let writing = try WritingSettings(.builtIn(), domain: "chat")
    let lines = try Self.table(ResolverTests.people(60).rows)
    let (table, resolution) = try Self.resolve(lines, writing: writing, explains: true)
    #expect(HTMLReport.page(table, resolution).contains("is written weighs as well"))
    let examples = try #require(resolution.examples)
    let shown = (examples.nearThreshold + examples.strongest).filter { pair in
      pair.steps.contains { $0.comparisons.contains { $0.field == "writing in posts" } }
    }
    #expect(!shown.isEmpty)
    for pair in examples.nearThreshold + examples.strongest {
      #expect(abs(pair.steps.reduce(0) { $0 + $1.log10LR } - pair.log10LR) < 5e-3)
      // Nothing is left that no field accounts for.
      #expect(pair.steps.allSatisfy { !$0.comparisons.isEmpty })
    }
  }

  @Test func columnsOfATableHoldTextToo() throws {
    let scratch = try ScratchFolder()
    let rows = ResolverTests.people(60).rows.enumerated().map { number, row in
      "\(row),\"\(Self.text(number) ?? "")\""
    }
    let file = try scratch.write(
      "id,first_name,surname,dob,phone,body\n" + rows.joined(separator: "\n") + "\n", to: "t.csv")
    var schema = TableSchema()
    schema.columns["body"] = .writing
    var table = try TableLoading.read([file.path], schema: schema)
    #expect(table.writing.map(\.name) == ["body"])
    let resolution = try Resolver().resolve(
      &table, writing: WritingSettings(.builtIn(), domain: "chat"))
    #expect(resolution.writing?.weighedPairs ?? 0 > 6)
    #expect(!resolution.findings.contains { $0.name == "body" })
    #expect(try TableSchema(toml: "version = 1\n[columns]\nbody = \"writing\"\n") == schema)
  }

  /// The built-in model, calibrated on people who post around an hour of their own.
  private static func timedModel() throws -> StyleModel {
    let texts: [StyleModel.CalibrationText] = try (0..<24).flatMap { author in
      try [[chatty, formal], [chattyToo, formalToo]].enumerated().map { side, texts in
        var builder = ProfileBuilder()
        for (number, post) in texts[author % 2].split(separator: "\n").enumerated() {
          builder.add(post: post.utf8, hour: Int32(24 * (18_000 + 100 * side + number) + author))
        }
        return StyleModel.CalibrationText(author: author, side: side, profile: try builder.profile())
      }
    }
    return try StyleModel.builtIn().calibrated(domain: "timed", [texts], threads: 1)
  }

  private static func hour(_ record: Int, _ place: Int) -> Int32 {
    Int32(24 * (19_000 + 60 * record + place) + record % 2 * 11 + place % 3)
  }

  private static let writers = 9

  /// People of whom the first nine write, every second of them half a day later than the others.
  ///
  /// - Parameter post: a post with its time, of a record's number, the hour and the text.
  private static func timedLines(_ post: (Int32, String) -> [String: String]) throws -> Data {
    var lines = Data()
    for (number, row) in ResolverTests.people(60).rows.enumerated() {
      let values = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      var object: [String: Any] = [
        "id": values[0], "first_name": values[1], "surname": values[2], "dob": values[3], "phone": values[4],
      ]
      // Ten who wrote would contradict the domain: there are two ways of writing among them.
      if number < writers { object["posts"] = posts(number).enumerated().map { post(hour(number, $0), $1) } }
      lines += try JSONSerialization.data(withJSONObject: object, options: .sortedKeys) + Data([0x0A])
    }
    return lines
  }

  private static func timed(
    _ lines: Data, _ model: StyleModel
  ) throws -> (notes: [String], pairs: [ScoredPair]) {
    let scratch = try ScratchFolder()
    let file = scratch.url.appendingPathComponent("timed.ndjson")
    try lines.write(to: file)
    var table = try TableLoading.read([file.path], keepsPosts: true, postHour: { Int32($0) })
    let resolution = try Resolver().resolve(&table, writing: WritingSettings(model, domain: "timed"))
    return (table.sources[0].notes, resolution.pairs)
  }

  /// How much more the weights of pairs are with posts as they are given than without their times, and how much more the
  /// model says they are.
  ///
  /// - Parameters:
  ///   - post: see `timedLines`.
  ///   - measured: the hour and the text that are to be measured of a post.
  private static func changes(
    post: (Int32, String) -> [String: String], measured: (Int32, String) -> (hour: Int32?, text: String)
  ) throws -> [(found: Double, expected: Double)] {
    let model = try timedModel()
    let plain = try timed(timedLines { ["text": $1] }, model)
    let before = Dictionary(uniqueKeysWithValues: plain.pairs.map { ([$0.left, $0.right], $0.log10LR) })
    func style(_ record: UInt32, _ measured: (Int32, String) -> (hour: Int32?, text: String)) throws
      -> PreparedStyle
    {
      var builder = ProfileBuilder()
      for (place, post) in posts(Int(record)).enumerated() {
        let (hour, text) = measured(hour(Int(record), place), post)
        builder.add(post: text.utf8, hour: hour)
      }
      return model.prepare(try model.profiler(in: "timed").profile(of: builder))
    }
    func ratio(_ pair: ScoredPair, _ measured: (Int32, String) -> (hour: Int32?, text: String)) throws
      -> Double
    {
      let comparison = model.compare(
        try style(pair.left, measured), try style(pair.right, measured), domain: "timed")
      return min(max(try #require(comparison.log10LR), -WeightTable.writingLimit), WeightTable.writingLimit)
    }
    return try timed(timedLines(post), model).pairs.compactMap { pair in
      guard max(pair.left, pair.right) < UInt32(writers) else { return nil }
      guard let weight = before[[pair.left, pair.right]] else { return nil }
      return (Double(pair.log10LR - weight), try ratio(pair, measured) - ratio(pair) { (nil, $1) })
    }
  }

  @Test func countsWhenPostsWereWritten() throws {
    let changes = try Self.changes(post: { ["at": "\($0)", "text": $1] }, measured: { ($0, $1) })
    for (found, expected) in changes { #expect(abs(found - expected) < 1e-4) }
    #expect(changes.contains { $0.found > 0.05 } && changes.contains { $0.found < -0.05 })
  }

  @Test func timesThatSayNothingAreCounted() throws {
    let lines = try Self.timedLines { ["at": "yesterday", "text": $1] }
    let posts = 10 * Self.writers
    #expect(
      try Self.timed(lines, Self.timedModel()).notes
        == ["\(posts) times of posts say nothing of the hour and do not count: a time needs a zone"])
  }

  @Test func textTellsNoHour() throws {
    // With numbers alone texts would have too few function words to be judged.
    let words = "and so it was "
    let changes = try Self.changes(
      post: { ["text": "\u{1F}\($0)\u{1F}\u{1E}\u{1F}\($0 + 1)\u{1F}\(words)\($1)"] },
      measured: { (nil, "\u{1F}\($0)\u{1F} \u{1F}\($0 + 1)\u{1F}\(words)\($1)") })
    #expect(!changes.isEmpty)
    for (found, expected) in changes { #expect(abs(found - expected) < 1e-4) }
  }

  @Test func needsADomainOfTheModel() throws {
    #expect(throws: StyleModelError.unknownDomain("novels", known: ["blogs", "chat"])) {
      try WritingSettings(.builtIn(), domain: "novels")
    }
  }
}
