public import Foundation

/// One unit of a container: the members that one reader reads together.
public struct PlannedUnit: Sendable {
  public let format: ExportFormat
  /// Common root of the members; for a format whose members stand alone, the member's path.
  public let root: String
  public let members: [ExportContainer.Member]
  let reader: any ExportReader.Type
}

/// What a container holds, as recognised from the beginnings of its members.
public struct ImportPlan: Sendable {
  public let container: ExportContainer
  /// Units in order of their first member.
  public let units: [PlannedUnit]
  /// Members that no reader recognised: media, and what is not an account record.
  public let unrecognised: [String]
  /// Archives that lie in a folder: each is a container of its own.
  public let archives: [URL]
  /// Members that are never read.
  public let refused: [ExportContainer.Refused]
  private let options: ReaderOptions

  /// Looks into a file, folder or archive.
  public init(_ url: URL, options: ReaderOptions) throws {
    let container = try ExportContainer(url, limits: options.limits)
    var refused: [ExportContainer.Refused] = []
    var unrecognised: [String] = []
    var found: [(reader: any ExportReader.Type, root: String, members: [ExportContainer.Member])] = []
    var position: [String: Int] = [:]
    var archives: [URL] = []

    func place(_ member: ExportContainer.Member, _ input: MemberInput) throws {
      do {
        try input.fill(atLeast: MemberHead.limit)
      } catch let refusal as ExportRefusal where refusal.code == "bad-archive" {
        // One damaged member does not take the others with it; damage to the archive itself ends the walk.
        refused.append(ExportContainer.Refused(path: member.path, why: refusal.what, isFault: true))
        return
      }
      if ExportContainer.looksLikeArchive(Array(input.window.prefix(512))) {
        if container.form == .folder {
          archives.append(container.location(of: member))
        } else {
          let why = "is an archive inside an archive: unpack it first"
          refused.append(ExportContainer.Refused(path: member.path, why: why, isFault: true))
        }
        return
      }
      try input.skipByteOrderMark()
      let head = MemberHead(
        path: member.path,
        bytes: UnsafeBufferPointer(rebasing: input.window.prefix(MemberHead.limit)),
        isWhole: input.isExhausted && input.window.count <= MemberHead.limit, options: options)
      guard let reader = ExportRegistry.reader(for: head) else {
        unrecognised.append(member.path)
        return
      }
      let root = reader.root(of: member.path)
      let key = "\(reader.format.id)\u{0}\(root)"
      if let known = position[key] {
        found[known].members.append(member)
      } else {
        position[key] = found.count
        found.append((reader, root, [member]))
      }
    }

    if container.form == .archive {
      try container.walkArchive(refused: { refused.append($0) }) { member, open in
        try place(member, open(0))
      }
    } else {
      let listing = try container.list()
      refused = listing.refused
      for member in listing.members { try place(member, container.open(member, number: 0)) }
    }
    self.container = container
    self.options = options
    self.archives = archives
    self.refused = refused
    self.unrecognised = unrecognised
    units = found.map {
      PlannedUnit(format: $0.reader.format, root: $0.root, members: $0.members, reader: $0.reader)
    }
  }

  /// Units that must be read in one pass: all of an archive's, or one of a folder's.
  public var groups: [[PlannedUnit]] {
    container.form == .archive ? (units.isEmpty ? [] : [units]) : units.map { [$0] }
  }

  /// Reads the units of a group, each into the writer that `writer` makes for it.
  ///
  /// - Parameter progress: called with the bytes read so far, now and then.
  public func read(
    _ group: [PlannedUnit], progress: (Int) -> Void = { _ in },
    writers: [RecordWriter]
  ) throws {
    var readers: [any ExportReader] = []
    var unitOfPath: [String: Int] = [:]
    for (number, unit) in group.enumerated() {
      let context = UnitContext(
        container: container.url.path, root: unit.root, memberPaths: unit.members.map(\.path),
        options: options)
      readers.append(try unit.reader.init(context: context))
      for member in unit.members { unitOfPath[member.path] = number }
    }
    var done = 0
    func feed(_ unit: Int, _ path: String, _ open: (UInt32) throws -> MemberInput) throws {
      let number = writers[unit].addMember(path: path)
      let input = try open(number)
      try input.skipByteOrderMark()
      try readers[unit].read(input, into: writers[unit])
      done += Int(input.offset)
      progress(done)
    }
    if container.form == .archive {
      try container.walkArchive(refused: { _ in }) { member, open in
        if let unit = unitOfPath[member.path] { try feed(unit, member.path, open) }
      }
    } else {
      for (number, unit) in group.enumerated() {
        for member in unit.members {
          try feed(number, member.path) { try container.open(member, number: $0) }
        }
      }
    }
    for number in readers.indices {
      try readers[number].finish(into: writers[number])
      try writers[number].finish()
    }
  }
}
