import ArgumentParser
import CaseFile
import Foundation

struct AuditTimestampCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timestamp", abstract: "Have the log's newest checkpoint time-stamped by an authority.",
    discussion: """
      Writes a query (RFC 3161) for you to send to a time-stamping authority: nothing is sent from here. --response \
      checks the authority's answer by openssl, against the certificates that you trust (--authority), and keeps it \
      in the case. --authority alone checks all that are kept.

      EXIT STATUS: 0 done, 3 the answer or a token does not hold, 4 a file that cannot be read, 1 there is nothing \
      to check.

      EXAMPLES:
        cognate audit timestamp case.cognate
        cognate audit timestamp case.cognate --response a.tsr --authority tsa.pem
        cognate audit timestamp case.cognate --authority tsa.pem
      """)

  @Argument(help: "The case's folder (NAME.cognate).", completion: .directory) var `case`: String
  @Option(help: "The authority's answer.", completion: .file()) var response: String?
  @Option(help: "Certificates in PEM that the authority's must lead to.", completion: .file())
  var authority: String?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if response != nil, authority == nil {
      throw ValidationError("--response needs --authority: an answer proves nothing without it.")
    }
  }

  func run() throws {
    for path in [response, authority].compactMap({ $0 }) { try InputError.check(path) }
    let timestamps = try LogTimestamps(of: URL(fileURLWithPath: `case`))
    do {
      if let authority {
        let trusted = URL(fileURLWithPath: authority)
        let tokens =
          try response.map { [try timestamps.store(response: URL(fileURLWithPath: $0), authority: trusted)] }
          ?? timestamps.check(authority: trusted)
        try output.show(tokens) {
          tokens.map {
            "Sound: the log of \($0.size) entries existed on \(Terminal.safe($0.time)) (\(Terminal.safe($0.path)))."
          }
          .joined(separator: "\n")
        }
      } else {
        let query = try timestamps.query()
        try output.show(["query": query.path]) {
          "Wrote \(Terminal.safe(query.path)). Send it to the authority (Content-Type: application/timestamp-query)."
        }
      }
    } catch let failure as LogTimestamps.Failure {
      Terminal.error("\(failure)")
      if case .refused = failure { throw ExitCode(ExitStatus.verificationFailed) }
      throw ExitCode(ExitStatus.failed)
    }
  }
}
