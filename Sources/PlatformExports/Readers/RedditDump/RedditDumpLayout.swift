internal import Glibc

/// How the entries of a dump of Reddit stand in a file.
enum RedditDumpLayout {
  /// One a line.
  case lines
  /// In the list `data` of an object, as interfaces answer.
  case answer
  /// In a list.
  case list

  /// Lines of a head that are looked at.
  private static let lineLimit = 20

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
      head.contains("\"created_utc\""), head.contains("\"subreddit\""), let parser = try? JSONParser()
    else { return .no }
    switch Self(head.bytes) {
    case .lines: return lines(head, parser)
    case .answer: return first("$.data[*]", of: head, parser)
    case .list: return first("$[*]", of: head, parser)
    }
  }

  private static func lines(_ head: MemberHead, _ parser: JSONParser) -> Recognition {
    var best = Recognition.no
    for slice in head.bytes.split(separator: 0x0A, maxSplits: lineLimit).prefix(lineLimit) {
      let line = Bytes(rebasing: slice).trimmed
      guard line.first == UInt8(ascii: "{") else { continue }
      if let object = try? parser.parse(line) {
        best = max(best, judge(object))
      } else if slice.endIndex == head.bytes.endIndex, !head.isWhole {
        best = max(best, judgeCut(head))
      }
      if best == .certain { break }
    }
    return best
  }

  /// Of a list the first entry alone: what comes behind it may be cut.
  private static func first(_ pattern: String, of head: MemberHead, _ parser: JSONParser) -> Recognition {
    struct Found: Error {}
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

/// Counts lines that are not blank, over the raw bytes.
final class LineCount {
  private(set) var lines = 0
  private var isBlank = true

  /// Reads on.
  func add(_ bytes: Bytes) {
    guard let base = bytes.baseAddress else { return }
    var position = 0
    while position < bytes.count {
      if isBlank {
        while position < bytes.count, bytes[position].isSpace { position += 1 }
        guard position < bytes.count else { return }
        isBlank = false
        lines += 1
      }
      guard let end = memchr(base + position, 0x0A, bytes.count - position) else { return }
      position = UnsafeRawPointer(end) - UnsafeRawPointer(base) + 1
      isBlank = true
    }
  }
}
