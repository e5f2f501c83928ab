import Identifiers
import TestSupport
import Testing

@Suite struct EmailAddressTests {
  @Test(arguments: [
    ("Hilda.Marsh@Example.COM", "hilda.marsh@example.com"),
    ("  hilda@example.com\n", "hilda@example.com"),
    ("Hilda Marsh <hilda@example.com>", "hilda@example.com"),
    ("\"Marsh, Hilda\" <hilda@example.com>", "hilda@example.com"),
    ("mailto:hilda@example.com?subject=x", "hilda@example.com"),
    ("e:hilda@example.com", "hilda@example.com"),
    ("\"hilda\"@example.com", "hilda@example.com"),
    ("hilda@example.com.", "hilda@example.com"),
    ("hilda@bücher.example", "hilda@xn--bcher-kva.example"),
    ("hilda@BÜCHER.example", "hilda@xn--bcher-kva.example"),
    ("hilda@XN--BCHER-KVA.example", "hilda@xn--bcher-kva.example"),
    ("hilda@faß.example", "hilda@xn--fa-hia.example"),
    ("hi\u{200B}lda@example.com", "hilda@example.com"),
    ("hilda@[192.0.2.7]", "hilda@[192.0.2.7]"),
    ("o'hara@example.com", "o'hara@example.com"),
  ])
  func canonical(raw: String, expected: String) {
    #expect(normalise(raw, .email).canonical == expected)
  }

  @Test(arguments: [
    ("", "placeholder"), ("unknown", "placeholder"), ("hilda", "not-an-email"),
    ("@example.com", "not-an-email"),
    ("hilda@", "invalid-domain"), ("a b@example.com", "not-an-email"), ("a@b@example.com", "not-an-email"),
    ("a@example.com, b@example.com", "multiple-addresses"), ("j***n@g****.com", "masked"),
    ("j•••n@example.com", "masked"), ("jan...@example.com", "masked"), ("Jan <jan...@example.com>", "masked"),
    ("a@ex..example", "invalid-domain"), ("a@.example", "invalid-domain"),
    ("a@\(String(repeating: "x", count: 64)).example", "invalid-domain"),
  ])
  func identifiesNothing(raw: String, flag: String) {
    let result = normalise(raw, .email)
    #expect(result.canonical.isEmpty)
    #expect(result.flags.contains(flag))
  }

