/// Counts the entries of lists in a JSON stream without parsing it: the second count of files whose entries have no key
/// that is theirs alone.
///
/// An entry is an object in an array, somewhere in the value of one of the keys and inside no other entry. It shares
/// nothing with the splitter or the parser: it only follows strings, their escapes and brackets.
public final class JSONListTally {
  private var lexer: Lexer

  /// Makes a tally.
  ///
  /// - Parameters:
  ///   - keys: the keys in whose values entries are counted; inside such a value no other key counts.
  ///   - depth: how deep the objects lie whose keys are gathered in `names`: 1 is the outermost object, 0 gathers none.
  public init(keys: [String], namesAtDepth depth: Int = 0) {
    lexer = Lexer(keys.map { Array($0.utf8) }, nameDepth: depth)
  }

  /// Makes a tally of the entries of the outermost list, which are counted at position 0.
  public init() { lexer = Lexer([[]], nameDepth: 0, isOutermost: true) }

  /// How many entries the value of the key at a position holds, in all its occurrences.
  public subscript(position: Int) -> Int { lexer.counts[position] }

  /// The different keys at the depth asked for, in order, at most `nameLimit`; long ones are left out.
  public var names: [String] { lexer.names }

  /// Names that are gathered at most.
  public static let nameLimit = 256

  /// Reads on.
  public func feed(_ bytes: UnsafeBufferPointer<UInt8>) { lexer.feed(bytes) }

  private struct Lexer {
    private enum State { case outside, inString, escaped }

    /// The longest key that is looked at.
    private static let tokenLimit = 64

    private let keys: [[UInt8]]
    private let nameDepth: Int
    private(set) var counts: [Int]
    private(set) var names: [String] = []
    private var state = State.outside
    private var token: [UInt8] = []
    private var isLong = false
    private var isAfterString = false
    private var depth = 0
    /// The key whose value begins next.
    private var pending: Int?
    /// The key in whose value the place is, and the depth of the object that has the key.
    private var list: (key: Int, depth: Int)?
    /// Which containers of that value are arrays, by their depth in it.
    private var arrays: UInt64 = 0
    /// The depth of the entry in which the place is.
    private var entryDepth: Int?

    init(_ keys: [[UInt8]], nameDepth: Int, isOutermost: Bool = false) {
      self.keys = keys
      pending = isOutermost ? 0 : nil
      self.nameDepth = nameDepth
      counts = Array(repeating: 0, count: keys.count)
    }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
      var position = 0
      while position < bytes.count {
        switch state {
        case .outside:
          let byte = bytes[position]
          position += 1
          structure(byte)
        case .inString:
          let start = position
          while position < bytes.count, bytes[position] != 0x22, bytes[position] != 0x5C { position += 1 }
          if list == nil { gather(bytes[start..<position]) }
          guard position < bytes.count else { return }
          state = bytes[position] == 0x22 ? .outside : .escaped
          isAfterString = true
          position += 1
        case .escaped:
          // No key that is counted has an escape.
          isLong = true
          state = .inString
          position += 1
        }
      }
    }

    private mutating func gather(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
      guard !isLong, token.count + bytes.count <= Self.tokenLimit else {
        isLong = true
        return
      }
      token.append(contentsOf: bytes)
    }

    private mutating func structure(_ byte: UInt8) {
      switch byte {
      case 0x20, 0x0A, 0x0D, 0x09: return
      case UInt8(ascii: "\""):
        state = .inString
        token.removeAll(keepingCapacity: true)
        isLong = false
        pending = nil
      case UInt8(ascii: ":"):
        if isAfterString, list == nil { endKey() }
      case UInt8(ascii: "{"), UInt8(ascii: "["): open(isArray: byte == UInt8(ascii: "["))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): close()
      // A byte order mark stands before the outermost value.
      default: if byte < 0x80 { pending = nil }
      }
      isAfterString = false
    }

    private mutating func endKey() {
      guard !isLong else { return }
      pending = keys.firstIndex(of: token)
      guard depth == nameDepth, names.count < JSONListTally.nameLimit else { return }
      let name = String(decoding: token, as: UTF8.self)
      if !names.contains(name) { names.append(name) }
    }

    private mutating func open(isArray: Bool) {
      depth += 1
      guard let list else {
        if let pending {
          list = (pending, depth - 1)
          arrays = isArray ? 2 : 0
        }
        pending = nil
        return
      }
      let level = depth - list.depth
      guard entryDepth == nil, level < 64 else { return }
      if !isArray, arrays & (1 << UInt64(level - 1)) != 0 {
        counts[list.key] += 1
        entryDepth = depth
        return
      }
      let bit: UInt64 = 1 << UInt64(level)
      arrays = isArray ? arrays | bit : arrays & ~bit
    }

    private mutating func close() {
      pending = nil
      if depth == entryDepth { entryDepth = nil }
      depth = max(depth - 1, 0)
      if let list, depth <= list.depth {
        self.list = nil
        entryDepth = nil
      }
    }
  }
}
