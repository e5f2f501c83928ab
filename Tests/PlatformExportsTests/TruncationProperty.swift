import Foundation
import PlatformExports
import TestSupport
import Testing

/// Reads every prefix of a source, `step` bytes apart, and checks that none invents anything.
func checkTruncations(
  of bytes: [UInt8], named name: String, step: Int = 1, options: ReaderOptions = ReaderOptions(),
  allowCutLast: Bool = false, isDetectable: (_ lastByte: UInt8) -> Bool = { _ in true }
) throws {
  // One file, cut shorter and shorter.
  let folder = try ScratchFolder()
  let file = try folder.write(bytes, to: name)
  let full = try ReadOutcome(reading: file, options: options)
  let records = full.units.first?.records ?? []
  let identifiers = full.units.first?.identifiers ?? []
  for count in stride(from: bytes.count - 1, through: 1, by: -step) {
    #expect(truncate(file.path, count) == 0)
    let outcome: ReadOutcome
    do {
      outcome = try ReadOutcome(reading: file, options: options)
    } catch is ExportRefusal { continue }
    guard let unit = outcome.units.first else { continue }
    for (position, record) in unit.records.enumerated() {
      if position < records.count, record.asIn(records[position]) == records[position] { continue }
      let isLast = position == unit.records.count - 1 && position < records.count
      #expect(
        allowCutLast && isLast && records[position].text.hasPrefix(record.text)
          && record.account == records[position].account && record.time == records[position].time,
        "record \(position) of the first \(count) bytes is \(record)")
      if isDetectable(bytes[count - 1]) {
        #expect(unit.setAside.contains { $0.unit == "unterminated" }, "cut at \(count) without a word")
      }
    }
    if !unit.identifiers.elementsEqual(identifiers.prefix(unit.identifiers.count)) {
      Issue.record("identifiers of the first \(count) bytes differ")
    }
    for line in unit.reconciliation where !line.agrees { Issue.record("\(line) at \(count)") }
  }
}

extension ReadOutcome.Unit {
  /// Seen, imported and set aside of a unit.
  func counts(_ unit: String) -> [Int?] { count(unit).map { [$0.seen, $0.imported, $0.setAside] } ?? [] }
}
