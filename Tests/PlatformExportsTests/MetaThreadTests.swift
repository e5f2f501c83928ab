import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Who writes in the threads of a Meta download, where display names are all there is.
@Suite struct MetaThreadTests {
  private static let profile = (
    "personal_information/profile_information/profile_information.json",
    #"{"profile_v2":{"name":{"full_name":"Zoe B"},"username":"zoe.b.77"}}"#
  )

  /// A thread's file; a message is a name and a text.
  private static func thread(
    _ names: [String], _ messages: [(String, String)], participantsLast: Bool = false
  ) -> String {
    let participants = #""participants":[\#(names.map { #"{"name":"\#($0)"}"# }.joined(separator: ","))]"#
    let written = messages.enumerated().map {
      #"{"sender_name":"\#($1.0)","timestamp_ms":\#(1_700_000_000_000 + $0),"content":"\#($1.1)"}"#
    }
    let list = #""messages":[\#(written.joined(separator: ","))]"#
    return "{\((participantsLast ? [list, participants] : [participants, list]).joined(separator: ","))}"
  }

  private static func read(_ files: [(String, String)]) throws -> ReadOutcome.Unit {
    try #require(try MetaJSONTests.download(files, under: "facebook-z/").units.first)
  }

  /// Profile and friends of a Facebook download of before 2021 have other keys.
  @Test func oldDownloads() throws {
    let unit = try Self.read([
      (
        "profile_information/profile_information.json",
        #"""
        {"profile":{"name":{"full_name":"Zoe B","first_name":"Zoe","last_name":"B"},
         "emails":{"emails":["zoe@example.org"],"previous_emails":[],"pending_emails":[],"ad_account_emails":[]},
         "birthday":{"year":1994,"month":8,"day":3},"family_members":[{"name":"Ann B","relation":"Sister","timestamp":1}],
         "phone_numbers":[{"phone_type":"Mobile","phone_number":"+447700900144","verified":true}],
         "username":"zoe.b.77","registration_timestamp":1254496744,"profile_uri":"https://www.facebook.com/zoe.b.77"}}
        """#
      ), ("messages/inbox/ann_12/message_1.json", Self.thread(["Ann", "Zoe B"], [("Zoe B", "no")])),
      ("friends/friends.json", #"{"friends":[{"name":"Ann","timestamp":1590673319}]}"#),
      ("following_and_followers/following.json", #"{"following":[{"name":"Bo","timestamp":1590673320}]}"#),
    ])
    let zoe = "facebook handle zoe.b.77"
    #expect(unit.records(.message).map(\.account) == [zoe])
    #expect(unit.values(.email, of: zoe) == [" zoe@example.org platform"])
    #expect(unit.values(.phone, of: zoe) == [" +447700900144 platform"])
    #expect(unit.values(.dateOfBirth, of: zoe) == [" 1994-08-03 user"])
    #expect(unit.tally("profile") == [1, 1, 0])
    let contacts = unit.records(.contact).map { "\($0.account) \($0.text): \($0.other)" }
    #expect(
      contacts.sorted() == [
        "\(zoe) following: facebook display-name Bo", "\(zoe) friend: facebook display-name Ann",
      ])
    #expect(!unit.identifiers.contains { $0.value == "Ann B" })
  }

  /// A thread of three is a group, whoever wrote there.
  @Test func aThreadOfThreeIsAGroup() throws {
    for participantsLast in [false, true] {
      for names in [["Ann", "Zoe B"], ["Ann", "Bo", "Zoe B"], ["Ann", "Instagram User", "Zoe B"]] {
        let text = Self.thread(names, [("Ann", "you"), ("Zoe B", "no")], participantsLast: participantsLast)
        let unit = try Self.read([("messages/inbox/ann_12/message_1.json", text), Self.profile])
        let name = names.count == 3 ? "inbox/ann_12 (group)" : "inbox/ann_12"
        #expect(unit.records(.message).map(\.channel) == [name, name])
      }
    }
  }

  /// The order of keys in a JSON object means nothing: some programs sort them.
  @Test func impostorWhosePartnersAreNamedLast() throws {
    for participantsLast in [false, true] {
      let unit = try Self.read([
        (
          "messages/message_requests/zoeb_777/message_1.json",
          Self.thread(["Zoe B", "Zoe B"], [("Zoe B", "I will find you")], participantsLast: participantsLast)
        ), Self.profile,
      ])
      #expect(unit.tally("message") == [1, 0, 1])
      #expect(unit.setAside.map(\.reason.code) == ["ambiguous-author"])
      #expect(unit.setAside.allSatisfy { $0.reason.isFault })
    }
  }

  @Test func participantsLast() throws {
    func unit(_ participantsLast: Bool) throws -> ReadOutcome.Unit {
      let text = Self.thread(
        ["Ann", "Zoe B"], [("Ann", "caf\\u00c3\\u00a9"), ("Zoe B", "no"), ("Ann", "why")],
        participantsLast: participantsLast)
      return try Self.read([("messages/inbox/ann_12/message_1.json", text), Self.profile])
    }
    func plain(_ unit: ReadOutcome.Unit) -> [String] {
      unit.records.map { "\($0.recordClass) \($0.account) \($0.channel) \($0.time) \($0.text)" }
    }
    let (first, last) = (try unit(false), try unit(true))
    #expect(plain(first) == plain(last) && first.records(.message).count == 3)
    #expect(last.records(.message).map(\.locator).allSatisfy { $0.contains("$.messages[") })
    #expect(last.reconciliation.allSatisfy { $0.agrees })
  }

  /// Where the end is lost, nobody knows whether a name is that of two participants.
  @Test func participantsLostBehindTheMessages() throws {
    let text = Self.thread(["Zoe B", "Zoe B"], [("Zoe B", "a"), ("Zoe B", "b")], participantsLast: true)
    let cut = try #require(text.range(of: #","participants""#))
    let unit = try Self.read([
      ("messages/inbox/zoeb_12/message_1.json", String(text[..<cut.lowerBound])), Self.profile,
    ])
    #expect(unit.tally("message") == [2, 0, 2])
    #expect(unit.setAside.contains { $0.reason.code == "unknown-participants" && $0.reason.isFault })
    let whole = Self.thread(["Ann", "Zoe B"], [("Ann", "a"), ("Zoe B", "b")], participantsLast: true)
    try expectPrefixes(of: Array(whole.utf8), named: "facebook message_1.json")
  }

  private static let namesakes = [
    (
      "messages/inbox/johnsmith_111/message_1.json",
      thread(["John Smith", "Zoe B"], [("John Smith", "I will find you"), ("Zoe B", "stop")])
    ),
    (
      "messages/inbox/johnsmith_222/message_1.json",
      thread(["John Smith", "Zoe B"], [("John Smith", "lunch?"), ("Zoe B", "yes")])
    ),
    (
      "messages/inbox/team_333/message_1.json",
      thread(["John Smith", "Zoe B", "Ann"], [("John Smith", "hello all"), ("Ann", "hi")])
    ),
    (
      "messages/inbox/ann_444/message_1.json",
      thread(["Ann", "Zoe B"], [("Ann", "only me"), ("Zoe B", "so")])
    ),
  ]

  @Test(arguments: [true, false])
  func namesakesAreAnAccountInEachThread(hasProfile: Bool) throws {
    let unit = try Self.read(Self.namesakes + (hasProfile ? [Self.profile] : []))
    let author = Dictionary(uniqueKeysWithValues: unit.records(.message).map { ($0.text, $0.account) })
    #expect(Set(["I will find you", "lunch?", "hello all"].map { author[$0] }).count == 3)
    #expect(author["hi"] == author["only me"])
    #expect(Set(["stop", "yes", "so"].map { author[$0] }).count == 1)
    // The name itself stays an identifier of each.
    let named = unit.identifiers.filter { $0.value == "John Smith" }
    #expect(named.count == 3 && Set(named.map(\.account)).count == 3)
    #expect(named.allSatisfy { $0.kind == .displayName })
    #expect(unit.notes.contains { $0.contains("John Smith") })
    #expect(!unit.notes.contains { $0.contains("\"Ann\"") })
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
  }

  /// Labels are in the language of the account, and there is no list of all languages.
  @Test func ownerUnderUnknownLabels() throws {
    func read(_ name: String) throws -> ReadOutcome.Unit {
      let profile =
        #"{"profile_user":[{"title":"","string_map_data":{"Etykieta":{"value":"\#(name)"},"#
        + #""Inna":{"value":"somewhere"},"E-mail":{"value":"zoe@example.org"}}}]}"#
      let thread = Self.thread(["Ann", "Zoe B"], [("Ann", "hi"), ("Zoe B", "no")])
      let unit = try MetaJSONTests.download(
        [
          ("personal_information/personal_information/personal_information.json", profile),
          ("your_instagram_activity/messages/inbox/ann_1/message_1.json", thread),
        ], under: "instagram-z/"
      ).units.first
      return try #require(unit)
    }
    let found = try read("Zoe B")
    let owner = try #require(found.accounts.first { $0.role == .owner && $0.sameAs == nil })
    #expect(owner.key?.value == "Zoe B")
    let own = try #require(found.records(.message).first { $0.text == "no" })
    #expect(found.records(.profile).map(\.account) == [own.account])
    #expect(found.identifiers.contains { $0.value == "Zoe B" && $0.assertion == .inferred })
    #expect(found.notes.contains { $0.contains("\"Zoe B\"") })
    // Nobody in the thread is called so: it is said that nothing ties the two together.
    let open = try read("Zoe Bee")
    #expect(Set((open.records(.message) + open.records(.profile)).map(\.account)).count == 3)
    #expect(open.notes.contains { $0.contains("not protected") })
  }

  /// With these threads alone either name could be the owner's.
  @Test func namesakesWithoutAnOwner() throws {
    let unit = try Self.read(Array(Self.namesakes.prefix(2)))
    #expect(Set(unit.records(.message).map(\.account)).count == 4)
  }

  /// A thread whose list lacks the owner is one of two as well; one in which others wrote who left is none.
  @Test func threadsOfTwoByTheirWriters() throws {
    let alone = Self.namesakes.prefix(2).map { path, text in
      (path, text.replacingOccurrences(of: #",{"name":"Zoe B"}"#, with: ""))
    }
    let split = try Self.read(alone + [Self.profile])
    #expect(Set(split.records(.message).map(\.account)).count == 3)
    // Without a word of the owner's a name in every thread is no owner.
    let silent = alone.map { ($0.0, $0.1.replacingOccurrences(of: "Zoe B", with: "John Smith")) }
    #expect(Set(try Self.read(silent).records(.message).map(\.account)).count == 2)
    let shrunken = (
      Self.namesakes[1].0,
      Self.thread(["John Smith", "Zoe B"], [("John Smith", "lunch?"), ("Una", "I left"), ("Kal", "me too")])
    )
    let group = try Self.read([Self.namesakes[0], shrunken, Self.profile])
    #expect(
      group.records(.message).filter { $0.account == "facebook display-name John Smith" }.map(\.text) == [
        "I will find you", "lunch?",
      ])
    #expect(group.notes.isEmpty)
  }

  /// A thread that was moved has the same folder in another box.
  @Test func oneThreadInTwoBoxes() throws {
    let (path, text) = Self.namesakes[0]
    let moved = path.replacingOccurrences(of: "inbox", with: "e2ee_cutover")
    let unit = try Self.read([(path, text), (moved, text), Self.namesakes[3], Self.profile])
    let john = unit.records(.message).filter { $0.text == "I will find you" }
    #expect(john.map(\.account) == Array(repeating: "facebook display-name John Smith", count: 2))
    #expect(unit.notes.isEmpty)
  }

  /// Whatever is known of an account, it is stored under the first index that was given to it.
  @Test func ownerNamedAfterTheThreads() throws {
    let unit = try Self.read(Self.namesakes + [Self.profile])
    for (index, account) in unit.accounts.enumerated() {
      if let same = account.sameAs { #expect(same.raw < index) }
    }
    let owner = try #require(unit.accounts.first { $0.role == .owner && $0.sameAs == nil })
    #expect(owner.key?.value == "zoe.b.77")
    #expect(unit.records(.profile).map(\.account) == ["facebook handle zoe.b.77"])
    #expect(
      unit.records(.message).filter { $0.text == "stop" }.map(\.account) == ["facebook handle zoe.b.77"])
  }

  /// The secure storage download has its threads side by side, in no folder of their own.
  @Test func secureThreadsAreOneDownload() throws {
    let folder = try ScratchFolder()
    for (number, name) in ["Ann", "Kal", "Una"].enumerated() {
      let thread =
        #"{"participants":["\#(name)","Zoe B"],"threadName":"\#(name)_\#(number)","messages":["#
        + #"{"senderName":"\#(name)","text":"hi","timestamp":1700000000000,"type":"text"},"#
        + #"{"senderName":"Zoe B","text":"no","timestamp":1700000000001,"type":"text"}]}"#
      _ = try folder.write(thread, to: "secure/\(name)_\(number).json")
    }
    let units = try ReadOutcome(reading: folder.url).units
    #expect(units.map(\.root) == ["secure"])
    let unit = try #require(units.first)
    #expect(Set(unit.records(.message).filter { $0.text == "no" }.map(\.account)).count == 1)
    #expect(Set(unit.records(.message).map(\.account)).count == 4)
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
  }

  @Test func friendRequests() throws {
    let unit = try Self.read([
      ("connections/friends/sent_friend_requests.json", list("sent_requests_v2", "Ann")),
      ("connections/friends/received_friend_requests.json", list("received_requests_v2", "Kal")),
      ("connections/friends/rejected_friend_requests.json", list("rejected_requests_v2", "John Smith")),
      ("connections/friends/removed_friends.json", list("deleted_friends_v2", "Una")),
    ])
    func list(_ key: String, _ name: String) -> String {
      #"{"\#(key)":[{"name":"\#(name)","timestamp":1700000000}]}"#
    }
    #expect(
      Set(unit.records(.contact).map { "\($0.text): \($0.other)" }) == [
        "sent friend request: facebook display-name Ann",
        "received friend request: facebook display-name Kal",
        "rejected friend request: facebook display-name John Smith",
        "removed friend: facebook display-name Una",
      ])
    #expect(unit.tally("contact") == [4, 4, 0])
  }

  /// Some file systems and programs change the case of names.
  @Test func foldersOfAnyCase() throws {
    let files = Self.namesakes + [Self.profile]
    let capital = files.map { path, text in
      (
        path.split(separator: "/").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "/"),
        text
      )
    }
    let outcome = try MetaJSONTests.download(capital, under: "facebook-z/")
    #expect(outcome.units.map(\.root) == ["facebook-z"])
    let unit = try #require(outcome.units.first)
    func plain(_ unit: ReadOutcome.Unit) -> [String] {
      unit.records.map { "\($0.account.lowercased()) \($0.channel.lowercased()) \($0.text)" }
    }
    #expect(plain(unit) == plain(try Self.read(files)))
  }

  @Test func attachmentsAndReactionsAreCounted() throws {
    let unit = try Self.read([
      (
        "messages/inbox/ann_1/message_1.json",
        #"""
        {"participants":[{"name":"Ann"},{"name":"Zoe B"}],"messages":[
         {"sender_name":"Ann","timestamp_ms":1700000000000,"photos":[{"uri":"a.jpg"},{"uri":"b.jpg"}],
          "reactions":[{"reaction":"\u00e2\u009d\u00a4","actor":"Zoe B"}]},
         {"sender_name":"Ann","timestamp_ms":1700000000001,"videos":[{"uri":"b.mp4"}],"content":"look"},
         {"sender_name":"Ann","timestamp_ms":1700000000002,"sticker":{"uri":"s.png"}}]}
        """#
      )
    ])
    #expect(unit.tally("message") == [3, 3, 0])
    #expect(unit.tally("attachment") == [-1, 0, 4] && unit.tally("reaction") == [-1, 0, 1])
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault })
    let secure = #"""
      {"participants":["Ann","Zoe"],"threadName":"Ann_1","messages":[
       {"senderName":"Ann","timestamp":1700000000000,"text":"","media":[{"uri":"m.jpg"}],"reactions":[{"actor":"Zoe","reaction":"x"}],"type":"media"}]}
      """#
    let plain = try #require(ReadOutcome.reading(secure, named: "Ann_1.json").units.first)
    #expect(plain.tally("attachment") == [-1, 0, 1] && plain.tally("reaction") == [-1, 0, 1])
  }
}
