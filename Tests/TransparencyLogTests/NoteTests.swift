import Testing
import TransparencyLog

@Suite struct NoteTests {
  private func key(_ name: String = "example.org/log", _ algorithm: NoteAlgorithm = .ed25519, fill: UInt8 = 7)
    throws -> SigningKey
  {
    try SigningKey(name: name, algorithm: algorithm, seed: [UInt8](repeating: fill, count: 32))
  }

  @Test func aCheckpointComesBackAsItWasSigned() throws {
    let key = try key()
    let checkpoint = Checkpoint(origin: "example.org/log", size: 3, root: tree(leaves(3)).root)
    let note = try checkpoint.signed(by: key)
    let bytes = Array(note.encoded.utf8)
    #expect(try Checkpoint.verified(bytes, by: key.verifier) == checkpoint)
    #expect(try SignedNote(reading: bytes) == note)
    // The same key and text give the same bytes (RFC 8032).
    #expect(try checkpoint.signed(by: key).encoded == note.encoded)
  }

  @Test func keysComeBackFromText() throws {
    let key = try key()
    #expect(try SigningKey(key.text).text == key.text)
    #expect(try VerifierKey(key.verifier.text).text == key.verifier.text)
  }

  /// The example key pair of Go's golang.org/x/mod/sumdb/note.
  @Test func aKeyOfGo() throws {
    let signer = try SigningKey(
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")
    #expect(signer.verifier.text == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    var note = try SignedNote(
      text: """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        """)
    try note.sign(signer)
    #expect(
      note.encoded.hasSuffix(
        "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
      ))
  }

  @Test(arguments: [
    "", "a", "a+b", "a+b+c", "a+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
    "example.com/log/testdata+33D7B496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx ",
    "example.com/log/testdata+33d7b496+AOHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
    "example.com/ log+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
  ])
  func keysThatAreNone(text: String) {
    #expect(throws: NoteFailure.self) { try VerifierKey(text) }
  }

  @Test func signaturesOfUnknownKeysAreIgnoredAndWrongOnesOfKnownKeysAreNot() throws {
    let (log, other) = (try key(), try key("example.org/other", fill: 8))
    var note = try SignedNote(text: "text\n")
    try note.sign(other)
    #expect(throws: NoteFailure.unsigned) { try note.verify([log.verifier]) }
    try note.sign(log)
    #expect(try note.verify([log.verifier]) == ["example.org/log"])
    #expect(try note.verify([log.verifier, other.verifier]) == ["example.org/other", "example.org/log"])
    let forged = note.encoded.replacing("text\n", with: "test\n")
    #expect(throws: NoteFailure.badSignature(key: "example.org/log")) {
      try SignedNote(reading: Array(forged.utf8)).verify([log.verifier])
    }
  }

  @Test func aWitnessCosigns() throws {
    let (log, witness) = (try key(), try key("witness.example", .cosignature, fill: 9))
    var note = try Checkpoint(origin: "example.org/log", size: 1, root: leaves(1)[0]).signed(by: log)
    try note.cosign(witness, time: 1_679_315_147)
    let read = try SignedNote(reading: Array(note.encoded.utf8))
    #expect(try read.verify([log.verifier, witness.verifier]).count == 2)
    #expect(try read.cosignature(by: witness.verifier)?.time == 1_679_315_147)
    #expect(throws: NoteFailure.self) { try note.sign(witness) }
    #expect(throws: NoteFailure.self) { try note.cosign(log, time: 1) }
    // Another time is another message.
    let line = read.encoded.split(separator: "\n").last ?? ""
    let bytes = Array(read.encoded.utf8)
    for position in bytes.count - line.utf8.count..<bytes.count - 1 {
      var changed = bytes
      changed[position] ^= 1
      let note = try? SignedNote(reading: changed)
      let names = try? note?.verify([log.verifier, witness.verifier])
      #expect(names?.contains("witness.example") != true)
    }
  }

  @Test(arguments: [
    "", "\n", "\n\n", "text", "text\n", "text\n\n", "text\n\n\n", "text\n\nsignature\n",
    "text\n\n- a AAAAAAA=\n",
    "text\n\n\u{2014} a\n", "text\n\n\u{2014} a AAAA\n", "text\n\n\u{2014} a+b AAAAAAAA\n",
    "te\txt\n\n\u{2014} a AAAAAAAA\n",
    "text\n\n\u{2014} a AAAAAAAA", "text\r\n\r\n\u{2014} a AAAAAAAA\r\n", "text\n\n\u{2014} a AAAAAA==x\n",
    "text\n\n\u{2014} a AAAAAAAA\n\u{2014}\n", "text\n\n\u{2014}  AAAAAAAA\n",
  ])
  func textsThatAreNoNotes(text: String) {
    #expect(throws: NoteFailure.self) { try SignedNote(reading: Array(text.utf8)) }
  }

  @Test func bytesThatAreNoNotes() {
    #expect(throws: NoteFailure.self) {
      try SignedNote(reading: [0xFF, 0x0A, 0x0A] + Array("\u{2014} a AAAAAAAA\n".utf8))
    }
    let many = "text\n\n" + String(repeating: "\u{2014} a AAAAAAAA\n", count: SignedNote.signatureLimit + 1)
    #expect(throws: NoteFailure.self) { try SignedNote(reading: Array(many.utf8)) }
    #expect(throws: NoteFailure.self) { try SignedNote(reading: [UInt8](repeating: 0x61, count: 1 << 21)) }
  }

  @Test(arguments: [
    "a\n1\n", "a\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "a\n1\nAAAA\n",
    "a\n+1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    "a\n18446744073709551616\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    "a\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nb\n",
    "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
  ])
  func textsThatAreNoCheckpoints(text: String) {
    #expect(throws: NoteFailure.self) { try Checkpoint(text: text) }
  }

  @Test func aProofStandsAlone() throws {
    let key = try key()
    let whole = tree(leaves(9))
    let note = try Checkpoint(origin: "example.org/log", size: 9, root: whole.root).signed(by: key)
    for extra in [nil, Array("more".utf8)] {
      let proof = LogProof(try InclusionProof(of: 5, size: 9, in: whole), checkpoint: note, extra: extra)
      let read = try LogProof(reading: Array(proof.encoded.utf8))
      #expect(read == proof)
      try read.verify(entry: Array("entry 5".utf8), key: key.verifier)
      #expect(throws: ProofFailure.self) { try read.verify(entry: Array("entry 6".utf8), key: key.verifier) }
    }
  }
}
