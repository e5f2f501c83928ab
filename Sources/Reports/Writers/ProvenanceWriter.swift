/// PROV-O (w3.org/TR/prov-o) as JSON-LD: how the clusters came about, from each file to this export.
///
/// Each chain goes back to `prov:EmptyCollection`, which stands for what lies outside the case, as `case-prov` asks.
/// Accounts and pairs are many and not in it; `--format case` has them.
enum ProvenanceWriter {
  private static let context: [(String, ExportJSON)] = [
    ("prov", "http://www.w3.org/ns/prov#"), ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"), ("cognate", .string(CaseOntologyWriter.vocabulary)),
  ]
  private static let outside: ExportJSON = .object([("@id", "prov:EmptyCollection")])

  static func write(_ content: some CaseContent, to file: ExportFile) throws {
    let mark = content.mark
    var graph = LinkedGraph(file, StableID(reference: mark.caseReference, run: mark.run))
    try file.append("{\"@context\":\(ExportJSON.object(context).text),\"@graph\":[\n")
    let tool = graph.reference("tool", mark.producer)
    try graph.put("prov:SoftwareAgent", "tool", mark.producer, [("rdfs:label", .string(mark.producer))])
    try graph.put("prov:Agent", "examiner", mark.who, [("rdfs:label", .string(mark.who))])
    var sources: [String] = []
    try content.sources { source in
      sources.append(source.id)
      let action = graph.reference("action", "import \(source.id)")
      try graph.put(
        "prov:Activity", "action", "import \(source.id)",
        [
          ("rdfs:label", "import"), ("prov:used", outside), ("prov:wasAssociatedWith", tool),
          ("prov:endedAtTime", time(source.importedAt)),
        ])
      try graph.put(
        "prov:Entity", "source", source.id,
        [
          ("rdfs:label", .string("\(source.id) \(source.name)")),
          ("cognate:sha256", .string(source.sha256)), ("cognate:format", .string(source.format)),
          ("prov:wasGeneratedBy", action), ("prov:wasDerivedFrom", outside),
        ])
    }
    var judgements: [String] = []
    try content.judgements { judgement in
      judgements.append(judgement.id)
      let action = graph.reference("action", "judge \(judgement.id)")
      try graph.put(
        "prov:Activity", "action", "judge \(judgement.id)",
        [("rdfs:label", "judge"), ("prov:used", outside), ("prov:endedAtTime", time(judgement.madeAt))])
      let back = judgement.undoneAt.map { [("prov:invalidatedAtTime", time($0))] } ?? []
      try graph.put(
        "prov:Entity", "judgement", judgement.id,
        [
          (
            "rdfs:label",
            .string("\(judgement.left) and \(judgement.right): \(judgement.verdict). \(judgement.reason)")
          ), ("prov:wasGeneratedBy", action), ("prov:wasDerivedFrom", outside),
        ] + back)
    }
    let inputs =
      sources.map { graph.reference("source", $0) } + judgements.map { graph.reference("judgement", $0) }
    let earlier =
      sources.map { graph.reference("action", "import \($0)") }
      + judgements.map { graph.reference("action", "judge \($0)") }
    let run = graph.reference("run", mark.run)
    let link = graph.reference("action", "link")
    try graph.put(
      "prov:Activity", "action", "link",
      [
        ("rdfs:label", "link"), ("prov:used", .array(inputs.isEmpty ? [outside] : inputs)),
        ("prov:wasInformedBy", .array(earlier)), ("prov:wasAssociatedWith", tool),
      ])
    try graph.put(
      "prov:Entity", "run", mark.run,
      [
        ("rdfs:label", .string("run \(mark.run)")), ("cognate:thresholdLog10LR", decimal(mark.threshold)),
        ("prov:wasGeneratedBy", link), ("prov:wasDerivedFrom", .array(inputs.isEmpty ? [outside] : inputs)),
      ])
    try content.clusters { cluster in
      try graph.put(
        "prov:Entity", "cluster", cluster.id,
        [
          ("rdfs:label", .string("\(cluster.id): \(cluster.accounts.joined(separator: ", "))")),
          ("prov:wasGeneratedBy", link), ("prov:wasDerivedFrom", run),
        ] + (cluster.weakestLink.map { [("cognate:weakestLog10LR", decimal($0))] } ?? []))
    }
    try writeExport(mark, run, link, tool, &graph)
    try file.append("\n]}\n")
  }

  private static func writeExport(
    _ mark: ExportMark, _ run: ExportJSON, _ link: ExportJSON, _ tool: ExportJSON, _ graph: inout LinkedGraph
  ) throws {
    let action = graph.reference("action", "export \(mark.number)")
    try graph.put(
      "prov:Activity", "action", "export \(mark.number)",
      [
        ("rdfs:label", "export"), ("prov:used", run), ("prov:wasInformedBy", link),
        ("prov:wasAssociatedWith", .array([graph.reference("examiner", mark.who), tool])),
        ("prov:endedAtTime", time(mark.at)),
      ])
    try graph.put(
      "prov:Entity", "bundle", "\(mark.number)",
      [
        ("rdfs:label", .string("\(mark.caseReference), export \(mark.number)")),
        ("prov:wasGeneratedBy", action), ("prov:wasDerivedFrom", run),
      ] + mark.parts.map { ("cognate:\($0.name)", .string($0.value)) })
  }

  private static func decimal(_ value: Double) -> ExportJSON {
    .object([("@type", "xsd:decimal"), ("@value", .string(ExportNumber.weight(value)))])
  }

  private static func time(_ text: String) -> ExportJSON {
    .object([("@type", "xsd:dateTime"), ("@value", .string(text))])
  }
}
