/// What WhatsApp itself writes into the text of a message, so that it is not taken for the habit of its sender.
///
/// The record keeps the whole text; only the comparison of how people write leaves this out.
enum WhatsAppWords {
  /// Lines that stand for media or a deleted message, in the languages in which they are met.
  private static let placeholders: Set<String> = [
    "<Media omitted>", "<Medien ausgeschlossen>", "<Multimedia omitido>", "<Archivo omitido>",
    "<Médias omis>",
    "<Mídia oculta>", "<Arquivo de mídia oculto>", "<Ficheiro não revelado>", "<Media omessi>",
    "<Media weggelaten>",
    "<Pominięto multimedia>", "<Medya dahil edilmedi>", "<Media tidak disertakan>", "<Без медиафайлов>",
    "<تم استبعاد الوسائط>", "<View once voice message omitted>", "null", "POLL:",
    "Missed voice call", "Missed video call", "Missed group voice call", "Missed group video call",
    "Waiting for this message", "Waiting for this message. This may take a while",
    "This message was deleted", "You deleted this message", "Diese Nachricht wurde gelöscht",
    "Du hast diese Nachricht gelöscht", "Se eliminó este mensaje", "Eliminaste este mensaje",
    "Ce message a été supprimé", "Vous avez supprimé ce message", "Mensagem apagada",
    "Você apagou esta mensagem",
    "Questo messaggio è stato eliminato", "Hai eliminato questo messaggio", "Dit bericht is verwijderd",
    "Je hebt dit bericht verwijderd",
  ]
  /// Ends of lines that name a file.
  private static let attachments = [
    " (file attached)", " (Datei angehängt)", " (archivo adjunto)", " (fichier joint)", " (arquivo anexado)",
    " (file allegato)", " (bestand bijgevoegd)",
  ]
  /// Ends of a message that was edited.
  private static let edited = [
    "<This message was edited>", "<Diese Nachricht wurde bearbeitet.>", "<Se editó este mensaje.>",
    "<Ce message a été modifié>", "<Mensagem editada>", "<Questo messaggio è stato modificato>",
    "<Dit bericht is bewerkt>",
  ]

  /// The text without such lines and ends; empty when nothing else stood there.
  static func own(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if let last = lines.last, let end = edited.first(where: { last.hasSuffix($0) }) {
      // iOS marks the end as its own, and the mark would be left.
      let kept = last.dropLast(end.count)
      lines[lines.count - 1] = kept.last == "\u{200E}" ? kept.dropLast() : kept
    }
    let kept = lines.compactMap(unmarked).filter { line in
      let plain = line.hasSuffix(".") ? line.dropLast() : line
      return !placeholders.contains(String(plain)) && !line.hasPrefix("OPTION: ") && !isPasted(line)
        && !attachments.contains { line.hasSuffix($0) }
    }
    let words = kept.joined(separator: "\n")
    return words.allSatisfy { $0.isWhitespace || $0 == "\u{200E}" } ? "" : words
  }

  /// A line without what WhatsApp marks with U+200E as its own, where a phone writes from left to right; nil when that
  /// is all of it.
  ///
  /// iOS writes `look <U+200E><attached: 2.jpg>`, and for a document its name and size before the mark:
  /// `report.pdf \u{2022} <U+200E>3 pages <U+200E><attached: 1-report.pdf>`.
  private static func unmarked(_ line: Substring) -> Substring? {
    let scalars = line.unicodeScalars
    guard let first = scalars.firstIndex(of: "\u{200E}"), let last = scalars.lastIndex(of: "\u{200E}") else {
      return line
    }
    if first == scalars.startIndex || line[..<first].hasSuffix(" \u{2022} ") { return nil }
    let isInBrackets = scalars[scalars.index(after: last)...].first == "<" && scalars.last == ">"
    return isInBrackets ? line[..<last] : line
  }

  /// Whether a line is a message of a chat that was copied and pasted, as WhatsApp copies several: `[15/01, 3:20 pm] Bob:
  /// text`, with a year and seconds on some phones. Bob wrote it, not who pasted it.
  private static func isPasted(_ line: Substring) -> Bool {
    let scalars = line.unicodeScalars
    guard scalars.first == "[", let end = scalars.prefix(40).firstIndex(of: "]") else { return false }
    let time = scalars[scalars.startIndex..<end]
    guard time.dropFirst().first?.properties.numericType == .decimal,
      time.contains(":") || time.contains("."),
      time.contains(where: { "/.-".unicodeScalars.contains($0) }),
      time.lazy.filter({ $0.properties.numericType == .decimal }).count >= 5
    else { return false }
    let rest = scalars[end...].dropFirst()
    guard rest.first == " ", let colon = rest.firstIndex(of: ":") else { return false }
    return rest[colon...].dropFirst().first == " " && rest[..<colon].dropFirst().first != nil
  }
}
