internal import AccountModel
internal import Columns
internal import Configuration

/// Chooses what each column of a sample is for, and writes it as TOML.
struct MappingDraftWriter {
  let sample: TableSample
  /// The file or member that begins with the sample.
  let path: String
  private let meanings: [ColumnMeaning]
  /// Columns whose names stand once; others cannot be mapped.
  private let usable: Set<Int>
  private let account: Int
  private let other: Int?
  private let time: Int?
  private let textColumn: Int?
  private let channel: Int?
  private let platform: Int?
  private let port: Int?
  /// Which way each row went, where nothing says that the account is who wrote or called.
  private let direction: Int?
  /// The time of day that belongs to a date.
  private let clock: Int?
  /// Further identifiers of the account.
  private let identifiers: Set<Int>
  /// The column of the account's addresses.
  private let address: Int?
  /// Columns of the other side of each row.
  private let isOther: [Bool]
  /// Whether a column was found that names accounts.
  private let isNamed: Bool

  init(_ sample: TableSample, of path: String) {
    self.sample = sample
    self.path = path
    let names = sample.headers.map(TableMapping.folded)
    meanings = zip(sample.headers, sample.columns).map { ColumnMeaning($0, $1) }
    let counts = names.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    let usable = names.indices.filter { !names[$0].isEmpty && counts[names[$0]] == 1 }
    self.usable = Set(usable)
    let meanings = meanings
    func first(_ test: (ColumnMeaning) -> Bool) -> Int? { usable.first { test(meanings[$0]) } }
    let words = sample.headers.map { ColumnWords($0) }
    let isOther = words.map { $0.has(.other) }
    let text = usable.first { meanings[$0] == .text && words[$0].isOfAccount }
    // Of what was said the account is whoever said it, whatever names a chat or the account that was asked about.
    let prefersAuthor = text != nil || Self.holdsCalls(sample)
    func best(_ columns: [Int]) -> Int? {
      func key(_ column: Int) -> (Int, Int, Int, Int) {
        let isAuthor = prefersAuthor && words[column].has(.author)
        return (isAuthor ? 0 : 1, words[column].isOfAccount ? 0 : 1, Self.rank(meanings[column]), column)
      }
      return columns.min { key($0) < key($1) }
    }
    let named = usable.filter { Self.rank(meanings[$0]) < Self.ranks.count }
    let chosen =
      best(named.filter { !isOther[$0] }) ?? best(named)
      ?? first { $0 == .other } ?? usable.first ?? 0
    let partner = best(named.filter { $0 != chosen && isOther[$0] })
    (account, other, isNamed, self.isOther) = (chosen, partner, !named.isEmpty, isOther)
    let clocks = usable.filter { words[$0].has(.time) && TimeForms.clock(of: sample.columns[$0]) != nil }
    let time = Self.time(
      among: usable, meanings, words, sample, hasClock: !clocks.isEmpty, isOfTexts: text != nil)
    self.time = time
    clock = time.flatMap { time in
      guard case .time(let form) = meanings[time], TimeForms.isDate(form, sample.columns[time]) else {
        return nil
      }
      return clocks.first { $0 != time }
    }
    let hasTwoSides = text != nil || partner != nil || Self.holdsCalls(sample)
    let direction = hasTwoSides && !words[chosen].has(.author) ? first { $0 == .direction } : nil
    self.direction = direction
    // What came in is somebody else's words.
    let textColumn = direction == nil ? text : nil
    self.textColumn = textColumn
    let isOfTwo =
      partner != nil || direction != nil
      || text != nil && usable.contains { isOther[$0] && !sample.columns[$0].isEmpty }
    // Those of one group did not write to each other by that alone.
    channel = textColumn.flatMap { _ in first { $0 == .channel } }
    platform = first { $0 == .platform }
    port = first { $0 == .port }
    var kinds = Set([Self.kind(meanings[chosen])])
    let identifiers = Set(
      usable.filter { column in
        guard column != chosen, column != partner, !isOther[column],
          case .identifier(let kind, _) = meanings[column],
          kind == .userAgent || kind == .postalAddress || words[column].isOfAccount,
          !isOfTwo || words[column].sharesSide(with: words[chosen])
        else { return false }
        return Self.repeated.contains(kind) || kinds.insert(kind).inserted
      })
    self.identifiers = identifiers
    address = usable.first { Self.kind(meanings[$0]) == .ip && ($0 == chosen || identifiers.contains($0)) }
  }

