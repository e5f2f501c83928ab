import AccountModel
import CaseFile
import Columns
import Foundation
import Identifiers
import PlatformExports

/// One unit on its way into the case: batches from the reader, rows into the inserter.
final class SourceImport {
  let writer: RecordWriter
  private let sink: Sink
  /// Id of the source's format.
  private let format: String

  init(format: String, _ inserter: SourceInserter, _ normaliser: IdentifierNormaliser) {
    self.format = format
    let sink = Sink(inserter, normaliser)
    self.sink = sink
    writer = RecordWriter { try sink.take($0) }
    let accounts = writer
    sink.platform = { [unowned accounts] in accounts.accounts[Int($0.raw)].platform }
  }

  /// Stores accounts, counts and remarks; throws `ExportRefusal` when not one record came out.
  func finish(name: String, sha256: String) throws -> SourceReport {
    guard writer.imported.values.reduce(0, +) > 0 else {
      // Of a source without damage, what it holds instead says more than that nothing came of it.
      let first = writer.setAside.first { $0.reason.isFault } ?? writer.setAside.first
      throw ExportRefusal(
        "no-records",
        what: "not one record could be read from it"
          + (first.map { "; \($0.count) x \($0.unit) \($0.reason.explanation)" } ?? ""),
        place: name, advice: "Check that the export is complete; if it opens elsewhere, report its shape.")
    }
    let inserter = sink.inserter
    let accounts = try inserter.finish(
      appearances: sink.appearances(writer.accounts),
      channels: (0..<writer.channelCount).map { writer.channelName(ChannelIndex(raw: UInt32($0))) },
      members: writer.members.map(\.path), patterns: writer.patterns)
    var report = SourceReport(name: name, outcome: .imported)
    report.format = format
    report.sha256 = sha256
    report.accounts = accounts
    report.identifiers = sink.sightings
    for line in writer.reconciliation {
      report.counts.append(
        .init(
          unit: line.unit, seen: line.seen, imported: line.imported, setAside: line.setAside,
          agrees: line.agrees))
      try inserter.reconciliation(
        unit: line.unit, seen: line.seen, imported: line.imported, setAside: line.setAside)
    }
    for group in writer.setAside {
      let examples = group.examples.map { example in
        let place = example.locator.map { writer.describe($0) } ?? ""
        return place.isEmpty ? example.detail : example.detail.isEmpty ? place : "\(place): \(example.detail)"
      }
      report.setAside.append(
        .init(
          unit: group.unit, reason: group.reason.code, explanation: group.reason.explanation,
          isFault: group.reason.isFault, count: group.count, examples: examples))
      try inserter.setAside(
        unit: group.unit, reason: group.reason.code, explanation: group.reason.explanation,
        isFault: group.reason.isFault, count: group.count,
        examples: String(decoding: JSONEncoder().encode(examples), as: UTF8.self))
    }
    report.notes = writer.notes + sink.unusableNotes
    try inserter.notes(report.notes)
    for (key, group) in sink.unusable.sorted(by: {
      ($0.key.kind.rawValue, $0.key.flags) < ($1.key.kind.rawValue, $1.key.flags)
    }) {
      try inserter.unusable(kind: key.kind, flags: key.flags, count: group.count, example: group.example)
    }
    return report
  }

  /// Normalises identifiers and hands rows to the case.
  private final class Sink {
    struct UnusableKey: Hashable {
      let kind: IdentifierKind
      let flags: String
    }

    let inserter: SourceInserter
    /// The platform of an account of the source; set once the writer that knows it is made.
    var platform: (AccountIndex) -> Platform = { _ in Platform("unknown") }
    var sightings = 0
    var unusable: [UnusableKey: (count: Int, example: String)] = [:]
    /// Numbers of platforms that a spreadsheet may have rounded: how many, and the first.
    private var rounded: (count: Int, example: String)?
    private let normaliser: IdentifierNormaliser
    private var cache: IdentifierCache

    init(_ inserter: SourceInserter, _ normaliser: IdentifierNormaliser) {
      self.inserter = inserter
      self.normaliser = normaliser
      cache = IdentifierCache(normaliser)
    }

