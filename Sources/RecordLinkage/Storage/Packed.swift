import CKernels

/// A fixed run of trivial values in one allocation: the door through which the engine touches raw memory.
///
/// Subscripts are checked in debug builds and in builds with `-D COGNATE_CHECKS`, and not in release: loops
/// over records and pairs index by numbers that the table itself gave out.
public final class Packed<Element: BitwiseCopyable>: @unchecked Sendable {
  // Sendable by convention: written by one task before it is shared, or by ranges that do not overlap.
  @usableFromInline let base: UnsafeMutablePointer<Element>
  /// Elements held.
  public let count: Int

  /// Makes `count` copies of a value.
  public init(repeating value: Element, count: Int) {
    base = .allocate(capacity: max(count, 1))
    base.initialize(repeating: value, count: count)
    self.count = count
  }

  /// Copies an array.
  public convenience init(_ array: [Element]) {
    guard let first = array.first else {
      self.init(uninitialised: 0)
      return
    }
    self.init(repeating: first, count: array.count)
    array.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { base.update(from: start, count: source.count) }
    }
  }

  /// Room for `count` elements whose bytes are not set: the caller writes each before it is read.
  init(uninitialised count: Int) {
    base = .allocate(capacity: max(count, 1))
    self.count = count
  }

  deinit { base.deallocate() }

  /// The element at a position below `count`.
  @inlinable public subscript(position: Int) -> Element {
    @inline(__always) get {
      check(position)
      return base[position]
    }
    @inline(__always) set {
      check(position)
      base[position] = newValue
    }
  }

  @inlinable @inline(__always) func check(_ position: Int) {
    #if COGNATE_CHECKS
      precondition(position >= 0 && position < count, "index \(position) of \(count)")
    #else
      assert(position >= 0 && position < count, "index \(position) of \(count)")
    #endif
  }

  /// The elements as an array.
  public var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

/// A run of trivial values that grows by doubling.
struct Growing<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  subscript(position: Int) -> Element {
    @inline(__always) get {
      assert(position >= 0 && position < count)
      return base[position]
    }
    @inline(__always) set {
      assert(position >= 0 && position < count)
      base[position] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: capacity * 2) }
    base[count] = element
    count += 1
  }

  mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    guard let start = elements.baseAddress else { return }
    if count + elements.count > capacity { grow(to: max(capacity * 2, count + elements.count)) }
    (base + count).update(from: start, count: elements.count)
    count += elements.count
  }

  mutating func truncate(to length: Int) { count = min(count, length) }

  private mutating func grow(to room: Int) {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: room)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = room
  }

  /// The elements in an allocation of just their size.
  func packed() -> Packed<Element> {
    let result = Packed<Element>(uninitialised: count)
    result.base.update(from: base, count: count)
    return result
  }
}

/// Columns are allocated and let go in turn, so that their memory should go back to the system at once.
enum LargeBlocks {
  /// See `cog_return_large_blocks`.
  static func goBack() { cog_return_large_blocks() }
}
