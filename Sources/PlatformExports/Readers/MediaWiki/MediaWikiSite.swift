internal import AccountModel

/// The wiki that an export is of.
enum MediaWikiSite {
  /// The service, where nothing says which wiki it is.
  static let unknown = Platform("mediawiki")

  /// The wiki whose main page has an address: its host and the folder below which it lies, as one host may have several.
  ///
  ///     https://en.wikipedia.org/wiki/Main_Page      mediawiki/en.wikipedia.org
  ///     https://example.org/de/wiki/Hauptseite       mediawiki/example.org/de
  ///     https://example.org/w/index.php?title=Main   mediawiki/example.org
  ///     http://example.org:8080/wiki/Main_Page       mediawiki/example.org-8080
  ///
  /// No colon is in it, as whoever names an account (`platform:value`) writes one behind the platform. No host ends in digits.
  ///
  /// Numbers and names of users are given by each wiki anew, so that each is a service of its own.
  ///
  /// - Returns: nil for an address at home, which is another wiki's elsewhere, and for what is none.
  static func platform(base: String) -> Platform? {
    let base = base.trimmingSpaces
    guard base.utf8.count <= 1024,
      let scheme = ["https://", "http://", "//"].first(where: { base.lowercased().hasPrefix($0) })
    else { return nil }
    let address = base.dropFirst(scheme.count).prefix { $0 != "?" && $0 != "#" }
    var steps = address.split(separator: "/", omittingEmptySubsequences: false)
    guard steps.count > 1 else { return nil }
    let host = steps.removeFirst().lowercased()
    let parts = host.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.first, HostName.isWhole(name), !HostName.isLocal(String(name)),
      parts.count == 1 || ValueShape.isPort(parts[1])
    else { return nil }
    steps.removeLast()
    while let last = steps.last, ["wiki", "w", "index.php", ""].contains(last) { steps.removeLast() }
    let port = parts.count == 2 && parts[1] != "80" && parts[1] != "443" ? "-\(parts[1])" : ""
    let folders = steps.map { String($0).replacing(":", with: "%3A") }
    return Platform((["mediawiki", name + port] + folders).joined(separator: "/"))
  }
}
