internal import AccountModel

/// A subscriber's page as it is read: lines of `label: value`, and tables.
final class GooglePage {
  private let export: GoogleExport
  private let writer: RecordWriter
  private let member: UInt32
  private let path: String

  /// The account that the page is about, its number, and its own address.
  private var account: AccountIndex?
  private var number: String?
  private var mail: String?
  private var names: [(value: String, place: Locator)] = []
  private var hasName = false
  /// The label whose value may go on in the next line.
  private var current: (label: GoogleLabel, name: String)?
  /// Whether nothing of its value was seen.
  private var awaitsValue = false
  /// Whether the section is on the second step of signing in.
  private var isSecondStep = false
  private var columns: GoogleColumns?
  private var fields = 0
  /// Labels that are not known, the first of them.
  private var unknown: [String] = []
  private static let unknownLimit = 20
  /// Tables of logins so far: a record that stands in two pages is one.
  private var tables: UInt32 = 0

  init(_ export: GoogleExport, member: UInt32, path: String, _ writer: RecordWriter) {
    self.export = export
    self.member = member
    self.path = path
    self.writer = writer
  }

  private func owner(_ place: Locator) -> AccountIndex {
    writer.ownAccount(&account, .google, at: place)
  }

  // MARK: Lines

  /// A block of the page, whose line ends are those that it shows.
  func line(_ text: String, at place: Locator) throws {
    for part in text.split(separator: "\n") { try take(String(part).trimmingSpaces, place) }
  }

  private func take(_ line: String, _ place: Locator) throws {
    if line.isEmpty { return }
    if let found = GoogleLabel.split(line) {
      if !line.contains(":") { isSecondStep = false }
      current = (found.label, found.name)
      awaitsValue = found.value.isEmpty
      return try field(found.value, place)
    }
    if let current, awaitsValue || current.label.isList, Self.goesOn(line, current.label) {
      awaitsValue = false
      return try field(line, place)
    }
    current = nil
    let words = line.lowercased()
    if words.hasPrefix("google subscriber information") {
      // What follows may be on another account, and names its own.
      try endSubscriber()
      isSecondStep = false
      return
    }
    if let label = GoogleLabel.unknown(line) {
      fields += 1
      // A heading may end in a colon.
      if line.hasSuffix(":"), Self.isOnSecondStep(line) { isSecondStep = true }
      if unknown.count < Self.unknownLimit, !unknown.contains(label) { unknown.append(label) }
      return writer.setAside("profile field", .unknownLabel, at: place, detail: line)
    }
    if WrittenContact.words(line).contains(where: { ValueShape.isIP($0) }) {
      return writer.setAside("row", .unknownTable, at: place, detail: line)
    }
    // What a section is on stands above it.
    isSecondStep = Self.isOnSecondStep(line)
    if line == line.uppercased(), !line.contains(where: \.isNumber) || isSecondStep { return }
    writer.setAside(
      "text", .init("unlabelled", "stands beside the fields of a page", isFault: false), at: place,
      detail: line)
  }

  private static func isOnSecondStep(_ line: String) -> Bool {
    let words = line.lowercased()
    return ["2-step", "two-step", "2sv"].contains { words.contains($0) }
  }

  /// A block that is larger than the limit.
  func tooLarge(at place: Locator) { writer.setAside("profile field", .tooLarge, at: place) }

  /// Whether a line without a label is a value of the last one: by its look, as the next heading would be a name, too.
  private static func goesOn(_ line: String, _ label: GoogleLabel) -> Bool {
    switch label {
    case .mail: WrittenContact.words(line).first.map { ValueShape.isEmail($0) } ?? false
    case .phone: line.hasPrefix("+") && WrittenContact.number(in: line) != nil
    case .number: GooglePeople.isNumber(line)
    case .address:
      line.split(whereSeparator: \.isWhitespace).first.map { ValueShape.isIP(String($0)) } ?? false
    case .created, .words: GoogleTime.read(line) != nil
    case .name, .partOfName, .birth: false
    }
  }

