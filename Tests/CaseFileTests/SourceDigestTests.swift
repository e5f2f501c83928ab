import AccountModel
import CaseFile
import Foundation
import GRDB
import TestSupport
import Testing

/// The digest of a source by which the log holds what was imported.
@Suite struct SourceDigestTests {
  private let folder: ScratchFolder
  private let stored: CaseDatabase

  init() throws {
    folder = try ScratchFolder()
    stored = try CaseDatabase.create(
      at: folder.url.appendingPathComponent("a.cognate"),
      opening: try CaseOpening(
        mode: .force, basis: "test", purpose: "test", reference: "test", owner: "one", reviewer: "two",
        reviewBy: "2030-01-01", dpia: "test"))
  }

  /// Stores a source with a message, and a declared link with this assertion, which reads as the platform's; its digest.
  private func digest(_ assertion: Assertion?) throws -> String {
    try stored.operation { database, entries in
      let new = NewSource(
        sha256: String(repeating: "0", count: 64), format: "test", formatVersion: 1, name: "test",
        path: "test", root: "", bytes: 0, settings: "{}", authorisation: nil)
      let inserter = try SourceInserter(database, new, now: Date(timeIntervalSince1970: 0))
      let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
      for recordClass in [RecordClass.message, .declaredLink] {
        var text = "words"
        try text.withUTF8 { text in
          try inserter.record(
            recordClass, account: AccountIndex(raw: 0),
            other: recordClass == .message ? .none : AccountIndex(raw: 1),
            assertion: recordClass == .message ? nil : assertion, readsAsPlatform: recordClass != .message,
            channel: 0, time: .none, writtenTime: empty, text: text, at: Locator(member: 0, offset: 0))
        }
      }
      let appearances = ["first", "second"].map {
        SourceInserter.Appearance(
          key: AccountKey(platform: .x, kind: .handle, scope: .platform, value: $0), canonical: $0,
          role: .participant, sameAs: nil)
      }
      try inserter.finish(appearances: appearances, channels: ["c"], members: ["m"], patterns: [])
      try entries.append(LogEntryDraft(.collection, "import", who: .systemUser))
      return try StoredSourceDigest.statement(ofSources: [inserter.source], database)
    }
  }

  @Test("What was imported before assertions were kept has the digest that its entry tells")
  func olderSource() throws {
    #expect(try digest(nil) == "S1:ec981d2c6de6d48ea62232be3302e4121536e0a5c22b468d11bc8b3e04b8b651")
  }

  /// The digest once the database was changed, which it is not any more.
  private func digest(after sql: String) throws -> String {
    try stored.operation { database, entries in
      try database.execute(sql: "SAVEPOINT tamper; \(sql)")
      let found = try StoredSourceDigest.statement(ofSources: [1], database)
      try database.execute(sql: "ROLLBACK TO tamper; RELEASE tamper")
      try entries.append(LogEntryDraft(.alteration, "test", who: .systemUser))
      return found
    }
  }

  private static let withoutReadings =
    "DROP INDEX record_reading; ALTER TABLE record DROP COLUMN reads_as_platform"

  @Test("A case that was not opened since is verified as it is")
  func olderSchema() throws {
    let told = try digest(nil)
    #expect(try digest(after: Self.withoutReadings) == told)
    let found = try digest(
      after: Self.withoutReadings + "; DROP INDEX record_asserted; ALTER TABLE record DROP COLUMN assertion")
    #expect(found == told)
  }

  @Test("A link that was imported before it was kept how it reads has the digest that its entry tells")
  func linkWithoutReading() throws {
    let told = try digest(.claimed)
    let older = try digest(after: "UPDATE record SET reads_as_platform = NULL")
    #expect(older == "S1:e17d5e49718e6936bd2b80b1f5983cb4edcc90adc572f77c056311c9c9bafbb9", "\(older)")
    #expect(older != told)
    #expect(try digest(after: Self.withoutReadings) == older)
  }

  @Test(
    "An assertion that is changed, added or taken away changes the digest, and so does how a link reads",
    arguments: [Assertion.claimed, nil])
  func assertions(_ assertion: Assertion?) throws {
    let told = try digest(assertion)
    let values = [
      ("assertion", ["'platform'", "'user'", assertion == nil ? "''" : "NULL"]),
      ("reads_as_platform", ["0", assertion == nil ? "1" : "NULL"]),
    ]
    for (column, others) in values {
      for other in others {
        for row in ["class = 6", "class = 0"] {
          let found = try digest(after: "UPDATE record SET \(column) = \(other) WHERE \(row)")
          #expect(found != told || other == "NULL" && row == "class = 0", "\(column) \(other) \(row)")
        }
      }
    }
  }
}
