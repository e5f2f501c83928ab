internal import AccountModel

/// Who of those who wrote may be the owner of a download, where no invitation tells.
///
/// It is an inference, and a wrong one would give the owner's logins and addresses to somebody else: whoever writes to
/// many of the owner's friends stands in many conversations, and may have taken the owner's name.
struct LinkedInOwner {
  /// Conversation and account, for all that have an address.
  private var pairs: Set<UInt64> = []
  /// Names under which accounts wrote.
  private var names: [UInt32: Set<String>] = [:]
  /// The name on the owner's profile.
  var name: String?
  /// Whether addresses of those who received messages were given: without, an owner who did not write is not seen.
  var hasRecipients = false

  mutating func saw(_ account: AccountIndex, in channel: ChannelIndex) {
    guard channel != .none else { return }
    pairs.insert(UInt64(channel.raw) << 32 | UInt64(account.raw))
  }

  mutating func wrote(_ account: AccountIndex, as name: String) {
    guard LinkedInPeople.isName(name) else { return }
    names[account.raw, default: []].insert(Self.folded(name))
  }

  /// Conversations of more than two.
  var groups: [ChannelIndex] {
    members.filter { $0.value.count > 2 }.map { ChannelIndex(raw: $0.key) }.sorted { $0.raw < $1.raw }
  }

  /// The account that stands in all conversations, or that alone wrote under the name on the profile; in either case it
  /// stands in several, with different others, and no name speaks against it. Nil where that is not one account.
  var candidate: AccountIndex? {
    let members = members
    guard members.count > 1 else { return nil }
    var conversations: [UInt32: Int] = [:]
    var others: [UInt32: Set<UInt32>] = [:]
    for (_, accounts) in members {
      for account in accounts { conversations[account, default: 0] += 1 }
      // Of a group nobody's conversation partner is seen.
      guard accounts.count == 2 else { continue }
      for account in accounts { others[account, default: []].formUnion(accounts.subtracting([account])) }
    }
    let wanted = name.map(Self.folded)
    func mayBe(_ account: UInt32) -> Bool {
      guard others[account, default: []].count > 1 else { return false }
      guard let wanted, let shown = names[account] else { return true }
      return shown.contains(wanted)
    }
    let always = conversations.filter { $0.value == members.count }.map(\.key)
    guard hasRecipients || wanted != nil else { return nil }
    if always.count == 1 { return mayBe(always[0]) ? AccountIndex(raw: always[0]) : nil }
    guard always.isEmpty, let wanted else { return nil }
    let named = names.filter { $0.value.contains(wanted) }.map(\.key)
    return named.count == 1 && mayBe(named[0]) ? AccountIndex(raw: named[0]) : nil
  }

  private var members: [UInt32: Set<UInt32>] {
    var members: [UInt32: Set<UInt32>] = [:]
    for pair in pairs { members[UInt32(pair >> 32), default: []].insert(UInt32(truncatingIfNeeded: pair)) }
    return members
  }

  private static func folded(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