  /// A label and its value that stand in cells of their own.
  private func field(_ value: String, _ place: Locator) throws {
    guard let (label, name) = current, !value.isEmpty, !NoValue.isNamed(by: value) else { return }
    fields += 1
    switch label {
    case .number: try numbered(value, name, place)
    case .name:
      hasName = true
      try writer.identifier(owner(place), .personName, value, assertion: .user, at: place)
    case .partOfName:
      names.append((value, place))
      _ = owner(place)
    case .mail(let label, let assertion):
      for item in Self.items(value, begin: { $0.contains("@") }) {
        try address(item, name, label, assertion, place)
      }
    case .phone(let label, let assertion):
      let isOther = isSecondStep && label.isEmpty
      let numbers = Self.items(value, begin: { $0.hasPrefix("+") })
      guard !isOther, label != "two-step" else {
        for item in numbers { try phone(item, name, "two-step", .claimed, place) }
        return
      }
      for item in numbers { try phone(item, name, label, assertion, place) }
    case .created:
      guard let time = export.time(value) else {
        return writer.setAside("creation time", .badTime, at: place, detail: value)
      }
      try profile("created", time, value, place)
    case .address(let label):
      for item in Self.items(value) {
        // `192.0.2.1 on 2012-05-12 10:11:12 Z`
        let words = item.split(whereSeparator: { $0.isWhitespace || $0 == "(" || $0 == ")" }).map(String.init)
        guard let address = words.first.flatMap({ ValueShape.address($0) }) else {
          notUnderstood(name, item, place)
          continue
        }
        let when = words.dropFirst().drop { $0 == "on" || $0 == "at" }.joined(separator: " ")
        try writer.identifier(
          owner(place), .ip, address, label: label, assertion: .platform, time: export.time(when) ?? .none,
          at: place)
      }
    case .birth: try writer.identifier(owner(place), .dateOfBirth, value, assertion: .user, at: place)
    case .words:
      let time = export.time(value) ?? .none
      try profile(
        time.isNone ? "\(name): \(value)" : name.lowercased(), time, time.isNone ? "" : value, place)
    }
  }

  private static func items(_ value: String) -> [String] {
    value.split(whereSeparator: { $0 == "," || $0 == ";" }).map { String($0).trimmingSpaces }
      .filter { !$0.isEmpty && !NoValue.isNamed(by: $0) }
  }

  /// As the other, where nothing but spaces may part one value from the next, which begins with a word of its own; a word
  /// in brackets is a remark.
  private static func items(_ value: String, begin: (Substring) -> Bool) -> [String] {
    var found: [String] = []
    for item in items(value) {
      var part: [Substring] = []
      var hasBegun = false
      for word in item.split(whereSeparator: \.isWhitespace) {
        let begins = begin(word) && !word.contains { "()[]".contains($0) }
        if begins, hasBegun {
          found.append(part.joined(separator: " "))
          part = []
        }
        hasBegun = hasBegun || begins
        part.append(word)
      }
      found.append(part.joined(separator: " "))
    }
    return found
  }

  private func notUnderstood(_ name: String, _ value: String, _ place: Locator) {
    writer.setAside("profile field", .unknownLabel, at: place, detail: "\(name): \(value)")
  }

  /// The account's number. Another one begins another subscriber.
  private func numbered(_ value: String, _ name: String, _ place: Locator) throws {
    guard GooglePeople.isNumber(value) else { return notUnderstood(name, value, place) }
    if let number, number != value { try endSubscriber() }
    if !export.isReturn, let known = export.people.number, known != value {
      throw ExportRefusal.twoOwners(place: writer.describe(place))
    }
    export.people.number = value
    number = value
    try writer.name(owner(place), GooglePeople.key(value), assertion: .platform, at: place)
  }

  private func address(
    _ item: String, _ name: String, _ label: String, _ assertion: Assertion, _ place: Locator
  ) throws {
    let words = WrittenContact.words(item)
    guard let value = words.first(where: { ValueShape.isEmail($0) }) else {
      return notUnderstood(name, item, place)
    }
    guard !ValueShape.isMasked(value) else { return masked(.email, value, place) }
    let isDoubted = WrittenContact.isDoubted(words)
    if label.isEmpty, !isDoubted, mail == nil { mail = value }
    try writer.identifier(
      owner(place), .email, value, label: isDoubted ? "unverified" : label,
      assertion: isDoubted ? .claimed : assertion, at: place)
  }

  private func phone(
    _ item: String, _ name: String, _ label: String, _ assertion: Assertion, _ place: Locator
  ) throws {
    if ValueShape.isMasked(item) { return masked(.phone, item, place) }
    // A date has as many digits.
    guard let number = WrittenContact.number(in: item), TimeText.iso8601(String(item.prefix(10))) == nil
    else {
      return notUnderstood(name, item, place)
    }
    let isDoubted = WrittenContact.isDoubted(number.remarks)
    try writer.identifier(
      owner(place), .phone, number.value, label: isDoubted ? "unverified" : label,
      assertion: isDoubted ? .claimed : assertion, at: place)
  }

  private func masked(_ kind: IdentifierKind, _ value: String, _ place: Locator) {
    writer.setAside("identifier", .masked, at: place, detail: "\(kind.rawValue) \(value)")
  }

  private func profile(_ text: String, _ time: ObservedTime, _ written: String, _ place: Locator) throws {
    guard isNew(.profile, time, text, "", place) else { return }
    try writer.record(
      .profile, account: owner(place), time: time, writtenTime: written, text: text, at: place)
  }

  /// Whether no page before gave the same record; else it is set aside.
  private func isNew(
    _ recordClass: RecordClass, _ time: ObservedTime, _ text: String, _ detail: String, _ place: Locator
  ) -> Bool {
    // Accounts of unknown names are strangers to each other.
    guard let key = writer.key(of: owner(place)) else { return true }
    var hasher = Hasher()
    hasher.combine(recordClass)
    hasher.combine(key)
    hasher.combine(time.microseconds)
    hasher.combine(text)
    hasher.combine(detail)
    guard export.records.isRepeated(hasher.finalize(), from: UInt64(member) << 32 | UInt64(tables)) else {
      return true
    }
    writer.setAside(recordClass, .duplicate, at: place)
    return false
  }

