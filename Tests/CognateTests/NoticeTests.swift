import CaseFile
import Cognate
import Disclosure
import Foundation
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
}
