import Foundation
import TestSupport
import Testing

/// `cognate audit timestamp` against an authority made for the test.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
struct TimestampTests {
  private let scratch: ScratchFolder
  private let place: String

  init() throws {
    scratch = try ScratchFolder()
    place = try CommandRun.newCase(in: scratch.url)
  }

  private func path(_ name: String) -> String { scratch.url.appendingPathComponent(name).path }

  private func openssl(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments
    process.currentDirectoryURL = scratch.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "openssl \(arguments)")
  }

  /// A root that signs the certificate of an authority; both named NAME.
  private func authority(_ name: String) throws {
    _ = try scratch.write(
      """
      [tsa]
      extendedKeyUsage = critical,timeStamping
      [answer]
      default_tsa = here
      [here]
      serial = \(path("\(name).serial"))
      signer_digest = sha256
      default_policy = 1.2.3.4.1
      digests = sha256
      ess_cert_id_alg = sha256
      """, to: "\(name).conf")
    _ = try scratch.write("01\n", to: "\(name).serial")
    try openssl(
      "req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "\(name)-root.key", "-out",
      "\(name)-root.pem",
      "-subj", "/CN=Test root \(name)", "-days", "2")
    try openssl(
      "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "\(name).key", "-out", "\(name).csr",
      "-subj",
      "/CN=Test authority \(name)")
    try openssl(
      "x509", "-req", "-in", "\(name).csr", "-CA", "\(name)-root.pem", "-CAkey", "\(name)-root.key",
      "-CAcreateserial", "-days", "2", "-extfile", "\(name).conf", "-extensions", "tsa", "-out", "\(name).pem"
    )
  }

  private func answer(_ name: String, _ query: String, _ answer: String) throws {
    try openssl(
      "ts", "-reply", "-config", path("\(name).conf"), "-section", "here", "-queryfile", query, "-signer",
      "\(name).pem", "-inkey", "\(name).key", "-out", answer)
  }

  private func run(_ arguments: String...) throws -> CommandRun {
    try CommandRun(["audit", "timestamp", place] + arguments)
  }

  @Test func aTokenIsKeptOnlyWhenItHolds() throws {
    try authority("one")
    try authority("other")
    #expect(try run("--authority", path("one-root.pem")).status == 1)
    #expect(try run("--response", path("x")).status == 2)
    #expect(try run().status == 0)
    let query = place + "/timestamps/checkpoint.1.tsq"
    try answer("one", query, "one.tsr")
    // Not the authority that is trusted.
    let wrong = try run("--response", path("one.tsr"), "--authority", path("other-root.pem"))
    #expect(wrong.status == 3, "\(wrong.all)")
    #expect(!FileManager.default.fileExists(atPath: place + "/timestamps/checkpoint.1.tsr"))
    let right = try run("--response", path("one.tsr"), "--authority", path("one-root.pem"))
    #expect(right.status == 0 && right.output.contains("the log of 1 entries existed on"), "\(right.all)")
    #expect(try run("--authority", path("one-root.pem")).status == 0)
    // A later checkpoint, and an answer to the query of the earlier one.
    #expect(try CommandRun("accounts", place).status == 0)
    #expect(try run().status == 0)
    try answer("one", place + "/timestamps/checkpoint.2.tsq", "two.tsr")
    let later = try run("--response", path("two.tsr"), "--authority", path("one-root.pem"))
    #expect(later.status == 0 && later.output.contains("2 entries"), "\(later.all)")
    // A token moved to another checkpoint, and one that was changed.
    let token = URL(fileURLWithPath: place + "/timestamps/checkpoint.2.tsr")
    try FileManager.default.removeItem(at: token)
    try FileManager.default.copyItem(at: URL(fileURLWithPath: path("one.tsr")), to: token)
    #expect(try run("--authority", path("one-root.pem")).status == 3)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path("two.tsr")))
    bytes[bytes.count - 40] ^= 1
    try bytes.write(to: token)
    #expect(try run("--authority", path("one-root.pem")).status == 3)
  }
}
