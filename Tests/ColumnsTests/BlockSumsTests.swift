import CKernels
import Testing

@Suite("Sums over blocks of bytes")
struct BlockSumsTests {
  @Test(arguments: [0, 1, 7, 255, 256, 257, 600, 1024])
  func pagesEqualBlocks(_ blocks: Int) {
    var random = FixedNumbers(seed: UInt64(blocks) + 5)
    // From an odd address, as pages of a file need not begin where those of memory do.
    let bytes = (0..<blocks * 64 + 1).map { _ in UInt8(random.next(256)) }
    var sums = (0..<8).map { UInt64($0) << 60 }
    var ofSums = sums.map { $0 &+ 3 }
    var (expected, expectedOfSums) = (sums, ofSums)
    bytes.withUnsafeBytes { bytes in
      let start = bytes.baseAddress.map { $0 + 1 }
      cog_sum_blocks(start, blocks, &sums, &ofSums)
      cog_sum_blocks_scalar(start, blocks, &expected, &expectedOfSums)
    }
    #expect(sums == expected)
    #expect(ofSums == expectedOfSums)
    if blocks > 0 { #expect(sums != (0..<8).map { UInt64($0) << 60 }) }
  }
}
