import AccountModel
import PlatformExports
import Testing

/// Times as JSON exports write them, through the readers that meet them.
@Suite struct ExportTimeTests {
  @Test(arguments: [
    ("2023-04-02T08:00:00.000Z", 1_680_422_400_000_000, TimePrecision.millisecond),
    ("2023-04-02T08:00:00Z", 1_680_422_400_000_000, .second),
    ("2023-04-02 08:00:00 UTC", 1_680_422_400_000_000, .second),
    ("2023-04-02T09:00:00+01:00", 1_680_422_400_000_000, .second),
    ("2023-04-02T03:30:00.123456-0430", 1_680_422_400_123_456, .microsecond),
    ("2023-04-02T08:00:00.1234567890Z", 1_680_422_400_123_456, .microsecond),
    ("2023-04-02T08:00Z", 1_680_422_400_000_000, .minute),
    ("2016-12-31T23:59:60Z", 1_483_228_800_000_000, .second),
    ("2024-02-29T00:00:00Z", 1_709_164_800_000_000, .second),
    ("1970-01-01T00:00:00Z", 0, .second),
    ("2038-01-19T03:14:08Z", 2_147_483_648_000_000, .second),
    ("Sun Apr 02 08:04:52 +0000 2023", 1_680_422_692_000_000, .second),
    ("Sun Apr 02 09:04:52 +0100 2023", 1_680_422_692_000_000, .second),
  ])
  func zoned(_ written: String, _ microseconds: Int64, _ precision: TimePrecision) throws {
    let unit = try #require(try Self.login(written))
    #expect(
      unit.records(.login).map(\.time) == [
        ObservedTime(microseconds: microseconds, zone: .known, precision: precision)
      ])
    #expect(unit.records(.login).map(\.writtenTime) == [written])
  }

  @Test(arguments: [
    "", "2023-04-02T08:00:00", "2023-04-02", "2023-02-30T08:00:00Z", "2023-13-01T08:00:00Z",
    "2023-00-01T08:00:00Z", "2023-04-02T24:00:00Z", "2023-04-02T08:60:00Z", "2023-04-02T08:00:61Z",
    "2023-04-02T08:00:00.Z", "2023-04-02T08:00:00Zx", "2023-04-02T08:00:00+25:00", "1969-12-31T23:59:59Z",
    "2100-01-01T00:00:01Z", "9999-12-31T23:59:59Z", "2023-4-2T08:00:00Z", "Sun Abc 02 08:04:52 +0000 2023",
    "Sun Apr 31 08:04:52 +0000 2023", "Sun Apr 02 08:04:52 +0000 20233", "bad-date",
  ])
  func refused(_ written: String) throws {
    let unit = try #require(try Self.login(written))
    #expect(unit.records(.login).isEmpty)
    #expect(unit.setAside.map(\.reason) == [.badTime])
  }

  /// Local times keep the wall clock unless the person who imports says which zone it showed.
  @Test(arguments: [
    ("2022-06-01T12:00:00", 1_654_081_200_000_000), ("2022-12-01T12:00:00", 1_669_896_000_000_000),
  ])
  func assumedZone(_ written: String, _ microseconds: Int64) throws {
    let text =
      #"{"name":"c","type":"personal_chat","id":1,"messages":[{"type":"message","date":"\#(written)","from":"A","text":"x"}]}"#
    var options = ReaderOptions()
    let plain = try #require(try ReadOutcome.reading(text, named: "r.json").units.first?.records.first)
    #expect(plain.time.zone == .unknown)
    options.timeZone = "Europe/London"
    let time = try #require(
      ReadOutcome.reading(text, named: "r.json", options: options).units.first?.records.first
    ).time
    #expect(time == ObservedTime(microseconds: microseconds, zone: .assumed, precision: .second))
  }

  /// The system takes BST for the time of Dhaka: twelve o'clock in London would be six in the morning.
  @Test(arguments: ["BST", "IST", "EST", "CST", "AST", "GB", "Nowhere/Place", "Nowhere", "bst", "GMTX"])
  func abbreviationsAreNoZones(_ name: String) throws {
    #expect(!ZonedClock.isZone(name))
    var options = ReaderOptions()
    options.timeZone = name
    let refusal = #expect(throws: ExportRefusal.self) { try ZonedClock.make(options) }
    #expect(refusal?.code == "unknown-time-zone")
    #expect(throws: TableMappingError.self) {
      try TableMapping(toml: TableMapping.example.replacing("\"UTC\"", with: "\"\(name)\""))
    }
  }

  @Test(arguments: [
    "Europe/London", "America/Argentina/Buenos_Aires", "Etc/GMT+1", "UTC", "GMT", "GMT+1", "UTC-5",
    "Singapore", "Japan",
  ])
  func namesOfZones(_ name: String) { #expect(ZonedClock.isZone(name)) }

  /// In the night when the clock changes a wall time comes twice or never: it keeps no zone.
  @Test(arguments: ["2022-10-30T01:30:00", "2022-03-27T01:30:00"])
  func undecided(_ written: String) throws {
    var options = ReaderOptions()
    options.timeZone = "Europe/London"
    let text =
      #"{"name":"c","type":"personal_chat","id":1,"messages":[{"type":"message","date":"\#(written)","from":"A","text":"x"}]}"#
    let unit = try #require(try ReadOutcome.reading(text, named: "r.json", options: options).units.first)
    #expect(unit.records.map(\.time.zone) == [.unknown])
    #expect(unit.notes.contains { $0.contains("clock") })
  }

  static func login(_ written: String) throws -> ReadOutcome.Unit? {
    let text =
      #"window.YTD.ip_audit.part0 = [{"ipAudit":{"accountId":"1","createdAt":"\#(written)","loginIp":"192.0.2.1"}}]"#
    return try ReadOutcome.reading(text, named: "ip-audit.js").units.first
  }
}
