internal import CStyleKernels
import Synchronization

/// The weights of an encoder's layers, which are unpacked when a text is first read by it: most who load a model read
/// nothing by the encoder that it holds.
final class EncoderWeights: Sendable {
  /// A matrix with a row for each number that comes out, and what is added to each.
  struct Dense: Sendable {
    var matrix: NibbleMatrix
    var bias: [Float]

    var count: Int { matrix.rows * matrix.columns + bias.count }
  }

  /// One layer.
  struct Layer: Sendable {
    /// Query, key and value.
    var mixing: [Dense]
    /// Of what attention gives.
    var output: Dense
    /// Weight and bias.
    var norm: [Float]
    var inner: Dense
    var outer: Dense
    /// See `norm`.
    var last: [Float]

    /// How many weights there are.
    var count: Int {
      mixing.reduce(0) { $0 + $1.count } + output.count + norm.count + inner.count + outer.count + last.count
    }

    /// As `cog_layer_apply` takes them.
    fileprivate var floats: [Float] {
      panels(mixing) + panels([output]) + norm + panels([inner]) + panels([outer]) + last
    }

    /// Matrices of as many columns as one, in panels, and what is added.
    private func panels(_ parts: [Dense]) -> [Float] {
      let panel = Int(COG_PANEL)
      let rows = parts.flatMap(\.matrix.floats)
      let inner = parts[0].matrix.columns
      var result = [Float](repeating: 0, count: rows.count)
      for row in 0..<rows.count / inner {
        let start = row / panel * inner * panel + row % panel
        for number in 0..<inner { result[start + number * panel] = rows[row * inner + number] }
      }
      return result + parts.flatMap(\.bias)
    }
  }

  private let layers: [Layer]
  private let unpacked = Mutex<[[Float]]?>(nil)

  init(_ layers: [Layer]) { self.layers = layers }

  /// The weights of each layer, as `cog_layer_apply` takes them.
  var floats: [[Float]] {
    unpacked.withLock { known in
      if let known { return known }
      let floats = layers.map(\.floats)
      known = floats
      return floats
    }
  }
}
