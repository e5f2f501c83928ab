/// CASE 1.5 / UCO 1.5 (caseontology.org) as JSON-LD, an object a line; it loads no context from anywhere.
///
/// Sources are files with their SHA-256, accounts and identifiers observable objects, pairs and holdings relationships,
/// clusters groupings, judgements and held merges annotations. Import, linking, judgement and export are investigative
/// actions, chained by provenance records. A weight is `cognate:log10LR`, a property of our own: UCO's confidence runs
/// from 0 to 100 and is another thing. Nobody is named: who acted is an examiner by the name they sign in by.
enum CaseOntologyWriter {
  /// Names of our own properties; the UUID is that of `StableID`'s namespace.
  static let vocabulary = "urn:uuid:5e0b5a1c-2f63-4a58-9d0e-771b6c84e239#"

  private static let context: [(String, ExportJSON)] = [
    ("core", "https://ontology.unifiedcyberontology.org/uco/core/"),
    ("observable", "https://ontology.unifiedcyberontology.org/uco/observable/"),
    ("action", "https://ontology.unifiedcyberontology.org/uco/action/"),
    ("tool", "https://ontology.unifiedcyberontology.org/uco/tool/"),
    ("types", "https://ontology.unifiedcyberontology.org/uco/types/"),
    ("marking", "https://ontology.unifiedcyberontology.org/uco/marking/"),
    ("analysis", "https://ontology.unifiedcyberontology.org/uco/analysis/"),
    ("investigation", "https://ontology.caseontology.org/case/investigation/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"), ("cognate", .string(vocabulary)),
  ]

  static func write(_ content: some CaseContent, to file: ExportFile) throws {
    var graph = LinkedGraph(file, StableID(reference: content.mark.caseReference, run: content.mark.run))
    try file.append("{\"@context\":\(ExportJSON.object(context).text),\"@graph\":[\n")
    try writeCase(content, &graph)
    try writeAccounts(content, &graph)
    try content.pairs { pair in
      try graph.put(
        "observable:ObservableRelationship", "pair", "\(pair.left) \(pair.right)",
        [
          ("core:source", graph.reference("account", pair.left)),
          ("core:target", graph.reference("account", pair.right)),
          ("core:kindOfRelationship", "Related_To"), ("core:isDirectional", false),
          ("core:description", .string(pair.reading)), ("cognate:label", .string(ExportMark.label)),
        ] + weight(pair, graph))
    }
    try content.clusters { cluster in
      try graph.put(
        "core:Grouping", "cluster", cluster.id,
        [
          ("core:name", .string(cluster.id)),
          ("core:context", .string("accounts that one controller may hold (\(ExportMark.label))")),
          ("core:object", .array(cluster.accounts.map { graph.reference("account", $0) })),
        ] + (cluster.weakestLink.map { [("cognate:weakestLog10LR", decimal($0))] } ?? []))
    }
    try writeDecisions(content, &graph)
    try file.append("\n]}\n")
  }

  // MARK: - The case, its sources and what was done

  private static func writeCase(_ content: some CaseContent, _ graph: inout LinkedGraph) throws {
    let mark = content.mark
    var sources: [ExportedSource] = []
    try content.sources { sources.append($0) }
    var clusters: [String] = []
    try content.clusters { clusters.append($0.id) }
    let tool = graph.reference("tool", mark.producer)
    let examiner = graph.reference("examiner", mark.who)
    let run = graph.reference("run", mark.run)
    try graph.put("tool:AnalyticTool", "tool", mark.producer, [("core:name", .string(mark.producer))])
    try graph.put("investigation:Examiner", "examiner", mark.who, [("core:name", .string(mark.who))])
    try graph.put(
      "marking:MarkingDefinition", "mark", "",
      [
        ("marking:definitionType", "statement"),
        (
          "marking:definition",
          .array([
            .object([
              ("@id", graph.id("statement", "")), ("@type", "marking:StatementMarking"),
              ("marking:definitionType", "statement"), ("marking:statement", .string(mark.text)),
            ])
          ])
        ),
      ])
    for source in sources { try writeSource(source, tool, &graph) }
    try graph.put(
      "analysis:AnalyticResult", "run", mark.run,
      [
        ("core:name", .string("run \(mark.run)")), ("cognate:runHash", .string(mark.run)),
        ("cognate:thresholdLog10LR", decimal(mark.threshold)),
      ])
    let inputs = sources.flatMap { [graph.reference("source", $0.id), graph.reference("record", $0.id)] }
    try graph.put(
      "investigation:ProvenanceRecord", "record", "run",
      [("core:description", "The run as stored."), ("core:object", .array([run]))])
    let groupings = clusters.map { graph.reference("cluster", $0) }
    try graph.put(
      "investigation:InvestigativeAction", "action", "link",
      [("core:name", "link"), ("action:instrument", .array([tool])), ("action:object", .array(inputs))]
        + [("action:result", .array([run, graph.reference("record", "run")] + groupings))])
    try graph.put(
      "core:Bundle", "bundle", "\(mark.number)",
      [
        ("core:name", .string("\(mark.caseReference), export \(mark.number)")),
        ("core:description", .string(mark.text)),
        ("core:objectMarking", .array([graph.reference("mark", "")])),
        ("core:object", .array([graph.reference("case", ""), run] + groupings)),
      ] + mark.parts.map { ("cognate:\($0.name)", .string($0.value)) })
    try graph.put(
      "investigation:InvestigativeAction", "action", "export \(mark.number)",
      [
        ("core:name", "export"), ("core:description", .string(mark.justification)),
        ("action:endTime", time(mark.at)), ("action:performer", examiner),
        ("action:instrument", .array([tool])),
        ("action:object", .array([run, graph.reference("record", "run")])),
        ("action:result", .array([graph.reference("bundle", "\(mark.number)")])),
      ])
    try graph.put(
      "investigation:Investigation", "case", "",
      [
        ("core:name", .string(mark.caseReference)), ("investigation:investigationForm", "case"),
        ("investigation:focus", .string(mark.purpose)),
        (
          "core:object",
          .array([graph.reference("action", "link"), graph.reference("action", "export \(mark.number)")])
        ),
      ])
  }

