import Identifiers
import Testing

@Suite struct DeviceIdentifierTests {
  // 49015420323751 with check digit 8 is the worked example of the GSMA's IMEI specification.
  @Test(arguments: [
    ("490154203237518", "imei", "imei:490154203237518", ""),
    ("49-015420-323751", "imei", "imei:490154203237518", ""),
    ("49015420323751", "imei", "imei:490154203237518", ""),
    ("4901542032375101", "imei", "imei:490154203237518", "imeisv"),
    ("490154203237510", "imei", "imei:490154203237518", "check-digit-zero"),
    ("490154203237511", "imei", "imei:490154203237511", "luhn-mismatch"),
    ("imei:490154203237518", "", "imei:490154203237518", ""),
    ("490154203237518", "IMEI 1", "imei:490154203237518", ""),
    ("00-1B-44-11-3A-B7", "mac", "mac:00:1b:44:11:3a:b7", ""),
    ("001b.4411.3ab7", "Wi-Fi MAC", "mac:00:1b:44:11:3a:b7", ""),
    ("00:1b:44:11:3a:b7", "", "mac:00:1b:44:11:3a:b7", ""),
    ("6D92078A-8246-4BA4-AE5B-76104861E7DC", "IDFA", "idfa:6d92078a-8246-4ba4-ae5b-76104861e7dc", ""),
    ("6D92078A82464BA4AE5B76104861E7DC", "idfv", "idfv:6d92078a-8246-4ba4-ae5b-76104861e7dc", ""),
    ("ABCDEF0123456789", "android_id", "android-id:abcdef0123456789", ""),
    ("234150123456789", "imsi", "imsi:234150123456789", ""),
    ("8944 1000 3012 3456 789F", "iccid", "iccid:8944100030123456789", ""),
    ("<0a1b2c3d 4e5f6071>", "push token", "push-token:0a1b2c3d4e5f6071", ""),
    ("SN-123", "Serial", "serial:sn-123", ""),
    ("whatever", "", "device:whatever", "device-model"),
  ])
  func canonical(raw: String, label: String, expected: String, flag: String) {
    let result = normalise(raw, .device, .sms, label)
    #expect(result.canonical == expected)
    #expect(result.flags == (flag.isEmpty ? [] : [flag]))
  }

  @Test(arguments: [
    ("00000000-0000-0000-0000-000000000000", "idfa", "all-zero-device"),
    ("000000000000000", "imei", "all-zero-device"),
    ("02:00:00:00:00:00", "mac", "placeholder"), ("da:a1:19:00:11:22", "mac", "randomised-mac"),
    ("01:00:5e:00:00:01", "mac", "invalid-mac"), ("00:1b:44", "mac", "invalid-mac"),
    ("12345", "imei", "invalid-imei"),
    ("123456789012345", "imei", "placeholder"), ("111111111111111", "imei", "placeholder"),
    ("9774d56d682e549c", "android-id", "known-shared"), ("", "idfa", "placeholder"),
    ("null", "gaid", "placeholder"),
    // Whatever a table calls it.
    ("123456789012345", "", "placeholder"), ("004999010640000", "Device ID", "placeholder"),
    ("0123456789ABCDEF", "Serial", "placeholder"), ("1234567890", "", "placeholder"),
    ("01234567-89ab-cdef-0123-456789abcdef", "uuid", "placeholder"),
    ("4.90154E+14", "imei", "spreadsheet-damage"), ("49015*****7518", "imei", "masked"),
    ("12", "imsi", "invalid-imsi"),
    ("12", "iccid", "invalid-iccid"),
  ])
  func identifiesNothing(raw: String, label: String, flag: String) {
    let result = normalise(raw, .device, .sms, label)
    #expect(result.canonical.isEmpty)
    #expect(result.flags == [flag])
  }

  /// A table whose mapping does not say that a column holds an IMEI.
  @Test func anIMEIWithoutItsLabelIsCompared() {
    func comparable(_ raw: String, _ label: String) -> String {
      DeviceIdentifier.comparable(normalise(raw, .device, .sms, label).canonical)
    }
    for label in ["", "Device ID", "imei"] {
      #expect(comparable("490154203237518", label) == "imei:490154203237518")
    }
    #expect(comparable("49-015420-323751-8", "") == "imei:490154203237518")
    // The check digit is another's, or the label says what it is.
    #expect(comparable("490154203237519", "") == "device:490154203237519")
    #expect(comparable("490154203237518", "imsi") == "imsi:490154203237518")
  }

  /// One phone's number for advertisers, which sources call by its system's name for it or by none.
  @Test(
    arguments: ["IDFA", "gaid", "Advertising ID", "advertiser-id"], ["6D92078A82464BA4AE5B76104861E7DC", ""])
  func advertisingIdentifiersAreCompared(_ label: String, _ bare: String) {
    let raw = bare.isEmpty ? "6d92078a-8246-4ba4-ae5b-76104861e7dc" : bare
    #expect(
      DeviceIdentifier.comparable(normalise(raw, .device, .sms, label).canonical)
        == "advertising-id:6d92078a-8246-4ba4-ae5b-76104861e7dc")
  }

  @Test(arguments: [
    "idfv:6d92078a-8246-4ba4-ae5b-76104861e7dc", "gaid:7", "idfa:", "imei:490154203237518", "device:x", "x",
    "",
  ])
  func otherIdentifiersAreComparedAsTheyAre(_ canonical: String) {
    #expect(DeviceIdentifier.comparable(canonical) == canonical)
  }

  @Test func typeAllocationCode() {
    #expect(normalise("490154203237518", .device, .sms, "imei").key("imei-tac") == "tac:49015420")
  }

  @Test func aMaskThatOnlyComposingShowsHidesACookie() {
    #expect(normalise("AbC\u{0387}dEf", .cookie, .facebook, "datr").flags == ["masked"])
  }

  @Test func cookiesKeepTheirCase() {
    let cookie = normalise("AbC_dEf-0123", .cookie, .facebook, "datr")
    #expect(cookie.canonical == "datr:AbC_dEf-0123")
    #expect(cookie.key("case-folded") == "datr:abc_def-0123")
    #expect(normalise("datr=AbC_dEf-0123", .cookie, .facebook, "datr").canonical == cookie.canonical)
    #expect(normalise("datr:AbC_dEf-0123", .cookie, .facebook).canonical == cookie.canonical)
  }

  @Test func userAgentsOfMetaNameTheDevice() {
    let android = normalise(
      "Mozilla/5.0 (Linux; Android 13; SM-X1) [FBAN/FB4A;FBAV/400.0;FBDM/{density=3.0};FBLC/en_GB;"
        + "FBCR/Carrier;FBDV/SM-X1;FBSV/13;]",
      .userAgent)
    #expect(android.key("ua-device") == "sm-x1|carrier|en_gb|{density=3.0}")
    #expect(android.key("ua-model") == "sm-x1")
    let iPhone = normalise(
      "Instagram 200.0.0.1 (iPhone12,1; iOS 14_4; en_GB; en-GB; scale=2.00; 828x1792; 123)", .userAgent)
    #expect(iPhone.key("ua-model") == "iphone12,1")
    let galaxy = normalise(
      "Instagram 123.0.0 Android (29/10; 420dpi; 1080x2034; maker; SM-X2; code; chip; en_GB; 1)", .userAgent)
    #expect(galaxy.values("ua-device") == ["sm-x2||en_gb|420dpi"])
    #expect(normalise("Mozilla/5.0 (X11; Linux)", .userAgent).looseKeys.isEmpty)
  }
}
