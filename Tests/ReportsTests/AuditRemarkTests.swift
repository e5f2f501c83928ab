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

  /// No clock runs for what was confirmed before somebody begins to tell of it.
  @Test func whatNobodyBeganToTellIsNamed() throws {
    let start: Int64 = 1_772_445_600
    let officer = StaffMember(id: "de1", roles: [.decider], rank: "inspector")
    func identified(
      _ id: String, _ state: Identification.State, isErased: Bool = false, hasDisclosure: Bool = false
    ) -> AuditMaterial.Identified {
      let content = IdentificationEntry.Content(
        event: .step(.confirm(rationale: "r")), who: officer, circumstances: .init())
      let entry = IdentificationEntry(
        action: "confirm", state: state, time: start, who: "de1", isLogged: true,
        content: isErased ? nil : content)
      return .init(
        caseReference: "CR/1",
        history: IdentificationHistory(id: id, cluster: "C1", run: "r", members: ["A1"], entries: [entry]),
        hasDisclosure: hasDisclosure)
    }
    let figures = AuditFigures(
      AuditMaterial(
        identifications: [
          identified("I1", .confirmed), identified("I2", .confirmed, hasDisclosure: true),
          identified("I3", .corroborated), identified("I4", .withdrawn),
          identified("I5", .confirmed, isErased: true),
        ]), now: start, try BankHolidays.builtIn())
    #expect(figures.withoutDisclosure == ["CR/1 I1"])
    #expect(AuditPage.html(figures).contains("Of 1 identification that stands confirmed"))
    #expect(AuditTable.csv(figures).contains("found,,without_disclosure,\"CR/1 I1\""))
  }

  /// Two cases may call different limits by one name.
  @Test func ruleSetsOfOneNameAreToldApart() throws {
    func told(_ reference: String, days: Int) throws -> AuditMaterial.Told {
      let rules = try RuleSet(
        toml: "version = \"county-1\"\nlongest-deferral-days = 14\n[limits.decision]\ndays = \(days)\n")
      return .init(
        caseReference: reference,
        history: DisclosureHistory(
          id: "D1", basis: .init(id: "I1", confirmedAt: nil, endedAt: nil), parent: nil, unit: "North",
          authority: .force, rules: rules, isEnhanced: false, entries: []))
    }
    func names(_ told: [AuditMaterial.Told]) throws -> [String] {
      AuditFigures(AuditMaterial(disclosures: told), now: 1_772_445_600, try BankHolidays.builtIn()).ruleSets
    }
    #expect(try names([told("CR/1", days: 2), told("CR/2", days: 2)]) == ["county-1"])
    #expect(
      try names([told("CR/1", days: 2), told("CR/2", days: 3)]) == ["county-1 (2 rule sets of this name)"])
  }
}
