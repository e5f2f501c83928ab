import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct RedditCSVTests {
  static let comments =
    "\u{FEFF}id,permalink,date,ip,subreddit,gildings,link,parent,body,media\r\n"
    + "c1,https://www.reddit.com/r/snails/c1,2024-03-01 10:00:00 UTC,192.0.2.5,snails,0,https://www.reddit.com/x,,"
    + "\"I said \"\"no\"\",\r\n\r\n> quoted\r\nZoë\",\r\n"
    + "c2,https://www.reddit.com/r/snails/c2,2024-03-02 10:00:00 UTC,,snails,0,https://www.reddit.com/x,t1_c1,[deleted],\r\n"
    + "c3,https://www.reddit.com/r/leeds/c3,soon,,leeds,0,https://www.reddit.com/x,,when,\r\n"
    + "c4,https://www.reddit.com/r/leeds/c4,2024-03-03 10:00:00 UTC,,leeds,0,https://www.reddit.com/x,,look,https://i.example.org/a.png\r\n"
  static let posts =
    "id,permalink,date,ip,subreddit,gildings,title,url,body\n"
    + "p2,https://www.reddit.com/r/leeds/comments/p2/,2024-04-02 10:00:00 UTC,,leeds,0,Photos,https://example.org/p,[removed]\n"
    + "p1,https://www.reddit.com/r/leeds/comments/p1/,2024-04-01 10:00:00 UTC,2001:db8::5,leeds,0,A walk,/r/leeds/comments/p1/,the canal\n"
  static let messages =
    "id,permalink,thread_id,date,ip,from,to,subject,body\n"
    + "m1,https://www.reddit.com/message/m1,t1,2024-05-01 10:00:00 UTC,192.0.2.6,Hilda_M,rex,hi,are you there\n"
    + "m2,https://www.reddit.com/message/m2,t1,2024-05-01 10:01:00 UTC,,rex,Hilda_M,re: hi,no\n"
    + "m3,https://www.reddit.com/message/m3,t2,2024-05-01 10:02:00 UTC,,[deleted],Hilda_M,x,y\n"
    + "m4,https://www.reddit.com/message/m4,t3,2024-05-01 10:03:00 UTC,,/r/leeds,Hilda_M,welcome,rules\n"
    + "m5,https://www.reddit.com/message/m5,t4,2024-05-01 10:04:00 UTC,,Hilda_M,una,hello,again\n"
  static let chat =
    "message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url,subreddit,channel_name,conversation_type\n"
    + "1,2024-06-01 10:00:00 UTC,,Hilda_M,\"hey, you\",,sendbird_1,,rex,direct\n"
    + "2,2024-06-01 10:01:00 UTC,,rex,leave me,,sendbird_1,,rex,direct\n"
    + "3,2024-06-01 10:02:00 UTC,,[deleted],x,,sendbird_1,,rex,direct\n"
  static let addresses =
    "date,ip\nregistration ip,192.0.2.1\n2024-03-01 10:00:00 UTC,192.0.2.5\n2024-03-02 10:00:00 UTC,2001:db8::1\n,192.0.2.9\n"
  static let statistics =
    "statistic,value\naccount name,Hilda_M\nexport time,2024-07-01 00:00:00 UTC\nis_deleted,False\n"
    + "registration date,2020-02-01 10:00:00 UTC\nemail address,hilda@example.org\n"
  static let identities =
    "issuer_id,subject_id\nhttps://accounts.google.com,100000000000000000001\nhttps://appleid.apple.com,000123.abc.0001\n"

  static let files: [(String, String)] = [
    ("account_gender.csv", "account_gender\n\n"),
    ("birthdate.csv", "birthdate,verified_birthdate\n1990-03-04,\n"),
    ("chat_history.csv", chat), ("checkfile.csv", "filename,sha256\ncomments.csv,00\n"),
    (
      "comment_headers.csv",
      "id,permalink,date,ip,subreddit,gildings,link\nc1,https://www.reddit.com/x,2024-03-01 10:00:00 UTC,192.0.2.5,snails,0,y\n"
    ),
    ("comment_votes.csv", "id,permalink,direction\nc9,https://www.reddit.com/x,up\n"),
    ("comments.csv", comments), ("drafts.csv", "id,title,body,kind\n1,later,words,markdown\n"),
    ("friends.csv", "username,note\nrex,from school\n[deleted],\n"), ("ip_logs.csv", addresses),
    ("linked_identities.csv", identities), ("linked_phone_number.csv", "phone_number\n+447700900102\n"),
    ("messages.csv", messages), ("posts.csv", posts), ("statistics.csv", statistics),
    ("subscribed_subreddits.csv", "subreddit\nsnails\n"), ("twitter.csv", "username\nhilda_x\n"),
  ]
  static let owner = "reddit handle Hilda_M"

  static func read(_ files: [(String, String)], options: ReaderOptions = ReaderOptions()) throws
    -> ReadOutcome
  {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "export_Hilda_M/" + path) }
    return try ReadOutcome(reading: folder.url, options: options)
  }

  @Test func wholeDownload() throws {
    let outcome = try Self.read(Self.files)
    #expect(outcome.units.map(\.format) == ["reddit-csv"] && outcome.units.map(\.root) == ["export_Hilda_M"])
    #expect(outcome.unrecognised.isEmpty && outcome.unread.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.counts("message") == [15, 9, 6])
    #expect(unit.counts("login") == [6, 5, 1])
    #expect(unit.counts("file") == [nil, 0, 5])
    #expect(
      unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map(\.key?.value) == ["Hilda_M"])
    #expect(
      unit.records(.message).map { "\($0.channel) \($0.account) \($0.other): \($0.text)" } == [
        "rex [sendbird_1] \(Self.owner) : hey, you", "rex [sendbird_1] reddit handle rex : leave me",
        "comments in r/snails \(Self.owner) : I said \"no\",\r\n\r\n> quoted\r\nZoë",
        "comments in r/leeds \(Self.owner) : look",
        "message t1 \(Self.owner) reddit handle rex: hi\nare you there",
        "message t1 reddit handle rex \(Self.owner): re: hi\nno",
        "message t4 \(Self.owner) reddit handle una: hello\nagain",
        "posts in r/leeds \(Self.owner) : Photos", "posts in r/leeds \(Self.owner) : A walk\nthe canal",
      ])
    let first = try #require(unit.records(.message).first { $0.channel == "comments in r/snails" })
    #expect(first.time == ObservedTime(microseconds: 1_709_287_200_000_000, zone: .known, precision: .second))
    #expect(first.writtenTime == "2024-03-01 10:00:00 UTC" && first.locator.contains("comments.csv line 2"))
    #expect(
      unit.records(.login).map(\.text) == [
        "192.0.2.5", "192.0.2.5", "2001:db8::1", "192.0.2.6", "2001:db8::5",
      ])
    #expect(Set(unit.records(.login).map(\.account)) == [Self.owner])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "message no-author 2", "message removed 1", "message bad-time 1", "message draft 1",
        "message not-a-person 1", "attachment media 1", "login bad-time 1", "contact no-author 1",
        "profile other-data 2", "file other-data 5",
      ])
  }

  @Test func accountsElsewhere() throws {
    let unit = try #require(try Self.read(Self.files).units.first)
    #expect(
      unit.records(.declaredLink).map { "\($0.account) \($0.other) \($0.assertion.map { "\($0)" } ?? "")" }
        == [
          "\(Self.owner) google platform-id 100000000000000000001 platform",
          "\(Self.owner) apple platform-id 000123.abc.0001 platform",
          "\(Self.owner) x handle hilda_x platform",
        ])
    #expect(unit.accounts.first { $0.key?.platform.rawValue == "google" }?.key?.scope == .platform)
    #expect(unit.accounts.first { $0.key?.platform.rawValue == "apple" }?.key?.scope == .source)
    #expect(
      unit.records(.contact).map { "\($0.text) \($0.other)" } == ["friend: from school reddit handle rex"])
    let own = unit.identifiers.filter { $0.account == Self.owner }
    #expect(
      Set(own.map { "\($0.kind.rawValue) \($0.label) \($0.value)" }) == [
        "date-of-birth  1990-03-04", "handle  Hilda_M", "ip  192.0.2.5", "ip account-creation 192.0.2.1",
        "ip  2001:db8::1", "phone  +447700900102", "ip  192.0.2.6", "ip  2001:db8::5",
        "url share https://example.org/p",
        "email  hilda@example.org",
      ])
    #expect(own.filter { $0.label == "account-creation" }.map(\.time.isNone) == [true])
  }

  @Test func ownerFromMessages() throws {
    let without = Self.files.filter { $0.0 != "statistics.csv" }
    let unit = try #require(try Self.read(without).units.first)
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map(\.key?.value) == ["Hilda_M"])
    #expect(unit.notes.contains { $0.contains("the owner is taken to be Hilda_M") })
    #expect(Set(unit.records(.login).map(\.account)) == [Self.owner])
    // One conversation has two sides, and nothing says which is the owner's.
    let lines = Self.messages.split(separator: "\n", omittingEmptySubsequences: false)[..<3].joined(
      separator: "\n")
    let two = try #require(
      try Self.read([("comments.csv", Self.comments), ("messages.csv", lines + "\n")]).units.first)
    #expect(two.records(.message).map(\.account) == ["owner?", "owner?", Self.owner, "reddit handle rex"])
    #expect(two.notes.contains { $0.contains("nothing here says whose download this is") })
    // What somebody else wrote to a community does not make him the owner.
    let header = String(Self.messages.prefix { $0 != "\n" })
    let community = try #require(
      try Self.read([
        ("comments.csv", Self.comments),
        ("messages.csv", header + "\nm1,x,t1,2024-05-01 10:00:00 UTC,,rex,/r/leeds,hi,there\n"),
      ]).units.first)
    #expect(community.records(.message).map(\.account) == ["owner?", "owner?", "reddit handle rex"])
    #expect(two.notes.contains { $0.contains("not protected with it") })
    let comments = try #require(try Self.read([("comments.csv", Self.comments)]).units.first)
    #expect(comments.notes.contains { $0.contains("nothing here says whose download this is") })
  }

  @Test func headersAlone() throws {
    let files = Self.files.filter { ["comment_headers.csv", "statistics.csv"].contains($0.0) }
    let unit = try #require(try Self.read(files).units.first)
    #expect(unit.counts("login") == [1, 1, 0])
    #expect(unit.records(.login).map(\.account) == [Self.owner])
  }

  @Test func columnsInAnyOrder() throws {
    let unit = try #require(
      try Self.read([
        (
          "comments.csv",
          "BODY,date,subreddit,permalink,id,new_column\nhello,2024-03-01 10:00:00 UTC,snails,x,c1,7\n"
        )
      ]).units.first)
    #expect(unit.records(.message).map(\.text) == ["hello"])
  }

  @Test func downloadsOfTwoAccounts() throws {
    let second = Self.statistics.replacing("Hilda_M", with: "rex")
    #expect(throws: ExportRefusal.self) {
      try Self.read([("statistics.csv", Self.statistics), ("statistics (1).csv", second)])
    }
    let folder = try ScratchFolder()
    _ = try folder.write(Self.statistics, to: "a/statistics.csv")
    _ = try folder.write(second, to: "b/statistics.csv")
    #expect(try ReadOutcome(reading: folder.url).units.map(\.root) == ["a", "b"])
  }

  /// Tables of other programs are not taken for Reddit's, and a mapping is surer than names of columns.
  @Test func otherTables() throws {
    for (name, text) in [
      ("list.csv", "date,ip\n2024-03-01 10:00:00 UTC,192.0.2.5\n"), ("people.csv", "username,note\nrex,x\n"),
      ("statistics.csv", "name,value\na,b\n"), ("comments.csv", "author,text\na,b\n"), ("friends.csv", ""),
      ("purchases.csv", "date,price\n1,2\n"),
    ] {
      #expect(try ReadOutcome.reading(text, named: name).units.isEmpty, "\(name)")
    }
    var options = ReaderOptions()
    options.mappings = [
      try TableMapping(
        toml: """
          version = 1
          platform = "reddit"
          [account]
          column = "from"
          kind = "handle"
          scope = "platform"
          [record]
          class = "message"
          text_column = "body"
          [time]
          column = "date"
          format = "iso8601"
          """)
    ]
    let outcome = try ReadOutcome.reading(Self.messages, named: "messages.csv", options: options)
    #expect(outcome.units.map(\.format) == ["table"])
  }

  /// Lists of accounts must not become accounts of one owner, and what many people wrote not one person's.
  @Test(arguments: [
    ("twitter.csv", "username,date,text\nrex,2024-03-01,hello\nuna,2024-03-02,hi\n"),
    ("friends.csv", "username,full_name\nrex,Rex\n"),
    ("ip_logs.csv", "date,ip,user\n2024-03-01,192.0.2.5,rex\n"),
    ("linked_phone_number.csv", "phone_number,name\n+447700900102,Rex\n"),
    ("birthdate.csv", "name,birthdate\nRex,1990-01-01\n"),
    ("statistics.csv", "statistic,value,n\nmean,3,2\n"),
    ("comments.csv", "id,author,permalink,date,subreddit,body\n1,rex,x,2024-03-01 10:00:00,snails,no\n"),
    (
      "comments.csv", "id,permalink,date,subreddit,body,author_name\n1,x,2024-03-01 10:00:00,snails,no,rex\n"
    ),
    ("comments.csv", "id,permalink,date,subreddit,body,redditor\n1,x,2024-03-01 10:00:00,snails,no,rex\n"),
    ("linked_identities.csv", "user_id,issuer_id,subject_id\n1,google,100000000000000000001\n"),
    ("mail.csv", "id,thread_id,date,from,to,body\n1,2,2024-03-01,rex,una,hello\n"),
    (
      "chat.csv",
      "message_id,created_at,username,message,channel_name\n1,2024-03-01T10:00:00Z,rex,hello,general\n"
    ),
  ])
  func tablesOfOtherPrograms(_ name: String, _ text: String) throws {
    #expect(try ReadOutcome.reading(text, named: name).units.isEmpty)
  }

  /// An account of Reddit has one connected account of X: a list of several is of people who have nothing to do with each
  /// other, whatever it is called.
  @Test func aListOfNamesLinksNobody() throws {
    let list = try #require(
      try ReadOutcome.reading("username\nrex\nuna\nRex\nzoe\n", named: "twitter.csv").units.first)
    #expect(list.records.isEmpty && list.accounts.isEmpty)
    #expect(
      Set(list.setAside.map { "\($0.unit) \($0.reason.code) \($0.count) \($0.reason.isFault)" }) == [
        "declared-link list-of-accounts 3 true", "declared-link duplicate 1 false",
      ])
    #expect(list.reconciliation.allSatisfy { $0.agrees }, "\(list.reconciliation)")
    let one = try #require(
      try ReadOutcome.reading("username\nrex\nRex\n", named: "twitter.csv").units.first)
    #expect(one.records(.declaredLink).map(\.other) == ["x handle rex"])
  }

  @Test(arguments: [
    ("comments.csv", comments), ("posts.csv", posts.replacing("[removed]", with: "")),
    ("messages.csv", messages), ("chat_history.csv", chat),
    ("ip_logs.csv", addresses), ("statistics.csv", statistics), ("linked_identities.csv", identities),
  ])
  func truncation(_ name: String, _ text: String) throws {
    try Truncation.check(Array(text.utf8), named: name, mayCutText: true)
  }

  @Test(arguments: [
    "c1,x,2024-03-01 10:00:00 UTC,,snails,0,y,,\"never closed\nc2,x,2024-03-01 10:00:00 UTC,,snails,0,y,,b,\n",
    "c1,x\n", "c1,x,2024-03-01 10:00:00 UTC,,snails,0,y,,\"a\"b,\n",
    "c1,x,9999-03-01 10:00:00 UTC,,s,0,y,,b,\n",
    "c1,x,2024-03-01 10:00:00 UTC,,s,0,y,,b,,more\n",
  ])
  func hostile(_ row: String) throws {
    let header = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n"
    let unit = try #require(try ReadOutcome.reading(header + row, named: "comments.csv").units.first)
    #expect(unit.records.isEmpty && unit.setAside.contains { $0.unit == "message" && $0.reason.isFault })
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
  }
}
