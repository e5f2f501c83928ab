import Reports

/// A case in memory, with names that were chosen to break formats.
struct InventedCase: CaseContent {
  var mark = ExportMark(
    caseReference: "R/1 <&>", number: 3, who: "dc.one", approvedBy: "ds.two",
    recipients: ["CPS <Wessex>"], at: "2026-11-28T09:00:00Z",
    run: String(repeating: "ab", count: 32), threshold: 3, purpose: "stalking", justification: "handover",
    producer: "cognate 0.1.0")
  var sourceList: [ExportedSource] = [
    ExportedSource(
      id: "S1", sha256: String(repeating: "0f", count: 32), format: "x-archive", name: "x \"export\".zip",
      bytes: 1_234, importedAt: "2026-11-01T10:00:00Z"),
    ExportedSource(
      id: "S2", sha256: String(repeating: "1e", count: 32), format: "table", name: "return.csv", bytes: 99,
      importedAt: "2026-11-02T10:00:00Z", authorisation: "CD/7"),
  ]
  var accountList: [ExportedAccount] = [
    ExportedAccount(
      id: "A1", platform: "x", kind: "handle", name: "grim.reefer", shown: "=HYPERLINK(\"http://e\",\"<b>\")",
      records: 12, cluster: "C1"),
    ExportedAccount(
      id: "A2", platform: "telegram", kind: "platform-id", name: "5643288315",
      shown: "left \u{202E}gnikat ]]> 'x'",
      records: 3, cluster: "C1"),
    ExportedAccount(
      id: "A3", platform: "instagram", kind: "display-name",
      name: "bell\u{7}\u{0}\u{FFFE}\u{1B}[2J\nsecond, line",
      isLocal: true, records: 1, cluster: nil),
    ExportedAccount(
      id: "A4", platform: "facebook", kind: "handle", name: "sian.whitlock", isProtected: true, records: 5,
      cluster: "C1"),
    ExportedAccount(id: "A5", platform: "snapchat", kind: "handle", name: "s1an", records: 2, cluster: nil),
  ]
  var identifierList: [ExportedIdentifier] = [
    ExportedIdentifier(id: "I1", kind: "email", platform: "", value: "g@example.org"),
    ExportedIdentifier(id: "I2", kind: "phone", platform: "", value: "+447700900123"),
    ExportedIdentifier(id: "I3", kind: "ip", platform: "", value: "192.0.2.7"),
    ExportedIdentifier(id: "I4", kind: "ip", platform: "", value: "2001:db8::7"),
    ExportedIdentifier(id: "I5", kind: "url", platform: "", value: "https://example.org/?a=1&b=<x>"),
    ExportedIdentifier(id: "I6", kind: "handle", platform: "x", value: "grim.reefer"),
    ExportedIdentifier(id: "I7", kind: "display-name", platform: "", value: "@SUM(1+1)*cmd|' /C calc'!A0"),
  ]
  var holdingList: [ExportedHolding] = [
    ExportedHolding(account: "A1", identifier: "I1", label: "e-mail", assertion: "platform", sightings: 2),
    ExportedHolding(account: "A1", identifier: "I2", label: "", assertion: "user", sightings: 1),
    ExportedHolding(account: "A1", identifier: "I5", label: "site", assertion: "user", sightings: 1),
    ExportedHolding(account: "A1", identifier: "I6", label: "", assertion: "platform", sightings: 9),
    ExportedHolding(account: "A2", identifier: "I1", label: "recovery", assertion: "platform", sightings: 1),
    ExportedHolding(account: "A2", identifier: "I3", label: "", assertion: "platform", sightings: 4),
    ExportedHolding(account: "A2", identifier: "I4", label: "", assertion: "platform", sightings: 1),
    ExportedHolding(account: "A3", identifier: "I7", label: "", assertion: "user", sightings: 1),
  ]
  var pairList: [ExportedPair] = [
    ExportedPair(
      left: "A1", right: "A2", log10LR: 4.25, support: "very strong support", isInOneCluster: true,
      evidence: [
        ExportedPair.Item(
          family: "contact", rule: "email-equal", log10LR: 4.5, support: "very strong support",
          statement: "Both show the e-mail address \u{201C}g@example.org\u{201D} (held by 2 of 5 accounts).",
          places: ["x \"export\".zip: account.js, line 3", "return.csv: line 2"]),
        ExportedPair.Item(
          family: "declared-link", rule: "conversation-between", log10LR: -0.25,
          support: "no meaningful support", statement: "They wrote to each other & \"so\" on.", places: []),
      ]),
    ExportedPair(
      left: "A1", right: "A3", log10LR: -1.5, support: "moderate support", isInOneCluster: false, evidence: []
    ),
    ExportedPair(
      left: "A2", right: "A3", log10LR: 0.1, support: "no meaningful support", isInOneCluster: false,
      evidence: []),
  ]
  var judgementList: [ExportedJudgement] = [
    ExportedJudgement(
      id: "J1", left: "A1", right: "A2", verdict: "same", reason: "=1+1 \u{2067}seen</reason>",
      madeAt: "2026-11-03T10:00:00Z"),
    ExportedJudgement(
      id: "J2", left: "A1", right: "A3", verdict: "different", reason: "both seen at once",
      madeAt: "2026-11-04T10:00:00Z", undoneAt: "2026-11-05T10:00:00Z"),
    ExportedJudgement(
      id: "J3", left: "A3", right: "A4", verdict: "different", reason: "she says so",
      madeAt: "2026-11-06T10:00:00Z", touchesProtected: true),
  ]

  func sources(_ body: (ExportedSource) throws -> Void) throws { try sourceList.forEach(body) }
  func accounts(_ body: (ExportedAccount) throws -> Void) throws { try accountList.forEach(body) }
  func mentions(_ body: (ExportedMention) throws -> Void) throws {
    for account in accountList {
      try body(ExportedMention(account: account.id, source: "S1", records: account.records))
    }
    try body(ExportedMention(account: "A5", source: "S2", records: 1))
  }
  func identifiers(_ body: (ExportedIdentifier) throws -> Void) throws { try identifierList.forEach(body) }
  func holdings(_ body: (ExportedHolding) throws -> Void) throws { try holdingList.forEach(body) }
  func pairs(_ body: (ExportedPair) throws -> Void) throws { try pairList.forEach(body) }
  func clusters(_ body: (ExportedCluster) throws -> Void) throws {
    try body(ExportedCluster(id: "C1", accounts: ["A1", "A2"], weakestLink: 4.25))
  }
  func judgements(_ body: (ExportedJudgement) throws -> Void) throws { try judgementList.forEach(body) }
  func held(_ body: (ExportedHeldMerge) throws -> Void) throws {
    try body(ExportedHeldMerge(id: "H1", left: "A4", right: "A5", log10LR: 5.5, cause: "protected-account"))
  }
}
