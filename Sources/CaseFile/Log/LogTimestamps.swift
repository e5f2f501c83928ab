public import Foundation
import TransparencyLog

/// Tokens of a time-stamping authority (RFC 3161) over checkpoints of a case's log: proof that a checkpoint existed by
/// a time, from somebody other than the holder of the case.
///
///     timestamps/checkpoint.N.tsq     the query to send to the authority
///     timestamps/checkpoint.N.tsr     its answer, kept once it was checked
///
/// Nothing is sent from here: there is no network client in the product. `openssl ts` makes queries and checks answers.
public struct LogTimestamps: Sendable {
  /// A token that was checked.
  public struct Token: Sendable, Codable, Hashable {
    /// Entries of the checkpoint.
    public var size: UInt64
    /// The authority's time, as openssl prints it.
    public var time: String
    /// The file.
    public var path: String
  }

  /// Why a query could not be made, or a token is not accepted.
  public enum Failure: Error, Sendable, Hashable, CustomStringConvertible {
    /// openssl is not installed.
    case noOpenSSL
    /// The answer fits none of the queries, or its chain does not lead to the authority: openssl's words.
    case refused(String)
    /// There is no query that the answer could belong to.
    case noQuery
    /// There is nothing to check.
    case noToken

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .noOpenSSL: "The program openssl is not there. Install it (apt-get install openssl)."
      case .refused(let why): "The token does not hold: \(why)"
      case .noQuery: "There is no query that this answers. Make one with `cognate audit timestamp CASE`."
      case .noToken: "The case has no token yet. `cognate audit timestamp CASE` writes a query for one."
      }
    }
  }

  private let log: CaseLog
  private let folder: URL

  /// Takes the tokens of a case.
  public init(of caseFolder: URL) throws {
    log = try CaseLog(of: caseFolder)
    folder = caseFolder.appendingPathComponent("timestamps", isDirectory: true)
  }

  /// Writes the query for the newest checkpoint.
  public func query() throws -> URL {
    let size = try log.checkpoint().head.size
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let place = folder.appendingPathComponent("checkpoint.\(size).tsq")
    try Self.openssl(["-query", "-data", checkpoint(size), "-sha256", "-cert", "-out", place.path])
    return place
  }

  /// Checks an answer against the queries, newest first, and keeps it.
  ///
  /// - Parameter authority: certificates, in PEM, that the authority's chain must lead to.
  public func store(response: URL, authority: URL) throws -> Token {
    let sizes = try stored("tsq")
    guard !sizes.isEmpty else { throw Failure.noQuery }
    var refusal = Failure.noQuery
    for size in sizes.reversed() {
      let query = folder.appendingPathComponent("checkpoint.\(size).tsq").path
      do {
        // The query has a nonce, so that an old answer is not taken for a new one.
        try Self.openssl(["-verify", "-queryfile", query, "-in", response.path, "-CAfile", authority.path])
        let time = try check(response, size, authority)
        let place = folder.appendingPathComponent("checkpoint.\(size).tsr")
        if response.standardizedFileURL != place.standardizedFileURL {
          try Data(contentsOf: response).write(to: place, options: .atomic)
        }
        return Token(size: size, time: time, path: place.path)
      } catch let failure as Failure {
        if failure == .noOpenSSL { throw failure }
        if refusal == .noQuery { refusal = failure }
      }
    }
    throw refusal
  }

  /// Checks all tokens that are kept.
  public func check(authority: URL) throws -> [Token] {
    let sizes = try stored("tsr")
    guard !sizes.isEmpty else { throw Failure.noToken }
    return try sizes.map { size in
      let place = folder.appendingPathComponent("checkpoint.\(size).tsr")
      return Token(size: size, time: try check(place, size, authority), path: place.path)
    }
  }

  /// Checks an answer against the checkpoint itself, which must be signed and of this log; returns its time.
  private func check(_ response: URL, _ size: UInt64, _ authority: URL) throws -> String {
    guard let bytes = try log.folder.read("checkpoint.\(size)"),
      try Checkpoint.verified(bytes, by: log.key).size == size
    else { throw Failure.refused("log/checkpoint.\(size) is not there") }
    try Self.openssl([
      "-verify", "-data", checkpoint(size), "-in", response.path, "-CAfile", authority.path,
    ])
    let text = try Self.openssl(["-reply", "-in", response.path, "-text"])
    let line = text.split(separator: "\n").first { $0.hasPrefix("Time stamp: ") }
    return line.map { String($0.dropFirst("Time stamp: ".count)) } ?? ""
  }

  private func checkpoint(_ size: UInt64) -> String { "\(log.folder.path)/checkpoint.\(size)" }

  private func stored(_ suffix: String) throws -> [UInt64] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).compactMap { name in
      name.hasPrefix("checkpoint.") && name.hasSuffix(".\(suffix)")
        ? UInt64(name.dropFirst("checkpoint.".count).dropLast(suffix.count + 1)) : nil
    }.sorted()
  }

  /// Runs `openssl ts`; returns what it printed.
  @discardableResult
  private static func openssl(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl", "ts"] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // A few lines each: neither pipe fills up before the other is read.
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 127 { throw Failure.noOpenSSL }
    guard process.terminationStatus == 0 else {
      let lines = complaint.split(separator: "\n").filter {
        !$0.hasPrefix("Using configuration") && !$0.hasPrefix("Warning")
      }
      throw Failure.refused(lines.suffix(2).joined(separator: "; "))
    }
    return text
  }
}
