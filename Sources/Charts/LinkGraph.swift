import Linkage

/// Nodes on an oval, down the left side and then down the right in the order given, and what is known between them. The
/// place of everything follows from the order of nodes and edges alone.
public struct LinkGraph: Sendable {
  /// A node with two lines of text beside it.
  public struct Node: Sendable {
    /// The line in strong type.
    public var head: String
    /// The line below; cut where it is too long for the drawing.
    public var name: String
    /// Whether it is drawn as a square that stands out.
    public var isMarked: Bool

    /// Makes a node.
    public init(head: String, name: String, isMarked: Bool = false) {
      self.head = head
      self.name = name
      self.isMarked = isMarked
    }
  }

  /// What an edge says, each with a colour and a stroke of its own.
  public enum Kind: String, Sendable, CaseIterable {
    /// A solid line.
    case supports
    /// A solid line, thin and grey whatever its weight.
    case weak
    /// Dashes.
    case opposes
    /// Dots.
    case held
    /// Dashes and dots.
    case judged
  }

  /// A line between two nodes.
  public struct Edge: Sendable {
    /// Position of the one node.
    public var left: Int
    /// Position of the other.
    public var right: Int
    /// What it says.
    public var kind: Kind
    /// How much; sets the width of the line.
    public var weight: Double
    /// What stands at the line.
    public var label: String

    /// Makes an edge.
    public init(left: Int, right: Int, kind: Kind, weight: Double, label: String) {
      self.left = left
      self.right = right
      self.kind = kind
      self.weight = weight
      self.label = label
    }
  }

  /// As many nodes have room.
  public static let mostNodes = 20

  /// Names the drawing in its page: letters and digits.
  public var id: String
  /// What is drawn, for those who do not see it.
  public var title: String
  /// What it shows, for those who do not see it.
  public var description: String
  /// The nodes; beyond `mostNodes` lines of text come close to each other.
  public var nodes: [Node]
  /// The edges; those that name no node are left out.
  public var edges: [Edge]
  /// What each kind of edge means, for the key below the drawing.
  public var meanings: [Kind: String]

  /// Makes a graph.
  public init(
    id: String, title: String, description: String, nodes: [Node], edges: [Edge], meanings: [Kind: String]
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.nodes = nodes
    self.edges = edges.filter { nodes.indices.contains($0.left) && nodes.indices.contains($0.right) }
    self.meanings = meanings
  }

  /// Rules of style that the drawing needs beside `PageStyle.sheet`.
  public static let style = """

    svg .link{stroke:var(--for);stroke-linecap:round}svg .link.weak{stroke:var(--soft)}svg .link.opposes{stroke:var(--against);stroke-dasharray:7 6;stroke-linecap:butt}
    svg .link.held{stroke:var(--cut);stroke-dasharray:.1 7}svg .link.judged{stroke:var(--ink);stroke-dasharray:12 4 2 4;stroke-linecap:butt}
    svg .node{fill:var(--panel);stroke:var(--ink);stroke-width:2}svg .node.marked{fill:var(--cut)}svg text.head{fill:var(--ink);font-weight:600}
    svg text.weight{font-size:11px;fill:var(--ink);text-anchor:middle}svg .plate{fill:var(--paper)}
    .key svg{width:2.4rem;height:.8rem;vertical-align:middle;margin-right:.35rem}.key{white-space:nowrap}
    """

  private typealias Point = (x: Double, y: Double)
  private static let (labelRoom, row, radius, top) = (164.0, 46.0, 150.0, 24.0)
  private static let width = 2 * (labelRoom + radius)
  private static let thin = 1.2

  /// The drawing with its key; needs `PageStyle.sheet` and `style`.
  public func svg() -> String {
    let height = Double(max((nodes.count + 1) / 2, min(nodes.count - 1, 3), 1)) * Self.row
    let places = Self.places(nodes.count, height: height)
    let labels = weightLabels(places)
    var svg =
      "<div class=\"scroll\"><svg class=\"chart\" viewBox=\"0 0 \(Figure.place(Self.width)) \(Figure.place(height + 2 * Self.top))\" role=\"img\" aria-labelledby=\"\(id)-title \(id)-text\">"
      + "<title id=\"\(id)-title\">\(HTMLText.plain(title))</title><desc id=\"\(id)-text\">\(HTMLText.plain(description, limit: 2_000))</desc>\n"
    for edge in edges {
      let (one, other) = (places[edge.left], places[edge.right])
      let width = edge.kind == .weak ? Self.thin : 1.5 + min(abs(edge.weight), 8) * 0.7
      let names = "\(nodes[edge.left].head) and \(nodes[edge.right].head)"
      svg +=
        "<line class=\"link \(edge.kind.rawValue)\" stroke-width=\"\(Figure.place(width))\" x1=\"\(Figure.place(one.x))\" y1=\"\(Figure.place(one.y))\" x2=\"\(Figure.place(other.x))\" y2=\"\(Figure.place(other.y))\">"
        + "<title>\(HTMLText.plain("\(names): \(edge.label)"))</title></line>\n"
    }
    for (number, node) in nodes.enumerated() { svg += self.svg(node, at: places[number]) }
    for (edge, place) in zip(edges, labels) {
      guard let place else { continue }
      let room = Self.textWidth(edge.label)
      svg +=
        "<rect class=\"plate\" x=\"\(Figure.place(place.x - room / 2))\" y=\"\(Figure.place(place.y - 7))\" width=\"\(Figure.place(room))\" height=\"14\"/>"
        + "<text class=\"weight\" x=\"\(Figure.place(place.x))\" y=\"\(Figure.place(place.y + 4))\">\(HTMLText.plain(edge.label))</text>\n"
    }
    return svg + "</svg></div>\n" + key(unlabelled: labels.count { $0 == nil })
  }

