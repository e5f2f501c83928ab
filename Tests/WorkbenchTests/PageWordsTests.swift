import Cognate
import TestSupport
import Testing
import Workbench

/// What the pages of the workbench say of what they show.
@Suite struct PageWordsTests {
  /// What a weight means is told; an alert goes by what speaks for it alone, so that the page of its pair may give another sum.
  @Test func weightsAreExplained() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let overview = await browser.page("/", cookie: cookie).body
    #expect(overview.contains("The weight is of what speaks for one controller alone"))
    #expect(overview.contains("log10 LR +3 is a ratio of a thousand to one"))
    let pair = await browser.page("/pairs/A3/A4", cookie: cookie).body
    #expect(pair.contains("a protected account would be reached, by what speaks for one controller alone"))
  }

  /// What comes next below the threshold is told by name as well: its numbers alone say nothing to anybody.
  @Test func leadsAreNamed() async throws {
    let browser = try Browser()
    let more = try browser.folder.write(
      """
      {"id":"b1","platform":"x","handle":"paper_lantern","name":"Quentin Zebedee"}
      {"id":"b2","platform":"telegram","handle":"wet.tuesday","name":"Quentin Zebedee"}

      """, to: "b.ndjson")
    _ = try browser.opened.importSources(ImportRequest(paths: [more]))
    _ = try browser.opened.link()
    let cookie = try await browser.enter()
    let overview = await browser.page("/", cookie: cookie).body
    #expect(overview.contains("<bdi>A5 x:paper_lantern</bdi>"))
    #expect(overview.contains("<bdi>A6 telegram:wet.tuesday</bdi>"))
  }

  /// A refusal says by which option a question is answered, and the form has a field of that name.
  @Test func fieldsOfAnImportAreCalledAsRefusalsCallThem() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let page = await browser.page("/sources", cookie: cookie).body
    for option in ["protect", "authorisation", "date-order", "time-zone", "owner", "region"] {
      #expect(page.contains("(<code>--\(option)</code>)"), "\(option)")
    }
  }

  /// Headings leave out no level, so that who hears a page finds his way.
  @Test func headingsLeaveOutNoLevel() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    for path in ["/", "/clusters/C1", "/pairs/A1/A2", "/accounts/A1", "/sources", "/disclosure", "/log"] {
      let page = await browser.page(path, cookie: cookie).body
      let levels = page.matches(of: #/<h([1-6])[ >]/#).compactMap { Int($0.1) }
      #expect(levels.first == 1 && zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(path)")
    }
  }

  /// Where a threshold is drawn it is explained, and nowhere else.
  @Test(arguments: ["/", "/clusters/C1", "/pairs/A1/A2", "/pairs/A1/A3", "/accounts/A1"])
  func thresholdsAreExplainedWhereTheyAreDrawn(path: String) async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let page = await browser.page(path, cookie: cookie).body
    #expect(page.contains("class=\"cut\"") == page.contains("The dashed line is the threshold"), "\(path)")
  }
}
