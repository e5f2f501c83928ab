import AccountModel
import Cognate
import Foundation

/// Results in words.
enum ReportText {
  static func text(_ report: ImportReport) -> String {
    var lines: [String] = []
    if !report.protected.isEmpty {
      lines.append("protected, of earlier imports: \(report.protected.joined(separator: ", "))")
    }
    for source in report.sources {
      let format = source.format.map { " (\($0))" } ?? ""
      switch source.outcome {
      case .refused:
        lines.append("\(Terminal.red("refused")) \(Terminal.safe(source.refusal ?? source.name))")
        continue
      case .alreadyImported:
        lines.append("already imported: \(Terminal.safe(source.name))\(format)")
        if !source.protected.isEmpty {
          lines.append("  protected: \(source.protected.joined(separator: ", "))")
        }
        continue
      case .imported:
        lines.append(
          "\(Terminal.bold(Terminal.safe(source.name)))\(format): \(Terminal.count(source.accounts, "account")), \(Terminal.count(source.identifiers, "identifier sighting"))"
        )
      }
      for count in source.counts {
        let seen = count.seen.map { "\($0) seen, " } ?? ""
        let mark = count.agrees ? "" : Terminal.red("  THE TWO COUNTS DISAGREE")
        // Of some formats it is what a file calls a thing.
        let unit = Terminal.safe(count.unit)
        lines.append("  \(unit): \(seen)\(count.imported) imported, \(count.setAside) set aside\(mark)")
      }
      for group in source.setAside {
        let mark = group.isFault ? Terminal.yellow("fault") : Terminal.dim("expected")
        let unit = Terminal.safe(group.unit)
        lines.append("    \(mark): \(group.count) x \(unit) \(group.explanation) (\(group.reason))")
        if group.isFault {
          for example in group.examples.prefix(3) { lines.append("      \(Terminal.safe(example))") }
        }
      }
      if !source.protected.isEmpty {
        lines.append("  protected: \(source.protected.joined(separator: ", "))")
      }
      for note in source.notes { lines.append("    note: \(Terminal.safe(note))") }
    }
    if !report.unrecognised.isEmpty {
      lines.append(
        "not read, as no reader recognises them: \(Terminal.count(report.unrecognised.count, "member"))")
      for path in report.unrecognised.prefix(5) { lines.append("  \(Terminal.safe(path))") }
      let more = report.unrecognised.count - 5
      if more > 0 { lines.append("  … and \(more) more, which --json lists") }
      for known in report.unread { lines.append("  \(Terminal.yellow("of these,")) \(Terminal.safe(known))") }
    }
    for member in report.refusedMembers {
      lines.append("\(Terminal.red("never read")) \(Terminal.safe(member))")
    }
    return lines.joined(separator: "\n")
  }

  static func text(_ result: LinkResult) -> String {
    var lines = [
      "\(Terminal.count(result.accounts, "account")), \(Terminal.count(result.pairs, "pair")) compared, \(Terminal.count(result.clusters.count, "cluster")) at log10 LR >= \(result.threshold)"
    ]
    lines += result.clusters.map(text)
    for alert in result.alerts {
      // Who poses as it writes otherwise: `why` has what speaks against as well, and so another sum.
      let weight = alert.log10LR.map { " (\(Terminal.signed($0)) by what speaks for it alone)" } ?? ""
      lines.append(
        "\(Terminal.red("ALERT")) \(Terminal.safe(alert.left)) and \(Terminal.safe(alert.right))\(weight): \(alert.protected ?? "one") is protected and would be reached; nothing was joined. Someone may be posing as it, or it is its own account in another source: look."
      )
    }
    for held in result.held {
      let weight = held.log10LR.map { " (\(Terminal.signed($0)))" } ?? ""
      lines.append(
        "held: \(Terminal.safe(held.left)) and \(Terminal.safe(held.right))\(weight): \(cause(held))")
    }
    for common in result.commonValues {
      lines.append(
        "too common to \(common.compared ? "link on alone" : "compare on"): \(common.kind) \(Terminal.safe(common.value)) (\(Terminal.count(common.accounts, "account")))"
      )
    }
    if let remark = result.writing?.remark { lines.append(Terminal.safe(remark)) }
    return lines.joined(separator: "\n")
  }

