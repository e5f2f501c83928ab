internal import CKernels
internal import CStyleKernels

/// Queries on their way through lists. One for a thread.
final class ListSearch {
  /// Lists of each query that are looked into before any other, so that few rows of the others come near; then those up to
  /// the second count, then the rest.
  private static let phases = [4, 16]

  private let vectors: ByteVectors
  private let centres: VectorCentres
  private let lists: VectorLists
  private let nearest: Int
  private let probes: Int
  private let block: VectorBlock
  private let choice: VectorBlock
  private let scratch: UnsafeMutablePointer<UInt64>
  /// The queries side by side: they are taken by 64 in ever other company.
  private let own: UnsafeMutablePointer<Int8>
  /// Of each query its lists, the nearest `phases` first.
  private var chosen: [UInt32] = []

  init(
    _ vectors: ByteVectors, _ centres: VectorCentres, _ lists: VectorLists, queries: Int, nearest: Int,
    probes: Int
  ) {
    self.vectors = vectors
    self.centres = centres
    self.lists = lists
    self.nearest = nearest
    self.probes = probes
    block = VectorBlock(kept: nearest + 1, width: vectors.width, tracked: queries)
    choice = VectorBlock(kept: probes, width: vectors.width, room: min(centres.count, 2048))
    scratch = .allocate(capacity: nearest + 1)
    own = .allocate(capacity: queries * vectors.width + 1)
  }

  deinit {
    scratch.deallocate()
    own.deallocate()
  }

  /// Writes the nearest of each query, one after another.
  func neighbours(_ queries: ArraySlice<Int>, _ result: UnsafeMutablePointer<Neighbour>) {
    block.best.removeAll()
    vectors.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for (place, query) in queries.enumerated() {
        (own + place * vectors.width).update(from: base + query * vectors.width, count: vectors.width)
      }
    }
    choose(queries.count)
    var start = 0
    for phase in Self.phases + [probes] where start < probes {
      visit(queries.count, start..<min(phase, probes))
      start = min(phase, probes)
      for place in 0..<queries.count { _ = block.best.keep(place) }
    }
    let similarity = vectors.step * vectors.step
    for (place, query) in queries.enumerated() {
      let found = block.best.keep(place)
      guard let keys = found.baseAddress else { continue }
      // From places in lists to rows, which tell equal values apart.
      for index in found.indices {
        keys[index] = NearestKeys.key(
          NearestKeys.value(keys[index]), at: lists.rows[NearestKeys.place(keys[index])])
      }
      cog_keys_order(keys, found.count, scratch)
      var written = 0
      for key in found where written < nearest && NearestKeys.place(key) != query {
        result[place * nearest + written] = Neighbour(
          row: NearestKeys.place(key), similarity: Float(NearestKeys.value(key)) * similarity)
        written += 1
      }
      // Its lists may hold too few: it then stands as a neighbour of itself, for the caller to see.
      while written < nearest {
        result[place * nearest + written] = Neighbour(row: query, similarity: 0)
        written += 1
      }
    }
  }

  /// The lists of each query.
  private func choose(_ queries: Int) {
    chosen.removeAll(keepingCapacity: true)
    centres.packed.withUnsafeBufferPointer { packed in
      guard let packed = packed.baseAddress else { return }
      for start in stride(from: 0, to: queries, by: VectorBlock.size) {
        let end = min(queries, start + VectorBlock.size)
        choice.best.removeAll()
        choice.load(own, start..<end)
        choice.compare(packed, rows: centres.count, first: 0)
        for place in start..<end {
          let keys = choice.best.keep(place - start)
          guard let base = keys.baseAddress else { continue }
          for phase in Self.phases.reversed() where phase < keys.count {
            cog_keys_keep(base, keys.count, phase)
          }
          chosen.append(contentsOf: keys.lazy.map { UInt32(truncatingIfNeeded: NearestKeys.place($0)) })
        }
      }
    }
  }

  /// All lists that are among these of some query, each with the queries that look into it.
  private func visit(_ queries: Int, _ range: Range<Int>) {
    var starts = [Int](repeating: 0, count: lists.count + 1)
    for place in 0..<queries {
      for list in chosen[place * probes + range.lowerBound..<place * probes + range.upperBound] {
        starts[Int(list) + 1] += 1
      }
    }
    for list in 0..<lists.count { starts[list + 1] += starts[list] }
    var asking = [UInt32](repeating: 0, count: queries * range.count)
    var next = starts
    for place in 0..<queries {
      for list in chosen[place * probes + range.lowerBound..<place * probes + range.upperBound] {
        asking[next[Int(list)]] = UInt32(place)
        next[Int(list)] += 1
      }
    }
    lists.packed.withUnsafeBufferPointer { packed in
      asking.withUnsafeBufferPointer { asking in
        guard let packed = packed.baseAddress, let asking = asking.baseAddress else { return }
        for list in 0..<lists.count where lists.sizes[list] > 0 {
          let at = lists.starts[list]
          for start in stride(from: starts[list], to: starts[list + 1], by: VectorBlock.size) {
            let names = UnsafeBufferPointer(
              start: asking + start, count: min(VectorBlock.size, starts[list + 1] - start))
            block.load(own, names.lazy.map { Int($0) })
            block.compare(
              packed + at * vectors.width, rows: lists.sizes[list], first: at, named: asking + start)
          }
        }
      }
    }
  }
}
