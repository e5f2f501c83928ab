internal import AccountModel

/// Who bears which nick in a log.
///
/// A nick is an account of its log, as a name is one of its chat. That the server changed a nick ties the two nicks of one
/// session, as a link that is declared. But nicks are given up and taken by others, also to pass for somebody. So a change to
/// a nick that somebody else bore before makes a new account, and from then on whoever joins under that nick is one of their
/// own, unless with the very address under which somebody bore it before. The same holds for who appears under a nick while
/// the session that bore it goes on under another. A nick that is merely left and taken up again is one account: people
/// leave and join all day.
struct IRCNicks {
  private struct Nick {
    /// Who bears it, or bore it last.
    var account: AccountIndex
    /// The session that bore it last.
    var session: Int
    /// Whether the log shows that several bore it.
    var isShared = false
    var bearers: [AccountIndex]
  }

  private enum Hold { case held, leftBehind, free }

  /// By folded nick.
  private var nicks: [String: Nick] = [:]
  /// The nick that each session has that goes on.
  private var current: [Int: String] = [:]
  private var sessions = 0
  /// Who bore a nick under an address: `nick!user@host`.
  private var addresses: [String: AccountIndex] = [:]
  /// Accounts that changes of nick tie together.
  private var parents: [UInt32: UInt32] = [:]
  /// Bearers of a nick that are looked through for one who comes back to it.
  private static let bearersLookedAt = 64

  /// Nicks that several bore.
  var shared: Int { nicks.values.count { $0.isShared } }

  /// Forgets which sessions go on: the log was closed, or does not go on where the one before it ended.
  mutating func reset() { current.removeAll() }

  /// Whether somebody was seen under a nick.
  func isKnown(_ nick: String) -> Bool { nicks[IRCText.folded(nick)] != nil }

  /// Whether a session has a nick.
  func isHeld(_ nick: String) -> Bool {
    let key = IRCText.folded(nick)
    return nicks[key].map { hold($0, key) == .held } ?? false
  }

  private func hold(_ nick: Nick, _ key: String) -> Hold {
    current[nick.session].map { $0 == key ? .held : .leftBehind } ?? .free
  }

  /// The account of whoever writes, joins or leaves under a nick.
  ///
  /// - Parameters:
  ///   - address: `user@host` where the line shows it.
  ///   - joins: whether a session begins.
  mutating func bearer(
    _ name: String, address: String = "", joins: Bool = false, _ role: AccountRole, _ place: IRCPlace
  ) throws -> AccountIndex {
    let key = IRCText.folded(name)
    let account = try find(name, key, address, joins, role, place)
    if !address.isEmpty { addresses["\(key)!\(address)"] = account }
    place.writer.raise(account, to: role)
    return account
  }

  private mutating func find(
    _ name: String, _ key: String, _ address: String, _ joins: Bool, _ role: AccountRole, _ place: IRCPlace
  ) throws -> AccountIndex {
    guard var nick = nicks[key] else {
      let account = try place.writer.account(
        AccountKey(platform: IRCRecords.platform, kind: .displayName, scope: .source, value: name),
        role: role,
        assertion: .user, at: place.locator)
      nicks[key] = Nick(account: account, session: begin(key), bearers: [account])
      return account
    }
    let hold = hold(nick, key)
    if hold == .held, !joins { return nick.account }
    if hold == .held { current[nick.session] = nil }
    if hold == .leftBehind { nick.isShared = true }
    if nick.isShared {
      nick.account = try addresses["\(key)!\(address)"] ?? another(name, &nick, role, place)
    }
    nick.session = begin(key)
    nicks[key] = nick
    return nick.account
  }

  private mutating func begin(_ key: String) -> Int {
    sessions += 1
    current[sessions] = key
    return sessions
  }

  /// One more account that bears a nick.
  private func another(
    _ name: String, _ nick: inout Nick, _ role: AccountRole, _ place: IRCPlace
  ) throws -> AccountIndex {
    let account = try place.writer.account(
      AccountKey(
        platform: IRCRecords.platform, kind: .platformID, scope: .source, value: "\(name) (\(place.words))"),
      role: role, assertion: .user, at: place.locator)
    try place.writer.identifier(account, .displayName, name, assertion: .user, at: place.locator)
    nick.bearers.append(account)
    return account
  }

  /// A session leaves the channel or the network.
  mutating func leave(_ name: String) {
    let key = IRCText.folded(name)
    if let nick = nicks[key], hold(nick, key) == .held { current[nick.session] = nil }
  }

  /// A session changes its nick.
  ///
  /// - Returns: the accounts of both nicks; nil where they are one.
  mutating func rename(
    _ old: String, to new: String, _ place: IRCPlace
  ) throws -> (old: AccountIndex, new: AccountIndex)? {
    let (oldKey, key) = (IRCText.folded(old), IRCText.folded(new))
    let account = try bearer(old, .mentioned, place)
    guard oldKey != key, let session = nicks[oldKey]?.session else { return nil }
    let other: AccountIndex
    if var nick = nicks[key] {
      let family = root(account)
      if nick.isShared || root(nick.account) != family || hold(nick, key) == .held {
        let earlier = nick.bearers.suffix(Self.bearersLookedAt).last { root($0) == family }
        if hold(nick, key) == .held { current[nick.session] = nil }
        if earlier == nil { nick.isShared = true }
        nick.account = try earlier ?? another(new, &nick, .mentioned, place)
      }
      nick.session = session
      nicks[key] = nick
      other = nick.account
    } else {
      other = try place.writer.account(
        AccountKey(platform: IRCRecords.platform, kind: .displayName, scope: .source, value: new),
        role: .mentioned,
        assertion: .user, at: place.locator)
      nicks[key] = Nick(account: other, session: session, bearers: [other])
    }
    current[session] = key
    let (one, two) = (root(account), root(other))
    if one != two { parents[max(one, two)] = min(one, two) }
    return account == other ? nil : (account, other)
  }

  private func root(_ account: AccountIndex) -> UInt32 {
    var raw = account.raw
    while let parent = parents[raw] { raw = parent }
    return raw
  }
}
