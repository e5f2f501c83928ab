/// Points of one or more series in the unit square, with the diagonal: what was stated against what came of it.
public struct CurveChart: Sendable {
  /// A series.
  public struct Series: Sendable {
    /// Its name.
    public var name: String
    /// Its points, both between 0 and 1, and how much each stands for.
    public var points: [(x: Double, y: Double, weight: Double)]

    /// Makes a series.
    public init(name: String, points: [(x: Double, y: Double, weight: Double)]) {
      self.name = name
      self.points = points
    }
  }

  /// What is drawn; at most three series.
  public var series: [Series]
  /// What the axes measure.
  public var axes: (x: String, y: String)

  /// Makes a chart.
  public init(series: [Series], axes: (x: String, y: String)) {
    self.series = series
    self.axes = axes
  }

  /// The drawing; needs `PageStyle.sheet`.
  public func svg() -> String {
    let (size, left, top) = (300.0, 60.0, 12.0)
    func x(_ value: Double) -> Double { left + min(max(value, 0), 1) * size }
    func y(_ value: Double) -> Double { top + (1 - min(max(value, 0), 1)) * size }
    var svg =
      "<svg class=\"chart square\" viewBox=\"0 0 380 372\" role=\"img\" aria-label=\"\(HTMLText.escape("\(axes.y) by \(axes.x)"))\">"
    for step in 0...4 {
      let value = Double(step) / 4
      svg +=
        "<line class=\"grid\" x1=\"\(Figure.place(left))\" x2=\"\(Figure.place(left + size))\" y1=\"\(Figure.place(y(value)))\" y2=\"\(Figure.place(y(value)))\"/>"
        + "<text class=\"end\" x=\"\(Figure.place(left - 6))\" y=\"\(Figure.place(y(value) + 4))\">\(Figure.fixed(value, 2))</text>"
        + "<text class=\"middle\" x=\"\(Figure.place(x(value)))\" y=\"\(Figure.place(top + size + 18))\">\(Figure.fixed(value, 2))</text>"
    }
    svg +=
      "<line class=\"cut\" x1=\"\(Figure.place(left))\" x2=\"\(Figure.place(left + size))\" y1=\"\(Figure.place(top + size))\" y2=\"\(Figure.place(top))\"/>"
    for (number, one) in series.prefix(3).enumerated() {
      let path = one.points.map { "\(Figure.place(x($0.x))),\(Figure.place(y($0.y)))" }.joined(separator: " ")
      svg += "<polyline class=\"series\(number)\" points=\"\(path)\"/>"
      for point in one.points {
        svg +=
          "<circle class=\"series\(number)\" cx=\"\(Figure.place(x(point.x)))\" cy=\"\(Figure.place(y(point.y)))\" r=\"3\"><title>\(HTMLText.escape(one.name)): \(Figure.fixed(point.x, 3)), \(Figure.fixed(point.y, 3)), \(Figure.grouped(Int(min(max(point.weight, 0), 1e15)))) pairs</title></circle>"
      }
    }
    svg +=
      "<text class=\"middle\" x=\"\(Figure.place(left + size / 2))\" y=\"\(Figure.place(top + size + 40))\">\(HTMLText.escape(axes.x))</text>"
      + "<text class=\"middle\" transform=\"translate(14 \(Figure.place(top + size / 2))) rotate(-90)\">\(HTMLText.escape(axes.y))</text></svg>\n"
    let legend = series.prefix(3).enumerated().map {
      "<span class=\"key\"><i class=\"series\($0.offset)\"></i>\(HTMLText.escape($0.element.name))</span>"
    }
    return svg + "<p class=\"legend\">\(legend.joined(separator: " "))</p>\n"
  }
}
