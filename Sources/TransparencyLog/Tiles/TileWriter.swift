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
    try write(tree, from: older, to: tree.size) { try $0.map(entry) }
  }

  /// The same for a tree that is not in memory.
  ///
  /// - Parameter entries: the bytes of the entries of a range of at most 256.
  /// - Throws: `LogFolder.Failure`, or what `nodes` or `entries` throws.
  public func write(
    _ nodes: some MerkleNodes, from older: UInt64, to size: UInt64,
    entries: (Range<UInt64>) throws -> [[UInt8]]
  ) throws {
    var files: [(name: String, bytes: [UInt8])] = []
    for path in TilePath.needed(from: older, to: size) {
      switch path.content {
      case .hashes(let level):
        let hashes = try nodes.nodes(level: level * TilePath.height, path.range)
        files.append((path.text, hashes.flatMap(\.bytes)))
      case .entries:
        guard let bundle = EntryBundle.encode(try entries(path.range)) else {
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
  /// - Throws: `LogFolder.Failure`, `NoteFailure` when the note is no checkpoint.
  public func write(checkpoint note: SignedNote, isNewest: Bool = true) throws {
    let bytes = Array(note.encoded.utf8)
    let name = "checkpoint.\(try Checkpoint(text: note.text).size)"
    let files = isNewest ? [(name, bytes), ("checkpoint", bytes)] : [(name, bytes)]
    try folder.write(files, isDurable: isDurable)
  }

  /// Removes the parts of tiles that have become whole between two sizes, as the specification allows once the larger
  /// size is signed: who asks for a part and does not find it takes the whole tile.
  public func removeParts(from older: UInt64, to size: UInt64) {
    for path in TilePath.needed(from: older, to: size) where path.width == TilePath.width {
      folder.removeFolder(path.text + ".p")
    }
  }
}
