internal import AccountModel

/// Records of a repository: what the account posted, whom it follows and blocks, and how it shows itself.
extension BlueskyRepositoryReader {
  /// A post or a reply. What a quoted post says is not in it.
  mutating func post(
    _ value: CBORValue, key: String, by account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard let text = value["text"]?.text else {
      return writer.setAside(.message, .malformed, at: locator, detail: "a post without text")
    }
    let written = value["createdAt"]?.text ?? ""
    guard let time = TimeText.plausibleISO8601(written) else {
      return writer.setAside(.message, .badTime, at: locator, detail: written)
    }
    times.judge(key, time, locator, writer)
    _ = try people.account(
      value["reply"]?["parent"]?["uri"]?.text.flatMap { BlueskyPeople.did(in: $0) }, locator, into: writer)
    for link in try facets(of: value, text, locator, into: writer) + Self.cards(of: value) {
      try writer.identifier(account, .url, link, label: "share", assertion: .user, time: time, at: locator)
    }
    for media in Self.media(of: value) {
      writer.setAside("attachment", .media, at: locator, detail: media["alt"]?.text ?? "")
    }
    try writer.record(
      .message, account: account, channel: writer.channel("posts"), time: time, writtenTime: written,
      text: text, at: locator)
  }

  /// Links in a text; accounts that it mentions are written, with the names that it gives them.
  private mutating func facets(
    of value: CBORValue, _ text: String, _ locator: Locator, into writer: RecordWriter
  ) throws -> [String] {
    var links: [String] = []
    for facet in value["facets"]?.elements ?? [] {
      for feature in facet["features"]?.elements ?? [] {
        if let address = feature["uri"]?.text { links.append(address) }
        guard let other = try people.account(feature["did"]?.text, locator, into: writer) else { continue }
        if let name = Self.name(at: facet["index"], in: text) {
          // The words are the writer's, and the program's that looked the name up: nobody confirms them.
          try people.memory.add(.handle, name, assertion: .claimed, to: other, locator, into: writer)
        }
      }
    }
    // Before facets, in 2023, posts had entities.
    for entity in value["entities"]?.elements ?? [] {
      let target = entity["value"]?.text
      if entity["type"]?.text == "link" {
        links += [target].compactMap { $0 }
      } else {
        _ = try people.account(target, locator, into: writer)
      }
    }
    return links
  }

  /// The name that stands behind an `@` at some bytes of a text, where it can be one: a host's.
  private static func name(at index: CBORValue?, in text: String) -> String? {
    let bytes = text.utf8
    guard let start = index?["byteStart"]?.integer, let end = index?["byteEnd"]?.integer, start >= 0,
      start < end, end <= bytes.count, end - start <= 254
    else { return nil }
    let part = bytes.dropFirst(Int(start)).prefix(Int(end - start))
    guard part.first == UInt8(ascii: "@"), let name = String(part.dropFirst()) else { return nil }
    return name.contains(".") && ValueShape.isHandle(name, signs: ".-", limit: 253) ? name : nil
  }

  /// Pages that a post shows as a card.
  private static func cards(of value: CBORValue) -> [String] {
    let embeds = [value["embed"], value["embed"]?["media"]]
    return embeds.compactMap { $0?["external"]?["uri"]?.text }
  }

  /// Pictures and films of a post.
  private static func media(of value: CBORValue) -> [CBORValue] {
    let embeds = [value["embed"], value["embed"]?["media"]].compactMap { $0 }
    return embeds.flatMap { ($0["images"]?.elements ?? []) + ($0["video"] == nil ? [] : [$0]) }
  }

  /// An account that the owner follows or blocks.
  mutating func relation(
    _ kind: RepositoryBlocks.Kind, _ value: CBORValue, of account: AccountIndex, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    // Early follows name the account and the version of it.
    let subject = value["subject"]
    guard let other = try people.account(subject?.text ?? subject?["did"]?.text, locator, into: writer) else {
      return writer.setAside(kind.unit, .noAuthor, at: locator, detail: subject?.text ?? "")
    }
    let written = value["createdAt"]?.text ?? ""
    guard let time = written.isEmpty ? ObservedTime.none : TimeText.plausibleISO8601(written) else {
      return writer.setAside(kind.unit, .badTime, at: locator, detail: written)
    }
    try writer.record(
      kind.unit, account: account, other: other, time: time, writtenTime: written,
      text: kind == .follow ? "following" : "", at: locator)
  }

  /// The profile that the account shows.
  mutating func profile(
    _ value: CBORValue, of account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    try people.memory.add(
      .displayName, value["displayName"]?.text ?? "", assertion: .user, to: account, locator, into: writer)
    try people.memory.add(
      .url, value["website"]?.text ?? "", label: "website", assertion: .user, to: account, locator,
      into: writer)
    let written = value["createdAt"]?.text ?? ""
    guard let time = written.isEmpty ? ObservedTime.none : TimeText.plausibleISO8601(written) else {
      return writer.setAside(.profile, .badTime, at: locator, detail: written)
    }
    try writer.record(
      .profile, account: account, time: time, writtenTime: written, text: value["description"]?.text ?? "",
      at: locator)
  }
}
