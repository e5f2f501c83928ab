/// Lines over a range of numbers, such as shares by threshold.
public struct LineChart: Sendable {
  /// A line.
  public struct Series: Sendable {
    /// Its name.
    public var name: String
    /// Its points, in ascending order of x.
    public var points: [(x: Double, y: Double)]

    /// Makes a line.
    public init(name: String, points: [(x: Double, y: Double)]) {
      self.name = name
      self.points = points
    }
  }

  /// What is drawn; at most three lines.
  public var series: [Series]
  /// What the axes measure.
  public var axes: (x: String, y: String)
  /// What is shown of each axis; lines are cut at its ends.
  public var ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>)

  /// Makes a chart.
  public init(
    series: [Series], axes: (x: String, y: String), ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  ) {
    self.series = series
    self.axes = axes
    self.ranges = ranges
  }

  /// The drawing; needs `PageStyle.sheet`.
  public func svg() -> String {
    let (width, height, left, top) = (440.0, 240.0, 60.0, 12.0)
    func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      let size = range.upperBound - range.lowerBound
      return size <= 0 ? 0 : (min(max(value, range.lowerBound), range.upperBound) - range.lowerBound) / size
    }
    func x(_ value: Double) -> Double { left + share(value, ranges.x) * width }
    func y(_ value: Double) -> Double { top + (1 - share(value, ranges.y)) * height }
    var svg =
      "<svg class=\"chart\" viewBox=\"0 0 520 312\" role=\"img\" aria-label=\"\(HTMLText.escape("\(axes.y) by \(axes.x)"))\">"
    for step in 0...4 {
      let part = Double(step) / 4
      let level = ranges.y.lowerBound + part * (ranges.y.upperBound - ranges.y.lowerBound)
      let place = ranges.x.lowerBound + part * (ranges.x.upperBound - ranges.x.lowerBound)
      svg +=
        "<line class=\"grid\" x1=\"\(Figure.place(left))\" x2=\"\(Figure.place(left + width))\" y1=\"\(Figure.place(y(level)))\" y2=\"\(Figure.place(y(level)))\"/>"
        + "<text class=\"end\" x=\"\(Figure.place(left - 6))\" y=\"\(Figure.place(y(level) + 4))\">\(Figure.fixed(level, 2))</text>"
        + "<text class=\"middle\" x=\"\(Figure.place(x(place)))\" y=\"\(Figure.place(top + height + 18))\">\(Figure.fixed(place, 1).replacing("-", with: "\u{2212}"))</text>"
    }
    for (number, line) in series.prefix(3).enumerated() {
      let path = line.points.map { "\(Figure.place(x($0.x))),\(Figure.place(y($0.y)))" }.joined(
        separator: " ")
      svg +=
        "<polyline class=\"series\(number)\" points=\"\(path)\"><title>\(HTMLText.escape(line.name))</title></polyline>"
    }
    svg +=
      "<text class=\"middle\" x=\"\(Figure.place(left + width / 2))\" y=\"\(Figure.place(top + height + 40))\">\(HTMLText.escape(axes.x))</text>"
      + "<text class=\"middle\" transform=\"translate(14 \(Figure.place(top + height / 2))) rotate(-90)\">\(HTMLText.escape(axes.y))</text></svg>\n"
    let legend = series.prefix(3).enumerated().map {
      "<span class=\"key\"><i class=\"series\($0.offset)\"></i>\(HTMLText.escape($0.element.name))</span>"
    }
    return svg + "<p class=\"legend\">\(legend.joined(separator: " "))</p>\n"
  }
}
