/// Telegram Desktop's "Export Telegram data" of the whole account, in JSON.
struct TelegramExport {
  let script: Script
  private var cast: Cast { script.cast }

  func files() throws -> [GeneratedFile] {
    let owner = try cast.account("victim-tg")
    var random = SeededRandom(seed: UInt64(script.exportedAt)).branch("telegram")
    let value: OrderedJSON = [
      "about": "Here is the data you requested.",
      "personal_information": [
        "user_id": .integer(Int(owner.platformID ?? "") ?? 0), "first_name": .string(cast.victimName.first),
        "last_name": .string(cast.victimName.last),
        "phone_number": .string(WhatsAppExport.spaced(owner.phone ?? "")), "bio": "",
      ],
      "profile_pictures": [],
      "contacts": ["about": "Your synchronised contacts.", "list": [try contact("b12-tg")]],
      "frequent_contacts": ["about": "People you message frequently.", "list": []],
      "sessions": [
        "about": "Your active sessions.",
        "list": [
          [
            "last_active": .string(Stamp.isoLondonNaive(script.exportedAt - 900)),
            "last_active_unixtime": .string(String(script.exportedAt - 900)), "last_ip": "2001:db8:51:7::2",
            "last_country": "United Kingdom", "last_region": "", "application_name": "Telegram iOS",
            "application_version": "11.9", "device_model": "iPhone 15", "platform": "iOS",
            "system_version": "18.5", "created": .string(Stamp.isoLondonNaive(script.exportedAt - 9_000_000)),
            "created_unixtime": .string(String(script.exportedAt - 9_000_000)),
          ]
        ],
      ],
      "web_sessions": ["about": "Websites that use your account.", "list": []],
      "other_data": ["about": "", "help": ""],
      "chats": [
        "about": "This page lists all chats from this export.",
        "list": .array(
          try ["b12-tg", "k1-tg1", "k2-tg1", "k2-tg2"].map { try chat($0, owner, &random) }),
      ],
      "left_chats": ["about": "", "list": []],
    ]
    let date = Stamp.utcDate(script.exportedAt)
    return [GeneratedFile("telegram/DataExport_\(date)/result.json", value.text(.telegram) + "\n")]
  }

  private func contact(_ name: String) throws -> OrderedJSON {
    let account = try cast.account(name)
    let parts = account.shownName.split(separator: " ", maxSplits: 1).map(String.init)
    let at = script.instant(day: -200, hour: 12)
    return [
      "user_id": .integer(Int(account.platformID ?? "") ?? 0), "first_name": .string(parts[0]),
      "last_name": .string(parts.count > 1 ? parts[1] : ""),
      "phone_number": .string("00" + (account.phone ?? "").dropFirst()),
      "date": .string(Stamp.isoLondonNaive(at)), "date_unixtime": .string(String(at)),
    ]
  }

  private func chat(_ name: String, _ owner: CastAccount, _ random: inout SeededRandom) throws -> OrderedJSON
  {
    let other = try cast.account(name)
    var id = 1_000 + random.below(4_000)
    let messages: [OrderedJSON] = try script.conversation(name).messages.map { message in
      id += 1 + random.below(9)
      let sender = message.author == name ? other : owner
      // Text with an entity is an array of pieces; plain text is a string.
      let text: OrderedJSON
      if id % 7 == 0, let space = message.text.firstIndex(of: " ") {
        text = [
          ["type": "bold", "text": .string(String(message.text[..<space]))],
          .string(String(message.text[space...])),
        ]
      } else {
        text = .string(message.text)
      }
      return [
        "id": .integer(id), "type": "message", "date": .string(Stamp.isoLondonNaive(message.at)),
        "date_unixtime": .string(String(message.at)), "from": .string(sender.shownName),
        "from_id": .string("user" + (sender.platformID ?? "")), "text": text,
        "text_entities": [["type": "plain", "text": .string(message.text)]],
      ]
    }
    return [
      "name": .string(other.shownName), "type": "personal_chat",
      "id": .integer(Int(other.platformID ?? "") ?? 0), "messages": .array(messages),
    ]
  }
}
