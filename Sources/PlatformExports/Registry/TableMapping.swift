public import AccountModel
internal import Configuration

/// How the columns of a table become accounts, identifiers and records; read from TOML.
///
/// The format is described in `Docs/TableMapping.md`; `example` is a whole one.
public struct TableMapping: Sendable, Hashable {
  /// The text that it was read from, for the record of an import.
  public internal(set) var toml: String
  /// What people call it.
  public var name: String
  /// Whether tables read by it are communications data (an Internet provider's or platform's return of
  /// subscribers or addresses), which a case accepts only with an authorisation.
  public var communicationsData = false
  /// Where the platform's name stands.
  public var platform: PlatformSource
  /// Names that the header row must hold; all mapped columns when empty. Case and outer space do not count.
  public var requiredHeaders: [String] = []
  /// Field separator (`,` `;` tab `|`); found by the header row when nil.
  public var delimiter: UInt8?
  /// Encoding; found by byte-order mark and content when nil.
  public var encoding: TableEncoding?
  /// The account of a row.
  public var account: AccountColumn
  /// The other account of a contact, block, call or declared link.
  public var other: AccountColumn?
  /// What a row is.
  public var recordClass: RecordClass
  /// Column of the record's text.
  public var textColumn: String?
  /// Column of the conversation's name.
  public var channelColumn: String?
  /// When the record happened.
  public var time: TimeColumn?
  /// Further identifiers of the account.
  public var identifiers: [IdentifierColumn] = []

  /// A platform for all rows or for each.
  public enum PlatformSource: Sendable, Hashable {
    case constant(Platform)
    case column(String)
  }

  /// A column that names an account.
  public struct AccountColumn: Sendable, Hashable {
    /// Header name.
    public var column: String
    /// Kind of the value.
    public var kind: IdentifierKind
    /// How far the value reaches.
    public var scope: AccountScope
    /// Who says so.
    public var assertion: Assertion
  }

  /// A column that holds identifiers.
  public struct IdentifierColumn: Sendable, Hashable {
    /// Header name.
    public var column: String
    /// Kind of the values.
    public var kind: IdentifierKind
    /// What the source calls it; may be empty.
    public var label = ""
    /// Who says so.
    public var assertion: Assertion
    /// Column of the port that belongs to an IP address.
    public var portColumn: String?
    /// What separates several values in one cell.
    public var separator: String?
    /// Whether a table without the column is read all the same.
    public var isOptional = false
  }

  /// The column, or the two, that hold a time.
  public struct TimeColumn: Sendable, Hashable {
    /// Header name of the time, or of its date.
    public var column: String
    /// Header name of the time of day, when it stands apart; joined to the date by a space.
    public var clockColumn: String?
    /// How it is written.
    public var format: TimeFormat
    /// Zone of times that carry none: `UTC`, an IANA name (an assumption), or nil for unknown.
    public var zone: String?
  }

  /// How a time is written.
  public enum TimeFormat: Sendable, Hashable {
    case iso8601
    case unixSeconds
    case unixMilliseconds
    /// A pattern in the letters of `TimePattern`.
    case pattern(TimePattern)
  }

  /// Who says that the two accounts of a declared link belong together: who names the account of the two that is named
  /// by the weaker word.
  var linkAssertion: Assertion {
    let ranked: [Assertion] = [.platform, .user, .claimed, .inferred]
    let sides = [account.assertion, other?.assertion ?? account.assertion]
    return ranked.last { sides.contains($0) } ?? account.assertion
  }

  /// The columns that the header row must hold for a table to be read.
  var mappedColumns: [String] {
    var names = [account.column]
    if case .column(let column) = platform { names.append(column) }
    names += [other?.column, textColumn, channelColumn, time?.column, time?.clockColumn].compactMap { $0 }
    for identifier in identifiers where !identifier.isOptional {
      names.append(identifier.column)
      if let port = identifier.portColumn { names.append(port) }
    }
    return names
  }

  /// Headers by which the header row is found.
  var wantedHeaders: [String] { requiredHeaders.isEmpty ? mappedColumns : requiredHeaders }

  /// Header names are compared without case and outer white space.
  static func folded(_ header: String) -> String { DirectionMarks.stripped(header).lowercased() }

  /// What to do about a table that no mapping describes.
  public static let advice =
    "A table is read with a mapping that says what its columns are: complete the one that `cognate mapping` drafts, "
    + "or the example in Docs/TableMapping.md, and name it with --mapping."

  /// A whole mapping, for people to start from.
  public static let example = """
    version = 1
    name = "Sign-in records of a forum"
    platform = "forum"              # or: platform_column = "Service"
    communications_data = false     # true for returns of subscribers or addresses

    [match]
    headers = ["Member ID", "Date", "IP"]

    [account]
    column = "Member ID"
    kind = "platform-id"
    scope = "platform"              # "source" when the value means something in this file only

    [record]
    class = "login"

    [time]
    column = "Date"
    format = "dd/MM/yyyy HH:mm:ss"  # or iso8601, unix-seconds, unix-milliseconds; xx/xx/yyyy when unsure
    zone = "UTC"                    # leave out when the file does not say

    [[identifier]]
    column = "IP"
    kind = "ip"
    port_column = "Port"

    [[identifier]]
    column = "E-mail"
    kind = "email"
    label = "registration"
    optional = true
    """
}

/// Encodings of tables.
public enum TableEncoding: String, Sendable, Hashable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1252 = "cp1252"
}

/// A mapping that cannot be used.
public struct TableMappingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Dotted path of the key, for example `account.kind` or `identifier[1].column`; empty for the whole text.
  public let key: String
  /// Line of the key, or of the table that lacks it, from 1; 0 when unknown.
  public let line: Int
  /// What is wrong, and what would be right.
  public let problem: String

  /// One line for people.
  public var description: String {
    ConfigurationError(key: key, line: line, problem: problem).describe(in: "the mapping")
  }
}
