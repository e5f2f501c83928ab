/// Tells the words of a post or comment of Facebook's from what is attached to it.
///
///     <div class="_2pin"><div>words</div></div>
///     <div class="_2pin"><div><div>…<div>name of an album, an app or a page</div>…</div></div></div>
///     <div class="_2pin"><div>…<img …><div class="_3-95">words under a picture</div>…</div></div>
///
/// Words stand right in an element of a cell; what stands further down is a card of the platform's, but for what was
/// written under a picture. Method: as readers of others do, who had real pages.
struct MetaPageCard {
  /// Depth of the cell, and of the words under a picture.
  private var cell: Int?
  private var caption: Int?
  /// Elements that are open in the cell and break lines.
  private var level = 0

  /// Whether a text that stands here is a card's.
  var isAttached: Bool { cell != nil && caption == nil && level > 1 }

  /// An element of a body that breaks lines begins.
  mutating func open(_ marks: MetaPageMarks, depth: Int) {
    if cell != nil {
      level += 1
      if marks.contains(.underPicture), caption == nil { caption = depth }
    } else if marks.contains(.cell) {
      cell = depth
      level = 0
    }
  }

  /// Such an element ends.
  mutating func close(depth: Int) {
    guard let cell else { return }
    if caption == depth { caption = nil }
    level -= 1
    if depth <= cell { self = Self() }
  }
}
