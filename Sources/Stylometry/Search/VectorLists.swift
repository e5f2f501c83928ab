internal import CKernels
internal import Columns

/// Vectors in lists by the nearest of some centres, packed list by list (an inverted file; Jégou and others, 2011).
struct VectorLists: Sendable {
  /// Count of lists.
  let count: Int
  /// The rows list by list, each list up to whole groups.
  let packed: [Int8]
  /// The row at each place of `packed`; `UInt32.max` where a group is not full.
  let rows: [UInt32]
  /// Where each list begins in `rows`, one more than there are lists.
  let starts: [Int]
  /// Rows of each list.
  let sizes: [Int]

  /// Puts each vector in the list of its nearest centre.
  init(_ vectors: ByteVectors, _ centres: VectorCentres, threads: Int) {
    count = centres.count
    let nearest = centres.nearest(1, Array(0..<vectors.count), threads: threads)
    var sizes = [Int](repeating: 0, count: count)
    for row in 0..<vectors.count { sizes[Int(nearest[row])] += 1 }
    let group = Int(COG_GROUP)
    var starts = [0]
    for size in sizes { starts.append(starts[starts.count - 1] + (size + group - 1) / group * group) }
    var rows = [UInt32](repeating: .max, count: starts[count])
    var next = starts
    for row in 0..<vectors.count {
      let list = Int(nearest[row])
      rows[next[list]] = UInt32(row)
      next[list] += 1
    }
    packed = vectors.packed(rows)
    self.rows = rows
    self.starts = starts
    self.sizes = sizes
  }
}
