/// What files of known containers begin with.
enum FileMark {
  /// A zip archive.
  static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// A zip archive without entries.
  static let emptyZip: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  /// A compound file: documents of Office before 2007, those with a password, messages of Outlook and others.
  static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  private static let gzip: [UInt8] = [0x1F, 0x8B]
  private static let zstd: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// Whether bytes begin like a file packed by gzip or zstd.
  static func isPacked(_ head: [UInt8]) -> Bool { head.starts(with: gzip) || isZstd(head) }

  /// Whether bytes begin like a frame of zstd.
  static func isZstd(_ head: [UInt8]) -> Bool { head.starts(with: zstd) }
}
