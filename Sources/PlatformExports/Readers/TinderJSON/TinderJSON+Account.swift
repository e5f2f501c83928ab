internal import AccountModel

/// What the download says of the account itself, its devices and accounts elsewhere.
///
/// What it says of whom the owner looks for is not held, nor are coordinates.
extension TinderJSONReader {
  /// Fields of which nothing is taken.
  private static let notHeld: Set<String> = [
    "age_filter_max", "age_filter_min", "gender", "genders", "gender_extended", "gender_filter",
    "interested_in", "interested_in_genders", "show_gender_on_profile", "display_genders",
    "display_sexual_orientations", "sexual_orientations", "distance_filter", "descriptors", "interests",
    "user_interests", "connection_count", "is_traveling", "travel_location_info", "travel_pos", "pos",
    "pos_major", "signup_pos", "college", "selfie_verification", "events", "excluded_tags", "image_tags",
    "user_contents", "user_message_consents", "photos", "photos_processing", "ping_time",
  ]
  private static let words: Set<String> = [
    "active_time", "onboarded_at", "education", "account_source", "country", "language",
  ]
  private static let ids = ["_id", "id", "user_id"]
  private static let numbers = ["phone", "phone_number", "phone_id"]

  mutating func user(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    guard value.kind == .object else {
      return writer.setAside(.profile, .empty, at: locator, detail: "no object")
    }
    // A file that was put together has one behind the other: whose the messages are nothing says.
    if hasUser { throw ExportRefusal.twoOwners(place: writer.describe(locator)) }
    hasUser = true
    let account = ownAccount(locator, writer)
    try name(value, account, locator, into: writer)
    let written = FieldText.text(value["create_date"])
    let read = time(written)
    let time = read ?? ObservedTime.none
    if read == nil { writer.setAside("creation time", .badTime, at: locator, detail: written) }
    var words = [time.isNone ? "account" : "created"]
    try value.forEachField { key, field in
      let text = FieldText.value(field)
      switch key {
      case "create_date": break
      case _ where Self.ids.contains(key):
        let isKey = writer.key(of: account)?.value == text.lowercased()
        if !text.isEmpty, !isKey { words.append("\(key): \(text)") }
      case "username":
        if !text.isEmpty, !Self.isUsername(text) { words.append("username: \(text)") }
      case _ where Self.numbers.contains(key): try number(key, text, account, &words, locator, into: writer)
      case "email": try add(.email, text, account, .user, locator, into: writer)
      case "name", "full_name":
        try writer.identifier(account, .displayName, text, assertion: .user, at: locator)
      case "birth_date": try writer.identifier(account, .dateOfBirth, text, assertion: .user, at: locator)
      case "ip_address": try writer.identifier(account, .ip, text, assertion: .platform, at: locator)
      case "bio": if !text.isEmpty { words.insert(text, at: 0) }
      case "instagram" where field.kind == .object: try instagram(field, account, locator, into: writer)
      case "spotify" where field.kind == .object: try spotify(field, locator, into: writer)
      case "city", "jobs", "schools": words += Self.names(in: field)
      case "client_registration_info": words += FieldText.values(of: field, ["platform", "app_version"])
      case _ where Self.words.contains(key): if !text.isEmpty { words.append("\(key): \(text)") }
      case _ where Self.notHeld.contains(key): break
      default:
        if !field.isNull, field.kind != .string || !text.isEmpty {
          writer.setAside("profile field", .unknownLabel, at: locator, detail: key)
        }
      }
    }
    try writer.record(
      .profile, account: account, time: time, writtenTime: written, text: words.joined(separator: "; "),
      at: locator)
  }

  private static func isUsername(_ text: String) -> Bool {
    ValueShape.isHandle(text, signs: "._-", limit: 64)
  }

  /// Gives the owner the widest key that the file has.
  private mutating func name(
    _ value: JSONValue, _ account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    var keys: [AccountKey] = []
    func add(_ kind: IdentifierKind, _ text: String) {
      keys.append(AccountKey(platform: Platform("tinder"), kind: kind, scope: .platform, value: text))
    }
    let fields: [StaticString] = ["_id", "id", "user_id"]
    for id in FieldText.values(of: value, fields) where Self.isID(id) { add(.platformID, id.lowercased()) }
    let username = FieldText.value(value["username"])
    if Self.isUsername(username) { add(.handle, username) }
    for number in FieldText.values(of: value, ["phone", "phone_number", "phone_id"])
    where ValueShape.isPhone(number) {
      add(.phone, number)
    }
    guard let first = keys.first else { return }
    try writer.name(account, first, assertion: .platform, at: locator)
    for key in keys.dropFirst() where key.kind == .handle {
      try writer.identifier(account, .handle, key.value, assertion: .platform, at: locator)
    }
  }

