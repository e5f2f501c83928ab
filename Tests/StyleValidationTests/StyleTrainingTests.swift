import Foundation
import StyleValidation
import Stylometry
import TestSupport
import Testing

@Suite("Training of models of styles")
struct StyleTrainingTests {
  private static func trained(_ folder: ScratchFolder, _ lines: [String], threads: Int) throws -> StyleModel {
    let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "authors.ndjson")
    let training = StyleTraining(
      trainer: StyleTrainer(threads: threads), provenance: "invented", language: "en")
    let model = try training.model(background: [file.path])
    return try training.calibrated(
      StyleModel(Data(model.fileBytes)), by: .init(domain: "invented", paths: [file.path]), isWhole: false
    ).model
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

extension Array {
  fileprivate func chunks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
