import AccountModel

/// Everybody in the case, drawn from a seed.
struct Cast: Sendable {
  private(set) var accounts: [CastAccount] = []
  private var positions: [String: Int] = [:]
  /// The victim's first name and surname.
  let victimName: (first: String, last: String)
  /// The name that the third stalker shares with an innocent man.
  let sharedName: String
  /// The town where it all happens.
  let town: String
  /// Numbers that no account of the cast holds yet.
  private(set) var freshPhones: [String]

  /// The account of a name.
  func account(_ name: String) throws(UnknownCastAccount) -> CastAccount {
    guard let position = positions[name] else { throw UnknownCastAccount(name: name) }
    return accounts[position]
  }

  init(_ random: SeededRandom) {
    var random = random
    victimName = (random.pick(NamePools.womensNames), NamePools.surnames[random.below(3)])
    town = random.pick(NamePools.towns)
    // Ofcom's numbers for drama: 07700 900000 to 900999.
    freshPhones = random.shuffled((0..<1_000).map { "+447700900" + String(1_000 + $0).dropFirst() })
    var surnames = random.shuffled(Array(NamePools.surnames.dropFirst(3)))
    var firstNames = random.shuffled(NamePools.firstNames)
    sharedName = "\(random.pick(NamePools.mensNames)) \(surnames.removeLast())"
    addVictim(&random)
    addFirstStalker(&random)
    addSecondStalker(&random)
    addThirdStalker(&random)
    addBystanders(&random, &firstNames, &surnames)
  }

  /// Gives an account an X id that holds the time of its registration.
  mutating func registerOnX(_ name: String, at instant: Int, _ low: Int) {
    guard let position = positions[name] else { return }
    accounts[position].platformID = String((instant * 1_000 - 1_288_834_974_657) << 22 | low)
  }

  /// Takes a number that nobody else has.
  mutating func takePhone() -> String { freshPhones.removeLast() }

  private mutating func add(_ account: CastAccount) {
    positions[account.name] = accounts.count
    accounts.append(account)
  }

  /// A permanent id in a range like the platform's own.
  private static func platformID(_ platform: Platform, _ random: inout SeededRandom) -> String {
    switch platform {
    case .instagram: "6" + random.digits(10)
    case .facebook: "1000" + random.digits(11)
    case .telegram: "5" + random.digits(9)
    default:
      // An X id of 2022 to 2025 holds its own time: (milliseconds - 1288834974657) << 22.
      String(
        (random.int(in: 1_650_000_000...1_755_000_000) * 1_000 - 1_288_834_974_657) << 22
          | random.below(4_096))
    }
  }

  /// A throw-away handle, which tells nothing about its holder.
  private func plainHandle(_ random: inout SeededRandom, _ separator: String) -> String {
    while true {
      let handle =
        random.pick(NamePools.plainHeads) + separator + random.pick(NamePools.plainTails) + random.digits(2)
      // No two of these may share a stem: a chance resemblance would be a link between strangers.
      let stem = handle.filter(\.isLetter)
      let taken = accounts.contains { ($0.handle ?? $0.email ?? "").filter(\.isLetter).hasPrefix(stem) }
      if handle.utf8.count <= 15, !taken { return handle }
    }
  }

  private mutating func addVictim(_ random: inout SeededRandom) {
    let name = "\(victimName.first) \(victimName.last)"
    let stem = Self.ascii(victimName.first) + "." + Self.ascii(victimName.last)
    let phone = takePhone()
    add(CastAccount("victim-wa", .whatsapp, phone: phone, displayName: name))
    add(
      CastAccount(
        "victim-ig", .instagram, platformID: Self.platformID(.instagram, &random), handle: stem + ".art",
        displayName: name))
    add(
      CastAccount(
        "victim-fb", .facebook, platformID: Self.platformID(.facebook, &random),
        handle: stem.replacing(".", with: "") + "art", displayName: name))
    add(CastAccount("victim-sms", .sms, phone: phone))
    add(
      CastAccount(
        "victim-x", .x, platformID: Self.platformID(.x, &random),
        handle: String((Self.ascii(victimName.first) + "_" + Self.ascii(victimName.last)).prefix(13)) + "_a",
        displayName: name))
    add(CastAccount("victim-em", .email, email: stem + "@example.org", displayName: name))
    add(
      CastAccount(
        "victim-tg", .telegram, platformID: Self.platformID(.telegram, &random), phone: phone,
        displayName: name))
  }