  /// A number by which the owner signs in; in one that does not say its country nothing shows that it is one.
  private func number(
    _ key: String, _ text: String, _ account: AccountIndex, _ words: inout [String], _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    guard !text.isEmpty else { return }
    if ValueShape.isPhone(text) || ValueShape.isMasked(text) {
      let known = writer.key(of: account)
      if known?.kind == .phone, known?.value == text { return }
      return try add(.phone, text, account, .platform, locator, into: writer)
    }
    words.append("\(key): \(text)")
  }

  private func add(
    _ kind: IdentifierKind, _ text: String, _ account: AccountIndex, _ assertion: Assertion,
    _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard !ValueShape.isMasked(text) else {
      return writer.setAside("identifier", .masked, at: locator, detail: "\(kind.rawValue) \(text)")
    }
    try writer.identifier(account, kind, text, assertion: assertion, at: locator)
  }

  /// Names of places of work, schools and towns, however deep they lie.
  private static func names(in field: JSONValue, depth: Int = 0) -> [String] {
    guard depth < 4 else { return [] }
    var found: [String] = []
    switch field.kind {
    case .string: if !FieldText.value(field).isEmpty { found.append(FieldText.value(field)) }
    case .array: field.forEachElement { found += names(in: $0, depth: depth + 1) }
    case .object:
      field.forEachField { key, inner in
        if ["name", "company", "title", "region"].contains(key) {
          found += names(in: inner, depth: depth + 1)
        }
      }
    default: break
    }
    return found
  }

  /// An account of Instagram's that the owner connected by signing in there.
  private func instagram(
    _ value: JSONValue, _ account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let name = FieldText.value(value["username"])
    guard ValueShape.isInstagramHandle(name) else {
      return writer.setAside(.declaredLink, .noAuthor, at: locator, detail: "instagram \(name)")
    }
    try link(
      account, AccountKey(platform: .instagram, kind: .handle, scope: .platform, value: name), locator,
      into: writer)
  }

  /// An account of Spotify's that the owner connected, by its id, which Spotify calls a user name.
  mutating func spotify(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    guard value.kind == .object else { return }
    let name = FieldText.value(value["spotify_username"])
    guard !name.isEmpty else { return }
    let platform = Platform("spotify")
    try link(
      ownAccount(locator, writer),
      AccountKey(platform: platform, kind: .platformID, scope: .platform, value: name), locator,
      into: writer)
  }

  private func link(
    _ account: AccountIndex, _ key: AccountKey, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let other = try writer.account(
      key, role: .mentioned, assertion: .platform, label: "connection", at: locator)
    try writer.record(
      .declaredLink, account: account, other: other, assertion: .platform,
      text: "connected account on \(key.platform)", at: locator)
  }

  /// Advertising identifiers by the days on which they were seen, one session for each. One of zeros only is none.
  mutating func devices(
    _ value: JSONValue, _ label: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard value.kind == .object else {
      if !value.isNull { writer.setAside("profile field", .unknownLabel, at: locator, detail: label) }
      return
    }
    var order: [String] = []
    var days: [String: (first: String, last: String)] = [:]
    value.forEachField { day, field in
      let text = FieldText.value(field)
      if field.kind == .array || field.kind == .object {
        writer.setAside("profile field", .unknownLabel, at: locator, detail: "\(label) \(day)")
      }
      guard !text.utf8.allSatisfy({ $0 == 0x30 || $0 == UInt8(ascii: "-") }) else { return }
      // ISO 8601 days sort as texts do.
      guard let known = days[text] else {
        order.append(text)
        days[text] = (day, day)
        return
      }
      days[text] = (min(known.first, day), max(known.last, day))
    }
    let account = ownAccount(locator, writer)
    for id in order {
      guard let seen = days[id] else { continue }
      let time = self.time(seen.first) ?? ObservedTime.none
      try writer.identifier(account, .device, id, label: label, assertion: .platform, time: time, at: locator)
      try writer.record(
        .session, account: account, time: time, writtenTime: seen.first,
        text: seen.first == seen.last ? label : "\(label); until \(seen.last)", at: locator)
    }
  }
}
