import ArgumentParser
import Cognate
import Foundation

struct DiscloseNoticeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice", abstract: "Preview the notice to the victim, then make it (decider or discloser).",
    discussion: """
      Without --output it is only previewed: read it, and give its hash to have that very text made. What goes into it is \
      what was decided, and nothing else: CONTENT gives the words for identity, relationship, conditions and address \
      where those were decided, always the status (suspected, charged or convicted) and whom to ask. Accounts and \
      period come from the case.

        status = "suspected"
        officer = "PC Five, Digital Unit, quoting CR/123/26"
        identity = "We believe that it is …"

      EXAMPLES:
        cognate disclose notice case.cognate D1 --content notice.toml --who PC5
        cognate disclose notice case.cognate D1 --content notice.toml \\
          --confirm 5e8f… --output notice-1.html --who PC5
        cognate disclose notice case.cognate D1 --correction --content wrong.toml \\
          --who PC5
      """)

  @OptionGroup var record: DisclosureArgument
  @Option(help: "What the officer writes, in TOML.", completion: .file(extensions: ["toml"])) var content:
    String
  @Option(
    help: "Whom a victim can turn to, in TOML; a general list when not given.",
    completion: .file(extensions: ["toml"]))
  var support: String?
  @Flag(help: "Correct an earlier notice; everybody who was told is named.") var correction = false
  @Option(help: "SHA-256 of the text that was previewed.") var confirm: String?
  @Option(name: .shortAndLong, help: "The file to make.", completion: .file(extensions: ["html"])) var output:
    String?

  func validate() throws {
    if (confirm == nil) != (output == nil) {
      throw ValidationError(
        "--confirm and --output go together: preview first, then make what was previewed.")
    }
  }

  func run() throws {
    var request = NoticeRequest(disclosure: record.disclosure, content: try TextFile.read(content))
    request.support = try support.map(TextFile.read)
    request.isCorrection = correction
    let opened = try record.target.open()
    guard let confirm, let output else {
      let preview = try opened.run { try $0.previewNotice(request) }
      return try record.output.show(preview) {
        let lines = preview.text.split(separator: "\n", omittingEmptySubsequences: false)
        return Terminal.bold("PREVIEW, nothing is made yet") + "\n\n"
          + lines.map { Terminal.safe(String($0)) }.joined(separator: "\n")
          + preview.remarks.map { "\n\(Terminal.yellow("note")): \(Terminal.safe($0))" }.joined()
          + "\nTo make this notice: --confirm \(preview.textSHA256) --output FILE.html"
      }
    }
    let receipt = try opened.run {
      try $0.makeNotice(request, preview: confirm, to: URL(fileURLWithPath: output))
    }
    try record.output.show(receipt) {
      """
      \(receipt.id) for \(receipt.disclosure): \(Terminal.safe(output))
      SHA-256 \(receipt.sha256)
      Print it as it is, and hand this over with it:
      \(receipt.checkpoint ?? "(the log could not be signed yet: open the case again for its checkpoint)")
      """
    }
  }
}
