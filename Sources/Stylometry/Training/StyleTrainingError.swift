/// A model cannot be learnt from the documents given.
public enum StyleTrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There are too few authors.
  case tooFewAuthors(Int, needed: Int)
  /// No author has two documents that can be compared.
  case noPairs

  /// What is missing and what to do.
  public var description: String {
    switch self {
    case .tooFewAuthors(let count, let needed):
      "the background has \(count) author\(count == 1 ? "" : "s"); at least \(needed) are needed"
    case .noPairs:
      "no author of the background has two documents to compare; each needs two, on different sides where sides are named"
    }
  }
}
