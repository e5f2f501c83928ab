import ArgumentParser
import CaseFile
import Foundation
import TransparencyLog

struct AuditVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that nothing in a log was changed, removed or put in between.",
    discussion: """
      LOG is a case, or a folder in the layout of C2SP tlog-tiles with checkpoints signed by Ed25519, whoever wrote \
      it. Every file is checked against the entries, and the entries against what was signed; in a case also that \
      every entry says what was signed, and that whatever was erased was erased by an entry.

      A log cannot vouch for itself: give the key that you were told (--key) and the checkpoints that were handed \
      to you (--against). Without them a log that was written anew from the start looks sound.

      With --proof, one entry is checked by its proof alone, under the key given or that of LOG. A proof that does \
      not hold its entry, as those of `audit export`, needs LOG for it.

      EXIT STATUS:
        0 all holds, 3 something does not,
        4 a key, checkpoint or proof that cannot be read, 1 the folder cannot be read

      EXAMPLES:
        cognate audit verify case.cognate
        cognate audit verify smith-log/ --key vkey.txt --against notice-12.checkpoint
        cognate audit verify smith-log/ --key "example.org/log+1a2b3c4d+AQ…" --json
        cognate audit verify --proof entry-17.tlog-proof --key vkey.txt
        cognate audit verify smith-log/ --proof smith-log/proofs/17.tlog-proof
      """)

  @Argument(help: "The case, or the log's folder.", completion: .directory) var log: String?
  @Option(help: "The log's public key, name+id+base64, or a file that holds it.", completion: .file())
  var key: String?
  @Option(
    parsing: .singleValue,
    help: "A checkpoint kept elsewhere, which the log must begin with; may be given again.",
    completion: .file())
  var against: [String] = []
  @Option(help: "A proof of one entry, as `audit prove` writes it.", completion: .file()) var proof: String?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if log == nil, proof == nil { throw ValidationError("Name the case or the log's folder, or a --proof.") }
    if log == nil, key == nil { throw ValidationError("A proof alone needs the log's --key.") }
    if proof != nil, !against.isEmpty {
      throw ValidationError("--against is about the whole log; check that without --proof.")
    }
  }

  func run() throws {
    let given = try key.map { try AuditInput.verifierKey($0, option: "--key") }
    let audited = try log.map { try AuditedLog($0) }
    if let proof {
      try verify(proof: try AuditInput.proof(proof), audited, given)
    } else if let audited {
      let (report, ofCase) = try audited.verify(key: given, known: try against.map(AuditInput.note))
      let findings = LogFindings(report, ofCase, isKeyGiven: key != nil, keptElsewhere: against.count)
      try output.show(findings) { findings.text }
      if !findings.isSound { throw ExitCode(ExitStatus.verificationFailed) }
    }
  }

  private func verify(proof: LogProof, _ audited: AuditedLog?, _ given: VerifierKey?) throws {
    guard let key = try given ?? audited?.ownKey() else { return }
    guard let entry = try CaseLog.entry(of: proof) ?? audited?.entry(proof.index, key) else {
      throw InputError(
        place: self.proof ?? "",
        reason: audited == nil
          ? "the proof does not hold its entry; name the log that it is of as well"
          : "neither the proof nor the log holds its entry, so that there is nothing to check")
    }
    var findings = ProofFindings(proof)
    do {
      let head = try proof.verify(entry: entry, key: key)
      findings.isSound = true
      findings.origin = head.origin
      findings.size = head.size
    } catch {
      findings.fault = "\(error)"
    }
    try output.show(findings) { findings.text }
    if !findings.isSound { throw ExitCode(ExitStatus.verificationFailed) }
  }
}

/// What the check of a proof came to, as printed.
private struct ProofFindings: Encodable {
  var isSound = false
  var index: UInt64
  var origin: String?
  var size: UInt64?
  var says: String?
  var fault: String?

  enum CodingKeys: String, CodingKey { case isSound = "is_sound", index, origin, size, says, fault }

  init(_ proof: LogProof) {
    index = proof.index
    says = CaseLog.payload(of: proof)
  }

