import ArgumentParser
import Cognate
import FileOutput
import Foundation
import PlatformExports

struct MappingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mapping", abstract: "Draft a mapping for a table, to be checked and completed.",
    discussion: """
      A table is imported by a mapping that says what its columns mean. This looks at the first rows of one and \
      suggests what each column holds, by its values. It is a draft: what it says may be wrong, and nothing is \
      imported by it before somebody has checked it.

      EXAMPLES:
        cognate mapping ip-return.csv > ip-return.toml
        cognate import case.cognate ip-return.csv --mapping ip-return.toml \\
          --authorisation AUTH/1
      """)

  @Argument(
    help: "A table: CSV, or its kin with semicolons, tabs or bars; or an Excel workbook.",
    completion: .file())
  var table: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let draft = try MappingDraft(of: URL(fileURLWithPath: table))
    try output.show(draft) { draft.mapping.trimmingCharacters(in: .newlines) }
  }
}