  @Test func gmailFoldsDotsTagsAndGooglemail() {
    let spellings = [
      "hilda.marsh@gmail.com", "HildaMarsh+dating@googlemail.com", "h.i.l.d.a.marsh@googlemail.com",
    ]
    for spelling in spellings {
      #expect(normalise(spelling, .email).key("gmail-dots") == "hildamarsh@gmail.com")
    }
    #expect(
      normalise("hildamarsh@gmail.com", .email).key("gmail-dots") == nil, "the canonical form stands for it")
    #expect(normalise("hilda.marsh@example.com", .email).key("gmail-dots") == nil)
  }

  @Test func providersFoldByTheirOwnRules() {
    #expect(normalise("hilda.marsh+shop@outlook.com", .email).key("plus-tag") == "hilda.marsh@outlook.com")
    #expect(normalise("hilda@me.com", .email).key("icloud-domains") == "hilda@icloud.com")
    #expect(normalise("hilda_m-arsh@pm.me", .email).key("proton-folding") == "hildamarsh@proton.me")
    #expect(normalise("shop@hilda.fastmail.com", .email).key("fastmail-subdomain") == "hilda@fastmail.com")
    #expect(normalise("hilda-shop@yahoo.co.uk", .email).key("yahoo-keyword") == "hilda@yahoo.co.uk")
    #expect(normalise("hilda+shop@btinternet.com", .email).key("plus-tag") == nil)
    #expect(normalise("hilda@hotmail.com", .email).all.isDisjoint(with: ["hilda@hotmail.co.uk"]))
  }

  @Test func weakKeysAndFlags() {
    let plain = normalise("hilda.marsh@example.com", .email)
    #expect(plain.key("local-part") == "hilda.marsh")
    #expect(plain.key("separators") == "hildamarsh")
    let role = normalise("info@example.com", .email)
    #expect(role.flags == ["role-address"])
    // What software sends from for all of its users.
    for local in [
      "calendar-notification", "drive-shares-dm-noreply", "messages.no-reply", "www-data", "x_notifications",
    ] {
      #expect(EmailAddress.normalise("\(local)@example.com").flags == ["role-address"], "\(local)")
    }
    for local in ["norman.mailer", "no-one", "reply-to-me", "ann-note", "noreplyann"] {
      #expect(EmailAddress.normalise("\(local)@mailbox.org").flags.isEmpty, "\(local)")
    }
    #expect(role.looseKeys.isEmpty)
    // Many have a mailbox of this name, but each of these mailboxes is one.
    for local in ["reception", "Customer.Service", "head-teacher", "recruitment+uk"] {
      let function = normalise("\(local)@example.com", .email)
      #expect(function.flags.isEmpty && function.key("local-part") == nil, "\(local)")
      #expect(function.key("separators") == nil, "\(local)")
    }
    #expect(normalise("hilda.reception@example.com", .email).key("local-part") == "hilda.reception")
    let relay = normalise("abc123xyz@privaterelay.appleid.com", .email)
    #expect(relay.flags == ["private-relay"])
    #expect(relay.looseKeys.isEmpty)
    #expect(normalise("hildа@example.com", .email).flags.contains("mixed-script"))
    #expect(EmailAddress.tag(of: "hilda+dating@example.com") == "dating")
  }

  @Test func plainAndGeneralWayAgree() {
    var generator = SplitMix(seed: 1)
    let alphabet = Array("abcXYZ019._-+@@")
    var usable = 0
    for _ in 0..<20_000 {
      let length = Int.random(in: 1...18, using: &generator)
      let local = String((0..<length).compactMap { _ in alphabet.randomElement(using: &generator) })
      let raw = local + ["", "@example.com", "@gmail.com", "@Ex-ample.org"][Int(generator.next() % 4)]
      // White space in front is all that keeps an address from the plain way.
      let plain = EmailAddress.normalise(raw)
      #expect(plain == EmailAddress.normalise(" " + raw), "\(raw)")
      if !plain.canonical.isEmpty { usable += 1 }
    }
    #expect(usable > 1_000)
  }

  @Test func jidIsNoAddress() {
    #expect(normalise("447700900123@s.whatsapp.net", .email).canonical == "+447700900123")
    #expect(normalise("447700900123@s.whatsapp.net", .email).kind == .phone)
  }
}

@Suite struct MaskedValueTests {
  @Test func matchesWhatItCouldHide() throws {
    let mask = try #require(MaskedValue("j***n@g****.com"))
    #expect(mask.shown == 6)
    #expect(mask.matches("john.allen@gmail.com"))
    #expect(mask.matches("jason@gmail.com", exactLength: true))
    #expect(!mask.matches("johnathan@gmail.com", exactLength: true))
    #expect(!mask.matches("mary@gmail.com"))
    #expect(!mask.matches("jn@gmail.com"), "a mask hides one character at least")
    #expect(!mask.matches("john@gmail.co.uk"))
    #expect(!mask.matches(""))
  }

  @Test func phones() throws {
    let mask = try #require(MaskedValue("•••••••123"))
    #expect(mask.matches("+447700900123"))
    #expect(!mask.matches("+447700900124"))
    #expect(mask.shown == 3)
  }

  @Test func noMask() {
    #expect(MaskedValue("hilda@example.com") == nil)
    #expect(MaskedValue("") == nil)
    #expect(MaskedValue(String(repeating: "*", count: 100_000)) == nil)
  }

  @Test func manyRunsTakeLinearTime() throws {
    let mask = try #require(MaskedValue(String(repeating: "a*", count: 150)))
    #expect(!mask.matches(String(repeating: "a", count: 299)))
    #expect(mask.matches(String(repeating: "a", count: 300)))
  }
}