    func take(_ batch: borrowing RecordBatch) throws {
      for record in batch.records {
        try batch.arena.withBytes(record.writtenTime) { written in
          try batch.arena.withBytes(record.text) { text in
            try inserter.record(
              record.recordClass, account: record.account, other: record.other,
              assertion: record.assertion, readsAsPlatform: record.readsAsPlatform,
              channel: record.channel == .none ? nil : record.channel.raw, time: record.time,
              writtenTime: written, text: text, at: record.locator)
          }
        }
      }
      for identifier in batch.identifiers {
        try batch.arena.withBytes(identifier.value) { value in
          try batch.arena.withBytes(identifier.label) { label in
            try take(identifier, value: value, label: label)
          }
        }
      }
    }

    private func take(
      _ identifier: SourceIdentifier, value: UnsafeBufferPointer<UInt8>, label: UnsafeBufferPointer<UInt8>
    ) throws {
      let entry = try cache.entry(
        identifier.kind, platform: platform(identifier.account), label: label, value: value, in: inserter)
      guard let id = entry.value else {
        let key = UnusableKey(kind: entry.kind, flags: entry.flags)
        unusable[key, default: (0, String(decoding: value.prefix(80), as: UTF8.self))].count += 1
        return
      }
      sightings += 1
      if !entry.flags.isEmpty, entry.flags.contains("possibly-rounded") {
        rounded = (
          (rounded?.count ?? 0) + 1, rounded?.example ?? String(decoding: value.prefix(80), as: UTF8.self)
        )
      }
      // Of a name on a server that nobody names, the platform does not say whose it is.
      let assertion =
        entry.isOfSourceOnly && identifier.assertion == .platform ? .user : identifier.assertion
      try inserter.sighting(
        account: identifier.account, value: id, written: value, label: label,
        assertion: assertion, port: entry.port, time: identifier.time, at: identifier.locator)
    }

    /// What names the accounts of a source. Those that nothing names are told apart by numbers: they may be different
    /// people's, as in a report on two phones.
    func appearances(_ accounts: [SourceAccount]) -> [SourceInserter.Appearance] {
      var unnamed: [Platform: Int] = [:]
      return accounts.map { account in
        guard account.key == nil, account.sameAs == nil else { return appearance(account, number: 1) }
        let number = unnamed[account.platform, default: 0] + 1
        unnamed[account.platform] = number
        return appearance(account, number: number)
      }
    }

    private func appearance(_ account: SourceAccount, number: Int) -> SourceInserter.Appearance {
      guard var key = account.key else {
        let key = AccountKey(
          platform: account.platform, kind: .displayName, scope: .source,
          value: number == 1 ? "(owner of the export)" : "(owner of the export, \(number))")
        return .init(key: key, canonical: key.value, role: account.role, sameAs: account.sameAs)
      }
      var canonical = key.value
      if key.scope == .platform {
        let normalised = normaliser.normalise(key.value, kind: key.kind, platform: key.platform)
        if normalised.canonical.isEmpty {
          // What names nobody cannot be the same account in another source.
          key = AccountKey(platform: key.platform, kind: key.kind, scope: .source, value: key.value)
        } else {
          canonical = normalised.canonical
          // A name without its server is one of the server that the source is of, and of no other source's.
          key = AccountKey(
            platform: key.platform, kind: normalised.kind,
            scope: normalised.flags.contains(Handle.noInstance) ? .source : .platform, value: key.value)
        }
      }
      return .init(key: key, canonical: canonical, role: account.role, sameAs: account.sameAs)
    }

    var unusableNotes: [String] {
      let notes = self.unusable.sorted {
        ($0.key.kind.rawValue, $0.key.flags) < ($1.key.kind.rawValue, $1.key.flags)
      }.map { key, group in
        let why = key.flags.isEmpty ? "names nothing" : key.flags
        return
          "\(group.count) x \(key.kind.rawValue) kept out of comparison (\(why)), for example \(group.example.debugDescription)"
      }
      guard let rounded else { return notes }
      return notes + [
        "\(rounded.count) x platform-id ends in zeros from the sixteenth digit on, as a spreadsheet leaves long numbers, for example \(rounded.example.debugDescription): if it was rounded it is another account's or nobody's. Look at the file as it came."
      ]
    }
  }
}
