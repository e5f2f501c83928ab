import AccountModel
import Foundation
import Identifiers
import TestSupport
import Testing

/// Lists of valid and invalid names of AT Protocol, as far as there are rules for them here.
@Suite(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
struct BlueskySyntaxTests {
  private static func list(_ name: String) throws -> [String] {
    let text = try String(
      contentsOf: SharedMaterial.export("bluesky/indigo/syntax/\(name).txt"), encoding: .utf8)
    return text.split(separator: "\n").map { String($0) }.filter { !$0.hasPrefix("#") && !$0.isEmpty }
  }

  @Test func handles() throws {
    for handle in try Self.list("handle_syntax_valid") {
      let found = Handle.normalise(handle, platform: .bluesky)
      #expect(
        found.canonical == handle.lowercased() && !found.flags.contains("not-valid-on-platform"), "\(handle)")
    }
  }

  @Test func identifiers() throws {
    for did in try Self.list("did_syntax_valid") {
      let found = PlatformIdentifier.normalise(did, platform: .bluesky)
      #expect(found.kind == .platformID && !found.canonical.isEmpty, "\(did)")
    }
  }

  @Test func keysOfRecords() throws {
    for key in try Self.list("tid_syntax_invalid") {
      #expect(EmbeddedTime.time(in: key, scheme: .blueskyTID) == nil, "\(key)")
    }
    // Valid keys may carry times that are none.
    let times = try Self.list("tid_syntax_valid").map { EmbeddedTime.time(in: $0, scheme: .blueskyTID) }
    #expect(times.contains { $0 != nil })
  }
}
