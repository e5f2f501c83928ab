internal import CKernels

/// `TextCleaning.fingerprint` of tokens, one at a time.
struct PostFingerprint {
  private var hash: UInt64 = 0x2545_F491_4F6C_DD1D
  private var letters = 0

  @inline(__always)
  mutating func add(_ token: PostToken) {
    guard token.kinds & PostToken.word != 0, token.kinds & UInt32(COG_DIGIT) == 0 else { return }
    letters += Int(token.length)
    hash = (hash ^ token.folded) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
  }

  /// Nil for fewer than 40 letters.
  var value: UInt64? { letters >= 40 ? hash : nil }
}
