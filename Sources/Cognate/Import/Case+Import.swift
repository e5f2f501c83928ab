internal import AccountModel
internal import CaseFile
public import Foundation
import GRDB
internal import Identifiers
public import PlatformExports

/// What to import and how.
public struct ImportRequest: Sendable {
  /// Files, folders and archives.
  public var paths: [URL]
  /// What the person says about them.
  public var options = ReaderOptions()
  /// Reference of the authorisation under which communications data was obtained.
  public var authorisation: String?
  /// Accounts of victims and witnesses: `owner` for the owner of each export in this request, else
  /// `platform:value`.
  public var protected: [String] = []
  /// Keep a copy of each source inside the case.
  public var keepsCopy = false

  /// Makes a request.
  public init(paths: [URL]) { self.paths = paths }

  /// Whether a code is a country's whose telephone numbers are known: ISO 3166, or `UK`.
  public static func isRegion(_ code: String) -> Bool { PhoneNumber.isRegion(code) }
}

extension Case {
  /// Imports files, folders and archives. One transaction a source: all of it, or nothing.
  ///
  /// - Parameter progress: called now and then with the name of the source and the bytes read of it.
  public func importSources(
    _ request: ImportRequest, progress: (String, Int) -> Void = { _, _ in }
  ) throws -> ImportReport {
    try database.read { try authorise(.work, $0) }
    var report = ImportReport()
    let protected = request.protected.filter { $0 != "owner" }
    let region = request.options.defaultRegion
    if !protected.isEmpty { report.protected = try protect(protected, region: region) }
    do {
      for path in request.paths { try importPath(path, request, into: &report, progress: progress) }
    } catch {
      // What is in stays in, and has to be told; without any there is the error alone.
      let log = (error as? LogFailure).flatMap { $0.isVerificationFailure ? nil : $0.description }
      guard let why = StorageFailure(error, at: database.folder.path)?.description ?? log,
        report.sources.contains(where: { $0.outcome == .imported })
      else { throw error }
      report.stoppedBy = why
      return report
    }
    report.warnings += try unmatchedProtections(protected, region: region)
    if request.options.ownerPhone != nil { report.warnings += Self.unheededOwner(report) }
    return report
  }

  /// What to tell whoever said which phone sources came from, where none is of a format that asks.
  private static func unheededOwner(_ report: ImportReport) -> [String] {
    let formats = report.sources.compactMap(\.format)
    if formats.isEmpty || formats.contains(where: { ExportRegistry.options(of: $0).contains(.ownerPhone) }) {
      return []
    }
    return [
      "--owner names nobody here: no source of this import is of a format that tells what the phone's owner wrote and not by which number (Docs/Formats.md)."
    ]
  }

  /// Adds what became of a path to a report, source by source, so that it tells of those that are in whatever happens
  /// to the next.
  private func importPath(
    _ path: URL, _ request: ImportRequest, into report: inout ImportReport, progress: (String, Int) -> Void
  ) throws {
    do {
      try importContainer(path, request, into: &report, progress: progress)
    } catch let refusal as ExportRefusal {
      report.sources.append(SourceReport(name: path.lastPathComponent, refusal: refusal))
    } catch let error as NSError where [NSPOSIXErrorDomain, NSCocoaErrorDomain].contains(error.domain) {
      // A file that cannot be opened does not take the others of the request with it.
      let refusal = ExportRefusal(
        "unreadable-file", what: "cannot be opened: \(error.localizedDescription)",
        place: path.lastPathComponent,
        advice: "Check its permissions.")
      report.sources.append(SourceReport(name: path.lastPathComponent, refusal: refusal))
    }
  }

