import AccountModel
import PlatformExports
import TestSupport
import Testing

/// Who bears a nick that several bore.
@Suite struct IRCNicksTests {
  private static func reading(_ lines: [String]) throws -> ReadOutcome.Unit {
    let log = lines.enumerated().map { "[10:\($0.offset < 10 ? "0" : "")\($0.offset):00] \($0.element)\n" }
      .joined()
    return try #require(ReadOutcome.reading(log, named: "2024-01-31.log").units.first)
  }

  private static func said(_ unit: ReadOutcome.Unit) -> [String] {
    unit.records(.message).map {
      "\($0.account.split(separator: " ").dropFirst(2).joined(separator: " ")): \($0.text)"
    }
  }

  private static func links(_ unit: ReadOutcome.Unit) -> [String] {
    unit.records(.declaredLink).map { record in
      [record.account, record.other].map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") }
        .joined(separator: " = ")
    }
  }

  /// Whoever takes the nick of somebody who is away is not them.
  @Test func aNickThatAnotherTakes() throws {
    let unit = try Self.reading([
      "*** Joins: rex (~r@192.0.2.7)", "<rex> mine", "*** Quits: rex (~r@192.0.2.7) (bye)",
      "*** Joins: una (~u@192.0.2.8)", "<una> hello", "*** una is now known as rex", "<rex> not mine",
      "*** Quits: rex (~u@192.0.2.8) (bye)", "*** Joins: rex (~r@192.0.2.7)", "<rex> mine again",
      "*** Quits: rex (~r@192.0.2.7) (bye)", "*** Joins: rex (~x@192.0.2.9)", "<rex> whose",
      "*** Quits: rex (~x@192.0.2.9) (bye)", "*** Joins: rex (~u@192.0.2.8)", "<rex> una's",
    ])
    #expect(
      Self.said(unit) == [
        "rex: mine", "una: hello", "rex (line 6): not mine", "rex: mine again", "rex (line 12): whose",
        "rex (line 6): una's",
      ])
    #expect(Self.links(unit) == ["una = rex (line 6)"])
    #expect(unit.notes.contains { $0.hasPrefix("1 nick was borne by several") })
    #expect(
      unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == ["rex", "una", "rex", "rex"])
  }

  /// People who leave, join again, and come back to a nick of their own are one.
  @Test func aNickThatItsBearerTakesUpAgain() throws {
    let unit = try Self.reading([
      "*** Joins: rex (~r@192.0.2.7)", "<rex> one", "*** rex is now known as Slug", "<slug> two",
      "*** slug is now known as REX", "<rex> three", "*** Parts: rex (~r@192.0.2.7) (x)",
      "*** Joins: rex (~r@192.0.2.77)", "<Rex> four", "*** rex is now known as Rex",
    ])
    #expect(Self.said(unit) == ["rex: one", "Slug: two", "rex: three", "rex: four"])
    #expect(Self.links(unit) == ["rex = Slug", "Slug = rex"])
    #expect(unit.notes.allSatisfy { !$0.contains("borne by several") })
  }

  /// Who appears under a nick while the session that bore it goes on is another session.
  @Test func aNickThatIsTakenBehindItsBearersBack() throws {
    let unit = try Self.reading([
      "<rex> one", "*** rex is now known as slug", "<rex> who", "<rex> is it", "<slug> me",
      "*** slug is now known as rex",
      "<rex> back",
    ])
    #expect(
      Self.said(unit) == ["rex: one", "rex (line 3): who", "rex (line 3): is it", "slug: me", "rex: back"])
    #expect(Self.links(unit) == ["rex = slug", "slug = rex"])
  }

  /// At midnight nobody leaves: irssi writes a line.
  @Test func aNickThatIsTakenOnTheNextDay() throws {
    let log = """
      --- Log opened Mon Jan 01 20:00:00 2024
      23:50 < rex> one
      23:51 -!- rex is now known as slug
      --- Day changed Tue Jan 02 2024
      00:10 -!- rex [~x@192.0.2.9] has joined #snails
      00:11 < rex> who
      00:12 < slug> me

      """
    let unit = try #require(ReadOutcome.reading(log, named: "snails.log").units.first)
    #expect(Self.said(unit) == ["rex: one", "rex (line 5): who", "slug: me"])
    #expect(Self.links(unit) == ["rex = slug"])
  }

  /// ZNC begins another file, and where the one of a day is missing nothing tells who went on.
  @Test(arguments: [("2024-01-02", true), ("2024-01-09", false)])
  func aNickThatIsTakenInTheNextFile(day: String, isAnothers: Bool) throws {
    let folder = try ScratchFolder()
    _ = try folder.write(
      "[23:50:00] <rex> one\n[23:51:00] *** rex is now known as slug\n", to: "libera/#snails/2024-01-01.log")
    _ = try folder.write(
      "[00:10:00] *** Joins: rex (~x@192.0.2.9)\n[00:11:00] <rex> who\n[00:12:00] <slug> me\n",
      to: "libera/#snails/\(day).log")
    let unit = try #require(ReadOutcome(reading: folder.url).units.first)
    let said = Self.said(unit)
    #expect(said.count == 3 && said.contains("rex: who") != isAnothers, "\(said)")
  }

  @Test func whoeverReadsTwiceReadsTheSame() throws {
    let lines = (0..<59).map { "*** n\($0 % 7) is now known as n\($0 % 5)" }
    #expect(try Self.reading(lines).records == Self.reading(lines).records)
  }
}
