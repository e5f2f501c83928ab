internal import CStyleKernels
public import Foundation

/// The first layers of a pretrained sentence encoder (BERT; Devlin and others, 2019) that were taught further to tell
/// authors apart: what a text's words and their order say of its author beside which n-grams it has. It knows words as
/// alike that are used alike, which no count does.
///
/// `Corpora/style/encoder.py` teaches it, and its header states tokens, windows, model and file.
public struct TextEncoder: Sendable {
  /// Most pieces of a window, without those that begin and end it.
  static let window = 62

  /// Numbers that it gives for a text.
  public let width: Int
  let pieces: WordPieces
  /// The whole of it, as it was read.
  let file: Data
  private let words: NibbleMatrix
  private let places: [Float]
  private let shapes: [Float]
  private let norm: [Float]
  private let size: cog_layer_size
  private let weights: EncoderWeights

  /// Reads a file that `Corpora/style/encoder.py` wrote.
  ///
  /// - Throws: `unreadable`, or `unusable` with the file's name.
  public init(path: String) throws(StyleModelError) {
    self = try StyleModelError.reading(path) { data throws(StyleModelError) in
      try TextEncoder(trained: data)
    }
  }

  /// Reads what `Corpora/style/encoder.py` writes.
  public init(trained data: Data) throws(StyleModelError) {
    var reader = try EncoderFile(data)
    size = reader.size
    width = reader.size.width
    pieces = reader.pieces
    file = data
    words = try reader.matrix(rows: pieces.count, columns: width)
    places = try reader.matrix(rows: Self.window + 2, columns: width).floats
    shapes = try reader.matrix(rows: WordPieces.shapes, columns: width).floats
    norm = try reader.floats(2 * width)
    weights = EncoderWeights(try reader.layers())
    try reader.end()
  }

  /// What comes out of the last layer for all pieces of some windows, summed, those that begin and end them included.
  ///
  /// - Parameter windows: taken in this order, so that the sums are the same.
  func encode(_ windows: [PieceText]) -> EncodedText {
    var result = EncodedText(width: width)
    var first = 0
    while first < windows.count {
      // As many as fill the processor's registers and still fit its caches.
      var (end, rows) = (first, 0)
      while end < windows.count, end == first || rows + windows[end].pieces.count + 2 <= Self.batch {
        rows += windows[end].pieces.count + 2
        end += 1
      }
      encode(windows[first..<end], rows: rows, into: &result)
      first = end
    }
    return result
  }

  private static let batch = 192

  private func encode(_ windows: ArraySlice<PieceText>, rows: Int, into result: inout EncodedText) {
    var values = [Float](repeating: 0, count: rows * width)
    var scratch = [Float](repeating: 0, count: cog_layer_scratch(size, rows))
    var ends: [UInt32] = []
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      var row = 0
      for window in windows {
        let ids = [WordPieces.Special.start.rawValue] + window.pieces + [WordPieces.Special.end.rawValue]
        for (place, id) in ids.enumerated() {
          let target = base + row * width
          let shape = place == 0 || place == ids.count - 1 ? 0 : Int(window.shapes[place - 1])
          for column in 0..<width {
            target[column] = places[place * width + column] + shapes[shape * width + column]
          }
          words.add(Int(id), to: target)
          row += 1
        }
        ends.append(UInt32(row))
      }
      norm.withUnsafeBufferPointer { norm in
        guard let weight = norm.baseAddress else { return }
        cog_rows_normalise(base, rows, width, weight, weight + width)
      }
      for layer in weights.floats { cog_layer_apply(size, layer, base, ends, ends.count, &scratch) }
      for row in 0..<rows {
        for column in 0..<width { result.sums[column] += Double(base[row * width + column]) }
      }
    }
    result.pieces += rows
  }
}

/// What an encoder gives for a text.
public struct EncodedText: Hashable, Sendable {
  /// Sums over pieces.
  var sums: [Double]
  /// How many were summed, those that begin and end windows included.
  public internal(set) var pieces = 0

  init(width: Int) { sums = [Double](repeating: 0, count: width) }

  /// Their mean, `TextEncoder.width` numbers; zeros of nothing.
  public var mean: [Float] { sums.map { Float($0 / Double(max(pieces, 1))) } }

  /// The sums over both.
  func adding(_ other: EncodedText) -> EncodedText {
    var result = self
    for column in sums.indices { result.sums[column] += other.sums[column] }
    result.pieces += other.pieces
    return result
  }
}
