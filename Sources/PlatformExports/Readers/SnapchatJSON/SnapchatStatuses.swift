internal import AccountModel

/// How logins ended. An address becomes the owner's only where nothing says otherwise or a word says that the login
/// succeeded; words that say neither are counted, as addresses of the owner's may stand beside them.
struct SnapchatStatuses {
  private var open: [String: Int] = [:]

  private static let successes: Set<String> = ["", "true", "yes", "1", "ok", "completed"]
  private static let failures: Set<String> = ["false", "no", "0"]
  private static let denials = ["unsucc", "not ", "no ", "fail"]
  private static let partsOfFailures = [
    "incorrect", "wrong", "error", "denied", "reject", "invalid", "expired", "block", "cancel",
  ]
  /// Words kept for the note.
  private static let limit = 20

  /// Whether a login was one.
  mutating func isSuccess(_ status: String) -> Bool {
    let words = SnapchatReturnReader.plain(status)
    if Self.successes.contains(words) { return true }
    let isDenied = Self.failures.contains(words) || Self.denials.contains { words.contains($0) }
    if isDenied || Self.partsOfFailures.contains(where: { words.contains($0) }) { return false }
    if words.contains("success") || words.contains("succeeded") { return true }
    let word = open.count < Self.limit ? String(status.prefix(60)) : "others"
    open[word, default: 0] += 1
    return false
  }

  /// Notes the words that were not understood.
  func report(to writer: RecordWriter) {
    guard !open.isEmpty else { return }
    let list = open.sorted { $0.key < $1.key }.map { "\($0.key.debugDescription) (\($0.value))" }
    writer.note(
      "logins of which a word that is not known says how they ended, so that their addresses are kept in words only: "
        + list.joined(separator: ", "))
  }
}
