import Charts
import Testing

/// Text that would do harm if a page took it for more than text.
let hostile = [
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onclick='x",
  "</title></style><plaintext>", "javascript:alert(1)", "<base href=//x>",
  "<meta http-equiv=refresh content=0>",
  "a\u{202E}b\u{2066}c", "nul\u{0}bell\u{7}esc\u{1B}[31m", "zero\u{200B}width\u{FEFF}", "<!--", "&lt", "]]>",
  "tag\u{E0041}\u{E0001}", String(repeating: "<", count: 5_000),
  "z" + String(repeating: "\u{301}", count: 100_000),
]

/// Whether a page holds nothing but tags that the drawings themselves write, and no character that would not be seen.
func isHarmless(_ html: String) -> Bool {
  let tags: Set<Substring> = [
    "table", "thead", "tbody", "tfoot", "tr", "th", "td", "b", "i", "bdi", "mark", "span", "svg", "rect",
    "line",
    "div", "title", "text", "p", "polyline", "circle",
  ]
  for part in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
    let name = part.drop { $0 == "/" }.prefix { $0.isLetter }
    if !tags.contains(name) { return false }
    // What stands in quotes is a value, and escaped.
    let inside = part.prefix { $0 != ">" }.replacing(/"[^"]*"/, with: "")
    if inside.contains(" on") || inside.contains("href") || inside.contains("src") { return false }
  }
  return html.unicodeScalars.allSatisfy { scalar in
    switch scalar.properties.generalCategory {
    case .control: scalar == "\n"
    case .format, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}

@Suite struct DrawingTests {
  @Test func escaping() {
    #expect(HTMLText.escape("a<b>&\"'") == "a&lt;b&gt;&amp;&quot;&#39;")
    #expect(HTMLText.escape("x\u{202E}y") == "x<mark>\\u{202E}</mark>y")
    #expect(HTMLText.escape("Siân 山田 👩‍👧") == "Siân 山田 👩‍👧")
    #expect(HTMLText.escape("abcdef", limit: 3) == "abc…")
    #expect(HTMLText.value("") == "<i class=\"none\">none</i>")
    #expect(HTMLText.lines("<a>\r\nb\n\nc\r") == "<bdi>&lt;a&gt;<br>b<br><br>c<mark>\\u{D}</mark></bdi>")
    #expect(HTMLText.lines("<mark>\\u{A}</mark>") == HTMLText.value("<mark>\\u{A}</mark>"))
    // One character of any length is cut as well.
    #expect(HTMLText.escape("z" + String(repeating: "\u{301}", count: 100_000)).utf8.count < 1_000)
  }

  @Test(arguments: hostile)
  func hostileTextStaysText(text: String) {
    let fall = Waterfall(
      sides: (text, text),
      steps: [
        Waterfall.Step(
          [Waterfall.Comparison(label: text, detail: text, left: [text, text], right: [text])], weight: 1)
      ], prior: -2, probability: 0.1, threshold: 0.4)
    #expect(isHarmless(fall.html()))
    var histogram = Histogram(start: 0, step: 1, counts: [1, 2, 3], axis: text, noun: text)
    histogram.mark = (1.5, text)
    #expect(isHarmless(histogram.svg()))
    let curve = CurveChart(series: [.init(name: text, points: [(0.5, 0.4, 10)])], axes: (text, text))
    #expect(isHarmless(curve.svg()))
  }

  @Test func aWaterfallAddsUp() {
    let steps = [2.5, 1.25, -0.75].map {
      Waterfall.Step([Waterfall.Comparison(label: "f", detail: "exact")], weight: $0)
    }
    let fall = Waterfall(sides: ("a", "b"), steps: steps, prior: -4, probability: 0.09, threshold: 0)
    #expect(fall.total == -1)
    let html = fall.html()
    for text in ["\u{2212}4.00", "+2.50", "\u{2212}1.50", "+1.25", "\u{2212}0.75", "\u{2212}1.00"] {
      #expect(html.contains(text), "\(text)")
    }
    #expect(html.contains("log10 LR +3.00, log10 odds \u{2212}1.00, probability 0.090"))
    #expect(!Waterfall(sides: ("a", "b"), steps: steps).html().contains("prior"))
  }

  /// What stands under "log10 LR" and is none says what it is; a probability is not called certain.
  @Test func aWaterfallNamesItsPrior() {
    let step = Waterfall.Step([Waterfall.Comparison(label: "f", detail: "exact")], weight: 12)
    let html = Waterfall(sides: ("a", "b"), steps: [step], prior: -4, probability: 1).html()
    #expect(html.contains("\u{2212}4.00<span class=\"how\">log10 odds</span>"))
    #expect(html.contains("probability over 0.999999") && !html.contains("1.000000"))
  }

  /// Browsers leave backgrounds out on paper, and the key to the colours is made of them; a narrow page keeps the heads
  /// of both columns of numbers.
  @Test func theStyleKeepsWhatIsRead() {
    let print = PageStyle.sheet.components(separatedBy: "@media print").last ?? ""
    #expect(print.contains("svg,mark,.key i{print-color-adjust:exact"))
    // Paper has a margin also where who prints sets none, and links have a colour that can be read.
    #expect(
      PageStyle.sheet.contains("@page{size:A4;margin:15mm}")
        && PageStyle.sheet.contains("a{color:var(--for)}"))
    #expect(!PageStyle.sheet.contains("th:nth-child(n+4){display:none}"))
    #expect(PageStyle.sheet.contains(".fall th:nth-child(6){grid-column:7/-1}"))
  }

  @Test func oneOfAKindIsNamedInTheSingular() {
    let chart = Histogram(start: 0, step: 1, counts: [1, 2], axis: "days", noun: "disclosures")
    #expect(chart.svg().contains(": 1 disclosure<") && chart.svg().contains(": 2 disclosures<"))
  }

  /// A title takes no markup, so that what cannot be seen comes without a mark.
  @Test func plainTextHasNoMarkup() {
    #expect(HTMLText.plain("a\u{202E}<b>&") == "a\\u{202E}&lt;b&gt;&amp;")
    #expect(HTMLText.plain("abc", limit: 2) == "ab…")
  }

  @Test func barsStayInTheirCells() throws {
    // Every place of a bar lies between 0 and 100 per cent, whatever the weights.
    for weights in [[1e-9], [40.0, -60, 20], [-3], [0], []] {
      let steps = weights.map { Waterfall.Step([Waterfall.Comparison(label: "f", detail: "")], weight: $0) }
      let html = Waterfall(sides: ("a", "b"), steps: steps, prior: -5, threshold: 1).html()
      for match in html.matches(of: /(?:x|x1|x2|width)="(-?[0-9.]+)%"/) {
        let place = try #require(Double(match.1))
        #expect((0...100).contains(place))
      }
    }
  }

  @Test func histogramsOfAnySize() {
    #expect(Histogram(start: 0, step: 1, counts: [], axis: "a", noun: "b").svg().hasPrefix("<svg"))
    let chart = Histogram(start: -2, step: 0.5, counts: Array(repeating: 0, count: 60), axis: "a", noun: "b")
    #expect(!chart.svg().contains("<rect"))
    #expect(
      Histogram(start: 0, step: 1, counts: [.max / 4, 1], axis: "a", noun: "b").svg().contains("<rect"))
  }

  @Test("Lines stay within the chart, and their names do no harm")
  func lines() throws {
    for name in hostile {
      let chart = LineChart(
        series: [.init(name: name, points: [(-9, 2), (0, 0.5), (9, -2)])], axes: (name, name),
        ranges: (-1...1, 0...1))
      #expect(isHarmless(chart.svg()), "\(name)")
    }
    let chart = LineChart(
      series: [.init(name: "a", points: [(-9, 2), (0, 0.5), (9, -2)])], axes: ("x", "y"),
      ranges: (-1...1, 0...1))
    #expect(chart.svg().contains("points=\"60,12 280,132 500,252\""), "\(chart.svg())")
  }
}
