import Columns
public import Stylometry
import Synchronization

/// Makes a model of styles from files: learns from the authors of some, calibrates by those of others.
public struct StyleTraining: Sendable {
  /// Where a domain's authors are.
  public struct Calibration: Sendable {
    /// Name of the domain.
    public var domain: String
    /// The files.
    public var paths: [String]

    /// Makes one.
    public init(domain: String, paths: [String]) {
      self.domain = domain
      self.paths = paths
    }
  }

  /// What is being done, for progress.
  public enum Stage: Sendable, Equatable {
    /// Reading files.
    case reading
    /// Measuring how their authors write.
    case measuring
    /// Learning from them.
    case learning
    /// Calibrating the ratios of a domain.
    case calibrating(domain: String)
  }

  /// In files without splits this part of the authors calibrates.
  static let calibrationShare = 4

  /// Learns; its threads are used throughout.
  public var trainer: StyleTrainer
  /// In words, for whoever meets the model.
  public var provenance: String
  /// ISO 639-1.
  public var language: String
  /// Told of each file as soon as it is read, before anything is learnt from it.
  public var onRead: @Sendable (StyleCorpus) -> Void = { _ in }
  private let learnt = LearntAuthors()

  /// A training.
  public init(trainer: StyleTrainer, provenance: String, language: String) {
    self.trainer = trainer
    self.provenance = provenance
    self.language = language
  }

  /// Learns from the documents of split `fit`; where a file names no splits, from three quarters of the authors, told
  /// apart by their names.
  ///
  /// - Parameter stage: called as each stage begins.
  /// - Throws: `StyleCorpusError`, `StyleTrainingFailure`, `StyleProfileError`.
  public func model(background paths: [String], stage: (Stage) -> Void = { _ in }) throws -> StyleModel {
    var texts: [StyleText] = []
    stage(.reading)
    let corpora = try corpora(paths)
    for (number, corpus) in corpora.enumerated() {
      texts += StyleText.all(corpus, number: number, for: .fit)
    }
    let authors = Set(texts.map(\.author))
    learnt.names.withLock { $0 = authors }
    stage(.measuring)
    let profiles = try profiles(texts, characters: nil, by: trainer.profiler)
    stage(.learning)
    let learnt: StyleTrainer.Result
    do {
      learnt = try trainer.train(BackgroundDocuments(texts: texts), profiles: profiles)
    } catch {
      throw StyleTrainingFailure(corpora, split: .fit, domain: nil, reason: error.description)
    }
    return StyleModel(learnt, profiles: profiles, provenance: provenance, language: language)
  }

  /// Calibrates a model by the documents of split `calib`; where a file names no splits, by a quarter of the authors, or
  /// by all when the model learnt from other files.
  ///
  /// - Parameters:
  ///   - isWhole: whether files without splits are for calibration alone.
  ///   - stage: called as each stage begins.
  /// - Returns: the model, how many times of posts say nothing of the hour, and how many of the authors the model was learnt
  ///   from as well, by this training.
  /// - Throws: `StyleCorpusError`, `StyleTrainingFailure`, `StyleProfileError`.
  public func calibrated(
    _ model: StyleModel, by calibration: Calibration, isWhole: Bool, stage: (Stage) -> Void = { _ in }
  ) throws -> (model: StyleModel, unplacedTimes: Int, learntAuthors: Int) {
    var texts: [StyleText] = []
    stage(.reading)
    let corpora = try corpora(calibration.paths)
    stage(.measuring)
    for (number, corpus) in corpora.enumerated() {
      texts += StyleText.all(corpus, number: number, for: .calib, isWhole: isWhole)
    }
    let documents = BackgroundDocuments(texts: texts).documents
    var batches: [[StyleModel.CalibrationText]] = []
    for corpus in Set(texts.map(\.corpus)).sorted() {
      let places = texts.indices.filter { texts[$0].corpus == corpus }
      let longest = places.map { texts[$0].characters }.max() ?? 0
      // Beginnings, so that each bucket of lengths has pairs; 1.2 times, as quotes and links are left out of them.
      for start in StyleCalibration.bucketStarts where start <= longest {
        let cut = try profiles(places.map { texts[$0] }, characters: start * 6 / 5, by: model.profiler)
        batches.append(
          zip(places, cut).map { .init(author: documents[$0].author, side: documents[$0].side, profile: $1) })
      }
    }
    stage(.calibrating(domain: calibration.domain))
    let calibrated: StyleModel
    do {
      calibrated = try model.calibrated(domain: calibration.domain, batches, threads: trainer.threads)
    } catch {
      throw StyleTrainingFailure(
        corpora, split: .calib, domain: calibration.domain, isWhole: isWhole, reason: error.description)
    }
    let known = learnt.names.withLock { $0 }
    return (
      calibrated, corpora.reduce(0) { $0 + $1.unplacedTimes },
      Set(texts.map(\.author)).intersection(known).count
    )
  }

