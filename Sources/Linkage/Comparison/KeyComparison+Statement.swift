import AccountModel

extension KeyComparison {
  /// One sentence for a lay reader about a key that two accounts share.
  ///
  /// - Parameter claims: for each of the two the sightings, where nothing but claims say that it has the key.
  /// - Parameter isPlatformsName: whether the key is the handle or id by which the platform names both.
  static func statement(
    _ key: LinkageInput.Key, _ rules: [String], claims: [[LinkageInput.Sighting]?], holders: Int,
    isPlatformsName: Bool, accounts: Int, remark: String
  ) -> String {
    // Of a network the noun says by which rule an address comes to it.
    let said = ["", WeightTable.shownAsNameRule, WeightTable.networkRule]
    let loose = Set(rules).subtracting(said).sorted()
    let isShownAsName = rules.contains(WeightTable.shownAsNameRule)
    let text = VisibleText.quote(key.text)
    let way = reading(loose)
    let isToken = key.flags.contains(WeightTable.shareTokenFlag)
    let what =
      switch (isShownAsName, loose.isEmpty) {
      case _ where isToken: "Links that both show have the token \(text)"
      case (false, true): "Both show the \(noun(key)) \(text)"
      case (false, false): "The \(noun(key)) of both comes to \(text) \(way)"
      case (true, true): "The name that one shows is the handle of the other, \(text)"
      case (true, false):
        "The name that one shows and the handle of the other come to \(text) \(way)"
      }
    // Two nodes of one platform account are one holder, and "held by 1" would puzzle.
    let alone = isPlatformsName ? "by which the platform names one account" : "nobody else in the case has it"
    let spread = holders > 1 ? "held by \(holders) of \(accounts) accounts" : alone
    let maker =
      isToken ? "; it is made for whoever copies a link, and whoever passes that link on has it as well" : ""
    return "\(what) (\(spread)\(maker)\(remark))\(claim(claims))."
  }

  /// What is only claimed, where it stands, and that this is easily done.
  private static func claim(_ claims: [[LinkageInput.Sighting]?]) -> String {
    let sides = claims.compactMap { $0 }
    if sides.isEmpty { return "" }
    let labels = Set(sides.joined().filter { $0.assertion == .claimed && !$0.label.isEmpty }.map(\.label))
      .sorted()
    let place =
      labels.isEmpty ? "" : " in \(labels.prefix(3).map { VisibleText.escape($0) }.joined(separator: ", "))"
    let who = sides.count > 1 ? "both only claim it" : "one of the two only claims it"
    return ", but \(who)\(place), which anybody can write"
  }

  /// How values are read that meet by loose rules, in words that say it to who does not know the rules' names.
  private static func reading(_ rules: [String]) -> String {
    let words = rules.map(words(ofRule:))
    if words.contains(nil) { return "by the rule \(rules.joined(separator: " or "))" }
    return "when \(words.compactMap { $0 }.joined(separator: " or "))"
  }

  private static func words(ofRule rule: String) -> String? {
    switch rule {
    case "nfkc-casefold", "case-folded": "it is read in small letters"
    case "sorted-tokens": "its words may stand in any order"
    case "unaccented": "accents are left out"
    case "gmail-dots": "dots are left out, as Gmail does"
    case "plus-tag": "what follows a plus sign is left out"
    case "icloud-domains": "Apple's domains of mail are read as one"
    case "proton-folding": "dots, hyphens and underscores are left out, as Proton does"
    case "yahoo-keyword": "what follows a hyphen is left out, as Yahoo does"
    case "fastmail-subdomain": "the subdomain is read as the name, as Fastmail does"
    case "without-extension": "the extension is left out"
    case "skeleton": "letters that look alike are read as one"
    case "separators": "separators are left out"
    case "legacy-name": "the number behind the name is left out"
    case WeightTable.localPartRule: "what follows the name is left out"
    case "leet": "digits are read as letters"
    case "trailing-digits": "digits at its end are left out"
    case "collapse": "separators, digits at its end and doubled letters are left out"
    case "other-reading": "the number is read in another way"
    default: nil
    }
  }

  private static func noun(_ key: LinkageInput.Key) -> String {
    switch key.kind {
    // Who reads that the addresses come to one thing would take them for one.
    case .email where isLocalPart(key): "part before the @ of the e-mail address"
    case .email: "e-mail address"
    case .phone: "telephone number"
    case .handle: "handle"
    case .platformID: "platform id"
    case .displayName: "display name"
    case .personName: "name"
    case .dateOfBirth: "date of birth"
    case .postalAddress: "postal address"
    case .url: "web address"
    case .profileLink: "profile link"
    case .ip: key.isNetwork ? "first half of the IP address" : "IP address"
    case .device: "device"
    case .cookie: "browser cookie"
    case .userAgent: "user agent"
    }
  }
}