  /// The column of times: the first, but for those of a chat's beginning or of a message's reading beside the message's own,
  /// and for days beside times of day.
  private static func time(
    among columns: [Int], _ meanings: [ColumnMeaning], _ words: [ColumnWords], _ sample: TableSample,
    hasClock: Bool, isOfTexts: Bool
  ) -> Int? {
    func key(_ column: Int) -> (Int, Int, Int) {
      guard case .time(let form) = meanings[column] else { return (2, 0, column) }
      let isOther = isOfTexts && words[column].has(.otherTime)
      let isDay = !hasClock && TimeForms.isDate(form, sample.columns[column])
      return (isOther ? 1 : 0, isDay ? 1 : 0, column)
    }
    return columns.min { key($0) < key($1) }.flatMap { key($0).0 < 2 ? $0 : nil }
  }

  /// Kinds of which one account has several. A second number or name beside the account's may be the other side's, as in
  /// `A number, B number` and `Von, An`.
  private static let repeated: Set<IdentifierKind> = [.device, .cookie, .url, .profileLink]

  private static let ranks: [IdentifierKind] = [
    .platformID, .handle, .email, .phone, .displayName, .personName,
  ]

  /// How well a column names an account: the lower, the better.
  private static func rank(_ meaning: ColumnMeaning) -> Int {
    if case .identifier(let kind, _) = meaning, let rank = ranks.firstIndex(of: kind) {
      rank
    } else {
      ranks.count
    }
  }

  private static func kind(_ meaning: ColumnMeaning) -> IdentifierKind {
    if case .identifier(let kind, _) = meaning { kind } else { .displayName }
  }

  private func kind(_ column: Int) -> IdentifierKind { Self.kind(meanings[column]) }

  /// Whether the first row names columns: none of it is what the column below it holds, and some name stands once.
  var hasNames: Bool {
    !usable.isEmpty
      && !zip(sample.headers, meanings).contains { header, meaning in
        switch (ColumnMeaning("", [header]), meaning) {
        case (.time, .time): true
        case (.identifier(let one, _), .identifier(let other, _)): one == other
        default: false
        }
      }
  }

  /// What a column is used for, in words of a mapping; nil for one that is not.
  func suggestion(_ column: Int) -> String? {
    guard usable.contains(column) else { return nil }
    switch column {
    case account: return "account: \(kind(column).rawValue)"
    case other: return "other account: \(kind(column).rawValue)"
    case clock: return "time of day"
    case time, textColumn, channel, platform: break
    default: if meanings[column] == .port { return address == nil ? nil : "port" }
    }
    switch meanings[column] {
    case .time(let form): return column == time ? "time: \(form)" : nil
    case .text: return column == textColumn ? "text" : nil
    case .channel: return column == channel ? "conversation" : nil
    case .platform: return column == platform ? "platform" : nil
    case .identifier(let kind, _): return identifiers.contains(column) ? kind.rawValue : nil
    case .empty, .port, .direction, .other: return nil
    }
  }

  /// Whether the table holds calls, addresses or numbers of devices, as returns of providers do.
  private var holdsCommunicationsData: Bool {
    recordClass == .call
      || usable.contains { column in
        guard case .identifier(let kind, _) = meanings[column] else { return false }
        return kind == .ip || kind == .device
      }
  }

  private static func holdsCalls(_ sample: TableSample) -> Bool {
    sample.headers.contains { ["duration", "call"].contains(where: $0.lowercased().contains) }
  }

  private var recordClass: RecordClass {
    if textColumn != nil { return .message }
    if other != nil { return Self.holdsCalls(sample) ? .call : .contact }
    guard let time, direction == nil else { return .profile }
    if address != nil { return .login }
    // When an account was registered says nothing of when it was used.
    return ColumnWords(sample.headers[time]).has(.registration) ? .profile : .session
  }

