public import AccountModel

/// An account within one linkage run, by position in `LinkageInput.accounts`.
public struct AccountNode: Hashable, Sendable, Comparable {
  /// The position.
  public let raw: UInt32
  /// Makes a node.
  @inlinable public init(raw: UInt32) { self.raw = raw }
  /// Orders by position.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// A canonical form or loose key within one linkage run, by position in `LinkageInput.keys`.
public struct KeyNode: Hashable, Sendable, Comparable {
  /// The position.
  public let raw: UInt32
  /// Makes a node.
  @inlinable public init(raw: UInt32) { self.raw = raw }
  /// Orders by position.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// What a linkage run reads: accounts, the keys of their identifiers, where each was seen, and constraints.
///
/// Plain values: the run is a pure function of this and of its settings.
public struct LinkageInput: Sendable {
  /// An account.
  public struct Account: Sendable {
    /// The service.
    public var platform: Platform
    /// Belongs to a victim or witness: nothing clusters with it.
    public var isProtected: Bool
    /// First and last time of its own records, in microseconds; nil when nothing shows it in use.
    public var activity: ClosedRange<Int64>?
    /// When it was registered, in microseconds; nil when that is not known.
    public var registered: Int64?

    /// Makes an account.
    public init(
      platform: Platform, isProtected: Bool = false, activity: ClosedRange<Int64>? = nil,
      registered: Int64? = nil
    ) {
      self.platform = platform
      self.isProtected = isProtected
      self.activity = activity
      self.registered = registered
    }
  }

  /// A canonical form or loose key: whoever shows the text, by whatever rule it came to it, shares the key.
  public struct Key: Sendable, Hashable {
    /// The kind of identifier.
    public var kind: IdentifierKind
    /// The platform, for kinds that mean something on one platform only (platform ids); else nil.
    public var platform: Platform?
    /// The form itself.
    public var text: String
    /// What normalisation noticed (`cgnat`, `role-address`, …).
    public var flags: [String]

    /// Makes a key.
    public init(
      kind: IdentifierKind, platform: Platform? = nil, text: String, flags: [String] = []
    ) {
      self.kind = kind
      self.platform = platform
      self.text = text
      self.flags = flags
    }

    /// Whether it is a part of the network and no whole address.
    var isNetwork: Bool { kind == .ip && text.contains("/") }
  }

  /// A key seen at an account.
  public struct Sighting: Sendable {
    /// What was seen.
    public var key: KeyNode
    /// At which account.
    public var account: AccountNode
    /// Name of the rule by which the account's identifier comes to the key; empty for its canonical form.
    public var rule: String
    /// Who says so.
    public var assertion: Assertion
    /// What the source called it (`reply-to`), where it is only claimed; else empty.
    public var label: String
    /// When, in microseconds of a known zone; nil when the source does not say.
    public var time: Int64?
    /// The port, for an IP address written with one.
    public var port: UInt16?
    /// The caller's number of the sighting, carried into the evidence.
    public var reference: Int64

    /// Makes a sighting.
    public init(
      key: KeyNode, account: AccountNode, rule: String = "", assertion: Assertion, label: String = "",
      time: Int64? = nil, port: UInt16? = nil, reference: Int64
    ) {
      self.key = key
      self.account = account
      self.rule = rule
      self.assertion = assertion
      self.label = label
      self.time = time
      self.port = port
      self.reference = reference
    }
  }

  /// A link that a source declares between two accounts.
  public struct DeclaredLink: Sendable {
    /// The account that declares it, or the older one.
    public var from: AccountNode
    /// The account that it points at.
    public var to: AccountNode
    /// Who says so.
    public var assertion: Assertion
    /// What the source says.
    public var statement: String
    /// The caller's number of the record, or of the sighting of a profile link.
    public var reference: Int64
    /// Of one that is claimed, whether it reads as the platform's own lines do, or may be one: what somebody says of two
    /// accounts in their own words weighs no more for being less sure whose words they are.
    public var readsAsPlatform: Bool
    /// Of a link on a profile, its address.
    public var address: String

    /// Makes a link.
    public init(
      from: AccountNode, to: AccountNode, assertion: Assertion, statement: String, reference: Int64,
      readsAsPlatform: Bool = true, address: String = ""
    ) {
      self.from = from
      self.to = to
      self.assertion = assertion
      self.statement = statement
      self.reference = reference
      self.readsAsPlatform = readsAsPlatform
      self.address = address
    }
  }

  /// What a human decided about two accounts.
  public struct Constraint: Sendable {
    /// One account.
    public var left: AccountNode
    /// The other account.
    public var right: AccountNode
    /// `same` or `different`.
    public var judgement: Judgement

    /// Makes a constraint.
    public init(left: AccountNode, right: AccountNode, judgement: Judgement) {
      self.left = left
      self.right = right
      self.judgement = judgement
    }
  }

  /// Two accounts that wrote to each other in a conversation of two.
  public struct Conversation: Sendable {
    /// One account.
    public var left: AccountNode
    /// The other account.
    public var right: AccountNode
    /// Messages in it.
    public var messages: Int
    /// The caller's number of one record of it.
    public var reference: Int64

    /// Makes a conversation.
    public init(left: AccountNode, right: AccountNode, messages: Int, reference: Int64) {
      self.left = left
      self.right = right
      self.messages = messages
      self.reference = reference
    }
  }

