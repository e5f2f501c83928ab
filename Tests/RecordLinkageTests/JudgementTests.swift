import Foundation
import Linkage
import RecordLinkage
import TestSupport
import Testing

@Suite("Judgements about records")
struct JudgementTests {
  private func table(_ rows: [String], in folder: ScratchFolder) throws -> Table {
    let file = try folder.write(ResolverTests.header + rows.joined(separator: "\n"), to: "t.csv")
    return try TableLoading.read([file.path], idColumn: nil, ignoredColumns: [])
  }

  private func judged(_ text: String, for table: Table, in folder: ScratchFolder) throws -> RecordJudgements {
    let file = try folder.write(text, to: "j.csv")
    return try RecordJudgements(path: file.path, for: table)
  }

  @Test func noClusterGoesAgainstThem() throws {
    let (rows, truth) = ResolverTests.people(600)
    let folder = try ScratchFolder()
    var plain = try table(rows, in: folder)
    let before = try Resolver().resolve(&plain)
    // Each of some clusters is parted at its weakest merge, and strangers are put together.
    let parted = before.forest.merges.suffix(20)
    var text = "id_r,note,judgement,id_l\n"
    for merge in parted { text += "r\(merge.right),\"a, b\",different,r\(merge.left)\n" }
    var strangers: [(Int, Int)] = []
    for record in stride(from: 0, to: 200, by: 20) where truth[record] != truth[record + 300] {
      strangers.append((record, record + 300))
      text += "r\(record),,same,r\(record + 300)\n"
    }
    text += "r1,,unsure,r2\nr3,,,r4\n"
    var again = try table(rows, in: folder)
    let judgements = try judged(text, for: again, in: folder)
    #expect(judgements.judgements.count == parted.count + strangers.count)
    let after = try Resolver().resolve(&again, judgements: judgements)
    let cluster = after.clusterOfRecord
    for merge in parted { #expect(cluster[Int(merge.left)] != cluster[Int(merge.right)]) }
    for (one, other) in strangers { #expect(cluster[one] == cluster[other]) }
    #expect(after.forest.merges.filter(\.isJudged).count >= 1)
    #expect(after.forest.held.contains { $0.cause == .judgedDifferent })
  }

  @Test func mistakesAreNamedByLine() throws {
    let folder = try ScratchFolder()
    let table = try table(
      ["a,Ada,Ray,1990-01-01,1", "b,Bo,Lin,1991-01-01,2", "c,Cy,Poe,1992-01-01,3"], in: folder)
    let path = folder.url.appendingPathComponent("j.csv").path
    let cases: [(String, JudgementError)] = [
      ("id_l,judgement\na,same\n", .missingColumn(file: path, name: "id_r")),
      ("", .missingColumn(file: path, name: "id_l")),
      ("id_l,id_r,judgement\na,b,same\n\na,b\n", .shortLine(file: path, line: 4)),
      ("id_l,id_r,judgement\na,b,yes\n", .noJudgement(file: path, line: 2, text: "yes")),
      ("id_l,id_r,judgement\na,d,same\n", .noSuchRecord(file: path, line: 2, id: "d")),
      ("id_l,id_r,judgement\na,a,same\n", .oneRecord(file: path, line: 2, id: "a")),
      (
        "id_l,id_r,judgement\na,b,same\nc,b,same\nb,a,different\n",
        .contradiction(file: path, line: 4, earlier: 2)
      ),
      ("id_l,id_r,judgement\na,\"b,same\n", .badQuote(file: path, line: 2)),
    ]
    for (text, expected) in cases {
      #expect(throws: expected) { try judged(text, for: table, in: folder) }
      #expect(expected.description.hasPrefix(path))
    }
    let twice = try judged("id_l,id_r,judgement\na,b,same\nb,a,same\n", for: table, in: folder)
    #expect(twice.judgements.count == 1)
    #expect(throws: JudgementError.self) {
      try RecordJudgements(path: folder.url.appendingPathComponent("none").path, for: table)
    }
  }

  @Test func theForestIsWhatTheClustersAreMadeOf() throws {
    let (rows, _) = ResolverTests.people(1_000)
    let folder = try ScratchFolder()
    var table = try table(rows, in: folder)
    let resolution = try Resolver().resolve(&table)
    let forest = resolution.forest
    #expect(forest.merges.count == table.recordCount - resolution.clusterCount)
    let threshold = EvidenceWeight(log10LR: resolution.log10LRToMerge)
    #expect(forest.merges.allSatisfy { $0.evidence >= threshold && $0.weight >= $0.evidence })
    #expect(try forest.cut(at: threshold).numbers == resolution.clusterOfRecord)
    // A run at a higher probability is a cut of this one.
    var settings = ResolveSettings()
    settings.probability = 0.999
    var again = try self.table(rows, in: folder)
    let strict = try Resolver(settings).resolve(&again)
    let cut = try forest.cut(at: EvidenceWeight(log10LR: strict.log10LRToMerge))
    #expect(cut.numbers == strict.clusterOfRecord)
  }
}
