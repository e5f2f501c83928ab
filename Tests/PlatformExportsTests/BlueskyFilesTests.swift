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
}
