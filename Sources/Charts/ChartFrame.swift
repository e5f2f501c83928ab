/// What charts with two axes of numbers share: place of a point, grid, names and numbers of the axes, legend.
struct ChartFrame {
  /// The most series that are drawn: there are three colours.
  static let mostSeries = 3
  private static let (left, top) = (60.0, 12.0)

  /// Of the area between the axes, in the drawing's units.
  let size: (width: Double, height: Double)
  /// What the axes measure.
  let axes: (x: String, y: String)
  /// What is shown of each axis; points beyond are drawn at its end.
  let ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  /// Decimals of the numbers below the area.
  let decimals: Int
  /// Classes of the drawing beside `chart`.
  var style = ""

  func x(_ value: Double) -> Double { Self.left + Self.share(value, ranges.x) * size.width }
  func y(_ value: Double) -> Double { Self.top + (1 - Self.share(value, ranges.y)) * size.height }

  /// Points as an attribute of a polyline.
  func path(_ points: some Sequence<(x: Double, y: Double)>) -> String {
    points.map { "\(Figure.place(x($0.x))),\(Figure.place(y($0.y)))" }.joined(separator: " ")
  }

  /// The drawing with its content between the axes, and the legend below.
  func svg(_ content: String, legend names: [String]) -> String {
    let (left, top) = (Self.left, Self.top)
    let (right, bottom) = (left + size.width, top + size.height)
    var svg =
      "<svg class=\"chart\(style)\" viewBox=\"0 0 \(Figure.place(right + 20)) \(Figure.place(bottom + 60))\" role=\"img\" aria-label=\"\(HTMLText.escape("\(axes.y) by \(axes.x)"))\">"
    for step in 0...4 {
      let part = Double(step) / 4
      let (place, level) = (Self.value(part, ranges.x), Self.value(part, ranges.y))
      svg +=
        "<line class=\"grid\" x1=\"\(Figure.place(left))\" x2=\"\(Figure.place(right))\" y1=\"\(Figure.place(y(level)))\" y2=\"\(Figure.place(y(level)))\"/>"
        + "<text class=\"end\" x=\"\(Figure.place(left - 6))\" y=\"\(Figure.place(y(level) + 4))\">\(Figure.fixed(level, 2))</text>"
        + "<text class=\"middle\" x=\"\(Figure.place(x(place)))\" y=\"\(Figure.place(bottom + 18))\">\(Figure.fixed(place, decimals).replacing("-", with: "\u{2212}"))</text>"
    }
    svg +=
      content
      + "<text class=\"middle\" x=\"\(Figure.place(left + size.width / 2))\" y=\"\(Figure.place(bottom + 40))\">\(HTMLText.escape(axes.x))</text>"
      + "<text class=\"middle\" transform=\"translate(14 \(Figure.place(top + size.height / 2))) rotate(-90)\">\(HTMLText.escape(axes.y))</text></svg>\n"
    let keys = names.prefix(Self.mostSeries).enumerated().map {
      "<span class=\"key\"><i class=\"series\($0.offset)\"></i>\(HTMLText.escape($0.element))</span>"
    }
    return svg + "<p class=\"legend\">\(keys.joined(separator: " "))</p>\n"
  }

  private static func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    let size = range.upperBound - range.lowerBound
    return size <= 0 ? 0 : (min(max(value, range.lowerBound), range.upperBound) - range.lowerBound) / size
  }

  private static func value(_ share: Double, _ range: ClosedRange<Double>) -> Double {
    range.lowerBound + share * (range.upperBound - range.lowerBound)
  }
}
