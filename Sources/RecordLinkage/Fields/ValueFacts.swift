/// What is asked of a value before its text: one load tells whether two values can be near, and how frequent they are.
///
///     byte   0..3         4         5         6..7
///            signature    length    bucket    flags
struct ValueFacts: BitwiseCopyable {
  /// The set of its bytes (`ValuePool.signatures`), or a hash of a network's prefix, 0 for none.
  let signature: UInt32
  /// Its bytes, 255 for all that are longer.
  let length: UInt8
  /// The bucket of its frequency (`Level.bucket`).
  let bucket: UInt8
  /// 1 when it belongs to a group of nicknames, or is a date that is written by the name of its month.
  let flags: UInt16

  static func of(
    _ pool: ValuePool, _ nearness: ValueField.Nearness, isFlagged: (_ value: Int) -> Bool
  ) -> Packed<ValueFacts> {
    let signatures: Packed<UInt32>? =
      switch nearness {
      case .none: nil
      case .network: NetworkAddress.prefixes(of: pool)
      default: pool.signatures()
      }
    let facts = Packed<ValueFacts>(uninitialised: pool.count)
    for value in 0..<pool.count {
      facts[value] = ValueFacts(
        signature: signatures?[value] ?? 0, length: UInt8(min(pool.length(value), 255)),
        bucket: UInt8(Level.bucket(pool.counts[value])),
        flags: isFlagged(value) ? 1 : 0)
    }
    return facts
  }
}
