import CaseFile
import Foundation
import GRDB
import Testing

/// What a check of the log finds in a case, as it is and after somebody changed it behind the program's back.
extension StaffedCase {
  var place: URL { folder.url.appendingPathComponent("t.cognate") }

  func faults() throws -> [String] { try CaseLog(of: place).verify().faults.map(\.what) }

  /// The case as it is after statements that no command ran.
  func tampered(_ sql: String) throws -> [String] {
    let copy = folder.url.appendingPathComponent("copy.cognate")
    try? FileManager.default.removeItem(at: copy)
    try FileManager.default.copyItem(at: place, to: copy)
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA ignore_check_constraints = ON") }
    let queue = try DatabaseQueue(
      path: copy.appendingPathComponent("case.sqlite").path, configuration: configuration)
    try queue.write { database in
      try database.execute(sql: sql)
      #expect(database.changesCount > 0, "\(sql)")
    }
    try queue.close()
    return try CaseLog(of: copy).verify().faults.map(\.what)
  }
}
