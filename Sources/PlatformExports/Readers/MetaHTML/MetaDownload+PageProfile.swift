internal import AccountModel

/// Facebook's profile on a page: a table of labels and values, of which some are lists.
extension MetaDownload {
  mutating func facebookProfile(
    _ part: MetaPagePart, _ locator: Locator, into writer: RecordWriter
  ) throws {
    // The first name on the page is the owner's. Any other is that of somebody whom the profile names, a school or a
    // brother, however the page is built, and so is what stands behind it.
    let names = part.fields.filter { !$0.isNested && MetaPageLabel.row($0.label) == .name }
      .compactMap { Self.lines(of: $0).first }
    let own = people.ownNames.first ?? names.first
    guard names.first == nil || names.first == own else {
      return writer.setAside(.profile, Self.anotherName, at: locator, detail: names.first ?? "")
    }
    var isOthers = false
    let owner = ownAccount(locator, writer)
    var registered: (time: ObservedTime, written: String)?
    for field in part.fields {
      // The name of a school, the birthday of a brother.
      if field.isNested {
        setAside(field.label, field.value, locator, writer)
        continue
      }
      let lines = Self.lines(of: field)
      let told = MetaPageLabel.row(field.label)
      if told == .name, let name = lines.first, name != own { isOthers = true }
      if isOthers {
        writer.setAside(
          "profile field", Self.anotherName, at: locator, detail: "\(field.label): \(field.value)")
        continue
      }
      // What the owner typed about himself may be nothing but somebody's address or number, and nobody confirmed it.
      let assertion: Assertion = told == nil ? .claimed : .platform
      switch told ?? Self.row(of: field, lines) {
      case .name: try name(lines.first ?? "", owner, locator, into: writer)
      case .handle:
        if people.handle == nil, let handle = lines.first { people.handle = (handle, locator) }
      case .profile:
        try profileLink(field.href.isEmpty ? lines.first ?? "" : field.href, owner, locator, into: writer)
      case .registered:
        let written = lines.first ?? ""
        if let time = pages.time(written) {
          registered = (time, written)
        } else if !written.isEmpty {
          writer.setAside("time", .badTime, at: locator, detail: written)
        }
      case .registeredFrom:
        for line in lines {
          guard ValueShape.isIP(line) else {
            setAside(field.label, line, locator, writer)
            continue
          }
          try writer.identifier(
            owner, .ip, line, label: told == nil ? "" : "signup", assertion: told == nil ? .user : .platform,
            at: locator)
        }
      case .mail:
        for line in lines { try mail(line, field.label, owner, assertion, locator, into: writer) }
      case .phone:
        for line in lines {
          guard let number = WrittenContact.number(in: line) else {
            setAside(field.label, line, locator, writer)
            continue
          }
          try writer.identifier(
            owner, .phone, number.value,
            assertion: told != nil && WrittenContact.isDoubted(number.remarks) ? .user : assertion,
            at: locator)
        }
      case .birth:
        guard
          let day = MetaPageTime.day(
            lines.first ?? "", order: pages.order, isCroatian: pages.language.isCroatian)
        else {
          setAside(field.label, field.value, locator, writer)
          continue
        }
        let digits = { (number: Int, count: Int) in
          String(repeating: "0", count: max(0, count - String(number).count)) + String(number)
        }
        try writer.identifier(
          owner, .dateOfBirth, "\(digits(day.year, 4))-\(digits(day.month, 2))-\(digits(day.day, 2))",
          assertion: .user, at: locator)
      case .formerNames:
        for line in lines {
          try writer.identifier(
            owner, .displayName, Self.withoutRemark(line), label: "previous", assertion: .user, at: locator)
        }
      case .site:
        for line in lines { try writer.identifier(owner, .url, line, assertion: .user, at: locator) }
      case nil:
        if lines.count == 1, let line = lines.first, line.utf8.count <= 200 { people.unlabelled.insert(line) }
        setAside(field.label, field.value, locator, writer)
      }
    }
    for block in part.blocks {
      writer.setAside("text", .unlabelled, at: locator, detail: block.text)
    }
    try writer.record(
      .profile, account: owner, time: pages.used(registered?.time), writtenTime: registered?.written ?? "",
      text: registered == nil ? "" : "registered", at: locator)
  }

