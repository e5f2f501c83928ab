internal import AccountModel

/// What the owner posted and commented on, on Facebook and Instagram.
///
/// Both are the owner's words: a post stands in `data` as `post` on Facebook and as the `title` of a picture on
/// Instagram, a comment in `data` as `comment`, with the name under which it was written, or in `string_map_data`. The title of
/// an entry of Facebook's says on whose page or picture it stands, in words, and becomes part of the conversation's
/// name. What others wrote on the owner's page names its author in such a title alone, and is set aside; a comment under
/// a picture of the owner's names its author beside the words, and is that name's.
extension MetaDownload {
  /// What a list holds of posts and comments.
  enum Writing {
    case post, comment, picture, byOthers

    /// What the conversation of its records is called.
    var place: String {
      switch self {
      case .post, .byOthers: "posts"
      case .comment: "comments"
      case .picture: "pictures"
      }
    }
  }

  /// An entry of a list of posts, comments or pictures.
  ///
  /// - Returns: how many messages it holds, whether they were taken or set aside: comments stand under pictures.
  mutating func writing(
    _ value: JSONValue, _ sort: Writing, _ locator: Locator, into writer: RecordWriter
  ) throws -> Int {
    if value["comment"]?.kind == .string {
      try commentUnderPicture(value, locator, into: writer)
      return 1
    }
    guard sort != .byOthers else {
      writer.setAside(
        .message, .noAuthor, at: locator, detail: value["title"].map { MetaEntry.text($0) } ?? "")
      return 1
    }
    var written = Written()
    written.gather(value, sort)
    for comment in written.comments { try commentUnderPicture(comment, locator, into: writer) }
    try record(written, sort, locator, into: writer)
    return 1 + written.comments.count
  }

  private mutating func record(
    _ written: Written, _ sort: Writing, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let owner = ownAccount(locator, writer)
    guard let time = Self.time(written.seconds) else {
      writer.setAside(.message, .badTime, at: locator, detail: written.seconds.map { String($0) } ?? "")
      return
    }
    for name in written.authors where !Self.isDeleted(name) {
      people.add(author: name)
      if memory.isNew(owner, .displayName, name) {
        try writer.identifier(owner, .displayName, name, label: "author", assertion: .user, at: locator)
      }
    }
    for link in written.links {
      try writer.identifier(owner, .url, link, label: "share", assertion: .user, time: time, at: locator)
    }
    for (address, at) in written.uploads {
      try writer.identifier(
        owner, .ip, address, label: "upload", assertion: .platform,
        time: at.flatMap { TimeText.epoch(seconds: $0) } ?? time, at: locator)
    }
    for media in written.media { writer.setAside("attachment", .media, at: locator, detail: media) }
    for tag in written.tags { writer.setAside("tag", .tag, at: locator, detail: tag) }
    try writer.record(
      .message, account: owner,
      channel: writer.channel([sort.place, written.title].filter { !$0.isEmpty }.joined(separator: ": ")),
      time: time,
      text: written.texts.joined(separator: "\n"), at: locator)
  }

  /// A comment under a picture of the owner's, with the name of whoever wrote it.
  private mutating func commentUnderPicture(
    _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    var name = value["author"].map { MetaEntry.text($0) } ?? ""
    guard !name.isEmpty, !Self.isDeleted(name) else {
      return writer.setAside(.message, .noAuthor, at: locator, detail: name)
    }
    let seconds = value["timestamp"]?.int64
    guard let time = Self.time(seconds) else {
      return writer.setAside(.message, .badTime, at: locator, detail: seconds.map { String($0) } ?? "")
    }
    // All pictures are one place, in which many take part: a name in it is the same account as in a thread.
    let place = "comments under pictures"
    let number = people.participants.thread(place)
    people.participants.list(3, in: number)
    let platform = platform
    let account = try name.withUTF8 {
      try people.participants.account(
        $0, in: number, platform, role: .participant, at: locator, into: writer)
    }
    try writer.record(
      .message, account: account, channel: writer.channel(place), time: time,
      text: value["comment"].map { Mojibake.repaired($0.string ?? "") } ?? "", at: locator)
  }

  /// Seconds since 1970; a time that is missing is written as 0.
  private static func time(_ seconds: Int64?) -> ObservedTime? {
    seconds.flatMap { $0 == 0 ? nil : TimeText.epoch(seconds: $0) }
  }

  /// How often a key stands in a value, at any depth.
  static func occurrences(of keys: [String], in value: JSONValue, depth: Int = 0) -> Int {
    guard depth < 64 else { return 0 }
    var count = 0
    value.forEachElement { count += occurrences(of: keys, in: $0, depth: depth + 1) }
    value.forEachField { key, field in
      count += (keys.contains(key) ? 1 : 0) + occurrences(of: keys, in: field, depth: depth + 1)
    }
    return count
  }
}

/// What one post or comment holds.
private struct Written {
  var title = ""
  var seconds: Int64?
  /// The words, without repetitions: Facebook writes those of a post at its picture once more.
  private(set) var texts: [String] = []
  private var seenTexts: Set<String> = []
  private var seenUploads: Set<String> = []
  private(set) var authors: [String] = []
  private(set) var links: [String] = []
  /// Addresses from which pictures and films were sent, with their times.
  private(set) var uploads: [(address: String, seconds: Int64?)] = []
  private(set) var media: [String] = []
  private(set) var tags: [String] = []
  /// Comments under the pictures, valid as long as the entry.
  private(set) var comments: [JSONValue] = []

