/// A 64-bit hash of bytes that is the same in every process and on every machine of the same byte order.
///
/// `Hasher` is seeded anew in each process, so nothing that reaches a result may depend on it.
/// The mixing step is the folded 64 x 64 -> 128-bit multiplication of wyhash (Wang Yi, public domain).
/// Not for security: whoever chooses the bytes can make collisions, so tables compare the bytes as well.
@inlinable
public func stableHash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
  var state = seed ^ 0xa076_1d64_78bd_642f
  var position = 0
  let count = bytes.count
  if let base = UnsafeRawPointer(bytes.baseAddress) {
    while count - position >= 8 {  // Safe: eight bytes remain from `position`.
      state = foldedMultiply(
        base.loadUnaligned(fromByteOffset: position, as: UInt64.self) ^ 0xe703_7ed1_a0b4_28db, state)
      position += 8
    }
  }
  // The last 0 to 7 bytes as one little-endian number, from loads that may overlap.
  var tail: UInt64 = 0
  let rest = count - position
  if rest > 0, let base = UnsafeRawPointer(bytes.baseAddress) {
    if count >= 8 {  // Safe: the eight bytes that end the text; those hashed already are shifted out.
      tail =
        UInt64(littleEndian: base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        >> UInt64(64 - 8 * rest)
    } else if rest >= 4 {  // Safe: four bytes at either end; where they overlap they agree.
      let low = UInt32(littleEndian: base.loadUnaligned(as: UInt32.self))
      let high = UInt32(littleEndian: base.loadUnaligned(fromByteOffset: rest - 4, as: UInt32.self))
      tail = UInt64(low) | UInt64(high) << UInt64(8 * (rest - 4))
    } else {
      let middle = rest / 2
      tail =
        UInt64(bytes[0]) | UInt64(bytes[middle]) << UInt64(8 * middle)
        | UInt64(bytes[rest - 1]) << UInt64(8 * (rest - 1))
    }
  }
  return foldedMultiply(tail ^ 0x8ebc_6af0_9c88_c6e3, state ^ UInt64(count))
}

/// `stableHash` of a string's UTF-8.
public func stableHash(_ text: String, seed: UInt64 = 0) -> UInt64 {
  var copy = text
  return copy.withUTF8 { stableHash($0, seed: seed) }
}

/// The two halves of a full-width product, folded together.
@inlinable
public func foldedMultiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}

/// One step of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the same
/// numbers everywhere.
@inlinable
public func splitMix64(_ state: inout UInt64) -> UInt64 {
  state &+= 0x9e37_79b9_7f4a_7c15
  var mixed = state
  mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
  return mixed ^ (mixed >> 31)
}
