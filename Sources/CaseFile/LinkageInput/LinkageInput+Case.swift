import AccountModel
public import GRDB
internal import Identifiers
public import Linkage

/// A linkage run's input as the case holds it, with the case's ids of its accounts.
public struct CaseLinkageInput: Sendable {
  /// What the run reads.
  public var input: LinkageInput
  /// The case's id of each account node.
  public let accounts: [Int64]
  /// Which conversations of different sources are one.
  public let conversations: CaseConversations

  /// Reads the accounts, keys, links, conversations and judgements of a case.
  public init(_ database: Database) throws {
    var builder = Builder()
    try builder.readAccounts(database)
    try builder.readRegistrations(database)
    try builder.readSightings(database)
    builder.input.findPlatformAccounts()
    try builder.readDeclaredLinks(database)
    try builder.readProfileLinks(database)
    try builder.readConversations(database)
    conversations = try CaseConversations(database, nodes: builder.nodes)
    builder.input.copies = conversations.copies.authors
    builder.input.conversations += conversations.copies.correspondences
    builder.input.successions = try BlockSuccessions(database, nodes: builder.nodes).found
    try builder.readJudgements(database)
    input = builder.input
    accounts = builder.accounts
  }

  private struct Builder {
    var input = LinkageInput()
    var accounts: [Int64] = []
    private(set) var nodes: [Int64: AccountNode] = [:]
    /// Keys of each spelling, with the rule that made each: the canonical form first, then its loose keys.
    private var keysOfSpelling: [KeyDerivation.Spelling: [(key: KeyNode, rule: String)]] = [:]
    private var keyNodes: [String: KeyNode] = [:]

    mutating func readAccounts(_ database: Database) throws {
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT account.id, platform, is_protected, min(first_active) AS first, max(last_active) AS last
          FROM account LEFT JOIN appearance ON appearance.account = account.id
          WHERE account.id NOT IN (SELECT account FROM withdrawal)
          GROUP BY account.id ORDER BY account.id
          """)
      while let row = try rows.next() {
        let first: Int64? = row["first"]
        let last: Int64? = row["last"]
        let activity = first.flatMap { first in last.map { first...max(first, $0) } }
        let id: Int64 = row["id"]
        nodes[id] = AccountNode(raw: UInt32(accounts.count))
        accounts.append(id)
        input.accounts.append(
          LinkageInput.Account(
            platform: Platform(row["platform"] as String), isProtected: row["is_protected"],
            activity: activity))
      }
      let ordered = try Int64.fetchAll(
        database,
        sql: """
          SELECT account.id FROM account LEFT JOIN source ON source.id = scope_source
          ORDER BY platform, kind, canonical, sha256, source.format
          """)
      input.accountOrder = [UInt32](repeating: 0, count: accounts.count)
      for (place, node) in ordered.compactMap({ nodes[$0] }).enumerated() {
        input.accountOrder[Int(node.raw)] = UInt32(place)
      }
    }

    /// When accounts were registered: the first time of a profile. Until when one was in use no profile says, which may be as
    /// somebody found it later.
    mutating func readRegistrations(_ database: Database) throws {
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT account, min(at) AS first FROM record JOIN appearance ON appearance.id = record.appearance
          WHERE class = ? AND at IS NOT NULL GROUP BY account
          """, arguments: [RecordClass.profile.rawValue])
      while let row = try rows.next() {
        guard let node = nodes[row["account"]] else { continue }
        input.accounts[Int(node.raw)].registered = row["first"]
      }
    }

    private mutating func keys(
      of spelling: KeyDerivation.Spelling, _ derivation: KeyDerivation
    ) throws -> [(key: KeyNode, rule: String)] {
      if let known = keysOfSpelling[spelling] { return known }
      var keys: [(key: KeyNode, rule: String)] = []
      if let found = try derivation.keys(of: spelling) {
        for form in found.keys where WeightTable.isEvidence(rule: form.rule) {
          let flags = form.rule == WeightTable.shareTokenFlag ? found.flags + [form.rule] : found.flags
          let node = key(found.kind, found.platform, form.value, flags)
          if !keys.contains(where: { $0.key == node }) { keys.append((node, form.rule)) }
        }
        if found.kind == .displayName, let name = found.keys.first,
          let handle = Handle.shownAsName(name.value)
        {
          keys.append((key(.handle, "", handle, []), WeightTable.shownAsNameRule))
        }
      }
      keysOfSpelling[spelling] = keys
      return keys
    }

