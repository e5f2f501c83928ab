import Foundation
import StyleValidation
import Stylometry
import Synchronization
import TestSupport
import Testing

@Suite("Training of models of styles")
struct StyleTrainingTests {
  private static func trained(
    _ folder: ScratchFolder, _ lines: [String], encoder: TextEncoder? = nil, threads: Int
  ) throws -> StyleModel {
    let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "authors.ndjson")
    var trainer = StyleTrainer(threads: threads)
    trainer.encoder = encoder
    let training = StyleTraining(trainer: trainer, provenance: "invented", language: "en")
    var stages: [StyleTraining.Stage] = []
    let model = try training.model(background: [file.path]) { stages.append($0) }
    #expect(stages == [.reading, .measuring, .learning])
    let calibrated = try training.calibrated(
      StyleModel(Data(model.fileBytes)), by: .init(domain: "invented", paths: [file.path]), isWhole: false
    ) { stages.append($0) }
    #expect(stages.dropFirst(3) == [.reading, .measuring, .calibrating(domain: "invented")])
    return calibrated.model
  }

  @Test("A model of accounts is the same whatever their order and the threads, and gives ratios")
  func accounts() throws {
    let folder = try ScratchFolder()
    var authors = InventedAuthors(seed: 3)
    // Without splits and sides: accounts, of whose posts one half is compared with the other.
    let lines = try authors.lines(split: "x", authors: 80, characters: 330).chunks(of: 4).map { documents in
      let objects = try documents.map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String])
      }
      let posts = objects.map { #"{"text":"\#($0["text"] ?? "")"}"# }
      return #"{"id":"\#(objects[0]["author"] ?? "")","posts":[\#(posts.joined(separator: ","))]}"#
    }
    let model = try Self.trained(folder, lines, threads: 1)
    #expect(try Self.trained(folder, lines.reversed(), threads: 3).fileBytes == model.fileBytes)
    #expect(model.domains == ["invented"])
    let bucket = try #require(model.calibrations.first?.calibration.buckets.last)
    #expect(bucket.same >= 10 && bucket.bounds.upper > 0.3)
  }
}

extension StyleTrainingTests {
  @Test("A domain has a floor of resemblance for each length, also when its model is read back")
  func floors() throws {
    let folder = try ScratchFolder()
    var authors = InventedAuthors(seed: 9)
    let lines =
      authors.lines(split: "fit", authors: 40, characters: 1300)
      + authors.lines(split: "calib", authors: 20, characters: 1300)
    let model = try Self.trained(folder, lines, threads: 2)
    let floors = try #require(model.calibrations.first?.floors)
    #expect(floors.floors.map(\.shortest) == [0, 250, 500, 1000])
    for (length, place) in [(0, 0), (249, 0), (250, 1), (999, 2), (1000, 3), (90_000, 3)] {
      #expect(floors.floor(at: length) == floors.floors[place].resemblance)
    }
    #expect(floors.floors.allSatisfy { $0.resemblance >= floors.floor(at: 0) })
    #expect(floors.floor(at: 1000) > floors.floor(at: 250) && floors.floor(at: 0) > 0)
    #expect(try StyleModel(Data(model.fileBytes)).calibrations.first?.floors == floors)
  }

