internal import Foundation
internal import Glibc

/// A temporary file that nobody else can open and that goes with the value, and with the process however that ends.
///
/// It has no name; where the file system knows no files without a name it has one in a folder of its own.
final class PrivateFile {
  private let descriptor: Int32
  private let folder: String?
  /// Where it can be opened, while the value lives.
  let path: String
  /// Bytes written.
  private(set) var count = 0

  /// Makes an empty file.
  ///
  /// - Parameter place: whose copy it is, for a refusal.
  init(for place: String) throws {
    let parent = FileManager.default.temporaryDirectory.path
    if let descriptor = Self.nameless(in: parent) {
      self.descriptor = descriptor
      folder = nil
      path = "/proc/self/fd/\(descriptor)"
      return
    }
    var name = Array("\(parent)/cognate-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw Self.noRoom(place) }
    let folder = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.folder = folder
    path = folder + "/file"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor < 0 {
      rmdir(folder)
      throw Self.noRoom(place)
    }
  }

  deinit {
    close(descriptor)
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// A descriptor of a file without a name in a folder; nil where there can be none. It is found again through /proc, so
  /// without that there is none either.
  static func nameless(in folder: String) -> Int32? {
    guard access("/proc/self/fd", X_OK) == 0 else { return nil }
    let descriptor = open(folder, O_RDWR | O_CLOEXEC | __O_TMPFILE | O_DIRECTORY, 0o600)
    return descriptor < 0 ? nil : descriptor
  }

  /// What to say when a copy cannot be written.
  static func noRoom(_ place: String) -> ExportRefusal {
    ExportRefusal(
      "no-room", what: "cannot be copied to be read: \(String(cString: strerror(errno)))", place: place,
      advice:
        "Databases and workbooks are read from a copy: make room in the folder for temporary files, or name another in TMPDIR."
    )
  }

  /// Adds bytes at the end.
  func append(_ bytes: UnsafeBufferPointer<UInt8>, of place: String) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = write(descriptor, rest.baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Self.noRoom(place) }
      count += written
      rest = UnsafeBufferPointer(rebasing: rest.dropFirst(written))
    }
  }

  /// Adds all that is left of a member.
  func append(_ input: MemberInput) throws {
    repeat {
      try append(input.window, of: input.path)
      input.consume(input.window.count)
    } while try input.fillMore()
  }

  /// Reads bytes at an offset; fewer at the end, or where the disk fails.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    max(pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)), 0)
  }
}
