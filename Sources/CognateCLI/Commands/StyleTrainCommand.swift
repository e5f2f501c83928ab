import ArgumentParser
import FileOutput
import Foundation
import StyleValidation
import Stylometry

struct StyleTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Learn from background authors, and calibrate likelihood ratios.",
    discussion: """
      FILES are NDJSON, plain or packed by gzip or zstd: documents (id, author, split, side, text) or accounts (id, \
      posts); where posts carry times (at), a domain learns of posting hours as well. All is learnt from the split \
      fit, calibration is from calib; in a file without splits a quarter of the authors calibrates. The model holds \
      aggregates over hashed n-grams and no text.

      EXAMPLES:
        cognate style train --background forum.ndjson.gz \\
          --calibrate forum=forum.ndjson.gz -o forum.model
        cognate style train --from built-in --calibrate forum=members.ndjson \\
          -o forum.model
      """)

  @Option(
    name: .long, parsing: .upToNextOption, help: "Files of background authors.",
    completion: .file(extensions: ["ndjson", "gz"]))
  var background: [String] = []
  @Option(help: "Calibrate this model instead of learning one: a file, or built-in.")
  var from: String?
  @Option(
    parsing: .upToNextOption,
    help: "DOMAIN=FILE: authors of a domain, whose likelihood ratios are calibrated.")
  var calibrate: [String] = []
  @Option(
    help: "What an embedding of other corpora knows: a file, none, or built-in, that of the built-in model.")
  var embedding: String = "built-in"
  @Option(help: "Keep so many n-grams of characters of the embedding, in four bits: a smaller file.")
  var embeddingCharacters: Int?
  @Option(
    help:
      "What reads the texts beside their n-grams, which takes some hundred times as long: a file, none, or built-in, that of the built-in model."
  )
  var encoder: String = "none"
  @Option(help: "Hold this encoder for other models, without reading by it: a file, or built-in.")
  var heldEncoder: String?
  @Option(help: "Most n-grams of characters that the projection reads; 0 for no projection.")
  var projectionFeatures = 40_000
  @Option(help: "Most documents of the cohort that scores are seen from.")
  var cohort: Int?
  @Flag(help: "Count n-grams by the embedding's vocabulary: a smaller file.")
  var sharedVocabulary = false
  @Option(help: "Language of the texts, by ISO 639-1.") var language = "en"
  @Option(help: "What the model was learnt from and what it is not good for, for whoever meets it.")
  var provenance = ""
  @Option(name: .shortAndLong, help: "Write the model here.", completion: .file()) var output: String
  @OptionGroup var workers: ThreadOptions
  @OptionGroup var printing: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws {
    guard background.isEmpty != (from == nil) else {
      throw ValidationError("give either --background FILES or --from MODEL")
    }
    if from != nil, calibrate.isEmpty { throw ValidationError("--from needs --calibrate DOMAIN=FILE") }
    if from != nil, encoder != "none" || embedding != "built-in" || embeddingCharacters != nil {
      throw ValidationError(
        "--from takes a model with its own embedding and encoder; --encoder, --embedding and --embedding-characters go with --background"
      )
    }
    if embeddingCharacters != nil, embedding == "none" {
      throw ValidationError("--embedding-characters needs an embedding")
    }
    if heldEncoder != nil, encoder != "none" {
      throw ValidationError("--held-encoder is for a model that reads by none: leave out --encoder")
    }
    try OutputPaths.check(
      [output], against: background + [from, embedding, encoder, heldEncoder] + domains().flatMap(\.paths),
      isJSON: printing.json)
    guard (0...1 << 20).contains(projectionFeatures) else {
      throw ValidationError("--projection-features is 0 to \(1 << 20)")
    }
    if let embeddingCharacters, embeddingCharacters < 1 {
      throw ValidationError("--embedding-characters is 1 or more")
    }
    if let cohort, cohort < 1 { throw ValidationError("--cohort is 1 or more") }
  }

  /// Files by domain, in the order of names.
  private func domains() throws -> [StyleTraining.Calibration] {
    var paths: [String: [String]] = [:]
    for item in calibrate {
      let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw ValidationError("--calibrate is DOMAIN=FILE, not \(item)") }
      paths[parts[0], default: []].append(parts[1])
    }
    return paths.sorted { $0.key < $1.key }.map { StyleTraining.Calibration(domain: $0.key, paths: $0.value) }
  }

  private static func warn(of corpus: StyleCorpus) {
    Terminal.warn(of: corpus.notes, in: corpus.file)
    Terminal.warn(ofDocumentsWithoutSplit: corpus)
  }

  func run() throws {
    try OutputPaths.check(places: [output])
    var trainer = StyleTrainer(threads: workers.count)
    let embedding = try StyleModelArgument.embedding(embedding)
    trainer.embedding = embeddingCharacters.map { embedding?.compact(characters: $0) } ?? embedding
    trainer.encoder = try StyleModelArgument.encoder(encoder)
    let held = try heldEncoder.flatMap { try StyleModelArgument.encoder($0) }
    trainer.projectionFeatures = projectionFeatures
    trainer.sharesVocabularies = sharedVocabulary
    if let cohort { trainer.cohort = cohort }
    var training = StyleTraining(trainer: trainer, provenance: provenance, language: language)
    training.onRead = { Self.warn(of: $0) }
    let printer = ProgressPrinter(progressOptions.progress)
    func note(_ stage: StyleTraining.Stage) {
      // A warning of a file that is read stands on a line of its own.
      if stage == .reading { printer.finish() } else { printer.stage(stage.name) }
    }
    var model =
      try from.map { try StyleModelArgument.model($0) }
      ?? training.model(background: background, stage: note)
    // A file that is read for both is told of once.
    training.onRead = { [background] in if !background.contains($0.file) { Self.warn(of: $0) } }
    if trainer.encoder != nil, !model.readsByEncoder {
      printer.finish()
      Terminal.warning(
        "what the encoder gives cannot be learnt from so few authors, \(StyleTrainer.authorsForProjection) of several texts are needed: the model does not read by it."
      )
    }
    if let held {
      if model.readsByEncoder {
        Terminal.warning("the model reads by an encoder of its own and does not hold another.")
      }
      model = model.holding(held)
    }
    // As it will be read again, so that it is calibrated as it will be used.
    model = try StyleModel(Data(model.fileBytes))
    var summary = StyleTrainingSummary()
    for domain in try domains() {
      let calibrated = try training.calibrated(model, by: domain, isWhole: from != nil, stage: note)
      model = calibrated.model
      printer.finish()
      Terminal.warn(ofUnplacedTimes: calibrated.unplacedTimes)
      if calibrated.learntAuthors > 0 {
        Terminal.warning(
          "\(Terminal.count(calibrated.learntAuthors, "author")) of the domain “\(domain.domain)” \(calibrated.learntAuthors == 1 ? "is" : "are") in the background as well: ratios that are calibrated on what the model was learnt from come out too sure. Give other authors to --calibrate."
        )
      }
      if let calibration = model.calibrations.first(where: { $0.name == domain.domain })?.calibration {
        summary.domains.append(.init(name: domain.domain, calibration))
      }
    }
    printer.finish()
    var file = try ByteFile(output)
    try file.append(model.fileBytes)
    try file.close()
    let text = summary.text + "written to \(Terminal.safe(output))"
    if OutputFile.isStandardOutput(output) {
      Terminal.write(text)
    } else {
      try printing.show(summary) { text }
    }
  }
}

