/// What WhatsApp itself writes into a chat, as data: the phrases by which such lines are told from messages.
///
/// A line without `Name: ` is always the platform's. The phrases are needed where that does not decide: group
/// names with a colon (`quoted`), and iOS, which writes system lines after the group's name and a U+200E.
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

  /// Phrases of lines that iOS writes after a name and U+200E; each anywhere in the text.
  static let marked = [
    "end-to-end encrypted", "secured with end-to-end encryption", "security code", " created this group",
    " created group", " created the group", " created this community", " added ", " was added", " were added",
    " joined using this group's invite link", " joined using a group link", " joined from the community",
    " joined this group", " joined the group", " left", " removed ", " was removed", " were removed",
    " changed this group's ", " changed the group ", " changed the subject", " changed the settings",
    " changed their phone number", " changed your phone number", " changed to ", " deleted this group's ",
    "You're now an admin", "You're no longer an admin", " is now an admin", " now a community admin",
    " turned on ", " turned off ", " updated the message timer", "disappearing messages", " pinned a message",
    " unpinned a message", " blocked this ", " unblocked this ", "You blocked ", "You unblocked ",
    "This chat is with a business account", "This business ", " is a contact", " started a call",
    " requested to join", " reset this group's invite link", "This group has over ",
    "New members need admin approval", "advanced chat privacy",
    // The notice of encryption and the commonest others in further languages.
    "Ende-zu-Ende", "cifrado de extremo a extremo", "cifrados de extremo a extremo",
    "chiffrés de bout en bout",
    "criptografia de ponta a ponta", "crittografia end-to-end", "crittografati end-to-end",
    "end-to-end versleuteld", " hat dich hinzugefügt", " hinzugefügt", " hat die Gruppe verlassen",
    " te añadió", " salió del grupo", " a quitté", " a ajouté", " saiu", " adicionou", " ha aggiunto",
    " ha abbandonato", " heeft de groep verlaten", " heeft toegevoegd",
  ]

  /// Verbs between an old and a new number, and what may follow the new one.
  static let numberChanges = [
    (verb: " changed their phone number to ", after: ""), (verb: " changed to ", after: ""),
    (verb: " hat zu ", after: " gewechselt"), (verb: " cambió a ", after: ""),
    (verb: " a changé pour ", after: ""), (verb: " mudou para ", after: ""),
  ]

  /// Sentences that say a number changed without saying to which.
  static let numberChangesUntold = [
    " changed their phone number to a new number", " changed their phone number.",
    " changed their phone number",
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

  /// Whether a text that begins with U+200E is the platform's.
  static func isMarkedSystemText(_ text: String) -> Bool {
    if text.holdsBytes("<attached: ") || text.hasSuffix(" omitted") { return false }
    return marked.contains { text.holdsBytes($0) }
  }

  /// What a system text says about a change of number.
  enum NumberChange: Equatable {
    /// Both sides are named; `saved` is the name under which the phone knows them, when the line gives it.
    case link(old: String, new: String, saved: String?)
    /// The new number is not named.
    case untold
  }

  /// Reads a change of number out of a system text, if it is one.
  static func numberChange(_ text: String) -> NumberChange? {
    if let change = fromTo(text) { return change }
    for (verb, after) in numberChanges {
      guard let range = text.firstRange(ofBytes: verb) else { continue }
      var new = String(text[range.upperBound...])
      if !after.isEmpty {
        guard let end = new.firstRange(ofBytes: after) else { continue }
        new = String(new[..<end.lowerBound])
      }
      new = trimmed(firstSentence(new))
      let old = trimmed(String(text[..<range.lowerBound]))
      if isPhone(new), !old.isEmpty, after.isEmpty || isPhone(old), old != new {
        return .link(old: old, new: new, saved: nil)
      }
    }
    return numberChangesUntold.contains { text.holdsBytes($0) } ? .untold : nil
  }

  /// `<name> changed their phone number from A to B`, `<name>'s phone number changed from A to B`.
  private static func fromTo(_ text: String) -> NumberChange? {
    guard let verb = text.firstRange(ofBytes: "phone number"),
      let from = text[verb.upperBound...].firstRange(ofBytes: " from "),
      let to = text[from.upperBound...].firstRange(ofBytes: " to ")
    else { return nil }
    let old = trimmed(String(text[from.upperBound..<to.lowerBound]))
    let new = trimmed(firstSentence(String(text[to.upperBound...])))
    guard isPhone(old), isPhone(new), old != new else { return nil }
    var name = text[..<verb.lowerBound]
    for ending in [" changed their ", " changed your ", "'s ", "’s "] where name.hasSuffix(ending) {
      name = name.dropLast(ending.count)
    }
    let saved = trimmed(String(name))
    return .link(old: old, new: new, saved: saved.isEmpty || saved == "You" || isPhone(saved) ? nil : saved)
  }

  /// The text up to a full stop that a space follows: WhatsApp goes on with what to tap.
  private static func firstSentence(_ text: String) -> String {
    guard let stop = text.ranges(of: ". ").first else { return text }
    return String(text[..<stop.lowerBound])
  }

  /// A side of a change without marks, spaces and a full stop.
  private static func trimmed(_ text: String) -> String {
    var text = DirectionMarks.stripped(text)
    if text.hasSuffix(".") { text.removeLast() }
    return DirectionMarks.stripped(text)
  }

  /// Whether a name is a telephone number as WhatsApp writes one: `+`, 7 to 15 digits, and what groups them.
  static func isPhone(_ text: String) -> Bool {
    guard text.first == "+" else { return false }
    var digits = 0
    for scalar in text.unicodeScalars.dropFirst() {
      switch scalar.value {
      case 0x30...0x39: digits += 1
      case 0x20, 0x28, 0x29, 0x2D, 0x2E, 0x2F, 0xA0, 0x2010...0x2013, 0x202F: break
      default: return false
      }
    }
    return (7...15).contains(digits)
  }
}
