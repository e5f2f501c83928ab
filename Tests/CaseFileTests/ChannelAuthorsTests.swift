import AccountModel
import CaseFile
import Foundation
import GRDB
import Testing

/// Who wrote how much in a conversation, when there are more pairs than are counted in memory.
@Suite struct ChannelAuthorsTests {
  /// More pairs of conversation and author than go into memory at once.
  private static let pairs: UInt32 = 270_000

  @Test func addsUpWhatIsCountedBeforeAndAfterMemoryWasFull() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).cognate")
    defer { try? FileManager.default.removeItem(at: folder) }
    let opening = try CaseOpening(
      mode: .force, basis: "test", purpose: "test", reference: "test", owner: "one", reviewer: "two",
      reviewBy: "2030-01-01", dpia: "test")
    let stored = try CaseDatabase.create(at: folder, opening: opening)
    let source = try stored.operation { database, entries in
      let new = NewSource(
        sha256: String(repeating: "0", count: 64), format: "test", formatVersion: 1, name: "test",
        path: "test",
        root: "", bytes: 0, settings: "{}", authorisation: nil)
      let inserter = try SourceInserter(database, new, now: Date(timeIntervalSince1970: 0))
      func message(_ channel: UInt32) throws {
        try "words".utf8.withContiguousStorageIfAvailable { text in
          try inserter.record(
            .message, account: AccountIndex(raw: channel % 2), other: .none, channel: channel, time: .none,
            writtenTime: UnsafeBufferPointer(start: nil, count: 0), text: text,
            at: Locator(member: 0, offset: 0))
        }
      }
      // The first ten pairs write before and after all the others.
      for channel in 0..<Self.pairs { try message(channel) }
      for channel in 0..<UInt32(10) { try message(channel) }
      let appearances = ["first", "second"].map {
        SourceInserter.Appearance(
          key: AccountKey(platform: .x, kind: .displayName, scope: .source, value: $0), canonical: $0,
          role: .participant, sameAs: nil)
      }
      try inserter.finish(appearances: appearances, channels: [], members: [], patterns: [])
      try entries.append(LogEntryDraft(.collection, "import", who: .systemUser))
      return inserter.source
    }
    let rows = try stored.read {
      try Row.fetchAll($0, sql: "SELECT * FROM channel_author ORDER BY channel, appearance")
    }
    #expect(rows.count == Int(Self.pairs))
    for (number, row) in rows.enumerated() {
      let expected: [Int64] = [
        source, Int64(number), source << 32 | Int64(number % 2), number < 10 ? 2 : 1,
        source << 32 | Int64(number + 1),
      ]
      let found: [Int64] = [
        row["source"], row["channel"], row["appearance"], row["messages"], row["record"],
      ]
      if found != expected {
        Issue.record("row \(number): \(found), expected \(expected)")
        break
      }
    }
  }
}
