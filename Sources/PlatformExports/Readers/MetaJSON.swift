/// Facebook's and Instagram's "Download your information" in JSON, and Messenger's "secure storage" download
/// of end-to-end encrypted chats.
///
/// Both platforms write the same shapes, often at the same paths, so that one reader takes both and settles
/// the platform for each download: by the names of its folders and files, then by what its first file holds,
/// then by the name of the archive or folder. Where nothing says, the platform is `meta`, and a note asks for
/// `--format facebook-json` or `--format instagram-json`.
///
/// Messages carry no ids, only display names: their accounts mean something within this source alone. The
/// owner is the participant whose name is the profile's; without a profile, the only participant common to
/// all of two or more threads, marked as inferred. Names that Meta gives to every deleted account name no
/// author. Where two participants of a thread have one name, its messages are set aside, as nothing tells
/// them apart. A name that is the other side of several threads of two is an account in each thread, as
/// nothing shows these to be one person.
///
/// The folder of a thread is `<slug>_<id>`. The slug is a mangled name (dots and other marks are lost), so it
/// is kept in the name of the conversation and never becomes a handle.
public struct MetaJSONReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(
    id: "meta-json", title: "Facebook or Instagram download (JSON)", version: 7)
  private var download: MetaDownload

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition { MetaDownload.recognise(head) }
  /// The folder under which the parts of one download lie.
  public static func root(of path: String) -> String { MetaDownload.root(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { download = try MetaDownload(context, platform: nil) }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try download.read(input, into: writer)
  }

  /// Names the owner once all members are read.
  public mutating func finish(into writer: RecordWriter) throws { try download.finish(into: writer) }
}

/// `MetaJSONReader` for a download that the person who imports says is Facebook's.
public struct FacebookJSONReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "facebook-json", title: "Facebook download (JSON)", version: 7)
  private var download: MetaDownload

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition { .no }
  /// The folder under which the parts of one download lie.
  public static func root(of path: String) -> String { MetaDownload.root(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { download = try MetaDownload(context, platform: .facebook) }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try download.read(input, into: writer)
  }

  /// Names the owner once all members are read.
  public mutating func finish(into writer: RecordWriter) throws { try download.finish(into: writer) }
}

/// `MetaJSONReader` for a download that the person who imports says is Instagram's.
public struct InstagramJSONReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(
    id: "instagram-json", title: "Instagram download (JSON)", version: 7)
  private var download: MetaDownload

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition { .no }
  /// The folder under which the parts of one download lie.
  public static func root(of path: String) -> String { MetaDownload.root(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { download = try MetaDownload(context, platform: .instagram) }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try download.read(input, into: writer)
  }

  /// Names the owner once all members are read.
  public mutating func finish(into writer: RecordWriter) throws { try download.finish(into: writer) }
}
