extension MemberHead {
  /// Lines that are looked at.
  private static let lineLimit = 20

  /// What a file may be of which each line is an object, by its first lines: the best of what is said of them.
  ///
  /// - Parameters:
  ///   - judge: what an object says, and the bytes of its line.
  ///   - judgeCut: what the beginning of a line says that goes on behind the head.
  func judgeLines(
    _ judge: (JSONValue, Bytes) -> Recognition, cut judgeCut: (Bytes) -> Recognition
  ) -> Recognition {
    guard let parser = try? JSONParser() else { return .no }
    var best = Recognition.no
    for slice in bytes.split(separator: 0x0A, maxSplits: Self.lineLimit).prefix(Self.lineLimit) {
      let line = Bytes(rebasing: slice).trimmed
      guard line.first == UInt8(ascii: "{") else { continue }
      if let object = try? parser.parse(line) {
        best = max(best, judge(object, line))
      } else if slice.endIndex == bytes.endIndex, !isWhole {
        best = max(best, judgeCut(line))
      }
      if best == .certain { break }
    }
    return best
  }
}
