internal import AccountModel

/// What Meta gives to a legal request on an account of Facebook, Instagram or WhatsApp: its "Business Record" as HTML
/// (`records.html`, `index.html`, `preservation-1.html`), in any of three generations of markup.
///
/// Sections are known by their ids (`property-ip_addresses`), which stayed when the markup changed. Nobody has published
/// a real return: field names are those that parsers of others look for, what is not known is counted and named, and a
/// section in which nothing was understood is a fault.
public struct MetaRecordReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(
    id: "meta-record", title: "Facebook, Instagram or WhatsApp legal return", version: 3)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]
  /// A return is what the platform gave to a request.
  public static let holdsCommunicationsData = true

  private let unit: MetaRecordUnit

  /// Judges by the ids of sections; a page without any by its title.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "<") else { return .no }
    if head.contains("id=\"property-request_parameters\"") { return .certain }
    let hasSection =
      head.contains("id=\"property-") || head.contains("id='property-") || head.contains("property-request_")
    let hasTitle = head.contains("Business Record") || head.contains("Facebook Legal Request")
    if hasSection, hasTitle || head.contains("content-pane") { return .certain }
    // The words alone stand in other pages as well, which no authorisation is asked for.
    if head.contains("Business Record</title>") { return .likely }
    return head.contains("Business Record<") || head.contains("Business Record Page ")
      || head.contains("Facebook Legal Request") ? .possible : .no
  }

  /// The folder of files that are called as Meta calls those of one return; else the whole path, as returns on several
  /// accounts may lie in one folder.
  public static func root(of path: String) -> String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last?.lowercased() ?? ""
    let isOfReturn =
      name == "records.html" || name == "index.html"
      || name.hasPrefix("preservation") && name.hasSuffix(".html")
    return isOfReturn ? folder(of: path) : path
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { unit = try MetaRecordUnit(context) }

  /// Reads one page.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = MetaRecordTally()
    input.tap { tally.feed($0) }
    let page = MetaRecordPage(unit, member: input.member, path: input.path, writer)
    let stream = MetaRecordStream(valueLimit: unit.context.options.limits.recordBytes, handler: page)
    let tokens = HTMLTokenizer(textLimit: unit.context.options.limits.recordBytes, handler: stream)
    let endsOutside = try tokens.read(input)
    try page.finish(stream, endsOutside: endsOutside, size: input.offset)
    tally.finish()
    page.count(tally)
  }

  /// Names the owner of pages that do not say whose they are, when others of the return do.
  public mutating func finish(into writer: RecordWriter) throws { try unit.finish(writer) }
}

/// What the pages of one return share.
final class MetaRecordUnit {
  let context: UnitContext
  let clock: ZonedClock?
  var memory = IdentifierMemory()
  /// The accounts that the pages are about.
  var targets: [(key: AccountKey, locator: Locator)] = []
  /// Owners of pages that do not say whose they are.
  var ownerless: [(account: AccountIndex, path: String)] = []
  /// By section: a report of a conversation holds much of what the records hold, too.
  var records = RepeatedRecords()

  init(_ context: UnitContext) throws {
    self.context = context
    clock = try ZonedClock.make(context.options)
  }

  func finish(_ writer: RecordWriter) throws {
    clock?.report(to: writer)
    if targets.count > 1 {
      writer.note("\(context.container): the pages of this return are about \(targets.count) accounts")
    }
    for page in ownerless {
      if targets.count == 1, let target = targets.first {
        try writer.name(page.account, target.key, assertion: .platform, at: target.locator)
      } else {
        writer.note(
          "\(page.path) does not say whose account it is about: its records are nobody's that is known")
      }
    }
  }
}
