import ArgumentParser
import CaseFile
import Foundation
import TransparencyLog

struct AuditWitnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "witness", abstract: "Cosign a log's newest checkpoint as somebody else, or check who did.",
    discussion: """
      A witness is somebody other than the holder of the case. The witness keeps the last checkpoint it cosigned in \
      NOTE, checks that the log still begins with it and holds as a whole, and only then cosigns the newest one (C2SP \
      tlog-cosignature, version 1), which takes the place of the old one in NOTE.

      With a private key in --key this cosigns; with a public one it checks that NOTE was cosigned by that witness \
      and that the log begins with it.

      EXAMPLES:
        cognate audit witness --new-key witness.example.org --key witness.key
        cognate audit witness smith-log/ --key witness.key --note smith.checkpoint
        cognate audit witness smith-log/ --key "witness.example.org+1a2b3c4d+BA…" \\
          --note smith.checkpoint
      """)

  @Argument(help: "The case, or the log's folder.", completion: .directory) var log: String?
  @Option(
    help: "A file with the witness's private key; or its public key, or a file that holds it.",
    completion: .file())
  var key: String
  @Option(help: "The cosigned checkpoint.", completion: .file()) var note: String?
  @Option(help: "The log's public key, or a file that holds it, from elsewhere.", completion: .file())
  var logKey: String?
  @Option(help: "Make a private key of this name and write it to --key.") var newKey: String?
  @OptionGroup var output: OutputOptions

  private struct Outcome: Encodable {
    var witness: String
    var origin: String
    var size: UInt64
    var time: UInt64
    var hasCosigned: Bool

    enum CodingKeys: String, CodingKey { case witness, origin, size, time, hasCosigned = "has_cosigned" }
  }

  func validate() throws {
    if newKey == nil, log == nil || note == nil {
      throw ValidationError("Name the log, and the --note that holds or will hold the cosigned checkpoint.")
    }
  }

  func run() throws {
    if let newKey { return try makeKey(newKey) }
    guard let log, let note else { return }
    let home = URL(fileURLWithPath: log)
    try CaseOutput.check(note)
    if CaseLog.isCase(home) { try CaseLog(of: home).checkOutput(note, mayReplace: true) }
    let audited = try AuditedLog(log)
    let ownKey = try logKey.map { try AuditInput.verifierKey($0, option: "--log-key") } ?? audited.ownKey()
    let before =
      FileManager.default.fileExists(atPath: note) ? try AuditInput.note(note) : nil
    // The whole log, and that it begins with what was cosigned before: a witness vouches for no less.
    let (report, ofCase) = try audited.verify(key: ownKey, known: before.map { [$0] } ?? [])
    let findings = LogFindings(report, ofCase, isKeyGiven: true, keptElsewhere: 1)
    guard findings.isSound, let head = report.checkpoint else {
      Terminal.write(findings.text)
      throw ExitCode(ExitStatus.verificationFailed)
    }
    let outcome =
      try signingKey().map { try cosign(head, audited, $0, ownKey, note) } ?? check(before, ownKey, note)
    try output.show(outcome) {
      "\(outcome.hasCosigned ? "Cosigned" : "Sound:") \(Terminal.safe(outcome.origin)) at \(outcome.size) entries, \(outcome.hasCosigned ? "as" : "cosigned by") \(Terminal.safe(outcome.witness)) at \(CaseDatabase.timestamp(Date(timeIntervalSince1970: Double(outcome.time))))."
    }
  }

  private func cosign(
    _ head: Checkpoint, _ audited: AuditedLog, _ key: SigningKey, _ ownKey: VerifierKey, _ place: String
  ) throws -> Outcome {
    guard let bytes = try audited.folder.read("checkpoint.\(head.size)") ?? audited.folder.read("checkpoint"),
      try Checkpoint.verified(bytes, by: ownKey) == head
    else {
      throw InputError(place: audited.folder.path, reason: "its checkpoint changed meanwhile; try again")
    }
    var note = try SignedNote(reading: bytes)
    let time = UInt64(max(0, Date().timeIntervalSince1970))
    do throws(NoteFailure) {
      try note.cosign(key, time: time)
    } catch {
      throw InputError(place: self.key, reason: "\(error)")
    }
    try Data(note.encoded.utf8).write(to: URL(fileURLWithPath: place), options: .atomic)
    return Outcome(
      witness: key.verifier.name, origin: head.origin, size: head.size, time: time, hasCosigned: true)
  }

  private func check(_ note: SignedNote?, _ ownKey: VerifierKey, _ place: String) throws -> Outcome {
    let witness = try AuditInput.verifierKey(key, option: "--key")
    guard let note else { throw InputError.unreadable(place) }
    do {
      let head = try Checkpoint.verified(Array(note.encoded.utf8), by: ownKey)
      guard let cosignature = try note.cosignature(by: witness) else { throw NoteFailure.unsigned }
      return Outcome(
        witness: witness.name, origin: head.origin, size: head.size, time: cosignature.time,
        hasCosigned: false)
    } catch let failure as NoteFailure {
      Terminal.error("\(place): \(failure)")
      throw ExitCode(ExitStatus.verificationFailed)
    }
  }

  /// The private key in the file; nil when a public one is given.
  private func signingKey() throws -> SigningKey? {
    guard FileManager.default.fileExists(atPath: key) else { return nil }
    let text = String(decoding: try AuditInput.bytes(key), as: UTF8.self)
    guard text.hasPrefix("PRIVATE+KEY+") else { return nil }
    do throws(NoteFailure) {
      return try SigningKey(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    } catch {
      throw InputError(place: key, reason: "\(error)")
    }
  }

  private func makeKey(_ name: String) throws {
    guard !FileManager.default.fileExists(atPath: key) else {
      throw InputError(place: key, reason: "it exists already; a key is never replaced")
    }
    try CaseOutput.check(key)
    let made: SigningKey
    do throws(NoteFailure) {
      made = try SigningKey(name: name, algorithm: .cosignature)
    } catch {
      throw InputError(place: "--new-key", reason: "\(error)")
    }
    let place = URL(fileURLWithPath: key)
    try LogFolder(place.deletingLastPathComponent().path).write(
      place.lastPathComponent, Array((made.text + "\n").utf8), isSecret: true)
    try output.show(["key": made.verifier.text]) {
      "Wrote the private key to \(Terminal.safe(key)). The public key, to be handed out:\n\(made.verifier.text)"
    }
  }
}
