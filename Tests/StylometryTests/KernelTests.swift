import CKernels
import CStyleKernels
import TestSupport
import Testing

/// Kernels of the search against loops that can be read.
@Suite struct KernelTests {
  private func bytes(_ count: Int, _ random: inout SplitMix) -> [Int8] {
    (0..<count).map { _ in Int8(truncatingIfNeeded: Int(random.next() % 255) - 127) }
  }

  @Test func productsAgreeWithTheirTwins() {
    var random = SplitMix(seed: 9)
    for (rows, width, queries) in [
      (1, 4, 1), (16, 8, 3), (48, 200, 8), (49, 200, 9), (130, 64, 6), (95, 12, 21), (33, 1100, 70),
      (80, 128, 64), (20, 580, 131),
    ] {
      var left = bytes(rows * width, &random)
      var right = bytes(queries * width, &random)
      // The largest products that there are.
      for column in 0..<width { (left[column], right[column]) = (-127, column % 2 == 0 ? 127 : -127) }
      let groups = (rows + 15) / 16
      let stride = groups * 16 + 3
      var packed = [Int8](repeating: 1, count: groups * 16 * width)
      cog_vectors_pack(left, rows, width, &packed)
      var expected = [Int32](repeating: 7, count: queries * stride)
      for query in 0..<queries {
        for row in 0..<groups * 16 {
          expected[query * stride + row] =
            row >= rows
            ? 0
            : (0..<width).reduce(0) { $0 + Int32(left[row * width + $1]) * Int32(right[query * width + $1]) }
        }
      }
      var found = [Int32](repeating: 7, count: queries * stride)
      cog_vectors_products_scalar(packed, groups, width, right, queries, &found, stride)
      #expect(found == expected, "scalar, \(rows) rows")
      found = [Int32](repeating: 7, count: queries * stride)
      cog_vectors_products(packed, groups, width, right, queries, &found, stride)
      #expect(found == expected, "chosen, \(rows) rows")
      for set in 0..<4 as Range<Int32> {
        found = [Int32](repeating: 7, count: queries * stride)
        if cog_vectors_products_with(set, packed, groups, width, right, queries, &found, stride) == 0 {
          continue
        }
        #expect(found == expected, "set \(set), \(rows) rows")
      }
    }
  }

  @Test func largestKeysAreKept() {
    var random = SplitMix(seed: 4)
    for count in [0, 1, 2, 3, 31, 32, 33, 100, 700] {
      for spread in [2, 40, UInt64(UInt32.max)] {
        let values = (0..<count).map { _ in
          Int32(truncatingIfNeeded: Int64(random.next() % spread) - Int64(spread / 2))
        }
        var keys = [UInt64](repeating: 0, count: count + 1)
        let limit: Int32 = spread == 40 ? -3 : .min
        let found = cog_keys_above(values, count, limit, 1000, &keys)
        let expected = values.indices.filter { values[$0] > limit }
          .sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
        #expect(found == expected.count)
        for kept in Set([0, min(1, found), found / 3, found]).sorted() {
          var own = Array(keys.prefix(found)) + [0]
          cog_keys_keep(&own, found, kept)
          if kept > 0 { #expect(own.prefix(kept).min() == own[kept - 1]) }
          #expect(
            own.prefix(kept).sorted(by: >).map { Int(~UInt32(truncatingIfNeeded: $0)) - 1000 }
              == Array(expected.prefix(kept)), "\(kept) of \(count)")
        }
      }
    }
  }

