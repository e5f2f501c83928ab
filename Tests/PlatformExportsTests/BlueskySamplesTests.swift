import Foundation
import PlatformExports
import TestSupport
import Testing

/// Repositories of another project's tests.
@Suite(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
struct BlueskySamplesTests {
  private static func read(_ name: String) throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome(reading: SharedMaterial.export("bluesky/indigo/" + name))
    let unit = try #require(outcome.units.first)
    #expect(outcome.units.count == 1 && unit.format == "bluesky-repository")
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(!unit.setAside.contains { $0.reason.code == "bad-hash" })
    return unit
  }

  private static func aside(_ unit: ReadOutcome.Unit, _ name: String, _ code: String) -> Int {
    unit.setAside.first { $0.unit == name && $0.reason.code == code }?.count ?? 0
  }

  /// Posts, follows, likes and reposts of the last state, counted by a walk of another program.
  @Test(arguments: [
    ("fakermaker.repo.car", 26, 78, 22, 15), ("paul_staging.repo.car", 101, 8, 60, 15),
    ("greenground.repo.car", 0, 2, 0, 0), ("divy.repo", 0, 5, 0, 0),
    ("bafyreieovfuizojpw3zresz7sx3nk4trm2by23pt5rxbey3jme4uo5ogiu.car", 5, 0, 0, 0),
  ]) func repositories(name: String, posts: Int, follows: Int, likes: Int, reposts: Int) throws {
    let unit = try Self.read(name)
    #expect(unit.records(.message).count == posts && unit.records(.contact).count == follows)
    #expect(Self.aside(unit, "like", "reaction") == likes && Self.aside(unit, "repost", "repost") == reposts)
    #expect(!unit.setAside.contains { $0.reason.isFault })
    #expect(unit.accounts.filter { $0.role == .owner }.count == 1)
  }

  @Test func formerRecordsAreCounted() throws {
    // Of 17 follows in the file nine were undone.
    #expect(Self.aside(try Self.read("paul_staging.repo.car"), "contact", "former") == 9)
  }

  @Test func slice() throws {
    let unit = try Self.read("repo_slice.car")
    let post = try #require(unit.records(.message).first)
    #expect(unit.records(.message).count == 1 && post.writtenTime == "2023-03-13T19:48:20-07:00")
    #expect(post.account == "bluesky platform-id did:plc:6evlgoug7wwijzxhzt2riyic")
    #expect(post.text.hasPrefix("@ledner9213-c6.test Luck yesterday"))
    // The rest of the tree is not in it.
    #expect(Self.aside(unit, "repository entry", "not-in-file") > 0)
  }

  @Test("A document that lies beside a repository and is another account's is told")
  func documents() throws {
    let samples = try SharedMaterial.export("bluesky/indigo")
    for (stem, isOther) in [("greenground", true), ("fakermaker", false)] {
      let folder = try ScratchFolder()
      for ending in [".repo.car", ".didDoc.json"] {
        let bytes = try Data(contentsOf: samples.appendingPathComponent(stem + ending))
        _ = try folder.write(bytes, to: stem + ending)
      }
      let unit = try #require(try ReadOutcome(reading: folder.url).units.first)
      #expect(unit.notes.contains { $0.contains("is that of another account") } == isOther)
    }
  }

  @Test("DIDs are told from what is none", arguments: [("valid", true), ("invalid", false)])
  func identifiers(list: String, isValid: Bool) throws {
    let text = try String(
      contentsOf: SharedMaterial.export("bluesky/indigo/syntax/did_syntax_\(list).txt"), encoding: .utf8)
    let dids = text.split(separator: "\n").map { String($0) }.filter { !$0.hasPrefix("#") && !$0.isEmpty }
    #expect(!dids.isEmpty)
    var builder = RepositoryBuilder()
    builder.records = dids.enumerated().map { number, did in
      ("app.bsky.graph.follow/\(String(10_000 + number))", RepositoryBuilder.follow(did))
    }
    let file = builder.file
    let unit = try #require(try ReadOutcome.reading(file, named: "repo.car").units.first)
    #expect(unit.counts("contact") == [dids.count, isValid ? dids.count : 0, isValid ? 0 : dids.count])
  }
}
