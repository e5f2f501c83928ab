/// Tells a column that says of each row which way it went: to the account or from it.
enum RowDirection {
  private static let into: Set<String> = [
    "in", "incoming", "inbound", "received", "inbox", "mt", "mtc", "terminating", "missed", "eingang",
  ]
  private static let out: Set<String> = [
    "out", "outgoing", "outbound", "sent", "outbox", "mo", "moc", "originating", "ausgang",
  ]
  /// Beginnings of words in languages that inflect them.
  private static let beginnings = (
    into: [
      "eingehend", "empfangen", "entrant", "reçu", "recib", "recebid", "ricevut", "entrat", "inkomend",
      "ontvangen", "przychodz", "odebran",
    ],
    out: [
      "ausgehend", "gesendet", "sortant", "envoyé", "salient", "enviad", "inviat", "uscit", "uitgaand",
      "verzonden", "wychodz", "wysłan",
    ]
  )
  /// Words of its name in other languages.
  private static let names: Set<String> = [
    "richtung", "sens", "sentido", "direzione", "richting", "kierunek", "riktning", "retning",
  ]
  /// Values that such a column has at most.
  private static let distinctLimit = 12

  /// Whether a column is one, by its values; by its name where they are codes. Android counts 1 for what came in.
  static func isSaid(by values: [String], in name: String, _ words: ColumnWords) -> Bool {
    let distinct = Set(values.map { $0.lowercased() })
    guard (1...distinctLimit).contains(distinct.count) else { return false }
    let pieces = name.lowercased().split { !$0.isLetter }.map { String($0) }
    // is_from_me
    let isNamed = pieces.contains(where: names.contains) || Set(pieces).isSuperset(of: ["from", "me"])
    if words.has(.direction) || isNamed { return true }
    if name.trimmingSpaces.lowercased() == "type", distinct.isSuperset(of: ["1", "2"]) { return true }
    func holds(_ words: Set<String>, _ beginnings: [String]) -> Bool {
      distinct.contains { value in
        value.split { !$0.isLetter }.contains { word in
          words.contains(String(word)) || beginnings.contains { word.hasPrefix($0) }
        }
      }
    }
    // What was sent alone is not theirs to whom it went either.
    if holds(["outgoing", "outbound", "outbox"], []) { return true }
    return holds(into, beginnings.into) && holds(out, beginnings.out)
  }
}
