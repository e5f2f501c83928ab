/// A model cannot be learnt from the documents given.
public enum StyleTrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There are too few authors with a text.
  case tooFewAuthors(Int, needed: Int)
  /// No two authors have documents that can be compared.
  case noPairs

  /// What is missing and what to do.
  public var description: String {
    switch self {
    case .tooFewAuthors(let count, let needed):
      "the background has \(count) author\(count == 1 ? "" : "s") with a text; at least \(needed) are needed"
    case .noPairs:
      "no two authors of the background have two documents each to compare, of one file, and on different sides where sides are named"
    }
  }
}
