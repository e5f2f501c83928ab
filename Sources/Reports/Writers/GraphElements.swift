/// A case as nodes and edges with typed attributes, for GraphML and GEXF alike.
enum GraphElements {
  /// The type of an attribute's values; the names are those of GraphML and GEXF both.
  enum ValueType: String {
    case string, double, boolean, long
  }

  /// An attribute of nodes or of edges.
  struct Attribute {
    let name: String
    let type: ValueType
  }

  /// A node.
  struct Node {
    let id: String
    let label: String
    /// Values by the attribute's place in `nodeAttributes`.
    var values: [(attribute: Int, value: String)] = []
  }

  /// An edge.
  struct Edge {
    let id: String
    let from: String
    let to: String
    /// Values by the attribute's place in `edgeAttributes`.
    var values: [(attribute: Int, value: String)] = []
  }

  static let nodeAttributes: [Attribute] = [
    Attribute(name: "element", type: .string), Attribute(name: "platform", type: .string),
    Attribute(name: "kind", type: .string), Attribute(name: "value", type: .string),
    Attribute(name: "shown", type: .string), Attribute(name: "cluster", type: .string),
    Attribute(name: "protected", type: .boolean), Attribute(name: "records", type: .long),
    Attribute(name: "sha256", type: .string), Attribute(name: "at", type: .string),
    Attribute(name: "weakest_log10_lr", type: .double),
  ]
  static let edgeAttributes: [Attribute] = [
    Attribute(name: "element", type: .string), Attribute(name: "log10_lr", type: .double),
    Attribute(name: "support", type: .string), Attribute(name: "reading", type: .string),
    Attribute(name: "in_one_cluster", type: .boolean), Attribute(name: "evidence", type: .string),
    Attribute(name: "assertion", type: .string), Attribute(name: "label", type: .string),
    Attribute(name: "count", type: .long), Attribute(name: "verdict", type: .string),
    Attribute(name: "reason", type: .string), Attribute(name: "at", type: .string),
    Attribute(name: "taken_back_at", type: .string),
  ]

  private static let nodePlace = places(nodeAttributes)
  private static let edgePlace = places(edgeAttributes)

  private static func places(_ attributes: [Attribute]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: attributes.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// Values in the order of the attributes; what is nil is left out.
  private static func values(
    _ places: [String: Int], _ named: KeyValuePairs<String, String?>
  ) -> [(attribute: Int, value: String)] {
    named.compactMap { name, value in
      guard let place = places[name], let value else { return nil }
      return (place, value)
    }
  }

  // MARK: - Nodes

  /// The nodes: sources, accounts, identifiers, clusters.
  static func nodes(_ content: some CaseContent, _ body: (Node) throws -> Void) throws {
    try content.sources { source in
      try body(
        Node(
          id: source.id, label: "\(source.id) \(source.name)",
          values: values(
            nodePlace,
            [
              "element": "source", "kind": source.format, "value": source.name, "sha256": source.sha256,
              "at": source.importedAt,
            ])))
    }
    try content.accounts { account in
      try body(
        Node(
          id: account.id, label: account.label,
          values: values(
            nodePlace,
            [
              "element": "account", "platform": account.platform, "kind": account.kind, "value": account.name,
              "shown": account.shown, "cluster": account.cluster, "protected": String(account.isProtected),
              "records": String(account.records),
            ])))
    }
    try content.identifiers { identifier in
      try body(
        Node(
          id: identifier.id, label: "\(identifier.kind):\(identifier.value)",
          values: values(
            nodePlace,
            [
              "element": "identifier",
              "platform": identifier.platform.isEmpty ? nil : identifier.platform, "kind": identifier.kind,
              "value": identifier.value,
            ])))
    }
    try content.clusters { cluster in
      try body(
        Node(
          id: cluster.id, label: cluster.id,
          values: values(
            nodePlace,
            [
              "element": "cluster", "weakest_log10_lr": cluster.weakestLink.map(ExportNumber.weight),
            ])))
    }
  }

  // MARK: - Edges

  /// The edges: mentions, holdings, pairs, memberships, judgements. None joins a protected account to another.
  static func edges(_ content: some CaseContent, _ body: (Edge) throws -> Void) throws {
    var number = 0
    func put(_ from: String, _ to: String, _ named: KeyValuePairs<String, String?>) throws {
      number += 1
      try body(Edge(id: "e\(number)", from: from, to: to, values: values(edgePlace, named)))
    }
    try content.mentions { mention in
      try put(mention.account, mention.source, ["element": "mention", "count": String(mention.records)])
    }
    try content.holdings { holding in
      try put(
        holding.account, holding.identifier,
        [
          "element": "holding", "assertion": holding.assertion,
          "label": holding.label.isEmpty ? nil : holding.label, "count": String(holding.sightings),
        ])
    }
    try content.pairs { pair in
      try put(
        pair.left, pair.right,
        [
          "element": "pair", "log10_lr": ExportNumber.weight(pair.log10LR), "support": pair.support,
          "reading": pair.reading, "in_one_cluster": String(pair.isInOneCluster),
          "evidence": pair.evidence.map(line).joined(separator: "\n"),
        ])
    }
    try content.clusters { cluster in
      for account in cluster.accounts { try put(account, cluster.id, ["element": "member"]) }
    }
    try content.judgements { judgement in
      if judgement.touchesProtected { return }
      try put(
        judgement.left, judgement.right,
        [
          "element": "judgement", "verdict": judgement.verdict, "reason": judgement.reason,
          "at": judgement.madeAt, "taken_back_at": judgement.undoneAt,
        ])
    }
  }

  /// An item of evidence on a line.
  private static func line(_ item: ExportedPair.Item) -> String {
    let places = item.places.isEmpty ? "" : " [\(item.places.joined(separator: "; "))]"
    return "\(ExportNumber.weight(item.log10LR)) \(item.family) \(item.rule): \(item.statement)\(places)"
  }
}

extension ExportMark {
  /// The mark by parts, in a fixed order, for formats that take named values.
  var parts: [(name: String, value: String)] {
    var parts = [
      ("mark", text), ("label", Self.label), ("case", caseReference), ("export_number", String(number)),
      ("who", who),
    ]
    if let approvedBy { parts.append(("approved_by", approvedBy)) }
    if !changedSinceRun.isEmpty {
      parts.append(("changed_since_run", changedSinceRun.joined(separator: "; ")))
    }
    return parts + [
      ("recipients", recipients.joined(separator: ", ")), ("at", at), ("purpose", purpose),
      ("justification", justification), ("run", run),
      ("threshold_log10_lr", ExportNumber.weight(threshold)), ("producer", producer),
      ("proposition_1", Propositions.same), ("proposition_2", Propositions.different),
    ]
  }
}