  private func profiles(
    _ texts: [StyleText], characters: Int?, by profiler: @Sendable () -> StyleProfiler
  ) throws(StyleProfileError) -> [StyleProfile] {
    try Workers.map(chunks: texts.count, threads: trainer.threads, start: profiler) {
      profiler, place throws(StyleProfileError) in
      try texts[place].profile(characters: characters, by: profiler)
    }
  }

  /// Sorted, so that the order in which files are named is nothing.
  private func corpora(_ paths: [String]) throws(StyleCorpusError) -> [StyleCorpus] {
    var corpora: [StyleCorpus] = []
    for path in paths {
      let corpus = try StyleCorpus(path: path)
      onRead(corpus)
      corpora.append(corpus)
    }
    return corpora.sorted {
      ($0.documents.map(\.id).min() ?? "", $0.file) < ($1.documents.map(\.id).min() ?? "", $1.file)
    }
  }
}

/// Who the background was of.
private final class LearntAuthors: Sendable {
  let names = Mutex<Set<String>>([])
}

extension StyleCorpus {
  /// The documents that are for a purpose, in the order of the file: those of its split, or, where the file names no splits,
  /// those of a part of the authors.
  ///
  /// - Parameter isWhole: take all of a file without splits.
  func documents(for split: StyleSplit, isWhole: Bool) -> [StyleDocument] {
    if hasSplits { return documents.filter { $0.split == split } }
    if isWhole { return documents }
    return documents.filter { document in
      let isCalibration = stableHash(document.author) % UInt64(StyleTraining.calibrationShare) == 0
      return isCalibration == (split == .calib)
    }
  }
}

/// What one author wrote on one side, in training.
struct StyleText: Sendable {
  var author: String
  /// A letter; empty where there are no sides.
  var side: String
  /// Number of the file among all.
  var corpus: Int
  var posts: ArraySlice<StylePost>

  /// The texts of a corpus that are for a purpose, in the order of their ids. An account whose posts name no side is
  /// halved: the first half of its posts is compared with the second.
  static func all(_ corpus: StyleCorpus, number: Int, for split: StyleSplit, isWhole: Bool = false)
    -> [StyleText]
  {
    var counts: [String: Int] = [:]
    for document in corpus.documents { counts[document.author, default: 0] += 1 }
    var result: [StyleText] = []
    for document in corpus.documents(for: split, isWhole: isWhole).sorted(by: { $0.id < $1.id }) {
      let posts = document.posts
      if document.side.isEmpty, counts[document.author] == 1, posts.count > 1 {
        let middle = posts.count / 2
        result.append(StyleText(author: document.author, side: "A", corpus: number, posts: posts[..<middle]))
        result.append(StyleText(author: document.author, side: "B", corpus: number, posts: posts[middle...]))
      } else {
        result.append(
          StyleText(
            author: document.author, side: String(document.side.prefix(1)), corpus: number, posts: posts[...])
        )
      }
    }
    return result
  }

  /// Scalars as written.
  var characters: Int {
    posts.reduce(0) { $0 + String(decoding: $1.text, as: UTF8.self).unicodeScalars.count }
  }

  /// The profile of the text, or of its beginning.
  func profile(
    characters limit: Int?, by profiler: StyleProfiler
  ) throws(StyleProfileError) -> StyleProfile {
    guard let limit else { return try profiler.profile(of: ProfileBuilder(posts)) }
    var builder = ProfileBuilder()
    var rest = limit
    for post in posts {
      if rest <= 0 { break }
      let scalars = String(decoding: post.text, as: UTF8.self).unicodeScalars
      let kept = scalars.prefix(rest)
      builder.add(post: String(kept), at: post.time)
      rest -= kept.count
    }
    return try profiler.profile(of: builder)
  }
}

extension BackgroundDocuments {
  /// Authors and sides by number, in the order of their names.
  init(texts: [StyleText]) {
    var authors: [String: Int] = [:]
    for (number, name) in Set(texts.map(\.author)).sorted().enumerated() { authors[name] = number }
    var sides: [String: Int] = [:]
    for (number, letter) in Set(texts.map(\.side)).subtracting([""]).sorted().enumerated() {
      sides[letter] = number
    }
    self.init(
      texts.map { Document(author: authors[$0.author] ?? 0, side: sides[$0.side] ?? -1, corpus: $0.corpus) })
  }
}
