/// What WhatsApp itself writes into a chat, as data: the phrases by which such lines are told from messages.
///
/// A line without `Name: ` is always the platform's. The phrases are needed where that does not decide, for
/// the names of groups with a colon; `WhatsAppMarkedText` judges what stands under a name.
enum WhatsAppSystemText {
  /// Phrases followed by a quotation of the user's own words, which may hold `: `; the line ends in a quote.
  static let quoted = [
    // English
    " changed the subject from ", " changed the subject to ", " changed the group name from ",
    " changed the group name to ", " created group ", " created the group ", " created community ",
    " changed the community name ", " changed this group's name ",
    // German
    " hat den Betreff von ", " hat den Betreff zu ", " hat die Gruppe ",
    // Spanish
    " cambió el asunto de ", " cambió el asunto a ", " creó el grupo ", " cambió el nombre del grupo ",
    // French
    " a changé le sujet de ", " a changé le sujet pour ", " a créé le groupe ", " a changé le nom du groupe ",
    // Portuguese
    " mudou o assunto de ", " mudou o assunto para ", " criou o grupo ", " mudou o nome do grupo ",
    // Italian
    " ha cambiato l'oggetto da ", " ha cambiato l'oggetto in ", " ha creato il gruppo ",
    " ha cambiato il nome del gruppo ",
    // Dutch
    " heeft het onderwerp gewijzigd ", " heeft het onderwerp van ", " heeft de groep ",
    " heeft de groepsnaam ",
  ]

  /// Whether a line whose first `: ` stands after `head` is nevertheless a system line with a quotation.
  static func isQuotation(head: String, whole: String) -> Bool {
    guard let last = whole.last(where: { !$0.isWhitespace && $0 != "." }), "\"”“'’»".contains(last) else {
      return false
    }
    return holdsQuotingPhrase(head)
  }

  /// Whether one of the quoting phrases stands before an opening quote.
  static func holdsQuotingPhrase(_ head: String) -> Bool {
    quoted.contains { phrase in
      head.firstRange(ofBytes: phrase).map {
        "\"“”„«'‘".contains(head[$0.upperBound...].first ?? " ")
      } ?? false
    }
  }

  /// Whether a name is a telephone number as WhatsApp writes one: `+`, 7 to 15 digits, and what groups them.
  static func isPhone(_ text: String) -> Bool {
    guard text.first == "+" else { return false }
    var digits = 0
    for scalar in text.unicodeScalars.dropFirst() {
      switch scalar.value {
      case 0x30...0x39: digits += 1
      case 0x28, 0x29, 0x2D, 0x2E, 0x2F, 0x2010...0x2013: break
      case 0x0A...0x0D, 0x85, 0x2028, 0x2029: return false
      default: if !scalar.properties.isWhitespace { return false }
      }
    }
    return (7...15).contains(digits)
  }
}
