/// The victim's Instagram download, in JSON, as a zip.
struct InstagramExport {
  let script: Script
  private var cast: Cast { script.cast }
  private typealias Member = (name: String, bytes: [UInt8])

  func files() throws -> [GeneratedFile] {
    let owner = try cast.account("victim-ig")
    var random = SeededRandom(seed: UInt64(script.exportedAt)).branch("instagram")
    var members: [Member] = []
    func add(_ name: String, _ json: OrderedJSON) { members.append((name, Array(json.text(.meta).utf8))) }
    add("personal_information/personal_information/personal_information.json", try personalInformation(owner))
    let security = "security_and_login_information/login_and_profile_creation/"
    add(security + "login_activity.json", loginActivity(&random))
    add(security + "signup_details.json", signup(owner))
    let connections = "connections/followers_and_following/"
    add(connections + "followers_1.json", try followers())
    add(connections + "following.json", try following())
    add(connections + "blocked_profiles.json", try blocked())
    add(connections + "recent_follow_requests.json", try requests())
    add("your_instagram_activity/likes/liked_posts.json", try likes(&random))
    for (account, folder) in [
      ("b03-ig", "inbox"), ("b04-ig", "inbox"), ("k1-ig1", "inbox"), ("k1-ig2", "message_requests"),
      ("k1-ig3", "message_requests"), ("k1-ig4", "inbox"), ("k1-ig5", "message_requests"),
      ("k1-ig6", "message_requests"), ("k2-ig1", "message_requests"),
    ] {
      let other = try cast.account(account)
      let slug = (other.handle ?? "").filter { $0.isLetter || $0.isNumber }
      let path = "\(folder)/\(slug)_\(random.digits(16))"
      let conversation = try script.conversation(account)
      add(
        "your_instagram_activity/messages/\(path)/message_1.json",
        try MetaMessages.thread(conversation, path: path, with: other, owner: owner, cast: cast))
    }
    let name =
      "instagram/instagram-\(owner.handle ?? "")-\(Stamp.utcDate(script.exportedAt))-\(random.hex(8)).zip"
    return [GeneratedFile(name, bytes: try zipFile(members))]
  }

  private static func entry(_ value: String, _ timestamp: Int = 0) -> OrderedJSON {
    ["href": "", "value": .string(value), "timestamp": .integer(timestamp)]
  }

  private func personalInformation(_ owner: CastAccount) throws -> OrderedJSON {
    let email = try cast.account("victim-em").email ?? ""
    let phone = try cast.account("victim-sms").phone ?? ""
    return [
      "profile_user": [
        [
          "title": "", "media_map_data": [:],
          "string_map_data": [
            "Email": Self.entry(email), "Phone Number": Self.entry(phone),
            "Phone Confirmed": Self.entry("True"), "Username": Self.entry(owner.handle ?? ""),
            "Name": Self.entry(owner.shownName), "Bio": Self.entry("prints & pots · no reposts"),
            "Date of birth": Self.entry("1991-06-18"), "Private Account": Self.entry("True"),
          ],
        ]
      ]
    ]
  }

  private func loginActivity(_ random: inout SeededRandom) -> OrderedJSON {
    var logins: [OrderedJSON] = []
    for week in 0..<12 {
      let at = script.exportedAt - week * 700_000 - random.below(80_000)
      logins.append([
        "title": .string(Stamp.isoZ(at).dropLast() + "+00:00"), "media_map_data": [:],
        "string_map_data": [
          "Cookie Name": Self.entry("*************************" + random.hex(3)),
          "IP Address": Self.entry("2001:db8:51:\(random.hex(3))::\(random.hex(2))"),
          "Port": Self.entry(String(30_000 + random.below(30_000))), "Language Code": Self.entry("en"),
          "Time": Self.entry("", at), "User Agent": Self.entry(Script.userAgents[1]),
        ],
      ])
    }
    return ["account_history_login_history": .array(logins)]
  }

  private func signup(_ owner: CastAccount) -> OrderedJSON {
    [
      "account_history_registration_info": [
        [
          "title": "", "media_map_data": [:],
          "string_map_data": [
            "Username": Self.entry(owner.handle ?? ""), "IP Address": Self.entry("2001:db8:51:9::4"),
            "Time": Self.entry("", CivilTime.seconds(year: 2017, month: 3, day: 4) + 50_000),
            "Device": Self.entry("iPhone8,1"),
          ],
        ]
      ]
    ]
  }

