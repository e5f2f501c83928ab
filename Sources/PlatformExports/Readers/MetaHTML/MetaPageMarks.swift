/// What the classes and the name of an element say of its place in a part of a page, in the generations known.
///
///     2018   _2lej   _2lek _2lel   _2let   _2lem            list of reactions _tqp
///     2021   _a6-g   _a6-h _a6-i   _a6-p   _a6-o, _a72d     list of reactions _a6-q
///            part    heading       body    foot
struct MetaPageMarks: OptionSet {
  let rawValue: UInt16

  static let part = Self(rawValue: 1)
  static let heading = Self(rawValue: 2)
  static let body = Self(rawValue: 4)
  static let foot = Self(rawValue: 8)
  /// A label outside tables.
  static let label = Self(rawValue: 16)
  static let main = Self(rawValue: 32)
  /// Who made the page, and when.
  static let maker = Self(rawValue: 64)
  /// A label in bold before words of the platform's: `Group: Climbers`.
  static let caption = Self(rawValue: 128)
  /// What belongs together in a body.
  static let cell = Self(rawValue: 256)
  /// Words that were written under a picture.
  static let underPicture = Self(rawValue: 512)

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init(_ tag: HTMLTag) {
    var marks: Self = []
    if tag.isNamed("section") { marks.insert(.part) }
    if tag.isNamed("footer") { marks.insert(.foot) }
    if tag.isNamed("h2") || tag.isNamed("h3") { marks.insert(.heading) }
    if tag.isNamed("main") || tag.role.elementsEqual("main".utf8) { marks.insert(.main) }
    if tag.isNamed("aside") { marks.insert(.maker) }
    if !tag.classes.isEmpty {
      _ = tag.hasClass { word in
        switch word.count {
        case 5: marks.formUnion(Self.of(word))
        case 10 where word == "uiBoxWhite": marks.insert(.part)
        default: break
        }
        return false
      }
    }
    self = marks
  }

  private static func of(_ word: UnsafeBufferPointer<UInt8>) -> Self {
    if word == "_a6-g" || word == "_2lej" { return .part }
    if word == "_a6-h" || word == "_2lek" { return .heading }
    if word == "_a6-p" || word == "_2let" { return .body }
    if word == "_a6-o" || word == "_a72d" || word == "_2lem" { return .foot }
    if word == "_a6_q" { return .label }
    if word == "_a6_m" || word == "_4mp8" { return .caption }
    if word == "_2pin" { return .cell }
    if word == "_3-95" { return .underPicture }
    if word == "_a706" || word == "_4t5n" { return .main }
    if word == "_a707" || word == "_4t5o" { return .maker }
    return []
  }
}
