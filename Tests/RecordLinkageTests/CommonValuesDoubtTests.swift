import RecordLinkage
import TestSupport
import Testing

/// Surveys: nothing in them is one person's own.
struct CommonValuesDoubtTests {
  /// 1,500 people whose twelve answers follow from what they think; with `names` they have one as well.
  private static func survey(names: Bool) throws -> Resolution {
    var random = Numbers(seed: 3)
    let questions = (1...12).map { "q\($0)" }
    var rows = ["id,age,sex,region," + (questions + (names ? ["name"] : [])).joined(separator: ",")]
    for record in 0..<1500 {
      let opinion = random.next(500)
      let answers = (0..<12).map { _ in
        // About normal, as the sum of three throws.
        let noise = (0..<3).reduce(0) { sum, _ in sum + random.next(140) } - 210
        return "\(min(5, max(1, (opinion + noise + 50) / 100)))"
      }
      let person = ["\(18 + random.next(73))", ["M", "F"][random.next(2)], "R\(random.next(4))"]
      let name = names ? ["Ka\(record % 40)ro Mi\(record)ten"] : []
      rows.append("\(record)," + (person + answers + name).joined(separator: ","))
    }
    return try ResolverTests.resolve(rows.joined(separator: "\n")).resolution
  }

  @Test func isSaidOfWhoWasJoined() throws {
    let found = try Self.survey(names: false)
    let areJoined = found.clusterCount < 1500
    #expect((found.commonValuesDoubt != nil) == areJoined && areJoined)
    #expect(found.remarks.contains { $0.contains("few values") })
  }

  @Test func isNotSaidBesideAName() throws {
    #expect(try Self.survey(names: true).commonValuesDoubt == nil)
  }
}
