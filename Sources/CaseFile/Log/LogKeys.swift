import Columns
import Foundation
import Glibc
import TransparencyLog

/// The signing key of a case's log: `key/log-key` (0600, folder 0700), and its public half, `log/vkey`.
enum LogKeys {
  private static let name = "log-key"

  private static func folder(_ folder: URL) -> LogFolder {
    LogFolder(folder.appendingPathComponent("key").path)
  }

  /// Where the signing key lies.
  static func file(in caseFolder: URL) -> URL {
    caseFolder.appendingPathComponent("key").appendingPathComponent(name)
  }

  /// Makes a new key for a log that nobody else's has the name of, and stores it.
  static func create(in caseFolder: URL) throws -> SigningKey {
    let mask = umask(0o077)
    defer { umask(mask) }
    let unique = HexText.encode(LogCommitment.salt().prefix(16))
    do {
      let key = try SigningKey(name: "cognate/case/\(unique)")
      try folder(caseFolder).write(name, Array((key.text + "\n").utf8), isSecret: true)
      return key
    } catch let failure as LogFolder.Failure {
      throw LogFailure.file(failure)
    }
  }

  /// Reads the key; nil when the case has none.
  static func read(in caseFolder: URL) throws(LogFailure) -> SigningKey? {
    do {
      guard let bytes = try folder(caseFolder).read(name) else { return nil }
      let text = String(decoding: bytes, as: UTF8.self)
      guard text.hasSuffix("\n") else { throw LogFailure.key("key/\(name) was cut short") }
      return try SigningKey(String(text.dropLast()))
    } catch let failure as LogFailure {
      throw failure
    } catch let failure as LogFolder.Failure {
      throw .file(failure)
    } catch {
      throw .key("key/\(name): \(error)")
    }
  }
}
