import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct KikReturnTests {
  /// Logs without headers, as returns before 2025 have them. 1628000000000 is 2021-08-03 14:13:20 UTC.
  static let logs: [(String, String)] = [
    (
      "rex_t/logs/bind.txt",
      "1628000000000\trex_t\t192.0.2.7\t51234\t2021-08-03 14:13:20\tGB\n"
        + "1628000060000\trex_t\t2001:db8::7\t443\t2021-08-03 14:14:20\tGB\n"
        + "1628000120000\trex_t\tunknown\t0\t2021-08-03 14:15:20\tGB\n"
    ),
    (
      "rex_t/logs/block_user.txt", "1628000000000\trex_t\tzoe.fic\t2021-08-03 14:13:20\n"
    ),
    (
      "rex_t/logs/chat_platform_sent.txt",
      "1628000200000\trex_t\tzoe.fic\tcom.kik.ext.gallery\t4a1c0bdc-0000\t192.0.2.8\t2021-08-03 14:16:40\n"
    ),
    (
      "rex_t/logs/chat_sent.txt",
      "1628000300000\trex_t\tzoe.fic\t3\t192.0.2.9\t2021-08-03 14:18:20\n"
        + "1628000301000\trex_t\tzoe.fic\t1\tREDACTED\t2021-08-03 14:18:21\r\n\n"
        + "not a row\n"
    ),
    (
      "rex_t/logs/chat_sent_received.txt",
      "1628000400000\tzoe.fic\trex_t\t1\tREDACTED\t2021-08-03 14:20:00\n"
    ),
    (
      "rex_t/logs/friend_added.txt",
      "1628000000000\trex_t\tkim_fic\t2021-08-03 14:13:20\n1628000000000\trex_t\tREDACTED\t2021-08-03 14:13:20\n"
    ),
    (
      "rex_t/logs/group_send_msg.txt",
      "1628000500000\trex_t\t1100000000001_g\tkim_fic\t1\t192.0.2.10\t2021-08-03 14:21:40\n"
        + "1628000500000\trex_t\t1100000000001_g\tuna.fic\t1\t192.0.2.10\t2021-08-03 14:21:40\n"
        + "1628000600000\trex_t\t1100000000001_g\tuna.fic\t1\t192.0.2.10\t2021-08-03 14:23:20\n"
    ),
  ]
  private static let rex = "kik handle rex_t"
  private static let zoe = "kik handle zoe.fic"

  static func read(_ files: [(String, String)], options: ReaderOptions = ReaderOptions()) throws
    -> ReadOutcome
  {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "KIK-1/" + path) }
    return try ReadOutcome(reading: folder.url, options: options)
  }

  private static func addresses(_ unit: ReadOutcome.Unit) -> [String] {
    unit.identifiers.filter { $0.kind == .ip }
      .map { "\($0.account) \($0.value) \($0.time.microseconds / 1_000_000)" }
  }

  @Test func logsWithoutHeaders() throws {
    let outcome = try Self.read(Self.logs + [("rex_t/content/4a1c0bdc-0000", "picture")])
    #expect(outcome.units.map(\.format) == ["kik-return"] && outcome.units.map(\.root) == ["KIK-1/rex_t"])
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("login") == [3, 2, 1] && unit.tally("message") == [8, 6, 2])
    #expect(unit.tally("contact") == [2, 1, 1] && unit.tally("block") == [1, 1, 0])
    #expect(
      Self.addresses(unit) == [
        "\(Self.rex) 192.0.2.7:51234 1628000000", "\(Self.rex) [2001:db8::7]:443 1628000060",
        "\(Self.rex) 192.0.2.8 1628000200", "\(Self.rex) 192.0.2.9 1628000300",
        "\(Self.rex) 192.0.2.10 1628000500", "\(Self.rex) 192.0.2.10 1628000600",
      ])
    #expect(unit.identifiers.filter { $0.kind == .ip }.allSatisfy { $0.assertion == .platform })
    #expect(
      unit.records(.message).map { "\($0.channel): \($0.account) to \($0.other) [\($0.text)]" } == [
        "rex_t, zoe.fic (log): \(Self.rex) to \(Self.zoe) []",
        "rex_t, zoe.fic (log): \(Self.rex) to \(Self.zoe) []",
        "rex_t, zoe.fic (log): \(Self.rex) to \(Self.zoe) []",
        "rex_t, zoe.fic (log): \(Self.zoe) to \(Self.rex) []",
        "group 1100000000001_g (log) (group): \(Self.rex) to  []",
        "group 1100000000001_g (log) (group): \(Self.rex) to  []",
      ])
    #expect(
      unit.records(.login).first?.time
        == ObservedTime(microseconds: 1_628_000_000_000_000, zone: .known, precision: .millisecond))
    #expect(unit.records(.login).map(\.text) == ["GB", "GB"])
    #expect(unit.records(.block).map(\.other) == [Self.zoe])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "login no-address 1", "message malformed 1", "message same-message 1", "further message counted 2",
        "attachment media 1", "contact malformed 1",
      ])
    let owners = unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }
    #expect(owners.compactMap(\.key?.value) == ["rex_t"])
    #expect(unit.notes.isEmpty)
  }

  /// Logs and messages with headers. 1764622464103 is 2025-12-01 20:54:24.103 UTC.
  static let tables: [(String, String)] = [
    (
      "package/content/data-media.csv",
      "id,content_id,filename,message,sender_id,receiver_id,ip,port,parent_id,sent_at,sent_at_ts,app_name\n"
        + "m2,c2,YWJj,look,rex_t_abc@talk.kik.com,zoe.fic_xyz@talk.kik.com,192.0.2.7,50001,,2025-12-01 20:55:24.103,1764622524103,com.kik.ext.camera\n"
    ),
    (
      "package/content/data-text.csv",
      "id,content_id,filename,message,sender_id,receiver_id,ip,port,parent_id,sent_at,sent_at_ts,app_name\r\n"
        + "m1,,,\"I see you,\nalways\",rex_t_abc@talk.kik.com,zoe.fic_xyz@talk.kik.com,192.0.2.7,50000,,2025-12-01 20:54:24.103,1764622464103,\r\n"
        + "m3,,,stop,zoe.fic_xyz@talk.kik.com,rex_t_abc@talk.kik.com,REDACTED,,,2025-12-01 20:56:24.103,1764622584103,\r\n"
        + "m4,,,all,rex_t_abc@talk.kik.com,1100000000001_g@groups.kik.com,192.0.2.7,50002,,,soon,\r\n"
        + "m5,,,,rex_t_abc@talk.kik.com,zoe.fic_xyz@talk.kik.com,192.0.2.7,50003,,,1764622584104,\r\n"
    ),
    (
      "package/group-legend-rex_t_1.csv",
      "gid,name,code,public,deleted,last_join_ts,last_activity\n1100000000001_g,Walkers,#walk,f,f,,\n"
    ),
    (
      "package/logs/binds.csv",
      "user_jid,ip,port,ts,device\nrex_t_abc@talk.kik.com,192.0.2.7,50000,2025-12-01 20:54:24.103,Android\n"
    ),
    (
      "package/logs/block_user.csv",
      "user_jid,block_user_jid,ts\nrex_t_abc@talk.kik.com,una.fic_xyz@talk.kik.com,2025/12/01 20:54:24 UTC\n"
    ),
    (
      "package/logs/chat_sent.csv",
      "user_jid,friend_user_jid,ip,ts,words\nrex_t_abc@talk.kik.com,zoe.fic_xyz@talk.kik.com,192.0.2.7,2025-12-01 20:54:24,4\n"
    ),
    (
      "package/logs/friends_added.csv",
      "user_jid,friend_user_jid,ts\nrex_t_abc@talk.kik.com,kim_fic_xyz@talk.kik.com,1764622464103\n"
    ),
    (
      "package/logs/group_receive.csv",
      "sender,receiver,ts,group_jid,sender_ip,sender_device_type,cid,app_name,app,receive_ip,dt,epoch\n"
        + "kim_fic_xyz@talk.kik.com,rex_t_abc@talk.kik.com,2025-12-01 20:54:24,1100000000001_g@groups.kik.com,REDACTED,iPhone,,,,192.0.2.11,2025-12-01,1764622464103\n"
    ),
  ]

  @Test func tablesWithHeaders() throws {
    let (rex, zoe) = ("kik handle rex_t_abc@talk.kik.com", "kik handle zoe.fic_xyz@talk.kik.com")
    let outcome = try Self.read(Self.tables)
    #expect(outcome.units.map(\.root) == ["KIK-1/package"] && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("message") == [7, 5, 2] && unit.tally("group") == [1, 0, 1])
    #expect(
      unit.records(.message).map { "\($0.channel): \($0.account) to \($0.other) [\($0.text)]" } == [
        "rex_t_abc@talk.kik.com, zoe.fic_xyz@talk.kik.com: \(rex) to \(zoe) [look]",
        "rex_t_abc@talk.kik.com, zoe.fic_xyz@talk.kik.com: \(rex) to \(zoe) [I see you,\nalways]",
        "rex_t_abc@talk.kik.com, zoe.fic_xyz@talk.kik.com: \(zoe) to \(rex) [stop]",
        "rex_t_abc@talk.kik.com, zoe.fic_xyz@talk.kik.com (log): \(rex) to \(zoe) []",
        "Walkers [group 1100000000001_g (log)] (group): kik handle kim_fic_xyz@talk.kik.com to  []",
      ])
    #expect(
      Self.addresses(unit) == [
        "\(rex) 192.0.2.7:50001 1764622524", "\(rex) 192.0.2.7:50000 1764622464",
        "\(rex) 192.0.2.7:50003 1764622584", "\(rex) 192.0.2.7:50000 1764622464",
        "\(rex) 192.0.2.7 1764622464",
      ])
    // Where a log gives words alone their zone is not known.
    #expect(unit.records(.login).map(\.time.zone) == [.unknown])
    #expect(
      unit.records(.contact).map(\.time.zone) == [.known] && unit.records(.block).map(\.time.zone) == [.known]
    )
    #expect(unit.records(.block).map(\.other) == ["kik handle una.fic_xyz@talk.kik.com"])
    #expect(unit.notes.count == 1 && unit.notes[0].contains("no zone beside 2 times"))
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "message bad-time 1", "message empty 1", "attachment media 1", "group names-conversation 1",
        "address whose-address 1",
      ])
  }

  /// Messages of single conversations, as older returns have them.
  @Test func messagesOfAConversation() throws {
    let text =
      "msg_id,sender_jid,receiver_jid,chat_type,msg,ip,port,sent_at\n"
      + "1,rex_t_abc@talk.kik.com,zoe.fic_xyz@talk.kik.com,chat,\"hi \"\"you\"\"\",192.0.2.7,40000,1628000000000\n"
    let unit = try #require(try Self.read([("content/text-msg-data/a_data-text.csv", text)]).units.first)
    #expect(unit.root == "KIK-1")
    #expect(unit.records(.message).map(\.text) == ["hi \"you\""])
    #expect(Self.addresses(unit).map { $0.hasSuffix(" 192.0.2.7:40000 1628000000") } == [true])
  }

  /// A message to a group that was sent from another address is another message.
  @Test func anAddressOfAGroupsLogIsNotLost() throws {
    let header = "sender,receiver,ts,group_jid,sender_ip,epoch\n"
    let rows = [("kim_fic", "192.0.2.1"), ("una.fic", "192.0.2.1"), ("kim_fic", "192.0.2.2")].map {
      "rex_t,\($0),2025-12-01 20:54:24,1100000000001_g@groups.kik.com,\($1),1.76462E+12\n"
    }
    let unit = try #require(try Self.read([("logs/group_send.csv", header + rows.joined())]).units.first)
    #expect(unit.tally("message") == [3, 2, 1])
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["192.0.2.1", "192.0.2.2"])
  }

  /// Only the name of a log says whether its messages are those of the account that was asked for.
  @Test(arguments: [("chat_sent", 1), ("chat_sent_received", 0), ("Sheet1", 0)])
  func aRenamedLogHasNoOwner(_ name: String, _ owners: Int) throws {
    let text = "user_jid,friend_user_jid,ip,ts,words\nzoe.fic,rex_t,REDACTED,1764622464103,4\n"
    let unit = try #require(try Self.read([("logs/\(name).csv", text)]).units.first)
    #expect(unit.records(.message).map(\.account) == [Self.zoe])
    #expect(unit.accounts.count { $0.role == .owner } == owners)
  }

  /// Another server's addresses are no names at Kik.
  @Test func anAddressOfAnotherServerIsNoAccount() throws {
    let text =
      "user_jid,ip,port,ts\nrex@xmpp.example.org,192.0.2.7,5222,1628000000000\nrex_t_abc@Talk.Kik.com,192.0.2.8,443,1628000000000\n"
    let unit = try #require(try Self.read([("logs/binds.csv", text)]).units.first)
    #expect(unit.accounts.compactMap(\.key?.value) == ["rex_t_abc@Talk.Kik.com"])
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code)" } == ["login no-author"])
    // A table of such addresses alone is another server's, and no legal return.
    let other = "user_jid,ip,port\n\nrex@xmpp.example.org,192.0.2.7,5222\nN/A,192.0.2.8,5222\n"
    #expect(try Self.read([("logs/binds.csv", other)]).units.isEmpty)
    let nobody = "user_jid,ip,port\nREDACTED,192.0.2.7,5222\n"
    #expect(try Self.read([("logs/binds.csv", nobody)]).units.map(\.format) == ["kik-return"])
  }

  /// Tables that were put side by side: whose the address is nothing says.
  @Test func aColumnThatStandsTwiceIsNotRead() throws {
    let text = "user_jid,ts,user_jid,ip,port\nrex_t,1628000000000,zoe.fic,192.0.2.7,443\n"
    #expect(try Self.read([("logs/binds.csv", text)]).units.isEmpty)
  }

  /// Columns in another order are found by their names.
  @Test func columnsMayStandInAnyOrder() throws {
    let text = "device,ts,port,new,IP,user_jid\nx,1628000000000,443,y,192.0.2.7,rex_t\n"
    let unit = try #require(try Self.read([("logs/binds.csv", text)]).units.first)
    #expect(Self.addresses(unit) == ["\(Self.rex) 192.0.2.7:443 1628000000"])
  }

  /// A log whose columns do not look as they should is not taken for one, whatever it is called.
  @Test(arguments: [
    "rex_t\t192.0.2.7\t443\t2021-08-03\tGB\n",
    "1628000000000\trex_t\t443\t192.0.2.7\t2021-08-03 14:13:20\tGB\n",
    "1628000000\trex_t\t192.0.2.7\t443\t2021-08-03 14:13:20\tGB\n",
    "1628000000000\trex_t\t192.0.2.7\t443\t2021-08-03 14:13:20\tGB\tmore\n", "\n", "a\n",
  ])
  func anotherLayoutIsNotRead(_ text: String) throws {
    #expect(try Self.read([("logs/bind.txt", text)]).units.isEmpty)
    #expect(try Self.read([("logs/notes.txt", Self.logs[0].1)]).units.isEmpty)
    var options = ReaderOptions()
    options.format = "kik-return"
    let forced = try #require(try Self.read([("logs/bind.txt", text)], options: options).units.first)
    #expect(forced.records.isEmpty && forced.setAside.map(\.reason.code) == ["unknown-layout"])
  }

  /// A first row with a name that is blotted out, or without a port, does not take the others with it.
  @Test func anOddFirstRowCostsItself() throws {
    let unit = try #require(
      try Self.read([
        (
          "logs/bind.txt",
          "1628000000000\trex_t\t192.0.2.7\t0\t2021-08-03 14:13:20\tGB\n"
            + "1628000060000\trex_t\t192.0.2.8\t443\t2021-08-03 14:14:20\tGB\n"
        ),
        (
          "logs/friend_added.txt",
          "1628000000000\trex_t\tREDACTED\t2021-08-03 14:13:20\n"
            + "1628000000000\trex_t\tzoe.fic\t2021-08-03 14:13:20\n"
        ),
      ]).units.first)
    #expect(
      Self.addresses(unit) == ["\(Self.rex) 192.0.2.7 1628000000", "\(Self.rex) 192.0.2.8:443 1628000060"])
    #expect(unit.tally("contact") == [2, 1, 1] && unit.records(.contact).map(\.other) == [Self.zoe])
  }

  @Test func aLaterOrderOfCells() throws {
    let text = "zoe.fic\trex_t\tREDACTED\t2022-08-03 14:13:20\tcom.kik.ext.camera\tc9\n"
    let unit = try #require(try Self.read([("logs/chat_platform_sent_received.txt", text)]).units.first)
    #expect(
      unit.records(.message).map { "\($0.account) \($0.other) \($0.time.zone)" } == [
        "\(Self.zoe) \(Self.rex) unknown"
      ])
  }

  /// A row that cannot be read is counted as what it would have been.
  @Test func raggedRowsAgree() throws {
    let text = "gid,name,code,last_activity\n1_g,Walkers\n2_g,Bakers,b,\n"
    let unit = try #require(try Self.read([("group-legend-x.csv", text)]).units.first)
    #expect(unit.tally("group") == [2, 0, 2] && unit.reconciliation.allSatisfy { $0.agrees })
  }

  @Test func aTableMayHaveManyColumns() throws {
    let names = (0..<10_000).map { "c\($0)" }.joined(separator: ",")
    let row = String(repeating: ",", count: 10_000) + "rex_t,192.0.2.7,443,1628000000000,x\n"
    let text = "\(names),user_jid,ip,port,ts,device\n" + String(repeating: row, count: 50)
    var options = ReaderOptions()
    options.format = "kik-return"
    // Headers are looked for among the first hundred columns.
    let unit = try #require(try Self.read([("logs/binds.csv", text)], options: options).units.first)
    #expect(unit.records.isEmpty && unit.setAside.map(\.reason.code) == ["unknown-layout"])
    let first =
      "user_jid,ip,port,ts,device,\(names)\n"
      + String(
        repeating: "rex_t,192.0.2.7,443,1628000000000,x" + String(repeating: ",", count: 10_000) + "\n",
        count: 50)
    #expect(try Self.read([("logs/binds.csv", first)]).units.first?.tally("login") == [50, 50, 0])
  }

  @Test func aReturnIsCommunicationsData() { #expect(KikReturnReader.holdsCommunicationsData) }

  @Test func orderOfMembersDoesNotMatter() throws {
    func plain(_ files: [(String, String)]) throws -> [String] {
      var zip = ZipBuilder()
      for (path, text) in files { zip.add(path, text) }
      return try #require(try ReadOutcome.reading(zip.bytes, named: "r.zip").units.first).withoutOrder
    }
    #expect(try plain(Self.tables.reversed()) == plain(Self.tables))
    #expect(try plain(Self.logs.reversed()) == plain(Self.logs))
  }

  /// A log that is cut gives the rows before the cut, and says that it is cut unless a row ends there.
  @Test(arguments: logs) func everyBeginningOfALog(_ path: String, _ text: String) throws {
    let name = String(try #require(path.split(separator: "/").last))
    let whole = try #require(try ReadOutcome.reading(text, named: name).units.first)
    let bytes = Array(text.utf8)
    for count in stride(from: bytes.count - 1, to: 0, by: -1) {
      guard let unit = try ReadOutcome.reading(Array(bytes[..<count]), named: name).units.first else {
        continue
      }
      #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(count)")
      #expect(zip(unit.records, whole.records).allSatisfy { $0.account == $1.account && $0.time == $1.time })
      #expect(zip(unit.records.dropLast(), whole.records).allSatisfy { $0 == $1 }, "\(count)")
      #expect(zip(unit.identifiers, whole.identifiers).allSatisfy { $0 == $1 }, "\(count)")
      #expect(unit.records.count <= whole.records.count && unit.identifiers.count <= whole.identifiers.count)
      if ![0x0A, 0x0D].contains(bytes[count - 1]) {
        #expect(unit.setAside.contains { $0.reason == .truncated || $0.unit == "cell" }, "\(count)")
      }
    }
  }

  /// What a return holds besides is known, though it is not read.
  @Test func aReportOfAbuseIsNamed() throws {
    let outcome = try Self.read([
      ("logs/rex_t-abuse", "-------Report from zoe.fic at (2021-08-03 14:13:20)-------\nwords\n")
    ])
    #expect(outcome.units.isEmpty && outcome.unread.map(\.what) == ["a report of abuse in a Kik return"])
    #expect(outcome.unread.allSatisfy { $0.isOfExport })
  }
}
