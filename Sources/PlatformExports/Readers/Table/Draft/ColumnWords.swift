/// The words of a column's name, for what they say of it in English.
struct ColumnWords {
  /// What a word says.
  enum Sense: CaseIterable {
    case account, address, author, birth, channel, cookie, direction, handle, id, name, number, other
    case otherTime, person, phone, picture, platform, port, profile, registration, side, text, time, website

    fileprivate var words: Set<String> {
      switch self {
      case .account:
        [
          "account", "user", "username", "userid", "uid", "handle", "screenname", "nickname", "nick",
          "member",
          "sender", "from", "author", "login", "target", "caller", "subscriber", "customer", "profile",
          "display",
        ]
      case .address:
        [
          "address", "street", "home", "postal", "billing", "mailing", "delivery", "registered",
          "installation",
        ]
      case .author: ["sender", "from", "author", "caller", "calling", "originating", "a", "anumber"]
      case .birth: ["dob", "birth", "birthday", "born"]
      case .channel: ["channel", "thread", "conversation", "chat", "group", "room"]
      case .cookie: ["cookie", "datr"]
      case .direction: ["direction", "incoming", "outgoing", "inbound", "outbound"]
      case .handle: ["username", "handle", "screenname", "nickname", "nick", "login"]
      case .id: ["id", "uid", "userid", "uuid", "guid", "pk", "identifier"]
      case .name: ["name", "fullname"]
      case .number: ["number", "no", "nr", "anumber", "bnumber"]
      case .other:
        [
          "to", "recipient", "receiver", "recipients", "called", "callee", "contact", "friend", "other", "b",
          "bnumber", "dialled", "dialed", "terminating", "destination", "dest", "dst", "server", "remote",
          "peer", "payee", "beneficiary", "counterparty",
        ]
      case .otherTime:
        [
          "start", "started", "end", "ended", "created", "creation", "last", "first", "read", "delivered",
          "edited", "modified", "updated", "deleted", "joined", "activity", "registered", "registration",
        ]
      case .person: ["name", "full", "fullname", "real", "legal", "person", "holder"]
      case .phone: ["phone", "telephone", "tel", "mobile", "msisdn", "cell"]
      case .picture: ["picture", "image", "photo", "avatar", "pic", "thumbnail"]
      case .platform: ["platform", "service", "app", "application", "site"]
      case .port: ["port"]
      case .profile: ["profile"]
      case .registration:
        ["registered", "registration", "register", "joined", "created", "creation", "signup"]
      case .side:
        [
          "a", "b", "anumber", "bnumber", "from", "to", "calling", "caller", "called", "callee", "dialled",
          "dialed", "originating", "terminating", "other", "party", "subscriber", "target",
        ]
      // A comment may be that of whoever made the table.
      case .text: ["message", "text", "body", "content", "contents", "post", "caption"]
      case .time:
        [
          "time", "date", "timestamp", "when", "at", "created", "start", "started", "utc", "gmt", "seen",
          "sent",
        ]
      case .website: ["website", "homepage", "web", "blog", "bio"]
      }
    }
  }

  private let words: [String]
  /// The last word that stands in no brackets, which the others are about: a status is one, whosever it is.
  private let head: String

  init(_ name: String) {
    words = Self.words(name)
    head = Self.words(String(name.prefix { $0 != "(" && $0 != "[" })).last ?? ""
  }

  private static func words(_ name: String) -> [String] {
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
    return words.filter { !$0.isEmpty }
  }

  /// Whether a word says so.
  func has(_ sense: Sense) -> Bool { words.contains { sense.words.contains($0) } }

  /// Whether the word that the others are about is of one of these.
  func isCalled(_ senses: [Sense]) -> Bool { senses.contains { $0.words.contains(head) } }

  /// Whether no word says anything else: files, devices and shops have names too, and networks and journeys addresses.
  func areAll(_ senses: [Sense]) -> Bool {
    words.allSatisfy { word in senses.contains { $0.words.contains(word) } }
  }

  /// Whether no word may be the part that somebody else plays: officers, victims and parents have numbers and addresses too.
  var isOfAccount: Bool {
    let isFurther = words.contains(where: Self.further.contains)
    if isFurther, words.contains(where: Self.holders.contains) { return false }
    return words.allSatisfy { $0.allSatisfy(\.isNumber) || Self.plain.contains($0) }
  }

  /// Of a previous owner or a linked account somebody else has the number.
  private static let further: Set<String> = [
    "linked", "associated", "second", "additional", "previous", "former",
  ]
  private static let holders: Set<String> = [
    "owner", "holder", "subscriber", "customer", "member", "account",
  ]

  /// Words that say of what sort a value is, when the account had it, or on which platform.
  private static let plain: Set<String> = {
    let senses: [Sense] = [
      .account, .author, .birth, .cookie, .id, .name, .number, .person, .phone, .port, .side, .text, .time,
      .website,
    ]
    let others = """
      e mail email emails ip ipv4 ipv6 v4 v6 nat cgnat framed wan public external source src client session assigned
      allocated address addresses handset sim card bluetooth wifi wi fi sv link links url page owner own home work
      business personal country local international full registered registration register signup sign up creation
      used last first current known new old previous former original primary secondary main second additional
      alternate alternative alt backup recovery verified confirmed linked associated of the and or in on day year
      value raw sms mms chat direct plain 2fa mfa factor two google apple facebook instagram whatsapp telegram
      snapchat tiktok twitter x discord skype reddit signal viber wechat kik vk linkedin youtube twitch steam roblox xbox
      psn icloud gmail outlook yahoo player unique numeric tweet comment de del du la le
      adresse mailadresse emailadresse telefon telefonnummer rufnummer handy handynummer nummer mobil mobilnummer téléphone
      portable courriel numéro teléfono telefono móvil celular correo electrónico número numero dirección direccion
      indirizzo cellulare adres numer telefonu telefoon telefoonnummer mailadres emailadres s
      ips ipaddress ipaddr addr emailaddress mailaddress mails phones phonenumber phoneno mobiles mobilenumber
      mobileno telno cellphone numbers macaddress loginip clientip userip sourceip srcip registrationip useremail
      """
    return senses.reduce(into: Set(devices)) { $0.formUnion($1.words) }
      .union(others.split(whereSeparator: \.isWhitespace).map { String($0) })
      .subtracting(["person"])
  }()

  /// Whether both say of whom they are in one word: of two who called each other the number of a device is either's.
  func sharesSide(with other: ColumnWords) -> Bool {
    let senses = [Sense.side, .account]
    return words.contains { word in
      other.words.contains(word) && senses.contains { $0.words.contains(word) }
    }
  }

  /// Whether it is a telephone number by name: accounts, orders and cards have numbers too, and cells of a network ids.
  var saysPhone: Bool {
    isCalled([.phone]) || head == "party" && has(.side)
      || isCalled([.number]) && (has(.phone) || has(.side) && !words.contains("account"))
  }

  /// Whether it is an id or an account's number by name, which may begin with zeros as numbers dialled abroad do.
  var saysID: Bool { has(.id) || words.contains("account") }

  /// What a number of a device or card is called; nil where no word says that it is one.
  var device: String? {
    let known = Self.devices
    guard known.contains(head) || isCalled([.id, .number]) || head == "address" else { return nil }
    return words.first { known.contains($0) }
  }

  private static let devices = [
    "imei", "imsi", "iccid", "mac", "idfa", "idfv", "gaid", "udid", "serial", "device", "android",
    "advertising",
  ]
}
