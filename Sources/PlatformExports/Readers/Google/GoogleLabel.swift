internal import AccountModel

/// What a label of a subscriber's page says its value is.
enum GoogleLabel: Equatable {
  case number, name, partOfName
  case mail(label: String, Assertion)
  case phone(label: String, Assertion)
  case created
  case address(label: String)
  case birth
  /// Kept in words, with a time where the value is one.
  case words

  /// A label and its value out of a line `Recovery e-Mail: rex@example.org`; nil where no label that is known begins it.
  static func split(_ line: String) -> (label: GoogleLabel, name: String, value: String)? {
    let name = line.prefix { $0 != ":" }
    guard name.utf8.count <= 64, let label = known[folded(name)] else { return nil }
    return (label, String(name).trimmingSpaces, String(line.dropFirst(name.count + 1)).trimmingSpaces)
  }

  /// What stands before the colon of a line that begins as with a label; nil for other lines.
  static func unknown(_ line: String) -> String? {
    let name = line.prefix { $0 != ":" }
    guard name.utf8.count < line.utf8.count, (1...64).contains(name.utf8.count),
      name.first.map({ $0.isLetter || $0.isNumber }) ?? false, name.contains(where: \.isLetter),
      !name.contains("@")
    else { return nil }
    return String(name)
  }

  /// Whether the value may be a list that goes on below.
  var isList: Bool {
    switch self {
    case .mail, .phone, .words: true
    case .number, .name, .partOfName, .created, .address, .birth: false
    }
  }

  /// In small letters, without `(Month Day, Year)` behind it; `e-Mail` is one word.
  private static func folded(_ name: Substring) -> String {
    name.prefix { $0 != "(" }.lowercased().replacing("e-mail", with: "email")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Mail to the account is its own. Other addresses and numbers the owner chose, and may be somebody else's; a number for
  /// the second step often is, and Google asks for no more than a code that was sent to it.
  private static let known: [String: GoogleLabel] = {
    var labels: [String: GoogleLabel] = ["created on": .created, "account created": .created]
    func add(_ names: String, _ label: GoogleLabel) {
      for name in names.split(separator: ",") { labels[String(name)] = label }
    }
    add("creation date,created", .created)
    add("google account id,gaia id,google id,account id", .number)
    add("name,full name", .name)
    add("given name,family name,first name,last name", .partOfName)
    add("email,primary email,account email,gmail address", .mail(label: "", .platform))
    add("alternate email,alternate emails", .mail(label: "alternate", .user))
    add("contact email,contact emails", .mail(label: "contact", .user))
    add("recovery email,recovery emails,secondary email", .mail(label: "recovery", .user))
    add("phone,phone number,phone numbers,user phone number,user phone numbers", .phone(label: "", .user))
    add("sign-in phone numbers,signin phone numbers,sign in phone numbers", .phone(label: "", .platform))
    add(
      "recovery sms,recovery phone,recovery phones,recovery phone number,recovery phone numbers",
      .phone(label: "recovery", .user))
    add(
      "2-step verification phone number,2-step verification phone numbers,2-step verification phones,2-step verification "
        + "phone,2-step verification sms,2sv phone numbers", Self.secondStep)
    add("terms of service ip,tos ip", .address(label: "terms-of-service"))
    add("creation ip,registration ip,signup ip,sign-up ip", .address(label: "account-creation"))
    add("deletion ip", .address(label: "deletion"))
    add("birthday,birth date,date of birth", .birth)
    add(
      "status,account status,services,google services,terms of service language,terms of service country,language,locale,"
        + "country,gender,last updated date,last updated,deletion date,deleted on,end of service date,last login,last logins,"
        + "last activity,account type,domain", .words)
    return labels
  }()

  static let secondStep = GoogleLabel.phone(label: "two-step", .claimed)
}
