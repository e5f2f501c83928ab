import CorpusKit
import Foundation
import Testing

@Suite struct ClusterMetricsTests {
  private func assignment(_ clusters: [String: String]) -> ClusterAssignment {
    ClusterAssignment(clusters.sorted { $0.key < $1.key }.map { (id: $0.key, cluster: $0.value) })
  }

  /// Worked by hand. Truth abc | de | f; clusters ab | cd | e, f left out.
  @Test func knownAnswers() {
    let metrics = ClusterMetrics(
      truth: assignment(["a": "1", "b": "1", "c": "1", "d": "2", "e": "2", "f": "3"]),
      predicted: assignment(["a": "x", "b": "x", "c": "y", "d": "y", "e": "z", "stranger": "x"]))
    #expect(metrics.truePositives == 1)  // ab
    #expect(metrics.falsePositives == 1)  // cd
    #expect(metrics.falseNegatives == 3)  // ac, bc, de
    #expect(metrics.precision == 0.5 && metrics.recall == 0.25)
    #expect(abs(metrics.f1 - 1.0 / 3) < 1e-15)
    #expect(abs(metrics.bCubedPrecision - 5.0 / 6) < 1e-15)
    #expect(abs(metrics.bCubedRecall - (2.0 / 3 + 2.0 / 3 + 1.0 / 3 + 0.5 + 0.5 + 1) / 6) < 1e-15)
    #expect(metrics.ids == 6 && metrics.missingIDs == 1 && metrics.unknownIDs == 1)
    #expect(metrics.predictedClusters == 4 && metrics.trueClusters == 3 && metrics.exactClusters == 1)
    #expect(metrics.largestPredicted == 2)
  }

  @Test func noPairsAtAllIsPerfect() {
    let alone = assignment(["a": "1", "b": "2"])
    let metrics = ClusterMetrics(truth: alone, predicted: alone)
    #expect(metrics.precision == 1 && metrics.recall == 1 && metrics.f1 == 1 && metrics.bCubedF1 == 1)
    let empty = ClusterMetrics(truth: ClusterAssignment(), predicted: alone)
    #expect(empty.ids == 0 && empty.unknownIDs == 2 && empty.bCubedF1 == 1)
  }

  /// Against the definition, pair by pair, on random clusterings.
  @Test(arguments: 0..<40) func agreesWithPairByPair(round: Int) {
    var random = SeededRandom(seed: UInt64(round))
    let count = 1 + random.below(60)
    let truth = (0..<count).map { _ in random.below(1 + random.below(12)) }
    let predicted = (0..<count).map { _ in random.below(1 + random.below(12)) }
    var both = 0
    var extra = 0
    var missed = 0
    var precision = 0.0
    var recall = 0.0
    for left in 0..<count {
      var inBoth = 0.0
      var inPredicted = 0.0
      var inTruth = 0.0
      for right in 0..<count {
        let together = predicted[left] == predicted[right]
        let belong = truth[left] == truth[right]
        if together { inPredicted += 1 }
        if belong { inTruth += 1 }
        if together, belong { inBoth += 1 }
        guard right > left else { continue }
        both += together && belong ? 1 : 0
        extra += together && !belong ? 1 : 0
        missed += belong && !together ? 1 : 0
      }
      precision += inBoth / inPredicted / Double(count)
      recall += inBoth / inTruth / Double(count)
    }
    func made(_ labels: [Int]) -> ClusterAssignment {
      ClusterAssignment(labels.enumerated().map { (id: "id\($0.offset)", cluster: "\($0.element)") })
    }
    let metrics = ClusterMetrics(truth: made(truth), predicted: made(predicted))
    #expect(
      metrics.truePositives == both && metrics.falsePositives == extra && metrics.falseNegatives == missed)
    #expect(abs(metrics.bCubedPrecision - precision) < 1e-12 && abs(metrics.bCubedRecall - recall) < 1e-12)
  }

  @Test func readsTablesByHeader() throws {
    let text = "\u{FEFF}name,unique_id,cluster_id\r\n\"a, b\"\"c\r\nd\",1,x\r\n\r\n,\"2\",\"y\"\n,3,x"
    let table = try ClusterAssignment(data: Data(text.utf8), path: "t.csv")
    #expect(table.count == 3 && table.clusterCount == 2)
    let truth = try ClusterAssignment(
      data: Data("unique_id,cluster\n1,p\n2,q\n3,p\n3,p\n".utf8), path: "u.csv")
    #expect(ClusterMetrics(truth: truth, predicted: table).f1 == 1)
  }

  @Test(arguments: [
    ("", TableError.empty(path: "t")),
    (
      "unique_id,group\n1,2\n",
      .missingColumn(path: "t", wanted: ["cluster_id", "cluster"], found: ["unique_id", "group"])
    ),
    (
      "key,cluster\n",
      .missingColumn(path: "t", wanted: ClusterAssignment.idNames, found: ["key", "cluster"])
    ),
    ("unique_id,cluster\n1,2\n\"3,4\n", .unclosedQuote(path: "t", line: 3)),
    ("unique_id,cluster\n1,2\n3\"3,4\n", .strayQuote(path: "t", line: 3)),
    ("unique_id,cluster\n\"3\"3,4\n", .strayQuote(path: "t", line: 2)),
    ("unique_id,cluster\n\"a\nb\",4\n7\n", .shortLine(path: "t", line: 4, fields: 1)),
    ("unique_id,cluster\n1,2\n2,\n", .emptyCell(path: "t", line: 3, column: "cluster")),
    ("unique_id,cluster\n,2\n", .emptyCell(path: "t", line: 2, column: "unique_id")),
    ("unique_id,cluster\n1,2\n1,3\n", .conflictingID(path: "t", line: 3, id: "1")),
  ])
  func refusesBadTables(text: String, expected: TableError) {
    #expect(throws: expected) { try ClusterAssignment(data: Data(text.utf8), path: "t") }
  }

  @Test func aCutTableIsRefusedOrShorter() throws {
    let bytes = Array("unique_id,cluster_id,note\r\n1,x,\"a \"\"b\"\"\nc\"\r\n\"2\",y,\r\n3,x,d\r\n".utf8)
    var read = 0
    for length in 0...bytes.count {
      guard let table = try? ClusterAssignment(data: Data(bytes[..<length]), path: "t") else { continue }
      #expect(table.count <= 3 && table.clusterCount <= 2)
      read += 1
    }
    #expect(read > 20)
    #expect(try ClusterAssignment(data: Data(bytes), path: "t").count == 3)
  }

  @Test func aMissingFileIsNamed() {
    #expect(throws: TableError.self) {
      try ClusterAssignment(table: URL(fileURLWithPath: "/nonexistent/t.csv"))
    }
  }
}

