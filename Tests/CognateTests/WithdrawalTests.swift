import CaseFile
import Cognate
import Disclosure
import Foundation
import Reports
import Testing

/// Who hears that an identification fell, whatever else was wrong before.
@Suite struct WithdrawalTests {
  private static let period = "officer = \"PC Five\"\nwrong = \"The dates were wrong.\"\n"
  private static let person = "officer = \"PC Five\"\nwrong = \"It was somebody else.\"\n"

  /// A disclosure that was told, with an error in it that became known.
  private func mistaken(_ test: StaffedCase) throws -> (identification: String, disclosure: String) {
    let identification = try test.identified()
    let id = try test.scheduled(identification)
    try test.told(id)
    test.wait(hours: 1)
    _ = try test.by("DI3").disclose(id) { _, _ in
      .step(.requireCorrection(reason: "the period was wrong", recipients: ["ISAC/2", "V/1"]))
    }
    return (identification, id)
  }

  private func correct(_ test: StaffedCase, _ id: String, _ hash: String) throws -> DisclosureView {
    try test.by("PC5").disclose(id) { _, _ in
      .step(.correct(told: ["ISAC/2", "V/1"], noticeHash: hash))
    }
  }

  private func withdraw(_ test: StaffedCase, _ id: String) throws -> IdentificationView {
    try test.by("DI3").identify(id) { _ in .step(.withdraw(reason: "the device had been sold")) }
  }

