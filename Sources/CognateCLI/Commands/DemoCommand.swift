import AccountModel
import ArgumentParser
import CaseFile
import Cognate
import CorpusKit
import Foundation
import PlatformExports
import Stylometry

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Write the demonstration case, import it, link it and show what was found.",
    discussion: """
      Writes DIR/exports (invented exports in the platforms' formats), DIR/truth.csv (who is who, which nothing \
      reads but the score at the end), DIR/traps.json (what is there to mislead) and DIR/demo.cognate (the case). The \
      case is linked as `cognate link --style-domain chat` links it.

      EXAMPLE:
        cognate demo /tmp/demo
      """)

  @Argument(help: "The folder to write to.", completion: .directory)
  var folder: String = "cognate-demo"
  @Option(help: "Seed of the case.") var seed: UInt64 = DemonstrationCase.defaultSeed
  @OptionGroup var output: OutputOptions

  func run() throws {
    try CaseOutput.check(folder)
    let root = URL(fileURLWithPath: folder)
    let demonstration = try DemonstrationCase.generate(seed: seed)
    let caseFolder = root.appendingPathComponent("demo.cognate")
    let opening = try CaseOpening(
      mode: .force, basis: "demonstration", purpose: "to show how Cognate works", reference: "DEMO/1",
      owner: "A. Analyst", reviewer: "R. Reviewer", reviewBy: "2027-12-31", dpia: "DPIA/DEMO")
    guard !FileManager.default.fileExists(atPath: caseFolder.path) else {
      throw CaseError.exists(caseFolder.path)
    }
    try demonstration.write(to: root)
    let opened = try Case.create(at: caseFolder, opening: opening)
    let report = try opened.importSources(request(root.appendingPathComponent("exports"), demonstration))
    let result = try opened.link(writing: WritingModel(.builtIn(), domain: Self.styleDomain))
    let score = try DemonstrationScore(
      truth: demonstration.truth,
      nodes: try opened.accounts().compactMap { account in
        IdentifierKind(rawValue: account.kind).map {
          .init(platform: Platform(account.platform), kind: $0, value: account.name, cluster: account.cluster)
        }
      })
    let summary = Summary(
      records: report.sources.reduce(0) { $0 + $1.records }, accounts: result.accounts,
      clusters: result.clusters.map {
        .init(id: $0.id, accounts: $0.accounts.map { "\($0.platform):\($0.name)" })
      },
      truth: .init(pairPrecision: score.precision, pairRecall: score.recall),
      setAside: report.sources.reduce(0) { $0 + $1.setAside.reduce(0) { $0 + $1.count } },
      alerts: result.alerts.count)
    try output.show(summary) { text(report, result, score) }
  }

  /// What kind of texts the case holds.
  private static let styleDomain = "chat"

  private func request(_ exports: URL, _ demonstration: DemonstrationCase) throws -> ImportRequest {
    var request = ImportRequest(paths: [exports])
    request.options.mappings = try demonstration.files.filter { $0.path.hasSuffix(".toml") }.map {
      try TableMapping(toml: String(decoding: $0.bytes, as: UTF8.self))
    }
    request.authorisation = "DEMO-AUTH/1"
    // The downloads are the victim's own, and her other names are known to whoever took the statement.
    let hers = demonstration.accounts.filter(\.isProtected)
    request.protected =
      ["owner"] + hers.flatMap { account in account.keys.map { "\(account.platform.rawValue):\($0.value)" } }
    request.options.ownerPhone = hers.first { $0.platform == .sms }?.keys.first?.value
    return request
  }

  private func text(_ report: ImportReport, _ result: LinkResult, _ score: DemonstrationScore) -> String {
    let place = Terminal.word("\(folder)/demo.cognate")
    // Without the domain the next `link` finds less: how accounts write adds nothing then.
    var lines = [
      Terminal.bold("Imported"), ReportText.text(report), "",
      "\(Terminal.bold("Linked")) by cognate link \(place) --style-domain \(Self.styleDomain)",
      ReportText.text(result),
    ]
    lines += [
      "",
      "Against the truth: pair precision \(String(format: "%.3f", score.precision)), pair recall \(String(format: "%.3f", score.recall)), \(Terminal.count(score.protectedInClusters, "protected account")) in a cluster.",
      "", Terminal.bold("What next"),
    ]
    if let alert = result.alerts.first {
      // Of a pair that is sure to have evidence, where two accounts of a cluster may share nothing. A label begins with the id.
      let (one, other) = (alert.left.prefix { $0 != " " }, alert.right.prefix { $0 != " " })
      lines.append("  cognate why \(place) \(one) \(other)")
    }
    if let cluster = result.clusters.first { lines.append("  cognate how \(place) \(cluster.id)") }
    lines.append("  cognate accounts \(place)")
    lines.append("  cognate clusters \(place) --report \(Terminal.word("\(folder)/clusters.html"))")
    lines.append("  cognate serve \(place)")
    return lines.joined(separator: "\n")
  }

  private struct Summary: Encodable {
    struct Cluster: Encodable {
      var id: String
      var accounts: [String]
    }

    struct Truth: Encodable {
      var pairPrecision: Double
      var pairRecall: Double
      enum CodingKeys: String, CodingKey { case pairPrecision = "pair_precision", pairRecall = "pair_recall" }
    }

    var records: Int
    var accounts: Int
    var clusters: [Cluster]
    var truth: Truth
    var setAside: Int
    var alerts: Int

    enum CodingKeys: String, CodingKey {
      case records, accounts, clusters, truth, setAside = "set_aside", alerts
    }
  }
}
