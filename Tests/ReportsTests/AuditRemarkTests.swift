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
}