  @Test func scaledValuesKeepTheirOrder() {
    let values: [Int32] = [0, 1, -1, 500, -500, 70_000, -70_000, 3]
    let scales: [Float] = [1, 0.5, 0.5, 2, 2, 0.001, 0.001, 0]
    var scaled = values
    cog_values_scale(&scaled, scales, values.count)
    let numbers = zip(values, scales).map { Float($0) * $1 }
    #expect(scaled.map { cog_value_number($0) } == numbers)
    for i in values.indices {
      for j in values.indices where numbers[i] < numbers[j] { #expect(scaled[i] < scaled[j]) }
    }
  }

  @Test func listsAddWhatBothHave() {
    // Rows 0 and 2 have feature 0, row 1 has feature 2.
    let lists: [UInt32] = [0 << 8 | 3, 2 << 8 | 5, 1 << 8 | 7]
    let starts: [UInt32] = [0, 2, 2, 3]
    let queries = [
      cog_query_feature(feature: 0, query: 1, weight: 10), cog_query_feature(feature: 1, query: 0, weight: 9),
      cog_query_feature(feature: 2, query: 0, weight: 127),
    ]
    var sums: [Int32] = [1, 0, 0, 99, 0, 0, 0, 99]
    cog_lists_add(lists, starts, queries, queries.count, &sums, 4)
    #expect(sums == [1, 889, 0, 99, 30, 0, 50, 99])
  }

  @Test func keysComeInOrder() {
    var random = SplitMix(seed: 3)
    for count in [0, 1, 2, 17, 100, 613, 1500] {
      let keys = (0..<count).map { _ in random.next() >> (random.next() % 60) }
      let different = Array(Set(keys)).sorted()
      var ordered = different
      var scratch = different
      cog_keys_order(&ordered, ordered.count, &scratch)
      #expect(ordered == different.reversed())
    }
  }

  @Test func theNearestOfSeveralQueriesAreKept() {
    var random = SplitMix(seed: 14)
    let kept = 7
    let capacity = kept + Int(COG_PORTION) + 1
    let rows = 1700
    let stride = rows + 3
    let values = (0..<2 * stride).map { _ in Int32(truncatingIfNeeded: Int64(random.next() % 500) - 250) }
    var keys = [UInt64](repeating: 0, count: 3 * capacity)
    var counts = [UInt32](repeating: 0, count: 3)
    var limits = [Int32](repeating: .min, count: 3)
    keys.withUnsafeMutableBufferPointer { keys in
      counts.withUnsafeMutableBufferPointer { counts in
        limits.withUnsafeMutableBufferPointer { limits in
          var nearest = cog_nearest(
            keys: keys.baseAddress, counts: counts.baseAddress, limits: limits.baseAddress,
            capacity: capacity,
            kept: kept)
          cog_nearest_offer(&nearest, [2, 0], 2, values, stride, rows, 40)
          for query in 0..<3 { cog_nearest_shrink(&nearest, query) }
        }
      }
    }
    #expect(counts == [7, 0, 7])
    for (query, start) in [(2, 0), (0, stride)] {
      let expected = (0..<rows).sorted {
        let (one, other) = (values[start + $0], values[start + $1])
        return one != other ? one > other : $0 < $1
      }
      let found = keys[query * capacity..<query * capacity + kept].sorted(by: >)
      #expect(found.map { Int(~UInt32(truncatingIfNeeded: $0)) - 40 } == Array(expected.prefix(kept)))
      #expect(found.map { cog_key_value($0) } == expected.prefix(kept).map { values[start + $0] })
    }
  }

  @Test func wantedKeysAreFound() {
    var random = SplitMix(seed: 21)
    for (count, isSpread) in [(0, true), (1, true), (50, true), (5000, true), (5000, false)] {
      // Spread as hashes are, or all in one place.
      let all = Set((0..<count).map { _ in UInt32(truncatingIfNeeded: random.next() >> (isSpread ? 0 : 50)) })
      let keys = all.sorted()
      let wanted =
        (keys.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
        + (0..<200).map { _ in UInt32(truncatingIfNeeded: random.next()) } + [0, .max]).sorted()
      var numbers = [UInt32](repeating: 0, count: wanted.count + 1)
      var places = numbers
      let found = cog_keys_find(keys, keys.count, wanted, wanted.count, &numbers, &places)
      let expected = wanted.indices.filter { all.contains(wanted[$0]) }
      #expect(numbers.prefix(found).map { Int($0) } == expected)
      #expect(places.prefix(found).map { keys[Int($0)] } == expected.map { wanted[$0] })
    }
  }

  @Test func pairsAgreeWithTheirTwins() {
    var random = SplitMix(seed: 51)
    let tableSize = 96 * 128
    let room = 3 * 96 * 97 + 64
    for (count, wide) in [
      (0, 9), (1, 9), (2, 9), (17, 1000), (700, 1000), (700, 9), (40_000, 50), (40_000, 1000),
    ] {
      // Few letters, so that some pairs come often; now and then a scalar beyond ASCII.
      let text = (0..<count + 64).map { place in
        place >= count ? 0 : Int(random.next() % 1000) < wide ? 0x20 + UInt32(random.next() % 9) : 0x1F600
      }
      let starts = count * 2 / 3
      var found: [[[UInt32]]] = []
      for isPlain in [false, true] {
        var pairs = [UInt32](repeating: 0, count: tableSize)
        var (lone, singles) = ([UInt32](repeating: 0, count: 96), [UInt32](repeating: 0, count: 112))
        var keys = [UInt32](repeating: 0, count: 2 * count + room)
        var (more, times, moreCount) = (keys, keys, 0)
        let pairKeys = isPlain ? cog_style_pairs_baseline : cog_style_pairs
        let drain = isPlain ? cog_style_drain_baseline : cog_style_drain
        let written = pairKeys(text, starts, count, &pairs, &lone, &keys)
        let others = Array(keys.prefix(written))
        let drained = drain(&pairs, &lone, &keys, &more, &times, &moreCount, &singles)
        #expect(pairs.allSatisfy { $0 == 0 } && lone.allSatisfy { $0 == 0 })
        let rest = zip(more, times).prefix(moreCount).sorted { $0 < $1 }
        found.append([
          others, keys.prefix(drained).sorted(), rest.map(\.0), rest.map(\.1), Array(singles.prefix(96)),
        ])
      }
      #expect(found[0] == found[1], "\(count) scalars")
    }
  }

  @Test func countsAreAddedToTheirKeys() {
    var random = SplitMix(seed: 52)
    for (count, shift) in [(1, 0), (3, 0), (100, 0), (5000, 0), (5000, 12), (70_000, 0)] {
      // Spread as hashes are, or all in one place.
      let keys = Set((0..<count).map { _ in UInt32(truncatingIfNeeded: random.next()) >> UInt32(shift) })
        .sorted()
      let chosen = keys.filter { _ in random.next() % 3 == 0 }.shuffled(using: &random)
      let times = chosen.map { _ in random.next() % 9 == 0 ? UInt32.max : UInt32(random.next() % 1000) }
      var counts = keys.map { _ in UInt32(random.next() % 5) + 1 }
      var plain = counts
      var expected = Dictionary(uniqueKeysWithValues: zip(keys, counts))
      for (key, more) in zip(chosen, times) {
        expected[key] = expected[key].map { $0.addingReportingOverflow(more).overflow ? .max : $0 + more }
      }
      cog_keys_add(keys, &counts, keys.count, chosen, times, chosen.count)
      cog_keys_add_baseline(keys, &plain, keys.count, chosen, times, chosen.count)
      #expect(counts == keys.compactMap { expected[$0] })
      #expect(plain == counts)
    }
  }

  @Test func tokensAreLookedUpAlike() {
    var random = SplitMix(seed: 53)
    var entries = [UInt8](repeating: 0, count: 1 << Int(COG_TOKEN_PLACES) * Int(COG_TOKEN_PLACE))
    entries.withUnsafeMutableBufferPointer { entries in
      for _ in 0..<200 {
        let text = (0..<256).map { _ in random.next() % 20 == 0 ? 0x2019 : 1 + UInt32(random.next() % 127) }
        let words = random.next() | random.next()
        var bits = cog_token_bits(
          first: 64, starts: random.next(), words: words, words_behind: random.next(),
          unusual: words & random.next() & random.next() & random.next(), unusual_behind: 0)
        var (keys, plain) = ([cog_token_key](), [cog_token_key]())
        for isPlain in [false, true] {
          var own = [cog_token_key](repeating: cog_token_key(), count: 64)
          let look = isPlain ? cog_token_keys_baseline : cog_token_keys
          let count = look(text, &bits, entries.baseAddress, &own)
          if isPlain { plain = Array(own.prefix(count)) } else { keys = Array(own.prefix(count)) }
        }
        #expect(keys.count == bits.starts.nonzeroBitCount && plain.count == keys.count)
        for (one, other) in zip(keys, plain) {
          #expect(one.low == other.low && one.high == other.high && one.entry == other.entry)
          #expect(one.start == other.start && one.length == other.length)
          guard one.entry != nil else { continue }
          #expect(one.length <= 16 && one.low != 0)
          #expect(UInt8(truncatingIfNeeded: one.low) == UInt8(truncatingIfNeeded: text[Int(one.start)]))
        }
      }
    }
  }

  @Test func packedCountsAddUp() {
    var random = SplitMix(seed: 44)
    // Keys far from one another, side by side, and the first and the last that there are; counts of every size.
    let pools: [[UInt32]] = [
      [], [0], [.max], [0, .max], (0..<3000).map { _ in UInt32(truncatingIfNeeded: random.next()) },
      (0..<3000).map { _ in UInt32(truncatingIfNeeded: random.next() >> 50) },
      (0..<40).map { 65_534 * UInt32($0) } + (0..<40).map { 65_535 * UInt32($0) },
    ]
    func counted(_ pool: [UInt32]) -> [UInt32: UInt32] {
      let counts: [UInt32] = [1, 1, 2, 127, 128, 200, 254, 255, 256, 70_000, .max]
      return Dictionary(pool.map { ($0, counts[Int(random.next() % 11)]) }) { one, _ in one }
    }
    func packed(_ counts: [UInt32: UInt32]) -> cog_packed {
      let keys = counts.keys.sorted()
      var result = cog_packed()
      #expect(
        cog_packed_reserve(&result, cog_packed_room(keys.count, counts.values.count { $0 >= 255 })) == 1)
      cog_packed_fill(&result, keys, keys.compactMap { counts[$0] }, keys.count)
      #expect(result.keys == keys.count)
      return result
    }
    for one in pools.map(counted) {
      for two in pools.map(counted) {
        var (left, right, sum) = (packed(one), packed(two), cog_packed())
        #expect(cog_packed_reserve(&sum, cog_packed_room_of_sum(&left, &right)) == 1)
        cog_packed_merge(&sum, &left, &right)
        #expect(left.bytes == nil && right.bytes == nil)
        #expect(sum.size <= sum.room)
        let expected = one.merging(two) { $0.addingReportingOverflow($1).overflow ? .max : $0 + $1 }
        var keys = [UInt32](repeating: 0, count: sum.keys)
        var counts = keys
        cog_packed_empty(&sum, &keys, &counts)
        #expect(keys == expected.keys.sorted())
        #expect(counts == expected.keys.sorted().compactMap { expected[$0] })
      }
    }
  }

