import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Logs of the programs for IRC in their layouts, of invented people.
@Suite struct IRCLogTests {
  static let xchat = """
    **** BEGIN LOGGING AT Mon Dec 31 21:11:55 2001

    Dec 31 21:11:55 -->\tYou are now talking on #snails
    Dec 31 21:12:00 -->\trex (~r@192.0.2.7) has joined #snails
    Dec 31 21:15:17 <rex>\t\u{3}04,12hello \u{2}there\u{f}
    Dec 31 21:15:20 *\trex waves
    Dec 31 21:16:00 ---\trex is now known as rex_away
    Jan 01 00:00:01 <@una>\thappy new year
    Jan 01 00:00:02 -NickServ-\tThis nickname is registered.
    Jan 01 00:00:03 >NickServ<\tidentify secret
    Jan 01 00:00:04 <--\trex_away has quit (Ping timeout)
    **** ENDING LOGGING AT Tue Jan  1 00:01:00 2002

    **** INIZIO DEL LOG Sun Feb 26 19:52:46 2012
    feb 26 19:52:51 <una>\tciao
    foo 26 19:52:51 <una>\twhen
     feb 26 19:52:52 <una>\tindented
    feb 26 19:52:53 <una>

    """

  static let irssi = """
    --- Log opened Mon Jan 01 23:58:00 2024
    23:58 -!- rex [~r@192.0.2.7] has joined #snails
    23:58 < rex> hello
    23:58  * rex is now known as una
    23:59 -!- mode/#snails [+o rex] by ChanServ
    --- Day changed Tue Jan 02 2024
    00:00 <@una> hi
    00:01 -!- rex is now known as slug
    00:02 < slug> me again
    00:03 -una(~u@host.example.org)- psst
    00:04 -ChanServ(services@services.example)- [#snails] welcome
    00:05 -!- slug [~r@2001:db8::7] has quit [Quit: leaving]
    --- Log closed Tue Jan 02 00:06:00 2024

    """

  static let weechat = """
    2024-01-01 12:00:00\t-->\trex [reg] (x (y@192.0.2.99)) (~r@192.0.2.7) has joined #snails
    2024-01-01 12:00:01\t@una\thello\tthere
    2024-01-01 12:00:02\t *\tuna waves
    2024-01-01 12:00:03\t--\trex is now known as slug
    2024-01-01 12:00:04\t--\tTopic for #snails is "x is now known as y"
    2024-01-01 12:00:05\t--\tNotice(una): note
    2024-01-01 12:00:06\t<--\tslug (~r@192.0.2.7) has quit (bye)
    2024-01-01 12:00:07\t\tirc: disconnected from server

    """

  static let znc = """
    [12:00:00] *** Joins: rex (~r@192.0.2.7)
    [12:00:01] <rex> hello
    [12:00:02] * rex waves
    [12:00:03] *** rex is now known as slug
    [12:00:04] *** ChanServ sets mode: +o slug
    [12:00:05] <slug> again
    [12:00:06] *** Quits: slug (~r@client.example.net) (bye)

    """

  private static func unit(_ text: String, _ name: String, _ options: ReaderOptions = ReaderOptions()) throws
    -> ReadOutcome.Unit
  {
    let outcome = try ReadOutcome.reading(text, named: name, options: options)
    #expect(outcome.units.map(\.format) == ["irc-log"])
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    return unit
  }

  private static func lines(_ unit: ReadOutcome.Unit) -> [String] {
    unit.records.map { record in
      let link =
        record.other.isEmpty ? "" : " = \(record.other.dropFirst(4)) \(record.assertion?.rawValue ?? "")"
      return "\(record.account.dropFirst(4))\(link): \(record.text)"
    }
  }

