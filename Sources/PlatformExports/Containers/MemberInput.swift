/// The bytes of one file or archive member, in order, with look-ahead.
///
///     |.......consumed.......|====== window ======|      (not yet read)
///                            offset
///
/// The window is valid until the next call that fills or consumes.
public final class MemberInput {
  /// Path within the container.
  public let path: String
  /// The member's number for locators.
  public let member: UInt32
  /// Byte offset of the window's first byte in the member.
  public private(set) var offset: UInt64 = 0
  /// Whether the source has no bytes beyond the window.
  public private(set) var isExhausted = false

  private var storage: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private let source: (UnsafeMutableRawBufferPointer) throws -> Int
  private var observer: ((UnsafeBufferPointer<UInt8>) -> Void)?

  /// Bytes asked of the source at a time.
  public static let blockSize = 256 << 10

  /// Makes an input over a source that fills a buffer and returns how many bytes it wrote, 0 at its end.
  public init(path: String, member: UInt32, source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
    self.path = path
    self.member = member
    self.source = source
    storage = .allocate(byteCount: Self.blockSize, alignment: 64)
  }

  /// Makes an input over bytes in memory.
  public convenience init(path: String, member: UInt32 = 0, bytes: [UInt8]) {
    var position = 0
    self.init(path: path, member: member) { buffer in
      let count = min(buffer.count, bytes.count - position)
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      position += count
      return count
    }
  }

  deinit { storage.deallocate() }

  /// The bytes read and not yet consumed.
  public var window: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: UnsafeRawBufferPointer(storage).bindMemory(to: UInt8.self)[start..<end])
  }

  /// Reads more behind the window, moving or growing the buffer as needed; false at the end of the source.
  @discardableResult
  public func fillMore() throws -> Bool {
    if isExhausted { return false }
    if start > 0 {
      storage.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[start..<end]))
      end -= start
      start = 0
    }
    if end == storage.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: storage.count * 2, alignment: 64)
      larger.copyMemory(from: UnsafeRawBufferPointer(storage))
      storage.deallocate()
      storage = larger
    }
    let count = try source(UnsafeMutableRawBufferPointer(rebasing: storage[end...]))
    if count == 0 { isExhausted = true }
    end += count
    if count > 0, let observer { observer(UnsafeBufferPointer(rebasing: window.suffix(count))) }
    return count > 0
  }

  /// Shows every byte from the window on to `observe`, once and in order, as it comes from the source: for a
  /// second count beside the parse.
  public func tap(_ observe: @escaping (UnsafeBufferPointer<UInt8>) -> Void) {
    observer = observe
    if !window.isEmpty { observe(window) }
  }

  /// Reads until the window holds at least `count` bytes; false when the source ends before that.
  @discardableResult
  public func fill(atLeast count: Int) throws -> Bool {
    while end - start < count { if try !fillMore() { return false } }
    return true
  }

  /// Passes over the first `count` bytes of the window.
  public func consume(_ count: Int) {
    let count = min(count, end - start)
    start += count
    offset += UInt64(count)
  }

  /// Moves behind the last byte; taps see all of them.
  func skipRest() throws {
    repeat { consume(window.count) } while try fillMore()
  }

  /// Passes over a UTF-8 byte-order mark at the very beginning.
  public func skipByteOrderMark() throws {
    guard offset == 0, try fill(atLeast: 3) else { return }
    if window[0] == 0xEF, window[1] == 0xBB, window[2] == 0xBF { consume(3) }
  }
}