extension StyleTraining.Stage {
  /// For progress.
  var name: String {
    switch self {
    case .reading: "reading files"
    case .measuring: "measuring how authors write"
    case .learning: "learning from them"
    case .calibrating(let domain): "calibrating \(Terminal.safe(domain))"
    }
  }
}

/// What the calibration of a model's domains came to, as printed.
struct StyleTrainingSummary: Encodable {
  struct Domain: Encodable {
    var name: String
    /// What the log of the ratio by posting hours is multiplied by; nil where they do not count.
    var hourWeight: Double?
    var buckets: [Bucket]

    enum CodingKeys: String, CodingKey { case name, buckets, hourWeight = "hour_weight" }

    init(name: String, _ calibration: StyleCalibration) {
      self.name = name
      hourWeight = calibration.hourWeight
      buckets = calibration.buckets.map {
        Bucket(
          shortest: $0.shortest, same: $0.same, different: $0.different, lowest: $0.bounds.lower,
          highest: $0.bounds.upper)
      }
    }
  }

  /// Texts from some length on: by how many pairs they calibrate, and within which log10 LR ratios are kept.
  struct Bucket: Encodable {
    var shortest: Int
    var same: Int
    var different: Int
    var lowest: Double
    var highest: Double

    enum CodingKeys: String, CodingKey {
      case shortest, same, different, lowest = "lowest_log10_lr", highest = "highest_log10_lr"
    }
  }

  var domains: [Domain] = []

  /// A line for each finding.
  var text: String {
    var lines = ""
    for domain in domains {
      let name = Terminal.safe(domain.name)
      if let weight = domain.hourWeight {
        lines +=
          "\(name): when they posted counts as well, by \(String(format: "%.2f", weight)) of the log of its own ratio\n"
      }
      for bucket in domain.buckets {
        lines +=
          "\(name), from \(bucket.shortest) characters: \(bucket.same) pairs of one author and "
          + "\(bucket.different) of two support log10 LR \(String(format: "%.2f to %.2f", bucket.lowest, bucket.highest))\n"
      }
    }
    return lines
  }
}

/// A model, an embedding or an encoder by its argument.
enum StyleModelArgument {
  static func model(_ argument: String?) throws -> StyleModel {
    guard let argument, argument != "built-in" else { return try StyleModel.builtIn() }
    return try StyleModel(path: argument)
  }

  /// Nil for `none`.
  static func embedding(_ argument: String) throws -> StyleEmbedding? {
    switch argument {
    case "none": return nil
    case "built-in": return try StyleModel.builtIn().embedding
    default: return try StyleEmbedding(path: argument)
    }
  }

  /// Nil for `none`.
  static func encoder(_ argument: String) throws -> TextEncoder? {
    switch argument {
    case "none": return nil
    case "built-in": return try StyleModel.builtIn().encoder
    default: return try TextEncoder(path: argument)
    }
  }
}
