import Synchronization

/// Who is let in: the one browser that opened the link that was printed.
///
/// The page is on loopback, and other users and programs of the machine, and pages of the web that a browser has open, can
/// send it requests. So: the link holds a token that opens once and gives a session by a cookie that no script reads
/// and no other site sends; a request must name this very address (against names that lead to loopback, DNS rebinding);
/// and whatever changes something comes from a form of the workbench, which holds another secret (against forgery).
/// Browsers send a cookie to every port of a machine; so who opened the link is noted, and no other user of the machine
/// is let in by a cookie that they were sent.
final class Gate: Sendable {
  /// Why a request is not answered.
  struct Refusal: Error, Equatable {
    let status: Int
    let reason: String
  }

  private struct State {
    var token: String?
    var session: String?
    /// Who opened it, where the system tells.
    var user: UInt32?
  }

  /// What every form of the workbench sends along.
  let formToken = Gate.secret()
  private let port: UInt16
  private let state: Mutex<State>

  /// A gate that is opened once by `token`.
  init(port: UInt16, token: String = Gate.secret()) {
    self.port = port
    state = Mutex(State(token: token))
  }

  /// 256 bits of the system's randomness, in hexadecimal.
  static func secret() -> String {
    var source = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let word = String(source.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - word.count) + word
    }.joined()
  }

  /// The name of the cookie; cookies are of a machine and not of a port.
  private var cookie: String { "cognate-\(port)" }

  /// The path and query that open the gate; nil once it was opened.
  var entrance: String? { state.withLock { $0.token }.map { "/enter?token=\($0)" } }

  /// Opens the gate.
  ///
  /// - Returns: the value of `Set-Cookie`.
  /// - Throws: `Refusal` for another token, or when it was used before.
  func enter(_ token: String?, as user: UInt32?) throws(Refusal) -> String {
    let session = Self.secret()
    let isOpened = state.withLock { state in
      guard let own = state.token, let token, Self.areEqual(own, token) else { return false }
      state.token = nil
      state.session = session
      state.user = user
      return true
    }
    guard isOpened else {
      throw Refusal(
        status: 403,
        reason:
          "This link opens once, and was used or is not the one that was printed. Start cognate serve again.")
    }
    return "\(cookie)=\(session); HttpOnly; SameSite=Strict; Path=/"
  }

  /// Checks where a request comes from, before anything of it is looked at.
  ///
  /// - Throws: `Refusal`.
  func checkAddress(_ request: WorkbenchRequest) throws(Refusal) {
    guard let host = request.headers["host"], hosts.contains(host.lowercased()) else {
      throw Refusal(status: 421, reason: "This is not the address of the workbench.")
    }
    guard ["GET", "POST"].contains(request.method) else {
      throw Refusal(status: 405, reason: "The workbench takes GET and POST.")
    }
  }

  /// Checks that a request is of the session; one that changes something, that it comes from a form of it.
  ///
  /// - Throws: `Refusal`.
  func check(_ request: WorkbenchRequest, form: FormFields?) throws(Refusal) {
    let (session, user) = state.withLock { ($0.session, $0.user) }
    let given = request.headers["cookie"].map(Self.cookies) ?? [:]
    guard let session, let own = given[cookie], Self.areEqual(session, own) else {
      throw Refusal(status: 403, reason: "Open the link that cognate serve printed, in this browser.")
    }
    guard user == nil || request.user == user else {
      throw Refusal(status: 403, reason: "The workbench was opened by another user of this machine.")
    }
    guard request.method == "POST" else { return }
    let origins = Set(hosts.map { "http://\($0)" })
    let isForeign =
      request.headers["origin"].map { !origins.contains($0.lowercased()) } ?? false
      || request.headers["sec-fetch-site"].map { $0 != "same-origin" } ?? false
    guard !isForeign, let token = form?["form"], Self.areEqual(formToken, token) else {
      throw Refusal(status: 403, reason: "This was not sent by a form of the workbench. Open the page again.")
    }
  }

  private var hosts: [String] {
    ["127.0.0.1:\(port)", "localhost:\(port)"] + (port == 80 ? ["127.0.0.1", "localhost"] : [])
  }

  private static func cookies(_ header: String) -> [String: String] {
    var cookies: [String: String] = [:]
    for part in header.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
      if pair.count == 2 { cookies[pair[0]] = pair[1] }
    }
    return cookies
  }

  /// Compares in a time that does not tell how much agrees.
  private static func areEqual(_ own: String, _ given: String) -> Bool {
    let (own, given) = (Array(own.utf8), Array(given.utf8))
    guard own.count == given.count else { return false }
    return zip(own, given).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
