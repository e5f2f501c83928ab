import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Which files of repositories belong together.
@Suite struct BlueskyFilesTests {
  @Test("Names with dots are whole: of other accounts, and of other days")
  func namesWithDots() throws {
    let roots = [
      "a/hilda.bsky.social.car": "a/hilda.bsky.social", "a/hilda.example.car": "a/hilda.example",
      "hilda.example.20240101.CAR": "hilda.example.20240101", "hilda.example.repo.car": "hilda.example",
      "hilda.example.did.json": "hilda.example", "hilda.didDoc.json": "hilda", "repo.car": "repo",
      ".car": ".car", "hilda.example": "hilda.example",
    ]
    for (path, root) in roots.sorted(by: { $0.key < $1.key }) {
      #expect(BlueskyRepositoryReader.root(of: path) == root)
    }
    let folder = try ScratchFolder()
    for (name, did) in [
      ("hilda.bsky.social.car", BlueskyRepositoryTests.did),
      ("hilda.example.car", BlueskyRepositoryTests.rex),
    ] {
      _ = try folder.write(
        RepositoryBuilder(did: did, records: BlueskyRepositoryTests.records).file, to: name)
    }
    let units = try ReadOutcome(reading: folder.url).units
    #expect(
      units.map { $0.accounts.first { $0.role == .owner }?.key?.value } == [
        BlueskyRepositoryTests.did, BlueskyRepositoryTests.rex,
      ])
  }

  @Test("Long keys that take few bytes are put together one by one")
  func longKeys() throws {
    typealias Builder = RepositoryBuilder
    let post = Builder.post("once", at: "2023-06-30T15:03:02.000Z")
    let start = Array("app.bsky.feed.post/".utf8)
    func entry(_ common: Int, _ rest: [UInt8]) -> Builder.Value {
      .map([
        ("p", .integer(common)), ("k", .bytes(rest)), ("v", .link(Builder.link(to: post))), ("t", .null),
      ])
    }
    let long = start + Array(repeating: UInt8(ascii: "a"), count: 100)
    let further: [Builder.Value] = "abcdefghij".utf8.map { entry(long.count, [$0]) }
    let leaf = Builder.Value.map([("e", .array([entry(0, long)] + further))])
    let node = Builder.Value.map([
      ("e", .array([entry(0, start + [UInt8(ascii: "b")])])), ("l", .link(Builder.link(to: leaf))),
    ])
    let commit = Builder().commit(Builder.link(to: node))
    let blocks = [commit, node, leaf, post].flatMap { Builder.block($0) }
    let outcome = try ReadOutcome.reading(
      Builder.header([Builder.link(to: commit)]) + blocks, named: "repo.car")
    let unit = try #require(outcome.units.first)
    #expect(unit.records.map(\.text) == ["once"])
    // All but the first name the same record, and none is out of order.
    let others = unit.setAside.filter { $0.unit == "repository entry" }
    #expect(others.map { "\($0.reason.code) \($0.count)" } == ["duplicate 11"])
    let first = String(decoding: long, as: UTF8.self)
    #expect(others.first?.examples.first?.detail == first + "a")
    #expect(others.first?.examples.dropFirst().first?.detail == first + "b")
  }

  @Test func documentsOfOtherServicesAreNotTaken() throws {
    let shop =
      #"{"@context":["https://www.w3.org/ns/did/v1"],"id":"did:web:shop.example","alsoKnownAs":["https://shop.example"]}"#
    #expect(try ReadOutcome.reading(shop, named: "did.json").units.isEmpty)
    let account = shop.replacing("https://shop.example", with: "at://shop.example")
    #expect(try ReadOutcome.reading(account, named: "did.json").units.map(\.format) == ["bluesky-repository"])
  }
}
