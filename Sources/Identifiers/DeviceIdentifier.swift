public import AccountModel

/// Identifiers of devices, installations and SIMs, and browser cookies.
///
/// Canonical form: `label:value`. Values in hexadecimal or decimal are in lower case without separators
/// (UUIDs and MAC addresses with theirs); cookies and push tokens are opaque and keep their case, with
/// `case-folded` as loose key. Canonical is empty with `placeholder`, `all-zero-device`, `randomised-mac`,
/// `known-shared`, `invalid-imei`, `invalid-imsi`, `invalid-iccid`, `invalid-mac`, `masked` or
/// `spreadsheet-damage`. Flags: `imeisv`, `check-digit-zero` (call records write 0 for the check digit),
/// `luhn-mismatch`, `device-model` (`iPhone`: no one device). Loose key `imei-tac`: the model of the device.
public enum DeviceIdentifier {
  /// Normalises an identifier; without a label one that stands before a colon in the value is taken, else
  /// `device`.
  public static func normalise(_ raw: String, label: String) -> NormalisedIdentifier {
    guard raw.utf8.count <= 4_096 else { return .nothing(.device, "invalid-device") }
    let (label, value) = labelled(raw.cleaned.text, label: label, default: "device")
    let lowered = UnicodeText.compatibilityFolded(value).trimmed
    if placeholders.contains(lowered) { return .nothing(.device, "placeholder") }
    if (value + lowered).unicodeScalars.contains(where: MaskedValue.isMask) {
      return .nothing(.device, "masked")
    }
    if PlatformIdentifier.isScientific(lowered) { return .nothing(.device, "spreadsheet-damage") }
    let digits = lowered.utf8.filter(\.isAlphanumeric)
    if !digits.isEmpty, digits.allSatisfy({ $0 == 0x30 }) { return .nothing(.device, "all-zero-device") }
    switch label {
    case "imei", "imeisv": return imei(digits)
    case "mac": return mac(lowered)
    case "imsi":
      guard digits.allSatisfy(\.isDigit), (14...15).contains(digits.count) else {
        return .nothing(.device, "invalid-imsi")
      }
      return found("imsi:" + String(bytes: digits))
    case "iccid":
      let number = digits.last == ascii("f") ? digits.dropLast() : digits[...]
      guard number.allSatisfy(\.isDigit), (18...20).contains(number.count) else {
        return .nothing(.device, "invalid-iccid")
      }
      return found("iccid:" + String(bytes: number))
    case "push-token", "device-token", "token":
      let isHex = value.utf8.allSatisfy {
        $0.isHexDigit || $0.isBlank || $0 == ascii("<") || $0 == ascii(">")
      }
      if digits.isEmpty, isHex { return .nothing(.device, "placeholder") }
      return isHex ? found(label + ":" + String(bytes: digits)) : opaque(value, label: label, kind: .device)
    default: return general(lowered, label: label, digits: digits)
    }
  }

  /// Normalises a cookie.
  public static func normaliseCookie(_ raw: String, label: String) -> NormalisedIdentifier {
    guard raw.utf8.count <= 16_384 else { return .nothing(.cookie, "invalid-cookie") }
    var text = raw.cleaned.text
    // `datr=value`, as in a Cookie header.
    let name = canonicalLabel(label)
    if !name.isEmpty, text.hasPrefixIgnoringCase(name + "=") {
      text = text.droppingASCII(name.utf8.count + 1)
    }
    let (label, value) = labelled(text, label: label, default: "cookie")
    if placeholders.contains(value.lowercased()) { return .nothing(.cookie, "placeholder") }
    // Composed, as it is kept: a Greek colon becomes a raised dot, which masks.
    if UnicodeText.composed(value).unicodeScalars.contains(where: MaskedValue.isMask) {
      return .nothing(.cookie, "masked")
    }
    if value.utf8.allSatisfy({ $0 == 0x30 || $0 == ascii("-") }) {
      return .nothing(.cookie, "all-zero-device")
    }
    return opaque(value, label: label, kind: .cookie)
  }

