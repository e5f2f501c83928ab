/// What platforms write of a login that came to nothing: its address and its device are of whoever tried, and may be
/// anybody's.
enum FailedLogin {
  /// Parts of words, some in the language of the account.
  private static let words = [
    "fail", "unsuccess", "not success", "denied", "reject", "block", "attempt", "suspicious", "challenge",
    "wrong", "incorrect", "invalid",
    // German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Danish and Norwegian, Turkish, Russian
    "fehlgeschlagen", "échou", "échec", "fallid", "falhou", "falhad", "non riuscit", "mislukt", "nieudan",
    "misslyck", "mislykke", "başarısız", "неудач",
  ]

  /// Whether what is said of a login says so.
  static func isSaid(in text: String) -> Bool {
    let text = text.lowercased()
    return words.contains { text.holdsBytes($0) }
  }
}
