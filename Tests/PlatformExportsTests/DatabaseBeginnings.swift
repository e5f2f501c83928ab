import Foundation
import PlatformExports
import TestSupport
import Testing

/// Cuts a database at many places: what is read must be in the whole, and that it was cut must be said.
func expectBeginnings(
  of made: TestDatabase, essence: (ReadOutcome.Record) -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let bytes = try made.bytes()
  let name = made.url.lastPathComponent
  let whole = Set(try ReadOutcome.reading(bytes, named: name).units.flatMap(\.records).map(essence))
  #expect(whole.count > 50, sourceLocation: sourceLocation)
  let folder = try ScratchFolder()
  let file = try folder.write(bytes, to: name)
  let handle = try FileHandle(forWritingTo: file)
  var most = 0
  for count in stride(from: bytes.count - 1, through: 0, by: -211) {
    try handle.truncate(atOffset: UInt64(count))
    let outcome: ReadOutcome
    do { outcome = try ReadOutcome(reading: file) } catch is ExportRefusal { continue }
    guard let unit = outcome.units.first else { continue }
    // An owner whose own row is gone has no name.
    let read = unit.records.filter { !$0.account.hasPrefix("owner?") }
    #expect(
      read.allSatisfy { whole.contains(essence($0)) }, "cut to \(count) of \(bytes.count)",
      sourceLocation: sourceLocation)
    #expect(
      unit.setAside.contains { $0.reason == .truncated && $0.unit == "database" },
      sourceLocation: sourceLocation)
    most = max(most, unit.records.count)
  }
  #expect(most > whole.count / 2, sourceLocation: sourceLocation)
}

/// Flips bits of a database: it is refused, or read with counts that agree.
func expectNoHarm(
  of made: TestDatabase, format: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let bytes = try made.bytes()
  var random = SplitMix(seed: 11)
  var options = ReaderOptions()
  options.format = format
  for round in 0..<60 {
    var damaged = bytes
    for _ in 0...(round % 4) {
      damaged[Int(random.next() % UInt64(bytes.count))] ^= UInt8(1 << (random.next() % 8))
    }
    do {
      let outcome = try ReadOutcome.reading(damaged, named: made.url.lastPathComponent, options: options)
      #expect(
        outcome.units.flatMap(\.reconciliation).allSatisfy { $0.agrees }, "round \(round)",
        sourceLocation: sourceLocation)
    } catch is ExportRefusal {}
  }
}
