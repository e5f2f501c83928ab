import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Reads every beginning of a source and checks that it gives only what the whole gives: the same records and
/// identifiers in the same order, fewer of them, and an issue.
///
/// An account that has no name yet is `owner?` in a cut-off source; `aliases` holds the names under which an
/// account may come in one before it is known to be another.
func expectPrefixes(
  of bytes: [UInt8], named name: String, options: ReaderOptions = ReaderOptions(),
  alsoNamed aliases: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let whole = try ReadOutcome.reading(bytes, named: name, options: options)
  let full = try #require(whole.units.first, sourceLocation: sourceLocation)
  #expect(!full.records.isEmpty || !full.identifiers.isEmpty, sourceLocation: sourceLocation)
  let step = bytes.count > 64 << 10 ? bytes.count / 64 : 1
  func same(_ cut: String, _ whole: String) -> Bool {
    cut == whole || cut == "owner?" || aliases[cut] == whole
  }
  // One file that gets shorter and shorter: making thousands of files would take most of the time.
  let folder = try ScratchFolder()
  let file = try folder.write(bytes, to: name)
  let handle = try FileHandle(forWritingTo: file)
  for count in stride(from: 0, to: bytes.count, by: step).reversed() {
    try handle.truncate(atOffset: UInt64(count))
    let outcome = try ReadOutcome(reading: file, options: options)
    guard let unit = outcome.units.first else { continue }
    var recordsAgree = unit.records.count <= full.records.count
    for (cut, whole) in zip(unit.records, full.records) {
      var plain = cut.asIn(whole)
      plain.account = whole.account
      plain.other = whole.other
      recordsAgree =
        recordsAgree && plain == whole && same(cut.account, whole.account) && same(cut.other, whole.other)
    }
    var rest = full.identifiers[...]
    var identifiersAgree = true
    for cut in unit.identifiers {
      let found = rest.firstIndex { whole in
        var plain = cut
        plain.account = whole.account
        return plain == whole && same(cut.account, whole.account)
      }
      guard let found else {
        identifiersAgree = false
        break
      }
      rest = rest[(found + 1)...]
    }
    #expect(recordsAgree, "records of the first \(count) bytes", sourceLocation: sourceLocation)
    #expect(identifiersAgree, "identifiers of the first \(count) bytes", sourceLocation: sourceLocation)
    if unit.records.count < full.records.count {
      #expect(
        unit.setAside.contains { $0.reason == .truncated }, "no issue at \(count) bytes",
        sourceLocation: sourceLocation)
    }
    if !(recordsAgree && identifiersAgree) { return }
  }
}

extension ReadOutcome.Unit {
  /// Seen by the second count, imported, set aside; a missing second count is -1.
  func tally(_ unit: String) -> [Int] {
    guard let line = count(unit) else { return [] }
    return [line.seen ?? -1, line.imported, line.setAside]
  }
}
