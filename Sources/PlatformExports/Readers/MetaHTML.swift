/// Facebook's and Instagram's "Download your information" as HTML, the form that people get who choose none.
///
/// A page is a list of parts, each with a heading, a body and a foot; which of them is a message, a login or a follower is
/// said by the name of the file alone. Classes of elements are Meta's own and have no meaning, but have stayed for years:
/// three generations of them are known. Where they are not, `main`, headings, tables and the order of things are
/// followed, and what is not understood is said.
///
/// Everything is taken that `MetaJSONReader` takes of the same lists, in the same way. What a page lacks: times have no
/// zone (of Instagram no seconds), participants who wrote nothing, calls, messages taken back. Labels and dates are in
/// the language of the account. A download with files in both forms is two units, one a form.
public struct MetaHTMLReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(
    id: "meta-html", title: "Facebook or Instagram download (HTML)", version: 3)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone, .dateOrder]
  private var download: MetaDownload

  /// Judges by the classes of a member's elements, and by its name: nothing else says what it holds.
  public static func recognise(_ head: MemberHead) -> Recognition { MetaPage.recognise(head) }
  /// The folder under which the parts of one download lie.
  public static func root(of path: String) -> String { MetaPage.root(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { download = try MetaDownload(pages: context, platform: nil) }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try download.readPage(input, into: writer)
  }

  /// Names the owner once all members are read.
  public mutating func finish(into writer: RecordWriter) throws { try download.finishPages(into: writer) }
}

/// `MetaHTMLReader` for a download that the person who imports says is Facebook's.
public struct FacebookHTMLReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "facebook-html", title: "Facebook download (HTML)", version: 3)
  /// The options that it is read by.
  public static let options = MetaHTMLReader.options
  private var download: MetaDownload

  /// Nothing: only who names the format is given it.
  public static func recognise(_ head: MemberHead) -> Recognition { .no }
  /// The folder under which the parts of one download lie.
  public static func root(of path: String) -> String { MetaPage.root(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    download = try MetaDownload(pages: context, platform: .facebook)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try download.readPage(input, into: writer)
  }

  /// Names the owner once all members are read.
  public mutating func finish(into writer: RecordWriter) throws { try download.finishPages(into: writer) }
}

/// `MetaHTMLReader` for a download that the person who imports says is Instagram's.
public struct InstagramHTMLReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(
    id: "instagram-html", title: "Instagram download (HTML)", version: 3)
  /// The options that it is read by.
  public static let options = MetaHTMLReader.options
  private var download: MetaDownload

  /// Nothing: only who names the format is given it.
  public static func recognise(_ head: MemberHead) -> Recognition { .no }
  /// The folder under which the parts of one download lie.
  public static func root(of path: String) -> String { MetaPage.root(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    download = try MetaDownload(pages: context, platform: .instagram)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try download.readPage(input, into: writer)
  }

  /// Names the owner once all members are read.
  public mutating func finish(into writer: RecordWriter) throws { try download.finishPages(into: writer) }
}
