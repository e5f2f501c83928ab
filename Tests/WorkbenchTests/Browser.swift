import CaseFile
import Cognate
import Foundation
import Stylometry
import TestSupport
import Testing
import Workbench

/// A case that was linked, a workbench on it, and what a browser sends.
final class Browser: Sendable {
  static let host = "127.0.0.1:8484"
  static let lines = """
    {"id":"a1","platform":"x","handle":"grim.reefer","name":"<img src=x onerror=alert(1)>","emails":["g@example.org"],"posts":[{"at":"2026-01-02T10:00:00Z","text":"second"},{"at":"2026-01-01T10:00:00Z","text":"</td><script>alert(1)</script>\\u202egpj"}]}
    {"id":"a2","platform":"telegram","handle":"somebody_else_77","name":"S","emails":["g@example.org"]}
    {"id":"a3","platform":"instagram","handle":"stranger_danger","name":"T","emails":["v@example.org"]}
    {"id":"a4","platform":"facebook","handle":"sian.whitlock","name":"Siân","emails":["v@example.org"]}

    """

  let folder: ScratchFolder
  let opened: Case
  let bench: Workbench

  /// - Parameters:
  ///   - isLinked: whether the case was linked already.
  ///   - prepare: what is done with the case before the workbench is opened on it; gives who works.
  init(isLinked: Bool = true, prepare: (Case) throws -> Case = { $0 }) throws {
    folder = try ScratchFolder()
    let made = try Case.create(
      at: folder.url.appendingPathComponent("t.cognate"),
      opening: CaseOpening(
        mode: .force, basis: "consent", purpose: "stalking", reference: "R/1 <b>", owner: "A. Analyst",
        reviewer: "R. Reviewer", reviewBy: "2027-01-31", dpia: "DPIA/7"))
    var request = ImportRequest(paths: [try folder.write(Self.lines, to: "a<b>.ndjson")])
    request.protected = ["facebook:sian.whitlock"]
    _ = try made.importSources(request)
    if isLinked { _ = try made.link() }
    opened = try prepare(made)
    bench = Workbench(opened, port: 8484, writing: .init(model: nil))
  }

  /// Opens the link and gives the cookie.
  func enter() async throws -> String {
    let parts = try #require(bench.entrance).split(separator: "?")
    let response = await send("GET", String(parts[0]), query: String(parts[1]), headers: [:])
    #expect(response.status == 200)
    let cookie = try #require(response.headers["Set-Cookie"])
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    return String(cookie.prefix { $0 != ";" })
  }

  /// Sends a request; what is not named is as a browser sends it.
  func send(
    _ method: String, _ path: String, query: String = "", headers: [String: String], body: String = ""
  ) async -> WorkbenchResponse {
    bench.respond(
      to: WorkbenchRequest(
        method: method, path: path, query: query, headers: ["host": Self.host].merging(headers) { $1 },
        body: Array(body.utf8), user: 1_000))
  }

  /// Fetches a page with a cookie.
  func page(_ path: String, _ query: String = "", cookie: String) async -> WorkbenchResponse {
    await send("GET", path, query: query, headers: ["cookie": cookie])
  }

  /// Sends the first form of a page that leads to an address, with fields of one's own.
  func submit(
    _ address: String, on path: String, _ fields: [String: String], cookie: String
  ) async throws -> WorkbenchResponse {
    let html = await page(path, cookie: cookie).body
    let form = try #require(html.range(of: "action=\"\(address)\""), "no form to \(address)")
    let token = try #require(html[form.upperBound...].firstMatch(of: /name="form" value="([0-9a-f]+)"/)).1
    let body = fields.merging(["form": String(token)]) { $1 }.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }.joined(separator: "&")
    return await send(
      "POST", address,
      headers: ["cookie": cookie, "origin": "http://\(Self.host)", "sec-fetch-site": "same-origin"],
      body: body)
  }

  /// Waits until nothing is under way, and gives the page that tells of it.
  func settled(_ path: String, cookie: String) async throws -> String {
    for _ in 0..<2_000 {
      let body = await page(path, cookie: cookie).body
      if !body.contains("http-equiv=\"refresh\"") { return body }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("it does not end")
    return ""
  }

  /// Entries in the log.
  func entries() throws -> [LogEntry] { try opened.database.read { try LogEntry.all($0) } }
}
