internal import AccountModel

/// CASE and UCO, the ontologies of cyber-investigations, as JSON-LD: what tools exchange of telephones and accounts.
///
/// Names are known by what their prefixes stand for in the document's context, which is never fetched. Things refer to
/// each other by id, before or behind: a document is held as a graph of what is taken of it (`UCOGraph`), and written once
/// its end is known. The identity of accounts is decided as in Cellebrite's reports, of which most such documents are made.
struct CaseUCOReader: ExportReader {
  static let format = ExportFormat(id: "case-uco", title: "CASE/UCO (JSON-LD)", version: 3)
  static let options: Set<ReadingOption> = [.dateOrder, .timeZone, .ownerPhone]

  private let options: ReaderOptions
  private let clock: ZonedClock?

  init(context: UnitContext) throws {
    options = context.options
    clock = try ZonedClock.make(context.options)
  }

  /// Judges by the IRIs of the context, of types and of properties; prefixes alone may be those of something else.
  static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{") || head.firstByte == UInt8(ascii: "["), head.contains("\"@")
    else { return .no }
    switch UCOHead(head.bytes).mark {
    case .ontology: return .certain
    case .usualPrefix: return .likely
    case .none: return .no
    }
  }

  /// Of an export of Cognate's that has a source which a provider gave, its accounts may be of that.
  static func isOfLegalRequest(_ head: MemberHead) -> Bool { head.contains("\"cognate:authorisation\"") }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = UCOTypeTally()
    input.tap { tally.feed($0) }
    let document = UCODocument(UCOGraph(byteLimit: options.limits.heldBytes), writer)
    let isWhole = try document.read(input, limits: options.limits)
    let records = UCORecords(
      document, writer, member: input.member, options: options, clock: clock, isWhole: isWhole)
    try records.write()
    for recordClass in [RecordClass.message, .call, .contact] {
      // Older names of facets are those of other things as well.
      if document.hasOldNames { writer.leaveUncounted(recordClass) }
      if let seen = tally.counts[recordClass] { writer.count(recordClass, seen: seen) }
    }
  }

  mutating func finish(into writer: RecordWriter) throws { clock?.report(to: writer) }
}
