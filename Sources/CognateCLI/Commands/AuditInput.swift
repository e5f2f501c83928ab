import ArgumentParser
import CaseFile
import Foundation
import TransparencyLog

/// Something given on the command line that cannot be read, or is not what it should be: a key, a checkpoint, a proof, a
/// file. Exit status 4.
struct InputError: Error, CustomStringConvertible {
  /// The file or the option.
  let place: String
  let reason: String
  var description: String { "\(place): \(reason)" }

  /// A file that is not there, or may not be read.
  static func unreadable(_ path: String) -> Self {
    Self(place: path, reason: "it cannot be read; give the path of a file that exists")
  }

  /// Refuses a file that cannot be read, for who hands its path on.
  static func check(_ path: String) throws {
    guard FileManager.default.isReadableFile(atPath: path) else { throw unreadable(path) }
  }
}

/// Reading of keys, checkpoints and proofs that are named on the command line.
enum AuditInput {
  /// A public key: itself, or a file that holds it.
  static func verifierKey(_ text: String, option: String) throws -> VerifierKey {
    // A key has two pluses in it and is no path that anybody would choose.
    let isFile = FileManager.default.fileExists(atPath: text)
    let line = isFile ? String(decoding: try bytes(text), as: UTF8.self) : text
    do throws(NoteFailure) {
      return try VerifierKey(line.hasSuffix("\n") ? String(line.dropLast()) : line)
    } catch {
      guard isFile || text.contains("+") else {
        throw InputError(
          place: option, reason: "there is no file \(text), and a key is written name+id+base64")
      }
      throw InputError(place: isFile ? text : option, reason: "\(error)")
    }
  }

  static func note(_ path: String) throws -> SignedNote {
    // Who copies a note into an editor gets other line ends, and more or fewer at its end. No note has a CR, and what
    // was signed is checked all the same.
    var bytes = try bytes(path).filter { $0 != 0x0D }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    while bytes.last == 0x0A { bytes.removeLast() }
    bytes.append(0x0A)
    do throws(NoteFailure) {
      return try SignedNote(reading: withoutWords(bytes))
    } catch {
      throw InputError(place: path, reason: "\(error)")
    }
  }

  /// A checkpoint without what a command printed before it: it begins with the name of its log, which signs by that name.
  private static func withoutWords(_ bytes: [UInt8]) -> [UInt8] {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard let gap = lines.dropLast().lastIndex(where: \.isEmpty) else { return bytes }
    let names = lines[gap...].compactMap { line -> ArraySlice<UInt8>? in
      let parts = line.split(separator: 0x20)
      return parts.count == 3 ? parts[1] : nil
    }
    guard let first = lines[..<gap].lastIndex(where: names.contains) else { return bytes }
    return Array(lines[first...].joined(separator: [0x0A]))
  }

  static func proof(_ path: String) throws -> LogProof {
    let bytes = try bytes(path)
    do throws(NoteFailure) {
      return try LogProof(reading: bytes)
    } catch {
      throw InputError(place: path, reason: "\(error)")
    }
  }

  /// The bytes of a small file; one too large for a note is refused unread.
  static func bytes(_ path: String) throws -> [UInt8] {
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      let bytes = [UInt8](try file.read(upToCount: SignedNote.sizeLimit + 1) ?? Data())
      guard bytes.count <= SignedNote.sizeLimit else {
        throw InputError(place: path, reason: "it is too long for a key, a checkpoint or a proof")
      }
      return bytes
    } catch let error as InputError {
      throw error
    } catch {
      throw InputError.unreadable(path)
    }
  }
}

/// The log that a command reads: that of a case, or a folder that somebody handed out.
enum AuditedLog {
  case ofCase(CaseLog)
  case folder(LogFolder)

  init(_ path: String) throws {
    let place = URL(fileURLWithPath: path)
    guard FileManager.default.fileExists(atPath: path) else {
      throw LogFolder.Failure(path, "there is no such folder; name a case, or the folder of a log")
    }
    self = CaseLog.isCase(place) ? .ofCase(try CaseLog(of: place)) : .folder(LogFolder(path))
  }

  /// Where its files are.
  var folder: LogFolder {
    switch self {
    case .ofCase(let log): log.folder
    case .folder(let folder): folder
    }
  }

  /// The key that it says is its own.
  func ownKey() throws -> VerifierKey {
    switch self {
    case .ofCase(let log): return log.key
    case .folder(let folder):
      guard let bytes = try folder.read("vkey") else {
        throw InputError(
          place: "\(folder.path)/vkey", reason: "it is missing; give the log's key with --key")
      }
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(NoteFailure) {
        return try VerifierKey(text.hasSuffix("\n") ? String(text.dropLast()) : text)
      } catch {
        throw InputError(place: "\(folder.path)/vkey", reason: "\(error)")
      }
    }
  }

  /// An entry as the log's files hold it; nil when they do not. Nothing is checked but how many entries were signed.
  func entry(_ index: UInt64, _ key: VerifierKey) throws -> [UInt8]? {
    guard let bytes = try folder.read("checkpoint"), let head = try? Checkpoint.verified(bytes, by: key),
      index < head.size
    else { return nil }
    let width = UInt64(TilePath.width)
    let (tile, place) = index.quotientAndRemainder(dividingBy: width)
    let wanted = Int(min(head.size - tile * width, width))
    guard let path = TilePath(.entries, index: tile, width: wanted), let bundle = try folder.read(path.text),
      let entries = EntryBundle.decode(bundle), place < UInt64(entries.count)
    else { return nil }
    return Array(entries[Int(place)])
  }

  /// Checks it as a whole.
  func verify(key: VerifierKey?, known: [SignedNote]) throws -> (LogVerifier.Report, CaseLogReport?) {
    switch self {
    case .folder(let folder): return (try LogVerifier(folder, key: key, known: known).verify(), nil)
    case .ofCase(let log):
      let report = try log.verify(key: key, known: known)
      return (report.folder, report)
    }
  }
}
