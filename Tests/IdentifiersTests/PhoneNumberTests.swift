import AccountModel
import Identifiers
import TestSupport
import Testing

@Suite struct PhoneNumberTests {
  @Test(arguments: [
    "07700900123", "07700 900123", "+447700900123", "+44 7700 900123", "+44 (0)7700 900123",
    "0044 7700 900123",
    "447700900123", "tel:+44-7700-900123", "\u{202A}+44 7700 900123\u{202C}", "+44\u{A0}7700\u{A0}900123",
    "07700\u{2011}900\u{2011}123", "7700900123", "p:+447700900123", "447700900123@s.whatsapp.net",
    "447700900123:12@s.whatsapp.net", "447700900123.0:3@s.whatsapp.net", "447700900123@c.us",
    "+0044 7700 900123",
    "447700900123.0", "０７７００９００１２３", "(07700) 900123", "+44 07700 900 123",
    "+44\u{202F}7700\u{202F}900123", "+44\u{2009}7700\u{2009}900123", "07700\u{2007}900123",
    "+44\u{3000}7700\u{205F}900123",
  ])
  func oneNumberInManySpellings(raw: String) {
    let result = normalise(raw, .phone)
    #expect(result.canonical == "+447700900123")
    #expect(result.kind == .phone)
    #expect(result.flags.contains("not-assigned"), "a number for drama is in no assigned range")
  }

  @Test(arguments: [
    ("020 7946 0123", "+442079460123", "fixed-line"), ("0113 496 0123", "+441134960123", "fixed-line"),
    ("+12025550123", "+12025550123", "fixed-or-mobile"),
    ("12025550123", "+12025550123", "assumed-international"),
    ("020 7946 0123 ext 12", "+442079460123;ext=12", "fixed-line"),
    ("+442079460123;ext=12", "+442079460123;ext=12", "fixed-line"),
    ("02079460123x5", "+442079460123;ext=5", "fixed-line"),
    ("0033123456789", "+33123456789", "fixed-line"), ("07012345678", "+447012345678", "personal-number"),
    ("05600123456", "+445600123456", "voip"), ("1-800-FLOWERS", "+18003569377", "toll-free"),
  ])
  func knownAnswers(raw: String, canonical: String, flag: String) {
    let result = normalise(raw, .phone)
    #expect(result.canonical == canonical)
    #expect(result.flags.contains(flag))
  }

  /// As reports on phones write sender and saved name in one cell.
  @Test(arguments: [
    "+447700900123 Mum", "+447700900123 Jane (owner)", "+44 7700 900123 (Mum)", "07700 900123 Bob Smith",
    "447700900123 Žofie", "447700900123@s.whatsapp.net Bob Smith",
    "447700900123:4@s.whatsapp.net  Bob @ work",
  ])
  func aNumberWithANameBehindIt(raw: String) {
    #expect(normalise(raw, .phone).canonical == "+447700900123")
  }

  @Test(arguments: ["+447700900123 Mum or 07700 900124", "1-800 FLOWERS now", "System Message"])
  func aNameBehindNoOneNumberIsNotTakenOff(raw: String) {
    #expect(normalise(raw, .phone).canonical != "+447700900123")
  }

  @Test func numberWithoutPlusFromAbroad() {
    // The two spellings of one peer in an Android message store.
    for raw in ["1 555-521-5554", "15555215554"] {
      let result = normalise(raw, .phone)
      #expect(result.canonical == "+15555215554")
      #expect(result.flags.contains("assumed-international"))
    }
    #expect(normalise("353871234567", .phone).canonical == "+353871234567")
  }

  @Test(arguments: ["00490 000123", "00\0\0490 000123", "+490000000123", "0039 000123"])
  func canonicalFormIsItsOwn(raw: String) {
    let result = normalise(raw, .phone)
    #expect(normalise(result.canonical, .phone).canonical == result.canonical)
  }

