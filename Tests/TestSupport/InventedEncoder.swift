/// The bytes of a small encoder, as `Corpora/style/encoder.py` writes them, with weights that nobody has taught.
public enum InventedEncoder {
  private static let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[LINK]", "[MENTION]"]
  /// Its vocabulary.
  public static let names =
    special + ["the", "harbour", "har", "##bour", "##s", "cafe", ".", "!", "it", "'", "i", "phone", "#"]
    + (0..<26).flatMap { letter -> [String] in
      let name = String(UnicodeScalar(UInt8(97 + letter)))
      return name == "i" ? ["##\(name)"] : name == "s" ? [name] : [name, "##\(name)"]
    }
  /// Numbers that it gives for a text.
  public static let width = 64

  /// The file.
  public static func bytes(
    names: [String] = names, layers: Int = 2, width: Int = width, heads: Int = 4, inner: Int = 64
  ) -> [UInt8] {
    var random = SplitMix(seed: 11)
    func next() -> UInt64 { random.next() >> 33 }
    let text = Array(names.joined(separator: "\n").utf8)
    var result = Array("COGSTEN1".utf8)
    func append(_ value: Int) {
      withUnsafeBytes(of: UInt32(value).littleEndian) { result.append(contentsOf: $0) }
    }
    for value in [layers, names.count, width, heads, inner, 64, 16, text.count] { append(value) }
    result += text
    func matrix(_ rows: Int, _ columns: Int) {
      for _ in 0..<rows * columns / 64 { result += [UInt8(next() % 64), 0x3D] }
      for _ in 0..<rows * columns / 2 { result.append(UInt8(1 + next() % 15) | UInt8(1 + next() % 15) << 4) }
    }
    func vector(_ count: Int, _ value: Float) {
      for _ in 0..<count {
        withUnsafeBytes(of: (value + Float(next() % 100) / 1000).bitPattern.littleEndian) {
          result.append(contentsOf: $0)
        }
      }
    }
    matrix(names.count, width)
    matrix(64, width)
    matrix(16, width)
    vector(width, 1)
    vector(width, 0)
    for _ in 0..<layers {
      for _ in 0..<4 {
        matrix(width, width)
        vector(width, 0)
      }
      vector(width, 1)
      vector(width, 0)
      matrix(inner, width)
      vector(inner, 0)
      matrix(width, inner)
      vector(width, 0)
      vector(width, 1)
      vector(width, 0)
    }
    return result
  }
}
