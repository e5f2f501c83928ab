internal import Foundation

/// A format that can be read.
public struct ExportFormat: Sendable, Hashable {
  /// Stable name for `--format` and for the run's settings, for example `whatsapp-txt`.
  public let id: String
  /// What people call it.
  public let title: String
  /// Raised whenever the reader's output for the same bytes changes.
  public let version: Int

  /// Makes a format.
  public init(id: String, title: String, version: Int) {
    self.id = id
    self.title = title
    self.version = version
  }
}

/// How sure a reader is that a member is in its format.
public enum Recognition: UInt8, Sendable, Comparable {
  /// Not this format.
  case no = 0
  /// Could be: readable by this reader when nothing else claims it.
  case possible = 1
  /// Has the shape.
  case likely = 2
  /// Carries a mark that no other format has.
  case certain = 3

  /// Orders by how sure it is.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The beginning of a member, for recognition by content.
public struct MemberHead {
  /// Path within the container; may break ties, never decides alone.
  public let path: String
  /// The first bytes, at most `MemberHead.limit`, without a UTF-8 byte-order mark.
  public let bytes: UnsafeBufferPointer<UInt8>
  /// Whether these are all the bytes there are.
  public let isWhole: Bool
  /// The options of this import: a mapping makes its tables recognisable.
  public let options: ReaderOptions
  /// The tables of a database that were found in it and its log; empty for anything else.
  let tables: Set<String>
  /// What the sheets begin with, of a workbook; nil for anything else.
  let workbook: WorkbookHead?

  /// Bytes looked at.
  public static let limit = 64 << 10

  /// Makes a head.
  public init(path: String, bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool, options: ReaderOptions) {
    var tables = DatabaseTables()
    if DatabaseTables.isDatabase(bytes) { tables.look(through: bytes) }
    self.init(path: path, bytes: bytes, isWhole: isWhole, options: options, tables: tables.found)
  }

  init(
    path: String, bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool, options: ReaderOptions,
    tables: Set<String>
  ) {
    self.path = path
    self.bytes = bytes
    self.isWhole = isWhole
    self.options = options
    self.tables = tables
    workbook = nil
  }

  /// The head of a workbook, which is not told by its bytes.
  init(path: String, workbook: WorkbookHead, options: ReaderOptions) {
    self.path = path
    bytes = .empty
    isWhole = false
    self.options = options
    tables = []
    self.workbook = workbook
  }

  /// The head of a member of which nothing has been taken; valid until something is.
  ///
  /// - Parameter isWhole: nil to go by whether the source has given all it has.
  init(beginningOf input: MemberInput, isWhole: Bool? = nil, options: ReaderOptions) throws {
    try input.fill(atLeast: Self.limit)
    self.init(
      path: input.path, bytes: UnsafeBufferPointer(rebasing: input.window.prefix(Self.limit)),
      isWhole: isWhole ?? input.isExhausted, options: options)
  }

  /// The bytes as text, damage replaced.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether these ASCII bytes occur in the head.
  public func contains(_ needle: StaticString) -> Bool {
    let count = needle.utf8CodeUnitCount
    guard count > 0, bytes.count >= count else { return false }
    let wanted = UnsafeBufferPointer(start: needle.utf8Start, count: count)
    let first = wanted[0]
    var position = 0
    let last = bytes.count - count
    while position <= last {
      if bytes[position] == first,
        UnsafeBufferPointer(rebasing: bytes[position..<position + count]).elementsEqual(wanted)
      {
        return true
      }
      position += 1
    }
    return false
  }

  /// The first byte that is not white space.
  public var firstByte: UInt8? { bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } }
}

/// What the person who imports says about the sources.
public struct ReaderOptions: Sendable {
  /// The order of day and month where a source leaves it open.
  public enum DateOrder: String, Sendable, CaseIterable {
    case dayMonthYear = "dmy"
    case monthDayYear = "mdy"
    case yearMonthDay = "ymd"
  }

