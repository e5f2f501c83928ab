import Foundation
import Identifiers
import Testing

@Suite struct NameTests {
  @Test(arguments: [
    ("  Hilda\u{A0} MARSH ", "hilda marsh"), ("~\u{202F}Hilda", "hilda"), ("~ Hilda", "hilda"),
    ("Hi\u{200B}lda\u{202E}", "hilda"), ("Ｈilda", "hilda"), ("Straße", "strasse"), ("Zoë", "zoë"),
    ("Zoe\u{308}", "zoë"),
    ("Hilda ❤\u{FE0F}", "hilda ❤"),
  ])
  func canonical(raw: String, expected: String) {
    #expect(normalise(raw, .displayName).canonical == expected)
    #expect(normalise(raw, .personName).canonical == expected)
  }

  @Test func emojiSequencesAndFlagsSurvive() {
    let coder = "👩\u{200D}💻"
    let england = "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}"
    let result = normalise("Hilda \(coder) \(england)", .displayName)
    #expect(result.canonical == "hilda \(coder) \(england)")
    #expect(result.flags.isEmpty)
    #expect(result.canonical != normalise("Hilda 👩💻 🏴", .displayName).canonical)
  }

  @Test func wordsBesideAName() {
    for word in ["mr", "mx", "professor", "phd", "frau"] { #expect(NameAffix(word, isFirst: true) == .title) }
    #expect(NameAffix("lady") == .peerage && NameAffix("lord", isFirst: true) == .peerage)
    #expect(NameAffix("sr") == .generation(1) && NameAffix("jr") == .generation(2))
    #expect(NameAffix("iii") == .generation(3) && NameAffix("4th") == .generation(4))
    #expect(NameAffix("sr", isFirst: true) == nil && NameAffix("hilda") == nil && NameAffix("") == nil)
  }

  @Test func flags() {
    #expect(normalise("Hil\u{202E}da", .displayName).flags == ["hidden-characters"])
    #expect(normalise("Hilda\u{E0041}", .displayName).flags == ["hidden-characters"])
    #expect(normalise("Hilda ❤\u{FE0F}", .displayName).flags.isEmpty)
    #expect(normalise("می\u{200C}خواهم", .displayName).flags.isEmpty, "Persian writes a non-joiner")
    #expect(normalise("~ Hilda", .displayName).flags == ["push-name"])
    #expect(normalise("Hildа Marsh", .displayName).flags == ["mixed-script"])
  }

  @Test(arguments: [
    ("Deleted Account", "deleted-user"), ("Facebook User", "deleted-user"), ("[deleted]", "deleted-user"),
    ("", "placeholder"), ("\u{200B}\u{3164}", "placeholder"), ("Unknown", "placeholder"),
  ])
  func identifiesNothing(raw: String, flag: String) {
    let result = normalise(raw, .displayName)
    #expect(result.canonical.isEmpty)
    #expect(result.flags.contains(flag))
  }

  @Test func keys() {
    let result = normalise("Zoë Øster-Marsh", .personName)
    #expect(result.key("unaccented") == "zoe oster-marsh")
    #expect(result.key("sorted-tokens") == "oster-marsh zoe")
    #expect(result.key("initial-surname") == "z oster-marsh")
    let turned = normalise("Marsh, Hilda", .personName)
    #expect(turned.key("initial-surname") == "h marsh")
    #expect(!turned.all.isDisjoint(with: normalise("hilda marsh", .personName).all))
    #expect(normalise("Hіldа Mаrsh", .displayName).all.contains("hilda marsh"))
  }

  @Test func shapes() {
    #expect(looksLikePhone("+44 7700 900123"))
    #expect(looksLikePhone("\u{202A}+44 7700 900123\u{202C}"))
    #expect(!looksLikePhone("Hilda"))
    #expect(!looksLikePhone("01/02/1990"))
    #expect(!looksLikePhone("192.0.2.17"))
    #expect(!looksLikePhone("12345"))
    #expect(looksLikeEmail("hilda@example.com"))
    #expect(!looksLikeEmail("@hilda"))
    #expect(!looksLikeEmail("hilda@localhost"))
    #expect(!looksLikeEmail("447700900123@s.whatsapp.net"))
    #expect(looksLikeIP("192.0.2.1:443"))
    #expect(looksLikeIP("2001:db8::1"))
    #expect(!looksLikeIP("hilda"))
  }
}

@Suite struct DateOfBirthTests {
  @Test(arguments: [
    ("1990-12-31", "1990-12-31"), ("31/12/1990", "1990-12-31"), ("12/31/1990", "1990-12-31"),
    ("31.12.1990", "1990-12-31"), ("19901231", "1990-12-31"), ("1990/12/31", "1990-12-31"),
    ("31 December 1990", "1990-12-31"), ("December 31, 1990", "1990-12-31"), ("31st Dec 1990", "1990-12-31"),
    ("31-DEC-1990", "1990-12-31"), ("1990-12-31T00:00:00Z", "1990-12-31"), ("05/05/1990", "1990-05-05"),
    ("1990-12-31 00:00:00", "1990-12-31"), ("29/02/2000", "2000-02-29"), ("3 of May 1990", "1990-05-03"),
    ("Saturday, March 3, 1990", "1990-03-03"), ("Sat 3 March 1990", "1990-03-03"),
  ])
  func canonical(raw: String, expected: String) {
    #expect(normalise(raw, .dateOfBirth).canonical == expected)
  }

