import Charts
import Foundation

/// A report of a run as one HTML page: no script, no network, no font of its own; every text from the tables is escaped.
///
/// The same run gives the same bytes. Values from the tables stand in it where the run picked examples
/// (`ResolveSettings.explains`): it belongs to whoever owns the tables.
public enum HTMLReport {
  /// The page.
  public static func page(_ table: Table, _ resolution: Resolution) -> String {
    let names = table.sources.map { HTMLText.escape(fileName($0.name), limit: 80) }
    let sections: [ReportPage.Section] = [
      ("columns", "Columns", columns(resolution)),
      ("keys", "How pairs were found", keys(resolution, records: table.recordCount)),
      ("weights", "What agreement weighs", weights(resolution)),
      ("scores", "Scores of the pairs", scores(resolution)),
      ("calibration", "Probabilities and decoys", calibration(resolution)),
      ("clusters", "Clusters", clusters(table, resolution)),
      ("bridges", "Weakest links", bridges(table, resolution)),
      ("pairs", "Single pairs", pairs(table, resolution)),
      ("files", "Files", files(table)),
    ]
    return ReportPage(
      title:
        "Record linkage: \(table.sources.map { HTMLText.plain(fileName($0.name), limit: 80) }.joined(separator: ", "))",
      heading: "Which records are of one origin", summary: summary(table, resolution, names: names),
      sections: sections,
      footer:
        "Investigative lead. A human decides. Made by cognate resolve; this page asks for nothing from any network."
    ).html
  }

  // MARK: - The beginning

  private static func summary(_ table: Table, _ resolution: Resolution, names: [String]) -> String {
    let sizes = resolution.clusterSizes
    let joined = sizes.filter { $0 > 1 }
    let records = joined.reduce(0, +)
    let files = names.count <= 3 ? names.joined(separator: ", ") : "\(names.count) files"
    var text =
      "<p class=\"lead\">Of the \(count(table.recordCount, "record")) in \(files), \(Figure.grouped(records)) belong to "
      + "\(count(joined.count, "cluster")) of two or more\(records < table.recordCount ? "; the others stand alone" : ""). "
      + "The largest cluster has \(count(sizes.max() ?? 0, "record")).</p>\n"
    if joined.isEmpty {
      text =
        "<p class=\"lead\">None of the \(count(table.recordCount, "record")) in \(files) was joined with another.</p>\n"
    }
    text +=
      "<p>Two records are joined from a probability of \(probability(resolution.probabilityToMerge)) on, "
      + "and clusters only where the evidence between them as a whole speaks for it. "
      + (resolution.loweredPrecisionRemark.map { "\($0.prefix(1).uppercased())\($0.dropFirst()). " } ?? "")
      + (resolution.lessSure.map { "\($0.remark). " } ?? "")
      + "The probability is a model’s, fitted to these records; it is no finding about persons.</p>\n"
    let left = table.sources.reduce(0) { $0 + $1.leftOut }
    if left > 0 {
      text +=
        "<p class=\"warn\">\(count(left, "line")) of the input could not be used whole: see <a href=\"#files\">Files</a>.</p>\n"
    }
    for remark in resolution.remarks {
      text += "<p class=\"warn\">\(HTMLText.escape(remark, limit: remarkLimit)).</p>\n"
    }
    let facts: [(String, String)] = [
      ("records", Figure.grouped(table.recordCount)), ("clusters", Figure.grouped(resolution.clusterCount)),
      ("of two or more", Figure.grouped(joined.count)), ("largest", Figure.grouped(sizes.max() ?? 0)),
      ("pairs compared", Figure.grouped(resolution.comparedPairs)),
      ("joined from probability", probability(resolution.probabilityToMerge)),
    ]
    return text + PageParts.facts(facts)
  }

  private static func columns(_ resolution: Resolution) -> String {
    let records = Double(max(resolution.clusterOfRecord.count, 1))
    var html =
      "<p>What each column was taken for, and by what. Overrule it with <code>--schema</code>.</p>"
      + "<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>column</th><th>taken for</th><th>by its</th>"
      + "<th class=\"plot\">filled</th><th class=\"n\">records</th><th class=\"n\">distinct</th><th>compared</th></tr></thead><tbody>\n"
    for finding in resolution.findings.prefix(columnLimit) {
      html +=
        "<tr><td class=\"name\">\(HTMLText.value(finding.name, limit: 80))</td><td>\(finding.kind.rawValue)</td>"
        + "<td>\(reason(finding.reason))</td><td class=\"plot\">\(RowBar.share(Double(finding.filled) / records, style: "below"))</td>"
        + "<td class=\"n\">\(Figure.grouped(finding.filled))</td><td class=\"n\">\(Figure.grouped(finding.distinct))</td>"
        + "<td>\(use(finding))</td></tr>\n"
    }
    html += "</tbody></table></div>\n"
    for finding in resolution.findings {
      for remark in finding.remarks {
        html +=
          "<p class=\"soft\">\(HTMLText.value(finding.name, limit: 80)): \(HTMLText.escape(remark)).</p>\n"
      }
    }
    let rest = resolution.findings.count - columnLimit
    return rest > 0 ? html + "<p class=\"soft\">And \(count(rest, "more column")).</p>\n" : html
  }

