import AccountModel
import CorpusKit
import Foundation
import PlatformExports

/// All readers: the first byte selects the format, the second what is said about the source, the rest is the member.
///
/// Held against each input: no crash; refusals are `ExportRefusal`; locators lie inside the input; texts are
/// UTF-8; times are plausible; every imported record was delivered and counted; a unit with records or issues
/// has its line in the reconciliation; reading in blocks of other sizes gives the same in every particular.
/// With `COGNATE_FUZZ_STRICT` the two counts must agree as well.
struct ReaderHarness: FuzzHarness {
  static let readers = ExportRegistry.readers
  static let formats = readers.map { $0.format.id }
  private static let isStrict = ProcessInfo.processInfo.environment["COGNATE_FUZZ_STRICT"] != nil
  /// Paths by which some readers tell their members apart, by format.
  private static let paths = formats.map { format in
    let own = Samples.members.filter { $0.format == format }.map(\.path)
    // What is only told apart by being named has the samples of its kin.
    let kin = format.hasSuffix("-html") ? "meta-html" : "meta-json"
    return own.isEmpty ? Samples.members.filter { $0.format == kin }.map(\.path) : own
  }
  private static let blocks = [1, 2, 3, 5, 7, 1, 13, 64, 1, 29, 250]

  private let format: Int?
  private let mappings: [TableMapping]

  init(format: String?) {
    self.format = format.flatMap { Self.formats.firstIndex(of: $0) }
    do {
      let example = TableMapping.example
      // A second one leaves the order of day and month open, as people's mappings do.
      let open = example.replacing("dd/MM/yyyy", with: "xx/xx/yyyy").replacing("Member ID", with: "Member")
      mappings = [try TableMapping(toml: example), try TableMapping(toml: open)]
    } catch {
      stop("the example of a mapping cannot be read: \(error)")
    }
  }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    guard input.count >= 2 else { return }
    let number = format ?? Int(input[0]) % Self.readers.count
    let variant = Int(input[1])
    // A copy of its own, so that the sanitizer sees a read beyond its end.
    var bytes = Array(input.dropFirst(2))
    let reader = Self.readers[number]
    // Of a workbook the part of a sheet is changed: its archive would be refused for its checksums.
    if reader.format.id == "workbook" {
      do { bytes = try Samples.workbook(sheet: bytes) } catch { stop("no workbook can be made: \(error)") }
      readRows(bytes)
    }
    let path = Self.paths[number][variant / 2 % Self.paths[number].count]
    let options = options(isTold: variant % 2 == 1)
    bytes.withUnsafeBufferPointer {
      _ = reader.recognise(MemberHead(path: path, bytes: $0, isWhole: true, options: options))
    }
    let whole = Reading(reader, bytes, path, options, blocks: [.max])
    let parts = Reading(reader, bytes, path, options, blocks: Self.blocks)
    if whole.digest != parts.digest {
      let texts = [[Int.max], Self.blocks].map {
        Reading(reader, bytes, path, options, blocks: $0, describes: true).lines
      }
      let common = zip(texts[0], texts[1]).prefix { $0 == $1 }.count
      stop("block sizes matter:\n\(texts.map { $0.dropFirst(common).first ?? "nothing" })")
    }
    if Self.isStrict, let line = whole.disagreement { stop("the two counts disagree: \(line)") }
  }

  /// Reads the sheet as `resolve` does.
  private func readRows(_ bytes: [UInt8]) {
    guard
      let book = try? WorkbookTables(
        MemberInput(path: "a.xlsx", bytes: bytes), headers: ["member id"],
        limits: options(isTold: false).limits)
    else { return }
    for sheet in book.sheets {
      _ = try? book.read(sheet) { row in
        for cell in row.cells where cell.upperBound > row.bytes.count {
          stop("a cell ends behind its row: \(cell)")
        }
      }
    }
  }

  private func options(isTold: Bool) -> ReaderOptions {
    var options = ReaderOptions()
    options.mappings = mappings
    options.limits.recordBytes = 2048
    options.limits.depth = 24
    if isTold {
      options.dateOrder = .dayMonthYear
      options.timeZone = "Europe/London"
      options.ownerPhone = "+447700900999"
    }
    return options
  }

  func seeds() throws -> [[UInt8]] {
    var result: [[UInt8]] = []
    var options = options(isTold: false)
    options.limits = ImportLimits()
    func add(_ number: Int, _ place: Int, _ bytes: [UInt8]) {
      if let format, format != number { return }
      for told in 0...1 {
        result.append([UInt8(number), UInt8(place * 2 + told)] + bytes.prefix(4000))
      }
    }
    for (number, name) in Self.formats.enumerated() {
      let isOfMeta = name.hasPrefix("facebook-") || name.hasPrefix("instagram-")
      let wanted = isOfMeta ? name.hasSuffix("-html") ? "meta-html" : "meta-json" : name
      for (place, path) in Self.paths[number].enumerated() {
        let found = Samples.members.filter { $0.path == path && ($0.format == name || $0.format == wanted) }
        for member in found { add(number, place, Array(member.text.utf8)) }
      }
    }
    for file in try DemonstrationCase.generate().files {
      let reader = file.bytes.withUnsafeBufferPointer {
        let head = UnsafeBufferPointer(rebasing: $0.prefix(MemberHead.limit))
        return ExportRegistry.reader(
          for: MemberHead(path: file.path, bytes: head, isWhole: true, options: options))
      }
      guard let reader, let number = Self.formats.firstIndex(of: reader.format.id) else { continue }
      add(number, 0, file.bytes)
    }
    return result
  }
}

