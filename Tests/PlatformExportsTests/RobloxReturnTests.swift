import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct RobloxReturnTests {
  static let files: [(String, String)] = [
    ("1000000007.csv", "ad_id\n38400000-8cf0-11bd-b23e-10b96e40000d\n00000000-0000-0000-0000-000000000000\n"),
    (
      "BTID of the Roblox user.csv",
      "accountid,browsertrackerid,created,updated\n1000000007,200000000001,03/04/2026 10:00:00,\n"
    ),
    (
      "Chat records of the Roblox user.csv",
      "\u{FEFF}ts,ds,conversation_id,convo_type,user_id,name,text,is_filtered_o13,is_filtered_u13,is_rewritten,request_user_id\n"
        + "2026-04-11T04:02:00.123Z,2026-04-11,c1,chat/game/private,1000000007,Rex,\"I see you, always\",f,f,f,1000000007\n"
        + "2026-04-11T04:03:00Z,2026-04-11,c1,chat/game/private,1000000008,Zoe,stop,f,f,f,1000000007\n"
        + ",,,,,,,,,,\n"
        + "2026-04-11T04:04:00,,c2,,1000000007,,later,,,,1000000007\n"
        + "soon,,c2,,1000000007,,when,,,,1000000007\n"
        + "2026-04-11T04:05:00Z,,c2,,1.0E+09,,who,,,,1000000007\n"
    ),
    (
      "Device ID of the Roblox user.csv", "pii_userid,pii_device_id\n1000000007,d-1\n"
    ),
    (
      "Device information of the Roblox user.csv",
      "pii_userid,btid,devicename,os,osversion\n1000000007,200000000001,iPhone12,iOS,17.4\n"
    ),
    (
      "Follower & following list of the Roblox user.csv",
      "createdutc,updatedutc,userid,followeruserid\n1764622464103,,1000000007,1000000009\n"
    ),
    (
      "Friend list of the Roblox user.csv",
      "createdutc,updatedutc,userid,frienduserid\n03/25/2026 10:00:00,,1000000007,1000000008\n25/03/2026 10:00:00,,1000000007,1000000009\n"
    ),
    (
      "Group wall posts of the Roblox user.csv",
      "createdutc,updatedutc,group_wall_post_id,group_id,user_id,post_text\n03/25/2026 10:00:00,,1,77,1000000007,hello all\n"
    ),
    (
      "IP address of the account.csv",
      "user_id,username,ip_address,last_observed_port,first_recorded_utc,last_recorded_utc,last_observed_port_utc\n"
        + "1000000007,rex_t,192.0.2.7,51234,2026-04-01 10:00:00.500,2026-04-02 10:00:00,2026-04-02 09:00:00\n"
        + "1000000007,rex_t,2001:db8::7,,2026-04-03 10:00:00,2026-04-03 10:00:00,\n"
        + "1000000007,rex_t,unknown,,2026-04-03 10:00:00,,\n"
        + "1000000007,rex_t,192.0.2.8,,,,\n"
        + "NULL,rex_t,192.0.2.9,,2026-04-03 10:00:00,,\n"
    ),
    (
      "Messages of the Roblox user.csv",
      "id,message_type_id,subject,body,author_id,author_name,recipient_id,recipient_name,created_time (MM/DD/YYYY hh:mm:ss),created_time (UTC seconds),is_system_message\n"
        + "1,1,Hi,where are you,1000000007,rex_t,1000000008,zoe_fic,04/11/2026 04:02:00,1775880120,False\n"
        + "2,1,Welcome,rules,1,Roblox,1000000007,rex_t,04/11/2026 04:02:00,1775880120,True\n"
    ),
    (
      "User generated content of the Roblox user.csv",
      "asset_id,asset_type,asset_hash_id,creator_user_or_group_id\n5,Image,ab,1000000007\n"
    ),
  ]
  private static let rex = "roblox platform-id 1000000007"
  private static let zoe = "roblox platform-id 1000000008"

  static func read(_ files: [(String, String)], options: ReaderOptions = ReaderOptions()) throws
    -> ReadOutcome
  {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "return/" + path) }
    return try ReadOutcome(reading: folder.url, options: options)
  }

  @Test func wholeReturn() throws {
    let outcome = try Self.read(Self.files)
    #expect(outcome.units.map(\.format) == ["roblox-return"] && outcome.units.map(\.root) == ["return"])
    #expect(outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("login") == [5, 2, 3] && unit.tally("message") == [9, 5, 4])
    #expect(unit.tally("contact") == [3, 2, 1] && unit.tally("session") == [5, 5, 0])
    #expect(
      unit.identifiers.filter { $0.kind == .ip }
        .map { "\($0.account) \($0.value) \($0.time.microseconds / 1_000_000) \($0.time.zone)" } == [
          "\(Self.rex) 192.0.2.7 1775037600 known", "\(Self.rex) 192.0.2.7 1775124000 known",
          "\(Self.rex) 192.0.2.7:51234 1775120400 known", "\(Self.rex) 2001:db8::7 1775210400 known",
        ])
    #expect(
      unit.records(.login).map(\.text) == [
        "until 2026-04-02 10:00:00; port 51234 at 2026-04-02 09:00:00", "",
      ])
    #expect(
      unit.records(.message).map { "\($0.channel): \($0.account) to \($0.other) \($0.time.zone): \($0.text)" }
        == [
          "chat/game/private c1: \(Self.rex) to  known: I see you, always",
          "chat/game/private c1: \(Self.zoe) to  known: stop", "chat c2: \(Self.rex) to  unknown: later",
          "wall of group 77: \(Self.rex) to  known: hello all",
          "messages 1000000007, 1000000008: \(Self.rex) to \(Self.zoe) known: Hi\nwhere are you",
        ])
    #expect(
      unit.records(.contact).map {
        "\($0.account) \($0.text) \($0.other) \($0.time.microseconds / 1_000_000)"
      }
        == [
          "\(Self.rex) follower roblox platform-id 1000000009 1764622464",
          "\(Self.rex) friend \(Self.zoe) 1774432800",
        ])
    let own = unit.identifiers.filter { $0.account == Self.rex && $0.kind != .ip && $0.kind != .platformID }
    #expect(
      own.map { "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion)" } == [
        "device advertising-id 38400000-8cf0-11bd-b23e-10b96e40000d inferred",
        "cookie btid 200000000001 platform", "display-name  Rex user", "device device-id d-1 platform",
        "cookie btid 200000000001 platform", "handle  rex_t platform", "display-name  rex_t user",
      ])
    #expect(
      unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.compactMap(\.key?.value) == [
        "1000000007"
      ])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "login no-address 1", "login bad-time 1", "login no-author 1", "message empty 1",
        "message bad-time 1",
        "message no-author 1", "message system 1", "contact bad-time 1", "file other-data 1",
      ])
    #expect(unit.notes.count == 1 && unit.notes[0].contains("1 time"))
  }

  @Test func aReturnIsCommunicationsData() { #expect(RobloxReturnReader.holdsCommunicationsData) }

  /// Whose an advertising identifier is says the file's name alone, and a table of one column may be anybody's.
  @Test func advertisingIdentifiersAreOfANumberedFile() throws {
    let text = "ad_id\n38400000-8cf0-11bd-b23e-10b96e40000d\n"
    #expect(try Self.read([("ads.csv", text)]).units.isEmpty)
    let unit = try #require(try Self.read([("1000000007.csv", text)]).units.first)
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.assertion)" } == [
        "platform-id inferred", "device inferred",
      ])
    // What a column says as well is the platform's word, whichever file stands first.
    let row = "1000000007,200000000001,,\n"
    let trackers = "accountid,browsertrackerid,created,updated\n" + row + row
    let both = try #require(
      try Self.read([("1000000007.csv", text), ("trackers.csv", trackers)]).units.first)
    #expect(
      both.identifiers.filter { $0.kind == .platformID }.map { "\($0.value) \($0.assertion)" } == [
        "1000000007 inferred", "1000000007 platform",
      ])
    // Numbers of advertisements are no devices.
    #expect(try Self.read([("2026.csv", "ad_id\n23847000001\n")]).units.isEmpty)
    let mixed = try #require(try Self.read([("1000000007.csv", text + "23847000001\n")]).units.first)
    #expect(mixed.identifiers.count { $0.kind == .device } == 1 && mixed.tally("session") == [2, 1, 1])
  }

  /// A spreadsheet spoils one way of writing a time and leaves the other.
  @Test func oneReadableTimeIsEnough() throws {
    let unit = try #require(
      try Self.read([
        (
          "addresses.csv",
          "user_id,ip_address,last_observed_port,first_recorded_utc,last_recorded_utc\n"
            + "1000000007,192.0.2.7,,4/1/2026 10:00,2026-04-02 10:00:00\n"
            + "1000000007,192.0.2.8,,2026-04-01 10:00:00,soon\n1000000007,192.0.2.9,,soon,\n"
        ),
        (
          "messages.csv",
          "subject,body,author_id,recipient_id,created_time (MM/DD/YYYY hh:mm:ss),created_time (UTC seconds)\n"
            + "Hi,one,1000000007,1000000008,04/11/2026 04:02:00,1.77588E+09\n"
            + "Hi,two,1000000007,1000000008,04/11/2026 04:02:00,\nHi,three,1000000007,1000000008,,\n"
        ),
      ]).units.first)
    #expect(unit.tally("login") == [3, 2, 1] && unit.tally("message") == [3, 2, 1])
    #expect(
      unit.records(.login).map { "\($0.writtenTime) \($0.text)" } == [
        "2026-04-02 10:00:00 until 2026-04-02 10:00:00", "2026-04-01 10:00:00 until soon",
      ])
    #expect(unit.setAside.first { $0.unit == "time of an address" }?.count == 2)
    #expect(
      unit.records(.message).map(\.time.microseconds) == [1_775_880_120_000_000, 1_775_880_120_000_000])
    #expect(unit.reconciliation.filter { $0.unit != "time of an address" }.allSatisfy { $0.agrees })
  }

  @Test func columnsMayStandInAnyOrder() throws {
    let text =
      "First_Recorded_UTC,new,ip_address,user_id,last_observed_port\r\n2026-04-03 10:00:00,x,192.0.2.7,1000000007,443\r\n"
    let unit = try #require(try Self.read([("renamed.csv", text)]).units.first)
    #expect(
      unit.identifiers.filter { $0.kind == .ip }.map { "\($0.value) \($0.time.isNone)" } == [
        "192.0.2.7 false", "192.0.2.7:443 true",
      ])
  }

  @Test func orderOfMembersDoesNotMatter() throws {
    func plain(_ files: [(String, String)]) throws -> [String] {
      var zip = ZipBuilder()
      for (path, text) in files { zip.add(path, text) }
      return try #require(try ReadOutcome.reading(zip.bytes, named: "r.zip").units.first).withoutOrder
    }
    #expect(try plain(Self.files.reversed()) == plain(Self.files))
  }

  @Test func tablesOfOthersAreNotTaken() throws {
    for headers in [
      "user_id,ip_address,seen", "userid,friend", "id,subject,body,author_id", "hash,name",
      "userid,frienduserid",
      "subject,body,author_id,recipient_id,created_time", "userid,followeruserid,since",
      // Tables that were put side by side: whose the address is nothing says.
      "user_id,username,user_id,ip_address,first_recorded_utc",
    ] {
      #expect(try Self.read([("a.csv", headers + "\n1,2,3,4\n")]).units.isEmpty, "\(headers)")
    }
  }

  @Test(arguments: files) func everyBeginning(_ path: String, _ text: String) throws {
    guard text.contains("user_id,username") || text.contains("conversation_id") else { return }
    // What stands before a cut row is whole, and the row itself loses its last cell.
    let whole = try #require(try Self.read([(path, text)]).units.first)
    let bytes = Array(text.utf8)
    for count in stride(from: bytes.count - 1, to: 0, by: -7) {
      let outcome = try ReadOutcome.reading(Array(bytes[..<count]), named: path)
      guard let unit = outcome.units.first else { continue }
      #expect(unit.reconciliation.allSatisfy { $0.agrees })
      #expect(unit.records.count <= whole.records.count)
      for (one, other) in zip(unit.records.dropLast(), whole.records) {
        #expect(one.text == other.text && one.account == other.account && one.time == other.time, "\(count)")
      }
    }
  }
}
