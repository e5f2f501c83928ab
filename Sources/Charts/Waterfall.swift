/// How pieces of evidence add up: each step moves a running sum of log10 likelihood ratios, from where the sum starts
/// to where it ends.
///
/// One drawing for every place that shows why two records, or two accounts, were linked.
public struct Waterfall: Sendable {
  /// Things compared in one step; several where they are weighed together.
  public struct Comparison: Sendable {
    /// What was compared, and how it agreed.
    public var label: String
    /// How it agreed.
    public var detail: String
    /// Values of the one side.
    public var left: [String]
    /// Values of the other side.
    public var right: [String]

    /// Makes a comparison.
    public init(label: String, detail: String, left: [String] = [], right: [String] = []) {
      self.label = label
      self.detail = detail
      self.left = left
      self.right = right
    }
  }

  /// One step of the sum.
  public struct Step: Sendable {
    /// What was compared.
    public var comparisons: [Comparison]
    /// log10 of the likelihood ratio.
    public var weight: Double

    /// Makes a step.
    public init(_ comparisons: [Comparison], weight: Double) {
      self.comparisons = comparisons
      self.weight = weight
    }
  }

  /// Whom the two columns of values belong to.
  public var sides: (left: String, right: String)
  /// The steps, in the order of drawing.
  public var steps: [Step]
  /// What could not be compared, as one side has no value.
  public var silent: [Comparison] = []
  /// log10 of the odds before any evidence, where there is a prior; its step comes first.
  public var prior: Double?
  /// The probability at the end, where there is a prior.
  public var probability: Double?
  /// log10 of the odds at which two are joined, drawn as a line; of the likelihood ratio where there is no prior.
  public var threshold: Double?

  /// What became of it, in a sentence.
  public var verdict: String?

  /// Scalars of a detail that are shown: it may be a sentence or two.
  public static let detailLimit = 1_000

  /// Makes a waterfall.
  public init(
    sides: (left: String, right: String), steps: [Step], prior: Double? = nil, probability: Double? = nil,
    threshold: Double? = nil
  ) {
    self.sides = sides
    self.steps = steps
    self.prior = prior
    self.probability = probability
    self.threshold = threshold
  }

  /// The sum at the end.
  public var total: Double { steps.reduce(prior ?? 0) { $0 + $1.weight } }

  /// The waterfall as a table with a bar in each row; needs `PageStyle.sheet`.
  public func html() -> String {
    var lowest = min(0, threshold ?? 0)
    var highest = max(0, threshold ?? 0)
    var sum = prior ?? 0
    for step in [nil] + steps.map(Optional.some) {
      sum += step?.weight ?? 0
      lowest = min(lowest, sum)
      highest = max(highest, sum)
    }
    let scale = Scale(lowest: lowest, highest: highest)
    var html =
      "<table class=\"fall\"><thead><tr><th>compared</th><th>\(HTMLText.value(sides.left))</th>"
      + "<th>\(HTMLText.value(sides.right))</th><th class=\"bar\"><span>log10 of the \(prior == nil ? "LR" : "odds")</span></th>"
      + "<th class=\"n\">log10 LR</th><th class=\"n\">sum</th></tr></thead><tbody>"
    sum = 0
    if let prior {
      html +=
        "<tr class=\"first\"><td class=\"what\" colspan=\"3\"><b>prior</b> <span class=\"how\">two records taken at random</span></td>"
        + bar(from: 0, to: prior, note: "log10 odds", scale) + "</tr>\n"
      sum = prior
    }
    for step in steps {
      let rows = step.comparisons.count
      let end = bar(
        from: sum, to: sum + step.weight, rows: rows, note: rows > 1 ? "together" : nil, scale)
      for (number, comparison) in step.comparisons.enumerated() {
        html +=
          "<tr\(number == 0 ? " class=\"first\"" : "")>\(cells(comparison))\(number == 0 ? end : "")</tr>\n"
      }
      sum += step.weight
    }
    var end = "log10 LR \(Figure.signed(total))"
    if let prior {
      end = "log10 LR \(Figure.signed(total - prior)), log10 odds \(Figure.signed(total))"
    }
    if let probability { end += ", probability \(Figure.probability(probability))" }
    if !silent.isEmpty {
      let texts = silent.map { item in
        let known = item.left + item.right
        return "\(HTMLText.escape(item.label))\(known.isEmpty ? "" : " (\(values(known)))")"
      }
      html +=
        "<tr class=\"first\"><td colspan=\"6\"><span class=\"how\">Known of one side only, which says nothing: \(texts.joined(separator: "; ")).</span></td></tr>\n"
    }
    if let verdict { end += ". " + HTMLText.escape(verdict) }
    return html + "</tbody><tfoot><tr><td colspan=\"6\">\(end)</td></tr></tfoot></table>\n"
  }

  /// The cells of a step's bar, weight and sum, over as many rows as it has comparisons; what the weight is of, where it
  /// is not that of one comparison.
  private func bar(from: Double, to: Double, rows: Int = 1, note: String?, _ scale: Scale) -> String {
    let (low, high) = (scale.place(min(from, to)), scale.place(max(from, to)))
    let side = to > from ? "for" : to < from ? "against" : ""
    // No view box: places across are shares of the cell, and the bar keeps its height in a cell of many lines.
    var drawing = "<svg aria-hidden=\"true\">\(line("axis", at: scale.place(0)))"
    if let threshold { drawing += line("cut", at: scale.place(threshold)) }
    drawing +=
      "<rect class=\"\(side)\" x=\"\(Figure.fixed(low, 2))%\" y=\"8\" width=\"\(Figure.fixed(max(high - low, 0.2), 2))%\" height=\"14\"/>"
    drawing += line("step", at: scale.place(to))
    let span = rows > 1 ? " rowspan=\"\(rows)\"" : ""
    return
      "<td class=\"bar\"\(span)>\(drawing)</svg></td><td class=\"n \(side)\"\(span)>\(Figure.signed(to - from))\(note.map { "<span class=\"how\">\($0)</span>" } ?? "")</td>"
      + "<td class=\"n sum\"\(span)>\(Figure.signed(to))</td>"
  }

  private func line(_ style: String, at place: Double) -> String {
    "<line class=\"\(style)\" x1=\"\(Figure.fixed(place, 2))%\" x2=\"\(Figure.fixed(place, 2))%\" y1=\"0\" y2=\"100%\"/>"
  }

  private func cells(_ comparison: Comparison) -> String {
    let how =
      comparison.detail.isEmpty
      ? "" : " <span class=\"how\">\(HTMLText.escape(comparison.detail, limit: Self.detailLimit))</span>"
    if comparison.left.isEmpty, comparison.right.isEmpty {
      return "<td class=\"what\" colspan=\"3\"><b>\(HTMLText.escape(comparison.label))</b>\(how)</td>"
    }
    return "<td class=\"what\"><b>\(HTMLText.escape(comparison.label))</b>\(how)</td>"
      + "<td class=\"value\">\(values(comparison.left))</td><td class=\"value\">\(values(comparison.right))</td>"
  }

  private func values(_ texts: [String]) -> String {
    texts.isEmpty ? HTMLText.value("") : texts.map { HTMLText.value($0, limit: 120) }.joined(separator: ", ")
  }

  /// From sums to places between 0 and 100.
  private struct Scale {
    let lowest: Double
    let width: Double

    init(lowest: Double, highest: Double) {
      width = max(highest - lowest, 0.5) * 1.04
      self.lowest = lowest - width * 0.02
    }

    func place(_ value: Double) -> Double { (value - lowest) / width * 100 }
  }
}