  private mutating func addFirstStalker(_ random: inout SeededRandom) {
    let head = random.pick(NamePools.stemHeads)
    let tail = random.pick(NamePools.stemTails)
    let stem = head + tail
    func id(_ platform: Platform) -> String { Self.platformID(platform, &random) }
    func instagram(_ number: Int, _ handle: String, _ shown: String? = nil) -> CastAccount {
      CastAccount(
        "k1-ig\(number)", .instagram, platformID: id(.instagram), handle: handle, displayName: shown)
    }
    add(instagram(1, head + "." + tail, "\(head.capitalized) \(tail.capitalized)"))
    add(instagram(2, Self.leet(stem) + "_" + random.digits(2)))
    add(instagram(3, plainHandle(&random, ".")))
    add(instagram(4, plainHandle(&random, "_")))
    add(instagram(5, plainHandle(&random, "")))
    add(instagram(6, plainHandle(&random, ".")))
    let phone = takePhone()
    add(
      CastAccount(
        "k1-tg1", .telegram, platformID: id(.telegram), handle: stem + random.digits(2),
        displayName: String(tail.prefix(1)).uppercased() + "."))
    add(CastAccount("k1-wa1", .whatsapp, phone: phone))
    // Poses as the victim: a letter o for nought in the handle, a Cyrillic letter in the name.
    let lookAlike = String((Self.ascii(victimName.first) + "_" + Self.ascii(victimName.last)).prefix(13))
    add(
      CastAccount(
        "k1-x1", .x, platformID: id(.x), handle: lookAlike + "_4",
        displayName: "\(victimName.first) \(victimName.last)".replacing("o", with: "о", maxReplacements: 1)))
  }

  private mutating func addSecondStalker(_ random: inout SeededRandom) {
    let head = random.pick(NamePools.secondHeads)
    let tail = random.pick(NamePools.secondTails)
    func id(_ platform: Platform) -> String { Self.platformID(platform, &random) }
    let domains = random.shuffled(["example.com", "example.net", "mail.example", "post.example"])
    let names = random.shuffled(["A Concerned Party", "The Observer", "Civic Duty", "Well Wisher"])
    for number in 1...3 {
      add(
        CastAccount(
          "k2-em\(number)", .email,
          email: plainHandle(&random, ".").replacing("_", with: "") + "@" + domains[number - 1],
          displayName: names[number - 1]))
    }
    add(
      CastAccount(
        "k2-tg1", .telegram, platformID: id(.telegram), handle: plainHandle(&random, "_"),
        displayName: "Auditor"))
    add(
      CastAccount(
        "k2-tg2", .telegram, platformID: id(.telegram), handle: Self.leet(head + tail),
        displayName: "Registrar"))
    add(
      CastAccount("k2-x1", .x, platformID: id(.x), handle: plainHandle(&random, "_"), displayName: "Nobody"))
    add(CastAccount("k2-x2", .x, platformID: id(.x), handle: head + "_" + tail, displayName: "Nobody Else"))
    add(
      CastAccount(
        "k2-ig1", .instagram, platformID: id(.instagram), handle: plainHandle(&random, "_"),
        displayName: "Postscript"))
  }

  private mutating func addThirdStalker(_ random: inout SeededRandom) {
    let old = takePhone()
    let new = takePhone()
    func id(_ platform: Platform) -> String { Self.platformID(platform, &random) }
    add(CastAccount("k3-sms1", .sms, phone: old))
    add(CastAccount("k3-wa1", .whatsapp, phone: old))
    add(CastAccount("k3-wa2", .whatsapp, phone: new))
    add(
      CastAccount(
        "k3-fb1", .facebook, platformID: id(.facebook),
        handle: Self.ascii(sharedName).filter(\.isLetter) + random.digits(2), displayName: sharedName))
    add(
      CastAccount(
        "k3-fb2", .facebook, platformID: id(.facebook), handle: plainHandle(&random, ""),
        displayName:
          "\(random.pick(["Mister", "Captain", "Old"])) \(random.pick(["Heron", "Bramble", "Saltmarsh"]))"))
    add(CastAccount("k3-sms2", .sms, phone: takePhone()))
  }

