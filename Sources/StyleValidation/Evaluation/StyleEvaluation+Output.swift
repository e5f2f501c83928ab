import Charts
public import CorpusKit
import Stylometry

extension StyleEvaluation {
  /// What the test pairs show.
  ///
  /// - Throws: `LikelihoodRatioCostError` without test pairs of both sorts.
  public func metrics() throws(LikelihoodRatioCostError) -> VerificationMetrics {
    try VerificationMetrics(scored.map { ($0.log10LR, $0.pair.isSame) })
  }

  /// How well the right text is found among all.
  public func retrieval(_ corpus: StyleCorpus) -> RetrievalMetrics {
    let documents = corpus.documents
    return RetrievalMetrics(
      ranks: rankings.map { ranking in
        ranking.candidates.firstIndex { documents[$0.document].author == documents[ranking.query].author }
          .map { $0 + 1 }
      }, candidates: rankings.count)
  }

  /// By whom ratios are calibrated where the task gives too few pairs for that, as a sentence without its full stop; nil
  /// else.
  public var calibratorsNote: String? {
    let few =
      "the task gives fewer than \(StyleCalibration.fewestPairs) pairs of either sort to calibrate by, so that "
    return switch calibratorsOrigin {
    case .pairs: nil
    case .documents: few + "they are pairs that its documents of the split calib make"
    case .background:
      few + "one in \(StyleTraining.calibrationShare) authors of the split fit calibrates and teaches nothing"
    }
  }

  /// Why test pairs have no likelihood ratio, as a sentence without its full stop; nil where all have one.
  public var abstentionNote: String? {
    guard let calibration else {
      return
        "the split calib has fewer than \(StyleCalibration.fewestPairs) pairs of either sort, so there is no likelihood ratio: of all pairs the method abstains, and ranks are by uncalibrated scores"
    }
    let count = scored.count { $0.log10LR == nil }
    if count == 0 { return nil }
    let shortest = max(calibration.buckets.map(\.shortest).min() ?? 0, 1)
    return
      "of \(count) of \(scored.count) test pairs the method abstains, which counts as a ratio of 1, since a text is shorter than those that enough calibrating pairs have, which begin at \(Figure.grouped(shortest)) character\(shortest == 1 ? "" : "s")"
  }

  /// A line a test pair: id, id, log10 of the likelihood ratio, which is empty when the model abstains.
  public func scoresText(_ corpus: StyleCorpus) -> String {
    var text = ""
    for item in scored {
      let value = item.log10LR.map { Figure.fixed($0, 6) } ?? ""
      text += "\(corpus.documents[item.pair.left].id)\t\(corpus.documents[item.pair.right].id)\t\(value)\n"
    }
    return text
  }

  /// A line a candidate: query, candidate, score; the best come first.
  public func ranksText(_ corpus: StyleCorpus) -> String {
    var text = ""
    for ranking in rankings {
      for candidate in ranking.candidates {
        text +=
          "\(corpus.documents[ranking.query].id)\t\(corpus.documents[candidate.document].id)\t\(Figure.fixed(candidate.score, 6))\n"
      }
    }
    return text
  }
}
