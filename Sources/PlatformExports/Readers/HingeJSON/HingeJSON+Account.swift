internal import AccountModel

/// What `user.json` says of the account itself and of the devices on which the app was installed.
///
/// What it says of belief, origin, health, family and whom the owner looks for is not held, nor are coordinates.
extension HingeJSONReader {
  private static let objects = ["identity", "account", "profile", "location"]
  private static let lists = ["installs", "devices"]
  private static let patterns = objects.map { "$.\($0)" } + lists.map { "$.\($0)[*]" }
  /// Parts of the file of which nothing is taken.
  private static let passedOver: Set<String> = ["preferences"]

  mutating func readUser(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONListTally(keys: Self.lists, namesAtDepth: 1)
    input.tap { tally.feed($0) }
    let pass = pass
    try pass.read(
      Self.patterns, of: input, into: writer,
      unit: { ($0.pattern < Self.objects.count ? RecordClass.profile : .session).name }
    ) { match, value, locator in
      guard isObject(value, Self.patterns[match.pattern], locator, writer) else { return }
      switch match.pattern {
      case 0: try identity(value, locator, into: writer)
      case 1: try account(value, locator, into: writer)
      case 2: try profile(value, locator, into: writer)
      case 3: try location(value, locator, into: writer)
      default: try device(value, locator, into: writer)
      }
    }
    writer.count(.profile, seen: tally.names.count { Self.objects.contains($0) })
    let devices = Self.lists.indices.reduce(0) { $0 + tally[$1] }
    if devices > 0 { writer.count(.session, seen: devices) }
    let unknown = tally.names.filter {
      !Self.objects.contains($0) && !Self.lists.contains($0) && !Self.passedOver.contains($0)
    }
    if !unknown.isEmpty {
      writer.note(
        "\(input.path): parts that are not known and were not looked at: "
          + unknown.prefix(20).joined(separator: ", "))
    }
  }

  private static let flags = ["instagram_authorized": "Instagram connected", "phone_is_prepaid": "prepaid"]

  /// How the owner signs in. The number is confirmed by a code; of the address of mail the file does not say whether
  /// anybody confirmed it.
  private mutating func identity(
    _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let account = ownAccount(locator, writer)
    var words: [String] = []
    try value.forEachField { key, field in
      let text = FieldText.value(field)
      if let isSo = field.bool {
        if isSo, let what = Self.flags[key] { words.append(what) }
        return
      }
      guard !text.isEmpty else { return }
      switch key {
      case "phone_number": try number(text, of: account, in: value, &words, locator, into: writer)
      case "email":
        guard !ValueShape.isMasked(text) else {
          return writer.setAside("identifier", .masked, at: locator, detail: "email \(text)")
        }
        try writer.identifier(account, .email, text, assertion: .user, at: locator)
      case "fbid" where text.utf8.count > 4 && text.utf8.allSatisfy(\.isDigit):
        try facebook(text, of: account, locator, into: writer)
      case "phone_carrier", "phone_line_type", "phone_country_code", "phone_country_calling_code":
        words.append("\(key): \(text)")
      default: unknown(key, locator, writer)
      }
    }
    try writer.record(
      .profile, account: account, text: (["identity"] + words).joined(separator: "; "), at: locator)
  }

  /// The number names the account where it says its country; else it is one of the owner's.
  private func number(
    _ text: String, of account: AccountIndex, in identity: JSONValue, _ words: inout [String],
    _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard !ValueShape.isMasked(text) else {
      return writer.setAside("identifier", .masked, at: locator, detail: "phone \(text)")
    }
    guard ValueShape.isPhone(text) else {
      guard let number = Self.withCountry(text, identity) else {
        words.append("phone_number: \(text)")
        return
      }
      return try writer.identifier(account, .phone, number, assertion: .platform, at: locator)
    }
    try writer.name(
      account, AccountKey(platform: Platform("hinge"), kind: .phone, scope: .platform, value: text),
      assertion: .platform, at: locator)
    if let known = writer.key(of: account), known.value != text {
      throw ExportRefusal.twoOwners(place: writer.describe(locator))
    }
  }

  /// A number behind the country that stands beside it, or as it is where none does: under another country it would be
  /// somebody else's. Nil where its own digits may begin with the country, or the country is none that can stand there.
  private static func withCountry(_ text: String, _ identity: JSONValue) -> String? {
    let code = FieldText.value(identity["phone_country_calling_code"]).filter { $0 != "+" }
    guard !code.isEmpty else {
      return FieldText.value(identity["phone_country_code"]).isEmpty ? text : nil
    }
    let digits = text.filter { !" -().".contains($0) }
    guard (1...3).contains(code.utf8.count), !digits.isEmpty, !digits.hasPrefix(code),
      (code + digits).utf8.allSatisfy(\.isDigit)
    else { return nil }
    return "+\(code)\(digits)"
  }

  /// An account of Facebook's by which the owner signed in. Facebook gives each app another number for it.
  private mutating func facebook(
    _ id: String, of account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let other = try writer.account(
      AccountKey(platform: .facebook, kind: .platformID, scope: .source, value: id), role: .mentioned,
      assertion: .platform, label: "linked-identity", at: locator)
    try writer.record(
      .declaredLink, account: account, other: other, assertion: .platform,
      text: "linked identity of facebook", at: locator)
  }

