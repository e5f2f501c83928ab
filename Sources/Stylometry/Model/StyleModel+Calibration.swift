import Columns

extension StyleModel {
  /// Authors of a domain with their texts.
  public struct CalibrationText: Sendable {
    /// Who wrote it; the same number in all batches.
    public var author: Int
    /// Texts of an author on different sides are compared; -1 when there are no sides.
    public var side: Int
    /// What was measured of the text.
    public var profile: StyleProfile

    /// Makes one.
    public init(author: Int, side: Int, profile: StyleProfile) {
      self.author = author
      self.side = side
      self.profile = profile
    }
  }

  /// The same model with a calibration in a domain, in place of one of the same name.
  ///
  /// - Parameters:
  ///   - batches: texts at one length each, such as the beginnings of the same texts; only texts of one batch are
  ///     compared. Their authors must be none of the background.
  ///   - threads: the result does not depend on them.
  public func calibrated(
    domain: String, _ batches: [[CalibrationText]], threads: Int
  ) throws(StyleModelError) -> StyleModel {
    var pairs: [StyleCalibration.Pair] = []
    var resemblances: [(length: Int, resemblance: Double)] = []
    var functionWords = 0.0
    // Of each author and bucket the first pair with themselves, and the first with somebody else.
    var seen: Set<[Int]> = []
    for batch in batches {
      let prepared = Workers.map(chunks: batch.count, threads: threads, start: {}) {
        prepare(batch[$1].profile)
      }
      for style in prepared where style.length >= Self.shortest {
        resemblances.append((length: style.length, resemblance: style.resemblance))
        functionWords += style.functionWords
      }
      let documents = BackgroundDocuments(batch.map { .init(author: $0.author, side: $0.side) })
      for pair in documents.pairs(others: 16) {
        let (one, other) = (prepared[pair.left], prepared[pair.right])
        let length = min(one.length, other.length)
        if length < Self.shortest { continue }
        let bucket = StyleCalibration.bucketStarts.lastIndex { $0 <= length } ?? -1
        let isFirst = seen.insert([batch[pair.left].author, bucket, pair.isSame ? 1 : 0]).inserted
        pairs.append(
          .init(
            values: values(one, other), length: length,
            authors: (batch[pair.left].author, batch[pair.right].author), isSame: pair.isSame,
            isIndependent: isFirst, hours: (one.hours, other.hours)))
      }
    }
    guard let calibration = calibration(pairs) else {
      let independent = pairs.filter(\.isIndependent)
      let same = independent.count(where: \.isSame)
      throw .tooFewPairs(
        same: same, different: independent.count - same, needed: StyleCalibration.fewestPairs)
    }
    var result = self
    result.calibrations.removeAll { $0.name == domain }
    result.calibrations.append(
      DomainCalibration(
        name: domain, calibration: calibration, floors: ResemblanceFloors(of: resemblances),
        functionWords: functionWords / Double(resemblances.count)))
    result.calibrations.sort { $0.name < $1.name }
    return result
  }
}