  var text: String {
    guard isSound, let origin, let size else {
      return Terminal.red("FAULT")
        + " entry \(index): \(Terminal.safe(fault ?? ""))\nNOT SOUND: the proof does not hold."
    }
    let what = says.map { "It says:\n\(Terminal.safe($0))" } ?? "What it says is not part of the proof."
    return "Sound: entry \(index) is in the log \(Terminal.safe(origin)) of \(size) entries.\n\(what)"
  }
}

/// What the check of a log came to, as printed.
struct LogFindings: Encodable {
  struct Fault: Encodable {
    let file: String
    let what: String
  }

  /// What was found in the database of a case.
  struct Rows: Encodable {
    let stored: UInt64
    let unsigned: UInt64
    let payloads: Int
    let erased: Int
    let remarks: [String]
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
  let rows: Rows?
  let faults: [Fault]

  enum CodingKeys: String, CodingKey {
    case isSound = "is_sound", origin, size, root, key, isKeyGiven = "is_key_given", checkpoints, proofs
    case checkpointsKeptElsewhere = "checkpoints_kept_elsewhere", rows, faults
  }

  init(_ report: LogVerifier.Report, _ ofCase: CaseLogReport?, isKeyGiven: Bool, keptElsewhere: Int) {
    isSound = ofCase?.isSound ?? report.isSound
    origin = report.checkpoint?.origin
    size = report.checkpoint?.size
    root = report.checkpoint?.root.base64
    key = report.key
    self.isKeyGiven = isKeyGiven
    checkpoints = report.checkpoints
    proofs = report.proofs
    checkpointsKeptElsewhere = keptElsewhere
    rows = ofCase.map {
      Rows(
        stored: $0.stored, unsigned: $0.unsigned, payloads: $0.payloads, erased: $0.erased,
        remarks: $0.remarks)
    }
    faults = (report.faults + (ofCase?.faults ?? [])).map { Fault(file: $0.file, what: $0.what) }
  }

  var text: String {
    var lines: [String] = []
    if let origin, let size, let root {
      lines.append("\(Terminal.safe(origin)): \(size) \(size == 1 ? "entry" : "entries"), root \(root)")
    }
    lines.append(
      "\(Terminal.count(checkpoints, "checkpoint")) and \(Terminal.count(proofs, "proof")) hold.")
    if let rows {
      lines.append("\(rows.payloads) of \(rows.stored) stored entries say what their leaf commits to.")
      if rows.erased > 0 {
        lines.append(
          "\(rows.erased) were erased: the log proves that they were there, and no longer what they said.")
      }
      // Where the checkpoint is gone or an older one lies in its place, they were signed, and nothing signs them again.
      if rows.unsigned > 0, isSound {
        lines.append("\(rows.unsigned) are not signed yet; they are when the case is next worked on.")
      }
      lines += rows.remarks.map { Terminal.yellow("REMARK") + " \(Terminal.safe($0))" }
    }
    for fault in faults {
      lines.append(Terminal.red("FAULT") + " \(Terminal.safe(fault.file)): \(Terminal.safe(fault.what))")
    }
    lines.append(
      isSound
        ? "Sound: every file is what was signed."
        : "NOT SOUND: \(Terminal.count(max(faults.count, 1), "fault")). Keep the folder as it is.")
    if !isKeyGiven, !key.isEmpty {
      lines.append(
        "The key was taken from the folder (\(Terminal.safe(key))): compare it with one from elsewhere.")
    }
    if isSound, checkpointsKeptElsewhere > 0 {
      lines.append(
        checkpointsKeptElsewhere == 1
          ? "It begins with the checkpoint that was given (--against): the entries up to it are those that were signed then."
          : "It begins with each of the \(checkpointsKeptElsewhere) checkpoints that were given (--against): the entries up to these are those that were signed then."
      )
    }
    if checkpointsKeptElsewhere == 0 {
      lines.append(
        "No checkpoint from elsewhere was given (--against): a log rolled back or made anew is not noticed.")
    }
    return lines.joined(separator: "\n")
  }
}
