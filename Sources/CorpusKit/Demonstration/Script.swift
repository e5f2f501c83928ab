/// One message of a conversation between the victim and another account, or of a group.
struct ScriptMessage: Sendable {
  /// Name of the account that wrote it.
  var author: String
  /// Seconds since 1970.
  var at: Int
  var text: String
}

/// A conversation, from the first message to the block.
struct Conversation: Sendable {
  /// The account at the other end.
  var account: String
  /// In order of time.
  var messages: [ScriptMessage]
  /// When the victim blocked it.
  var blockedAt: Int?
}

/// An access that a provider recorded.
struct RecordedAccess: Sendable {
  var account: String
  var at: Int
  var ip: String
  var port: Int
  var userAgent: String
}

/// What a provider knows of an account's holder.
struct SubscriberRecord: Sendable {
  var account: String
  var registered: Int
  var personName = ""
  var dateOfBirth = ""
  var recoveryEmail = ""
  var phone = ""
  /// Another account that the provider lists as belonging to the same holder, as a web address.
  var linked = ""
  var device = ""
  var cookie = ""
}

/// Something that misleads, with the accounts that it concerns.
public struct DemonstrationTrap: Sendable {
  /// A short name, stable over seeds.
  public let name: String
  /// The accounts concerned, by the names in the truth file.
  public let accounts: [String]
  /// Why it misleads and what is right.
  public let why: String
}

/// A link that identifiers alone can find: planted, and true.
public struct PlantedLink: Sendable {
  /// The two accounts, by the names in the truth file.
  public let accounts: (String, String)
  /// What links them.
  public let by: String
}

/// What happened in the case: who wrote what to whom and when, and what the providers recorded.
struct Script: Sendable {
  private(set) var cast: Cast
  var conversations: [Conversation] = []
  /// Public posts by account.
  var posts: [String: [ScriptMessage]] = [:]
  var accesses: [RecordedAccess] = []
  var subscribers: [SubscriberRecord] = []
  var traps: [DemonstrationTrap] = []
  var links: [PlantedLink] = []
  /// The group of the victim's friends.
  var group: [ScriptMessage] = []
  /// When the third stalker changed his number.
  var numberChangedAt = 0
  /// When the victim took the exports.
  var exportedAt = 0
  /// Addresses that senders of mail used, by account.
  var mailAddresses: [String: String] = [:]
  /// Recovery addresses and profile links that open capture found.
  var openEmails: [String: [String]] = [:]
  var openLinks: [String: [String]] = [:]

  /// The first midnight of the case in London, as a wall-clock time.
  private let start: Int
  private var random: SeededRandom
  private var freshIPs: [String]

  init(cast: Cast, _ random: SeededRandom) throws {
    self.cast = cast
    var random = random
    start = CivilTime.seconds(year: 2025, month: 10, day: 10 + random.below(14))
    // The three blocks kept for documentation (RFC 5737).
    let blocks = ["192.0.2.", "198.51.100.", "203.0.113."]
    freshIPs = random.shuffled(blocks.flatMap { block in (1...254).map { "\(block)\($0)" } })
    self.random = random
    exportedAt = London.instant(wall: start + 150 * 86_400 + 11 * 3_600)
    stageFirstStalker()
    stageSecondStalker()
    stageThirdStalker()
    stageBystanders()
    registerStalkersOnX()
    try recordReturns()
    plantTraps()
  }

  /// When an account first wrote anything.
  func firstSeen(_ account: String) -> Int? {
    [conversations.first { $0.account == account }?.messages.first?.at, posts[account]?.first?.at].compactMap
    { $0 }
    .min()
  }

  /// The stalkers' accounts on X are new ones, and an X id tells when it was given out.
  private mutating func registerStalkersOnX() {
    for name in ["k1-x1", "k2-x1", "k2-x2"] {
      guard let first = firstSeen(name) else { continue }
      cast.registerOnX(name, at: first - 1_800 - random.below(1_200), random.below(4_096))
    }
  }

  /// The conversation with an account.
  func conversation(_ account: String) throws(UnknownCastAccount) -> Conversation {
    guard let found = conversations.first(where: { $0.account == account }) else {
      throw UnknownCastAccount(name: account)
    }
    return found
  }

  /// The first stalker's accounts and the second's pair on X: each blocked, the next one there within hours.
  var successions: [(blocked: String, next: String, hours: Double)] {
    var result: [(blocked: String, next: String, hours: Double)] = []
    for controller in ["k1-", "k2-x"] {
      let own = conversations.filter { $0.account.hasPrefix(controller) }
      for (before, after) in zip(own, own.dropFirst()) {
        guard let block = before.blockedAt, let first = after.messages.first else { continue }
        result.append((before.account, after.account, Double(first.at - block) / 3_600))
      }
    }
    return result
  }

  mutating func takeIP() -> String { freshIPs.removeLast() }
  mutating func draw(_ bound: Int) -> Int { random.below(bound) }
  mutating func drawHex(_ count: Int) -> String { random.hex(count) }

  /// The instant of a moment of the case: a day from its start, and a time of day in London.
  func instant(day: Int, hour: Int, minute: Int = 0, second: Int = 0) -> Int {
    London.instant(wall: start + day * 86_400 + hour * 3_600 + minute * 60 + second)
  }

  /// Instants at which somebody writes, in the hours that are theirs; the first day has one.
  mutating func times(_ voice: Voice, days: ClosedRange<Int>, count: Int) -> [Int] {
    let hours = voice.hours
    let total = hours.reduce(0) { $0 + $1.weight }
    var result: Set<Int> = []
    while result.count < count {
      let day = result.isEmpty ? days.lowerBound : random.int(in: days)
      var ticket = random.below(total)
      var hour = hours[0].hour
      for choice in hours {
        hour = choice.hour
        if ticket < choice.weight { break }
        ticket -= choice.weight
      }
      result.insert(instant(day: day, hour: hour, minute: random.below(60), second: random.below(60)))
    }
    return result.sorted()
  }

  /// Adds a conversation in which an account writes and the victim now and then answers.
  mutating func converse(
    _ account: String, _ voice: Voice, days: ClosedRange<Int>, count: Int, replies: Int = 1, victim: String,
    blockedAt: Int? = nil
  ) {
    let surname = cast.victimName.last
    var messages = times(voice, days: days, count: count).map {
      ScriptMessage(author: account, at: $0, text: voice.message(&random, addressing: surname))
    }
    let replyVoice = voice == .bystander ? Voice.bystander : .victim
    let taken = Set(messages.map(\.at))
    // From the second day: nobody answers before being written to.
    let later = min(days.lowerBound + 1, days.upperBound)...days.upperBound
    for at in times(.victim, days: later, count: replies) where !taken.contains(at) {
      messages.append(
        ScriptMessage(author: victim, at: at, text: replyVoice.message(&random, addressing: surname)))
    }
    messages.sort { $0.at < $1.at }
    conversations.append(Conversation(account: account, messages: messages, blockedAt: blockedAt))
  }

  /// Adds public posts.
  mutating func post(_ account: String, _ voice: Voice, days: ClosedRange<Int>, count: Int) {
    posts[account] = times(voice, days: days, count: count).map {
      ScriptMessage(author: account, at: $0, text: voice.message(&random, addressing: cast.victimName.last))
    }
  }
}
