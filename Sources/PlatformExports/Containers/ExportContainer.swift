internal import CArchive
public import Foundation
import Glibc

/// A file, folder or archive that the person named, and its members.
///
/// Members are known by their paths with `/`. Archives are walked in their own order, folders in byte order
/// of their paths, so that two runs see the same.
public struct ExportContainer: Sendable {
  /// What it is on disk.
  public enum Form: Sendable { case file, folder, archive }

  /// A member that can be read.
  public struct Member: Sendable, Hashable {
    /// Path within the container.
    public let path: String
    /// Bytes, as declared; nil when an archive does not say.
    public let declaredSize: Int?
  }

  /// A member that is never read, and why.
  public struct Refused: Sendable {
    /// Path within the container.
    public let path: String
    /// What is wrong with it, as the end of a sentence.
    public let why: String
    /// Whether it is damage or hostile, rather than a folder entry or a picture.
    public let isFault: Bool
  }

  /// Its place.
  public let url: URL
  /// What it is on disk.
  public let form: Form
  private let limits: ImportLimits
  /// What it is called where something is wrong with it.
  private let name: String

  /// An archive at a path, whatever is in it.
  init(archive url: URL, named name: String, limits: ImportLimits) {
    self.url = url
    self.name = name
    self.limits = limits
    form = .archive
  }