  @Test func whoHeardOfAnotherErrorHearsOfTheWithdrawalToo() throws {
    let test = try StaffedCase()
    let (identification, id) = try mistaken(test)
    let first = try test.notice(id, Self.period, isCorrection: true, name: "1.html").sha256
    #expect(try correct(test, id, first).state == "corrected")
    let withdrawn = try withdraw(test, identification)
    // Also who heard of it only by the first correction.
    #expect(withdrawn.consequences == ["D1 is correction-due: tell ISAC/2, V/1 that it was wrong"])
    #expect(throws: Refusal.noSuchStep(from: "correction-due", to: "closed")) {
      try test.by("DI3").disclose(id) { _, _ in .step(.close) }
    }
    #expect(throws: CaseError.self) { try correct(test, id, first) }
    let second = try test.notice(id, Self.person, isCorrection: true, name: "2.html").sha256
    #expect(try correct(test, id, second).state == "corrected")
    let closed = try test.by("DI3").disclose(id) { _, _ in .step(.close) }
    #expect(closed.state == "closed" && closed.problem == nil && closed.violations.isEmpty)
    let place = test.folder.url.appendingPathComponent("t.cognate")
    let report = try CaseLog(of: place).verify()
    #expect(report.isSound && report.remarks.isEmpty, "\(report.faults) \(report.remarks)")
  }

  @Test func aCorrectionOfAnotherErrorDoesNotTellOfTheWithdrawal() throws {
    let test = try StaffedCase()
    let (identification, id) = try mistaken(test)
    let earlier = try test.notice(id, Self.period, isCorrection: true, name: "1.html").sha256
    let withdrawn = try withdraw(test, identification)
    #expect(withdrawn.consequences.count == 1)
    #expect(
      withdrawn.consequences.first?.hasPrefix(
        "D1 is correction-due already: tell ISAC/2, V/1 that it was wrong")
        == true)
    let refused = #expect(throws: CaseError.self) { try correct(test, id, earlier) }
    #expect(refused?.description.contains("No correction has been made") == true)
    let later = try test.notice(id, Self.person, isCorrection: true, name: "2.html").sha256
    test.wait(hours: 1)
    #expect(try correct(test, id, later).violations.isEmpty)
  }

  /// A correction of dates told the victim that the person may have nothing to do with it, while the identification stood.
  @Test func aCorrectionSaysOfThePersonWhatHolds() throws {
    func preview(_ test: StaffedCase, _ id: String, _ content: String) throws -> String {
      var request = NoticeRequest(disclosure: id, content: content)
      request.isCorrection = true
      return try test.by("PC5").previewNotice(request).text
    }
    let test = try StaffedCase()
    let (identification, id) = try mistaken(test)
    let standing = try preview(test, id, Self.period)
    #expect(!standing.contains("nothing to do with") && !standing.contains("We told you who"))
    #expect(standing.contains("Something that we told you") && standing.contains("about nothing else"))
    // Who reads no more than the title is not told that all of it was wrong.
    #expect(standing.hasPrefix("A CORRECTION: SOMETHING THAT WE TOLD YOU WAS WRONG\n"))
    _ = try withdraw(test, identification)
    let fallen = try preview(test, id, Self.person)
    #expect(fallen.hasPrefix("A CORRECTION: WHAT WE TOLD YOU WAS WRONG\n"))
    #expect(fallen.contains("may have nothing to do with what happened"))
    #expect(fallen.contains("We told you who we believed was behind contact"))
    // Who was told of accounts alone was not told who it is.
    let other = try StaffedCase()
    let unnamed = try other.identified()
    let part = try other.scheduled(unnamed, StaffedCase.partly)
    let content = "status = \"suspected\"\nofficer = \"PC Five\"\n"
    let hash = try other.notice(part, content).sha256
    _ = try other.by("PC5").disclose(part) { _, _ in
      .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: hash)))
    }
    _ = try withdraw(other, unnamed)
    let accounts = try preview(other, part, Self.person)
    #expect(accounts.contains("We told you what we had found out") && !accounts.contains("We told you who"))
    #expect(accounts.contains("may have nothing to do with what happened"))
  }

  @Test func anotherStepOfTheIdentificationSaysNothingOfACorrection() throws {
    let test = try StaffedCase()
    let (identification, _) = try mistaken(test)
    let aged = try test.by("AN1").identify(identification) { _ in
      .age(isUnder18: false, basis: "EX/4", approver: nil)
    }
    #expect(aged.consequences.isEmpty)
  }

  /// What became known after the telling kept it from being entered, and the victim from hearing that it was wrong.
  @Test(arguments: ["age", "requester", "alert"])
  func aTellingBeforeItBecameKnownIsEntered(what: String) throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.scheduled(identification)
    let hash = try test.notice(id).sha256
    test.wait(hours: 1)
    let told = test.now
    test.wait(hours: 1)
    switch what {
    case "age":
      _ = try test.by("AN1").identify(identification) { _ in
        .age(isUnder18: true, basis: "school record", approver: nil)
      }
    case "requester":
      _ = try test.by("AN1").disclose(id) { _, _ in .requesterCheck(isClear: false, how: "another voice") }
    default: _ = try test.by("AN1").protect(["x:grim.reefer"])
    }
    func deliver(at time: Date?) throws -> DisclosureView {
      try test.by("PC5").disclose(id, at: time) { _, _ in
        .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: hash)))
      }
    }
    #expect(throws: Refusal.self) { try deliver(at: nil) }
    #expect(throws: Refusal.self) { try deliver(at: test.now) }
    // Where this machine's clock may be wrong nothing is taken for later.
    test.wait(hours: -0.5)
    #expect(throws: (any Error).self) { try deliver(at: told) }
    test.wait(hours: 0.5)
    let view = try deliver(at: told)
    #expect(view.state == "disclosed" && view.problem == nil && view.violations.isEmpty)
    #expect(
      try withdraw(test, identification).consequences == ["D1 is correction-due: tell V/1 that it was wrong"])
    #expect(try test.faults() == [])
  }

  /// Nobody was told as far as the record knows; the paper may be in the victim's hands all the same.
  @Test func aNoticeThatWasMadeAndNotEnteredIsNamed() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    _ = try test.notice(try test.scheduled(identification))
    let withdrawn = try withdraw(test, identification)
    #expect(withdrawn.consequences.count == 2 && withdrawn.consequences.first == "D1 is closed")
    #expect(withdrawn.consequences.last?.hasPrefix("N1 was made for D1, and no handing over") == true)
  }

  /// A withdrawal lists everybody who was given what fell.
  @Test func whoGotAnExportIsNamedToo() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let place = test.folder.url.appendingPathComponent("a.csv").path
    _ = try test.by("AN1").export(
      .csv, to: place, recipients: ["CPS", "Unit West"], second: test.person("RV2"))
    let withdrawn = try withdraw(test, identification)
    #expect(withdrawn.consequences.count == 1)
    #expect(
      withdrawn.consequences.first?.hasPrefix("X1 of 2026-06-01T") == true
        && withdrawn.consequences.first?.contains("went to CPS, Unit West") == true)
    // Nobody relied on what was never confirmed.
    _ = try test.by("AN1").propose("C1", person: "N/18", source: "EX/4")
    let rejected = try test.by("AN1").identify("I2") { _ in .step(.reject(reason: "somebody else")) }
    #expect(rejected.consequences == [])
  }
}
