import ArgumentParser
import CaseFile
import Foundation

struct AuditExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Copy the log of a case to a folder for others to check.",
    discussion: """
      The folder has every signed checkpoint, the public key, the tiles and a proof of each entry. It has neither the \
      signing key nor anything that an entry says: entries are salted commitments.

      EXAMPLES:
        cognate audit export case.cognate for-the-auditor/
        cognate audit verify for-the-auditor/ --against notice-12.checkpoint
      """)

  @Argument(help: "The case's folder (NAME.cognate).", completion: .directory) var `case`: String
  @Argument(help: "The folder to make; an empty one will do.", completion: .directory) var folder: String
  @Flag(inversion: .prefixedNo, help: "Write a proof of each entry.") var proofs = true
  @OptionGroup var output: OutputOptions

  private struct Written: Encodable {
    var folder: String
    var entries: UInt64
    var checkpoints: Int
    var key: String
  }

  func run() throws {
    let log = try CaseLog(of: URL(fileURLWithPath: `case`))
    let (entries, checkpoints) = try log.export(to: URL(fileURLWithPath: folder), withProofs: proofs)
    let written = Written(folder: folder, entries: entries, checkpoints: checkpoints, key: log.key.text)
    try output.show(written) {
      """
      Wrote \(entries) \(entries == 1 ? "entry" : "entries") and \(Terminal.count(checkpoints, "checkpoint")) to \(Terminal.safe(folder)).
      The log's key, to be told by another way: \(Terminal.safe(log.key.text))
      """
    }
  }
}