  /// Day and month order, when the person said; never guessed.
  public var dateOrder: DateOrder?
  /// IANA name of the zone in which local times were written, when the person said.
  public var timeZone: String?
  /// The telephone number of the phone that an SMS backup or chat came from, when the person said.
  public var ownerPhone: String?
  /// Region for national telephone numbers.
  public var defaultRegion = "GB"
  /// TOML mappings for tables; each knows its tables by their columns.
  public var mappings: [TableMapping] = []
  /// Name of the format to use whatever the content looks like.
  public var format: String?
  /// Microseconds since 1970 behind which a time lies in the future: two days from now, as clocks and zones
  /// differ.
  public var latest = Int64(Date().timeIntervalSince1970 * 1_000_000) + 2 * CivilTime.day
  /// What the import will accept.
  public var limits = ImportLimits()

  /// The defaults.
  public init() {}
}

/// An option of an import that some formats are read by; the raw value is its key in the settings of a source.
public enum ReadingOption: String, Sendable {
  case mappings
  case dateOrder = "date_order"
  case timeZone = "time_zone"
  case ownerPhone = "owner_phone"
}

/// What a reader knows of its unit before the first byte.
public struct UnitContext: Sendable {
  /// Path by which the person named the container.
  public let container: String
  /// Common root of the unit's members within the container; empty for a lone file.
  public let root: String
  /// Paths of all members that this reader will be given, in order.
  public let memberPaths: [String]
  /// What the person says.
  public let options: ReaderOptions

  /// Makes a context.
  public init(container: String, root: String, memberPaths: [String], options: ReaderOptions) {
    self.container = container
    self.root = root
    self.memberPaths = memberPaths
    self.options = options
  }
}

/// Reads one platform's export format.
///
/// A reader is made for one unit (a file, or the members of a download that belong together), is given each
/// member once, and writes accounts, identifiers and records. It never throws for damage inside a record: it
/// sets the record aside and goes on. It throws `ExportRefusal` when the whole unit must not be imported.
/// It counts records a second time by independent means (`RecordWriter.count`).
public protocol ExportReader: SendableMetatype {
  static var format: ExportFormat { get }
  /// Whether whatever is in this format came by a legal request: logins, addresses and subscribers of somebody else.
  static var holdsCommunicationsData: Bool { get }
  /// Whether a member says that it was made of what came by a legal request, in a format that need not have.
  static func isOfLegalRequest(_ head: MemberHead) -> Bool
  /// The options that say how this format is read.
  static var options: Set<ReadingOption> { get }
  /// Judges by content whether a member is in this format.
  static func recognise(_ head: MemberHead) -> Recognition
  /// The part of a member's path under which the members of one download lie; the whole path when each member
  /// stands alone.
  static func root(of path: String) -> String
  /// Whether it reads databases, and with them what their apps wrote beside them (a log, a journal).
  static var readsDatabases: Bool { get }
  /// Folders beside a member whose members are parts of the export and are read by no reader: what a report on a phone was
  /// made from.
  static var folders: [String] { get }
  /// The format of files that say all that this format's do, and more, where they lie in the root of a unit: the unit is
  /// then not read, since each of its records would be there twice, under two accounts.
  static var fullerFormat: String? { get }
  /// What a file is of, where a format is fuller than another, to tell whether two files say the same; nil where its
  /// beginning does not say it.
  static func subject(of head: MemberHead) -> String?
  /// Whether a file of this format says what one of the fuller format says, by what they are of.
  static func isSame(_ fuller: String?, _ subject: String?) -> Bool
  init(context: UnitContext) throws
  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws
  mutating func finish(into writer: RecordWriter) throws
}

extension ExportReader {
  /// It need not have.
  public static var holdsCommunicationsData: Bool { false }
  /// It says nothing.
  public static func isOfLegalRequest(_ head: MemberHead) -> Bool { false }
  /// None.
  public static var options: Set<ReadingOption> { [] }
  /// It reads files.
  public static var readsDatabases: Bool { false }
  /// The whole path.
  public static func root(of path: String) -> String { path }
  /// The folder of a path, for formats whose files lie side by side.
  static func folder(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }
  /// None.
  public static var folders: [String] { [] }
  /// None.
  public static var fullerFormat: String? { nil }
  /// Nothing.
  public static func subject(of head: MemberHead) -> String? { nil }
  /// It does.
  public static func isSame(_ fuller: String?, _ subject: String?) -> Bool { true }
  /// Nothing more to do.
  public mutating func finish(into writer: RecordWriter) throws {}
}