  @Test func linesThatMayReferAreFoundWhereverTheyDo() {
    var random = SplitMix(seed: 17)
    var found = 0
    for round in 0..<6000 {
      let line = (0..<round % 200).map { _ in
        random.next() % 400 == 0 ? UInt8(ascii: "@") : Array("wW.:/a ".utf8)[Int(random.next() % 7)]
      }
      let text = String(decoding: line, as: UTF8.self).lowercased()
      let refers = text.contains("@") || text.contains("://") || text.contains("www.")
      #expect((cog_style_may_refer(line, line.count) != 0) == refers, "\(text)")
      found += refers ? 1 : 0
    }
    #expect(found > 1000 && found < 5000)
  }

  @Test func rowsOfBytesAddUp() {
    var random = SplitMix(seed: 30)
    for width in [1, 60, 128, 300] {
      let rows = bytes(40 * width, &random)
      let places = (0..<25).map { _ in UInt32(random.next() % 40) }
      let weights = places.map { _ in Float(Int64(random.next() % 2001) - 1000) / 977 }
      var sums = (0..<width).map { Float($0) / 7 }
      var expected = sums
      for (place, weight) in zip(places, weights) {
        for column in 0..<width { expected[column] += weight * Float(rows[Int(place) * width + column]) }
      }
      cog_byte_rows_add(rows, width, places, weights, places.count, &sums)
      #expect(sums == expected)
    }
  }
}
