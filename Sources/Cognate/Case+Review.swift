internal import CaseFile
public import Disclosure
import GRDB

/// The review of a case: whether what it holds is still needed.
extension Case {
  private static let reviewed = "review"

  /// Enters that the case was reviewed, and by which day it is to be reviewed again.
  ///
  /// - Parameters:
  ///   - next: a day after today in London.
  ///   - finding: what was found: why the case is still needed, for example.
  /// - Throws: `PeopleFailure`; `Refusal` for who is registered and neither reviewer nor decider; `CaseError`.
  public func review(next: CivilDate, finding: String) throws {
    try database.operation { database, entries in
      try authorise(.readContent, database)
      if signedIn != nil {
        let who = try member(database)
        guard !who.roles.isDisjoint(with: [.reviewer, .decider]) else {
          throw Refusal.oneRoleNeeded([.reviewer, .decider], who: who.id)
        }
      }
      guard !finding.allSatisfy(\.isWhitespace) else { throw CaseError.invalid("--finding is empty.") }
      guard next > LondonTime.date(of: Instant.seconds(now())) else {
        throw CaseError.invalid("--next \(next) is not after today: name the day of the next review.")
      }
      try entries.append(
        entry(.alteration, Self.reviewed, details: ["finding": finding, "review_by": "\(next)"]))
    }
  }

  /// By which day the case is to be reviewed: as the latest review says, else as it was opened with.
  func reviewBy() throws -> CivilDate? {
    let reviews = try database.read { try LogEntry.all($0, .init(action: Self.reviewed)) }
    return CivilDate(try reviews.compactMap { $0.payload?.details["review_by"] }.last ?? opening().reviewBy)
  }
}
