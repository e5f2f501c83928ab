import CMicroHTTP
public import Cognate
public import Foundation
import Synchronization

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
  private static let mostBytes = 64 << 10

  /// What the server's thread is handed: the workbench, once its port is known.
  private final class Desk: Sendable {
    let bench = Mutex<Workbench?>(nil)
  }

  /// Serves a case until nobody has asked for anything for a while.
  ///
  /// - Parameters:
  ///   - port: 0 for any that is free.
  ///   - idle: seconds without a request after which it ends; 0 for never.
  ///   - ready: called once with the link that opens the workbench.
  /// - Throws: `Failure`; what `ready` throws.
  public static func serve(
    _ opened: Case, port: UInt16, writing: Workbench.Writing, threads: Int, idle: TimeInterval,
    ready: (URL) throws -> Void
  ) throws {
    let desk = Desk()
    var number: Int32 = 0
    // Safe: the server is stopped, and its thread has ended, before the desk goes.
    guard
      let server = cognate_http_start(
        port, mostBytes,
        { context, request, reply in
          guard let context, let request, let reply else { return }
          let desk = Unmanaged<Desk>.fromOpaque(context).takeUnretainedValue()
          WorkbenchServer.answer(request, reply, desk.bench.withLock { $0 })
        }, Unmanaged.passUnretained(desk).toOpaque(), &number)
    else {
      throw Failure.port(
        port, reason: number == 0 ? "the system says no more" : String(cString: strerror(number)))
    }
    defer { withExtendedLifetime(desk) { cognate_http_stop(server) } }
    let own = cognate_http_port(server)
    let bench = Workbench(opened, port: own, writing: writing, threads: threads)
    desk.bench.withLock { $0 = bench }
    if let entrance = bench.entrance, let url = URL(string: "http://127.0.0.1:\(own)\(entrance)") {
      try ready(url)
    }
    while idle == 0 || bench.idleSeconds < idle {
      Thread.sleep(forTimeInterval: idle == 0 ? 3_600 : max(idle - bench.idleSeconds, 0.05))
    }
  }

  private static func answer(
    _ request: UnsafePointer<cognate_http_request>, _ reply: OpaquePointer, _ bench: Workbench?
  ) {
    guard let bench else { return cognate_http_answer(reply, 503, nil, 0) }
    let target = String(cString: request.pointee.target).split(
      separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var headers: [String: String] = [:]
    for name in WorkbenchRequest.readHeaders {
      headers[name] = cognate_http_header(request, name).map { String(cString: $0) }
    }
    let user = cognate_http_user(request.pointee.client_port, bench.port)
    let body = UnsafeBufferPointer(start: request.pointee.body, count: request.pointee.body_length)
    let response = bench.respond(
      to: WorkbenchRequest(
        method: String(cString: request.pointee.method), path: String(target.first ?? ""),
        query: target.count > 1 ? String(target[1]) : "", headers: headers, body: Array(body),
        user: UInt32(exactly: user)))
    var text = response.body
    text.withUTF8 { cognate_http_answer(reply, UInt32(response.status), $0.baseAddress, $0.count) }
    for (name, value) in response.headers.sorted(by: { $0.key < $1.key }) {
      cognate_http_answer_header(reply, name, value)
    }
  }
}
