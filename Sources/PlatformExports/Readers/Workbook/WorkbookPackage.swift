internal import CLibXML2
internal import Foundation

/// A workbook as what it is packed in: a zip archive of parts (Open Packaging Conventions, ECMA-376 part 2), of which some
/// say what others are.
///
/// Parts lie in any order, and cells refer to texts that may stand behind them: the archive is read several times, from
/// a private copy.
final class WorkbookPackage {
  /// The workbook's path in its container.
  let path: String
  let limits: ImportLimits
  private let copy: PrivateFile
  private let container: ExportContainer
  /// Names of its parts as the archive has them, by what they are in small letters: names of parts have no case.
  private(set) var parts: [String: String] = [:]

  /// Copies a workbook and lists its parts.
  ///
  /// - Throws: `ExportRefusal` for a copy that cannot be made, and for an archive that is damaged or cut off: of half a
  ///   workbook nobody knows which texts its cells hold.
  convenience init(_ input: MemberInput, limits: ImportLimits) throws {
    try self.init(Self.copied(input), path: input.path, limits: limits)
  }

  private static func copied(_ input: MemberInput) throws -> PrivateFile {
    let copy = try PrivateFile(for: input.path)
    try copy.append(input)
    return copy
  }

  /// A workbook that was copied.
  init(_ copy: PrivateFile, path: String, limits: ImportLimits) throws {
    self.path = path
    self.limits = limits
    self.copy = copy
    container = ExportContainer(
      archive: URL(fileURLWithPath: copy.path), named: path, limits: limits)
    var names: [String: String] = [:]
    var refused: ExportContainer.Refused?
    try placed {
      try container.walkArchive(refused: { refused = refused ?? $0 }) { member, _ in
        if names.updateValue(member.path, forKey: member.path.lowercased()) != nil {
          let why = "has the name of an earlier part"
          refused = refused ?? ExportContainer.Refused(path: member.path, why: why, isFault: true)
        }
      }
    }
    if let refused {
      throw ExportRefusal(
        "bad-archive", what: refused.path == path ? refused.why : "\(refused.path) \(refused.why)",
        place: path, advice: Self.advice)
    }
    parts = names
  }

  /// What to do about a workbook that is damaged.
  static let advice =
    "Ask for the workbook again, or open it in a spreadsheet program, save each sheet as CSV in UTF-8, and give that."

  /// A refusal of the whole workbook.
  func damaged(_ what: String, in part: String = "") -> ExportRefusal {
    ExportRefusal(
      "bad-workbook", what: what, place: part.isEmpty ? path : "\(path): \(part)", advice: Self.advice)
  }

  /// Goes through the archive once and opens those of its parts that are wanted, in their order.
  func walk(_ wanted: Set<String>, _ body: (_ part: String, _ input: MemberInput) throws -> Void) throws {
    let names = Set(wanted.compactMap { parts[$0] })
    if names.isEmpty { return }
    try placed {
      try container.walkArchive(refused: { _ in }) { member, open in
        if names.contains(member.path) { try body(member.path.lowercased(), open(0)) }
      }
    }
  }

  /// Says of a refusal in which workbook it is.
  private func placed(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let refusal as ExportRefusal where !refusal.place.hasPrefix(path) {
      throw ExportRefusal(
        refusal.code, what: refusal.what, place: "\(path): \(refusal.place)", advice: refusal.advice)
    }
  }

  /// Refuses a part that is not whole.
  static func demandWhole(_ report: cog_xml_report, _ part: String) throws {
    guard report.status != COG_XML_DONE else { return }
    throw ExportRefusal(
      "bad-workbook", what: "line \(report.line): \(XMLStream.text(report))", place: part, advice: advice)
  }

  // MARK: Recognition

  /// Whether a zip archive is a workbook.
  static func isWorkbook(at url: URL, head: [UInt8], limits: ImportLimits) -> Bool {
    guard mayBeWorkbook(head, named: url.lastPathComponent) else { return false }
    return isWorkbook(
      ExportContainer(archive: url, named: url.lastPathComponent, limits: limits))
  }

  /// Copies a member that is a workbook; nil for any other.
  ///
  /// - Throws: `ExportRefusal` when the member cannot be read, or not be copied.
  static func copy(of input: MemberInput, limits: ImportLimits) throws -> PrivateFile? {
    guard mayBeWorkbook(input.window, named: input.path) else { return nil }
    let copy = try copied(input)
    let archive = URL(fileURLWithPath: copy.path)
    return isWorkbook(ExportContainer(archive: archive, named: input.path, limits: limits)) ? copy : nil
  }

  /// Folders of a package of Office, and what lies beside them.
  private static let folders: Set<String> = [
    "[content_types].xml", "_rels", "docprops", "xl", "customxml", "custom",
  ]
  private static let endings = [".xlsx", ".xlsm", ".xltx", ".xltm"]

  /// Whether the package is a workbook.
  var isWorkbook: Bool { Self.isWorkbook(container) }

  /// Whether the first entry of a zip archive is one that a workbook may begin with, or its name is one that workbooks
  /// have: whatever is not is left alone, as going through a large archive takes time.
  static func mayBeWorkbook(_ head: some Collection<UInt8>, named name: String) -> Bool {
    guard head.starts(with: FileMark.zip) else { return false }
    let name = name.lowercased()
    if endings.contains(where: { name.hasSuffix($0) }) { return true }
    let header = Array(head.prefix(30 + 64))
    guard header.count > 30 else { return false }
    let length = Int(header[26]) | Int(header[27]) << 8
    let entry = String(decoding: header[30...].prefix(length), as: UTF8.self).lowercased()
    return folders.contains(String(entry.prefix { $0 != "/" }))
  }

  /// Types of a workbook's main part, as the list of types has them.
  private static let types = [
    "spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroenabled.main+xml",
    "spreadsheetml.template.main+xml", "ms-excel.template.macroenabled.main+xml",
  ]

  /// Thrown when the list of types has said what it is.
  private struct Found: Error {}

  private static func isWorkbook(_ container: ExportContainer) -> Bool {
    var isOne: Bool?
    var hasParts = false
    // Damage further down is for the reading to tell.
    try? container.walkArchive(refused: { _ in }) { member, open in
      let name = member.path.lowercased()
      if name == "xl/workbook.xml" || name.hasPrefix("xl/worksheets/sheet") { hasParts = true }
      guard name == "[content_types].xml" else { return }
      let input = open(0)
      try input.fill(atLeast: typesLimit)
      let text = String(decoding: input.window.prefix(typesLimit), as: UTF8.self).lowercased()
      isOne = types.contains { text.contains($0) }
      throw Found()
    }
    // A binary workbook has such parts as well, and the list may be what was cut off.
    return isOne ?? hasParts
  }

  /// Bytes of the list of types that are looked at.
  private static let typesLimit = 1 << 20
}

extension String {
  /// What stands behind the last `/`.
  var lastPathPart: String { lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self }
}