  /// The months of a language, and how a day is written around them.
  private static let layouts: [(months: String, pattern: String)] = [
    (
      "January February March April May June July August September October November December",
      "Monday, %d %m %y"
    ),
    ("Januar Februar März April Mai Juni Juli August September Oktober November Dezember", "%d. %m %y"),
    ("Jänner Feber Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez", "%d.%m.%y"),
    ("januari februari maart april mei juni juli augustus september oktober november december", "%d %m %y"),
    ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre", "le %der %m %y"),
    (
      "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
      "%d de %m de %y"
    ),
    (
      "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
      "%dº de %m de %y"
    ),
    ("gen feb mar apr mag giu lug ago set ott nov dic", "%d/%m/%y"),
    (
      "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
      "%d %m %y r."
    ),
    ("I II III IV V VI VII VIII IX X XI XII", "%d.%m.%y"),
    ("ledna února března dubna května června července srpna září října listopadu prosince", "%d. %m %y"),
    ("januar februar marts april maj juni juli august september oktober november december", "den %d. %m %y"),
    (
      "januari februari mars april maj juni juli augusti september oktober november december",
      "mar %d %m %y 10:15"
    ),
    ("jan feb mars apr mai juni juli aug sep okt nov des", "%y-%m-%d"),
  ]

  @Test(arguments: layouts.indices)
  func monthsByNameInAnyLanguage(_ number: Int) {
    let (names, pattern) = Self.layouts[number]
    for (month, name) in names.split(separator: " ").enumerated() {
      let raw = pattern.replacing("%y", with: "1990").replacing("%m", with: name).replacing("%d", with: "31")
      let day = raw.replacing("31", with: "9")
      let expected = "1990-\(month < 9 ? "0" : "")\(month + 1)-09"
      #expect(normalise(day, .dateOfBirth).canonical == expected, "\(day)")
      let decomposed = String(day.decomposedStringWithCanonicalMapping.uppercased())
      #expect(normalise(decomposed, .dateOfBirth).canonical == expected, "\(decomposed)")
    }
  }

  /// červe begins June and July, and mardi is no month.
  @Test(arguments: ["3. červe 1990", "3 mardi 1990", "IV 3 1990", "3 4 V 1990"])
  func whatNamesNoMonth(_ raw: String) {
    #expect(normalise(raw, .dateOfBirth).flags.contains("invalid-date"))
  }

  @Test func ambiguousDatesKeepBothReadings() {
    let result = normalise("03/04/1990", .dateOfBirth)
    #expect(result.canonical.isEmpty)
    #expect(result.flags == ["ambiguous-date"])
    #expect(result.values("date-reading") == ["1990-04-03", "1990-03-04"])
  }

  @Test(arguments: [
    ("29/02/1900", "invalid-date"), ("1990-13-01", "invalid-date"), ("31/04/1990", "invalid-date"),
    ("01/02/90", "two-digit-year"), ("", "placeholder"), ("12/**/1990", "masked"),
    ("May 1990", "partial-date"),
    ("hello", "partial-date"), ("0001-01-01", "invalid-date"), ("99999999999999999999-1-1", "invalid-date"),
  ])
  func identifiesNothing(raw: String, flag: String) {
    let result = normalise(raw, .dateOfBirth)
    #expect(result.canonical.isEmpty)
    #expect(result.flags.contains(flag))
  }

  @Test func swapAndDefault() {
    #expect(normalise("1990-03-04", .dateOfBirth).key("day-month-swap") == "1990-04-03")
    #expect(normalise("1990-12-31", .dateOfBirth).looseKeys.isEmpty)
    #expect(normalise("1970-01-01", .dateOfBirth).flags == ["default-date"])
  }
}

@Suite struct PostalAddressTests {
  @Test func postcode() {
    let result = normalise("1 Example Street,\nExampleton,  ZZ99 9ZZ", .postalAddress)
    #expect(result.canonical == "1 example street exampleton zz99 9zz")
    #expect(result.key("postcode") == "zz999zz")
    #expect(normalise("ZZ999ZZ", .postalAddress).canonical == "zz999zz")
    #expect(normalise("12 Hill Road", .postalAddress).looseKeys.isEmpty)
  }
}
