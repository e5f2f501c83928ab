import Foundation

/// Writes accounts with posts, one JSON object a line, until the file reaches a size, and the truth beside it.
///
/// A person holds one to six accounts and keeps a set of favourite words, a way of ending sentences and hours of
/// posting in all of them, so that the corpus can be linked by style; a third of the accounts share an address of
/// mail with another of the same person. Measured: see `Corpora/README.md`.
func writePostLines(accounts: Int, seed: UInt64, size: Int, lines: URL, truth: URL) throws(CorpusWriteError) {
  let holders = HolderTable(count: accounts, seed: seed ^ 0x51, again: 0.5, most: 6)
  let order = IndexPermutation(count: accounts, seed: seed ^ 0x52)
  let sink = try ByteSink(lines)
  let answers = try ByteSink(truth)
  answers.append("unique_id,cluster_id\r\n")
  for position in 0..<accounts {
    let row = order[position]
    let person = Int(holders.holder[row])
    answers.append("a")
    answers.append(decimal: position + 1)
    answers.append(",p")
    answers.append(decimal: person)
    answers.append("\r\n")
    // What is left is shared evenly, and the account takes between half and one and a half times its share.
    let left = max(size - sink.count, 0) / (accounts - position)
    var random = SeededRandom(seed: seed &+ UInt64(row) &* 0x9e37_79b9_7f4a_7c15)
    let budget = position == accounts - 1 ? left : left / 2 + random.below(left + 1)
    let writer = PostWriter(person: person, seed: seed)
    writer.writeLine(number: position + 1, budget: budget, to: sink, &random)
  }
  try sink.close()
  try answers.close()
}

/// One person's way of posting.
private struct PostWriter {
  private let person: Int
  private let favourites: Int
  private let ending: Int
  private let firstHour: Int

  init(person: Int, seed: UInt64) {
    var random = SeededRandom(seed: seed ^ (UInt64(person) &* 0xbf58_476d_1ce4_e5b9))
    self.person = person
    favourites = random.below(1 << 20)
    ending = random.below(4)
    firstHour = random.below(24)
  }

  private static let platforms = WordTable(["x", "instagram", "reddit", "telegram", "tiktok", "mastodon"])
  private static let syllables = WordTable(
    "ba be bo da de do fa fe fi ga go ha he ka ke ki la le lo ma mi mo na ne no pa pi po ra ri ro sa se so ta ti to va"
      .split(separator: " ").map(String.init))
  private static let endings = WordTable([".", "..", "!", ""])

  func writeLine(number: Int, budget: Int, to sink: ByteSink, _ random: inout SeededRandom) {
    let start = sink.count
    sink.append("{\"id\":\"a")
    sink.append(decimal: number)
    sink.append("\",\"platform\":\"")
    Self.platforms.append(random.below(Self.platforms.count), to: sink)
    sink.append("\",\"handle\":\"")
    for _ in 0..<random.int(in: 3...5) { Self.syllables.append(random.below(Self.syllables.count), to: sink) }
    sink.append(decimal: random.below(1_000))
    sink.append("\",\"name\":\"\",\"emails\":[")
    if random.below(3) == 0 {
      sink.append("\"p")
      sink.append(decimal: person)
      sink.append("@mail.example\"")
    }
    sink.append("],\"phones\":[],\"urls\":[],\"devices\":[],\"ips\":[],\"posts\":[")
    var posts = 0
    repeat {
      if posts > 0 { sink.append(",") }
      writePost(to: sink, &random)
      posts += 1
    } while sink.count - start + 3 < budget
    sink.append("]}\n")
  }

  private func writePost(to sink: ByteSink, _ random: inout SeededRandom) {
    let draw = random.next()
    sink.append("{\"at\":\"2025-")
    sink.append(decimal: 1 + Int(draw & 0xffff) % 12, width: 2)
    sink.append("-")
    sink.append(decimal: 1 + Int((draw >> 16) & 0xffff) % 28, width: 2)
    sink.append("T")
    sink.append(decimal: (firstHour + Int((draw >> 32) & 7)) % 24, width: 2)
    sink.append(":")
    sink.append(decimal: Int((draw >> 35) & 0xffff) % 60, width: 2)
    sink.append(":")
    sink.append(decimal: Int((draw >> 51) & 0xfff) % 60, width: 2)
    sink.append("Z\",\"text\":\"")
    let words = 6 + random.below(30)
    for position in 0..<words {
      if position > 0 { sink.append(byte: 0x20) }
      let draw = random.next()
      let rank = WordTable.common.leaning(draw)
      let isFavourite = (draw >> 40) & 7 < 2
      WordTable.common.append(isFavourite ? favourites + Int((draw >> 48) & 31) * 7 : rank, to: sink)
    }
    Self.endings.append(ending, to: sink)
    if random.below(16) == 0 { sink.append(" 🙂") }
    sink.append("\",\"channel\":\"c")
    sink.append(decimal: random.below(50))
    sink.append("\"}")
  }
}
