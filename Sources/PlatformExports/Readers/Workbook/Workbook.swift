internal import CLibXML2

/// What a workbook says of itself: its sheets, its texts, how its cells are shown.
struct Workbook {
  /// A sheet of cells.
  struct Sheet {
    let name: String
    let isHidden: Bool
    /// Its place among the sheets.
    let number: Int
  }

  let package: WorkbookPackage
  /// By the part that holds them, in small letters; a part that two sheets name is the first's.
  private(set) var sheets: [String: Sheet] = [:]
  /// Sheets whose part is missing.
  private(set) var missing: [String] = []
  /// Sheets that are charts, dialogs or macros.
  private(set) var others: [String] = []
  private(set) var is1904 = false
  private(set) var styles = WorkbookStyles()
  let strings: SharedStrings

  /// Sheets after which a workbook is taken for damage.
  private static let sheetLimit = 10_000

  /// Reads what comes before the cells.
  init(_ package: WorkbookPackage) throws {
    self.package = package
    strings = SharedStrings(place: package.path)
    var main = "xl/workbook.xml"
    try package.walk(["_rels/.rels"]) { part, input in
      let relations = try Relations(input, of: "", limits: package.limits)
      main = relations.first(ofType: "/officeDocument") ?? main
    }
    guard package.parts[main] != nil else { throw package.damaged("has no part that lists its sheets") }
    let relationsPart = Relations.part(of: main)
    var relations = Relations()
    var list = SheetList()
    try package.walk([main, relationsPart]) { part, input in
      if part == main {
        list = try SheetList(input, limits: package.limits)
      } else {
        relations = try Relations(input, of: main, limits: package.limits)
      }
    }
    is1904 = list.is1904
    guard list.sheets.count <= Self.sheetLimit else {
      throw package.damaged("lists more than \(Self.sheetLimit) sheets", in: main)
    }
    for (number, sheet) in list.sheets.enumerated() {
      guard let relation = relations[sheet.relation], package.parts[relation.part] != nil else {
        missing.append(sheet.name)
        continue
      }
      if !relation.type.hasSuffix("/worksheet") {
        others.append(sheet.name)
      } else if sheets[relation.part] == nil {
        sheets[relation.part] = Sheet(name: sheet.name, isHidden: sheet.isHidden, number: number)
      }
    }
    let texts = relations.first(ofType: "/sharedStrings")
    let looks = relations.first(ofType: "/styles")
    let strings = strings
    var styles = WorkbookStyles()
    try package.walk(Set([texts, looks].compactMap { $0 })) { part, input in
      if part == texts {
        try strings.read(input, limits: package.limits)
      } else {
        styles = try WorkbookStyles(input, limits: package.limits)
      }
    }
    self.styles = styles
  }
}

/// The relations of a part to others, by their ids.
private struct Relations {
  struct Relation {
    let type: String
    let part: String
  }

  private var relations: [String: Relation] = [:]
  private var order: [Relation] = []

  private enum Name: UInt32, CaseIterable {
    case relationship = 1, id, type, target, targetMode

    var text: String { "\(self)".prefix(1).uppercased() + "\(self)".dropFirst() }
  }

  init() {}

  init(_ input: MemberInput, of part: String, limits: ImportLimits) throws {
    var found: [(id: String, relation: Relation)] = []
    let elements = PartElements { name, attributes in
      guard Name(rawValue: name) == .relationship else { return }
      func value(_ name: Name) -> String {
        String(decoding: attributes.value(number: name.rawValue), as: UTF8.self)
      }
      if value(.targetMode).lowercased() == "external" { return }
      found.append(
        (value(.id), Relation(type: value(.type), part: Self.resolve(value(.target), from: part))))
    }
    try elements.read(input, names: Name.allCases.map(\.text), limits: limits)
    for (id, relation) in found {
      if relations[id] == nil { relations[id] = relation }
      order.append(relation)
    }
  }

  subscript(_ id: String) -> Relation? { relations[id] }

  /// The part of the first relation of a type; the beginning of the type tells the two editions of the format apart.
  func first(ofType type: String) -> String? { order.first { $0.type.hasSuffix(type) }?.part }

  /// The part that holds the relations of a part.
  static func part(of part: String) -> String {
    let name = part.lastPathPart
    return "\(part.dropLast(name.count))_rels/\(name).rels"
  }

  /// A target as the name of a part in small letters: from the root where it begins with `/`, else from the folder of the
  /// part that names it.
  private static func resolve(_ target: String, from part: String) -> String {
    var folders = target.hasPrefix("/") ? [] : part.split(separator: "/").dropLast().map(String.init)
    for step in target.split(separator: "/") {
      switch step {
      case ".": break
      case "..": _ = folders.popLast()
      default: folders.append(String(step))
      }
    }
    return folders.joined(separator: "/").lowercased()
  }
}

/// The main part of a workbook: its sheets, in their order.
private struct SheetList {
  var is1904 = false
  var sheets: [(name: String, isHidden: Bool, relation: String)] = []

  private enum Name: UInt32, CaseIterable { case sheet = 1, workbookPr, name, state, id, date1904 }

  init() {}

  init(_ input: MemberInput, limits: ImportLimits) throws {
    var is1904 = false
    var sheets: [(name: String, isHidden: Bool, relation: String)] = []
    let elements = PartElements { name, attributes in
      func value(_ name: Name) -> String {
        String(decoding: attributes.value(number: name.rawValue), as: UTF8.self)
      }
      switch Name(rawValue: name) {
      // Newer programs write another element of this name behind it, which says nothing of dates.
      case .workbookPr?: is1904 = is1904 || ["1", "true", "on"].contains(value(.date1904).lowercased())
      case .sheet?:
        sheets.append((value(.name), ["hidden", "veryHidden"].contains(value(.state)), value(.id)))
      default: break
      }
    }
    try elements.read(input, names: Name.allCases.map { "\($0)" }, limits: limits)
    self.is1904 = is1904
    self.sheets = sheets
  }
}

/// Elements of a small part, by their start tags.
final class PartElements: XMLElementHandler {
  private let take: (UInt32, UnsafeBufferPointer<cog_xml_attribute>) throws -> Void
  private let ended: (UInt32) -> Void

  init(
    ended: @escaping (UInt32) -> Void = { _ in },
    _ take: @escaping (UInt32, UnsafeBufferPointer<cog_xml_attribute>) throws -> Void
  ) {
    self.take = take
    self.ended = ended
  }

  /// Reads a part, which must be whole.
  func read(_ input: MemberInput, names: [String], limits: ImportLimits) throws {
    let stream = try XMLStream(
      input, names: names, counted: [], anyPrefix: true, limits: limits, handler: self)
    try WorkbookPackage.demandWhole(stream.read(input), input.path)
  }

  func start(
    _ name: UInt32, _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place
  ) throws { try take(name, attributes) }

  func end(_ name: UInt32, _ place: cog_xml_place) throws { ended(name) }
}