  private func importContainer(
    _ path: URL, _ request: ImportRequest, into report: inout ImportReport, progress: (String, Int) -> Void
  ) throws {
    let plan = try ImportPlan(path, options: request.options)
    report.unrecognised += plan.unrecognised.map { Self.place($0, in: plan) }
    report.unread += plan.unread.map { one in
      let others = one.count == 1 ? "" : " (and \(one.count - 1) more)"
      return "\(Self.place(one.path, in: plan))\(others): \(one.what). \(one.advice)"
    }
    report.unreadExports += plan.unread.filter(\.isOfExport).reduce(0) { $0 + $1.count }
    report.refusedMembers += plan.refused.filter(\.isFault).map {
      "\(Self.place($0.path, in: plan)): \($0.why)"
    }
    for archive in plan.archives { try importPath(archive, request, into: &report, progress: progress) }
    guard !plan.units.isEmpty || !plan.archives.isEmpty else {
      // Reported and not thrown: the report also says what was not read and why.
      report.sources.append(
        SourceReport(name: path.lastPathComponent, refusal: Self.unrecognised(plan, path.lastPathComponent)))
      return
    }
    var archiveHash: (sha256: String, bytes: Int64)?
    var archiveCopy: URL?
    for unit in plan.units {
      let name = self.name(of: unit, in: plan)
      do {
        if archiveHash == nil, plan.container.form == .archive {
          archiveHash = try SourceHash.file(plan.container.url)
        }
        report.sources.append(
          try importUnit(
            unit, named: name, hash: try hash(of: unit, in: plan, archive: archiveHash), of: plan, request,
            &archiveCopy
          ) { progress(name, $0) })
      } catch let refusal as ExportRefusal {
        let placed = ExportRefusal(
          refusal.code, what: refusal.what, place: Self.place(refusal.place, in: plan),
          advice: refusal.advice)
        report.sources.append(SourceReport(name: name, refusal: placed))
      }
    }
  }

  /// A place, with the archive in which it lies: many hold a member of one name, as `_chat.txt` of WhatsApp.
  private static func place(_ path: String, in plan: ImportPlan) -> String {
    let archive = plan.container.url.lastPathComponent
    guard plan.container.form == .archive, !path.contains(archive) else { return path }
    return path.isEmpty ? archive : "\(archive): \(path)"
  }

