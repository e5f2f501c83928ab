public import ArgumentParser
import CaseFile
public import CorpusKit
import Foundation

extension CorpusKind: ExpressibleByArgument {}

struct CorpusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus", abstract: "Make corpora for tests and benchmarks.", subcommands: [Generate.self])

  struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "generate",
      abstract: "Write a corpus made from a seed: the same seed gives the same bytes.",
      discussion: """
        EXAMPLES:
          cognate corpus generate accounts --accounts 10000 --seed 1 -o corpus/
          cognate corpus generate sms --size 500000000 -o corpus/
          cognate corpus generate force --disclosures 5000 --seed 1 -o force/
        """)

    @Argument(help: "What to make: \(CorpusKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: CorpusKind
    @Option(
      help: "Number of accounts, for accounts and posts, or of contacts, for sms; 1000 when not given.")
    var accounts: Int?
    @Option(help: "Number of disclosures, for force; 1000 when not given.") var disclosures: Int?
    @Option(help: "Seed.") var seed: UInt64 = DemonstrationCase.defaultSeed
    @Option(
      help: "Size in bytes, for posts (2,000 an account when not given) and sms (64 MiB).") var size: Int?
    @Option(name: [.short, .customLong("output")], help: "The folder to write to.", completion: .directory)
    var output: String
    @OptionGroup var format: OutputOptions

    func validate() throws {
      if let accounts, accounts <= 0 { throw ValidationError("--accounts must be at least 1.") }
      if let disclosures, disclosures <= 0 { throw ValidationError("--disclosures must be at least 1.") }
      if let size, size <= 0 { throw ValidationError("--size must be at least 1.") }
    }

    func run() throws {
      try CaseOutput.check(output)
      let number = 1_000
      let written = try generateCorpus(
        kind: kind, accounts: accounts ?? number, seed: seed, size: size, disclosures: disclosures ?? number,
        to: URL(fileURLWithPath: output))
      for option in unused {
        Terminal.warning("\(option) means nothing for the kind \(kind.rawValue), and was passed over.")
      }
      try format.show(["files": written]) { written.joined(separator: "\n") }
    }

    /// Options that were given and that the kind has no use for.
    private var unused: [String] {
      let options: [(String, Bool, [CorpusKind])] = [
        ("--accounts", accounts != nil, [.accounts, .posts, .sms]),
        ("--disclosures", disclosures != nil, [.force]), ("--size", size != nil, [.posts, .sms]),
      ]
      return options.filter { $0.1 && !$0.2.contains(kind) }.map { $0.0 }
    }
  }
}
