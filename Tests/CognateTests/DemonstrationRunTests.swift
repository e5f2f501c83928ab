import AccountModel
import CaseFile
import Cognate
import CorpusKit
import Foundation
import PlatformExports
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

  @Test(arguments: [DemonstrationCase.defaultSeed, 1, 2, 3])
  func findsTheControllersAndJoinsNobodyElse(seed: UInt64) throws {
    let scratch = try ScratchFolder()
    let (opened, _) = try linked(scratch.url, seed: seed)
    let accounts = try opened.accounts()
    #expect(accounts.contains { $0.isProtected })
    let score = try DemonstrationScore(
      truth: try DemonstrationCase.generate(seed: seed).truth,
      nodes: accounts.compactMap { account in
        IdentifierKind(rawValue: account.kind).map {
          .init(platform: Platform(account.platform), kind: $0, value: account.name, cluster: account.cluster)
        }
      })
    #expect(score.precision == 1, "\(score.falsePairs)")
    #expect(score.recall >= 0.6, "\(score.missedPairs)")
    #expect(score.protectedInClusters == 0)
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
