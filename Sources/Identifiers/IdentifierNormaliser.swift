public import AccountModel

/// Turns raw identifiers into canonical forms and loose keys.
///
/// A value that may be copied and used from any thread. Every answer is a pure function of the arguments,
/// the default region and the tables of ICU and libphonenumber; no input traps. Normalising a canonical
/// form under the kind that came back with it gives the same canonical form.
public struct IdentifierNormaliser: Sendable {
  private let numbers: PhoneNumber

  /// - Parameter defaultRegion: ISO 3166 code of the country in which telephone numbers without a country
  ///   code are dialled.
  public init(defaultRegion: String = "GB") {
    numbers = PhoneNumber(defaultRegion: defaultRegion)
  }

  /// Normalises one identifier.
  ///
  /// - Parameters:
  ///   - raw: the text as the source holds it.
  ///   - kind: what the source says that it is; the answer's kind may differ.
  ///   - platform: whose rules apply to handles and platform ids.
  ///   - label: what the source called it (`datr`, `idfa`, `imei`, `recovery`), or empty.
  public func normalise(
    _ raw: String, kind: IdentifierKind, platform: Platform, label: String = ""
  ) -> NormalisedIdentifier {
    switch kind {
    case .email:
      let result = EmailAddress.normalise(raw)
      if result.flags.first == "whatsapp-jid" { return numbers.normalise(raw) }
      return result
    case .phone: return numbers.normalise(raw)
    case .handle: return Handle.normalise(raw, platform: platform, numbers: numbers)
    case .platformID: return PlatformIdentifier.normalise(raw, platform: platform, numbers: numbers)
    case .displayName: return Name.normalise(raw, kind: .displayName)
    case .personName: return Name.normalise(raw, kind: .personName)
    case .dateOfBirth: return DateOfBirth.normalise(raw)
    case .postalAddress: return PostalAddress.normalise(raw)
    case .url: return WebAddress.normalise(raw)
    case .profileLink: return ProfileLink.normalise(raw)
    case .ip: return InternetAddress.normalise(raw)
    case .device: return DeviceIdentifier.normalise(raw, label: label)
    case .cookie: return DeviceIdentifier.normaliseCookie(raw, label: label)
    case .userAgent: return UserAgent.normalise(raw)
    }
  }
}
