import AccountModel
import PlatformExports
import TestSupport
import Testing

/// Conversations in Skype's database of a computer, and whose it is.
@Suite struct SkypeConversationsTests {
  private static func read(type: Int = 1, _ sql: String = "") throws -> ReadOutcome.Unit {
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
      INSERT INTO Messages VALUES (1, 10, 'rex', 1375219588, 61, 'hello'), (2, 10, 'una.lane', 1375219589, 61, 'hi');
      """ + sql)
    let unit = try #require(try ReadOutcome(reading: made.url).units.first)
    #expect(unit.format == "skype-database")
    return unit
  }

  /// Skype numbers chats, disbanded ones, conferences by voice and shared groups apart.
  @Test(arguments: [(1, false), (2, true), (3, true), (4, true), (5, true), (9, false)])
  func whatIsAGroup(type: Int, isGroup: Bool) throws {
    let name = "Snails [rex]" + (isGroup ? " (group)" : "")
    let unit = try Self.read(type: type)
    #expect(unit.records(.message).map(\.channel) == [name, name])
    #expect(unit.notes.isEmpty)
  }

  /// Without its name the owner is one of those who wrote, and nothing says which.
  @Test func anOwnerWithoutANameIsNoted() throws {
    let unit = try Self.read("DELETE FROM Accounts;")
    #expect(unit.records(.message).map(\.account) == ["skype handle rex", "skype handle una.lane"])
    #expect(unit.notes.count == 1 && unit.notes[0].hasPrefix("no account says whose database it is"))
  }
}
