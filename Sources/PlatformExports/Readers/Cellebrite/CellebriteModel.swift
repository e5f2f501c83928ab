internal import AccountModel

/// What a `<model>` of the report is, by its `type`.
enum CellebriteKind: Sendable {
  case chat, instantMessage, sms, mms, email, activity, call, contact, userAccount
  /// Parts of the above.
  case party, attachment, forwarding, label
  case entry(CellebriteEntry.Sort)
  case other

  init(_ type: Bytes) {
    self = Self.named.first { type == $0.0 }?.1 ?? .other
  }

  private static let named: [(StaticString, Self)] = [
    ("Party", .party), ("InstantMessage", .instantMessage), ("Chat", .chat), ("SMS", .sms), ("MMS", .mms),
    ("Email", .email), ("SocialMediaActivity", .activity), ("Call", .call), ("Contact", .contact),
    ("UserAccount", .userAccount), ("Attachment", .attachment), ("ForwardedMessageData", .forwarding),
    ("MessageLabel", .label),
    ("PhoneNumber", .entry(.phone)), ("EmailAddress", .entry(.email)), ("UserID", .entry(.userID)),
    ("WebAddress", .entry(.web)),
  ]

  var isMessage: Bool {
    switch self {
    case .instantMessage, .sms, .mms, .email, .activity: true
    default: false
    }
  }

  /// What a model of the kind becomes; nil for one that is part of another or is not taken.
  var recordClass: RecordClass? {
    switch self {
    case .instantMessage, .sms, .mms, .email, .activity: .message
    case .call: .call
    case .contact: .contact
    case .userAccount: .profile
    default: nil
    }
  }

  /// The types that become records, and what they become: for the second count.
  static let recorded: [(type: String, recordClass: RecordClass)] = named.compactMap { type, kind in
    kind.recordClass.map { ("\(type)", $0) }
  }
}

/// Fields that are taken. A password is none of them, so that none is ever held.
enum CellebriteField: CaseIterable, Sendable {
  case source, id, name, body, subject, timeStamp, status, type, label, folder, direction, duration,
    identifier
  case role, isPhoneOwner, fromIsOwner, category, value, username, serviceType, url, title, snippet
  case activityType, channelName, forwarded

  init?(_ name: Bytes) {
    guard let known = Self.named.first(where: { name == $0.0 }) else { return nil }
    self = known.1
  }

  private static let named: [(StaticString, Self)] = [
    ("Source", .source), ("Id", .id), ("Name", .name), ("Body", .body), ("Subject", .subject),
    ("TimeStamp", .timeStamp), ("Status", .status), ("Type", .type), ("Label", .label), ("Folder", .folder),
    ("Direction", .direction), ("Duration", .duration), ("Identifier", .identifier), ("Role", .role),
    ("IsPhoneOwner", .isPhoneOwner), ("FromIsOwner", .fromIsOwner), ("Category", .category),
    ("Value", .value), ("Username", .username), ("ServiceType", .serviceType), ("Url", .url),
    ("Title", .title), ("Snippet", .snippet), ("SocialActivityType", .activityType),
    ("ChannelName", .channelName), ("Forwarded", .forwarded), ("IsForwarded", .forwarded),
    ("ForwardedFrom", .forwarded),
  ]

  /// Bytes kept of it; only texts may be long.
  var limit: Int {
    switch self {
    case .body, .subject, .title, .snippet: .max
    default: 4096
    }
  }
}

/// The field of a model in which another lies.
enum CellebriteRole: Sendable {
  case from, to, parties, participants, forwarded, other

  init(_ field: Bytes) {
    if field == "Forwarded" || field == "ForwardedFrom" || field == "ForwardedMessageData" {
      self = .forwarded
    } else if field == "From" || field == "Author" {
      self = .from
    } else if field == "To" || field == "Cc" || field == "Bcc" || field == "TaggedParties" {
      self = .to
    } else if field == "Parties" {
      self = .parties
    } else if field == "Participants" {
      self = .participants
    } else {
      self = .other
    }
  }
}

/// A party of a message, call or chat as the report has it.
struct CellebriteParty: Sendable {
  var role: CellebriteRole
  var identifier: String
  var name: String
  var isOwner: Bool
  /// The account, where it is known already.
  var account: AccountIndex?
}

/// One way to reach a contact, or one name of an account.
struct CellebriteEntry: Sendable {
  enum Sort: Sendable { case phone, email, userID, web }

  var sort: Sort
  var category: String
  var value: String
}

/// A `<model>` that has begun, with what was seen of it.
struct CellebriteModel: Sendable {
  let kind: CellebriteKind
  /// The field of the model around it in which it lies.
  let role: CellebriteRole
  var locator: Locator
  /// Its `id`, by which the report refers to it.
  let id: String
  let state: String
  let isRelated: Bool
  let extraction: String
  /// Whether it lies in another message, as what that answers or shares.
  var isQuoted = false
  /// Whether it lies in something that is not taken, as a tag or a note.
  var isReference = false
  var fields: [(field: CellebriteField, text: String)] = []
  var parties: [CellebriteParty] = []
  var entries: [CellebriteEntry] = []
  /// Contacts that somebody sent.
  var cards: [CellebriteModel] = []
  var attachments = 0
  var isForwarded = false
  /// Whether it is larger than the limit, so that not all of it was taken.
  var isTooLarge = false
  /// Bytes of text in it so far.
  var bytes = 0
  /// Fields of any name, parties and entries in it.
  var parts = 0
  /// Of a chat: its conversation, once a message of it was written.
  var channels: [(suffix: String, channel: ChannelIndex, isNamed: Bool)] = []
  /// Of a chat: who takes part, once it was looked up for so many parties.
  var participants: (count: Int, platform: Platform, accounts: [AccountIndex])?
  /// Of a chat: messages that wait for its app.
  var waiting: [CellebriteModel] = []

  init(
    kind: CellebriteKind, role: CellebriteRole, locator: Locator, id: String, state: String, isRelated: Bool,
    extraction: String
  ) {
    self.kind = kind
    self.role = role
    self.locator = locator
    self.id = id
    self.state = state
    self.isRelated = isRelated
    self.extraction = extraction
  }

  /// Stands for the place at which the report describes the phone.
  init(of device: CellebriteDevice, extraction: String = "") {
    self.init(
      kind: .other, role: .other, locator: device.locator, id: "", state: "", isRelated: false,
      extraction: extraction)
  }

  /// The value of a field, empty when it has none.
  subscript(field: CellebriteField) -> String { fields.first { $0.field == field }?.text ?? "" }

  /// The value of a field in small letters.
  func lowered(_ field: CellebriteField) -> String { self[field].lowercased() }

  /// Whether a field says yes.
  func isTrue(_ field: CellebriteField) -> Bool { lowered(field) == "true" }

  /// Whether the field that is for it says that a message was forwarded, or from whom.
  var saysForwarded: Bool {
    let said = lowered(.forwarded)
    return !said.isEmpty && !["false", "no", "0", "none", "n/a"].contains(said)
  }
}
