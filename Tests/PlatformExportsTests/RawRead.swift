import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Locators as they are, with the bytes they point at.
struct RawRead {
  var locators: [(recordClass: RecordClass, locator: Locator, text: String)] = []

  /// Reads bytes as a lone file.
  init(_ bytes: [UInt8], named name: String, options: ReaderOptions = ReaderOptions()) throws {
    let scratch = try ScratchFolder()
    let plan = try ImportPlan(scratch.write(bytes, to: name), options: options)
    final class Box { var found: [(recordClass: RecordClass, locator: Locator, text: String)] = [] }
    let box = Box()
    for unit in plan.units {
      let writer = RecordWriter { batch in
        for record in batch.records {
          box.found.append((record.recordClass, record.locator, batch.arena.string(record.text)))
        }
      }
      try plan.read(unit, into: writer)
    }
    locators = box.found
  }
}

/// Cuts a source at many places: what is read must be the beginning of what the whole gives.
enum Truncation {
  /// Reads the source cut at each place.
  ///
  /// - Parameter every: distance between cuts.
  static func check(
    _ bytes: [UInt8], named name: String, options: ReaderOptions = ReaderOptions(), every: Int = 1,
    mayCutText: Bool = false
  ) throws {
    let whole = try records(bytes, name, options)
    for cut in stride(from: 0, to: bytes.count, by: every) {
      let part: (records: [ReadOutcome.Record], identifiers: [ReadOutcome.Identifier])
      do {
        part = try records(Array(bytes[..<cut]), name, options)
      } catch is ExportRefusal {
        continue
      }
      let isPrefix =
        part.records.count <= whole.records.count
        && part.records.indices.allSatisfy { index in
          let other = whole.records[index]
          let one = part.records[index].asIn(other)
          if one == other { return true }
          var shortened = other
          shortened.text = one.text
          return mayCutText && index == part.records.count - 1 && one == shortened
            && other.text.utf8.starts(with: one.text.utf8)
        }
      #expect(
        isPrefix,
        "records are no beginning of the whole when cut at \(cut): \(part.records.last.debugDescription)")
      #expect(
        part.identifiers.count <= whole.identifiers.count
          && zip(part.identifiers, whole.identifiers).allSatisfy { $0 == $1 },
        "identifiers are no beginning of the whole when cut at \(cut)")
      if !isPrefix { return }
    }
  }

  private static func records(
    _ bytes: [UInt8], _ name: String, _ options: ReaderOptions
  ) throws -> (records: [ReadOutcome.Record], identifiers: [ReadOutcome.Identifier]) {
    let outcome = try ReadOutcome.reading(bytes, named: name, options: options)
    return (outcome.units.flatMap(\.records), outcome.units.flatMap(\.identifiers))
  }
}

extension ReconciliationLine {
  /// Seen by the independent count, imported, set aside.
  var counts: [Int?] { [seen, imported, setAside] }
}
