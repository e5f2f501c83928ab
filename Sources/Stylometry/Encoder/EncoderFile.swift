internal import CStyleKernels
import Foundation

/// Reads the parts of an encoder's file, one after another.
struct EncoderFile {
  let size: cog_layer_size
  let pieces: WordPieces
  private let layerCount: Int
  private let data: Data
  private var offset: Int

  static let mark: [UInt8] = Array("COGSTEN1".utf8)

  init(_ data: Data) throws(StyleModelError) {
    let header: [Int]? = data.withUnsafeBytes { bytes in
      guard bytes.count >= 40, bytes.prefix(8).elementsEqual(Self.mark) else { return nil }
      return (0..<8).map {
        Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 + 4 * $0, as: UInt32.self)))
      }
    }
    guard let header else { throw .notAnEncoder }
    let (layers, count, width, heads) = (header[0], header[1], header[2], header[3])
    let (inner, places, shapes, textBytes) = (header[4], header[5], header[6], header[7])
    let panel = Int(COG_PANEL)
    guard layers <= 24, (panel...4096).contains(width), width % NibbleMatrix.group == 0,
      (1...64).contains(heads),
      width % heads == 0, width / heads % panel == 0, (panel...16384).contains(inner),
      inner % NibbleMatrix.group == 0,
      places == TextEncoder.window + 2, shapes == WordPieces.shapes, textBytes <= data.count - 40
    else { throw .damaged }
    let start = data.startIndex + 40
    let names = String(decoding: data[start..<start + textBytes], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard names.count == count, let pieces = WordPieces(names: names) else { throw .damaged }
    size = cog_layer_size(width: width, heads: heads, inner: inner)
    layerCount = layers
    self.pieces = pieces
    self.data = data
    offset = 40 + textBytes
  }

  private mutating func take(_ count: Int) throws(StyleModelError) -> Data {
    guard data.count - offset >= count else { throw .damaged }
    defer { offset += count }
    return data[data.startIndex + offset..<data.startIndex + offset + count]
  }

  mutating func matrix(rows: Int, columns: Int) throws(StyleModelError) -> NibbleMatrix {
    let bytes = try take(NibbleMatrix.byteCount(rows * columns))
    guard let matrix = NibbleMatrix(rows: rows, columns: columns, bytes: bytes) else { throw .damaged }
    return matrix
  }

  mutating func floats(_ count: Int) throws(StyleModelError) -> [Float] {
    let bytes = try take(4 * count)
    let values = bytes.withUnsafeBytes { bytes in
      (0..<count).map {
        Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
    guard values.allSatisfy({ $0.magnitude <= Float(ModelArchive.largest) }) else { throw .damaged }
    return values
  }

  /// The weights of each layer.
  mutating func layers() throws(StyleModelError) -> [EncoderWeights.Layer] {
    let (width, inner) = (size.width, size.inner)
    var result: [EncoderWeights.Layer] = []
    for _ in 0..<layerCount {
      let mixing = [
        try dense(rows: width, columns: width), try dense(rows: width, columns: width),
        try dense(rows: width, columns: width),
      ]
      let layer = EncoderWeights.Layer(
        mixing: mixing, output: try dense(rows: width, columns: width), norm: try floats(2 * width),
        inner: try dense(rows: inner, columns: width), outer: try dense(rows: width, columns: inner),
        last: try floats(2 * width))
      guard layer.count == cog_layer_floats(size) else { throw .damaged }
      result.append(layer)
    }
    return result
  }

  private mutating func dense(rows: Int, columns: Int) throws(StyleModelError) -> EncoderWeights.Dense {
    EncoderWeights.Dense(matrix: try matrix(rows: rows, columns: columns), bias: try floats(rows))
  }

  /// Nothing may follow.
  func end() throws(StyleModelError) { if offset != data.count { throw .damaged } }
}
