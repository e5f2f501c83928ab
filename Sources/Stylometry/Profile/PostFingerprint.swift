internal import CKernels

/// `TextCleaning.fingerprint` of tokens, one at a time.
struct PostFingerprint {
  private var hash: UInt64 = 0x2545_F491_4F6C_DD1D
  private var letters = 0

  @inline(__always)
  mutating func add(_ token: PostToken) {
    // Whether a mark comes could not be foreseen.
    let counts = token.kinds & (PostToken.word | UInt32(COG_DIGIT)) == PostToken.word
    letters += counts ? Int(token.length) : 0
    var next = (hash ^ token.folded) &* 0x9E37_79B9_7F4A_7C15
    next ^= next >> 32
    hash = counts ? next : hash
  }

  /// Nil for fewer than 40 letters.
  var value: UInt64? { letters >= 40 ? hash : nil }
}
