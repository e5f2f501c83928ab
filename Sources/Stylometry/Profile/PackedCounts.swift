internal import CStyleKernels

/// Counted keys in three bytes each instead of eight: what a counter of much text holds of the text behind it.
final class PackedCounts {
  private var packed = cog_packed()

  /// How many keys there are.
  var count: Int { packed.keys }

  private init(_ reserve: (inout cog_packed) -> Int32) {
    let hasRoom = reserve(&packed) != 0
    precondition(hasRoom, "there is no memory to count n-grams in")
  }

  deinit { cog_packed_free(&packed) }

  /// Keys that ascend strictly, with as many counts, none of them 0.
  convenience init(sorted keys: UnsafeBufferPointer<UInt32>, _ counts: UnsafeBufferPointer<UInt32>) {
    let large = counts.count { $0 >= 255 }
    self.init { cog_packed_reserve(&$0, keys.count, large) }
    cog_packed_fill(&packed, keys.baseAddress, counts.baseAddress, keys.count)
  }

  /// The sum of two, of which nothing is left.
  convenience init(merging one: PackedCounts, _ two: PackedCounts) {
    self.init { cog_packed_reserve_sum(&$0, &one.packed, &two.packed) }
    cog_packed_merge(&packed, &one.packed, &two.packed)
  }

  /// The counts as a profile has them; nothing is left here.
  func unpacked() -> SparseCounts {
    let room = count
    var keys: [UInt32] = []
    let counts = [UInt32](unsafeUninitializedCapacity: room) { counts, countsCount in
      keys = [UInt32](unsafeUninitializedCapacity: room) { keys, keysCount in
        cog_packed_empty(&packed, keys.baseAddress, counts.baseAddress)
        keysCount = room
      }
      countsCount = room
    }
    return SparseCounts(ascending: keys, counts: counts)
  }
}