  /// The form by which a canonical identifier of a device is compared with others: that form itself, but for
  /// advertising identifiers, which are `advertising-id:` and a UUID whatever the source calls them, and for what has the
  /// form and the check digit of an IMEI under no label of its own, which is one.
  ///
  /// One phone has one such number. Sources call it by its system's name (`idfa`, `gaid`) or by none
  /// (`advertiser-id`), and what they call it says who made the phone, so that the canonical form keeps it.
  public static func comparable(_ canonical: String) -> String {
    guard let colon = canonical.utf8.firstIndex(of: ascii(":")) else { return canonical }
    let label = String(canonical[..<colon])
    let digits = canonical[colon...].utf8.filter(\.isAlphanumeric)
    if advertisingLabels.contains(label), let uuid = uuid(digits) { return "advertising-id:" + uuid }
    if generalLabels.contains(label), isIMEI(digits), digits[14] == luhnDigit(digits[..<14]) {
      return "imei:" + String(bytes: digits)
    }
    return canonical
  }

  /// Labels that say no more than that it is a device's.
  private static let generalLabels: Set<String> = ["device", "device-id", "handset"]

  private static let advertisingLabels: Set<String> = [
    "idfa", "gaid", "advertiser-id", "advertising-identifier",
  ]

  // MARK: Labels

  private static let aliases: [String: String] = [
    "mac-address": "mac", "wifi-mac": "mac", "bluetooth-mac": "mac", "wi-fi-mac": "mac",
    "advertising-id": "gaid",
    "google-advertising-id": "gaid", "aaid": "gaid", "gps-adid": "gaid", "androidid": "android-id",
    "imei-1": "imei", "imei-2": "imei", "imei1": "imei", "imei2": "imei", "pushtoken": "push-token",
    "apns-token": "push-token", "fcm-token": "push-token", "gcm-token": "push-token",
  ]

  private static func canonicalLabel(_ label: String) -> String {
    let lowered = String(label.trimmed.lowercased().map { " _:\t\n".contains($0) ? "-" : $0 })
    return aliases[lowered] ?? lowered
  }

  private static func labelled(
    _ text: String, label: String, default defaultLabel: String
  ) -> (label: String, value: String) {
    let name = canonicalLabel(label)
    if !name.isEmpty {
      if text.hasPrefixIgnoringCase(name + ":") {
        return (name, text.droppingASCII(name.utf8.count + 1).trimmed)
      }
      return (name, text)
    }
    if macBytes(Array(text.lowercased().utf8)) != nil { return ("mac", text) }
    guard let colon = text.utf8.firstIndex(of: ascii(":")) else { return (defaultLabel, text) }
    // Judged without the space that the canonical label will not have.
    let prefix = String(text[..<colon]).trimmed.utf8
    guard (2...32).contains(prefix.count), prefix.first?.isLetter == true,
      prefix.allSatisfy({ $0.isAlphanumeric || $0 == ascii("_") || $0 == ascii("-") || $0 == ascii(" ") })
    else { return (defaultLabel, text) }
    return (canonicalLabel(String(text[..<colon])), String(text[text.utf8.index(after: colon)...]).trimmed)
  }

  // MARK: Values

  private static func found(_ canonical: String, flags: [String] = []) -> NormalisedIdentifier {
    NormalisedIdentifier(kind: .device, canonical: canonical, flags: flags)
  }

  private static func opaque(_ value: String, label: String, kind: IdentifierKind) -> NormalisedIdentifier {
    let canonical = label + ":" + UnicodeText.composed(value)
    var keys = KeyCollector(canonical: canonical)
    keys.add("case-folded", label + ":" + UnicodeText.compatibilityFolded(value))
    return NormalisedIdentifier(kind: kind, canonical: canonical, looseKeys: keys.keys)
  }

  private static func general(_ lowered: String, label: String, digits: [UInt8]) -> NormalisedIdentifier {
    // The one Android id that a fault of Android 2.2 gave to many phones.
    if digits.elementsEqual("9774d56d682e549c".utf8) { return .nothing(.device, "known-shared") }
    let isDummy = isIMEI(digits) && isDummyIMEI(Array(digits[..<14]))
    if isDummy || isCounted(digits) { return .nothing(.device, "placeholder") }
    if uuidLabels.contains(label), let uuid = uuid(digits) { return found(label + ":" + uuid) }
    let isModel = ["device", "device-id"].contains(label) && DummyValue.isDeviceModel(lowered)
    return found(label + ":" + lowered, flags: isModel ? ["device-model"] : [])
  }

