import Foundation
import Stylometry
import Testing

@Suite("Logistic regression")
struct RidgeLogisticTests {
  @Test("One binary column has the odds of its table")
  func table() {
    // 30 of 40 with the column are of the class, 10 of 40 without: odds 3 and 1/3.
    let rows: [Float] = (0..<80).map { $0 < 40 ? 1 : 0 }
    let labels = (0..<80).map { $0 < 40 ? $0 < 30 : $0 < 50 }
    let model = RidgeLogistic(rows: rows, columns: 1, labels: labels, penalty: 1e-9)
    #expect(abs(model.intercept - log(1.0 / 3)) < 1e-4)
    #expect(abs(model.weights[0] - log(9.0)) < 1e-4)
  }

  @Test("At the solution the gradient is nought, whatever the penalty", arguments: [0.1, 1, 100])
  func stationary(penalty: Double) {
    var state: UInt64 = 3
    func next() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24) - 0.5
    }
    let (count, columns) = (200, 6)
    let rows = (0..<count * columns).map { _ in next() }
    let labels = (0..<count).map { rows[$0 * columns] + next() > 0 }
    let model = RidgeLogistic(rows: rows, columns: columns, labels: labels, penalty: penalty)
    for column in 0..<columns {
      var gradient = penalty * model.weights[column]
      for row in 0..<count {
        let odds = model.logOdds(rows[row * columns..<(row + 1) * columns])
        gradient += (1 / (1 + exp(-odds)) - (labels[row] ? 1 : 0)) * Double(rows[row * columns + column])
      }
      #expect(abs(gradient) < 1e-3)
    }
  }

  @Test("A penalised intercept stays near nought where rows are few, and both classes can count alike")
  func intercept() {
    let labels = [true, false, false, false]
    let rows: [Float] = [0, 0, 0, 0]
    func intercept(_ penalty: Double, _ counts: [Double]?) -> Double {
      RidgeLogistic(
        rows: rows, columns: 1, labels: labels, penalties: [1], interceptPenalty: penalty, counts: counts
      ).intercept
    }
    #expect(abs(intercept(0, nil) - log(1.0 / 3)) < 1e-4)
    #expect(abs(intercept(0, RidgeLogistic.balanced(labels))) < 1e-6)
    // Where the loss of one more pair of the second class is what the penalty adds.
    let drawn = intercept(10, nil)
    #expect(abs(4 / (1 + exp(-drawn)) - 1 + 10 * drawn) < 1e-4)
  }

  @Test("Without rows that say otherwise, weights stay where they are drawn")
  func centre() {
    let model = RidgeLogistic(
      rows: [0, 0, 0, 0], columns: 2, labels: [true, false], penalty: 1, towards: [0.5, -2])
    #expect(model.weights == [0.5, -2])
  }
}