  /// An account that first wrote to somebody soon after that person had blocked another account.
  public struct Succession: Sendable {
    /// The account that was blocked.
    public var blocked: AccountNode
    /// The account that then appeared.
    public var newcomer: AccountNode
    /// Microseconds from the block to the newcomer's first message; more than 0.
    public var delay: Int64
    /// Microseconds over which it is known who wrote to the person who blocked.
    public var observed: Int64
    /// Other accounts that first wrote between the two.
    public var othersBetween: Int
    /// The caller's numbers of the records of the block and of the newcomer's first message.
    public var references: [Int64]

    /// Makes a succession.
    public init(
      blocked: AccountNode, newcomer: AccountNode, delay: Int64, observed: Int64, othersBetween: Int,
      references: [Int64]
    ) {
      self.blocked = blocked
      self.newcomer = newcomer
      self.delay = delay
      self.observed = observed
      self.othersBetween = othersBetween
      self.references = references
    }
  }

  /// A passage that two accounts wrote word for word where neither could read the other.
  public struct Repetition: Sendable {
    /// One account.
    public var left: AccountNode
    /// The other account.
    public var right: AccountNode
    /// Accounts that wrote it, these two among them.
    public var posters: Int
    /// Whether one of them, or both, wrote it where anybody can read.
    public var isPublic: Bool
    /// The passage.
    public var text: String
    /// The caller's numbers of a record of each.
    public var references: [Int64]

    /// Makes a repetition.
    public init(
      left: AccountNode, right: AccountNode, posters: Int, isPublic: Bool, text: String, references: [Int64]
    ) {
      self.left = left
      self.right = right
      self.posters = posters
      self.isPublic = isPublic
      self.text = text
      self.references = references
    }
  }

  /// Two accounts to which two sources give the same messages of one conversation.
  public struct Copy: Sendable {
    /// One account.
    public var left: AccountNode
    /// The other account.
    public var right: AccountNode
    /// Messages that both have.
    public var messages: Int
    /// The caller's numbers of a record of each.
    public var references: [Int64]
    /// Whether they were written within minutes, by clocks that differ: two whom one program asks answer alike at one pace.
    public var isBrief: Bool

    /// Makes a copy.
    public init(
      left: AccountNode, right: AccountNode, messages: Int, references: [Int64], isBrief: Bool = false
    ) {
      self.left = left
      self.right = right
      self.messages = messages
      self.references = references
      self.isBrief = isBrief
    }

    init(_ pair: WritingComparison.Pair) {
      self.init(left: pair.left, right: pair.right, messages: 0, references: [])
    }

    /// Takes what another conversation shows of the two where it is more: the same messages stand in each of several
    /// exports of one telephone.
    mutating func add(_ messages: Int, _ references: [Int64], isBrief: Bool) {
      let isMore = isBrief == self.isBrief ? messages > self.messages : self.isBrief
      guard isMore || self.messages == 0 else { return }
      (self.messages, self.references, self.isBrief) = (messages, references, isBrief)
    }
  }

  /// The accounts, in the caller's order.
  public var accounts: [Account] = []
  /// The keys, in the caller's order.
  public var keys: [Key] = []
  /// Where keys were seen, in any order.
  public var sightings: [Sighting] = []
  /// Links that records declare; `reference` is that of the record.
  public var declaredLinks: [DeclaredLink] = []
  /// Links that one account's owner shows to another account; `reference` is that of a sighting.
  public var profileLinks: [DeclaredLink] = []
  /// Conversations of two.
  public var conversations: [Conversation] = []
  /// Accounts that appeared soon after another was blocked.
  public var successions: [Succession] = []
  /// Passages that two accounts wrote word for word; each pair once.
  public var repetitions: [Repetition] = []
  /// Accounts to which several sources give the same messages; each pair once.
  public var copies: [Copy] = []
  /// What humans decided.
  public var constraints: [Constraint] = []

  /// How their texts compare; nil when that is not to be evidence.
  public var writing: WritingComparison?

  /// By account: the account that stands for the platform account which it is, when several nodes are one
  /// (a return names it by its id, a chat by its handle); empty when each is its own.
  ///
  /// Used to count how many hold a value; whether the nodes are joined is for the evidence to say.
  public var platformAccounts: [AccountNode] = []
  /// Handles that went from one account to another, as `findPlatformAccounts` saw them; nil until it is called.
  var passedOnHandles: PassedOnHandles?
  /// By account, its place among all by what names it, which no order of imports tells; empty when accounts stand in it. Of
  /// merges of equal evidence it tells which comes first.
  public var accountOrder: [UInt32] = []

  /// The node that stands for an account when holders are counted.
  func platformAccount(of account: AccountNode) -> AccountNode {
    platformAccounts.isEmpty ? account : platformAccounts[Int(account.raw)]
  }

  /// Whether one of two accounts is protected: who poses as it is to be looked at.
  func isProtected(_ left: AccountNode, _ right: AccountNode) -> Bool {
    accounts[Int(left.raw)].isProtected || accounts[Int(right.raw)].isProtected
  }

  /// Whether two accounts are of different services, each of which gives out its handles by itself.
  func areOfTwoServices(_ left: AccountNode, _ right: AccountNode) -> Bool {
    accounts[Int(left.raw)].platform != accounts[Int(right.raw)].platform
  }

  /// Makes an empty input.
  public init() {}
}
