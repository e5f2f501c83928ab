import Cognate
import Disclosure
import Foundation
import Reports
import Testing

/// What a report over several cases takes of each.
@Suite struct SeveralCasesTests {
  /// Confirmed on Monday, 1 June 2026: five working days end on 8 June, and on 9 June where the second is a holiday.
  @Test func aReportGoesByTheCalendarOfEachCase() throws {
    let (usual, other) = (try StaffedCase(), try StaffedCase())
    _ = try other.by("DI3").keepCalendar(
      Array(#"{"source":"county","england-and-wales":[{"date":"2026-06-02"}]}"#.utf8))
    var material = AuditMaterial()
    for test in [usual, other] {
      _ = try test.by("DI3").startDisclosure(
        DisclosureRequest(identification: try test.identified(), victim: "V/1", unit: "North"))
      test.wait(hours: 24 * 8)
      material.disclosures += try test.by("AU6").auditMaterial().disclosures
    }
    let now = Int64(usual.now.timeIntervalSince1970)
    let figures = AuditFigures(material, now: now, try BankHolidays.builtIn())
    #expect(figures.all.timing(.decision)?.running == 2 && figures.all.timing(.decision)?.overdue == 1)
    #expect(figures.calendar.hasSuffix("2024-01-01 to 2030-12-31; county, 2026-01-01 to 2026-12-31"))
    // One calendar for all.
    for place in material.disclosures.indices { material.disclosures[place].holidays = nil }
    let given = AuditFigures(material, now: now, try BankHolidays.builtIn())
    #expect(given.all.timing(.decision)?.overdue == 2 && !given.calendar.contains("county"))
  }

  /// Two cases of one reference are two, and what was begun in one of them was not begun in the other.
  @Test func casesOfOneReferenceAreToldApart() throws {
    let (told, untold) = (try StaffedCase(), try StaffedCase())
    for test in [told, untold] { try test.identified() }
    _ = try told.by("DI3").startDisclosure(
      DisclosureRequest(identification: "I1", victim: "V/1", unit: "North"))
    var material = AuditMaterial()
    for test in [told, untold] {
      let own = try test.by("AU6").auditMaterial()
      material.disclosures += own.disclosures
      material.identifications += own.identifications
      material.logs += own.logs
    }
    let now = Int64(told.now.timeIntervalSince1970)
    let figures = AuditFigures(material, now: now, try BankHolidays.builtIn())
    #expect(figures.cases == 2 && figures.withoutDisclosure.count == 1)
  }
}
