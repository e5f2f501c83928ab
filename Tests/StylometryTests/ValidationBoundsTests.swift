import Stylometry
import Testing

@Suite("Bounds of validation")
struct ValidationBoundsTests {
  @Test("Pairs told apart without fault support no more than their number")
  func separated() {
    let bounds = ValidationBounds(
      same: [Double](repeating: 5, count: 99), different: [Double](repeating: -5, count: 99))
    // One misleading pair in a hundred: a ratio of 99 breaks even.
    #expect(abs(bounds.upper - 1.99) < 0.011 && abs(bounds.lower + 1.99) < 0.011, "\(bounds)")
  }

  @Test("Misleading pairs draw the bounds in, on their side")
  func misleading() {
    let different = [Double](repeating: -2, count: 90) + [Double](repeating: 3, count: 9)
    let bounds = ValidationBounds(same: [Double](repeating: 2, count: 99), different: different)
    // Ten alarms in a hundred where a ratio is above 1.
    #expect(abs(bounds.upper - 1) < 0.011, "\(bounds)")
    #expect(bounds.lower < -1.9)
  }

  @Test("Nothing is supported by ratios that are worse than none, or by none at all")
  func worthless() {
    #expect(ValidationBounds(same: [], different: [1]) == ValidationBounds(lower: 0, upper: 0))
    let turned = ValidationBounds(same: [-1, -1, -1], different: [1, 1, 1])
    #expect(turned.upper == 0 && turned.lower == 0)
  }

  @Test("Ratios stay below the bound, in their order, and as they are within it")
  func bounded() {
    let bounds = ValidationBounds(lower: -1, upper: 2)
    #expect(bounds.bounded(1.5) == 1.5 && bounds.bounded(-0.5) == -0.5 && bounds.bounded(0) == 0)
    let values = stride(from: -6.0, through: 6, by: 0.25).map { bounds.bounded($0) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(values.allSatisfy { $0 > -1 && $0 < 2 })
    let nothing = ValidationBounds(lower: 0, upper: 0)
    #expect(nothing.bounded(3) == 0 && nothing.bounded(-3) == 0)
  }
}
