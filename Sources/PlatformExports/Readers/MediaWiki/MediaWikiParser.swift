internal import AccountModel
internal import CLibXML2

/// Turns the revisions of an export into accounts, identifiers and records.
final class MediaWikiParser: XMLTextHandler {
  private let writer: RecordWriter
  private let member: UInt32
  private let remarkLimit: Int
  private var people = MediaWikiPeople()
  /// Names of namespaces by number.
  private var namespaces: [Int64: String] = [:]
  private var numbers: [String: Int64] = [:]
  private var channels: [Int64: ChannelIndex] = [:]
  private var page = Page()
  private var revision: Revision?
  private var isInSiteInfo = false
  private var isInContributor = false
  /// Elements that hold contributors and are no revisions.
  private var others = 0
  private var namespace: Int64 = 0
  private var base: [UInt8] = []
  private var database: [UInt8] = []
  private var field: Field?
  private var text: [UInt8] = []
  private var isOver = false
  private var revisions = 0
  private var texts = 0

  /// Texts that are held.
  private enum Field { case base, database, namespace, title, number, time, user, id, address, remark }

  private struct Page {
    var title: [UInt8] = []
    var number: Int64 = 0
    /// The account whose page it is.
    var account: AccountIndex?
    var isKnown = false
  }

  private struct Revision {
    var time: [UInt8] = []
    var user: [UInt8] = []
    var id: [UInt8] = []
    var address: [UInt8] = []
    var remark: [UInt8] = []
    var isHidden = false
    var isTooLarge = false
  }

  /// Bytes of a name, title or time.
  private static let fieldLimit = 4096
  /// Namespaces that are told apart.
  private static let namespaceLimit = 1000
  /// The namespaces of users' pages and of the talk about them, on all wikis.
  private static let userPages: Int64 = 2
  private static let userTalk: Int64 = 3

  private static let wholePage = SetAsideReason(
    "whole-page", "is a whole page, in which mostly others' words stand", isFault: false)
  private static let otherEntry = SetAsideReason("other-entry", "is no edit of a page", isFault: false)
  private static let hidden = SetAsideReason(
    "hidden", "has a contributor whom the wiki hides", isFault: false)

  init(_ writer: RecordWriter, member: UInt32, limits: ImportLimits) {
    self.writer = writer
    self.member = member
    remarkLimit = min(limits.recordBytes, 1 << 20)
  }

  // MARK: Elements

  func start(_ name: UInt32, _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place) {
    field = nil
    switch MediaWikiName(rawValue: name) {
    case .siteinfo: isInSiteInfo = true
    case .base where isInSiteInfo: collect(.base)
    case .dbname where isInSiteInfo: collect(.database)
    case .namespace where isInSiteInfo:
      namespace = SMSBackupParser.number(attributes.value(number: MediaWikiName.key.rawValue)) ?? 0
      collect(.namespace)
    case .page: page = Page()
    case .title where revision == nil: collect(.title)
    case .ns where revision == nil: collect(.number)
    case .upload, .logitem: others += 1
    case .revision:
      revision = Revision()
      revision?.isTooLarge = place.cut != 0
    case .contributor:
      isInContributor = true
      if !attributes.value(number: MediaWikiName.deleted.rawValue).isEmpty { revision?.isHidden = true }
    case .timestamp where isInRevision: collect(.time)
    case .username where isInRevision && isInContributor: collect(.user)
    case .id where isInRevision && isInContributor: collect(.id)
    case .ip where isInRevision && isInContributor: collect(.address)
    case .comment where isInRevision: collect(.remark)
    case .text where isInRevision: texts += 1
    default: break
    }
  }

