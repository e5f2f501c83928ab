import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Every shared sample of the formats that are read, cut off at every byte.
@Suite(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
struct SharedSamplesTests {
  /// Samples by the folder they lie in; expectations of other projects' tests are no samples.
  private static let folders = [
    "whatsapp-txt/chat-miner", "telegram/chat-miner", "instagram/chat-miner", "facebook/shape-2026",
    "irc/plaso", "signal/chat-miner", "email/stalwart-mail-parser/eml", "mbox/stalwart-mail-parser",
  ]

  private static func samples(_ folder: String) throws -> [URL] {
    let root = try SharedMaterial.export(folder)
    let names =
      FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?
      .compactMap { $0 as? URL } ?? []
    let isMail = folder.hasPrefix("email")
    return names.filter { url in
      let name = url.lastPathComponent
      return !url.hasDirectoryPath && name != "target.json" && name != "COPYING"
        && (!isMail || name.hasSuffix(".eml"))
    }.sorted { $0.path < $1.path }
  }

  @Test(arguments: folders)
  func aBeginningGivesABeginning(folder: String) throws {
    let samples = try Self.samples(folder)
    #expect(!samples.isEmpty)
    for sample in samples {
      let bytes = try [UInt8](Data(contentsOf: sample))
      let scratch = try ScratchFolder()
      let file = try scratch.write(bytes, to: sample.lastPathComponent)
      let whole = try ReadOutcome(reading: file)
      let handle = try FileHandle(forWritingTo: file)
      let step = bytes.count > 64 << 10 ? bytes.count / 64 : 1
      for count in stride(from: bytes.count - 1, through: 0, by: -step) {
        try handle.truncate(atOffset: UInt64(count))
        guard let problem = try Self.problem(file, whole: whole) else { continue }
        Issue.record("\(sample.lastPathComponent) cut to \(count) of \(bytes.count) bytes: \(problem)")
        break
      }
    }
  }

  /// What a beginning gives that the whole does not; nil when nothing, or when it is refused.
  private static func problem(_ file: URL, whole: ReadOutcome) throws -> String? {
    let outcome: ReadOutcome
    do { outcome = try ReadOutcome(reading: file) } catch is ExportRefusal { return nil }
    guard let cut = outcome.units.first, !cut.records.isEmpty || !cut.identifiers.isEmpty else { return nil }
    guard let full = whole.units.first, cut.format == full.format else {
      return "another format: \(cut.format)"
    }
    if cut.records.count > full.records.count { return "more records" }
    for (position, record) in cut.records.enumerated() {
      let original = full.records[position]
      let isLast = position == cut.records.count - 1
      let sameText = record.text == original.text
      // The last text of a format without terminators may be cut. A mail that lost its body, or the better of
      // two bodies, falls back on what is left of it.
      let mayBeCut = isLast && (cut.format.hasPrefix("email") || original.text.hasPrefix(record.text))
      guard record.recordClass == original.recordClass, sameText || mayBeCut else {
        return "record \(position): \(record.text.debugDescription) for \(original.text.debugDescription)"
      }
      if record.account != original.account, record.account != "owner?" {
        return "record \(position): by \(record.account), not \(original.account)"
      }
      if record.time != original.time, !record.time.isNone { return "record \(position): another time" }
    }
    let known = Set(full.identifiers.map { "\($0.kind) \($0.value)" })
    for identifier in cut.identifiers where !known.contains("\(identifier.kind) \(identifier.value)") {
      return "identifier \(identifier.kind) \(identifier.value.debugDescription)"
    }
    return nil
  }
}
