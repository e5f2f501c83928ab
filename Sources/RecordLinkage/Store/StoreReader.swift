import Foundation

/// Reads a stored result: arrays are mapped, not copied. What is written to them stays in memory.
///
/// Sendable by convention, as coders ask for it: one task uses it.
final class StoreReader: @unchecked Sendable {
  /// The file's name.
  let path: String
  private let descriptor: Int32
  private let directory: StoreFile.Directory
  private var arrays: [Int: AnyObject] = [:]
  private var failure: StoreError?

  /// Opens a file and checks its header, its length and its directory.
  init(_ path: String, engine: String) throws(StoreError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      directory = StoreFile.Directory(engine: "")
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    do throws(StoreError) {
      directory = try Self.directory(descriptor, path, engine)
    } catch {
      directory = StoreFile.Directory(engine: "")
      throw error
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func directory(
    _ descriptor: Int32, _ path: String, _ engine: String
  ) throws(StoreError) -> StoreFile.Directory {
    var found = stat()
    guard fstat(descriptor, &found) == 0 else {
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    let size = Int(found.st_size)
    let length = StoreFile.magic.count + MemoryLayout<StoreFile.Header>.size
    guard found.st_mode & S_IFMT == S_IFREG, size >= StoreFile.page,
      let start = bytes(descriptor, 0, length), start.starts(with: StoreFile.magic)
    else { throw .noStore(file: path) }
    let header = start.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: StoreFile.magic.count, as: StoreFile.Header.self)
    }
    guard header.checksum == header.sum() else { throw .damaged(file: path, what: "its header") }
    guard header.format == StoreFile.format else {
      throw .otherVersion(
        file: path, found: "format \(header.format)", needed: "format \(StoreFile.format)")
    }
    guard header.fileLength == UInt64(size) else {
      throw .otherSize(file: path, bytes: size, expected: Int(clamping: header.fileLength))
    }
    guard
      let list = bytes(
        descriptor, Int(clamping: header.directoryOffset), Int(clamping: header.directoryLength)),
      list.withUnsafeBytes({ StoreFile.checksum($0) }) == header.directoryChecksum,
      let directory = try? PropertyListDecoder().decode(StoreFile.Directory.self, from: Data(list)),
      (directory.sections + directory.lists.values).allSatisfy({
        $0.offset >= 0 && $0.length >= 0 && $0.offset % StoreFile.page == 0 && $0.offset <= size - $0.length
      })
    else { throw .damaged(file: path, what: "its directory") }
    guard directory.engine == engine else {
      throw .otherVersion(file: path, found: directory.engine, needed: engine)
    }
    return directory
  }

  private static func bytes(_ descriptor: Int32, _ offset: Int, _ count: Int) -> [UInt8]? {
    guard count >= 0, count < 1 << 28 else { return nil }
    var result = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = result.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
      }
      if got < 0, errno == EINTR { continue }
      if got <= 0 { return nil }
      done += got
    }
    return result
  }

  /// What was added under a name.
  ///
  /// - Throws: `StoreError.damaged`.
  func value<Value: Decodable>(_ type: Value.Type, _ name: String) throws(StoreError) -> Value {
    guard let key = StoreFile.key, let place = directory.lists[name],
      let list = Self.bytes(descriptor, place.offset, place.length),
      list.withUnsafeBytes({ StoreFile.checksum($0) }) == place.checksum
    else { throw .damaged(file: path, what: "the list “\(name)”") }
    let decoder = PropertyListDecoder()
    decoder.userInfo[key] = self
    do {
      let value = try decoder.decode(type, from: Data(list))
      if let failure { throw failure }
      return value
    } catch let error as StoreError {
      throw error
    } catch {
      throw .damaged(file: path, what: "the list “\(name)”: \(error)")
    }
  }

  /// The array of a section, with room for a quarter more.
  func array<Element: BitwiseCopyable>(
    _ number: Int, of type: Element.Type
  ) throws(StoreError) -> Packed<Element> {
    if let known = arrays[number] as? Packed<Element> { return known }
    let stride = MemoryLayout<Element>.stride
    guard directory.sections.indices.contains(number), arrays[number] == nil,
      directory.sections[number].length % stride == 0
    else { throw .damaged(file: path, what: "array \(number) is of another kind") }
    let section = directory.sections[number]
    let room = section.length + section.length / 4 + (1 << 21)
    guard let mapping = StoreMapping(descriptor, section, room: room) else {
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    guard
      StoreFile.checksum(UnsafeRawBufferPointer(start: mapping.base, count: section.length))
        == section.checksum
    else { throw .damaged(file: path, what: "array \(number) does not agree with its checksum") }
    let array = Packed(
      at: mapping.base.bindMemory(to: type, capacity: room / stride), count: section.length / stride,
      room: room / stride, of: mapping)
    arrays[number] = array
    return array
  }
}

/// A section of a file in memory, with room behind it.
private final class StoreMapping {
  let base: UnsafeMutableRawPointer
  private let length: Int

  init?(_ descriptor: Int32, _ section: StoreFile.Section, room: Int) {
    length = room
    // Addresses alone are taken here; memory comes with what is written.
    guard
      let start = mmap(
        nil, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0),
      start != MAP_FAILED
    else { return nil }
    base = start
    if section.length == 0 { return }
    // Read for a start, as pages that may be written would be copied when they are brought in ahead.
    guard
      mmap(
        start, section.length, PROT_READ, MAP_PRIVATE | MAP_FIXED | Int32(MAP_POPULATE), descriptor,
        off_t(section.offset)) != MAP_FAILED,
      mprotect(start, section.length, PROT_READ | PROT_WRITE) == 0
    else {
      munmap(start, room)
      return nil
    }
  }

  deinit { munmap(base, length) }
}
