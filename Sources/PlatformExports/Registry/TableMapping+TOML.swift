internal import AccountModel
internal import Configuration

extension TableMapping {
  /// The version of the mapping format.
  public static let formatVersion = 1

  /// Reads a mapping; throws `TableMappingError`, which names key and line.
  public init(toml: String) throws(TableMappingError) {
    do {
      try self.init(TOMLSection(toml: toml), toml: toml)
    } catch {
      throw TableMappingError(key: error.key, line: error.line, problem: error.problem)
    }
  }

  private init(_ top: TOMLSection, toml: String) throws(ConfigurationError) {
    try top.allow([
      "version", "name", "platform", "platform_column", "communications_data", "match", "account", "other",
      "record", "time", "identifier",
    ])
    guard try top.integer("version") == Self.formatVersion else {
      throw top.error("version", "must be \(Self.formatVersion)")
    }
    self.toml = toml
    name = try top.text("name") ?? "table"
    communicationsData = try top.bool("communications_data") ?? false
    switch (try top.text("platform"), try top.text("platform_column")) {
    case (let constant?, nil): platform = .constant(Platform(constant))
    case (nil, let column?): platform = .column(column)
    case (nil, nil): throw top.error("platform", "is missing: give platform or platform_column")
    default: throw top.error("platform", "give platform or platform_column, not both")
    }
    let section = try top.required("account")
    account = try AccountColumn(section)
    if let section = try top.section("other") { other = try AccountColumn(section) }

    let record = try top.required("record")
    try record.allow(["class", "text_column", "channel_column"])
    let wanted = try record.requiredText("class")
    guard let found = RecordClass.allCases.first(where: { $0.name == wanted }) else {
      throw record.error(
        "class", "must be one of \(RecordClass.allCases.map(\.name).joined(separator: ", "))")
    }
    recordClass = found
    textColumn = try record.text("text_column")
    channelColumn = try record.text("channel_column")
    if recordClass == .message, textColumn == nil {
      throw record.error("text_column", "is missing: a message has text")
    }
    if recordClass == .declaredLink || recordClass == .contact || recordClass == .block, other == nil {
      throw record.error("class", "\(wanted) needs the table [other]")
    }

    if let match = try top.section("match") {
      try match.allow(["headers", "delimiter", "encoding"])
      requiredHeaders = try match.texts("headers") ?? []
      if let text = try match.text("delimiter") {
        guard let byte = text.utf8.first, text.utf8.count == 1, TableLayout.delimiters.contains(byte) else {
          throw match.error("delimiter", #"must be ",", ";", "\t" or "|""#)
        }
        delimiter = byte
      }
      encoding = try match.choice("encoding", TableEncoding.self)
    }
    if let section = try top.section("time") { time = try TimeColumn(section) }
    if recordClass == .login, time == nil { throw record.error("class", "login needs the table [time]") }
    for section in try top.sections("identifier") {
      identifiers.append(try IdentifierColumn(section, of: recordClass))
    }
  }
}

extension TableMapping.AccountColumn {
  fileprivate init(_ section: TOMLSection) throws(ConfigurationError) {
    try section.allow(["column", "kind", "scope", "assertion"])
    column = try section.requiredText("column")
    guard let kind = try section.choice("kind", IdentifierKind.self) else {
      throw section.error("kind", "is missing")
    }
    guard let scope = AccountScope(rawValue: try section.requiredText("scope")) else {
      throw section.error("scope", #"must be "platform" or "source""#)
    }
    if scope == .platform, [.displayName, .personName, .dateOfBirth, .postalAddress].contains(kind) {
      throw section.error("scope", "must be \"source\": \(kind.rawValue) is not unique on a platform")
    }
    self.kind = kind
    self.scope = scope
    assertion = try section.choice("assertion", Assertion.self) ?? .platform
  }
}

extension TableMapping.IdentifierColumn {
  /// What a person showed is nobody's word but that person's, and the link in a message is on no profile, as readers have
  /// both: whoever warns of an account had been joined with it.
  fileprivate init(_ section: TOMLSection, of recordClass: RecordClass) throws(ConfigurationError) {
    try section.allow(["column", "kind", "label", "assertion", "port_column", "separator", "optional"])
    column = try section.requiredText("column")
    guard let kind = try section.choice("kind", IdentifierKind.self) else {
      throw section.error("kind", "is missing")
    }
    self.kind = kind
    label = try section.text("label") ?? (kind == .url && recordClass == .message ? "share" : "")
    assertion = try section.choice("assertion", Assertion.self) ?? (kind == .url ? .user : .platform)
    portColumn = try section.text("port_column")
    if portColumn != nil, kind != .ip { throw section.error("port_column", "belongs to kind \"ip\" only") }
    separator = try section.text("separator")
    if separator?.isEmpty == true { throw section.error("separator", "is empty") }
    isOptional = try section.bool("optional") ?? false
  }
}

extension TableMapping.TimeColumn {
  fileprivate init(_ section: TOMLSection) throws(ConfigurationError) {
    try section.allow(["column", "clock_column", "format", "zone"])
    column = try section.requiredText("column")
    clockColumn = try section.text("clock_column")
    let text = try section.requiredText("format")
    switch text {
    case "iso8601": format = .iso8601
    case "unix-seconds": format = .unixSeconds
    case "unix-milliseconds": format = .unixMilliseconds
    default:
      guard let pattern = TimePattern(text) else {
        throw section.error(
          "format", "must be iso8601, unix-seconds, unix-milliseconds or a pattern such as dd/MM/yyyy HH:mm")
      }
      format = .pattern(pattern)
    }
    zone = try section.text("zone")
    if let zone, zone != "UTC", !ZonedClock.isZone(zone) {
      throw section.error("zone", "must be UTC or an IANA name such as Europe/London")
    }
  }
}
