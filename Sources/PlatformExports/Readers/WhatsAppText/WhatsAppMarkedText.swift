/// Lines that WhatsApp itself writes under a name, behind a mark of direction, as iOS has them.
///
/// The name is the group's or that of the person whom the line is about. Anybody can type the mark, so that
/// such a line counts as the platform's only when all of it is: each sentence one of WhatsApp's, and each
/// name in it one that cannot hide words, as it is the line's own, a number, or that of somebody who wrote
/// before. Any other is kept as a message of the name that it stands under.
enum WhatsAppMarkedText {
  /// Verbs between two names, or behind one.
  static let actions = [
    " added ", " removed ", " left ", " joined ", " created ", " changed ", " hat ", " añadió ",
    " ha aggiunto ", " a ajouté ", " adicionou ", " heeft ",
  ]

  /// Sentences without a name.
  private static let sentences = Set(
    plain
      + ["24 hours", "7 days", "90 days"].flatMap { duration in
        ["", ", except when kept"].map {
          "New messages will disappear from this chat \(duration) after they're sent\($0)"
        }
      })

  private static let plain = [
    "Messages and calls are end-to-end encrypted",
    "No one outside of this chat, not even WhatsApp, can read or listen to them",
    "Only people in this chat can read, listen to, or share them",
    "Messages to this chat and calls are now secured with end-to-end encryption",
    "Messages you send to this chat and calls are now secured with end-to-end encryption",
    "Messages to this group are now secured with end-to-end encryption",
    "Messages you send to this group are now secured with end-to-end encryption",
    "Messages and calls in this group are now secured with end-to-end encryption",
    "Tap to learn more", "Tap for more info", "Tap to change", "Learn more",
    "Tap to message or add the new number", "Tap to add it to your contacts",
    "This chat is with a business account", "You're now an admin", "You're no longer an admin",
    "You’re now an admin", "You’re no longer an admin", "Disappearing messages were turned off",
    "New members need admin approval to join this group",
    "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt",
    "Niemand außerhalb dieses Chats kann sie lesen oder anhören, nicht einmal WhatsApp",
    "Tippe, um mehr zu erfahren", "Tippe hier, um mehr zu erfahren", "Mehr erfahren",
    "Los mensajes y las llamadas están cifrados de extremo a extremo",
    "Nadie fuera de este chat, ni siquiera WhatsApp, puede leerlos ni escucharlos",
    "Toca para obtener más información",
    "Les messages et les appels sont chiffrés de bout en bout",
    "Aucun tiers, pas même WhatsApp, ne peut les lire ou les écouter",
    "Appuyez pour en savoir plus",
    "As mensagens e as chamadas são protegidas com a criptografia de ponta a ponta",
    "As mensagens e ligações são protegidas com a criptografia de ponta a ponta",
    "Ninguém fora desta conversa, nem mesmo o WhatsApp, pode ler ou ouvi-las", "Toque para saber mais",
    "I messaggi e le chiamate sono crittografati end-to-end",
    "Nessuno al di fuori di questa chat, nemmeno WhatsApp, può leggerne o ascoltarne il contenuto",
    "Tocca per saperne di più",
    "Berichten en gesprekken worden end-to-end versleuteld",
    "Niemand buiten deze chat kan ze lezen of beluisteren, zelfs WhatsApp niet",
    "Tik voor meer informatie",
  ]

  /// A sentence of a name, what is said of it, another name and what follows that; the second name may be none.
  private typealias Template = (verb: String, after: String, hasObject: Bool)

  private static let templates = ofGroups + ofAnyChat

  /// Sentences that WhatsApp writes in groups and nowhere else.
  private static let ofGroups: [Template] = [
    (" added ", "", true), (" removed ", "", true), (" was added", "", false), (" were added", "", false),
    (" was removed", "", false), (" were removed", "", false), (" left", "", false),
    (" created this group", "", false), (" created this community", "", false),
    (" joined using this group's invite link", "", false), (" joined using your invite link", "", false),
    (" joined using a group link", "", false), (" joined from the community", "", false),
    (" joined this group", "", false), (" joined the group", "", false), (" requested to join", "", false),
    (" changed this group's icon", "", false), (" deleted this group's icon", "", false),
    (" changed the group description", "", false), (" deleted the group description", "", false),
    (" changed this group's settings", "", false), (" is now an admin", "", false),
    (" is no longer an admin", "", false),
    (" turned on admin approval to join this group", "", false),
    (" turned off admin approval to join this group", "", false),
    (" reset this group's invite link", "", false),
    // German, Spanish, French, Portuguese, Italian, Dutch
    (" hat die Gruppe verlassen", "", false), (" hat ", " hinzugefügt", true),
    (" wurde hinzugefügt", "", false), (" hat diese Gruppe erstellt", "", false),
    (" salió del grupo", "", false), (" te añadió", "", false), (" añadió a ", "", true),
    (" creó este grupo", "", false), (" a quitté", "", false), (" a quitté le groupe", "", false),
    (" a ajouté ", "", true), (" vous a ajouté", "", false), (" a créé ce groupe", "", false),
    (" saiu", "", false), (" adicionou ", "", true), (" criou este grupo", "", false),
    (" ha abbandonato", "", false), (" ha abbandonato il gruppo", "", false), (" ti ha aggiunto", "", false),
    (" ha aggiunto ", "", true), (" heeft de groep verlaten", "", false), (" heeft ", " toegevoegd", true),
  ]

