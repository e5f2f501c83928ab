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

    /// What it sends along.
    var cookie: String {
      let cookies = session.configuration.httpCookieStorage?.cookies ?? []
      return cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
    }

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
    #expect(page.status == 200 && page.text.contains("R/1"), "\(page)")
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

  /// Endless heads, bodies and connections hold up nobody for long, whoever sends them.
  @Test func floodsAreBounded() async throws {
    let scratch = try ScratchFolder()
    let served = try Served([try CommandRun.caseOfOneAccount(in: scratch)])
    defer { _ = served.end(SIGKILL) }
    let url = try #require(URL(string: served.line()))
    let port = UInt16(try #require(url.port))
    let long = String(repeating: "a", count: 1 << 20)
    for request in [
      "GET /\(long) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n", "GET / HTTP/1.1\r\nX: \(long)",
      "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n\(long)\r\n0\r\n\r\n",
      "GET\r\n\r\n",
    ] {
      let answer = try Self.exchange(request, port: port)
      #expect(
        !answer.contains(" 200 ") && !answer.contains("R/1"), "\(request.prefix(40)): \(answer.prefix(200))")
    }
    // Connections that say nothing, as many as half of those that are taken.
    let idle = try (0..<32).map { _ in try Self.connected(to: port) }
    defer { for one in idle { close(one) } }
    let mine = Session()
    #expect(try await mine.get(url).status == 200)
    #expect(try await mine.get(try #require(URL(string: "/", relativeTo: url))).status == 200)
  }

  /// A cookie that another user came to have opens nothing.
  @Test(.enabled(if: CommandRun.canRunAsNobody, "needs root, to run something as somebody else"))
  func anotherUserIsRefused() async throws {
    let scratch = try ScratchFolder()
    let served = try Served([try CommandRun.caseOfOneAccount(in: scratch)])
    defer { _ = served.end(SIGKILL) }
    let url = try #require(URL(string: served.line()))
    let port = try #require(url.port)
    let mine = Session()
    #expect(try await mine.get(url).status == 200)
    let request =
      "GET / HTTP/1.1\\r\\nHost: 127.0.0.1:\(port)\\r\\nCookie: \(mine.cookie)\\r\\nConnection: close\\r\\n\\r\\n"
    let script = "exec 3<>/dev/tcp/127.0.0.1/\(port); printf '\(request)' >&3; cat <&3"
    func answer(_ command: [String]) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: command[0])
      process.arguments = command.dropFirst() + ["/bin/bash", "-c", script]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      defer { process.waitUntilExit() }
      return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    let own = try answer(["/usr/bin/env"])
    #expect(own.hasPrefix("HTTP/1.1 200") && own.contains("R/1"))
    let other = try answer(["/usr/bin/setpriv", "--reuid", "65534", "--clear-groups", "--"])
    #expect(other.hasPrefix("HTTP/1.1 403") && other.contains("another user") && !other.contains("R/1"))
    // Nor from another address of this machine, whose port could be that of a connection of the user's own.
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var one: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    try Self.with(address: INADDR_LOOPBACK + 1, port: UInt16(port)) {
      try #require(bind(descriptor, $0, $1) == 0)
    }
    try Self.with(address: INADDR_LOOPBACK, port: UInt16(port)) {
      try #require(connect(descriptor, $0, $1) == 0)
    }
    let bytes = Array("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nCookie: \(mine.cookie)\r\n\r\n".utf8)
    _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    var first = [UInt8](repeating: 0, count: 64)
    #expect(recv(descriptor, &first, first.count, 0) <= 0, "\(String(decoding: first, as: UTF8.self))")
  }

  private static func connected(to port: UInt16) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try with(address: INADDR_LOOPBACK, port: port) { try #require(connect(descriptor, $0, $1) == 0) }
    return descriptor
  }

  private static func with(
    address: in_addr_t, port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void
  ) throws {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    name.sin_addr.s_addr = address.bigEndian
    try withUnsafePointer(to: &name) {
      try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// Sends bytes and reads until the other side has no more to say.
  private static func exchange(_ request: String, port: UInt16) throws -> String {
    let descriptor = try connected(to: port)
    defer { close(descriptor) }
    let bytes = Array(request.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { break }
      sent += count
    }
    shutdown(descriptor, Int32(SHUT_WR))
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
      answer += buffer[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
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
    for idle in ["-1", "1e20", "1e300", "inf", "nan"] {
      #expect(try CommandRun("serve", place, "--idle=\(idle)").status == 2, "\(idle)")
    }
    #expect(try CommandRun("serve", place, "--style-domain", "nix").status == 2)
    #expect(try CommandRun("serve", scratch.url.path).status == 1)
  }
}
