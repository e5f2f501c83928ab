import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct LinkedInCSVTests {
  static let owner = "linkedin handle hilda-moss"
  static let rex = "linkedin handle rex-marsh"

  static func conversations(_ unit: ReadOutcome.Unit) -> [String] {
    unit.records(.message).map { "\($0.channel) \($0.account) > \($0.other): \($0.text)" }
  }

  @Test func wholeDownload() throws {
    let outcome = try LinkedInSamples.read(LinkedInSamples.files)
    #expect(outcome.units.map(\.format) == ["linkedin-csv"] && outcome.units.map(\.root) == [""])
    #expect(outcome.unrecognised.isEmpty && outcome.unread.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.counts("message") == [16, 13, 3])
    #expect(unit.counts("contact") == [7, 5, 2])
    #expect(unit.counts("login") == [5, 3, 2])
    #expect(unit.counts("profile") == [11, 8, 3])
    #expect(unit.counts("declared-link") == [2, 2, 0])
    #expect(unit.counts("file") == [nil, 0, 2])
    #expect(
      unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map(\.key?.value) == ["hilda-moss"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count) \($0.reason.isFault)" }) == [
        "message draft 1 false", "message no-author 1 false", "message empty 1 false",
        "contact no-author 1 false", "contact no-direction 1 true", "login bad-time 1 true",
        "login no-address 1 true", "profile empty 1 false", "profile other-data 1 false",
        "profile masked 1 false", "attachment media 1 false", "file other-data 2 false",
      ])
  }

  /// Accounts come together by the end of their address, however it is written; those without one never do.
  @Test func messages() throws {
    let unit = try LinkedInSamples.unit(LinkedInSamples.files)
    #expect(
      Self.conversations(unit).suffix(6) == [
        "conversation [2-a] \(Self.rex) > \(Self.owner): Hi \"H\",\nfree?",
        "conversation [2-a] \(Self.owner) > \(Self.rex): no",
        "Guild [2-b] (group) linkedin handle zoë-brand > : all well",
        "conversation [2-c] linkedin platform-id LinkedIn Member (2-c) > \(Self.owner): I see you",
        "conversation [2-d] linkedin platform-id LinkedIn Member (2-d) > \(Self.owner): and so do I",
        "Grow [2-e] linkedin platform-id Casey Flint (2-e) > \(Self.owner): Free tour\nHi %FIRSTNAME%,\nsee our & more",
      ])
    let first = try #require(unit.records(.message).first { $0.channel == "conversation [2-a]" })
    #expect(first.time == ObservedTime(microseconds: 1_672_912_800_000_000, zone: .known, precision: .second))
    #expect(first.writtenTime == "2023-01-05 10:00:00 UTC" && first.locator.contains("messages.csv line 2"))
    #expect(
      unit.values(.displayName, of: Self.rex) == [
        " Rex Marsh, PhD user", " Rex Marsh user", " Marsh, Rex PhD user", " Rex user",
      ])
    #expect(unit.values(.displayName, of: "linkedin handle una-pike") == [" Una Pike user"])
    #expect(unit.values(.handle, of: "linkedin handle zoë-brand") == [" zoë-brand platform"])
    let unknown = unit.identifiers.filter { $0.account.contains("LinkedIn Member") }
    #expect(unknown.isEmpty)
    #expect(
      unit.identifiers.filter { $0.account.contains("Casey") }.map { "\($0.kind.rawValue) \($0.value)" } == [
        "display-name Casey Flint", "url https://example.com/tour",
      ])
    #expect(
      unit.accounts.filter { $0.sameAs == nil }.compactMap(\.key).filter { $0.value.contains("LinkedIn") }
        .allSatisfy { $0.scope == .source })
    #expect(unit.notes.contains { $0.hasSuffix("by folder: 1 in ARCHIVE, 1 in SPAM") })
  }

  @Test func network() throws {
    let unit = try LinkedInSamples.unit(LinkedInSamples.files)
    #expect(
      unit.records(.contact).map { "\($0.account == Self.owner) \($0.other): \($0.text) \($0.writtenTime)" }
        == [
          "true \(Self.rex): connection; Keeper; Snails, Ltd 05 Jan 2023",
          "true linkedin handle zoë-brand: connection 14 Nov 2019",
          "true linkedin handle una-pike: connection; Leaf 8 Feb 2024",
          "true \(Self.rex): invitation sent 1/5/24, 10:00 AM",
          "true linkedin handle kit-fen: invitation received 11/16/21, 9:40\u{202F}PM",
        ])
    #expect(
      unit.records(.contact).map(\.time) == [
        ObservedTime(microseconds: 1_672_876_800_000_000, zone: .unknown, precision: .day),
        ObservedTime(microseconds: 1_573_689_600_000_000, zone: .unknown, precision: .day),
        ObservedTime(microseconds: 1_707_350_400_000_000, zone: .unknown, precision: .day),
        ObservedTime(microseconds: 1_704_448_800_000_000, zone: .unknown, precision: .minute),
        ObservedTime(microseconds: 1_637_098_800_000_000, zone: .unknown, precision: .minute),
      ])
    #expect(unit.values(.email, of: Self.rex) == ["connection rex@example.org user"])
    #expect(
      Self.conversations(unit).filter { $0.hasPrefix("invitation") } == [
        "invitation of Kit Fen [kit-fen] linkedin handle kit-fen > \(Self.owner): I know, where you work"
      ])
  }

  @Test func ownAccount() throws {
    let unit = try LinkedInSamples.unit(LinkedInSamples.files)
    let own = unit.identifiers.filter { $0.account == Self.owner }
    #expect(
      Set(own.map { "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion)" }) == [
        "handle  hilda-moss platform", "display-name  Hilda Moss user", "person-name maiden-name Fern user",
        "person-name verified HILDA ANN MOSS platform", "date-of-birth  Oct 18, 1990 user",
        "postal-address  1 Slow Lane, LS1 1AA user", "email  hilda@example.org platform",
        "email  old@example.com claimed", "phone  +44 7700 900101 user", "phone  +44 20 7946 0101 user",
        "phone whatsapp +44 7700 900102 user", "ip account-creation 192.0.2.1 platform",
        "ip  192.0.2.7 platform", "ip  2001:db8::7 platform",
        "user-agent  Mozilla/5.0 (X11; Linux x86_64) platform", "url personal http://hilda.example/a,b user",
        "profile-link portfolio https://github.com/hildamoss user", "url share https://example.com/a user",
      ])
    #expect(
      unit.records(.login).map { "\($0.account == Self.owner) \($0.text)" } == [
        "true 192.0.2.7; Login", "true 2001:db8::7; Login",
        "true security challenge: 198.51.100.4; Mozilla/5.0 (iPhone); Italy; PIN_CHALLENGE",
      ])
    #expect(
      unit.records(.login).map(\.time.microseconds) == [
        1_632_486_941_000_000, 1_630_353_169_000_000, 1_617_618_126_000_000,
      ])
    #expect(unit.records(.login).allSatisfy { $0.time.zone == .known })
    #expect(
      unit.records(.declaredLink).map { "\($0.other) \($0.assertion.map { "\($0)" } ?? "")" } == [
        "x handle hilda_x user", "x handle moss user",
      ])
    let words = unit.records(.profile).map(\.text)
    #expect(words.contains("created from 192.0.2.1"))
    #expect(words.contains("e-mail address; confirmed; primary; updated 12/22/19, 10:06 AM"))
    #expect(words.contains("verified; ID verification; PASSPORT; United Kingdom; Checker"))
    #expect(
      words.contains {
        $0.hasPrefix("Keeper of snails\nSlow,\nand steady\nFarming\nLeeds, England\nbirthday: Oct 18, 1990")
      })
  }

  /// Comments write `\"` for a quote, and double it as well.
  @Test func writing() throws {
    let unit = try LinkedInSamples.unit(LinkedInSamples.files)
    let own = unit.records(.message).filter { $0.channel.hasPrefix("comments") || $0.channel == "posts" }
    #expect(own.allSatisfy { $0.account == Self.owner && $0.other.isEmpty })
    #expect(
      own.map(\.text) == [
        "plain", "I led the \"tea, Earl\" team,\n\nhot", "He said: \"make it so.\"", "they call it \"more\"!",
        "no day",
        "a \"new\" map",
      ])
    #expect(own[0].channel == "comments on https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A1")
    #expect(own[4].time.isNone && own[0].time.zone == .unknown)
    #expect(unit.notes.contains { $0.contains("LinkedIn writes no zone beside") })
    var options = ReaderOptions()
    options.timeZone = "UTC"
    let known = try LinkedInSamples.unit([("Shares.csv", LinkedInSamples.shares)], options: options)
    #expect(known.records(.message).first?.time.zone == .assumed)
  }

  // MARK: Layouts

  /// Before 2023 messages named recipients, connections and invitations people by their names alone.
  @Test func withoutAddresses() throws {
    let unit = try LinkedInSamples.unit([
      (
        "Connections.csv",
        "First Name,Last Name,Email Address,Company,Position,Connected On\nJohn,Smith,,A,,03 Nov 2019\n"
          + "John,Smith,,B,,04 Nov 2019\nTheo,Grant,theo@example.com,,,05 Nov 2019"
      ),
      (
        "Invitations.csv",
        "From,To,Sent At,Message,Direction\nHilda Moss,John Smith,\"3/12/21, 4:05 PM\",,OUTGOING\n"
          + "LinkedIn Member,Hilda Moss,\"3/13/21, 4:05 PM\",,INCOMING\n"
      ),
      (
        "messages.csv",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
          + "2-a,,Rex,https://www.linkedin.com/in/rex-marsh,Hilda Moss,2021-04-02 09:15:00 UTC,,hello,INBOX\n"
          + "2-b,,LinkedIn Member,,Hilda Moss,2021-04-02 09:15:00 UTC,,left,INBOX\n"
          + "2-c,,LinkedIn Member,,\"Hilda Moss, Una\",2021-04-02 09:15:00 UTC,,one of two,INBOX\n"
      ),
    ])
    #expect(
      unit.records(.contact).map(\.other) == [
        "linkedin platform-id John Smith (connected 03 Nov 2019)",
        "linkedin platform-id John Smith (connected 04 Nov 2019)", "linkedin email theo@example.com",
        "linkedin platform-id John Smith (invitation of 3/12/21, 4:05 PM)",
      ])
    #expect(
      Self.conversations(unit) == [
        "conversation [2-a] \(Self.rex) > : hello",
        "conversation [2-b] linkedin platform-id LinkedIn Member (2-b) > : left",
      ])
    #expect(unit.count("recipient")?.setAside == 2 && unit.counts("message") == [3, 2, 1])
    #expect(unit.notes.contains { $0.contains("nothing here says which account's download this is") })
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
  }

  /// Before 2019 messages had a direction, and no conversation.
  @Test func oldMessages() throws {
    let unit = try LinkedInSamples.unit([
      (
        "Messages.csv",
        "From,To,Date,Subject,Content,Direction,Folder\nHilda Moss,Rex Marsh,\"6/19/15, 10:16 AM\",hi,there,OUTGOING,SENT\n"
          + "Rex Marsh,Hilda Moss,\"6/19/15, 12:16 AM\",,yes,INCOMING,INBOX\nLinkedIn Member,Hilda Moss,,,x,INCOMING,INBOX\n"
          + "Rex Marsh,Hilda Moss,,,x,,INBOX\n"
      ),
      (
        "Registration.csv",
        "Registration Date,Registration IP Address,Invited by (First Name),Invited by (Last Name),Subscription Types\n"
          + "\"6/19/15, 10:16 AM\",192.0.2.1,,,\n"
      ),
    ])
    #expect(
      Self.conversations(unit) == [
        "messages with Rex Marsh owner? > linkedin display-name Rex Marsh: hi\nthere",
        "messages with Rex Marsh linkedin display-name Rex Marsh > owner?: yes",
      ])
    #expect(
      unit.records(.message).map(\.time.microseconds) == [1_434_708_960_000_000, 1_434_672_960_000_000])
    #expect(unit.identifiers.map(\.value).contains("192.0.2.1"))
    #expect(unit.setAside.map(\.reason.code).sorted() == ["no-author", "no-direction"])
  }

  /// Every column is quoted since 2026, and names of columns may be in capitals or not.
  @Test func quotedColumns() throws {
    let rows = LinkedInSamples.columns.split(separator: ",").map { "\"\($0.lowercased())\"" }.joined(
      separator: ",")
    let unit = try LinkedInSamples.unit([
      (
        "messages.csv",
        rows + ",\"attachments\"\n\"2-a\",\"\",\"Rex\",\"https://www.linkedin.com/in/rex-marsh\",\"Hilda\","
          + "\"https://www.linkedin.com/in/hilda-moss\",\"2026-03-13 03:18:54 UTC\",\"\",\"one\r\ntwo\",\"INBOX\",\"\"\n"
      )
    ])
    #expect(unit.records(.message).map(\.text) == ["one\r\ntwo"] && unit.setAside.isEmpty)
  }

  /// Remarks may stand above the columns of any file.
  @Test func remarksAboveColumns() throws {
    let unit = try LinkedInSamples.unit([("Logins.csv", "Notes about this file\n\n" + LinkedInSamples.logins)]
    )
    #expect(unit.counts("login") == [4, 2, 2])
    #expect(unit.records(.login).first?.locator.contains("line 4") == true)
    let connections = try LinkedInSamples.unit([("Connections.csv", LinkedInSamples.connections)])
    #expect(connections.counts("contact") == [4, 3, 1])
    #expect(
      connections.setAside.allSatisfy { !$0.reason.isFault }
        && connections.notes.allSatisfy { !$0.contains("cut") })
  }
}
