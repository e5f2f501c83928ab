internal import CaseFile
internal import Disclosure
import GRDB

/// What can be held or erased: an account, an identification, a disclosure, or an entry of the log.
enum Subject {
  case account(Int64)
  case identification(IdentificationHistory)
  case disclosure(StoredDisclosure)
  case entry(UInt64)

  /// Finds it.
  ///
  /// - Throws: `CaseError`, `LogFailure.noSuchEntry`.
  init(_ text: String, _ database: Database) throws {
    switch text.first?.uppercased() {
    case "A":
      guard let number: Int64 = RecordLabel.number(text, letter: "A"),
        try Bool.fetchOne(
          database, sql: "SELECT EXISTS (SELECT 1 FROM account WHERE id = ?)", arguments: [number]) == true
      else { throw CaseError.noSuchAccount(text) }
      self = .account(number)
    case "I": self = .identification(try IdentificationStore.find(text, database))
    case "D": self = .disclosure(try DisclosureStore.find(text, database))
    case "E":
      guard let index: UInt64 = RecordLabel.number(text, letter: "E") else {
        throw CaseError.invalid("\(text) is no entry: write E17.")
      }
      self = .entry(try LogEntry.one(database, index).index)
    default:
      throw CaseError.invalid(
        "\(text) cannot be held or erased: write A3 (account), I2 (identification), D4 (disclosure) or E17 (entry of the log)."
      )
    }
  }

  /// Its name in the log.
  var id: String {
    switch self {
    case .account(let number): "A\(number)"
    case .identification(let history): history.id
    case .disclosure(let stored): stored.history.id
    case .entry(let index): "E\(index)"
    }
  }
}