  @Test func regionsAreKnownOrNot() {
    for code in ["GB", "gb", "UK", "uk", "FR", "US", "IE", "CL", "AU", "FI"] {
      #expect(PhoneNumber.isRegion(code), "\(code)")
    }
    for code in ["XX", "England", "", "44", "+44"] { #expect(!PhoneNumber.isRegion(code), "\(code)") }
    #expect(PhoneNumber(defaultRegion: "uk").normalise("07700 900123").canonical == "+447700900123")
  }

  @Test func defaultRegionDecides() {
    let american = IdentifierNormaliser(defaultRegion: "us")
    #expect(american.normalise("(202) 555-0143", kind: .phone, platform: .sms).canonical == "+12025550143")
    #expect(american.normalise("07700 900123", kind: .phone, platform: .sms).canonical != "+447700900123")
  }

  @Test func extensionIsKeptAndLoosened() {
    #expect(normalise("020 7946 0123 x12", .phone).key("without-extension") == "+442079460123")
  }

  @Test(arguments: [
    ("60060", "short-code"), ("999", "short-code"), ("-1", "placeholder"), ("-2", "placeholder"),
    ("", "placeholder"),
    ("insert-address-token", "placeholder"), ("Unknown", "placeholder"), ("Anonymous", "withheld"),
    ("No Caller ID", "withheld"), ("NatWest", "alphanumeric-sender"), ("G4S2000", "alphanumeric-sender"),
    ("4.47701E+11", "spreadsheet-damage"), ("4,47701E+11", "spreadsheet-damage"), ("•••••••123", "masked"),
    ("07700 900123 / 07700 900124", "multiple-numbers"), ("+12 345 578", "invalid-number"),
    ("+999123456789", "invalid-number"), ("12345678901234567", "invalid-number"), ("+44", "invalid-number"),
    ("447700900123-1400000000@g.us", "group"), ("status@broadcast", "group"), ("120363@newsletter", "group"),
  ])
  func identifiesNothing(raw: String, flag: String) {
    let result = normalise(raw, .phone)
    #expect(result.canonical.isEmpty)
    #expect(result.flags.contains(flag))
  }

  /// The library takes each for a number of the whole region, and those that are valid for assigned ones.
  @Test(arguments: [
    ("GB", "4960000"), ("GB", "496 0000"), ("GB", "7946 0000"), ("GB", "8001111"), ("US", "555-0143"),
    ("DE", "4960000"), ("DE", "12345678"), ("DE", "123456789"), ("IE", "4960000"), ("AU", "9496 0000"),
    ("BR", "3456-7890"), ("AT", "6641234"), ("FR", "4960000"),
  ])
  func numbersWithoutAnAreaCodeNameNobody(region: String, raw: String) {
    let normaliser = IdentifierNormaliser(defaultRegion: region)
    let result = normaliser.normalise(raw, kind: .phone, platform: .sms)
    #expect(result.canonical.isEmpty && result.looseKeys.isEmpty)
    #expect(result.flags == ["local-number"])
  }

  @Test(arguments: [
    ("GB", "0800 1111", "+448001111"), ("GB", "2079460000", "+442079460000"),
    ("GB", "7700900123", "+447700900123"), ("US", "2025550143", "+12025550143"),
    ("DE", "030 1234567", "+49301234567"), ("DE", "1711234567", "+491711234567"),
    ("BR", "11 98765-4321", "+5511987654321"), ("BR", "1134567890", "+551134567890"),
    ("NO", "22 34 56 78", "+4722345678"), ("IT", "02 1234 5678", "+390212345678"),
  ])
  func wholeNumbersWithoutPrefixStayWhole(region: String, raw: String, canonical: String) {
    let normaliser = IdentifierNormaliser(defaultRegion: region)
    #expect(normaliser.normalise(raw, kind: .phone, platform: .sms).canonical == canonical)
  }

  @Test(arguments: [IdentifierKind.phone, .platformID, .handle, .email])
  func linkedIdIsNeverAPhone(kind: IdentifierKind) {
    let result = normalise("447700900123@lid", kind, .whatsapp)
    #expect(result.kind == .platformID)
    #expect(result.canonical == "447700900123@lid")
    #expect(!result.all.contains { $0.hasPrefix("+") })
  }

  @Test func iMessageAccountMayBeAnEmail() {
    let result = normalise("hilda@example.com", .phone)
    #expect(result.kind == .email)
    #expect(result.canonical == "hilda@example.com")
  }

  /// Ranges that begin with +447, in every plain spelling: the short way gives the library's answer.
  @Test func shortWayEqualsLibrary() {
    let numbers = PhoneNumber()
    var generator = SplitMix(seed: 7)
    var assigned = 0
    for range in 0..<10_000 {
      // One of every ten ranges of ten thousand numbers, and all those of the Isle of Man, where six
      // digits count.
      let five = range < 1_000 ? 62_000 + UInt64(range) : UInt64(range) * 10 + generator.next() % 10
      let national =
        "7" + String(100_000 + five % 100_000).dropFirst()
        + String(10_000 + generator.next() % 10_000).dropFirst()
      let prefix = ["+44", "0", "44", "0044", "+440", "+44 0"][range % 6]
      let short = numbers.normalise(prefix + national)
      let spaced = numbers.normalise(prefix + national.prefix(4) + " " + national.dropFirst(4))
      let library = numbers.normaliseByLibrary(prefix + national)
      #expect(short == library, "\(prefix + national)")
      #expect(spaced == library)
      if !short.flags.contains("not-assigned") { assigned += 1 }
    }
    #expect((5_000..<10_000).contains(assigned))
  }
}
