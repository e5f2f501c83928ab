import CaseFile
import Cognate
import Foundation

/// What went wrong, as a page says it.
enum Problem {
  /// The reason, and the status of HTTP.
  static func describe(_ error: any Error, of opened: Case) -> (reason: String, status: Int) {
    switch error {
    case let error as CaseError: (error.description, status(error))
    case let failure as PeopleFailure: (failure.description, 403)
    default:
      (
        (error as? StorageFailure ?? StorageFailure(error, at: opened.database.folder.path)).map { "\($0)" }
          ?? "\(error)", 500
      )
    }
  }

  private static func status(_ error: CaseError) -> Int {
    switch error {
    case .noSuchAccount, .noSuchCluster, .noSuchIdentification, .noSuchDisclosure: 404
    default: 409
    }
  }
}
