import AccountModel
import CaseFile
import Cognate
import Disclosure
import Foundation
import TestSupport
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
        if match.1.hasPrefix("#") {
          #expect(response.body.contains("id=\"\(match.1.dropFirst())\""), "\(match.1) on \(address)")
          continue
        }
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
      ("/accounts", "from=9223372036854775807"), ("/accounts/A1", "from=9223372036854775807"),
      ("/log", "before=9223372036854775807"),
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

  /// Clusters and weights are of the last run: where there is none, or the case has changed since, pages of accounts say so.
  @Test func accountsSayWhatTheyAreOf() async throws {
    let fresh = try Browser(isLinked: false)
    let first = try await fresh.enter()
    #expect(await fresh.page("/accounts/A1", cookie: first).body.contains("The case was not linked yet"))
    #expect(await fresh.page("/accounts", cookie: first).status == 200)
    let browser = try Browser()
    let cookie = try await browser.enter()
    for path in ["/accounts", "/accounts/A1"] {
      #expect(await !browser.page(path, cookie: cookie).body.contains("since then"), "\(path)")
    }
    try browser.opened.protect(["x:grim.reefer"])
    for path in ["/accounts", "/accounts/A1"] {
      let html = await browser.page(path, cookie: cookie).body
      #expect(html.contains("since then A1 was protected"), "\(path)")
    }
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

  /// Accounts that were restricted stand in the list by their number, and no link leads to them.
  @Test func restrictedAccountsAreNotLinked() async throws {
    let browser = try Browser()
    let more = try browser.folder.write(
      """
      {"about":"x","personal_information":{"user_id":5859279041,"first_name":"Ann","last_name":"","phone_number":"+44 7700 900341","bio":""},
      "contacts":{"about":"c","list":[{"user_id":5879795210,"first_name":"Aisha","last_name":"U","phone_number":"00447700900515","date":"2025-03-26T12:00:00","date_unixtime":"1742990400"}]},
      "chats":{"about":"c","list":[{"name":"Bo","type":"personal_chat","id":5879795211,"messages":[{"id":1,"type":"message","date":"2025-03-26T12:00:00","date_unixtime":"1742990400","from":"Bo","from_id":"user5879795211","text":"hello","text_entities":[{"type":"plain","text":"hello"}]}]}]}}
      """, to: "result.json")
    _ = try browser.opened.importSources(ImportRequest(paths: [more]))
    let accounts = try browser.opened.accounts().filter { $0.platform == "telegram" }
    let owner = try #require(accounts.first { $0.name == "5859279041" }?.id)
    let other = try #require(accounts.first { $0.name == "5879795210" }?.id)
    let cookie = try await browser.enter()
    let link = "href=\"/accounts/\(other)\""
    #expect(await browser.page("/accounts/\(owner)", cookie: cookie).body.contains(link))
    #expect(await browser.page("/accounts", cookie: cookie).body.contains(link))
    try browser.opened.database.operation { database, entries in
      let index = try entries.append(browser.opened.entry(.alteration, "restrict", subjects: [other]))
      try Erasure.mark(
        account: try #require(Int64(other.dropFirst())), .restrict, at: "2026-01-01T00:00:00Z", entry: index,
        database)
    }
    #expect(await !browser.page("/accounts/\(owner)", cookie: cookie).body.contains(link))
    let list = await browser.page("/accounts", cookie: cookie).body
    #expect(!list.contains(link) && list.contains("<td>\(other)</td>") && !list.contains("5879795210"))
  }

  /// Percent signs that begin nothing stand for themselves, and what follows them is read as ever.
  @Test(arguments: [("%%41", "%A"), ("%+1", "% 1"), ("5%", "5%"), ("%4", "%4"), ("%c3%a9+%2B", "é +")])
  func fieldsAreReadAsTheStandardSays(_ sent: String, _ read: String) async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let page = await browser.page("/accounts", "q=\(sent)", cookie: cookie).body
    #expect(page.contains("name=\"q\" value=\"\(read)\""))
  }

  /// An alert told the number of a protected account, and not the handle that everybody knows it by.
  @Test func alertsTellWhatAProtectedAccountShows() async throws {
    let files = try ScratchFolder()
    let chat = try files.write(
      #"{"guild":{"id":"0"},"channel":{"id":"9","name":"c"},"exportedAt":"","messages":[{"id":"1180000000000000101","type":"Default","timestamp":"2026-02-16T20:10:00Z","content":"x","author":{"id":"1179000000000000009","name":"stranger_danger","isBot":false}}],"messageCount":1}"#,
      to: "chat.json")
    let browser = try Browser(isLinked: false) { made in
      var request = ImportRequest(paths: [chat])
      request.protected = ["discord:1179000000000000009"]
      _ = try made.importSources(request)
      _ = try made.link()
      return made
    }
    let cookie = try await browser.enter()
    let overview = await browser.page("/", cookie: cookie).body
    #expect(overview.contains("1179000000000000009</bdi> (<bdi>stranger_danger</bdi>) <b>protected</b>"))
    // A page that is written goes where the case does not.
    let page = files.url.appendingPathComponent("page.html")
    _ = try browser.opened.reportClusters(to: page.path)
    let written = try String(contentsOf: page, encoding: .utf8)
    #expect(written.contains("1179000000000000009</bdi> <b>protected</b>"))
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
    let undone = try await browser.submit("/undo", on: "/judgements", ["judgement": "1"], cookie: cookie)
    #expect(undone.status == 303)
    #expect(try browser.opened.judgements().map { $0.undoneAt == nil } == [false])
    let judgements = await browser.page("/judgements", cookie: cookie).body
    #expect(judgements.contains("Taken back: A1") && judgements.contains("&quot;twice&quot;<br>+1</bdi>"))
  }

  /// The button takes back the judgement that it names, whatever was recorded since and whichever are not shown.
  @Test func undoTakesBackWhatItNames() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    try browser.opened.judge("A1", "A2", .different, reason: "first")
    let html = await browser.page("/judgements", cookie: cookie).body
    #expect(html.contains("Take back the latest: A1 and A2 different"))
    #expect(html.contains("name=\"judgement\" value=\"1\""))
    try browser.opened.judge("A1", "A3", .different, reason: "second, by a command")
    let undone = try await browser.submit("/undo", on: "/judgements", ["judgement": "1"], cookie: cookie)
    #expect(undone.status == 303)
    #expect(try browser.opened.judgements().map { $0.undoneAt == nil } == [false, true])
    let again = try await browser.submit("/undo", on: "/judgements", ["judgement": "1"], cookie: cookie)
    #expect(again.status == 409 && again.body.contains("does not stand any more"))
    // A judgement that is not shown is not taken back unseen.
    try browser.opened.database.operation { database, entries in
      let index = try entries.append(browser.opened.entry(.alteration, "restrict", subjects: ["A3"]))
      try Erasure.mark(account: 3, .restrict, at: "2026-01-01T00:00:00Z", entry: index, database)
    }
    #expect(await !browser.page("/judgements", cookie: cookie).body.contains("Take back the latest"))
    #expect(throws: CaseError.self) { try browser.opened.undo(2) }
  }

  /// A human may know before anything was compared.
  @Test func judgesBeforeTheFirstRun() async throws {
    let browser = try Browser(isLinked: false)
    let cookie = try await browser.enter()
    let page = await browser.page("/pairs/A2/A1", cookie: cookie)
    #expect(page.status == 200 && page.body.contains("was not linked yet"))
    #expect(await browser.page("/pairs/A1/A1", cookie: cookie).status == 409)
    let judged = try await browser.submit(
      "/judge", on: "/pairs/A1/A2",
      ["left": "A1", "right": "A2", "verdict": "different", "reason": "met both"], cookie: cookie)
    #expect(judged.status == 303)
    _ = try await browser.submit("/link", on: "/", ["threshold": "3"], cookie: cookie)
    #expect(try await browser.settled("/", cookie: cookie).contains("0 clusters"))
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

  /// An identification comes with the reference of the person, and with whether an age was recorded.
  @Test func identificationsSayWhom() async throws {
    let word = Array("correct horse battery".utf8)
    let browser = try Browser { opened in
      try opened.addPerson("boss", roles: [.admin], passphrase: word)
      let boss = opened.acting(as: try opened.signIn("boss", passphrase: word))
      try boss.addPerson("an.one", roles: [.analyst], passphrase: word)
      let analyst = opened.acting(as: try opened.signIn("an.one", passphrase: word))
      _ = try analyst.propose("C1", person: "N/17", source: "EX/3")
      return analyst
    }
    let cookie = try await browser.enter()
    let html = await browser.page("/disclosure", cookie: cookie).body
    #expect(html.contains("Person: <bdi>N/17</bdi>") && html.contains("Age: not recorded"))
    #expect(html.contains("source: <bdi>EX/3</bdi>"))
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
    #expect(html.contains("imported; what was set aside stands under Sources. Protected: A5."))
    // Who is protected by another look at a source is told as well.
    let again = ["paths": more.path, "protect": "x:grim.reefer"]
    #expect(try await browser.submit("/import", on: "/sources", again, cookie: cookie).status == 303)
    #expect(try await browser.settled("/sources", cookie: cookie).contains("Protected: A1."))
    #expect(try browser.opened.accounts().filter(\.isProtected).map(\.id) == ["A1", "A4", "A5"])
    #expect(try browser.opened.sources().map(\.name).contains("more.ndjson"))
    for wrong in [
      ["paths": "more.ndjson"], ["paths": " "], ["paths": more.path, "protect": "somebody"],
      ["paths": more.path, "zone": "BST"], ["paths": more.path, "region": "England"],
    ] {
      let response = try await browser.submit("/import", on: "/sources", wrong, cookie: cookie)
      #expect(response.status == 400 && response.body.contains("Nothing was imported"), "\(wrong)")
    }
  }

  /// What so many accounts hold that none was compared on it is told, as the command tells it.
  @Test func commonValuesAreTold() async throws {
    let browser = try Browser(isLinked: false)
    let lines = (0..<200).map {
      #"{"id":"c\#($0)","platform":"x","handle":"c\#($0)","emails":["many@example.org"]}"#
    }
    let many = try browser.folder.write(lines.joined(separator: "\n") + "\n", to: "many.ndjson")
    _ = try browser.opened.importSources(ImportRequest(paths: [many]))
    let cookie = try await browser.enter()
    #expect(try await browser.submit("/link", on: "/", ["threshold": "3"], cookie: cookie).status == 303)
    let html = try await browser.settled("/", cookie: cookie)
    #expect(
      html.contains("Too common to link on:") && html.contains("many@example.org (200 accounts, not compared")
    )
  }

  /// The log is shown to the end, and checked.
  @Test func theLogIsShownAndChecked() async throws {
    let browser = try Browser()
    let cookie = try await browser.enter()
    let html = await browser.page("/log", cookie: cookie).body
    let actions = try browser.entries().map(\.action)
    #expect(actions.allSatisfy { html.contains(": \($0)</td>") })
    // Reasons keep a width to be read in on a narrow screen.
    #expect(html.contains("<td class=\"text\">") && html.contains("td.text{min-width:"))
    #expect(await browser.page("/log", "before=1", cookie: cookie).body.contains("alteration: new"))
    let sound = try await browser.submit("/verify", on: "/log", [:], cookie: cookie)
    #expect(sound.status == 200 && sound.body.contains("<b>Sound</b>"))
    #expect(sound.body.contains(" entries, root "))
    let tile = browser.opened.database.folder.appendingPathComponent("log/checkpoint")
    try Data("nonsense".utf8).write(to: tile)
    let broken = try await browser.submit("/verify", on: "/log", [:], cookie: cookie)
    #expect(broken.body.contains("<b>Not sound</b>"))
  }

  /// What was set aside may quote an account that is not shown any more.
  @Test func setAsideQuotesNobodyWhoIsNotShown() async throws {
    let browser = try Browser(isLinked: false)
    let line =
      #"{"id":"b9","platform":"x","handle":"bad.one","posts":[{"at":"words of bad one","text":"t"}]}"#
    let file = try browser.folder.write(line + "\n", to: "bad.ndjson")
    _ = try browser.opened.importSources(ImportRequest(paths: [file]))
    let cookie = try await browser.enter()
    #expect(await browser.page("/sources", cookie: cookie).body.contains("words of bad one"))
    let accounts = try browser.opened.accounts()
    let account = try #require(accounts.first { $0.name == "bad.one" }?.id)
    try browser.opened.database.operation { database, entries in
      let index = try entries.append(browser.opened.entry(.alteration, "restrict", subjects: [account]))
      try Erasure.mark(
        account: try #require(Int64(account.dropFirst())), .restrict, at: "2026-01-01T00:00:00Z",
        entry: index,
        database)
    }
    let html = await browser.page("/sources", cookie: cookie).body
    #expect(!html.contains("words of bad one") && html.contains("bad.ndjson"))
    #expect(html.contains("remarks and examples, which may quote it, are not shown"))
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
      #expect(response.body.contains("href=\"/log\""), "\(path)")
    }
    let log = await browser.page("/log", cookie: cookie)
    #expect(log.status == 200 && log.body.contains("alteration: new"))
    let boss = browser.opened.acting(as: try browser.opened.signIn("boss", passphrase: word))
    try boss.removePerson("au.one")
    #expect(await browser.page("/log", cookie: cookie).status == 403)
  }
}
