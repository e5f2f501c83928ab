import PlatformExports
import Testing

/// Reads every prefix of a source, `step` bytes apart, and checks that none invents anything.
func checkTruncations(
  of bytes: [UInt8], named name: String, step: Int = 1, options: ReaderOptions = ReaderOptions(),
  allowCutLast: Bool = false, isDetectable: (_ lastByte: UInt8) -> Bool = { _ in true }
) throws {
  let full = try ReadOutcome.reading(bytes, named: name, options: options)
  let records = full.units.first?.records ?? []
  let identifiers = full.units.first?.identifiers ?? []
  var count = 0
  while count < bytes.count {
    defer { count += step }
    let outcome: ReadOutcome
    do {
      outcome = try ReadOutcome.reading(Array(bytes[..<count]), named: name, options: options)
    } catch is ExportRefusal { continue }
    guard let unit = outcome.units.first else { continue }
    for (position, record) in unit.records.enumerated() {
      if position < records.count, record == records[position] { continue }
      let isLast = position == unit.records.count - 1 && position < records.count
      #expect(
        allowCutLast && isLast && records[position].text.hasPrefix(record.text)
          && record.account == records[position].account && record.time == records[position].time,
        "record \(position) of the first \(count) bytes is \(record)")
      if isDetectable(bytes[count - 1]) {
        #expect(unit.setAside.contains { $0.unit == "unterminated" }, "cut at \(count) without a word")
      }
    }
    #expect(
      unit.identifiers.elementsEqual(identifiers.prefix(unit.identifiers.count)),
      "identifiers of the first \(count) bytes differ")
    for line in unit.reconciliation { #expect(line.agrees, "\(line) at \(count)") }
  }
}

extension ReadOutcome.Unit {
  /// Seen, imported and set aside of a unit.
  func counts(_ unit: String) -> [Int?] { count(unit).map { [$0.seen, $0.imported, $0.setAside] } ?? [] }
}