  /// The mapping.
  var text: String {
    var lines = [
      "# A draft, made from the first \(sample.rows == 1 ? "row" : "\(sample.rows) rows") of a table. Check every line before you import by it:",
      "# what a column holds is suggested by its values, and may be wrong.",
      "version = 1",
      "name = \(TOMLString.quoted(path.split(separator: "/").last.map(String.init) ?? path))",
    ]
    if let platform {
      lines.append("platform_column = \(name(platform))")
    } else {
      lines.append("platform = \"unknown\"  # write the platform's name, such as instagram")
    }
    lines += [
      "communications_data = \(holdsCommunicationsData)  # true for a provider's return of subscribers, addresses or devices",
      "", "[match]",
      "headers = [\(mapped.map(name).joined(separator: ", "))]",
      "", "[account]  # whose each row is",
    ]
    if !isNamed {
      lines.append("# No column seems to name accounts. This is a guess; write the one that does.")
    }
    lines += party(account)
    if let other { lines += ["", "[other]  # the other side of each row"] + party(other) }
    lines += ["", "[record]"]
    if let direction {
      lines += [
        "# \(name(direction)) seems to say which way a row went. What came in is not this account's: part the table by it,",
        "# in copies, and write a mapping for each part.",
      ]
    }
    lines += ["class = \"\(recordClass.name)\"  # or: \(otherClasses)"]
    if let textColumn { lines.append("text_column = \(name(textColumn))") }
    if let channel { lines.append("channel_column = \(name(channel))") }
    lines += timeLines
    for column in sample.headers.indices { lines += identifier(column) }
    let unused = sample.headers.indices.filter { suggestion($0) == nil }
    if !unused.isEmpty {
      lines += ["", "# Not used:"]
      lines += unused.map { "#   \(name($0))\(why($0))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var otherClasses: String {
    RecordClass.allCases.filter { $0 != recordClass }.map(\.name).joined(separator: ", ")
  }

  /// Columns without which the table is another.
  private var mapped: [Int] {
    [account, other, platform, textColumn, channel, time, clock].compactMap { $0 }.reduce(into: []) {
      all, column in
      if !all.contains(column) { all.append(column) }
    }
  }

  private func party(_ column: Int) -> [String] {
    let kind = kind(column)
    let isWide = [.platformID, .handle, .email, .phone].contains(kind)
    // What is one account's on a platform is everybody's on one that nobody named.
    let scope =
      !isWide
      ? "\"source\""
      : platform == nil
        ? "\"source\"  # \"platform\" once the platform stands above, where the value is one account's on all of it"
        : "\"platform\"  # \"source\" where the value names an account in this file only"
    let others = Self.ranks.filter { $0 != kind }.map(\.rawValue).joined(separator: ", ")
    return [
      "column = \(name(column))  \(filled(column))", "kind = \"\(kind.rawValue)\"  # or: \(others)",
      "scope = \(scope)",
    ]
  }

  private var timeLines: [String] {
    guard let time, case .time(let form) = meanings[time] else {
      return ["", "# No column was found that holds times."]
    }
    var lines = ["", "[time]", "column = \(name(time))"]
    var whole = form
    if let clock, let hours = TimeForms.clock(of: sample.columns[clock]) {
      lines.append("clock_column = \(name(clock))")
      if form != TimeForms.iso8601 {
        whole += " " + hours
      } else if !TimeForms.isISOClock(sample.columns[clock]) {
        whole = "yyyy-MM-dd " + hours
      }
    }
    lines.append("format = \(TOMLString.quoted(whole))")
    if !TimeForms.saysZone(form, sample.columns[time]) {
      lines.append("# zone = \"UTC\"  # only where the provider says so; else the zone stays unknown")
    }
    return lines
  }

  private func identifier(_ column: Int) -> [String] {
    guard identifiers.contains(column), case .identifier(let kind, let label) = meanings[column]
    else { return [] }
    var lines = [
      "", "[[identifier]]", "column = \(name(column))  \(filled(column))", "kind = \"\(kind.rawValue)\"",
    ]
    if !label.isEmpty { lines.append("label = \(TOMLString.quoted(label))") }
    // By default it is an account that the platform links to, which joins the two.
    if kind == .profileLink {
      lines.append("assertion = \"user\"  # \"platform\" only where the provider itself names the account")
    }
    if column == address, let port { lines.append("port_column = \(name(port))") }
    lines.append("optional = true")
    return lines
  }

  private func filled(_ column: Int) -> String {
    "# \(sample.columns[column].count) of \(sample.rows) have one"
  }

  private func why(_ column: Int) -> String {
    if !usable.contains(column) {
      return sample.headers[column].isEmpty
        ? ", which has no name" : ", as several columns are called so: rename all but one in a copy"
    }
    switch meanings[column] {
    case .empty: return ", which is empty"
    case .time: return ", a further time"
    case .text: return textColumn != nil ? ", a further text" : ", a text of the account or of somebody else"
    case .direction: return column == direction ? ", which way a row went" : ""
    case .identifier(let kind, _):
      return isOther[column]
        ? ", \(kind.rawValue) of the other side" : ", \(kind.rawValue) of the account or of somebody else"
    default: return ""
    }
  }

  private func name(_ column: Int) -> String { TOMLString.quoted(sample.headers[column]) }
}
