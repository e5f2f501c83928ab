/// Eigenvalues and eigenvectors of a symmetric matrix, by Householder's reduction to three diagonals and the implicit
/// QL method (Bowdler, Martin, Reinsch and Wilkinson, 1968; the routines tred2 and tql2 of EISPACK).
public struct SymmetricEigen: Sendable {
  /// Descending.
  public let values: [Double]
  /// Column `i` belongs to `values[i]`; columns are orthonormal, and the greatest part of each is positive.
  public let vectors: Matrix

  /// Decomposes a square matrix of which the lower half is read; O(n³). Nil when the iteration does not converge,
  /// as with values that are no numbers.
  public init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "the matrix must be square")
    let n = matrix.rows
    guard n > 0 else {
      values = []
      vectors = matrix
      return
    }
    guard matrix.values.allSatisfy(\.isFinite) else { return nil }
    var v = matrix
    for row in 0..<n { for column in row + 1..<max(n, row + 1) { v[row, column] = v[column, row] } }
    var d = (0..<n).map { v[n - 1, $0] }
    var e = [Double](repeating: 0, count: n)
    Self.reduce(&v, &d, &e, n)
    guard Self.iterate(&v, &d, &e, n) else { return nil }
    let order = (0..<n).sorted { d[$0] != d[$1] ? d[$0] > d[$1] : $0 < $1 }
    values = order.map { d[$0] }
    var sorted = v.selecting(columns: order)
    for column in 0..<n {
      var greatest = 0.0
      for row in 0..<n where abs(sorted[row, column]) > abs(greatest) { greatest = sorted[row, column] }
      if greatest < 0 { for row in 0..<n { sorted[row, column] = -sorted[row, column] } }
    }
    vectors = sorted
  }

  private static func reduce(_ v: inout Matrix, _ d: inout [Double], _ e: inout [Double], _ n: Int) {
    for i in stride(from: n - 1, to: 0, by: -1) {
      var scale = 0.0
      var h = 0.0
      for k in 0..<i { scale += abs(d[k]) }
      if scale == 0 {
        e[i] = d[i - 1]
        for j in 0..<i {
          d[j] = v[i - 1, j]
          v[i, j] = 0
          v[j, i] = 0
        }
      } else {
        for k in 0..<i {
          d[k] /= scale
          h += d[k] * d[k]
        }
        var f = d[i - 1]
        var g = f > 0 ? -h.squareRoot() : h.squareRoot()
        e[i] = scale * g
        h -= f * g
        d[i - 1] = f - g
        for j in 0..<i { e[j] = 0 }
        for j in 0..<i {
          f = d[j]
          v[j, i] = f
          g = e[j] + v[j, j] * f
          for k in j + 1..<max(i, j + 1) {
            g += v[k, j] * d[k]
            e[k] += v[k, j] * f
          }
          e[j] = g
        }
        f = 0
        for j in 0..<i {
          e[j] /= h
          f += e[j] * d[j]
        }
        let hh = f / (h + h)
        for j in 0..<i { e[j] -= hh * d[j] }
        for j in 0..<i {
          f = d[j]
          g = e[j]
          for k in j..<i { v[k, j] -= f * e[k] + g * d[k] }
          d[j] = v[i - 1, j]
          v[i, j] = 0
        }
      }
      d[i] = h
    }
    for i in 0..<n - 1 {
      v[n - 1, i] = v[i, i]
      v[i, i] = 1
      let h = d[i + 1]
      if h != 0 {
        for k in 0...i { d[k] = v[k, i + 1] / h }
        for j in 0...i {
          var g = 0.0
          for k in 0...i { g += v[k, i + 1] * v[k, j] }
          for k in 0...i { v[k, j] -= g * d[k] }
        }
      }
      for k in 0...i { v[k, i + 1] = 0 }
    }
    for j in 0..<n {
      d[j] = v[n - 1, j]
      v[n - 1, j] = 0
    }
    v[n - 1, n - 1] = 1
    e[0] = 0
  }

  /// False when an eigenvalue takes more than 100 turns.
  private static func iterate(_ v: inout Matrix, _ d: inout [Double], _ e: inout [Double], _ n: Int) -> Bool {
    for i in 1..<max(n, 1) { e[i - 1] = e[i] }
    e[n - 1] = 0
    // Rows of the transpose hold the vectors, so that a rotation walks over neighbours.
    var w = v.transposed
    var f = 0.0
    var tst1 = 0.0
    let eps = 0x1p-52
    for l in 0..<n {
      tst1 = max(tst1, abs(d[l]) + abs(e[l]))
      var m = l
      while m < n - 1, abs(e[m]) > eps * tst1 { m += 1 }
      if m > l {
        var turns = 0
        repeat {
          turns += 1
          if turns > 100 { return false }
          var g = d[l]
          var p = (d[l + 1] - g) / (2 * e[l])
          var r = (p * p + 1).squareRoot()
          if p < 0 { r = -r }
          d[l] = e[l] / (p + r)
          d[l + 1] = e[l] * (p + r)
          let dl1 = d[l + 1]
          var h = g - d[l]
          for i in l + 2..<max(n, l + 2) { d[i] -= h }
          f += h
          p = d[m]
          var c = 1.0
          var c2 = c
          var c3 = c
          let el1 = e[l + 1]
          var s = 0.0
          var s2 = 0.0
          for i in stride(from: m - 1, through: l, by: -1) {
            c3 = c2
            c2 = c
            s2 = s
            g = c * e[i]
            h = c * p
            r = (p * p + e[i] * e[i]).squareRoot()
            e[i + 1] = s * r
            s = e[i] / r
            c = p / r
            p = c * d[i] - s * g
            d[i + 1] = h + s * (c * g + s * d[i])
            w.values.withUnsafeMutableBufferPointer { rows in
              let (low, high) = (i * n, (i + 1) * n)
              for k in 0..<n {
                let held = rows[high + k]
                rows[high + k] = s * rows[low + k] + c * held
                rows[low + k] = c * rows[low + k] - s * held
              }
            }
          }
          p = -s * s2 * c3 * el1 * e[l] / dl1
          e[l] = s * p
          d[l] = c * p
        } while abs(e[l]) > eps * tst1
      }
      d[l] += f
      e[l] = 0
    }
    v = w.transposed
    return true
  }
}
