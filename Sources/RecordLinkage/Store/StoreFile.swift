import CKernels
import Columns
import FileOutput
import Foundation

/// The file of a stored result: arrays as they lie in memory, and property lists that say what they are.
///
///     header     magic, format, place of the directory, length of the file, checksums
///     sections   arrays, each from the start of a page
///     lists      binary property lists, which name arrays by the numbers of their sections
///     directory  property list: where sections and lists are, and their checksums
///
/// Bytes are in the order of the machine. Each array and list is checked against its checksum when it is first used, so
/// that what a command does not need costs nothing.
enum StoreFile {
  static let magic: [UInt8] = Array("cognate store\r\n\u{1A}".utf8)
  static let format: UInt64 = 1
  static let page = 4096

  /// What comes first in the file.
  struct Header: BitwiseCopyable {
    var format: UInt64
    var directoryOffset: UInt64
    var directoryLength: UInt64
    var directoryChecksum: UInt64
    var fileLength: UInt64
    /// Of the four numbers above.
    var checksum: UInt64

    func sum() -> UInt64 {
      [directoryOffset, directoryLength, directoryChecksum, fileLength].reduce(format) {
        foldedMultiply($0 ^ 0x9E37_79B9_7F4A_7C15, $1 ^ 0xe703_7ed1_a0b4_28db)
      }
    }
  }

  /// A run of bytes in the file.
  struct Section: Codable {
    var offset: Int
    var length: Int
    var checksum: UInt64
  }

  struct Directory: Codable {
    /// What wrote it.
    var engine: String
    var sections: [Section] = []
    var lists: [String: Section] = [:]
  }

  /// Where `Packed` finds the writer or reader while it is coded.
  static let key = CodingUserInfoKey(rawValue: "cognate.store")

  /// 64 bits over bytes, at the speed of memory: sums of words and sums of those sums in eight lanes (after Fletcher, 1982),
  /// folded together at the end. For damage, not against forgers.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var sums = [UInt64](repeating: 0, count: 8)
    var sumsOfSums = sums
    let blocks = bytes.count / 64
    if let base = bytes.baseAddress { cog_sum_blocks(base, blocks, &sums, &sumsOfSums) }
    let position = blocks * 64
    let rest = UnsafeBufferPointer(rebasing: bytes.bindMemory(to: UInt8.self)[position...])
    var state = stableHash(rest, seed: UInt64(bytes.count))
    for lane in 0..<8 {
      state = foldedMultiply(state ^ 0x9E37_79B9_7F4A_7C15, sums[lane] ^ 0xe703_7ed1_a0b4_28db)
      state = foldedMultiply(state ^ 0x8ebc_6af0_9c88_c6e3, sumsOfSums[lane] ^ 0xa076_1d64_78bd_642f)
    }
    return state
  }
}

/// Writes a stored result. Sendable by convention, as coders ask for it: one task uses it.
final class StoreWriter: @unchecked Sendable {
  private var file: ByteFile
  private var offset = 0
  private var directory: StoreFile.Directory
  /// By array, the number of its section: an array that is met again is not written again.
  private var numbers: [ObjectIdentifier: Int] = [:]
  /// The arrays, so that none is let go and another takes its identity.
  private var held: [AnyObject] = []
  private var failure: WriteFailure?

  /// Begins a file.
  init(_ path: String, engine: String) throws(WriteFailure) {
    file = try ByteFile(path)
    directory = StoreFile.Directory(engine: engine)
    // The header is written last, over this.
    try file.append([UInt8](repeating: 0, count: StoreFile.page))
    offset = StoreFile.page
  }

  /// Writes a value under a name; the arrays in it become sections.
  func add(_ value: some Encodable, as name: String) throws {
    guard let key = StoreFile.key else { return }
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    encoder.userInfo[key] = self
    let data = try encoder.encode(value)
    if let failure { throw failure }
    directory.lists[name] = try section(of: data)
  }

  /// The number of an array's section, which is written if it is new.
  func number<Element>(of array: Packed<Element>) -> Int {
    if let known = numbers[ObjectIdentifier(array)] { return known }
    let number = directory.sections.count
    numbers[ObjectIdentifier(array)] = number
    held.append(array)
    do throws(WriteFailure) {
      directory.sections.append(
        try section(UnsafeRawBufferPointer(UnsafeBufferPointer(start: array.base, count: array.count))))
    } catch { failure = failure ?? error }
    return number
  }

  /// Writes the directory and the header, and gives the file its name.
  func close() throws {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    let place = try section(of: try encoder.encode(directory))
    var header = StoreFile.Header(
      format: StoreFile.format, directoryOffset: UInt64(place.offset), directoryLength: UInt64(place.length),
      directoryChecksum: place.checksum, fileLength: UInt64(offset), checksum: 0)
    header.checksum = header.sum()
    try file.flush()
    try file.overwrite(StoreFile.magic + withUnsafeBytes(of: header) { Array($0) }, at: 0)
    try file.close()
  }

  private func section(of list: Data) throws(WriteFailure) -> StoreFile.Section {
    try Array(list).withUnsafeBufferPointer { bytes throws(WriteFailure) in
      try section(UnsafeRawBufferPointer(bytes))
    }
  }

  private func section(_ bytes: UnsafeRawBufferPointer) throws(WriteFailure) -> StoreFile.Section {
    let section = StoreFile.Section(
      offset: offset, length: bytes.count, checksum: StoreFile.checksum(bytes))
    try file.append(raw: bytes)
    let padding = (StoreFile.page - bytes.count % StoreFile.page) % StoreFile.page
    try file.append([UInt8](repeating: 0, count: padding))
    offset += bytes.count + padding
    return section
  }
}
