public import Foundation

/// One unit of a container: the members that one reader reads together.
public struct PlannedUnit: Sendable {
  /// The format that its reader reads.
  public let format: ExportFormat
  /// Common root of the members; for a format whose members stand alone, the member's path.
  public let root: String
  /// Its members, in order.
  public let members: [ExportContainer.Member]
  let reader: any ExportReader.Type

  let isOfLegalRequest: Bool

  /// Whether whatever is in its format came by a legal request, or one of its members says so of itself.
  public var holdsCommunicationsData: Bool { reader.holdsCommunicationsData || isOfLegalRequest }
}

/// What a container holds, as recognised from the beginnings of its members.
public struct ImportPlan: Sendable {
  /// What was looked into.
  public let container: ExportContainer
  /// Units in order of their first member, databases behind the others.
  public let units: [PlannedUnit]
  /// Members that no reader recognised: media, and what is not an account record.
  public let unrecognised: [String]
  /// What some of the unrecognised members are, where their beginning shows it: the first of each sort.
  public let unread: [Unread]
  /// Archives that lie in a folder: each is a container of its own.
  public let archives: [URL]
  /// Members that are never read.
  public let refused: [ExportContainer.Refused]
  private let options: ReaderOptions

  /// A sort of file that is known and that no reader reads.
  public struct Unread: Sendable {
    /// The first member of the sort.
    public let path: String
    /// How many there are.
    public internal(set) var count: Int
    /// What they are, as the end of a sentence.
    public let what: String
    /// What to do instead.
    public let advice: String
    /// Whether it is of a platform's export or return: then what belongs into the case is missing. A document or
    /// a table may as well be what somebody sent.
    public let isOfExport: Bool
  }

  /// Looks into a file, folder or archive.
  public init(_ url: URL, options: ReaderOptions) throws {
    let container = try ExportContainer(url, limits: options.limits)
    var refused: [ExportContainer.Refused] = []
    var unrecognised: [String] = []
    var known: [(path: String, what: KnownUnread)] = []
    /// Archives among the members of an archive.
    var nested: [String] = []
    var found: [(reader: any ExportReader.Type, root: String, members: [ExportContainer.Member])] = []
    var position: [String: Int] = [:]
    /// What members are of, by path.
    var subjects: [String: String] = [:]
    /// Members that say that they came by a legal request.
    var requested: Set<String> = []
    var archives: [URL] = []
    var databases = DatabaseMembers()
    // Mail and chats of a return are files as anybody has them; the archive's name says where they are from.
    let isOfReturn = GoogleFile.isNameOfReturn(container.url.lastPathComponent)

    func place(_ member: ExportContainer.Member, _ input: MemberInput) throws {
      let isArchive: Bool
      do {
        try input.fill(atLeast: MemberHead.limit)
        if try databases.take(member, input) { return }
        isArchive = ExportContainer.looksLikeArchive(Array(input.window.prefix(512)))
        // In a folder it is a container of its own, as archives are.
        if isArchive, container.form != .folder, let workbook = try WorkbookHead(input, options: options) {
          return settle(member, MemberHead(path: member.path, workbook: workbook, options: options))
        }
      } catch let refusal as ExportRefusal where ["bad-archive", "read-error"].contains(refusal.code) {
        // One damaged member does not take the others with it; damage to the archive itself ends the walk.
        refused.append(ExportContainer.Refused(path: member.path, why: refusal.what, isFault: true))
        return
      }
      if isArchive {
        if container.form == .folder {
          archives.append(container.location(of: member))
        } else {
          nested.append(member.path)
        }
        return
      }
      try input.skipByteOrderMark()
      let head = MemberHead(
        path: member.path,
        bytes: UnsafeBufferPointer(rebasing: input.window.prefix(MemberHead.limit)),
        isWhole: input.isExhausted && input.window.count <= MemberHead.limit, options: options)
      settle(member, head)
    }

    func settle(_ member: ExportContainer.Member, _ head: MemberHead) {
      guard let reader = ExportRegistry.reader(for: head) else {
        unrecognised.append(member.path)
        if let what = KnownUnread.of(head) { known.append((member.path, what)) }
        return
      }
      if reader.isOfLegalRequest(head) || isOfReturn || GoogleFile.isMarkedReturn(member.path) {
        requested.insert(member.path)
      }
      subjects[member.path] = reader.subject(of: head)
      add(member, to: reader)
    }

    func add(_ member: ExportContainer.Member, to reader: any ExportReader.Type) {
      let root = reader.root(of: member.path)
      let key = "\(reader.format.id)\u{0}\(root)"
      if let place = position[key] {
        found[place].members.append(member)
      } else {
        position[key] = found.count
        found.append((reader, root, [member]))
      }
    }

    if container.form == .archive {
      var wasCut = false
      // What was recognised by its beginning and is cut further down: whole members alone are read.
      let withdraw: (ExportContainer.Member) -> Void = { member in
        wasCut = true
        for number in found.indices { found[number].members.removeAll { $0 == member } }
        if !refused.contains(where: { $0.path == member.path }) {
          refused.append(
            ExportContainer.Refused(path: member.path, why: "is cut off in its middle", isFault: true))
        }
      }
      try container.walkArchive(refused: { refused.append($0) }, cut: withdraw) { member, open in
        try place(member, open(0))
      }
      found.removeAll { $0.members.isEmpty }
      if wasCut, found.isEmpty, databases.found.isEmpty {
        throw container.damaged("it is cut off, and nothing readable is whole")
      }
    } else {
      let listing = try container.list()
      refused = listing.refused
      for member in listing.members {
        let input: MemberInput
        do {
          input = try container.open(member, number: 0)
        } catch let refusal as ExportRefusal where container.form == .folder {
          refused.append(ExportContainer.Refused(path: member.path, why: refusal.what, isFault: true))
          continue
        }
        try place(member, input)
      }
    }
    for one in databases.found where !refused.contains(where: { $0.path == one.member.path }) {
      if let reader = databases.reader(beside: one, options) {
        add(one.member, to: reader)
      } else {
        databases.withHead(of: one, options) { settle(one.member, $0) }
      }
    }
    // What a report was made from is no source beside it.
    var parts: Set<String> = []
    for one in found where !one.reader.folders.isEmpty {
      for member in one.members {
        let folder = member.path.lastIndex(of: "/").map { member.path[...$0] } ?? ""
        for part in one.reader.folders { parts.insert(folder + part + "/") }
      }
    }
    func isPart(_ path: String) -> Bool {
      !parts.isEmpty && path.indices.contains { path[$0] == "/" && parts.contains(String(path[...$0])) }
    }
    for number in found.indices {
      unrecognised += found[number].members.map(\.path).filter(isPart)
      found[number].members.removeAll { isPart($0.path) }
    }
    let all = found
    for number in found.indices {
      guard let fuller = found[number].reader.fullerFormat else { continue }
      let (root, reader) = (found[number].root, found[number].reader)
      let beside = all.filter { $0.reader.format.id == fuller }.flatMap(\.members)
        .filter { Self.folder(of: $0.path) == root }
      guard let same = beside.first else { continue }
      func isThere(_ member: ExportContainer.Member) -> Bool {
        beside.contains { reader.isSame(subjects[$0.path], subjects[member.path]) }
      }
      let what = KnownUnread(
        what: "a file of an export that lies there as \(fuller) as well",
        advice:
          "\(same.path) is read instead, which says the same, and more, where it is whole and of the same chats. Where it is not, give this in a folder of its own."
      )
      for member in found[number].members where isThere(member) {
        unrecognised.append(member.path)
        known.append((member.path, what))
      }
      found[number].members.removeAll(where: isThere)
    }
    found.removeAll { $0.members.isEmpty }
    for path in nested {
      if isPart(path) {
        unrecognised.append(path)
      } else {
        let why = "is an archive inside an archive: unpack it first"
        refused.append(ExportContainer.Refused(path: path, why: why, isFault: true))
      }
    }
    var unread: [Unread] = []
    for (path, what) in known where !isPart(path) {
      if let same = unread.firstIndex(where: { $0.what == what.what }) {
        unread[same].count += 1
      } else {
        unread.append(
          Unread(path: path, count: 1, what: what.what, advice: what.advice, isOfExport: what.isOfExport))
      }
    }
    self.container = container
    self.options = options
    self.archives = archives.filter { archive in
      !isPart(String(archive.path.dropFirst(container.url.resolvingSymlinksInPath().path.count + 1)))
    }
    self.refused = refused
    self.unrecognised = unrecognised
    self.unread = unread
    units = found.map { one in
      PlannedUnit(
        format: one.reader.format, root: one.root, members: one.members, reader: one.reader,
        isOfLegalRequest: one.members.contains { requested.contains($0.path) })
    }
  }

