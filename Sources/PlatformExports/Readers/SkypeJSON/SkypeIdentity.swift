internal import AccountModel

/// Whom an address of Skype's names; the number in front says what sort it is.
///
///     8:rex  8:live:rex  8:live:.cid.0123456789abcdef    somebody, by name
///     8:orgid:…  8:guest:…                               somebody with an account of Teams, or with none, by id
///     4:+447700900123                                    a telephone
///     28:concierge                                       a program
///     19:…@thread.skype  48:notes                        a conversation, a list of the owner's
enum SkypeIdentity: Equatable {
  case person(String)
  case phone(String)
  case program(String)
  case nobody

  static let platform = Platform("skype")

  init(_ written: String) {
    // Messages as the service gives them have an address of the web here.
    let text =
      (written.hasPrefix("https://") ? written.split(separator: "/").last.map { String($0) } ?? "" : written)
      .trimmingSpaces
    func rest(_ prefix: String) -> String? {
      text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }
    if let number = rest("4:") {
      let digits = number.utf8.count(where: \.isDigit)
      self = digits >= 3 ? .phone(number) : .nobody
    } else if let name = rest("28:") {
      self = name.isEmpty ? .nobody : .program(text)
    } else if text.hasPrefix("19:") || text.hasPrefix("48:") || text.contains("@thread.") {
      self = .nobody
    } else {
      let name = rest("8:") ?? text
      self = name.isEmpty ? .nobody : Self.isNumber(text) ? .phone(text) : .person(name)
    }
  }

  /// Names are the same in any case of their letters.
  static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.person(let one), .person(let other)): one.lowercased() == other.lowercased()
    case (.phone(let one), .phone(let other)), (.program(let one), .program(let other)): one == other
    case (.nobody, .nobody): true
    default: false
    }
  }

  /// Whether it is a telephone without its prefix, as calls list those who took part: names begin with a letter.
  private static func isNumber(_ text: String) -> Bool {
    text.hasPrefix("+") && text.utf8.count >= 4
      && text.utf8.dropFirst().allSatisfy(\.isDigit)
  }

  /// What it is known by; nil for nobody.
  var key: AccountKey? {
    switch self {
    case .person(let name):
      let isNumber = name.hasPrefix("orgid:") || name.hasPrefix("guest:") || name.hasPrefix("teamsvisitor:")
      return AccountKey(
        platform: Self.platform, kind: isNumber ? .platformID : .handle, scope: .platform, value: name)
    case .phone(let number):
      // A short code or a number without its country means something on the owner's telephone only.
      return AccountKey(
        platform: Self.platform, kind: .phone, scope: number.hasPrefix("+") ? .platform : .source,
        value: number)
    case .program(let name):
      return AccountKey(platform: Self.platform, kind: .platformID, scope: .platform, value: name)
    case .nobody: return nil
    }
  }
}
