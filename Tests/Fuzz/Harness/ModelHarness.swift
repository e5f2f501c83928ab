import Columns
import Foundation
import Stylometry
import TestSupport

/// A model of styles with changes that its hash does not show: each seven bytes of the input are a section, two of a
/// place in it, what is changed there, and three of a value.
///
/// Held against it: no crash, neither in reading nor in comparing; what can be read compares alike from either side, and a ratio
/// is a number.
struct ModelHarness: FuzzHarness {
  private let file: [UInt8]
  /// Of each section, where its name is in the file, and where its bytes are.
  private let sections: [(entry: Int, bytes: Range<Int>)]
  private let profiles: [StyleProfile]

  /// Trains a small model to begin from.
  init() {
    do {
      file = try Self.trained().fileBytes
      profiles = try Samples.posts.map {
        var builder = ProfileBuilder()
        builder.add(post: String(repeating: $0, count: 1 + 600 / $0.count))
        return try Self.profiler().profile(of: builder)
      }
    } catch {
      stop("no model to begin from: \(error)")
    }
    let count = Int(Self.number(UInt32.self, file, at: 12))
    sections = (0..<count).map { [file] section in
      let entry = 16 + section * 32
      let start = Int(Self.number(UInt64.self, file, at: entry + 16))
      return (entry, start..<start + Int(Self.number(UInt64.self, file, at: entry + 24)))
    }
  }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    var changed = file
    var rest = input[...]
    while rest.count >= 7 {
      change(&changed, Array(rest.prefix(7)))
      rest = rest.dropFirst(7)
    }
    let end = changed.count - 8
    let hash = changed[..<end].withUnsafeBufferPointer { stableHash($0) }
    Self.write(hash, to: &changed, at: end)
    guard let model = try? StyleModel(Data(changed)) else { return }
    let styles = profiles.map { model.prepare($0) }
    for (one, other) in [(styles[0], styles[1]), (styles[1], styles[2])] {
      for domain in model.domains.prefix(2).map(Optional.some) + [nil] {
        let result = model.compare(one, other, domain: domain)
        let turned = model.compare(other, one, domain: domain)
        if result.score.isFinite { demand(result == turned, "a pair is not alike from either side") }
        if let ratio = result.log10LR { demand(ratio.isFinite, "the ratio is no number") }
      }
      _ = model.habits(one, other, limit: 4)
    }
    demand((try? StyleModel(Data(model.fileBytes))) != nil, "what was read cannot be written and read again")
  }

  private func change(_ changed: inout [UInt8], _ order: [UInt8]) {
    let section = sections[Int(order[0]) % sections.count]
    let place = Int(order[1]) << 8 | Int(order[2])
    let value = UInt32(order[4]) << 16 | UInt32(order[5]) << 8 | UInt32(order[6])
    func write<Number: BitwiseCopyable>(_ number: Number) {
      let count = section.bytes.count / MemoryLayout<Number>.size
      if count == 0 { return }
      Self.write(
        number, to: &changed, at: section.bytes.lowerBound + place % count * MemoryLayout<Number>.size)
    }
    switch order[3] % 10 {
    case 0: write(UInt8(truncatingIfNeeded: value))
    case 1: write(value)
    case 2: write(Float(Int32(bitPattern: value << 8)) / 65536)
    case 3: write(Double(Int32(bitPattern: value << 8) >> 8))
    case 4:
      write(
        [Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -0.0, .leastNonzeroMagnitude][place % 6])
    case 5: write([Double.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -1, 1e300][place % 6])
    case 6: write(UInt32.max - value)
    case 7: write(Double(value) / 256)
    case 8: Self.write(UInt64(value), to: &changed, at: section.entry + 24)
    default: changed[section.entry + place % 8] = UInt8(truncatingIfNeeded: value)
    }
  }

  func seeds() throws -> [[UInt8]] {
    sections.indices.flatMap { section in
      (0..<10).map { kind in [UInt8(section), 0, UInt8(kind), UInt8(kind), 0, 1, UInt8(section)] }
    }
  }

  private static func encoder() throws -> TextEncoder {
    try TextEncoder(trained: Data(InventedEncoder.bytes(layers: 1)))
  }

  private static func profiler() throws -> StyleProfiler { StyleProfiler(encoder: try encoder()) }

  /// Of invented words, with posting hours, small enough to be changed thousands of times a minute.
  private static func trained() throws -> StyleModel {
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let letters = Array("aeionrst")
    let words = (0..<24).map { word in String((0..<3 + word % 3).map { _ in letters[next(letters.count)] }) }
    func profile(of author: Int) throws -> StyleProfile {
      var builder = ProfileBuilder()
      for post in 0..<8 {
        let text = (0..<10).map { _ in words[(author + next(16)) % words.count] }
        builder.add(
          post: text.joined(separator: author % 3 == 0 ? ", " : " ").utf8,
          hour: Int32(480_000 + 24 * post + (author + next(6)) % 24))
      }
      return try profiler().profile(of: builder)
    }
    let documents = (0..<88).map { BackgroundDocuments.Document(author: $0 / 2, side: $0 % 2) }
    var trainer = StyleTrainer(threads: 1)
    (trainer.rank, trainer.dimensions, trainer.projectionFeatures) = (12, 8, 60)
    (trainer.others, trainer.cohort) = (4, 6)
    trainer.encoder = try encoder()
    let profiles = try documents.map { try profile(of: $0.author) }
    let model = StyleModel(
      try trainer.train(BackgroundDocuments(documents), profiles: profiles), profiles: profiles,
      provenance: "invented", language: "en")
    let texts = try (0..<60).map {
      StyleModel.CalibrationText(author: $0 / 2, side: $0 % 2, profile: try profile(of: 7 + $0 / 2))
    }
    return try model.calibrated(domain: "invented", [texts], threads: 1)
  }

  private static func number<Number: BitwiseCopyable>(_ type: Number.Type, _ bytes: [UInt8], at offset: Int)
    -> Number
  {
    bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
  }

  private static func write<Number: BitwiseCopyable>(
    _ number: Number, to bytes: inout [UInt8], at offset: Int
  ) {
    bytes.withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: offset, as: Number.self) }
  }
}
