import Crypto
import FileOutput

/// A file that an export is written to: hashed as it grows, and given its name only when the log has the hash.
public final class ExportFile {
  /// What was written.
  public struct Seal: Hashable, Sendable {
    /// SHA-256 of the bytes, in hexadecimal.
    public let sha256: String
    /// How many bytes.
    public let bytes: Int
  }

  private var file: ByteFile
  private var hash = SHA256()
  private var buffer: [UInt8] = []
  private var count = 0

  /// Begins a file.
  ///
  /// - Throws: `WriteFailure`.
  public init(_ path: String) throws {
    file = try ByteFile(path)
    buffer.reserveCapacity(1 << 17)
  }

  /// Appends text.
  ///
  /// - Throws: `WriteFailure`.
  public func append(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { try drain() }
  }

  /// Hands everything to the system and gives the hash; the file has no name yet.
  ///
  /// - Throws: `WriteFailure`.
  public func seal() throws -> Seal {
    try drain()
    try file.flush()
    return Seal(sha256: Hexadecimal.text(hash.finalize()), bytes: count)
  }

  /// Gives the file its name.
  ///
  /// - Throws: `WriteFailure`.
  public func publish() throws { try file.close() }

  private func drain() throws {
    hash.update(data: buffer)
    count += buffer.count
    try file.append(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

enum Hexadecimal {
  /// Bytes as lower-case digits.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
