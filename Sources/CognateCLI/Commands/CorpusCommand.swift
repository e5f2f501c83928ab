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
    @Option(help: "Number of accounts.") var accounts: Int = 1000
    @Option(help: "Number of disclosures, for the kind force.") var disclosures: Int = 1000
    @Option(help: "Seed.") var seed: UInt64 = DemonstrationCase.defaultSeed
    @Option(help: "Size in bytes, for kinds that are made to a size.") var size: Int?
    @Option(name: [.short, .customLong("output")], help: "The folder to write to.", completion: .directory)
    var output: String
    @OptionGroup var format: OutputOptions

    func validate() throws {
      guard accounts > 0 else { throw ValidationError("--accounts must be at least 1.") }
      guard disclosures > 0 else { throw ValidationError("--disclosures must be at least 1.") }
      if let size, size <= 0 { throw ValidationError("--size must be at least 1.") }
    }

    func run() throws {
      try CaseOutput.check(output)
      let written = try generateCorpus(
        kind: kind, accounts: accounts, seed: seed, size: size, disclosures: disclosures,
        to: URL(fileURLWithPath: output))
      try format.show(["files": written]) { written.joined(separator: "\n") }
    }
  }
}
