import PlatformExports
import Testing

@Suite struct SetAsideWordsTests {
  /// An import prints them behind a number and what was set aside: “3 x message names no author”.
  @Test func explanationsSayWhatSomethingIsOrDoes() {
    let reasons: [SetAsideReason] = [
      .malformed, .truncated, .badTime, .tooLarge, .noAuthor, .system, .draft, .duplicate, .reaction, .empty,
    ]
    for reason in reasons {
      let verb = String(reason.explanation.prefix { $0 != " " })
      #expect(["is", "has", "was", "does", "names", "holds"].contains(verb), "\(reason.explanation)")
    }
  }
}
