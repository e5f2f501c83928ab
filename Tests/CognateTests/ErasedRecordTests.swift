import CaseFile
import Cognate
import Disclosure
import Foundation
import GRDB
import Testing

/// Erasing records of disclosures, and what is still told of them.
@Suite struct ErasedRecordTests {
  private static let reason = "retention period over"

  private func erase(_ subject: String, _ test: StaffedCase) throws {
    _ = try test.by("DI3").erase(subject, .erase, reason: Self.reason, second: test.person("RV2"))
  }

  /// A record under review of a confirmed identification.
  private func underReview(_ test: StaffedCase) throws -> (identification: String, disclosure: String) {
    let identification = try test.identified()
    let id = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/1", unit: "North")
    ).id
    _ = try test.by("DI3").disclose(id) { _, _ in .step(.review) }
    return (identification, id)
  }

  private func sound(_ test: StaffedCase) throws -> Bool {
    try CaseLog(of: test.folder.url.appendingPathComponent("t.cognate")).verify().isSound
  }

  /// Neither ends, and only a withdrawal that is not true made them erasable.
  @Test(arguments: ["refused", "victim-declined"])
  func whatWasRefusedOrDeclinedIsNotKeptForEver(state: String) throws {
    let test = try StaffedCase()
    let (identification, id) = try underReview(test)
    #expect(throws: CaseError.self) { try erase(id, test) }
    let view: DisclosureView
    if state == "refused" {
      view = try test.by("DI3").disclose(id, second: test.person("DCI4")) { approver, _ in
        let denial = DisclosureStep.Denial(
          reason: .courtOrder, rationale: "order of the court",
          approver: approver ?? StaffMember(id: "", roles: []), routeOfChallenge: "the force's review")
        return .step(.refuse(denial))
      }
    } else {
      view = try test.by("PC5").disclose(id) { _, _ in .step(.victimDeclines(statement: "not now")) }
    }
    #expect(view.state == state)
    #expect(throws: CaseError.self) { try erase("A1", test) }
    try erase(id, test)
    let erased = try #require(try test.by("DI3").disclosures(id).first)
    #expect(erased.state == state && erased.victim == nil && erased.violations.isEmpty)
    #expect(erased.steps.count == 3 && erased.steps.allSatisfy { $0.content == nil })
    #expect(erased.isErased && erased.problem == nil)
    #expect(throws: CaseError.self) { try test.by("DI3").disclose(id) { _, _ in .step(.review) } }
    // Nor does any step of its identification name what is past all steps.
    let aged = try test.by("AN1").identify(identification) { _ in
      .age(isUnder18: false, basis: "licence", approver: nil)
    }
    #expect(aged.consequences == [])
    // The victim may still ask, for as long as the identification stands.
    let next = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/1", unit: "North"))
    #expect(next.id == "D2" && next.state == "due")
    #expect(throws: CaseError.self) { try erase(identification, test) }
    _ = try test.by("DI3").disclose(next.id) { _, _ in .step(.review) }
    _ = try test.by("PC5").disclose(next.id) { _, _ in .step(.victimDeclines(statement: "no")) }
    try erase(identification, test)
    try erase("A1", test)
    #expect(try sound(test))
  }

  /// Whom somebody is not told to be is one thing, that they were arrested another: its clock was gone with the content.
  @Test func whatTheVictimIsStillToHearOfIsNotErased() throws {
    let test = try StaffedCase()
    let (identification, id) = try underReview(test)
    let arrested = Int64(test.now.timeIntervalSince1970)
    _ = try test.by("PC5").disclose(id) { _, _ in .occurrence(.arrest, at: arrested) }
    _ = try test.by("PC5").disclose(id) { _, _ in .step(.victimDeclines(statement: "not now")) }
    for subject in [id, identification] { #expect(throws: CaseError.self) { try erase(subject, test) } }
    let view = try #require(try test.by("DI3").disclosures(id).first)
    #expect(view.dueDates.contains { $0.clock == "right-6" && $0.stoppedAt == nil })
    _ = try test.by("PC5").disclose(id) { _, _ in .told(.arrest, at: arrested, how: "call") }
    try erase(id, test)
    // An application under the disclosure scheme is met by telling who it is.
    let other = try test.scheduled(identification)
    let applied = Int64(test.now.timeIntervalSince1970)
    _ = try test.by("PC5").disclose(other) { _, _ in .occurrence(.schemeApplication, at: applied) }
    try test.told(other)
    _ = try test.by("PC5").disclose(other) { _, _ in .step(.acknowledge(how: "signed")) }
    _ = try test.by("DI3").disclose(other) { _, _ in .step(.close) }
    try erase(other, test)
  }

  /// An alert that somebody had looked into stood open in the list once that was erased, and an age not recorded.
  @Test func anErasedIdentificationSaysNothingOfWhatIsGone() throws {
    let test = try StaffedCase()
    let id = try test.identified()
    _ = try test.by("AN1").protect(["x:grim.reefer"])
    let looked = try test.by("RV2").examineAlerts(id, finding: "marked in error")
    #expect(looked.openAlerts == [] && looked.isUnder18 == false && !looked.isErased)
    _ = try test.by("DI3").identify(id) { _ in .step(.withdraw(reason: "another user")) }
    try erase(id, test)
    let erased = try #require(try test.by("AN1").identifications().first)
    #expect(erased.isErased && erased.openAlerts == [] && erased.problem == nil)
    #expect(erased.steps.map(\.action).last == "withdraw")
    #expect(try sound(test))
  }

  /// Taken by hand, from the steps and from their entries as well: the alert that stood open was gone from the list.
  @Test(arguments: ["erasure", "alteration"])
  func whatNobodyErasedIsNotCalledErased(_ operation: String) throws {
    let test = try StaffedCase()
    let id = try test.identified()
    _ = try test.by("AN1").protect(["x:grim.reefer"])
    _ = try test.by("AN1").account("A2")
    let looked = try #require(
      try test.database.read { try LogEntry.all($0, .init(action: "account")).last?.index })
    try erase("E\(looked)", test)
    #expect(try test.by("AN1").identifications().first?.problem == nil)
    try DatabaseQueue(path: test.place.appendingPathComponent("case.sqlite").path).write { database in
      try database.execute(
        sql: """
          UPDATE identification_step SET content = NULL;
          UPDATE log_entry SET salt = NULL, payload = NULL,
            erased_by = (SELECT max(idx) FROM log_entry WHERE operation = '\(operation)')
          WHERE idx IN (SELECT log_entry FROM identification_step);
          """)
    }
    let view = try #require(try test.by("AN1").identifications().first { $0.id == id })
    #expect(!view.isErased && view.problem != nil && !view.openAlerts.isEmpty)
    #expect(view.steps.allSatisfy { !$0.isLogged })
  }
}
