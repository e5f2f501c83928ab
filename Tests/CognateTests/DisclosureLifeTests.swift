import CaseFile
import Cognate
import Disclosure
import Foundation
import GRDB
import TestSupport
import Testing

/// From a cluster to a victim who was told, through the library.
@Suite struct DisclosureLifeTests {
  @Test func fromAClusterToAClosedDisclosure() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.scheduled(identification)
    let told = try test.told(id)
    #expect(told.state == "disclosed" && told.recipients == ["V/1"])
    test.wait(hours: 1)
    _ = try test.by("PC5").disclose(id) { _, _ in .step(.acknowledge(how: "signed for")) }
    let closed = try test.by("DI3").disclose(id) { _, _ in .step(.close) }
    #expect(closed.state == "closed" && closed.violations.isEmpty && closed.problem == nil)
    #expect(closed.steps.filter { !$0.isLogged }.isEmpty)
    // T0 is Monday, 1 June 2026; five working days end on the 8th.
    let decision = try #require(closed.dueDates.first { $0.clock == "decision" })
    #expect(decision.dueOn == "2026-06-08" && decision.stoppedAt != nil && !decision.isOverdue)
    #expect(closed.rules.name == "proposal-2026-11" && closed.rules.sha256.count == 64)
    // One entry of the log for each step, in the transaction of the step.
    let (steps, entries) = try test.database.read { database in
      (
        try Int.fetchOne(
          database,
          sql: """
            SELECT (SELECT count(*) FROM identification_step) + (SELECT count(*) FROM disclosure_step)
            """),
        try LogEntry.all(database)
      )
    }
    #expect(
      entries.filter { $0.action.hasPrefix("identify.") || $0.action.hasPrefix("disclose.") }.count
        == (steps ?? 0) + 1, "and one for the start")
    let delivery = try #require(entries.last { $0.action == "disclose.deliver" })
    #expect(delivery.operation == .disclosure && delivery.payload?.recipients == ["V/1"])
    #expect(delivery.payload?.subjects == [id, identification])
    #expect(delivery.payload?.who == LogActor(name: "PC5", isAuthenticated: true))
    let notice = try #require(entries.last { $0.action == "notice" })
    #expect(notice.operation == .disclosure && notice.payload?.subjects.first == "N1")
  }

  /// A victim could get two records, decided apart, by a space or a small letter in the reference.
  @Test func aVictimIsOneHoweverTheReferenceIsTyped() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    func start(_ victim: String) throws -> DisclosureView {
      try test.by("DI3").startDisclosure(
        DisclosureRequest(identification: identification, victim: victim, unit: " North "))
    }
    let first = try start(" V/1 ")
    #expect(first.victim == "V/1" && first.unit == "North")
    for typed in ["V/1", "V/1 ", "v/1"] {
      let refusal = #expect(throws: CaseError.self) { try start(typed) }
      #expect(refusal?.description == "D1 is about this victim and I1: go on with it.")
    }
    #expect(try start("V/2").id == "D2")
    #expect(throws: CaseError.invalid("--victim is empty.")) { try start(" \n") }
    #expect(try CaseLog(of: test.folder.url.appendingPathComponent("t.cognate")).verify().faults == [])
  }

  @Test func aRefusedStepChangesNothingAndNamesBothStates() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/1", unit: "North")
    ).id
    let before = try test.database.read { try LogEntry.all($0).count }
    #expect(throws: Refusal.noSuchStep(from: "due", to: "closed")) {
      try test.by("DI3").disclose(id) { _, _ in .step(.close) }
    }
    #expect(throws: Refusal.noSuchStep(from: "confirmed", to: "candidate")) {
      try test.by("AN1").propose(identification, person: "N/2", source: "S")
    }
    #expect("\(Refusal.noSuchStep(from: "due", to: "closed"))".contains("from due to closed"))
    #expect(throws: Refusal.roleNeeded(.decider, who: "AN1")) {
      try test.by("AN1").disclose(id) { _, _ in .step(.review) }
    }
    #expect(throws: CaseError.noSuchDisclosure("D9")) {
      try test.by("DI3").disclose("D9") { _, _ in .step(.review) }
    }
    #expect(throws: CaseError.self) {
      try test.by("DI3").disclose(id, at: test.now.addingTimeInterval(60)) { _, _ in .step(.review) }
    }
    #expect(try test.database.read { try LogEntry.all($0).count } == before)
  }

  /// A cluster of a run that knew nothing of the judgement was confirmed, and told to the victim.
  @Test func accountsThatWereJudgedDifferentAreNotOnePersons() throws {
    let test = try StaffedCase()
    try test.by("AN1").judge("A1", "A2", .different, reason: "seen at once")
    let stale = #expect(throws: CaseError.self) { try test.identified(.candidate) }
    #expect(stale?.description.contains("A1 and A2 of C1 were judged different: link again") == true)
    _ = try test.by("AN1").undo()
    let identification = try test.identified(.corroborated)
    try test.by("AN1").judge("A1", "A2", .different, reason: "seen at once")
    let refused = #expect(throws: CaseError.self) {
      try test.by("DI3").identify(identification) { _ in .step(.confirm(rationale: "x")) }
    }
    #expect(refused?.description.contains("A1 and A2 of \(identification) were judged different") == true)
    // The latest judgement of the two counts.
    try test.by("AN1").judge("A1", "A2", .unsure, reason: "the recording is of another day")
    _ = try test.by("DI3").identify(identification) { _ in .step(.confirm(rationale: "x")) }
    let id = try test.scheduled(identification)
    try test.by("AN1").judge("A1", "A2", .different, reason: "seen at once")
    let untold = #expect(throws: CaseError.self) { try test.notice(id) }
    #expect(untold?.description.contains("were judged different: withdraw it") == true)
    _ = try test.by("DI3").identify(identification) { _ in .step(.withdraw(reason: "two people")) }
  }

  @Test func aNoticeMadeBeforeAJudgementIsNotHandedOverAfterIt() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    let hash = try test.notice(id).sha256
    test.wait(hours: 1)
    let handedOver = test.now
    test.wait(hours: 1)
    try test.by("AN1").judge("A1", "A2", .different, reason: "seen at once")
    func deliver(_ at: Date?) throws {
      _ = try test.by("PC5").disclose(id, at: at) { _, _ in
        .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: hash)))
      }
    }
    let late = #expect(throws: CaseError.self) { try deliver(nil) }
    #expect(late?.description.contains("were judged different: withdraw it") == true)
    // It was, before anybody judged so.
    try deliver(handedOver)
  }

  @Test func whoLinkedOrProposedNeitherConfirmsNorDecides() throws {
    let test = try StaffedCase()
    _ = try test.by("ALL7").judge("A1", "A3", .different, reason: "seen at once")
    let identification = try test.identified(.corroborated)
    #expect(throws: Refusal.self) {
      try test.by("ALL7").identify(identification) { _ in .step(.confirm(rationale: "x")) }
    }
    _ = try test.by("DI3").identify(identification) { _ in .step(.confirm(rationale: "x")) }
    let id = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/1", unit: "North")
    ).id
    _ = try test.by("AN1").disclose(id) { _, _ in .requesterCheck(isClear: true, how: "called back") }
    _ = try test.by("DI3").disclose(id) { _, _ in .step(.review) }
    for step in [
      DisclosureStep.decideToDisclose(StaffedCase.decision),
      .postpone(
        .init(
          reasons: [.investigation], evidence: "x", reviewBy: LondonTime.date(of: 1_780_300_800).adding(3),
          endsWhen: "y")),
    ] {
      guard
        case .secondPersonNeeded(who: "ALL7", _) = #expect(
          throws: Refusal.self, performing: { try test.by("ALL7").disclose(id) { _, _ in .step(step) } })
      else {
        Issue.record("the analyst decided")
        continue
      }
    }
    // The same person is no second one, and an approver is no analyst.
    #expect(throws: PeopleFailure.samePersonTwice("DI3")) {
      try test.by("DI3").disclose(id, second: test.person("DI3")) { other, _ in refusal(other) }
    }
    #expect(throws: Refusal.self) {
      try test.by("DI3").disclose(id, second: test.person("ALL7")) { other, _ in refusal(other) }
    }
    let refused = try test.by("DI3").disclose(id, second: test.person("DCI4")) { other, _ in refusal(other) }
    #expect(refused.state == "refused")
  }

  private func refusal(_ other: StaffMember?) -> DisclosureEvent {
    .step(
      .refuse(
        .init(
          reason: .courtOrder, rationale: "order", approver: other ?? StaffMember(id: "", roles: []),
          routeOfChallenge: "review")))
  }

  @Test func gatesBeforeTelling() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/1", unit: "North")
    ).id
    _ = try test.by("DI3").disclose(id) { _, _ in .step(.review) }
    func decide() throws {
      _ = try test.by("DI3").disclose(id) { _, _ in .step(.decideToDisclose(StaffedCase.decision)) }
    }
    #expect(throws: Refusal.missing(["a check that who asks is the victim"], to: "decided-disclose")) {
      try decide()
    }
    _ = try test.by("AN1").disclose(id) { _, _ in .requesterCheck(isClear: false, how: "a man's voice") }
    #expect(throws: Refusal.self) { try decide() }
    _ = try test.by("AN1").disclose(id) { _, _ in .requesterCheck(isClear: true, how: "in person") }
    _ = try test.by("AN1").identify(identification) { _ in .age(isUnder18: true, basis: "x", approver: nil) }
    #expect(throws: Refusal.under18) { try decide() }
    _ = try test.by("DI3").identify(identification, second: test.person("RV2")) { other in
      .age(isUnder18: false, basis: "certificate", approver: other)
    }
    // An account of the cluster turns out to be a victim's.
    _ = try test.by("AN1").protect(["x:grim.reefer"])
    guard
      case .missing(let what, _) = #expect(throws: Refusal.self, performing: { try decide() })
    else {
      Issue.record("no alert")
      return
    }
    #expect(what.count == 1 && what[0].contains("victim or witness"))
    _ = try test.by("RV2").examineAlerts(identification, finding: "an impostor's account, marked in error")
    try decide()
  }

  @Test func aDecisionInPartLeavesADeferredRecord() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified(), StaffedCase.partly)
    let content = "status = \"suspected\"\nofficer = \"PC Five\"\n"
    let hash = try test.notice(id, content).sha256
    let told = try test.by("PC5").disclose(id) { _, _ in
      .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: hash)))
    }
    #expect(told.consequences.count == 1 && told.consequences[0].hasPrefix("D2"))
    let child = try #require(try test.by("DI3").disclosures("D2").first)
    #expect(child.state == "deferred" && child.parent == id && child.victim == "V/1")
    #expect(child.dueDates.contains { $0.clock == "deferral-review" && $0.dueOn == "2026-06-08" })
    #expect(child.problem == nil && child.violations.isEmpty)
    #expect(try test.by("DI3").disclose("D2") { _, _ in .step(.review) }.state == "under-review")
  }

  @Test func aWithdrawalReachesEverybody() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let told = try test.scheduled(identification)
    try test.told(told, recipients: ["V/1", "ISAC/2"])
    let waiting = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/2", unit: "South")
    ).id
    let withdrawn = try test.by("DI3").identify(identification) { _ in
      .step(.withdraw(reason: "the device had been sold"))
    }
    #expect(withdrawn.state == "withdrawn" && withdrawn.consequences.count == 2)
    #expect(withdrawn.consequences[0].contains("ISAC/2, V/1"))
    let all = try test.by("DI3").disclosures()
    #expect(all.first { $0.id == told }?.state == "correction-due")
    #expect(all.first { $0.id == waiting }?.state == "closed")
    // Nobody but the exact correction, told to everybody, ends it.
    let wrong = "officer = \"PC Five\"\nwrong = \"It was somebody else.\"\n"
    let receipt = try test.notice(told, wrong, isCorrection: true, name: "correction.html")
    let page = try String(contentsOfFile: receipt.file, encoding: .utf8)
    #expect(page.contains("ISAC/2") && page.contains("V/1") && page.contains("N1 of"))
    #expect(throws: Refusal.self) {
      try test.by("PC5").disclose(told) { _, _ in .step(.correct(told: ["V/1"], noticeHash: receipt.sha256)) }
    }
    let corrected = try test.by("PC5").disclose(told) { _, _ in
      .step(.correct(told: ["V/1", "ISAC/2"], noticeHash: receipt.sha256))
    }
    #expect(corrected.state == "corrected")
    #expect(try test.by("DI3").disclose(told) { _, _ in .step(.close) }.state == "closed")
  }

  @Test func whatWaitsForAConfirmationFallsDueWithIt() throws {
    let test = try StaffedCase()
    let identification = try test.identified(.corroborated)
    let id = try test.by("AN1").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/1", unit: "North")
    )
    #expect(id.state == "not-due" && id.dueDates.isEmpty)
    let confirmed = try test.by("DI3").identify(identification) { _ in .step(.confirm(rationale: "x")) }
    #expect(confirmed.consequences == ["D1 is due"])
    #expect(throws: CaseError.self) {
      try test.by("DI3").startDisclosure(
        DisclosureRequest(identification: identification, victim: "V/1", unit: "North"))
    }
  }

  @Test func aCharityRefersAndDecidesNothing() throws {
    let test = try StaffedCase(mode: .charity)
    let identification = try test.identified(.corroborated)
    #expect(throws: Refusal.notFor(.charity, step: "confirmed")) {
      try test.by("DI3").identify(identification) { _ in .step(.confirm(rationale: "x")) }
    }
    let id = try test.by("AN1").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/1", unit: "helpline")
    ).id
    #expect(throws: Refusal.notFor(.charity, step: "due")) {
      try test.by("DI3").disclose(id) { _, _ in .step(.becomeDue(confirmedAt: 0)) }
    }
    let referred = try test.by("AN1").disclose(id) { _, _ in
      .step(.referToPolice(force: "the county's police", reference: "K/1"))
    }
    #expect(referred.state == "referred-to-police")
    _ = try test.by("AN1").disclose(id) { _, _ in
      .step(.reportPoliceDecision(decision: "told", reference: "K/2"))
    }
    #expect(try test.by("AN1").disclose(id) { _, _ in .step(.close) }.state == "closed")
  }

  @Test func whatIsChangedBehindTheLogShows() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    let place = test.folder.url.appendingPathComponent("t.cognate/case.sqlite").path
    try DatabaseQueue(path: place).write { database in
      try database.execute(
        sql: """
          UPDATE disclosure_step SET content = replace(content, 'earliest', 'latest') WHERE action = 'decide'
          """)
    }
    let view = try #require(try test.by("DI3").disclosures(id).first)
    #expect(view.violations == ["a line that the log does not tell of"])
    #expect(view.steps.filter { !$0.isLogged }.map(\.action) == ["decide"])
    try DatabaseQueue(path: place).write { database in
      try database.execute(sql: "UPDATE disclosure_step SET who = 'AN1' WHERE action = 'decide'")
    }
    #expect(try test.by("DI3").disclosures(id).first?.problem != nil)
    #expect(throws: CaseError.self) {
      try test.by("PC5").disclose(id) { _, _ in .step(.reportNoContact(attempts: "x")) }
    }
  }

  @Test func aRuleSetIsKeptWithItsHashAndCannotChangeUnderItsName() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    var request = DisclosureRequest(identification: identification, victim: "V/1", unit: "North")
    request.rules = """
      version = "county-1"
      longest-deferral-days = 14
      [limits.decision]
      working-days = 2
      """
    let view = try test.by("DI3").startDisclosure(request)
    #expect(view.rules.name == "county-1")
    #expect(view.dueDates.first { $0.clock == "decision" }?.dueOn == "2026-06-03")
    request.victim = "V/2"
    request.rules = request.rules?.replacing("= 2", with: "= 9")
    #expect(throws: CaseError.self) { try test.by("DI3").startDisclosure(request) }
    #expect(throws: RuleSet.Failure.self) {
      request.rules = "version = 1"
      _ = try test.by("DI3").startDisclosure(request)
    }
  }

  /// A clock that stands for ever is never overdue.
  @Test func whatStandsForLongIsRemindedOf() throws {
    let test = try StaffedCase()
    let id = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: test.identified(), victim: "V/1", unit: "North")
    ).id
    _ = try test.by("DI3").disclose(id) { _, _ in .pause(.decision, reason: "in hospital") }
    test.wait(hours: 27 * 24)
    #expect(try test.by("DI3").disclosures(id).first?.reminder == nil)
    test.wait(hours: 2 * 24)
    let view = try #require(try test.by("DI3").disclosures(id).first)
    #expect(view.reminder?.contains("a clock stands since 2026-06-01T") == true)
    #expect(view.dueDates.allSatisfy { !$0.isOverdue })
    #expect(try test.by("DI3").disclose(id) { _, _ in .resume(.decision) }.reminder == nil)
    // The first decision was that the victim declined, and no clock times another.
    _ = try test.by("DI3").disclose(id) { _, _ in .step(.review) }
    let declined = try test.by("PC5").disclose(id) { _, _ in .step(.victimDeclines(statement: "no")) }
    #expect(declined.reminder == nil)
    let wished = try test.by("PC5").disclose(id) { _, _ in .step(.victimWishes(statement: "yes")) }
    #expect(wished.reminder?.hasPrefix("it was taken up again and is not decided since 2026-06-30T") == true)
  }

  /// What was overdue before its clock stood still is, and the list says so: it is not without a reminder.
  @Test func whatWasOverdueBeforeItStoodIsRemindedOf() throws {
    let test = try StaffedCase()
    let id = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: test.identified(), victim: "V/1", unit: "North")
    ).id
    test.wait(hours: 10 * 24)
    _ = try test.by("DI3").disclose(id) { _, _ in .pause(.decision, reason: "in hospital") }
    test.wait(hours: 30 * 24)
    let view = try #require(try test.by("DI3").disclosures(id).first)
    #expect(view.dueDates.contains { $0.isOverdue && $0.isPaused })
    #expect(view.reminder?.hasSuffix("days that a deferral may wait") == true)
  }

  @Test func beyondTheCalendarThereIsNoDueDate() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let short = #"{"england-and-wales":[{"date":"2025-12-25"}]}"#
    #expect(throws: Refusal.self) { try test.by("AN1").keepCalendar(Array(short.utf8)) }
    _ = try test.by("DI3").keepCalendar(Array(short.utf8))
    let view = try test.by("DI3").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/1", unit: "North"))
    let decision = try #require(view.dueDates.first { $0.clock == "decision" })
    #expect(decision.due == nil && decision.problem?.contains("not covered") == true)
  }
}
