import AccountModel
import CaseFile
import Cognate
import CorpusKit
import Foundation
import Linkage
import PlatformExports
import Stylometry
import TestSupport
import Testing

/// The demonstration case from exports to clusters.
@Suite struct DemonstrationRunTests {
  private func linked(
    _ folder: URL, seed: UInt64 = DemonstrationCase.defaultSeed, threads: Int = 1
  ) throws -> (opened: Case, result: LinkResult) {
    let demonstration = try DemonstrationCase.generate(seed: seed)
    try demonstration.write(to: folder)
    let opening = try CaseOpening(
      mode: .force, basis: "test", purpose: "test", reference: "T/1", owner: "A. Analyst",
      reviewer: "R. Reviewer", reviewBy: "2027-12-31", dpia: "DPIA/T")
    let opened = try Case.create(at: folder.appendingPathComponent("t.cognate"), opening: opening)
    var request = ImportRequest(paths: [folder.appendingPathComponent("exports")])
    request.options.mappings = try demonstration.files.filter { $0.path.hasSuffix(".toml") }.map {
      try TableMapping(toml: String(decoding: $0.bytes, as: UTF8.self))
    }
    request.authorisation = "T-AUTH/1"
    request.protected =
      ["owner"]
      + demonstration.accounts.filter(\.isProtected).flatMap { account in
        account.keys.map { "\(account.platform.rawValue):\($0.value)" }
      }
    let report = try opened.importSources(request)
    #expect(report.sources.allSatisfy { source in source.counts.allSatisfy { $0.agrees } })
    return (opened, try opened.link(threads: threads))
  }

  private func score(_ opened: Case, seed: UInt64) throws -> DemonstrationScore {
    try DemonstrationScore(
      truth: try DemonstrationCase.generate(seed: seed).truth,
      nodes: try opened.accounts().compactMap { account in
        IdentifierKind(rawValue: account.kind).map {
          .init(platform: Platform(account.platform), kind: $0, value: account.name, cluster: account.cluster)
        }
      })
  }

  @Test(arguments: [DemonstrationCase.defaultSeed, 1, 2, 3])
  func findsTheControllersAndJoinsNobodyElse(seed: UInt64) throws {
    let scratch = try ScratchFolder()
    let (opened, plain) = try linked(scratch.url, seed: seed)
    #expect(try opened.accounts().contains { $0.isProtected })
    let byIdentifiers = try score(opened, seed: seed)
    #expect(byIdentifiers.precision == 1, "\(byIdentifiers.falsePairs)")
    #expect(byIdentifiers.recall >= 0.6, "\(byIdentifiers.missedPairs)")
    #expect(byIdentifiers.protectedInClusters == 0)
    // How they write brings further accounts together, and nobody else.
    let result = try opened.link(writing: WritingModel(.builtIn(), domain: "chat"))
    let byWriting = try score(opened, seed: seed)
    #expect(byWriting.precision == 1, "\(byWriting.falsePairs)")
    #expect(byWriting.recall >= byIdentifiers.recall, "\(byWriting.missedPairs)")
    func joined(_ result: LinkResult) -> Int { result.clusters.reduce(0) { $0 + $1.accounts.count } }
    #expect(joined(result) > joined(plain))
    #expect(byWriting.protectedInClusters == 0)
    #expect(try opened.link(writing: WritingModel(.builtIn(), domain: "chat"), threads: 2).run == result.run)
  }

  @Test func writingWithoutADomainIsShownAndAddsNothing() throws {
    let scratch = try ScratchFolder()
    let (opened, plain) = try linked(scratch.url)
    let shown = try opened.link(writing: WritingModel(.builtIn()))
    #expect(shown.clusters.map { $0.accounts.map(\.id) } == plain.clusters.map { $0.accounts.map(\.id) })
    // That two wrote the same, word for word, needs no domain, and joins nobody here.
    #expect(shown.pairs >= plain.pairs && shown.run != plain.run)
    let cluster = try #require(shown.clusters.first { $0.accounts.count > 4 })
    let items = try cluster.accounts.flatMap { account in
      try cluster.accounts.filter { $0.id > account.id }.flatMap {
        try opened.why(account.id, $0.id).evidence
      }
    }.filter { $0.family == "style" }
    #expect(!items.isEmpty && items.allSatisfy { $0.log10LR == 0 && $0.rule == "writing-uncalibrated" })
    #expect(throws: StyleModelError.unknownDomain("novels", known: ["blogs", "chat"])) {
      try WritingModel(.builtIn(), domain: "novels")
    }
  }

  @Test func writingJoinsNobodyByItselfAtALowThreshold() throws {
    let scratch = try ScratchFolder()
    let (opened, _) = try linked(scratch.url)
    var settings = LinkageSettings()
    settings.threshold = 1.5
    let result = try opened.link(settings: settings, writing: WritingModel(.builtIn(), domain: "chat"))
    var added = 0
    for step in try result.clusters.flatMap({ try opened.how($0.id).merges }) {
      #expect(!step.because.hasPrefix("How they write"))
      guard step.because.contains(" How they write adds +") else { continue }
      added += 1
      let pair = try opened.why(step.left.id, step.right.id)
      let written = pair.evidence.filter { $0.family == "style" }.reduce(0) { $0 + $1.log10LR }
      let other = pair.evidence.filter { $0.family != "style" }.reduce(0) { $0 + $1.log10LR }
      #expect(written <= 1 && other >= 0.5 && pair.log10LR >= 1.5)
    }
    #expect(added > 0)
  }

  @Test func doesNotDependOnThreads() throws {
    let scratch = try ScratchFolder()
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let one = try linked(scratch.url.appendingPathComponent("one")).result
    let two = try linked(scratch.url.appendingPathComponent("two"), threads: 2).result
    let (first, second) = (try encoder.encode(one), try encoder.encode(two))
    #expect(first == second)
  }

  @Test func storesTheSameRunOnce() throws {
    let scratch = try ScratchFolder()
    let (opened, first) = try linked(scratch.url)
    #expect(try opened.link().run == first.run)
    let request = ImportRequest(paths: [scratch.url.appendingPathComponent("exports/sms")])
    #expect(try opened.importSources(request).sources.map(\.outcome) == [.alreadyImported])
  }

  @Test func aJudgementIsKeptAndTakenBack() throws {
    let scratch = try ScratchFolder()
    let (opened, result) = try linked(scratch.url)
    let cluster = try #require(result.clusters.first)
    let pair = try #require(opened.how(cluster.id).merges.first)
    try opened.judge(pair.left.id, pair.right.id, .different, reason: "seen with different people")
    let apart = try opened.link()
    let clusterOf = Dictionary(
      apart.clusters.flatMap { one in one.accounts.map { ($0.id, one.id) } }, uniquingKeysWith: { $1 })
    #expect(clusterOf[pair.left.id] == nil || clusterOf[pair.left.id] != clusterOf[pair.right.id])
    try opened.undo()
    #expect(try opened.link().run == result.run)
  }
}
