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
}