  static let anotherName = SetAsideReason(
    "another-name", "stands behind another name than the owner's, and may be somebody else's", isFault: true)

  private static func lines(of field: MetaPagePart.Field) -> [String] {
    field.value.split(separator: "\n").map { DirectionMarks.stripped(String($0)) }.filter { !$0.isEmpty }
  }

  /// What a row says by the look of its values, as labels are in the language of the account.
  private static func row(of field: MetaPagePart.Field, _ lines: [String]) -> MetaPageLabel.Row? {
    guard let first = lines.first else { return nil }
    if field.href.contains("facebook.com/"), lines.count == 1, first == field.href { return .profile }
    // Sentences begin with addresses and numbers as well, which may be anybody's.
    let bare = lines.map { line in String(line.prefix { $0 != "(" }).trimmingSpaces }
    if bare.allSatisfy({ ValueShape.isEmail($0) }) { return .mail }
    if bare.allSatisfy({ isNumber($0) }) { return .phone }
    return lines.count == 1 && ValueShape.isIP(first) ? .registeredFrom : nil
  }

  private static func isNumber(_ text: String) -> Bool {
    text.hasPrefix("+") && text.allSatisfy { $0.isASCII && ($0.isNumber || "+ -.".contains($0)) }
      && WrittenContact.number(in: text) != nil
  }

  private func setAside(_ label: String, _ value: String, _ locator: Locator, _ writer: RecordWriter) {
    writer.setAside("profile field", .unknownLabel, at: locator, detail: "\(label): \(value)")
  }

  private mutating func name(
    _ name: String, _ owner: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard !name.isEmpty else { return }
    if !people.ownNames.contains(name) { people.ownNames.append(name) }
    try writer.identifier(owner, .displayName, name, assertion: .user, at: locator)
  }

  /// The page of the account, whose address ends in its number where it has no user name.
  private mutating func profileLink(
    _ link: String, _ owner: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    try writer.identifier(owner, .profileLink, link, assertion: .platform, at: locator)
    let tail = link.split(whereSeparator: { $0 == "/" || $0 == "=" }).last ?? ""
    if tail.utf8.count >= 5, tail.utf8.allSatisfy(\.isDigit) {
      people.platformID = (String(tail), locator)
    }
  }

  /// `rex@example.org (Previous email address)`: a remark in a language that is not known says that the address is not
  /// simply the account's, and not which of former and unconfirmed it is.
  private func mail(
    _ line: String, _ label: String, _ owner: AccountIndex, _ told: Assertion, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    let address = line.prefix { $0 != "(" && $0 != " " }
    guard ValueShape.isEmail(String(address)) else { return setAside(label, line, locator, writer) }
    let remark = line.dropFirst(address.count).lowercased()
    let (kind, assertion): (String, Assertion) =
      if remark.allSatisfy({ $0 == " " }) {
        ("", told)
      } else if remark.contains("previous") {
        ("previous", told)
      } else if remark.contains("pending") {
        ("pending", told == .platform ? .user : told)
      } else {
        ("other", told == .platform ? .user : told)
      }
    try writer.identifier(owner, .email, String(address), label: kind, assertion: assertion, at: locator)
  }

  /// A former name without the time behind it.
  private static func withoutRemark(_ line: String) -> String {
    guard line.hasSuffix(")"), let open = line.lastIndex(of: "("), line[open...].contains(where: \.isNumber)
    else {
      return line
    }
    return String(line[..<open]).trimmingSpaces
  }
}
