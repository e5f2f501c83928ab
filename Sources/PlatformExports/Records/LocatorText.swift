public import AccountModel

/// Locators in words.
public enum LocatorText {
  /// Member path, JSON path with its positions filled in, line, and byte offset, whatever is known:
  /// `messages/inbox/a_1/message_1.json $.messages[12] byte 3411`. A row of a database has no byte of its own:
  /// `mmssms.db sms[12]`.
  public static func describe(_ locator: Locator, members: [String], patterns: [String]) -> String {
    var parts: [String] = []
    let member = Int(locator.member)
    if member < members.count, !members[member].isEmpty { parts.append(members[member]) }
    if locator.pattern > 0, Int(locator.pattern) < patterns.count {
      let pattern = patterns[Int(locator.pattern)]
      parts.append(fill(pattern, locator.index))
      // Paths in JSON begin with its root.
      if !pattern.hasPrefix("$") { return parts.joined(separator: " ") }
    }
    if locator.line > 0 { parts.append("line \(locator.line)") }
    parts.append("byte \(locator.offset)")
    return parts.joined(separator: " ")
  }

  private static func fill(_ pattern: String, _ index: (UInt32, UInt32)) -> String {
    var positions = [index.0, index.1][...]
    var result = ""
    var rest = pattern[...]
    while let hole = rest.range(of: "[*]") {
      result += rest[..<hole.lowerBound]
      if let position = positions.popFirst() { result += "[\(position)]" } else { result += "[*]" }
      rest = rest[hole.upperBound...]
    }
    return result + rest
  }
}

extension Substring {
  fileprivate func range(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
      start = index(after: start)
    }
    return nil
  }
}
