internal import AccountModel
internal import CLibXML2

/// The XML export of a wiki that MediaWiki runs: pages with their revisions, as dumps of whole wikis and `Special:Export`
/// give them, in the namespaces `export-0.3` to `export-0.11`.
///
///     mediawiki / siteinfo (base, dbname, namespaces)
///     mediawiki / page (title, ns) / revision (timestamp, contributor, comment, text)
///
/// A revision's text is the whole page, in which others' words stand: it is passed over without being held. Its
/// contributor wrote the remark beside it.
public struct MediaWikiReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "mediawiki", title: "MediaWiki export (XML)", version: 1)

  private let context: UnitContext

  /// Judges by the root element and its namespace.
  public static func recognise(_ head: MemberHead) -> Recognition {
    head.firstByte == UInt8(ascii: "<") && head.contains("www.mediawiki.org/xml/export-")
      && XMLRoot.name(in: head.bytes) == "mediawiki" ? .certain : .no
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { self.context = context }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let parser = MediaWikiParser(writer, member: input.member, limits: context.options.limits)
    let stream = try XMLStream(
      input, names: MediaWikiName.allCases.map(\.text), counted: ["revision", "upload", "logitem"],
      limits: context.options.limits, handler: parser)
    try parser.finish(stream.read(input))
  }
}

/// Elements and attributes that the reader tells apart; the raw value is the position in the stream's list plus 1.
enum MediaWikiName: UInt32, CaseIterable {
  case mediawiki = 1
  case siteinfo, base, dbname, namespace, key
  case page, title, ns
  case revision, timestamp, contributor, username, id, ip, comment, text, deleted
  case upload, logitem

  /// The name as written.
  var text: String { "\(self)" }
}