@Suite struct LikelihoodRatioCostTests {
  @Test func vectorOfTheDesign() throws {
    let cost = try LikelihoodRatioCost(
      sameSource: [0.5, 2, 10, 100, 1000, 20000].map { log10($0) },
      differentSource: [0.001, 0.01, 0.05, 0.2, 1, 3].map { log10($0) })
    #expect(abs(cost.cllr - 0.472_709_910_514_010_6) < 1e-12)
    #expect(abs(cost.minimum - 1.0 / 3) < 1e-12)
  }

  @Test func sayingNothingCostsOne() throws {
    let cost = try LikelihoodRatioCost(sameSource: [0, 0], differentSource: [0, 0, 0])
    #expect(abs(cost.cllr - 1) < 1e-12 && abs(cost.minimum - 1) < 1e-12)
  }

  @Test func separationCostsNothingAtBestAndRecalibrationDoesNotMoveTheMinimum() throws {
    #expect(try LikelihoodRatioCost(sameSource: [3, 4], differentSource: [-2, 2.9]).minimum == 0)
    let same = [-0.5, 0.2, 1.4, 2.2, 0.2]
    let different = [-2.0, 0.2, -0.7, 0.9]
    let plain = try LikelihoodRatioCost(sameSource: same, differentSource: different)
    let moved = try LikelihoodRatioCost(
      sameSource: same.map { $0 * 3 + 1 }, differentSource: different.map { $0 * 3 + 1 })
    #expect(plain.minimum == moved.minimum && plain.cllr != moved.cllr && plain.minimum <= plain.cllr)
  }

  @Test func extremesAndRefusals() throws {
    let wrong = try LikelihoodRatioCost(sameSource: [-.infinity, 2], differentSource: [-1])
    #expect(wrong.cllr == .infinity && wrong.minimum.isFinite)
    let certain = try LikelihoodRatioCost(sameSource: [.infinity], differentSource: [-.infinity])
    #expect(certain.cllr == 0 && certain.minimum == 0)
    #expect(throws: LikelihoodRatioCostError.noPairs(sameSource: 0, differentSource: 1)) {
      try LikelihoodRatioCost(sameSource: [], differentSource: [1])
    }
    #expect(throws: LikelihoodRatioCostError.notANumber) {
      try LikelihoodRatioCost(sameSource: [.nan], differentSource: [1])
    }
  }
}
