import AccountModel

/// User-agent strings.
///
/// Canonical form: the text itself, trimmed, white space written once. Agents of Meta's apps name the device;
/// loose keys from them, strongest first: `ua-device` (model, carrier, locale and scale), `ua-model`.
enum UserAgent {
  /// Normalises a user agent.
  static func normalise(_ raw: String) -> NormalisedIdentifier {
    guard raw.utf8.count <= 16_384 else { return .nothing(.userAgent, "invalid-user-agent") }
    let canonical = Name.singleSpaced(raw.cleaned.text)
    if placeholders.contains(canonical.lowercased()) { return .nothing(.userAgent, "placeholder") }
    var keys = KeyCollector(canonical: canonical)
    if let device = facebookDevice(canonical) ?? instagramDevice(canonical) {
      let all = [device.model, device.carrier, device.locale, device.scale].map { $0.lowercased() }
      if all.filter({ !$0.isEmpty }).count >= 3 { keys.add("ua-device", all.joined(separator: "|")) }
      keys.add("ua-model", device.model.lowercased())
    }
    return NormalisedIdentifier(kind: .userAgent, canonical: canonical, looseKeys: keys.keys)
  }

  private struct Device {
    var model: String
    var carrier = ""
    var locale = ""
    var scale = ""
  }

  /// `[FBAN/FB4A;FBAV/…;FBDV/SM-G991B;FBCR/EE;FBLC/en_GB;FBSS/3]`; `FBDM/{density=…}` on Android.
  private static func facebookDevice(_ text: String) -> Device? {
    guard let open = text.utf8.lastIndex(of: ascii("[")) else { return nil }
    var fields: [String: String] = [:]
    for field in text[text.utf8.index(after: open)...].prefix(while: { $0 != "]" }).split(separator: ";") {
      guard let slash = field.firstIndex(of: "/") else { continue }
      let name = String(field[..<slash])
      if fields[name] == nil { fields[name] = String(field[field.index(after: slash)...]) }
    }
    guard fields["FBAN"] != nil || fields["FBAV"] != nil, let model = fields["FBDV"], !model.isEmpty else {
      return nil
    }
    return Device(
      model: model, carrier: fields["FBCR"] ?? "", locale: fields["FBLC"] ?? "",
      scale: fields["FBSS"] ?? fields["FBDM"] ?? "")
  }

  /// `Instagram … Android (29/10; 420dpi; 1080x2034; samsung; SM-G973F; …; en_GB; …)` or
  /// `Instagram … (iPhone12,1; iOS 14_4; en_GB; en-GB; scale=2.00; 828x1792; …)`.
  private static func instagramDevice(_ text: String) -> Device? {
    guard let start = text.range(ofASCII: "Instagram ") else { return nil }
    guard let open = text[start...].firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") else {
      return nil
    }
    let fields = text[text.index(after: open)..<close].split(separator: ";").map { String($0).trimmed }
    if text[start..<open].hasSuffix("Android ") {
      guard fields.count >= 8 else { return nil }
      return Device(model: fields[4], locale: fields[7], scale: fields[1])
    }
    guard fields.count >= 5 else { return nil }
    return Device(model: fields[0], locale: fields[2], scale: fields[4])
  }
}

extension String {
  /// The first place of an ASCII text.
  func range(ofASCII needle: String) -> Index? {
    let pattern = Array(needle.utf8)
    guard let first = pattern.first else { return startIndex }
    var position = utf8.startIndex
    while let candidate = utf8[position...].firstIndex(of: first) {
      if utf8[candidate...].starts(with: pattern) { return candidate }
      position = utf8.index(after: candidate)
    }
    return nil
  }
}
