import AccountModel
import PlatformExports
import TestSupport
import Testing

/// Conversations of more than two in Skype's database of a computer.
@Suite struct SkypeGroupsTests {
  /// Skype numbers chats, disbanded ones, conferences by voice and shared groups apart.
  @Test(arguments: [(1, false), (2, true), (3, true), (4, true), (5, true), (9, false)])
  func whatIsAGroup(type: Int, isGroup: Bool) throws {
    let made = try TestDatabase(
      "main.db",
      """
      CREATE TABLE Accounts (id INTEGER NOT NULL PRIMARY KEY, skypename TEXT);
      CREATE TABLE Contacts (id INTEGER NOT NULL PRIMARY KEY, skypename TEXT);
      CREATE TABLE SMSes (id INTEGER NOT NULL PRIMARY KEY, type INTEGER);
      CREATE TABLE Conversations (id INTEGER NOT NULL PRIMARY KEY, identity TEXT, type INTEGER, displayname TEXT);
      CREATE TABLE Messages (id INTEGER NOT NULL PRIMARY KEY, convo_id INTEGER, author TEXT, timestamp INTEGER,
        type INTEGER, body_xml TEXT);
      INSERT INTO Accounts VALUES (1, 'una.lane');
      INSERT INTO Conversations VALUES (10, 'rex', \(type), 'Snails');
      INSERT INTO Messages VALUES (1, 10, 'rex', 1375219588, 61, 'hello');
      """)
    let unit = try #require(try ReadOutcome(reading: made.url).units.first)
    #expect(unit.format == "skype-database")
    #expect(unit.records(.message).map(\.channel) == ["Snails [rex]" + (isGroup ? " (group)" : "")])
  }
}
