import CaseFile
import Cognate
import Disclosure
import Foundation
import Synchronization
import TestSupport

/// A linked case with people of every role, copied from one that is made once, as each passphrase costs a tenth of a
/// second.
final class StaffedCase: Sendable {
  private struct Template: Sendable {
    let folder: ScratchFolder
    let staff: [String: SignedIn]
  }

  private static let start = Date(timeIntervalSince1970: 1_780_300_800)  // Monday, 1 June 2026, 08:00 UTC
  static let passphrase = Array("correct horse battery staple".utf8)
  private static let people: [(String, Set<Role>, String?)] = [
    ("keeper", [.admin], nil), ("AN1", [.analyst], nil), ("RV2", [.reviewer], nil),
    ("DI3", [.decider], "inspector"), ("DCI4", [.decider], "chief inspector"), ("PC5", [.discloser], nil),
    ("AU6", [.auditor], nil), ("ALL7", [.analyst, .reviewer, .decider, .discloser], "inspector"),
  ]

  private static let templates = Mutex<[CaseMode: Template]>([:])

  private static func template(_ mode: CaseMode) throws -> Template {
    try templates.withLock { known in
      if let made = known[mode] { return made }
      let folder = try ScratchFolder()
      let opened = try Case.create(
        at: folder.url.appendingPathComponent("t.cognate"), opening: CaseUnderTest.opening(mode: mode)
      ) { start }
      let lines = try folder.write(accountLines, to: "a.ndjson")
      _ = try opened.importSources(ImportRequest(paths: [lines]))
      var staff: [String: SignedIn] = [:]
      for (id, roles, rank) in people {
        let acting = staff["keeper"].map { opened.acting(as: $0) } ?? opened
        try acting.addPerson(id, roles: roles, rank: rank, passphrase: passphrase)
        if staff["keeper"] == nil || id != "keeper" {
          staff[id] = try opened.signIn(id, passphrase: passphrase)
        }
      }
      if let analyst = staff["AN1"] { _ = try opened.acting(as: analyst).link() }
      let made = Template(folder: folder, staff: staff)
      known[mode] = made
      return made
    }
  }

  let folder: ScratchFolder
  let staff: [String: SignedIn]
  private let opened: Case
  private let clock = Clock()

  /// A clock that tests move.
  final class Clock: Sendable {
    let time = Mutex(StaffedCase.start)
    func now() -> Date { time.withLock { $0 } }
  }

  init(mode: CaseMode = .force) throws {
    let template = try Self.template(mode)
    folder = try ScratchFolder()
    let place = folder.url.appendingPathComponent("t.cognate")
    try FileManager.default.copyItem(
      at: template.folder.url.appendingPathComponent("t.cognate"), to: place)
    staff = template.staff
    opened = try Case.open(place) { [clock] in clock.now() }
  }

  var database: CaseDatabase { opened.database }
  /// The case with nobody at the keyboard.
  var unattended: Case { opened }

  /// The case with somebody at the keyboard.
  func by(_ id: String) throws -> Case { opened.acting(as: try person(id)) }

  func person(_ id: String) throws -> SignedIn {
    guard let found = staff[id] else { throw PeopleFailure.noSuchPerson(id) }
    return found
  }

  /// Lets time pass.
  func wait(hours: Double) { clock.time.withLock { $0 += hours * 3600 } }
  var now: Date { clock.now() }

  // MARK: - The usual way

  static let corroboration = Identification.Corroboration(
    statement: "the device was found in the search", reference: "EX/9", isIndependent: true)

  /// An identification up to a state.
  @discardableResult
  func identified(_ state: Identification.State = .confirmed) throws -> String {
    let id = try by("AN1").propose("C1", person: "N/17", source: "EX/3").id
    if state == .candidate { return id }
    wait(hours: 1)
    _ = try by("AN1").identify(id, second: person("RV2")) { reviewer in
      .step(
        .corroborate(
          [Self.corroboration], contrary: "looked for other users; none found",
          reviewer: reviewer ?? StaffMember(id: "", roles: [])))
    }
    _ = try by("AN1").identify(id) { _ in .age(isUnder18: false, basis: "EX/3", approver: nil) }
    if state == .corroborated { return id }
    wait(hours: 1)
    _ = try by("DI3").identify(id) { _ in .step(.confirm(rationale: "three sources agree")) }
    return id
  }

  static let decision = DisclosureStep.Decision(
    rationale: "earliest opportunity", items: [.identity, .status, .accounts], riskAssessment: "RA/1",
    safetyPlan: "SP/1")

  /// A decision in part: who it is stays back.
  static let partly = DisclosureStep.Decision(
    rationale: "the accounts can be blocked", items: [.status, .accounts], withheld: [.identity],
    deferral: .init(
      reasons: [.investigation], evidence: "arrest planned",
      reviewBy: LondonTime.date(of: 1_780_300_800).adding(7), endsWhen: "the arrest"),
    riskAssessment: "RA/1", safetyPlan: "SP/1")

  static let content = """
    status = "suspected"
    officer = "PC Five, quoting R/1"
    identity = "We believe that it is somebody whom you know from work."

    """

  /// A disclosure up to the day of telling.
  func scheduled(_ identification: String, _ decision: DisclosureStep.Decision = decision) throws -> String {
    let id = try by("DI3").startDisclosure(
      DisclosureRequest(identification: identification, victim: "V/1", unit: "North")
    ).id
    _ = try by("AN1").disclose(id) { _, _ in .requesterCheck(isClear: true, how: "called back") }
    _ = try by("DI3").disclose(id) { _, _ in .step(.review) }
    wait(hours: 1)
    _ = try by("DI3").disclose(id) { _, _ in
      .step(decision.withheld.isEmpty ? .decideToDisclose(decision) : .decidePartly(decision))
    }
    _ = try by("PC5").disclose(id) { _, staff in
      .step(.schedule(channel: "in person", discloser: try staff("PC5")))
    }
    return id
  }

  /// A notice for a disclosure, previewed and made.
  func notice(
    _ id: String, _ content: String = content, isCorrection: Bool = false, name: String = "notice.html"
  ) throws -> NoticeReceipt {
    var request = NoticeRequest(disclosure: id, content: content)
    request.isCorrection = isCorrection
    let preview = try by("PC5").previewNotice(request)
    return try by("PC5").makeNotice(
      request, preview: preview.textSHA256, to: folder.url.appendingPathComponent(name))
  }

  /// Tells the victim.
  @discardableResult
  func told(_ id: String, recipients: [String] = ["V/1"]) throws -> DisclosureView {
    let hash = try notice(id).sha256
    wait(hours: 1)
    return try by("PC5").disclose(id) { _, _ in
      .step(.deliver(.init(method: "in person", recipients: recipients, noticeHash: hash)))
    }
  }
}
