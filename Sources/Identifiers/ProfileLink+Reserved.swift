internal import AccountModel

/// What stands where a profile's name could stand, and is none.
extension ProfileLink {
  /// Whether the first step of a path is a page of the platform's own.
  static func isReserved(_ step: String, _ platform: Platform) -> Bool {
    reserved[platform.rawValue]?.contains(step.lowercased()) ?? false
  }

  /// Whether the second step of a path can follow a user's name; always true without one, and where the
  /// platform's pages are not known. `/popular/cats` and `/oauth/authorize` are no pages of users, whatever
  /// routes a platform adds.
  static func isPage(_ step: String?, ofUserOf platform: Platform) -> Bool {
    guard let step = step?.lowercased(), let known = pages[platform.rawValue] else { return true }
    return known.contains(step) || platform == .facebook && facebookPages.contains { step.hasPrefix($0) }
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  private static let pages: [String: Set<String>] = [
    "x": words(
      """
      status statuses with_replies media likes highlights articles followers following verified_followers
      creator-subscriptions superfollows lists moments topics communities affiliates about photo header_photo
      timelines events favorites
      """),
    "instagram": words(
      """
      p reel reels tv igtv tagged followers following mutualonly live channel guides saved feed collections
      highlights related_profiles similar_accounts
      """),
    "facebook": words("grid map music movies tv books games sports fundraisers mentions"),
  ]

  /// How the pages below a profile of Facebook begin: `photos_albums`, `friends_mutual`, `about_overview`.
  private static let facebookPages = [
    "about", "activity", "allactivity", "check", "community", "events", "follow", "friends", "groups", "info",
    "likes", "live", "notes", "past_", "photo", "posts", "ratings", "reels", "reviews", "services", "shop",
    "stories", "timeline", "upcoming", "video",
  ]

  private static let reserved: [String: Set<String>] = [
    "x": words(
      """
      about account accounts bookmarks communities compose download explore following followers goodies hashtag
      home i intent invitations jobs lists login logout messages notifications oauth personalization privacy
      search search-advanced search-home sessions settings share signup status statuses teams topics tos
      who_to_follow widgets
      """),
    "instagram": words(
      """
      _n about accounts ads api archive ar blog business challenge channel creators data developer developers
      direct directory download emails embed.js explore fxcal graphql help igtv invites legal lite login logging
      music nametag oauth p popular press push qr reel reels s session share shop shopping stories topics tv
      web your_activity
      """),
    "facebook": words(
      """
      about ads adsmanager ajax api app_scoped_user_id apps badges bookmarks browse business campaign careers ch
      checkpoint cm community connect cookie cookies creators crisisresponse deals developers dialog directory
      docs donate e2ee events feeds find-friends flx friends fundraisers games gaming graphql groups hashtag help
      home.php identity invite j jobs l.php legal lists lite live local locations login logout marketplace me
      media memories messages mobile msg notes notifications oauth offers onthisday pages permalink.php photo
      photo.php photos places plugins policies policy posts privacy public questions r.php recover reel reels
      reg requests safety saved search security settings share sharer sharer.php stories story.php support terms
      topic tr translations ufi video videos watch weather work workplace
      """),
    "telegram": words(
      """
      addemoji addlist addstickers addtheme auction bg boost c call confirmphone contact dl giftcode invoice iv
      joinchat k login m nft proxy setlanguage share socks web
      """),
    "github": words(
      """
      about apps codespaces collections contact enterprise events explore features issues join login marketplace
      new notifications orgs pricing pulls readme search security settings site sponsors stars topics trending
      user-attachments users
      """),
    "twitch": words(
      "directory downloads friends inventory jobs login p payments prime search settings signup store "
        + "subscriptions turbo videos wallet"),
  ]
}
