internal import AccountModel

/// Posts, comments and pictures on pages.
extension MetaDownload {
  /// Takes a post or comment of the owner's.
  mutating func writing(
    _ part: MetaPagePart, _ sort: Writing, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard sort != .byOthers else {
      return writer.setAside(.message, .noAuthor, at: locator, detail: part.heading)
    }
    guard !part.isBare || !part.heading.isEmpty else {
      return writer.setAside(.message, .empty, at: locator)
    }
    var (written, time) = footTime(part)
    var title = platform == .instagram ? "" : part.heading
    var texts = platform == .instagram && sort == .post && !part.heading.isEmpty ? [part.heading] : []
    var addresses: [String] = []
    var seen: Set<String> = []
    var comment: String?
    var hasPlace = false
    for field in part.fields {
      let label = MetaField.canonical(field.label)
      if let read = pages.time(field.value) {
        if time == nil { (written, time) = (field.value, read) }
      } else if ValueShape.isIP(field.value) {
        if seen.insert(field.value).inserted { addresses.append(field.value) }
      } else if MetaCommentLabel.mediaOwner.contains(label) {
        title = field.value
      } else if MetaCommentLabel.words.contains(label) {
        comment = field.value
      } else if MetaPageLabel.isTime(field.label), written.isEmpty {
        written = field.value
      } else if sort == .comment, comment == nil, !field.isNested, !field.value.isEmpty,
        hasPlace || !Self.isPlace(field.value)
      {
        // Labels in a language that is not known: the words come first, behind the address of what they stand under.
        comment = field.value
      } else {
        hasPlace = hasPlace || Self.isPlace(field.value)
        writer.setAside("picture field", .pictureField, at: locator, detail: "\(field.label): \(field.value)")
      }
    }
    if let comment { texts.append(comment) }
    let owner = ownAccount(locator, writer)
    if time == nil {
      guard !written.isEmpty else { return writer.setAside(.message, .badTime, at: locator) }
      writer.setAside("time", .badTime, at: locator, detail: written)
    }
    let used = pages.used(time)
    texts += words(of: part, sort, written, locator, into: writer)
    // The group that a comment stands in.
    if sort == .comment, let caption = part.blocks.first(where: \.isCaptioned)?.text,
      let colon = caption.firstIndex(of: ":")
    {
      let group = caption[caption.index(after: colon)...].description.trimmingSpaces
      if !group.isEmpty, !title.contains(group) { title += title.isEmpty ? group : " [\(group)]" }
    }
    var links: Set<String> = []
    for link in part.links where MetaPageLabel.isExternal(link.href) && links.insert(link.href).inserted {
      try writer.identifier(
        owner, .url, link.href, label: "share", assertion: .user, time: used, at: locator)
    }
    for address in addresses {
      try writer.identifier(
        owner, .ip, address, label: "upload", assertion: .platform, time: used, at: locator)
    }
    for media in part.media { writer.setAside("attachment", .media, at: locator, detail: media) }
    for tag in part.reactions { writer.setAside("tag", .listed, at: locator, detail: tag) }
    try writer.record(
      .message, account: owner,
      channel: writer.channel([sort.place, title].filter { !$0.isEmpty }.joined(separator: ": ")), time: used,
      writtenTime: written, text: texts.joined(separator: "\n"), at: locator)
  }

  /// Whether a row is nothing but an address on Meta's own sites, where comments stand; any other is what somebody wrote.
  private static func isPlace(_ text: String) -> Bool {
    guard text.hasPrefix("https://") || text.hasPrefix("http://"), !text.contains(where: \.isWhitespace)
    else { return false }
    let host = text.split(separator: "/").dropFirst().first?.lowercased() ?? ""
    return ["facebook.com", "instagram.com", "threads.com", "threads.net"]
      .contains { host == $0 || host.hasSuffix(".\($0)") }
  }

  /// What a body says beside its tables, without repetitions: Facebook writes the words of a post at each picture once
  /// more, and below them when it was changed.
  private func words(
    of part: MetaPagePart, _ sort: Writing, _ written: String, _ locator: Locator, into writer: RecordWriter
  ) -> [String] {
    var texts: [String] = []
    var seen: Set<String> = []
    for block in part.blocks where !block.isLink && block.text != written && seen.insert(block.text).inserted
    {
      if MetaPageTime.isUpdate(block.text, foot: written) {
        writer.setAside("text", .system, at: locator, detail: block.text)
      } else if block.isCaptioned {
        writer.setAside("text", .captioned, at: locator, detail: block.text)
      } else if block.isAttached {
        writer.setAside("text", .attached, at: locator, detail: block.text)
      } else if sort == .picture {
        // Comments of others may stand there as well.
        writer.setAside("text", .underPicture, at: locator, detail: block.text)
      } else {
        texts.append(block.text)
      }
    }
    return texts
  }
}

extension SetAsideReason {
  fileprivate static let pictureField = Self(
    "picture-field", "says how a picture was taken, or is not known", isFault: false)
  fileprivate static let underPicture = Self(
    "under-picture", "stands under a picture, and nothing says who wrote it", isFault: false)
  fileprivate static let captioned = Self(
    "captioned", "stands behind a label of the platform's", isFault: false)
  fileprivate static let attached = Self(
    "attached", "stands on a card that is attached: the name of an album, an app or a page", isFault: false)
  fileprivate static let listed = Self("listed", "stands in a list below a post", isFault: false)
}