  private mutating func addBystanders(
    _ random: inout SeededRandom, _ firstNames: inout [String], _ surnames: inout [String]
  ) {
    func id(_ platform: Platform) -> String { Self.platformID(platform, &random) }
    func name() -> String { "\(firstNames.removeLast()) \(surnames.removeLast())" }
    func handle(_ name: String) -> String {
      Self.ascii(name).replacing(" ", with: "_").replacing("-", with: "").prefix(12) + random.digits(2)
    }
    add(CastAccount("b01-wa", .whatsapp, displayName: name()))
    let push = firstNames.removeLast()
    var unsaved = CastAccount("b02-wa", .whatsapp, displayName: "~\u{202F}\(push)")
    unsaved.otherNames = [push]
    add(unsaved)
    for number in ["b03", "b04"] {
      let shown = number == "b04" ? "\(town) Pottery" : name()
      add(
        CastAccount(
          "\(number)-ig", .instagram, platformID: id(.instagram), handle: handle(shown), displayName: shown))
    }
    for number in ["b05", "b06"] {
      let shown = name()
      add(
        CastAccount(
          "\(number)-fb", .facebook, platformID: id(.facebook),
          handle: handle(shown).replacing("_", with: ""), displayName: shown))
    }
    add(CastAccount("b07-sms", .sms, phone: takePhone(), displayName: name()))
    // The recycled number: once this man's, a year later the first stalker's.
    let recycled = accounts.first { $0.name == "k1-wa1" }?.phone
    add(CastAccount("b08-sms", .sms, phone: recycled, displayName: "\(firstNames.removeLast()) Plumber"))
    add(CastAccount("b09-sms", .sms, displayName: "HMRC"))
    add(CastAccount("b10-em", .email, email: "noreply@shop.example", displayName: "Shop Example"))
    let friend = name()
    add(
      CastAccount(
        "b11-em", .email, email: Self.ascii(friend).replacing(" ", with: ".") + "@example.com",
        displayName: friend))
    let contact = name()
    add(
      CastAccount(
        "b12-tg", .telegram, platformID: id(.telegram), phone: takePhone(), displayName: contact))
    let reader = name()
    add(CastAccount("b13-x", .x, platformID: id(.x), handle: handle(reader), displayName: reader))
    let housemate = name()
    add(
      CastAccount(
        "b14-ig", .instagram, platformID: id(.instagram), handle: handle(housemate), displayName: housemate))
    add(
      CastAccount(
        "b15-ig", .instagram, platformID: id(.instagram), handle: "bike" + random.digits(4) + "rides",
        displayName: "Two Wheels \(random.digits(2))"))
    let patrons: [Platform] = [.instagram, .x, .telegram, .facebook, .instagram, .x]
    for (offset, platform) in patrons.enumerated() {
      let shown = name()
      let suffix = [Platform.instagram: "ig", .x: "x", .telegram: "tg", .facebook: "fb"][platform] ?? "ac"
      let plain = handle(shown)
      add(
        CastAccount(
          "b\(16 + offset)-\(suffix)", platform, platformID: id(platform),
          handle: platform == .facebook ? plain.replacing("_", with: "") : plain, displayName: shown))
    }
  }

  /// Lower case, without marks: `Zoë` becomes `zoe`.
  static func ascii(_ name: String) -> String {
    let folds: [Character: Character] = ["ë": "e", "â": "a", "é": "e", "ł": "l"]
    return String(name.lowercased().map { folds[$0] ?? $0 })
  }

  /// Letters written as digits: `grim` becomes `gr1m`.
  static func leet(_ stem: String) -> String {
    let digits: [Character: Character] = ["i": "1", "e": "3", "o": "0"]
    return String(stem.map { digits[$0] ?? $0 })
  }
}

extension String {
  /// With the first letter in upper case.
  var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
