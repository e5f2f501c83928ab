import AccountModel
import Foundation
import Identifiers
import Testing

@Suite struct EmbeddedTimeTests {
  private func microseconds(_ text: String) throws -> Int64 {
    let seconds = try Date.ISO8601FormatStyle().parse(String(text.prefix(19)) + "Z").timeIntervalSince1970
    let fraction = text.dropFirst(20).prefix { $0 != "Z" }
    return Int64(seconds) * 1_000_000 + (Int64(fraction) ?? 0) * (fraction.count == 3 ? 1_000 : 1)
  }

  @Test(arguments: [
    ("1541815603606036480", EmbeddedTime.Scheme.xSnowflake, "2022-06-28T16:07:40.105Z"),
    ("175928847299117063", .discordSnowflake, "2016-04-30T11:18:25.796Z"),
    ("530805779645595660", .discordSnowflake, "2019-01-04T17:52:39.762Z"),
    ("1064990824305274930", .discordSnowflake, "2023-01-17T19:33:19.087Z"),
    ("2384288897814875714", .instagramID, "2020-08-26T13:43:27.313Z"),
    ("ybyPRoQWzX", .instagramShortcode, "2015-01-29T10:15:13.321Z"),
    ("7400000000000000001", .tiktokID, "2024-08-06T12:19:23Z"),
    ("109744721228760114", .mastodonID, "2023-01-24T14:45:51.952Z"),
    // RFC 9562, appendix A; ULID and KSUID from their specifications; ObjectId from MongoDB's manual.
    ("C232AB00-9414-11EC-B3C8-9F6BDECED846", .uuid, "2022-02-22T19:22:22.000Z"),
    ("1EC9414C-232A-6B00-B3C8-9F6BDECED846", .uuid, "2022-02-22T19:22:22.000Z"),
    ("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", .uuid, "2022-02-22T19:22:22.000Z"),
    ("01ARZ3NDEKTSV4RRFFQ69G5FAV", .ulid, "2016-07-30T23:54:10.259Z"),
    ("0ujtsYcgvSTl8PAuAdqWYSMnLOv", .ksuid, "2017-10-10T04:00:47Z"),
    ("507f1f77bcf86cd799439011", .objectID, "2012-10-17T21:13:27Z"),
  ])
  func vectors(id: String, scheme: EmbeddedTime.Scheme, expected: String) throws {
    let time = try #require(EmbeddedTime.time(in: id, scheme: scheme))
    #expect(time.microseconds == (try microseconds(expected)))
    #expect(time.zone == .known)
  }

  @Test func recordKey() throws {
    let time = try #require(EmbeddedTime.time(in: "3jzfcijpj2z2a", scheme: .blueskyTID))
    #expect(time.microseconds / 1_000 == (try microseconds("2023-06-30T15:03:01.887Z")) / 1_000)
    #expect(time.precision == .microsecond)
  }

  @Test func shortcodes() {
    #expect(EmbeddedTime.instagramID(ofShortcode: "ybyPRoQWzX") == 908_540_701_891_980_503)
    #expect(EmbeddedTime.instagramID(ofShortcode: "C8q-L2XJPeC") == 3_398_802_361_972_750_210)
    #expect(EmbeddedTime.instagramID(ofShortcode: "C8q-L2XJPeCprivatesuffix") == 3_398_802_361_972_750_210)
    #expect(EmbeddedTime.instagramID(ofShortcode: "___________") == nil)
    #expect(EmbeddedTime.instagramID(ofShortcode: "a/b+c") == nil)
  }

  @Test func threadIndex() throws {
    // FILETIME 0x01D9A0000000 << 16, and sixteen bytes that name the conversation.
    let header = Data([0x01, 0xD9, 0xA0, 0x00, 0x00, 0x00] + [UInt8](repeating: 7, count: 16))
      .base64EncodedString()
    let time = try #require(EmbeddedTime.time(in: header, scheme: .threadIndex))
    let ticks: Int64 = 0x01D9_A000_0000 << 16
    #expect(time.microseconds == (ticks - 116_444_736_000_000_000) / 10)
    #expect(EmbeddedTime.time(in: String(header.prefix(20)), scheme: .threadIndex) == nil)
  }

  /// A message whose time was edited by hand, and one that was presented as of another year.
  @Test func editedTimesDisagree() throws {
    func written(_ text: String) throws -> ObservedTime {
      ObservedTime(microseconds: try microseconds(text), zone: .known, precision: .millisecond)
    }
    let edited = try written("2018-05-20T12:00:00.000Z")
    #expect(EmbeddedTime.agrees("459136077417021488", scheme: .discordSnowflake, with: edited) == false)
    let own = try #require(EmbeddedTime.time(in: "459136077417021488", scheme: .discordSnowflake))
    #expect(own.microseconds / 86_400_000_000 == (try microseconds("2018-06-20T00:00:00Z")) / 86_400_000_000)
    let asOf2023 = try written("2023-01-04T17:52:39.762Z")
    #expect(EmbeddedTime.agrees("530805779645595660", scheme: .discordSnowflake, with: asOf2023) == false)
    let honest = try written("2019-01-04T17:52:39.762Z")
    #expect(EmbeddedTime.agrees("530805779645595660", scheme: .discordSnowflake, with: honest) == true)
    let minute = ObservedTime(
      microseconds: try microseconds("2019-01-04T17:52:00Z"), zone: .known, precision: .minute)
    #expect(EmbeddedTime.agrees("530805779645595660", scheme: .discordSnowflake, with: minute) == true)
    #expect(EmbeddedTime.agrees("530805779645595660", scheme: .discordSnowflake, with: .none) == nil)
  }

  @Test func oldAndForeignIdsHaveNoTime() {
    #expect(EmbeddedTime.time(in: "12345678", scheme: .xSnowflake) == nil)
    #expect(EmbeddedTime.time(in: "99999999999999999999999", scheme: .xSnowflake) == nil)
    #expect(
      EmbeddedTime.time(in: "550e8400-e29b-41d4-a716-446655440000", scheme: .uuid) == nil,
      "version 4 is random")
    #expect(EmbeddedTime.time(in: "81ARZ3NDEKTSV4RRFFQ69G5FAV", scheme: .ulid) == nil)
    for scheme in EmbeddedTime.Scheme.allCases {
      #expect(EmbeddedTime.time(in: "", scheme: scheme) == nil)
      #expect(EmbeddedTime.time(in: "é\u{0}", scheme: scheme) == nil)
    }
  }
}
