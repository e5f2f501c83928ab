import Testing
import Workbench

/// What the pages of the workbench say of what they show.
@Suite struct PageWordsTests {
  /// An alert goes by what speaks for it alone, so that the page of its pair may give another sum.
  @Test func alertsSayWhatTheirWeightIsOf() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let overview = await browser.page("/", cookie: cookie).body
    #expect(overview.contains("The weight is of what speaks for one controller alone"))
    let pair = await browser.page("/pairs/A3/A4", cookie: cookie).body
    #expect(pair.contains("a protected account would be reached, by what speaks for one controller alone"))
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
