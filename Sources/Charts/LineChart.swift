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
    // A quarter of the range is where numbers stand.
    let tenths = (ranges.x.upperBound - ranges.x.lowerBound) / 4 * 10
    let frame = ChartFrame(
      size: (440, 240), axes: axes, ranges: ranges, decimals: abs(tenths - tenths.rounded()) < 1e-6 ? 1 : 2)
    let lines = series.prefix(ChartFrame.mostSeries).enumerated().map { number, line in
      "<polyline class=\"series\(number)\" points=\"\(frame.path(line.points))\"><title>\(HTMLText.escape(line.name))</title></polyline>"
    }
    return frame.svg(lines.joined(), legend: series.map(\.name))
  }
}
