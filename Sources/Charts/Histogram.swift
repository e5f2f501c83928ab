/// Counts by bin as upright bars, on a scale of square roots so that few beside many are still seen.
public struct Histogram: Sendable {
  /// Where the first bin begins.
  public var start: Double
  /// Width of a bin.
  public var step: Double
  /// Counts by bin.
  public var counts: [Int]
  /// What the horizontal axis measures.
  public var axis: String
  /// What is counted, in the plural, which ends in s.
  public var noun: String
  private var one: String { noun.hasSuffix("s") ? String(noun.dropLast()) : noun }
  /// A place on the axis to mark, and how the mark is called.
  public var mark: (place: Double, label: String)?
  /// How a place on the axis is written.
  public var label: @Sendable (Double) -> String = { value in
    Figure.fixed(value, value == value.rounded() ? 0 : 1).replacing("-", with: "\u{2212}")
  }

  /// Makes a histogram.
  public init(start: Double, step: Double, counts: [Int], axis: String, noun: String) {
    self.start = start
    self.step = step
    self.counts = counts
    self.axis = axis
    self.noun = noun
  }

  private static let (width, height, top, bottom, left) = (720.0, 240.0, 24.0, 44.0, 56.0)

  /// The drawing; needs `PageStyle.sheet`.
  public func svg() -> String {
    let (width, height, top, bottom, left) = (Self.width, Self.height, Self.top, Self.bottom, Self.left)
    let most = Double(max(counts.max() ?? 1, 1))
    let slot = (width - left) / Double(max(counts.count, 1))
    let room = height - top - bottom
    func level(_ count: Double) -> Double { top + room * (1 - (count / most).squareRoot()) }
    func place(_ value: Double) -> Double { left + (value - start) / step * slot }
    var svg =
      "<svg class=\"chart\" viewBox=\"0 0 \(Figure.place(width)) \(Figure.place(height))\" role=\"img\" aria-label=\"\(HTMLText.escape("\(noun) by \(axis)"))\">"
    for tick in Self.ticks(most) {
      let y = Figure.place(level(tick))
      svg +=
        "<line class=\"grid\" x1=\"\(Figure.place(left))\" x2=\"\(Figure.place(width))\" y1=\"\(y)\" y2=\"\(y)\"/>"
        + "<text class=\"end\" x=\"\(Figure.place(left - 6))\" y=\"\(Figure.place(level(tick) + 4))\">\(Figure.grouped(Int(tick)))</text>"
    }
    for (bin, count) in counts.enumerated() where count > 0 {
      let (low, high) = (start + Double(bin) * step, start + Double(bin + 1) * step)
      let isBelow = mark.map { (low + high) / 2 < $0.place } ?? false
      let y = level(Double(count))
      svg +=
        "<rect class=\"\(isBelow ? "below" : "for")\" x=\"\(Figure.place(place(low) + 0.5))\" y=\"\(Figure.place(y))\" width=\"\(Figure.place(max(slot - 1, 1)))\" height=\"\(Figure.place(max(top + room - y, 1)))\">"
        + "<title>\(label(low)) to \(label(high)): \(Figure.grouped(count)) \(HTMLText.escape(count == 1 ? one : noun))</title></rect>"
    }
    let base = Figure.place(top + room)
    svg +=
      "<line class=\"axis\" x1=\"\(Figure.place(left))\" x2=\"\(Figure.place(width))\" y1=\"\(base)\" y2=\"\(base)\"/>"
    // Labels stand at whole numbers where a step is a part of one.
    let whole = step < 1 ? max(Int((1 / step).rounded()), 1) : 1
    let every = (max((counts.count + 11) / 12, 1) + whole - 1) / whole * whole
    for bin in stride(from: 0, through: counts.count, by: every) {
      let value = start + Double(bin) * step
      let anchor = bin == counts.count ? "end" : "middle"
      svg +=
        "<text class=\"\(anchor)\" x=\"\(Figure.place(place(value)))\" y=\"\(Figure.place(top + room + 16))\">\(label(value))</text>"
    }
    svg +=
      "<text class=\"middle\" x=\"\(Figure.place((left + width) / 2))\" y=\"\(Figure.place(height - 6))\">\(HTMLText.escape(axis))</text>"
    if let mark, mark.place >= start, mark.place <= start + step * Double(counts.count) {
      let x = place(mark.place)
      let anchor = x > width * 0.7 ? "end" : "start"
      svg +=
        "<line class=\"cut\" x1=\"\(Figure.place(x))\" x2=\"\(Figure.place(x))\" y1=\"6\" y2=\"\(base)\"/>"
        + "<text class=\"\(anchor) strong\" x=\"\(Figure.place(x + (anchor == "end" ? -6 : 6)))\" y=\"14\">\(HTMLText.escape(mark.label))</text>"
    }
    return svg + "</svg>\n"
  }

  /// Round counts up to the highest, few enough to be read on a scale of square roots.
  static func ticks(_ most: Double) -> [Double] {
    var unit = 1.0
    while unit * 10 <= most { unit *= 10 }
    var ticks: [Double] = []
    for tick in [unit / 10, unit / 2, unit, unit * 2, unit * 5] where tick >= 1 && tick <= most {
      ticks.append(tick)
    }
    return ticks
  }
}