  private static func writeSource(
    _ source: ExportedSource, _ tool: ExportJSON, _ graph: inout LinkedGraph
  ) throws {
    let hash: ExportJSON = .object([
      ("@id", graph.id("hash", source.id)), ("@type", "types:Hash"), ("types:hashMethod", "SHA256"),
      (
        "types:hashValue",
        .object([("@type", "xsd:hexBinary"), ("@value", .string(source.sha256.uppercased()))])
      ),
    ])
    try graph.put(
      "observable:ObservableObject", "source", source.id,
      [
        ("core:name", .string(source.id)),
        (
          "core:hasFacet",
          .array([
            .object([
              ("@id", graph.id("file", source.id)), ("@type", "observable:FileFacet"),
              ("observable:fileName", .string(source.name)),
              ("observable:sizeInBytes", .number(String(source.bytes))),
            ]),
            .object([
              ("@id", graph.id("content", source.id)), ("@type", "observable:ContentDataFacet"),
              ("observable:hash", .array([hash])),
            ]),
          ])
        ), ("cognate:format", .string(source.format)),
      ] + (source.authorisation.map { [("cognate:authorisation", .string($0))] } ?? []))
    try graph.put(
      "investigation:ProvenanceRecord", "record", source.id,
      [
        ("investigation:exhibitNumber", .string(source.id)),
        ("core:description", "A source as imported, known by its SHA-256."),
        ("core:object", .array([graph.reference("source", source.id)])),
      ])
    // What an import starts from lies outside the case, so it uses nothing here.
    try graph.put(
      "investigation:InvestigativeAction", "action", "import \(source.id)",
      [
        ("core:name", "import"), ("action:endTime", time(source.importedAt)),
        ("action:instrument", .array([tool])),
        (
          "action:result",
          .array([graph.reference("source", source.id), graph.reference("record", source.id)])
        ),
      ])
  }

  // MARK: - Accounts

  private static func writeAccounts(_ content: some CaseContent, _ graph: inout LinkedGraph) throws {
    try content.accounts { account in
      var facets: [ExportJSON] = [
        .object([
          ("@id", graph.id("account-facet", account.id)), ("@type", "observable:AccountFacet"),
          ("observable:accountIdentifier", .string(account.name)),
        ])
      ]
      if let shown = account.shown {
        facets.append(
          .object([
            ("@id", graph.id("digital-account-facet", account.id)),
            ("@type", "observable:DigitalAccountFacet"), ("observable:displayName", .string(shown)),
          ]))
      }
      try graph.put(
        "observable:ObservableObject", "account", account.id,
        [
          ("core:name", .string(account.id)), ("core:hasFacet", .array(facets)),
          ("cognate:platform", .string(account.platform)), ("cognate:kind", .string(account.kind)),
          ("cognate:protected", .boolean(account.isProtected)),
          ("cognate:records", .number(String(account.records))),
        ])
    }
    try content.mentions { mention in
      try graph.put(
        "observable:ObservableRelationship", "mention", "\(mention.account) \(mention.source)",
        [
          ("core:source", graph.reference("account", mention.account)),
          ("core:target", graph.reference("source", mention.source)),
          ("core:kindOfRelationship", "Contained_Within"), ("core:isDirectional", true),
          ("cognate:records", .number(String(mention.records))),
        ])
    }
    try content.identifiers { identifier in
      var parts: [(String, ExportJSON)] = [
        ("core:name", .string(identifier.id)), ("cognate:kind", .string(identifier.kind)),
        ("cognate:value", .string(identifier.value)),
      ]
      if !identifier.platform.isEmpty { parts.append(("cognate:platform", .string(identifier.platform))) }
      if let (type, property) = facet(of: identifier) {
        parts.append(
          (
            "core:hasFacet",
            .array([
              .object([
                ("@id", graph.id("identifier-facet", identifier.id)),
                ("@type", .string("observable:" + type)),
                ("observable:" + property, .string(identifier.value)),
              ])
            ])
          ))
      }
      try graph.put("observable:ObservableObject", "identifier", identifier.id, parts)
    }
    try content.holdings { holding in
      try graph.put(
        "observable:ObservableRelationship", "holding",
        "\(holding.account) \(holding.identifier) \(holding.label) \(holding.assertion)",
        [
          ("core:source", graph.reference("account", holding.account)),
          ("core:target", graph.reference("identifier", holding.identifier)),
          ("core:kindOfRelationship", "Has_Identifier"), ("core:isDirectional", true),
          ("cognate:assertion", .string(holding.assertion)), ("cognate:sourceLabel", .string(holding.label)),
          ("cognate:sightings", .number(String(holding.sightings))),
        ])
    }
  }