  private var isInRevision: Bool { revision != nil && others == 0 }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let field else { return }
    let limit = field == .remark ? remarkLimit : Self.fieldLimit
    if text.count + bytes.count > limit { isOver = true }
    text.append(contentsOf: bytes.prefix(max(0, limit - text.count)))
  }

  func end(_ name: UInt32, _ place: cog_xml_place) throws {
    if let field { take(field) }
    field = nil
    switch MediaWikiName(rawValue: name) {
    case .siteinfo:
      isInSiteInfo = false
      knowSite()
    case .contributor: isInContributor = false
    case .upload, .logitem: others -= others > 0 ? 1 : 0
    case .revision:
      guard let ended = revision else { return }
      revision = nil
      revisions += 1
      try write(ended, at: place.locator(member))
    default: break
    }
  }

  private func collect(_ field: Field) {
    self.field = field
    text.removeAll(keepingCapacity: true)
    isOver = false
  }

  private func take(_ field: Field) {
    if isOver { revision?.isTooLarge = true }
    let value = text.withUnsafeBufferPointer { Array($0.trimmed) }
    switch field {
    case .base: base = value
    case .database: database = value
    case .namespace:
      if namespaces.count < Self.namespaceLimit {
        let name = String(decoding: value, as: UTF8.self)
        namespaces[namespace] = name
        numbers[name] = namespace
      }
    case .title:
      page.title = value
      page.number = namespace(of: value)
    case .number: page.number = value.withUnsafeBufferPointer { SMSBackupParser.number($0) } ?? 0
    case .time: revision?.time = value
    case .user: revision?.user = value
    case .id: revision?.id = value
    case .address: revision?.address = value
    case .remark: revision?.remark = value
    }
  }

  // MARK: The wiki and its pages

  /// The namespace that a title begins with; exports of before `export-0.6` say it nowhere else.
  private func namespace(of title: [UInt8]) -> Int64 {
    guard let colon = title.firstIndex(of: UInt8(ascii: ":")) else { return 0 }
    return numbers[String(decoding: title[..<colon], as: UTF8.self)] ?? 0
  }

  private func knowSite() {
    let address = String(decoding: base, as: UTF8.self)
    if revisions == 0, let platform = MediaWikiSite.platform(base: address) { people.platform = platform }
  }

  /// A conversation for each namespace: of one page each there would be as many as pages.
  private func channel() -> ChannelIndex {
    if let known = channels[page.number] { return known }
    let name = namespaces[page.number].map { $0.isEmpty ? "edits" : "edits in \($0)" }
    let channel = writer.channel(name ?? (page.number == 0 ? "edits" : "edits in other namespaces"))
    writer.markAsGroup(channel)
    if channels.count < Self.namespaceLimit { channels[page.number] = channel }
    return channel
  }

  /// The account whose page or talk page this is.
  private func pageAccount(_ locator: Locator) throws -> AccountIndex? {
    if page.isKnown { return page.account }
    page.isKnown = true
    guard page.number == Self.userPages || page.number == Self.userTalk,
      let colon = page.title.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let name = page.title[(colon + 1)...].prefix { $0 != UInt8(ascii: "/") }
    // Whoever has no account has a page under the address.
    guard !name.isEmpty, !MediaWikiPeople.isAddress(String(decoding: name, as: UTF8.self)) else { return nil }
    page.account = try name.withUnsafeBufferPointer {
      try people.account(ofPage: $0.trimmed, locator, into: writer)
    }
    return page.account
  }

  // MARK: Revisions

  private func write(_ revision: Revision, at locator: Locator) throws {
    if revision.isTooLarge { return writer.setAside(.message, .tooLarge, at: locator) }
    if revision.isHidden { return writer.setAside(.message, Self.hidden, at: locator) }
    // Early ones stand where an address would.
    if [revision.user, revision.address].contains(where: {
      $0.withUnsafeBufferPointer(MediaWikiPeople.isProgram)
    }) {
      return writer.setAside(.message, .system, at: locator)
    }
    let written = String(decoding: revision.time, as: UTF8.self)
    guard let time = TimeText.plausibleISO8601(written), time.precision != .day else {
      return writer.setAside(.message, .badTime, at: locator, detail: written)
    }
    let owner = try pageAccount(locator)
    guard let account = try account(of: revision, written, time, locator) else {
      let detail = String(decoding: revision.user + revision.address, as: UTF8.self)
      return writer.setAside(.message, .noAuthor, at: locator, detail: detail)
    }
    let other = owner.map { writer.resolve($0) } ?? .none
    try writer.record(
      .message, account: account, other: other == account ? .none : other, channel: channel(), time: time,
      writtenTime: written, text: revision.remark.withUnsafeBufferPointer { MediaWikiRemark.own($0) },
      at: locator)
  }

  private func account(
    of revision: Revision, _ written: String, _ time: ObservedTime, _ locator: Locator
  ) throws -> AccountIndex? {
    let number = revision.id.withUnsafeBufferPointer { SMSBackupParser.number($0) } ?? 0
    if number > 0 {
      return try revision.user.withUnsafeBufferPointer { name in
        try revision.id.withUnsafeBufferPointer {
          try people.account(id: $0, name: name, locator, into: writer)
        }
      }
    }
    // Exports of before there were numbers, and brought pages, give an address as a name.
    for field in [revision.address, revision.user] where !field.isEmpty {
      let text = String(decoding: field, as: UTF8.self)
      if MediaWikiPeople.isAddress(text) {
        return try people.account(address: text, month: written.prefix(7), time, locator, into: writer)
      }
    }
    guard !revision.user.isEmpty else { return nil }
    return try revision.user.withUnsafeBufferPointer {
      try people.account(named: $0, locator, into: writer)
    }
  }

  // MARK: The end

  /// Accounts for what was lost, and writes the second count.
  func finish(_ report: cog_xml_report) throws {
    let seen = Int(report.counted.0)
    writer.count(.message, seen: seen)
    if let fault = writer.setAsideEnd(of: report, member: member), seen > revisions {
      writer.setAside(.message, fault.reason, at: fault.place, count: seen - revisions)
    } else if report.status == COG_XML_DONE, seen == 0 {
      writer.setAside("document", .empty, at: nil, detail: "no revision")
    }
    if texts > 0 { writer.setAside("text of a page", Self.wholePage, at: nil, count: texts) }
    let entries = Int(report.counted.1 + report.counted.2)
    if entries > 0 { writer.setAside("upload or log entry", Self.otherEntry, at: nil, count: entries) }
    if people.platform == MediaWikiSite.unknown, revisions > 0 {
      writer.note(
        "nothing in the export says which wiki this is (`base`), or that is an address at home"
          + (database.isEmpty ? "" : "; it calls itself \(String(decoding: database, as: UTF8.self))")
          + ": accounts mean something in this source only.")
    }
    writer.countCharacters(of: report)
  }
}
