import AccountModel
import PlatformExports
import TestSupport
import Testing

/// Posts and comments of Facebook and Instagram.
@Suite struct MetaPostsTests {
  private static let profile = (
    "personal_information/profile_information/profile_information.json",
    #"{"profile_v2":{"name":{"full_name":"Zo\u00c3\u00ab Fictional"},"username":"zoe.fictional"}}"#
  )

  /// A Facebook download with what posts and comments look like.
  private static let facebook: [(String, String)] = [
    (
      "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json",
      #"""
      [{"timestamp":1700000000,"data":[{"post":"Caf\u00c3\u00a9 \u00e2\u0098\u0095"},{"update_timestamp":1700000009}],
        "title":"Zo\u00c3\u00ab Fictional updated her status."},
       {"timestamp":1700000100,"attachments":[{"data":[{"external_context":{"name":"News","url":"https://example.org/n?igsh=abc"}}]}],
        "data":[{"post":"look"}],"title":"Zo\u00c3\u00ab Fictional shared a link.","tags":[{"name":"Ann Example"}]},
       {"timestamp":1700000200,"attachments":[{"data":[{"media":{"uri":"posts/media/a.jpg","creation_timestamp":1700000199,
         "media_metadata":{"photo_metadata":{"exif_data":[{"upload_ip":"192.0.2.7","taken_timestamp":-62169958800}]}},
         "title":"Mobile uploads","description":"at the sea"}},
        {"place":{"name":"Leeds","coordinate":{"latitude":1.5,"longitude":2.5}}}]}],"data":[{"post":"at the sea"}]},
       {"timestamp":1700000300,"title":"Zo\u00c3\u00ab Fictional posted something."},
       {"data":[{"post":"when?"}],"title":"no time"}]
      """#
    ),
    (
      "your_facebook_activity/comments_and_reactions/comments.json",
      #"""
      {"comments_v2":[
       {"timestamp":1700001000,"data":[{"comment":{"timestamp":1700001000,"comment":"I know where you live","author":"Zo\u00c3\u00ab Fictional"}}],
        "title":"Zo\u00c3\u00ab Fictional commented on Ann Example's photo."},
       {"timestamp":1700001100,"attachments":[{"data":[{"media":{"uri":"c.jpg","creation_timestamp":1700001100}}]}],
        "title":"Zo\u00c3\u00ab Fictional replied to her own comment."}]}
      """#
    ),
    (
      "your_facebook_activity/groups/group_posts_and_comments.json",
      #"""
      {"group_posts_v2":[{"timestamp":1700002000,"data":[{"post":"hello group"}],"title":"Zo\u00c3\u00ab Fictional posted in Walkers."}]}
      """#
    ),
    (
      "your_facebook_activity/groups/your_comments_in_groups.json",
      #"""
      {"group_comments_v2":[{"timestamp":1700002100,"data":[{"comment":{"timestamp":1700002100,"comment":"me too","author":"Zo\u00c3\u00ab Fictional","group":"Walkers"}}],
       "title":"Zo\u00c3\u00ab Fictional commented on a post."}]}
      """#
    ),
    (
      "your_facebook_activity/posts/other_people's_posts_to_your_timeline.json",
      #"""
      {"wall_posts_sent_to_you_v2":[{"timestamp":1700003000,"data":[{"post":"happy birthday"}],"title":"Ann Example wrote on your timeline."}]}
      """#
    ),
  ]

  @Test func facebookDownload() throws {
    let outcome = try MetaJSONTests.download(Self.facebook + [Self.profile], under: "facebook-zoe/")
    #expect(outcome.units.count == 1 && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    let owner = "facebook handle zoe.fictional"
    let messages = unit.records(.message).sorted { $0.time.microseconds < $1.time.microseconds }
    #expect(
      messages.map(\.text) == [
        "Café ☕", "look", "at the sea", "", "I know where you live", "", "hello group", "me too",
      ])
    #expect(messages.allSatisfy { $0.account == owner && $0.time.zone == .known })
    #expect(messages[0].time.microseconds == 1_700_000_000_000_000)
    #expect(
      messages.map(\.channel) == [
        "posts: Zoë Fictional updated her status.", "posts: Zoë Fictional shared a link.", "posts",
        "posts: Zoë Fictional posted something.", "comments: Zoë Fictional commented on Ann Example's photo.",
        "comments: Zoë Fictional replied to her own comment.", "posts: Zoë Fictional posted in Walkers.",
        "comments: Zoë Fictional commented on a post. [Walkers]",
      ])
    // Ten entries, of which one has no time and one is somebody else's.
    #expect(unit.tally("message") == [10, 8, 2])
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
    let address = try #require(unit.identifiers.first { $0.kind == .ip })
    #expect(address.account == owner && address.value == "192.0.2.7" && address.label == "upload")
    #expect(address.assertion == .platform && address.time.microseconds == 1_700_000_199_000_000)
    #expect(unit.identifiers.filter { $0.kind == .url }.map(\.value) == ["https://example.org/n?igsh=abc"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "message no-author 1", "message bad-time 1", "attachment media 3", "tag tag 1",
      ])
  }

  @Test func aCommentsAuthorIsTheOwner() throws {
    let thread = #"""
      {"participants":[{"name":"Ann Example"},{"name":"Zo\u00c3\u00ab Fictional"}],"messages":[
       {"sender_name":"Zo\u00c3\u00ab Fictional","timestamp_ms":1700000000000,"content":"hi"}]}
      """#
    let outcome = try MetaJSONTests.download(
      [Self.facebook[1], ("your_facebook_activity/messages/inbox/ann_1/message_1.json", thread)],
      under: "facebook-zoe/")
    let unit = try #require(outcome.units.first)
    #expect(Set(unit.records(.message).map(\.account)) == ["facebook display-name Zoë Fictional"])
    #expect(unit.records(.message).count == 3)
  }

  /// Files of downloads before 2022 lie in other folders and have other keys.
  @Test func olderDownload() throws {
    let outcome = try MetaJSONTests.download(
      [
        ("posts/your_posts_1.json", #"[{"timestamp":1500000000,"data":[{"post":"old"}],"title":"x"}]"#),
        (
          "comments/comments.json",
          #"{"comments":[{"timestamp":1500000001,"data":[{"comment":{"timestamp":1500000001,"comment":"older","author":"Zoe"}}],"title":"y"}]}"#
        ),
      ], under: "facebook-zoe/")
    #expect(outcome.units.count == 1)
    let unit = try #require(outcome.units.first)
    #expect(unit.records(.message).map(\.text).sorted() == ["old", "older"])
    #expect(unit.tally("message") == [2, 2, 0])
  }

  /// Pictures name the address that they were sent from, and who wrote what under them.
  @Test func picturesAndCommentsUnderThem() throws {
    let outcome = try MetaJSONTests.download(
      [
        (
          "your_facebook_activity/posts/your_uncategorized_photos.json",
          #"""
          {"other_photos_v2":[{"uri":"a.jpg","creation_timestamp":1700000000,"title":"Mobile uploads","description":"my cat",
            "media_metadata":{"photo_metadata":{"exif_data":[{"upload_ip":"2001:db8::7"}]}},
            "comments":[{"timestamp":1700000050,"comment":"sch\u00c3\u00b6n","author":"Ann Example","group":""},
             {"timestamp":1700000060,"comment":"thanks","author":"Zo\u00c3\u00ab Fictional"},
             {"timestamp":1700000070,"comment":"gone","author":"Facebook user"},{"comment":"when?","author":"Ann Example"}]}]}
          """#
        ),
        (
          "your_facebook_activity/posts/album/0.json",
          #"""
          {"name":"Sea","photos":[{"uri":"b.jpg","creation_timestamp":1700001000,"title":"Sea"}],
           "cover_photo":{"uri":"b.jpg","creation_timestamp":1700001000,"title":"Sea"},"last_modified_timestamp":1700001001,
           "description":"","comments":[{"timestamp":1700001050,"comment":"when was that","author":"Ann Example"}]}
          """#
        ),
        Self.profile,
      ], under: "facebook-zoe/")
    #expect(outcome.units.count == 1 && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    let (owner, other) = ("facebook handle zoe.fictional", "facebook display-name Ann Example")
    let messages = unit.records(.message).sorted { $0.time.microseconds < $1.time.microseconds }
    #expect(messages.map(\.text) == ["my cat", "schön", "thanks", "", "when was that"])
    #expect(messages.map(\.account) == [owner, other, owner, owner, other])
    #expect(messages.map(\.channel).filter { $0 == "comments under pictures" }.count == 3)
    #expect(
      unit.identifiers.filter { $0.kind == .ip }.map { "\($0.label) \($0.value)" } == ["upload 2001:db8::7"])
    #expect(unit.tally("message") == [7, 5, 2] && unit.reconciliation.allSatisfy { $0.agrees })
  }

  /// What stands alone instead of in a list is read, and a time of 0 is none.
  @Test func oddShapes() throws {
    let text = #"""
      [{"timestamp":1500000000,"data":{"post":"alone"}},{"timestamp":0,"data":[{"post":"no time"}]},null,
       {"timestamp":1500000001,"attachments":{"data":{"external_context":{"url":"https://example.org/a"}}},"data":null}]
      """#
    let unit = try #require(ReadOutcome.reading(text, named: "your_posts_1.json").units.first)
    #expect(unit.records(.message).map(\.text) == ["alone", ""])
    #expect(unit.identifiers.filter { $0.kind == .url }.map(\.value) == ["https://example.org/a"])
    #expect(unit.tally("message") == [4, 2, 2])
  }

  /// Posts of Threads come with a download of Instagram.
  @Test func postsOfThreads() throws {
    let text = #"""
      {"text_post_app_text_posts":[
       {"media":[{"uri":"","creation_timestamp":1700000000,"title":"caf\u00c3\u00a9 again"}]},
       {"media":[{"uri":"media/t.jpg","creation_timestamp":1700000001,"title":"look"}]}]}
      """#
    let unit = try #require(ReadOutcome.reading(text, named: "threads_and_replies.json").units.first)
    #expect(unit.records(.message).map(\.text) == ["café again", "look"])
    #expect(unit.tally("message") == [2, 2, 0] && unit.tally("attachment") == [-1, 0, 1])
  }

  /// Who is followed or blocked on Threads has an account of Instagram; a title may be what it shows.
  @Test func peopleOfThreads() throws {
    let folder = "your_instagram_activity/threads/"
    let unit = try #require(
      try MetaJSONTests.download([
        (
          folder + "followers_1.json",
          #"""
          {"text_post_app_text_post_app_followers":[{"title":"Una","string_list_data":[
            {"href":"https://www.threads.com/@una.marsh","timestamp":1730000000}]}]}
          """#
        ),
        (
          folder + "pending_follow_requests.json",
          #"""
          {"text_post_app_text_post_app_follow_requests_sent":[{"title":"","string_list_data":[
            {"href":"https://www.threads.net/rex_t","value":"rex_t","timestamp":1730000001}]}]}
          """#
        ),
        (
          folder + "blocked_profiles.json",
          #"""
          {"text_post_app_text_post_app_blocked_users":[{"title":"bad.actor","string_list_data":[{"timestamp":1730000002}]}]}
          """#
        ),
        (
          folder + "threads_viewed.json",
          #"""
          {"text_post_app_text_post_app_posts_seen":[{"string_map_data":{"Author":{"value":"cy"}}}]}
          """#
        ),
      ]).units.first)
    let people = unit.records.map { "\($0.recordClass.name) \($0.text): \($0.other)" }
    #expect(
      people.sorted() == [
        "block : instagram handle bad.actor",
        "contact follow requests sent on Threads: instagram handle rex_t",
        "contact followers on Threads: instagram handle una.marsh",
      ])
    #expect(unit.setAside.map(\.reason.code) == ["other-data"])
  }

  @Test func instagramDownload() throws {
    let outcome = try MetaJSONTests.download(
      [
        (
          "your_instagram_activity/media/posts_1.json",
          #"""
          [{"media":[{"uri":"media/posts/1.jpg","creation_timestamp":1700000000,"title":"Sunset \u00f0\u009f\u008c\u0085"}]},
           {"media":[{"uri":"media/posts/2.jpg","creation_timestamp":1700000100,"title":""},{"uri":"media/posts/3.jpg","creation_timestamp":1700000101,"title":""}],
            "title":"two pictures","creation_timestamp":1700000102}]
          """#
        ),
        (
          "your_instagram_activity/comments/post_comments_1.json",
          #"""
          [{"media_list_data":[{"uri":""}],"string_map_data":{"Comment":{"value":"nice one"},"Media Owner":{"value":"una_x"},"Time":{"timestamp":1700000200}}},
           {"string_map_data":{"Kommentar":{"value":"sch\u00c3\u00b6n"},"Zeit":{"timestamp":1700000300}}},
           {"timestamp":1700000350,"media":[],"label_values":[{"label":"Kommentar","value":"neu"},{"label":"Media Owner","value":"una_x"},
            {"label":"Zeit","timestamp_value":1700000350}],"fbid":"1"}]
          """#
        ),
        (
          "your_instagram_activity/comments/reels_comments.json",
          #"{"comments_reels_comments":[{"string_map_data":{"Comment":{"value":"ha"},"Media Owner":{"value":"una_x"},"Time":{"timestamp":1700000400}}}]}"#
        ),
        (
          "your_instagram_activity/media/stories.json",
          #"{"ig_stories":[{"uri":"media/stories/4.jpg","creation_timestamp":1700000500,"media_metadata":{},"title":"a story"}]}"#
        ),
        (
          "your_instagram_activity/media/reels.json",
          #"{"ig_reels_media":[{"media":[{"uri":"media/reels/5.mp4","creation_timestamp":1700000600,"title":"a reel"}]}]}"#
        ),
      ])
    #expect(outcome.units.count == 1 && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    let messages = unit.records(.message).sorted { $0.time.microseconds < $1.time.microseconds }
    #expect(
      messages.map(\.text) == [
        "Sunset 🌅", "two pictures", "nice one", "schön", "neu", "ha", "a story", "a reel",
      ])
    #expect(
      messages.map(\.channel) == [
        "posts", "posts", "comments: una_x", "comments", "comments: una_x", "comments: una_x", "posts",
        "posts",
      ])
    #expect(unit.tally("message") == [8, 8, 0])
    #expect(unit.counts("attachment") == [nil, 0, 5])
  }

  /// Lists of what somebody liked, saved or saw are called after posts too, and hold nobody's words.
  @Test func otherListsOfPostsAreNoPosts() throws {
    for name in ["liked_posts.json", "posts_viewed.json", "saved_posts.json", "your_topics.json"] {
      let text = #"[{"timestamp":1700000000,"media":[],"title":"una_x","data":[{"post":"x"}]}]"#
      #expect(try ReadOutcome.reading(text, named: name).units.isEmpty)
    }
  }

  @Test(arguments: MetaPostsTests.facebook.indices.dropLast())
  func truncation(_ index: Int) throws {
    let (path, text) = Self.facebook[index]
    try expectPrefixes(of: Array(text.utf8), named: String(path.split(separator: "/").last ?? ""))
  }
}
