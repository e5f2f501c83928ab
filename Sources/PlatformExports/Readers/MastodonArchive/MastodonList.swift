internal import AccountModel

/// A list of accounts, as the settings of a server give it: a table whose first column is `Account address`. That of
/// blocked accounts is one column that nothing names.
enum MastodonList: Equatable {
  case following, followers, muted
  /// - Parameter isHeaded: whether a first row names the column.
  case blocked(isHeaded: Bool)

  /// The column of addresses, in small letters.
  static let column = "account address"

  /// Tells a list by its columns, and by its file's name where columns are those of several lists.
  init?(_ head: MemberHead) {
    let name = head.path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    guard name.hasSuffix(".csv") else { return nil }
    let headers = ExportTable.headers(in: head.bytes, isWhole: head.isWhole)
    if headers.first == Self.column {
      if headers.contains("show boosts") {
        self = .following
      } else if headers.contains("hide notifications") {
        self = .muted
      } else if name.hasPrefix("follower") {
        self = .followers
      } else if name.hasPrefix("follow") {
        self = .following
      } else if name.hasPrefix("block") {
        self = .blocked(isHeaded: true)
      } else if name.hasPrefix("mute") {
        self = .muted
      } else {
        return nil
      }
    } else if name.hasPrefix("blocked_accounts"), headers.count == 1,
      MastodonPeople.name(headers[0], at: nil) != nil
    {
      self = .blocked(isHeaded: false)
    } else {
      return nil
    }
  }

  /// What a row becomes.
  var recordClass: RecordClass {
    if case .blocked = self { return .block }
    return .contact
  }

  /// How a row says it.
  var words: String {
    switch self {
    case .following: "following"
    case .followers: "follower"
    case .muted: "muted"
    case .blocked: ""
    }
  }
}

extension MastodonArchiveReader {
  mutating func readList(_ list: MastodonList, _ input: MemberInput, into writer: RecordWriter) throws {
    guard list == .blocked(isHeaded: false) else {
      var table = try ExportTable(input, limit: limits.recordBytes)
      while let row = try table.next(list.recordClass, writer) {
        let name = row[MastodonList.column]
        // The last of a list of one column, where the list was cut off.
        let cut = name.isEmpty ? row.text(MastodonList.column).trimmingSpaces : ""
        if cut.isEmpty {
          try take(name, of: list, row.locator, into: writer)
        } else {
          writer.setAside(list.recordClass, .truncated, at: row.locator, detail: cut)
        }
      }
      return writer.count(list.recordClass, seen: table.finish())
    }
    var counter = AccountLineCount(limit: limits.recordBytes)
    input.tap { counter.add($0) }
    var lines = LineReader(input, limit: limits.recordBytes)
    while let line = try lines.next() {
      let locator = Locator(
        member: input.member, offset: line.offset, length: UInt32(clamping: line.bytes.count),
        line: line.number)
      let text = line.bytes.trimmed
      if line.isCut {
        writer.setAside(.block, .tooLarge, at: locator)
      } else if text.isEmpty {
        continue
      } else if !line.isTerminated {
        // Half a name is somebody else's.
        writer.setAside(.block, .truncated, at: locator, detail: String(decoding: text, as: UTF8.self))
      } else {
        try take(String(decoding: text, as: UTF8.self), of: list, locator, into: writer)
      }
    }
    counter.finish()
    writer.count(.block, seen: counter.lines)
  }

  private mutating func take(
    _ name: String, of list: MastodonList, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard let other = try people.account(name: name, locator, into: writer) else {
      return writer.setAside(list.recordClass, .noAuthor, at: locator, detail: name)
    }
    try writer.record(
      list.recordClass, account: ownAccount(locator, writer), other: other, text: list.words, at: locator)
  }
}
