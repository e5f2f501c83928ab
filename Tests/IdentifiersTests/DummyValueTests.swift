import AccountModel
import Identifiers
import Testing

/// Values that have the form of an identifier and are nobody's.
@Suite struct DummyValueTests {
  @Test(arguments: [
    "none@none.com", "test@test.com", "no@email.com", "noemail@noemail.com", "Unknown@Unknown.com",
    "test@example.com",
    "x@x.com", "aaa@aaa.co.uk", "none+1@none.com",
  ])
  func addresses(_ text: String) {
    let found = normalise(text, .email)
    #expect(!found.canonical.isEmpty && found.flags == ["dummy-address"] && found.looseKeys.isEmpty)
  }

  @Test(arguments: [
    "smith@smith.com", "test@gmail.com", "ann@example.com", "nobody.special@mail.example", "x@y.com",
    "noel@noel.fr",
  ])
  func realAddresses(_ text: String) { #expect(!normalise(text, .email).flags.contains("dummy-address")) }

  @Test(arguments: [
    "0000000000", "+440000000000", "+441111111111", "1234567890", "01234567890", "07777 777777",
    "07890 123456",
    "+15555555555", "9876543210",
  ])
  func numbers(_ text: String) {
    let found = normalise(text, .phone)
    #expect(found.canonical.isEmpty && found.flags == ["placeholder"], "\(found)")
  }

  @Test(arguments: ["0033123456789", "+447700900123", "+442079460000", "07012345678", "+447777777123"])
  func realNumbers(_ text: String) { #expect(!normalise(text, .phone).canonical.isEmpty) }

  @Test(arguments: [
    "iPhone", "iPhone14,2", "iPhone 13 Pro Max", "SM-G991B", "Pixel 7", "Samsung Galaxy S21", "Windows 10",
    "Chrome",
    "MacBookPro18,3", "my phone",
  ])
  func models(_ text: String) {
    #expect(normalise(text, .device, .x, "device").flags == ["device-model"])
    #expect(!normalise(text, .device, .x, "serial").flags.contains("device-model"))
  }

  @Test(arguments: [
    "8f14e45f-ceea-467f-a8c4-000000000001", "android-6dfe8d8789953a02", "6dfe8d8789953a02", "R58M12ABCDE",
    "C39J8GQXDTWD",
  ])
  func devices(_ text: String) { #expect(normalise(text, .device, .x, "device").flags.isEmpty) }

  @Test("Keys of kinds that are compared by their canonical form alone follow from it")
  func keysOfCanonicalForms() {
    let samples: [(IdentifierKind, [String])] = [
      (.email, ["Bo.B+shop@GoogleMail.com", "SIÂN@exämple.org", "\u{200B}b-o_b@fastmail.com"]),
      (.displayName, ["~ Siân  WHITLOCK", "paypaI", "Ｗｉｄｅ name"]),
      (.personName, ["O’Brien, Zoë", "van der Berg"]),
      (.device, ["IMEI: 49 015420 323751 8", "A1-B2-C3-D4-E5-F6"]), (.cookie, ["datr=AbC-dEf_123", "é"]),
      (.ip, ["192.000.2.1:443", "::ffff:192.0.2.7", "2001:DB8::1"]),
      (.userAgent, ["Instagram 200.0.0.1 (iPhone12,1; iOS 14_4; en_GB; en-GB; scale=2.00; 828x1792; 123)"]),
      (.dateOfBirth, ["3 April 1990", "1990-04-03"]), (.postalAddress, ["12, Hill Road\nLeeds LS1 4DY"]),
    ]
    for (kind, texts) in samples {
      for text in texts {
        let spelled = normalise(text, kind)
        let again = normalise(spelled.canonical, kind)
        #expect(again.canonical == spelled.canonical && again.looseKeys == spelled.looseKeys, "\(text)")
      }
    }
  }
}
