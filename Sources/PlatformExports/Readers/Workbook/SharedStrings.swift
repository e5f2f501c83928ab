internal import CLibXML2

/// The texts that the cells of a workbook share (`sharedStrings.xml`), by number. They may be more than memory holds.
///
///     index     12 bytes a text: offset in `texts`, length
///     texts     UTF-8, one behind the other
final class SharedStrings {
  private let index: SpilledBytes
  private let texts: SpilledBytes
  /// How many there are.
  private(set) var count = 0

  private static let entrySize = 12
  private static let tooLong = UInt32.max

  /// An empty list.
  init(place: String) {
    index = SpilledBytes(limit: 24 << 20, place: place)
    texts = SpilledBytes(limit: 32 << 20, place: place)
  }

  /// Reads the part of the workbook that holds them.
  func read(_ input: MemberInput, limits: ImportLimits) throws {
    let handler = Handler(self, limit: limits.recordBytes)
    let stream = try XMLStream(
      input, names: Name.allCases.map { "\($0)" }, counted: [], anyPrefix: true, limits: limits,
      handler: handler)
    try WorkbookPackage.demandWhole(stream.read(input), input.path)
    try index.flush()
    try texts.flush()
  }

  /// Lends a text; nil when there is none of that number, no bytes and `isTooLong` for one beyond the limit.
  func with<Result>(
    _ number: Int, _ body: (_ text: UnsafeBufferPointer<UInt8>, _ isTooLong: Bool) throws -> Result
  ) rethrows -> Result? {
    guard number >= 0, number < count else { return nil }
    let entry: (UInt64, UInt32)? = index.with(number * Self.entrySize, Self.entrySize) { bytes in
      guard bytes.count == Self.entrySize else { return nil }
      let raw = UnsafeRawBufferPointer(bytes)
      return (
        raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
      )
    }
    guard let (offset, length) = entry else { return nil }
    if length == Self.tooLong { return try body(.empty, true) }
    return try texts.with(Int(offset), Int(length)) { bytes in
      bytes.count == Int(length) ? try body(bytes, false) : nil
    }
  }

  fileprivate func append(_ text: [UInt8], isTooLong: Bool) throws {
    var entry = [UInt8](repeating: 0, count: Self.entrySize)
    let offset = isTooLong ? 0 : try text.withUnsafeBufferPointer { try texts.append($0) }
    let length = isTooLong ? Self.tooLong : UInt32(clamping: text.count)
    entry.withUnsafeMutableBytes {
      $0.storeBytes(of: UInt64(offset), as: UInt64.self)
      $0.storeBytes(of: length, toByteOffset: 8, as: UInt32.self)
    }
    _ = try entry.withUnsafeBufferPointer { try index.append($0) }
    count += 1
  }

  private enum Name: UInt32, CaseIterable { case si = 1, t, r, rPh }

  /// Puts the runs of each text together; what says how it is pronounced (`rPh`) is no part of it.
  private final class Handler: XMLTextHandler {
    private let strings: SharedStrings
    private let limit: Int
    private var depth = 0
    private var text: [UInt8] = []
    private var isTooLong = false
    private var isRun = false
    private var takes = false

    init(_ strings: SharedStrings, limit: Int) {
      self.strings = strings
      self.limit = limit
    }

    func start(
      _ name: UInt32, _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place
    ) throws {
      depth += 1
      switch (depth, Name(rawValue: name)) {
      case (2, .si?):
        text.removeAll(keepingCapacity: true)
        isTooLong = false
      case (3, .t?): takes = true
      case (3, .r?): isRun = true
      case (4, .t?): takes = isRun
      default: break
      }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
      guard takes, !isTooLong else { return }
      if text.count + bytes.count > limit { isTooLong = true } else { text.append(contentsOf: bytes) }
    }

    func end(_ name: UInt32, _ place: cog_xml_place) throws {
      takes = false
      if depth == 3 { isRun = false }
      if depth == 2, Name(rawValue: name) == .si {
        EscapedCharacters.decode(&text, from: 0)
        try strings.append(text, isTooLong: isTooLong)
      }
      depth -= 1
    }
  }
}
