import CKernels
import Columns

/// Texts on their way into an interner, a few dozen at a time, so that they wait for memory together.
///
/// Numbers are given in the order of `add`, as if each text had been interned at once.
struct InternQueue: ~Copyable {
  /// Texts after which `flush` is due.
  static let limit = 64

  // Not private: the compiler (6.3.1) breaks off on that where nothing is optimised.
  struct Item: BitwiseCopyable {
    /// Where the text is; nil for the queue's own bytes, which move.
    let text: UnsafePointer<UInt8>?
    let start: Int
    let length: Int
    let hash: UInt64
    let target: UnsafeMutablePointer<UInt32>
  }

  private let interner: ValueInterner
  private var bytes = Growing<UInt8>(capacity: 1 << 12)
  private var items = Growing<Item>(capacity: InternQueue.limit)

  init(_ interner: ValueInterner) { self.interner = interner }

  /// Takes a text; its number is written to `target` by the next `flush`.
  @inline(__always)
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutablePointer<UInt32>) {
    let hash = stableHash(text) >> 32
    interner.core.pointee.fetchSlot(hash)
    items.append(
      Item(text: nil, start: bytes.count, length: text.count, hash: hash, target: target))
    bytes.append(contentsOf: text)
  }

  /// The same for a text that stays where it is until then, of which `stableHash` is known.
  @inline(__always)
  mutating func add(
    staying text: UnsafeBufferPointer<UInt8>, hash whole: UInt64, _ target: UnsafeMutablePointer<UInt32>
  ) {
    let hash = whole >> 32
    interner.core.pointee.fetchSlot(hash)
    items.append(
      Item(text: text.baseAddress, start: 0, length: text.count, hash: hash, target: target))
  }

  /// Gives the texts their numbers; false once the interner is full.
  mutating func flush() -> Bool {
    let (core, items, bytes) = (interner.core, self.items.base, UnsafePointer(self.bytes.base))
    let count = self.items.count
    for index in 0..<count { core.pointee.fetchRecord(items[index].hash, length: items[index].length) }
    for index in 0..<count {
      let item = items[index]
      let text = UnsafeBufferPointer(start: item.text ?? bytes + item.start, count: item.length)
      guard let number = core.pointee.intern(text, hash: item.hash) else { return false }
      item.target.pointee = number
    }
    self.items.truncate(to: 0)
    self.bytes.truncate(to: 0)
    return true
  }
}

extension ValuePool {
  /// Has what `text` reads first of a value fetched, and, once that is there, the bytes.
  @inline(__always)
  func fetchOffset(_ value: Int) { cog_prefetch(offsets.base + value) }

  /// See `fetchOffset`.
  @inline(__always)
  func fetchBytes(_ value: Int) { cog_prefetch(bytes.base + Int(offsets.base[value])) }
}
