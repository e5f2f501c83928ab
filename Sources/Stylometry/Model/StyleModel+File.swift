import Columns
public import Foundation

// Sections: `char.keys`, `char.idf`, `word.keys`, `word.idf`; `proj.*`, see `StyleProjection`; `emb.*`, see
// `StyleEmbedding`; `encoder`, its file; `enc.*`, see `EncodedProjection`; `habit.*`, the scale of habits and their weights; `cohort.*`; `fusion`; a `domain` and a `ratios` with
// a number each domain, `floors` where texts were long enough for several, and an `hours` where it learnt of posting
// hours.
extension StyleModel {
  /// Reads a model; the file is mapped.
  ///
  /// - Throws: `unreadable`, or `unusable` with the file's name.
  public init(path: String) throws(StyleModelError) {
    self = try StyleModelError.reading(path) { data throws(StyleModelError) in try StyleModel(data) }
  }

  /// Reads a model from its bytes, which are kept and not copied.
  public init(_ data: Data) throws(StyleModelError) {
    let archive = try ModelArchive(data)
    guard try archive.array("rates", of: UInt64.self) == [RateCatalogue.fingerprint] else {
      throw .lacks(section: "rates")
    }
    let characters = try FeatureVocabulary(archive, "char")
    let words = try FeatureVocabulary(archive, "word")
    let projection =
      archive.has("proj.weights")
      ? try StyleProjection(archive, "proj", characters: characters, words: words) : nil
    let embedding =
      archive.has("emb.bias")
      ? try StyleEmbedding(archive, "emb", characters: characters, words: words) : nil
    let encoder = archive.has("encoder") ? try TextEncoder(trained: archive.bytes("encoder")) : nil
    let encoded =
      try encoder.flatMap { encoder throws(StyleModelError) in
        archive.has("enc.turn") ? try EncodedProjection(archive, "enc", rank: encoder.width) : nil
      }
    let scale = try HabitScale(archive)
    var numbers = Numbers(try archive.array("habit.weights"), section: "habit.weights")
    let habits = try RidgeLogistic(&numbers)
    guard habits.weights.count == scale.count else { throw .lacks(section: "habit.weights") }
    let cohort = try StyleCohort(
      archive, characters: characters, words: words, projection: projection,
      embedding: embedding?.dimensions ?? 0)
    numbers = Numbers(try archive.array("fusion"), section: "fusion")
    let fusion = try StyleFusion(&numbers)
    let background = StyleBackground(
      characters: characters, words: words, projection: projection, embedding: embedding, encoded: encoded,
      scale: scale, habits: habits, cohort: cohort, countsUnknown: fusion.countsUnknown)
    let floors = try archive.array("language.floor", of: Double.self, count: 1)
    var calibrations: [DomainCalibration] = []
    while archive.has("domain.\(calibrations.count)") {
      let place = calibrations.count
      numbers = Numbers(try archive.array("ratios.\(place)"), section: "ratios.\(place)")
      var floors = ResemblanceFloors(ofAll: try numbers.next())
      if archive.has("floors.\(place)") {
        var numbers = Numbers(try archive.array("floors.\(place)"), section: "floors.\(place)")
        floors = try ResemblanceFloors(&numbers)
      }
      var hours: HourCalibration?
      if archive.has("hours.\(place)") {
        var numbers = Numbers(try archive.array("hours.\(place)"), section: "hours.\(place)")
        hours = try HourCalibration(&numbers)
      }
      let calibration = try StyleCalibration(&numbers, hours: hours)
      guard calibration.row.means.count == StyleModel.valueCount(background: background, fusion: fusion)
      else {
        throw .lacks(section: "ratios.\(place)")
      }
      let functionWords =
        archive.has("prose.\(place)")
        ? try archive.array("prose.\(place)", of: Double.self, count: 1)[0] : nil
      calibrations.append(
        DomainCalibration(
          name: try archive.text("domain.\(place)"), calibration: calibration, floors: floors,
          functionWords: functionWords))
    }
    self.init(
      background: background, encoder: encoder, fusion: fusion, calibrations: calibrations,
      provenance: try archive.text("provenance"),
      language: try archive.text("language"), languageFloor: floors[0])
  }

