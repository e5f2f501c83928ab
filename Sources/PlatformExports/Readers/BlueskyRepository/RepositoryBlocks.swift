/// Blocks of a repository that are held until the tree that names them is known: a file may give them in any order, and
/// can be read once only.
///
/// Held are commits, nodes of the tree, and records of which something is taken; likes and reposts are not. Memory: at
/// most the bytes and the number of blocks that are its limits, some 400 MiB with the limits of `ImportLimits`.
struct RepositoryBlocks {
  /// What a block is.
  enum Kind: UInt8 {
    case commit, node, post, follow, block, profile
  }

  /// A block that is held.
  struct Slot {
    let kind: Kind
    /// Byte offset and length in the member.
    let offset: UInt64
    let length: UInt32
    fileprivate let chunk: UInt32
    fileprivate let start: UInt32
    /// Whether the tree has named it.
    fileprivate(set) var isUsed = false
  }

  /// What became of a block.
  enum Adding { case added, known, full }

  /// Bytes that are held.
  private let byteLimit: Int
  /// Blocks that are held. A repository has a node for some four records.
  private let countLimit: Int
  private static let chunkSize = 1 << 20

  /// In the order of the file.
  private(set) var slots: [Slot] = []
  private var index: [ContentID: UInt32] = [:]
  private var chunks: [[UInt8]] = []
  private var held = 0

  init(byteLimit: Int, countLimit: Int) {
    self.byteLimit = byteLimit
    self.countLimit = countLimit
  }

  /// Holds a block; one from which all others are reached has room always.
  mutating func add(
    _ id: ContentID, _ kind: Kind, _ bytes: UnsafeBufferPointer<UInt8>, at offset: UInt64, isRoot: Bool
  ) -> Adding {
    if index[id] != nil { return .known }
    guard isRoot || slots.count < countLimit && held + bytes.count <= byteLimit else { return .full }
    if chunks.last.map({ $0.count + bytes.count > Self.chunkSize }) ?? true {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(max(Self.chunkSize, bytes.count))
    }
    let chunk = chunks.count - 1
    index[id] = UInt32(slots.count)
    slots.append(
      Slot(
        kind: kind, offset: offset, length: UInt32(bytes.count), chunk: UInt32(chunk),
        start: UInt32(chunks[chunk].count)))
    chunks[chunk].append(contentsOf: bytes)
    held += bytes.count
    return .added
  }

  /// The position of a block; nil when it is not held.
  func position(of id: ContentID) -> Int? { index[id].map { Int($0) } }

  /// Notes that the tree names a block.
  mutating func use(_ position: Int) { slots[position].isUsed = true }

  /// The value of a block; nil for what is none, which no block is that was held.
  func value(_ position: Int) -> CBORValue? {
    let slot = slots[position]
    return chunks[Int(slot.chunk)].withUnsafeBufferPointer { bytes in
      let end = Int(slot.start) + Int(slot.length)
      return CBORValue(UnsafeBufferPointer(rebasing: bytes[Int(slot.start)..<end]))
    }
  }
}
