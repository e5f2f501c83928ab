import AccountModel
import Cognate
import Foundation
import Reports
import TestSupport
import Testing

@Suite("An export as CASE in another case")
struct CaseUCOCaseTests {
  private static let lines = """
    {"id":"a1","platform":"x","handle":"grim.reefer","name":"Grim","emails":["g@example.org"],"devices":["imei:490154203237518"]}
    {"id":"a2","platform":"telegram","handle":"somebody_else_77","name":"S","emails":["g@example.org"]}
    {"id":"a3","platform":"instagram","handle":"stranger_danger","name":"T","emails":["v@example.org"]}
    {"id":"a4","platform":"facebook","handle":"sian.whitlock","name":"Siân","emails":["v@example.org"]}
    {"id":"a5","name":"Nobody"}

    """

  /// A document without accounts is whole, and says what it is of.
  @Test func aDocumentOfFilesIsRefusedByName() throws {
    let uco = "https://ontology.unifiedcyberontology.org/uco"
    let report = try CaseUnderTest().importing(
      #"{"@graph":[{"\#(uco)/core/hasFacet":[{"@type":"\#(uco)/observable/FileFacet"}]}]}"#, "case.jsonld")
    #expect(report.sources.map(\.refusalCode) == ["no-records"])
    #expect(report.sources.first?.refusal?.contains("1 x FileFacet is of a sort") == true)
  }

  /// Accounts and their identifiers come back; what was worked out does not.
  @Test func accountsComeBack() throws {
    let made = try CaseUnderTest()
    _ = try made.importing(Self.lines, "accounts.ndjson") { $0.protected = ["facebook:sian.whitlock"] }
    let run = try made.opened.link()
    #expect(!run.clusters.isEmpty)
    let place = made.folder.url.appendingPathComponent("case.jsonld")
    _ = try made.opened.export(.case, to: place.path, recipients: ["CPS"])
    let text = String(decoding: try Data(contentsOf: place), as: UTF8.self)

    let other = try CaseUnderTest()
    let report = try other.importing(text, "case.jsonld")
    let source = try #require(report.sources.first)
    #expect(source.format == "case-uco" && report.outcome == .complete)
    func names(_ test: CaseUnderTest) throws -> [String] {
      try test.opened.accounts().map { "\($0.platform) \($0.kind) \($0.name) \($0.isLocal)" }.sorted()
    }
    // What was protected is exported without its identifiers, and so reaches no further.
    let expected = try names(made).map {
      $0 == "facebook handle sianwhitlock false" ? "facebook handle sianwhitlock true" : $0
    }
    #expect(try names(other) == expected)
    #expect(try other.opened.accounts().allSatisfy { !$0.isProtected })
    #expect(
      source.notes.contains { $0.contains("these accounts were protected") && $0.contains("sianwhitlock") })
    let set = source.setAside.map { "\($0.unit) \($0.reason)" }
    for unit in ["link inferred", "cluster inferred", "evidence inferred", "InvestigativeAction not-read"] {
      #expect(set.contains(unit), "\(unit) in \(set)")
    }
    // The same keys lead to the same link, from identifiers alone.
    #expect(try other.opened.link().clusters.count == run.clusters.count)
    // Both ways in, the case knows each account once.
    _ = try other.importing(Self.lines, "accounts.ndjson")
    let both = try other.opened.accounts().filter { !$0.isLocal }
    #expect(both.count == 4)
  }
}
