import Charts
import RecordLinkage

extension ReportText {
  /// What `resolve` found, in a few lines.
  static func text(_ table: Table, _ resolution: Resolution) -> String {
    var lines = self.lines(table.sources)
    let compared = resolution.findings.filter(\.isCompared)
    if compared.isEmpty {
      lines.append(
        table.recordCount == 1
          ? "a single record has no other to be compared with"
          : resolution.clusterCount == 1
            ? "all records say the same" : "no record has a value to be compared by")
    } else {
      lines.append("compared on \(names(compared))")
    }
    if compared.map(\.kind) != [.fullName], compared.count == 1, resolution.givenFields.isEmpty {
      lines.append(
        "one column alone does not teach what agreement in it is worth: compare more columns, or give pairs that are known with --labels"
      )
    }
    let aside = resolution.findings.filter { !$0.isCompared }
    if !aside.isEmpty { lines.append("not compared: \(names(aside))") }
    lines += resolution.findings.flatMap { notes($0.name, $0.remarks) }
    for remark in resolution.remarks {
      lines.append("\(Terminal.yellow("note")): \(Terminal.safe(remark))")
    }
    if let writing = resolution.writing {
      lines.append(
        "how \(count(writing.measuredRecords, "record")) with text enough is written, as \(Terminal.safe(writing.domain)): weighed in \(count(writing.weighedPairs, "pair"))"
          + (writing.remark.map { "; \(Terminal.safe($0))" } ?? "")
      )
    }
    if let labels = resolution.labelCalibration { lines.append(text(labels)) }
    let sizes = resolution.clusterSizes
    let joined = sizes.reduce(0) { $0 + ($1 > 1 ? 1 : 0) }
    lines.append(
      "\(count(resolution.comparedPairs, "pair")) compared; records are joined from a probability of \(Figure.fixed(resolution.probabilityToMerge, 3)) on"
        + (resolution.loweredPrecisionRemark.map { "; \($0)" } ?? "")
        + (resolution.lessSure.map { "; \($0.remark) (--probability)" } ?? "")
    )
    lines.append(
      "\(count(resolution.clusterCount, "cluster")): \(Figure.grouped(joined)) of two records or more, the largest of \(Figure.grouped(sizes.max() ?? 0))"
    )
    return lines.joined(separator: "\n")
  }

  /// What labels did to the probabilities.
  private static func text(_ labels: LabelCalibration) -> String {
    let change =
      switch labels.method {
      case .none: "left as they were, which fits the labels best"
      case .platt: "put right by a line"
      case .isotonic: "put right by isotonic regression"
      }
    return "\(count(labels.pairs, "label")): probabilities \(change); surprise at a label "
      + "\(Figure.fixed(labels.logLossBefore, 3)) bits before, \(Figure.fixed(labels.logLossAfter, 3)) after"
  }

  /// What came of adding records to a stored result.
  static func text(_ sources: [Table.Source], _ result: UpdatedResult, store: String) -> String {
    let before = result.clusterOfRecord.count - result.addedRecords
    return
      (lines(sources) + result.dates.flatMap { notes($0.column, $0.finding.remarks) } + [
        "added to the \(count(before, "record")) of \(Terminal.safe(store))",
        "\(count(result.comparedPairs, "pair")) compared",
        "\(count(result.clusterCount, "cluster")): \(Figure.grouped(result.joinedClusters)) of two records or more, the largest of \(Figure.grouped(result.largestCluster))",
      ]).joined(separator: "\n")
  }

  private static func notes(_ column: String, _ remarks: [String]) -> [String] {
    remarks.map { "  \(Terminal.yellow("note")): \(Terminal.safe(column)): \(Terminal.safe($0))" }
  }

  private static func lines(_ sources: [Table.Source]) -> [String] {
    sources.flatMap { source in
      ["\(Terminal.bold(Terminal.safe(source.name))): \(count(source.records.count, "record"))"]
        + source.remarks.map { "  \(Terminal.yellow("note")): \(Terminal.safe($0))" }
    }
  }

  /// How `resolve` came to what it found: columns, keys, weights, threshold, processor time.
  static func explanation(_ resolution: Resolution) -> String {
    var parts: [String] = []
    func part(_ title: String, _ rows: [[String]]) {
      parts.append("\(Terminal.bold(title))\n\(Terminal.table(rows, indent: "  "))")
    }
    part(
      "Columns",
      [["column", "taken for", "by its", "filled", "distinct", "compared"]]
        + resolution.findings.map { finding in
          [
            Terminal.safe(finding.name), finding.kind.rawValue,
            finding.reason == .stated ? "schema" : finding.reason.rawValue, Figure.grouped(finding.filled),
            Figure.grouped(finding.distinct), finding.isCompared ? "yes" : "no",
          ]
        })
    part(
      "Keys: records that share one are compared",
      [["key", "pairs", "new pairs", "too common: values", "records"]]
        + resolution.blocking.map { key in
          [
            Terminal.safe(key.key), Figure.grouped(key.pairs), Figure.grouped(key.newPairs),
            Figure.grouped(key.cappedBlocks), Figure.grouped(key.cappedRecords),
          ]
        })
    part(
      "Weights: how often records agree so when of one origin (m) and when not (u)",
      [["field", "agreement", "m", "u", "log10 LR", "common to rare"]]
        + LevelSummary.fold(resolution.levelWeights).filter { $0.m >= 0.0005 || $0.agreement == "different" }
        .map { level in
          let range = level.range
          return [
            Terminal.safe(level.field), level.agreement, Figure.rate(level.m), Figure.rate(level.u),
            Figure.signed(level.weight),
            range.upperBound - range.lowerBound < 0.01
              ? "" : "\(Figure.signed(range.lowerBound)) to \(Figure.signed(range.upperBound))",
          ]
        })
    if !resolution.givenFields.isEmpty {
      parts.append(
        "  given, as there is little to learn from: \(resolution.givenFields.map(Terminal.safe).joined(separator: "; "))"
      )
    }
    let cut = resolution.probabilityToMerge
    parts.append(
      """
      \(Terminal.bold("Threshold"))
        before any comparison: log10 odds \(Figure.signed(resolution.model.priorLog10Odds)), \
      about \(Figure.grouped(Int(resolution.model.matches.rounded()))) pairs of one origin
        joined from a probability of \(Figure.fixed(cut, 3)) on, which is log10 LR \(Figure.signed(resolution.log10LRToMerge))
      """)
    if resolution.learntFrom < resolution.clusterOfRecord.count {
      parts.append(
        "  columns, keys, weights and threshold are learnt from the first \(count(resolution.learntFrom, "record"))"
      )
    }
    let total = resolution.stages.reduce(0) { $0 + $1.seconds }
    part(
      "Processor time after reading",
      resolution.stages.map { [$0.name, "\(Figure.fixed($0.seconds, 2)) s"] }
        + [["all", "\(Figure.fixed(total, 2)) s"]])
    return parts.joined(separator: "\n")
  }

  private static let namedColumns = 30

  private static func names(_ findings: [ColumnFinding]) -> String {
    let texts = findings.prefix(namedColumns).map { "\(Terminal.safe($0.name)) (\($0.kind.rawValue))" }
    let rest = findings.count - namedColumns
    return texts.joined(separator: ", ") + (rest > 0 ? " and \(Figure.grouped(rest)) more" : "")
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(Figure.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
