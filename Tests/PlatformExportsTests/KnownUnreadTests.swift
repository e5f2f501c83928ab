import PlatformExports
import TestSupport
import Testing

/// Files of exports that no reader reads are named, and make an import partial.
@Suite struct KnownUnreadTests {
  @Test(arguments: [
    (
      "Hangouts.json", "chats of Google's Hangouts",
      #"""
      {"conversations":[{"conversation":{"conversation":{"participant_data":[{"id":{"gaia_id":"111","chat_id":"111"},
       "fallback_name":"Ann"}]}},"events":[{"sender_id":{"gaia_id":"111"},"timestamp":"1400000000000000"}]}]}
      """#
    ),
    (
      "Ann - Text.html", "calls or text messages of Google Voice",
      #"""
      <html xmlns="http://www.w3.org/1999/xhtml"><body><div class="hChatLog hfeed"><div class="message">
      <abbr class="dt" title="2020-01-02T03:04:05.000-05:00">x</abbr><a class="tel" href="tel:+447700900111">Ann</a>
      <q>hi</q></div></div></body></html>
      """#
    ),
    (
      "account_history.json", "a file of an Instagram download of before 2021",
      #"{"login_history":[{"cookie_name":"***","ip_address":"198.51.100.4"}]}"#
    ),
    (
      "connections.json", "a file of an Instagram download of before 2021",
      #"{"blocked_users":{"rex":"2019-05-01T10:11:12+00:00"},"follow_requests_sent":{},"followers":{}}"#
    ),
    ("line.txt", "a chat of LINE's", "\u{FEFF}[LINE] Chat history with Ann\r\nSaved on: 2024/01/15\r\n"),
    (
      "kakao.txt", "a chat of KakaoTalk's",
      "홍길동 님과 카카오톡 대화\n저장한 날짜 : 2025-10-15 09:00:00\n\n[홍길동] [오전 9:30] 안녕하세요\n"
    ),
  ])
  func exportsThatNobodyReads(name: String, what: String, text: String) throws {
    let outcome = try ReadOutcome.reading(text, named: name)
    #expect(outcome.units.isEmpty)
    #expect(outcome.unread.map(\.what) == [what])
    #expect(outcome.unread.allSatisfy { $0.isOfExport })
  }

  /// Notes about an app are no chat of it.
  @Test func notes() throws {
    for (text, isUnread) in [("KakaoTalk names I know:\nann\n", false), ("KakaoTalk Chats with Ann\n", true)]
    {
      #expect(try ReadOutcome.reading(text, named: "x.txt").unread.isEmpty != isUnread)
    }
  }

  /// The same lies there as JSON, as a rule.
  @Test func pagesOfSnapchat() throws {
    let page =
      "<html><body><a href=\"account.html\">Login History and Account Information</a><a>Snap History</a></body></html>"
    let outcome = try ReadOutcome.reading(page, named: "account.html")
    #expect(outcome.unread.map(\.what) == ["a page of Snapchat's My Data"])
    #expect(outcome.unread.allSatisfy { !$0.isOfExport })
  }
}
