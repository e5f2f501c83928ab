import Stylometry
import Testing

@Suite("Background documents")
struct BackgroundDocumentsTests {
  private static func pairs(_ documents: [BackgroundDocuments.Document]) -> [BackgroundDocuments.Pair] {
    BackgroundDocuments(documents).pairs(others: 3)
  }

  @Test(
    "One who wrote much makes no more pairs than one who wrote twelve documents", arguments: [12, 13, 600])
  func prolific(count: Int) {
    let others = (1...8).flatMap { author in
      (0..<2).map { _ in BackgroundDocuments.Document(author: author, side: -1) }
    }
    let many = (0..<count).map { _ in BackgroundDocuments.Document(author: 0, side: -1) }
    let pairs = Self.pairs(many + others)
    let own = pairs.filter { $0.isSame && $0.left < count }
    #expect(own.count == 66 && pairs.count { $0.isSame } == 66 + 8 && pairs.count { !$0.isSame } == 3 * 74)
    let used = Set(own.flatMap { [$0.left, $0.right] }).sorted()
    #expect(used.count == 12)
    // They lie evenly among all.
    let gaps = zip(used, used.dropFirst()).map { $1 - $0 }
    #expect(gaps.allSatisfy { abs($0 - count / 12) <= 1 })
  }

  @Test("Of several sides all of few documents are paired")
  func sides() {
    let documents = (0..<2).flatMap { author in
      (0..<20).map { BackgroundDocuments.Document(author: author, side: $0 % 4) }
    }
    let same = Self.pairs(documents).filter(\.isSame)
    // Of four sides with five documents each, six pairs of sides.
    #expect(same.count == 2 * 6 * 25)
  }
}
