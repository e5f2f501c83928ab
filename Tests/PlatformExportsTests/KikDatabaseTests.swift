import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Kik's database of an iPhone.
@Suite struct KikDatabaseTests {
  private static let schema = """
    CREATE TABLE ZKIKMESSAGE (Z_PK INTEGER PRIMARY KEY, ZTYPE INTEGER, ZUSER INTEGER, ZTIMESTAMP TIMESTAMP,
      ZBODY VARCHAR);
    CREATE TABLE ZKIKUSER (Z_PK INTEGER PRIMARY KEY, ZDISPLAYNAME VARCHAR, ZJID VARCHAR, ZUSERNAME VARCHAR);
    CREATE TABLE ZKIKCHAT (Z_PK INTEGER PRIMARY KEY, ZUSER INTEGER);
    CREATE TABLE Z_3MESSAGES (Z_3CHAT INTEGER, Z_5MESSAGES INTEGER, PRIMARY KEY (Z_3CHAT, Z_5MESSAGES));
    CREATE TABLE ZKIKATTACHMENT (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZCONTENT VARCHAR);
    INSERT INTO ZKIKUSER VALUES (1, 'Rex', 'rex_abc@talk.kik.com', 'rex'), (2, 'Una', 'una.x_q1w@talk.kik.com', ''),
      (3, 'Snails', '1100000000001_g@groups.kik.com', ''), (4, 'Nobody', '', NULL);
    INSERT INTO ZKIKCHAT VALUES (1, 1), (2, 3);
    """

  @Test func messagesHaveTheirSidesAndConversations() throws {
    let made = try TestDatabase("kik.sqlite", Self.schema)
    let time = "721692800.1919999"
    try made.run(
      """
      INSERT INTO ZKIKMESSAGE VALUES (1, 1, 1, \(time), 'hello'), (2, 2, 1, 721692801, 'hi'), (3, 1, 2, \(time), 'all'),
        (4, 2, 3, \(time), 'to all'), (5, 3, 3, \(time), 'You have added Rex'), (6, 1, 1, \(time), 'content-1'),
        (7, 1, 9, \(time), 'who'), (8, 1, 1, 'now', 'when'), (9, 7, 1, \(time), 'what'), (10, 1, 1, 1e300, 'never');
      INSERT INTO Z_3MESSAGES VALUES (1, 1), (1, 2), (2, 3), (2, 4), (1, 6);
      INSERT INTO ZKIKATTACHMENT VALUES (1, 6, 'content-1');
      """)
    let unit = try #require(try ReadOutcome(reading: made.url).units.first)
    #expect(unit.format == "kik-database")
    #expect(unit.records.map(\.text) == ["hello", "hi", "all", "to all", ""])
    #expect(
      unit.records.map(\.account) == [
        "kik handle rex", "owner?", "kik handle una.x_q1w@talk.kik.com", "owner?", "kik handle rex",
      ])
    let group = "Snails (1100000000001_g@groups.kik.com) (group)"
    #expect(unit.records.map(\.channel) == ["rex", "rex", group, group, "rex"])
    #expect(
      unit.records.first?.time
        == ObservedTime(microseconds: 1_700_000_000_192_000, zone: .known, precision: .millisecond))
    #expect(unit.tally("message") == [10, 5, 5])
    let reasons = unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }
    #expect(
      Set(reasons) == [
        "message system 1", "message no-author 1", "message bad-time 2", "message malformed 1",
        "media media 1",
        "user no-author 1",
      ])
    #expect(unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == ["Rex", "Una"])
  }

  /// Kik gives the same words for all whose names it hides; taken for a name, they made one account of all of them.
  @Test func membersWhoseNamesAreHiddenStayApart() throws {
    let made = try TestDatabase("kik.sqlite", Self.schema)
    let (one, other) = (String(repeating: "q", count: 52), String(repeating: "z", count: 52))
    try made.run(
      """
      INSERT INTO ZKIKUSER VALUES (5, 'Ann', '\(one)_a@talk.kik.com', 'Username unavailable'),
        (6, 'Ben', '\(other)_b@talk.kik.com', 'Username unavailable'), (7, 'Cy', NULL, 'Username unavailable');
      INSERT INTO ZKIKMESSAGE VALUES (1, 1, 5, 721692800, 'by one'), (2, 1, 6, 721692801, 'by another'),
        (3, 1, 7, 721692802, 'by nobody');
      """)
    let unit = try #require(try ReadOutcome(reading: made.url).units.first)
    #expect(
      unit.records.map(\.account) == [
        "kik platform-id \(one)_a@talk.kik.com", "kik platform-id \(other)_b@talk.kik.com",
      ])
    #expect(unit.tally("message") == [3, 2, 1])
    #expect(!unit.identifiers.contains { $0.value.contains("unavailable") })
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func aRealDatabase() throws {
    let unit = try #require(
      try ReadOutcome(reading: SharedMaterial.export("kik/plaso/kik.sqlite")).units.first)
    #expect(unit.tally("message") == [60, 55, 5])
    // 25 rows, of which one is a group, and the owner.
    #expect(unit.accounts.count == 25)
    #expect(unit.records.count { $0.account == "owner?" } == 24)
    #expect(unit.records.allSatisfy { !$0.channel.isEmpty })
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault })
  }
}
