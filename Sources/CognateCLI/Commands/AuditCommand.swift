import ArgumentParser
import Foundation
import TransparencyLog

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Check a tamper-evident log.", subcommands: [AuditVerifyCommand.self])
}

struct AuditVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that nothing in a log was changed, removed or put in between.",
    discussion: """
      LOG is a folder in the layout of C2SP tlog-tiles with checkpoints signed by Ed25519, whoever wrote it. Every \
      file is checked against the entries, and the entries against what was signed.

      A log cannot vouch for itself: give the key that you were told (--key) and the checkpoints that were handed \
      to you (--against). Without them a log that was written anew from the start looks sound.

      EXIT STATUS:
        0 all holds, 3 something does not, 4 a key or checkpoint that cannot be read, 1 the folder cannot be read

      EXAMPLES:
        cognate audit verify smith-log/ --key vkey.txt --against notice-12.checkpoint
        cognate audit verify smith-log/ --key "example.org/log+1a2b3c4d+AQ…" --json
      """)

  @Argument(help: "The log's folder.", completion: .directory) var log: String
  @Option(help: "The log's public key, name+id+base64, or a file that holds it.", completion: .file())
  var key: String?
  @Option(
    parsing: .singleValue,
    help: "A checkpoint kept elsewhere, which the log must begin with; may be given again.",
    completion: .file())
  var against: [String] = []
  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = try LogVerifier(LogFolder(log), key: try givenKey(), known: try against.map(note)).verify()
    let findings = LogFindings(report, isKeyGiven: key != nil, keptElsewhere: against.count)
    try output.show(findings) { findings.text }
    if !report.isSound { throw ExitCode(ExitStatus.verificationFailed) }
  }

  private func givenKey() throws -> VerifierKey? {
    guard let key else { return nil }
    // A key has two pluses in it and is no path that anybody would choose.
    let isFile = FileManager.default.fileExists(atPath: key)
    let text = isFile ? String(decoding: try Self.bytes(key), as: UTF8.self) : key
    do throws(NoteFailure) {
      return try VerifierKey(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    } catch {
      throw AuditInputError(place: isFile ? key : "--key", reason: "\(error)")
    }
  }

  private func note(_ path: String) throws -> SignedNote {
    let bytes = try Self.bytes(path)
    do throws(NoteFailure) {
      return try SignedNote(reading: bytes)
    } catch {
      throw AuditInputError(place: path, reason: "\(error)")
    }
  }

  /// The bytes of a small file; one too large for a note is refused unread.
  private static func bytes(_ path: String) throws -> [UInt8] {
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      let bytes = [UInt8](try file.read(upToCount: SignedNote.sizeLimit + 1) ?? Data())
      guard bytes.count <= SignedNote.sizeLimit else {
        throw AuditInputError(place: path, reason: "it is too long for a key or a checkpoint")
      }
      return bytes
    } catch let error as AuditInputError {
      throw error
    } catch {
      throw AuditInputError(place: path, reason: "it cannot be read; give the path of a file that exists")
    }
  }
}

/// A key or a checkpoint, given on the command line, that is none.
struct AuditInputError: Error, CustomStringConvertible {
  /// The file or the option.
  let place: String
  let reason: String
  var description: String { "\(place): \(reason)" }
}

/// What the check of a log came to, as printed.
struct LogFindings: Encodable {
  struct Fault: Encodable {
    let file: String
    let what: String
  }

  let isSound: Bool
  let origin: String?
  let size: UInt64?
  let root: String?
  let key: String
  let isKeyGiven: Bool
  let checkpoints: Int
  let proofs: Int
  let checkpointsKeptElsewhere: Int
  let faults: [Fault]

  enum CodingKeys: String, CodingKey {
    case isSound = "is_sound", origin, size, root, key, isKeyGiven = "is_key_given", checkpoints, proofs
    case checkpointsKeptElsewhere = "checkpoints_kept_elsewhere", faults
  }

  init(_ report: LogVerifier.Report, isKeyGiven: Bool, keptElsewhere: Int) {
    isSound = report.isSound
    origin = report.checkpoint?.origin
    size = report.checkpoint?.size
    root = report.checkpoint?.root.base64
    key = report.key
    self.isKeyGiven = isKeyGiven
    checkpoints = report.checkpoints
    proofs = report.proofs
    checkpointsKeptElsewhere = keptElsewhere
    faults = report.faults.map { Fault(file: $0.file, what: $0.what) }
  }

  var text: String {
    var lines: [String] = []
    if let origin, let size, let root {
      lines.append("\(Terminal.safe(origin)): \(size) \(size == 1 ? "entry" : "entries"), root \(root)")
    }
    lines.append(
      "\(Terminal.count(checkpoints, "checkpoint")) and \(Terminal.count(proofs, "proof")) hold.")
    for fault in faults {
      lines.append(Terminal.red("FAULT") + " \(Terminal.safe(fault.file)): \(Terminal.safe(fault.what))")
    }
    lines.append(
      isSound
        ? "Sound: every file is what was signed."
        : "NOT SOUND: \(Terminal.count(max(faults.count, 1), "fault")). Keep the folder as it is.")
    if !isKeyGiven {
      lines.append(
        "The key was taken from the folder (\(Terminal.safe(key))): compare it with one from elsewhere.")
    }
    if checkpointsKeptElsewhere == 0 {
      lines.append(
        "No checkpoint from elsewhere was given (--against): a log rolled back or made anew is not noticed.")
    }
    return lines.joined(separator: "\n")
  }
}
