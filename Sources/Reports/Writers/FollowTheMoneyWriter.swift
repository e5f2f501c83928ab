import Linkage

/// FollowTheMoney (followthemoney.tech), an entity a line: `Document` for sources and for the mark, `UserAccount`,
/// `Similar` for pairs, `Note` for clusters, judgements and held merges.
///
/// What the schema has no property for stands in `cognate`, beside `properties`: readers keep it as context. The ratio is
/// there alone, never in `confidenceScore`, which is a score between 0 and 100. A protected account is in no `Similar`.
/// An identifier is a property of the account; its kind decides which. A text in which nothing can be seen is no value to
/// readers, who would leave it out: it stands in `cognate` alone.
enum FollowTheMoneyWriter {
  static func write(_ content: some CaseContent, to file: ExportFile) throws {
    let ids = StableID(reference: content.mark.caseReference, run: content.mark.run)
    func id(_ name: String) -> String { "cognate-" + ids.uuid("ftm", name) }
    func put(_ id: String, _ schema: String, _ properties: [(String, [String])], _ more: ExportJSON) throws {
      let kept = properties.map { ($0.0, $0.1.filter(isVisible)) }.filter { !$0.1.isEmpty }
      try file.append(
        ExportJSON.members([
          "id": .string(id), "schema": .string(schema),
          "properties": .object(kept.map { ($0.0, .array($0.1.map(ExportJSON.string))) }), "cognate": more,
        ]).text + "\n")
    }
    let mark = content.mark
    try put(
      id("export \(mark.number)"), "Note",
      [("name", ["\(mark.caseReference), export \(mark.number)"]), ("description", [mark.text])],
      .members(["element": "mark", "mark": .mark(mark)]))
    try content.sources { source in
      try put(
        id(source.id), "Document",
        [
          ("fileName", [source.name]), ("name", [source.name]), ("fileSize", [String(source.bytes)]),
          ("processedAt", [source.importedAt]),
        ],
        .members([
          "element": "source", "id": .string(source.id), "sha256": .string(source.sha256),
          "format": .string(source.format), "authorisation": source.authorisation.map(ExportJSON.string),
        ]))
    }
    try writeAccounts(content, id, put)
    try content.pairs { pair in
      try put(
        id("\(pair.left) \(pair.right)"), "Similar",
        [
          ("candidate", [id(pair.left)]), ("match", [id(pair.right)]), ("criteria", [pair.reading]),
          ("matcher", [mark.producer]),
        ],
        .object([("element", "pair"), ("label", .string(ExportMark.label))] + ExportJSON.weight(pair)))
    }
    try writeNotes(content, id, put)
  }

  private static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      !$0.properties.isWhitespace && VisibleText.escape(String($0)).unicodeScalars.count == 1
    }
  }

  private static func writeAccounts(
    _ content: some CaseContent, _ id: (String) -> String,
    _ put: (String, String, [(String, [String])], ExportJSON) throws -> Void
  ) throws {
    // Identifiers are wanted by account, so one table of them is held; sources of an account are few.
    var identifiers: [String: ExportedIdentifier] = [:]
    try content.identifiers { identifiers[$0.id] = $0 }
    var held: [String: [ExportedHolding]] = [:]
    try content.holdings { held[$0.account, default: []].append($0) }
    var sources: [String: [String]] = [:]
    try content.mentions { sources[$0.account, default: []].append($0.source) }
    try content.accounts { account in
      let holdings = held[account.id] ?? []
      func values(_ kinds: Set<String>) -> [String] {
        var seen: Set<String> = []
        return holdings.compactMap { identifiers[$0.identifier] }.filter { kinds.contains($0.kind) }.map(
          \.value
        )
        .filter { seen.insert($0).inserted }
      }
      let named = account.isProtected ? [] : account.shown.map { [$0] } ?? []
      try put(
        id(account.id), "UserAccount",
        [
          ("name", [account.label]),
          ("username", [account.name] + values(["handle"]).filter { $0 != account.name }),
          ("service", [account.platform]), ("email", values(["email"])), ("phone", values(["phone"])),
          ("ipAddress", values(["ip"])), ("sourceUrl", values(["url", "profile-link"])), ("weakAlias", named),
        ],
        .members([
          "element": "account", "id": .string(account.id), "platform": .string(account.platform),
          "kind": .string(account.kind), "value": .string(account.name),
          "records": .number(String(account.records)),
          "protected": .boolean(account.isProtected), "cluster": account.cluster.map(ExportJSON.string),
          "sources": .array((sources[account.id] ?? []).map(ExportJSON.string)),
          "identifiers": .array(
            holdings.compactMap { holding in
              identifiers[holding.identifier].map { identifier in
                .members([
                  "kind": .string(identifier.kind), "value": .string(identifier.value),
                  "label": holding.label.isEmpty ? nil : .string(holding.label),
                  "assertion": .string(holding.assertion), "sightings": .number(String(holding.sightings)),
                ])
              }
            }),
        ]))
    }
  }

  private static func writeNotes(
    _ content: some CaseContent, _ id: (String) -> String,
    _ put: (String, String, [(String, [String])], ExportJSON) throws -> Void
  ) throws {
    try content.clusters { cluster in
      try put(
        id(cluster.id), "Note",
        [
          ("name", ["Cluster \(cluster.id)"]),
          ("description", ["Accounts that one controller may hold (\(ExportMark.label))."]),
          ("entity", cluster.accounts.map(id)),
        ],
        .members([
          "element": "cluster", "id": .string(cluster.id),
          "accounts": .array(cluster.accounts.map(ExportJSON.string)),
          "weakest_log10_lr": cluster.weakestLink.map { .number(ExportNumber.weight($0)) },
        ]))
    }
    try content.judgements { judgement in
      let state = judgement.undoneAt.map { " Taken back at \($0)." } ?? ""
      try put(
        id(judgement.id), "Note",
        [
          ("name", ["Judgement \(judgement.id)"]),
          (
            "description",
            ["\(judgement.left) and \(judgement.right): \(judgement.verdict). \(judgement.reason).\(state)"]
          ),
          ("entity", judgement.touchesProtected ? [] : [id(judgement.left), id(judgement.right)]),
        ],
        .members([
          "element": "judgement", "id": .string(judgement.id), "left": .string(judgement.left),
          "right": .string(judgement.right), "verdict": .string(judgement.verdict),
          "reason": .string(judgement.reason), "at": .string(judgement.madeAt),
          "taken_back_at": judgement.undoneAt.map(ExportJSON.string),
        ]))
    }
    try content.held { held in
      try put(
        id(held.id), "Note",
        [
          ("name", ["Held merge \(held.id)"]),
          ("description", ["\(held.left) and \(held.right) were not joined: \(held.cause)."]),
        ],
        .members([
          "element": "held", "id": .string(held.id), "left": .string(held.left), "right": .string(held.right),
          "cause": .string(held.cause), "log10_lr": held.log10LR.map { .number(ExportNumber.weight($0)) },
        ]))
    }
  }
}
