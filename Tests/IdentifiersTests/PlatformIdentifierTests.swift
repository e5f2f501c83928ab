import AccountModel
import Identifiers
import Testing

@Suite struct PlatformIdentifierTests {
  @Test(arguments: [
    ("1541815603606036480", "x", "1541815603606036480"), ("00123456", "x", "123456"),
    ("T2_AbC9", "reddit", "t2_abc9"),
    ("abc9z", "reddit", "t2_abc9z"), ("user123456", "telegram", "123456"),
    ("channel123456", "telegram", "channel123456"),
    ("DID:PLC:abc234", "bluesky", "did:plc:abc234"),
    ("at://did:plc:abc234/app.bsky.feed.post/1", "bluesky", "did:plc:abc234"),
    ("https://Social.Example/users/hilda", "mastodon", "https://social.example/users/hilda"),
    ("UCabcdefghijklmnopqrstuv", "youtube", "UCabcdefghijklmnopqrstuv"),
    ("8:live:.cid.0123abcd", "skype", "live:.cid.0123abcd"),
    ("123456789.0", "facebook", "123456789"),
    ("6D92078A-8246-4BA4-AE5B-76104861E7DC", "signal", "6d92078a-8246-4ba4-ae5b-76104861e7dc"),
    ("MS4wLjABCdef", "tiktok", "MS4wLjABCdef"),
    ("english.stackexchange.com/users/12", "stackexchange", "english.stackexchange.com/users/12"),
    (" stackexchange.com/users/12", "stackexchange", "stackexchange.com/users/12"),
  ])
  func canonical(raw: String, platform: String, expected: String) {
    let result = normalise(raw, .platformID, Platform(platform))
    #expect(result.canonical == expected)
    #expect(result.kind == .platformID)
  }

  @Test(arguments: [
    ("0", "x", "placeholder"), ("0.0", "facebook", "placeholder"), ("0\u{07}.0", "skype", "placeholder"),
    ("-1", "facebook", "placeholder"), ("null", "x", "placeholder"),
    ("1.54182E+18", "x", "spreadsheet-damage"), ("120363@g.us", "whatsapp", "group"),
    ("19:a@thread.v2", "teams", "thread"),
    ("System Message System Message", "whatsapp", "placeholder"), ("[deleted]", "reddit", "deleted-user"),
    ("12***56", "x", "masked"),
  ])
  func identifiesNothing(raw: String, platform: String, flag: String) {
    let result = normalise(raw, .platformID, Platform(platform))
    #expect(result.canonical.isEmpty)
    #expect(result.flags == [flag])
  }

  @Test func jidIsAPhone() {
    let result = normalise("447700900123:4@s.whatsapp.net", .platformID, .whatsapp)
    #expect(result.kind == .phone)
    #expect(result.canonical == "+447700900123")
    // Reports on phones write the name into the same cell.
    let named = normalise("447700900123@s.whatsapp.net Bob Smith", .platformID, .whatsapp)
    #expect(named.kind == .phone && named.canonical == "+447700900123")
    #expect(normalise("235085806727321@lid Bob", .platformID, .whatsapp).canonical == "235085806727321@lid")
    #expect(normalise("Bob @lid", .platformID, .whatsapp).kind == .platformID)
  }

  @Test func roundedNumbersAreReported() {
    #expect(normalise("1541815603606036480", .platformID, .x).flags.isEmpty)
    #expect(normalise("1541815603606030000", .platformID, .x).flags == ["possibly-rounded"])
  }

  /// As reports on phones write id and name in one cell.
  @Test func aNumberWithANameBehindIt() {
    #expect(normalise("123456789 Hilda Marsh", .platformID, .telegram).canonical == "123456789")
    #expect(normalise("100001234567890 Rex", .platformID, .facebook).flags.isEmpty)
    #expect(normalise("123456 789012", .platformID, .telegram).canonical == "123456 789012")
    #expect(normalise("Hilda 123456789", .platformID, .telegram).canonical == "Hilda 123456789")
  }
}
