import ArgumentParser

/// A word where a command stands, and that is none: most often a slip of the pen.
struct UnknownCommand {
  /// What is wrong, and what was probably meant.
  let message: String

  /// Looks for the first word that names no command.
  ///
  /// - Parameter words: what was typed behind the program's name.
  init?(_ words: some Sequence<String>) {
    var group: any ParsableCommand.Type = CognateCommand.self
    var path = "cognate"
    for word in words {
      let commands = group.configuration.subcommands
      guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
      if let known = commands.first(where: { $0.configuration.commandName == word }) {
        group = known
        path += " " + word
        continue
      }
      let names = commands.compactMap { $0.configuration.commandName }
      let near = names.map { (name: $0, edits: Self.edits(Array($0), Array(word))) }
        .filter { $0.edits <= 2 && $0.edits < word.count }
        .min { $0.edits < $1.edits }
      let meant = near.map { " Did you mean '\($0.name)'?" } ?? ""
      message = """
        Error: No command '\(Terminal.safe(word))'.\(meant)
        Usage: \(path) <subcommand>
          See '\(path) --help' for more information.
        """
      return
    }
    return nil
  }

  /// How many letters are to be added, left out, exchanged for others or with a neighbour (optimal string alignment).
  private static func edits(_ one: [Character], _ other: [Character]) -> Int {
    var before = [Int](repeating: 0, count: other.count + 1)
    var above = Array(0...other.count)
    for (row, letter) in one.enumerated() {
      var current = [row + 1]
      for (column, sign) in other.enumerated() {
        var best = min(above[column] + (letter == sign ? 0 : 1), above[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == other[column - 1], one[row - 1] == sign {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      (before, above) = (above, current)
    }
    return above[other.count]
  }
}
