import Disclosure

/// Who works on a case, and under what rules about communications data and decisions.
public enum CaseMode: String, Sendable, Codable, CaseIterable {
  /// A police force.
  case force
  /// A charity: no communications data, no decisions on disclosure.
  case charity
  /// A charity under contract to a force.
  case processor
}

/// What must be on record before a case can be opened (Data Protection Act 2018, Part 3).
public struct CaseOpening: Sendable, Codable, Hashable {
  /// Who works on it.
  public var mode: CaseMode
  /// Lawful basis.
  public var basis: String
  /// What it is for.
  public var purpose: String
  /// Crime or incident reference.
  public var reference: String
  /// Who owns the case.
  public var owner: String
  /// Who reviews it; not the owner.
  public var reviewer: String
  /// Date by which it is reviewed, `yyyy-mm-dd`.
  public var reviewBy: String
  /// Reference of the data protection impact assessment.
  public var dpia: String

  /// Makes an opening; throws for what is missing or contradictory.
  public init(
    mode: CaseMode, basis: String, purpose: String, reference: String, owner: String, reviewer: String,
    reviewBy: String, dpia: String
  ) throws {
    let fields = [
      ("basis", basis), ("purpose", purpose), ("reference", reference), ("owner", owner),
      ("reviewer", reviewer), ("review-by", reviewBy), ("dpia", dpia),
    ]
    for (name, value) in fields where value.allSatisfy(\.isWhitespace) {
      throw CaseError.incompleteOpening("--\(name) is empty")
    }
    func words(_ name: String) -> [Substring] { name.lowercased().split(whereSeparator: \.isWhitespace) }
    guard words(owner) != words(reviewer) else {
      throw CaseError.incompleteOpening(
        "--owner and --reviewer name the same person; the review needs a second one")
    }
    guard CivilDate(reviewBy) != nil else {
      throw CaseError.incompleteOpening("--review-by \(reviewBy) is not a date written yyyy-mm-dd")
    }
    self.mode = mode
    self.basis = basis
    self.purpose = purpose
    self.reference = reference
    self.owner = owner
    self.reviewer = reviewer
    self.reviewBy = reviewBy
    self.dpia = dpia
  }
}

/// What can go wrong with a case on disk.
public enum CaseError: Error, Sendable, Equatable, CustomStringConvertible {
  case exists(String)
  case notACase(String)
  /// The folder is there, and closed to whoever asks.
  case noAccess(String)
  /// The file of the database is there and is none.
  case noDatabase(String)
  /// The case was not made to its end.
  case unfinished(String)
  case incompleteOpening(String)
  case noSuchAccount(String)
  case ambiguousAccount(String, matches: [String])
  case noSuchCluster(String)
  case noSuchIdentification(String)
  case noSuchDisclosure(String)
  case neverLinked
  case nothingToUndo
  case newerSchema(String)
  case resultDiffers(run: String)
  case invalid(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .exists(let path): "\(path) exists already. Choose another place."
    case .notACase(let path): "\(path) holds no case. Make one with `cognate new`."
    case .noAccess(let path):
      "\(path) cannot be looked into: it is closed to you. Work as the user who made the case, or ask whoever keeps it."
    case .noDatabase(let path):
      "\(path): case.sqlite is no database of a case: it was damaged or overwritten. Keep the case as it is, work on from a copy that holds, and have it looked into."
    case .unfinished(let path):
      "\(path) was not made to its end: `cognate new` was stopped. Remove the folder and make the case again."
    case .incompleteOpening(let what): "The case cannot be opened: \(what)."
    case .noSuchAccount(let text):
      "The case has no account \(text). `cognate accounts CASE` lists them; write A12 or platform:value."
    case .ambiguousAccount(let text, let matches):
      "\(text) names several accounts: \(matches.joined(separator: ", ")). Use one of these ids."
    case .noSuchCluster(let text): "The last run has no cluster \(text). `cognate clusters CASE` lists them."
    case .noSuchIdentification(let text):
      "The case has no identification \(text). `cognate identify list CASE` lists them."
    case .noSuchDisclosure(let text):
      "The case has no disclosure \(text). `cognate disclose list CASE` lists them."
    case .neverLinked: "The case has not been linked yet. Run `cognate link CASE`."
    case .nothingToUndo: "There is no judgement to undo."
    case .newerSchema(let path): "\(path) was written by a newer version of Cognate. Update to open it."
    case .resultDiffers(let run):
      "Run \(run) is stored with another result for the same inputs, settings and version. The case may have been altered, or this is a fault in Cognate: keep a copy and report it."
    case .invalid(let what): what
    }
  }
}