  /// UCO's class for a kind of identifier, and the property that holds its value.
  private static func facet(of identifier: ExportedIdentifier) -> (type: String, property: String)? {
    switch identifier.kind {
    case "email": ("EmailAddressFacet", "addressValue")
    case "phone": ("PhoneAccountFacet", "phoneNumber")
    case "ip": (identifier.value.contains(":") ? "IPv6AddressFacet" : "IPv4AddressFacet", "addressValue")
    case "url", "profile-link": ("URLFacet", "fullValue")
    default: nil
    }
  }

  // MARK: - Decisions

  private static func writeDecisions(_ content: some CaseContent, _ graph: inout LinkedGraph) throws {
    try content.judgements { judgement in
      let back = judgement.undoneAt.map { " Taken back at \($0)." } ?? ""
      try graph.put(
        "core:Annotation", "judgement", judgement.id,
        [
          ("core:statement", .string("Judged \(judgement.verdict): \(judgement.reason).\(back)")),
          ("core:tag", .array(["judgement", .string(judgement.verdict)])),
          (
            "core:object",
            .array([graph.reference("account", judgement.left), graph.reference("account", judgement.right)])
          ),
        ])
      try graph.put(
        "investigation:InvestigativeAction", "action", "judge \(judgement.id)",
        [
          ("core:name", "judge"), ("action:endTime", time(judgement.madeAt)),
          ("action:result", .array([graph.reference("judgement", judgement.id)])),
        ])
    }
    try content.held { held in
      try graph.put(
        "core:Annotation", "held", held.id,
        [
          ("core:statement", .string("Not joined: \(held.cause).")), ("core:tag", .array(["held-merge"])),
          (
            "core:object",
            .array([graph.reference("account", held.left), graph.reference("account", held.right)])
          ),
        ] + (held.log10LR.map { [("cognate:log10LR", decimal($0))] } ?? []))
    }
  }

  private static func weight(_ pair: ExportedPair, _ graph: LinkedGraph) -> [(String, ExportJSON)] {
    let evidence = pair.evidence.enumerated().map { number, item -> ExportJSON in
      .object([
        ("@id", graph.id("evidence", "\(pair.left) \(pair.right) \(number)")), ("@type", "cognate:Evidence"),
        ("cognate:family", .string(item.family)), ("cognate:rule", .string(item.rule)),
        ("cognate:log10LR", decimal(item.log10LR)), ("cognate:support", .string(item.support)),
        ("cognate:statement", .string(item.statement)),
        ("cognate:place", .array(item.places.map(ExportJSON.string))),
      ])
    }
    return [
      ("cognate:log10LR", decimal(pair.log10LR)), ("cognate:support", .string(pair.support)),
      ("cognate:proposition1", .string(Propositions.same)),
      ("cognate:proposition2", .string(Propositions.different)),
      ("cognate:inOneCluster", .boolean(pair.isInOneCluster)), ("cognate:evidence", .array(evidence)),
    ]
  }

  private static func decimal(_ value: Double) -> ExportJSON {
    .object([("@type", "xsd:decimal"), ("@value", .string(ExportNumber.weight(value)))])
  }

  private static func time(_ text: String) -> ExportJSON {
    .object([("@type", "xsd:dateTime"), ("@value", .string(text))])
  }
}

/// A graph of linked data that is written object by object.
struct LinkedGraph {
  private let file: ExportFile
  private let ids: StableID
  private var isFirst = true

  init(_ file: ExportFile, _ ids: StableID) {
    self.file = file
    self.ids = ids
  }

  /// The id of a thing.
  func id(_ kind: String, _ name: String) -> ExportJSON { .string("urn:uuid:" + ids.uuid(kind, name)) }

  /// A reference to it.
  func reference(_ kind: String, _ name: String) -> ExportJSON { .object([("@id", id(kind, name))]) }

  /// Writes an object.
  ///
  /// - Throws: `WriteFailure`.
  mutating func put(
    _ type: String, _ kind: String, _ name: String, _ members: [(String, ExportJSON)]
  ) throws {
    let object = ExportJSON.object([("@id", id(kind, name)), ("@type", .string(type))] + members)
    try file.append((isFirst ? "" : ",\n") + object.text)
    isFirst = false
  }
}
