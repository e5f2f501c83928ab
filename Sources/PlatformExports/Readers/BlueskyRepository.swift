internal import AccountModel

/// A Bluesky account's repository, as the account downloads it (`repo.car`), and the DID document of an account.
///
/// The header of the CAR file names a commit, the commit its owner's DID and the root of the tree, the tree each record.
/// Records that are in the file and that the tree does not name are of former states: deleted, or replaced. Each block
/// that is used has the SHA-256 by which it is called. Who signed the commit is not verified: the key is in the DID
/// document, and not in the file.
///
/// A document belongs to the repository of the same name (`hilda.example.repo.car`, `hilda.example.did.json`).
public struct BlueskyRepositoryReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "bluesky-repository", title: "Bluesky repository", version: 1)

  /// Bytes of a block: the protocol allows records of a megabyte.
  private static let blockLimit = 1 << 20
  /// How far a post's own time and the one in its key may lie apart, in microseconds: clocks of phones are wrong by
  /// minutes, and a program may prepare a post before it sends it.
  private static let keyTolerance: Int64 = 3_600_000_000

  private let context: UnitContext
  let limits: ImportLimits
  var people = BlueskyPeople()
  var times = SnowflakeCheck(
    .blueskyTID, tolerance: keyTolerance,
    meaning: "whoever posts may write any time, as programs do that bring posts from elsewhere")
  /// The DID and account of the repository.
  private var owner: (did: String, account: AccountIndex)?
  /// DIDs of documents.
  private var documents: [String] = []

  /// Judges by the header of a CAR file, or the keys of a DID document.
  public static func recognise(_ head: MemberHead) -> Recognition {
    if isDocument(head) { return .likely }
    guard let (header, _) = CARReader.header(head.bytes) else { return .no }
    return header.version != 1 || header.roots.contains { $0.codec == ContentID.dagCBOR } ? .certain : .no
  }

  /// Others use such documents as well: those of the AT Protocol give names as `at://` and the services of it.
  private static func isDocument(_ head: MemberHead) -> Bool {
    head.firstByte == UInt8(ascii: "{") && head.contains("www.w3.org/ns/did/v1") && head.contains("\"did:")
      && head.contains("\"alsoKnownAs\"") && (head.contains("\"at://") || head.contains("#atproto"))
  }

  /// Ends of names that say what a file is: the outer one, then the inner.
  private static let endings = [[".car", ".json"], [".repo", ".did", ".diddoc"]]

  /// The path without what says that it is a repository or a document.
  ///
  /// What else stands between dots tells files apart: programs name them by the account's name, which is a host's
  /// (`hilda.bsky.social`, `hilda.example`), and by the day.
  public static func root(of path: String) -> String {
    let folder = folder(of: path)
    var name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    for possible in endings {
      let lowered = name.lowercased()
      guard let ending = possible.first(where: { lowered.hasSuffix($0) }), ending.count < name.count else {
        continue
      }
      name = name.dropLast(ending.count)
    }
    return folder.isEmpty ? String(name) : "\(folder)/\(name)"
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    limits = context.options.limits
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try input.fill(atLeast: MemberHead.limit)
    if input.window.first == UInt8(ascii: "{") { return try readDocument(input, into: writer) }
    try readRepository(input, into: writer)
  }

  /// Reads a DID document: the names of an account, as its keeper publishes them.
  private mutating func readDocument(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONKeyTally(keys: ["alsoKnownAs"])
    input.tap { tally.feed($0) }
    let pass = try JSONPass(limits: limits)
    try pass.read(["$"], of: input, into: writer, unit: { _ in RecordClass.profile.name }) {
      _, value, locator in
      let did = value["id"]?.string ?? ""
      guard let account = try people.account(did, locator, into: writer) else {
        return writer.setAside(.profile, .malformed, at: locator, detail: "a document of no DID")
      }
      documents.append(did)
      try value["alsoKnownAs"]?.forEachElement { name in
        guard let name = name.string, name.hasPrefix("at://") else { return }
        try people.memory.add(
          .handle, String(name.dropFirst(5)), assertion: .claimed, to: account, locator, into: writer)
      }
      var words = ["DID document"]
      value["service"]?.forEachElement { words += [$0["serviceEndpoint"]?.string].compactMap { $0 } }
      try writer.record(.profile, account: account, text: words.joined(separator: "; "), at: locator)
    }
    writer.count(.profile, seen: tally[0])
  }

  private mutating func readRepository(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = RecordTypeTally(RepositoryBlocks.Kind.records.map(\.type))
    input.tap { tally.feed($0) }
    var reader = CARReader(input, limit: min(Self.blockLimit, limits.recordBytes))
    let start = Locator(member: input.member, offset: input.offset)
    guard let header = try reader.header() else {
      return writer.setAside(JSONPass.fileUnit, .truncated, at: start, detail: input.path)
    }
    guard header.version == 1 else {
      throw ExportRefusal(
        "car-version", what: "is a CAR file of version \(header.version)", place: writer.describe(start),
        advice: "Ask for the repository again: services give version 1.")
    }
    var blocks = RepositoryBlocks(byteLimit: limits.heldBytes, countLimit: limits.heldBlocks)
    let end = try reader.forEachBlock { block in
      take(
        block, roots: header.roots, into: &blocks,
        Locator(
          member: input.member, offset: block.offset, length: UInt32(clamping: block.bytes.count)), writer)
    }
    var isWhole = false
    switch end {
    case .complete: isWhole = true
    case .truncated(let offset):
      writer.setAside(
        JSONPass.fileUnit, .truncated, at: Locator(member: input.member, offset: offset), detail: input.path)
    case .malformed(let offset):
      writer.setAside(
        JSONPass.fileUnit, .malformed, at: Locator(member: input.member, offset: offset), detail: input.path)
      try input.skipRest()
    }
    try readTree(header.roots, &blocks, member: input.member, isWhole: isWhole, into: writer)
    for (position, kind) in RepositoryBlocks.Kind.records.enumerated() {
      writer.count(kind.unit, seen: tally[position])
    }
  }

  /// The account of the repository.
  mutating func ownAccount(
    _ did: String, _ locator: Locator, _ writer: RecordWriter
  ) throws -> AccountIndex? {
    if let owner {
      guard owner.did == did else { throw ExportRefusal.twoOwners(place: writer.describe(locator)) }
      return owner.account
    }
    guard let account = try people.account(did, role: .owner, locator, into: writer) else { return nil }
    owner = (did, account)
    return account
  }

  /// Says what does not agree.
  public mutating func finish(into writer: RecordWriter) throws {
    times.report(to: writer)
    guard let owner, let other = documents.first(where: { $0 != owner.did }) else { return }
    writer.note(
      "\(context.container): the DID document beside the repository is that of another account, \(other), and the "
        + "repository is that of \(owner.did): the names in the document are not the repository's.")
  }
}
