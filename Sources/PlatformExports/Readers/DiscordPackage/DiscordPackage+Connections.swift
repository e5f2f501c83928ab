internal import AccountModel

/// Accounts on other platforms that the owner connected to its own.
///
/// The owner logs in at the other platform to connect, so that Discord knows both to be one person's: a declared link,
/// which the platform asserts unless it says itself that it was not verified.
extension DiscordPackageReader {
  /// Where the id is the other platform's own. Facebook, TikTok, PlayStation and Riot give each application that asks
  /// another one.
  private static let ownIDs: Set<String> = [
    "twitter", "twitch", "youtube", "github", "reddit", "steam", "xbox", "spotify", "battlenet", "roblox",
    "epicgames", "bluesky", "soundcloud",
  ]
  /// Where the name is the one by which others address the account, and not one that it shows.
  private static let handles: Set<String> = [
    "twitter", "twitch", "github", "reddit", "tiktok", "instagram", "bluesky", "mastodon", "xbox",
    "playstation",
    "roblox",
  ]

  mutating func connection(
    _ value: JSONValue, of account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let type = value["type"]?.string?.lowercased() ?? ""
    let id = value["id"]?.scalarText ?? ""
    let name = value["name"]?.scalarText ?? ""
    let assertion: Assertion = value["verified"]?.bool == false ? .user : .platform
    var words = "connected account on \(type)"
    if value["revoked"]?.bool == true { words += ", revoked" }
    switch type {
    case "": return writer.setAside(.declaredLink, .malformed, at: locator, detail: "a connection of no sort")
    case "domain":
      try people.memory.add(
        .url, name.isEmpty ? id : name, label: "connection", assertion: assertion, to: account, locator,
        into: writer)
      return try writer.record(.profile, account: account, text: "connected website", at: locator)
    case "contacts":
      return writer.setAside(
        .declaredLink, .init("other-data", "is no account", isFault: false), at: locator, detail: type)
    default: break
    }
    guard let key = Self.key(type, id, name) else {
      return writer.setAside(.declaredLink, .noAuthor, at: locator, detail: type)
    }
    let other = try writer.account(
      key, role: .mentioned, assertion: assertion, label: "connection", at: locator)
    let kind: IdentifierKind = Self.handles.contains(type) ? .handle : .displayName
    if key.kind != kind {
      try people.memory.add(
        kind, name, label: "connection", assertion: kind == .handle ? assertion : .user, to: other, locator,
        into: writer)
    }
    if key.kind != .platformID, Self.ownIDs.contains(type) {
      try people.memory.add(
        .platformID, id, label: "connection", assertion: assertion, to: other, locator, into: writer)
    }
    try writer.record(
      .declaredLink, account: account, other: other, assertion: assertion, text: words, at: locator)
  }

  /// The widest key that a connection gives.
  private static func key(_ type: String, _ id: String, _ name: String) -> AccountKey? {
    let platform = Platform(type)
    func key(_ kind: IdentifierKind, _ scope: AccountScope, _ value: String) -> AccountKey? {
      value.isEmpty || NoValue.isNamed(by: value)
        ? nil : AccountKey(platform: platform, kind: kind, scope: scope, value: value)
    }
    let ownID = ownIDs.contains(type) ? key(.platformID, .platform, id) : nil
    let handle = handles.contains(type) ? key(.handle, .platform, name) : nil
    // Reddit's own downloads know an account by its name, which nobody can change.
    if type == "reddit", let handle { return handle }
    return ownID ?? handle ?? key(.platformID, .source, id) ?? key(.displayName, .source, name)
  }
}
