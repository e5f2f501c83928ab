import CaseFile
import Cognate
import Disclosure
import Foundation
import Testing

/// What the steps of identifications and disclosures were taken for. Each asks for it, and nothing ever showed it.
@Suite struct StepContentTests {
  private func fields(_ content: String?) -> [String: String] {
    Dictionary(
      StepContent.fields(of: content).map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func whatAStepSaysIsShown() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.scheduled(identification, StaffedCase.partly)
    let view = try #require(try test.by("PC5").disclosures(id).first)
    let decision = try #require(view.steps.first { $0.action == "decide-in-part" })
    let said = fields(decision.content)
    #expect(said["rationale"] == "the accounts can be blocked" && said["items"] == "accounts, status")
    #expect(said["withheld"] == "identity" && said["reasons"] == "R03" && said["review by"] == "2026-06-08")
    #expect(said["evidence"] == "arrest planned" && said["ends when"] == "the arrest")
    let telling = try #require(view.steps.first { $0.action == "schedule" })
    #expect(fields(telling.content) == ["channel": "in person", "discloser": "PC5"])
    #expect(fields(view.steps.first?.content) == ["time": "2026-06-01T10:00:00Z"])
    let identified = try #require(try test.by("DI3").identifications().first)
    let corroboration = try #require(identified.steps.first { $0.action == "corroborate" })
    let found = fields(corroboration.content)
    #expect(found["contrary"] == "looked for other users; none found" && found["reviewer"] == "RV2")
    #expect(
      found["corroborations"]
        == "is independent yes, reference EX/9, statement the device was found in the search")
  }

  /// By that an auditor who is shown a step sees that it is what was entered.
  @Test func theLogHoldsItsHash() throws {
    let test = try StaffedCase()
    let id = try test.scheduled(try test.identified())
    let view = try #require(try test.by("DI3").disclosures(id).first)
    let told = try test.database.read { try LogEntry.all($0, .init(action: "disclose.", subject: id)) }
      .compactMap { $0.payload?.details["content_sha256"] }
    let hashes = view.steps.compactMap { $0.content.map { ContentHash.text($0) } }
    #expect(hashes == told && told.count == 5 && view.steps.count == 5)
  }

  /// What was tampered with ends nothing.
  @Test func whatIsNoContentSaysNothing() {
    for text in [nil, "", "[]", "{}", "{\"event\":[]}", "{\"event\":{\"action\":\"x\"}}"] {
      #expect(StepContent.fields(of: text).isEmpty)
    }
    let far = StepContent.fields(of: "{\"event\":{\"time\":9223372036854775807,\"is_clear\":true}}")
    #expect(far.map(\.value) == ["yes", "9999-12-31T23:59:59Z"])
  }
}
