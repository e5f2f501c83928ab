public import ArgumentParser
import Cognate
import Foundation
public import PlatformExports

extension ReaderOptions.DateOrder: ExpressibleByArgument {}

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import what platforms export: files, folders, archives.",
    discussion: """
      Formats are recognised by content. Each source is stored whole or not at all, once, and ends with a \
      reconciliation: records seen by a second count, imported, set aside and why.

      EXAMPLES:
        cognate import case.cognate "WhatsApp Chat with X.txt" --date-order dmy
        cognate import case.cognate victim-exports/ --protect owner
        cognate import case.cognate ip-return.csv --mapping ip-return.toml \\
          --authorisation AUTH/1

      EXIT STATUS: 0 all of it, 4 refused, 5 in part: something was damaged, refused, or is a file of an \
      export that is known and that no reader reads. Media and what holds no account record do not count.
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "Files, folders or archives.", completion: .file())
  var paths: [String]
  @Option(
    help: "Read everything in this format: \(ExportRegistry.formats.map(\.id).joined(separator: ", ")).",
    completion: .list(ExportRegistry.formats.map(\.id)))
  var format: String?
  @Option(
    help: "A TOML file that says what a table's columns mean; may be repeated.",
    completion: .file(extensions: ["toml"]))
  var mapping: [String] = []
  @Option(help: "Reference of the authorisation for communications data.")
  var authorisation: String?
  @Option(help: "An account of a victim or witness: owner, or platform:value; may be repeated.")
  var protect: [String] = []
  @Option(help: "Order of day and month where a source leaves it open: dmy, mdy or ymd.")
  var dateOrder: ReaderOptions.DateOrder?
  @Option(help: "Zone in which local times were written, for example Europe/London.")
  var timeZone: String?
  @Option(help: "Telephone number of the phone that a backup or chat came from.")
  var owner: String?
  @Option(help: "Country of telephone numbers without a country code.")
  var region: String = "GB"
  @Flag(help: "Keep a copy of each source inside the case.")
  var copy = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("Name at least one file, folder or archive.") }
    if !ImportRequest.isRegion(region) {
      throw ValidationError("No country \(region). Use its two letters, such as GB or IE.")
    }
    if let format, !ExportRegistry.formats.contains(where: { $0.id == format }) {
      throw ValidationError(
        "No format \(format). Known: \(ExportRegistry.formats.map(\.id).joined(separator: ", ")).")
    }
    for text in protect where text != "owner" && !text.contains(":") {
      throw ValidationError("--protect \(text) is not written platform:value (or owner).")
    }
    if let timeZone, !ZonedClock.isZone(timeZone) {
      throw ValidationError(
        "No time zone \(timeZone). Use a name such as Europe/London; letters such as BST mean several zones.")
    }
  }

  /// Reads a mapping. There may be several, so that what is wrong names the file.
  private static func tableMapping(_ path: String) throws -> TableMapping {
    guard let text = try? String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8) else {
      throw ExportRefusal(
        "unreadable-mapping", what: "the mapping cannot be read as UTF-8 text", place: path,
        advice: "Give the path of a file that exists.")
    }
    do throws(TableMappingError) {
      return try TableMapping(toml: text)
    } catch {
      throw ExportRefusal(
        "wrong-mapping", what: "\(error)", place: path, advice: "Docs/TableMapping.md describes mappings.")
    }
  }

  func run() throws {
    var request = ImportRequest(paths: paths.map { URL(fileURLWithPath: $0) })
    request.options.format = format
    request.options.dateOrder = dateOrder
    request.options.timeZone = timeZone
    request.options.ownerPhone = owner
    request.options.defaultRegion = region
    request.options.mappings = try mapping.map(Self.tableMapping)
    request.authorisation = authorisation
    request.protected = protect
    request.keepsCopy = copy
    let printer = ProgressPrinter(progressOptions.progress)
    let report = try target.open().run { try $0.importSources(request) { printer.update($0, bytes: $1) } }
    printer.finish()
    try output.show(report) { ReportText.text(report) }
    for warning in report.sources.flatMap(\.warnings) + report.warnings { Terminal.warning(warning) }
    switch report.outcome {
    case .complete: break
    case .partial:
      if let why = report.stoppedBy {
        Terminal.error("the import stopped before its end, and the report says what is in. \(why)")
        throw ExitCode(ExitStatus.partial)
      }
      Terminal.warning(
        "not all of it was imported: the report says what was set aside, refused or never read.")
      throw ExitCode(ExitStatus.partial)
    case .refused:
      for source in report.sources { Terminal.error(source.refusal ?? "\(source.name) was refused.") }
      throw ExitCode(ExitStatus.inputRefused)
    }
  }
}
