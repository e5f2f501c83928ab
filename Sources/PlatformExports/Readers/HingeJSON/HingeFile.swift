/// What a file of Hinge's download holds, by its keys.
enum HingeFile {
  case user, matches, prompts, media

  /// Keys of `user.json`, of which other apps have one, and hardly two.
  private static let userMarks: [StaticString] = [
    "\"last_unpause_time\"", "\"last_pause_time\"", "\"signup_time\"", "\"instagram_authorized\"",
    "\"distance_miles_max\"", "\"ethnicity_dealbreaker\"", "\"device_os_versions\"",
    "\"push_notifications_enabled\"", "\"dating_intention_displayed\"", "\"hometowns_displayed\"",
  ]

  /// Tells a file by its beginning; nil for one that holds no account record or is another program's.
  init?(_ head: MemberHead) {
    let name = head.path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    switch head.firstByte {
    case UInt8(ascii: "{"):
      let isUser = Self.userMarks.count { head.contains($0) } >= 2
      let isInstall =
        head.contains("\"installs\"") && head.contains("\"install_time\"") && head.contains("\"idfv\"")
      guard isUser || isInstall else { return nil }
      self = .user
    case UInt8(ascii: "["):
      let isDated = head.contains("\"timestamp\"")
      // Other programs have lists of chats, and blocks of some type, as well.
      let hasMarks =
        head.contains("\"did_meet_subject\"") || head.contains("\"block_type\"") && head.contains("\"block\"")
      let signs = [
        head.contains("\"chats\"") && head.contains("\"body\""),
        head.contains("\"like\"") || head.contains("\"match\""), name.hasPrefix("matches"),
      ]
      if isDated, hasMarks || signs.count(where: { $0 }) > 1 {
        self = .matches
      } else if head.contains("\"user_updated\""), head.contains("\"prompt\"") {
        self = .prompts
      } else if head.contains("\"url\""), head.contains("\"prompt\""),
        head.contains("\"from_social_media\"") || name.hasPrefix("media") && head.contains("\"type\"")
      {
        self = .media
      } else {
        return nil
      }
    default: return nil
    }
  }
}
