import Columns
import Foundation

/// A file of named arrays, read without being unpacked: it may be mapped. Little endian:
///
///     offset 0   8 bytes   "COGSTYLE"
///            8   u32       version of the format
///           12   u32       count of sections n
///           16   n × 32    name (16 bytes, NUL after its end), u64 offset, u64 bytes
///                          the sections, each at a multiple of 8, zeros between
///     at the end 8 bytes   `stableHash` of all bytes before
///
/// The hash tells damage, not malice: whoever can write the file can write its hash.
struct ModelArchive: Sendable {
  static let mark: [UInt8] = Array("COGSTYLE".utf8)
  static let version: UInt32 = 4

  /// Names are of at most 16 bytes.
  private let sections: [String: Range<Int>]
  private let data: Data

  /// Checks the whole of it.
  init(_ data: Data) throws(StyleModelError) {
    var sections: [String: Range<Int>] = [:]
    let failure: StyleModelError? = data.withUnsafeBytes { bytes in
      guard bytes.count >= 24, bytes.prefix(8).elementsEqual(Self.mark) else { return .notAModel }
      let version = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
      guard version == Self.version else { return .otherVersion(version) }
      let end = bytes.count - 8
      let content = UnsafeBufferPointer(rebasing: bytes.bindMemory(to: UInt8.self)[..<end])
      guard stableHash(content) == bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self) else {
        return .damaged
      }
      let count = Int(bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
      guard count <= 256, 16 + count * 32 <= end else { return .damaged }
      for section in 0..<count {
        let entry = 16 + section * 32
        let name = String(decoding: bytes[entry..<entry + 16].prefix { $0 != 0 }, as: UTF8.self)
        let start = bytes.loadUnaligned(fromByteOffset: entry + 16, as: UInt64.self)
        let length = bytes.loadUnaligned(fromByteOffset: entry + 24, as: UInt64.self)
        guard start <= UInt64(end), length <= UInt64(end) - start else { return .damaged }
        sections[name] = Int(start)..<Int(start + length)
      }
      return nil
    }
    if let failure { throw failure }
    self.sections = sections
    self.data = data
  }

  /// Whether there is a section of this name.
  func has(_ name: String) -> Bool { sections[name] != nil }

  /// The bytes of a section, which are not copied.
  func bytes(_ name: String) throws(StyleModelError) -> Data {
    guard let range = sections[name] else { throw .lacks(section: name) }
    return data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound]
  }

  /// The whole numbers of a section.
  ///
  /// - Parameter count: how many there must be; nil for any.
  func array<Value: FixedWidthInteger & BitwiseCopyable>(
    _ name: String, of type: Value.Type = Value.self, count: Int? = nil
  ) throws(StyleModelError) -> [Value] { try values(name, type, count) }

  /// The numbers of a section, none of which is too large to be reckoned with.
  ///
  /// - Parameter count: how many there must be; nil for any.
  func array<Value: BinaryFloatingPoint & BitwiseCopyable>(
    _ name: String, of type: Value.Type = Value.self, count: Int? = nil
  ) throws(StyleModelError) -> [Value] {
    let values = try values(name, type, count)
    guard values.allSatisfy({ $0.magnitude <= Value(Self.largest) }) else { throw .lacks(section: name) }
    return values
  }

  /// No number of a model is larger.
  static let largest = 1e12

  private func values<Value: BitwiseCopyable>(
    _ name: String, _ type: Value.Type, _ count: Int?
  ) throws(StyleModelError) -> [Value] {
    let bytes = try bytes(name)
    let size = MemoryLayout<Value>.size
    guard bytes.count % size == 0, count.map({ $0 == bytes.count / size }) ?? true else {
      throw .lacks(section: name)
    }
    return bytes.withUnsafeBytes { source in
      (0..<source.count / size).map { source.loadUnaligned(fromByteOffset: $0 * size, as: type) }
    }
  }

  /// A section of text.
  func text(_ name: String) throws(StyleModelError) -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  /// Collects the sections of an archive.
  struct Writer {
    private var sections: [(name: String, bytes: [UInt8])] = []

    mutating func add<Value: BitwiseCopyable>(_ name: String, _ values: [Value]) {
      sections.append((name, values.withUnsafeBytes { Array($0) }))
    }

    mutating func add(_ name: String, text: String) { sections.append((name, Array(text.utf8))) }

    /// The archive; the same sections give the same bytes.
    var bytes: [UInt8] {
      var result = ModelArchive.mark
      func append<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { result.append(contentsOf: $0) }
      }
      append(ModelArchive.version)
      append(UInt32(sections.count))
      var offset = 16 + sections.count * 32
      for section in sections {
        let name = Array(section.name.utf8.prefix(16))
        result += name + [UInt8](repeating: 0, count: 16 - name.count)
        append(UInt64(offset))
        append(UInt64(section.bytes.count))
        offset += (section.bytes.count + 7) / 8 * 8
      }
      for section in sections {
        result += section.bytes
        while result.count % 8 != 0 { result.append(0) }
      }
      let hash = result.withUnsafeBufferPointer { stableHash($0) }
      append(hash)
      return result
    }
  }
}
