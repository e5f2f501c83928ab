import ArgumentParser
import CaseFile
import Cognate
import FileOutput
import Foundation
import TransparencyLog

struct AuditProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove", abstract: "Write the proof that an entry is in the log.",
    discussion: """
      The proof (C2SP tlog-proof) stands alone: `cognate audit verify --proof` checks it under the log's key, and so \
      does any verifier of that format. It shows that the entry was in the log when its checkpoint was signed, and \
      nothing of what the entry says.

      With --reveal it also holds the entry's salt and text, and proves what the entry says. That is a disclosure: \
      it is entered in the log, with --recipient.

      EXAMPLES:
        cognate audit prove case.cognate 17 -o 17.tlog-proof
        cognate audit prove case.cognate 17 --reveal --recipient "a court" \\
          -o 17.tlog-proof
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "The entry's number, as `audit log` lists it.") var entry: String
  @Flag(help: "Put what the entry says into the proof.") var reveal = false
  @Option(help: "Who is given a proof that reveals; may be given again.") var recipient: [String] = []
  @Option(
    name: [.short, .customLong("output")], help: "The file to write; standard output when not given.",
    completion: .file())
  var outputFile: String?
  @OptionGroup var output: OutputOptions

  private var index: UInt64? { RecordLabel.number(entry, letter: "E") }

  func validate() throws {
    guard index != nil else { throw ValidationError("\(entry) is no entry's number. Write 17 or E17.") }
    if reveal, recipient.isEmpty { throw ValidationError("--reveal needs a --recipient for the log.") }
  }

  func run() throws {
    guard let index else { return }
    let place = URL(fileURLWithPath: target.case)
    if let outputFile {
      try OutputFile.check(outputFile)
      try CaseLog(of: place).checkOutput(outputFile, mayReplace: true)
    }
    if reveal {
      // Refused before it is entered: an entry that is not there, or was erased.
      _ = try CaseLog(of: place).proof(of: index, isRevealing: true)
      try target.open().run { try $0.noteReveal(of: index, to: recipient) }
    }
    let proof = try CaseLog(of: place).proof(of: index, isRevealing: reveal)
    if let outputFile {
      try ByteFile.write(proof.encoded, to: outputFile)
      try output.show(["entry": "\(index)", "file": outputFile]) {
        "Wrote the proof of entry \(index) to \(Terminal.safe(outputFile))."
      }
    } else {
      try output.show(["entry": "\(index)", "proof": proof.encoded]) { String(proof.encoded.dropLast()) }
    }
  }
}
