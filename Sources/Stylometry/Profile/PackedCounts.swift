internal import CStyleKernels

/// Counted keys in three bytes each instead of eight: what a counter of much text holds of the text behind it.
final class PackedCounts {
  private var packed = cog_packed()

  /// How many keys there are.
  var count: Int { packed.keys }

  /// There is no memory for so many bytes.
  struct NoRoom: Error {
    let wanted: Int
  }

  /// - Parameters:
  ///   - room: bytes that are needed.
  ///   - limit: more are not asked for.
  private init(room: Int, limit: Int) throws(NoRoom) {
    guard room <= limit, cog_packed_reserve(&packed, room) != 0 else { throw NoRoom(wanted: room) }
  }

  deinit { cog_packed_free(&packed) }

  /// Keys that ascend strictly, with as many counts, none of them 0.
  convenience init(
    sorted keys: UnsafeBufferPointer<UInt32>, _ counts: UnsafeBufferPointer<UInt32>, limit: Int
  ) throws(NoRoom) {
    try self.init(room: cog_packed_room(keys.count, counts.count { $0 >= 255 }), limit: limit)
    cog_packed_fill(&packed, keys.baseAddress, counts.baseAddress, keys.count)
  }

  /// The sum of two, of which nothing is left.
  convenience init(merging one: PackedCounts, _ two: PackedCounts, limit: Int) throws(NoRoom) {
    try self.init(room: cog_packed_room_of_sum(&one.packed, &two.packed), limit: limit)
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
