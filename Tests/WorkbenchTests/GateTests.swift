import Testing
import Workbench

/// Who is let in to the workbench.
@Suite struct GateTests {
  @Test func theLinkOpensOnce() async throws {
    let browser = try Browser()
    let before = try browser.entries().count
    let entrance = try #require(browser.bench.entrance)
    let parts = entrance.split(separator: "?").map(String.init)
    #expect(parts[1].count == "token=".count + 64)
    // Neither without it nor with another, and asking does not use it up.
    #expect(await browser.send("GET", "/", headers: [:]).status == 403)
    #expect(await browser.send("GET", parts[0], headers: [:]).status == 403)
    #expect(
      await browser.send("GET", parts[0], query: "token=" + String(repeating: "0", count: 64), headers: [:])
        .status == 403)
    let cookie = try await browser.enter()
    #expect(browser.bench.entrance == nil)
    #expect(await browser.send("GET", parts[0], query: parts[1], headers: [:]).status == 403)
    #expect(await browser.page("/", cookie: cookie).status == 200)
    let other = cookie.prefix { $0 != "=" } + "=" + String(repeating: "0", count: 64)
    for wrong in ["", "a=b", String(other), String(cookie.dropLast())] {
      #expect(await browser.page("/", cookie: wrong).status == 403, "\(wrong)")
    }
    #expect(await browser.page("/", cookie: "x=1; \(cookie); y=2").status == 200)
    // Who was refused has seen nothing, and nothing stands in the log.
    #expect(try browser.entries().count == before + 2)
  }

  /// A name that leads to loopback does not make a page of another site one of the workbench.
  @Test(arguments: ["evil.example:8484", "127.0.0.1", "127.0.0.1:80", "localhost:8485", "[::1]:8484", ""])
  func otherAddressesAreRefused(_ host: String) async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let response = await browser.send("GET", "/", headers: ["cookie": cookie, "host": host])
    #expect(response.status == 421)
    #expect(
      await browser.send("GET", "/", headers: ["cookie": cookie, "host": "localhost:8484"]).status == 200)
  }

  @Test(arguments: ["HEAD", "PUT", "DELETE", "OPTIONS", "get", ""])
  func otherMethodsAreRefused(_ method: String) async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    #expect(await browser.send(method, "/", headers: ["cookie": cookie]).status == 405)
  }

  /// Browsers send a cookie to every port of a machine, so that another user may come to have it.
  @Test func otherUsersAreRefused() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    func status(_ user: UInt32?) -> Int {
      browser.bench.respond(
        to: WorkbenchRequest(
          method: "GET", path: "/", headers: ["host": Browser.host, "cookie": cookie], user: user)
      ).status
    }
    #expect(status(1_000) == 200)
    #expect(status(1_001) == 403 && status(nil) == 403)
  }

  /// What changes something comes from a form of the workbench, or changes nothing.
  @Test func forgedFormsAreRefused() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let html = await browser.page("/pairs/A1/A2", cookie: cookie).body
    let token = String(try #require(html.firstMatch(of: /name="form" value="([0-9a-f]+)"/)).1)
    let fields = "left=A1&right=A2&verdict=different&reason=seen"
    let before = try browser.entries().count
    func post(_ body: String, _ headers: [String: String]) async -> Int {
      await browser.send("POST", "/judge", headers: ["cookie": cookie].merging(headers) { $1 }, body: body)
        .status
    }
    #expect(await post(fields, [:]) == 403)
    #expect(await post(fields + "&form=" + String(repeating: "0", count: 64), [:]) == 403)
    let whole = fields + "&form=" + token
    #expect(await post(whole, ["origin": "http://evil.example"]) == 403)
    #expect(await post(whole, ["origin": "null"]) == 403)
    #expect(await post(whole, ["origin": "https://127.0.0.1:8484"]) == 403)
    #expect(await post(whole, ["sec-fetch-site": "cross-site"]) == 403)
    #expect(await post(whole, ["sec-fetch-site": "same-site"]) == 403)
    #expect(await post(whole, ["cookie": ""]) == 403)
    #expect(try browser.entries().count == before)
    #expect(await post(whole, ["origin": "http://127.0.0.1:8484", "sec-fetch-site": "same-origin"]) == 303)
    #expect(try browser.entries().last?.action == "judge")
    // Forms are of one workbench.
    let other = try Browser()
    let theirs = try await other.enter()
    #expect(await other.send("POST", "/judge", headers: ["cookie": theirs], body: whole).status == 403)
  }

  /// Every answer loads and runs nothing, stands in no frame and is kept nowhere, also one that refuses.
  @Test func everyAnswerKeepsToItself() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    for (path, given) in [
      ("/", ""), ("/", cookie), ("/nix", cookie), ("/accounts/A99", cookie), ("/favicon.ico", ""),
    ] {
      let response = await browser.page(path, cookie: given)
      let policy = try #require(response.headers["Content-Security-Policy"])
      #expect(policy.hasPrefix("default-src 'none';") && policy.contains("frame-ancestors 'none'"))
      #expect(response.headers["Cache-Control"] == "no-store")
      #expect(response.headers["X-Content-Type-Options"] == "nosniff")
    }
  }
}
