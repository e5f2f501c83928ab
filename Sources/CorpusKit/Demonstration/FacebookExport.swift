/// The victim's Facebook download in the layout of 2024, as a folder.
struct FacebookExport {
  let script: Script
  private var cast: Cast { script.cast }

  func files() throws -> [GeneratedFile] {
    let owner = try cast.account("victim-fb")
    var random = SeededRandom(seed: UInt64(script.exportedAt)).branch("facebook")
    let date = Stamp.utcDate(script.exportedAt)
    let root = "facebook/facebook-\(owner.handle ?? "")-\(date)-\(random.hex(8))/"
    var files: [GeneratedFile] = []
    func add(_ path: String, _ json: OrderedJSON) {
      files.append(GeneratedFile(root + path, json.text(.meta)))
    }
    add("personal_information/profile_information/profile_information.json", try profile(owner))
    add("connections/friends/your_friends.json", try friends())
    add("security_and_login_information/logins_and_logouts.json", logins(&random))
    add("security_and_login_information/where_you're_logged_in.json", sessions(&random))
    for (account, folder) in [
      ("b05-fb", "inbox"), ("b06-fb", "inbox"), ("k3-fb1", "inbox"), ("k3-fb2", "message_requests"),
    ] {
      let other = try cast.account(account)
      let slug = Cast.ascii(other.shownName).filter { $0.isLetter || $0.isNumber }
      let path = "\(folder)/\(slug)_\(random.digits(16))"
      let conversation = try script.conversation(account)
      add(
        "your_facebook_activity/messages/\(path)/message_1.json",
        try MetaMessages.thread(conversation, path: path, with: other, owner: owner, cast: cast))
    }
    return files
  }

  private func profile(_ owner: CastAccount) throws -> OrderedJSON {
    let name = cast.victimName
    return [
      "profile_v2": [
        "name": [
          "full_name": .string(owner.shownName), "first_name": .string(name.first), "middle_name": "",
          "last_name": .string(name.last),
        ],
        "emails": [
          "emails": [.string(try cast.account("victim-em").email ?? "")], "previous_emails": [],
          "pending_emails": [], "ad_account_emails": [],
        ],
        "birthday": ["year": 1991, "month": 6, "day": 18],
        "current_city": ["name": .string(cast.town), "timestamp": 0],
        "phone_numbers": [
          [
            "phone_type": "Mobile", "phone_number": .string(try cast.account("victim-sms").phone ?? ""),
            "verified": true,
          ]
        ],
        "username": .string(owner.handle ?? ""),
        "registration_timestamp": .integer(CivilTime.seconds(year: 2009, month: 9, day: 1)),
        "profile_uri": .string("https://www.facebook.com/\(owner.handle ?? "")"),
      ]
    ]
  }

  private func friends() throws -> OrderedJSON {
    [
      "friends_v2": .array(
        try ["b05-fb", "b06-fb", "k3-fb1"].enumerated().map { position, name in
          [
            "name": .string(try cast.account(name).shownName),
            "timestamp": .integer(script.instant(day: -700 + position * 90, hour: 18)),
          ]
        })
    ]
  }

  private func logins(_ random: inout SeededRandom) -> OrderedJSON {
    [
      "account_accesses_v2": .array(
        (0..<10).map { week in
          [
            "action": .string(week % 3 == 2 ? "Log out" : "Login"),
            "timestamp": .integer(script.exportedAt - week * 900_000 - random.below(80_000)),
            "site": .string(week % 2 == 0 ? "www.facebook.com" : "Facebook app"),
            "ip_address": .string("2001:db8:51:\(random.hex(3))::\(random.hex(2))"),
          ]
        })
    ]
  }

  private func sessions(_ random: inout SeededRandom) -> OrderedJSON {
    [
      "active_sessions_v2": [
        [
          "created_timestamp": .integer(script.exportedAt - 4_000_000),
          "updated_timestamp": .integer(script.exportedAt - 4_000), "ip_address": "2001:db8:51:7::2",
          "user_agent": .string(Script.userAgents[1]), "datr_cookie": .string(random.hex(24)), "device": "",
          "location": .string("\(cast.town), United Kingdom"), "app": "Facebook for iPhone",
          "session_type": "",
        ]
      ]
    ]
  }
}
