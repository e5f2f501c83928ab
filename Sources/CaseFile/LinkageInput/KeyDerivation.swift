internal import AccountModel
internal import GRDB
internal import Identifiers

/// The keys by which the identifiers of a case are compared, from what its sources wrote.
///
/// Two spellings of one value can say different things: a link with a share token and the same link without, `paypaI`
/// and `paypai`, a number with its country code and without. So the keys belong to the spelling, and each account has
/// those of the spellings that it was seen with, whichever was imported first. Nothing of it is stored: keys follow
/// from the text as written, its kind, the platform and the region that the source was imported for.
struct KeyDerivation {
  /// A value as a source spells it. The rest is empty for kinds whose keys follow from the value alone.
  struct Spelling: Hashable {
    let value: Int64
    var written = ""
    var platform = ""
    var region = ""
  }

  private struct Value {
    let kind: IdentifierKind
    let platform: String
    let canonical: String
  }

  /// Kinds of which spellings of one value can have different keys, as a list for SQL.
  static let spelledKinds: String = {
    let kinds: [IdentifierKind] = [.handle, .platformID, .phone, .url, .profileLink]
    return kinds.map { "'\($0.rawValue)'" }.joined(separator: ",")
  }()

  private let find: Statement
  /// Telephone regions by source.
  private var regions: [Int64: String] = [:]
  private var normalisers: [String: IdentifierNormaliser] = ["": IdentifierNormaliser()]

  /// Reads how the sources of a case were imported.
  init(_ database: Database) throws {
    find = try database.makeStatement(sql: "SELECT kind, platform, canonical FROM value WHERE id = ?")
    let sources = try Row.fetchCursor(
      database, sql: "SELECT id, json_extract(settings, '$.default_region') AS region FROM source")
    while let row = try sources.next() {
      guard let region = row["region"] as String? else { continue }
      regions[row["id"]] = region
      if normalisers[region] == nil {
        normalisers[region] = IdentifierNormaliser(defaultRegion: region)
      }
    }
  }

  /// The region for which a source was imported; empty when that is not on record.
  func region(ofSource source: Int64) -> String { regions[source] ?? "" }

  /// The keys of a spelling, its canonical form (or how that is compared) first, by the rules that make them; all of
  /// one kind and platform.
  ///
  /// - Returns: nil when the value names nobody, as these rules see it; a case may be older than a rule.
  func keys(
    of spelling: Spelling
  ) throws -> (kind: IdentifierKind, platform: String, flags: [String], keys: [LooseKey])? {
    guard let value = try value(spelling.value), let normaliser = normalisers[spelling.region] else {
      return nil
    }
    let platform = Platform(value.platform.isEmpty ? spelling.platform : value.platform)
    var found: NormalisedIdentifier?
    if !spelling.written.isEmpty {
      found = normaliser.normalise(spelling.written, kind: value.kind, platform: platform)
    }
    // The source may have called it otherwise than what it turned out to be; its canonical form is its own.
    if found?.kind != value.kind || found?.canonical != value.canonical {
      found = normaliser.normalise(value.canonical, kind: value.kind, platform: platform)
    }
    guard let found, !found.canonical.isEmpty else { return nil }
    let loose = found.kind == value.kind && found.canonical == value.canonical ? found.looseKeys : []
    let own = value.kind == .device ? DeviceIdentifier.comparable(value.canonical) : value.canonical
    return (value.kind, value.platform, found.flags, [LooseKey(rule: "", value: own)] + loose)
  }

  private func value(_ id: Int64) throws -> Value? {
    guard let row = try Row.fetchOne(find, arguments: [id]),
      let kind = IdentifierKind(rawValue: row["kind"])
    else { return nil }
    return Value(kind: kind, platform: row["platform"], canonical: row["canonical"])
  }
}