  private static func cause(_ held: LinkResult.Held) -> String {
    Terminal.safe(LinkResult.Held.words(held.cause))
  }

  static func text(_ cluster: LinkResult.Cluster) -> String {
    let weakest = cluster.weakestLink.map {
      ", weakest link \(Terminal.signed($0)) (\(VerbalSupport(log10LR: $0).rawValue))"
    }
    let bridges = cluster.bridges > 0 ? ", \(Terminal.count(cluster.bridges, "bridge"))" : ""
    let head =
      "\(Terminal.bold(cluster.id))  \(Terminal.count(cluster.accounts.count, "account"))\(weakest ?? "")\(bridges)"
    return ([head] + cluster.accounts.map { "    \(Terminal.safe($0.label))" }).joined(separator: "\n")
  }

  /// Evidence between two accounts as a waterfall.
  static func text(_ pair: PairExplanation) -> String {
    var lines = [
      Terminal.bold("\(Terminal.safe(pair.left.label))  and  \(Terminal.safe(pair.right.label))"),
      "log10 LR \(Terminal.signed(pair.log10LR)): \(pair.reading)",
      "This weighs the evidence below under the two propositions; it is not a probability that they are the same.",
      "",
    ]
    let largest = max(pair.evidence.map { abs($0.log10LR) }.max() ?? 1, 1)
    for item in pair.evidence {
      let width = Int((abs(item.log10LR) / largest * 24).rounded())
      let bar = String(repeating: "█", count: width)
      let painted = item.log10LR < 0 ? Terminal.red(bar) : Terminal.green(bar)
      let pad = String(repeating: " ", count: 24 - width)
      let weight =
        item.isCountedElsewhere
        ? "(\(Terminal.signed(item.log10LRAlone)))" : Terminal.signed(item.log10LR)
      let padded = String(repeating: " ", count: max(0, 8 - weight.count)) + weight
      lines.append("\(padded) \(painted)\(pad) \(item.family): \(Terminal.safe(item.statement))")
      for source in item.sources {
        lines.append(Terminal.dim("\(String(repeating: " ", count: 35))\(Terminal.safe(source))"))
      }
    }
    if pair.evidence.isEmpty { lines.append(PairExplanation.noEvidence) }
    if pair.evidence.contains(where: \.isCountedElsewhere) {
      lines.append("")
      lines.append("In brackets: \(PairExplanation.countedElsewhere).")
    }
    if let judgement = pair.judgement { lines.append("Judged \(Terminal.safe(judgement))") }
    if let held = pair.held {
      lines.append(Terminal.yellow("Not joined: \(Terminal.safe(LinkResult.Held.words(held)))."))
    }
    lines.append("Investigative lead. A human decides.")
    return lines.joined(separator: "\n")
  }

  static func text(_ cluster: ClusterExplanation) -> String {
    var lines = [
      "\(Terminal.bold(cluster.id)): \(Terminal.count(cluster.accounts.count, "account")), \(Terminal.count(cluster.merges.count, "merge")), weakest first"
    ]
    for step in cluster.merges {
      let weight = step.log10LR.map { Terminal.signed($0) } ?? "judged"
      lines.append(
        "  \(weight)  \(Terminal.safe(step.left.label)) and \(Terminal.safe(step.right.label)): \(step.support)"
      )
      // The weight is of all that was found between the two, and so more than what the strongest of it gives.
      let mark = step.log10LR == nil ? "" : "strongest: "
      lines.append(Terminal.dim("         \(mark)\(Terminal.safe(step.because))"))
    }
    for held in cluster.held {
      let weight = held.log10LR.map { Terminal.signed($0) } ?? ""
      lines.append(
        "  held \(weight)  \(Terminal.safe(held.left)) and \(Terminal.safe(held.right)): \(cause(held))")
    }
    return lines.joined(separator: "\n")
  }
}
