public import Cognate
import FlyingFox
import FlyingSocks
public import Foundation

/// The workbench on 127.0.0.1: what carries requests to it and pages back.
public enum WorkbenchServer {
  /// Why it could not be served.
  public enum Failure: Error, Sendable, CustomStringConvertible {
    /// The port cannot be listened on.
    case port(UInt16, reason: String)

    /// What is wrong and what to do.
    public var description: String {
      switch self {
      case .port(let port, let reason):
        "Port \(port) of this machine cannot be listened on: \(reason). Choose another: --port 0 takes any that is free."
      }
    }
  }

  /// Bytes of a form that are read.
  static let mostBytes = 64 << 10

  /// Serves a case until nobody has asked for anything for a while.
  ///
  /// - Parameters:
  ///   - port: 0 for any that is free.
  ///   - idle: seconds without a request after which it ends; 0 for never.
  ///   - ready: called once with the link that opens the workbench.
  /// - Throws: `Failure`; what `ready` throws.
  public static func serve(
    _ opened: Case, port: UInt16, writing: Workbench.Writing, threads: Int, idle: TimeInterval,
    ready: @escaping @Sendable (URL) throws -> Void
  ) async throws {
    let server = HTTPServer(
      address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port), timeout: 3_600, logger: .disabled)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await server.run()
        } catch  where !Task.isCancelled {
          throw Failure.port(port, reason: error.localizedDescription)
        }
      }
      group.addTask {
        try await server.waitUntilListening(timeout: 10)
        guard case .ip4(_, let own)? = await server.listeningAddress else {
          throw Failure.port(port, reason: "the system gives no address")
        }
        let bench = Workbench(opened, port: own, writing: writing, threads: threads)
        await server.appendRoute("*") { request in try await Self.answer(request, bench) }
        if let entrance = bench.entrance, let url = URL(string: "http://127.0.0.1:\(own)\(entrance)") {
          try ready(url)
        }
        while idle == 0 || bench.idleSeconds < idle {
          try await Task.sleep(for: .seconds(idle == 0 ? 3_600 : max(idle - bench.idleSeconds, 0.05)))
        }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private static func answer(_ request: HTTPRequest, _ bench: Workbench) async throws -> HTTPResponse {
    var body: [UInt8] = []
    for try await part in request.bodySequence {
      body += part
      if body.count > mostBytes {
        return HTTPResponse(
          statusCode: .payloadTooLarge, headers: [.connection: "close"],
          body: Data("A form has at most \(mostBytes >> 10) KiB.\n".utf8))
      }
    }
    var headers: [String: String] = [:]
    for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
    let target = request.target
    let response = await bench.respond(
      to: WorkbenchRequest(
        method: request.method.rawValue, path: target.path(), query: target.query(), headers: headers,
        body: body))
    return HTTPResponse(
      statusCode: HTTPStatusCode(response.status, phrase: phrases[response.status] ?? ""),
      headers: HTTPHeaders(
        Dictionary(uniqueKeysWithValues: response.headers.map { (HTTPHeader($0.key), $0.value) })),
      body: Data(response.body.utf8))
  }

  private static let phrases = [
    200: "OK", 204: "No Content", 303: "See Other", 400: "Bad Request", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 409: "Conflict", 421: "Misdirected Request", 500: "Internal Server Error",
  ]
}
