import ArgumentParser
import Foundation
import RecordLinkage

struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Link the records of tables: which of them are of one origin.",
    discussion: """
      Reads CSV with any columns (what they hold is recognised from their names and values) or account NDJSON, one \
      or several files, and writes unique_id,cluster_id. Weights and threshold come from the data; no labels are \
      needed. Leave out columns that say the answer: --ignore cluster.

      Ids are kept as written and must differ over all files. With --link-only no two records of one file are joined.

      EXAMPLES:
        cognate resolve people.csv --ignore cluster -o clusters.csv --report report.html
        cognate resolve old.csv new.csv --link-only -o clusters.csv --edges edges.csv
      """)

  @Argument(help: "CSV or NDJSON files.", completion: .file()) var tables: [String]
  @Option(name: .customLong("id"), help: "The column of the record's id (unique_id or id if not given).")
  var idColumn: String?
  @Option(help: "Columns to leave out, separated by commas.") var ignore: String?
  @Option(name: .shortAndLong, help: "Where to write unique_id,cluster_id.", completion: .file())
  var output: String
  @Option(help: "Where to write id_l,id_r,log10_lr,probability.", completion: .file()) var edges: String?
  @Option(help: "Where to write a report in HTML.", completion: .file()) var report: String?
  @Option(help: "Join records at this probability, between 0 and 1.") var probability: Double?
  @Flag(help: "Join no two records of one file.") var linkOnly = false
  @OptionGroup var printing: OutputOptions

  func validate() throws {
    if let probability, !(probability > 0 && probability < 1) {
      throw ValidationError("--probability lies between 0 and 1")
    }
    if linkOnly, tables.count < 2 { throw ValidationError("--link-only needs two files or more") }
  }

  func run() throws {
    var settings = ResolveSettings()
    if let probability { settings.probability = probability }
    settings.linkOnly = linkOnly
    let ignored = (ignore ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    do {
      var table = try TableLoading.read(tables, idColumn: idColumn, ignoredColumns: ignored)
      let resolution = try Resolver(settings).resolve(&table)
      let writer = ResultWriter(table, resolution)
      try writer.writeClusters(to: output)
      if let edges { try writer.writeEdges(to: edges) }
      if let report { try ResultWriter.write(HTMLReport.page(table, resolution), to: report) }
      try printing.show(ResolveSummary(table, resolution)) { text(table, resolution) }
    } catch let error as TableError {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.inputRefused)
    } catch let error as ResultWriter.Failure {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.failed)
    }
  }

  private func text(_ table: Table, _ resolution: Resolution) -> String {
    var lines: [String] = []
    for source in table.sources {
      lines.append("\(Terminal.safe(source.name)): \(Terminal.count(source.records.count, "record"))")
      if source.shortRows + source.longRows > 0 {
        lines.append(
          "  \(Terminal.yellow("ragged")): \(source.shortRows) rows with too few fields, \(source.longRows) with too many; first at line \(source.raggedLines.first ?? 0)"
        )
      }
      lines += source.notes.map { "  note: \(Terminal.safe($0))" }
    }
    lines.append(
      Terminal.table(
        [["column", "taken for", "filled", "distinct", "compared"]]
          + resolution.findings.map {
            [
              Terminal.safe($0.name), $0.kind.rawValue, "\($0.filled)", "\($0.distinct)",
              $0.isCompared ? "yes" : "no",
            ]
          }, indent: "  "))
    lines.append(
      "\(resolution.comparedPairs) pairs compared; \(Terminal.count(resolution.clusterCount, "cluster")) written to \(Terminal.safe(output))"
    )
    return lines.joined(separator: "\n")
  }
}

/// A run in figures.
struct ResolveSummary: Encodable {
  struct Source: Encodable {
    var name: String
    var records: Int
    var shortRows: Int
    var longRows: Int
    var notes: [String]
    enum CodingKeys: String, CodingKey {
      case name, records, shortRows = "short_rows", longRows = "long_rows", notes
    }
  }

  struct Stage: Encodable {
    var name: String
    var cpuSeconds: Double
    enum CodingKeys: String, CodingKey { case name, cpuSeconds = "cpu_seconds" }
  }

  var sources: [Source]
  var columns: [ColumnFinding]
  var blocking: [BlockingFinding]
  var records: Int
  var comparedPairs: Int
  var clusters: Int
  var largestCluster: Int
  var priorLog10Odds: Double
  var probabilityToMerge: Double
  var stages: [Stage]

  enum CodingKeys: String, CodingKey {
    case sources, columns, blocking, records, comparedPairs = "compared_pairs", clusters
    case largestCluster = "largest_cluster", priorLog10Odds = "prior_log10_odds"
    case probabilityToMerge = "probability_to_merge", stages
  }

  init(_ table: Table, _ resolution: Resolution) {
    sources = table.sources.map {
      Source(
        name: $0.name, records: $0.records.count, shortRows: $0.shortRows, longRows: $0.longRows,
        notes: $0.notes)
    }
    columns = resolution.findings
    blocking = resolution.blocking
    records = table.recordCount
    comparedPairs = resolution.comparedPairs
    clusters = resolution.clusterCount
    var sizes = [Int](repeating: 0, count: resolution.clusterCount)
    for cluster in resolution.clusterOfRecord { sizes[Int(cluster)] += 1 }
    largestCluster = sizes.max() ?? 0
    priorLog10Odds = resolution.model.priorLog10Odds
    probabilityToMerge = resolution.probabilityToMerge
    stages = resolution.stages.map { Stage(name: $0.name, cpuSeconds: $0.seconds) }
  }
}
