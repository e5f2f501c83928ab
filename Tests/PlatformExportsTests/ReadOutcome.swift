import AccountModel
import Foundation
import PlatformExports

/// Everything that came out of reading one container, as plain values that tests can compare.
struct ReadOutcome {
  struct Record: Equatable {
    var recordClass: RecordClass
    /// `platform kind value` of the account; `owner?` when it was never named.
    var account: String
    var other: String
    var assertion: Assertion?
    var readsAsPlatform: Bool
    var channel: String
    var time: ObservedTime
    var writtenTime: String
    var text: String
    var locator: String

    /// As a record of a whole source would be: that a chat is a group may be said behind where a source was cut off.
    func asIn(_ whole: Self) -> Self {
      var record = self
      if channel + GroupConversation.mark == whole.channel { record.channel = whole.channel }
      return record
    }
  }

  struct Identifier: Equatable {
    var account: String
    var kind: IdentifierKind
    var label: String
    var value: String
    var assertion: Assertion
    var time: ObservedTime
    var locator: String
  }

  struct Unit {
    var format: String
    var root: String
    var records: [Record] = []
    var identifiers: [Identifier] = []
    var accounts: [SourceAccount] = []
    var reconciliation: [ReconciliationLine] = []
    var setAside: [SetAsideGroup] = []
    var notes: [String] = []

    func records(_ recordClass: RecordClass) -> [Record] { records.filter { $0.recordClass == recordClass } }
    func count(_ unit: String) -> ReconciliationLine? { reconciliation.first { $0.unit == unit } }

    /// The identifiers of a kind that an account has: label, value and who says so.
    func values(_ kind: IdentifierKind, of account: String) -> [String] {
      identifiers.filter { $0.account == account && $0.kind == kind }
        .map { "\($0.label) \($0.value) \($0.assertion)" }
    }

    /// What it holds, whatever the order of its members: records, identifiers each once, and counts.
    var withoutOrder: [String] {
      (records.map {
        "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)"
      }
        + Set(identifiers.map { "\($0.account) \($0.kind) \($0.label) \($0.value)" })
        + reconciliation.map { "\($0)" }).sorted()
    }
  }

  var units: [Unit] = []
  var unrecognised: [String] = []
  var unread: [ImportPlan.Unread] = []
  var refused: [ExportContainer.Refused] = []

  /// Plans and reads a file, folder or archive.
  init(reading url: URL, options: ReaderOptions = ReaderOptions()) throws {
    let plan = try ImportPlan(url, options: options)
    unrecognised = plan.unrecognised
    unread = plan.unread
    refused = plan.refused
    for unit in plan.units {
      let box = Box()
      let writer = RecordWriter { try box.take($0) }
      try plan.read(unit, into: writer)
      units.append(box.unit(unit, writer))
    }
  }

  /// Writes bytes to a scratch file of that name and reads it.
  static func reading(
    _ bytes: [UInt8], named name: String, options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cognate-read-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return try ReadOutcome(reading: file, options: options)
  }

  static func reading(
    _ text: String, named name: String, options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome { try reading(Array(text.utf8), named: name, options: options) }

  /// Collects batches until the writer knows every name.
  private final class Box {
    var records: [(SourceRecord, String, String)] = []
    var identifiers: [(SourceIdentifier, String, String)] = []

    func take(_ batch: borrowing RecordBatch) throws {
      let arena = batch.arena
      for record in batch.records {
        records.append((record, arena.string(record.writtenTime), arena.string(record.text)))
      }
      for identifier in batch.identifiers {
        identifiers.append((identifier, arena.string(identifier.label), arena.string(identifier.value)))
      }
    }

    func unit(_ planned: PlannedUnit, _ writer: RecordWriter) -> Unit {
      func name(_ index: AccountIndex) -> String {
        if index == .none { return "" }
        guard let key = writer.accounts[Int(writer.resolve(index).raw)].key else { return "owner?" }
        return "\(key.platform) \(key.kind.rawValue) \(key.value)"
      }
      return Unit(
        format: planned.format.id, root: planned.root,
        records: records.map { record, written, text in
          Record(
            recordClass: record.recordClass, account: name(record.account), other: name(record.other),
            assertion: record.assertion, readsAsPlatform: record.readsAsPlatform,
            channel: record.channel == .none ? "" : writer.channelName(record.channel), time: record.time,
            writtenTime: written, text: text, locator: writer.describe(record.locator))
        },
        identifiers: identifiers.map { identifier, label, value in
          Identifier(
            account: name(identifier.account), kind: identifier.kind, label: label, value: value,
            assertion: identifier.assertion, time: identifier.time,
            locator: writer.describe(identifier.locator))
        },
        accounts: writer.accounts, reconciliation: writer.reconciliation, setAside: writer.setAside,
        notes: writer.notes)
    }
  }
}
