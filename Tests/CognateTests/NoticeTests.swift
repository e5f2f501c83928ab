import CaseFile
import Cognate
import Disclosure
import Foundation
import Linkage
import TestSupport
import Testing

/// The notice to the victim.
@Suite struct NoticeTests {
  @Test func onlyWhatWasDecidedGoesIn() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    func preview(_ content: String) throws -> NoticePreview {
      try test.by("PC5").previewNotice(NoticeRequest(disclosure: id, content: content))
    }
    let text = try preview(StaffedCase.content).text
    #expect(
      text.contains("somebody whom you know from work") && text.contains("Where the case stands: SUSPECTED"))
    #expect(text.contains("X: grim.reefer") && text.contains("Telegram: somebody_else_77"))
    #expect(!text.contains("stranger_danger"))
    #expect(text.contains("Do not share") && text.contains("999"))
    for (content, why) in [
      (StaffedCase.content + "address = \"1 High Street\"\n", "address is not among what was decided"),
      (StaffedCase.content + "relationship = \"a colleague\"\n", "relationship is not among"),
      ("status = \"suspected\"\nofficer = \"PC\"\n", "identity was decided to be told"),
      (StaffedCase.content.replacing("suspected", with: "guilty"), "the status is missing"),
      ("officer = \"PC\"\nidentity = \"x\"\n", "the status is missing"),
      ("status = \"suspected\"\nidentity = \"x\"\n", "officer is missing"),
      (StaffedCase.content + "phone = \"1\"\n", "phone has no place"),
      (StaffedCase.content + "wrong = \"all\"\n", "wrong belongs to a correction"),
    ] {
      let failure = #expect(throws: NoticeContent.Failure.self) { try preview(content) }
      #expect(failure?.description.contains(why) == true, "\(content): \(failure?.description ?? "")")
    }
    #expect(throws: Refusal.self) {
      try test.by("AN1").previewNotice(NoticeRequest(disclosure: id, content: StaffedCase.content))
    }
  }

  /// What became known after the decision: the telling was refused, and the notice was made.
  @Test func noNoticeIsMadeOfWhatMustNotBeTold() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.scheduled(identification)
    let request = NoticeRequest(disclosure: id, content: StaffedCase.content)
    let file = test.folder.url.appendingPathComponent("n.html")
    let preview = try test.by("PC5").previewNotice(request).textSHA256
    func make() throws { _ = try test.by("PC5").makeNotice(request, preview: preview, to: file) }
    _ = try test.by("AN1").disclose(id) { _, _ in .requesterCheck(isClear: false, how: "a man's voice") }
    #expect(throws: Refusal.missing(["a check that who asks is the victim"], to: "a notice")) { try make() }
    _ = try test.by("AN1").disclose(id) { _, _ in .requesterCheck(isClear: true, how: "in person") }
    _ = try test.by("AN1").identify(identification) { _ in .age(isUnder18: true, basis: "x", approver: nil) }
    #expect(throws: Refusal.under18) { try test.by("PC5").previewNotice(request) }
    #expect(throws: Refusal.under18) { try make() }
    #expect(!FileManager.default.fileExists(atPath: file.path))
    _ = try test.by("DI3").identify(identification, second: test.person("RV2")) { other in
      .age(isUnder18: false, basis: "certificate", approver: other)
    }
    try make()
  }

  @Test func itIsMadeAsItWasPreviewedAndDeliveredAsItWasMade() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    let request = NoticeRequest(disclosure: id, content: StaffedCase.content)
    let file = test.folder.url.appendingPathComponent("n.html")
    #expect(throws: CaseError.self) {
      try test.by("PC5").makeNotice(request, preview: String(repeating: "0", count: 64), to: file)
    }
    #expect(!FileManager.default.fileExists(atPath: file.path))
    let preview = try test.by("PC5").previewNotice(request)
    let receipt = try test.by("PC5").makeNotice(request, preview: preview.textSHA256, to: file)
    #expect(receipt.id == "N1" && receipt.textSHA256 == preview.textSHA256)
    #expect(try FileHash.sha256(of: file) == receipt.sha256)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    // The checkpoint that is handed over speaks of the notice's entry; the one in print is of before.
    let checkpoint = try #require(receipt.checkpoint)
    #expect(checkpoint == (try test.database.checkpoint().encoded))
    let page = try String(contentsOf: file, encoding: .utf8)
    #expect(page.contains(receipt.textSHA256) && page.contains("Checkpoint of our log"))
    #expect(
      page.contains("Content-Security-Policy") && !page.contains("<script") && !page.contains("http://"))
    // Never over another file.
    #expect(throws: CaseError.self) {
      try test.by("PC5").makeNotice(request, preview: preview.textSHA256, to: file)
    }
    let inside = test.folder.url.appendingPathComponent("t.cognate/n.html")
    #expect(throws: CaseError.self) {
      try test.by("PC5").makeNotice(request, preview: preview.textSHA256, to: inside)
    }
    #expect(!FileManager.default.fileExists(atPath: inside.path))
    func deliver(_ hash: String) throws -> DisclosureView {
      try test.by("PC5").disclose(id) { _, _ in
        .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: hash)))
      }
    }
    let other = #expect(throws: CaseError.self) { try deliver(String(repeating: "a", count: 64)) }
    #expect(other?.description.contains("not the file that was made as N1") == true)
    #expect(throws: CaseError.self) { try deliver("abc") }
    #expect(try deliver(receipt.sha256.uppercased()).state == "disclosed")
  }

  @Test func aNoticeOfAnEarlierDecisionIsNotHandedOver() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    let old = try test.notice(id)
    _ = try test.by("PC5").disclose(id) { _, _ in .step(.reportNoContact(attempts: "x")) }
    _ = try test.by("PC5").disclose(id) { _, staff in
      .step(.schedule(channel: "by post", discloser: try staff("PC5")))
    }
    // Another day to tell changes nothing of what was decided.
    let told = try test.by("PC5").disclose(id) { _, _ in
      .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: old.sha256)))
    }
    #expect(told.state == "disclosed")
    let second = try StaffedCase()
    let other = try second.by("DI3").startDisclosure(
      DisclosureRequest(identification: try second.identified(), victim: "V/1", unit: "North")
    ).id
    _ = try second.by("AN1").disclose(other) { _, _ in .requesterCheck(isClear: true, how: "x") }
    func decide() throws {
      _ = try second.by("DI3").disclose(other) { _, _ in .step(.review) }
      _ = try second.by("DI3").disclose(other) { _, _ in .step(.decideToDisclose(StaffedCase.decision)) }
    }
    try decide()
    let before = try second.notice(other)
    _ = try second.by("DI3").disclose(other) { _, _ in
      .step(
        .postpone(
          .init(
            reasons: [.investigation], evidence: "x",
            reviewBy: LondonTime.date(of: 1_780_300_800).adding(3), endsWhen: "y")))
    }
    try decide()
    _ = try second.by("PC5").disclose(other) { _, staff in
      .step(.schedule(channel: "x", discloser: try staff("PC5")))
    }
    #expect(throws: CaseError.self) {
      try second.by("PC5").disclose(other) { _, _ in
        .step(.deliver(.init(method: "x", recipients: ["V/1"], noticeHash: before.sha256)))
      }
    }
  }

  @Test func hostileTextStaysText() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    let content = StaffedCase.content.replacing(
      "somebody whom", with: "<script>alert(1)</script>\\u202E<img src=x onerror=y> somebody whom")
    let receipt = try test.notice(id, content)
    let page = try String(contentsOfFile: receipt.file, encoding: .utf8)
    #expect(!page.contains("<script>") && !page.contains("<img") && !page.contains("\u{202E}"))
    #expect(page.contains("&lt;script&gt;"))
  }

  /// Changes what the case knows, as an import would have stored it.
  private func alter(_ test: StaffedCase, _ statements: String...) throws {
    try test.database.operation { database, entries in
      for sql in statements { try database.execute(sql: sql) }
      try entries.append(test.unattended.entry(.alteration, "test"))
    }
  }

  /// The name of a person is often the display name of an account: where the identity is held back it must not be told by
  /// way of the accounts.
  @Test func aDisplayNameIsNoAccount() throws {
    func preview(_ decision: DisclosureStep.Decision, _ content: String) throws -> NoticePreview {
      let test = try StaffedCase()
      let id = try test.scheduled(try test.identified(), decision)
      try alter(
        test, "UPDATE account SET kind = 'display-name', canonical = 'Callum Holloway-Pike' WHERE id = 2",
        "UPDATE account SET kind = 'platform-id', canonical = '1992026196669369004' WHERE id = 1",
        "DELETE FROM sighting WHERE value IN (SELECT id FROM value WHERE kind = 'handle')",
        "UPDATE sighting SET written = 'Dirk Marrow' WHERE value IN (SELECT id FROM value WHERE kind = 'display-name')"
      )
      return try test.by("PC5").previewNotice(NoticeRequest(disclosure: id, content: content))
    }
    let held = try preview(StaffedCase.partly, "status = \"suspected\"\nofficer = \"PC Five\"\n")
    #expect(!held.text.contains("Holloway") && !held.text.contains("Marrow"))
    #expect(held.text.contains("- X: 1992026196669369004\n"))
    #expect(held.text.contains("- Telegram: an account that we know by its display name only\n"))
    #expect(held.remarks.contains { $0.contains("1 of 2 accounts is known by a display name only") })
    #expect(held.remarks.contains { $0.contains("2 display names are left out") })
    #expect(held.remarks.contains { $0.contains("see that none of them says who it is") })
    let told = try preview(StaffedCase.decision, StaffedCase.content)
    #expect(told.text.contains("- X: 1992026196669369004 (display name Dirk Marrow)\n"))
    #expect(
      told.text.contains(
        "- Telegram: an account that we know by its display name only, Callum Holloway-Pike. Other people may show the same name."
      ))
    #expect(!told.text.contains("Telegram: Callum"))
    #expect(told.remarks.count == 1)
  }

  /// A chat shows an account without a name by its handle: a victim would have read of one account twice.
  @Test func aHandleThatIsShownAsANameIsListedOnce() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    func preview(_ name: String) throws -> NoticePreview {
      try alter(
        test,
        "UPDATE account SET platform = 'x', kind = 'display-name', canonical = '\(name)' WHERE id = 2")
      return try test.by("PC5").previewNotice(
        NoticeRequest(disclosure: id, content: StaffedCase.content))
    }
    let same = try preview("Grim.Reefer")
    #expect(same.text.contains("- X: grim.reefer"))
    #expect(!same.text.contains("display name only") && !same.text.contains("Grim.Reefer"))
    #expect(!same.remarks.contains { $0.contains("display name only") })
    let other = try preview("grim reefer")
    #expect(other.text.contains("- X: an account that we know by its display name only, grim reefer."))
    #expect(other.remarks.contains { $0.contains("1 of 2 accounts is known by a display name only") })
  }

  /// What was restricted since is shown to nobody, and to a victim least of all.
  @Test func whatWasRestrictedIsNotTold() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    func preview() throws -> NoticePreview {
      try test.by("PC5").previewNotice(NoticeRequest(disclosure: id, content: StaffedCase.content))
    }
    let before = try preview().text.split(separator: "\n").count { $0.hasPrefix("- ") }
    _ = try test.by("DI3").erase("A1", .restrict, reason: "an innocent's", second: test.person("DCI4"))
    let one = try preview()
    #expect(one.text.split(separator: "\n").count { $0.hasPrefix("- ") } == before - 1)
    #expect(!one.text.contains("restricted"))
    #expect(one.remarks.contains { $0.hasPrefix("1 account of the identification was restricted or erased") })
    _ = try test.by("DI3").erase("A2", .restrict, reason: "an innocent's", second: test.person("DCI4"))
    #expect(throws: NoticeContent.Failure.self) { try preview() }
  }

  /// A later run found otherwise, and nobody who read the notice was told.
  @Test func aRunThatJoinsThemNoMoreIsRemarkedOn() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    func remarks() throws -> [String] {
      try test.by("PC5").previewNotice(NoticeRequest(disclosure: id, content: StaffedCase.content)).remarks
    }
    #expect(try !remarks().contains { $0.contains("last run") })
    var settings = LinkageSettings()
    settings.threshold = 50
    #expect(try test.by("AN1").link(settings: settings).clusters.isEmpty)
    #expect(try remarks().contains { $0.contains("it has them in 2 parts") })
  }

  /// A reviewer's finding lets an account stay that is marked as a victim's, and nobody who read the notice was told.
  @Test func aProtectedAccountIsRemarkedOn() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.scheduled(identification)
    func remarks() throws -> [String] {
      try test.by("PC5").previewNotice(NoticeRequest(disclosure: id, content: StaffedCase.content)).remarks
    }
    #expect(try !remarks().contains { $0.contains("marked as") })
    _ = try test.by("AN1").protect(["x:grim.reefer"])
    #expect(throws: Refusal.self) { try remarks() }
    _ = try test.by("RV2").examineAlerts(identification, finding: "marked in error")
    #expect(try remarks().contains { $0.hasPrefix("1 account is marked as a victim's or witness's") })
  }

  /// An account turned out to be somebody else's after the notice was made, and the victim was still handed its name.
  @Test func aNoticeOlderThanARestrictionIsNotHandedOver() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    let old = try test.notice(id)
    func deliver(_ notice: NoticeReceipt, at: Date? = nil) throws -> DisclosureView {
      try test.by("PC5").disclose(id, at: at) { _, _ in
        .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: notice.sha256)))
      }
    }
    test.wait(hours: 1)
    try test.by("AN1").judge("A1", "A2", .different, reason: "seen at once in Kent")
    #expect(throws: CaseError.self) { try deliver(old) }
    // As the refusal of a notice advises.
    _ = try test.by("DI3").erase("A1", .restrict, reason: "an innocent's", second: test.person("DCI4"))
    let refusal = #expect(throws: CaseError.self) { try deliver(old) }
    #expect(refusal?.description.contains("A1 of I1 was restricted after N1 was made") == true)
    let new = try test.notice(id, name: "new.html")
    #expect(try deliver(new).state == "disclosed")
    // A correction is of what was handed over.
    _ = try test.by("DI3").disclose(id) { _, _ in
      .step(.requireCorrection(reason: "the period was wrong", recipients: ["V/1"]))
    }
    var request = NoticeRequest(disclosure: id, content: "officer = \"PC Five\"\nwrong = \"Dates.\"\n")
    request.isCorrection = true
    let text = try test.by("PC5").previewNotice(request).text
    #expect(text.contains("- N2 of ") && !text.contains("- N1 of "))
  }

  /// What was handed over before the restriction is written down all the same.
  @Test func aDeliveryBeforeARestrictionIsEnteredLater() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    let notice = try test.notice(id)
    test.wait(hours: 1)
    let told = test.now
    test.wait(hours: 1)
    _ = try test.by("DI3").erase("A1", .restrict, reason: "an innocent's", second: test.person("DCI4"))
    let view = try test.by("PC5").disclose(id, at: told) { _, _ in
      .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: notice.sha256)))
    }
    #expect(view.state == "disclosed")
  }

  /// A clock that was never set, and one that runs ahead, do not move the period.
  @Test func datesThatCannotBeAreLeftOutOfThePeriod() throws {
    let decision = DisclosureStep.Decision(
      rationale: "earliest opportunity", items: [.identity, .status, .accounts, .period],
      riskAssessment: "RA/1", safetyPlan: "SP/1")
    func preview(_ times: [Int64]) throws -> NoticePreview {
      let test = try StaffedCase()
      let id = try test.scheduled(try test.identified(), decision)
      for (number, time) in times.enumerated() {
        try alter(
          test,
          """
          INSERT INTO record SELECT (source << 32) | \(1_000 + number), source, 0, id, NULL, NULL, \(time * 1_000_000),
            0, 0, NULL, 'x', 0, 0, 0, 0, 0, 0, 0, NULL, NULL FROM appearance WHERE account = 1
          """)
      }
      try alter(
        test,
        """
        UPDATE appearance SET first_active = \((times.min() ?? 0) * 1_000_000),
          last_active = \((times.max() ?? 0) * 1_000_000) WHERE account = 1
        """)
      return try test.by("PC5").previewNotice(
        NoticeRequest(disclosure: id, content: StaffedCase.content))
    }
    // 1970, 5 January 2026 and 2036; imported on 1 June 2026.
    let mixed = try preview([0, 1_767_607_200, 1_767_607_300, 2_083_140_000])
    #expect(mixed.text.contains("from 5 January 2026 to 5 January 2026"))
    #expect(mixed.remarks.contains { $0.contains("leaves out 2 records") })
    let possible = try preview([1_767_607_200, 1_767_693_600])
    #expect(possible.text.contains("from 5 January 2026 to 6 January 2026") && possible.remarks.isEmpty)
    let none = #expect(throws: NoticeContent.Failure.self) { try preview([0, 2_083_140_000]) }
    #expect(none?.description.contains("2 whose dates lie before 1995") == true)
  }
}