  /// The bytes of a file that `init(path:)` reads. What is read back scores a little otherwise than this model where
  /// that came from a trainer: points of the cohort are stored in 8 bits a number.
  public var fileBytes: [UInt8] {
    var writer = ModelArchive.Writer()
    writer.add("provenance", text: provenance)
    writer.add("language", text: language)
    writer.add("language.floor", [languageFloor])
    writer.add("rates", [RateCatalogue.fingerprint])
    background.characters.write(to: &writer, "char")
    background.words.write(to: &writer, "word")
    background.projection?.write(to: &writer, "proj", beside: background)
    background.embedding?.write(to: &writer, "emb", beside: background)
    if let encoder { writer.add("encoder", [UInt8](encoder.file)) }
    background.encoded?.write(to: &writer, "enc")
    background.scale.write(to: &writer)
    writer.add("habit.weights", background.habits.numbers)
    background.cohort.write(
      to: &writer, characters: background.characters, words: background.words)
    writer.add("fusion", fusion.numbers)
    for (place, domain) in calibrations.enumerated() {
      writer.add("domain.\(place)", text: domain.name)
      writer.add("ratios.\(place)", [domain.floors.floor(at: 0)] + domain.calibration.numbers)
      if domain.floors.floors.count > 1 { writer.add("floors.\(place)", domain.floors.numbers) }
      if let share = domain.functionWords { writer.add("prose.\(place)", [share]) }
      if let hours = domain.calibration.hours { writer.add("hours.\(place)", hours.numbers) }
    }
    return writer.bytes
  }
}

extension StyleModelError {
  /// What `make` makes of a file, which is mapped; its errors with the file's name.
  static func reading<Value>(
    _ path: String, _ make: (Data) throws(StyleModelError) -> Value
  ) throws(StyleModelError) -> Value {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      throw .unreadable(file: path, reason: "it cannot be read; name a file that exists, or built-in")
    }
    do { return try make(data) } catch { throw .unusable(file: path, error) }
  }
}

extension RateCatalogue {
  /// Tells catalogues of other rates, or of another order, apart.
  static let fingerprint: UInt64 = rates.reduce(0) { stableHash($1.name, seed: $0) }
}

extension FeatureVocabulary {
  init(_ archive: ModelArchive, _ name: String) throws(StyleModelError) {
    self.init(keys: try archive.array("\(name).keys"), idf: try archive.array("\(name).idf"))
    guard ascends else { throw .lacks(section: "\(name).keys") }
  }

  func write(to writer: inout ModelArchive.Writer, _ name: String) {
    writer.add("\(name).keys", keys)
    writer.add("\(name).idf", idf)
  }
}

extension StyleEmbedding {
  /// Vocabularies that are those of the background stand in the file once.
  init(
    _ archive: ModelArchive, _ name: String, characters: FeatureVocabulary, words: FeatureVocabulary
  ) throws(StyleModelError) {
    self.characters =
      archive.has("\(name).c.keys") ? try FeatureVocabulary(archive, "\(name).c") : characters
    self.words = archive.has("\(name).w.keys") ? try FeatureVocabulary(archive, "\(name).w") : words
    bias = try archive.array("\(name).bias")
    dimensions = bias.count
    wordWeight = try archive.array("\(name).mix", of: Float.self, count: 1)[0]
    let count = self.characters.count + self.words.count
    scale = try archive.array("\(name).scale", count: count)
    weights =
      archive.has("\(name).nibbles")
      ? Self.unpacked(try archive.bytes("\(name).nibbles")) : try archive.bytes("\(name).weights")
    guard weights.count == count * dimensions else { throw .lacks(section: "\(name).weights") }
  }