  private static func reason(_ reason: ColumnReason) -> String {
    switch reason {
    case .values: "values"
    case .name: "name"
    case .stated: "schema"
    }
  }

  private static func use(_ finding: ColumnFinding) -> String {
    if finding.isCompared { return "yes" }
    switch finding.kind {
    case .empty: return "no: empty"
    case .constant: return "no: one value"
    case .time, .platform: return "no: says little of who"
    default: return "no: others say more"
    }
  }

  private static func keys(_ resolution: Resolution, records: Int) -> String {
    let all = Double(records) * Double(records - 1) / 2
    let most = Double(max(resolution.blocking.map(\.newPairs).max() ?? 1, 1))
    var html =
      "<p>Not every two records can be compared: \(Figure.grouped(resolution.comparedPairs)) pairs of \(all < 1e15 ? Figure.grouped(Int(all)) : "all") "
      + "were. Records that agree in one of these keys are a pair; it is new where no key above had found it. Values that too many records share make none by themselves.</p>"
      + "<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>key</th><th class=\"plot\">new pairs</th><th class=\"n\"></th>"
      + "<th class=\"n\">pairs</th><th class=\"n\">likely the same</th><th class=\"n\">values too common</th><th class=\"n\">records with them</th></tr></thead><tbody>\n"
    for (number, key) in resolution.blocking.enumerated() {
      let share = share(resolution, number)
      html +=
        "<tr><td class=\"name\">\(HTMLText.value(key.key, limit: 120))</td><td class=\"plot\">\(RowBar.share(Double(key.newPairs) / most, style: "for"))</td>"
        + "<td class=\"n\">\(Figure.grouped(key.newPairs))</td><td class=\"n\">\(Figure.grouped(key.pairs))</td>"
        + "<td class=\"n\">\(share.map { HTMLText.escape(Figure.percent($0)) } ?? "–")</td>"
        + "<td class=\"n\">\(Figure.grouped(key.cappedBlocks))</td><td class=\"n\">\(Figure.grouped(key.cappedRecords))</td></tr>\n"
    }
    return html + "</tbody></table></div>\n"
  }

  /// The share of the pairs that a key is the first to find which the model takes for the same.
  private static func share(_ resolution: Resolution, _ key: Int) -> Double? {
    let (pairs, matches) = (resolution.model.pairsByKey, resolution.model.matchesByKey)
    guard key < pairs.count, key < matches.count, pairs[key] > 0 else { return nil }
    return min(matches[key] / pairs[key], 1)
  }

  // MARK: - The end

  private static func files(_ table: Table) -> String {
    var html =
      "<div class=\"scroll\"><table><thead><tr><th>file</th><th class=\"n\">records</th><th>not used whole</th></tr></thead><tbody>\n"
    for source in table.sources {
      let remarks = source.remarks.map { HTMLText.escape($0) }.joined(separator: "<br>")
      html +=
        "<tr><td>\(HTMLText.value(source.name))</td><td class=\"n\">\(Figure.grouped(source.records.count))</td><td>\(remarks.isEmpty ? "–" : remarks)</td></tr>\n"
    }
    html +=
      "</tbody></table></div>\n<p>The id is the column \(HTMLText.value(table.idColumn, limit: 80)).</p>"
    if !table.ignored.isEmpty {
      let names = table.ignored.map { HTMLText.value($0, limit: 80) }
      html += "<p>Left out on demand: \(names.joined(separator: ", ")).</p>"
    }
    return html + "\n"
  }

  // MARK: - Small things

  private static let columnLimit = 200
  /// Scalars of a remark that names columns: its words, and names of some length.
  private static let remarkLimit = 1_000

  static func count(_ number: Int, _ noun: String) -> String {
    PageParts.count(number, noun)
  }

  static func probability(_ value: Double) -> String { Figure.fixed(value, value > 0.9995 ? 6 : 3) }

  private static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
