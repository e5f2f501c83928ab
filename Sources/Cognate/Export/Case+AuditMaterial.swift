internal import CaseFile
internal import Disclosure
internal import Foundation
public import Reports

extension Case {
  /// What an auditor's report says of this case: its identifications, its disclosures and the state of its log.
  ///
  /// Reading it is a consultation, and stands in the log.
  public func auditMaterial() throws -> AuditMaterial {
    let reference = try opening().reference
    var material = try consult("audit.report") { _, _ in AuditMaterial() }
    let report = try CaseLog(of: database.folder).verify()
    let faults =
      (report.folder.faults.map { "\($0.file): \($0.what)" } + report.faults.map { "\($0.file): \($0.what)" })
    material.logs = [
      AuditMaterial.Log(
        caseReference: reference, entries: Int(report.stored),
        signed: Int(report.folder.checkpoint?.size ?? 0), isSound: report.isSound, faults: faults)
    ]
    return material
  }
}
