import CKernels
import Glibc

/// A fixed run of trivial values in one allocation: the door through which the engine touches raw memory.
///
/// Subscripts are checked in debug builds and in builds with `-D COGNATE_CHECKS`, and not in release: loops
/// over records and pairs index by numbers that the table itself gave out.
public final class Packed<Element: BitwiseCopyable>: @unchecked Sendable {
  // Sendable by convention: written by one task before it is shared, or by ranges that do not overlap.
  @usableFromInline let base: UnsafeMutablePointer<Element>
  /// Elements held. Not checked for overlapping access, which would cost more than the loop that asks.
  @exclusivity(unchecked) public private(set) var count: Int
  /// Whose memory it is; nil for its own.
  private let owner: AnyObject?
  /// Elements that the memory has room for.
  private let room: Int

  /// Makes `count` copies of a value.
  public init(repeating value: Element, count: Int) {
    self.count = count
    owner = nil
    room = count
    if withUnsafeBytes(of: value, { $0.allSatisfy { $0 == 0 } }) {
      // The system's memory is zero as it comes.
      base = RawMemory.zeroed(count)
    } else {
      base = RawMemory.allocate(count)
      base.initialize(repeating: value, count: count)
    }
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
    base = RawMemory.allocate(count)
    self.count = count
    owner = nil
    room = count
  }

  /// Room for `count` elements from the start of a line of memory; the bytes are not set.
  init(lines count: Int) {
    base = RawMemory.aligned(count)
    self.count = count
    owner = nil
    room = count
  }

  /// Takes over memory that `RawMemory` gave out.
  init(adopting base: UnsafeMutablePointer<Element>, count: Int) {
    self.base = base
    self.count = count
    owner = nil
    room = count
  }

  /// Elements in memory of another object, which lives on with them; it may have room for more.
  init(at base: UnsafeMutablePointer<Element>, count: Int, room: Int? = nil, of owner: AnyObject) {
    self.base = base
    self.count = count
    self.owner = owner
    self.room = room ?? count
  }

  /// Adds elements behind the last one, where there is room; false where there is not.
  func append(_ element: Element, times: Int = 1) -> Bool {
    guard count + times <= room else { return false }
    (base + count).initialize(repeating: element, count: times)
    count += times
    return true
  }

  /// The same, from a buffer.
  func append(contentsOf elements: UnsafeBufferPointer<Element>) -> Bool {
    guard count + elements.count <= room else { return false }
    if let start = elements.baseAddress { (base + count).initialize(from: start, count: elements.count) }
    count += elements.count
    return true
  }

  deinit { if owner == nil { free(base) } }

  /// The first elements, where they are; all of them are this object itself.
  func prefix(_ length: Int) -> Packed {
    length >= count ? self : Packed(at: base, count: max(length, 0), of: self)
  }

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
    base = RawMemory.allocate(self.capacity)
  }

  deinit { free(base) }

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
    if count == capacity { grow(toHold: count + 1) }
    base[count] = element
    count += 1
  }

  mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    guard let start = elements.baseAddress else { return }
    if count + elements.count > capacity { grow(toHold: count + elements.count) }
    (base + count).update(from: start, count: elements.count)
    count += elements.count
  }

  /// Adds room for `more` elements at the end, whose bytes are not set, and returns where they begin.
  @inline(__always)
  mutating func extend(by more: Int) -> UnsafeMutablePointer<Element> {
    if count &+ more > capacity { grow(toHold: count + more) }
    let start = base + count
    count &+= more
    return start
  }

  /// Fills anew by a body that is given room for `room` elements and says how many it wrote.
  mutating func fill(_ room: Int, _ body: (UnsafeMutablePointer<Element>, Int) -> Int) {
    if room > capacity { grow(to: room) }
    count = min(max(body(base, room), 0), room)
  }

  mutating func truncate(to length: Int) { count = min(count, length) }

  /// Large blocks are moved by their page tables, not copied.
  private mutating func grow(toHold length: Int) { grow(to: max(capacity * 2, length)) }

  private mutating func grow(to room: Int) {
    base = RawMemory.resize(base, room)
    capacity = room
  }

  /// The elements in an allocation of just their size.
  consuming func packed() -> Packed<Element> {
    let result = Packed(adopting: RawMemory.resize(base, count), count: count)
    discard self
    return result
  }

  /// `packed`, leaving nothing behind.
  mutating func take() -> Packed<Element> {
    var taken = Growing<Element>(capacity: 1)
    swap(&taken, &self)
    return taken.packed()
  }
}

/// Memory for trivial values from malloc, which can resize it where it stands.
enum RawMemory {
  static func allocate<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Element> {
    bound(malloc(bytes(Element.self, count)), count)
  }

  static func zeroed<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Element> {
    bound(calloc(bytes(Element.self, count), 1), count)
  }

  /// Memory that begins where a line of the cache does.
  static func aligned<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Element> {
    bound(aligned_alloc(64, (bytes(Element.self, count) + 63) / 64 * 64), count)
  }

  static func resize<Element: BitwiseCopyable>(
    _ base: UnsafeMutablePointer<Element>, _ count: Int
  ) -> UnsafeMutablePointer<Element> {
    bound(realloc(base, bytes(Element.self, count)), count)
  }

  private static func bytes<Element>(_ type: Element.Type, _ count: Int) -> Int {
    MemoryLayout<Element>.stride * max(count, 1)
  }

  private static func bound<Element: BitwiseCopyable>(
    _ raw: UnsafeMutableRawPointer?, _ count: Int
  ) -> UnsafeMutablePointer<Element> {
    guard let raw else {
      // As the language does when memory is out: no caller could go on.
      preconditionFailure("out of memory")
    }
    return raw.bindMemory(to: Element.self, capacity: max(count, 1))
  }
}

/// Columns are allocated and let go in turn, and one takes the place of another.
enum LargeBlocks {
  /// See `cog_keep_blocks`.
  static func keep() { cog_keep_blocks() }

  /// Gives back what one stage needed and the next does not.
  static func giveBack() { cog_return_free_memory() }
}
