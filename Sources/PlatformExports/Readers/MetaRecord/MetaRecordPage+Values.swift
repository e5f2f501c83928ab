internal import AccountModel

/// What values are: times, addresses, accounts.
extension MetaRecordPage {
  /// A time as returns write it: `2024-01-15 13:30:00 UTC`. A page header may have cut it in two.
  func time(_ text: String) -> ObservedTime? {
    if text.isEmpty { return nil }
    let found =
      TimeText.plausibleISO8601(text)
      ?? (text.utf8.contains(0x0A)
        ? TimeText.plausibleISO8601(text.withLineEnds(as: " "))
          ?? TimeText.plausibleISO8601(text.withLineEnds(as: "")) : nil)
    return found.map { unit.clock?.assume($0) ?? $0 }
  }

  /// The account of somebody whom the return names with a number.
  func account(_ person: MetaRecordPerson, role: AccountRole, at locator: Locator) throws -> AccountIndex {
    let platform = person.platform ?? self.platform ?? Platform("meta")
    let account = try writer.account(
      AccountKey(platform: platform, kind: .platformID, scope: .platform, value: person.id), role: role,
      assertion: .platform, at: locator)
    if !person.name.isEmpty, !NoValue.isNamed(by: person.name) {
      try identifier(account, .displayName, person.name, assertion: .user, at: locator)
    }
    return account
  }

  /// The account of an author: by number, else by name, this source only; nil for nobody.
  func author(_ text: String, at locator: Locator) throws -> AccountIndex? {
    if let person = MetaRecordPerson(text) { return try account(person, role: .participant, at: locator) }
    let name = text.withLineEnds(as: " ").trimmingSpaces
    if name.isEmpty || NoValue.isNamed(by: name) { return nil }
    let platform = platform ?? Platform("meta")
    if platform == .whatsapp, let number = MetaRecordNumber(name) {
      return try account(number, role: .participant, at: locator)
    }
    return try writer.account(
      AccountKey(platform: platform, kind: .displayName, scope: .source, value: name), role: .participant,
      assertion: .user, at: locator)
  }

  /// The account of a WhatsApp number.
  func account(_ number: MetaRecordNumber, role: AccountRole, at locator: Locator) throws -> AccountIndex {
    try writer.account(
      AccountKey(platform: .whatsapp, kind: number.kind, scope: .platform, value: number.value), role: role,
      assertion: .platform, at: locator)
  }

  /// Counts a login that has no label of an address, which the second count goes by.
  func countWithoutLabel(_ row: MetaRecordRow) {
    if section == .logins, !row.has("ip address"), !row.has("ip") { unnumbered[.login, default: 0] += 1 }
  }
}
