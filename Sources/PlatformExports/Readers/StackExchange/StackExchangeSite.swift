/// The name of a site of Stack Exchange, as folders and archives of its dump are called.
enum StackExchangeSite {
  /// Sites with a domain of their own.
  private static let own: Set<String> = [
    "stackoverflow.com", "serverfault.com", "superuser.com", "askubuntu.com", "mathoverflow.net",
    "stackapps.com",
  ]
  private static let endings = [".zip", ".7z", ".tgz", ".gz", ".zst", ".tar", ".xml"]
  /// What stands behind the name where a large site's files have an archive each.
  private static let parts = [
    "badges", "comments", "posthistory", "postlinks", "posts", "tags", "users", "votes",
  ]

  /// The site after which the folder of the files is called, else one around it, else the container or, of a lone file,
  /// its folder.
  static func name(root: String, container: String) -> String? {
    let outer = container.split(separator: "/").suffix(2).reversed()
    let isLoneFile = outer.first?.lowercased().contains(".xml") ?? false
    let names = root.split(separator: "/").reversed() + (isLoneFile ? Array(outer) : Array(outer.prefix(1)))
    return names.lazy.compactMap { site(String($0)) }.first
  }

  /// Whether a file has the name that it has in all dumps: `Users.xml`, packed or not.
  static func isOfDump(_ path: String) -> Bool {
    path.split(separator: "/").last.map { parts.contains(stem(String($0))) } ?? false
  }

  /// A name in small letters, without its endings.
  private static func stem(_ written: String) -> String {
    var name = written.lowercased()
    while let ending = endings.first(where: { name.hasSuffix($0) }) { name.removeLast(ending.count) }
    return name
  }

  /// The site of a name; nil for any other name.
  private static func site(_ written: String) -> String? {
    var name = stem(written)
    if let part = parts.first(where: { name.hasSuffix("-" + $0) }) { name.removeLast(part.count + 1) }
    guard HostName.isWhole(Substring(name)) else { return nil }
    if own.contains(name) { return name }
    if name.hasSuffix(".stackexchange.com") {
      // A site about another was called `meta.english` before it was called `english.meta`.
      let labels = name.split(separator: ".")
      return labels.count == 4 && labels[0] == "meta" ? "\(labels[1]).meta.stackexchange.com" : name
    }
    let labels = name.split(separator: ".", maxSplits: 1)
    guard labels.count == 2, labels[0] == "meta" || labels[0].utf8.count == 2 else { return nil }
    let rest = String(labels[1])
    return own.contains(rest) || rest == "meta.stackoverflow.com" ? name : nil
  }
}
