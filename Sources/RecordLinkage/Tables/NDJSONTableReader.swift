import CSimdJSON
import Glibc

/// Reads NDJSON, an object a line, into a `TableBuilder`: accounts as this program writes them, or objects of any keys.
///
/// A text, number or Boolean becomes a value of the column of its key. A list becomes columns `key`, `key (2)` and so
/// on, up to `valueLimit`; of an object the `ip` is taken, or the `value`. `posts`, texts or objects with a `text`,
/// become one value together, or are left out. Other objects and lists within lists are left out, as is a key's value where
/// the object had the key before; both are counted.
public struct NDJSONTableReader {
  /// Values of one list that are read.
  public static let valueLimit = 8
  /// The key of what an account wrote.
  public static let postsKey = "posts"
  /// A line may be this long.
  public static let lineLimit = 64 << 20

  /// The id column, or nil for `id`, then the other names of `TableBuilder.idNames`.
  public var idColumn: String?
  /// Keys to leave out.
  public var ignoredColumns: Set<String>
  /// Whether posts are read; they are counted else.
  public var keepsPosts: Bool
  /// The hour since 1970, in UTC, of a time as written; nil where it says none, or, for a reader without it, of all.
  public var postHour: ((String) -> Int32?)?

  /// Makes a reader.
  public init(
    idColumn: String? = nil, ignoredColumns: [String] = [], keepsPosts: Bool = false,
    postHour: ((String) -> Int32?)? = nil
  ) {
    self.idColumn = idColumn
    self.postHour = postHour
    self.keepsPosts = keepsPosts
    self.ignoredColumns = Set(ignoredColumns)
  }

  /// Reads a file to its end. Lines that are no JSON object, or have no id, are left out and counted in the notes of the
  /// table's source.
  /// - Throws: `TableError`.
  public func read(path: String, into builder: inout TableBuilder) throws(TableError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
    defer { close(file) }
    try read(file, path: path, head: [], into: &builder)
  }

