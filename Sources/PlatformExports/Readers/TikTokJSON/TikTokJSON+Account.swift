internal import AccountModel

/// What the download says about the account itself, its devices and whom it knows.
extension TikTokJSONReader {
  /// Fields of the profile that say nothing of who it is.
  private static let passedOver: Set<String> = [
    "profilePhoto", "profileVideo", "likesReceived", "followerCount", "followingCount", "aiSelf",
  ]

  mutating func profile(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    let handle = Self.handle(FieldText.value(value.field("userName", "UserName")))
    if !handle.isEmpty {
      ownName = handle
      try writer.name(
        account, AccountKey(platform: .tiktok, kind: .handle, scope: .platform, value: handle),
        assertion: .platform, at: locator)
    }
    var words: [String] = []
    try value.forEachField { key, field in
      if key == "PlatformInfo" {
        try field.forEachElement { try linkedPlatform($0, &words, locator, into: writer) }
        return
      }
      let text = FieldText.value(field)
      guard !text.isEmpty else { return }
      switch key {
      case "userName", "UserName": break
      case "displayName": try displayName(text, locator, into: writer)
      case "emailAddress": try add(.email, text, locator, into: writer)
      case "telephoneNumber": try add(.phone, text, locator, into: writer)
      case "birthDate":
        try writer.identifier(account, .dateOfBirth, text, assertion: .user, at: locator)
      case "bioDescription": words.insert(text, at: 0)
      case "accountRegion": words.append("region \(text)")
      default:
        if !Self.passedOver.contains(key) {
          writer.setAside("profile field", .unknownLabel, at: locator, detail: "\(key): \(text)")
        }
      }
    }
    try writer.record(.profile, account: account, text: words.joined(separator: "; "), at: locator)
  }

  /// A profile on a platform with which the account is connected, TikTok itself among them: it gives a name that is shown
  /// there and no account.
  private mutating func linkedPlatform(
    _ value: JSONValue, _ words: inout [String], _ locator: Locator, into writer: RecordWriter
  ) throws {
    let platform = FieldText.value(value.field("Platform", "platform"))
    let name = FieldText.value(value.field("Name", "name"))
    if platform.isEmpty || platform.lowercased() == "tiktok" {
      if !name.isEmpty { try displayName(name, locator, into: writer) }
      return
    }
    words.append("linked platform: \(platform)")
    try writer.identifier(
      ownAccount(locator, writer), .displayName, name, label: "linked-platform", assertion: .user, at: locator
    )
  }

  private mutating func displayName(_ name: String, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    guard memory.isNew(account, .displayName, name) else { return }
    try writer.identifier(account, .displayName, name, assertion: .user, at: locator)
  }

  private mutating func add(
    _ kind: IdentifierKind, _ text: String, label: String = "", assertion: Assertion = .platform,
    _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard !ValueShape.isMasked(text) else {
      writer.setAside("identifier", .masked, at: locator, detail: "\(kind.rawValue) \(text)")
      return
    }
    try writer.identifier(
      ownAccount(locator, writer), kind, text, label: label, assertion: assertion, at: locator)
  }

  /// What the owner once typed to fill in forms with.
  mutating func autofill(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    func words(_ keys: [StaticString], _ separator: String) -> String {
      FieldText.values(of: value, keys).joined(separator: separator)
    }
    let found: [(IdentifierKind, String)] = [
      (.email, FieldText.value(value["Email"])), (.phone, FieldText.value(value["PhoneNumber"])),
      (.personName, words(["FirstName", "LastName"], " ")),
      (.postalAddress, words(["Address", "Unit", "City", "State", "ZipCode", "Country"], ", ")),
    ].filter { !$0.1.isEmpty }
    guard !found.isEmpty else { return }
    for (kind, text) in found {
      // Nobody confirmed it, and it may be a relative's or an employer's: two such values must not join two people.
      let isOfContact = kind == .email || kind == .phone
      try add(kind, text, label: "autofill", assertion: isOfContact ? .claimed : .user, locator, into: writer)
    }
    try writer.record(.profile, account: ownAccount(locator, writer), text: "autofill", at: locator)
  }

  mutating func login(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let written = FieldText.text(value.field("Date", "date"))
    guard let time = time(written), !time.isNone else {
      writer.setAside(.login, .badTime, at: locator, detail: written)
      return
    }
    let account = ownAccount(locator, writer)
    try writer.identifier(
      account, .ip, FieldText.value(value.field("IP", "ip", "Ip")), assertion: .platform, time: time,
      at: locator)
    try writer.record(
      .login, account: account, time: time, writtenTime: written,
      text: FieldText.values(of: value, ["DeviceModel", "DeviceSystem", "NetworkType", "Carrier"]).joined(
        separator: "; "), at: locator)
  }

  private static let deviceKeys: [(key: StaticString, label: String)] = [
    ("IDFA", "idfa"), ("GAID", "gaid"), ("Android ID", "android-id"), ("IDFV", "idfv"), ("Web ID", "web-id"),
  ]

  /// A device on which the app runs. An identifier of zeros only is none: the owner let apps have no other.
  mutating func status(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    for (key, label) in Self.deviceKeys {
      let text = FieldText.value(value[key])
      guard !text.utf8.allSatisfy({ $0 == 0x30 || $0 == UInt8(ascii: "-") }) else { continue }
      try writer.identifier(account, .device, text, label: label, assertion: .platform, at: locator)
    }
    try writer.record(
      .session, account: account,
      text: FieldText.values(of: value, ["App Version", "Resolution"]).joined(separator: "; "), at: locator)
  }

  mutating func relation(
    _ recordClass: RecordClass, _ how: String, _ value: JSONValue, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    let written = FieldText.text(value.field("Date", "date"))
    guard let time = time(written) else {
      writer.setAside(recordClass, .badTime, at: locator, detail: written)
      return
    }
    let name = FieldText.text(value.field("UserName", "userName", "Username"))
    guard let other = try person(name, role: .mentioned, locator, into: writer) else {
      writer.setAside(recordClass, name.isEmpty ? .noAuthor : NoValue.reason, at: locator, detail: name)
      return
    }
    related.insert(Self.handle(name).lowercased())
    try writer.record(
      recordClass, account: ownAccount(locator, writer), other: other, time: time, writtenTime: written,
      text: how, at: locator)
  }
}
