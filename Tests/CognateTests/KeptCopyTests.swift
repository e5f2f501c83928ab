import CaseFile
import Cognate
import CorpusKit
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Copies of sources that a case keeps.
@Suite struct KeptCopyTests {
  private static let thread =
    #"{"participants":[{"name":"A"},{"name":"B"}],"messages":[{"sender_name":"A","timestamp_ms":1767607200000,"content":"one"}],"title":"A","thread_path":"inbox/a_1"}"#

  private func importing(_ path: URL, into test: CaseUnderTest) throws -> [String] {
    var request = ImportRequest(paths: [path])
    request.keepsCopy = true
    return try test.opened.importSources(request).sources.compactMap(\.sha256)
  }

  /// A copy that was changed was said to be what was signed.
  @Test func aChangedCopyIsFound() throws {
    let test = try CaseUnderTest()
    let place = test.folder.url.appendingPathComponent("t.cognate")
    let lone = try importing(try test.write(accountLines, "a.ndjson"), into: test)
    for name in ["a_1", "a_2"] {
      let text = Self.thread.replacing("a_1", with: name)
      _ = try test.write(text, "export/your_instagram_activity/messages/inbox/\(name)/message_1.json")
    }
    let export = test.folder.url.appendingPathComponent("export")
    let many = try importing(export, into: test)
    let zip = test.folder.url.appendingPathComponent("both.zip")
    let others = ["n1", "n2"].map { name in
      let line = #"{"id":"1","platform":"x","handle":"\#(name).one"}"# + "\n"
      return (name: "\(name).ndjson", bytes: Array(line.utf8))
    }
    try Data(zipFile(others)).write(to: zip)
    let archived = try importing(zip, into: test)
    #expect([lone, many, archived].map(\.count) == [1, 1, 2])
    // The archive of both is one file.
    let kept = try archived.map { hash in
      let path = place.appendingPathComponent("sources/\(hash)/both.zip").path
      return try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }
    #expect(kept[0] != nil && kept[0] == kept[1])
    func faults() throws -> [String] { try CaseLog(of: place).verify().faults.map(\.file) }
    #expect(try faults() == [])
    for hash in lone + many + archived {
      let folder = place.appendingPathComponent("sources/\(hash)")
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      let file = folder.appendingPathComponent(try #require(paths.first { $0.contains(".") }))
      let before = try Data(contentsOf: file)
      try (before + [0x20]).write(to: file)
      #expect(try faults() == (archived.contains(hash) ? archived : [hash]).map { "sources/\($0)" })
      try before.write(to: file)
    }
    #expect(try faults() == [])
    // None need be kept.
    try FileManager.default.removeItem(at: place.appendingPathComponent("sources"))
    #expect(try faults() == [])
  }

  /// Whoever checked the case waited for ever.
  @Test(.timeLimit(.minutes(1))) func aPipeAmongCopiesIsNotWaitedFor() throws {
    let test = try CaseUnderTest()
    let place = test.folder.url.appendingPathComponent("t.cognate")
    let hash = try #require(try importing(try test.write(accountLines, "a.ndjson"), into: test).first)
    let pipe = place.appendingPathComponent("sources/\(hash)/pipe").path
    try #require(mkfifo(pipe, 0o600) == 0)
    #expect(try CaseLog(of: place).verify().faults.map(\.file) == ["sources/\(hash)"])
  }

  /// A copy under another name than the source was imported by was never looked at, nor what was laid beside one.
  @Test func whateverLiesWithACopyIsLookedAt() throws {
    let test = try CaseUnderTest()
    let place = test.folder.url.appendingPathComponent("t.cognate")
    func faults() throws -> [String] { try CaseLog(of: place).verify().faults.map(\.file) }
    var request = ImportRequest(paths: [try test.write(accountLines, "a.ndjson")])
    for name in ["a_1", "a_2"] {
      let text = Self.thread.replacing("a_1", with: name)
      for top in ["first/export", "second/moved"] {
        _ = try test.write(text, "\(top)/your_instagram_activity/messages/inbox/\(name)/message_1.json")
      }
    }
    request.paths.append(test.folder.url.appendingPathComponent("first"))
    _ = try test.opened.importSources(request)
    let lone = try importing(try test.write(accountLines, "renamed.ndjson"), into: test)
    let many = try importing(test.folder.url.appendingPathComponent("second"), into: test)
    #expect([lone, many].map(\.count) == [1, 1])
    #expect(try test.opened.sources().count == 2)
    for hash in lone + many {
      let folder = place.appendingPathComponent("sources/\(hash)")
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      let file = folder.appendingPathComponent(try #require(paths.first { $0.contains(".") }))
      let before = try Data(contentsOf: file)
      #expect(try faults() == [])
      try (before + [0x20]).write(to: file)
      #expect(try faults() == ["sources/\(hash)"])
      try before.write(to: file)
      let beside = folder.appendingPathComponent("beside.txt")
      try Data("x".utf8).write(to: beside)
      #expect(try faults() == ["sources/\(hash)"])
      try FileManager.default.removeItem(at: beside)
    }
    #expect(try faults() == [])
  }

  /// Where the folder of copies could not be read, every file was said to be what was signed.
  @Test func copiesThatCannotBeListedAreNoneThatAreWhole() throws {
    let test = try CaseUnderTest()
    let place = test.folder.url.appendingPathComponent("t.cognate")
    _ = try importing(try test.write(accountLines, "a.ndjson"), into: test)
    #expect(try CaseLog(of: place).verify().isSound)
    let copies = place.appendingPathComponent("sources")
    try FileManager.default.removeItem(at: copies)
    try Data().write(to: copies)
    let report = try CaseLog(of: place).verify()
    #expect(!report.isSound && report.faults.map(\.file) == ["sources"])
  }

  /// A path may end as the first one does and not be where a copy lies: `11.eml` ends as `1.eml`.
  @Test func namesThatEndAlikeAreToldApart() throws {
    let test = try CaseUnderTest()
    let place = test.folder.url.appendingPathComponent("t.cognate")
    func faults() throws -> [String] { try CaseLog(of: place).verify().faults.map(\.file) }
    for number in [1, 2, 11, 12, 21, 111, 112] {
      let mail =
        "From: a@example.org\nTo: b@example.org\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n"
        + "Message-ID: <\(number)@example.org>\n\nhello \(number)\n"
      _ = try test.write(mail, "mails/\(number).eml")
    }
    let hash = try #require(importing(test.folder.url.appendingPathComponent("mails"), into: test).first)
    #expect(try faults() == [])
    for name in ["1.eml", "11.eml", "112.eml"] {
      let file = place.appendingPathComponent("sources/\(hash)/\(name)")
      let before = try Data(contentsOf: file)
      try FileManager.default.removeItem(at: file)
      #expect(try faults() == ["sources/\(hash)"])
      try before.write(to: file)
    }
    #expect(try faults() == [])
  }
}
