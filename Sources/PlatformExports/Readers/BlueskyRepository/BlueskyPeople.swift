internal import AccountModel

/// Accounts as a repository writes them: by DID, which an account keeps for life.
///
/// A name (handle) belongs to a DID only while both say so, which nothing in a file can show: it is *claimed*.
struct BlueskyPeople {
  var memory = IdentifierMemory()

  /// The key of a DID.
  static func key(_ did: String) -> AccountKey {
    AccountKey(platform: .bluesky, kind: .platformID, scope: .platform, value: did)
  }

  /// Whether a text is a DID: `did:`, a method of small letters, and an identifier.
  ///
  /// Source: the DID syntax of AT Protocol, which allows 2,048 characters.
  static func isDID(_ text: String) -> Bool {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "did", text.utf8.count <= 2_048, !parts[1].isEmpty,
      parts[1].utf8.allSatisfy({ (0x61...0x7A).contains($0) }),
      ValueShape.isHandle(parts[2], signs: "._:%-", limit: 2_048)
    else { return false }
    return parts[2].last != ":" && parts[2].last != "%"
  }

  /// The DID of an address (`at://did:plc:…/app.bsky.feed.post/…`); nil where a name stands for it.
  static func did(in address: String) -> String? {
    guard address.hasPrefix("at://") else { return nil }
    let did = String(address.dropFirst(5).prefix { $0 != "/" })
    return isDID(did) ? did : nil
  }

  /// The account of a DID; nil for what is none.
  func account(
    _ did: String?, role: AccountRole = .mentioned, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard let did, Self.isDID(did) else { return nil }
    return try writer.account(Self.key(did), role: role, assertion: .platform, at: locator)
  }
}
