import AccountModel
import PlatformExports
import Testing

@Suite struct TimeTextTests {
  @Test(arguments: [
    ("2026-01-01", 1_767_225_600_000_000, ZoneKnowledge.unknown, TimePrecision.day),
    ("2026-01-01T10:00", 1_767_261_600_000_000, .unknown, .minute),
    ("2026-01-01 10:00:00", 1_767_261_600_000_000, .unknown, .second),
    ("2026-01-01T10:00:00Z", 1_767_261_600_000_000, .known, .second),
    ("2026-01-01t10:00:00z", 1_767_261_600_000_000, .known, .second),
    (" 2026-01-01 10:00:00 UTC ", 1_767_261_600_000_000, .known, .second),
    ("2026-01-01 10:00:00 Z", 1_767_261_600_000_000, .known, .second),
    ("2026-01-01T10:00:00+01:00", 1_767_258_000_000_000, .known, .second),
    ("2026-01-01T10:00:00-0330", 1_767_274_200_000_000, .known, .second),
    ("2026-01-01T10:00:00+01", 1_767_258_000_000_000, .known, .second),
    ("2026-01-01T10:00:00.5Z", 1_767_261_600_500_000, .known, .millisecond),
    ("2026-01-01T10:00:00,123456789Z", 1_767_261_600_123_456, .known, .microsecond),
    ("2016-12-31T23:59:60Z", 1_483_228_800_000_000, .known, .second),
    ("2000-02-29", 951_782_400_000_000, .unknown, .day),
  ])
  func known(_ text: String, _ micros: Int, _ zone: ZoneKnowledge, _ precision: TimePrecision) {
    #expect(
      TimeText.iso8601(text)
        == ObservedTime(microseconds: Int64(micros), zone: zone, precision: precision))
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-02-29", "1900-02-29", "2026-01-01T", "2026-01-01T24:00",
    "2026-01-01T10:60",
    "2026-01-01T10:00:00.", "2026-01-01T10:00:00+1", "2026-01-01T10:00:00+19:00", "2026-01-01T10:00:00 BST",
    "2026-01-01T10:00:00Zx", "0000-01-01", "２026-01-01", "2026-01-01T10:00:00UTCx",
  ])
  func refused(_ text: String) { #expect(TimeText.iso8601(text) == nil) }
}
