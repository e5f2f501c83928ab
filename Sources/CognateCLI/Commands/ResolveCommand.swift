import ArgumentParser
import FileOutput
import Foundation
import RecordLinkage

struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Link the records of tables: which of them are of one origin.",
    discussion: """
      Reads CSV with any columns (what they hold is recognised from their names and values) or account NDJSON, one \
      or several files, and writes unique_id,cluster_id. Weights and threshold come from the data; no labels are \
      needed. Leave out columns that say the answer: --ignore cluster.

      Ids are kept as written and must differ over all files. With --link-only no two records of one file are joined. \
      A schema in TOML overrules what columns are taken for; Docs/Resolve.md describes it.

      EXAMPLES:
        cognate resolve people.csv --ignore cluster -o clusters.csv --report report.html
        cognate resolve old.csv new.csv --link-only -o clusters.csv --edges edges.csv
        cognate resolve people.csv --schema people.toml -o clusters.csv --explain

      EXIT STATUS: 0 done, 4 input refused, 5 done without the lines that could not be used whole.
      """)

  @Argument(help: "CSV or NDJSON files.", completion: .file()) var tables: [String]
  @Option(name: .customLong("id"), help: "The column of the record's id (unique_id or id if not given).")
  var idColumn: String?
  @Option(help: "Columns to leave out, separated by commas; may be repeated.") var ignore: [String] = []
  @Option(
    help: "A TOML file that says what columns hold.", completion: .file(extensions: ["toml"]))
  var schema: String?
  @Option(name: .shortAndLong, help: "Where to write unique_id,cluster_id.", completion: .file())
  var output: String
  @Option(help: "Where to write id_l,id_r,log10_lr,probability.", completion: .file()) var edges: String?
  @Option(help: "Where to write a report in HTML, with values from the tables.", completion: .file())
  var report: String?
  @Option(help: "Join records at this probability, between 0 and 1.") var probability: Double?
  @Option(
    help: "A CSV file with id_l, id_r and judgement (same or different) that no cluster goes against.",
    completion: .file())
  var judgements: String?
  @Option(
    help: "CSV with id_l, id_r and label (same or 1, different or 0), to put probabilities right by.",
    completion: .file(extensions: ["csv"]))
  var labels: String?
  @Flag(help: "Join no two records of one file, or of one source where the schema names its column.")
  var linkOnly = false
  @Flag(help: "Print what columns were taken for, keys, weights, threshold and where time went.")
  var explain = false
  @OptionGroup var printing: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws {
    if let probability, !(probability > 0 && probability < 1) {
      throw ValidationError("--probability lies between 0 and 1")
    }
    if linkOnly, schema == nil, tables.count < 2 {
      throw ValidationError("--link-only needs two files or more, or a schema that names a column of sources")
    }
    let written = [output, edges, report].compactMap { $0 }
    if printing.json, written.contains(where: OutputFile.isStandardOutput) {
      throw ValidationError("--json is printed on standard output, which an output goes to")
    }
    for (number, path) in written.enumerated() {
      if (tables + [judgements, labels].compactMap { $0 }).contains(where: { OutputFile.isSame($0, path) }) {
        throw ValidationError("\(path) is to be read; it would be overwritten")
      }
      if written[..<number].contains(where: { OutputFile.isSame($0, path) }) {
        throw ValidationError("\(path) is named for two outputs")
      }
    }
  }

  func run() throws {
    do {
      let plan = try plan()
      for path in [output, edges, report].compactMap({ $0 }) { try OutputFile.check(path) }
      let printer = ProgressPrinter(progressOptions.progress)
      var table = try TableLoading.read(tables, schema: plan.schema) { printer.update($0) }
      for source in table.sources where source.valuesWithNUL > 0 {
        let count = source.valuesWithNUL
        Terminal.warning(
          "\(source.name): \(count) \(count == 1 ? "value has" : "values have") a NUL byte inside; the file may be damaged or binary"
        )
      }
      if plan.settings.linkOnly, tables.count < 2, plan.schema.sourceColumn == nil {
        throw ValidationError("link_only needs two files or more, or a column of sources")
      }
      let judged = try judgements.map { try RecordJudgements(path: $0, for: table) } ?? RecordJudgements()
      let labelled = try labels.map { try LabelledPairs(path: $0, for: table) } ?? LabelledPairs()
      let resolution = try Resolver(plan.settings).resolve(&table, judgements: judged, labels: labelled) {
        printer.update($0)
      }
      printer.update(ResolveProgress(stage: .write, done: 0, total: table.recordCount, unit: .records))
      let writer = ResultWriter(table, resolution)
      try writer.writeClusters(to: output)
      if let edges { try writer.writeEdges(to: edges) }
      if let report { try ByteFile.write(HTMLReport.page(table, resolution), to: report) }
      printer.finish()
      let files = [output, edges, report].compactMap { $0 }
      if files.contains(where: OutputFile.isStandardOutput) {
        Terminal.write(text(table, resolution, files))
      } else {
        try printing.show(ResolveSummary(table, resolution)) { text(table, resolution, files) }
      }
      if table.sources.contains(where: { $0.leftOut > 0 }) { throw ExitCode(ExitStatus.partial) }
    } catch let error as TableError {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.inputRefused)
    } catch let error as JudgementError {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.inputRefused)
    } catch let error as TableSchemaError {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.inputRefused)
    } catch let error as ResultWriter.Failure {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.failed)
    }
  }

  private func text(_ table: Table, _ resolution: Resolution, _ files: [String]) -> String {
    var text = ReportText.text(table, resolution)
    if explain { text += "\n" + ReportText.explanation(resolution) }
    return text + "\nwritten to \(files.map(Terminal.safe).joined(separator: ", "))"
  }

  /// What was typed, as one request.
  private func plan() throws -> (schema: TableSchema, settings: ResolveSettings) {
    var schema = try self.schema.map { try TableSchema(file: $0) } ?? TableSchema()
    for name in ignore.flatMap({ $0.split(separator: ",") }) {
      schema.columns[name.trimmingCharacters(in: .whitespaces)] = .ignore
    }
    if let idColumn { schema.setID(idColumn) }
    var settings = ResolveSettings()
    if let probability { settings.probability = probability }
    settings.linkOnly = linkOnly || schema.linkOnly == true
    settings.blockingKeys = schema.blocking
    settings.explains = report != nil
    return (schema, settings)
  }
}