  mutating func gather(_ value: JSONValue, _ sort: MetaDownload.Writing) {
    seconds = (value["timestamp"] ?? value["creation_timestamp"])?.int64
    if value.hasField("string_map_data") || value.hasField("label_values") { return instagramComment(value) }
    title = value["title"].map { MetaEntry.text($0) } ?? ""
    Self.forEach(value["data"]) { data in
      if let post = data["post"] { add(text: post) }
      if let comment = data["comment"] { self.comment(comment) }
    }
    Self.forEach(value["attachments"]) { attachment in
      Self.forEach(attachment["data"]) { self.attachment($0) }
    }
    value["tags"]?.forEachElement { tag in
      tags.append(MetaEntry.text(tag["name"] ?? tag))
    }
    // Instagram's stories and posts: a picture or several, with the words as their title or that of the post.
    if value.hasField("uri") {
      // Facebook has the album's name there.
      if sort != .picture, let words = value["title"] { add(text: words) }
      title = ""
      picture(value)
    }
    if let pictures = value["media"], pictures.kind == .array {
      if let words = value["title"] { add(text: words) }
      title = ""
      pictures.forEachElement { picture in
        if let words = picture["title"] { add(text: words) }
        seconds = seconds ?? picture["creation_timestamp"]?.int64
        self.picture(picture)
      }
    }
  }

  /// Lends the elements of a list, or what stands there alone.
  private static func forEach(_ list: JSONValue?, _ body: (JSONValue) -> Void) {
    if let list, list.kind == .object { body(list) } else { list?.forEachElement(body) }
  }

  private mutating func comment(_ comment: JSONValue) {
    if comment.kind == .string { return add(text: comment) }
    if let words = comment["comment"] { add(text: words) }
    if let author = comment["author"].map({ MetaEntry.text($0) }), !author.isEmpty { authors.append(author) }
    if let group = comment["group"].map({ MetaEntry.text($0) }), !group.isEmpty, !title.contains(group) {
      title += title.isEmpty ? group : " [\(group)]"
    }
    seconds = seconds ?? comment["timestamp"]?.int64
  }

  private mutating func attachment(_ data: JSONValue) {
    data.forEachField { key, field in
      switch key {
      case "media": picture(field)
      case "external_context":
        if let link = field["url"].map({ MetaEntry.text($0) }), !link.isEmpty { links.append(link) }
      case "text": add(text: field)
      default:
        media.append(
          ([key] + ["name", "title"].compactMap { Self.word($0, of: field) }).joined(separator: " "))
      }
    }
  }

  private static func word(_ key: String, of value: JSONValue) -> String? {
    (key == "name" ? value["name"] : value["title"]).map { MetaEntry.text($0) }
  }

  private mutating func picture(_ picture: JSONValue) {
    // A post of Threads is written as a picture, without one.
    let file = picture["uri"].map { MetaEntry.text($0) }
    if file != "" { media.append(file ?? "") }
    if let words = picture["description"] { add(text: words) }
    picture["comments"]?.forEachElement { comments.append($0) }
    uploads(in: picture, at: picture["creation_timestamp"]?.int64, depth: 0)
  }

  private mutating func uploads(in value: JSONValue, at seconds: Int64?, depth: Int) {
    guard depth < 8 else { return }
    value.forEachElement { uploads(in: $0, at: seconds, depth: depth + 1) }
    value.forEachField { key, field in
      if key == "upload_ip", let address = field.string, ValueShape.isIP(address) {
        if seenUploads.insert(address).inserted { uploads.append((address, seconds)) }
      } else {
        uploads(in: field, at: seconds, depth: depth + 1)
      }
    }
  }

  /// A comment of Instagram's, whose labels are in the language of the account: the words are what has a known label, else
  /// the first that is no time and not the name of whose picture it is.
  private mutating func instagramComment(_ value: JSONValue) {
    var values: [(label: String, field: JSONValue)] = []
    func add(_ label: String, _ field: JSONValue) {
      if let stamp = (field["timestamp"] ?? field["timestamp_value"])?.int64, stamp > 0 {
        seconds = seconds ?? stamp
      }
      if let value = field["value"], !MetaEntry.text(value).isEmpty {
        values.append((MetaField.canonical(label), value))
      }
    }
    value["string_map_data"]?.forEachField { label, field in add(Mojibake.repaired(label), field) }
    value["label_values"]?.forEachElement { add($0["label"].map { MetaEntry.text($0) } ?? "", $0) }
    func first(_ labels: Set<String>) -> JSONValue? { values.first { labels.contains($0.label) }?.field }
    if let owner = first(MetaCommentLabel.mediaOwner) { title = MetaEntry.text(owner) }
    if let words = first(MetaCommentLabel.words)
      ?? values.first(where: { !MetaCommentLabel.mediaOwner.contains($0.label) })?.field
    {
      self.add(text: words)
    }
  }

  private mutating func add(text: JSONValue) {
    guard text.kind == .string else { return }
    let words = Mojibake.repaired(text.string ?? "")
    if !words.isEmpty, seenTexts.insert(words).inserted { texts.append(words) }
  }
}

extension SetAsideReason {
  fileprivate static let tag = Self(
    "tag", "names somebody who is in a post, by display name alone", isFault: false)
}