  private static let uuidLabels: Set<String> = ["idfa", "idfv", "gaid", "uuid", "device"]

  /// Hexadecimal digits as a UUID is written; nil when they are none.
  private static func uuid(_ digits: [UInt8]) -> String? {
    guard digits.count == 32, digits.allSatisfy(\.isHexDigit) else { return nil }
    var uuid = ""
    for (position, character) in String(bytes: digits).enumerated() {
      if [8, 12, 16, 20].contains(position) { uuid.append("-") }
      uuid.append(character)
    }
    return uuid
  }

  private static func imei(_ digits: [UInt8]) -> NormalisedIdentifier {
    guard digits.allSatisfy(\.isDigit), (14...16).contains(digits.count) else {
      return .nothing(.device, "invalid-imei")
    }
    let number = Array(digits[..<14])
    let check = luhnDigit(number[...])
    if isDummyIMEI(number) { return .nothing(.device, "placeholder") }
    var flags: [String] = []
    if digits.count == 16 { flags.append("imeisv") }
    if digits.count == 15, digits[14] != check {
      // Without knowing which digit is wrong the number cannot be mended: it stays as it is.
      flags.append(digits[14] == 0x30 ? "check-digit-zero" : "luhn-mismatch")
    }
    let full = flags.contains("luhn-mismatch") ? digits : number + [check]
    let canonical = "imei:" + String(bytes: full)
    return NormalisedIdentifier(
      kind: .device, canonical: canonical,
      looseKeys: [LooseKey(rule: "imei-tac", value: "tac:" + String(bytes: number[..<8]))], flags: flags)
  }

  /// Numbers that phones with a wiped or copied IMEI report: one digit throughout, 1234…, and Android's
  /// emulator.
  private static func isDummyIMEI(_ number: [UInt8]) -> Bool {
    if number.allSatisfy({ $0 == number[0] }) { return true }
    return ["12345678901234", "01234567890123", "00499901064000", "35824005111111"].contains(
      String(bytes: number))
  }

  /// Whether digits have the form of an IMEI, also under a label that does not say so.
  private static func isIMEI(_ digits: [UInt8]) -> Bool {
    digits.count == 15 && digits.allSatisfy(\.isDigit)
  }

  /// Whether somebody counted where a number should stand (`0123456789ABCDEF`, the serial number of many cheap phones).
  private static func isCounted(_ digits: [UInt8]) -> Bool {
    guard digits.count >= 8, digits[0] == 0x30 || digits[0] == 0x31 else { return false }
    return ["0123456789", "0123456789abcdef"].contains { order in
      let order = Array(order.utf8)
      return zip(digits, digits.dropFirst()).allSatisfy { one, next in
        order.firstIndex(of: one).map { order[($0 + 1) % order.count] == next } ?? false
      }
    }
  }

  private static func luhnDigit(_ digits: ArraySlice<UInt8>) -> UInt8 {
    var sum = 0
    for (place, byte) in digits.reversed().enumerated() {
      let digit = Int(byte - 0x30)
      let doubled = place % 2 == 0 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return 0x30 + UInt8((10 - sum % 10) % 10)
  }

  private static func macBytes(_ text: [UInt8]) -> [UInt8]? {
    let digits = text.filter { $0 != ascii(":") && $0 != ascii("-") && $0 != ascii(".") }
    guard digits.count == 12, digits.allSatisfy(\.isHexDigit), text.count == 14 || text.count == 17 else {
      return nil
    }
    return digits
  }

  private static func mac(_ lowered: String) -> NormalisedIdentifier {
    let digits = lowered.utf8.filter(\.isAlphanumeric)
    guard digits.count == 12, digits.allSatisfy(\.isHexDigit),
      let first = UInt8(String(bytes: digits[..<2]), radix: 16)
    else { return .nothing(.device, "invalid-mac") }
    if digits.elementsEqual("020000000000".utf8) || digits.allSatisfy({ $0 == ascii("f") }) {
      return .nothing(.device, "placeholder")
    }
    if first & 1 != 0 { return .nothing(.device, "invalid-mac") }
    if first & 2 != 0 { return .nothing(.device, "randomised-mac") }
    var text = "mac"
    for start in stride(from: 0, to: 12, by: 2) { text += ":" + String(bytes: digits[start..<start + 2]) }
    return found(text)
  }
}
