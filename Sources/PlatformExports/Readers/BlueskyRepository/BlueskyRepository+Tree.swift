internal import AccountModel

/// Blocks of the file, and the tree that says which of them are the account's records today.
extension BlueskyRepositoryReader {
  private static let entryUnit = "repository entry"
  private static let blockUnit = "file block"

  private static let badHash = SetAsideReason(
    "bad-hash", "does not have the SHA-256 by which it is called", isFault: true)
  private static let otherHash = SetAsideReason(
    "other-hash", "is called by another hash than SHA-256, or in an old way", isFault: true)
  private static let notHeld = SetAsideReason(
    "not-held", "is one of more blocks than are held until the tree is known", isFault: true)
  private static let notInFile = SetAsideReason(
    "not-in-file", "is named by the repository, and its content is not in the file", isFault: true)
  private static let former = SetAsideReason(
    "former", "is of a former state of the repository: it was deleted or replaced", isFault: false)
  private static let unreached = SetAsideReason(
    "unreached", "is named by no part of the repository that is in the file", isFault: true)
  private static let repost = SetAsideReason(
    "repost", "repeats the words of another account", isFault: false)

  /// Looks at a block and holds it if something may be taken of it.
  func take(
    _ block: CARBlock, roots: [ContentID], into blocks: inout RepositoryBlocks, _ locator: Locator,
    _ writer: RecordWriter
  ) {
    guard let id = block.id else { return writer.setAside(Self.blockUnit, Self.otherHash, at: locator) }
    if block.isTooLarge { return writer.setAside(Self.blockUnit, .tooLarge, at: locator) }
    guard id.codec == ContentID.dagCBOR else {
      return writer.setAside(Self.blockUnit, .otherEntry, at: locator)
    }
    guard let value = CBORValue(block.bytes) else {
      return writer.setAside(Self.blockUnit, .malformed, at: locator)
    }
    guard let kind = RepositoryBlocks.Kind(value) else { return }
    let unit = kind.isRecord ? kind.unit.name : Self.blockUnit
    guard id.names(block.bytes) else { return writer.setAside(unit, Self.badHash, at: locator) }
    switch blocks.add(id, kind, block.bytes, at: block.offset, isRoot: roots.contains(id)) {
    case .added: break
    case .known: writer.setAside(unit, .duplicate, at: locator)
    case .full: writer.setAside(unit, Self.notHeld, at: locator)
    }
  }

  /// Follows the tree of the first commit that the header names.
  mutating func readTree(
    _ roots: [ContentID], _ blocks: inout RepositoryBlocks, member: UInt32, isWhole: Bool,
    into writer: RecordWriter
  ) throws {
    let start = Locator(member: member, offset: 0)
    let commits = roots.compactMap { blocks.position(of: $0) }.filter { blocks.slots[$0].kind == .commit }
    guard let commit = commits.first, let value = blocks.value(commit) else {
      // Of a file that was cut off that much is said already.
      guard isWhole else { return setAsideUnused(blocks, Self.unreached, member, writer) }
      throw ExportRefusal(
        "no-commit", what: "does not hold the commit that its header names", place: writer.describe(start),
        advice: "This is no repository of an account, or a part of one: ask for the whole repository.")
    }
    let locator = Self.place(blocks.slots[commit], member)
    blocks.use(commit)
    guard let version = value["version"]?.integer, (2...3).contains(version), let tree = value["data"]?.link,
      let account = try ownAccount(value["did"]?.text ?? "", locator, writer)
    else {
      throw ExportRefusal(
        "commit-version", what: "has a commit that is not of version 2 or 3, or names no account",
        place: writer.describe(locator), advice: "Ask for the repository again.")
    }
    var isComplete = isWhole
    try RepositoryTree.walk(tree, &blocks) { key, record, node, blocks in
      try entry(
        key, record, Self.place(node, member), of: account, &blocks, member, into: writer)
    } fault: { fault, node in
      isComplete = false
      let place = node.map { Self.place($0, member) } ?? locator
      Self.setAside(fault, at: place, writer)
    }
    setAsideUnused(blocks, isComplete ? Self.former : Self.unreached, member, writer)
  }

  private static func place(_ slot: RepositoryBlocks.Slot, _ member: UInt32) -> Locator {
    Locator(member: member, offset: slot.offset, length: slot.length)
  }

