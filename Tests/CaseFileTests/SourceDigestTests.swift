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

  /// Stores a source with a message, and a declared link with this assertion; its digest.
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
            assertion: recordClass == .message ? nil : assertion, channel: 0, time: .none, writtenTime: empty,
            text: text, at: Locator(member: 0, offset: 0))
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

  @Test("A case that was not opened since is verified as it is")
  func olderSchema() throws {
    let told = try digest(nil)
    let found = try stored.operation { database, entries in
      try database.execute(sql: "DROP INDEX record_asserted; ALTER TABLE record DROP COLUMN assertion")
      try entries.append(LogEntryDraft(.alteration, "test", who: .systemUser))
      return try StoredSourceDigest.statement(ofSources: [1], database)
    }
    #expect(found == told)
  }

  @Test(
    "An assertion that is changed, added or taken away changes the digest",
    arguments: [Assertion.claimed, nil])
  func assertions(_ assertion: Assertion?) throws {
    let told = try digest(assertion)
    for other in ["'platform'", "'user'", assertion == nil ? "''" : "NULL"] {
      for row in ["class = 6", "class = 0"] {
        let found = try stored.operation { database, entries in
          try database.execute(sql: "SAVEPOINT tamper; UPDATE record SET assertion = \(other) WHERE \(row)")
          let found = try StoredSourceDigest.statement(ofSources: [1], database)
          try database.execute(sql: "ROLLBACK TO tamper; RELEASE tamper")
          try entries.append(LogEntryDraft(.alteration, "test", who: .systemUser))
          return found
        }
        #expect(found != told || other == "NULL" && row == "class = 0")
      }
    }
  }
}