/// Everything that came out of reading one member, as numbers to compare; in words only when asked, as words
/// take most of the time.
private final class Reading {
  private(set) var digest: [UInt64] = []
  private(set) var lines: [String] = []
  private(set) var disagreement: String?
  private let size: UInt64
  private let lineCount: UInt32
  private let describes: Bool

  init(
    _ reader: any ExportReader.Type, _ bytes: [UInt8], _ path: String, _ options: ReaderOptions,
    blocks: [Int], describes: Bool = false
  ) {
    self.describes = describes
    size = UInt64(bytes.count)
    lineCount = UInt32(bytes.count { $0 == 0x0A || $0 == 0x0D }) + 1
    var records = 0
    let writer = RecordWriter { [self] batch in
      records += batch.records.count
      take(batch)
    }
    var position = 0
    var turn = 0
    let input = MemberInput(path: path, member: writer.addMember(path: path)) { buffer in
      let count = min(buffer.count, bytes.count - position, blocks[turn % blocks.count])
      turn += 1
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      position += count
      return count
    }
    do {
      let context = UnitContext(container: "c", root: path, memberPaths: [path], options: options)
      var instance = try reader.init(context: context)
      try input.skipByteOrderMark()
      try instance.read(input, into: writer)
      try instance.finish(into: writer)
      try writer.finish()
    } catch let refusal as ExportRefusal {
      digest = []
      lines = []
      add(refusal.code + refusal.description)
      return
    } catch {
      stop("an error that is no refusal: \(error)")
    }
    let counts = writer.reconciliation
    demand(counts.reduce(0) { $0 + $1.imported } == records, "records that were not counted: \(counts)")
    disagreement = counts.first { !$0.agrees }.map { "\($0)" }
    for line in counts {
      add(line.unit)
      digest += [line.seen ?? -1, line.imported, line.setAside].map { UInt64(bitPattern: Int64($0)) }
      if describes { lines.append("\(line)") }
    }
    for group in writer.setAside {
      demand(counts.contains { $0.unit == group.unit }, "\(group.unit) has no line")
      if describes { lines.append("\(group)") }
      add(group.reason.code)
      digest.append(UInt64(group.count))
      for example in group.examples {
        if let locator = example.locator { add(locator) }
        add(example.detail)
      }
    }
    for note in writer.notes { add(note) }
    for account in writer.accounts {
      add(account.firstSeen)
      add(account.key?.value ?? "")
      digest += [UInt64(account.role.rawValue), UInt64(account.sameAs?.raw ?? .max)]
      if describes { lines.append("\(account)") }
    }
  }

  private func take(_ batch: borrowing RecordBatch) {
    demand(String(validating: batch.arena.bytes, as: UTF8.self) != nil, "text that is no UTF-8")
    for record in batch.records {
      digest += [record.recordClass.rawValue].map { UInt64($0) }
      digest += [record.account.raw, record.other.raw, record.channel.raw].map { UInt64($0) }
      add(record.time)
      add(record.locator)
      for text in [record.writtenTime, record.text] { batch.arena.withBytes(text) { add($0) } }
      if describes { lines.append("\(record) \(batch.arena.string(record.text))") }
    }
    for identifier in batch.identifiers {
      demand(!identifier.value.isEmpty, "an identifier without a value")
      digest.append(UInt64(identifier.account.raw))
      add(identifier.kind.rawValue)
      add(identifier.assertion.rawValue)
      add(identifier.time)
      add(identifier.locator)
      for text in [identifier.label, identifier.value] { batch.arena.withBytes(text) { add($0) } }
      if describes { lines.append("\(identifier) \(batch.arena.string(identifier.value))") }
    }
  }

  private func add(_ locator: Locator) {
    demand(
      locator.member == 0 && locator.offset <= size && locator.offset + UInt64(locator.length) <= size
        && locator.line <= lineCount,
      "a locator lies outside the input: \(locator) of \(size) bytes")
    digest += [locator.offset, UInt64(locator.length), UInt64(locator.line), UInt64(locator.pattern)]
    digest += [UInt64(locator.index.0), UInt64(locator.index.1)]
  }

  private func add(_ time: ObservedTime) {
    demand(time.isNone || ObservedTime.plausible.contains(time.microseconds), "implausible: \(time)")
    digest += [
      UInt64(bitPattern: time.microseconds), UInt64(time.zone.rawValue), UInt64(time.precision.rawValue),
    ]
  }

  private func add(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
    if describes { lines.append(text) }
  }

  /// FNV-1a of the bytes, and how many.
  private func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    digest += [UInt64(bytes.count), hash]
  }
}