  private static let ofAnyChat: [Template] = [
    (" turned on disappearing messages", "", false),
    (" turned off disappearing messages", "", false), (" updated the message timer", "", false),
    (" turned on advanced chat privacy", "", false), (" turned off advanced chat privacy", "", false),
    (" pinned a message", "", false), (" unpinned a message", "", false),
    (" blocked this contact", "", false), (" unblocked this contact", "", false),
    (" is a contact", "", false), (" started a call", "", false),
    (" changed their phone number to a new number", "", false),
    (" changed their phone number", "", false), ("'s security code changed", "", false),
    ("’s security code changed", "", false),
  ]

  /// Words that stand for the phone's owner.
  private static let owner: Set<String> = [
    "You", "you", "Du", "dich", "Tú", "te", "Vous", "vous", "Você", "você", "Tu", "ti", "Je", "je", "jou",
  ]

  /// Whether a line of the platform's shows that its chat is a group.
  ///
  /// - Parameter text: the line without marks of direction.
  static func isOfGroup(_ text: String) -> Bool {
    if WhatsAppSystemText.holdsQuotingPhrase(text) { return true }
    if text.utf8.count > longest { return false }
    return parts(text).contains { sentence in
      if sentence.contains("this group") { return true }
      return ofGroups.contains { verb, after, hasObject in
        guard hasObject else { return sentence.utf8.count > verb.utf8.count && sentence.hasSuffix(verb) }
        guard sentence.hasSuffix(after), let range = sentence.firstRange(ofBytes: verb) else { return false }
        return range.lowerBound > sentence.startIndex
          && sentence[range.upperBound...].utf8.count > after.utf8.count
      }
    }
  }

  /// Bytes of the longest line that is looked at.
  private static let longest = 1_000

  private static func parts(_ text: String) -> [Substring] {
    (text.hasSuffix(".") ? text.dropLast() : text[...]).split(
      separator: ". ", omittingEmptySubsequences: false)
  }

  /// Whether a text without marks of direction is the platform's as a whole.
  ///
  /// - Parameters:
  ///   - sender: the name that the line stands under.
  ///   - isKnown: whether somebody of a name has written in the chat before.
  static func isSystem(_ text: String, sender: String, isKnown: (String) -> Bool) -> Bool {
    func isName(_ name: String) -> Bool {
      name == sender || owner.contains(name) || WhatsAppSystemText.isPhone(name) || isKnown(name)
    }
    func areNames(_ names: String) -> Bool {
      isName(names)
        || names.split(separator: ", ", omittingEmptySubsequences: false).allSatisfy { part in
          isName(String(part)) || part.split(separator: " and ").allSatisfy { isName(String($0)) }
        }
    }
    func isSentence(_ sentence: String) -> Bool {
      if sentences.contains(sentence) { return true }
      if sentence.hasPrefix("Your security code with "), sentence.hasSuffix(" changed") {
        return isName(String(sentence.dropFirst(24).dropLast(8)))
      }
      return templates.contains { verb, after, hasObject in
        guard hasObject ? sentence.hasSuffix(after) : sentence.hasSuffix(verb) else { return false }
        if !hasObject { return isName(String(sentence.dropLast(verb.count))) }
        guard let range = sentence.firstRange(ofBytes: verb) else { return false }
        let object = sentence[range.upperBound...].dropLast(after.count)
        return isName(String(sentence[..<range.lowerBound])) && areNames(String(object))
      }
    }
    if text.isEmpty || text == "." || text.utf8.count > longest { return false }
    return parts(text).allSatisfy { isSentence(String($0)) }
  }
}
