/// How the entries of a dump of Reddit stand in a file.
enum RedditDumpLayout {
  /// One a line.
  case lines
  /// In the list `data` of an object, as interfaces answer.
  case answer
  /// In a list.
  case list

  /// Tells it by the first bytes.
  init(_ bytes: Bytes) {
    var scan = bytes.trimmed[...]
    func skipSpace() { scan = scan.drop { $0.isSpace } }
    func take(_ text: String) -> Bool {
      guard scan.starts(with: text.utf8) else { return false }
      scan = scan.dropFirst(text.utf8.count)
      skipSpace()
      return true
    }
    if take("[") {
      self = .list
    } else if take("{"), take("\"data\""), take(":"), take("[") {
      self = .answer
    } else {
      self = .lines
    }
  }

  /// Judges by the fields of the first entries.
  static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{") || head.firstByte == UInt8(ascii: "["),
      head.contains("\"created_utc\""), head.contains("\"subreddit\"")
    else { return .no }
    switch Self(head.bytes) {
    case .lines: return head.judgeLines({ object, _ in judge(object) }, cut: { _ in judgeCut(head) })
    case .answer: return first("$.data[*]", of: head)
    case .list: return first("$[*]", of: head)
    }
  }

  /// Of a list the first entry alone: what comes behind it may be cut.
  private static func first(_ pattern: String, of head: MemberHead) -> Recognition {
    struct Found: Error {}
    guard let parser = try? JSONParser() else { return .no }
    var result = Recognition.no
    let input = MemberInput(path: head.path, bytes: Array(head.bytes))
    do {
      _ = try JSONSplitter([pattern], limits: ImportLimits()).forEachValue(in: input) { match in
        result = (try? parser.parse(match.bytes)).map { judge($0) } ?? .no
        throw Found()
      }
    } catch {}
    return result
  }

  /// Whether an object is an entry.
  private static func judge(_ object: JSONValue) -> Recognition {
    let entry = RedditDumpEntry(object)
    guard entry.sort != nil, entry.id != nil, entry.author != nil, entry.subreddit != nil,
      entry.time != nil
    else { return .no }
    // Ids that no other platform gives.
    let isOfReddit =
      entry.authorID != nil || entry.thread?.stringBytes.starts(with: "t3_".utf8) == true
      || object["subreddit_id"]?.stringBytes.starts(with: "t5_".utf8) == true
      || object["permalink"]?.string?.hasPrefix("/r/") == true
    return isOfReddit ? .certain : .likely
  }

  /// Whether a line whose end lies behind the head is an entry, by its keys.
  private static func judgeCut(_ head: MemberHead) -> Recognition {
    head.contains("\"author\"") && head.contains("\"subreddit_id\"") && head.contains("\"t5_")
      && (head.contains("\"link_id\"") || head.contains("\"title\"")) ? .likely : .no
  }
}
