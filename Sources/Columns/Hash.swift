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
  var tail: UInt64 = 0
  var shift: UInt64 = 0
  while position < count {
    tail |= UInt64(bytes[position]) << shift
    shift += 8
    position += 1
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
