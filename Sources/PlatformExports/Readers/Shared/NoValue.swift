/// Words and marks that stand where a program or a person had no value: `NULL`, `N/A`, `-`, `[deleted]`.
///
/// Taken for a name, such a word makes one account of everybody who had none. A platform may have an account of that
/// name all the same (`none`); where a cell says it, that nothing was known is far likelier. Written with an @ it is
/// the name.
enum NoValue {
  static let reason = SetAsideReason(
    "no-value", "stands for no value (NULL, N/A, unknown, deleted user) and names nobody", isFault: false)

  /// Whether a text is such a word or mark, with white space around it or none.
  static func isNamed(by text: String) -> Bool {
    var text = text
    return text.withUTF8 { isNamed(by: $0) }
  }

  /// The same of bytes. Nearly all values are told from the words by their length and first letter.
  static func isNamed(by bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = bytes.trimmed
    guard let first = bytes.first, bytes.count < firsts.count else { return false }
    if first < 0x80, !firsts[bytes.count].contains(lowered(first)) { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    return exact.contains(text) || words.contains(text.lowercased())
      || text.unicodeScalars.allSatisfy { marks.contains($0) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  /// Dashes, and what people fill a form with.
  private static let marks = Set(
    "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}?.\u{2026}/*".unicodeScalars)

  /// Of R, Python, JavaScript, Go and Ruby; in other letters people are called so (Na, Nan, Nil).
  private static let exact: Set<String> = ["NA", "nan", "NaN", "nil"]

  /// In small letters, parted by commas.
  private static let words: Set<String> = {
    // What programs and databases write.
    let programs = "null,(null),<null>,[null],\\n,<nil>,none,(none),<none>,<na>,undefined"
    // What people write.
    let people =
      "n/a,n.a.,n.a,n/k,not available,not applicable,not known,not provided,no data,k.a.,k. a.,keine angabe,s/n,s/d,n/d,n.d.,n/c,n.c.,non disponible"
    // That somebody is not known, with the noun that exports put beside it.
    let unknown =
      "unknown,(unknown),<unknown>,[unknown],unknown user,unknown number,unknown caller,unbekannt,nicht bekannt,unbekannter nutzer,unbekannter benutzer,desconocido,desconocida,usuario desconocido,inconnu,inconnue,utilisateur inconnu,sconosciuto,utente sconosciuto,desconhecido,onbekend,okänd,ukjent,ukendt,tuntematon,nieznany,neznámý,неизвестно,неизвестный,невідомо,bilinmiyor,不明,未知,알 수 없음,غير معروف"
    // What Reddit, Telegram, Discord, Facebook and Instagram show for all who deleted or lost their accounts.
    let deleted =
      "[deleted],[removed],(deleted),<deleted>,deleted,deleted user,deleted account,gelöscht,gelöschter nutzer,gelöschter benutzer,gelöschtes konto,usuario eliminado,cuenta eliminada,utilisateur supprimé,compte supprimé,utente eliminato,account eliminato,usuário excluído,conta excluída,conta apagada,verwijderde gebruiker,verwijderd account,удалённый аккаунт,удаленный аккаунт,usunięte konto,facebook user,facebook-nutzer,usuario de facebook,utilisateur de facebook,utilisateur facebook,utente di facebook,usuário do facebook,facebook-gebruiker,instagram user,instagram-nutzer,usuario de instagram"
    // That a number or a name was held back: lists of calls, copies for a court.
    let withheld =
      "withheld,private number,no caller id,unavailable,anonymous,anonym,anónimo,anonyme,anonimo,redacted,[redacted],<redacted>"
    return Set(
      [programs, people, unknown, deleted, withheld].flatMap { $0.split(separator: ",").map(String.init) })
  }()

  /// The first bytes of words and marks, where they are ASCII, by length in bytes.
  private static let firsts: [Set<UInt8>] = {
    var firsts = [Set<UInt8>](repeating: [], count: 48)
    for word in words.union(exact.map { $0.lowercased() }) {
      guard let first = word.utf8.first, word.utf8.count < firsts.count else { continue }
      firsts[word.utf8.count].insert(first)
    }
    for mark in marks where mark.isASCII {
      for length in firsts.indices { firsts[length].insert(UInt8(truncatingIfNeeded: mark.value)) }
    }
    return firsts
  }()
}
