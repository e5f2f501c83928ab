import AccountModel
import Identifiers
import TestSupport
import Testing

@Suite struct HandleTests {
  @Test(arguments: [
    ("@Hilda_Marsh", "x", "hilda_marsh"), ("Hilda.Marsh", "facebook", "hildamarsh"),
    ("hilda.marsh", "instagram", "hilda.marsh"), ("u/Hilda_M", "reddit", "hilda_m"),
    ("/user/Hilda_M", "reddit", "hilda_m"),
    ("https://t.me/HildaMarsh", "telegram", "hildamarsh"), ("t.me/HildaMarsh", "telegram", "hildamarsh"),
    ("tg://resolve?domain=HildaMarsh", "telegram", "hildamarsh"), ("Hilda#1234", "discord", "Hilda#1234"),
    ("hilda#0", "discord", "hilda"), ("Hilda#0000", "discord", "hilda"), ("hilda", "discord", "hilda"),
    ("@Hilda@Social.Example", "mastodon", "hilda@social.example"), ("hilda", "mastodon", "hilda"),
    ("acct:hilda@bücher.example", "mastodon", "hilda@xn--bcher-kva.example"),
    ("@Hilda.bsky.social", "bluesky", "hilda.bsky.social"), ("Hilda.42", "signal", "hilda.42"),
    ("hilda_abc@talk.kik.com", "kik", "hilda"),
    ("8:live:.cid.0123456789abcdef", "skype", "live:.cid.0123456789abcdef"),
    ("  @Hilda ", "somewhere", "hilda"), ("hil\u{200D}da", "x", "hilda"), ("ＨＩＬＤＡ", "somewhere", "ｈｉｌｄａ"),
    ("https://www.instagram.com/hilda.marsh/?igsh=abc", "instagram", "hilda.marsh"),
    ("HildaM", "mediawiki/example.org", "HildaM"), ("Hilda M.", "mediawiki/example.org/de", "Hilda M."),
  ])
  func canonical(raw: String, platform: String, expected: String) {
    let result = normalise(raw, .handle, Platform(platform))
    #expect(result.canonical == expected)
    #expect(result.kind == .handle)
  }

  /// A list that names an account of Facebook by its number, and once by the address, made two of it.
  @Test(arguments: [
    "100000000000001", " @100000000000001", "facebook.com/100000000000001",
    "https://www.facebook.com/profile.php?id=100000000000001",
  ])
  func aNumberOnFacebookIsAnAccounts(raw: String) {
    let result = normalise(raw, .handle, .facebook)
    #expect(result.kind == .platformID && result.canonical == "100000000000001")
    #expect(normalise("1234", .handle, .facebook).kind == .handle)
    #expect(normalise("hilda.1234", .handle, .facebook).canonical == "hilda1234")
    #expect(normalise("100000000000001", .handle, .instagram).kind == .handle)
  }

  @Test(arguments: [
    ("[deleted]", "reddit", "deleted-user"), ("Facebook user", "facebook", "deleted-user"),
    ("Instagram User", "instagram", "deleted-user"), ("Deleted Account", "telegram", "deleted-user"),
    ("deleted_user_0a1b2c3d4e5f", "discord", "deleted-user"),
    ("Deleted User#0000", "discord", "deleted-user"),
    ("", "x", "placeholder"), ("@", "x", "placeholder"), ("null", "x", "placeholder"),
    ("@Unknown", "x", "placeholder"), ("Na#0", "discord", "placeholder"),
    ("none#0000", "discord", "placeholder"),
    ("n.a", "facebook", "placeholder"), ("acct:null", "mastodon", "placeholder"),
    ("\0Na\u{0C}#0\0", "discord", "placeholder"),
    ("t.me/+AbCdEf", "telegram", "not-a-user"), ("https://t.me/joinchat/AbC", "telegram", "not-a-user"),
    ("https://t.me/c/123/4", "telegram", "not-a-user"), ("19:abc@thread.v2", "skype", "thread"),
  ])
  func identifiesNothing(raw: String, platform: String, flag: String) {
    let result = normalise(raw, .handle, Platform(platform))
    #expect(result.canonical.isEmpty)
    #expect(result.flags.contains(flag))
  }

