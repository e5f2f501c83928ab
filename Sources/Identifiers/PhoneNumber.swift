public import AccountModel
import CPhoneNumber

/// Telephone numbers, by libphonenumber.
///
/// Canonical form: E.164, with `;ext=` and digits when there is an extension. Canonical is empty for what
/// is no subscriber's number, with one of `placeholder`, `withheld`, `masked`, `short-code`,
/// `alphanumeric-sender`, `spreadsheet-damage`, `multiple-numbers`, `invalid-number`, `group`, or
/// `local-number` (written without an area code: another subscriber in each area). Other flags:
/// the type (`mobile`, `fixed-line`, `fixed-or-mobile`, `personal-number`, `voip`, `pager`, `toll-free`,
/// `premium-rate`, `shared-cost`, `corporate`, `voicemail`), `not-assigned` (possible, but in no assigned
/// range: Ofcom's numbers for drama are such), `assumed-region`, `assumed-international`,
/// `hidden-characters`. Loose keys: `without-extension`, `other-reading` (the same digits read in the other
/// way, when both could be).
///
/// A value shares a small memo of recent answers with its copies, as messages repeat few numbers.
/// Numbers are reassigned and caller ids are forged: what an equal number is worth depends on the times.
public struct PhoneNumber: Sendable {
  private let region: String
  private let isGB: Bool
  private let memo = PhoneMemo()

  /// - Parameter defaultRegion: the ISO 3166 code of the country in which a number without a country code is
  ///   dialled; `UK`, which ISO reserves for it, is `GB`.
  public init(defaultRegion: String = "GB") {
    region = Self.canonicalRegion(defaultRegion)
    isGB = region == "GB"
  }

  /// Whether a code is a country's whose numbers are known. In any other no number without a country code can be read.
  public static func isRegion(_ code: String) -> Bool {
    ask("2345678", region: canonicalRegion(code)) != nil
  }

  /// The code of a country in capital letters, `UK` as `GB`.
  public static func canonicalRegion(_ code: String) -> String {
    let code = code.uppercased()
    return code == "UK" ? "GB" : code
  }

  /// For functions that are not told a region; what they read is written internationally.
  static let unitedKingdom = PhoneNumber()

  /// Normalises a number as written.
  public func normalise(_ raw: String) -> NormalisedIdentifier {
    var copy = raw
    if isGB, let plain = copy.withUTF8({ Self.plainUKSeven($0) }) { return Self.withoutDummies(plain) }
    if let known = memo.find(raw) { return known }
    let result = normaliseAnyForm(raw)
    memo.keep(raw, result)
    return result
  }

  /// Normalises by libphonenumber alone, without the short way for plain UK numbers. The two give equal
  /// answers; this one is the reference and takes some 20 microseconds.
  public func normaliseByLibrary(_ raw: String) -> NormalisedIdentifier { normaliseAnyForm(raw) }

  // MARK: The short way

