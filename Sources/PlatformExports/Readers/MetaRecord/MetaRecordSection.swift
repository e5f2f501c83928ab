internal import AccountModel

/// What a section of a return holds.
enum MetaRecordSection: Equatable {
  /// What was asked for, and whose account it is.
  case parameters
  /// Names of the account's owner.
  case names(String)
  case emails(String)
  case phones(String)
  case handles(String)
  case registrationDate, registrationAddress
  case dateOfBirth, websites, about, places
  /// Rows of address and time.
  case logins
  /// Rows of a device or a connection.
  case devices
  /// Browsers by Meta's cookie, with who used them.
  case cookies
  case linkedAccounts
  /// Accounts that the owner follows, is followed by, blocked or gave access.
  case people(RecordClass, String)
  case requests
  case threads
  /// Posts, pictures and comments; whether a row that names no author is the owner's.
  case writing(isOwn: Bool)
  /// Addresses from which something was uploaded, and nothing written.
  case uploads
  case messageLog, offlineLog, callLog, addressBook
  case business
  /// Holds no account record.
  case passedOver
  case unknown

  /// The section of an id without `property-`. What Threads has is called as what Instagram has, with `threads_` in
  /// front.
  init(_ id: String) {
    let name = id.hasPrefix("threads_") ? String(id.dropFirst("threads_".count)) : id
    self = Self.byName[name] ?? .unknown
  }

  private static let byName: [String: MetaRecordSection] = {
    var sections: [String: MetaRecordSection] = [
      "request_parameters": .parameters,
      "name": .names(""), "alternate_name": .names("other-name"), "name_changes": .names("changed"),
      "screen_names": .names("screen-name"), "profile_picture_info": .names(""),
      "emails": .emails(""), "email_changes": .emails("changed"), "removed_emails": .emails("previous"),
      "phone_numbers": .phones(""), "removed_phone_numbers": .phones("previous"),
      "phone_number_changes": .phones("changed"),
      "vanity": .handles(""), "vanity_changes": .handles("changed"), "username": .handles(""),
      "registration_date": .registrationDate, "registration_ip": .registrationAddress,
      "date_of_birth": .dateOfBirth, "website": .websites, "profile_uri": .websites,
      "bio": .about, "about_me": .about, "user_notes": .about,
      "address": .places, "current_city": .places, "hometown": .places,
      "ip_addresses": .logins, "logins": .logins, "prospective_login_ips": .logins,
      "devices": .devices, "devices_info": .devices, "device_info": .devices, "recognized_devices": .devices,
      "connection_info": .devices, "web_info": .devices,
      "machines": .cookies, "linked_accounts": .linkedAccounts,
      "followers": .people(.contact, "follower"), "following": .people(.contact, "following"),
      "friends": .people(.contact, "friend"), "blocked_users": .people(.block, ""),
      "incoming_follow_requests": .people(.contact, "follow request received"),
      "shared_access": .people(.contact, "has shared access"),
      "account_owner_shared_access": .people(.contact, "shares access"),
      "friend_requests": .requests,
      "unified_messages": .threads, "reported_conversations": .threads,
      "reported_disappearing_messages": .threads,
      "ncmec_reports": .uploads, "message_log": .messageLog, "offline_log_info": .offlineLog,
      "call_logs": .callLog,
      "call_log": .callLog, "address_book_info": .addressBook, "address_book": .addressBook,
      "small_medium_business": .business,
    ]
    for name in ["comments", "wallposts", "group_messages", "posts_to_other_walls"] {
      sections[name] = .writing(isOwn: false)
    }
    for name in [
      "photos", "videos", "live_videos", "archived_live_videos", "archived_stories", "unarchived_stories",
      "archived_quicksnap", "status_updates", "shares", "notes", "posts_and_replies", "posts",
    ] {
      sections[name] = .writing(isOwn: true)
    }
    for name in [
      "gender", "locale", "privacy_settings", "account_end_date", "account_status_history",
      "spoken_languages",
      "last_location", "last_location_area", "profile_picture", "encrypted_groups_info", "groups_info",
      "groups", "community_notes", "likes", "searches", "offline_info", "website_visits", "events",
      "ads_created", "marketplace",
    ] {
      sections[name] = .passedOver
    }
    return sections
  }()
}

extension SetAsideReason {
  static let unorderedLogin = Self(
    "unordered-login",
    "is of a section that does not tell whether a time belongs to the address before it or behind it",
    isFault: true)
  static let unknownSection = Self(
    "unknown-section", "is a section that this version does not know: nothing of it was read", isFault: true)
  static let emptySection = Self(
    "section-not-understood", "is a section in which nothing was understood, though it holds something",
    isFault: true)
  static let otherSection = Self(
    "other-data", "is a section that holds no messages and no account records", isFault: false)
}
