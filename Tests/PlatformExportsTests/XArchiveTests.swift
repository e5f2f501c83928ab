import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct XArchiveTests {
  static let files: [(String, String)] = [
    (
      "data/account.js",
      #"""
      window.YTD.account.part0 = [ { "account" : { "email" : "rex@example.org", "createdVia" : "oauth:1",
        "username" : "rex_tyrant", "accountId" : "1541815603606036480", "createdAt" : "2022-06-28T16:07:40.105Z",
        "accountDisplayName" : "Rex \uD83E\uDD96" } } ];
      """#
    ),
    (
      "data/account-creation-ip.js",
      #"window.YTD.account_creation_ip.part0 = [ { "accountCreationIp" : { "accountId" : "1541815603606036480", "userCreationIp" : "192.0.2.1" } } ]"#
    ),
    (
      "data/block.js",
      #"window.YTD.block.part0 = [ { "blocking" : { "accountId" : "77", "userLink" : "https://twitter.com/intent/user?user_id=77" } } ]"#
    ),
    (
      "data/connected-application.js",
      #"window.YTD.connected_application.part0 = [ { "connectedApplication" : { "name" : "Scheduler", "approvedAt" : "2023-01-01T00:00:00.000Z", "id" : "5" } } ]"#
    ),
    (
      "data/contact.js",
      #"window.YTD.contact.part0 = [ { "contact" : { "id" : "1", "emails" : [ "una@example.org" ], "phoneNumbers" : [ "+447700900010" ] } }, { "contact" : { "id" : "2", "emails" : [ ], "phoneNumbers" : [ ] } } ]"#
    ),
    (
      "data/deleted-tweets.js",
      #"window.YTD.deleted_tweets.part0 = [ { "tweet" : { "id_str" : "9", "full_text" : "regret", "created_at" : "Sun Apr 02 08:04:52 +0000 2023" } } ]"#
    ),
    (
      "data/device-token.js",
      #"window.YTD.device_token.part0 = [ { "deviceToken" : { "clientApplicationId" : "1", "token" : "abcDEF", "createdAt" : "2023.02.01", "clientApplicationName" : "Twitter for Android" } } ]"#
    ),
    (
      "data/direct-messages.js",
      #"""
      window.YTD.direct_messages.part0 = [ { "dmConversation" : { "conversationId" : "77-1541815603606036480", "messages" : [
        { "messageCreate" : { "recipientId" : "77", "reactions" : [ ], "urls" : [ { "url" : "https://t.co/x", "expanded" : "https://example.org/y", "display" : "y" } ], "text" : "look &amp; see", "mediaUrls" : [ ], "senderId" : "1541815603606036480", "id" : "100", "createdAt" : "2023-04-02T08:04:52.123Z" } },
        { "messageCreate" : { "recipientId" : "1541815603606036480", "text" : "no", "senderId" : "77", "id" : "101", "createdAt" : "bad-date" } } ] } } ]
      """#
    ),
    (
      "data/direct-messages-group.js",
      #"""
      window.YTD.direct_messages_group.part0 = [ { "dmConversation" : { "conversationId" : "555", "messages" : [
        { "joinConversation" : { "initiatingUserId" : "77", "participantsSnapshot" : [ "77", "88" ], "createdAt" : "2023-04-02T08:00:00.000Z" } },
        { "messageCreate" : { "text" : "all", "senderId" : "88", "id" : "102", "createdAt" : "2023-04-02T08:05:00.000Z" } } ] } } ]
      """#
    ),
    (
      "data/email-address-change.js",
      #"window.YTD.email_address_change.part0 = [ { "emailAddressChange" : { "accountId" : "1541815603606036480", "emailChange" : { "changedAt" : "2023-03-01T00:00:00.000Z", "changedFrom" : "old@example.net", "changedTo" : "rex@example.org" } } } ]"#
    ),
    (
      "data/follower.js",
      #"window.YTD.follower.part0 = [ { "follower" : { "accountId" : "88", "userLink" : "https://twitter.com/intent/user?user_id=88" } } ]"#
    ),
    (
      "data/ip-audit.js",
      #"""
      window.YTD.ip_audit.part0 = [ { "ipAudit" : { "accountId" : "1541815603606036480", "createdAt" : "2023-04-02T08:00:00.000Z", "loginIp" : "192.0.2.7" } },
       { "ipAudit" : { "accountId" : "1541815603606036480", "createdAt" : "2023-04-03T08:00:00.000Z", "loginIp" : "2001:db8::1", "loginPortMobile" : 443 } },
       { "ipAudit" : { "accountId" : "1541815603606036480", "createdAt" : "9999-99-99T08:00:00.000Z", "loginIp" : "192.0.2.8" } } ]
      """#
    ),
    ("data/like.js", #"window.YTD.like.part0 = [ { "like" : { "tweetId" : "1", "fullText" : "x" } } ]"#),
    (
      "data/manifest.js",
      #"window.__THAR_CONFIG = { "userInfo" : { "accountId" : "1541815603606036480", "userName" : "rex_tyrant", "displayName" : "Rex" }, "dataTypes" : { } }"#
    ),
    (
      "data/mute.js", #"window.YTD.mute.part0 = [ { "muting" : { "accountId" : "78" } } ]"#
    ),
    (
      "data/ni-devices.js",
      #"""
      window.YTD.ni_devices.part0 = [ { "niDeviceResponse" : { "pushDevice" : { "deviceVersion" : "9", "deviceType" : "Android", "token" : "tok", "udid" : "0123abcd", "updatedDate" : "2023.04.02", "createdDate" : "2023.04.01" } } },
        { "niDeviceResponse" : { "messagingDevice" : { "deviceType" : "Auth", "carrier" : "gb.example", "phoneNumber" : "+447700900011", "createdDate" : "2023.04.01" } } } ]
      """#
    ),
    (
      "data/note-tweet.js",
      #"window.YTD.note_tweet.part0 = [ { "noteTweet" : { "noteTweetId" : "3", "createdAt" : "2023-04-02T08:04:52.000Z", "lifecycle" : { }, "core" : { "text" : "a long post", "urls" : [ ], "mentions" : [ ] } } } ]"#
    ),
    (
      "data/phone-number.js",
      #"window.YTD.phone_number.part0 = [ { "device" : { "phoneNumber" : "+447700900012" } } ]"#
    ),
    (
      "data/profile.js",
      #"window.YTD.profile.part0 = [ { "profile" : { "description" : { "bio" : "large", "website" : "https://example.org", "location" : "Leeds" }, "avatarMediaUrl" : "https://example.org/a.jpg" } } ]"#
    ),
    (
      "data/screen-name-change.js",
      #"window.YTD.screen_name_change.part0 = [ { "screenNameChange" : { "accountId" : "1541815603606036480", "screenNameChange" : { "changedAt" : "2023-03-02T00:00:00.000Z", "changedFrom" : "t_rex", "changedTo" : "rex_tyrant" } } } ]"#
    ),
    (
      "data/tweets-part12.js",
      #"""
      window.YTD.tweets.part12 = [
        { "tweet" : { "id_str" : "1", "full_text" : "a &lt;b&gt; &amp;amp; @una", "created_at" : "Sun Apr 02 08:04:52 +0000 2023",
          "entities" : { "urls" : [ { "url" : "https://t.co/a", "expanded_url" : "https://example.org/z" } ],
          "user_mentions" : [ { "name" : "Una", "screen_name" : "una", "id_str" : "88", "id" : "88" }, { "name" : "gone", "screen_name" : "gone", "id_str" : "-1" } ] } } },
        { "tweet" : { "id_str" : "2", "full_text" : "RT @una: not mine", "created_at" : "Sun Apr 02 08:04:53 +0000 2023", "entities" : { "user_mentions" : [ { "name" : "Una", "screen_name" : "una", "id_str" : "88" } ] } } },
        { "tweet" : { "id_str" : "3", "full_text" : "when", "created_at" : "bad-date" } },
        { "full_text" : "old archive", "id_str" : "4", "created_at" : "Sun Apr 02 08:04:54 +0000 2023", "in_reply_to_user_id_str" : "77", "in_reply_to_screen_name" : "bob" } ]
      """#
    ),
  ]

  static func archive(_ files: [(String, String)] = XArchiveTests.files) throws -> ReadOutcome {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "twitter-2023-04-02-abc/" + path) }
    return try ReadOutcome(reading: folder.url)
  }

  @Test func wholeArchive() throws {
    let outcome = try Self.archive()
    #expect(outcome.units.count == 1)
    #expect(outcome.unrecognised == ["twitter-2023-04-02-abc/data/like.js"])
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "x-archive" && unit.root == "twitter-2023-04-02-abc")
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
    #expect(unit.tally("message") == [9, 6, 3])
    #expect(unit.tally("conversation event") == [1, 0, 1])
    #expect(unit.tally("login") == [3, 2, 1])
    #expect(unit.tally("session") == [4, 4, 0])
    #expect(unit.tally("contact") == [4, 3, 1])
    #expect(unit.tally("block") == [1, 1, 0])
    let owner = "x platform-id 1541815603606036480"
    #expect(
      unit.records(.message).map { "\($0.channel): \($0.text)" } == [
        "deleted posts: regret", "DM 555 (group): all", "DM 77-1541815603606036480: look &amp; see",
        "long posts: a long post", "posts: a <b> &amp; @una", "posts: old archive",
      ])
    #expect(
      unit.records(.message).map(\.account) == [owner, "x platform-id 88", owner, owner, owner, owner])
    #expect(unit.records(.message)[0].time.microseconds == 1_680_422_692_000_000)
    #expect(unit.records(.message)[0].writtenTime == "Sun Apr 02 08:04:52 +0000 2023")
    #expect(unit.records(.message)[2].other == "x platform-id 77")
    #expect(unit.records(.block).map(\.other) == ["x platform-id 77"])
    #expect(
      unit.records(.contact).map { "\($0.text) \($0.other)" } == [
        "address book x email una@example.org", "follower x platform-id 88", "muted x platform-id 78",
      ])
    func values(_ account: String, _ kind: IdentifierKind) -> [String] {
      unit.identifiers.filter { $0.account == account && $0.kind == kind }.map { "\($0.label) \($0.value)" }
    }
    #expect(values(owner, .email) == [" rex@example.org", "previous old@example.net", " rex@example.org"])
    #expect(values(owner, .ip) == ["account-creation 192.0.2.1", " 192.0.2.7", " [2001:db8::1]:443"])
    #expect(values(owner, .handle) == ["previous t_rex", " rex_tyrant", " rex_tyrant"])
    #expect(values(owner, .device) == ["device-token abcDEF", "udid 0123abcd", "push-token tok"])
    #expect(values(owner, .phone) == [" +447700900011", " +447700900012"])
    #expect(values(owner, .displayName) == [" Rex 🦖", " Rex"])
    #expect(values("x platform-id 88", .handle) == [" una"])
    #expect(values("x platform-id 77", .handle) == [" bob"])
    #expect(values("x email una@example.org", .phone) == ["address-book +447700900010"])
    #expect(unit.accounts.first { $0.key?.kind == .email }?.key?.scope == .source)
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "message bad-time 2", "message retweet 1", "login bad-time 1", "contact empty 1",
        "conversation event system 1",
      ])
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
  }

  /// Archives of before 2019 have no folder `data`; files under names of their own may be of several archives.
  @Test func filesSideBySideAreOneArchive() throws {
    let folder = try ScratchFolder()
    let account =
      #"window.YTD.account.part0 = [ { "account" : { "username" : "rex", "accountId" : "42", "createdAt" : "2010-01-02T03:04:05.000Z" } } ]"#
    let tweet =
      #"window.YTD.tweet.part0 = [ { "id_str" : "9", "full_text" : "early", "created_at" : "Sun Apr 02 08:04:52 +0000 2017" } ]"#
    for name in ["account.js", "tweet.js", "tweet-part1.js", "una's tweets.js"] {
      _ = try folder.write(name == "account.js" ? account : tweet, to: "old/\(name)")
    }
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.root).sorted() == ["old", "old/una's tweets.js"])
    #expect(
      outcome.units.map { Set($0.records(.message).map(\.account)) } == [["x platform-id 42"], ["owner?"]])
  }

  @Test func theAddressToSignInWithIsTheOwners() throws {
    let outcome = try Self.archive([
      Self.files[0],
      (
        "data/sso.js",
        #"window.YTD.sso.part0 = [ { "sso" : { "ssoId" : "110000000000000000001", "ssoEmail" : "rex@example.com", "associationMethodType" : "Login", "createdAt" : "2022-01-01T00:00:00.000Z" } }, { "sso" : { "ssoId" : "7" } } ]"#
      ),
    ])
    let unit = try #require(outcome.units.first)
    let addresses = unit.values(.email, of: "x platform-id 1541815603606036480")
    #expect(addresses.contains("sign-in rex@example.com platform"))
    #expect(unit.records(.profile).map(\.text).contains("signs in by another account 110000000000000000001"))
    #expect(unit.setAside.isEmpty && outcome.unrecognised.isEmpty)
  }

  @Test func dateOfBirthAndPostsInCommunities() throws {
    let outcome = try Self.archive([
      Self.files[0],
      (
        "data/ageinfo.js",
        #"window.YTD.ageinfo.part0 = [ { "ageMeta" : { "ageInfo" : { "age" : [ "34" ], "birthDate" : "1990-03-04" }, "inferredAgeInfo" : { "age" : [ "13-54" ], "birthDate" : "" } } } ]"#
      ),
      (
        "data/community-tweet.js",
        #"window.YTD.community_tweet.part0 = [ { "tweet" : { "id_str" : "9", "full_text" : "hello all", "created_at" : "Sun Apr 02 08:04:52 +0000 2023" } } ]"#
      ),
      (
        "data/like.js",
        #"window.YTD.like.part0 = [ { "like" : { "tweetId" : "1", "fullText" : "x, y, z" } } ]"#
      ),
    ])
    let unit = try #require(outcome.units.first)
    #expect(
      unit.identifiers.filter { $0.kind == .dateOfBirth }.map { "\($0.value) \($0.assertion)" } == [
        "1990-03-04 user"
      ])
    #expect(unit.records(.message).map { "\($0.channel): \($0.text)" } == ["community posts: hello all"])
    #expect(unit.tally("message") == [1, 1, 0] && unit.setAside.isEmpty)
    // What holds no account record is no table either.
    #expect(outcome.unrecognised.count == 1 && outcome.unread.isEmpty)
  }

  @Test func locatorsReadBack() throws {
    let (path, text) = try #require(Self.files.last)
    let bytes = Array(text.utf8)
    let unit = try #require(ReadOutcome.reading(bytes, named: path.replacing("data/", with: "")).units.first)
    for record in unit.records {
      let offset = try #require(record.locator.split(separator: " ").last.flatMap { Int($0) })
      #expect(bytes[offset] == UInt8(ascii: "{"))
      #expect(record.locator.contains(" $["))
    }
  }

  @Test(arguments: XArchiveTests.files.indices)
  func truncation(_ index: Int) throws {
    let (path, text) = Self.files[index]
    guard !path.hasSuffix("like.js") else { return }
    try expectPrefixes(of: Array(text.utf8), named: path.replacing("data/", with: ""))
  }
}

@Suite struct XReturnTests {
  static func signed(_ body: String) -> String {
    """
    -----BEGIN PGP SIGNED MESSAGE-----
    Hash: SHA256

    \(body)
    -----BEGIN PGP SIGNATURE-----
    Version: X

    iQEzBAEBCAAdFiEE{"ipAudit"
    -----END PGP SIGNATURE-----

    """
  }

  static let logins = signed(
    #"""
    [ {
      "ipAudit" : {
        "accountId" : "42",
        "createdAt" : "2023-04-02T08:00:00.000Z",
        "loginIp" : "192.0.2.7"
      }
    },
    { "ipAudit" : { "accountId" : "42",
    - "createdAt" : "2023-04-03T08:00:00.000Z", "loginIp" : "192.0.2.8" } } ]
    """#)

  static let messages = signed(
    #"""
    **** conversationId: 42-77 ****
    { "messageCreate" : { "senderId" : "77", "recipientId" : "42", "id" : "1",
      "text" : "**** not a separator {", "createdAt" : "2023-04-02T08:00:00.000Z" } }
    { "messageCreate" : { "senderId" : "42", "recipientId" : "77", "id" : "2",
      "text" : "stop", "createdAt" : "2023-04-02T08:01:00.000Z" } }
    **** conversationId: 42-88 ****
    { "messageCreate" : { "senderId" : "88", "recipientId" : "42", "id" : "3",
      "text" : "hi", "createdAt" : "2023-04-02T08:02:00.000Z" } }
    stray words
    """#)

  @Test func readsSignedText() throws {
    let folder = try ScratchFolder()
    _ = try folder.write(Self.logins, to: "r/42-ip-audit.txt")
    _ = try folder.write(Self.messages, to: "r/42-direct-messages.txt")
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.count == 1)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "x-return")
    #expect(unit.tally("message") == [3, 3, 0])
    #expect(unit.tally("login") == [2, 2, 0])
    #expect(unit.tally("line") == [-1, 0, 1])
    #expect(
      unit.records(.message).map { "\($0.channel) \($0.account): \($0.text)" } == [
        "DM 42-77 x platform-id 77: **** not a separator {", "DM 42-77 x platform-id 42: stop",
        "DM 42-88 x platform-id 88: hi",
      ])
    #expect(unit.records(.login).map(\.account) == ["x platform-id 42", "x platform-id 42"])
    #expect(unit.records(.login)[0].locator.contains(" line 4 byte "))
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["192.0.2.7", "192.0.2.8"])
  }

  /// Returns on two accounts in one folder stay apart, and an entry with another id is not the owner's.
  @Test func twoTargets() throws {
    let folder = try ScratchFolder()
    _ = try folder.write(Self.logins, to: "42-ip-audit.txt")
    _ = try folder.write(Self.logins.replacing(#""42""#, with: #""99""#), to: "99-ip-audit.txt")
    _ = try folder.write(
      Self.logins.replacing(#""accountId" : "42","#, with: #""accountId" : "7","#, maxReplacements: 1),
      to: "ip-audit.txt")
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.root) == ["42", "99", ""])
    #expect(
      outcome.units.map { $0.records.map(\.account) } == [
        ["x platform-id 42", "x platform-id 42"], ["x platform-id 99", "x platform-id 99"],
        ["x platform-id 7", "x platform-id 42"],
      ])
  }

  @Test(arguments: [(logins, "42-ip-audit.txt"), (messages, "42-direct-messages.txt")])
  func truncation(_ text: String, _ name: String) throws {
    try expectPrefixes(of: Array(text.utf8), named: name)
  }

  @Test func foldersOfAnyCase() throws {
    let folder = try ScratchFolder()
    for (path, text) in XArchiveTests.files {
      _ = try folder.write(text, to: "twitter-x/" + path.replacingOccurrences(of: "data/", with: "Data/"))
    }
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.root) == ["twitter-x"])
  }

  /// Older archives call the file in the singular, and returns have names of files alone.
  @Test func conversationsOfGroupsAreNamedSoInOlderArchivesAndReturns() throws {
    let message =
      #"{ "messageCreate" : { "senderId" : "8", "id" : "1", "text" : "all", "createdAt" : "2018-04-02T08:04:52.123Z" } }"#
    let archive =
      #"window.YTD.direct_message_group.part0 = [ { "dmConversation" : { "conversationId" : "55", "messages" : [ \#(message) ] } } ]"#
    let old = try ReadOutcome.reading(archive, named: "direct-message-group.js")
    #expect(old.units.flatMap(\.records).map(\.channel) == ["DM 55 (group)"])
    let text = Self.signed("**** conversationId: 55 ****\n\(message)")
    let given = try ReadOutcome.reading(text, named: "42-direct-messages-group.txt")
    #expect(given.units.flatMap(\.records).map(\.channel) == ["DM 55 (group)"])
  }

  /// What the owner asks a program is the owner's, and the answers are nobody's.
  @Test func whatWasWrittenToGrok() throws {
    let text = #"""
      window.YTD.grok_chat_item.part0 = [
       { "grokChatItem" : { "accountId" : "7", "chatId" : "55", "createdAt" : "2025-10-23T13:11:59.692Z",
         "sender" : { "value" : "1", "name" : "User", "originalName" : "USER" }, "message" : "who is she?" } },
       { "grokChatItem" : { "accountId" : "7", "chatId" : "55", "createdAt" : "2025-10-23T13:12:02.001Z",
         "sender" : { "value" : "2", "name" : "Agent", "originalName" : "AGENT" }, "message" : "No idea." } } ]
      """#
    let unit = try #require(try ReadOutcome.reading(text, named: "grok-chat-item.js").units.first)
    #expect(
      unit.records.map { "\($0.channel) \($0.account): \($0.text)" } == [
        "Grok 55 x platform-id 7: who is she?"
      ])
    #expect(unit.tally("message") == [2, 1, 1] && unit.setAside.map(\.reason.code) == ["system"])
  }

  @Test func attachmentsAndReactionsAreCounted() throws {
    let folder = try ScratchFolder()
    _ = try folder.write(
      #"""
      window.YTD.tweets.part0 = [ { "tweet" : { "id_str" : "9", "full_text" : "see", "created_at" : "Sun Apr 02 08:04:52 +0000 2023",
        "entities" : { "media" : [ { "expanded_url" : "https://x.com/a/status/9/photo/1" } ] },
        "extended_entities" : { "media" : [ { "expanded_url" : "https://x.com/a/status/9/photo/1" }, { "expanded_url" : "https://x.com/a/status/9/photo/1" } ] } } } ]
      """#, to: "data/tweets.js")
    _ = try folder.write(
      #"""
      window.YTD.direct_messages.part0 = [ { "dmConversation" : { "conversationId" : "7-8", "messages" : [
        { "messageCreate" : { "recipientId" : "7", "senderId" : "8", "id" : "1", "text" : "", "createdAt" : "2023-04-02T08:04:52.123Z",
          "mediaUrls" : [ "https://ton.twitter.com/1/p.jpg" ], "reactions" : [ { "senderId" : "7", "reactionKey" : "like" } ] } } ] } } ]
      """#, to: "data/direct-messages.js")
    let unit = try #require(try ReadOutcome(reading: folder.url).units.first)
    #expect(unit.records(.message).count == 2)
    #expect(unit.count("attachment")?.setAside == 3 && unit.count("reaction")?.setAside == 1)
  }
}