  private func svg(_ node: Node, at place: Point) -> String {
    let isRight = place.x > Self.width / 2
    let x = Figure.place(place.x + (isRight ? 15 : -15))
    let (anchor, room) = (isRight ? "" : " end", isRight ? Self.width - place.x - 15 : place.x - 15)
    let shape =
      node.isMarked
      ? "<rect class=\"node marked\" x=\"\(Figure.place(place.x - 8))\" y=\"\(Figure.place(place.y - 8))\" width=\"16\" height=\"16\">"
      : "<circle class=\"node\" cx=\"\(Figure.place(place.x))\" cy=\"\(Figure.place(place.y))\" r=\"8\">"
    return shape
      + "<title>\(HTMLText.plain("\(node.head): \(node.name)"))</title></\(node.isMarked ? "rect" : "circle")>"
      + "<text class=\"head\(anchor)\" x=\"\(x)\" y=\"\(Figure.place(place.y - 2))\">\(HTMLText.plain(Self.fitted(node.head, room)))</text>"
      + "<text class=\"name\(anchor)\" x=\"\(x)\" y=\"\(Figure.place(place.y + 13))\">\(HTMLText.plain(Self.fitted(node.name, room)))</text>\n"
  }

  private func key(unlabelled: Int) -> String {
    var keys: [String] = []
    for kind in Kind.allCases where edges.contains(where: { $0.kind == kind }) {
      keys.append(
        "<span class=\"key\"><svg viewBox=\"0 0 38 12\" aria-hidden=\"true\"><line class=\"link \(kind.rawValue)\" stroke-width=\"\(Figure.place(kind == .weak ? Self.thin : 3))\" x1=\"3\" x2=\"35\" y1=\"6\" y2=\"6\"/></svg>\(HTMLText.escape(meanings[kind] ?? kind.rawValue))</span>"
      )
    }
    if keys.isEmpty { return "" }
    if unlabelled > 0 {
      keys.append(
        "<span>\(PageParts.count(unlabelled, "line")) without room for \(unlabelled == 1 ? "its" : "their") weight: see the table.</span>"
      )
    }
    return "<p class=\"legend\">\(keys.joined(separator: " "))</p>\n"
  }

  // MARK: - Places

  /// Places on an oval, in rows of equal height on either side, so that the texts beside them do not meet; no three lie
  /// on one line.
  private static func places(_ count: Int, height: Double) -> [Point] {
    let onLeft = (count + 1) / 2
    return (0..<count).map { number in
      let isRight = number >= onLeft
      let rows = Double(isRight ? count - onLeft : onLeft)
      let row = Double(isRight ? number - onLeft : number)
      let part = (2 * row + 1) / rows - 1
      let reach = radius * (1 - part * part).squareRoot()
      return (width / 2 + (isRight ? reach : -reach), top + height * (part + 1) / 2)
    }
  }

  /// Where the label of each edge stands, the heaviest first: along its line where nothing else is; nil where no place is free.
  private func weightLabels(_ places: [Point]) -> [Point?] {
    var taken = places.map { Box(centre: $0, width: 22, height: 22) }
    var labels: [Point?] = Array(repeating: nil, count: edges.count)
    let order = edges.indices.sorted {
      let (one, other) = (abs(edges[$0].weight), abs(edges[$1].weight))
      return one != other ? one > other : $0 < $1
    }
    for number in order {
      let edge = edges[number]
      let (one, other) = (places[edge.left], places[edge.right])
      for part in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82] {
        let centre = (x: one.x + (other.x - one.x) * part, y: one.y + (other.y - one.y) * part)
        let box = Box(centre: centre, width: Self.textWidth(edge.label) + 4, height: 15)
        if taken.contains(where: box.meets) { continue }
        taken.append(box)
        labels[number] = centre
        break
      }
    }
    return labels
  }

  private struct Box {
    let centre: Point
    let width: Double
    let height: Double

    func meets(_ other: Box) -> Bool {
      abs(centre.x - other.centre.x) * 2 < width + other.width
        && abs(centre.y - other.centre.y) * 2 < height + other.height
    }
  }

  // MARK: - Text

  /// The text, cut to a width. A character that towers over its line, as one with many marks, ends it as well.
  static func fitted(_ text: String, _ room: Double) -> String {
    // A name may be of any length; more than the first part is never shown.
    let shown = VisibleText.escape(String(text.prefix(longest + 1)))
    let isWhole = text.count <= longest && textWidth(shown) <= room
    var (result, width) = ("", 0.0)
    for character in shown {
      width += self.width(character)
      let marks = character.unicodeScalars.count {
        $0.properties.generalCategory == .nonspacingMark || $0.properties.generalCategory == .enclosingMark
      }
      // Room for the dots that say that something is missing.
      if marks > 3 || (!isWhole && width > room - 14) { return result + "…" }
      result.append(character)
    }
    return result
  }

  /// As many characters of a text are looked at; so many have no room.
  private static let longest = 60

  private static func textWidth(_ text: String) -> Double {
    text.reduce(0) { $0 + width($1) }
  }

  /// An estimate for the fonts of systems at 12 pixels, rather too wide than too narrow.
  private static func width(_ character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...: return 14
    case 0x40, 0x4D, 0x57, 0x6D, 0x77: return 11.5
    case 0x41...0x5A: return 8.8
    case 0x20...0x7E: return "fijlt.,:;'|! ".unicodeScalars.contains(scalar) ? 4.5 : 7.2
    default: return 8
    }
  }
}
