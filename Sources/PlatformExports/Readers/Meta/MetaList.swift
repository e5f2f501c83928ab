internal import AccountModel

/// What the lists of a Meta download hold, by their key or, for a list without one, by the file's name.
enum MetaList: Equatable {
  case login(String)
  case session
  case signUp
  case profile
  case change
  /// Addresses of mail and numbers that the platform confirmed.
  case verification
  case contact(String)
  case block
  case writing(MetaDownload.Writing)

  /// The class of the list's records.
  var recordClass: RecordClass {
    switch self {
    case .login, .signUp: .login
    case .session: .session
    case .profile, .change, .verification: .profile
    case .contact: .contact
    case .block: .block
    case .writing: .message
    }
  }

  private static let keys: [String: Self] = [
    "account_accesses": .login(""), "account_accesses_v2": .login(""),
    "account_activity": .login(""), "account_activity_v2": .login(""),
    "account_history_login_history": .login("Login"), "account_history_logout_history": .login("Logout"),
    "admin_records": .login(""), "admin_records_v2": .login(""), "administrative_records_v2": .login(""),
    "used_ip_address": .login("IP address"), "used_ip_address_v2": .login("IP address"),
    "active_sessions": .session, "active_sessions_v2": .session, "devices_devices": .session,
    "recognized_devices": .session, "recognized_devices_v2": .session, "login_protection_data": .session,
    "login_protection_data_v2": .session,
    "contact_verifications": .verification, "contact_verifications_v2": .verification,
    "account_history_registration_info": .signUp,
    "profile_user": .profile, "profile_profile_change": .change,
    "friends": .contact("friend"), "friends_v2": .contact("friend"),
    "deleted_friends": .contact("removed friend"), "deleted_friends_v2": .contact("removed friend"),
    "removed_friends_v2": .contact("removed friend"),
    "sent_requests": .contact("sent friend request"), "sent_requests_v2": .contact("sent friend request"),
    "sent_friend_requests_v2": .contact("sent friend request"),
    "received_requests": .contact("received friend request"),
    "received_requests_v2": .contact("received friend request"),
    "received_friend_requests_v2": .contact("received friend request"),
    "rejected_requests": .contact("rejected friend request"),
    "rejected_requests_v2": .contact("rejected friend request"),
    "rejected_friend_requests_v2": .contact("rejected friend request"),
    "following": .contact("following"), "followers": .contact("follower"),
    "following_v2": .contact("following"), "following_v3": .contact("following"),
    "followers_v2": .contact("follower"), "followers_v3": .contact("follower"),
    "blocked_users": .block, "blocked_users_v2": .block,
    "relationships_blocked_users": .block,
    "comments": .writing(.comment), "comments_v2": .writing(.comment),
    "group_comments": .writing(.comment), "group_comments_v2": .writing(.comment),
    "other_photos": .writing(.picture), "other_photos_v2": .writing(.picture), "videos": .writing(.picture),
    "videos_v2": .writing(.picture), "photos": .writing(.picture), "ig_stories": .writing(.post),
    "ig_reels_media": .writing(.post),
    "ig_archived_post_media": .writing(.post), "ig_igtv_media": .writing(.post),
    "text_post_app_text_posts": .writing(.post),
    "comments_media_comments": .writing(.comment), "comments_reels_comments": .writing(.comment),
    "group_posts": .writing(.post), "group_posts_v2": .writing(.post),
    "wall_posts_sent_to_you": .writing(.byOthers), "wall_posts_sent_to_you_v2": .writing(.byOthers),
    "relationships_followers": .contact("follower"), "relationships_following": .contact("following"),
  ]

  /// The list of a key.
  init?(key: String) {
    if let known = Self.keys[key] {
      self = known
    } else if key.hasPrefix("relationships_"), !key.contains("hashtag") {
      self = .contact(key.dropFirst("relationships_".count).split(separator: "_").joined(separator: " "))
    } else if key.hasPrefix(Self.threads) {
      let list = key.dropFirst(Self.threads.count)
      if list.contains("block") {
        self = .block
      } else if list.contains("follow") || list.hasSuffix("_users") {
        self = .contact(list.split(separator: "_").joined(separator: " ") + " on Threads")
      } else {
        return nil
      }
    } else {
      return nil
    }
  }

  /// What keys of lists of Threads begin with, whose accounts are Instagram's.
  private static let threads = "text_post_app_text_post_app_"

  /// The list of a file that holds a bare list, by its name: the only thing that says what it is.
  init?(path: String) {
    let stem = path.split(separator: "/").last?.split(separator: ".").first?.lowercased() ?? ""
    // Pages of what the owner likes, saved or saw are called after posts as well.
    if stem.hasPrefix("your_posts") || stem == "posts" || Self.isNumbered(stem, "posts_") {
      self = .writing(.post)
      return
    }
    if stem == "comments" || Self.isNumbered(stem, "comments_") || stem.hasPrefix("post_comments")
      || stem.hasPrefix("reels_comments")
    {
      self = .writing(.comment)
      return
    }
    let names: [(String, Self)] = [
      ("logout", .login("Logout")), ("login", .login("Login")), ("block", .block), ("signup", .signUp),
      ("profile_activity", .login("")),
      ("registration_information", .signUp),
      ("devices", .session), ("logged_in", .session), ("followers", .contact("follower")),
      ("following", .contact("following")), ("friends", .contact("friend")), ("profile_changes", .change),
    ]
    guard let found = names.first(where: { stem.contains($0.0) }) else { return nil }
    self = found.1
  }

  /// Whether a name is a word and a number, as those of lists in several files are.
  private static func isNumbered(_ stem: String, _ word: String) -> Bool {
    let number = stem.dropFirst(word.count)
    return stem.hasPrefix(word) && !number.isEmpty && number.utf8.allSatisfy(\.isDigit)
  }
}
