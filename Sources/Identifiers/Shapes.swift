/// Whether a text is written like a telephone number: seven digits or more, with at most a plus before and
/// signs of punctuation between. Says nothing of whether there is such a number.
public func looksLikePhone(_ text: String) -> Bool {
  guard text.utf8.count <= 64 else { return false }
  let cleaned = text.cleaned.text
  var digits = 0
  var position = 0
  for scalar in cleaned.unicodeScalars {
    switch scalar {
    case "0"..."9": digits += 1
    case "+" where position == 0, "(", ")", " ", "-", ".", "/", "\u{A0}", "\u{202F}", "\u{2009}",
      "\u{2010}"..."\u{2015}":
      break
    default: return false
    }
    position += 1
  }
  // A date or an address of the internet is written with the same signs.
  if digits == 8, isDateLike(cleaned) || looksLikeIP(cleaned) { return false }
  return (7...15).contains(digits)
    && !(cleaned.utf8.filter { $0 == ascii(".") }.count == 3 && looksLikeIP(cleaned))
}

/// Whether a text is one e-mail address and nothing else.
public func looksLikeEmail(_ text: String) -> Bool {
  guard text.utf8.count <= 320, let at = text.utf8.lastIndex(of: ascii("@")) else { return false }
  let cleaned = text.cleaned.text
  guard at != text.startIndex, cleaned.utf8.filter({ $0 == ascii("@") }).count == 1 else { return false }
  if WhatsAppJID(cleaned) != nil { return false }
  let result = EmailAddress.normalise(cleaned)
  guard let domain = EmailAddress.parts(of: result.canonical)?.domain else { return false }
  return domain.utf8.contains(ascii("."))
}

/// Whether a text is one IP address, with or without a port.
public func looksLikeIP(_ text: String) -> Bool {
  guard text.utf8.count <= 96 else { return false }
  let result = InternetAddress.normalise(text)
  return !result.canonical.isEmpty || result.flags.contains("unspecified")
    || result.flags.contains("broadcast")
}

private func isDateLike(_ text: String) -> Bool {
  let parts = text.split(whereSeparator: { "/-.".contains($0) })
  return parts.count == 3 && parts.contains { $0.count == 4 } && parts.filter { $0.count <= 2 }.count == 2
}
