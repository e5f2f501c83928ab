/// The columns of a table of logins, by their headers.
struct GoogleColumns {
  let names: [String]
  let time: Int
  let address: Int
  let activity: Int?
  let port: Int?
  /// Whether the login came to something, where a column of its own says so.
  let outcome: Int?
  let devices: [(column: Int, label: String)]
  let agents: [Int]
  /// Whether the header says that times are UTC.
  let isUTC: Bool

  /// Columns that become words in each row, and in one of which nothing becomes an identifier.
  private let others: [Int]
  private let claims: [Int]

  /// Headers of the times and of the addresses, in small letters.
  static let times = ["timestamp", "time", "date", "timestamp (utc)", "activity timestamp"]
  static let addresses = ["ip address", "ip", "ip addresses"]

  /// Nil for what are no headers of such a table.
  init?(_ cells: [String]) {
    names = cells.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    let folded = names.map { $0.lowercased() }
    func find(_ wanted: String...) -> Int? { folded.firstIndex { wanted.contains($0) } }
    guard let time = folded.firstIndex(where: { Self.times.contains($0) }),
      let address = folded.firstIndex(where: { Self.addresses.contains($0) })
    else { return nil }
    self.time = time
    self.address = address
    isUTC = folded[time].contains("utc")
    activity = find("activity type", "activity", "event", "action")
    port = find("port", "source port", "ip port")
    outcome = find("status", "result", "outcome", "login status", "login result")
    devices = folded.enumerated().compactMap { column, name in
      switch name {
      case "android id": (column, "android-id")
      case "apple ios idfv", "ios idfv", "idfv": (column, "idfv")
      default: nil
      }
    }
    agents = folded.indices.filter {
      ["raw user agents", "raw user agent", "user agents", "user agent", "user agent string"].contains(
        folded[$0])
    }
    let taken = [time, address, activity, port].compactMap { $0 }
    claims = names.indices.filter { !taken.contains($0) }
    let used = devices.map(\.column) + agents
    others = claims.filter { !used.contains($0) }
  }

  /// What stands in columns that become nothing else; all of them for a row whose columns are nobody's.
  func words(of cells: [String], all: Bool) -> [String] {
    let strange = all ? [] : devices.map(\.column).filter { !Self.isDevice(cells[$0]) }
    return ((all ? claims : others) + strange).filter { !cells[$0].isEmpty }.map {
      "\(names[$0]): \(cells[$0])"
    }
  }

  /// Whether a text is an identifier of a device: hexadecimal digits, not all of them zeros. Anything else, as what two
  /// spaces in a user agent moved here, is none.
  static func isDevice(_ text: String) -> Bool {
    (8...40).contains(text.utf8.count) && text.allSatisfy { $0 == "-" || $0.isASCII && $0.isHexDigit }
      && !text.utf8.allSatisfy { $0 == 0x30 || $0 == UInt8(ascii: "-") }
  }

  /// The cells of a line in which nothing but spaces parts them: a time, an address and the rest, which is the activity.
  func cells(of line: String) -> [String] {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard let found = words.firstIndex(where: { ValueShape.isIP(String($0)) }) else { return [line] }
    var cells = [String](repeating: "", count: names.count)
    cells[time] = words[..<found].joined(separator: " ")
    cells[address] = String(words[found])
    let rest = words[(found + 1)...].joined(separator: " ")
    if rest.isEmpty { return cells }
    guard let activity else { return cells + [rest] }
    cells[activity] = rest
    return cells
  }
}
