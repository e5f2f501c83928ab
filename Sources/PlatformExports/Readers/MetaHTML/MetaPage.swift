internal import AccountModel

/// What a page of a Meta download holds: its name says it, and nothing else does.
enum MetaPage: Equatable {
  /// Part of a thread.
  case thread
  case list(MetaList)
  /// Facebook's profile, one table.
  case facebookProfile
  /// Of security: entries with an address are logins, with a device sessions.
  case security

  /// The page of a path; nil for one that holds no account record, as far as is known.
  init?(path: String) {
    let parts = path.lowercased().split(separator: "/").map(String.init)
    guard let name = parts.last, let dot = name.lastIndex(of: "."),
      ["html", "htm"].contains(name[name.index(after: dot)...])
    else { return nil }
    let stem = String(name[..<dot]).replacing("\u{2019}", with: "'").replacing("you_ve", with: "you've")
      .replacing("you_re", with: "you're").replacing("youre", with: "you're")
    if stem == "message" || Self.isNumbered(stem, "message_") {
      self = .thread
    } else if let known = Self.names[stem] ?? Self.names[Self.withoutNumber(stem)] {
      self = known
    } else if parts.dropLast().last == "album" {
      self = .list(.writing(.picture))
    } else if parts.dropLast().contains(where: { Self.securityFolders.contains($0) }) {
      self = .security
    } else {
      return nil
    }
  }

  /// What is counted of it.
  var recordClass: RecordClass? {
    switch self {
    case .thread: .message
    case .list(let list): list.recordClass
    case .facebookProfile: .profile
    case .security: nil
    }
  }

  private static let securityFolders: Set<String> = [
    "security_and_login_information", "login_and_account_creation", "login_and_profile_creation",
  ]

  /// By name without the number of its part.
  private static let names: [String: Self] = {
    let lists: [(MetaList, String)] = [
      (
        .login(""),
        "logins_and_logouts account_activity record_details administrative_records administrative_activity"
      ),
      (.login("Login"), "login_activity"), (.login("Logout"), "logout_activity"),
      (.login("IP address"), "ip_address_activity used_ip_addresses"),
      (
        .signUp,
        "signup_details signup_information registration_information your_account_registration_information"
      ),
      (
        .session,
        "where_you're_logged_in authorized_logins devices mobile_devices recognized_devices login_protection_data"
      ),
      (.profile, "personal_information"), (.change, "profile_changes"),
      (.contact("follower"), "followers people_who_followed_you"),
      (.contact("following"), "following who_you've_followed"),
      (.contact("friend"), "friends your_friends"),
      (.contact("removed friend"), "removed_friends deleted_friends"),
      (.contact("sent friend request"), "sent_friend_requests friend_requests_sent"),
      (.contact("received friend request"), "received_friend_requests friend_requests_received"),
      (.contact("rejected friend request"), "rejected_friend_requests"),
      (.contact("follow requests sent"), "pending_follow_requests"),
      (.contact("permanent follow requests"), "recent_follow_requests"),
      (.contact("follow requests received"), "follow_requests_you've_received"),
      (.contact("unfollowed users"), "recently_unfollowed_profiles recently_unfollowed_accounts"),
      (.contact("close friends"), "close_friends"),
      (.contact("restricted users"), "restricted_profiles restricted_accounts"),
      (.contact("hide stories from"), "hide_story_from"),
      (.contact("dismissed suggested users"), "removed_suggestions"),
      (.block, "blocked_profiles blocked_accounts blocked_users blocked_people blocked"),
      (
        .writing(.post),
        "posts your_posts your_posts__check_ins__photos_and_videos archived_posts stories reels igtv_videos "
          + "threads_and_replies group_posts_and_comments your_posts_and_comments_in_groups your_posts_in_groups"
      ),
      (
        .writing(.comment),
        "comments your_comments post_comments reels_comments your_comments_in_groups your_comments_on_reels"
      ),
      (.writing(.picture), "your_photos your_videos your_uncategorized_photos"),
      (.writing(.byOthers), "other_people's_posts_to_your_timeline wall_posts_sent_to_you"),
    ]
    var names: [String: Self] = ["profile_information": .facebookProfile]
    for (list, stems) in lists {
      for stem in stems.split(separator: " ") { names[String(stem)] = .list(list) }
    }
    return names
  }()

  /// The name of a page without the number that parts of one list have.
  private static func withoutNumber(_ stem: String) -> String {
    guard let dash = stem.lastIndex(of: "_"), isNumbered(stem, String(stem[...dash])) else { return stem }
    return String(stem[..<dash])
  }

  private static func isNumbered(_ stem: String, _ word: String) -> Bool {
    let number = stem.dropFirst(word.count)
    return stem.hasPrefix(word) && !number.isEmpty && number.utf8.allSatisfy(\.isDigit)
  }
}

// MARK: Recognition

extension MetaPage {
  static func recognise(_ head: MemberHead) -> Recognition {
    isPage(head) && MetaPage(path: head.path) != nil ? .certain : .no
  }

  /// Whether a member is a page of a download whose parts lie where they always did.
  static func isPage(_ head: MemberHead) -> Bool {
    hasMarks(head) && (head.contains("role=\"main\"") || head.contains("<main"))
  }

  /// Whether a member has classes as all pages have, in their styles at least.
  static func hasMarks(_ head: MemberHead) -> Bool {
    head.firstByte == UInt8(ascii: "<")
      && (head.contains("_a6-g") || head.contains("uiBoxWhite") || head.contains("_2lej"))
  }

  /// Whether a path lies in a folder that downloads have.
  static func isOfDownload(_ path: String) -> Bool {
    path.lowercased().split(separator: "/").dropLast().contains {
      MetaDownload.folders.contains(String($0)) || folders.contains(String($0))
    }
  }

  /// Folders of 2023, in which those of older downloads lie.
  private static let folders: Set<String> = [
    "your_activity_across_facebook", "this_profile's_activity_across_facebook",
  ]

  /// Everything before the first folder that all downloads have; a page outside stands alone.
  static func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.dropLast().firstIndex(where: { folders.contains($0.lowercased()) }) else {
      return MetaDownload.root(of: path)
    }
    return parts[..<first].joined(separator: "/")
  }

  /// The platform that the elements of a page say.
  static func platform(of head: MemberHead) -> Platform? {
    let facebook: [StaticString] = [
      "<section class=\"_a6-g\"", "\"_a72d\"", "_2pi0 _2lej", "aria-label=\"Facebook\"",
    ]
    if facebook.contains(where: { head.contains($0) }) { return .facebook }
    let instagram: [StaticString] = ["_2ph- _a6-g uiBoxWhite", "alt=\"Instagram\""]
    return instagram.contains { head.contains($0) } ? .instagram : nil
  }
}
