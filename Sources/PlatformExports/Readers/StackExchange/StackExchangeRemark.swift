/// What an editor typed to explain a change of a post.
enum StackExchangeRemark {
  /// The remark; empty where the site made it of the change itself (`added 12 characters in body; edited tags`).
  static func own(_ remark: Bytes) -> Bytes {
    let remark = remark.trimmed
    let parts = remark.split(separator: UInt8(ascii: ";"))
    let isOfSite = parts.allSatisfy { isMade(Bytes(rebasing: $0).trimmed) }
    return isOfSite ? Bytes(start: nil, count: 0) : remark
  }

  private static let whole: [StaticString] = [
    "edited body", "edited title", "edited tags", "edited body and title",
    "[Edit removed during grace period]",
  ]

  private static func isMade(_ part: Bytes) -> Bool {
    if whole.contains(where: { part == $0 }) { return true }
    // `Rollback to Revision 2`, and `rolled back to revision 2` of older dumps.
    if part.starts(with: "Rollback to ".utf8) || part.starts(with: "rolled back to ".utf8) { return true }
    // Beside a change that others approved, by their numbers: `Proposed by 13 approved by 12, 14 edit id of 77`.
    if part.starts(with: "Proposed by ".utf8),
      String(decoding: part, as: UTF8.self).holdsBytes(" edit id of ")
    {
      return true
    }
    let words = part.split(separator: UInt8(ascii: " "))
    guard words.count == 5, let last = words.last, [words[0], words[3]].allSatisfy({ !$0.isEmpty }) else {
      return false
    }
    let isCount = words[1].allSatisfy { $0.isDigit || $0 == UInt8(ascii: ",") }
    let verb = ["added", "deleted", "edited"].contains { words[0].elementsEqual($0.utf8) }
    return isCount && verb && words[2].starts(with: "character".utf8) && words[3].elementsEqual("in".utf8)
      && ["body", "title", "tags"].contains { last.elementsEqual($0.utf8) }
  }
}
