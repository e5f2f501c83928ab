import Foundation
import TestSupport
import Testing

/// What `import` prints of files that nobody reads.
@Suite struct ImportTextTests {
  /// Of many the first are named, and how to see the others is said.
  @Test func filesLeftOutOfTheListAreCounted() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.caseOfOneAccount(in: scratch)
    let folder = scratch.url.appendingPathComponent("odd")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    for number in 1...7 {
      try Data("noise \(number)".utf8).write(to: folder.appendingPathComponent("n\(number).bin"))
    }
    let text = try CommandRun("import", place, folder.path)
    #expect(text.output.contains("  n5.bin\n  … and 2 more, which --json lists\n"), "\(text.all)")
    // It is printed twice, in the report and as the error: without the names of all formats.
    #expect(text.errors.count < 300 && text.errors.contains("`cognate import --help` lists the formats"))
    #expect(try CommandRun("import", place, folder.path, "--json").output.contains("n7.bin"))
  }

  /// What a file calls its things stands in the report as text, whatever a terminal makes of it.
  @Test func namesOfUnitsAreShownAsText() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.caseOfOneAccount(in: scratch)
    let uco = "https://ontology.unifiedcyberontology.org/uco"
    let file = try scratch.write(
      #"{"@context":{"c":"\#(uco)/core/","o":"\#(uco)/observable/"},"@graph":[{"c:hasFacet":["#
        + #"{"@type":"o:\u001b]0;x\u0007Facet"},{"@type":"o:PhoneAccountFacet","o:phoneNumber":"+447700900001"}]}]}"#,
      to: "case.jsonld")
    let text = try CommandRun("import", place, file.path)
    #expect(text.output.contains("x\\u{7}Facet: 0 imported, 1 set aside"), "\(text.all)")
    #expect(!text.all.contains("\u{1B}]"))
  }
}
