/// The words of a header, and the kinds that they speak for.
///
///     last known address      of "last" and "address" the one that is more than an order: a street
///     service user surname    of "service", "user" and "surname" the one that says what of the user: a family name
///     account type            said of an account, and no user name; twitter account, account name, account no are
struct HeaderWords {
  /// The words, without the numbers behind them: addr1, phone2, fname_c1.
  let words: [String]
  /// The words with a low line between them.
  let joined: String

  /// Words that say whose or where a thing is, where another word says what.
  private static let describing: Set<String> = [
    "service", "site", "network", "platform", "postal", "mail", "flat", "unit",
  ]
  /// Of these, what stands before the name of a place or a firm.
  private static let ofPlatforms: Set<String> = ["service", "site", "network", "platform"]
  /// Words for accounts, of which something may be said.
  private static let accounts: Set<String> = ["user", "account", "login", "screen"]
  /// Words behind which an account is still what was meant.
  private static let numbering: Set<String> = [
    "id", "name", "no", "nr", "number", "num", "key", "ref", "code",
  ]
  private static let prepositions: Set<String> = ["of", "on", "for", "in", "at"]
  /// Words that make a cell one of a network, and no telephone.
  private static let cells: Set<String> = ["id", "site", "tower", "sector"]
  private static let ordinals: Set<String> = ["first", "last"]
  private static let names: Set<String> = ["name", "names"]

  private let isOfAccount: Bool

  init(_ header: String) {
    words = ColumnNames.words(of: header).map { word in
      let stem = String(word.prefix { !$0.isNumber })
      return stem.utf8.count >= 3 ? stem : word
    }
    joined = words.joined(separator: "_")
    func head(_ words: some BidirectionalCollection<String>) -> String? {
      words.last { !Self.numbering.contains($0) && !$0.allSatisfy(\.isNumber) }
    }
    // Screen name (Twitter), account on Facebook, type of account
    let bare = ColumnNames.words(of: String(header.prefix { $0 != "(" && $0 != "[" }))
    let front = bare.prefix { !Self.prepositions.contains($0) }
    isOfAccount = (head(front) ?? head(words)).map(Self.accounts.contains) ?? false
  }

  /// The kinds that the words speak for and that are allowed, what is most of a kind first.
  ///
  /// - Parameter mayBeOrdinal: whether values may be names where "first" or "last" is all that speaks of them.
  func kinds(mayBeOrdinal: Bool, allows: (ColumnKind) -> Bool) -> [ColumnKind] {
    let spoken = ColumnNames.hints.filter { kind, hints in
      words.contains { hints.contains($0) && speaks($0, of: kind) } && allows(kind)
    }
    func isOnly(_ kind: ColumnKind, _ some: Set<String>) -> Bool {
      guard let (_, hints) = spoken.first(where: { $0.0 == kind }) else { return false }
      return words.filter(hints.contains).allSatisfy(some.contains)
    }
    var kinds = spoken.map(\.0)
    // The name of a service is nobody's, that of a service's user is.
    let isOfPlatform = words.contains(where: Self.ofPlatforms.contains)
    if isOfPlatform, !words.contains(where: Self.accounts.contains), isOnly(.fullName, Self.names) {
      kinds.removeAll { $0 == .fullName }
    }
    let said = kinds.filter { !isOnly($0, Self.describing) }
    if !said.isEmpty { kinds = said }
    let parts: Set<ColumnKind> = [.givenName, .familyName]
    let isMore = kinds.contains { ![.givenName, .familyName, .middleName, .fullName].contains($0) }
    let areNames = kinds.contains(.fullName) || parts.isSubset(of: kinds)
    if isMore || !areNames && words.count > 1 && !mayBeOrdinal {
      kinds.removeAll { parts.contains($0) && isOnly($0, Self.ordinals) }
    }
    return kinds
  }

  /// Words between two parts of a name.
  static let conjunctions: Set<String> = ["and", "und", "et", "y", "e", "i", "en", "och", "og", "a"]
  /// Words of a given or a family name that need another word beside them: "first name" is one name.
  private static let dependent: Set<String> = [
    "first", "last", "given", "family", "christian", "maiden", "vor",
  ]

  private static func hints(of kind: ColumnKind) -> Set<String> {
    ColumnNames.hints.first { $0.0 == kind }?.1 ?? []
  }
  private static let given = hints(of: .givenName).union(["vor"])
  private static let family = hints(of: .familyName)
  private static let whole = ColumnNames.familyBesideGiven.union(["nombre"])

  /// Whether a header names two parts of a name together, as "Vor- und Nachname", "Name, Vorname" and "Nom Prénom".
  static func joinsNames(_ header: String) -> Bool {
    var sides: [[String]] = [[]]
    for piece in header.split(whereSeparator: { ",/&+".contains($0) }) {
      if sides != [[]] { sides.append([]) }
      for word in ColumnNames.words(of: String(piece)) {
        if conjunctions.contains(word) { sides.append([]) } else { sides[sides.count - 1].append(word) }
      }
    }
    sides.removeAll(where: \.isEmpty)
    // "Nom Prénom"
    if sides.count == 1, sides[0].count == 2, !sides[0].contains(where: dependent.contains) {
      sides = sides[0].map { [$0] }
    }
    guard sides.count == 2 else { return false }
    let speaks = sides.map { side in
      (side.contains(where: given.contains), side.contains(where: family.contains))
    }
    let isNamed = zip(sides, speaks).allSatisfy { side, speaks in
      speaks.0 || speaks.1 || side.contains(where: whole.contains)
    }
    // Not two given names, nor two family names.
    return isNamed && speaks.contains { $0.0 || $0.1 } && speaks[0] != speaks[1]
  }

  /// Whether the words speak of a name, which may be written in code, and not only of who has one, as "Customer" does.
  var speaksOfNames: Bool {
    words.contains { Self.whole.contains($0) || Self.names.contains($0) || $0.hasSuffix("name") }
  }

  /// Whether a word speaks of a kind beside the others.
  private func speaks(_ word: String, of kind: ColumnKind) -> Bool {
    switch kind {
    case .handle: isOfAccount || !Self.accounts.contains(word)
    case .phone: word != "cell" || !words.contains(where: Self.cells.contains)
    default: true
    }
  }
}
