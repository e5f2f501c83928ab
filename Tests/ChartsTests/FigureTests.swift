import Charts
import Testing

@Suite struct FigureTests {
  @Test(arguments: [
    (0.0, 2, "0.00"), (1.005, 1, "1.0"), (-0.04, 1, "0.0"), (-1.25, 2, "-1.25"), (0.5, 0, "1"),
    (2.0, 0, "2"), (.infinity, 2, "inf"), (-.infinity, 2, "-inf"), (.nan, 2, "–"), (999.999, 2, "1000.00"),
  ])
  func fixed(value: Double, places: Int, text: String) {
    #expect(Figure.fixed(value, places) == text)
  }

  @Test func signsAndGroups() {
    #expect(Figure.signed(1.254) == "+1.25")
    #expect(Figure.signed(-1.256) == "\u{2212}1.26")
    #expect(Figure.signed(-0.001) == "0.00")
    #expect(Figure.grouped(0) == "0")
    #expect(Figure.grouped(999) == "999")
    #expect(Figure.grouped(-1_234_567) == "-1,234,567")
    #expect(Figure.grouped(.min) == "-9,223,372,036,854,775,808")
  }

  @Test(arguments: [
    (0.0, "0 %"), (1.0, "100 %"), (0.0001, "under 1 %"), (0.9999, "over 99 %"), (0.5, "50 %"),
    (0.994, "99 %"),
  ])
  func percent(share: Double, text: String) { #expect(Figure.percent(share) == text) }

  /// What is estimated is never certain, and is not printed as if it were.
  @Test(arguments: [
    (0.0, "under 0.001"), (0.0004, "under 0.001"), (0.0005, "0.001"), (0.885, "0.885"), (0.9995, "1.000"),
    (0.99951, "0.999510"), (0.999999, "0.999999"), (0.9999996, "over 0.999999"), (1.0, "over 0.999999"),
    (.nan, "–"),
  ])
  func probability(value: Double, text: String) { #expect(Figure.probability(value) == text) }

  @Test(arguments: [
    (0.98, "0.98"), (0.0523, "0.0523"), (0.00042, "4.2e-4"), (9.97e-7, "1.0e-6"), (0.0, "0"), (1.0, "1.00"),
  ])
  func rate(value: Double, text: String) { #expect(Figure.rate(value) == text) }
}
