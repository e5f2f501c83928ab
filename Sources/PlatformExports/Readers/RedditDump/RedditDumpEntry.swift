internal import AccountModel
internal import Columns

/// The fields of a comment or submission, found in one walk over the object.
struct RedditDumpEntry {
  /// What an entry is.
  enum Sort { case comment, submission }

  private(set) var id: JSONValue?
  private(set) var author: JSONValue?
  private(set) var authorID: JSONValue?
  private(set) var created: JSONValue?
  private(set) var subreddit: JSONValue?
  private(set) var thread: JSONValue?
  private(set) var body: JSONValue?
  private(set) var title: JSONValue?
  private(set) var selftext: JSONValue?
  private(set) var url: JSONValue?
  private var edited: JSONValue?
  private var later: JSONValue?
  private var isSelf = false

  /// Walks over an object; of a field that stands twice the first counts.
  init(_ object: JSONValue) {
    object.forEachFieldBytes { key, value in
      if !value.isNull { take(key, value) }
    }
    if isSelf { url = nil }
  }

  private mutating func take(_ key: Bytes, _ value: JSONValue) {
    func first(_ known: inout JSONValue?) { if known == nil { known = value } }
    let isString = value.kind == .string
    switch key.count {
    case 2: if key == "id", isString { first(&id) }
    case 3: if key == "url", isString { first(&url) }
    case 4: if key == "body", isString { first(&body) }
    case 5:
      if key == "title", isString { first(&title) }
      if key == "_meta" { first(&later) }
    case 6:
      if key == "author", isString { first(&author) }
      if key == "edited" { first(&edited) }
    case 7:
      if key == "link_id", isString { first(&thread) }
      if key == "is_self" { isSelf = isSelf || value.bool == true }
    case 8: if key == "selftext", isString { first(&selftext) }
    case 9:
      if key == "subreddit", isString { first(&subreddit) }
      // Some older dumps of submissions call it so.
      if key == "author_id", RedditDumpPeople.isID(value.stringBytes) { first(&authorID) }
    case 11: if key == "created_utc" { first(&created) }
    case 15: if key == "author_fullname", RedditDumpPeople.isID(value.stringBytes) { authorID = value }
    default: break
    }
  }

  /// Nil for neither.
  var sort: Sort? {
    if body != nil, thread != nil { return .comment }
    return title != nil ? .submission : nil
  }

  /// When it was written: a number of seconds, in old dumps as text, and with a fraction that says nothing.
  var time: ObservedTime? {
    guard let created else { return nil }
    if let seconds = created.int64 { return TimeText.epoch(seconds: seconds) }
    guard let number = created.double ?? created.string.flatMap({ Double($0) }) else { return nil }
    return Int64(exactly: number.rounded(.down)).flatMap { TimeText.epoch(seconds: $0) }
  }

  /// The time as written.
  var writtenTime: String { created?.scalarText ?? created?.double.map { "\($0)" } ?? "" }

  /// Whether its author changed it: false, or true (in dumps of before 2012), or when.
  var isEdited: Bool {
    edited?.bool == true || edited?.double.map { $0 > 0 } == true || later?["is_edited"]?.bool == true
  }

  /// Whether it was gone when it was looked at again.
  var isGoneLater: Bool { later?["was_deleted_later"]?.bool == true }
}

/// The words of an entry.
enum RedditDumpText {
  private static let marks: [StaticString] = ["[deleted]", "[removed]", "[deleted by user]"]

  /// Whether words say only that there were some: `[removed]`, `[ Removed by Reddit ]`.
  static func isRemoved(_ words: Bytes) -> Bool {
    let words = words.trimmed
    guard words.first == UInt8(ascii: "["), words.count < 100 else { return false }
    return marks.contains { words == $0 }
      || words.starts(with: "[ Removed by ".utf8) && words.last == UInt8(ascii: "]")
  }

  /// Appends words with the entities undone that Reddit's interface writes for `<`, `>` and `&`.
  static func decode(_ words: Bytes, into result: inout [UInt8]) {
    if words.contains(UInt8(ascii: "&")) {
      HTMLEntities.decode(words, into: &result)
    } else {
      result.append(contentsOf: words)
    }
  }

  /// Whether the address of a submission leads somewhere else than to Reddit.
  static func isShared(_ link: Bytes) -> Bool {
    guard link.count < 4096, link.starts(with: "http".utf8) else { return false }
    let parts = link.split(separator: UInt8(ascii: "/"), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count > 2, parts[1].isEmpty else { return false }
    let host = String(decoding: parts[2], as: UTF8.self).lowercased()
    return !["reddit.com", "redd.it", "redditmedia.com"].contains { host == $0 || host.hasSuffix("." + $0) }
  }
}

/// Which entries of the second at hand were read.
///
/// Whoever asks an interface for what comes after the last entry gets once more what was written in its second.
struct RepeatedEntries {
  private var second = Int64.min
  private var seen: Set<UInt64> = []

  /// Whether an entry of that id was read already.
  mutating func isRepeated(_ id: Bytes, _ sort: RedditDumpEntry.Sort, at time: ObservedTime) -> Bool {
    guard !id.isEmpty else { return false }
    if time.microseconds != second {
      second = time.microseconds
      seen.removeAll(keepingCapacity: true)
    }
    return !seen.insert(stableHash(id, seed: sort == .comment ? 1 : 3)).inserted
  }
}
