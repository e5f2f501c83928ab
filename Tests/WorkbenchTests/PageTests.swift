import AccountModel
import CaseFile
import Cognate
import Disclosure
import Foundation
import Testing
import Workbench

/// The pages of the workbench, and what can be done on them.
@Suite struct PageTests {
  /// From the first page every link leads to a page, and none leads away.
  @Test func everyLinkLeadsSomewhere() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    var seen: Set<String> = ["/"]
    var next = ["/"]
    while let address = next.popLast() {
      let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
      let response = await browser.page(parts[0], parts.count > 1 ? parts[1] : "", cookie: cookie)
      #expect(response.status == 200, "\(address)")
      #expect(!response.body.contains("<script") && !response.body.contains("<img"), "\(address)")
      for match in response.body.matches(of: /(?:href|action|src)="([^"]*)"/) {
        let link = String(match.1.prefix { $0 != "#" }).replacing("&amp;", with: "&")
        #expect(match.1.hasPrefix("/") && !match.1.hasPrefix("//"), "\(match.1) on \(address)")
        // Addresses of forms that change something are no pages.
        if !["/judge", "/undo", "/link", "/import", "/verify", "/compare"].contains(link),
          seen.insert(link).inserted
        {
          next.append(link)
        }
      }
    }
    let expected = [
      "/", "/accounts", "/accounts/A1", "/clusters/C1", "/disclosure", "/judgements", "/log", "/pairs/A1/A2",
      "/pairs/A3/A4", "/sources",
    ]
    #expect(seen.isSuperset(of: expected), "\(seen.sorted())")
  }

  /// What sources hold, and what an address says, is text.
  @Test func textStaysText() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let account = await browser.page("/accounts/A1", cookie: cookie).body
    #expect(account.contains("&lt;img src=x onerror=alert(1)&gt;"))
    #expect(account.contains("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;<mark>\\u{202E}</mark>gpj"))
    let hostile = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    for (path, query) in [
      ("/accounts", "q=\(hostile)&platform=\(hostile)"), ("/accounts/\(hostile)", ""),
      ("/clusters/\(hostile)", ""), ("/pairs/\(hostile)/A1", ""), ("/compare", "left=A1&right=\(hostile)"),
      ("/\(hostile)", ""), ("/log", "before=\(hostile)"), ("/accounts", "from=99999999999999999999"),
      ("/accounts/A1", "from=9000000000000000000"), ("/log", "before=0"),
    ] {
      let response = await browser.page(path, query, cookie: cookie)
      #expect(!response.body.contains("<script"), "\(path)?\(query)")
      #expect([200, 404, 409].contains(response.status), "\(path)?\(query): \(response.status)")
    }
    #expect(await browser.page("/%ff", cookie: cookie).status == 400)
  }

  /// An account's records in order of time, with where they stand; and whom it was compared with.
  @Test func accountPage() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let html = await browser.page("/accounts/A1", cookie: cookie).body
    let first = try #require(html.range(of: "2026-01-01 10:00:00 UTC"))
    let second = try #require(html.range(of: "2026-01-02 10:00:00 UTC"))
    #expect(first.lowerBound < second.lowerBound)
    #expect(html.contains("a&lt;b&gt;.ndjson: line 1"))
    #expect(html.contains("href=\"/pairs/A1/A2\""))
    #expect(await browser.page("/accounts/x:grim.reefer", cookie: cookie).status == 200)
    let found = await browser.page("/accounts", "q=SOMEBODY", cookie: cookie).body
    #expect(
      found.contains("1 account of 4") && found.contains("/accounts/A2") && !found.contains("/accounts/A1\""))
  }

  /// What is looked at stands in the log, with the accounts that it was about.
  @Test func looksAreLogged() async throws {
    let browser = try Browser {
      $0.acting(as: LogActor(name: "DC1", isAuthenticated: false), because: "case review")
    }
    let cookie = try await browser.enter()
    _ = await browser.page("/pairs/A1/A2", cookie: cookie)
    _ = await browser.page("/accounts/A1", cookie: cookie)
    _ = await browser.page("/accounts/nobody", cookie: cookie)
    let last = try browser.entries().suffix(3)
    #expect(last.map(\.action) == ["why", "account", "account"])
    #expect(last.map { $0.payload?.subjects } == [["A1", "A2"], ["A1"], []])
    #expect(last.allSatisfy { $0.actor == "DC1" && $0.payload?.justification == "case review" })
    #expect(last.last?.payload?.details["outcome"]?.contains("no account nobody") == true)
  }

  @Test func judgeLinkAndUndo() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let judged = try await browser.submit(
      "/judge", on: "/pairs/A1/A2",
      ["left": "A1", "right": "A2", "verdict": "different", "reason": " seen apart & \"twice\"\r\n+1 "],
      cookie: cookie)
    #expect(judged.status == 303 && judged.headers["Location"] == "/pairs/A1/A2")
    #expect(try browser.opened.judgements().map(\.judgement.reason) == ["seen apart & \"twice\"\r\n+1"])
    let pair = await browser.page("/pairs/A1/A2", cookie: cookie).body
    #expect(pair.contains("Recorded: A1") && pair.contains("since then A1 and A2 were judged different"))
    #expect(await !browser.page("/", cookie: cookie).body.contains("Recorded: A1"))
    let linked = try await browser.submit("/link", on: "/", ["threshold": "2.5"], cookie: cookie)
    #expect(linked.status == 303)
    let overview = try await browser.settled("/", cookie: cookie)
    #expect(overview.contains("Linked: 4 accounts") && overview.contains("0 clusters, 1 alert."))
    #expect(overview.contains("value=\"2.5\""))
    #expect(try browser.opened.clusters().isEmpty)
    let undone = try await browser.submit("/undo", on: "/judgements", [:], cookie: cookie)
    #expect(undone.status == 303)
    #expect(try browser.opened.judgements().map { $0.undoneAt == nil } == [false])
    #expect(await browser.page("/judgements", cookie: cookie).body.contains("Taken back: A1"))
  }

  /// What cannot be done is said, and changes nothing.
  @Test func whatCannotBeDoneIsSaid() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let before = try browser.entries().filter { $0.operation != .consultation }.count
    let all = ["left": "A3", "right": "A4", "verdict": "same", "reason": "r"]
    let protected = try await browser.submit("/judge", on: "/pairs/A3/A4", all, cookie: cookie)
    #expect(protected.status == 409 && protected.body.contains("is protected: nothing may be joined to it"))
    for (field, value) in [("verdict", "certain"), ("reason", "  "), ("left", "")] {
      let response = try await browser.submit(
        "/judge", on: "/pairs/A1/A2", all.merging([field: value]) { $1 }, cookie: cookie)
      #expect(response.status == 400, "\(field)")
    }
    for threshold in ["0", "-1", "nan", "inf", "three", ""] {
      let response = try await browser.submit("/link", on: "/", ["threshold": threshold], cookie: cookie)
      #expect(response.status == 400, "\(threshold)")
    }
    #expect(try browser.entries().filter { $0.operation != .consultation }.count == before)
  }

  @Test func importsFilesOfThisMachine() async throws {
    let browser = try Browser(isLinked: false)
    let cookie = try await browser.enter()
    #expect(await browser.page("/", cookie: cookie).body.contains("were not compared yet"))
    let more = try browser.folder.write(
      #"{"id":"b1","platform":"x","handle":"new.one","emails":["n@example.org"]}"# + "\n", to: "more.ndjson")
    let noise = try browser.folder.write("nothing that is known", to: "noise.bin")
    let fields = ["paths": "\(more.path)\r\n \(noise.path) \r\n", "protect": "x:new.one"]
    #expect(try await browser.submit("/import", on: "/sources", fields, cookie: cookie).status == 303)
    let html = try await browser.settled("/sources", cookie: cookie)
    #expect(html.contains("more.ndjson: 1 record of 1 account imported"))
    #expect(html.contains("noise.bin") && html.contains("no reader recognises anything in it"))
    #expect(try browser.opened.accounts().filter(\.isProtected).map(\.platform) == ["facebook", "x"])
    #expect(try browser.opened.sources().map(\.name).contains("more.ndjson"))
    for wrong in [
      ["paths": "more.ndjson"], ["paths": " "], ["paths": more.path, "protect": "somebody"],
      ["paths": more.path, "zone": "BST"], ["paths": more.path, "region": "England"],
    ] {
      let response = try await browser.submit("/import", on: "/sources", wrong, cookie: cookie)
      #expect(response.status == 400 && response.body.contains("Nothing was imported"), "\(wrong)")
    }
  }

  /// The log is shown to the end, and checked.
  @Test func theLogIsShownAndChecked() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let html = await browser.page("/log", cookie: cookie).body
    let actions = try browser.entries().map(\.action)
    #expect(actions.allSatisfy { html.contains(": \($0)</td>") })
    #expect(await browser.page("/log", "before=1", cookie: cookie).body.contains("alteration: new"))
    let sound = try await browser.submit("/verify", on: "/log", [:], cookie: cookie)
    #expect(sound.status == 200 && sound.body.contains("<b>Sound</b>"))
    let tile = browser.opened.database.folder.appendingPathComponent("log/checkpoint")
    try Data("nonsense".utf8).write(to: tile)
    let broken = try await browser.submit("/verify", on: "/log", [:], cookie: cookie)
    #expect(broken.body.contains("<b>Not sound</b>"))
  }

  /// Roles count as they do for commands, and people who were removed are out at once.
  @Test func rolesCount() async throws {
    let word = Array("correct horse battery".utf8)
    let browser = try Browser { opened in
      try opened.addPerson("boss", roles: [.admin], passphrase: word)
      let boss = opened.acting(as: try opened.signIn("boss", passphrase: word))
      try boss.addPerson("au.one", roles: [.auditor], passphrase: word)
      return opened.acting(as: try opened.signIn("au.one", passphrase: word))
    }
    let cookie = try await browser.enter()
    for path in ["/", "/accounts", "/accounts/A1", "/pairs/A1/A2", "/sources", "/judgements", "/disclosure"] {
      let response = await browser.page(path, cookie: cookie)
      #expect(response.status == 403 && !response.body.contains("grim.reefer"), "\(path)")
    }
    let log = await browser.page("/log", cookie: cookie)
    #expect(log.status == 200 && log.body.contains("alteration: new"))
    let boss = browser.opened.acting(as: try browser.opened.signIn("boss", passphrase: word))
    try boss.removePerson("au.one")
    #expect(await browser.page("/log", cookie: cookie).status == 403)
  }
}
