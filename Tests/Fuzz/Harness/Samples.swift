import AccountModel

/// Small invented sources to begin from; the fuzzer finds its way from what these contain.
enum Samples {
  /// A member by the path that a download gives it, with the id of its format.
  typealias Member = (format: String, path: String, text: String)

  static let members = chats + downloads + returns + collections + tables

  /// Posts of several habits, with what is left out of a text.
  static let posts = [
    "I thought about calling you on Sunday, but the line was bad again; so here's a letter (a long one!) instead.\n",
    "ok so i was thinking... maybe we shud just go on friday?? idk its up to u lol :( my phone is dead sooo ill be late\n",
    "On Monday Ann wrote:\n> Did you see https://example.org/x?\nYes @ann, 10:30 \u{2019}til 5% \u{1F602}\u{1F602} \u{1F44D}\u{1F3FD} na\u{EF}ve e\u{301}\n-- \nSent from my phone",
    "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{65E5}\u{672C} \u{41F}\u{440}\u{438}\u{432}\u{435}\u{442} <ann> hi ''em rock'n'roll \u{E000}\u{200D}\u{10FFFF} McDonald snake_case AAAh",
  ]

  /// Texts of JSON.
  static let json = [
    #"{"a":[1,2.5,"x\u00e9"],"b":{"c":null,"d":[true,false]}}"#, #"[{"a":1,"b":[{},[]]},{"a":"y"}]"#,
    #"[[1],[2,[3]],"\ud83d\ude00"]"#, #"{"a":{"b":{"c":[-0,1e999,18446744073709551616]}}}"#,
    #"[NaN,"\ud800",1,]"#, #" "text" "#, "12", #"{"a\u0062":1,"a":2,"a":3};"#,
  ]

  /// Identifiers of each kind.
  static let identifiers: [(IdentifierKind, [String])] = [
    (.email, ["Hilda.Marsh+x@googlemail.com", "a@b", "\"a b\"@example.org", "<zoë@exämple.org>"]),
    (.phone, ["07700 900123", "+44 (0)20 7946 0123", "447700900123@s.whatsapp.net", "1555@lid", "7.7E+9"]),
    (.handle, ["@h1ld4_99", "https://x.com/rex", "Name#1234", "u/spez", "a.b@c.social"]),
    (.platformID, ["1541815603606036480", "t2_abc", "did:plc:abcdefgh", "user77", "0042"]),
    (.displayName, ["Zoë Marsh", "раураl", "H\u{200B}ilda"]),
    (.personName, ["MARSH, Hilda", "Dr. J. O'Neil"]),
    (.dateOfBirth, ["1990-12-31", "31/12/1990", "31 Dec 90"]),
    (.postalAddress, ["1 High St, London SW1A 1AA"]),
    (.url, ["HTTPS://Example.org:443/a/../b?utm_source=x#y"]),
    (.profileLink, ["https://www.facebook.com/profile.php?id=4", "t.me/rex", "instagram.com/_u/rex/"]),
    (.ip, ["192.0.2.1:443", "[2001:db8::1]:80", "::ffff:192.0.2.1", "0300.1"]),
    (.device, ["49-015420-323751-8", "AA:BB:CC:DD:EE:FF", "6D92078A-8246-4BA4-AE5B-76104861E7DC"]),
    (.cookie, ["datr=abc; path=/", "****abc"]), (.userAgent, ["Mozilla/5.0 (Linux; Android 14)"]),
  ]
}
