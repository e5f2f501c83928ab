import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct BlueskyRepositoryTests {
  static let did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
  static let owner = "bluesky platform-id \(did)"
  static let rex = "did:plc:rex4rex4rex4rex4rex4rex4"
  static let una = "did:web:una.example"

  typealias Builder = RepositoryBuilder

  static let answer = Builder.post(
    "@rex.bsky.social look: example.org/wal… ünd", at: "2023-06-30T15:03:02.000Z",
    [
      (
        "reply",
        .map([("parent", .map([("uri", .text("at://\(rex)/app.bsky.feed.post/3jzfcijpj2z2a"))]))])
      ),
      (
        "facets",
        .array([
          .map([
            ("index", .map([("byteStart", .integer(0)), ("byteEnd", .integer(16))])),
            (
              "features",
              .array([.map([("$type", .text("app.bsky.richtext.facet#mention")), ("did", .text(rex))])])
            ),
          ]),
          .map([
            ("index", .map([("byteStart", .integer(23)), ("byteEnd", .integer(9000))])),
            (
              "features",
              .array([
                .map([
                  ("$type", .text("app.bsky.richtext.facet#link")),
                  ("uri", .text("https://example.org/walks/1")),
                ])
              ])
            ),
          ]),
        ])
      ),
      (
        "embed",
        .map([
          ("$type", .text("app.bsky.embed.images")),
          ("images", .array([.map([("alt", .text("a canal"))]), .map([("alt", .text(""))])])),
        ])
      ),
    ])

  static let records: [(key: String, value: Builder.Value)] = [
    (
      "app.bsky.actor.profile/self",
      .map([
        ("$type", .text("app.bsky.actor.profile")), ("displayName", .text("Hilda M")),
        ("description", .text("snails")),
      ])
    ),
    ("app.bsky.feed.like/3jzfcijpj2z2a", .map([("$type", .text("app.bsky.feed.like"))])),
    ("app.bsky.feed.post/3jzfcijpj2z2a", answer),
    ("app.bsky.feed.post/3jzfcijpj2z2b", Builder.post("earlier", at: "2019-01-01T00:00:00Z")),
    ("app.bsky.feed.post/3jzfcijpj2z2c", Builder.post("when", at: "soon")),
    ("app.bsky.feed.repost/3jzfcijpj2z2a", .map([("$type", .text("app.bsky.feed.repost"))])),
    ("app.bsky.graph.block/3jzfcijpj2z2a", Builder.block(of: rex)),
    ("app.bsky.graph.follow/3jzfcijpj2z2a", Builder.follow(una)),
    ("app.bsky.graph.follow/3jzfcijpj2z2b", Builder.follow("nobody")),
    ("app.bsky.graph.list/3jzfcijpj2z2a", .map([("$type", .text("app.bsky.graph.list"))])),
  ]

  static func read(_ bytes: [UInt8], named name: String = "repo.car") throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome.reading(bytes, named: name)
    #expect(outcome.units.map(\.format) == ["bluesky-repository"])
    return try #require(outcome.units.first)
  }

  static func setAside(_ unit: ReadOutcome.Unit) -> Set<String> {
    Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" })
  }

  @Test(arguments: [false, true]) func wholeRepository(isReversed: Bool) throws {
    let unit = try Self.read(Builder(records: Self.records, isReversed: isReversed).file)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.counts("message") == [3, 2, 1] && unit.counts("contact") == [2, 1, 1])
    #expect(unit.counts("block") == [1, 1, 0] && unit.counts("profile") == [1, 1, 0])
    #expect(
      unit.records.map { "\($0.recordClass.name) \($0.account) \($0.other): \($0.text)" } == [
        "profile \(Self.owner) : snails",
        "message \(Self.owner) : @rex.bsky.social look: example.org/wal… ünd",
        "message \(Self.owner) : earlier",
        "block \(Self.owner) bluesky platform-id \(Self.rex): ",
        "contact \(Self.owner) bluesky platform-id \(Self.una): following",
      ])
    let post = try #require(unit.records(.message).first)
    #expect(
      post.time == ObservedTime(microseconds: 1_688_137_382_000_000, zone: .known, precision: .millisecond))
    #expect(post.writtenTime == "2023-06-30T15:03:02.000Z" && post.channel == "posts")
    #expect(unit.accounts.filter { $0.role == .owner }.map(\.key?.value) == [Self.did])
    #expect(
      unit.identifiers.map { "\($0.account) \($0.kind.rawValue) \($0.value) \($0.assertion.rawValue)" } == [
        "\(Self.owner) platform-id \(Self.did) platform", "\(Self.owner) display-name Hilda M user",
        "bluesky platform-id \(Self.rex) platform-id \(Self.rex) platform",
        "bluesky platform-id \(Self.rex) handle rex.bsky.social claimed",
        "\(Self.owner) url https://example.org/walks/1 user",
        "bluesky platform-id \(Self.una) platform-id \(Self.una) platform",
      ])
    // A link in a post is none on a profile, and is labelled so.
    #expect(unit.identifiers.filter { $0.kind == .url }.map(\.label) == ["share"])
    #expect(
      Self.setAside(unit) == [
        "message bad-time 1", "contact no-author 1", "like reaction 1", "repost repost 1",
        "other record other-data 1",
        "attachment media 2",
      ])
    #expect(unit.notes.contains { $0.hasPrefix("1 message has an id that says another time") })
  }

  @Test func placesPointAtContents() throws {
    let file = Builder(records: Self.records).file
    let raw = try RawRead(file, named: "repo.car")
    let post = try #require(raw.locators.first { $0.text == "earlier" })
    let start = Int(post.locator.offset)
    let content = Array(file[start..<start + Int(post.locator.length)])
    #expect(content == Builder.post("earlier", at: "2019-01-01T00:00:00Z").encoded)
  }

  @Test("What the tree does not name is of a former state")
  func formerRecords() throws {
    var builder = Builder(records: Self.records)
    builder.strays = [
      Builder.post("deleted", at: "2023-07-02T10:00:00Z"), builder.commit(Builder.link(to: .null)),
      Builder.node([]),
    ]
    let unit = try Self.read(builder.file)
    #expect(!unit.records.contains { $0.text == "deleted" })
    #expect(unit.counts("message") == [4, 2, 2])
    let former = try #require(unit.setAside.first { $0.reason.code == "former" })
    #expect(former.count == 1 && former.examples.map(\.detail) == ["deleted"] && !former.reason.isFault)
    #expect(unit.notes.contains { $0.hasPrefix("2 commits and parts of trees") })
  }

  @Test func recordsThatAreNotInTheFile() throws {
    let withheld: Set = ["app.bsky.feed.post/3jzfcijpj2z2b"]
    let unit = try Self.read(Builder(records: Self.records, withheld: withheld).file)
    let missing = try #require(unit.setAside.first { $0.reason.code == "not-in-file" })
    #expect(missing.reason.isFault && missing.examples.map(\.detail) == withheld.sorted())
    #expect(unit.counts("message") == [2, 1, 1])
  }

  @Test("A byte that was changed is found by the hash, wherever it stands")
  func changedBytes() throws {
    let file = Builder(records: Self.records).file
    let whole = try Self.read(file)
    // The header and the lengths between blocks are no content.
    for text in ["earlier", "Hilda M", Self.rex, "app.bsky.graph.follow/3jz"] {
      let place = try #require(file.firstRange(of: Array(text.utf8))?.lowerBound)
      var changed = file
      changed[place] ^= 0x01
      let unit: ReadOutcome.Unit
      do { unit = try Self.read(changed) } catch is ExportRefusal { continue }
      #expect(unit.setAside.contains { ["bad-hash", "malformed"].contains($0.reason.code) }, "\(text)")
      #expect(unit.records.count < whole.records.count, "\(text)")
      #expect(unit.records.allSatisfy { record in whole.records.contains { $0 == record } }, "\(text)")
    }
  }

  @Test func truncatedAtEveryByte() throws {
    for isReversed in [false, true] {
      var builder = Builder(records: Array(Self.records[1..<4]) + [Self.records[7]], isReversed: isReversed)
      builder.strays = [Builder.post("deleted", at: "2023-07-02T10:00:00Z")]
      let file = builder.file
      let whole = try Self.read(file)
      #expect(whole.records.count == 3)
      for count in stride(from: file.count - 1, to: 0, by: -1) {
        let outcome: ReadOutcome
        do {
          outcome = try ReadOutcome.reading(Array(file[..<count]), named: "repo.car")
        } catch let refusal as ExportRefusal {
          #expect(refusal.code == "no-commit", "cut at \(count)")
          continue
        }
        guard let unit = outcome.units.first else { continue }
        #expect(unit.records.allSatisfy { whole.records.contains($0) }, "cut at \(count)")
        #expect(unit.identifiers.allSatisfy { whole.identifiers.contains($0) }, "cut at \(count)")
        if unit.records.count < whole.records.count {
          #expect(unit.setAside.contains { $0.reason.isFault }, "cut at \(count) without a word")
        }
        // Nothing that the whole holds today is called deleted.
        #expect(
          unit.setAside.filter { $0.reason.code == "former" }.allSatisfy { $0.count == 1 }, "cut at \(count)")
      }
    }
  }

  @Test("Reading in pieces of any size gives the same", arguments: [1, 7, 64, 1000])
  func pieces(size: Int) throws {
    func reading(_ size: Int) throws -> [String] {
      var builder = Builder(records: Self.records, isReversed: true)
      builder.strays = [Builder.post("deleted", at: "2023-07-02T10:00:00Z")]
      let bytes = builder.file
      final class Found { var lines: [String] = [] }
      let found = Found()
      let writer = RecordWriter { batch in
        for record in batch.records {
          found.lines.append("\(record.recordClass) \(record.locator) \(batch.arena.string(record.text))")
        }
      }
      var position = 0
      let input = MemberInput(path: "repo.car", member: writer.addMember(path: "repo.car")) { buffer in
        let count = min(size, buffer.count, bytes.count - position)
        bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
        position += count
        return count
      }
      var reader = try BlueskyRepositoryReader(
        context: UnitContext(container: "", root: "repo", memberPaths: ["repo.car"], options: ReaderOptions())
      )
      try reader.read(input, into: writer)
      try reader.finish(into: writer)
      try writer.finish()
      return found.lines + writer.reconciliation.map { "\($0)" } + writer.notes
    }
    let whole = try reading(.max)
    #expect(try reading(size) == whole)
    #expect(whole.contains { $0.contains("unit: \"message\", seen: Optional(4), imported: 2") })
  }

  // MARK: Hostile files

  @Test("A tree in which each node stands twice is followed once")
  func doublingTree() throws {
    let post = Builder.post("once", at: "2023-06-30T15:03:02.000Z")
    var nodes = [Builder.node([("app.bsky.feed.post/3jzfcijpj2z2a", Builder.link(to: post), nil)])]
    for _ in 0..<60 {
      let last = Builder.link(to: nodes[nodes.count - 1])
      nodes.append(
        Builder.node(left: last, [("app.bsky.feed.post/3jzfcijpj2z2b", Builder.link(to: post), last)]))
    }
    let commit = Builder().commit(Builder.link(to: nodes[nodes.count - 1]))
    let blocks = ([commit, post] + nodes).flatMap { Builder.block($0) }
    let unit = try Self.read(Builder.header([Builder.link(to: commit)]) + blocks)
    #expect(unit.records(.message).map(\.text) == ["once"])
    #expect(unit.setAside.contains { $0.unit == "repository entry" && $0.reason.isFault })
  }

  @Test func deepTree() throws {
    let post = Builder.post("deep", at: "2023-06-30T15:03:02.000Z")
    var nodes = [Builder.node([("app.bsky.feed.post/3jzfcijpj2z2a", Builder.link(to: post), nil)])]
    for _ in 0..<400 { nodes.append(Builder.node(left: Builder.link(to: nodes[nodes.count - 1]), [])) }
    let commit = Builder().commit(Builder.link(to: nodes[nodes.count - 1]))
    let blocks = ([commit, post] + nodes).flatMap { Builder.block($0) }
    let unit = try Self.read(Builder.header([Builder.link(to: commit)]) + blocks)
    #expect(unit.records.isEmpty)
    #expect(unit.setAside.contains { $0.examples.contains { $0.detail == "the tree is too deep" } })
    #expect(unit.setAside.contains { $0.reason.code == "unreached" && $0.unit == "message" })
  }

  @Test("A block called by another's hash is not taken for it")
  func wrongName() throws {
    let real = Builder.post("real", at: "2023-06-30T15:03:02.000Z")
    let forged = Builder.post("forged", at: "2023-06-30T15:03:02.000Z")
    let node = Builder.node([("app.bsky.feed.post/3jzfcijpj2z2a", Builder.link(to: real), nil)])
    let commit = Builder().commit(Builder.link(to: node))
    let file =
      Builder.header([Builder.link(to: commit)]) + Builder.block(commit) + Builder.block(node)
      + Builder.block(forged, called: Builder.link(to: real))
    let unit = try Self.read(file)
    #expect(unit.records.isEmpty)
    #expect(Self.setAside(unit).isSuperset(of: ["message bad-hash 1", "repository entry not-in-file 1"]))
  }

  @Test func badNodes() throws {
    let post = Builder.post("x", at: "2023-06-30T15:03:02.000Z")
    let link = Builder.link(to: post)
    func entry(_ common: Int, _ key: String) -> Builder.Value {
      .map([("p", .integer(common)), ("k", .bytes(Array(key.utf8))), ("v", .link(link)), ("t", .null)])
    }
    let bad: [Builder.Value] = [
      .map([("e", .array([entry(5, "app.bsky.feed.post/3jzfcijpj2z2a")]))]),
      .map([("e", .array([entry(0, String(repeating: "k", count: 900))]))]),
      .map([("e", .array([.text("x")]))]), .map([("e", .array([.map([("p", .integer(0))])]))]),
    ]
    for node in bad {
      let commit = Builder().commit(Builder.link(to: node))
      let file =
        Builder.header([Builder.link(to: commit)])
        + ([commit, node, post].flatMap { Builder.block($0) })
      let unit = try Self.read(file)
      #expect(unit.records.isEmpty)
      #expect(unit.setAside.contains { $0.unit == "repository entry" && $0.reason == .malformed })
    }
    // A key that was given before.
    let twice = Builder.Value.map([
      ("e", .array([entry(0, "app.bsky.feed.post/3jzfcijpj2z2a"), entry(32, "")]))
    ])
    let commit = Builder().commit(Builder.link(to: twice))
    let unit = try Self.read(
      Builder.header([Builder.link(to: commit)]) + [commit, twice, post].flatMap { Builder.block($0) })
    #expect(unit.records.count == 1)
    #expect(unit.setAside.contains { $0.examples.contains { $0.detail == "a key is out of order" } })
  }

  @Test func lengthsThatLie() throws {
    let file = Builder(records: Self.records).file
    let tails: [[UInt8]] = [
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0],
      Array(repeating: 0xFF, count: 12), [0x80], [0x7F, 1],
    ]
    for tail in tails {
      let unit = try Self.read(file + tail)
      #expect(unit.counts("message") == [3, 2, 1])
      #expect(unit.setAside.contains { $0.unit == "file" && $0.reason.isFault }, "\(tail)")
    }
    // Zeros behind the last block are nothing.
    #expect(try Self.read(file + Array(repeating: 0, count: 512)).setAside.allSatisfy { $0.unit != "file" })
  }

  @Test("What is more than is held is set aside and said", arguments: [true, false])
  func limits(isOfBytes: Bool) throws {
    let file = Builder(records: Self.records).file
    let whole = try Self.read(file)
    for limit in [1, 3, 6, 9] {
      var options = ReaderOptions()
      if isOfBytes { options.limits.heldBytes = limit * 150 } else { options.limits.heldBlocks = limit }
      let unit = try #require(try ReadOutcome.reading(file, named: "repo.car", options: options).units.first)
      #expect(unit.setAside.contains { $0.reason.code == "not-held" && $0.reason.isFault }, "\(limit)")
      #expect(
        unit.records.allSatisfy { whole.records.contains($0) } && unit.records.count < whole.records.count)
      #expect(unit.reconciliation.allSatisfy { $0.agrees })
      #expect(!unit.setAside.contains { $0.reason.code == "former" })
    }
  }

  @Test func largeBlocksArePassedOver() throws {
    let block: [UInt8] = Builder.varint(36 + 3_000_000) + Builder.link(to: .null).bytes
    let file = Builder(records: Self.records).file + block + [UInt8](repeating: 0xF6, count: 3_000_000)
    let unit = try Self.read(file)
    #expect(unit.counts("message") == [3, 2, 1])
    #expect(Self.setAside(unit).contains("file block too-large 1"))
  }

  @Test func refusals() throws {
    func code(_ bytes: [UInt8]) throws -> String? {
      do {
        _ = try ReadOutcome.reading(bytes, named: "repo.car")
        return nil
      } catch let refusal as ExportRefusal { return refusal.code }
    }
    let commit = Builder().commit(Builder.link(to: .null))
    #expect(try code(Builder.header([Builder.link(to: commit)], version: 2)) == "car-version")
    #expect(try code(Builder.header([Builder.link(to: commit)])) == "no-commit")
    #expect(try code(Builder(did: "nobody", records: Self.records).file) == "commit-version")
    #expect(try code(Builder(version: 1, records: Self.records).file) == "commit-version")
  }

  @Test func twoOwnersUnderOneName() throws {
    let folder = try ScratchFolder()
    _ = try folder.write(Builder(records: Self.records).file, to: "hilda.car")
    _ = try folder.write(Builder(did: Self.rex, records: []).file, to: "hilda.repo.car")
    #expect { try ReadOutcome(reading: folder.url) } throws: { ($0 as? ExportRefusal)?.code == "two-owners" }
    _ = try folder.write(Builder(did: Self.rex, records: []).file, to: "rex.car")
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("hilda.repo.car"))
    #expect(try ReadOutcome(reading: folder.url).units.map(\.root) == ["hilda", "rex"])
  }

  @Test("A DID document gives names, which nothing confirms, and may be another account's")
  func documents() throws {
    func document(_ did: String) -> String {
      #"{"@context":["https://www.w3.org/ns/did/v1"],"id":"\#(did)","alsoKnownAs":["at://hilda.example"],"#
        + #""service":[{"serviceEndpoint":"https://pds.example"}]}"#
    }
    for did in [Self.did, Self.rex] {
      let folder = try ScratchFolder()
      _ = try folder.write(Builder(records: Self.records).file, to: "hilda.repo.car")
      _ = try folder.write(document(did), to: "hilda.did.json")
      let unit = try #require(try ReadOutcome(reading: folder.url).units.first)
      let handle = try #require(unit.identifiers.first { $0.kind == .handle && $0.value == "hilda.example" })
      #expect(handle.account == "bluesky platform-id \(did)" && handle.assertion == .claimed)
      #expect(unit.notes.contains { $0.contains("is that of another account") } == (did == Self.rex))
      #expect(unit.counts("profile") == [2, 2, 0])
    }
  }

  @Test func otherFilesAreNotTaken() throws {
    for bytes: [UInt8] in [[0x0A, 0xA1, 0x67], [], [0x3A], Array("hello".utf8)] {
      #expect(
        try ReadOutcome.reading(bytes, named: "repo.car").units.allSatisfy {
          $0.format != "bluesky-repository"
        })
    }
    #expect(ExportRegistry.formats.contains { $0.id == "bluesky-repository" })
  }
}