    /// The node of a key; what any spelling noticed is noticed of the key.
    private mutating func key(
      _ kind: IdentifierKind, _ platform: String, _ text: String, _ flags: [String]
    ) -> KeyNode {
      let name = "\(kind.rawValue)\u{0}\(platform)\u{0}\(text)"
      if let known = keyNodes[name] {
        let new = flags.filter { !input.keys[Int(known.raw)].flags.contains($0) }
        input.keys[Int(known.raw)].flags += new
        return known
      }
      let node = KeyNode(raw: UInt32(input.keys.count))
      keyNodes[name] = node
      input.keys.append(
        LinkageInput.Key(
          kind: kind, platform: platform.isEmpty ? nil : Platform(platform), text: text, flags: flags))
      return node
    }

    /// A sighting but for its time and place.
    private struct Undated: Hashable {
      let key: KeyNode
      let account: AccountNode
      let rule: String
      let assertion: Assertion
      let label: String
    }

    mutating func readSightings(_ database: Database) throws {
      let derivation = try KeyDerivation(database)
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT sighting.id, account, value, at, zone, port, label, sighting.source AS source,
            account.platform AS platform,
            CASE WHEN value.kind IN (\(KeyDerivation.spelledKinds)) THEN sighting.written END AS written,
            -- That a mailbox has its own address is no claim, whoever wrote it into a message.
            CASE WHEN scope_source IS NULL AND account.kind = value.kind AND account.canonical = value.canonical
              THEN 'platform' ELSE assertion END AS assertion
          FROM sighting JOIN appearance ON appearance.id = appearance JOIN account ON account.id = account
            JOIN value ON value.id = value
          ORDER BY sighting.id
          """)
      var previous: Set<Undated> = []
      while let row = try rows.next() {
        guard let node = nodes[row["account"]], let assertion = Assertion(rawValue: row["assertion"]) else {
          continue
        }
        let zone: Int = row["zone"]
        let time: Int64? = zone == ZoneKnowledge.unknown.rawValue ? nil : row["at"]
        let port: UInt16? = (row["port"] as Int64?).flatMap { UInt16(exactly: $0) }
        var spelling = KeyDerivation.Spelling(value: row["value"])
        if let written = row["written"] as String? {
          spelling.written = written
          spelling.platform = row["platform"]
          spelling.region = derivation.region(ofSource: row["source"])
        }
        for (key, rule) in try keys(of: spelling, derivation) {
          // The hops of a mail are servers, of which a provider has many in one network.
          if assertion == .claimed, rule == WeightTable.networkRule { continue }
          // Undated repetitions add nothing; dated ones are told apart by their times.
          let label: String = assertion == .claimed ? row["label"] : ""
          let undated = Undated(key: key, account: node, rule: rule, assertion: assertion, label: label)
          if time == nil, !previous.insert(undated).inserted, assertion != .platform { continue }
          input.sightings.append(
            LinkageInput.Sighting(
              key: key, account: node, rule: rule, assertion: assertion, label: label, time: time, port: port,
              reference: row["id"]))
        }
      }
    }

    /// The links that records declare, with who asserts them.
    mutating func readDeclaredLinks(_ database: Database) throws {
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT record.id, record.text, one.account AS one, two.account AS two, record.assertion,
            reads_as_platform, format = 'whatsapp-txt' AS is_chat
          FROM record JOIN appearance one ON one.id = record.appearance
            JOIN appearance two ON two.id = record.other JOIN source ON source.id = record.source
          WHERE class = ? ORDER BY record.id
          """, arguments: [RecordClass.declaredLink.rawValue])
      while let row = try rows.next() {
        guard let from = nodes[row["one"]], let to = nodes[row["two"]] else { continue }
        // What was imported before either was kept is the platforms' word, but for lines of chats, which read as such.
        let isChat: Bool = row["is_chat"]
        let readsAsPlatform = (row["reads_as_platform"] as Bool?) ?? isChat
        let assertion =
          (row["assertion"] as String?).flatMap { Assertion(rawValue: $0) } ?? (isChat ? .claimed : .platform)
        input.declaredLinks.append(
          LinkageInput.DeclaredLink(
            from: from, to: to, assertion: assertion,
            statement: Self.statement(of: assertion, saying: row["text"], readsAsPlatform: readsAsPlatform),
            reference: row["id"], readsAsPlatform: readsAsPlatform))
      }
    }

    private static func statement(
      of assertion: Assertion, saying text: String?, readsAsPlatform: Bool
    ) -> String {
      let together =
        "that the two accounts belong together\(text.map { ": \(VisibleText.quote($0))" } ?? "")."
      return switch assertion {
      case .platform: "The platform records \(together)"
      case .user: "A person wrote \(together)"
      case .claimed where !readsAsPlatform:
        "The source says \(together) Its mapping names that as claimed: anybody may have written it."
      case .claimed:
        "A line of the source says \(together) It reads as the platform writes such lines, but whoever "
          + "wrote in the source may have typed it."
      case .inferred: "It was concluded \(together)"
      }
    }

    /// What readers call links in messages and posts. Whoever passes a profile on, as to warn of it, does not say that it
    /// is their own.
    private static let labelsOfMessages = "'share', 'text-link', 'expanded'"

    /// A link on one account's profile to another account of the case.
    ///
    /// The other account is found by its own key, or by a handle that the platform gave it: a name that
    /// somebody merely claims would let an impostor be linked to.
    mutating func readProfileLinks(_ database: Database) throws {
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT min(sighting.id) AS sighting, account, canonical, max(assertion = 'platform') AS by_platform
          FROM sighting
            JOIN value ON value.id = value JOIN appearance ON appearance.id = appearance
          WHERE kind IN ('profile-link', 'url') AND label NOT IN (\(Self.labelsOfMessages))
          GROUP BY account, canonical ORDER BY sighting
          """)
      let target = try database.makeStatement(
        sql: """
          SELECT id FROM account WHERE platform = :platform AND kind = :kind AND canonical = :value
            AND scope_source IS NULL
          UNION
          SELECT account.id FROM value JOIN sighting ON sighting.value = value.id
            JOIN appearance ON appearance.id = appearance JOIN account ON account.id = account
          WHERE account.platform = :platform AND value.kind = :kind AND value.canonical = :value
            -- Handles have none, ids their account's; without it SQLite looks through all values of the kind.
            AND value.platform IN ('', :platform) AND assertion = 'platform'
          ORDER BY 1
          """)
      while let row = try rows.next() {
        let link: String = row["canonical"]
        guard let from = nodes[row["account"]] else { continue }
        // In the fediverse an account's address is its id, and need not hold its name (`/ap/users/115`).
        let account =
          ProfileLink.account(in: link)
          ?? (platform: Platform.mastodon, kind: IdentifierKind.platformID, value: link)
        let found = try Int64.fetchAll(
          target,
          arguments: [
            "platform": account.platform.rawValue, "kind": account.kind.rawValue, "value": account.value,
          ])
        for id in found {
          guard let to = nodes[id], to != from else { continue }
          let byPlatform: Bool = row["by_platform"]
          input.profileLinks.append(
            LinkageInput.DeclaredLink(
              from: from, to: to, assertion: byPlatform ? .platform : .user,
              statement: byPlatform
                ? "The platform records the other as a linked account (\(VisibleText.quote(link)))."
                : "One account's profile links to the other (\(VisibleText.quote(link))).",
              reference: row["sighting"], address: link))
        }
      }
    }

    mutating func readConversations(_ database: Database) throws {
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT min(account) AS one, max(account) AS two, sum(messages) AS messages, min(record) AS record
          FROM channel_author JOIN appearance ON appearance.id = appearance
          WHERE \(SharedPlaces.areLeftOut)
          GROUP BY channel_author.source, channel HAVING count(DISTINCT account) = 2
          ORDER BY one, two, record
          """)
      while let row = try rows.next() {
        guard let left = nodes[row["one"]], let right = nodes[row["two"]] else { continue }
        input.conversations.append(
          LinkageInput.Conversation(
            left: left, right: right, messages: row["messages"], reference: row["record"]))
      }
    }

    mutating func readJudgements(_ database: Database) throws {
      let rows = try Row.fetchCursor(
        database, sql: "SELECT left, right, verdict FROM judgement WHERE undone_at IS NULL ORDER BY id")
      while let row = try rows.next() {
        guard let left = nodes[row["left"]], let right = nodes[row["right"]],
          let verdict = Judgement(rawValue: row["verdict"])
        else { continue }
        // A later judgement of the same pair replaces an earlier one.
        input.constraints.removeAll { $0.left == left && $0.right == right }
        if verdict != .unsure {
          input.constraints.append(LinkageInput.Constraint(left: left, right: right, judgement: verdict))
        }
      }
    }
  }
}