  /// The refusal of a container in which no reader recognises anything.
  private static func unrecognised(_ plan: ImportPlan, _ place: String) -> ExportRefusal {
    if let known = plan.unread.first {
      let whose = plan.container.form == .file ? "it" : known.path
      return ExportRefusal(
        "unread", what: "no reader reads anything in it: \(whose) is \(known.what)", place: place,
        advice: known.advice)
    }
    // What was never opened no reader can recognise: an archive with a password, or of archives; a folder of files that
    // their owner alone may read.
    let shut = plan.refused.filter(\.isFault)
    let isFile = plan.container.form == .file
    if !isFile, plan.unrecognised.isEmpty, let first = shut.first {
      let others = shut.count == 1 ? "" : " (and \(shut.count - 1) more)"
      return ExportRefusal(
        "unopened", what: "nothing in it was opened: \(first.path)\(others) \(first.why)", place: place,
        advice: plan.container.form == .archive
          ? "Unpack it, with its password where it has one, and give the folder."
          : "See to that, or give what can be read.")
    }
    // Nothing is of no format, and a list of formats would send people looking for another.
    let isEmpty =
      isFile
      ? (try? plan.container.url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize == 0
      : plan.unrecognised.isEmpty && plan.refused.isEmpty
    if isEmpty {
      return ExportRefusal(
        "empty-source", what: isFile ? "the file is empty" : "there is no file in it", place: place,
        advice: "Check that it was copied or exported whole.")
    }
    return ExportRefusal(
      "unrecognised", what: "no reader recognises anything in it", place: place,
      advice:
        "`cognate import --help` lists the formats; Docs/Formats.md has what is read of each. A table needs --mapping."
    )
  }

  private func name(of unit: PlannedUnit, in plan: ImportPlan) -> String {
    let container = plan.container.url.lastPathComponent
    switch plan.container.form {
    case .file: return container
    case .archive: return plan.units.count == 1 || unit.root.isEmpty ? container : "\(container)/\(unit.root)"
    case .folder: return unit.root.isEmpty ? container : "\(container)/\(unit.root)"
    }
  }

  private func importUnit(
    _ unit: PlannedUnit, named name: String, hash: (sha256: String, bytes: Int64), of plan: ImportPlan,
    _ request: ImportRequest, _ archiveCopy: inout URL?, progress: (Int) -> Void
  ) throws -> SourceReport {
    try checkCommunicationsData(unit, request)
    let new = NewSource(
      sha256: hash.sha256, format: unit.format.id, formatVersion: unit.format.version, name: name,
      path: plan.container.url.path, root: unit.root, bytes: hash.bytes,
      settings: try Self.settings(request.options), authorisation: request.authorisation)
    var report: SourceReport
    var source: Int64?
    do {
      try database.read { try checkIsNew(new, $0) }
      report = try database.operation { database, entries in
        try checkMayBeStored(new, database)
        return try store(new, request, database, &entries) {
          try plan.read(unit, into: $0, progress: progress)
        }
      }
    } catch let known as KnownSource {
      report = SourceReport(name: name, outcome: .alreadyImported)
      report.format = unit.format.id
      report.sha256 = hash.sha256
      source = known.id
      if known.isTwin {
        report.warnings.append(
          "\(name) holds what S\(known.id) holds, in other packing: nothing was added.")
      }
      if request.protectsOwner { try protectOwner(ofKnown: known.id, &report) }
      if !known.ignored.isEmpty {
        report.warnings.append(
          "\(name) stays in the case as it was read before: what is given now with "
            + "\(known.ignored.joined(separator: ", ")) changes nothing in it. Make a new case to read it anew."
        )
      }
    }
    // The owner of a return is whom the request was about, and that is the suspect as a rule.
    if request.protectsOwner, !report.protected.isEmpty, unit.holdsCommunicationsData {
      report.warnings.append(
        "\(name) is a legal return: --protect owner protects \(report.protected.joined(separator: ", ")), whom it is "
          + "about, and nothing will join what is protected. If that is not a victim's or witness's account, import the "
          + "return without --protect owner, in a new case.")
    }
    if source == nil { try warnOfEarlierState(new, &report) }
    if request.keepsCopy {
      try keepCopy(of: unit, in: plan, sha256: hash.sha256, known: source, &archiveCopy, &report)
    }
    return report
  }

  /// Says where what was imported from has been imported before with other content.
  private func warnOfEarlierState(_ new: NewSource, _ report: inout SourceReport) throws {
    let earlier = try database.read {
      try Int64.fetchAll(
        $0,
        sql: "SELECT id FROM source WHERE format = ? AND path = ? AND root = ? AND sha256 <> ? ORDER BY id",
        arguments: [new.format, new.path, new.root, new.sha256])
    }
    guard !earlier.isEmpty else { return }
    report.warnings.append(
      "\(new.name) is in the case as it was before as well (\(earlier.map { "S\($0)" }.joined(separator: ", "))): what "
        + "both hold is in it twice, and counts twice.")
  }

  /// The case has the source already, by its hash or by all that it holds.
  private struct KnownSource: Error {
    let id: Int64
    /// Options given now under which it might have been read otherwise.
    var ignored: [String] = []
    var isTwin = false
  }

  private func checkIsNew(_ new: NewSource, _ database: Database) throws {
    let known = try Row.fetchAll(
      database, sql: "SELECT id, format, settings FROM source WHERE sha256 = ? ORDER BY id",
      arguments: [new.sha256])
    guard let first = known.first else { return }
    guard let same = known.first(where: { $0["format"] as String == new.format }) else {
      throw ExportRefusal(
        "read-as-another-format",
        what: "is in the case already, read as \(first["format"] as String), and would be in it twice",
        place: new.name, advice: "Make a new case to read it as \(new.format).")
    }
    throw KnownSource(id: same["id"], ignored: Self.ignored(new, settings: same["settings"]))
  }

  /// Options that say how a source is read, by their keys in its settings; a country is one for all formats.
  private static let readingOptions: [(key: String, name: String)] = [
    (ReadingOption.mappings.rawValue, "--mapping"), (ReadingOption.dateOrder.rawValue, "--date-order"),
    (ReadingOption.timeZone.rawValue, "--time-zone"), (ReadingOption.ownerPhone.rawValue, "--owner"),
    ("default_region", "--region"),
  ]

  /// The options given now that differ from the settings under which a source was read.
  private static func ignored(_ new: NewSource, settings: String) -> [String] {
    func values(_ json: String) -> [String: String] {
      (try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))) ?? [:]
    }
    let before = values(settings)
    let now = values(new.settings)
    let heeded = Set(ExportRegistry.options(of: new.format).map(\.rawValue) + ["default_region"])
    var names: [String] = []
    for option in readingOptions where heeded.contains(option.key) {
      guard let given = Self.meaning(of: option.key, in: now),
        given != Self.meaning(of: option.key, in: before)
      else { continue }
      // Nobody need have said what goes without saying, and a mapping more is for another table.
      if option.key == "default_region", given == ReaderOptions().defaultRegion { continue }
      if option.key == "mappings",
        Set((before[option.key] ?? "").split(separator: " ")).isSubset(of: given.split(separator: " "))
      {
        continue
      }
      names.append(option.name)
    }
    return names
  }

  /// What an option says, however it is written: a country in small letters, a number without its country's code.
  private static func meaning(of key: String, in settings: [String: String]) -> String? {
    guard let value = settings[key] else { return nil }
    switch key {
    case "default_region": return PhoneNumber.canonicalRegion(value)
    case "owner_phone":
      let numbers = PhoneNumber(defaultRegion: settings["default_region"] ?? ReaderOptions().defaultRegion)
      let number = numbers.normalise(value).canonical
      return number.isEmpty ? value : number
    default: return value
    }
  }

  /// What was looked at before is looked at again inside the transaction: another process may have imported the source
  /// or taken the person's role away since, and only now can none.
  private func checkMayBeStored(_ new: NewSource, _ database: Database) throws {
    try authorise(.work, database)
    try checkIsNew(new, database)
  }

  /// Stores a source and the entry that tells of it, inside a transaction.
  ///
  /// - Parameter read: reads the source into a writer.
  private func store(
    _ new: NewSource, _ request: ImportRequest, _ database: Database, _ entries: inout LogEntries,
    read: (RecordWriter) throws -> Void
  ) throws -> SourceReport {
    let inserter = try SourceInserter(database, new, now: now())
    let source = SourceImport(
      format: new.format, inserter, IdentifierNormaliser(defaultRegion: request.options.defaultRegion))
    try read(source.writer)
    var report = try source.finish(name: new.name, sha256: new.sha256)
    if let twin = try SourceTwin.find(of: inserter.source, database) {
      throw KnownSource(id: twin, isTwin: true)
    }
    let protected = try protectAccounts(of: inserter.source, request, database, &report)
    var details = [
      "name": new.name, "sha256": new.sha256, "format": new.format, "bytes": "\(new.bytes)",
      "accounts": "\(report.accounts)", "records": "\(report.records)",
    ]
    details["content_sha256"] = try StoredSourceDigest.statement(ofSources: [inserter.source], database)
    details["authorisation"] = new.authorisation
    if !protected.isEmpty { details["protected"] = protected.joined(separator: " ") }
    try entries.append(entry(.collection, "import", subjects: ["S\(inserter.source)"], details: details))
    return report
  }

  /// By what a unit is known, as `SourceHash` says, and its bytes.
  private func hash(
    of unit: PlannedUnit, in plan: ImportPlan, archive: (sha256: String, bytes: Int64)?
  ) throws -> (sha256: String, bytes: Int64) {
    if let archive {
      if plan.units.count == 1 { return archive }
      let hash = SourceHash.unit(ofArchive: archive.sha256, format: unit.format.id, root: unit.root)
      return (hash, archive.bytes)
    }
    let files = try unit.members.map { ($0.path, try SourceHash.file(plan.container.location(of: $0))) }
    let hash = SourceHash.members(files.map { (path: $0.0, sha256: $0.1.sha256) }, root: unit.root)
    return (hash, files.reduce(0) { $0 + $1.1.bytes })
  }

  private static func settings(_ options: ReaderOptions) throws -> String {
    var settings: [String: String] = ["default_region": options.defaultRegion]
    settings["date_order"] = options.dateOrder?.rawValue
    settings["time_zone"] = options.timeZone
    settings["owner_phone"] = options.ownerPhone
    settings["format"] = options.format
    if !options.mappings.isEmpty {
      settings["mappings"] = options.mappings.map { ContentHash.text($0.toml) }.joined(separator: " ")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(settings), as: UTF8.self)
  }

  /// Communications data needs an authorisation, and a charity may not hold it.
  private func checkCommunicationsData(_ unit: PlannedUnit, _ request: ImportRequest) throws {
    let isDeclared =
      ExportRegistry.options(of: unit.format.id).contains(.mappings)
      && request.options.mappings.contains(where: \.communicationsData)
    guard isDeclared || unit.holdsCommunicationsData else { return }
    let why = isDeclared ? "the mapping declares" : "a legal return holds"
    let place = unit.members.first?.path ?? ""
    if try opening().mode == .charity {
      throw ExportRefusal(
        "communications-data",
        what: "\(why) communications data, which a charity's case cannot hold",
        place: place, advice: "Refer it to the police.")
    }
    guard let authorisation = request.authorisation, !authorisation.isEmpty else {
      throw ExportRefusal(
        "authorisation", what: "\(why) communications data and no authorisation was named",
        place: place, advice: "Add --authorisation REFERENCE.")
    }
  }
}
