import CaseFile
import Cognate
import Disclosure
import Foundation
import Testing

/// Records on a machine whose clock is wrong.
@Suite struct RecordOrderTests {
  private func isOutOfOrder(_ body: () throws -> Void) -> Bool {
    guard case .dateOutOfRange(_, let why) = #expect(throws: Refusal.self, performing: body) else {
      return false
    }
    return why.contains("before the last line of")
  }

  @Test func nothingIsConfirmedBeforeItWasProposed() throws {
    let test = try StaffedCase()
    let id = try test.identified(.corroborated)
    func confirm() throws {
      _ = try test.by("DI3").identify(id) { _ in .step(.confirm(rationale: "three sources agree")) }
    }
    test.wait(hours: -24 * 365)
    #expect(isOutOfOrder(confirm))
    #expect(try test.by("DI3").identifications().first?.state == "corroborated")
    test.wait(hours: 24 * 365)
    try confirm()
    let place = test.folder.url.appendingPathComponent("t.cognate")
    // Looking at it on the wrong day is entered, and is what the dates show.
    #expect(
      try CaseLog(of: place).verify().remarks.map { $0.hasPrefix("1 entry is dated before") } == [true])
  }

  @Test func aDisclosureIsWrittenInOrder() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    test.wait(hours: -0.5)
    #expect(
      isOutOfOrder {
        _ = try test.by("AN1").disclose(id) { _, _ in .requesterCheck(isClear: true, how: "called back") }
      })
    #expect(
      isOutOfOrder {
        _ = try test.by("PC5").disclose(id) { _, _ in .step(.reportNoContact(attempts: "two calls")) }
      })
  }

  @Test func nothingIsHandedOverBeforeItWasMade() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    let scheduled = test.now
    test.wait(hours: 1)
    let hash = try test.notice(id).sha256
    let made = test.now
    test.wait(hours: 1)
    func deliver(at time: Date) throws -> DisclosureView {
      try test.by("PC5").disclose(id, at: time) { _, _ in
        .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: hash)))
      }
    }
    for time in [scheduled, made.addingTimeInterval(-1)] {
      let refused = #expect(throws: CaseError.self) { try deliver(at: time) }
      #expect(refused?.description.contains("it cannot have been handed over at") == true)
    }
    #expect(try deliver(at: made).state == "disclosed")
  }

  /// A clock that was ahead when the victim was told keeps nobody from saying that it was wrong.
  @Test func aWithdrawalIsTakenWhateverTheClockSaid() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.scheduled(identification)
    try test.told(id)
    let waiting = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/2", unit: "South")
    ).id
    test.wait(hours: -48)
    let withdrawn = try test.by("DI3").identify(identification) { _ in
      .step(.withdraw(reason: "the device had been sold"))
    }
    #expect(withdrawn.consequences.count == 3)
    #expect(withdrawn.consequences.first == "D1 is correction-due: tell V/1 that it was wrong")
    #expect(withdrawn.consequences.last?.contains("look at this machine's clock") == true)
    let all = try test.by("DI3").disclosures()
    #expect(all.first { $0.id == waiting }?.state == "closed")
    #expect(all.allSatisfy { $0.problem == nil })
    let wrong = "officer = \"PC Five\"\nwrong = \"It was somebody else.\"\n"
    let receipt = try test.notice(id, wrong, isCorrection: true, name: "correction.html")
    let corrected = try test.by("PC5").disclose(id) { _, _ in
      .step(.correct(told: ["V/1"], noticeHash: receipt.sha256))
    }
    #expect(corrected.state == "corrected")
    // The log is sound, and says that dates fall.
    let place = test.folder.url.appendingPathComponent("t.cognate")
    let report = try CaseLog(of: place).verify()
    #expect(report.isSound, "\(report.faults)")
    #expect(report.remarks.count == 1 && report.remarks.first?.contains("entries are dated before") == true)
    // So does the report of the times that rest on them.
    let log = try #require(try test.by("AU6").auditMaterial().logs.first)
    #expect(log.isSound && log.remarks.count == 1 && log.remarks.first?.contains("dated before") == true)
  }

  @Test func onlyWhatSaysThatItWasWrongIsTakenOutOfOrder() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    try test.told(id)
    func error(at time: Date?) throws {
      _ = try test.by("DI3").disclose(id, at: time) { _, _ in
        .step(.requireCorrection(reason: "the period was wrong", recipients: ["V/1"]))
      }
    }
    // Not by a date that somebody gives.
    #expect(isOutOfOrder { try error(at: test.now.addingTimeInterval(-3_600)) })
    test.wait(hours: -48)
    #expect(
      isOutOfOrder { _ = try test.by("PC5").disclose(id) { _, _ in .step(.acknowledge(how: "signed")) } })
    try error(at: nil)
    #expect(try test.by("DI3").disclosures(id).first?.problem == nil)
  }

  /// Each case names a day of review, and each review the next one.
  @Test func aReviewThatHasPassedIsRemarkedOn() throws {
    let test = try StaffedCase()
    func remarks() throws -> [String] {
      try test.by("AU6").auditMaterial().logs.flatMap(\.remarks)
    }
    #expect(try remarks() == [])
    test.wait(hours: 24 * 365)
    func passed(_ day: String) -> [String] {
      [
        "The case was to be reviewed by \(day), which has passed: review it, and enter that with `cognate review`."
      ]
    }
    #expect(try remarks() == passed("2027-01-31"))
    let next = try #require(CivilDate("2027-07-31"))
    func review(_ id: String, _ day: CivilDate = next, _ finding: String = "needed until the trial") throws {
      try test.by(id).review(next: day, finding: finding)
    }
    for id in ["AN1", "PC5"] { #expect(throws: Refusal.self) { try review(id) } }
    for id in ["AU6", "keeper"] { #expect(throws: PeopleFailure.self) { try review(id) } }
    #expect(throws: PeopleFailure.self) { try test.unattended.review(next: next, finding: "f") }
    #expect(throws: CaseError.self) { try review("RV2", next, " ") }
    let today = LondonTime.date(of: Int64(test.now.timeIntervalSince1970))
    #expect(throws: CaseError.self) { try review("RV2", today) }
    #expect(try remarks() == passed("2027-01-31"))
    try review("RV2")
    #expect(try remarks() == [])
    #expect(try CaseLog(of: test.database.folder).verify().isSound)
    test.wait(hours: 24 * 61)
    #expect(try remarks() == passed("2027-07-31"))
  }
}
