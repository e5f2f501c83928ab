import Charts
import Foundation
import Testing

/// Graphs of accounts.
@Suite struct LinkGraphTests {
  private func graph(_ count: Int, name: String = "some name") -> LinkGraph {
    var edges: [LinkGraph.Edge] = []
    for left in 0..<count {
      for right in left..<count where right > left {
        let weight = Double((left * 7 + right * 5) % 90) / 10 - 2
        edges.append(
          .init(
            left: left, right: right, kind: weight < 0 ? .opposes : .supports, weight: weight,
            label: Figure.signed(weight)))
      }
    }
    return LinkGraph(
      id: "g", title: name, description: name,
      nodes: (0..<count).map { .init(head: "A\($0) telegram", name: name, isMarked: $0 == 1) }, edges: edges,
      meanings: [.supports: "for", .opposes: "against"])
  }

  /// Places and texts of the texts of a class.
  private func texts(_ svg: String, _ style: String) throws -> [(x: Double, y: Double, text: String)] {
    let pattern = try Regex("<text class=\"\(style)\" x=\"([-0-9.]+)\" y=\"([-0-9.]+)\">([^<]*)</text>")
    return try svg.matches(of: pattern).map { match in
      (
        try #require(Double(match[1].substring ?? "")), try #require(Double(match[2].substring ?? "")),
        String(match[3].substring ?? "")
      )
    }
  }

  @Test(arguments: 1...LinkGraph.mostNodes)
  func textsDoNotMeet(_ count: Int) throws {
    let svg = graph(count).svg()
    for style in ["head", "head end"] {
      let heads = try texts(svg, style)
      for (number, one) in heads.enumerated() {
        for other in heads[(number + 1)...] { #expect(abs(one.y - other.y) >= 30) }
      }
    }
    #expect(try texts(svg, "head").count + texts(svg, "head end").count == count)
    let weights = try texts(svg, "weight")
    for (number, one) in weights.enumerated() {
      for other in weights[(number + 1)...] {
        #expect(abs(one.y - other.y) >= 14 || abs(one.x - other.x) >= 24, "\(one) \(other)")
      }
    }
    #expect(count < 2 || !weights.isEmpty)
  }

  /// What speaks against is told by more than its colour, and what has no room is said.
  @Test func edgesAreTold() {
    let svg = graph(14).svg()
    #expect(LinkGraph.style.contains(".link.opposes{stroke:var(--against);stroke-dasharray"))
    #expect(svg.contains("class=\"link opposes\"") && svg.contains("class=\"link supports\""))
    #expect(svg.contains("A0 telegram and A1 telegram: \u{2212}1.50"))
    #expect(svg.contains("without room for their weight: see the table"))
    #expect(
      svg.contains("role=\"img\" aria-labelledby=\"g-title g-text\"") && svg.contains("<desc id=\"g-text\">"))
    #expect(svg.contains("<rect class=\"node marked\""))
    #expect(graph(14).svg() == svg)
  }

  /// What links nobody by itself does not look like a link, whatever it weighs.
  @Test func whatIsWeakIsThin() {
    let svg = LinkGraph(
      id: "g", title: "t", description: "d",
      nodes: [.init(head: "A1", name: "n"), .init(head: "A2", name: "m")],
      edges: [.init(left: 0, right: 1, kind: .weak, weight: 2.9, label: "+2.90")], meanings: [.weak: "weak"]
    ).svg()
    #expect(svg.contains("<line class=\"link weak\" stroke-width=\"1.2\" x1=") && svg.contains("weak</span>"))
    #expect(LinkGraph.style.contains(".link.weak{stroke:var(--soft)}"))
  }

  @Test(arguments: hostile)
  func hostileTextStaysText(_ text: String) throws {
    let svg = graph(3, name: text).svg()
    #expect(isHarmless(svg.replacing("desc", with: "p")))
    for style in ["name", "name end"] {
      for name in try texts(svg, style) { #expect(name.text.utf8.count < 400) }
    }
  }

  @Test func anEdgeThatNamesNoNodeIsLeftOut() {
    let graph = LinkGraph(
      id: "g", title: "t", description: "d", nodes: [.init(head: "A1", name: "n")],
      edges: [.init(left: 0, right: 7, kind: .held, weight: 1, label: "x")], meanings: [:])
    #expect(graph.edges.isEmpty && graph.svg().contains("A1"))
  }
}
