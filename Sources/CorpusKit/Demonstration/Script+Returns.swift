extension Script {
  /// What the providers told the police.
  mutating func recordReturns() throws(UnknownCastAccount) {
    let handset = drawHex(16)
    let browser = drawHex(24)
    let recovery = "box\(1_000 + draw(9_000))@mail.example"
    var records: [String: SubscriberRecord] = [:]
    let returned = [
      "k1-ig1", "k1-ig2", "k1-ig3", "k1-ig4", "k1-ig6", "k1-tg1", "k1-x1", "k2-ig1", "k2-x1", "k2-x2",
      "k2-tg1",
      "k3-fb1", "k3-fb2", "b14-ig", "b15-ig", "b16-ig", "b17-x", "b18-tg", "b19-fb", "b20-ig", "b21-x",
    ]
    for account in returned {
      var record = SubscriberRecord(account: account, registered: try registration(account))
      record.device = drawHex(16)
      if account.contains("-fb") || account.contains("-ig") { record.cookie = drawHex(24) }
      records[account] = record
    }
    records["k1-ig1"]?.device = handset
    records["k1-ig3"]?.device = handset
    records["k1-ig3"]?.recoveryEmail = recovery
    records["k1-ig4"]?.recoveryEmail = recovery
    records["k1-ig1"]?.recoveryEmail = "box\(1_000 + draw(9_000))@post.example"
    records["k1-tg1"]?.phone = try cast.account("k1-wa1").phone ?? ""
    records["k2-x1"]?.recoveryEmail = try cast.account("k2-em2").email ?? ""
    records["k2-ig1"]?.recoveryEmail = try cast.account("k2-em1").email ?? ""
    let firstX = try cast.account("k2-x1").handle ?? ""
    records["k2-x2"]?.linked = "https://x.com/\(firstX)"
    records["k3-fb1"]?.phone = try cast.account("k3-sms1").phone ?? ""
    records["k3-fb1"]?.cookie = browser
    records["k3-fb2"]?.cookie = browser
    records["k3-fb1"]?.personName = cast.sharedName
    records["k3-fb1"]?.dateOfBirth = "19\(70 + draw(9))-0\(1 + draw(9))-\(10 + draw(18))"
    records["b15-ig"]?.personName = cast.sharedName
    records["b15-ig"]?.dateOfBirth = "19\(90 + draw(9))-1\(draw(3))-\(10 + draw(18))"
    for account in ["b14-ig", "b16-ig", "b17-x", "b19-fb", "b20-ig"] {
      records[account]?.personName = try cast.account(account).displayName ?? ""
      records[account]?.dateOfBirth = "19\(60 + draw(40))-0\(1 + draw(9))-\(10 + draw(18))"
    }
    subscribers = returned.compactMap { records[$0] }

    let profileHandle = try cast.account("k1-tg1").handle ?? ""
    openLinks["k1-x1"] = ["https://t.me/\(profileHandle)"]
    openLinks["k1-tg1"] = ["https://x.com/\(try cast.account("k1-x1").handle ?? "")"]
    openLinks["k2-x2"] = ["https://x.com/\(firstX)"]
    openEmails["k2-tg1"] = [try cast.account("k2-em1").email ?? ""]
    try recordAccesses(returned)
  }

  /// When an account was made: a stalker's shortly before it is first seen, anybody else's years ago.
  private mutating func registration(_ name: String) throws(UnknownCastAccount) -> Int {
    let account = try cast.account(name)
    if account.platform == .x, let id = Int(account.platformID ?? "") {
      return (id >> 22 + 1_288_834_974_657) / 1_000
    }
    guard account.isSuspect, let first = firstSeen(name) else {
      return instant(day: -300 - draw(2_400), hour: 8 + draw(12), minute: draw(60), second: draw(60))
    }
    return first - 1_200 - draw(1_800)
  }

  private mutating func recordAccesses(_ returned: [String]) throws(UnknownCastAccount) {
    for account in returned {
      let agent = Self.userAgents[draw(Self.userAgents.count)]
      var moments = (conversations.first { $0.account == account }?.messages ?? []).filter {
        $0.author == account
      }
      if moments.isEmpty { moments = posts[account] ?? [] }
      let ips = [takeIP(), takeIP()]
      var spread = moments.isEmpty ? [instant(day: 60, hour: 12)] : moments.map { $0.at - 60 - draw(600) }
      while spread.count > 5 { spread.remove(at: draw(spread.count)) }
      for at in spread { access(account, at, ips[draw(2)], agent) }
    }
    let agent = Self.userAgents[0]
    // The same address and port within a minute: one connection behind the provider's translator.
    try shareConnection("k1-ig4", "k1-ig6", agent)
    try shareConnection("k2-x1", "k2-ig1", agent)
    stageSharedAddresses(agent)
    accesses.sort { ($0.at, $0.account) < ($1.at, $1.account) }
  }

  private mutating func access(_ account: String, _ at: Int, _ ip: String, _ agent: String, port: Int? = nil)
  {
    let chosen = port ?? 20_000 + draw(40_000)
    accesses.append(RecordedAccess(account: account, at: at, ip: ip, port: chosen, userAgent: agent))
  }

  private mutating func shareConnection(
    _ first: String, _ second: String, _ agent: String
  ) throws(UnknownCastAccount) {
    let ip = takeIP()
    let messages = try conversation(second).messages
    for message in messages.prefix(2) {
      let port = 20_000 + draw(40_000)
      access(first, message.at - 70, ip, agent, port: port)
      access(second, message.at - 70 + 20 + draw(20), ip, agent, port: port)
    }
  }

  /// A household, a public library and a carrier's translator: one address, several people.
  private mutating func stageSharedAddresses(_ agent: String) {
    let home = takeIP()
    mailAddresses["k2-em1"] = home
    mailAddresses["k2-em2"] = home
    mailAddresses["k2-em3"] = takeIP()
    for day in [45, 52, 63] { access("k2-x1", instant(day: day, hour: 7, minute: draw(60)), home, agent) }
    for day in [44, 50, 53, 61, 70] {
      access("b14-ig", instant(day: day, hour: 20, minute: draw(60)), home, Self.userAgents[1])
    }
    let library = takeIP()
    let patrons = ["b16-ig", "b17-x", "b18-tg", "b19-fb", "b20-ig", "b21-x", "k2-tg2", "k1-ig5"]
    for (position, account) in patrons.enumerated() {
      for visit in 0..<3 {
        access(
          account, instant(day: 108 + visit * 9 + position % 3, hour: 10 + position % 6, minute: draw(60)),
          library,
          Self.userAgents[position % Self.userAgents.count])
      }
    }
    let carrier = takeIP()
    let at = instant(day: 55, hour: 23, minute: draw(50))
    access("k1-x1", at, carrier, Self.userAgents[2], port: 31_000 + draw(200))
    access("b17-x", at + 25, carrier, Self.userAgents[3], port: 44_000 + draw(200))
  }

  static let userAgents = [
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
  ]

  /// What misleads, in words and names.
  mutating func plantTraps() {
    traps = [
      DemonstrationTrap(
        name: "shared-household", accounts: ["k2-x1", "b14-ig"],
        why: "Two people behind one home address: same IP address, other ports, devices and hours."),
      DemonstrationTrap(
        name: "namesakes", accounts: ["k3-fb1", "b15-ig"],
        why: "Two people of the same name, \(cast.sharedName), with different dates of birth."),
      DemonstrationTrap(
        name: "victim-quotes-abuser", accounts: ["victim-wa", "k1-ig2", "k3-fb1", "k1-ig5"],
        why: "The victim copies messages that she received into her friends' group, word for word."),
      DemonstrationTrap(
        name: "recycled-number", accounts: ["b08-sms", "k1-wa1", "k1-tg1"],
        why: "A telephone number held by a plumber in 2024 and by somebody else a year later."),
      DemonstrationTrap(
        name: "public-library",
        accounts: ["b16-ig", "b17-x", "b18-tg", "b19-fb", "b20-ig", "b21-x", "k2-tg2", "k1-ig5"],
        why: "One public IP address used by many people who have nothing to do with each other."),
      DemonstrationTrap(
        name: "impostor", accounts: ["k1-x1", "victim-x"],
        why: "An abuser's account that poses as the victim: look-alike name and handle."),
      DemonstrationTrap(
        name: "carrier-translator", accounts: ["k1-x1", "b17-x"],
        why: "A carrier's shared address in the same minute, but from another port: two subscribers."),
    ]
  }
}