  private static func listed(_ handle: String, _ at: Int, value: Bool) -> OrderedJSON {
    var members: [(String, OrderedJSON)] = [("href", .string("https://www.instagram.com/\(handle)"))]
    if value { members.append(("value", .string(handle))) }
    members.append(("timestamp", .integer(at)))
    return .object(members)
  }

  private func followers() throws -> OrderedJSON {
    .array(
      try ["b03-ig", "b04-ig", "k1-ig1", "k1-ig4"].enumerated().map { position, name in
        let handle = try cast.account(name).handle ?? ""
        let at = script.instant(day: position - 2, hour: 13, minute: 7 * position)
        return [
          "title": "", "media_list_data": [], "string_list_data": [Self.listed(handle, at, value: true)],
        ]
      })
  }

  private func following() throws -> OrderedJSON {
    [
      "relationships_following": .array(
        try ["b03-ig", "b04-ig"].enumerated().map { position, name in
          let handle = try cast.account(name).handle ?? ""
          let at = script.instant(day: -30 + position, hour: 14)
          return [
            "title": .string(handle), "string_list_data": [Self.listed("_u/" + handle, at, value: false)],
          ]
        })
    ]
  }

  private func blocked() throws -> OrderedJSON {
    let blocks = script.conversations.filter { $0.account.contains("-ig") && $0.blockedAt != nil }
      .sorted { ($0.blockedAt ?? 0) > ($1.blockedAt ?? 0) }
    return [
      "relationships_blocked_users": .array(
        try blocks.map { block in
          let handle = try cast.account(block.account).handle ?? ""
          return [
            "title": .string(handle), "media_list_data": [],
            "string_list_data": [Self.listed(handle, block.blockedAt ?? 0, value: false)],
          ]
        })
    ]
  }

  /// The third generation of record: `label_values`.
  private static func labelled(_ account: CastAccount) -> OrderedJSON {
    let link = "https://www.instagram.com/\(account.handle ?? "")"
    var values: [OrderedJSON] = [["label": "URL", "value": .string(link), "href": .string(link)]]
    if let shown = account.displayName { values.append(["label": "Name", "value": .string(shown)]) }
    values.append(["label": "Username", "value": .string(account.handle ?? "")])
    return .array(values)
  }

  private func requests() throws -> OrderedJSON {
    .array(
      try ["k1-ig1", "k1-ig2", "k2-ig1"].map { name in
        let account = try cast.account(name)
        let first = try script.conversation(name).messages[0].at
        return [
          "timestamp": .integer(first - 1_800), "media": [], "label_values": Self.labelled(account),
          "fbid": .string("1784" + (account.platformID ?? "")),
        ]
      })
  }

  private func likes(_ random: inout SeededRandom) throws -> OrderedJSON {
    .array(
      try ["b04-ig", "b03-ig", "b04-ig"].enumerated().map { position, name in
        let link = "https://www.instagram.com/p/C\(random.hex(10))/"
        return [
          "timestamp": .integer(script.instant(day: 12 + position, hour: 12)), "media": [],
          "label_values": [
            ["label": "URL", "value": .string(link), "href": .string(link)],
            [
              "dict": [["dict": Self.labelled(try cast.account(name)), "title": ""]], "title": "Owner",
            ],
          ],
          "fbid": .string("1790" + random.digits(13)),
        ]
      })
  }
}

/// Message threads as Instagram and Facebook both write them.
enum MetaMessages {
  /// One thread, newest message first; people have names and no ids.
  static func thread(
    _ conversation: Conversation, path: String, with other: CastAccount, owner: CastAccount, cast: Cast
  ) throws -> OrderedJSON {
    let messages: [OrderedJSON] = conversation.messages.reversed().enumerated().map { position, message in
      let sender = message.author == other.name ? other.shownName : owner.shownName
      var members: [(String, OrderedJSON)] = [
        ("sender_name", .string(sender)),
        ("timestamp_ms", .integer(message.at * 1_000 + (message.at &* 31 + position) % 1_000)),
        ("content", .string(message.text)),
      ]
      if position % 13 == 6 {
        members.append(("reactions", [["reaction": "😡", "actor": .string(owner.shownName)]]))
      }
      members.append(("is_geoblocked_for_viewer", false))
      members.append(("is_unsent_image_by_messenger_kid_parent", false))
      return .object(members)
    }
    return [
      "participants": [["name": .string(other.shownName)], ["name": .string(owner.shownName)]],
      "messages": .array(messages), "title": .string(other.shownName), "is_still_participant": true,
      "thread_path": .string(path), "magic_words": [],
    ]
  }
}
