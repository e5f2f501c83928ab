/// What an import will accept, so that no source can exhaust the machine. Every bound is a setting.
public struct ImportLimits: Sendable, Hashable {
  /// Largest ratio of unpacked to packed bytes of an archive, judged once `archiveRatioGrace` bytes are out.
  public var archiveRatio = 100
  /// Unpacked bytes of an archive before the ratio is judged.
  public var archiveRatioGrace = 64 << 20
  /// Unpacked bytes of one archive in all.
  public var archiveTotal = 256 << 30
  /// Entries of one archive.
  public var archiveEntries = 100_000
  /// Bytes of a member's path.
  public var pathLength = 4096
  /// Bytes of one record: a line, a JSON value, an XML element with its attributes, a mail message.
  public var recordBytes = 32 << 20
  /// Bytes of blocks that are held until what names them is known (Bluesky's repositories).
  public var heldBytes = 256 << 20
  /// Blocks that are held so.
  public var heldBlocks = 1 << 20
  /// Nesting of JSON or XML.
  public var depth = 512

  /// The defaults.
  public init() {}
}