  // MARK: Tables

  /// A table begins or ends.
  func table() {
    columns = nil
    current = nil
    tables += 1
  }

  /// Columns of the table of logins at hand.
  var width: Int? { columns?.names.count }

  /// Whether the columns of logins are known, so that rows are such.
  var isInTable: Bool { columns != nil }

  /// A row of a table.
  func row(_ cells: [String], at place: Locator, isCut: Bool = false) throws {
    if cells.allSatisfy(\.isEmpty) { return }
    if let columns { return try login(cells, columns, place, isCut: isCut) }
    if isCut { return writer.setAside("row", .tooLarge, at: place) }
    if let found = GoogleColumns(cells) {
      columns = found
      return
    }
    // Two cells may be a label and its value.
    if let first = cells.first, let found = GoogleLabel.split(first), cells.count <= 2 {
      current = (found.label, found.name)
      let value = [found.value, cells.count == 2 ? cells[1] : ""].filter { !$0.isEmpty }
      try field(value.joined(separator: " ").withLineEnds(as: ", "), place)
      current = nil
      return
    }
    writer.setAside("row", .unknownTable, at: place, detail: cells.joined(separator: " | "))
  }

  /// A login of text, where nothing parts its columns but its words.
  func login(words line: String, at place: Locator) throws {
    guard let columns else { return }
    try login(columns.cells(of: line), columns, place, isCut: false)
  }

  private func login(
    _ cells: [String], _ columns: GoogleColumns, _ place: Locator, isCut: Bool
  ) throws {
    if isCut { return writer.setAside(.login, .tooLarge, at: place) }
    guard cells.count == columns.names.count else {
      return writer.setAside(
        .login, .malformed, at: place,
        detail: "\(cells.count) cells under \(columns.names.count) headers: \(cells.joined(separator: " | "))"
      )
    }
    let written = cells[columns.address]
    guard let address = ValueShape.address(written, port: columns.port.map { cells[$0] } ?? "") else {
      return writer.setAside(.login, .noAddress, at: place, detail: cells.joined(separator: " | "))
    }
    guard let time = export.time(cells[columns.time], isUTC: columns.isUTC) else {
      return writer.setAside(.login, .badTime, at: place, detail: "\(address) \(cells[columns.time])")
    }
    let activity = columns.activity.map { cells[$0] } ?? ""
    // The address of a login that failed is of whoever tried.
    let isOwn = !export.isFailure(columns.outcome.map { "\(activity) \(cells[$0])" } ?? activity)
    let text = ([activity, isOwn ? "" : "from \(address)"] + columns.words(of: cells, all: !isOwn))
      .filter { !$0.isEmpty }.joined(separator: "; ").withLineEnds(as: ", ")
    guard isNew(.login, time, text, cells.joined(separator: "\t"), place) else { return }
    let account = owner(place)
    if isOwn {
      try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: place)
      for (column, label) in columns.devices where GoogleColumns.isDevice(cells[column]) {
        try writer.identifier(
          account, .device, cells[column], label: label, assertion: .platform, time: time, at: place)
      }
      for agent in columns.agents.flatMap({ cells[$0].split(separator: "\n") }) {
        try writer.identifier(
          account, .userAgent, String(agent).trimmingSpaces, assertion: .platform, time: time, at: place)
      }
    }
    try writer.record(
      .login, account: account, time: time, writtenTime: cells[columns.time], text: text, at: place)
  }

  // MARK: The end

  /// Ends what is known of one subscriber.
  private func endSubscriber() throws {
    defer { (account, number, mail, names, hasName, columns) = (nil, nil, nil, [], false, nil) }
    guard let account else { return }
    if !hasName, let first = names.first {
      try writer.identifier(
        account, .personName, names.map(\.value).joined(separator: " "), assertion: .user, at: first.place)
    }
    if number != nil || mail != nil {
      if number == nil, let mail { export.people.key(account, mail: mail, writer) }
      export.people.isTarget(account, mail: mail)
    } else {
      export.people.isLoose(account, Locator(member: member, offset: 0), writer)
    }
  }

  /// Ends the page.
  ///
  /// - Parameter isWhole: whether it ends as a page should.
  func finish(isWhole: Bool, at end: UInt64) throws {
    try endSubscriber()
    if !unknown.isEmpty {
      writer.note("\(path): labels that are not known: \(unknown.joined(separator: ", "))")
    }
    let place = Locator(member: member, offset: end)
    if !isWhole {
      writer.setAside(JSONPass.fileUnit, .truncated, at: place, detail: path)
    } else if fields == 0, tables == 0 {
      writer.setAside(JSONPass.fileUnit, .noField, at: place, detail: path)
    }
  }
}