  @Test(arguments: [
    ("hil", "x", false), ("hilda", "x", true), ("hilda-m", "x", false), ("sixteen_letters_", "x", false),
    (".hilda", "instagram", false), ("hil..da", "instagram", false), ("hilda.", "tiktok", false),
    ("1hilda", "snapchat", false), ("hilda_", "telegram", false), ("hil__da", "telegram", false),
    ("hil..da", "discord", false), ("hilda", "bluesky", false), ("hilda", "signal", false),
    ("hilda.4", "signal", false),
    ("any thing", "somewhere", true), ("hilda", "kik", true),
  ])
  func syntax(raw: String, platform: String, isValid: Bool) {
    let result = normalise(raw, .handle, Platform(platform))
    #expect(result.canonical == raw)
    #expect(result.flags.contains("not-valid-on-platform") == !isValid)
  }

  @Test(arguments: [
    ("@4:+447700900123", "skype"), ("@4:0ld4u\u{0E}delete8:user", "skype"), ("@8:@8:hilda", "skype"),
    ("@28:hilda", "skype"), ("@u/hilda", "reddit"), ("u/u/hilda", "reddit"), ("@acct:hilda", "mastodon"),
    ("@@acct:@hilda@social.example", "mastodon"), ("hilda_abc@talk.kik.com_abc@talk.kik.com", "kik"),
    ("@hilda#0#0", "discord"), ("@at://hilda.example/x", "bluesky"), ("@https://t.me/hilda", "telegram"),
    ("@t.me/hilda", "telegram"), ("@did:plc:abc234", "bluesky"),
  ])
  func formsWithinFormsAreReadUntilTheyStay(raw: String, platform: String) {
    let result = normalise(raw, .handle, Platform(platform))
    let again = normalise(result.canonical, result.kind, Platform(platform))
    #expect(again.canonical == result.canonical)
    #expect(again.kind == result.kind)
    #expect(!result.canonical.isEmpty || !result.flags.isEmpty)
  }

  @Test func legacyDiscordNamesKeepTheirCase() {
    let legacy = normalise("Hilda#1234", .handle, .discord)
    #expect(legacy.canonical != normalise("hilda#1234", .handle, .discord).canonical)
    #expect(legacy.canonical != normalise("hilda", .handle, .discord).canonical)
    #expect(legacy.key("legacy-name") == "hilda")
  }

  @Test func otherKinds() {
    #expect(normalise("did:plc:abc234", .handle, .bluesky).kind == .platformID)
    #expect(normalise("UCabcdefghijklmnopqrstuv", .handle, .youtube).kind == .platformID)
    #expect(normalise("07700 900123", .handle, .whatsapp).canonical == "+447700900123")
    #expect(normalise("hilda@social.example", .handle, .mastodon).key("local-part") == "hilda")
    #expect(normalise("hilda", .handle, .mastodon).flags.contains("no-instance"))
  }

  @Test func keysInOrderOfStrength() {
    let result = normalise("xX_gr1mm_r33per_99", .handle, Platform("somewhere"))
    #expect(
      result.looseKeys.map(\.rule) == [
        "skeleton", "separators", "leet", "leet", "trailing-digits", "trailing-digits", "collapse",
        "collapse",
      ])
    #expect(result.values("leet") == ["xxgrimmreeper99", "xxgrlmmreeper99"])
    #expect(result.values("trailing-digits") == ["xxgrimmreeper", "xxgrlmmreeper"])
    #expect(result.values("collapse") == ["xgrimreper", "xgrlmreper"])
  }

  @Test func plainNamesHaveNoKeys() {
    #expect(normalise("hilda", .handle, .x).looseKeys.isEmpty)
    #expect(normalise("1234567890", .handle, .x).looseKeys.map(\.rule) == ["skeleton"])
    for key in normalise("bo.b1", .handle, Platform("somewhere")).looseKeys { #expect(key.value.count >= 4) }
  }
}

