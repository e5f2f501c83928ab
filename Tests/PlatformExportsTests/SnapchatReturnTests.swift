import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct SnapchatReturnTests {
  static let banner = #"""
    "Target username ""rex.t"" is associated with User ID ""11111111-2222-4333-8444-555555555555"".
    Date range searched: 2026-01-01 to 2026-04-30"
    -----------------------------------

    """#
  static let legend =
    "\"Data legend\nip: an address, as seen\"\n===================================\n"

  static let files: [(String, String)] = [
    (
      "conversations.csv",
      banner + legend + """
        content_type,message_type,conversation_id,sender_username,sender_user_id,recipient_username,recipient_user_id,text,media_id,is_encrypted,timestamp
        chat,TEXT,c1,rex.t,11111111-2222-4333-8444-555555555555,zoe.fic,aaaaaaaa-2222-4333-8444-555555555555,"I see you, always
        really",,false,2026-04-11 04:02:00 UTC
        chat,MEDIA,c1,zoe.fic,aaaaaaaa-2222-4333-8444-555555555555,rex.t,11111111-2222-4333-8444-555555555555,,b~1;b~2,false,Wed Aug 19 12:00:00 UTC 2021
        chat,TEXT,c1,teamsnapchat,,rex.t,,hello,,false,2026-04-11 04:03:00 UTC
        chat,TEXT,c1,,,rex.t,,who,,false,2026-04-11 04:04:00 UTC
        chat,TEXT,c1,rex.t,,zoe.fic,,,,false,2026-04-11 04:05:00 UTC
        chat,TEXT,c1,rex.t,,zoe.fic,,later,,false,2026-04-11 04:06:00
        chat,TEXT,c1,rex.t

        """
    ),
    (
      "device_advertising_id.csv",
      banner + legend
        + "advertising_id,os_type,timestamp\n38400000-8cf0-11bd-b23e-10b96e40000d,iOS,2026-04-11 04:02:00 UTC\n"
    ),
    (
      "friends_list.csv",
      banner + legend
        + "friend_username,status,added_timestamp\nkim_fic,friend,2020-01-01 00:00:00 UTC\nzoe.fic,blocked by user,2026-04-12 00:00:00 UTC\n"
    ),
    (
      "geo_locations.csv",
      banner + legend + "latitude,longitude,timestamp\n53.8,-1.5,2026-04-11 04:02:00 UTC\n"
    ),
    (
      "ip_data.csv",
      banner + legend
        + "ip,timestamp,user_agent\n192.0.2.7,Wed Aug 19 12:00:00 UTC 2021,Snapchat/12.1 (Pixel)\n"
        + "---------------------------\n" + legend
        + "ip,source_port_number,first_seen_time,last_seen_time\n2001:db8::7,443,2026-04-01 00:00:00 UTC,2026-04-02 00:00:00 UTC\n"
        + "---------------------------\n" + legend + "NO RESPONSIVE DATA FOUND\n"
        + "---------------------------\n" + legend
        + "\"ip\",\"login_status\",\"timestamp\"\n\"198.51.100.9\",\"failed\",\"2026-04-03 00:00:00 UTC\"\n\"192.0.2.9\",\"success\",\"2026-04-04 00:00:00 PDT\"\n"
    ),
    (
      "subscriber_account_change_history.csv",
      banner + legend
        + "date,action,old_value,new_value,reason\n2025-01-01 00:00:00 UTC,EMAIL_CHANGE,old@example.org,rex@example.org,USER\n2025-01-02 00:00:00 UTC,USERNAME_CHANGE,rex_old,rex.t,USER\n"
        + "---------------------------\n" + legend
        + "timestamp,old_value,new_value\n2025-02-01 00:00:00 UTC,+447700900101,+447700900102\n2025-02-02 00:00:00 UTC,a,b\n"
    ),
    (
      "subscriber_info.csv",
      banner + legend
        + "user_id,username,email_address,email_status,pending_email_address,creation_ip,phone_number,former_phone_number,created,display_name,status,shoe_size\n"
        + "11111111-2222-4333-8444-555555555555,rex.t,rex@example.org,verified,other@example.org,192.0.2.1,+447700900103,+447700900104,Wed Aug 19 12:00:00 UTC 2020,Rex,ACTIVE,44\n"
        + "---------------------------\n" + legend
        + "birthdate,last_active,follower_count\n1990-04-03,2026-04-11 01:02:03 PDT,5\n"
    ),
  ]

  static let owner = "snapchat platform-id 11111111-2222-4333-8444-555555555555"
  static let zoe = "snapchat platform-id aaaaaaaa-2222-4333-8444-555555555555"

  static func read(_ files: [(String, String)]) throws -> ReadOutcome {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "return/" + path) }
    return try ReadOutcome(reading: folder.url)
  }

  @Test func wholeReturn() throws {
    let outcome = try Self.read(Self.files)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "snapchat-return" && unit.root == "return")
    #expect(outcome.units.count == 1)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("message") == [7, 2, 5])
    #expect(unit.tally("login") == [4, 3, 1])
    #expect(unit.tally("session") == [1, 1, 0])
    #expect(unit.tally("contact") == [1, 1, 0] && unit.tally("block") == [1, 1, 0])
    #expect(unit.tally("profile") == [6, 6, 0])
    #expect(
      unit.records(.message).map { "\($0.channel): \($0.account) to \($0.other): \($0.text)" } == [
        "c1: \(Self.owner) to \(Self.zoe): I see you, always\nreally", "c1: \(Self.zoe) to \(Self.owner): ",
      ])
    #expect(
      unit.records(.message).map(\.time.microseconds) == [1_775_880_120_000_000, 1_629_374_400_000_000])
    #expect(unit.records(.login).map(\.account) == [Self.owner, Self.owner, Self.owner])
    #expect(
      unit.records(.login).map(\.text) == ["", "until 2026-04-02 00:00:00 UTC", "failed; from 198.51.100.9"])
    // A friend without an id is the account that the conversations give the id of.
    #expect(unit.records(.block).map(\.other) == [Self.zoe])
    #expect(unit.records(.contact).map(\.other) == ["snapchat handle kim_fic"])
    #expect(
      unit.records(.profile).map(\.text) == [
        "changed; EMAIL_CHANGE; USER", "changed; USERNAME_CHANGE; USER", "changed",
        "changed; old_value: a; new_value: b", "created; ACTIVE", "last_active: 2026-04-11 01:02:03 PDT",
      ])
    func values(_ kind: IdentifierKind) -> [String] { unit.values(kind, of: Self.owner) }
    #expect(
      values(.ip) == [
        " 192.0.2.7 platform", " [2001:db8::7]:443 platform", " [2001:db8::7]:443 platform",
        "account-creation 192.0.2.1 platform",
      ])
    #expect(
      values(.email) == [
        "previous old@example.org platform", " rex@example.org platform", " rex@example.org platform",
        "unverified other@example.org claimed",
      ])
    #expect(
      values(.phone) == [
        "previous +447700900101 platform", " +447700900102 platform", " +447700900103 platform",
        "previous +447700900104 platform",
      ])
    #expect(
      values(.handle) == [
        " rex.t platform", " rex.t platform", "previous rex_old platform", " rex.t platform",
      ])
    #expect(values(.device) == ["idfa 38400000-8cf0-11bd-b23e-10b96e40000d platform"])
    #expect(values(.dateOfBirth) == [" 1990-04-03 user"])
    #expect(values(.displayName) == [" Rex user"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "message system 1", "message no-author 1", "message empty 1", "message bad-time 1",
        "message malformed 1", "attachment media 2", "login bad-time 1", "other row other-data 1",
      ])
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
    #expect(unit.notes.isEmpty)
  }

  @Test func aReturnIsCommunicationsData() {
    #expect(SnapchatReturnReader.holdsCommunicationsData && !SnapchatJSONReader.holdsCommunicationsData)
  }

  @Test func orderOfMembersDoesNotMatter() throws {
    func plain(_ files: [(String, String)]) throws -> [String] {
      var zip = ZipBuilder()
      for (path, text) in files { zip.add(path, text) }
      return try #require(try ReadOutcome.reading(zip.bytes, named: "r.zip").units.first).withoutOrder
    }
    let whole = try plain(Self.files)
    #expect(try plain(Self.files.reversed()) == whole)
  }

  /// Columns come and go: only their names count.
  @Test func columnsMayStandInAnyOrder() throws {
    let one = Self.legend + "timestamp,ip\n2026-04-11 04:02:00 UTC,192.0.2.7\n"
    let two = Self.legend + "IP,new column,Timestamp\r\n192.0.2.7,x,2026-04-11 04:02:00 UTC\r\n"
    for text in [Self.banner + one, Self.banner + two] {
      let unit = try #require(try Self.read([("ip_data.csv", text)]).units.first)
      #expect(
        unit.identifiers.filter { $0.kind == .ip }.map { "\($0.account) \($0.value)" } == [
          "\(Self.owner) 192.0.2.7"
        ])
    }
  }

  /// Without a beginning that names the account, a file is of the one subscriber there is, and else of nobody known.
  @Test func filesWithoutABeginningAreTheSubscribers() throws {
    let address = Self.legend + "ip,timestamp\n192.0.2.7,2026-04-11 04:02:00 UTC\n"
    let one = Self.legend + "user_id,username,created\nu-1,rex.t,2020-01-01 00:00:00 UTC\n"
    let both = one + "u-2,una.fic,2020-01-01 00:00:00 UTC\n"
    func accounts(_ subscribers: String) throws -> [String] {
      let files = [("ip_data.csv", address), ("subscriber_info.csv", subscribers)]
      let unit = try #require(try Self.read(files).units.first)
      #expect(unit.notes.isEmpty == (subscribers == one))
      return unit.records(.login).map(\.account)
    }
    #expect(try accounts(one) == ["snapchat platform-id u-1"])
    #expect(try accounts(both) == ["owner?"])
  }

  /// Further facts below two subscribers are neither's, and a file without a beginning is nobody's in a return on two.
  @Test func nothingIsGivenToOneOfTwoSubscribers() throws {
    let both =
      Self.legend + "user_id,username,created\nu-1,rex.t,2020-01-01 00:00:00 UTC\n"
      + "u-2,una.fic,2020-01-01 00:00:00 UTC\n"
      + "-------\n" + Self.legend + "birthdate,last_active\n1990-01-01,x\n1999-02-02,x\n"
    let unit = try #require(try Self.read([("subscriber_info.csv", both)]).units.first)
    #expect(unit.identifiers.filter { $0.kind == .dateOfBirth }.map(\.account) == ["owner?", "owner?"])
    let one = Self.legend + "user_id,username,created\nu-9,una.fic,2020-01-01 00:00:00 UTC\n"
    let address = Self.legend + "ip,timestamp\n192.0.2.7,2026-04-11 04:02:00 UTC\n"
    let other = try #require(
      try Self.read([("a.csv", Self.banner + address), ("b.csv", one), ("c.csv", address)]).units.first)
    #expect(other.records(.login).map(\.account) == [Self.owner, "owner?"])
    #expect(other.notes.count == 1)
  }

  /// A creation time without a zone costs the time, not the subscriber.
  @Test func aSubscriberIsKnownWithoutATime() throws {
    let text =
      Self.legend + "user_id,username,email_address,created\nu-1,rex.t,rex@example.org,2020-01-01 00:00:00\n"
    let unit = try #require(try Self.read([("subscriber_info.csv", text)]).units.first)
    #expect(unit.identifiers.contains { $0.kind == .email && $0.account == "snapchat platform-id u-1" })
    #expect(unit.tally("profile") == [1, 1, 0])
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code)" } == ["creation time bad-time"])
  }

  /// A user name that two ids had joins nobody.
  @Test func aNameOfTwoIDsStaysAlone() throws {
    let chats =
      Self.legend + """
        sender_username,sender_user_id,recipient_username,recipient_user_id,text,timestamp
        zoe.fic,u-7,rex.t,u-1,one,2021-01-01 00:00:00 UTC
        zoe.fic,u-8,rex.t,u-1,two,2026-01-01 00:00:00 UTC

        """
    let friends = Self.legend + "friend_username,added_timestamp\nZoe.fic,2026-02-01 00:00:00 UTC\n"
    let unit = try #require(
      try Self.read([("conversations.csv", Self.banner + chats), ("friends_list.csv", Self.banner + friends)])
        .units
        .first)
    #expect(
      unit.records(.message).map(\.account) == ["snapchat platform-id u-7", "snapchat platform-id u-8"])
    #expect(unit.records(.contact).map(\.other) == ["snapchat handle Zoe.fic"])
  }

  /// The address of somebody who tried is not the owner's, whatever word says that it was no login.
  @Test func onlyALoginGivesItsAddress() throws {
    let words = [
      "unsuccessful", "not_successful", "Incorrect password", "failed", "error", "success", "LOGIN_SUCCESS",
      "",
    ]
    let rows = words.enumerated().map { "192.0.2.\($0 + 1),\($1),2026-04-11 04:02:0\($0) UTC\n" }
    let unit = try #require(
      try Self.read([
        ("ip_data.csv", Self.banner + Self.legend + "ip,login_status,timestamp\n" + rows.joined())
      ]).units.first)
    #expect(
      unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["192.0.2.6", "192.0.2.7", "192.0.2.8"])
    #expect(unit.records(.login).first?.text == "unsuccessful; from 192.0.2.1")
    #expect(unit.tally("login") == [8, 8, 0])
  }

  /// Where a word says neither, nothing shows the address to be the owner's, and that it was not taken is told.
  @Test func wordsThatSayNothingOfALoginAreTold() throws {
    let rows = ["Succeeded", "ACTIVE", "ACTIVE", "LOGGED_IN", "failed"].enumerated()
      .map { "192.0.2.\($0 + 1),\($1),2026-04-11 04:02:0\($0) UTC\n" }
    let text = Self.banner + Self.legend + "ip,status,timestamp\n" + rows.joined()
    let unit = try #require(try Self.read([("ip_data.csv", text)]).units.first)
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["192.0.2.1"])
    #expect(unit.notes.count == 1 && unit.notes[0].hasSuffix("\"ACTIVE\" (2), \"LOGGED_IN\" (1)"))
  }

  @Test func whoeverIsNoLongerBlockedIsNot() throws {
    let text =
      Self.banner + Self.legend + """
        friend_username,status,added_timestamp
        una.fic,blocked by user,2020-01-01 00:00:00 UTC
        zoe.fic,unblocked,2020-01-01 00:00:00 UTC
        kim.fic,NOT_BLOCKED,2020-01-01 00:00:00 UTC

        """
    let unit = try #require(try Self.read([("friends_list.csv", text)]).units.first)
    #expect(unit.records(.block).map(\.other) == ["snapchat handle una.fic"])
    #expect(unit.tally("contact") == [2, 2, 0] && unit.tally("block") == [1, 1, 0])
  }

  /// A port in the cell of the address is the one that counts.
  @Test func anAddressMayHaveItsPort() throws {
    let text =
      Self.banner + Self.legend + """
        ip,source_port_number,timestamp
        192.0.2.7:55,44,2026-04-11 04:02:00 UTC
        192.0.2.8,44,2026-04-11 04:02:00 UTC
        2001:db8::8,44,2026-04-11 04:02:00 UTC

        """
    let unit = try #require(try Self.read([("ip_data.csv", text)]).units.first)
    #expect(
      unit.identifiers.filter { $0.kind == .ip }.map(\.value) == [
        "192.0.2.7:55", "192.0.2.8:44", "[2001:db8::8]:44",
      ])
  }

  /// What was typed and not confirmed is what the user said, not what Snapchat did.
  @Test func whatNobodyConfirmedIsTheUsersWord() throws {
    let subscriber =
      Self.legend + """
        user_id,username,email_address,email_status,phone_number,phone_status,created
        11111111-2222-4333-8444-555555555555,rex.t,una@example.org,NOT_VERIFIED,+447700900103,false,2020-01-01 00:00:00 UTC

        """
    let changes =
      Self.legend + """
        date,action,old_value,new_value,reason
        2025-01-01 00:00:00 UTC,EMAIL_CHANGE_REQUESTED,a@example.org,b@example.org,USER
        2025-01-02 00:00:00 UTC,EMAIL_CHANGE,a@example.org,c@example.org,FAILED
        2025-01-03 00:00:00 UTC,EMAIL_CHANGE,a@example.org,d@example.org,USER_REQUESTED

        """
    let unit = try #require(
      try Self.read([("info.csv", Self.banner + subscriber), ("changes.csv", Self.banner + changes)]).units
        .first)
    let said = unit.identifiers.filter { $0.kind == .email || $0.kind == .phone }
      .map { "\($0.value) \($0.label) \($0.assertion)" }
    #expect(
      Set(said) == [
        "una@example.org unverified claimed", "+447700900103 unverified claimed",
        "a@example.org previous platform",
        "b@example.org unverified claimed", "c@example.org unverified claimed", "d@example.org  platform",
      ])
  }

  /// Anybody can send a message of a line that parts sections.
  @Test func aMessageOfALineEndsNoSection() throws {
    let text =
      Self.banner + Self.legend + """
        sender_username,recipient_username,text,timestamp
        rex.t,zoe.fic,==========,2026-04-11 04:02:00 UTC
        rex.t,zoe.fic,"a
        ==========
        ----------
        b",2026-04-11 04:03:00 UTC
        rex.t,zoe.fic,----------,2026-04-11 04:04:00 UTC

        """
    let unit = try #require(try Self.read([("conversations.csv", text)]).units.first)
    #expect(unit.tally("message") == [3, 3, 0])
    #expect(unit.records.map(\.text) == ["==========", "a\n==========\n----------\nb", "----------"])
  }

  /// A cell of several recipients names each of them, and no account of all their names.
  @Test func aMessageMayGoToSeveral() throws {
    let text =
      Self.banner + Self.legend + """
        sender_username,recipient_username,recipient_user_id,text,timestamp
        rex.t,"zoe.fic, kim_fic","u-7,u-8",one,2026-04-11 04:02:00 UTC
        rex.t,kim_fic;zoe.fic,,two,2026-04-11 04:03:00 UTC
        rex.t,zoe.fic,u-7,three,2026-04-11 04:04:00 UTC
        rex.t,,"u-7,u-8",four,2026-04-11 04:05:00 UTC

        """
    let unit = try #require(try Self.read([("conversations.csv", text)]).units.first)
    #expect(
      unit.records(.message).map { "\($0.channel): \($0.other)" } == [
        "kim_fic and rex.t and zoe.fic (group): ", "kim_fic and rex.t and zoe.fic (group): ",
        "rex.t and zoe.fic: snapchat platform-id u-7", "rex.t and u-7 and u-8 (group): ",
      ])
    #expect(
      Set(unit.accounts.filter { $0.sameAs == nil }.compactMap { $0.key?.value }) == [
        "rex.t", "u-7", "u-8", "kim_fic",
      ])
  }
}
