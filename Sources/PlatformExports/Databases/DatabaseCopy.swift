internal import Foundation
internal import Glibc

/// A copy of a database with what its app wrote beside it, in a folder that nobody else can look into and that goes
/// when the value does.
///
/// SQLite writes to a database that it opens: it reads in the log, rolls back what was not finished, and removes both.
/// Evidence is never opened so, and members of archives are no files at all.
final class DatabaseCopy {
  /// The folder.
  let folder: String
  /// The member that the database is; nil until it was taken.
  private(set) var member: (number: UInt32, path: String)?
  /// Bytes of database and log.
  private(set) var size = 0
  /// Pages of the log that are its own; and whether it is one.
  private(set) var log: (pages: Int, isLog: Bool)?
  /// What became of a journal that a change left which was not finished.
  private(set) var journal: Journal = .none
  private var pieces: [Piece] = []

  /// The copy of one member.
  ///
  /// It has no name before it is opened, so that an import that is interrupted leaves nothing of it; where the file
  /// system knows no files without a name it has one from the start.
  private struct Piece {
    let ending: String
    let descriptor: Int32
    let isNamed: Bool
  }

  /// A journal beside a database.
  enum Journal {
    case none
    /// It puts the database back to what it was before the change.
    case rolledBack
    /// It names another file, which SQLite would read and perhaps remove: it is left out.
    case leftOut
  }

  /// Makes the folder.
  init() throws {
    var name = Array("\(FileManager.default.temporaryDirectory.path)/cognate-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw PrivateFile.noRoom("the folder for temporary files") }
    folder = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for piece in pieces { close(piece.descriptor) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Where the copy of the database is.
  var path: String { folder + "/database" }

  /// Copies a member: the database, its log or its journal, by the ending of its name.
  func take(_ input: MemberInput) throws {
    let ending = DatabaseMembers.endings.first { input.path.hasSuffix($0) } ?? ""
    if ending.isEmpty { member = (input.member, input.path) }
    guard let descriptor = begin(ending) else { throw PrivateFile.noRoom(input.path) }
    var count = 0
    while true {
      while !input.window.isEmpty {
        let written = write(descriptor, input.window.baseAddress, input.window.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw PrivateFile.noRoom(input.path) }
        count += written
        input.consume(written)
      }
      guard try input.fillMore() else { break }
    }
    switch ending {
    case "-wal":
      log = Self.log(descriptor, count)
      size += count
      // Of another version SQLite would refuse the database as well.
      if log?.isLog == false { drop(ending) }
    case "-journal":
      takeJournal(descriptor, count)
      if journal != .rolledBack { drop(ending) }
    default: size += count
    }
  }

  /// Begins the copy of a member; nil with `errno` where there is none.
  private func begin(_ ending: String) -> Int32? {
    let nameless = PrivateFile.nameless(in: folder)
    let isNamed = nameless == nil
    let descriptor = nameless ?? open(path + ending, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    pieces.append(Piece(ending: ending, descriptor: descriptor, isNamed: isNamed))
    return descriptor
  }

  /// Takes a copy away that is not to be opened.
  private func drop(_ ending: String) {
    for piece in pieces where piece.ending == ending {
      close(piece.descriptor)
      if piece.isNamed { unlink(path + ending) }
    }
    pieces.removeAll { $0.ending == ending }
  }

  private static func read(_ descriptor: Int32, _ count: Int, at offset: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return pread(descriptor, &bytes, count, off_t(offset)) == count ? bytes : nil
  }

  private static func number(_ bytes: some Collection<UInt8>) -> Int {
    bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }

  /// Gives the copies the names by which SQLite opens them, and closes them: with a descriptor of ours its locks would
  /// go.
  func show() throws {
    defer {
      for piece in pieces { close(piece.descriptor) }
      pieces = []
    }
    for piece in pieces where !piece.isNamed {
      let source = "/proc/self/fd/\(piece.descriptor)"
      guard linkat(AT_FDCWD, source, AT_FDCWD, path + piece.ending, AT_SYMLINK_FOLLOW) == 0 else {
        throw PrivateFile.noRoom(member?.path ?? "")
      }
    }
  }

  /// Takes the names away again when they are open: an import that is interrupted leaves no messages behind.
  func hide() {
    for ending in [""] + DatabaseMembers.endings { unlink(path + ending) }
  }

  // MARK: Log

  /// Counts the pages that a log says are its own. A log is written over from its front when all of it is in the
  /// database, under another signature: pages that are left of an earlier one are none of its own.
  ///
  ///     head   0 magic, 4 version, 8 page size, 16 signature, a number and a random one, 32 first page
  ///     page   0 number, 4 size at the end of a change, 8 signature, 24 bytes
  private static func log(_ descriptor: Int32, _ count: Int) -> (pages: Int, isLog: Bool)? {
    guard count > 0 else { return nil }
    guard let head = read(descriptor, 32, at: 0), DatabaseMembers.logMagics.contains(where: head.starts),
      number(head[4...]) == logVersion, (512...65_536).contains(number(head[8...]))
    else { return (0, false) }
    let pageSize = number(head[8...])
    let signature = (UInt32(truncatingIfNeeded: number(head[16...])), head[20..<24])
    var pages = 0
    var offset = 32
    while offset + 24 + pageSize <= count, let page = read(descriptor, 24, at: offset) {
      // Each log counts on from the one before.
      let earlier = signature.0 &- UInt32(truncatingIfNeeded: number(page[8...]))
      if !(1...earlierLogs).contains(earlier) || page[12..<16] == signature.1 { pages += 1 }
      offset += 24 + pageSize
    }
    return (pages, true)
  }

  private static let logVersion = 3_007_000
  /// How far back the pages that are left may go.
  private static let earlierLogs: UInt32 = 1 << 16

  // MARK: Journal

  /// Keeps a journal that was not used up, unless it names another file (a change of several databases): SQLite would
  /// follow that name wherever it leads, and may remove what is there.
  private func takeJournal(_ descriptor: Int32, _ count: Int) {
    let magic = DatabaseMembers.journalMagic
    guard count > magic.count, Self.read(descriptor, magic.count, at: 0) == magic else { return }
    let namesAnother = Self.read(descriptor, magic.count, at: count - magic.count) == magic
    journal = namesAnother ? .leftOut : .rolledBack
  }

  // MARK: Cut

  /// Makes a database as long as its head says, where it was cut off: SQLite reads none of a shorter one. What was cut
  /// becomes empty pages, which hold no row, and so does the page in which the cut lies.
  ///
  /// - Returns: bytes that are missing; 0 when none are, or when the log or journal says how long it is.
  func mendCut() -> Int {
    var status = stat()
    guard let descriptor = pieces.first(where: { $0.ending.isEmpty })?.descriptor,
      fstat(descriptor, &status) == 0, log.map({ $0.pages == 0 }) ?? true, journal != .rolledBack,
      let head = Self.read(descriptor, 100, at: 0)
    else { return 0 }
    let length = Int(status.st_size)
    let written = Self.number(head[16...]) >> 16
    let pageSize = written == 1 ? 65_536 : written
    let pages = Self.number(head[28...])
    // The number of pages counts only where the last program to write knew of it.
    guard pageSize >= 512, pages > 0, Self.number(head[24...]) == Self.number(head[92...]) else { return 0 }
    let (whole, overflow) = pages.multipliedReportingOverflow(by: pageSize)
    guard !overflow, length < whole else { return 0 }
    let last = length - length % pageSize
    guard ftruncate(descriptor, off_t(last)) == 0, ftruncate(descriptor, off_t(whole)) == 0 else { return 0 }
    return whole - length
  }
}
