import ArgumentParser
import FileOutput
import Foundation
import PlatformExports
import RecordLinkage
import Stylometry

struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Link the records of tables: which of them are of one origin.",
    discussion: """
      Reads CSV or Excel workbooks (.xlsx) with any columns (what they hold is recognised from their names and \
      values) or account NDJSON, one or several files, and writes unique_id,cluster_id. Weights and threshold come \
      from the data; no labels are needed. Leave out columns that say the answer: --ignore cluster.

      Ids are kept as written and must differ over all files. With --link-only no two records of one file are joined. \
      A schema in TOML overrules what columns are taken for; Docs/Resolve.md describes it.

      Of a workbook the sheet is read that has a row with the id's column; where several have one, --sheet says \
      which. Each sheet counts as a file.

      With --store the result is kept in a file, with values from the tables, and --update adds the records of other \
      tables to it. What comes out is what all tables together would give, mostly at a small part of the work; where \
      it would not be, all records are resolved again, and that is said. Schema, columns to leave out and --probability \
      are those of the stored result. Its file is only changed if --store names it.

      What accounts wrote is compared as well where --style-domain says what kind of texts it is: posts of NDJSON \
      with their times, and columns that --text or the schema names. It adds at most 2.5 to the log10 LR of a pair, or \
      takes as much, and joins nobody by itself. The report's calibration curve does not see it.

      EXAMPLES:
        cognate resolve people.csv --ignore cluster -o clusters.csv \\
          --report report.html
        cognate resolve old.csv new.csv --link-only -o clusters.csv --edges edges.csv
        cognate resolve people.xlsx --sheet 2024 --sheet 2025 --link-only \\
          -o clusters.csv
        cognate resolve people.csv --schema people.toml -o clusters.csv --explain
        cognate resolve people.csv -o clusters.csv --store people.store
        cognate resolve new.csv --update people.store -o clusters.csv
        cognate resolve accounts.ndjson --style-domain chat -o clusters.csv

      EXIT STATUS: 0 done, 4 input refused, 5 done without the lines that could not be used whole.
      """)

  @Argument(help: "CSV or NDJSON files, or Excel workbooks.", completion: .file()) var tables: [String]
  @Option(
    help: "The sheet of a workbook to read, where several hold tables; may be repeated.")
  var sheet: [String] = []
  @Option(
    name: .customLong("id"),
    help: "The column of the record's id (unique_id, id, record_id, rec_id or uid if not given).")
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
  @Option(help: "Where to store the result, so that records can be added to it.", completion: .file())
  var store: String?
  @Option(help: "A stored result to add the records to.", completion: .file()) var update: String?
  @Flag(help: "Join no two records of one file, or of one source where the schema names its column.")
  var linkOnly = false
  @Flag(help: "Print what columns were taken for, keys, weights, threshold and where time went.")
  var explain = false
  @Option(help: "Columns of what the person wrote, separated by commas; may be repeated.") var text:
    [String] = []
  @OptionGroup var style: StyleOptions
  @OptionGroup var workers: ThreadOptions
  @OptionGroup var printing: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws {
    if let probability, !(probability > 0 && probability < 1) {
      throw ValidationError("--probability lies between 0 and 1")
    }
    if linkOnly, schema == nil, tables.count < 2, sheet.count < 2, update == nil {
      throw ValidationError(
        "--link-only needs two files or sheets, or a schema that names a column of sources")
    }
    if update != nil {
      let given = [
        ("--id", idColumn != nil), ("--ignore", !ignore.isEmpty), ("--schema", schema != nil),
        ("--probability", probability != nil), ("--link-only", linkOnly),
      ]
      if let (name, _) = given.first(where: { $0.1 }) {
        throw ValidationError("\(name) is that of the stored result; leave it out with --update")
      }
    }
    if store != nil, judgements != nil || labels != nil {
      throw ValidationError(
        "--judgements and --labels are no part of a stored result; leave out --store, or give them with --update"
      )
    }
    if style.styleDomain == nil, style.styleModel != nil || !text.isEmpty {
      throw ValidationError("--text and --style-model need --style-domain: what kind of texts these are")
    }
    if style.styleDomain != nil, store != nil || update != nil {
      throw ValidationError(
        "what was written is no part of a stored result; leave out --style-domain, or --store and --update")
    }
    if let store, OutputFile.isDevice(store) {
      throw ValidationError("--store needs a file; \(store) is none")
    }
    // A store may take the place of the one that records were added to.
    let isNewStore = if let store, let update { OutputFile.isSame(update, store) } else { false }
    try OutputPaths.check(
      [output, edges, report, store],
      against: tables + [judgements, labels, style.styleModel, isNewStore ? nil : update],
      isJSON: printing.json)
  }

  func run() throws {
    do {
      let plan = try plan()
      try OutputPaths.check(places: [output, edges, report, store])
      let printer = ProgressPrinter(progressOptions.progress)
      if let update {
        try run(addingTo: update, printer)
        return
      }
      var table = try read(plan.schema, keepsPosts: plan.writing != nil, printer)
      for source in table.sources where source.valuesWithNUL > 0 {
        let count = source.valuesWithNUL
        Terminal.warning(
          "\(source.name): \(count) \(count == 1 ? "value has" : "values have") a NUL byte inside; the file may be damaged or binary"
        )
      }
      if plan.settings.linkOnly, table.sources.count < 2, plan.schema.sourceColumn == nil {
        throw ValidationError("link_only needs two files or sheets, or a column of sources")
      }
      try resolve(&table, plan.schema, plan.settings, printer, writing: plan.writing)
    } catch let error as TableError {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.inputRefused)
    } catch let error as JudgementError {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.inputRefused)
    } catch let error as TableSchemaError {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.inputRefused)
    } catch let error as StoreError {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.inputRefused)
    } catch let error as ResultWriter.Failure {
      Terminal.error("\(error)")
      throw ExitCode(ExitStatus.failed)
    }
  }

  /// Reads the tables that were named.
  private func read(
    _ schema: TableSchema, keepsPosts: Bool = false, isPartial: Bool = false,
    _ printer: ProgressPrinter? = nil
  ) throws -> Table {
    let sheets = ResolveSheets(sheet)
    let table = try TableLoading.read(
      tables, schema: schema, keepsPosts: keepsPosts,
      postHour: { TimeText.iso8601($0).flatMap(PostingHours.hour) }, isPartial: isPartial,
      rowTables: sheets.tables
    ) { printer?.update($0) }
    try sheets.demandAll()
    return table
  }

  /// Resolves a table and writes what was asked for; `wholeRun` says why a stored result was made anew.
  private func resolve(
    _ table: inout Table, _ schema: TableSchema, _ settings: ResolveSettings, _ printer: ProgressPrinter,
    writing: WritingSettings? = nil, wholeRun: String? = nil
  ) throws {
    let judged = try judgements.map { try RecordJudgements(path: $0, for: table) } ?? RecordJudgements()
    let labelled = try labels.map { try LabelledPairs(path: $0, for: table) } ?? LabelledPairs()
    let resolution = try Resolver(settings).resolve(
      &table, judgements: judged, labels: labelled, writing: writing
    ) {
      printer.update($0)
    }
    printer.update(ResolveProgress(stage: .write, done: 0, total: table.recordCount, unit: .records))
    let writer = ResultWriter(table, resolution)
    try writer.writeClusters(to: output)
    if let edges { try writer.writeEdges(to: edges) }
    if let report { try ByteFile.write(HTMLReport.page(table, resolution), to: report) }
    if let store { try ResultStore.write(table, resolution, schema: schema, settings: settings, to: store) }
    printer.finish()
    if let writing = resolution.writing, writing.measuredRecords == 0 {
      Terminal.warning(
        "nothing that was written could be compared: it is looked for in posts of NDJSON and in columns that --text or the schema names, and needs \(StyleModel.shortest) characters."
      )
    }
    let summary = ResolveSummary(table, resolution, wholeRun: wholeRun)
    try show(summary) { text(table, resolution, wholeRun) }
    if table.sources.contains(where: { $0.leftOut > 0 }) { throw ExitCode(ExitStatus.partial) }
  }

  /// Adds the records of tables to a stored result, or resolves all of them anew where that would not be the same.
  private func run(addingTo path: String, _ printer: ProgressPrinter) throws {
    let stored = try ResultStore(path)
    var table = try read(stored.schema, isPartial: true, printer)
    let asked = [
      ("--edges", edges != nil), ("--report", report != nil), ("--explain", explain),
      ("--judgements", judgements != nil), ("--labels", labels != nil),
    ].first { $0.1 }
    do {
      if let asked { throw ResultStore.WholeRunNeeded("\(asked.0) is about all records") }
      printer.update(ResolveProgress(stage: .score, done: 0, total: nil, unit: .records))
      let sources = table.sources
      let result = try stored.add(&table, keepsPlan: store != nil)
      printer.update(
        ResolveProgress(stage: .write, done: 0, total: result.clusterOfRecord.count, unit: .records))
      try result.writeClusters(to: output)
      if let store { try stored.write(result, to: store) }
      printer.finish()
      try show(UpdateSummary(sources, result)) { ReportText.text(sources, result, store: path) }
      if sources.contains(where: { $0.leftOut > 0 }) { throw ExitCode(ExitStatus.partial) }
    } catch let reason as ResultStore.WholeRunNeeded {
      // What was read is used up, or what is stored was added to in memory: both are read again.
      let stored = try ResultStore(path)
      let table = try read(stored.schema, isPartial: true)
      var whole = try stored.wholeTable(adding: table)
      var settings = stored.settings
      settings.explains = report != nil
      settings.keepsState = store != nil
      try resolve(&whole, stored.schema, settings, printer, wholeRun: "\(reason)")
    }
  }

  private func show(_ summary: some Encodable, _ text: () -> String) throws {
    let files = [output, edges, report, store].compactMap { $0 }
    func lines() -> String {
      text() + "\nwritten to \(files.map(Terminal.safe).joined(separator: ", "))"
    }
    if files.contains(where: OutputFile.isStandardOutput) {
      Terminal.write(lines())
    } else {
      try printing.show(summary, text: lines)
    }
  }

  private func text(_ table: Table, _ resolution: Resolution, _ wholeRun: String?) -> String {
    var text = ReportText.text(table, resolution)
    if let wholeRun { text = "all records were resolved again: \(wholeRun)\n" + text }
    if explain { text += "\n" + ReportText.explanation(resolution) }
    return text
  }

  /// What was typed, as one request.
  private func plan() throws -> (
    schema: TableSchema, settings: ResolveSettings, writing: WritingSettings?
  ) {
    var schema = try self.schema.map { try TableSchema(file: $0) } ?? TableSchema()
    for name in ignore.flatMap({ $0.split(separator: ",") }) {
      schema.columns[name.trimmingCharacters(in: .whitespaces)] = .ignore
    }
    for name in text.flatMap({ $0.split(separator: ",") }) {
      schema.columns[name.trimmingCharacters(in: .whitespaces)] = .writing
    }
    if store != nil, schema.columns.values.contains(.writing) {
      throw ValidationError("what was written is no part of a stored result; leave it out with --ignore")
    }
    if let idColumn { schema.setID(idColumn) }
    var settings = ResolveSettings()
    if let probability { settings.probability = probability }
    settings.linkOnly = linkOnly || schema.linkOnly == true
    settings.blockingKeys = schema.blocking
    settings.explains = report != nil
    settings.keepsState = store != nil
    settings.threads = workers.threads
    return (schema, settings, try style.recordWriting())
  }
}
