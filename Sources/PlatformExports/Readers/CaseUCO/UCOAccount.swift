internal import AccountModel
internal import Identifiers

/// What a CASE document says of one account, over all its facets.
struct UCOAccount {
  /// What names it by the word of its app.
  var names: [String] = []
  var phones: [String] = []
  var emails: [String] = []
  /// Names that it shows.
  var shown: [String] = []
  /// The app that the document says it is of.
  var platform: Platform?
  /// Whether something that it refers to is not in the document.
  var isOpen = false

  /// What an account is by these, its platform, and what else belongs to it.
  struct Judged {
    var platform: Platform
    var identity: CellebriteIdentity
    var others: [CellebriteIdentity] = []
    var shown: [String] = []
  }

  /// The app of what names no other.
  static let unknownApp = Platform("unknown app")

  /// Decides what names the account: an id or name of its app, a number, an address; else a name in this source.
  ///
  /// - Parameter use: the app in which it wrote or called, where nothing says of which it is.
  func judged(use: Platform?) -> Judged {
    var platform = self.platform ?? use ?? inferred
    if names.contains(where: WhatsAppJID.isAddress) { platform = .whatsapp }
    var judged = Judged(platform: platform, identity: .nothing, shown: shown)
    var found: [CellebriteIdentity] = []
    for name in names {
      let identity = CellebriteIdentity(name, platform)
      // Beside a number, digits alone may be what a program counts accounts by.
      if platform == .sms, !phones.isEmpty, !ValueShape.isPhone(name),
        case .account(.phone, _, _, _, _) = identity
      {
        found.append(.account(.handle, .source, value: name, label: "", name: ""))
      } else if identity.isOfPlatform || !UCOValue.isName(name) || identity == .system {
        found.append(identity)
      } else {
        judged.shown.append(name)
      }
    }
    for phone in phones {
      // Several numbers in one value are nobody's in particular.
      if phone.contains(where: { "/;,|".contains($0) }) {
        found.append(.account(.handle, .source, value: phone, label: "", name: ""))
        continue
      }
      let isByApp = CellebriteSource.byTelephone.contains(platform.rawValue)
      let identity = CellebriteIdentity(phone, isByApp ? platform : .sms)
      // Digits of which the app's rule makes nothing are a number all the same, as the document says so.
      found.append(identity.isOfPlatform || !isByApp ? identity : CellebriteIdentity(phone, .sms))
    }
    for email in emails {
      found.append(
        ValueShape.isEmail(email)
          ? .account(.email, .platform, value: email, label: "", name: "")
          : .account(.handle, .source, value: email, label: "", name: ""))
    }
    var best: CellebriteIdentity?
    for identity in found where identity.rank > best?.rank ?? 0 { best = identity }
    if let best {
      judged.identity = best
      judged.others = found.filter { $0 != best && $0.isOfPlatform }
      // A name without white space that the app's rule knows nothing of is one that it shows, beside what names it.
      for case .account(_, .source, let value, _, _) in found
      where best.isOfPlatform && value.contains(where: \.isLetter) {
        judged.shown.append(value)
      }
    } else if let other = found.first(where: { $0 == .group || $0 == .system }) {
      judged.identity = other
    } else if let name = judged.shown.first {
      judged.identity = .account(.displayName, .source, value: String(name.prefix(500)), label: "", name: "")
    }
    return judged
  }

  private var inferred: Platform {
    if !phones.isEmpty { return .sms }
    if !emails.isEmpty { return .email }
    if names.contains(where: { ValueShape.isPhone($0) }) { return .sms }
    if names.contains(where: { ValueShape.isEmail($0) }) { return .email }
    return Self.unknownApp
  }
}
