internal import AccountModel

/// What the path of a log says: ZNC and others keep a file for each day, with the date in its name.
///
///     freenode/#snails/2024-01-31.log       root `freenode/#snails`, name `#snails`
///     freenode_#snails_20240131.log         root and name `freenode_#snails`
///     irc.libera.#snails.weechatlog         root: the path; name `irc.libera.#snails`
struct IRCLogPath {
  /// What the files of one channel have in common.
  let root: String
  /// What the channel is called, as far as the path says it.
  let name: String
  /// Microseconds from 1970 to the beginning of the day that the file is of.
  let day: Int64?

  init(_ path: String) {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    let extensions = [".log", ".txt", ".weechatlog"]
    let stem =
      extensions.first { file.lowercased().hasSuffix($0) }.map { String(file.dropLast($0.count)) } ?? file
    guard let (start, day) = Self.date(endOf: stem) else {
      (root, name, self.day) = (path, stem, nil)
      return
    }
    self.day = day
    var channel = stem[..<start]
    while let last = channel.last, "_-. ".contains(last) { channel.removeLast() }
    if channel.isEmpty {
      root = folder
      name = folder.split(separator: "/").last.map(String.init) ?? ""
    } else {
      root = folder.isEmpty ? String(channel) : "\(folder)/\(channel)"
      name = String(channel)
    }
  }

  /// The date that a name ends in, `2024-01-31` or `20240131`, and where it begins.
  private static func date(endOf stem: String) -> (String.Index, Int64)? {
    for length in [10, 8] {
      guard stem.utf8.count >= length,
        let start = stem.utf8.index(stem.endIndex, offsetBy: -length, limitedBy: stem.startIndex)
      else { continue }
      // `#snails120240131` ends in no date.
      if start > stem.startIndex, (0x30...0x39).contains(stem.utf8[stem.utf8.index(before: start)]) {
        continue
      }
      var text = String(stem[start...])
      let day: Int64? = text.withUTF8 { bytes in
        var scan = ByteScan(bytes)
        guard let year = scan.digits(4), length == 8 || scan.take("-"), let month = scan.digits(2),
          length == 8 || scan.take("-"), let day = scan.digits(2), scan.isAtEnd, year >= 1988
        else { return nil }
        return CivilTime.microseconds(year: year, month: month, day: day)
      }
      if let day, ObservedTime.plausible.contains(day) { return (start, day) }
    }
    return nil
  }
}