  private static func folder(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[..<$0] } ?? ""
  }

  /// Reads a unit into a writer.
  ///
  /// An archive is walked anew for each of its units, so that what is wrong with one leaves the others alone;
  /// entries of other units are passed over without unpacking them where the archive's format allows it.
  ///
  /// - Parameter progress: called with the bytes read so far, after each batch and each member.
  public func read(_ unit: PlannedUnit, into writer: RecordWriter, progress: (Int) -> Void = { _ in }) throws
  {
    var reader = try unit.reader.init(
      context: UnitContext(
        container: container.url.path, root: unit.root, memberPaths: unit.members.map(\.path),
        options: options))
    var done = 0
    func feed(_ path: String, _ open: (UInt32) throws -> MemberInput) throws {
      let input = try open(writer.addMember(path: path))
      try input.skipByteOrderMark()
      try withoutActuallyEscaping(progress) { progress in
        writer.onFlush = { progress(done + Int(input.offset)) }
        defer { writer.onFlush = nil }
        try reader.read(input, into: writer)
      }
      done += Int(input.offset)
      progress(done)
    }
    if container.form == .archive {
      struct AllRead: Error {}
      var wanted = Set(unit.members.map(\.path))
      do {
        try container.walkArchive(refused: { _ in }) { member, open in
          // At the entry behind the last of them, which was passed over to its end by now: damage shows there.
          if wanted.isEmpty { throw AllRead() }
          if wanted.remove(member.path) != nil { try feed(member.path, open) }
        }
      } catch is AllRead {}
    } else {
      for member in unit.members { try feed(member.path) { try container.open(member, number: $0) } }
    }
    try reader.finish(into: writer)
    try writer.finish()
  }
}
