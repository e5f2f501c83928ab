internal import AccountModel
internal import CLibXML2

/// Cellebrite's report on a telephone (`report.xml`, as it is or in a `.ufdr` archive).
///
/// The report is of all that an examiner's program made of a phone: chats of any app, messages, calls, contacts, mail and
/// the phone's own accounts. Whose the phone is is taken from what the report marks as the phone's owner's
/// (`IsPhoneOwner`) and from its list of the phone's accounts (`UserAccount`), and from nothing else. Parties are keyed by
/// what their app's identifiers are (`CellebriteIdentity`); whatever is not understood names an account in this source
/// only. A time has a zone only if its text does: the offset beside it (`formattedTimestamp`) is written for times of
/// unknown zone as well.
struct CellebriteXML: ExportReader {
  static let format = ExportFormat(id: "cellebrite-xml", title: "Cellebrite report (XML, UFDR)", version: 3)
  static let options: Set<ReadingOption> = [.dateOrder, .timeZone, .ownerPhone]

  private let options: ReaderOptions
  private let clock: ZonedClock?

  init(context: UnitContext) throws {
    options = context.options
    clock = try ZonedClock.make(context.options)
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "<"), head.contains("pa.cellebrite.com/report") else { return .no }
    return head.contains("<project") ? .certain : .possible
  }

  /// The extractions stand at the beginning.
  static func isOfLegalRequest(_ head: MemberHead) -> Bool {
    guard head.contains("<extractionInfo") else { return false }
    return head.text.lowercased().split(separator: "<").contains { tag in
      tag.hasPrefix("extractioninfo") && CellebriteSource.isReturn(String(tag.prefix { $0 != ">" }))
    }
  }

  /// What the report was made from lies beside it, file by file, and is no export of its own.
  static var folders: [String] { ["files", "chats", "DbData"] }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = CellebriteModelCount()
    input.tap { tally.feed($0) }
    let records = CellebriteRecords(writer, member: input.member, options: options, clock: clock)
    let parser = CellebriteParser(records, member: input.member, limits: options.limits)
    let stream = try XMLStream(
      input, names: CellebriteName.allCases.map(\.text), counted: ["project"], limits: options.limits,
      handler: parser)
    let report = try stream.read(input)
    try parser.finish(report, seen: tally.counts)
  }

  mutating func finish(into writer: RecordWriter) throws { clock?.report(to: writer) }
}

/// Names that the reader tells apart; the raw value is the position in the stream's list plus 1.
enum CellebriteName: UInt32, CaseIterable {
  case project = 1
  case extractionInfo, metadata, item, modelType, model, field, multiField, modelField, multiModelField, value
  case type, name, id, section, deletedState, isRelated, sourceExtraction, extractionID
  case deviceName, fullName

  var text: String {
    switch self {
    case .deletedState: "deleted_state"
    case .isRelated: "isrelated"
    case .extractionID: "extractionId"
    default: "\(self)"
    }
  }
}

extension UnsafeBufferPointer<cog_xml_attribute> {
  /// The value of the first attribute of a name; empty when there is none.
  func named(_ name: CellebriteName) -> Bytes { value(number: name.rawValue) }
}
