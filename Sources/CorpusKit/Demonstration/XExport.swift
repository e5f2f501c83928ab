/// The victim's X archive: JavaScript files in a zip.
struct XExport {
  let script: Script
  private var cast: Cast { script.cast }

  func files() throws -> [GeneratedFile] {
    let owner = try cast.account("victim-x")
    var random = SeededRandom(seed: UInt64(script.exportedAt)).branch("x")
    var members: [(name: String, bytes: [UInt8])] = []
    func add(_ file: String, _ name: String, _ items: [OrderedJSON]) {
      let text = "window.YTD.\(name).part0 = " + OrderedJSON.array(items).text(.x)
      members.append(("data/\(file).js", Array(text.utf8)))
    }
    members.append(("data/README.txt", Array("This archive holds a copy of your account's data.\n".utf8)))
    members.append(("data/manifest.js", Array(("window.__THAR_CONFIG = " + manifest(owner).text(.x)).utf8)))
    add("account", "account", [try account(owner)])
    add("ip-audit", "ip_audit", logins(owner, &random))
    add("direct-messages", "direct_messages", try directMessages(owner, &random))
    add("tweets", "tweets", try tweets(&random))
    add("block", "block", try blocks())
    add("follower", "follower", [try follower("b13-x")])
    let name = "x/twitter-\(Stamp.utcDate(script.exportedAt))-\(random.hex(16)).zip"
    return [GeneratedFile(name, bytes: try zipFile(members))]
  }

  private func manifest(_ owner: CastAccount) -> OrderedJSON {
    [
      "userInfo": [
        "accountId": .string(owner.platformID ?? ""), "userName": .string(owner.handle ?? ""),
        "displayName": .string(owner.shownName),
      ],
      "archiveInfo": [
        "sizeBytes": "0", "generationDate": .string(Stamp.isoMilliseconds(script.exportedAt, 118)),
        "isPartialArchive": false, "maxPartSizeBytes": "53687091200",
      ],
    ]
  }

  private func account(_ owner: CastAccount) throws -> OrderedJSON {
    [
      "account": [
        "email": .string(try cast.account("victim-em").email ?? ""), "createdVia": "web",
        "username": .string(owner.handle ?? ""), "accountId": .string(owner.platformID ?? ""),
        "createdAt": .string(Stamp.isoMilliseconds(Self.time(ofID: owner.platformID ?? ""), 204)),
        "accountDisplayName": .string(owner.shownName),
      ]
    ]
  }

  /// Seconds at which an id was given out.
  private static func time(ofID id: String) -> Int { ((Int(id) ?? 0) >> 22 + 1_288_834_974_657) / 1_000 }

  /// An id that holds its own time.
  private static func id(at instant: Int, _ random: inout SeededRandom) -> String {
    String((instant * 1_000 - 1_288_834_974_657) << 22 | random.below(1 << 22))
  }

  private func logins(_ owner: CastAccount, _ random: inout SeededRandom) -> [OrderedJSON] {
    (0..<8).map { week in
      let at = script.exportedAt - week * 600_000 - random.below(90_000)
      return [
        "ipAudit": [
          "accountId": .string(owner.platformID ?? ""),
          "createdAt": .string(Stamp.isoMilliseconds(at, week * 97)),
          "loginIp": .string("2001:db8:51:\(random.hex(3))::\(random.hex(2))"),
        ]
      ]
    }
  }

  private func directMessages(_ owner: CastAccount, _ random: inout SeededRandom) throws -> [OrderedJSON] {
    try ["b13-x", "k2-x1", "k2-x2"].map { name in
      let other = try cast.account(name)
      let pair = [owner.platformID ?? "", other.platformID ?? ""]
      let messages: [OrderedJSON] = try script.conversation(name).messages.reversed().map { message in
        let outgoing = message.author != name
        return [
          "messageCreate": [
            "recipientId": .string(pair[outgoing ? 1 : 0]), "reactions": [], "urls": [],
            "text": .string(message.text), "mediaUrls": [], "senderId": .string(pair[outgoing ? 0 : 1]),
            "id": .string(Self.id(at: message.at, &random)),
            "createdAt": .string(Stamp.isoMilliseconds(message.at, random.below(1_000))),
          ]
        ]
      }
      return [
        "dmConversation": [
          "conversationId": .string(pair.joined(separator: "-")), "messages": .array(messages),
        ]
      ]
    }
  }

  /// The victim's own posts; the people whom she answers are the only ones given with id and handle.
  private func tweets(_ random: inout SeededRandom) throws -> [OrderedJSON] {
    let said: [(String, String)] = [
      ("k2-x1", "please stop writing to me."), ("k2-x2", "I have blocked you once &amp; I will do so again."),
      ("k1-x1", "is not me. Somebody has copied my name and picture."), ("b13-x", "thank you, that helps."),
      ("b13-x", "see you at the fair &gt; stall 12"),
    ]
    return try said.enumerated().map { position, item in
      let other = try cast.account(item.0)
      let handle = other.handle ?? ""
      let at = script.instant(day: 48 + position * 13, hour: 12, minute: 11 * position)
      let id = Self.id(at: at, &random)
      let text = "@\(handle) \(item.1)"
      return [
        "tweet": [
          "retweeted": false,
          "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
          "entities": [
            "hashtags": [], "symbols": [],
            "user_mentions": [
              [
                "name": .string(other.shownName), "screen_name": .string(handle),
                "indices": ["0", .string(String(handle.count + 1))],
                "id_str": .string(other.platformID ?? ""),
                "id": .string(other.platformID ?? ""),
              ]
            ], "urls": [],
          ],
          "display_text_range": ["0", .string(String(text.count))], "favorite_count": "0",
          "id_str": .string(id),
          "in_reply_to_user_id": .string(other.platformID ?? ""), "truncated": false, "retweet_count": "0",
          "id": .string(id), "created_at": .string(Stamp.tweet(at)), "favorited": false,
          "full_text": .string(text), "lang": "en", "in_reply_to_screen_name": .string(handle),
        ]
      ]
    }
  }

  private static func reference(_ account: CastAccount) -> OrderedJSON {
    [
      "accountId": .string(account.platformID ?? ""),
      "userLink": .string("https://twitter.com/intent/user?user_id=\(account.platformID ?? "")"),
    ]
  }

  private func blocks() throws -> [OrderedJSON] {
    try ["k1-x1", "k2-x1"].map { ["blocking": Self.reference(try cast.account($0))] }
  }

  private func follower(_ name: String) throws -> OrderedJSON {
    ["follower": Self.reference(try cast.account(name))]
  }
}
