internal import AccountModel

/// What a column of a table seems to hold, by its values; its name decides only between what these allow.
enum ColumnMeaning: Equatable {
  /// No value at all.
  case empty
  /// A time in this form of a mapping.
  case time(String)
  /// The port of an address.
  case port
  /// Something written by somebody.
  case text
  /// An identifier of this kind, with what the source calls it.
  case identifier(IdentifierKind, label: String)
  /// A name of platforms or services.
  case platform
  /// A name of conversations.
  case channel
  /// Nothing that a mapping takes.
  case other

  /// Values of a hundred that must be of a form.
  private static let share = 90

  /// What a column seems to hold.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - values: those that are not blank.
  init(_ name: String, _ values: [String]) {
    let words = ColumnWords(name)
    func are(_ test: (String) -> Bool) -> Bool {
      values.count(where: test) * 100 >= values.count * Self.share
    }
    guard !values.isEmpty else {
      self = .empty
      return
    }
    if are({ ValueShape.isIP($0) }) {
      self = .identifier(.ip, label: "")
    } else if are(ValueShape.isEmail) {
      self = .identifier(.email, label: "")
    } else if are(ValueShape.isUserAgent) {
      self = .identifier(.userAgent, label: "")
    } else if are({ $0.hasPrefix("http://") || $0.hasPrefix("https://") }) {
      self = .identifier(words.has(.profile) ? .profileLink : .url, label: "")
    } else if let label = words.device, are(Self.isToken) {
      self = .identifier(.device, label: label)
    } else if words.has(.cookie), are(Self.isToken) {
      self = .identifier(.cookie, label: "")
    } else if words.has(.port), are({ ValueShape.isPort($0) }) {
      self = .port
    } else if are(ValueShape.isPhone) || words.has(.phone) && are(Self.isNumber) {
      self = .identifier(.phone, label: "")
    } else if words.has(.birth) {
      self = .identifier(.dateOfBirth, label: "")
    } else if let format = TimeForms.form(of: values, isNamed: words.has(.time)) {
      self = .time(format)
    } else {
      self = Self.words(words, are)
    }
  }

  private static func words(_ words: ColumnWords, _ are: ((String) -> Bool) -> Bool) -> ColumnMeaning {
    if words.has(.text) { return .text }
    if words.has(.address) { return .identifier(.postalAddress, label: "") }
    if words.has(.id), are(isToken) { return .identifier(.platformID, label: "") }
    if words.has(.account), are(isNumber) { return .identifier(.platformID, label: "") }
    if words.has(.account), are(isToken) { return .identifier(.handle, label: "") }
    if words.has(.name) { return .identifier(words.has(.account) ? .displayName : .personName, label: "") }
    if words.has(.account) { return .identifier(.displayName, label: "") }
    if words.has(.channel) { return .channel }
    if words.has(.platform) { return .platform }
    if are({ $0.utf8.count > 20 && $0.contains(" ") }) { return .text }
    return .other
  }

  /// Whether it is one word of printable ASCII.
  private static func isToken(_ text: String) -> Bool {
    (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  /// Whether it is digits with signs and spaces between them.
  private static func isNumber(_ text: String) -> Bool {
    text.utf8.contains { (0x30...0x39).contains($0) }
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || " +-()./".utf8.contains($0) }
  }
}

/// The words of a column's name, for what they say of it in English.
struct ColumnWords {
  /// What a word says.
  enum Sense: CaseIterable {
    case account, address, birth, channel, cookie, id, name, other, phone, platform, port, profile, text, time

    fileprivate var words: Set<String> {
      switch self {
      case .account:
        [
          "account", "user", "username", "userid", "handle", "screenname", "nickname", "nick", "member",
          "sender", "from",
          "author", "login", "target", "caller", "subscriber", "customer",
        ]
      case .address: ["address", "street", "postcode"]
      case .birth: ["dob", "birth", "birthday", "born"]
      case .channel: ["channel", "thread", "conversation", "chat", "group", "room"]
      case .cookie: ["cookie", "datr"]
      case .id: ["id", "uid", "userid", "uuid", "guid", "pk"]
      case .name: ["name", "forename", "surname", "firstname", "lastname", "fullname"]
      case .other:
        ["to", "recipient", "receiver", "recipients", "called", "callee", "contact", "friend", "other"]
      case .phone: ["phone", "telephone", "tel", "mobile", "msisdn", "cell", "number"]
      case .platform: ["platform", "service", "app", "application", "site"]
      case .port: ["port"]
      case .profile: ["profile"]
      case .text: ["message", "text", "body", "content", "comment", "post", "caption"]
      case .time:
        [
          "time", "date", "timestamp", "when", "at", "created", "start", "started", "utc", "gmt", "seen",
          "sent",
        ]
      }
    }
  }

  private let words: [String]

  init(_ name: String) {
    var words: [String] = []
    var previous: Character = " "
    for character in name {
      if !character.isLetter && !character.isNumber {
        words.append("")
      } else if words.isEmpty || character.isUppercase && previous.isLowercase {
        words.append(character.lowercased())
      } else {
        words[words.count - 1] += character.lowercased()
      }
      previous = character
    }
    self.words = words.filter { !$0.isEmpty }
  }

  /// Whether a word says so.
  func has(_ sense: Sense) -> Bool { words.contains { sense.words.contains($0) } }

  /// What a number of a device or card is called; nil where no word says that it is one.
  var device: String? {
    let known = [
      "imei", "imsi", "iccid", "mac", "idfa", "idfv", "gaid", "udid", "serial", "device", "android",
      "advertising",
    ]
    return words.first { known.contains($0) }
  }
}
