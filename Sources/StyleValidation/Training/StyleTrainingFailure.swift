/// Nothing can be learnt, or calibrated, from the files given.
public struct StyleTrainingFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Paths of the files.
  public let files: [String]
  /// The domain that was to be calibrated; nil for the background.
  public let domain: String?
  /// How many documents the files have.
  public let documents: Int
  /// How many of them it was to be done by.
  public let used: Int
  /// Why they are not enough.
  public let reason: String
  /// In words, how those were chosen.
  private let choice: String

  init(
    _ corpora: [StyleCorpus], split: StyleSplit, domain: String?, isWhole: Bool = false, reason: String
  ) {
    files = corpora.map(\.file)
    self.domain = domain
    self.reason = reason
    var (used, all) = (0, 0)
    var goesBySplit = false
    for corpus in corpora {
      goesBySplit = goesBySplit || corpus.hasSplits
      all += corpus.documents.count
      used += corpus.documents(for: split, isWhole: isWhole).count
    }
    (self.used, documents) = (used, all)
    choice =
      goesBySplit
      ? "are of split \(split.rawValue)"
      : isWhole
        ? "are used"
        : "are used, those of \(split == .calib ? "a quarter" : "three quarters") of the authors, as none names a split"
  }

  /// What is missing, and where.
  public var description: String {
    let place = files.joined(separator: ", ") + (domain.map { ", domain “\($0)”" } ?? "")
    return "\(place): \(reason); \(used) of \(documents) documents \(choice)"
  }
}
