import Foundation
import Linkage

/// A report of a run as one HTML page: no script, no network, every text from the tables escaped.
public enum HTMLReport {
  /// The page.
  public static func page(_ table: Table, _ resolution: Resolution) -> String {
    var html = """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Record linkage report</title>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <style>body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222}
      table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:left}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}svg{max-width:100%}.bar{fill:#4a7}.against{fill:#c55}</style>
      </head><body><h1>Record linkage report</h1>

      """
    html += summary(table, resolution)
    html +=
      "<h2>Columns</h2>"
      + rows(
        ["column", "taken for", "filled", "distinct", "compared"],
        resolution.findings.map {
          [$0.name, $0.kind.rawValue, "\($0.filled)", "\($0.distinct)", $0.isCompared ? "yes" : "no"]
        })
    html +=
      "<h2>Blocking</h2>"
      + rows(
        ["key", "pairs", "new pairs", "blocks left out", "records in them"],
        resolution.blocking.map {
          [$0.key, "\($0.pairs)", "\($0.newPairs)", "\($0.cappedBlocks)", "\($0.cappedRecords)"]
        })
    html +=
      "<h2>Weights</h2><p>How often records of one origin (m) and of different origin (u) agree at each level.</p>"
      + rows(
        ["field", "level", "m", "u", "log10 LR"],
        resolution.levelWeights.map {
          [$0.field, $0.level, scientific($0.m), scientific($0.u), ResultWriter.fixed($0.weight, 2)]
        })
    html += "<h2>Scores</h2>" + histogram(resolution)
    html += "<h2>Largest clusters</h2>" + rows(["cluster", "records", "ids"], largest(table, resolution))
    html += "<p>Investigative lead. A human decides.</p></body></html>\n"
    return html
  }

  private static func summary(_ table: Table, _ resolution: Resolution) -> String {
    var lines = table.sources.map { source in
      var text = "\(source.name): \(source.records.count) records"
      if source.shortRows + source.longRows > 0 {
        text +=
          ", \(source.shortRows) rows too short and \(source.longRows) too long (lines \(source.raggedLines.map(String.init).joined(separator: ", "))…)"
      }
      return ([text] + source.notes).joined(separator: "; ")
    }
    lines.append(
      "\(resolution.comparedPairs) pairs compared, \(resolution.pairs.count) kept, \(resolution.clusterCount) clusters"
    )
    lines.append(
      "records are joined from a probability of \(ResultWriter.fixed(resolution.probabilityToMerge, 3)) on")
    lines.append("log10 of the prior odds: \(ResultWriter.fixed(resolution.model.priorLog10Odds, 2))")
    return "<ul>" + lines.map { "<li>\(escape($0))</li>" }.joined() + "</ul>"
  }

  private static func rows(_ head: [String], _ rows: [[String]]) -> String {
    var html = "<table><tr>" + head.map { "<th>\($0)</th>" }.joined() + "</tr>"
    for row in rows {
      html += "<tr>"
      for cell in row {
        let isNumber = Double(cell) != nil
        html += "<td\(isNumber ? " class=\"n\"" : "")>\(escape(cell))</td>"
      }
      html += "</tr>\n"
    }
    return html + "</table>"
  }

  private static func histogram(_ resolution: Resolution) -> String {
    var counts = [Int](repeating: 0, count: 40)
    for pair in resolution.pairs {
      let odds = Double(pair.log10LR) + resolution.model.priorLog10Odds
      counts[min(max(Int(odds * 2 + 10), 0), 39)] += 1
    }
    let highest = Double(max(counts.max() ?? 1, 1))
    var bars = ""
    for (place, count) in counts.enumerated() where count > 0 {
      let height = max(Double(count) / highest * 180, 1)
      let style = place < 10 ? "against" : "bar"
      bars +=
        "<rect class=\"\(style)\" x=\"\(place * 16)\" y=\"\(ResultWriter.fixed(190 - height, 1))\" width=\"14\" height=\"\(ResultWriter.fixed(height, 1))\"><title>\(count) pairs</title></rect>"
    }
    return
      "<svg viewBox=\"0 0 640 210\" role=\"img\" aria-label=\"Pairs by posterior odds\">\(bars)<line x1=\"160\" x2=\"160\" y1=\"0\" y2=\"195\" stroke=\"#222\"/><text x=\"164\" y=\"207\" font-size=\"12\">even odds; each bar is half a power of ten</text></svg>"
  }

  private static func largest(_ table: Table, _ resolution: Resolution) -> [[String]] {
    var sizes = [Int](repeating: 0, count: resolution.clusterCount)
    for cluster in resolution.clusterOfRecord { sizes[Int(cluster)] += 1 }
    let top = sizes.indices.filter { sizes[$0] > 1 }.sorted {
      sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1
    }.prefix(20)
    var members: [Int: [String]] = [:]
    let wanted = Set(top)
    for (record, cluster) in resolution.clusterOfRecord.enumerated() where wanted.contains(Int(cluster)) {
      if members[Int(cluster), default: []].count < 12 {
        members[Int(cluster), default: []].append(table.id(record))
      }
    }
    return top.map { cluster in
      let ids = (members[cluster] ?? []).joined(separator: ", ")
      return ["c\(cluster)", "\(sizes[cluster])", ids + (sizes[cluster] > 12 ? " …" : "")]
    }
  }

  private static func scientific(_ value: Double) -> String { String(format: "%.3g", value) }

  /// Escapes text for HTML; what would not be seen is made visible first.
  private static func escape(_ text: String) -> String {
    var result = ""
    for character in VisibleText.escape(text.count > 400 ? String(text.prefix(399)) + "…" : text)
      .unicodeScalars
    {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
