import Foundation

/// A matrix of 4 bits a weight, -7 to 7, with a scale for each 64 of a row.
struct NibbleMatrix: Sendable {
  /// Weights that have one scale.
  static let group = 64

  let rows: Int
  let columns: Int
  /// The scales, of each the upper half of a 32-bit float; then the weights plus 8, the first in the low half of a byte.
  /// A part of a mapped file.
  private let bytes: Data

  /// Bytes of so many weights.
  static func byteCount(_ weights: Int) -> Int { weights / group * 2 + weights / 2 }

  /// Nil where the bytes are not those of a matrix of this size, or hold a scale beyond all use.
  init?(rows: Int, columns: Int, bytes: Data) {
    guard columns % Self.group == 0, bytes.count == Self.byteCount(rows * columns)
    else { return nil }
    self.rows = rows
    self.columns = columns
    self.bytes = bytes
    let isSound = bytes.withUnsafeBytes { bytes in
      (0..<rows * columns / Self.group).allSatisfy { Self.scale(bytes, $0).magnitude <= Self.largestScale }
    }
    if !isSound { return nil }
  }

  private static let largestScale: Float = 1e4

  private static func scale(_ bytes: UnsafeRawBufferPointer, _ group: Int) -> Float {
    let half = bytes.loadUnaligned(fromByteOffset: 2 * group, as: UInt16.self)
    return Float(bitPattern: UInt32(UInt16(littleEndian: half)) << 16)
  }

  /// Adds a row to `sums`, of which there are `columns`.
  func add(_ row: Int, to sums: UnsafeMutablePointer<Float>) {
    bytes.withUnsafeBytes { bytes in
      let weights = rows * columns / Self.group * 2 + row * columns / 2
      for start in stride(from: 0, to: columns, by: Self.group) {
        let scale = Self.scale(bytes, (row * columns + start) / Self.group)
        for pair in 0..<Self.group / 2 {
          let byte = bytes[weights + start / 2 + pair]
          sums[start + 2 * pair] += Float(Int32(byte & 0xF) - 8) * scale
          sums[start + 2 * pair + 1] += Float(Int32(byte >> 4) - 8) * scale
        }
      }
    }
  }

  /// All weights, row after row.
  var floats: [Float] {
    var result = [Float](repeating: 0, count: rows * columns)
    result.withUnsafeMutableBufferPointer { result in
      guard let base = result.baseAddress else { return }
      for row in 0..<rows { add(row, to: base + row * columns) }
    }
    return result
  }
}