  private static func aside(_ unit: ReadOutcome.Unit) -> [String] {
    unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }.sorted()
  }

  private static func wall(_ text: String) -> Int64? { TimeText.iso8601(text)?.microseconds }

  @Test func readsXChat() throws {
    let unit = try Self.unit(Self.xchat, "FreeNode-#snails.log")
    #expect(
      Self.lines(unit) == [
        "display-name rex: hello there", "display-name rex: waves",
        "display-name rex = display-name rex_away platform: rex is now known as rex_away",
        "display-name una: happy new year", "display-name una: ciao",
      ])
    #expect(unit.records.allSatisfy { $0.channel == "FreeNode-#snails (group)" && $0.time.zone == .unknown })
    #expect(
      unit.records.map(\.time.microseconds)
        == [
          "2001-12-31T21:15:17", "2001-12-31T21:15:20", "2001-12-31T21:16:00", "2002-01-01T00:00:01",
          "2012-02-26T19:52:51",
        ].map { Self.wall($0) })
    #expect(unit.records.first?.writtenTime == "Dec 31 21:15:17")
    let address = unit.identifiers.filter { $0.kind == .ip }
    #expect(
      address.map { "\($0.account) \($0.value) \($0.assertion)" } == [
        "irc display-name rex 192.0.2.7 platform"
      ])
    #expect(address.first?.time.microseconds == Self.wall("2001-12-31T21:12:00"))
    #expect(
      Self.aside(unit) == [
        "line malformed 1", "message bad-time 1", "message malformed 1", "system-line notice 1",
        "system-line sent 1",
        "system-line system 3",
      ])
    #expect(unit.setAside.filter { $0.reason.isFault }.map(\.count).reduce(0, +) == 3)
    #expect(unit.setAside.flatMap(\.examples).allSatisfy { !$0.detail.contains("secret") })
    #expect(unit.tally("message") == [6, 4, 2])
    #expect(unit.accounts.allSatisfy { $0.key?.scope == .source && $0.role != .owner })
  }

  /// Without arrows nothing but the words tells what the program says from what somebody acts.
  @Test func starsOfXChatMayBeAnybodys() throws {
    let log = """
      **** BEGIN LOGGING AT Mon Jan  1 10:00:00 2024

      Jan 01 10:00:00 *\tNow talking on #snails
      Jan 01 10:00:01 <rex>\thello
      Jan 01 10:00:02 <una>\thello
      Jan 01 10:00:03 *\tkit (~k@192.0.2.8) has joined #snails
      Jan 01 10:00:04 *\trex has quit smoking
      Jan 01 10:00:05 *\trex is now known as una
      Jan 01 10:00:06 *\trex is now known as slug
      Jan 01 10:00:07 *\tuna gives voice to slug
      Jan 01 10:00:08 *\tsomebody waves
      Jan 01 10:00:09 *\tuna has quit (Client exited)
      Jan 01 10:00:10 *\tslug is now known as una

      """
    let unit = try Self.unit(log, "snails.log")
    #expect(
      Self.lines(unit) == [
        "display-name rex: hello", "display-name una: hello", "display-name rex: has quit smoking",
        "display-name rex: is now known as una",
        "display-name rex = display-name slug claimed: rex is now known as slug",
        "display-name slug = platform-id una (line 13) claimed: slug is now known as una",
      ])
    #expect(unit.records(.declaredLink).allSatisfy { $0.readsAsPlatform })
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.assertion) == [.claimed])
    #expect(Self.aside(unit) == ["system-line action-or-event 2", "system-line system 3"])
    #expect(unit.notes.contains { $0.hasPrefix("1 nick was borne by several") })
  }

  @Test func readsIrssi() throws {
    let unit = try Self.unit(Self.irssi, "#snails.log")
    #expect(
      Self.lines(unit) == [
        "display-name rex: hello", "display-name rex: is now known as una", "display-name una: hi",
        "display-name rex = display-name slug platform: rex is now known as slug",
        "display-name slug: me again",
        "display-name una: psst",
      ])
    #expect(unit.records.map(\.time.precision).allSatisfy { $0 == .minute })
    #expect(unit.records[2].time.microseconds == Self.wall("2024-01-02T00:00"))
    #expect(
      unit.identifiers.filter { $0.kind == .ip }.map { "\($0.account) \($0.value)" } == [
        "irc display-name rex 192.0.2.7", "irc display-name slug 2001:db8::7",
      ])
    #expect(Self.aside(unit) == ["system-line notice 1", "system-line system 3"])
  }

  /// Behind brackets stands what is said to one alone: what whoever keeps the log sent may be a password.
  @Test func wordsBetweenTwoInIrssi() throws {
    let unit = try Self.unit(
      "--- Log opened Mon Jan 01 10:00:00 2024\n10:01 [rex(~r@192.0.2.7)] you will pay\n10:02 [msg(rex)] secret\n"
        + "10:03 [msg(NickServ)] identify secret\n10:04 [rex(~r@192.0.2.7)] \n10:05 [ctcp(rex)] PING\n"
        + "10:06 [notice(NickServ)] identify secret\n10:07 [dcc(rex)] secret\n",
      "rex.log")
    #expect(Self.lines(unit) == ["display-name rex: you will pay"])
    #expect(Self.aside(unit) == ["system-line sent 4", "system-line system 2"])
    #expect(unit.setAside.flatMap(\.examples).allSatisfy { !$0.detail.contains("secret") })
  }

  /// Between nick and address stands what the account calls itself.
  @Test func readsWeeChat() throws {
    let unit = try Self.unit(Self.weechat, "irc.libera.#snails.weechatlog")
    #expect(
      Self.lines(unit) == [
        "display-name una: hello\tthere", "display-name una: waves",
        "display-name rex = display-name slug platform: rex is now known as slug", "display-name una: note",
      ])
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["192.0.2.7", "192.0.2.7"])
    #expect(unit.records.first?.channel == "irc.libera.#snails (group)")
    #expect(Self.aside(unit) == ["system-line system 4"])
  }

  /// A log of two is named by a nick.
  @Test(arguments: [
    ("libera-una.log", "", false), ("libera-#snails.log", "", true),
    ("snails.log", "Jan 01 10:00:02 -->\tx (~x@192.0.2.9) has joined #snails\n", true),
    ("una.log", "Jan 01 10:00:02 *\tuna (~x@192.0.2.9) has joined #snails\n", false),
  ])
  func channelsAndConversations(name: String, line: String, isGroup: Bool) throws {
    let log = "**** BEGIN LOGGING AT Mon Jan  1 10:00:00 2024\nJan 01 10:00:01 <una>\thi\n\(line)"
    let unit = try Self.unit(log, name)
    #expect(unit.records.allSatisfy { $0.channel.hasSuffix(" (group)") == isGroup }, "\(unit.records)")
  }

  @Test func readsZNC() throws {
    let folder = try ScratchFolder()
    _ = try folder.write(Self.znc, to: "libera/#snails/2024-01-31.log")
    _ = try folder.write(
      "[00:00:01] <rex> next day\n[00:00:02] *** Joins: una (~u@x.example)\n",
      to: "libera/#snails/2024-02-01.log")
    _ = try folder.write(Self.znc, to: "old/libera_#slugs_20240131.log")
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.root) == ["libera/#snails", "old/libera_#slugs"])
    let unit = try #require(outcome.units.first)
    #expect(
      Self.lines(unit) == [
        "display-name rex: hello", "display-name rex: waves",
        "display-name rex = display-name slug platform: rex is now known as slug", "display-name slug: again",
        "display-name rex: next day",
      ])
    #expect(unit.records.map(\.channel) == Array(repeating: "#snails (group)", count: 5))
    #expect(unit.records[0].time.microseconds == Self.wall("2024-01-31T12:00:01"))
    #expect(unit.records[4].time.microseconds == Self.wall("2024-02-01T00:00:01"))
    #expect(Self.aside(unit) == ["host host-name 2", "system-line system 4"])
    #expect(outcome.units[1].records.first?.channel == "libera_#slugs (group)")
    let refusal = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(Self.znc, named: "snails.log")
    }
    #expect(refusal?.code == "no-date")
  }

  @Test func readsScrollback() throws {
    let log =
      "T 1232074579 \u{3}19*\u{f}\t\u{3}19Speaking now on ##snails##\n"
      + "T 0 <rex> the first second\nT MISSING TIMESTAMP\n"
      + "T 1232959932 \u{3}31\u{8}<\u{8}rex\u{8}>\u{8}\u{f}\u{3}30Hi una!\n"
    let unit = try Self.unit(log, "scrollback.txt")
    #expect(Self.lines(unit) == ["display-name rex: the first second", "display-name rex: Hi una!"])
    #expect(unit.records.map(\.time.microseconds) == [0, 1_232_959_932_000_000])
    #expect(unit.records.allSatisfy { $0.time.zone == .known })
    #expect(Self.aside(unit) == ["line bad-time 1", "system-line action-or-event 1"])
  }

  @Test func zoneThatThePersonNames() throws {
    var options = ReaderOptions()
    options.timeZone = "Europe/Berlin"
    let unit = try Self.unit(Self.irssi, "a.log", options)
    #expect(unit.records.first?.time.zone == .assumed)
    #expect(unit.records.first?.time.microseconds == Self.wall("2024-01-01T22:58:00Z"))
  }

  @Test func textOfOtherEncodings() throws {
    var bytes = Array("[10:00:00] *** Joins: rex (~r@h.example)\n[10:00:01] <rex> caf".utf8)
    bytes += [0xE9, 0x0A]
    let unit = try #require(ReadOutcome.reading(bytes, named: "2024-01-31.log").units.first)
    #expect(unit.records.map(\.text) == ["café"])
    #expect(unit.setAside.contains { $0.reason.code == "invalid-utf8" && $0.count == 1 })
  }

  @Test func otherTextsAreNoLogs() throws {
    for (text, name) in [
      ("13/02/2024, 21:05 - Ann: one\n13/02/2024, 21:06 - Ben: two\n", "chat.txt"),
      ("[13.02.24, 21:05:07] Ann: one\n", "_chat.txt"),
      ("From: a@example.org\nTo: b@example.org\n\n<hi>\n", "a.eml"),
      ("2024-01-01 10:00:00\tAnn\thello\n2024-01-01 10:00:01\tBen\thi\n", "table.tsv"),
      ("2024-01-01 10:00:00\tAnn\thello\n2024-01-01 10:00:01\t--\tno value\n", "table.tsv"),
      ("[10:00:00] <rex> no date anywhere\n", "a.log"),
      ("[10:00:00] [Server/INFO] <rex> hi\n", "2024-01-01.log"),
      ("T 5 is a number\nT 6 as well\n", "notes.txt"), ("--- Log opened\n", "a.txt"),
      ("**** BEGIN LOGGING\n", "a.txt"),
      ("T\n", "a.txt"), ("dear diary\n12:00 <3 lunch\n", "diary.txt"),
    ] {
      let outcome = try? ReadOutcome.reading(text, named: name)
      #expect(outcome?.units.contains { $0.format == "irc-log" } != true, "\(text)")
    }
    let mirc = try ReadOutcome.reading(
      "Session Start: Mon Jan 01 10:00:00 2024\nSession Ident: #snails\n[10:00] <rex> hi\n", named: "a.log")
    #expect(mirc.units.isEmpty && mirc.unread.first?.what.contains("mIRC") == true)
  }

  @Test(arguments: [("a.log", xchat), ("a.log", irssi), ("a.log", weechat), ("2024-01-31.log", znc)])
  func truncation(name: String, text: String) throws {
    try checkTruncations(of: Array(text.utf8), named: name, allowCutLast: true) { $0 != 0x0A }
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func sharedSamples() throws {
    let log = try #require(try ReadOutcome(reading: SharedMaterial.export("irc/plaso/xchat.log")).units.first)
    #expect(log.format == "irc-log" && log.reconciliation.allSatisfy { $0.agrees })
    #expect(log.setAside.filter { $0.reason.isFault }.map(\.count).reduce(0, +) == 3)
    #expect(
      log.records.map { Int($0.time.microseconds / 1_000_000) } == [
        1_325_365_915, 1_325_365_918, 1_325_372_400, 1_330_285_981, 1_330_286_040,
      ])
    let scrollback = try #require(
      try ReadOutcome(reading: SharedMaterial.export("irc/plaso/xchatscrollback.log")).units.first)
    #expect(scrollback.format == "irc-log" && scrollback.reconciliation.allSatisfy { $0.agrees })
    #expect(
      scrollback.records.map { Int($0.time.microseconds / 1_000_000) } == [0, 1_232_959_932, 1_232_959_993])
    #expect(scrollback.setAside.filter { $0.reason.isFault }.map(\.count) == [1])
  }

  @Test func hostile() throws {
    let long = String(repeating: "n", count: 5_000)
    let log =
      "**** BEGIN LOGGING AT Mon Jan  1 10:00:00 2024\n"
      + [
        "<>\tx", "<a b>\tx", "<\(long)>\tx", "*", "*\t", "-->", "<-- ", "---\tis now known as", "-\t-", "--",
        "<", "-a-",
        "---\ta is now known as a", "---\ta is now known as 5", "---\ta is now known as b c",
        "-->\t(x@y) has joined",
        "-->\ta (x@192.0.2.1 has joined", "-->\ta (@192.0.2.300) has joined #x", "*b*\t", "**\tx", "\u{3}",
        "\u{3}1,\u{4}zz",
      ].map { "Jan 01 10:00:00 \($0)\n" }.joined()
      + "Jan 99999999999999999999 10:00:00 <a>\tx\nFeb 30 10:00:00 <a>\tx\n"
    let unit = try Self.unit(log, "a.log")
    #expect(unit.records.isEmpty && unit.identifiers.allSatisfy { $0.kind == .displayName })
    #expect(unit.tally("message") == [6, 0, 6])
  }
}
