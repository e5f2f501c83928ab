extension Script {
  /// The serial returner: each block brings a new account the same night.
  mutating func stageFirstStalker() {
    let order = ["k1-ig1", "k1-ig2", "k1-tg1", "k1-ig3", "k1-ig4", "k1-wa1", "k1-ig5", "k1-ig6"]
    var day = 0
    for account in order {
      let length = 11 + draw(4)
      let victim =
        account.contains("-tg") ? "victim-tg" : account.contains("-wa") ? "victim-wa" : "victim-ig"
      let blockDay = day + length
      converse(
        account, .first, days: day...(blockDay - 1), count: 20 + draw(6), replies: 2, victim: victim,
        blockedAt: instant(day: blockDay, hour: 19, minute: draw(60), second: draw(60)))
      if account == "k1-tg1" { post(account, .first, days: (day + 1)...(day + 30), count: 8) }
      day = blockDay
    }
    post("k1-x1", .first, days: 40...75, count: 16)
    links += [
      PlantedLink(accounts: ("k1-ig1", "k1-ig2"), by: "handle stem in leet"),
      PlantedLink(accounts: ("k1-ig1", "k1-ig3"), by: "device id"),
      PlantedLink(accounts: ("k1-ig3", "k1-ig4"), by: "recovery e-mail"),
      PlantedLink(accounts: ("k1-ig2", "k1-tg1"), by: "handle stem on another platform"),
      PlantedLink(accounts: ("k1-tg1", "k1-wa1"), by: "telephone number"),
      PlantedLink(accounts: ("k1-x1", "k1-tg1"), by: "profiles that link to each other"),
      PlantedLink(accounts: ("k1-ig4", "k1-ig6"), by: "IP address, port and time"),
    ]
  }

  /// Throw-away mail, Telegram and X.
  mutating func stageSecondStalker() {
    converse("k2-em1", .second, days: 5...60, count: 10, replies: 1, victim: "victim-em")
    converse("k2-em2", .second, days: 62...80, count: 7, replies: 1, victim: "victim-em")
    converse("k2-em3", .second, days: 115...135, count: 8, replies: 1, victim: "victim-em")
    converse(
      "k2-tg1", .second, days: 20...45, count: 14, victim: "victim-tg", blockedAt: instant(day: 46, hour: 9))
    let block = instant(day: 65, hour: 21, minute: draw(50), second: draw(60))
    converse("k2-x1", .second, days: 40...65, count: 14, victim: "victim-x", blockedAt: block)
    converse("k2-x2", .second, days: 66...90, count: 14, victim: "victim-x")
    converse(
      "k2-ig1", .second, days: 85...105, count: 14, victim: "victim-ig", blockedAt: instant(day: 106, hour: 9)
    )
    converse("k2-tg2", .second, days: 100...120, count: 14, victim: "victim-tg")
    post("k2-tg1", .second, days: 22...50, count: 8)
    post("k2-tg2", .second, days: 101...130, count: 10)
    post("k2-x2", .second, days: 66...110, count: 10)
    // From one address, four minutes apart: the last of the first mailbox and the first of the second.
    if let first = conversations.lastIndex(where: { $0.account == "k2-em1" }),
      let second = conversations.lastIndex(where: { $0.account == "k2-em2" })
    {
      let at = instant(day: 62, hour: 6, minute: 10 + draw(30), second: draw(60))
      let surname = cast.victimName.last
      var voice = SeededRandom(seed: UInt64(draw(1 << 30)))
      conversations[first].messages.append(
        ScriptMessage(author: "k2-em1", at: at, text: Voice.second.message(&voice, addressing: surname)))
      conversations[second].messages.insert(
        ScriptMessage(
          author: "k2-em2", at: at + 240, text: Voice.second.message(&voice, addressing: surname)), at: 0)
      conversations[second].messages.sort { $0.at < $1.at }
    }
    links += [
      PlantedLink(accounts: ("k2-em1", "k2-ig1"), by: "recovery e-mail"),
      PlantedLink(accounts: ("k2-em2", "k2-x1"), by: "recovery e-mail"),
      PlantedLink(accounts: ("k2-em1", "k2-tg1"), by: "e-mail in a public profile"),
      PlantedLink(accounts: ("k2-x1", "k2-x2"), by: "linked account declared"),
      PlantedLink(accounts: ("k2-x2", "k2-tg2"), by: "handle stem in leet"),
      PlantedLink(accounts: ("k2-x1", "k2-ig1"), by: "IP address, port and time"),
    ]
  }

  /// The former colleague.
  mutating func stageThirdStalker() {
    converse("k3-sms1", .third, days: 0...30, count: 26, replies: 2, victim: "victim-sms")
    converse("k3-wa1", .third, days: 8...40, count: 26, replies: 2, victim: "victim-wa")
    numberChangedAt = instant(day: 41, hour: 18, minute: draw(60), second: draw(60))
    converse("k3-wa2", .third, days: 42...70, count: 22, victim: "victim-wa")
    converse("k3-fb1", .third, days: 20...55, count: 24, replies: 2, victim: "victim-fb")
    converse("k3-fb2", .third, days: 60...90, count: 22, victim: "victim-fb")
    converse("k3-sms2", .third, days: 95...125, count: 22, victim: "victim-sms")
    links += [
      PlantedLink(accounts: ("k3-sms1", "k3-wa1"), by: "telephone number"),
      PlantedLink(accounts: ("k3-wa1", "k3-wa2"), by: "changed number"),
      PlantedLink(accounts: ("k3-sms1", "k3-fb1"), by: "telephone number of the subscriber"),
      PlantedLink(accounts: ("k3-fb1", "k3-fb2"), by: "browser cookie"),
    ]
  }

  /// Friends, shops and strangers.
  mutating func stageBystanders() {
    converse("b01-wa", .bystander, days: 0...140, count: 20, replies: 18, victim: "victim-wa")
    converse("b03-ig", .bystander, days: 3...130, count: 12, replies: 10, victim: "victim-ig")
    converse("b04-ig", .bystander, days: 30...50, count: 4, replies: 3, victim: "victim-ig")
    converse("b05-fb", .bystander, days: 5...120, count: 14, replies: 9, victim: "victim-fb")
    converse("b06-fb", .bystander, days: 15...90, count: 8, replies: 6, victim: "victim-fb")
    converse("b07-sms", .bystander, days: 2...135, count: 14, replies: 12, victim: "victim-sms")
    // More than a year before the number came to somebody else: days are counted from the start of the case.
    converse("b08-sms", .bystander, days: -410 ... -385, count: 6, replies: 4, victim: "victim-sms")
    converse("b11-em", .bystander, days: 10...110, count: 5, replies: 3, victim: "victim-em")
    converse("b12-tg", .bystander, days: 10...120, count: 10, replies: 8, victim: "victim-tg")
    converse("b13-x", .bystander, days: 20...100, count: 6, replies: 5, victim: "victim-x")
    for account in ["b16-ig", "b17-x", "b18-tg", "b19-fb", "b20-ig", "b21-x", "b13-x"] {
      post(account, .bystander, days: 30...120, count: 5)
    }
    stageGroup()
  }

  /// The victim's friends talk; she quotes what she was sent.
  private mutating func stageGroup() {
    let people = ["b01-wa", "b02-wa"]
    var voice = SeededRandom(seed: UInt64(draw(1 << 30)))
    group = times(.bystander, days: 95...140, count: 24).enumerated().map { position, at in
      ScriptMessage(
        author: position % 3 == 2 ? "victim-wa" : people[position % 3], at: at,
        text: Voice.bystander.message(&voice, addressing: cast.victimName.last))
    }
    let sources = ["k1-ig2", "k3-fb1", "k1-ig5"]
    for (position, source) in sources.enumerated() {
      guard let quoted = conversations.first(where: { $0.account == source })?.messages.first else {
        continue
      }
      let at = instant(day: 100 + position * 11, hour: 10, minute: draw(60), second: draw(60))
      group.append(
        ScriptMessage(
          author: "victim-wa", at: at,
          text: "This is what I keep getting:\n\"\(quoted.text)\"\nWho writes like that?"))
    }
    group.sort { $0.at < $1.at }
  }
}
