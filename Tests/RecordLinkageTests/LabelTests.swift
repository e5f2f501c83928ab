import Foundation
import RecordLinkage
import TestSupport
import Testing

@Suite("Labelled pairs")
struct LabelTests {
  private func table(_ rows: [String], in folder: ScratchFolder) throws -> Table {
    let file = try folder.write(ResolverTests.header + rows.joined(separator: "\n"), to: "t.csv")
    return try TableLoading.read([file.path], idColumn: nil, ignoredColumns: [])
  }

  /// Resolves people with labels for the first pairs by some order, each label through `answer`.
  private func resolve(
    _ rows: [String], _ pairs: [ScoredPair], _ answer: (Int, ScoredPair) -> String
  ) throws -> Resolution {
    let folder = try ScratchFolder()
    var table = try table(rows, in: folder)
    var text = "id_l,id_r,label\n"
    for (number, pair) in pairs.enumerated() {
      text += "r\(pair.left),r\(pair.right),\(answer(number, pair))\n"
    }
    let file = try folder.write(text, to: "l.csv")
    return try Resolver().resolve(&table, labels: try LabelledPairs(path: file.path, for: table))
  }

  private func people() throws -> (rows: [String], truth: [Int], pairs: [ScoredPair], plain: Resolution) {
    let (rows, truth) = ResolverTests.people(1_500)
    let (_, plain) = try ResolverTests.resolve(ResolverTests.header + rows.joined(separator: "\n"))
    let pairs = plain.pairs.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    return (rows, truth, pairs, plain)
  }

  /// Every third sure pair is labelled different: sure pairs are then right in two cases of three.
  @Test(arguments: [(120, LabelCalibration.Method.platt), (600, .isotonic)])
  func labelsPutProbabilitiesRight(count: Int, method: LabelCalibration.Method) throws {
    let (rows, truth, pairs, _) = try people()
    let sure = pairs.filter { truth[Int($0.left)] == truth[Int($0.right)] }.prefix(count)
    let labelled = try resolve(rows, Array(sure)) { number, _ in number % 3 == 0 ? "0" : "1" }
    let report = try #require(labelled.labelCalibration)
    #expect(report.method == method)
    #expect(report.pairs == count)
    #expect(report.logLossAfter < report.logLossBefore)
    let wanted = Set(sure.map { [$0.left, $0.right] })
    let stated = labelled.pairs.filter { wanted.contains([$0.left, $0.right]) }.map {
      labelled.probability($0)
    }
    let mean = stated.reduce(0, +) / Double(max(stated.count, 1))
    #expect(stated.count > count * 9 / 10)
    #expect(abs(mean - 2.0 / 3) < 0.08)
  }

  /// Labels that agree with what is stated change little, and the words count as the numbers do.
  @Test func labelsThatAgreeChangeLittle() throws {
    let (rows, truth, pairs, plain) = try people()
    let some = pairs.indices.filter { $0 % 3 == 0 }.map { pairs[$0] }
    let labelled = try resolve(rows, some) { number, pair in
      let isSame = truth[Int(pair.left)] == truth[Int(pair.right)]
      return number % 2 == 0 ? (isSame ? "1" : "0") : (isSame ? "same" : "different")
    }
    let scores = ResolverTests.scores(truth, labelled.clusterOfRecord)
    let before = ResolverTests.scores(truth, plain.clusterOfRecord)
    #expect(scores.recall > before.recall - 0.02)
    #expect(scores.precision > before.precision - 0.01)
    #expect(CalibrationTests.calibrationError(labelled, truth) < 0.02)
    #expect(plain.labelCalibration == nil)
  }

  @Test func mistakesAreNamed() throws {
    let folder = try ScratchFolder()
    let table = try table(
      ["a,Ada,Ray,1990-01-01,1", "b,Bo,Lin,1991-01-01,2", "c,Cy,Poe,1992-01-01,3"], in: folder)
    func error(_ text: String) throws -> JudgementError? {
      let file = try folder.write(text, to: "l.csv")
      do throws(JudgementError) {
        _ = try LabelledPairs(path: file.path, for: table)
        return nil
      } catch { return error }
    }
    let path = folder.url.appendingPathComponent("l.csv").path
    #expect(try error("id_l,id_r,label\na,b,1\na,c,0\n") == nil)
    #expect(try error("id_l,id_r,label\na,b,1\nb,c,same\n") == .oneClass(file: path, isSame: true))
    #expect(try error("id_l,id_r,label\na,b,0\nb,c,unsure\n") == .oneClass(file: path, isSame: false))
    #expect(try error("id_l,id_r,label\na,b,unsure\n") == .oneClass(file: path, isSame: nil))
    #expect(try error("id_l,id_r,label\na,b,1\na,x,0\n") == .noSuchRecord(file: path, line: 3, id: "x"))
    #expect(try error("id_l,id_r,label\na,b,yes\n") == .noJudgement(file: path, line: 2, text: "yes"))
    #expect(try error("id_l,id_r,judgement\na,b,same\n") == .missingColumn(file: path, name: "label"))
    #expect(
      try error("id_l,id_r,label\na,b,1\nb,a,0\n") == .contradiction(file: path, line: 3, earlier: 2))
  }
}