  private static let accountWords: Set<String> = [
    "last_seen", "last_pause_time", "last_unpause_time", "last_uninstall_time", "device_platform",
    "device_os", "device_model", "app_version",
  ]

  private mutating func account(
    _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let written = FieldText.text(value["signup_time"])
    let read = times.iso8601(written)
    let time = read ?? ObservedTime.none
    if read == nil { writer.setAside("creation time", .badTime, at: locator, detail: written) }
    var words = [time.isNone ? "account" : "created"]
    value.forEachField { key, field in
      let text = FieldText.value(field)
      switch key {
      case _ where text.isEmpty || key == "signup_time" || key == "push_notifications_enabled": break
      case _ where Self.accountWords.contains(key): words.append("\(key): \(text)")
      default: unknown(key, locator, writer)
      }
    }
    try writer.record(
      .profile, account: ownAccount(locator, writer), time: time, writtenTime: written,
      text: words.joined(separator: "; "), at: locator)
  }

  private static let profileWords: Set<String> = [
    "age", "job_title", "workplaces", "schools", "hometowns",
  ]
  /// Of these nothing is held.
  private static let notHeld: Set<String> = [
    "height_centimeters", "gender", "gender_identity", "gender_identity_id", "sexuality",
    "sexual_orientations", "pronouns", "ethnicities", "religions", "smoking", "drinking", "marijuana",
    "drugs", "children", "family_plans", "education_attained", "politics", "dating_intention",
    "dating_intention_text", "relationship_types", "relationship_type_text", "languages_spoken", "zodiac",
    "pets", "covid_vaccination", "selfie_verified",
  ]

  private mutating func profile(
    _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let account = ownAccount(locator, writer)
    let names = FieldText.values(of: value, ["first_name", "last_name"])
    if let first = names.first {
      try writer.identifier(account, .displayName, first, assertion: .user, at: locator)
    }
    if names.count == 2 {
      try writer.identifier(
        account, .personName, names.joined(separator: " "), assertion: .user, at: locator)
    }
    var words = ["profile"]
    value.forEachField { key, field in
      let text = FieldText.value(field)
      // An empty list is written as text, too.
      guard !text.isEmpty, text != "[]", key != "first_name", key != "last_name" else { return }
      if Self.profileWords.contains(key) {
        words.append("\(key): \(text)")
      } else if !Self.notHeld.contains(key), !key.hasSuffix("_displayed") {
        unknown(key, locator, writer)
      }
    }
    try writer.record(.profile, account: account, text: words.joined(separator: "; "), at: locator)
  }

  /// From where the app was used when the download was made, or last.
  private mutating func location(
    _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let account = ownAccount(locator, writer)
    try writer.identifier(
      account, .ip, FieldText.value(value["ip_address"]), label: "location", assertion: .platform,
      at: locator)
    let words = FieldText.values(of: value, ["city", "region", "country"])
    try writer.record(
      .profile, account: account, text: (["location"] + words).joined(separator: "; "), at: locator)
  }

  private static let deviceKeys: [(key: StaticString, label: String)] = [
    ("idfa", "idfa"), ("idfv", "idfv"), ("gps_adid", "gaid"), ("adid", "adid"), ("device_id", "device-id"),
  ]

  /// An installation, or a device on which the app runs. An identifier of zeros only is none.
  private mutating func device(
    _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let account = ownAccount(locator, writer)
    let written = FieldText.text(value["install_time"])
    let read = times.iso8601(written)
    let time = read ?? ObservedTime.none
    // The device is the owner's whenever it was.
    if read == nil { writer.setAside("install time", .badTime, at: locator, detail: written) }
    for (key, label) in Self.deviceKeys {
      let text = FieldText.value(value[key])
      guard !text.utf8.allSatisfy({ $0 == 0x30 || $0 == UInt8(ascii: "-") }) else { continue }
      // Whoever counts installations for apps calls its own number of one so, and Android's advertising id is a UUID.
      let isAdvertising = label == "adid" && ValueShape.isUUID(text)
      try writer.identifier(
        account, .device, text, label: isAdvertising ? "gaid" : label, assertion: .platform, time: time,
        at: locator)
    }
    try writer.identifier(
      account, .ip, FieldText.value(value["ip_address"]), assertion: .platform, time: time, at: locator)
    try writer.identifier(
      account, .userAgent, FieldText.value(value["user_agent"]), assertion: .platform, time: time,
      at: locator)
    let words = FieldText.values(
      of: value,
      ["network_name", "device_platform", "device_model", "device_os", "device_os_versions", "app_version"])
    try writer.record(
      .session, account: account, time: time, writtenTime: written,
      text: words.joined(separator: "; "), at: locator)
  }

  private func unknown(_ key: String, _ locator: Locator, _ writer: RecordWriter) {
    writer.setAside("profile field", .unknownLabel, at: locator, detail: key)
  }
}