  @Test("Authors who calibrate and were learnt from are counted")
  func learntAuthors() throws {
    let folder = try ScratchFolder()
    var authors = InventedAuthors(seed: 3)
    let lines = authors.lines(split: "fit", authors: 60, characters: 330)
    let others = authors.lines(split: "calib", authors: 40, characters: 330)
    func file(_ lines: [String], _ name: String) throws -> String {
      try folder.write(lines.joined(separator: "\n") + "\n", to: name).path
    }
    let training = StyleTraining(trainer: StyleTrainer(threads: 1), provenance: "", language: "en")
    let model = try training.model(background: [try file(lines, "background.ndjson")])
    let again = lines.map { $0.replacing(#""split":"fit""#, with: #""split":"calib""#) }
    #expect(again != lines)
    for (lines, isLearnt) in [(again, true), (others, false)] {
      let calibrated = try training.calibrated(
        model, by: .init(domain: "d", paths: [try file(lines, "calib.ndjson")]), isWhole: false)
      #expect(calibrated.learntAuthors == (isLearnt ? 60 : 0))
    }
  }

  @Test("Posting hours are learnt where posts carry times, and read back with the model")
  func hours() throws {
    let folder = try ScratchFolder()
    var authors = InventedAuthors(seed: 3)
    let lines = try authors.lines(split: "x", authors: 100, characters: 330).chunks(of: 4).enumerated().map {
      number, documents in
      let objects = try documents.map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String])
      }
      let posts = objects.enumerated().flatMap { place, object in
        (object["text"] ?? "").split(separator: " ").chunks(of: 6).enumerated().map { post, words in
          let day = String(format: "2026-%02d-%02d", 1 + place, 1 + post)
          let hour = String(format: "%02d", (number * 7 + post % 3) % 24)
          return #"{"at":"\#(day)T\#(hour):30:00Z","text":"\#(words.joined(separator: " "))"}"#
        }
      }
      return #"{"id":"\#(objects[0]["author"] ?? "")","posts":[\#(posts.joined(separator: ","))]}"#
    }
    let model = try Self.trained(folder, lines, threads: 1)
    let calibration = try #require(model.calibrations.first?.calibration)
    #expect(try #require(calibration.hourWeight) > 0.3)
    #expect(try Self.trained(folder, lines.reversed(), threads: 3).fileBytes == model.fileBytes)
    let read = try StyleModel(Data(model.fileBytes))
    #expect(read.calibrations == model.calibrations)
    let untimed = lines.map { $0.replacing(#/"at":"[^"]*",/#, with: "") }
    let plain = try Self.trained(folder, untimed, threads: 2)
    #expect(plain.calibrations.first?.calibration.hourWeight == nil)
  }
}

extension StyleTrainingTests {
  @Test("An encoder is weighed where it was learnt from, read back with the model, and held for others else")
  func encoder() throws {
    let folder = try ScratchFolder()
    var authors = InventedAuthors(seed: 3)
    let lines =
      authors.lines(split: "fit", authors: 60, characters: 400)
      + authors.lines(split: "calib", authors: 30, characters: 400)
    let encoder = try TextEncoder(trained: Data(InventedEncoder.bytes(layers: 1)))
    let model = try Self.trained(folder, lines, encoder: encoder, threads: 1)
    #expect(
      try Self.trained(folder, lines.reversed(), encoder: encoder, threads: 3).fileBytes == model.fileBytes)
    let read = try StyleModel(Data(model.fileBytes))
    #expect(read.readsByEncoder && read.encoder != nil && read.fileBytes == model.fileBytes)
    var builder = ProfileBuilder()
    builder.add(post: String(repeating: "the harbour was bad but it was you. ", count: 9))
    let profile = try read.profiler().profile(of: builder)
    #expect(profile.encoded != nil)
    let plain = try Self.trained(folder, lines, threads: 1)
    #expect(!plain.readsByEncoder && plain.encoder == nil)
    let holding = try StyleModel(Data(plain.holding(encoder).fileBytes))
    #expect(!holding.readsByEncoder && holding.encoder != nil && holding.calibrations == plain.calibrations)
    #expect(try holding.profiler().profile(of: builder).encoded == nil)
    #expect(model.holding(encoder).fileBytes == model.fileBytes)
    // It adds a value to calibrate by.
    func values(_ model: StyleModel) -> Int {
      let vectors = model.vectors(profile)
      return model.values(vectors, vectors).count
    }
    #expect(values(model) == values(plain) + 1)
    // From too few authors nothing is learnt of it, and it need not be in the file.
    let few =
      authors.lines(split: "fit", authors: 30, characters: 400)
      + authors.lines(split: "calib", authors: 30, characters: 400)
    let small = try Self.trained(folder, few, encoder: encoder, threads: 1)
    #expect(!small.readsByEncoder && small.encoder == nil)
  }
}

extension StyleTrainingTests {
  private final class Read: Sendable {
    private let files = Mutex<[String]>([])
    func add(_ corpus: StyleCorpus) { files.withLock { $0.append("\(corpus.file) \(corpus.withoutSplit)") } }
    var all: [String] { files.withLock { $0 } }
  }

  @Test(
    "Where nothing can be learnt, file, domain and number of documents are told, each file when it is read")
  func failures() throws {
    let folder = try ScratchFolder()
    let split = try folder.write(
      #"{"id":"a","split":"test","text":"t"}"# + "\n" + #"{"id":"b","text":"t"}"# + "\n", to: "split.ndjson"
    ).path
    let plain = try folder.write(#"{"id":"c","text":"t"}"# + "\n", to: "plain.ndjson").path
    let read = Read()
    var training = StyleTraining(trainer: StyleTrainer(threads: 1), provenance: "", language: "en")
    training.onRead = { read.add($0) }
    func message(_ body: () throws -> Void) throws -> String {
      do {
        try body()
        return ""
      } catch let error as StyleTrainingFailure { return error.description }
    }
    #expect(
      try message { _ = try training.model(background: [split]) }
        == "\(split): the background has 0 authors with a text; at least 20 are needed; 0 of 2 documents are of split fit"
    )
    #expect(read.all == ["\(split) 1"])
    let model = try StyleModel.builtIn()
    #expect(
      try message {
        _ = try training.calibrated(model, by: .init(domain: "d", paths: [split]), isWhole: true)
      }
        == "\(split), domain “d”: there are 0 pairs of one author and 0 of two to calibrate by; at least 10 of each are needed; 0 of 2 documents are of split calib"
    )
    #expect(
      try message {
        _ = try training.calibrated(model, by: .init(domain: "d", paths: [plain]), isWhole: true)
      }
      .hasSuffix("; 1 of 1 documents are used"))
  }
}

extension Array {
  fileprivate func chunks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}

extension StyleTrainingTests {
  @Test("The texts of a cohort are read back as they were")
  func cohort() throws {
    let folder = try ScratchFolder()
    var authors = InventedAuthors(seed: 5)
    // So few authors that accounts are scored by their n-grams as seen from the cohort alone.
    let lines = authors.lines(split: "fit", authors: 30, characters: 900)
    let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "authors.ndjson")
    let training = StyleTraining(trainer: StyleTrainer(threads: 1), provenance: "invented", language: "en")
    let model = try training.model(background: [file.path]) { _ in }
    let read = try StyleModel(Data(model.fileBytes))
    #expect(read.fileBytes == model.fileBytes)
    let texts = [
      "the harbour was bad but it was you.", "never walk with the garden; and the line was bad again",
    ]
    let profiles = try texts.map { text in
      var builder = ProfileBuilder()
      builder.add(post: text)
      return try builder.profile()
    }
    func score(_ model: StyleModel) -> Double {
      model.compare(model.prepare(profiles[0]), model.prepare(profiles[1]), domain: nil).score
    }
    #expect(abs(score(read) - score(model)) <= 1e-5 * abs(score(model)), "\(score(read)), \(score(model))")
  }
}
