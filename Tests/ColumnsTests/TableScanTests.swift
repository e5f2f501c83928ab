import CKernels
import Testing

@Suite("Marks of a table")
struct TableScanTests {
  private typealias Scan = (
    UnsafePointer<UInt8>?, Int, Int, UInt8, UnsafeMutablePointer<UInt32>?, Int, UnsafeMutablePointer<Int>?
  ) -> Int

  /// All marks, in scans of at most `room` at a time.
  private static func marks(_ bytes: [UInt8], _ delimiter: UInt8, start: Int, room: Int, _ scan: Scan)
    -> [UInt32]
  {
    var found: [UInt32] = []
    var next = start
    while next < bytes.count {
      var some = [UInt32](repeating: .max, count: room)
      let before = next
      let count = scan(bytes, before, bytes.count, delimiter, &some, room, &next)
      found += some.prefix(count)
      #expect(next > before)
      if next <= before { break }
    }
    return found
  }

  @Test(arguments: [0, 1, 15, 16, 31, 63, 64, 65, 127, 128, 1000, 5000], [UInt8(ascii: ","), 0x09, 0xFF])
  func vectorsEqualLoops(_ count: Int, _ delimiter: UInt8) {
    var random = FixedNumbers(seed: UInt64(count) + UInt64(delimiter))
    for density in [1, 4, 40] {
      let marks: [UInt8] = [delimiter, 0x22, 0x0A, 0x0D]
      let bytes = (0..<count).map { _ in
        random.next(density) == 0 ? marks[random.next(4)] : UInt8(random.next(256))
      }
      for (start, room) in [(0, 64), (0, 200), (min(3, count), 4096)] {
        let expected = (start..<max(count, start)).filter { marks.contains(bytes[$0]) }.map { UInt32($0) }
        #expect(Self.marks(bytes, delimiter, start: start, room: room, cog_table_marks) == expected)
        #expect(Self.marks(bytes, delimiter, start: start, room: room, cog_table_marks_scalar) == expected)
      }
    }
  }
}