  /// Opens a path, looking only at what it is.
  ///
  /// A workbook is a file to whoever has one, though it is packed as an archive.
  public init(_ url: URL, limits: ImportLimits) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw ExportRefusal(
        "no-such-file", what: "there is no file or folder here", place: url.path,
        advice: "Check the path.")
    }
    self.url = url
    self.limits = limits
    name = url.lastPathComponent
    if isFolder.boolValue {
      form = .folder
    } else {
      // A source is read several times, and a pipe gives what it holds once: the next reading waited for ever.
      var found = stat()
      guard stat(url.path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else {
        throw ExportRefusal(
          "no-regular-file", what: "this is no file but a device, a pipe or a socket", place: url.path,
          advice: "Write what comes from it to a file, and import that.")
      }
      let head = try Self.head(of: url)
      let isArchive =
        Self.looksLikeArchive(head) && !WorkbookPackage.isWorkbook(at: url, head: head, limits: limits)
      form = isArchive ? .archive : .file
    }
  }

  /// Whether bytes begin like a zip, gzip, zstd or tar file.
  public static func looksLikeArchive(_ head: [UInt8]) -> Bool {
    if head.starts(with: FileMark.zip) || head.starts(with: FileMark.emptyZip) { return true }
    if FileMark.isPacked(head) { return true }
    return head.count >= 262 && head[257..<262].elementsEqual("ustar".utf8)
  }

  private static func head(of url: URL) throws -> [UInt8] {
    let handle = try FileHandle(forReadingFrom: url)
    defer { try? handle.close() }
    return try [UInt8](handle.read(upToCount: 512) ?? Data())
  }

  /// Lists the members of a folder or a lone file; an archive is walked with `walkArchive`.
  public func list() throws -> (members: [Member], refused: [Refused]) {
    if form == .file {
      let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize
      return ([Member(path: url.lastPathComponent, declaredSize: size)] + (try besideDatabase()), [])
    }
    let walk = try FolderWalk(url)
    return (walk.members, walk.refused)
  }

  /// What an app wrote beside a lone file that is a database, and without which messages may be missing: the files whose
  /// names are its own with another ending.
  private func besideDatabase() throws -> [Member] {
    guard try Self.head(of: url).starts(with: DatabaseTables.magic) else { return [] }
    return DatabaseMembers.endings.compactMap { ending in
      var found = stat()
      guard lstat(url.resolvingSymlinksInPath().path + ending, &found) == 0, found.st_mode & S_IFMT == S_IFREG
      else { return nil }
      return Member(path: url.lastPathComponent + ending, declaredSize: Int(found.st_size))
    }
  }

  /// The place of a member of a folder or lone file on disk.
  public func location(of member: Member) -> URL {
    guard form == .file else { return url.resolvingSymlinksInPath().appendingPathComponent(member.path) }
    guard member.path != url.lastPathComponent else { return url }
    return URL(
      fileURLWithPath: url.resolvingSymlinksInPath().path + member.path.dropFirst(url.lastPathComponent.count)
    )
  }

  /// Opens a member of a folder or a lone file.
  public func open(_ member: Member, number: UInt32) throws -> MemberInput {
    let place = location(of: member)
    guard let handle = FileHandle(forReadingAtPath: place.path) else {
      throw ExportRefusal(
        "unreadable-file", what: "cannot be opened: \(String(cString: strerror(errno)))", place: member.path,
        advice: "Check its permissions.")
    }
    return MemberInput(path: member.path, member: number) { buffer in
      let descriptor = handle.fileDescriptor
      while true {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        if errno != EINTR {
          throw ExportRefusal(
            "read-error", what: String(cString: strerror(errno)), place: member.path,
            advice: "Copy the file to a sound disk and try again.")
        }
      }
    }
  }

  /// Walks through an archive, lending each readable member as a function that opens it.
  ///
  /// Entries that are links, encrypted, without a readable name or damaged come to `refused`. An archive that
  /// was cut off is walked up to the cut, which comes to `refused` as well; a member that was lent and turns
  /// out to be cut itself comes to `cut`. Throws `ExportRefusal` for an archive that is refused as a whole: a
  /// path that escapes, too many entries, too large, packed beyond the ratio, or damaged.
  public func walkArchive(
    refused: (Refused) -> Void, cut: (Member) -> Void = { _ in },
    _ body: (Member, (UInt32) -> MemberInput) throws -> Void
  ) throws {
    var message = [CChar](repeating: 0, count: 256)
    try ZstdFrame.check(Self.head(of: url), named: name)
    let isLone = try isLoneFile()
    let opened =
      isLone
      ? cog_archive_open_lone(url.path, &message, message.count)
      : cog_archive_open(url.path, &message, message.count)
    guard let archive = opened else {
      throw damaged(
        String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    defer { cog_archive_close(archive) }
    let tally = ArchiveTally(limits: limits, name: name)
    var entry = cog_archive_entry()
    var seen: Set<String> = []
    var isInEntry = false
    var lent: Member?
    while true {
      // Passing over an entry of one packed stream unpacks it all the same: it counts.
      if isInEntry, cog_archive_is_packed_whole(archive) != 0 { try Self.passOver(archive, tally) }
      let isWhole = !isInEntry || cog_archive_skip(archive) == 0
      isInEntry = true
      let status = isWhole ? cog_archive_next(archive, &entry) : -1
      if status <= 0 {
        let end = try zipEnd()
        let isCut = try tally.hasEntries && isCutOff(archive, zipEnd: end, hasFailed: status < 0)
        if status < 0, !isCut { throw damaged(String(cString: cog_archive_error(archive))) }
        if isCut {
          if !isWhole, let lent { cut(lent) }
          let why = "has lost its end: it was cut off, and more may be missing"
          refused(Refused(path: name, why: why, isFault: true))
        } else if let listed = end.flatMap(Self.listedEntries), listed > tally.entries {
          let why = "lists \(listed) entries and holds \(tally.entries): several begin at one place"
          refused(Refused(path: name, why: why, isFault: true))
        }
        return
      }
      lent = nil
      let path = isLone ? loneName : Self.text(entry.path, entry.path_length)
      try tally.addEntry()
      if path.isEmpty {
        refused(
          Refused(path: "entry \(tally.entries)", why: "has a name that cannot be read", isFault: true))
        continue
      }
      try Self.check(path, limits: limits, archive: name)
      switch Int(entry.kind) {
      case Int(COG_ARCHIVE_DIRECTORY.rawValue): continue
      case Int(COG_ARCHIVE_FILE.rawValue): break
      default:
        refused(Refused(path: path, why: "is a link or a special file", isFault: true))
        continue
      }
      if entry.encrypted != 0 {
        refused(Refused(path: path, why: "is encrypted", isFault: true))
        continue
      }
      if !seen.insert(path).inserted {
        refused(Refused(path: path, why: "has the name of an earlier entry", isFault: true))
        continue
      }
      let member = Member(path: path, declaredSize: entry.size < 0 ? nil : Int(entry.size))
      lent = member
      try body(member) { number in
        MemberInput(path: path, member: number) { buffer in
          let count = cog_archive_read(archive, buffer.baseAddress, buffer.count)
          if count < 0 {
            throw Self.fault(String(cString: cog_archive_error(archive)), place: path)
          }
          try tally.add(count, consumed: Int(cog_archive_consumed(archive)))
          return count
        }
      }
    }
  }

  /// Whether it is a file that was packed alone (`chat.txt.gz`), in which there are no entries to be found.
  private func isLoneFile() throws -> Bool {
    let head = try Self.head(of: url)
    guard FileMark.isPacked(head) else { return false }
    var message = [CChar](repeating: 0, count: 256)
    if let archive = cog_archive_open(url.path, &message, message.count) {
      cog_archive_close(archive)
      return false
    }
    guard let archive = cog_archive_open_lone(url.path, &message, message.count) else { return false }
    cog_archive_close(archive)
    return true
  }

  /// The name of a file that was packed alone: its archive's, without the ending for the packing.
  private var loneName: String {
    ["gz", "gzip", "zst", "zstd"].contains(url.pathExtension.lowercased())
      ? url.deletingPathExtension().lastPathComponent : url.lastPathComponent
  }

  /// The refusal of an archive that is damaged, or cut off so that nothing of it can be read.
  func damaged(_ what: String) -> ExportRefusal { Self.fault(what, place: name) }

  private static func fault(_ what: String, place: String) -> ExportRefusal {
    let isWindow = ZstdFrame.isTooLarge(what)
    return ExportRefusal(
      isWindow ? "zstd-window" : "bad-archive", what: what, place: place,
      advice: isWindow ? ZstdFrame.advice : damageAdvice)
  }

  private static let damageAdvice =
    "The archive is damaged or cut off: ask for it again or unpack it by hand."

  /// Whether the archive has lost its end. Entries are read from the front, so that of a zip only the missing
  /// list of them shows it; of the others, that reading failed when all bytes were used up.
  private func isCutOff(
    _ archive: OpaquePointer, zipEnd: ArraySlice<UInt8>?, hasFailed: Bool
  ) throws -> Bool {
    if try Self.head(of: url).starts(with: FileMark.zip) { return zipEnd == nil }
    guard hasFailed, let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize else { return false }
    return Int(cog_archive_consumed(archive)) >= size
  }

  /// The record that ends a zip archive (`PK 05 06`) with the remark behind it, of at most 65,535 bytes; nil without one,
  /// and of other archives.
  private func zipEnd() throws -> ArraySlice<UInt8>? {
    guard try Self.head(of: url).starts(with: [0x50, 0x4B]) else { return nil }
    let handle = try FileHandle(forReadingFrom: url)
    defer { try? handle.close() }
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: size - min(size, 22 + 65_535))
    let tail = [UInt8](try handle.readToEnd() ?? Data())
    let marks = tail.indices.dropLast(3).filter {
      tail[$0] == 0x50 && tail[$0 + 1] == 0x4B && tail[$0 + 2] == 5 && tail[$0 + 3] == 6
    }
    // The remark may hold the mark as well: that of the record is as long as what is left.
    let own = marks.last {
      let left = tail.count - $0 - 22
      return left >= 0 && Int(tail[$0 + 20]) | Int(tail[$0 + 21]) << 8 == left
    }
    return (own ?? marks.last).map { tail[$0...] }
  }

  /// How many entries a zip archive lists, by the record that ends it; nil where they are too many for it. Entries that
  /// begin at one place are walked through once.
  private static func listedEntries(_ end: ArraySlice<UInt8>) -> Int? {
    if end.count < 12 { return nil }
    let entries = Int(end[end.startIndex + 10]) | Int(end[end.startIndex + 11]) << 8
    return entries == 0xFFFF ? nil : entries
  }

  /// Reads an entry to its end, against the limits. Damage shows when the rest is passed over.
  private static func passOver(_ archive: OpaquePointer, _ tally: ArchiveTally) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: MemberInput.blockSize, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = cog_archive_read(archive, buffer.baseAddress, buffer.count)
      guard count > 0 else { return }
      try tally.add(count, consumed: Int(cog_archive_consumed(archive)))
    }
  }

  private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
    guard let start else { return "" }
    return String(
      decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// Refuses paths that would lead out of the archive or that hide something.
  private static func check(_ path: String, limits: ImportLimits, archive: String) throws {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isDrive = path.utf8.dropFirst().first == UInt8(ascii: ":") || path.utf8.contains(UInt8(ascii: "\\"))
    guard path.utf8.count <= limits.pathLength else {
      throw ExportRefusal(
        "path-too-long", what: "holds a path of \(path.utf8.count) bytes", place: archive,
        advice: "No export has such names: treat the archive as hostile.")
    }
    if path.utf8.first == UInt8(ascii: "/") || isDrive || path.utf8.contains(0)
      || parts.contains(where: { $0.elementsEqual("..".utf8) })
    {
      throw ExportRefusal(
        "path-traversal", what: "holds the path \(path.debugDescription), which leads out of it",
        place: archive, advice: "No export has such names: treat the archive as hostile.")
    }
  }
}

/// Counts what comes out of an archive against the limits.
private final class ArchiveTally {
  private let limits: ImportLimits
  private let name: String
  private(set) var entries = 0
  private var unpacked = 0

  init(limits: ImportLimits, name: String) {
    self.limits = limits
    self.name = name
  }

  var hasEntries: Bool { entries > 0 }

  func addEntry() throws {
    entries += 1
    guard entries <= limits.archiveEntries else {
      throw ExportRefusal(
        "too-many-entries", what: "holds more than \(limits.archiveEntries) entries", place: name,
        advice: "Raise the limit if the archive is known to be sound.")
    }
  }

  func add(_ count: Int, consumed: Int) throws {
    unpacked += count
    guard unpacked <= limits.archiveTotal else {
      throw ExportRefusal(
        "archive-too-large", what: "unpacks to more than \(limits.archiveTotal) bytes", place: name,
        advice: "Raise the limit if the archive is known to be sound.")
    }
    guard unpacked <= limits.archiveRatioGrace || unpacked / max(consumed, 1) <= limits.archiveRatio else {
      throw ExportRefusal(
        "archive-bomb", what: "unpacks to more than \(limits.archiveRatio) times its size", place: name,
        advice: "Raise the limit if the archive is known to be sound.")
    }
  }
}
