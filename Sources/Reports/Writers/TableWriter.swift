/// One table of comma-separated values (RFC 4180, UTF-8), a kind of thing in its first column.
///
/// One file, as an export is numbered, hashed and handed over as one. Each row carries the mark, so that rows that were
/// filtered out and pasted elsewhere still say what they are.
enum TableWriter {
  private static let columns = [
    "row", "id", "other", "platform", "kind", "value", "cluster", "protected", "count", "log10_lr", "support",
    "text", "places", "at", "sha256", "mark",
  ]

  /// A row; what is nil stays empty.
  private struct Row {
    let row: String
    var id: String?
    var other: String?
    var platform: String?
    var kind: String?
    var value: String?
    var cluster: String?
    var isProtected: Bool?
    var count: Int64?
    var log10LR: Double?
    var support: String?
    var text: String?
    var places: [String] = []
    var at: String?
    var sha256: String?

    init(_ row: String) { self.row = row }

    /// The row as a line; only `log10_lr` and `count` are numbers, and all else is guarded.
    func line(_ mark: String) -> String {
      func text(_ value: String?) -> String { value.map(TableText.field) ?? "" }
      let fields = [
        row, text(id), text(other), text(platform), text(kind), text(value), text(cluster),
        isProtected.map { $0 ? "yes" : "no" } ?? "", count.map(String.init) ?? "",
        log10LR.map(ExportNumber.weight) ?? "", text(support), text(self.text),
        text(places.isEmpty ? nil : places.joined(separator: " | ")), text(at), text(sha256), mark,
      ]
      return fields.joined(separator: ",") + "\r\n"
    }
  }

  static func write(_ content: some CaseContent, to file: ExportFile) throws {
    let mark = TableText.field(content.mark.short)
    func put(_ row: Row) throws { try file.append(row.line(mark)) }
    try file.append(columns.joined(separator: ",") + "\r\n")
    try writeMark(content.mark, put)
    try content.sources { source in
      var row = Row("source")
      row.id = source.id
      row.kind = source.format
      row.value = source.name
      row.count = source.bytes
      row.text = source.authorisation.map { "authorisation \($0)" }
      row.at = source.importedAt
      row.sha256 = source.sha256
      try put(row)
    }
    try writeAccounts(content, put)
    try content.pairs { pair in try writePair(pair, put) }
    try content.clusters { cluster in
      var row = Row("cluster")
      row.id = cluster.id
      row.count = Int64(cluster.accounts.count)
      row.log10LR = cluster.weakestLink
      row.text = "accounts \(cluster.accounts.joined(separator: " ")); log10_lr is that of the weakest merge"
      try put(row)
    }
    try writeDecisions(content, put)
  }

  private static func writeMark(_ mark: ExportMark, _ put: (Row) throws -> Void) throws {
    func note(_ kind: String, _ text: String?) throws {
      guard let text else { return }
      var row = Row("export")
      row.kind = kind
      row.text = text
      try put(row)
    }
    try note("mark", mark.text)
    try note("case", mark.caseReference)
    try note("number", String(mark.number))
    try note("who", mark.who)
    try note("approved by", mark.approvedBy)
    try note("recipients", mark.recipients.joined(separator: ", "))
    try note("at", mark.at)
    try note("purpose", mark.purpose)
    try note("justification", mark.justification)
    try note("run", mark.run)
    if !mark.changedSinceRun.isEmpty {
      try note("changed since run", mark.changedSinceRun.joined(separator: "; "))
    }
    try note("threshold log10 LR", ExportNumber.weight(mark.threshold))
    try note("producer", mark.producer)
    try note("proposition 1", Propositions.same)
    try note("proposition 2", Propositions.different)
  }

  private static func writeAccounts(_ content: some CaseContent, _ put: (Row) throws -> Void) throws {
    try content.accounts { account in
      var row = Row("account")
      row.id = account.id
      row.platform = account.platform
      row.kind = account.kind
      row.value = account.name
      row.cluster = account.cluster
      row.isProtected = account.isProtected
      row.count = Int64(account.records)
      row.text = account.shown.map { "shows \($0)" }
      try put(row)
    }
    try content.mentions { mention in
      var row = Row("mention")
      row.id = mention.account
      row.other = mention.source
      row.count = Int64(mention.records)
      try put(row)
    }
    try content.identifiers { identifier in
      var row = Row("identifier")
      row.id = identifier.id
      row.platform = identifier.platform
      row.kind = identifier.kind
      row.value = identifier.value
      try put(row)
    }
    try content.holdings { holding in
      var row = Row("holding")
      row.id = holding.account
      row.other = holding.identifier
      row.kind = holding.assertion
      row.count = Int64(holding.sightings)
      row.text = holding.label
      try put(row)
    }
  }

  private static func writePair(_ pair: ExportedPair, _ put: (Row) throws -> Void) throws {
    var row = Row("pair")
    row.id = pair.left
    row.other = pair.right
    row.kind = pair.isInOneCluster ? "in one cluster" : "not in one cluster"
    row.log10LR = pair.log10LR
    row.support = pair.support
    row.text = pair.reading
    try put(row)
    for item in pair.evidence {
      var row = Row("evidence")
      row.id = pair.left
      row.other = pair.right
      row.kind = item.family
      row.value = item.rule
      row.log10LR = item.log10LR
      row.support = item.support
      row.text = item.statement
      row.places = item.places
      try put(row)
    }
  }

  private static func writeDecisions(_ content: some CaseContent, _ put: (Row) throws -> Void) throws {
    try content.judgements { judgement in
      var row = Row("judgement")
      row.id = judgement.left
      row.other = judgement.right
      row.kind = judgement.undoneAt == nil ? judgement.verdict : "\(judgement.verdict), taken back"
      row.value = judgement.id
      row.text = judgement.reason
      row.at = judgement.madeAt
      try put(row)
    }
    try content.held { held in
      var row = Row("held")
      row.id = held.left
      row.other = held.right
      row.kind = held.cause
      row.value = held.id
      row.log10LR = held.log10LR
      row.text = "not joined"
      try put(row)
    }
  }
}