  /// Reads an open file to its end, behind the bytes of it that were read already.
  ///
  /// - Throws: `TableError`.
  func read(
    _ file: Int32, path: String, head: [UInt8], into builder: inout TableBuilder
  ) throws(TableError) {
    guard let parser = cog_json_parser_new() else { throw .unreadable(file: path, reason: "out of memory") }
    defer { cog_json_parser_free(parser) }
    builder.beginFile(path)
    builder.note(idColumn: idColumn ?? "id", ignored: ignoredColumns.sorted())
    var buffer = [UInt8](repeating: 0, count: max(1 << 20, head.count))
    buffer.replaceSubrange(0..<head.count, with: head)
    var held = head.count
    var line = 0
    var state = State(reader: self, parser: parser)
    var atEnd = false
    while !atEnd {
      if held == buffer.count {
        if buffer.count >= Self.lineLimit {
          throw .recordTooLong(file: path, line: line + 1, limit: Self.lineLimit)
        }
        buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count))
      }
      let got = buffer.withUnsafeMutableBytes { room in
        Glibc.read(file, room.baseAddress.map { $0 + held }, room.count - held)
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw .unreadable(file: path, reason: String(cString: strerror(errno)))
      }
      atEnd = got == 0
      held += got
      var start = 0
      // The bytes of a line are lent while it is read.
      let result: Result<Int, TableError> = buffer.withUnsafeBufferPointer { bytes in
        while start < held {
          var end = start
          while end < held, bytes[end] != 0x0A { end += 1 }
          if end == held, !atEnd { break }
          line += 1
          do throws(TableError) {
            try state.line(UnsafeBufferPointer(rebasing: bytes[start..<end]), number: line, &builder)
          } catch {
            return .failure(error)
          }
          start = min(end + 1, held)
        }
        return .success(start)
      }
      let used = try result.get()
      if used > 0 {
        buffer.withUnsafeMutableBytes { room in
          if let base = room.baseAddress { _ = memmove(base, base + used, held - used) }
        }
        held -= used
      }
      builder.onBlock?(builder.recordCount)
    }
    if builder.recordsOfFile == 0 {
      if state.notes.isEmpty { throw .empty(file: path) }
      throw .nothingUsable(file: path, reasons: state.notes)
    }
    builder.endFile(
      shortRows: 0, longRows: 0, raggedLines: [], refusedLines: state.unreadable + state.withoutID,
      partialLines: state.partial, notes: state.notes)
  }

  private struct State {
    let reader: NDJSONTableReader
    let parser: OpaquePointer
    var unreadable = 0
    var firstUnreadable = 0
    var withoutID = 0
    /// Lines of which values were left out, and those values by what they are.
    var partial = 0
    var nested = LeftOutValues()
    var repeated = LeftOutValues()
    var surplus = 0
    var posts = 0
    var unplacedTimes = 0

    var notes: [String] {
      var notes: [String] = []
      if unreadable > 0 {
        notes.append(
          "\(unreadable) \(unreadable == 1 ? "line is" : "lines are") no JSON object, the first is line \(firstUnreadable)"
        )
      }
      if withoutID > 0 {
        notes.append(
          "\(withoutID) \(withoutID == 1 ? "object has" : "objects have") no id and \(withoutID == 1 ? "was" : "were") left out"
        )
      }
      if let note = nested.note("is an object or a list in itself", "are objects or lists in themselves") {
        notes.append(note)
      }
      if let note = repeated.note("repeats a key of its object", "repeat a key of their object") {
        notes.append(note)
      }
      if surplus > 0 {
        notes.append(
          "\(surplus) \(surplus == 1 ? "value" : "values") beyond the first \(NDJSONTableReader.valueLimit) of a list \(surplus == 1 ? "was" : "were") not compared"
        )
      }
      if posts > 0 { notes.append("\(posts) \(posts == 1 ? "post was" : "posts were") not compared") }
      if unplacedTimes > 0 {
        notes.append(
          "\(unplacedTimes) \(unplacedTimes == 1 ? "time of a post says" : "times of posts say") nothing of the hour and \(unplacedTimes == 1 ? "does" : "do") not count: a time needs a zone"
        )
      }
      return notes
    }

    mutating func line(
      _ text: UnsafeBufferPointer<UInt8>, number: Int, _ builder: inout TableBuilder
    ) throws(TableError) {
      if text.allSatisfy({ $0 <= 0x20 }) { return }
      var root = cog_json_value()
      guard cog_json_parse(parser, text.baseAddress, text.count, &root) == 0,
        cog_json_kind_of(root) == Int32(COG_JSON_OBJECT.rawValue)
      else {
        if unreadable == 0 { firstUnreadable = number }
        unreadable += 1
        return
      }
      guard let id = identity(root) else {
        withoutID += 1
        return
      }
      var idText = id.text
      let begun: Result<Void, TableError> = idText.withUTF8 { bytes in
        do throws(TableError) {
          try builder.beginRecord(id: bytes, line: number)
          return .success(())
        } catch {
          return .failure(error)
        }
      }
      try begun.get()
      var iterator = cog_json_iterate(root)
      var key: UnsafePointer<CChar>?
      var length = 0
      var value = cog_json_value()
      var seen: Set<String> = []
      let before = nested.count + repeated.count
      while cog_json_next(&iterator, &key, &length, &value) == 1 {
        guard let key else { continue }
        let name = String(decoding: UnsafeRawBufferPointer(start: key, count: length), as: UTF8.self)
        if reader.ignoredColumns.contains(name) {
          builder.leaveOut(name)
          continue
        }
        // A repeated key: the first counts.
        if !seen.insert(name).inserted {
          repeated.add(name, line: number)
        } else if name != id.key {
          try field(name, value, number, &builder)
        }
      }
      if nested.count + repeated.count > before { partial += 1 }
    }

    private func identity(_ root: cog_json_value) -> (key: String, text: String)? {
      for name in reader.idColumn.map({ [$0] }) ?? ["id"] + TableBuilder.idNames {
        var value = cog_json_value()
        guard cog_json_field(root, name, name.utf8.count, &value) == 1 else { continue }
        if let text = itemText(value), !text.isEmpty { return (name, text) }
      }
      return nil
    }

    private func scalar(_ value: cog_json_value) -> String? {
      switch UInt32(cog_json_kind_of(value)) {
      case COG_JSON_INT64.rawValue: return "\(cog_json_int64(value))"
      case COG_JSON_UINT64.rawValue: return "\(cog_json_uint64(value))"
      case COG_JSON_DOUBLE.rawValue: return "\(cog_json_double(value))"
      case COG_JSON_BOOL.rawValue: return cog_json_bool(value) != 0 ? "true" : "false"
      default: return nil
      }
    }

    private mutating func field(
      _ name: String, _ value: cog_json_value, _ line: Int, _ builder: inout TableBuilder
    ) throws(TableError) {
      switch UInt32(cog_json_kind_of(value)) {
      case COG_JSON_ARRAY.rawValue:
        var iterator = cog_json_iterate(value)
        var key: UnsafePointer<CChar>?
        var length = 0
        var item = cog_json_value()
        var number = 0
        var texts: Set<String> = []
        var together: [UInt8] = []
        while cog_json_next(&iterator, &key, &length, &item) == 1 {
          if name == NDJSONTableReader.postsKey {
            guard reader.keepsPosts, let text = postText(item) else {
              posts += 1
              continue
            }
            RecordPosts.append(text, hour: postHour(item), to: &together)
            continue
          }
          guard let text = itemText(item) else {
            if !isNull(item) { nested.add(name, line: line) }
            continue
          }
          guard texts.insert(text).inserted else { continue }
          number += 1
          if number > NDJSONTableReader.valueLimit {
            surplus += 1
            continue
          }
          try set(number == 1 ? name : "\(name) (\(number))", text, &builder)
        }
        if !together.isEmpty {
          let column = try builder.column(name)
          try together.withUnsafeBufferPointer { set(column, $0, &builder) }.get()
        }
      default:
        if let text = itemText(value) {
          try set(name, text, &builder)
        } else if !isNull(value) {
          nested.add(name, line: line)
        }
      }
    }

    /// Whether nothing is said: null, and objects and lists without a value in them.
    private func isNull(_ value: cog_json_value) -> Bool {
      switch UInt32(cog_json_kind_of(value)) {
      case COG_JSON_NULL.rawValue: return true
      case COG_JSON_OBJECT.rawValue, COG_JSON_ARRAY.rawValue:
        var iterator = cog_json_iterate(value)
        var key: UnsafePointer<CChar>?
        var length = 0
        var inner = cog_json_value()
        while cog_json_next(&iterator, &key, &length, &inner) == 1 { if !isNull(inner) { return false } }
        return true
      default: return false
      }
    }

    private func postText(_ value: cog_json_value) -> String? {
      guard cog_json_kind_of(value) == Int32(COG_JSON_OBJECT.rawValue) else { return itemText(value) }
      var inner = cog_json_value()
      return cog_json_field(value, "text", 4, &inner) == 1 ? itemText(inner) : nil
    }

    /// Of a post with a time.
    private mutating func postHour(_ value: cog_json_value) -> Int32? {
      var inner = cog_json_value()
      guard let postHour = reader.postHour, cog_json_kind_of(value) == Int32(COG_JSON_OBJECT.rawValue),
        cog_json_field(value, "at", 2, &inner) == 1, let time = itemText(inner)
      else { return nil }
      let hour = postHour(time)
      if hour == nil { unplacedTimes += 1 }
      return hour
    }

    private func itemText(_ value: cog_json_value) -> String? {
      switch UInt32(cog_json_kind_of(value)) {
      case COG_JSON_STRING.rawValue:
        var length = 0
        guard let text = cog_json_string(value, &length) else { return nil }
        return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
      case COG_JSON_OBJECT.rawValue:
        var inner = cog_json_value()
        for key in ["ip", "value"] where cog_json_field(value, key, key.utf8.count, &inner) == 1 {
          return itemText(inner)
        }
        return nil
      default: return scalar(value)
      }
    }

    private func set(_ name: String, _ text: String, _ builder: inout TableBuilder) throws(TableError) {
      let column = try builder.column(name)
      var copy = text.trimmedSpaces
      if copy.isEmpty { return }
      try copy.withUTF8 { set(column, $0, &builder) }.get()
    }

    private func set(
      _ column: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ builder: inout TableBuilder
    ) -> Result<Void, TableError> {
      do throws(TableError) { return .success(try builder.set(column, bytes)) } catch {
        return .failure(error)
      }
    }
  }
}