  func write(to writer: inout ModelArchive.Writer, _ name: String, beside background: StyleBackground) {
    if characters != background.characters { characters.write(to: &writer, "\(name).c") }
    if words != background.words { words.write(to: &writer, "\(name).w") }
    writer.add("\(name).bias", bias)
    writer.add("\(name).mix", [wordWeight])
    writer.add("\(name).scale", scale)
    let isSmall = weights.count % 2 == 0 && weights.allSatisfy { (-7...7).contains(Int8(bitPattern: $0)) }
    if isSmall {
      writer.add("\(name).nibbles", Self.packed(weights))
    } else {
      writer.add("\(name).weights", [UInt8](weights))
    }
  }

  // Weights of -7 to 7 stand in four bits, plus 8, the first in the low half of a byte.

  private static func packed(_ weights: Data) -> [UInt8] {
    weights.withUnsafeBytes { weights in
      stride(from: 0, to: weights.count, by: 2).map { (weights[$0] &+ 8) | (weights[$0 + 1] &+ 8) << 4 }
    }
  }

  private static func unpacked(_ bytes: Data) -> Data {
    let weights = [UInt8](unsafeUninitializedCapacity: 2 * bytes.count) { weights, count in
      for (place, byte) in bytes.enumerated() {
        weights[2 * place] = (byte & 0xF) &- 8
        weights[2 * place + 1] = (byte >> 4) &- 8
      }
      count = 2 * bytes.count
    }
    return Data(weights)
  }
}

extension TwoCovariances {
  fileprivate init(_ archive: ModelArchive, _ name: String, rank: Int) throws(StyleModelError) {
    let origin = try archive.array("\(name).origin", of: Float.self)
    self.init(
      rank: rank, turn: try archive.array("\(name).turn", count: rank * origin.count), origin: origin,
      ownWeights: try archive.array("\(name).own", count: origin.count))
  }

  fileprivate func write(to writer: inout ModelArchive.Writer, _ name: String) {
    writer.add("\(name).origin", origin)
    writer.add("\(name).turn", turn)
    writer.add("\(name).own", ownWeights)
  }
}

extension EncodedProjection {
  init(_ archive: ModelArchive, _ name: String, rank: Int) throws(StyleModelError) {
    self.init(
      mean: try archive.array("\(name).mean", count: rank),
      covariances: try TwoCovariances(archive, name, rank: rank))
  }

  func write(to writer: inout ModelArchive.Writer, _ name: String) {
    writer.add("\(name).mean", mean)
    covariances.write(to: &writer, name)
  }
}

extension StyleProjection {
  init(
    _ archive: ModelArchive, _ name: String, characters: FeatureVocabulary, words: FeatureVocabulary
  ) throws(StyleModelError) {
    directions = try StyleEmbedding(archive, name, characters: characters, words: words)
    covariances = try TwoCovariances(archive, name, rank: directions.dimensions)
  }

  func write(to writer: inout ModelArchive.Writer, _ name: String, beside background: StyleBackground) {
    directions.write(to: &writer, name, beside: background)
    covariances.write(to: &writer, name)
  }
}

extension HabitScale {
  init(_ archive: ModelArchive) throws(StyleModelError) {
    characterKeys = try archive.array("habit.char")
    wordKeys = try archive.array("habit.word")
    rates = try archive.array("habit.rates", of: UInt32.self).map { Int($0) }
    means = try archive.array("habit.means")
    scales = try archive.array("habit.scales")
    guard means.count == count, scales.count == count,
      rates.allSatisfy({ $0 < RateCatalogue.rates.count })
    else { throw .lacks(section: "habit.means") }
  }

  func write(to writer: inout ModelArchive.Writer) {
    writer.add("habit.char", characterKeys)
    writer.add("habit.word", wordKeys)
    writer.add("habit.rates", rates.map { UInt32($0) })
    writer.add("habit.means", means)
    writer.add("habit.scales", scales)
  }
}