  /// `+447…`, `00447…`, `447…`, `+44 (0)7…` or `07…` with ten national digits, spaces and hyphens between.
  private static func plainUKSeven(_ text: UnsafeBufferPointer<UInt8>) -> NormalisedIdentifier? {
    guard text.count >= 11, text.count <= 24 else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      var count = 0
      var hasPlus = false
      for (position, byte) in text.enumerated() {
        if byte.isDigit {
          digits[count] = byte  // Safe: there are no more digits than bytes, 24 at most.
          count += 1
        } else if byte == ascii("+"), position == 0 {
          hasPlus = true
        } else if byte != ascii(" "), byte != ascii("-") || count == 0 {
          return nil
        }
      }
      var national = 0
      func begins(_ prefix: StaticString) -> Bool {
        guard count == prefix.utf8CodeUnitCount + 10 else { return false }
        for position in 0..<prefix.utf8CodeUnitCount where digits[position] != prefix.utf8Start[position] {
          return false
        }
        national = prefix.utf8CodeUnitCount
        return digits[national] == ascii("7")
      }
      let isNational: Bool
      if hasPlus {
        guard begins("44") || begins("440") else { return nil }
        isNational = false
      } else if begins("0") {
        isNational = true
      } else {
        guard begins("44") || begins("0044") else { return nil }
        isNational = false
      }
      var prefix: UInt32 = 0
      for position in national + 1..<national + 6 { prefix = prefix * 10 + UInt32(digits[position] - 0x30) }
      let answer = cognate_phone_uk_seven(prefix)
      let canonical = String(unsafeUninitializedCapacity: 13) { room in
        room[0] = ascii("+")
        room[1] = ascii("4")
        room[2] = ascii("4")
        for position in 0..<10 { room[3 + position] = digits[national + position] }
        return 13
      }
      let flags = flags(type: answer & 0x7F, valid: answer & 0x80 != 0)
      return NormalisedIdentifier(
        kind: .phone, canonical: canonical, flags: isNational ? flags + ["assumed-region"] : flags)
    }
  }

  // MARK: Any form

  /// A number that stands for none is nobody's.
  private static func withoutDummies(_ result: NormalisedIdentifier) -> NormalisedIdentifier {
    guard result.kind == .phone,
      DummyValue.isNumber(result.canonical, isAssigned: !result.flags.contains("not-assigned"))
    else { return result }
    return .nothing(.phone, "placeholder")
  }

  private func normaliseAnyForm(_ raw: String) -> NormalisedIdentifier {
    Self.withoutDummies(readToTheEnd(raw))
  }

  private func readToTheEnd(_ raw: String) -> NormalisedIdentifier {
    let result = read(raw)
    // Of a number in no range the library may take one more zero for a trunk prefix each time.
    guard result.flags.contains("not-assigned") else { return result }
    return result.readUntilItStays(as: .phone, otherwise: "invalid-number", read)
  }

  private func read(_ raw: String) -> NormalisedIdentifier {
    guard raw.utf8.count <= 1_024 else { return .nothing(.phone, "invalid-number") }
    var (text, hidden) = raw.cleaned
    // Exports group digits with spaces of any width (U+00A0, U+2009, U+202F), which the library takes for the
    // end.
    if !text.utf8.allSatisfy({ $0 < 0x80 }) {
      text = String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { $0.properties.generalCategory == .spaceSeparator ? " " : $0 }))
    }
    for prefix in ["tel:", "sms:", "p:", "phone:", "whatsapp:"] where text.hasPrefixIgnoringCase(prefix) {
      text = text.droppingASCII(prefix.utf8.count).trimmed
      break
    }
    if let jid = WhatsAppJID(text) { return jid.normalised(by: self) }
    if looksLikeEmail(text) || text.hasPrefixIgnoringCase("mailto:") { return EmailAddress.normalise(text) }
    if let number = Self.beforeName(text) { text = number }
    if let reason = Self.notANumber(text) { return .nothing(.phone, reason) }
    if text.hasPrefix("+00") { text = "+" + text.dropFirst(3) }
    if text.hasSuffix(".0"), text.dropLast(2).allSatisfy(\.isNumber) { text.removeLast(2) }
    var result = parse(text)
    if hidden {
      result = NormalisedIdentifier(
        kind: result.kind, canonical: result.canonical, looseKeys: result.looseKeys,
        flags: result.flags + ["hidden-characters"])
    }
    return result
  }

  /// The number of a text in which a name stands behind it, as reports on phones have both in one cell: a whole number, a
  /// space, letters, and no digit any more, which an extension or a second number would have.
  private static func beforeName(_ text: String) -> String? {
    guard let letter = text.unicodeScalars.firstIndex(where: { $0.properties.isAlphabetic }) else {
      return nil
    }
    let number = text[..<letter]
    guard number.utf8.count(where: \.isDigit) >= wholeBeforeName,
      let last = number.utf8.lastIndex(where: \.isDigit),
      number[last...].contains(where: \.isWhitespace), !text[letter...].utf8.contains(where: \.isDigit)
    else { return nil }
    return String(number[...last])
  }

  /// Digits from which a number is a whole one; what letters spell begins with fewer.
  private static let wholeBeforeName = 10

  /// Why a text is no subscriber's number, as far as its shape tells.
  private static func notANumber(_ text: String) -> String? {
    let lowered = text.lowercased()
    if withheld.contains(lowered) { return "withheld" }
    if placeholders.contains(lowered) || ["-1", "-2", "-3", "-4", "0"].contains(lowered) {
      return "placeholder"
    }
    if text.unicodeScalars.contains(where: MaskedValue.isMask) { return "masked" }
    if isScientific(lowered) { return "spreadsheet-damage" }
    var digits = 0
    var letters = 0
    for scalar in lowered.unicodeScalars {
      if scalar.properties.generalCategory == .decimalNumber { digits += 1 }
      if scalar.properties.isAlphabetic { letters += 1 }
    }
    if letters > 0 {
      // Letters are an extension's name after a whole number, or spell a vanity number; else a sender's name.
      let leading = lowered.unicodeScalars.prefix { !$0.properties.isAlphabetic }
        .filter { $0.properties.generalCategory == .decimalNumber }.count
      if leading < 4 || digits == 0 { return "alphanumeric-sender" }
    }
    let numbers = text.split(whereSeparator: { "/,;|&\n".contains($0) }).filter { part in
      !part.hasPrefix("ext=") && part.filter(\.isNumber).count >= 7
    }
    if numbers.count > 1 { return "multiple-numbers" }
    if letters == 0, digits <= 6, digits > 0, !text.hasPrefix("+") { return "short-code" }
    return digits == 0 ? "invalid-number" : nil
  }

  private static func isScientific(_ lowered: String) -> Bool {
    guard let exponent = lowered.utf8.firstIndex(of: ascii("e")) else { return false }
    let mantissa = lowered[..<exponent].utf8
    let power = lowered[lowered.utf8.index(after: exponent)...].utf8
    let powerDigits = power.first == ascii("+") || power.first == ascii("-") ? power.dropFirst() : power
    return mantissa.contains(where: \.isDigit)
      && mantissa.allSatisfy { $0.isDigit || $0 == 0x2E || $0 == 0x2C }
      && (1...3).contains(powerDigits.count) && powerDigits.allSatisfy(\.isDigit)
  }

  private static let withheld: Set<String> = [
    "withheld", "anonymous", "private", "private number", "private caller", "restricted", "unavailable",
    "blocked",
    "no caller id", "no caller id.", "unknown number", "unknown caller", "number withheld", "caller withheld",
    "p",
    "payphone",
  ]

  private func parse(_ text: String) -> NormalisedIdentifier {
    let home = Self.ask(text, region: region)
    let isInternational =
      text.hasPrefix("+") || text.hasPrefix("\u{FF0B}") || (home?.isInternational ?? false)
    let hasLetters =
      text.unicodeScalars.contains { $0.properties.isAlphabetic } && home?.extensionDigits == ""
    if isInternational {
      guard let home, home.possible, home.valid || !hasLetters else {
        return .nothing(.phone, "invalid-number")
      }
      return Self.finish(home, flags: [], other: nil)
    }
    if let home, home.isLocal {
      // One that is long enough, and is assigned, may be of another country with its plus left away.
      guard text.utf8.count(where: \.isDigit) >= Self.wholeAbroad,
        let abroad = Self.ask("+" + text, region: region), abroad.possible, abroad.valid
      else { return .nothing(.phone, "local-number") }
      return Self.finish(abroad, flags: ["assumed-international"], other: nil)
    }
    // Providers and CSV files leave the plus away. What is a number here stays one; a text that is none here
    // and one with a plus was written internationally.
    let abroad = text.utf8.first == ascii("0") ? nil : Self.ask("+" + text, region: region)
    let candidates: [(number: Parsed?, flag: String)] = [
      (home, "assumed-region"), (abroad, "assumed-international"),
    ]
    for wantsValid in hasLetters ? [true] : [true, false] {
      for (number, flag) in candidates {
        guard let number, number.possible, number.valid || !wantsValid else { continue }
        let other = flag == "assumed-region" ? abroad : home
        return Self.finish(number, flags: [flag], other: other?.possible == true ? other : nil)
      }
    }
    return .nothing(.phone, hasLetters ? "alphanumeric-sender" : "invalid-number")
  }

  /// Digits from which a number that lacks an area code here may be one with a country code: those within an
  /// area have nine at most.
  private static let wholeAbroad = 10

  private static func finish(_ number: Parsed, flags: [String], other: Parsed?) -> NormalisedIdentifier {
    let canonical = number.canonical
    var keys = KeyCollector(canonical: canonical)
    if !number.extensionDigits.isEmpty { keys.add("without-extension", number.e164) }
    if let other { keys.add("other-reading", other.canonical) }
    return NormalisedIdentifier(
      kind: .phone, canonical: canonical, looseKeys: keys.keys,
      flags: Self.flags(type: number.type, valid: number.valid) + flags)
  }

  private static func flags(type: UInt8, valid: Bool) -> [String] {
    valid ? typeFlags[Int(type) < typeFlags.count ? Int(type) : 0] : notAssigned
  }

  private static let notAssigned = ["not-assigned"]
  private static let typeFlags: [[String]] = [
    [], ["fixed-line"], ["mobile"], ["fixed-or-mobile"], ["toll-free"], ["premium-rate"], ["shared-cost"],
    ["voip"],
    ["personal-number"], ["pager"], ["corporate"], ["voicemail"],
  ]

  // MARK: The library

  private struct Parsed {
    var e164: String
    var extensionDigits: String
    var possible: Bool
    var valid: Bool
    var type: UInt8
    var isInternational: Bool
    var isLocal: Bool

    var canonical: String { extensionDigits.isEmpty ? e164 : e164 + ";ext=" + extensionDigits }
  }

  private static func ask(_ text: String, region: String) -> Parsed? {
    var phone = CognatePhone()
    var copy = text
    let parsed = copy.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { chars in
        cognate_phone_parse(chars.baseAddress, Int32(truncatingIfNeeded: chars.count), region, &phone) == 1
      }
    }
    guard parsed else { return nil }
    return Parsed(
      e164: string(&phone.e164), extensionDigits: string(&phone.extension), possible: phone.possible != 0,
      valid: phone.valid != 0, type: phone.type, isInternational: phone.written_internationally != 0,
      isLocal: phone.local != 0)
  }

  /// The text of one of the shim's fixed arrays, which end with NUL.
  private static func string<Array>(_ array: inout Array) -> String {
    withUnsafeBytes(of: &array) { bytes in String(bytes: bytes.prefix { $0 != 0 }) }
  }
}
