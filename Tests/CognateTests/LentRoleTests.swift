import CaseFile
import Cognate
import Disclosure
import Foundation
import GRDB
import Testing

/// Steps that the rules allowed because something was put into the database for a while, and taken out again.
@Suite struct LentRoleTests {
  private func place(_ test: StaffedCase) -> URL { test.folder.url.appendingPathComponent("t.cognate") }

  private func edit(_ test: StaffedCase, _ sql: String) throws {
    let queue = try DatabaseQueue(path: place(test).appendingPathComponent("case.sqlite").path)
    try queue.write { database in
      try database.execute(sql: sql)
      #expect(database.changesCount > 0, "\(sql)")
    }
    try queue.close()
  }

  private func faults(_ test: StaffedCase) throws -> [String] {
    try CaseLog(of: place(test)).verify().faults.map(\.what)
  }

  private func confirm(_ id: String, _ who: String, _ test: StaffedCase) throws {
    _ = try test.by(who).identify(id) { _ in .step(.confirm(rationale: "three sources agree")) }
  }

  /// Somebody who tells confirmed, with a role and a rank that they never had.
  @Test func aRoleThatWasLentIsFound() throws {
    let test = try StaffedCase()
    let id = try test.identified(.corroborated)
    try edit(test, "UPDATE person SET roles = 'decider', rank = 'inspector' WHERE id = 'PC5'")
    try confirm(id, "PC5", test)
    try edit(test, "UPDATE person SET roles = 'discloser', rank = NULL WHERE id = 'PC5'")
    #expect(
      try faults(test) == [
        "I1: the step confirm names PC5 with other roles or another rank than they are registered with"
      ])
  }

  /// Somebody who linked confirmed, while another's name stood at that.
  @Test func anAnalystWhoWasHiddenIsFound() throws {
    let test = try StaffedCase()
    let id = try test.identified(.corroborated)
    _ = try test.by("ALL7").link()
    #expect(throws: Refusal.self) { try confirm(id, "ALL7", test) }
    try edit(test, "UPDATE log_entry SET actor = 'AN1' WHERE action = 'link' AND actor = 'ALL7'")
    try confirm(id, "ALL7", test)
    try edit(
      test,
      "UPDATE log_entry SET actor = 'ALL7' WHERE idx = (SELECT max(idx) FROM log_entry WHERE action = 'link')"
    )
    #expect(
      try faults(test) == [
        "I1: the step confirm does not count ALL7 among those who had linked or judged before it"
      ])
  }

  /// A charity confirmed, as the case was a force's for a while.
  @Test func aHolderThatWasLentIsFound() throws {
    let test = try StaffedCase(mode: .charity)
    let id = try test.identified(.corroborated)
    try edit(test, "UPDATE opening SET mode = 'force'")
    try confirm(id, "DI3", test)
    try edit(test, "UPDATE opening SET mode = 'charity'")
    #expect(
      try faults(test) == ["I1: the step confirm was taken by the rules of another holder than the case's"])
  }
}
