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
    let frame = ChartFrame(
      size: (300, 300), axes: axes, ranges: (0...1, 0...1), decimals: 2, style: " square")
    var content =
      "<line class=\"cut\" x1=\"\(Figure.place(frame.x(0)))\" x2=\"\(Figure.place(frame.x(1)))\" y1=\"\(Figure.place(frame.y(0)))\" y2=\"\(Figure.place(frame.y(1)))\"/>"
    for (number, one) in series.prefix(ChartFrame.mostSeries).enumerated() {
      content +=
        "<polyline class=\"series\(number)\" points=\"\(frame.path(one.points.map { ($0.x, $0.y) }))\"/>"
      for point in one.points {
        content +=
          "<circle class=\"series\(number)\" cx=\"\(Figure.place(frame.x(point.x)))\" cy=\"\(Figure.place(frame.y(point.y)))\" r=\"3\"><title>\(HTMLText.escape(one.name)): \(Figure.fixed(point.x, 3)), \(Figure.fixed(point.y, 3)), \(Figure.grouped(Int(min(max(point.weight, 0), 1e15)))) pairs</title></circle>"
      }
    }
    return frame.svg(content, legend: series.map(\.name))
  }
}
