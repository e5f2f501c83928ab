import CaseFile
import Cognate
import CorpusKit
import Foundation
import PlatformExports
import TestSupport
import Testing

/// The demonstration case from exports to clusters.
@Suite struct DemonstrationRunTests {
  private func linked(_ folder: URL, threads: Int = 1) throws -> (opened: Case, result: LinkResult) {
    let demonstration = try DemonstrationCase.generate()
    try demonstration.write(to: folder)
    let opening = try CaseOpening(
      mode: .force, basis: "test", purpose: "test", reference: "T/1", owner: "A. Analyst",
      reviewer: "R. Reviewer", reviewBy: "2027-12-31", dpia: "DPIA/T")
    let opened = try Case.create(at: folder.appendingPathComponent("t.cognate"), opening: opening)
    var request = ImportRequest(paths: [folder.appendingPathComponent("exports")])
    request.authorisation = "T-AUTH/1"
    request.protected = demonstration.protectedAccounts
    let report = try opened.importSources(request)
    #expect(report.sources.allSatisfy { source in source.counts.allSatisfy(\.agrees) })
    return (opened, try opened.link(threads: threads))
  }

  @Test func joinsNobodyWhoIsProtected() throws {
    let scratch = try ScratchFolder()
    let (opened, result) = try linked(scratch.url)
    #expect(try opened.accounts().contains(where: \.isProtected))
    #expect(!result.clusters.contains { $0.accounts.contains(where: \.isProtected) })
    #expect(!result.alerts.isEmpty)
  }

  @Test func doesNotDependOnThreads() throws {
    let scratch = try ScratchFolder()
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let one = try linked(scratch.url.appendingPathComponent("one")).result
    let two = try linked(scratch.url.appendingPathComponent("two"), threads: 2).result
    #expect(try encoder.encode(one) == encoder.encode(two))
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
