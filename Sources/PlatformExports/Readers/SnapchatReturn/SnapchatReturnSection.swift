internal import AccountModel

/// A section of a return, by its headers.
struct SnapchatReturnSection {
  enum Kind {
    case subscriber, details, change, address, message, friend, device, other
  }

  /// In small letters, with `_` for spaces.
  let headers: [String]
  let kind: Kind

  init(_ cells: [String]) {
    headers = cells.map { $0.lowercased().replacing(" ", with: "_") }
    let all = Set(headers)
    func has(_ wanted: String...) -> Bool { wanted.allSatisfy { all.contains($0) } }
    func hasAny(_ wanted: [String]) -> Bool { wanted.contains { all.contains($0) } }
    kind =
      if hasAny(Self.senders), hasAny(Self.recipients) || hasAny(Self.texts) {
        .message
      } else if has("old_value", "new_value") {
        .change
      } else if has("username", "user_id"),
        hasAny(["created", "creation_ip", "email_address", "phone_number"])
      {
        .subscriber
      } else if has("ip"), hasAny(Self.times) {
        .address
      } else if hasAny(Self.devices.map(\.column)) {
        .device
      } else if hasAny(Self.friends) {
        .friend
      } else if hasAny(["birthdate", "last_active"]) {
        .details
      } else {
        .other
      }
  }

  static let senders = ["sender_username", "sender_name", "sender"]
  static let recipients = ["recipient_username", "recipient_name", "recipient"]
  static let texts = ["text", "message", "content"]
  static let times = ["timestamp", "first_seen_time", "last_seen_time", "time", "date", "created"]
  static let friends = ["friend_username", "friend_user_name", "friend"]
  static let devices: [(column: String, label: String)] = [
    ("idfa", "idfa"), ("gaid", "gaid"), ("advertising_id", "advertising-id"),
    ("device_advertising_id", "advertising-id"), ("push_token", "push-token"), ("device_id", "device-id"),
  ]

  /// What its rows are counted as.
  var unit: String {
    switch kind {
    case .subscriber, .details, .change: RecordClass.profile.name
    case .address: RecordClass.login.name
    case .message: RecordClass.message.name
    case .friend: RecordClass.contact.name
    case .device: RecordClass.session.name
    case .other: "other row"
    }
  }
}

/// A row, its values by the names of their columns.
struct SnapchatReturnRow {
  let section: SnapchatReturnSection
  let cells: [String]

  /// The value of the first of some columns that has one; words for no value are none.
  func callAsFunction(_ columns: String...) -> String { value(of: columns) }

  /// What somebody wrote, whatever it says, in the first of some columns.
  func text(_ columns: [String]) -> String {
    columns.lazy.compactMap { section.headers.firstIndex(of: $0) }.map { cells[$0] }.first { !$0.isEmpty }
      ?? ""
  }

  /// The same of a list.
  func value(of columns: [String]) -> String {
    for column in columns {
      guard let position = section.headers.firstIndex(of: column) else { continue }
      let text = cells[position]
      if !text.isEmpty, !NoValue.isNamed(by: text) { return text }
    }
    return ""
  }
}

/// Counts the rows of each section by other means than the parse: line ends outside quotes, and the first cell of a line.
struct SnapchatReturnCount {
  /// Headers and rows of the sections so far.
  private(set) var sections: [(headers: [String], rows: Int)] = []
  private var line: [UInt8] = []
  private var isInside = false
  private var isHeaderNext = false
  private var isOpen = false

  /// Bytes of a line that are kept: enough for any headers; rows need no more than their first cells.
  private static let limit = 16 << 10

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isInside.toggle() }
      if byte == 0x0A || byte == 0x0D, !isInside {
        end()
      } else if line.count < Self.limit {
        line.append(byte)
      }
    }
  }

  mutating func finish() { end() }

  private mutating func end() {
    defer { line.removeAll(keepingCapacity: true) }
    let passedOver: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: ",")]
    guard let first = line.first(where: { !$0.isSpace && !passedOver.contains($0) }) else { return }
    // Nearly all lines are rows, and need no text to be counted.
    if isOpen, first != UInt8(ascii: "="), first != UInt8(ascii: "-") { return countRow() }
    let text = String(decoding: line, as: UTF8.self)
    let plain = text.filter { !$0.isWhitespace && $0 != "\"" }
    guard plain.contains(where: { $0 != "," }) else { return }
    let bare = plain.filter { $0 != "," }
    if bare.count >= 5, bare.allSatisfy({ $0 == "=" }) {
      (isHeaderNext, isOpen) = (true, false)
    } else if bare.count >= 5, bare.allSatisfy({ $0 == "-" }) {
      (isHeaderNext, isOpen) = (false, false)
    } else if isHeaderNext {
      isHeaderNext = false
      isOpen = !plain.uppercased().contains("NORESPONSIVEDATA")
      guard isOpen else { return }
      let names = text.split(separator: ",", omittingEmptySubsequences: false).map { cell in
        String(cell.filter { $0 != "\"" }).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      sections.append((names, 0))
    } else if isOpen {
      countRow()
    }
  }

  private mutating func countRow() {
    guard let last = sections.indices.last else { return }
    if sections[last].headers.count == 1 || hasComma(line) {
      sections[last].rows += 1
    } else if Self.isBeginning(String(decoding: line, as: UTF8.self)) {
      isOpen = false
    }
  }

  /// Whether a line is the beginning of a file, which ends a section where files were put together.
  private static func isBeginning(_ line: String) -> Bool {
    line.contains("Target username") && line.contains("User ID")
  }

  /// Whether a comma stands outside quotes.
  private func hasComma(_ line: [UInt8]) -> Bool {
    var isInside = false
    for byte in line {
      if byte == UInt8(ascii: "\"") { isInside.toggle() }
      if byte == UInt8(ascii: ","), !isInside { return true }
    }
    return false
  }
}
