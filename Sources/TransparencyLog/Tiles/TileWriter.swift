/// Writes the tiles of a log to its folder.
public struct TileWriter: Sendable {
  private let folder: LogFolder

  /// Makes a writer for a folder.
  public init(_ folder: LogFolder) { self.folder = folder }

  /// Writes what a log of `tree.size` entries needs and one of `older` entries did not have. Files of the older log
  /// stay. Writing again what is there already does no harm.
  ///
  /// - Parameter entry: the bytes of an entry, at most `EntryBundle.entryLimit`.
  /// - Throws: `LogFolder.Failure`, or what `entry` throws.
  public func write(_ tree: MerkleTree, from older: UInt64 = 0, entry: (UInt64) throws -> [UInt8]) throws {
    try write(tree, from: older, to: tree.size, entry: entry)
  }

  /// The same for a tree that is not in memory.
  ///
  /// - Throws: `LogFolder.Failure`, or what `nodes` or `entry` throws.
  public func write(
    _ nodes: some MerkleNodes, from older: UInt64, to size: UInt64, entry: (UInt64) throws -> [UInt8]
  ) throws {
    for path in TilePath.needed(from: older, to: size) {
      let first = path.index * UInt64(TilePath.width)
      let range = first..<first + UInt64(path.width)
      switch path.content {
      case .hashes(let level):
        let height = level * TilePath.height
        try folder.write(path.text, range.flatMap { try nodes.node(level: height, index: $0).bytes })
      case .entries:
        guard let bundle = EntryBundle.encode(try range.map(entry)) else {
          throw LogFolder.Failure(path.text, "an entry is longer than \(EntryBundle.entryLimit) bytes")
        }
        try folder.write(path.text, bundle)
      }
    }
  }

  /// Writes a signed checkpoint under its size and, when `isNewest`, as the newest. Write the tiles first.
  ///
  /// - Throws: `LogFolder.Failure`, `NoteFailure` when the note is no checkpoint.
  public func write(checkpoint note: SignedNote, isNewest: Bool = true) throws {
    let bytes = Array(note.encoded.utf8)
    try folder.write("checkpoint.\(Checkpoint(text: note.text).size)", bytes)
    if isNewest { try folder.write("checkpoint", bytes) }
  }
}
