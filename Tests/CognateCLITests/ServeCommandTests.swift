import CaseFile
import Foundation
import FoundationNetworking
import Glibc
import TestSupport
import Testing

/// `cognate serve`, over a socket as a browser has it.
@Suite struct ServeCommandTests {
  /// The command while it serves.
  private final class Served {
    let process = Process()
    let output = Pipe()
    let errors = Pipe()

    init(_ arguments: [String]) throws {
      process.executableURL = CommandRun.command
      process.arguments = ["serve"] + arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errors
      try process.run()
    }

    /// The first line that it prints.
    func line() -> String {
      var line: [UInt8] = []
      while let byte = output.fileHandleForReading.readData(ofLength: 1).first, byte != 0x0A {
        line.append(byte)
      }
      return String(decoding: line, as: UTF8.self)
    }

    func end(_ signal: Int32) -> Int32 {
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  /// Fetches pages as one browser: with a cookie of its own.
  private final class Session {
    private let session = URLSession(configuration: .ephemeral)

    func get(_ url: URL) async throws -> (status: Int, text: String) {
      let (data, response) = try await session.data(from: url)
      return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    func post(_ url: URL, _ body: Data) async throws -> Int {
      var request = URLRequest(url: url)
      request.httpMethod = "POST"
      request.httpBody = body
      return (try await session.data(for: request).1 as? HTTPURLResponse)?.statusCode ?? 0
    }
  }

  @Test func aBrowserOpensTheLink() async throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.caseOfOneAccount(in: scratch)
    let served = try Served([place])
    defer { _ = served.end(SIGKILL) }
    let url = try #require(URL(string: served.line()))
    #expect(url.host == "127.0.0.1" && url.path == "/enter")
    let root = try #require(URL(string: "/", relativeTo: url))
    let mine = Session()
    #expect(try await mine.get(url).status == 200)
    let page = try await mine.get(root)
    #expect(page.status == 200 && page.text.contains("R/1"))
    let stranger = Session()
    #expect(try await stranger.get(root).status == 403)
    #expect(try await stranger.get(url).status == 403)
    // A form that is too long is not read to its end.
    #expect(try await mine.post(root, Data(repeating: 0x61, count: 1 << 20)) == 413)
    #expect(try await mine.get(root).status == 200)
    // Commands go on beside it, and see what was done.
    let log = try CommandRun("audit", "log", place, "--json")
    #expect(log.status == 0 && log.output.contains("\"accounts\""))
    #expect(served.end(SIGINT) == 130)
    #expect(try CommandRun("audit", "verify", place).status == 0)
  }

  @Test func itIsOnLoopbackAlone() throws {
    let scratch = try ScratchFolder()
    let served = try Served([try CommandRun.caseOfOneAccount(in: scratch), "--json"])
    defer { _ = served.end(SIGKILL) }
    struct Line: Decodable {
      var url: URL
      var port: Int
    }
    var text = served.line()
    while !text.hasSuffix("}") { text += served.line() }
    let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
    #expect(line.url.port == line.port)
    // Of all sockets that listen on the port, in the system's table: address and port in hexadecimal, state 0A.
    let ending = ":" + String(format: "%04X", line.port)
    var found: [Substring] = []
    for table in ["tcp", "tcp6"] {
      let rows = (try? String(contentsOfFile: "/proc/net/\(table)", encoding: .utf8)) ?? ""
      for row in rows.split(separator: "\n") {
        let fields = row.split(separator: " ")
        if fields.count > 3, fields[1].hasSuffix(ending), fields[3] == "0A" { found.append(fields[1]) }
      }
    }
    #expect(found == ["0100007F\(ending)"])
  }

  @Test func itEndsWhenNobodyAsks() throws {
    let scratch = try ScratchFolder()
    let run = try CommandRun("serve", try CommandRun.caseOfOneAccount(in: scratch), "--idle", "0.005")
    #expect(run.status == 0 && run.output.hasPrefix("http://127.0.0.1:"), "\(run.all)")
    #expect(run.errors.contains("nobody asked for anything"))
  }

  @Test func aPortInUseIsSaid() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.caseOfOneAccount(in: scratch)
    let served = try Served([place])
    defer { _ = served.end(SIGKILL) }
    let port = try #require(URL(string: served.line())?.port)
    let second = try CommandRun("serve", place, "--port", "\(port)")
    #expect(second.status == 1 && second.output.isEmpty)
    #expect(second.errors.contains("Port \(port) of this machine cannot be listened on"), "\(second.errors)")
    #expect(try CommandRun("serve", place, "--idle", "-1").status == 2)
    #expect(try CommandRun("serve", place, "--style-domain", "nix").status == 2)
    #expect(try CommandRun("serve", scratch.url.path).status == 1)
  }
}
