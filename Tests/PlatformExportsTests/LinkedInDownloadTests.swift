import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Whose a download of LinkedIn's is, of what parts it may be, and what is none.
@Suite struct LinkedInDownloadTests {
  // MARK: The owner

  private static func message(_ id: String, _ from: String, _ to: String, name: String = "X") -> String {
    "\(id),,\(name),https://www.linkedin.com/in/\(from),Y,"
      + (to.isEmpty ? "" : "https://www.linkedin.com/in/\(to)") + ",2023-01-05 10:00:00 UTC,,hello,INBOX\n"
  }

  private static func owners(_ messages: String, name: String? = nil) throws -> [String?] {
    var files = [("messages.csv", LinkedInSamples.columns + "\n" + messages)]
    if let name {
      files.append(("Profile.csv", "First Name,Last Name,Headline,Summary,Industry\n\(name),,,,Farming\n"))
    }
    let unit = try LinkedInSamples.unit(files)
    #expect(unit.notes.contains { $0.contains("whose download") || $0.contains("which account's download") })
    return unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map(\.key?.value)
  }

  @Test func ownerFromMessages() throws {
    // In all conversations, with different others.
    let two = Self.message("a", "rex", "hilda") + Self.message("b", "una", "hilda")
    #expect(try Self.owners(two) == ["hilda"])
    #expect(try Self.owners(two, name: "Hilda") == ["hilda"])
    // One conversation has two sides, and of two with the same other nothing tells more.
    #expect(try Self.owners(Self.message("a", "rex", "hilda")) == [])
    #expect(try Self.owners(Self.message("a", "rex", "hilda") + Self.message("b", "hilda", "rex")) == [])
    // Somebody who writes twice to an owner whose address is not given is not the owner.
    #expect(try Self.owners(Self.message("a", "rex", "") + Self.message("b", "rex", "")) == [])
    #expect(
      try Self.owners(
        Self.message("a", "rex", "", name: "Hilda") + Self.message("b", "rex", "", name: "Hilda"),
        name: "Hilda") == [nil])
    // Under another name than the profile's it is not the owner either.
    let renamed = Self.message("a", "rex", "una", name: "Rex") + Self.message("b", "rex", "kim", name: "Rex")
    #expect(try Self.owners(renamed, name: "Hilda") == [nil])
    // By its name, where it does not stand in all.
    let named =
      Self.message("a", "hilda", "", name: "Hilda") + Self.message("a", "rex", "")
      + Self.message("b", "hilda", "", name: "Hilda")
      + Self.message("b", "una", "") + Self.message("c", "kim", "")
    #expect(try Self.owners(named, name: "Hilda") == ["hilda"])
    #expect(try Self.owners(named) == [])
    #expect(try Self.owners(named + Self.message("d", "fake", "", name: "Hilda"), name: "Hilda") == [nil])
  }

  @Test func ownerFromDrafts() throws {
    let row =
      "a,,H,https://www.linkedin.com/in/hilda,R,https://www.linkedin.com/in/rex,2023-01-05 10:00:00 UTC,,x,INBOX"
    let unit = try LinkedInSamples.unit([
      ("Logins.csv", LinkedInSamples.logins),
      ("messages.csv", LinkedInSamples.columns + ",IS MESSAGE DRAFT\n\(row),No\n\(row),yes\n"),
    ])
    #expect(unit.records(.login).map(\.account) == ["linkedin handle hilda", "linkedin handle hilda"])
    #expect(unit.notes.contains { $0.contains("the owner is taken to be hilda, who wrote the drafts") })
  }

  // MARK: Parts

  /// A first part comes in minutes and a whole download a day later: what both hold counts once.
  @Test func firstPartAndWhole() throws {
    let first = LinkedInSamples.files.filter { $0.0.contains("s.csv") || $0.0.contains("Registration") }
    let scratch = try ScratchFolder()
    for (path, text) in LinkedInSamples.files {
      _ = try scratch.write(text, to: "x/Complete_LinkedInDataExport_03-10-2026/\(path)")
    }
    for (path, text) in first {
      _ = try scratch.write(text, to: "x/Basic_LinkedInDataExport_03-09-2026/\(path)")
    }
    let outcome = try ReadOutcome(reading: scratch.url)
    #expect(outcome.units.map(\.root) == ["x"])
    let both = try #require(outcome.units.first)
    let whole = try LinkedInSamples.unit(LinkedInSamples.files)
    #expect(both.reconciliation.allSatisfy { $0.agrees }, "\(both.reconciliation)")
    func records(_ unit: ReadOutcome.Unit) -> [String] {
      unit.records.map { "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)" }
        .sorted()
    }
    #expect(records(both) == records(whole))
    #expect(
      Set(both.setAside.filter { $0.reason.code == "duplicate" }.map(\.unit)) == [
        "message", "contact", "login", "profile",
      ])
    // A second copy in one folder.
    let copy = try LinkedInSamples.unit(
      LinkedInSamples.files + [("messages (1).csv", LinkedInSamples.messages)])
    #expect(records(copy) == records(whole))
    // What somebody wrote twice stays.
    let line = LinkedInSamples.messages.split(separator: "\n", omittingEmptySubsequences: false)
    let again = LinkedInSamples.messages + line[3] + "\n"
    #expect(try LinkedInSamples.unit([("messages.csv", again)]).records(.message).count == 7)
  }

  @Test func downloadsOfTwoMembers() throws {
    let other = LinkedInSamples.invitations.replacing("hilda-moss", with: "una-pike")
    #expect(throws: ExportRefusal.self) {
      try LinkedInSamples.read([
        ("Invitations.csv", LinkedInSamples.invitations), ("Invitations (1).csv", other),
      ])
    }
    let scratch = try ScratchFolder()
    _ = try scratch.write(
      LinkedInSamples.emails, to: "Basic_LinkedInDataExport_01-01-2026/Email Addresses.csv")
    _ = try scratch.write(
      LinkedInSamples.emails.replacing("hilda@", with: "una@"),
      to: "Complete_LinkedInDataExport_01-02-2026/Email Addresses.csv")
    let refusal = try #require(throws: ExportRefusal.self) { try ReadOutcome(reading: scratch.url) }
    #expect(refusal.code == "two-downloads")
    // In folders of other names they are two.
    let plain = try ScratchFolder()
    _ = try plain.write(LinkedInSamples.emails, to: "a/Email Addresses.csv")
    _ = try plain.write(LinkedInSamples.emails, to: "b/Email Addresses.csv")
    #expect(try ReadOutcome(reading: plain.url).units.map(\.root) == ["a", "b"])
    // A table of profiles is no profile.
    let list = try LinkedInSamples.unit([
      ("Profile.csv", "First Name,Last Name,Headline,Summary,Industry\nRex,M,,,\nUna,P,,,\n")
    ])
    #expect(
      list.setAside.map(\.reason.code) == ["list-of-accounts"] && list.reconciliation.allSatisfy { $0.agrees }
    )
  }

  // MARK: What is none of it, and damage

  @Test(arguments: [
    ("logins.csv", "User Email,User Name,Login Date,IP Address,Browser,OS,Device\na,b,c,d,e,f,g\n"),
    ("signins.csv", "Login Date,IP Address,User Agent,Login Type\n2024-01-01,192.0.2.1,x,y\n"),
    ("connections.csv", "First Name,Last Name,Company,Connected On\na,b,c,05 Jan 2023\n"),
    (
      "people.csv",
      "First Name,Last Name,URL,Email Address,Company,Position,Connected On,Owner\na,b,c,d,e,f,g,h\n"
    ),
    ("comments.csv", "Date,Link,Message,Author\n1,2,3,4\n"), ("notes.csv", "Date,Link,Message\n1,2,3\n"),
    ("phonenumbers.csv", "Extension,Number,Type,Name\n1,2,3,4\n"),
    ("numbers.csv", "Extension,Number,Type\n1,2,3\n"),
    ("registration.csv", "UserID,Registered At\n1,2\n"), ("skills.csv", "Name\nknitting\n"),
    ("profile.csv", "First Name,Last Name,Email\na,b,c\n"),
    ("mail.csv", "From,To,Date,Subject,Content\n1,2,3,4,5\n"),
    ("invitations.csv", "From,To,Sent At,Message\n1,2,3,4\n"),
    ("messages.csv", "conversation_id,from,to,date,content\n1,2,3,4,5\n"),
    ("votes.csv", "Date,Link,Vote\n1,2,3\n"),
  ])
  func tablesOfOtherPrograms(_ name: String, _ text: String) throws {
    #expect(try ReadOutcome.reading(text, named: name).units.isEmpty)
  }

  @Test func mappingIsSurer() throws {
    var options = ReaderOptions()
    options.mappings = [
      try TableMapping(
        toml: """
          version = 1
          platform = "linkedin"
          [account]
          column = "Email Address"
          kind = "email"
          scope = "platform"
          [record]
          class = "profile"
          """)
    ]
    let outcome = try ReadOutcome.reading(
      LinkedInSamples.connections, named: "Connections.csv", options: options)
    #expect(outcome.units.map(\.format) == ["table"])
  }

  @Test(arguments: LinkedInSamples.files.filter { !$0.0.hasPrefix("guide") && !$0.0.hasPrefix("Reactions") })
  func truncation(_ path: String, _ text: String) throws {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    try Truncation.check(Array(text.utf8), named: name, mayCutText: true)
  }

  @Test(arguments: [
    "2-a,,Rex,https://www.linkedin.com/in/rex,H,,2023-01-05 10:00:00 UTC,,\"never closed,INBOX\n", "2-a,x\n",
    "2-a,,Rex,https://www.linkedin.com/in/rex,H,,2023-01-05 10:00:00 UTC,,\"a\"b,INBOX\n",
    "2-a,,Rex,https://www.linkedin.com/in/rex,H,,2023-01-05 10:00:00 UTC,,b,INBOX,more\n",
  ])
  func hostile(_ row: String) throws {
    let unit = try LinkedInSamples.unit([("messages.csv", LinkedInSamples.columns + "\n" + row)])
    #expect(unit.records.isEmpty && unit.setAside.contains { $0.unit == "message" && $0.reason.isFault })
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
  }

  @Test(arguments: [
    "https://www.linkedin.com/in/", "https://www.linkedin.com/company/snails", "https://example.com/in/rex",
    "rex", "%%%",
    "https://www.linkedin.com/in/%FF%FE", "https://www.linkedin.com/in/me",
  ])
  func addressesOfNobody(_ address: String) throws {
    let unit = try LinkedInSamples.unit([
      (
        "messages.csv",
        LinkedInSamples.columns + "\n2-a,,Rex,\(address),H,\(address),2023-13-05 10:00:00 UTC,,b,INBOX\n"
      )
    ])
    let message = try #require(unit.records(.message).first)
    #expect(message.time.isNone && message.other.isEmpty)
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code)" }.contains("time bad-time"))
    #expect(!message.account.contains("linkedin handle") || address.contains("%FF"))
  }

  /// A backslash that somebody typed before a doubled quote stays, and both counts see the same rows.
  @Test(arguments: [
    (#"a \"b\" c"#, #"a "b" c"#), (#"a ""b"" c"#, #"a "b" c"#), (#"a \""b"" c"#, #"a \"b" c"#),
    (#"ends \""#, #"ends ""#),
    (#"dir\\"#, #"dir\\"#), (#"\"\"\""#, "\"\"\""), ("", ""),
  ])
  func quotes(_ written: String, _ meant: String) throws {
    let row = "2026-01-05 10:00:00,x,\"\(written)\"\n"
    let unit = try LinkedInSamples.unit([
      ("Comments.csv", "Date,Link,Message\n\(row)2026-01-06 10:00:00,x,\"next, row\"\n")
    ])
    #expect(unit.records(.message).map(\.text) == [meant, "next, row"].filter { !$0.isEmpty }, "\(written)")
    #expect(unit.counts("message").first == 2 && unit.reconciliation.allSatisfy { $0.agrees })
  }
}
