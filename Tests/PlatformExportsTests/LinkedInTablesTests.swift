import PlatformExports
import TestSupport
import Testing

/// What is LinkedIn's of tables, and whose words are whose.
@Suite struct LinkedInTablesTests {
  /// Mail and text messages of other programs have the columns of old messages and invitations.
  @Test(arguments: [
    ("mail.csv", "From,To,Date,Subject,Content,Direction,Folder\na,b,c,d,e,incoming,g\n"),
    ("sms.csv", "From,To,Sent At,Message,Direction\n+447700900101,+447700900102,2024-01-01,hi,incoming\n"),
  ])
  func tablesOfOtherPrograms(_ name: String, _ text: String) throws {
    #expect(try ReadOutcome.reading(text, named: name).units.isEmpty)
  }

  /// The subject of an answer is what the other side wrote.
  @Test func subjectsOfAnswers() throws {
    let unit = try LinkedInSamples.unit([
      (
        "Messages.csv",
        "From,To,Date,Subject,Content,Direction,Folder\nRex,Hilda,\"6/18/15, 10:16 AM\",You will pay,soon,INCOMING,INBOX\n"
          + "Hilda,Rex,\"6/19/15, 10:16 AM\",RE: You will pay,stop,OUTGOING,SENT\n"
      )
    ])
    #expect(unit.records(.message).map(\.text) == ["You will pay\nsoon", "stop"])
  }

  /// The names of several are nobody's, be the others no members or the sender.
  @Test(arguments: ["https://www.linkedin.com/company/snails", "https://www.linkedin.com/in/rex-marsh"])
  func namesOfSeveral(_ beside: String) throws {
    let hilda = "https://www.linkedin.com/in/hilda-moss"
    let unit = try LinkedInSamples.unit([
      (
        "messages.csv",
        LinkedInSamples.columns
          + "\n2-a,,Rex,https://www.linkedin.com/in/rex-marsh,\"X, Hilda\",\"\(beside),\(hilda)\",2023-01-05 10:00:00 UTC,,a,INBOX\n"
      )
    ])
    #expect(unit.values(.displayName, of: LinkedInCSVTests.owner).isEmpty)
    #expect(unit.records(.message).map(\.other) == [LinkedInCSVTests.owner])
  }

  /// Where nothing names the owner, a note speaks of its messages where there are some.
  @Test func unnamedOwner() throws {
    let connections = try LinkedInSamples.unit([("Connections.csv", LinkedInSamples.connections)])
    #expect(connections.notes.contains { $0.contains("which account's download") && !$0.contains("wrote") })
    let rows = LinkedInSamples.messages.split(separator: "\n", omittingEmptySubsequences: false).prefix(3)
    let messages = try LinkedInSamples.unit([("messages.csv", rows.joined(separator: "\n") + "\n")])
    #expect(messages.notes.contains { $0.contains("what it wrote in messages is another account's") })
  }

  /// Before 2023 recipients had no address, and whoever writes wherever an owner is silent is not the owner.
  @Test func silentOwner() throws {
    let rows = [("2-a", "rex"), ("2-a", "una"), ("2-b", "rex"), ("2-b", "kim")].map { id, slug in
      "\(id),,\(slug),https://www.linkedin.com/in/\(slug),\"Hilda, X\",2021-04-02 09:15:00 UTC,,hello,INBOX\n"
    }
    let unit = try LinkedInSamples.unit([
      ("Logins.csv", LinkedInSamples.logins),
      (
        "messages.csv",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
          + rows.joined()
      ),
    ])
    #expect(unit.records(.login).allSatisfy { !$0.account.contains("rex") })
    #expect(unit.notes.contains { $0.contains("nothing here says which account's download this is") })
  }
}