  private static func setAside(_ fault: RepositoryTree.Fault, at locator: Locator, _ writer: RecordWriter) {
    switch fault {
    case .missingNode:
      writer.setAside(entryUnit, notInFile, at: locator, detail: "a part of the tree")
    case .malformed: writer.setAside(entryUnit, .malformed, at: locator, detail: "a part of the tree")
    case .tooDeep: writer.setAside(entryUnit, .malformed, at: locator, detail: "the tree is too deep")
    case .tooLarge: writer.setAside(entryUnit, .malformed, at: locator, detail: "the tree is too large")
    case .repeatedNode:
      writer.setAside(entryUnit, .malformed, at: locator, detail: "a part of the tree stands in it twice")
    case .outOfOrder:
      writer.setAside(entryUnit, .malformed, at: locator, detail: "a key is out of order")
    }
  }

  /// An entry of the tree.
  private mutating func entry(
    _ key: String, _ record: ContentID, _ node: Locator, of account: AccountIndex,
    _ blocks: inout RepositoryBlocks, _ member: UInt32, into writer: RecordWriter
  ) throws {
    let collection = String(key.prefix { $0 != "/" })
    guard let kind = RepositoryBlocks.Kind.records.first(where: { $0.type == collection }) else {
      switch collection {
      case "app.bsky.feed.like": writer.setAside("like", .reaction, at: node, detail: key)
      case "app.bsky.feed.repost": writer.setAside("repost", Self.repost, at: node, detail: key)
      default: writer.setAside("other record", .otherEntry, at: node, detail: collection)
      }
      return
    }
    guard let position = blocks.position(of: record) else {
      return writer.setAside(Self.entryUnit, Self.notInFile, at: node, detail: key)
    }
    let slot = blocks.slots[position]
    guard slot.kind == kind else {
      return writer.setAside(Self.entryUnit, .malformed, at: node, detail: "\(key) is of another type")
    }
    guard !slot.isUsed, let value = blocks.value(position) else {
      return writer.setAside(Self.entryUnit, .duplicate, at: node, detail: key)
    }
    blocks.use(position)
    let locator = Self.place(slot, member)
    let rest = String(key.dropFirst(collection.count + 1))
    switch kind {
    case .post: try post(value, key: rest, by: account, locator, into: writer)
    case .follow, .block: try relation(kind, value, of: account, locator, into: writer)
    case .profile: try profile(value, of: account, locator, into: writer)
    case .commit, .node: break
    }
  }

  /// Counts records that the tree did not name.
  private func setAsideUnused(
    _ blocks: RepositoryBlocks, _ reason: SetAsideReason, _ member: UInt32, _ writer: RecordWriter
  ) {
    var others = 0
    for (position, slot) in blocks.slots.enumerated() where !slot.isUsed {
      guard slot.kind.isRecord else {
        others += 1
        continue
      }
      let words = slot.kind == .post ? blocks.value(position)?["text"]?.text ?? "" : ""
      writer.setAside(slot.kind.unit, reason, at: Self.place(slot, member), detail: words)
    }
    if others > 0 {
      writer.note("\(others) commits and parts of trees are of former states of the repository.")
    }
  }
}

extension RepositoryBlocks.Kind {
  /// The kinds of records of which something is taken.
  static let records: [Self] = [.post, .follow, .block, .profile]

  /// What a block is; nil for a record of which nothing is taken, and for anything else.
  init?(_ value: CBORValue) {
    if let type = value["$type"]?.text {
      guard let kind = Self.records.first(where: { $0.type == type }) else { return nil }
      self = kind
    } else if value["did"]?.text != nil, value["data"]?.link != nil {
      self = .commit
    } else if case .array = value["e"] {
      self = .node
    } else {
      return nil
    }
  }

  /// The type of its records, which is the name of their collection as well.
  var type: String {
    switch self {
    case .post: "app.bsky.feed.post"
    case .follow: "app.bsky.graph.follow"
    case .block: "app.bsky.graph.block"
    case .profile: "app.bsky.actor.profile"
    case .commit, .node: ""
    }
  }

  /// Whether it is a record.
  var isRecord: Bool { self != .commit && self != .node }

  /// What it becomes.
  var unit: RecordClass {
    switch self {
    case .post: .message
    case .follow: .contact
    case .block: .block
    case .profile, .commit, .node: .profile
    }
  }
}
