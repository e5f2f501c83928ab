import AccountModel
import Cognate
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Real exports, all in one case.
@Suite("Shared exports", .enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
struct SharedExportsTests {
  private static let folders = ["whatsapp-txt", "telegram", "instagram", "facebook", "email", "mbox"]

  @Test(
    "All samples import together, each with a reconciliation, and nobody is linked across samples but by an identifier"
  )
  func together() throws {
    let test = try CaseUnderTest()
    var request = ImportRequest(paths: try Self.folders.map { try SharedMaterial.export($0) })
    request.options.dateOrder = nil
    let report = try test.opened.importSources(request)
    #expect(report.outcome != .refused)
    let imported = report.sources.filter { $0.outcome == .imported }
    #expect(imported.count >= 8)
    for source in imported { #expect(source.counts.allSatisfy { $0.agrees }, "\(source.name)") }
    for source in report.sources where source.outcome == .refused { #expect(source.refusal != nil) }

    let result = try test.opened.link()
    for cluster in result.clusters {
      let how = try test.opened.how(cluster.id)
      for merge in how.merges {
        let why = try test.opened.why(merge.left.id, merge.right.id)
        let carrying = why.evidence.filter { $0.log10LR > 0 }
        #expect(!carrying.isEmpty)
        #expect(carrying.allSatisfy { !$0.sources.isEmpty })
      }
    }
  }
}
