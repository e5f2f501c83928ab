import Disclosure
import Reports
import Testing

/// What stands in an auditor's report beside its figures.
@Suite struct AuditRemarkTests {
  @Test func remarksOnALogAreShown() throws {
    let log = AuditMaterial.Log(
      caseReference: "CR/1", entries: 2, signed: 2, isSound: true, faults: [], remarks: ["a clock <b>"])
    let figures = AuditFigures(AuditMaterial(logs: [log]), now: 1_772_445_600, try BankHolidays.builtIn())
    #expect(AuditPage.html(figures).contains("a clock &lt;b&gt;"))
    #expect(AuditTable.csv(figures).contains("logs,CR/1,remark,\"a clock <b>\""))
  }

  /// By a rule set that says nothing of right 6 nobody was told of an arrest in time.
  @Test func withoutALimitNothingIsInTime() throws {
    let start: Int64 = 1_772_445_600
    let events: [DisclosureEvent] = [
      .occurrence(.arrest, at: start), .told(.arrest, at: start + 60, how: "call"),
    ]
    func figures(_ limits: String) throws -> AuditFigures.Right6 {
      let rules = try RuleSet(toml: "version = \"county-1\"\nlongest-deferral-days = 14\n\(limits)")
      let entries = events.map { event in
        DisclosureEntry(
          action: event.action, state: .notDue, time: start, recordedAt: start, who: "a", isLogged: true,
          content: .init(event: event, who: StaffMember(id: "a", roles: []), circumstances: .init()))
      }
      let history = DisclosureHistory(
        id: "D1", basis: .init(id: "I1", confirmedAt: nil, endedAt: nil), parent: nil, unit: "North",
        authority: .force, rules: rules, isEnhanced: false, entries: entries)
      return AuditFigures(
        AuditMaterial(disclosures: [.init(caseReference: "CR/1", history: history)]), now: start + 3_600,
        try BankHolidays.builtIn()
      ).all.right6
    }
    #expect(try figures("").share == nil)
    #expect(try figures("[limits.right-6]\nworking-days = 5\n").share == 1)
  }
}
