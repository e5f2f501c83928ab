/// Writes the tiles of a log to its folder.
public struct TileWriter: Sendable {
  /// Files made durable together.
  private static let batch = 64
  private let folder: LogFolder
  private let isDurable: Bool

  /// Makes a writer for a folder.
  ///
  /// - Parameter isDurable: false for a copy, which is made again when it is lost.
  public init(_ folder: LogFolder, isDurable: Bool = true) {
    self.folder = folder
    self.isDurable = isDurable
  }

  /// Writes what a log of `tree.size` entries needs and one of `older` entries did not have. Files of the older log
  /// stay. Writing again what is there already does no harm.
  ///
  /// - Parameter entry: the bytes of an entry, at most `EntryBundle.entryLimit`.
  /// - Throws: `LogFolder.Failure`, or what `entry` throws.
  public func write(_ tree: MerkleTree, from older: UInt64 = 0, entry: (UInt64) throws -> [UInt8]) throws {
    try write(tree, from: older, to: tree.size) { EntryBundle.encode(try $0.map(entry)) }
  }

  /// The same for a tree that is not in memory.
  ///
  /// - Parameter bundle: the entries of a range of at most 256, as `EntryBundle.encode` makes it.
  /// - Throws: `LogFolder.Failure`, or what `nodes` or `bundle` throws.
  public func write(
    _ nodes: some MerkleNodes, from older: UInt64, to size: UInt64,
    bundle: (Range<UInt64>) throws -> [UInt8]?
  ) throws {
    var files: [(name: String, bytes: [UInt8])] = []
    for path in TilePath.needed(from: older, to: size) {
      switch path.content {
      case .hashes(let level):
        let hashes = try nodes.nodes(level: level * TilePath.height, path.range)
        files.append((path.text, Digest.joined(hashes)))
      case .entries:
        guard let bundle = try bundle(path.range) else {
          throw LogFolder.Failure(path.text, "an entry is longer than \(EntryBundle.entryLimit) bytes")
        }
        files.append((path.text, bundle))
      }
      if files.count == Self.batch {
        try folder.write(files, isDurable: isDurable)
        files.removeAll(keepingCapacity: true)
      }
    }
    try folder.write(files, isDurable: isDurable)
  }

  /// Writes a signed checkpoint under its size and, when `isNewest`, as the newest. Write the tiles first.
  ///
  /// - Parameter isLinked: let both names be of one file, which saves making one, and deleting the last, at each size.
  /// - Throws: `LogFolder.Failure`, `NoteFailure` when the note is no checkpoint.
  public func write(checkpoint note: SignedNote, isNewest: Bool = true, isLinked: Bool = false) throws {
    let bytes = Array(note.encoded.utf8)
    let name = "checkpoint.\(try Checkpoint(text: note.text).size)"
    if isNewest, isLinked { return try folder.write(name, andAs: "checkpoint", bytes) }
    let files = isNewest ? [(name, bytes), ("checkpoint", bytes)] : [(name, bytes)]
    try folder.write(files, isDurable: isDurable)
  }

  /// Removes the parts of tiles that have become whole, newest first, until it comes to tiles of which there are none: as
  /// the specification allows once a larger size is signed. Who asks for a part and does not find it takes the whole tile.
  public func removeParts(below size: UInt64) {
    for content in [TilePath.Content.entries, .hashes(level: 0), .hashes(level: 1), .hashes(level: 2)] {
      let shift =
        switch content {
        case .entries: 8
        case .hashes(let level): 8 * (level + 1)
        }
      var index = size >> UInt64(shift)
      while index > 0, let path = TilePath(content, index: index - 1, width: TilePath.width),
        folder.removeFolder(path.text + ".p")
      {
        index -= 1
      }
    }
  }
}
