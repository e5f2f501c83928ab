/// One part of a page: a message, a login, a friend.
struct MetaPagePart {
  /// A row of a table.
  struct Field {
    var label = ""
    var value = ""
    var href = ""
    /// Whether its table stands in the value of another row: what it names is somebody or something of that row.
    var isNested = false
  }

  /// What stands together in the body.
  struct Block {
    let text: String
    /// Position of the element that holds it among those of the body, and among those of that element.
    let outer: Int
    let inner: Int
    /// Whether all of it is a link.
    let isLink: Bool
    /// Whether it has a label in bold.
    let isCaptioned: Bool
    /// Whether it stands on a card that is attached to what was written.
    let isAttached: Bool
  }

  var heading = ""
  /// How many headings stand outside the body; more than one are those of several parts.
  var headings = 0
  var fields: [Field] = []
  var blocks: [Block] = []
  /// What stands at the foot: the time.
  var feet: [String] = []
  var links: [(href: String, outer: Int, inner: Int)] = []
  /// Files of pictures, films and sounds.
  var media: [String] = []
  var reactions: [String] = []
  /// Rows of more than two cells.
  var wideRows = 0
  /// How many elements the body has, and the first of these.
  var outerCount = 0
  var innerCount = 0
  /// Of its first tag, and behind its last.
  var offset: UInt64 = 0
  var end: UInt64 = 0
  /// Whether no class says that it is one.
  var isPlain = false
  /// Whether it is larger than the limit.
  var isCut = false
  /// Whether the page ended before it did.
  var isOpen = false

  var hasFoot: Bool { feet.contains { !$0.isEmpty } }
  /// Whether nothing was seen beyond a heading.
  var isBare: Bool { fields.isEmpty && blocks.isEmpty && media.isEmpty && feet.isEmpty && links.isEmpty }
}
