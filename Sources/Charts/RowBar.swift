/// Bars that stand in the cells of a table, one scale a column.
public enum RowBar {
  /// A share between 0 and 1.
  public static func share(_ value: Double, style: String) -> String {
    let width = min(max(value, 0), 1) * 1000
    return
      "<svg class=\"rowbar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"track\" width=\"1000\" height=\"10\"/>"
      + "<rect class=\"\(style)\" width=\"\(Figure.place(width > 0 ? max(width, 4) : 0))\" height=\"10\"/></svg>"
  }

  /// A weight to the right or left of 0, and beneath it the range that it stands for.
  public static func weight(_ value: Double, range: ClosedRange<Double>, scale: ClosedRange<Double>) -> String
  {
    let width = max(scale.upperBound - scale.lowerBound, 0.5)
    func place(_ value: Double) -> Double {
      min(max((value - scale.lowerBound) / width, 0), 1) * 1000
    }
    let (zero, end) = (place(0), place(value))
    var svg =
      "<svg class=\"rowbar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
    svg +=
      "<rect class=\"\(value < 0 ? "against" : "for")\" x=\"\(Figure.place(min(zero, end)))\" width=\"\(Figure.place(max(abs(end - zero), 2)))\" height=\"10\"/>"
    let (low, high) = (place(range.lowerBound), place(range.upperBound))
    if high - low > 4 {
      svg +=
        "<line class=\"whisker\" x1=\"\(Figure.place(low))\" x2=\"\(Figure.place(high))\" y1=\"5\" y2=\"5\"/>"
    }
    return svg
      + "<line class=\"axis\" x1=\"\(Figure.place(zero))\" x2=\"\(Figure.place(zero))\" y1=\"0\" y2=\"10\"/></svg>"
  }
}
