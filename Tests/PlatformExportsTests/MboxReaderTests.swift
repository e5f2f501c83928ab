import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct MboxReaderTests {
  static let sample = """
    From ann@example.org Tue Jan  2 10:00:00 2024
    From: Ann <ann@example.org>
    To: bob@example.org
    Date: Tue, 2 Jan 2024 10:00:00 +0000

    one
    >From here it is quoted
    >>From there twice

    From now on 10 more lines, and no separator.

    From - Tue Jan 02 11:00:00 2024
    From: Bob <bob@example.org>
    X-Note: no subject, which would stand for an empty text
    Date: Tue, 2 Jan 2024 12:00:00 +0100

    two

    From 1767000000000000001@xxx Tue Jan 02 12:00:00 +0000 2024
    From: ann@example.org
    Date: Tue, 2 Jan 2024 12:00:00 +0000
    Content-Length: 999999

    three


    """

  @Test func splitsMessages() throws {
    let unit = try #require(try ReadOutcome.reading(Self.sample, named: "folder").units.first)
    #expect(unit.format == "email-mbox")
    #expect(
      unit.records.map(\.text) == [
        "one\nFrom here it is quoted\n>From there twice\n\nFrom now on 10 more lines, and no separator.",
        "two",
        "three",
      ])
    #expect(unit.counts("message") == [3, 3, 0])
    #expect(unit.records.map(\.account) == ["ann", "bob", "ann"].map { "email email \($0)@example.org" })
    #expect(unit.setAside.isEmpty)
    for (record, line) in zip(unit.records, [1, 12, 19]) { #expect(record.locator.contains("line \(line) ")) }
  }

  /// News groups as Google Groups archived them: numbers part the messages, and dates may be days.
  @Test func newsGroups() throws {
    let news = """
      From 6051272061054231474
      X-Google-Thread: 10d1ce,7560fa0a1b3f7c5d
      From: ann@example.org (Ann Lee)
      Date: 1996/02/29

      From now on I think of 1996 only.

      From 1996

      From -3831648075992104022
      X-Google-Thread: 10d1ce,7560fa0a1b3f7c5d
      From: bob@example.org
      Date: Fri, 1 Mar 1996 10:00:00 GMT

      two


      """
    let unit = try #require(try ReadOutcome.reading(news, named: "alt.x.mbox").units.first)
    #expect(unit.format == "email-mbox")
    #expect(unit.records.map(\.text) == ["From now on I think of 1996 only.\n\nFrom 1996", "two"])
    #expect(unit.records.map(\.account) == ["ann", "bob"].map { "email email \($0)@example.org" })
    #expect(unit.records.map(\.time.precision) == [.day, .second])
    #expect(unit.counts("message") == [2, 2, 0])
    #expect(unit.setAside.isEmpty)
    try checkTruncations(
      of: Array(news.utf8), named: "folder", allowCutLast: true, isDetectable: { $0 != 0x0A })
  }

  /// A number that somebody names above what was sent from it parts no messages.
  @Test func numbersInWhatPeopleWrite() throws {
    let folder =
      "From x Mon Jan  1 10:00:00 2024\nFrom: ann@example.org\n\nhe wrote:\n\nFrom 07700900123\n\nI see you\n\n"
      + "From 447700900123\nSent: Monday\n\nstill\n\nFrom x Mon Jan  1 10:05:00 2024\nFrom: bob@example.org\n\ntwo\n\n"
    let unit = try #require(try ReadOutcome.reading(folder, named: "x.mbox").units.first)
    #expect(
      unit.records.map(\.text) == [
        "he wrote:\n\nFrom 07700900123\n\nI see you\n\nFrom 447700900123\nSent: Monday\n\nstill", "two",
      ])
    #expect(unit.counts("message") == [2, 2, 0] && unit.setAside.isEmpty && unit.notes.isEmpty)
    #expect(try ReadOutcome.reading("From 07700900123\nSent: Monday\n\nx\n", named: "x").units.isEmpty)
  }

  @Test func everyPrefixOnlyLosesText() throws {
    try checkTruncations(
      of: Array(Self.sample.utf8), named: "folder", allowCutLast: true, isDetectable: { $0 != 0x0A })
  }

  static let joined = """
    From ann@example.org Tue Jan  2 10:00:00 2024
    From: ann@example.org
    Date: Tue, 2 Jan 2024 10:00:00 +0000

    one
    From now on Tue at 10:00 on 3 January 2024
    Note: we meet there
    From Rhyl we came on Tue Jan  2 10:00:00 2024 and
    From bob@example.org Tue Jan  2 11:00:00 2024
    From: bob@example.org
    Date: Tue, 2 Jan 2024 11:00:00 +0000

    two
    From cat@example.org Tue Jan  2 12:00:00 2024
    no header follows

    From dan@example.org Tue Jan  2 13:00:00 2024
    From: dan@example.org
    Date: Tue, 2 Jan 2024 13:00:00 +0000

    three


    """

  @Test func messagesWithoutAnEmptyLineBetweenThemKeepTheirSenders() throws {
    let unit = try #require(try ReadOutcome.reading(Self.joined, named: "folder").units.first)
    #expect(
      unit.records.map(\.text) == [
        "one\nFrom now on Tue at 10:00 on 3 January 2024\nNote: we meet there\n"
          + "From Rhyl we came on Tue Jan  2 10:00:00 2024 and",
        "two\nFrom cat@example.org Tue Jan  2 12:00:00 2024\nno header follows", "three",
      ])
    #expect(unit.records.map(\.account) == ["ann", "bob", "dan"].map { "email email \($0)@example.org" })
    #expect(unit.counts("message") == [3, 3, 0])
    #expect(unit.notes.contains { $0.contains("1 messages begin without the empty line") })
    for (record, line) in zip(unit.records, [1, 9, 17]) { #expect(record.locator.contains("line \(line) ")) }
    try checkTruncations(
      of: Array(Self.joined.utf8), named: "folder", allowCutLast: true, isDetectable: { $0 != 0x0A })
  }

  /// The sender of the envelope is given nothing when the folder ends before the mail says whom it is from.
  @Test(arguments: [
    "", "Fro", "Return-Path", "Received: from a by b", "Received: from a by b\nSubject: x\n",
    "To: b@example.org\n",
  ])
  func aMailCutBeforeItsSenderIsCountedAsCut(_ rest: String) throws {
    let text =
      "From a@example.org Tue Jan  2 10:00:00 2024\nFrom: a@example.org\n\nhello\n\n"
      + "From b@example.org Tue Jan  2 11:00:00 2024\n" + rest
    let unit = try #require(try ReadOutcome.reading(text, named: "m").units.first)
    #expect(unit.records(.message).map(\.text) == ["hello"])
    #expect(unit.setAside.contains { $0.unit == "message" && $0.reason == .truncated && $0.count == 1 })
    #expect(
      unit.count("message")?.agrees == true && !unit.accounts.contains { $0.key?.value == "b@example.org" })
  }

  @Test func strayLinesAndEmptyMessages() throws {
    let text =
      "From a@example.org Tue Jan  2 10:00:00 2024\n\nFrom b@example.org Tue Jan  2 10:00:00 2024\nTo: c@example.org\n\nx\n\n"
    let unit = try #require(try ReadOutcome.reading(text, named: "m").units.first)
    #expect(unit.count("message")?.agrees == true && unit.count("message")?.seen == 2)
  }

  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.comment)"))
  func sharedSample() throws {
    let url = try SharedMaterial.export("mbox/stalwart-mail-parser/parse_mbox_test.mbox")
    let unit = try #require(try ReadOutcome(reading: url).units.first)
    #expect(
      unit.records.map(\.text) == [
        "Message 1", "Message 2", "Message 3\nFrom hello\n>From world\n>>From test", "Message 4\n> From\n>F",
      ])
    #expect(
      unit.records.map(\.account)
        == [
          "god@heaven.af.mil", "cras@irccrew.org", "test@test.com", "other@domain.com",
        ].map { "email email \($0)" })
    #expect(unit.counts("message") == [4, 4, 0])
  }
}
