public import Foundation

/// A generated file: where it stands and what is in it.
public struct GeneratedFile: Sendable, Equatable {
  /// Path with forward slashes, relative to `exports/`.
  public let path: String
  /// The whole content.
  public let bytes: [UInt8]

  init(_ path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
  init(_ path: String, _ text: String) { self.init(path, bytes: Array(text.utf8)) }
}

/// The demonstration case: a victim stalked by three people through twenty-three accounts, as she, the police and
/// an investigator would hold it, in the platforms' own export formats.
///
/// Everything in it is invented: Ofcom's numbers for drama, RFC 5737 and RFC 3849 addresses, example domains. The
/// case is a pure function of the seed. No reader opens the truth, which stands outside `exports/`.
public struct DemonstrationCase: Sendable {
  /// The seed of the case that is stored in `Corpora/demonstration`.
  public static let defaultSeed: UInt64 = 20_261_123

  /// The exports, sorted by path.
  public let files: [GeneratedFile]
  /// `truth.csv`: `account,platform,kind,value,controller,protected`, a line for each name that a source may use.
  public let truth: String
  /// What misleads in the case.
  public let traps: [DemonstrationTrap]
  /// `traps.json`: the traps and the planted links, for programs.
  public let trapsJSON: String
  /// The links that identifiers alone can find. The stalkers' accounts that none of them reaches can be found
  /// by style and rhythm only.
  public let links: [PlantedLink]
  /// Every account of the case.
  public let accounts: [CastAccount]
  /// The victim's accounts as `platform:value`, with the strongest name of each.
  public let protectedAccounts: [String]

  /// Messages and posts in the case.
  public let messageCount: Int
  /// Characters that each controller wrote.
  public let charactersWritten: [String: Int]
  /// A blocked account, the account that came next, and the hours between the block and its first message.
  public let successions: [(blocked: String, next: String, hours: Double)]

  /// Makes the case of a seed.
  ///
  /// - Throws: `ZipError` or `UnknownCastAccount`, neither of which depends on the seed.
  public static func generate(seed: UInt64 = defaultSeed) throws -> DemonstrationCase {
    let random = SeededRandom(seed: seed)
    let cast = Cast(random.branch("cast"))
    let script = try Script(cast: cast, random.branch("script"))
    var files: [GeneratedFile] = []
    files += try WhatsAppExport(script: script).files()
    files += try InstagramExport(script: script).files()
    files += try FacebookExport(script: script).files()
    files += try SMSExport(script: script).files()
    files += try TelegramExport(script: script).files()
    files += try XExport(script: script).files()
    files += try MailExport(script: script).files()
    files += try ReturnsExport(script: script).files()
    files += try AccountLinesExport(script: script).files()
    files.sort { $0.path < $1.path }
    return DemonstrationCase(files: files, script: script)
  }

  private init(files: [GeneratedFile], script: Script) {
    self.files = files
    accounts = script.cast.accounts
    traps = script.traps
    links = script.links
    truth =
      "account,platform,kind,value,controller,protected\r\n"
      + accounts.map { account in
        account.keys.map { key in
          csvLine([
            account.name, account.platform.rawValue, key.kind.rawValue, key.value, account.controller,
            account.isProtected ? "true" : "false",
          ])
        }.joined()
      }.joined()
    protectedAccounts = accounts.filter(\.isProtected).compactMap { account in
      account.keys.first.map { "\(account.platform.rawValue):\($0.value)" }
    }
    let written =
      script.conversations.flatMap(\.messages) + script.posts.keys.sorted().flatMap { script.posts[$0] ?? [] }
    messageCount = written.count + script.group.count
    charactersWritten = written.reduce(into: [:]) { counts, message in
      counts[String(message.author.prefix { $0 != "-" }), default: 0] += message.text.count
    }
    successions = script.successions
    func names(_ values: [String]) -> OrderedJSON { .array(values.map { .string($0) }) }
    let value: OrderedJSON = [
      "traps": .array(
        traps.map { ["name": .string($0.name), "accounts": names($0.accounts), "why": .string($0.why)] }),
      "links": .array(
        links.map { ["accounts": names([$0.accounts.0, $0.accounts.1]), "by": .string($0.by)] }),
    ]
    trapsJSON = value.text(OrderedJSON.Style(indent: 2)) + "\n"
  }

  /// Writes `exports/…`, `truth.csv` and `traps.json` below a folder, making folders as needed. None of the three may be
  /// there: what lay in `exports` would be taken for a part of the case.
  ///
  /// - Throws: `CorpusRequestError.exists`; what Foundation throws when a folder or file cannot be made.
  public func write(to folder: URL) throws {
    try refuseReplacing(["exports", "truth.csv", "traps.json"], in: folder)
    func write(_ bytes: some Sequence<UInt8>, _ path: String) throws {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    for file in files { try write(file.bytes, "exports/" + file.path) }
    try write(truth.utf8, "truth.csv")
    try write(trapsJSON.utf8, "traps.json")
  }
}
