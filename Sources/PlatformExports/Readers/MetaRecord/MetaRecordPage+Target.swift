internal import AccountModel

/// Whose account a return is about.
extension MetaRecordPage {
  static func platform(_ values: [String]) -> Platform? {
    for value in values.map({ $0.lowercased() }) {
      if value.contains("whatsapp") { return .whatsapp }
      if value.contains("instagram") || value.contains("threads") { return .instagram }
      if value.contains("facebook") || value.contains("messenger") { return .facebook }
    }
    return nil
  }

  /// The lines of a target or an account identifier, each of which says something else of the account, or the one value
  /// that a page header cut in two. Of several accounts nothing says whose the page is: none is taken.
  func identifiers(_ text: String, _ platform: Platform) -> [String] {
    let lines = text.split(separator: "\n").map { String($0).trimmingSpaces }.filter { !$0.isEmpty }
    if lines.count < 2 { return lines }
    let kinds = lines.map { Self.identifier($0, platform)?.kind }
    if kinds.contains(nil) { return [lines.joined()] }
    if Set(kinds).count == kinds.count { return lines }
    writer.note(
      "\(path) names several accounts, or one in pieces, as what was asked for: none of them was taken")
    return []
  }

  /// What a target or an account identifier is.
  static func identifier(_ text: String, _ platform: Platform) -> (
    kind: IdentifierKind, value: String
  )? {
    if text.isEmpty || NoValue.isNamed(by: text) { return nil }
    if platform == .whatsapp {
      return MetaRecordNumber(text).map { ($0.kind, $0.value) }
    }
    if text.contains("://") {
      let path = text.split(separator: "?", maxSplits: 1)
      if path.count == 2,
        let id = path[1].split(separator: "&").first(where: { $0.hasPrefix("id=") })?.dropFirst(3),
        MetaRecordPerson.isNumber(id)
      {
        return (.platformID, String(id))
      }
      let steps = (path.first ?? "").split(separator: "/").dropFirst(2)
      guard let last = steps.last else { return nil }
      if MetaRecordPerson.isNumber(last) { return (.platformID, String(last)) }
      guard steps.count == 1, last.lowercased() != "profile.php" else { return nil }
      return ValueShape.isInstagramHandle(String(last)) ? (.handle, String(last)) : nil
    }
    if MetaRecordPerson.isNumber(text), text.utf8.count >= 5 { return (.platformID, text) }
    if ValueShape.isEmail(text) { return (.email, text) }
    if ValueShape.isPhone(text) { return (.phone, text) }
    return ValueShape.isInstagramHandle(text) && !text.utf8.allSatisfy(\.isDigit)
      ? (.handle, text) : nil
  }
}
