/// Pieces of bytes that are found again by their offset: the first in memory, the others in a private file.
final class SpilledBytes {
  private var memory: [UInt8] = []
  private let limit: Int
  private let place: String
  private var file: PrivateFile?
  /// Bytes that wait to be written to the file.
  private var waiting: [UInt8] = []
  /// A stretch of the file, and where it begins.
  private var window: [UInt8] = []
  private var windowStart = 0

  private static let block = 4096
  private static let waitingLimit = 256 << 10

  /// Keeps the first `limit` bytes in memory.
  init(limit: Int, place: String) {
    self.limit = limit
    self.place = place
  }

  /// Adds a piece and gives the offset at which it is found.
  func append(_ piece: UnsafeBufferPointer<UInt8>) throws -> Int {
    if file == nil, memory.count + piece.count <= limit {
      memory.append(contentsOf: piece)
      return memory.count - piece.count
    }
    let file = try self.file ?? PrivateFile(for: place)
    self.file = file
    let offset = limit + file.count + waiting.count
    waiting.append(contentsOf: piece)
    if waiting.count >= Self.waitingLimit { try flush() }
    return offset
  }

  /// Writes what waits; before the first piece is asked for.
  func flush() throws {
    try waiting.withUnsafeBufferPointer { try file?.append($0, of: place) }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Lends bytes of a piece; fewer when there are none so far.
  func with<Result>(
    _ offset: Int, _ count: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    if offset < limit {
      let start = min(offset, memory.count)
      return try memory.withUnsafeBufferPointer {
        try body(UnsafeBufferPointer(rebasing: $0[start..<min(start + count, $0.count)]))
      }
    }
    let place = offset - limit
    if place < windowStart || place + count > windowStart + window.count { read(place, count) }
    let start = min(place - windowStart, window.count)
    return try window.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[start..<min(start + count, $0.count)]))
    }
  }

  private func read(_ place: Int, _ count: Int) {
    let file = file
    window = [UInt8](unsafeUninitializedCapacity: max(count, Self.block)) { buffer, length in
      length = file?.read(at: place, into: UnsafeMutableRawBufferPointer(buffer)) ?? 0
    }
    windowStart = place
  }
}
