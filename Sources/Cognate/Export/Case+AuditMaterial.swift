internal import CaseFile
internal import Disclosure
internal import Foundation
public import Reports

extension Case {
  /// What an auditor's report says of this case: its identifications, its disclosures and the state of its log, without a
  /// name of anybody but staff.
  ///
  /// Reading it is a consultation, and stands in the log; an auditor may.
  ///
  /// - Throws: `PeopleFailure` when nobody with the role has signed in; errors of the database and of the log's files.
  public func auditMaterial() throws -> AuditMaterial {
    let reference = try opening().reference
    var material = try database.operation { database, entries in
      try authorise(.readLog, database)
      var material = AuditMaterial()
      // By this calendar people saw the due dates.
      let holidays = try RuleStore.calendar(database).calendar
      material.disclosures = try DisclosureStore.all(database).map {
        AuditMaterial.Told(caseReference: reference, history: $0.history, holidays: holidays)
      }
      let begun = Set(material.disclosures.map(\.history.basis.id))
      material.identifications = try IdentificationStore.all(database).map {
        AuditMaterial.Identified(
          caseReference: reference, history: $0, hasDisclosure: begun.contains($0.id))
      }
      try entries.append(
        entry(
          .consultation, "audit.report",
          subjects: material.identifications.map(\.history.id) + material.disclosures.map(\.history.id)))
      return material
    }
    // Checked after the entry was written and signed, so that the report says how the log was left.
    let report = try CaseLog(of: database.folder).verify()
    var remarks = report.remarks
    // Nothing else asks again whether what a case holds is still needed.
    let today = LondonTime.date(of: Instant.seconds(now()))
    if let day = try reviewBy(), day < today {
      remarks.append(
        "The case was to be reviewed by \(day), which has passed: review it, and enter that with `cognate review`."
      )
    }
    material.logs = [
      AuditMaterial.Log(
        caseReference: reference, entries: Int(clamping: report.stored),
        signed: Int(clamping: report.folder.checkpoint?.size ?? 0), isSound: report.isSound,
        faults: (report.folder.faults + report.faults).map { "\($0.file): \($0.what)" },
        remarks: remarks)
    ]
    return material
  }
}
