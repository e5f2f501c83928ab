internal import AccountModel

/// What a table of Reddit's download holds, by its columns.
enum RedditFile: Equatable {
  case comments, posts, messages, chat, addresses, headers, statistics, identities, phone, x, friends,
    birthdate,
    drafts, other

  /// Tells a table by its columns; nil for one that is not Reddit's.
  init?(_ path: String, _ headers: [String]) {
    func has(_ names: String...) -> Bool { names.allSatisfy(headers.contains) }
    // Where names of files and columns could be another program's, one column more shows that they are.
    func isJust(_ names: String..., also: [String] = []) -> Bool {
      names.allSatisfy(headers.contains)
        && headers.allSatisfy { $0.isEmpty || names.contains($0) || also.contains($0) }
    }
    let stem = Self.stem(of: path)
    // Reddit gives one person's writing and names no authors; a collection of many people's does.
    let isOfMany = headers.contains { header in
      header.contains("author") || header.contains("user") || Self.people.contains(header)
    }
    if !isOfMany, has("id", "permalink", "date", "subreddit") {
      let isPost = has("title") || has("url")
      self = !has("body") ? .headers : isPost ? .posts : .comments
    } else if has("id", "permalink", "date", "from", "to") {
      self = has("body") ? .messages : .headers
    } else if has("message_id", "created_at", "username", "message", "channel_url"),
      has("conversation_type") || has("thread_parent_message_id") || has("subreddit")
    {
      self = .chat
    } else if isJust("issuer_id", "subject_id") {
      self = .identities
    } else if stem == "statistics", isJust("statistic", "value") {
      self = .statistics
    } else if stem == "ip_logs", isJust("date", "ip") {
      self = .addresses
    } else if stem == "linked_phone_number", isJust("phone_number") {
      self = .phone
    } else if stem == "twitter", isJust("username") {
      self = .x
    } else if stem == "friends", isJust("username", also: ["note"]) {
      self = .friends
    } else if stem == "birthdate",
      isJust("birthdate", also: ["verified_birthdate", "verification_state", "verification_method"])
    {
      self = .birthdate
    } else if stem == "drafts", has("title", "body") {
      self = .drafts
    } else if let columns = Self.others[stem], columns.contains(where: headers.contains) {
      self = .other
    } else {
      return nil
    }
  }

  /// What its rows become; nil when there is nothing in it to keep.
  var unit: RecordClass? {
    switch self {
    case .comments, .posts, .messages, .chat, .drafts: .message
    case .addresses, .headers: .login
    case .statistics, .phone, .birthdate: .profile
    case .identities, .x: .declaredLink
    case .friends: .contact
    case .other: nil
    }
  }

  /// The name of a file without its ending and without what follows the words in it: `comments (1).csv`, `posts-2.csv`.
  static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let words = name.prefix { $0 == "_" || $0.isASCII && $0.isLetter }
    return name.hasSuffix(".csv") ? String(words) : ""
  }

  /// Further columns by which collections name who wrote.
  private static let people: Set<String> = [
    "account", "by", "commenter", "name", "poster", "redditor", "sender",
  ]

  /// Files that hold nothing to keep, with a column that each has.
  private static let others: [String: [String]] = {
    let votes = ["permalink", "direction"]
    let lists = ["subreddit", "multireddit", "id"]
    return [
      "comment_votes": votes, "post_votes": votes, "poll_votes": ["post_id"], "saved_comments": votes,
      "saved_posts": votes, "hidden_posts": votes, "subscribed_subreddits": lists,
      "moderated_subreddits": lists, "approved_submitter_subreddits": lists, "multireddits": lists,
      "gilded_comments": ["content_link", "award"], "gilded_content": ["content_link", "award"],
      "gold_received": ["content_link", "gold_received"], "purchases": ["processor", "transaction_id"],
      "subscriptions": ["processor", "subscription_id"],
      "payouts": ["payout_amount_usd", "payout_id", "date"],
      "stripe": ["stripe_account_id"], "persona": ["persona_inquiry_id"],
      "user_preferences": ["preference", "value"], "sensitive_ads_preferences": ["type", "preference"],
      "account_gender": ["account_gender"], "announcements": ["announcement_id"],
      "scheduled_posts": ["scheduled_post_id"], "checkfile": ["filename", "sha"],
    ]
  }()
}
