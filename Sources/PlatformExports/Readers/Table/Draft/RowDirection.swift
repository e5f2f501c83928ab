/// Tells a column that says of each row which way it went: to the account or from it.
enum RowDirection {
  private static let into: Set<String> = [
    "in", "incoming", "inbound", "received", "inbox", "mt", "mtc", "terminating", "missed", "eingehend",
    "empfangen", "entrant", "entrante", "reçu", "recibido",
  ]
  private static let out: Set<String> = [
    "out", "outgoing", "outbound", "sent", "outbox", "mo", "moc", "originating", "ausgehend", "gesendet",
    "sortant", "saliente", "envoyé", "enviado",
  ]
  /// Values that such a column has at most.
  private static let distinctLimit = 12

  /// Whether a column is one, by its values; by its name where they are codes. Android counts 1 for what came in.
  static func isSaid(by values: [String], in name: String, _ words: ColumnWords) -> Bool {
    let distinct = Set(values.map { $0.lowercased() })
    guard (1...distinctLimit).contains(distinct.count) else { return false }
    if words.has(.direction) { return true }
    if name.trimmingSpaces.lowercased() == "type", distinct.isSuperset(of: ["1", "2"]) { return true }
    func holds(_ words: Set<String>) -> Bool {
      distinct.contains { value in
        value.split { !$0.isLetter }.contains { words.contains(String($0)) }
      }
    }
    return holds(into) && holds(out)
  }
}