@Suite struct LookAlikeTests {
  /// Pairs that a reader takes for one another.
  @Test(arguments: [
    ("hilda", "hіldа"), ("paypal", "paypaI"), ("modern", "modem"), ("b0bby", "bobby"),
    ("grimreaper", "gr1mreaper"),
    ("grimreaper", "grim.reaper"), ("grimreaper", "grim_reaper99"), ("grimreaper", "gr1mr34per"),
    ("grimreaper", "grimmreaper"), ("hilda", "ＨＩＬＤＡ"), ("hilda", "𝓱𝓲𝓵𝓭𝓪"), ("rnarcus", "marcus"),
    ("hil_dа99", "hilda"), ("MARY.", "mary"), ("l33tname", "leetname"), ("strasse", "straße"),
    ("marinavale", "marina_vaIe"), ("marina.vale", "marina_vaIe"),
  ])
  func meet(left: String, right: String) {
    let platform = Platform("somewhere")
    let shared = normalise(left, .handle, platform).all.intersection(normalise(right, .handle, platform).all)
    #expect(!shared.isEmpty)
  }

  @Test(arguments: [
    ("hilda", "hulda"), ("marcus", "mark"), ("grimreaper", "reapergrim"), ("user1234", "user5678x"),
  ])
  func stayApart(left: String, right: String) {
    let platform = Platform("somewhere")
    let shared = normalise(left, .handle, platform).all.intersection(normalise(right, .handle, platform).all)
    #expect(shared.isEmpty)
  }

  @Test func skeletonOfASCIIIsTheStandards() {
    var generator = SplitMix(seed: 11)
    for _ in 0..<5_000 {
      let length = Int.random(in: 1...12, using: &generator)
      let bytes = (0..<length).map { _ in UInt8.random(in: 0x20...0x7E, using: &generator) }
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      let standard = UnicodeText.compatibilityFolded(UnicodeText.skeleton(text)).replacing("rn", with: "m")
      #expect(LookAlike.skeleton(text) == standard, "\(text)")
    }
  }

  @Test func standardSkeleton() {
    #expect(UnicodeText.skeleton("раураl") == "paypal")
    #expect(UnicodeText.skeleton("m") == "rn")
    #expect(UnicodeText.version.split(separator: ".").count >= 2)
  }

  @Test func mixedScript() {
    #expect(UnicodeText.hasMixedScript("pаypal"))
    #expect(!UnicodeText.hasMixedScript("Иван Ivan"))
    #expect(!UnicodeText.hasMixedScript("東京カフェ"))
    #expect(!UnicodeText.hasMixedScript("hilda"))
  }

  @Test func parts() {
    #expect(LookAlike.stem("hilda99") == ("hilda", "99"))
    #expect(LookAlike.leetReadings("h1lda") == ["hilda", "hllda"])
    #expect(LookAlike.leetReadings("hilda99").isEmpty, "a run of digits at the end is a suffix")
    #expect(LookAlike.leetReadings("12345").isEmpty)
    #expect(LookAlike.collapsed("aaabbc11") == "abc11")
    #expect(LookAlike.withoutSeparators("a.b_c-d e") == "abcde")
    #expect(normalise("hilda48213", .handle).key("digit-suffix") == "48213")
  }

  @Test(arguments: [
    ("quiet.window43", "quiet.window43"), ("D1rkMarr0w_95", "d1rkmarr0w_95"), ("grim_reefer", "grim_reefer"),
  ])
  func namesOfTheFormOfAHandleMayBeOne(name: String, expected: String) {
    #expect(Handle.shownAsName(name) == expected)
  }

  @Test(arguments: [
    "", "Callum", "callumholloway", "Anne-Marie", "J. Smith", "j.sm1", ".hidden1", "ends1.", "123456789",
    "+447700900123",
    "a@b.example", "Siân_1990", "deleted_user_0a1b2c3d4e5f", String(repeating: "a1", count: 16),
    "two words_1",
  ])
  func namesOfPeopleAreNoHandles(name: String) {
    #expect(Handle.shownAsName(name) == nil)
  }
}
