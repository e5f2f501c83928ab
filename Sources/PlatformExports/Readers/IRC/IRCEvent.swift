/// What a program says happened, as far as it is of use. Other languages than English are not known, nor needed: such lines
/// are the program's all the same.
enum IRCEvent: Equatable {
  /// `rex is now known as rexy`
  case renamed(old: String, new: String)
  /// The same of whoever keeps the log, whose nick before is not named.
  case renamedOwn
  /// `rex (~r@192.0.2.7) has joined #snails`; the address is empty where none is shown.
  case joined(nick: String, address: String)
  /// Left the channel or the network, or was kicked.
  case left(nick: String, address: String)
  case other

  /// Reads the program's words.
  ///
  /// - Parameter mayBeAction: whether somebody may have typed all but the first word of them.
  init(_ text: String, _ layout: IRCLayout, mayBeAction: Bool) {
    let words = text.prefix(2_000).split(separator: " ").map(String.init)
    func word(_ number: Int) -> String { number < words.count ? words[number] : "" }
    func follows(_ phrase: String, at number: Int) -> Bool {
      words.dropFirst(number).starts(with: phrase.split(separator: " ").map(String.init))
    }
    self = .other
    let nick = word(0)
    if follows("is now known as", at: 1) {
      if words.count == 6, IRCText.isNick(nick), IRCText.isNick(word(5)) {
        self = .renamed(old: nick, new: word(5))
      }
      return
    }
    if follows("You are now known as", at: 0) || follows("You're now known as", at: 0) {
      if !mayBeAction { self = .renamedOwn }
      return
    }
    if layout == .znc, ["Joins:", "Parts:", "Quits:"].contains(nick) {
      let address = Self.address(word(2))
      if IRCText.isNick(word(1)) {
        self =
          nick == "Joins:" ? .joined(nick: word(1), address: address) : .left(nick: word(1), address: address)
      }
      return
    }
    guard IRCText.isNick(nick) else { return }
    let first = Self.address(word(1))
    let verb = first.isEmpty ? 1 : 2
    if follows("has quit", at: verb) {
      if !mayBeAction || word(verb + 2).first == "(" { self = .left(nick: nick, address: first) }
    } else if follows("has left", at: verb) {
      if !mayBeAction || !first.isEmpty { self = .left(nick: nick, address: first) }
    } else if follows("was kicked", at: 1), !mayBeAction {
      self = .left(nick: nick, address: "")
    } else if follows("has kicked", at: 1), !mayBeAction, IRCText.isNick(word(3)) {
      self = .left(nick: word(3), address: "")
    } else if let joined = words.lastIndex(of: "joined"), joined >= 2, joined + 2 >= words.count,
      words[joined - 1] == "has", joined == 2 || "([".contains(word(1).first ?? " ")
    {
      // WeeChat writes what the account calls itself between nick and address: the last is the server's.
      let address = layout == .weechat ? Self.address(words[joined - 2]) : first
      if !address.isEmpty || !mayBeAction { self = .joined(nick: nick, address: address) }
    }
  }

  /// `user@host` from within brackets; empty for anything else.
  private static func address(_ word: String) -> String {
    guard word.utf8.count >= 5, let first = word.first, let last = word.last,
      (first, last) == ("(", ")") || (first, last) == ("[", "]")
    else { return "" }
    let inside = String(word.dropFirst().dropLast())
    return inside.utf8.contains(UInt8(ascii: "@")) ? inside : ""
  }

  /// What XChat writes behind the sign that actions have as well.
  private static let ownWords = [
    " gives voice to ", " gives channel ", " removes voice from ", " removes channel ", " sets mode ",
    " sets modes ",
    " sets ban on ", " sets exempt on ", " sets invite on ", " sets channel ", " removes ban on ",
    " removes exempt on ",
    " removes invite on ", " removes user limit", " changed mode ", " has changed the topic to: ",
    " has kicked ",
  ]

  /// Whether words behind that sign are the program's, though somebody may have typed them.
  static func isOwn(_ text: String) -> Bool { ownWords.contains { text.holdsBytes($0) } }
}
