internal import AccountModel

/// Threads on pages: a part is a message, its heading the sender's display name.
extension MetaDownload {
  /// Takes a message.
  ///
  /// - Returns: false for what stands above the messages: who takes part, or what sort of thread it is.
  mutating func message(
    _ part: MetaPagePart, _ locator: Locator, into writer: RecordWriter
  ) throws -> Bool {
    let (written, time) = footTime(part)
    if written.isEmpty, isHeader(part) {
      let words = part.heading.isEmpty ? part.blocks.first?.text ?? "" : part.heading
      // Names are listed in words, which differ by language; a comma says that there are more than two.
      if words.contains(":"), words.contains(",") || words.contains("、") || words.contains("،") {
        thread.size = 3
      }
      writer.setAside("thread heading", .threadHeading, at: locator, detail: words)
      return false
    }
    let name = DirectionMarks.stripped(part.heading)
    guard !name.isEmpty, !Self.isDeleted(name) else {
      writer.setAside(.message, .noAuthor, at: locator, detail: name)
      return true
    }
    guard let time else {
      if written.isEmpty {
        writer.setAside(.message, .badTime, at: locator)
        return true
      }
      // The words are evidence without their time, which may be in any language.
      writer.setAside("time", .badTime, at: locator, detail: written)
      try message(by: name, part, .none, written, locator, into: writer)
      return true
    }
    try message(by: name, part, pages.used(time), written, locator, into: writer)
    return true
  }

  private mutating func message(
    by name: String, _ part: MetaPagePart, _ time: ObservedTime, _ written: String, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    var copy = name
    let account = try copy.withUTF8 { try person($0, role: .participant, locator, into: writer) }
    let channel = thread.channel ?? writer.channel(thread.name)
    thread.channel = channel
    for file in part.media { writer.setAside("attachment", .media, at: locator, detail: file) }
    for reaction in part.reactions { writer.setAside("reaction", .reaction, at: locator, detail: reaction) }
    for field in part.fields {
      writer.setAside("shared text", .shared, at: locator, detail: "\(field.label): \(field.value)")
    }
    var text: [String] = []
    for block in part.blocks where part.hasFoot || block.text != written {
      if part.isText(outer: block.outer, inner: block.inner) {
        text.append(block.text)
      } else if !block.isLink {
        writer.setAside("shared text", .shared, at: locator, detail: block.text)
      }
    }
    for link in part.links
    where !part.isText(outer: link.outer, inner: link.inner) && MetaPageLabel.isExternal(link.href) {
      try writer.identifier(
        account, .url, link.href, label: "share", assertion: .user, time: time, at: locator)
    }
    try writer.record(
      .message, account: account, channel: channel, time: time, writtenTime: written,
      text: text.joined(separator: "\n"), at: locator)
  }

  /// The time at the foot of a part, or in its last block where no class marks a foot, as written and as read.
  mutating func footTime(_ part: MetaPagePart) -> (written: String, time: ObservedTime?) {
    if let foot = part.feet.last(where: { !$0.isEmpty }) { return (foot, pages.time(foot)) }
    guard let last = part.blocks.last, part.feet.isEmpty, let time = pages.time(last.text) else {
      return ("", nil)
    }
    return (last.text, time)
  }

  /// Whether a part without a time says nothing but a heading or a link.
  private func isHeader(_ part: MetaPagePart) -> Bool {
    part.fields.isEmpty && part.media.isEmpty && part.reactions.isEmpty
      && (part.heading.isEmpty ? part.blocks.count == 1 : part.blocks.allSatisfy(\.isLink))
  }
}

extension MetaPagePart {
  /// Whether what stands at a place of a message's body is what its sender wrote: the second of the elements that every
  /// body has, of which the others hold what is passed on; of a body that is not built so, the first.
  func isText(outer: Int, inner: Int) -> Bool {
    if innerCount >= 2 { return outer <= 0 && inner == 1 }
    return outer <= 0
  }
}

extension SetAsideReason {
  fileprivate static let threadHeading = Self(
    "thread-heading", "says in words who takes part, or what sort of thread it is", isFault: false)
}
